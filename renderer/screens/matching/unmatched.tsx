// Key records of no host, and hosts without a key record. What a key says of its device helps to ask the right source.
import type { ReactNode } from 'react';
import { useAnswer, useApi } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Loading } from '../../parts/loading.tsx';
import { Empty, Failure } from '../../parts/notice.tsx';
import { SectionHead } from '../../parts/page.tsx';
import { Pager, PAGE_SIZE, pageAt } from '../../parts/pager.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import table from '../../parts/table.module.css';
import text from '../../parts/text.module.css';
import { placeHash, type Place } from '../../place.ts';
import { useFormat, useMessages } from '../../preferences.tsx';
import { saveTable } from '../../save-table.ts';
import { useAct } from '../../use-act.ts';
import { stayAt } from '../../use-place.ts';
import { allRows } from './all-rows.ts';
import { KeyIdLink } from './key-id-link.tsx';
import styles from './matching.module.css';
import { SourceRows } from './source-rows.tsx';

const SAVED_AT_ONCE = 10_000;

export function KeysWithoutHost({ place }: { readonly place: Place }) {
  const m = useMessages();
  const format = useFormat();
  const api = useApi();
  const act = useAct();
  const offset = pageAt(place);
  const { data, error, refetch } = useAnswer('keys.withoutHost', { offset, limit: PAGE_SIZE }, { keep: true });
  if (error !== null) return <div className={styles['pad']}><Failure failure={error} onRetry={() => void refetch()} /></div>;
  if (data === undefined) return <Loading rows={8} />;
  const save = (): void => act.run(async () => {
    const rows = await allRows((from) => api.call('keys.withoutHost', { offset: from, limit: SAVED_AT_ONCE }));
    saveTable('keys-without-host.csv', m.matching.keyHeader, rows.map((key) => [key.keyProtectorId, key.createdAt, key.importedAt, key.entraDeviceId, key.volumeId, key.sources.map(({ source, sourceRow }) => `${source}:${sourceRow}`).join('; ')]));
  });
  return (
    <List title={m.matching.keysWithoutHost} lead={m.matching.keysLead} total={data.total} none={m.matching.noKeys} noneLead={m.matching.noKeysLead} view="keys" offset={offset} busy={act.busy} failure={act.failure} onSave={save}>
      <thead><tr><th scope="col">{m.imports.keyId}</th><th scope="col">{m.lookup.created}</th><th scope="col">{m.matching.device}</th><th scope="col">{m.lookup.source}</th></tr></thead>
      <tbody>
        {data.rows.map((key) => (
          <tr key={key.keyRecordId}>
            <th scope="row" className={text['code']} title={key.keyProtectorId ?? undefined}><KeyIdLink id={key.keyProtectorId} record={key.keyRecordId} /></th><td>{key.createdAt === null ? '' : format.dateTime(key.createdAt)}</td>
            <td className={text['code']} title={key.entraDeviceId ?? undefined}>{key.entraDeviceId?.slice(0, 8)}</td><td className={classNames(table['grow'], table['wrap'])}><SourceRows sources={key.sources} /></td>
          </tr>
        ))}
      </tbody>
    </List>
  );
}

export function HostsWithoutKey({ place }: { readonly place: Place }) {
  const m = useMessages();
  const format = useFormat();
  const api = useApi();
  const act = useAct();
  const offset = pageAt(place);
  const { data, error, refetch } = useAnswer('hosts.withoutKey', { offset, limit: PAGE_SIZE }, { keep: true });
  if (error !== null) return <div className={styles['pad']}><Failure failure={error} onRetry={() => void refetch()} /></div>;
  if (data === undefined) return <Loading rows={8} />;
  const save = (): void => act.run(async () => {
    const rows = await allRows((from) => api.call('hosts.withoutKey', { offset: from, limit: SAVED_AT_ONCE }));
    saveTable('hosts-without-key.csv', m.matching.hostHeader, rows.map((host) => [host.hostname, m.words.hostState[host.state], host.site, host.organizationalUnit, host.operatingSystem, host.lastSeenAt]));
  });
  return (
    <List title={m.matching.hostsWithoutKey} lead={m.matching.hostsLead} total={data.total} none={m.matching.noHosts} noneLead={m.matching.noHostsLead} view="hosts" offset={offset} busy={act.busy} failure={act.failure} onSave={save}>
      <thead><tr><th scope="col">{m.hosts.host}</th><th scope="col">{m.hosts.state}</th><th scope="col">{m.hosts.site}</th><th scope="col">{m.hosts.os}</th><th scope="col">{m.hosts.lastSeen}</th></tr></thead>
      <tbody>{data.rows.map((host) => <tr key={host.hostname}><th scope="row" className={text['code']}><a href={placeHash('hosts', { q: host.hostname })}>{host.hostname}</a></th><td><StateMark state={host.state} /></td><td>{host.site}</td><td className={table['grow']}>{host.operatingSystem}</td><td>{host.lastSeenAt === null ? '' : format.dateTime(host.lastSeenAt)}</td></tr>)}</tbody>
    </List>
  );
}

interface ListProps {
  readonly title: string; readonly lead: string; readonly total: number; readonly none: string; readonly noneLead: string; readonly view: string; readonly offset: number;
  readonly busy: boolean; readonly failure: unknown; readonly onSave: () => void; readonly children: ReactNode;
}

function List({ title, lead, total, none, noneLead, view, offset, busy, failure, onSave, children }: ListProps) {
  const m = useMessages();
  const format = useFormat();
  return (
    <div className={classNames(text['scroll'], styles['list'])} tabIndex={0} role="region" aria-label={title}>
      <Failure failure={failure} />
      {total === 0 ? <Empty title={none}>{noneLead}</Empty> : (
        <>
          <div className={styles['head']}><SectionHead title={title} aside={lead} end={format.number(total)} /></div>
          <div className={styles['pad']}><Button onClick={onSave} disabled={busy}>{m.matching.save}</Button></div>
          <table className={table['table']}>{children}</table>
          <Pager offset={offset} total={total} onGo={(from) => stayAt('matching', { view, from: from === 0 ? null : String(from) })} />
        </>
      )}
    </div>
  );
}
