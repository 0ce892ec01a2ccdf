// Lists of hosts held against each other: what one has and the other lacks, who was met in the field only, who was seen alive.
import type { Output } from '../../../electron/api/contract.ts';
import { useAnswer, useApi } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Check } from '../../parts/field.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Empty, Failure } from '../../parts/notice.tsx';
import { SectionHead } from '../../parts/page.tsx';
import { usePages } from '../../parts/pager.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import table from '../../parts/table.module.css';
import text from '../../parts/text.module.css';
import { placeHash } from '../../place.ts';
import { useFormat, useMessages } from '../../preferences.tsx';
import { saveTable } from '../../save-table.ts';
import { useAct } from '../../use-act.ts';
import { stayAt } from '../../use-place.ts';
import styles from './imports.module.css';

type Group = Output<'hosts.reconcile'>['verified'];
const SHOWN = 100;
const ALL = 200_000;
const MOST_LISTS = 20;

export function Lists({ chosen }: { readonly chosen: readonly number[] }) {
  const m = useMessages();
  const format = useFormat();
  const { data, error, refetch } = useAnswer('hosts.lists', {}, { keep: true });
  const inSight = usePages(data ?? []);
  if (error !== null) return <div className={styles['pad']}><Failure failure={error} onRetry={() => void refetch()} /></div>;
  if (data === undefined) return <Loading rows={4} />;
  const toggle = (id: number): void => stayAt('imports', { view: 'lists', lists: (chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id].slice(-MOST_LISTS)).join(',') });
  const ids = chosen.filter((id) => data.some((list) => list.importFileId === id));
  return (
    <div className={classNames(text['scroll'], styles['page'])} tabIndex={0} role="region" aria-label={m.lists.title}>
      {data.length === 0 ? <Empty title={m.lists.none} ways={[{ label: m.lookup.importFiles, href: placeHash('imports') }]}>{m.lists.noneLead}</Empty> : (
        <section className={styles['section']}>
          <div className={styles['sectionHead']}><SectionHead title={m.lists.choose} aside={m.lists.chooseLead} end={format.number(data.length)} /></div>
          <table className={table['table']}>
            <thead><tr><th scope="col">{m.imports.file}</th><th scope="col">{m.lists.kind}</th><th scope="col">{m.imports.when}</th><th scope="col" className={table['num']}>{m.imports.hosts}</th></tr></thead>
            <tbody>
              {inSight.rows.map((list) => (
                <tr key={list.importFileId} aria-selected={ids.includes(list.importFileId) ? true : undefined}>
                  <td className={classNames(table['grow'], table['read'])}><Check label={list.name} checked={ids.includes(list.importFileId)} onChange={() => toggle(list.importFileId)} /></td>
                  <td>{m.words.intakeKind[list.kind] ?? list.kind}</td><td>{format.short(list.importedAt, Date.now())}</td><td className={table['num']}>{format.number(list.hosts)}</td>
                </tr>
              ))}
            </tbody>
          </table>{inSight.pager}
        </section>
      )}
      {ids.length === 0 ? null : <Findings ids={ids} />}
    </div>
  );
}

function Findings({ ids }: { readonly ids: readonly number[] }) {
  const m = useMessages();
  const api = useApi();
  const act = useAct();
  const { data, error, refetch } = useAnswer('hosts.reconcile', { importFileIds: [...ids], limit: SHOWN }, { keep: true });
  if (error !== null) return <div className={styles['pad']}><Failure failure={error} onRetry={() => void refetch()} /></div>;
  if (data === undefined) return <Loading rows={4} />;
  const groupsOf = (answer: Output<'hosts.reconcile'>): readonly (readonly [string, Group])[] => [
    ...answer.lists.map((list) => [answer.lists.length === 1 ? m.lists.outNotIn(list.name) : m.lists.notIn(list.name), list.lacks] as const),
    [m.lists.field, answer.foundInTheField], [m.lists.withoutKey, answer.withoutKey], [m.lists.seenSince, answer.seenSince], [m.lists.saidDownSince, answer.saidDownSince], [m.lists.verified, answer.verified],
  ];
  const save = (): void => act.run(async () => {
    const all = await api.call('hosts.reconcile', { importFileIds: [...ids], limit: ALL });
    saveTable('reconciliation.csv', m.lists.header, groupsOf(all).flatMap(([title, { rows }]) => rows.map((host) => [title, host.hostname, m.words.hostState[host.state], host.site, host.keyRecords, host.lastSeenAt])));
  });
  return (
    <>
      <div className={styles['pad']}><Button onClick={save} disabled={act.busy}>{m.lists.save}</Button><Failure failure={act.failure} /></div>
      {groupsOf(data).map(([title, group]) => <OneGroup key={title} title={title} group={group} />)}
    </>
  );
}

function OneGroup({ title, group: { count, rows } }: { readonly title: string; readonly group: Group }) {
  const m = useMessages();
  const format = useFormat();
  return (
    <section className={styles['section']}>
      <div className={styles['sectionHead']}><SectionHead title={title} end={rows.length < count ? m.imports.rejectedShown(rows.length, count) : format.number(count)} /></div>
      {count === 0 ? <p className={classNames(styles['pad'], text['muted'])}>{m.lists.nobody}</p> : (
        <table className={table['table']}>
          <tbody>
            {rows.map((host) => (
              <tr key={host.hostId}>
                <th scope="row" className={text['code']}><a href={placeHash('hosts', { host: String(host.hostId) })}>{host.hostname}</a></th><td><StateMark state={host.state} /></td><td>{host.site}</td>
                <td className={table['grow']}>{host.keyRecords === 0 ? m.lists.noKey : m.common.keys(host.keyRecords)}</td><td>{host.lastSeenAt === null ? '' : `${m.hosts.lastSeen} ${format.short(host.lastSeenAt, Date.now())}`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
