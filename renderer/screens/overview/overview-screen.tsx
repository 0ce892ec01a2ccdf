// Overview: how many hosts are still down, in which state, and what blocks the others. Every bar has its numbers as text.
import { HOST_STATES, type HostState } from '../../../electron/core/codes.ts';
import { useAnswer, useMay } from '../../desk.tsx';
import { KeyBarEnd } from '../../frame/key-bar.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Loading } from '../../parts/loading.tsx';
import { Empty, Failure } from '../../parts/notice.tsx';
import { PageHead, SectionHead } from '../../parts/page.tsx';
import { StateBar } from '../../parts/progress.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import table from '../../parts/table.module.css';
import text from '../../parts/text.module.css';
import { placeHash } from '../../place.ts';
import { useFormat, useMessages } from '../../preferences.tsx';
import { CourseOfDay } from './course-of-day.tsx';
import { EndInSight } from './end-in-sight.tsx';
import styles from './overview-screen.module.css';

/** Known hosts are not in the bar: nobody said that they are down. */
const IN_BAR: readonly HostState[] = HOST_STATES.filter((state) => state !== 'known');

export function OverviewScreen() {
  const m = useMessages();
  const format = useFormat();
  const may = useMay();
  const { data, error, refetch } = useAnswer('status.get', {}, { keep: true });
  if (error !== null) return <><PageHead title={m.screens.overview} /><div className={styles['pad']}><Failure failure={error} onRetry={() => void refetch()} /></div></>;
  if (data === undefined) return <><PageHead title={m.screens.overview} /><Loading /></>;

  const countOf = new Map(data.states.map(({ state, count }) => [state, count]));
  const inBar = IN_BAR.map((state) => ({ state, count: countOf.get(state) ?? 0 }));
  const affected = inBar.reduce((sum, { count }) => sum + count, 0);
  const known = countOf.get('known') ?? 0;
  const blocked = data.blockedReasons.reduce((sum, { count }) => sum + count, 0);
  const most = Math.max(1, ...data.blockedReasons.map(({ count }) => count));
  const records: readonly (readonly [string, number, string | null, string | null])[] = [
    [m.overview.keyRecords, data.keyRecords, null, null],
    [m.overview.imports, data.imports, null, placeHash('imports')],
    [m.overview.attempts, data.attempts, null, placeHash('imports', { view: 'results' })],
    [m.overview.claims, data.flaggedClaims, m.overview.claimsNote, placeHash('imports', { view: 'results' })],
    [m.overview.disclosures, data.disclosures, null, may('disclosures.list') ? placeHash('disclosures') : null],
    [m.overview.rotationDue, data.rotationDue, m.overview.disclosed, placeHash('rotation')],
  ];
  return (
    <>
      <PageHead title={m.screens.overview} meta={m.overview.asOf(format.now(data.asOf))}><a href={placeHash('overview', {}, 'coverage')}>{m.coverage.title}</a>{may('reports.make') ? <a href={placeHash('reports')}>{m.overview.report}</a> : null}</PageHead>
      <div className={classNames(text['scroll'], styles['overview'])} tabIndex={0} role="region" aria-label={m.screens.overview}>
        {affected === 0 ? <Empty title={m.overview.nothing} ways={may('imports.run') ? [{ label: m.lookup.importFiles, href: placeHash('imports') }] : []}>{m.overview.nothingLead}{known > 0 ? ` ${m.overview.knownOnly(known)}.` : ''}</Empty> : (
          <>
            <section className={styles['top']} aria-label={m.overview.stillDown}>
              <div><p className={styles['label']}>{m.overview.stillDown}</p><p className={styles['hero']}>{format.number(data.stillDown)}</p><p className={styles['note']}>{m.overview.ofAffected(affected)}{known > 0 ? `; ${m.overview.knownOnly(known)}` : ''}</p></div>
              <Stat label={m.overview.repairedLastHour} value={format.number(data.repairedLastHour)} note={m.overview.hostsDown} />
              <Stat label={m.overview.noKey} value={format.number(data.hostsWithoutKey)} note={m.overview.ofMedia(data.hosts)} />
              <Stat label={m.overview.mediaOut} value={format.number(data.mediaOut)} note={m.overview.ofMedia(data.media)} />
              <Stat label={m.overview.rotationDue} value={format.number(data.rotationDue)} note={m.overview.ofMedia(data.keyRecords)} />
            </section>
            <section className={styles['states']} aria-label={m.overview.byState}>
              <StateBar counts={inBar} />
              <ul>
                {inBar.map(({ state, count }) => (
                  <li key={state}><a href={placeHash('hosts', { state })} className={styles['state']}><StateMark state={state} /><span className={text['strong']}>{format.number(count)}</span><span className={classNames(text['muted'], styles['percent'])}>{format.percent(count, affected)}</span></a></li>
                ))}
              </ul>
            </section>
            <EndInSight />
            <CourseOfDay />
            <div className={styles['grid']}>
              <section className={styles['why']}>
                <div className={styles['head']}><SectionHead title={m.overview.blockedByReason} end={format.number(blocked)} /></div>
                {data.blockedReasons.length === 0 ? <p className={styles['none']}>{m.overview.noneBlocked}</p> : (
                  <table className={table['table']}>
                    <tbody>
                      {data.blockedReasons.toSorted((one, other) => other.count - one.count).map(({ reason, count }) => (
                        <tr key={reason}>
                          <th scope="row"><a href={placeHash('hosts', { state: 'blocked', reason })}>{m.words.blockedReason[reason]}</a></th><td className={classNames(table['num'], text['strong'])}>{format.number(count)}</td>
                          <td className={styles['barCell']}><svg className={styles['bar']} aria-hidden="true"><rect data-state="blocked" width={`${((count / most) * 100).toFixed(1)}%`} height="100%" /></svg></td>
                          <td className={classNames(table['grow'], table['wrap'], text['small'], text['soft'])}>{m.words.blockedHint[reason]}</td>
                        </tr>
                      ))}
                    </tbody>
                  </table>
                )}
              </section>
              <section className={styles['records']}>
                <div className={styles['head']}><SectionHead title={m.overview.records} /></div>
                <table className={table['table']}>
                  <tbody>
                    {records.map(([label, value, note, href]) => (
                      <tr key={label}><th scope="row">{href === null ? label : <a href={href}>{label}</a>}</th><td className={classNames(table['num'], text['strong'], label === m.overview.claims && value > 0 && text['danger'])}>{format.number(value)}</td><td className={classNames(table['grow'], table['wrap'], text['small'], text['soft'])}>{note}</td></tr>
                    ))}
                  </tbody>
                </table>
                <p className={styles['auditHead']}>{m.overview.auditHead} <span className={classNames(text['code'], text['anywhere'])}>{data.auditHead}</span></p>
              </section>
            </div>
          </>
        )}
      </div>
      <KeyBarEnd>{m.overview.quiet}</KeyBarEnd>
    </>
  );
}

function Stat({ label, value, note }: { readonly label: string; readonly value: string; readonly note: string }) {
  return <div className={styles['stat']}><p className={styles['label']}>{label}</p><p className={styles['value']}>{value}</p><p className={styles['note']}>{note}</p></div>;
}
