// Which stick: those that may be written, by name, size and serial number, and below them every other disk with the reasons against it.
import { useEffect, useId } from 'react';
import type { Output } from '../../../electron/api/contract.ts';
import { useAnswer } from '../../desk.tsx';
import { ActDialog } from '../../parts/dialog.tsx';
import { Check } from '../../parts/field.tsx';
import { Failure, Notice } from '../../parts/notice.tsx';
import text from '../../parts/text.module.css';
import { useFormat, useMessages } from '../../preferences.tsx';
import type { Draft } from './medium-draft.ts';
import styles from './media.module.css';

type Disk = Output<'disks.list'>[number];
type Reason = Disk['reasons'][number];

/** A stick is there for the system a second after it was plugged in; where no bell rings this finds it. */
const LOOK_EVERY_MS = 2000;

export function DiskStep({ draft, onChange }: { readonly draft: Draft; readonly onChange: (changes: Partial<Draft>) => void }) {
  const m = useMessages();
  const group = useId();
  const { data, error, refetch } = useAnswer('disks.list', draft.base === null ? {} : { base: draft.base.path });
  useEffect(() => {
    const timer = setInterval(() => void refetch(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [refetch]);
  // Unplugged, or another one in its place: the choice falls.
  const chosen = data?.find((disk) => isChosen(disk, draft.disk)) ?? null;
  useEffect(() => { if (data !== undefined && draft.disk !== null && chosen === null) onChange({ disk: null }); });
  if (data === undefined) return error === null ? <p className={text['muted']}>{m.stick.looking}</p> : <Failure failure={error} />;
  const usable = data.filter((disk) => disk.usable);
  const others = data.filter((disk) => !disk.usable);
  return (
    <>
      {usable.length === 0 ? <Notice>{m.stick.none}</Notice> : (
        <ul className={styles['disks']}>
          {usable.map((disk) => (
            <li key={disk.id}>
              <Check type="radio" name={group} checked={disk === chosen} onChange={() => onChange({ disk })} label={<DiskName disk={disk} />} />
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

const isChosen = (disk: Disk, chosen: Draft['disk']): boolean => chosen !== null && disk.usable && disk.id === chosen.id && disk.serial === chosen.serial && disk.sizeBytes === chosen.sizeBytes;

function DiskName({ disk }: { readonly disk: Disk }) {
  const m = useMessages();
  const format = useFormat();
  const contents = disk.contents.map(({ label, fileSystem }) => label ?? fileSystem ?? '').filter((name) => name !== '').join(', ');
  return (
    <span className={styles['diskName']}>
      <span><b>{disk.name ?? m.words.diskBus[disk.bus]}</b>, {format.size(disk.sizeBytes)}</span>
      <span className={`${text['small'] ?? ''} ${text['muted'] ?? ''}`}>{disk.serial === null ? m.stick.noSerial : m.stick.serial(disk.serial)}, <span className={text['code']}>{disk.id}</span>{disk.usable ? `, ${contents === '' ? m.stick.empty : contents}` : ''}</span>
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

/** The last question before a stick is erased. Cancel has the focus; the button names the stick. */
export function EraseDialog({ disk, onErase, onClose }: { readonly disk: Disk; readonly onErase: () => void; readonly onClose: () => void }) {
  const m = useMessages();
  const format = useFormat();
  const name = disk.name ?? m.words.diskBus[disk.bus];
  const size = format.size(disk.sizeBytes);
  const said = ({ code, severity, about }: Reason): string => `${m.words.diskSeverity[severity]}: ${m.words.diskReason[code]}${about.length === 0 ? '' : ` (${about.join(', ')})`}`;
  return (
    <ActDialog
      title={m.stick.eraseTitle(name)} act={m.stick.erase(name, size)} danger onAct={onErase} onClose={onClose}
      lead={<>{m.stick.eraseLead(name, size, disk.id, disk.serial === null ? m.stick.noSerial : m.stick.serial(disk.serial))}{disk.reasons.filter(({ severity }) => severity === 'caution').map((reason) => <span key={reason.code} className={styles['caution']}>{said(reason)}</span>)}</>}
    />
  );
}
