// Which stick: those that may be written, by name, size and serial number, and below them every other disk with the reasons against it.
import { useEffect } from 'react';
import { useAnswer } from '../../desk.tsx';
import { ActDialog } from '../../parts/dialog.tsx';
import { Check } from '../../parts/field.tsx';
import { Failure, Notice } from '../../parts/notice.tsx';
import text from '../../parts/text.module.css';
import { useFormat, useMessages } from '../../preferences.tsx';
import type { Disk, Draft } from './medium-draft.ts';
import styles from './media.module.css';

type Reason = Disk['reasons'][number];

/** A stick is there for the system a second after it was plugged in; where no bell rings this finds it. */
const LOOK_EVERY_MS = 2000;

export function DiskStep({ draft, onChange }: { readonly draft: Draft; readonly onChange: (changes: Partial<Draft>) => void }) {
  const m = useMessages();
  const { data, error, refetch } = useAnswer('disks.list', draft.base === null ? {} : { base: draft.base.path });
  useEffect(() => {
    const timer = setInterval(() => void refetch(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [refetch]);
  // Unplugged, or another one in its place: the choice falls.
  const isThere = (chosen: Disk): boolean => data?.some((disk) => isChosen(disk, chosen)) === true;
  useEffect(() => { if (data !== undefined && !draft.disks.every(isThere)) onChange({ disks: draft.disks.filter(isThere) }); });
  const choose = (disk: Disk, on: boolean): void => onChange({ disks: on ? [...draft.disks, disk] : draft.disks.filter((other) => !isChosen(disk, other)) });
  if (data === undefined) return error === null ? <p className={text['muted']}>{m.stick.looking}</p> : <Failure failure={error} />;
  const usable = data.filter((disk) => disk.usable);
  const others = data.filter((disk) => !disk.usable);
  return (
    <>
      {usable.length === 0 ? <Notice>{m.stick.none}</Notice> : (
        <ul className={styles['disks']}>
          {usable.map((disk) => (
            <li key={disk.id}>
              <Check checked={draft.disks.some((other) => isChosen(disk, other))} onChange={(event) => choose(disk, event.target.checked)} label={<DiskName disk={disk} />} />
              <Reasons reasons={disk.reasons} />
            </li>
          ))}
        </ul>
      )}
      {others.length === 0 ? null : (
        <details className={styles['otherDisks']}>
          <summary>{m.stick.others(others.length)}</summary>
          <ul className={styles['disks']}>{others.map((disk) => <li key={disk.id}><DiskName disk={disk} /><Reasons reasons={disk.reasons.filter(({ severity }) => severity === 'never')} /></li>)}</ul>
        </details>
      )}
    </>
  );
}

const isChosen = (disk: Disk, chosen: Disk): boolean => disk.usable && disk.id === chosen.id && disk.serial === chosen.serial && disk.sizeBytes === chosen.sizeBytes;

export function DiskName({ disk }: { readonly disk: Disk }) {
  const m = useMessages();
  const format = useFormat();
  const contents = disk.contents.map(({ label, fileSystem }) => label ?? fileSystem ?? '').filter((name) => name !== '').join(', ');
  return (
    <span className={styles['diskName']}>
      <span><b>{disk.name ?? m.words.diskBus[disk.bus]}</b>, {format.size(disk.sizeBytes)}</span>
      <span className={`${text['small'] ?? ''} ${text['muted'] ?? ''}`}>{disk.serial === null ? m.stick.noSerial : m.stick.serial(disk.serial)}, <span className={text['code']}>{disk.id}</span>{disk.usable ? `, ${disk.medium?.now === 'on-it' ? m.stick.isMedium(disk.medium.mediaId, m.words.mediaState[disk.medium.state], disk.medium.holder) : contents === '' ? m.stick.empty : contents}` : ''}</span>
    </span>
  );
}

function Reasons({ reasons }: { readonly reasons: readonly Reason[] }) {
  const m = useMessages();
  if (reasons.length === 0) return null;
  return (
    <ul className={styles['diskReasons']}>
      {reasons.map(({ code, severity, about }) => (
        <li key={code}><span className={severity === 'never' ? text['danger'] : text['soft']}>{m.words.diskSeverity[severity]}</span>: {m.words.diskReason[code]}{about.length === 0 ? '' : ` (${about.join(', ')})`}</li>
      ))}
    </ul>
  );
}

/** The last question before sticks are erased. Cancel has the focus; the button names the stick, or how many. */
export function EraseDialog({ disks, onErase, onClose }: { readonly disks: readonly Disk[]; readonly onErase: () => void; readonly onClose: () => void }) {
  const m = useMessages();
  const format = useFormat();
  const nameOf = (disk: Disk): string => disk.name ?? m.words.diskBus[disk.bus];
  const [first] = disks;
  if (first === undefined) return null;
  const isOne = disks.length === 1;
  const said = ({ code, severity, about }: Reason): string => `${m.words.diskSeverity[severity]}: ${m.words.diskReason[code]}${about.length === 0 ? '' : ` (${about.join(', ')})`}`;
  return (
    <ActDialog
      title={isOne ? m.stick.eraseTitle(nameOf(first)) : m.stick.eraseSeveralTitle(disks.length)} act={isOne ? m.stick.erase(nameOf(first), format.size(first.sizeBytes)) : m.stick.eraseSeveral(disks.length)} danger onAct={onErase} onClose={onClose}
      lead={disks.map((disk) => (
        <span key={disk.id} className={isOne ? undefined : styles['caution']}>
          {m.stick.eraseLead(nameOf(disk), format.size(disk.sizeBytes), disk.id, disk.serial === null ? m.stick.noSerial : m.stick.serial(disk.serial))}
          {disk.reasons.filter(({ severity }) => severity === 'caution').map((reason) => <span key={reason.code} className={styles['caution']}>{said(reason)}</span>)}
        </span>
      ))}
    />
  );
}
