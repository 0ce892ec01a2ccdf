// No key found, or one that was rejected, is a station: what else can be asked, here and now, the way into the host without a key, and how it is put down as blocked when there is none.
import { useState } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useAnswer, useApi, useMay } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { Failure } from '../../parts/notice.tsx';
import text from '../../parts/text.module.css';
import { placeHash } from '../../place.ts';
import { useFormat, useMessages } from '../../preferences.tsx';
import { useToast } from '../../toast.tsx';
import { useAct } from '../../use-act.ts';
import { AskLive, type Asked } from './ask-live.tsx';
import styles from './panel.module.css';

/** Where recovery passwords usually are (field: key sources A1, A2, A3, A4, A6), each known by the kinds of files that come from it. */
const PLACES = ['directory', 'tenant', 'crowdstrike', 'configmgr', 'files'] as const;

export function NoKey({ host, reason, first, onChooseLaps }: { readonly host: Output<'hosts.get'>; /** With which it is blocked when there is no other way. */ readonly reason: 'no-key' | 'key-rejected'; /** Hears which act is tried first: where Enter goes. */ readonly first?: (act: HTMLElement | null) => void; readonly onChooseLaps: (lapsPasswordId: number) => void }) {
  const m = useMessages();
  const format = useFormat();
  const api = useApi();
  const may = useMay();
  const act = useAct();
  const toast = useToast();
  const [asking, setAsking] = useState<Asked | null>(null);
  const { data: count } = useAnswer('keys.count', {}, { keep: true });
  const { host: row, ids, oldNames, lapsPasswords } = host;
  const never = PLACES.filter((place) => !(count?.places ?? PLACES).includes(place));
  const isOpen = row.state !== 'closed' && row.state !== 'verified';
  const laps = lapsPasswords.find(({ latest }) => latest);
  const others = [...oldNames.map((name) => `${m.noKey.formerly} ${name}`), ...ids.map(({ kind, value }) => `${m.words.hostIdKind[kind]} ${value}`)];
  const block = (): void => act.run(async () => {
    await api.call('hosts.block', { hostId: row.hostId, reason });
    toast({ text: m.hosts.blocked(row.hostname, m.words.blockedReason[reason]), undo: () => api.call('hosts.unblock', { hostId: row.hostId }) });
  });
  const safeBoot = (lapsPasswordId: number): void => act.run(async () => {
    if (isOpen && may('hosts.setRoute')) await api.call('hosts.setRoute', { hostId: row.hostId, route: 'safe-boot' });
    onChooseLaps(lapsPasswordId);
  });
  return (
    <section className={styles['station']} aria-label={m.noKey.title}>
      <h3 className={text['sideTitle']}>{m.noKey.title}</h3>
      <ol>
        <li>{m.noKey.askId}</li>
        {others.length === 0 ? null : <li>{m.noKey.otherIds} <span className={text['soft']}>{others.join(', ')}</span></li>}
        <li>{never.length === 0 ? m.noKey.allImported : <>{m.noKey.neverImported} {never.map((place) => m.noKey.places[place]).join(', ')}. {may('imports.run') ? <a href={placeHash('imports')}>{m.lookup.importFiles}</a> : null}</>}
          {count?.lastImportAt === null || count === undefined ? null : <span className={text['muted']}> {m.noKey.last(format.short(count.lastImportAt, Date.now()))}</span>}</li>
        {may('directories.ask') ? <li>{m.noKey.askLive}<span className={styles['stationActs']}><Button ref={laps === undefined ? first : undefined} onClick={() => setAsking('directory')}>{m.noKey.askDirectory}</Button><Button onClick={() => setAsking('tenant')}>{m.noKey.askTenant}</Button></span></li> : null}
        <li>{m.noKey.disk} <a ref={laps === undefined && !may('directories.ask') ? first : undefined} href={placeHash('disks')}>{m.screens.disks}</a></li>
        <li>{laps === undefined ? m.noKey.safeBoot : <>{m.noKey.safeBootWith(laps.account)}<span className={styles['stationActs']}><Button ref={first} look="primary" disabled={act.busy} onClick={() => safeBoot(laps.lapsPasswordId)}>{m.noKey.safeBootAct}</Button></span></>}</li>
      </ol>
      <Failure failure={act.failure} />
      {may('hosts.block') && row.state !== 'blocked' && isOpen ? <Button disabled={act.busy} onClick={block}>{m.noKey.block[reason]}</Button> : null}
      {asking === null ? null : <AskLive of={asking} about={{ hostId: row.hostId }} title={asking === 'directory' ? m.noKey.askDirectoryFor(row.hostname) : m.noKey.askTenantFor(row.hostname)} onClose={() => setAsking(null)} />}
    </section>
  );
}
