// One disk: its BitLocker volumes with every protector, what the store knows of them, and the proof of a recovery password.
import { useCommands } from '../../keys/commands.tsx';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Loading } from '../../parts/loading.tsx';
import { Empty, Failure, Notice } from '../../parts/notice.tsx';
import { Facts, PageHead, SectionHead } from '../../parts/page.tsx';
import { ProgressBar } from '../../parts/progress.tsx';
import text from '../../parts/text.module.css';
import { placeHash } from '../../place.ts';
import { useFormat, useMessages } from '../../preferences.tsx';
import { goTo } from '../../use-place.ts';
import { TestVolumes } from './test-volumes.tsx';
import { useInspection, type Inspected, type Inspection } from './use-inspection.ts';
import { useVolumeTest, type VolumeTest } from './use-volume-test.ts';
import { hasRecoveryPassword, Volume } from './volume.tsx';
import styles from './disks.module.css';

export function InspectedDisk({ path }: { readonly path: string }) {
  const m = useMessages();
  const { inspection, again, cancel } = useInspection(path);
  const test = useVolumeTest(path);
  const running = inspection.status === 'running';
  const leave = (): void => {
    if (running) cancel();
    else if (test.running) test.cancel();
    else goTo('disks');
  };
  useCommands([{ id: 'other-disk', label: running ? m.disks.breakOff : m.disks.otherDisk, keys: 'Escape', bar: running ? m.disks.breakOff : m.disks.otherDisk, run: leave }]);
  const disk = inspection.status === 'done' && !inspection.disk.declined ? inspection.disk : null;
  const meta = disk === null ? '' : [disk.container === 'fixed-vhd' ? m.disks.fixedVhd : '', m.disks.partitions(disk.partitions), m.disks.readOnly].filter((part) => part !== '').join(', ');
  return (
    <>
      <PageHead title={lastOf(path)} code meta={meta}>
        <Button onClick={() => goTo('disks')}>{m.disks.otherDisk}</Button>
        <Button disabled={running || test.running} onClick={again}>{m.disks.readAgain}</Button>
      </PageHead>
      <div className={classNames(text['scroll'], styles['page'])} tabIndex={0} role="region" aria-label={m.screens.disks}>
        {inspection.status === 'running' ? <Searching inspection={inspection} onCancel={cancel} />
          : inspection.status === 'failed' ? <div className={styles['pad']}><Failure failure={inspection.failure} onRetry={again} /></div>
            : inspection.status === 'cancelled' ? <Empty title={m.disks.brokenOff} ways={[{ label: m.disks.readAgain, onClick: again }, { label: m.disks.otherDisk, href: placeHash('disks') }]}>{m.disks.brokenOffLead}</Empty>
              : <Found disk={inspection.disk} test={test} />}
      </div>
    </>
  );
}

/** Most disks are read before anything could be said of how far it is. */
function Searching({ inspection: { searchedBytes, ofBytes }, onCancel }: { readonly inspection: Extract<Inspection, { status: 'running' }>; readonly onCancel: () => void }) {
  const m = useMessages();
  const format = useFormat();
  if (ofBytes === 0) return <Loading rows={8} />;
  return (
    <section className={styles['test']} aria-label={m.disks.inspect}>
      <div className={styles['running']} aria-live="off">
        <span>{m.disks.searched(format.size(searchedBytes), format.size(ofBytes))}</span>
        <ProgressBar part={searchedBytes} whole={ofBytes} label={m.disks.inspect} />
        <Button onClick={onCancel}>{m.common.cancel}</Button>
      </div>
      <p className={classNames(text['small'], text['muted'])}>{m.disks.searchedWhy}</p>
    </section>
  );
}

function Found({ disk, test }: { readonly disk: Inspected; readonly test: VolumeTest }) {
  const m = useMessages();
  const format = useFormat();
  const ways = [{ label: m.disks.otherDisk, href: placeHash('disks') }];
  if (disk.declined) return <Empty title={m.disks.declinedTitle(m.words.disk.container[disk.container] ?? disk.container)} ways={ways}>{m.words.disk.how[disk.container] ?? m.words.disk.otherHow}</Empty>;
  const known = disk.volumes.reduce((sum, volume) => sum + volume.protectors.reduce((records, protector) => records + protector.keyRecords.length, 0), 0);
  return (
    <>
      {disk.isByBackupTable || disk.isCutOff || disk.unreadableBytes > 0 ? (
        <div className={styles['pad']}>
          {disk.isByBackupTable ? <Notice kind="warning">{m.disks.byBackupTable}</Notice> : null}
          {disk.isCutOff ? <Notice kind="warning">{m.disks.cutOff(disk.volumes.length)}</Notice> : null}
          {disk.unreadableBytes > 0 ? <Notice kind="warning">{m.disks.unreadable(format.size(disk.unreadableBytes))}</Notice> : null}
        </div>
      ) : null}
      {disk.volumes.length === 0 ? <Empty title={m.disks.noVolume} ways={ways}>{disk.others.length === 1 && disk.others[0]?.offset === 0 ? m.words.disk.content[disk.others[0].content] : m.disks.noVolumeLead(disk.partitions)}</Empty> : (
        <>
          <TestVolumes known={known} testable={disk.volumes.some(hasRecoveryPassword)} test={test} />
          {disk.volumes.map((volume, index) => <Volume key={index} volume={volume} tested={test.tested.filter(({ offset }) => offset === volume.offset)} />)}
        </>
      )}
      {disk.others.length === 0 || (disk.volumes.length === 0 && disk.others[0]?.offset === 0 && disk.others.length === 1) ? null : <Others others={disk.others} />}
    </>
  );
}

/** Where no BitLocker volume was found, and what stands there instead. */
function Others({ others }: { readonly others: Inspected['others'] }) {
  const m = useMessages();
  const format = useFormat();
  return (
    <section className={styles['volume']} aria-label={m.disks.others}>
      <SectionHead title={m.disks.others} />
      <Facts facts={others.map(({ offset, sizeBytes, partition, content }) => [[m.disks.at(format.size(offset)), sizeBytes >= Number.MAX_SAFE_INTEGER ? '' : format.size(sizeBytes), partition].filter((part) => part !== '').join(', '), m.words.disk.content[content]])} />
    </section>
  );
}

/** The last part of a path of either sort. */
const lastOf = (path: string): string => path.split(/[\\/]/).filter((part) => part !== '').at(-1) ?? path;
