// Key coverage: which hosts could be unlocked today. Looked at before the crisis, it says what to ask which source for.
import { useState } from 'react';
import { useAnswer, useApi } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Field, Select } from '../../parts/field.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Empty, Failure } from '../../parts/notice.tsx';
import { PageHead, SectionHead } from '../../parts/page.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import table from '../../parts/table.module.css';
import text from '../../parts/text.module.css';
import { placeHash } from '../../place.ts';
import { useFormat, useMessages } from '../../preferences.tsx';
import { saveTable } from '../../save-table.ts';
import { useAct } from '../../use-act.ts';
import { KeyIdLink } from '../matching/key-id-link.tsx';
import styles from './coverage.module.css';

const AGES = [30, 90, 180, 365] as const;
const SHOWN = 200;
const ALL = 200_000;

export function Coverage() {
  const m = useMessages();
  const format = useFormat();
  const api = useApi();
  const [days, setDays] = useState<number>(180);
  const act = useAct();
  const { data, error, refetch } = useAnswer('keys.coverage', { newerThanDays: days, limit: SHOWN }, { keep: true });
  const save = (): void => act.run(async () => {
    const all = await api.call('keys.coverage', { newerThanDays: days, limit: ALL });
    saveTable('key-coverage.csv', m.coverage.header, [
      ...all.hostsWithoutKey.map((host) => [m.coverage.noKey, host.hostname, m.words.hostState[host.state], host.site, host.organizationalUnit, host.operatingSystem, host.lastSeenAt, null, null]),
      ...all.keysWithoutHost.map((key) => [m.coverage.noHost, null, null, null, null, null, key.createdAt, key.keyProtectorId, `${key.source}:${key.sourceRow}`]),
    ]);
  });
  const head = <PageHead title={m.coverage.title} meta={data === undefined ? undefined : m.overview.asOf(format.now(data.asOf))}><Button onClick={save} disabled={act.busy || data === undefined}>{m.coverage.save}</Button></PageHead>;
  if (error !== null) return <>{head}<div className={styles['pad']}><Failure failure={error} onRetry={() => void refetch()} /></div></>;
  if (data === undefined) return <>{head}<Loading /></>;
  const { hosts, withKey, withoutKey, withTestedKey, age } = data;
  const lines: readonly (readonly [string, number, string])[] = [
    [m.coverage.withKey, withKey, m.coverage.withKeyNote], [m.coverage.newer(days), age?.newer ?? 0, m.coverage.newerNote], [m.coverage.older(days), age?.older ?? 0, m.coverage.olderNote],
    [m.coverage.undated, age?.undated ?? 0, m.coverage.undatedNote], [m.coverage.tested, withTestedKey, m.coverage.testedNote], [m.coverage.without, withoutKey, m.coverage.withoutNote],
    ...(data.withKeyOfOtherHost === 0 ? [] : [[m.coverage.ofOtherHost, data.withKeyOfOtherHost, m.coverage.ofOtherHostNote] as const]),
    ...(data.listedKeys === 0 ? [] : [[m.coverage.listed, data.withListedKeyOnly, m.coverage.listedNote(data.listedKeys)] as const]),
  ];
  return (
    <>
      {head}
      <div className={classNames(text['scroll'], styles['page'])} tabIndex={0} role="region" aria-label={m.coverage.title}>
        <Failure failure={act.failure} />
        {hosts === 0 ? <Empty title={m.hosts.empty} ways={[{ label: m.lookup.importFiles, href: placeHash('imports') }]}>{m.hosts.emptyLead}</Empty> : (
          <>
            <section className={styles['top']}>
              <div><p className={styles['label']}>{m.coverage.withKey}</p><p className={styles['hero']}>{format.percent(withKey, hosts)}</p><p className={styles['note']}>{m.common.of(withKey, hosts)}</p></div>
              <div className={styles['age']}><Field label={m.coverage.age}>{(wiring) => <Select {...wiring} value={String(days)} onChange={(event) => setDays(Number(event.target.value))}>{AGES.map((n) => <option key={n} value={n}>{m.coverage.days(n)}</option>)}</Select>}</Field></div>
            </section>
            <table className={classNames(table['table'], styles['figures'])}>
              <tbody>
                {lines.map(([label, value, note]) => (
                  <tr key={label}>
                    <th scope="row" className={styles['what']}>{label}</th><td className={classNames(table['num'], text['strong'])}>{format.number(value)}</td><td className={classNames(table['num'], text['muted'])}>{format.percent(value, hosts)}</td>
                    <td className={styles['barCell']}><svg className={styles['bar']} aria-hidden="true"><rect width={`${((value / hosts) * 100).toFixed(1)}%`} height="100%" /></svg></td>
                    <td className={classNames(table['grow'], table['wrap'], table['read'], text['small'], text['soft'])}>{note}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            {withoutKey === 0 ? null : (
              <section>
                <div className={styles['head']}><SectionHead title={m.coverage.without} end={data.hostsWithoutKey.length < withoutKey ? m.imports.rejectedShown(data.hostsWithoutKey.length, withoutKey) : format.number(withoutKey)} /></div>
                <table className={table['table']}>
                  <thead><tr><th scope="col">{m.hosts.host}</th><th scope="col">{m.hosts.state}</th><th scope="col">{m.hosts.site}</th><th scope="col">{m.hosts.os}</th><th scope="col">{m.hosts.lastSeen}</th></tr></thead>
                  <tbody>{data.hostsWithoutKey.map((host) => <tr key={host.hostname}><th scope="row" className={text['code']}><a href={placeHash('hosts', { q: host.hostname })}>{host.hostname}</a></th><td><StateMark state={host.state} /></td><td>{host.site}</td><td className={table['grow']}>{host.operatingSystem}</td><td>{host.lastSeenAt === null ? '' : format.dateTime(host.lastSeenAt)}</td></tr>)}</tbody>
                </table>
              </section>
            )}
            {data.keyRecordsWithoutHost === 0 ? null : (
              <section>
                <div className={styles['head']}><SectionHead title={m.coverage.keysWithoutHost} end={data.keysWithoutHost.length < data.keyRecordsWithoutHost ? m.imports.rejectedShown(data.keysWithoutHost.length, data.keyRecordsWithoutHost) : format.number(data.keyRecordsWithoutHost)} /></div>
                <table className={table['table']}>
                  <thead><tr><th scope="col">{m.imports.keyId}</th><th scope="col">{m.lookup.created}</th><th scope="col">{m.lookup.source}</th></tr></thead>
                  <tbody>{data.keysWithoutHost.map((key, index) => <tr key={index}><th scope="row" className={text['code']}><KeyIdLink id={key.keyProtectorId} /></th><td>{key.createdAt === null ? '' : format.dateTime(key.createdAt)}</td><td className={table['grow']}>{key.source}, {m.imports.atRow(key.sourceRow)}</td></tr>)}</tbody>
                </table>
              </section>
            )}
          </>
        )}
      </div>
    </>
  );
}
