// One disk: its BitLocker volumes with every protector, what the store knows of them, and the proof of a recovery password.
import { useAnswer } from '../../desk.tsx';
import { useCommands } from '../../keys/commands.tsx';
import { Button } from '../../parts/button.tsx';
import { classNames } from '../../parts/class-names.ts';
import { Loading } from '../../parts/loading.tsx';
import { Empty, Failure } from '../../parts/notice.tsx';
import { PageHead } from '../../parts/page.tsx';
import text from '../../parts/text.module.css';
import { placeHash } from '../../place.ts';
import { useMessages } from '../../preferences.tsx';
import { goTo } from '../../use-place.ts';
import { TestVolumes } from './test-volumes.tsx';
import { useVolumeTest } from './use-volume-test.ts';
import { Volume } from './volume.tsx';
import styles from './disks.module.css';

export function InspectedDisk({ path }: { readonly path: string }) {
  const m = useMessages();
  const { data, error, refetch, isFetching } = useAnswer('volumes.inspect', { path });
  const test = useVolumeTest(path);
  useCommands([{ id: 'other-disk', label: m.disks.otherDisk, keys: 'Escape', bar: m.disks.otherDisk, run: () => (test.running ? test.cancel() : goTo('disks')) }]);
  const meta = data === undefined ? '' : data.declined ? '' : [data.container === 'fixed-vhd' ? m.disks.fixedVhd : '', m.disks.partitions(data.partitions), m.disks.readOnly].filter((part) => part !== '').join(', ');
  const known = data?.volumes.reduce((sum, volume) => sum + volume.protectors.reduce((records, protector) => records + protector.keyRecords.length, 0), 0) ?? 0;
  return (
    <>
      <PageHead title={lastOf(path)} code meta={meta}>
        <Button onClick={() => goTo('disks')}>{m.disks.otherDisk}</Button>
        <Button disabled={isFetching || test.running} onClick={() => void refetch()}>{m.disks.readAgain}</Button>
      </PageHead>
      <div className={classNames(text['scroll'], styles['page'])} tabIndex={0} role="region" aria-label={m.screens.disks}>
        {error !== null ? <div className={styles['pad']}><Failure failure={error} onRetry={() => void refetch()} /></div>
          : data === undefined ? <Loading rows={8} />
            : data.declined ? <Empty title={m.disks.declinedTitle(m.disks.container[data.container] ?? data.container)} ways={[{ label: m.disks.otherDisk, href: placeHash('disks') }]}>{m.disks.declinedHow[data.container] ?? m.disks.declinedOther}</Empty>
              : data.volumes.length === 0 ? <Empty title={m.disks.noVolume} ways={[{ label: m.disks.otherDisk, href: placeHash('disks') }]}>{m.disks.noVolumeLead(data.partitions)}</Empty> : (
                <>
                  <TestVolumes known={known} testable={data.volumes.some(({ status }) => status === 'volume')} test={test} />
                  {data.volumes.map((volume) => <Volume key={volume.offset} volume={volume} tested={test.tested.filter(({ offset }) => offset === volume.offset)} />)}
                </>
              )}
      </div>
    </>
  );
}

/** The last part of a path of either sort. */
const lastOf = (path: string): string => path.split(/[\\/]/).filter((part) => part !== '').at(-1) ?? path;
