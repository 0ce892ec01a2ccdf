// How fast hosts come back, by site, by wave, by technician, and servers apart from clients.
import type { ReactNode } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { HOST_STATES } from '../../../electron/core/codes.ts';
import { classNames } from '../../parts/class-names.ts';
import { StateBar } from '../../parts/progress.tsx';
import table from '../../parts/table.module.css';
import text from '../../parts/text.module.css';
import { placeHash } from '../../place.ts';
import { useFormat, useMessages } from '../../preferences.tsx';
import { isFar, type Told } from './end-in-sight.tsx';
import styles from './overview-screen.module.css';

export const PACE_VIEWS = ['sites', 'waves', 'technicians', 'kinds'] as const;
export type PaceView = (typeof PACE_VIEWS)[number];

type Course = Output<'status.course'>;
type Ends = Pick<Told, 'freeBySite' | 'idleSites'>;
interface Line { readonly key: string; readonly name: ReactNode; readonly stand: Pick<Course['kinds'][number], 'affected' | 'down' | 'states'>; readonly perHour: number | null; /** Where it says what an end rests on: hosts that came back within a day. */ readonly backInDay?: number; readonly people: number | null }

const countOf = ({ states }: Line['stand'], state: (typeof HOST_STATES)[number]): number => states.find((one) => one.state === state)?.count ?? 0;

/** @param most Rows of a wall; the rest is in the report. */
export function PaceTable({ view, course, free, most }: { readonly view: PaceView; readonly course: Course; /** When each site is through with all but its blocked hosts. */ readonly free: Ends | null; readonly most: number }) {
  const m = useMessages();
  if (view === 'technicians') return <Technicians course={course} most={most} />;
  const none = (word: string): ReactNode => <span className={text['muted']}>{word}</span>;
  const lines: Line[] = view === 'sites' ? course.sites.map((site) => ({ key: site.site ?? '', name: site.site === null ? none(m.overview.noSite) : <a href={placeHash('hosts', { site: site.site })}>{site.site}</a>, stand: site, perHour: site.perHour, backInDay: site.backInDay, people: site.people }))
    : view === 'waves' ? course.waves.map((wave) => ({ key: wave.wave ?? '', name: wave.wave === null ? none(m.course.noWave) : <><a href={placeHash('hosts', { wave: wave.wave })}>{wave.wave}</a>{wave.opened ? null : <span className={text['muted']}> {m.course.notOpened}</span>}</>, stand: wave, perHour: wave.perHour, people: null }))
      : course.kinds.map((kind) => ({ key: kind.kind, name: m.course.kinds[kind.kind], stand: kind, perHour: null, people: null }));
  const head = view === 'sites' ? m.overview.site : view === 'waves' ? m.course.wave : m.course.kind;
  if (lines.length === 0) return <p className={styles['none']}>{m.waves.none}. {m.waves.noneLead}</p>;
  return <Stands head={head} lines={lines.slice(0, most)} perHour={view !== 'kinds'} people={view === 'sites'} ends={view === 'sites' ? free : null} />;
}

function Stands({ head, lines, perHour, people, ends }: { readonly head: string; readonly lines: readonly Line[]; readonly perHour: boolean; readonly people: boolean; readonly ends: Ends | null }) {
  const m = useMessages();
  const format = useFormat();
  const endOf = new Map(ends?.freeBySite.map((end) => [end.site ?? '', end]));
  const at = (end: Ends['freeBySite'][number] | undefined, instant: 'earliest' | 'latest'): string => (end === undefined ? '' : isFar(end.latest) ? format.day(end[instant]) : format.dayTime(end[instant]));
  /** Where the ends stand, these give way first. */
  const count = classNames(table['num'], ends !== null && styles['roomy']);
  return (
    <table className={table['table']}>
      <thead>
        <tr>
          <th scope="col">{head}</th><th scope="col" className={table['num']}>{m.course.affected}</th><th scope="col" className={table['num']}>{m.overview.down}</th><th scope="col" className={table['num']}>{m.words.hostState.blocked}</th><th scope="col" className={classNames(table['grow'], styles['wide'])}>{m.course.byState}</th>
          <th scope="col" className={count}>{m.words.hostState.repaired}</th><th scope="col" className={count}>{m.words.hostState.verified}</th>{perHour ? <th scope="col" className={table['num']}>{m.course.perHour}</th> : null}{people ? <th scope="col" className={table['num']}>{m.course.people}</th> : null}
          {ends === null ? null : <><th scope="col" className={classNames(table['num'], styles['ends'])} title={m.eta.freeMeaning}>{m.eta.freeFrom}</th><th scope="col" className={classNames(table['num'], styles['ends'])}>{m.eta.freeTo}</th></>}
        </tr>
      </thead>
      <tbody>
        {lines.map(({ key, name, stand, ...pace }) => (
          <tr key={key}>
            <th scope="row">{name}</th><td className={table['num']}>{format.number(stand.affected)}</td><td className={classNames(table['num'], text['strong'])}>{format.number(stand.down)}</td><td className={table['num']}>{format.number(countOf(stand, 'blocked'))}</td>
            <td className={classNames(table['grow'], styles['wide'])}><StateBar small counts={stand.states.filter(({ state }) => state !== 'known')} /></td>
            <td className={count}>{format.number(countOf(stand, 'repaired'))}</td><td className={count}>{format.number(countOf(stand, 'verified'))}</td>{perHour ? <td className={table['num']}>{pace.perHour === 0 && (pace.backInDay ?? 0) > 0 ? <span className={text['muted']}>{m.course.inDay(format.number(pace.backInDay ?? 0))}</span> : format.pace(pace.perHour ?? 0)}</td> : null}{people ? <td className={table['num']}>{format.number(pace.people ?? 0)}</td> : null}
            {ends === null ? null : ends.idleSites.some((site) => (site ?? '') === key) ? <td colSpan={2} className={classNames(table['num'], styles['ends'], text['muted'])} title={m.eta.noPaceMeaning}>{m.eta.noPace}</td> : <><td className={classNames(table['num'], styles['ends'])}>{at(endOf.get(key), 'earliest')}</td><td className={classNames(table['num'], styles['ends'])}>{at(endOf.get(key), 'latest')}</td></>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Technicians({ course: { technicians }, most }: { readonly course: Course; readonly most: number }) {
  const m = useMessages();
  const format = useFormat();
  if (technicians.length === 0) return <p className={styles['none']}>{m.course.nobody}</p>;
  return (
    <table className={table['table']}>
      <thead><tr><th scope="col" className={table['grow']}>{m.course.technician}</th><th scope="col" className={table['num']}>{m.course.repairedHour}</th><th scope="col" className={table['num']}>{m.course.verifiedHour}</th><th scope="col" className={table['num']}>{m.course.repairedDay}</th><th scope="col" className={table['num']}>{m.course.verifiedDay}</th></tr></thead>
      <tbody>
        {technicians.slice(0, most).map(({ name, repairedPerHour, verifiedPerHour, repaired, verified }) => (
          <tr key={name}><th scope="row" className={table['grow']}>{name}</th><td className={classNames(table['num'], text['strong'])}>{format.pace(repairedPerHour)}</td><td className={table['num']}>{format.pace(verifiedPerHour)}</td><td className={table['num']}>{format.number(repaired)}</td><td className={table['num']}>{format.number(verified)}</td></tr>
        ))}
      </tbody>
    </table>
  );
}
