// How fast hosts come back, hour by hour, and which site is behind.
import { useMemo } from 'react';
import { useAnswer } from '../../desk.tsx';
import { classNames } from '../../parts/class-names.ts';
import { SectionHead } from '../../parts/page.tsx';
import { HourBars } from '../../parts/plot.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import table from '../../parts/table.module.css';
import text from '../../parts/text.module.css';
import { placeHash } from '../../place.ts';
import { useFormat, useLanguage, useMessages, usePreferences } from '../../preferences.tsx';
import styles from './overview-screen.module.css';

export function CourseOfDay() {
  const m = useMessages();
  const format = useFormat();
  const language = useLanguage();
  const { theme } = usePreferences().preferences;
  const { data } = useAnswer('status.course', {}, { keep: true });
  const seconds = useMemo(() => (data?.hours ?? []).map(({ hour }) => Date.parse(hour) / 1000), [data]);
  const series = useMemo(() => [
    { label: m.words.hostState.repaired, color: '--repaired-fill', values: (data?.hours ?? []).map(({ repaired }) => repaired) },
    { label: m.words.hostState.verified, color: '--verified-fill', values: (data?.hours ?? []).map(({ verified }) => verified) },
  ], [data, m]);
  if (data === undefined) return null;
  const sum = (of: 'repaired' | 'verified'): number => data.hours.reduce((total, hour) => total + hour[of], 0);
  return (
    <div className={classNames(styles['grid'], styles['course'])}>
      <section className={styles['why']}>
        <div className={styles['head']}><SectionHead title={m.overview.perHour} end={<span className={styles['legend']}><StateMark state="repaired" /><StateMark state="verified" /></span>} /></div>
        <HourBars label={`${m.overview.perHour}: ${m.overview.perHourNote(sum('repaired'), sum('verified'))}`} seconds={seconds} series={series} language={language} theme={theme} />
        <p className={classNames(styles['none'], text['small'])}>{m.overview.perHourNote(sum('repaired'), sum('verified'))}</p>
      </section>
      <section className={styles['records']}>
        <div className={styles['head']}><SectionHead title={m.overview.bySite} end={data.moreSites > 0 ? m.overview.moreSites(data.moreSites) : undefined} /></div>
        <table className={table['table']}>
          <thead><tr><th scope="col">{m.overview.site}</th><th scope="col" className={table['num']}>{m.overview.down}</th><th scope="col" className={table['num']}>{m.words.hostState.repaired}</th><th scope="col" className={table['num']}>{m.words.hostState.verified}</th></tr></thead>
          <tbody>
            {data.sites.slice(0, 6).map(({ site, down, repaired, verified }) => (
              <tr key={site ?? ''}>
                <th scope="row">{site === null ? <span className={text['muted']}>{m.overview.noSite}</span> : <a href={placeHash('hosts', { site })}>{site}</a>}</th>
                <td className={classNames(table['num'], text['strong'])}>{format.number(down)}</td><td className={table['num']}>{format.number(repaired)}</td><td className={table['num']}>{format.number(verified)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
