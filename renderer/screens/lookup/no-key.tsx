// No key found is a station: what else can be asked, which sources were never imported, and how a host is put down as blocked when there is no way.
import type { Output } from '../../../electron/api/contract.ts';
import { useAnswer, useApi, useMay } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { Failure } from '../../parts/notice.tsx';
import text from '../../parts/text.module.css';
import { placeHash } from '../../place.ts';
import { useFormat, useMessages } from '../../preferences.tsx';
import { useToast } from '../../toast.tsx';
import { useAct } from '../../use-act.ts';
import styles from './panel.module.css';

/** Where recovery passwords usually are (field: key sources A1, A2, A3, A4, A6), each known by the kinds of files that come from it. */
const PLACES = ['directory', 'tenant', 'crowdstrike', 'configmgr', 'files'] as const;

export function NoKey({ host }: { readonly host: Output<'hosts.get'>['host'] }) {
  const m = useMessages();
  const format = useFormat();
  const api = useApi();
  const may = useMay();
  const act = useAct();
  const toast = useToast();
  const { data: count } = useAnswer('keys.count', {}, { keep: true });
  const never = PLACES.filter((place) => !(count?.places ?? PLACES).includes(place));
  const canBlock = may('hosts.block') && host.state !== 'blocked' && host.state !== 'closed' && host.state !== 'verified';
  const block = (): void => act.run(async () => {
    await api.call('hosts.block', { hostId: host.hostId, reason: 'no-key' });
    toast({ text: m.hosts.blocked(host.hostname, m.words.blockedReason['no-key']), undo: () => void api.call('hosts.unblock', { hostId: host.hostId }).catch(() => undefined) });
  });
  return (
    <section className={styles['station']} aria-label={m.noKey.title}>
      <h3 className={text['sideTitle']}>{m.noKey.title}</h3>
      <ol>
        <li>{m.noKey.askId}</li>
        <li>{never.length === 0 ? m.noKey.allImported : <>{m.noKey.neverImported} {never.map((place) => m.noKey.places[place]).join(', ')}. {may('imports.run') ? <a href={placeHash('imports')}>{m.lookup.importFiles}</a> : null}</>}
          {count?.lastImportAt === null || count === undefined ? null : <span className={text['muted']}> {m.noKey.last(format.short(count.lastImportAt, Date.now()))}</span>}</li>
        <li>{m.noKey.disk} <a href={placeHash('disks')}>{m.screens.disks}</a></li>
        <li>{m.noKey.safeBoot}</li>
      </ol>
      <Failure failure={act.failure} />
      {canBlock ? <Button disabled={act.busy} onClick={block}>{m.noKey.block}</Button> : null}
    </section>
  );
}
