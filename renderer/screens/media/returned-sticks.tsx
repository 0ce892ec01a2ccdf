// Sticks in the desk's ports that are media of the register: who has them, results read, renewed, wiped.
import { useEffect, useState } from 'react';
import { RemoteError } from '../../../electron/api/client.ts';
import { useAnswer, useApi, useMay } from '../../desk.tsx';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { ActDialog } from '../../parts/dialog.tsx';
import { Check } from '../../parts/field.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Failure } from '../../parts/notice.tsx';
import { ProgressBar } from '../../parts/progress.tsx';
import text from '../../parts/text.module.css';
import { useFormat, useMessages } from '../../preferences.tsx';
import { useToast } from '../../toast.tsx';
import { useAct } from '../../use-act.ts';
import { goTo } from '../../use-place.ts';
import type { Disk } from './medium-draft.ts';
import { chosenDisk } from './use-medium-build.ts';
import styles from './media.module.css';

/** Where no bell rings (a container, a system without the right to listen) this finds what was plugged in. */
const LOOK_EVERY_MS = 5000;

type KnownDisk = Disk & { readonly medium: NonNullable<Disk['medium']> };
const isKnown = (disk: Disk): disk is KnownDisk => disk.medium !== null && disk.usable;

/** Nothing where no such stick is plugged in. */
export function ReturnedSticks() {
  const may = useMay();
  const mayLook = may('disks.list');
  const { data, refetch } = useAnswer('disks.list', {}, { enabled: mayLook, keep: true });
  useEffect(() => {
    if (!mayLook) return;
    const timer = setInterval(() => void refetch(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [mayLook, refetch]);
  const sticks = (data ?? []).filter(isKnown);
  const m = useMessages();
  if (sticks.length === 0) return null;
  return <ul className={styles['returned']} aria-label={m.stick.inPort}>{sticks.map((disk) => <ReturnedStick key={disk.id} disk={disk} />)}</ul>;
}

function ReturnedStick({ disk }: { readonly disk: KnownDisk }) {
  const m = useMessages();
  const format = useFormat();
  const may = useMay();
  const api = useApi();
  const toast = useToast();
  const reading = useAct();
  const [isWiping, setIsWiping] = useState(false);
  const { mediaId, state, holder, now } = disk.medium;
  const read = (): void => reading.run(async () => {
    const { imported, unchanged, files } = await api.call('attempts.import', { paths: [disk.id] });
    const failed = files.filter(({ status, reason }) => status === 'rejected' && reason !== 'no-records').length;
    toast({ text: m.stick.resultsRead(mediaId, imported, unchanged, failed) });
  });
  const hasBundle = now === 'on-it' && state !== 'wiped';
  return (
    <li>
      <Icon name="file" />
      <span className={styles['diskName']}>
        <span>{now === 'on-it' ? m.stick.isMedium(mediaId, m.words.mediaState[state], holder) : m.stick.wasMedium(mediaId, now, m.words.mediaState[state])}</span>
        <span className={classNames(text['small'], text['muted'])}>{disk.name ?? m.words.diskBus[disk.bus]}, {format.size(disk.sizeBytes)}, {disk.serial === null ? m.stick.noSerial : m.stick.serial(disk.serial)}</span>
        <Failure failure={reading.failure} />
      </span>
      <span className={styles['end']}>
        <Button onClick={() => goTo('media', { medium: mediaId })}>{m.stick.show(mediaId)}</Button>
        {hasBundle && may('attempts.import') ? <Button disabled={reading.busy} onClick={read}>{m.stick.readResults}</Button> : null}
        {hasBundle && may('media.renew') ? <Button onClick={() => goTo('media', { renew: mediaId }, 'make')}>{m.stick.renew}</Button> : null}
        {state !== 'wiped' && may('media.wipeDisk') ? <Button onClick={() => setIsWiping(true)}>{m.stick.wipe}</Button> : null}
      </span>
      {isWiping ? <WipeDialog disk={disk} onClose={() => setIsWiping(false)} /> : null}
    </li>
  );
}

/** The question, and the wiping itself: the dialog stays until the disk gave back zeros. */
function WipeDialog({ disk, onClose }: { readonly disk: KnownDisk; readonly onClose: () => void }) {
  const m = useMessages();
  const format = useFormat();
  const api = useApi();
  const toast = useToast();
  const act = useAct();
  const [evenUnread, setEvenUnread] = useState(false);
  const [done, setDone] = useState<{ readonly part: number; readonly whole: number } | null>(null);
  const { mediaId } = disk.medium;
  const name = disk.name ?? m.words.diskBus[disk.bus];
  const wouldLose = act.failure instanceof RemoteError && act.failure.code === 'results-not-taken';
  const run = (): void => act.run(async () => {
    for await (const event of api.stream('media.wipeDisk', { mediaId, disk: chosenDisk(disk), evenUnread })) {
      if (event.kind === 'progress') { setDone({ part: event.doneBytes, whole: event.totalBytes }); continue; }
      onClose();
      toast({ text: m.stick.wiped(mediaId, event.results.imported) });
    }
  });
  return (
    <ActDialog title={m.stick.wipeTitle(mediaId)} lead={m.stick.wipeLead(name, format.size(disk.sizeBytes), disk.serial === null ? m.stick.noSerial : m.stick.serial(disk.serial), disk.id)} act={m.stick.wipeAct(name, format.size(disk.sizeBytes))} danger busy={act.busy} failure={act.failure} onClose={onClose} onAct={run}>
      {wouldLose || evenUnread ? <Check label={m.stick.evenUnread} checked={evenUnread} onChange={(event) => setEvenUnread(event.target.checked)} /> : null}
      {done === null || !act.busy ? undefined : <ProgressBar part={done.part} whole={done.whole} label={m.stick.wipe} />}
    </ActDialog>
  );
}
