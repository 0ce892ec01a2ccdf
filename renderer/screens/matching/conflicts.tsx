// One Key ID, several recovery passwords: what is known of each, side by side, and a fingerprint to compare on the telephone. Shows no recovery password.
import type { Output } from '../../../electron/api/contract.ts';
import { useAnswer, useApi, useMay } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Loading } from '../../parts/loading.tsx';
import { Empty, Failure, Notice } from '../../parts/notice.tsx';
import { Facts, SectionHead } from '../../parts/page.tsx';
import { Pager, PAGE_SIZE, pageAt } from '../../parts/pager.tsx';
import text from '../../parts/text.module.css';
import { placeHash, type Place } from '../../place.ts';
import { useFormat, useMessages } from '../../preferences.tsx';
import { saveTable } from '../../save-table.ts';
import { useAct } from '../../use-act.ts';
import { stayAt } from '../../use-place.ts';
import { allRows } from './all-rows.ts';
import styles from './matching.module.css';
import { SourceRows } from './source-rows.tsx';

type Conflict = Output<'keys.conflicts'>['rows'][number];
type Rival = Conflict['records'][number];
const SAVED_AT_ONCE = 500;

export function Conflicts({ place }: { readonly place: Place }) {
  const m = useMessages();
  const api = useApi();
  const act = useAct();
  const offset = pageAt(place);
  const { data, error, refetch } = useAnswer('keys.conflicts', { offset, limit: PAGE_SIZE }, { keep: true });
  if (error !== null) return <div className={styles['pad']}><Failure failure={error} onRetry={() => void refetch()} /></div>;
  if (data === undefined) return <Loading rows={6} />;
  const save = (): void => act.run(async () => {
    const rows = await allRows((from) => api.call('keys.conflicts', { offset: from, limit: SAVED_AT_ONCE }));
    saveTable('conflicts.csv', m.matching.conflictHeader, rows.flatMap(({ keyProtectorId, records }) => records.map((record) => [
      keyProtectorId, record.fingerprint, record.hostname, record.createdAt, record.importedAt, record.testedAt, record.goesOnMedia ? m.matching.yes : null, record.sources.map(({ source, sourceRow }) => `${source}:${sourceRow}`).join('; '),
    ])));
  });
  const wanted = place.at['id'];
  const rows = wanted === undefined ? data.rows : data.rows.toSorted((a, b) => Number(b.keyProtectorId === wanted) - Number(a.keyProtectorId === wanted));
  return (
    <div className={classNames(text['scroll'], styles['list'])} tabIndex={0} role="region" aria-label={m.imports.conflictsTitle}>
      <Failure failure={act.failure} />
      {data.total === 0 ? <Empty title={m.matching.noConflicts}>{m.matching.noConflictsLead}</Empty> : (
        <>
          <div className={styles['pad']}><Notice kind="warning">{m.matching.conflictsLead}</Notice></div>
          <div className={styles['pad']}><Button onClick={save} disabled={act.busy}>{m.matching.save}</Button></div>
          {rows.map((conflict) => <OneConflict key={conflict.keyProtectorId} conflict={conflict} />)}
          <Pager offset={offset} total={data.total} onGo={(from) => stayAt('matching', { view: 'conflicts', from: from === 0 ? null : String(from) })} />
        </>
      )}
    </div>
  );
}

function OneConflict({ conflict: { keyProtectorId, records } }: { readonly conflict: Conflict }) {
  const m = useMessages();
  return (
    <section className={styles['conflict']} aria-label={keyProtectorId}>
      <div className={styles['head']}><SectionHead title={keyProtectorId} end={m.matching.passwords(records.length)} /></div>
      <div className={styles['rivals']}>{records.map((record) => <OneRival key={record.keyRecordId} id={keyProtectorId} record={record} />)}</div>
    </section>
  );
}

function OneRival({ id, record }: { readonly id: string; readonly record: Rival }) {
  const m = useMessages();
  const format = useFormat();
  const may = useMay();
  return (
    <article className={styles['rival']} aria-label={`${m.matching.fingerprint} ${record.fingerprint}`}>
      <p className={styles['fingerprint']} title={m.matching.fingerprint}>{record.fingerprint}</p>
      <p className={styles['signs']}>
        <span className={classNames(record.testedAt === null ? text['muted'] : styles['proven'])}>{record.testedAt === null ? m.matching.notTested : m.matching.tested(format.dateTime(record.testedAt))}</span>
        <span className={classNames(record.goesOnMedia ? text['strong'] : text['muted'])}>{record.goesOnMedia ? m.matching.goesOnMedia : m.matching.notOnMedia}</span>
      </p>
      <Facts facts={[
        [m.lookup.source, <SourceRows key="sources" sources={record.sources} />],
        [m.imports.host, record.hostname === null ? m.lookup.noHost : <span className={text['code']}>{record.hostname}</span>],
        [m.lookup.volume, record.drive],
        [m.lookup.created, record.createdAt === null ? m.common.unknown : format.dateTime(record.createdAt)],
        [m.lookup.imported, format.dateTime(record.importedAt)],
        [m.lookup.disclosed, record.disclosedAt === null ? m.common.never : format.dateTime(record.disclosedAt)],
        [m.matching.media, record.media.join(', ')],
      ]} />
      {may('keys.lookUp') ? <p><a href={placeHash('lookup', { q: id, key: String(record.keyRecordId) })}>{m.matching.disclose}</a></p> : null}
    </article>
  );
}
