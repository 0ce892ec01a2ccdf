// One host at the side: facts, key records, history, and the acts its state and the operator's roles allow.
import { useState, type Ref } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import type { HostState } from '../../../electron/core/codes.ts';
import { useAnswer, useMay } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Failure, Notice } from '../../parts/notice.tsx';
import { Facts } from '../../parts/page.tsx';
import { StateMark } from '../../parts/state-mark.tsx';
import text from '../../parts/text.module.css';
import { Timeline } from '../../parts/timeline.tsx';
import { placeHash } from '../../place.ts';
import { useFormat, useMessages } from '../../preferences.tsx';
import { goTo } from '../../use-place.ts';
import { idFacts } from '../matching/id-facts.tsx';
import { JoinByName } from '../matching/join-by-name.tsx';
import { HostAct, type HostActName } from './host-acts.tsx';
import { historyLines } from './host-history.ts';
import styles from './host-panel.module.css';

/** Which acts a state leaves open; the desk decides again. */
const ACTS: Readonly<Record<HostState, readonly HostActName[]>> = {
  known: ['verify', 'block', 'close'], reported: ['verify', 'block', 'close'], ready: ['verify', 'block', 'close'], blocked: ['unblock', 'verify', 'close'],
  'in-progress': ['verify', 'block', 'close'], repaired: ['verify', 'block', 'close'], verified: ['reopen'], closed: ['reopen'],
};

export function HostPanel({ place, hostId, onClose }: { readonly place: Ref<HTMLElement>; readonly hostId: number; readonly onClose: () => void }) {
  const m = useMessages();
  const may = useMay();
  const { data, error, refetch } = useAnswer('hosts.get', { hostId }, { keep: true });
  const [act, setAct] = useState<HostActName | null>(null);
  const [joins, setJoins] = useState(false);
  const host = data?.host.hostId === hostId ? data.host : undefined;
  const acts = host === undefined ? [] : ACTS[host.state].filter((name) => may(`hosts.${name}`));
  const label: Readonly<Record<HostActName, string>> = { verify: m.hosts.verify, block: m.hosts.block, unblock: m.hosts.unblock, close: m.hosts.close, reopen: m.hosts.reopen };
  return (
    <aside ref={place} tabIndex={-1} className={styles['panel']} aria-label={host?.hostname ?? m.hosts.host}>
      <header className={styles['head']}>
        <h2>{host?.hostname}</h2>{host === undefined ? null : <StateMark state={host.state} chip />}
        <span className={styles['end']}><Button look="quiet" aria-label={m.common.close} onClick={onClose}><Icon name="close" /></Button></span>
      </header>
      {error !== null ? <div className={styles['body']}><Failure failure={error} onRetry={() => void refetch()} /></div> : data === undefined || host === undefined ? <Loading /> : <Body details={data} />}
      {host === undefined ? null : (
        <footer className={styles['foot']}>
          {acts.map((name) => <Button key={name} look={name === 'verify' && host.state === 'repaired' ? 'primary' : 'outlined'} onClick={() => setAct(name)}>{label[name]}</Button>)}
          {may('hosts.join') && host.state !== 'closed' ? <Button aria-label={m.matching.joinWithTitle(host.hostname)} onClick={() => setJoins(true)}>{m.matching.join}</Button> : null}
          {may('keys.lookUp') ? <Button onClick={() => goTo('lookup', { q: host.hostname, host: String(host.hostId) })} icon="search">{m.hosts.lookup}</Button> : null}
        </footer>
      )}
      {joins && host !== undefined ? <JoinByName host={host} onClose={() => setJoins(false)} /> : null}
      {act === null || host === undefined ? null : <HostAct act={act} host={host} onClose={() => setAct(null)} />}
    </aside>
  );
}

function Body({ details: { host, facts, plan, keyRecords, lapsPasswords, history, ids, oldNames, joinedInto } }: { readonly details: Output<'hosts.get'> }) {
  const m = useMessages();
  const format = useFormat();
  const code = (value: string | null) => (value === null ? null : <span className={text['code']}>{value}</span>);
  const disclosed = keyRecords.filter((record) => record.disclosedAt !== null).length;
  return (
    <div className={`${styles['body'] ?? ''} ${text['scroll'] ?? ''}`} tabIndex={0} role="region" aria-label={m.hosts.history}>
      {host.flaggedClaim ? <Notice kind="danger">{m.hosts.claim}</Notice> : null}
      <Facts facts={[
        [m.hosts.reason, host.blockedReason !== null ? m.words.blockedReason[host.blockedReason] : host.closedAs !== null ? m.words.closedAs[host.closedAs] : null],
        [m.matching.joinedInto, joinedInto === null ? null : <a key="joined" className={text['code']} href={placeHash('hosts', { host: String(joinedInto.hostId) })}>{joinedInto.hostname}</a>],
        [m.matching.oldNames, oldNames.length === 0 ? null : code(oldNames.join(', '))],
        [m.laps.route, plan.route === null ? null : m.laps.routes[plan.route]],
        [m.waves.keptOff, plan.keptOff],
        [m.waves.name, plan.wave],
        [m.manyHosts.facet.technicians, plan.technician],
        [m.manyHosts.facet.tags, plan.tags.join(', ')],
        [m.hosts.site, host.site],
        [m.hosts.unit, host.organizationalUnit],
        [m.hosts.model, [facts.maker, host.model].filter((part) => part !== null).join(' ')],
        [m.laps.description, facts.description],
        [m.hosts.serial, ids.some(({ kind }) => kind === 'serial-number') ? null : code(facts.serialNumber)],
        [m.hosts.assetTag, code(facts.assetTag)],
        [m.hosts.user, facts.userName],
        [m.hosts.domain, facts.domain ?? facts.dnsName],
        [m.hosts.os, host.operatingSystem],
        [m.hosts.lastSeen, facts.lastSeenAt === null ? null : format.dateTime(facts.lastSeenAt)],
        ...idFacts(ids, m),
        [m.hosts.keyRecords, keyRecords.length === 0 ? m.hosts.noKey : <>{keyRecords.map((record, index) => <span key={record.keyRecordId}>{index === 0 ? '' : ', '}<span className={text['code']}>{record.keyProtectorId?.slice(0, 8) ?? m.lookup.noKeyId}</span></span>)}{disclosed === 0 ? '' : `; ${format.number(disclosed)} ${m.hosts.disclosedOne}`}</>],
        [m.laps.count, lapsPasswords.length === 0 ? null : <a key="laps" href={placeHash('lookup', { q: host.hostname, host: String(host.hostId), laps: String(lapsPasswords[0]?.lapsPasswordId ?? '') })}>{format.number(lapsPasswords.length)}</a>],
      ]} />
      <Timeline lines={historyLines(history, m, format)} />
    </div>
  );
}
