// What a supervisor looks after: why hosts are blocked and what would free them, who waits longest, which sticks are out.
import type { Output } from '../../../electron/api/contract.ts';
import { KEY_PLACES } from '../../../electron/core/codes.ts';
import { useAnswer } from '../../desk.tsx';
import { classNames } from '../../parts/class-names.ts';
import { SectionHead } from '../../parts/page.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import table from '../../parts/table.module.css';
import text from '../../parts/text.module.css';
import { placeHash } from '../../place.ts';
import { useFormat, useMessages } from '../../preferences.tsx';
import styles from './overview-screen.module.css';

type Watch = Output<'status.watch'>;
const HOUR_MS = 3_600_000;

/** @param most Rows; a wall shows the largest reasons. */
export function BlockedReasons({ reasons, most }: { readonly reasons: Watch['unblock']; readonly most: number }) {
  const m = useMessages();
  const format = useFormat();
  const imported = useAnswer('keys.count', {}, { keep: true }).data?.places;
  const places = imported === undefined ? '' : KEY_PLACES.filter((place) => !imported.includes(place)).map((place) => m.noKey.places[place]).join(', ');
  return (
    <>
      <div className={styles['head']}><SectionHead title={m.overview.blockedByReason} end={format.number(reasons.reduce((sum, { count }) => sum + count, 0))} /></div>
      {reasons.length === 0 ? <p className={styles['none']}>{m.overview.noneBlocked}</p> : (
        <table className={table['table']}>
          <tbody>
            {reasons.slice(0, most).map(({ reason, ...facts }) => (
              <tr key={reason}>
                <th scope="row"><a href={placeHash('hosts', { state: 'blocked', reason })}>{m.words.blockedReason[reason]}</a></th><td className={classNames(table['num'], text['strong'])}>{format.number(facts.count)}</td>
                <td className={classNames(table['grow'], table['wrap'], text['small'], text['soft'])}>{m.course.unblock(reason, { ...facts, places }) ?? m.words.blockedHint[reason]}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

export function OldestOpen({ oldest, nowMs }: { readonly oldest: Watch['oldest']; readonly nowMs: number }) {
  const m = useMessages();
  return (
    <>
      <div className={styles['head']}><SectionHead title={m.course.oldest} aside={m.course.oldestNote} /></div>
      {oldest.length === 0 ? <p className={styles['none']}>{m.course.noneOpen}</p> : (
        <table className={table['table']}>
          <thead><tr><th scope="col">{m.hosts.host}</th><th scope="col">{m.overview.site}</th><th scope="col" className={table['grow']}>{m.hosts.state}</th><th scope="col" className={table['num']}>{m.course.waits}</th></tr></thead>
          <tbody>
            {oldest.map(({ hostId, hostname, site, state, blockedReason, since }) => (
              <tr key={hostId}>
                <th scope="row" className={text['code']}><a href={placeHash('hosts', { host: String(hostId) })}>{hostname}</a></th><td className={text['soft']}>{site}</td>
                <td className={table['grow']}><StateMark state={state} />{blockedReason === null ? null : <span className={text['soft']}> {m.words.blockedReason[blockedReason]}</span>}</td><td className={table['num']}>{m.course.age((nowMs - Date.parse(since)) / HOUR_MS)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

export function SticksOut({ watch: { sticks, moreSticks: more, notIssued }, nowMs }: { readonly watch: Watch; readonly nowMs: number }) {
  const m = useMessages();
  const format = useFormat();
  return (
    <>
      <div className={styles['head']}><SectionHead title={m.course.sticks} aside={notIssued === 0 ? m.course.sticksNote : m.course.notIssued(notIssued)} end={more > 0 ? m.course.moreSticks(more) : undefined} /></div>
      {sticks.length === 0 ? <p className={styles['none']}>{m.course.noSticks}</p> : (
        <table className={table['table']}>
          <thead><tr><th scope="col">{m.media.medium}</th><th scope="col" className={table['grow']}>{m.course.holder}</th><th scope="col" className={table['num']}>{m.hosts.keyRecords}</th><th scope="col" className={table['num']}>{m.course.results}</th><th scope="col" className={table['num']}>{m.course.out}</th></tr></thead>
          <tbody>
            {sticks.map(({ mediaId, holder, since, keyRecords, results, expired }) => (
              <tr key={mediaId}>
                <th scope="row"><a href={placeHash('media', { medium: mediaId })}>{mediaId}</a></th><td className={table['grow']}>{holder}{expired ? <span className={text['danger']}> {m.course.expired}</span> : null}</td>
                <td className={table['num']}>{format.number(keyRecords)}</td><td className={table['num']}>{format.number(results)}</td><td className={table['num']}>{m.course.age((nowMs - Date.parse(since)) / HOUR_MS)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
