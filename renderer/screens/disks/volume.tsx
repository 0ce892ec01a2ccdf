// One BitLocker volume as its own metadata describe it, every protector with the key records the store has for it.
import { useMay } from '../../desk.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Icon } from '../../parts/icon.tsx';
import { Notice } from '../../parts/notice.tsx';
import { Facts } from '../../parts/page.tsx';
import table from '../../parts/table.module.css';
import text from '../../parts/text.module.css';
import { placeHash } from '../../place.ts';
import { useFormat, useMessages } from '../../preferences.tsx';
import type { Inspected } from './use-inspection.ts';
import type { Tested } from './use-volume-test.ts';
import styles from './disks.module.css';

type VolumeFacts = Inspected['volumes'][number];
type Protector = VolumeFacts['protectors'][number];

/** Whether there is something to test: a TPM or a startup key opens a volume without one. */
export const hasRecoveryPassword = ({ protectors }: VolumeFacts): boolean => protectors.some(({ kind }) => kind === 'recovery-password');

export function Volume({ volume, tested }: { readonly volume: VolumeFacts; readonly tested: readonly Tested[] }) {
  const m = useMessages();
  const format = useFormat();
  const size = volume.sizeBytes >= Number.MAX_SAFE_INTEGER ? null : format.size(volume.sizeBytes);
  const title = volume.computerName ?? volume.volumeId?.slice(0, 8) ?? m.disks.unnamed;
  const place = [volume.partition, m.disks.at(format.size(volume.offset)), size].filter((part) => part !== null && part !== '').join(', ');
  return (
    <section className={styles['volume']} aria-label={`${title}, ${place}`}>
      <header className={styles['volumeHead']}><Icon name="vault-closed" /><h2>{title}</h2><span className={classNames(text['small'], text['muted'])}>{place}</span></header>
      {volume.status === 'damaged' ? <Notice kind="danger">{m.disks.damaged}</Notice> : volume.status === 'too-old' ? <Notice kind="warning">{m.disks.tooOld}</Notice> : null}
      {volume.copies.some(({ state }) => state === 'behind-end') ? <Notice kind="warning">{m.disks.endsEarly}</Notice> : null}
      {volume.copies.some(({ state }) => state === 'outdated') ? <Notice kind="warning">{m.disks.copiesDiffer}</Notice> : null}
      {volume.bootSector === 'unusable' ? <Notice kind="warning">{m.disks.bootSectorUnusable}</Notice> : null}
      {volume.protectors.some(({ kind }) => kind === 'clear-key') ? <Notice kind="warning">{m.disks.suspended}</Notice> : null}
      {volume.status === 'volume' && !hasRecoveryPassword(volume) ? <Notice kind="warning">{m.disks.noRecoveryPassword}</Notice> : null}
      <Facts facts={[
        [m.disks.description, volume.description],
        [m.disks.volumeId, volume.volumeId === null ? null : <span className={text['code']}>{volume.volumeId}</span>],
        [m.disks.cipher, volume.cipher === null ? null : [volume.cipher, volume.conversion === 'encrypted' || volume.conversion === 'unknown' ? '' : `${m.words.disk.conversion[volume.conversion]}${volume.encryptedSizeBytes > 0 && volume.conversion !== 'decrypted' ? ` (${format.size(volume.encryptedSizeBytes)})` : ''}`, volume.usedSpaceOnly ? m.disks.usedSpaceOnly : '', volume.layout === 'to-go' ? m.disks.toGo : ''].filter((part) => part !== '').join(', ')],
        [m.disks.created, volume.createdAt === null ? null : format.dateTime(volume.createdAt)],
        [m.disks.copies, volume.copies.length === 0 ? null : <Copies copies={volume.copies} />],
      ]} />
      {volume.protectors.length === 0 ? null : (
        <table className={classNames(table['table'], styles['protectors'])}>
          <thead><tr><th scope="col">{m.disks.protector}</th><th scope="col">{m.disks.keyId}</th><th scope="col">{m.disks.keyRecord}</th><th scope="col" className={table['num']}>{m.disks.changed}</th><th scope="col">{m.disks.test}</th></tr></thead>
          <tbody>{volume.protectors.map((protector) => <ProtectorRow key={protector.keyProtectorId} protector={protector} tested={tested} />)}</tbody>
        </table>
      )}
    </section>
  );
}

function Copies({ copies }: { readonly copies: VolumeFacts['copies'] }) {
  const m = useMessages();
  return (
    <span className={styles['copies']}>
      {m.disks.copiesGood(copies.filter(({ state }) => state === 'good').length, copies.length)}
      {copies.map(({ offset, state }, index) => <span key={offset} className={styles[state === 'behind-end' ? 'unreadable' : state]}><Icon name={state === 'good' ? 'check' : state === 'damaged' || state === 'outdated' ? 'warning' : 'ban'} />{index + 1} {m.disks.copyState[state]}</span>)}
    </span>
  );
}

function ProtectorRow({ protector: { keyProtectorId, kind, changedAt, hint, keyRecords }, tested }: { readonly protector: Protector; readonly tested: readonly Tested[] }) {
  const m = useMessages();
  const format = useFormat();
  const may = useMay();
  const opened = tested.some((one) => one.keyProtectorId === keyProtectorId);
  const revealed = tested.some(({ revealsOthers }) => revealsOthers.includes(keyProtectorId));
  const refused = keyRecords.some(({ keyRecordId }) => tested.some((one) => one.keyRecordId === keyRecordId && one.status === 'not-opened'));
  const hosts = [...new Set(keyRecords.map(({ hostname }) => hostname ?? m.lookup.noHost))].join(', ');
  return (
    <tr>
      <td>{m.words.protectorKind[kind] ?? kind}{hint === null ? null : <span className={text['muted']}> {hint}</span>}</td>
      <th scope="row" className={text['code']} title={keyProtectorId}>{keyProtectorId.slice(0, 8)}<span className={styles['rest']}>{keyProtectorId.slice(8)}</span></th>
      <td className={table['grow']}>{keyRecords.length === 0 ? <span className={text['muted']}>{kind === 'recovery-password' ? m.disks.noRecord : ''}</span> : may('keys.lookUp') ? <a href={placeHash('lookup', { q: keyProtectorId.slice(0, 8) })}>{hosts}</a> : hosts}{keyRecords.length > 1 ? <span className={text['muted']}> {m.common.keys(keyRecords.length)}</span> : null}</td>
      <td className={classNames(table['num'], text['muted'])}>{changedAt === null ? '' : format.date(changedAt)}</td>
      <td>{opened ? <span className={styles['good']}><Icon name="check" /><span className={styles['word']}>{m.disks.opens}</span></span> : refused ? <span className={styles['damaged']}><Icon name="ban" /><span className={styles['word']}>{m.disks.refused}</span></span> : revealed ? <span className={styles['revealed']}><Icon name="warning" /><span className={styles['word']}>{m.disks.revealed}</span></span> : null}</td>
    </tr>
  );
}
