// Disks on Linux: listed by lsblk, unmounted from the desktop, opened for nobody else by the kernel's own guard.
import { constants } from 'node:fs';
import { open, readFile, type FileHandle } from 'node:fs/promises';
import { AppError } from '../../core/app-error.ts';
import { desktopMounts, type DiskFacts } from '../../core/media/disk-reasons.ts';
import { readTableId } from '../../formats/gpt/read.ts';
import { openDiskReader } from '../disk-reader.ts';
import { runForText } from '../system-listing.ts';
import type { DiskSystem } from './disk-system.ts';
import { diskFactsOfLsblk, LSBLK_WORDS } from './lsblk.ts';
import { closable, errnoOf, whyNot, type ClosableDisk } from './raw-disk.ts';

/** Linux counts a disk's size in these whatever its sectors are. */
const BLOCK_BYTES = 512;

/** Listed by lsblk, opened exclusively past the cache. */
export const linuxDisks = (): DiskSystem => ({
  list: async () => Promise.all(diskFactsOfLsblk(await runForText('lsblk', LSBLK_WORDS).catch(() => '{}')).map(withTableId)),
  // Still mounted: the disk will be busy.
  async free(disk) { for (const place of desktopMounts(disk)) await runForText('umount', [place]).catch(() => undefined); },
  open: ({ id }) => openDisk(id),
  giveBack: () => Promise.resolve(),
});

/** Where no udev runs `lsblk` knows no tables; whoever may read the disk can look. */
async function withTableId(disk: DiskFacts): Promise<DiskFacts> {
  if (disk.tableId !== null || disk.sizeBytes === 0 || disk.optical || disk.bus === 'internal') return disk;
  const reader = await openDiskReader(disk.id).catch(() => null);
  if (reader === null) return disk;
  try {
    return { ...disk, tableId: await readTableId((offset, length) => reader.readAt(offset, length)) };
  } catch {
    return disk; // pulled meanwhile
  } finally {
    await reader.close();
  }
}

/**
 * Opens a disk. O_EXCL on a block device is the kernel's own guard: it refuses while a partition is mounted or held by another layer.
 *
 * @throws AppError `disk-busy`; `disk-gone` when nothing is there; `disk-refused` when it is no disk; `not-elevated` when the system does not let this process.
 */
export async function openDisk(path: string): Promise<ClosableDisk> {
  const { handle, direct } = await openHandle(path);
  try {
    const facts = await handle.stat({ bigint: true });
    if (!facts.isBlockDevice()) throw new AppError('disk-refused', { disk: path, reasons: ['not-a-stick'] });
    // Through the open handle: whatever was plugged in meanwhile under this name is not what is asked for here.
    const [major, minor] = deviceNumbers(facts.rdev);
    const sizeBytes = Number((await readFile(`/sys/dev/block/${major}:${minor}/size`, 'utf8')).trim()) * BLOCK_BYTES;
    return closable(handle, { sizeBytes, direct });
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function openHandle(path: string): Promise<{ readonly handle: FileHandle; readonly direct: boolean }> {
  const exclusive = constants.O_RDWR | constants.O_EXCL;
  try {
    return { handle: await open(path, exclusive | constants.O_DIRECT), direct: true };
  } catch (error) {
    // Not every driver can pass the cache; what is read back then may come out of it, and the report says so.
    if (errnoOf(error) === 'EINVAL') return { handle: await open(path, exclusive).catch((again: unknown) => { throw whyNot(path, again); }), direct: false };
    throw whyNot(path, error);
  }
}

/** As glibc's `major` and `minor` take a device number apart. */
const deviceNumbers = (rdev: bigint): readonly [bigint, bigint] => [((rdev >> 8n) & 0xfffn) | ((rdev >> 32n) & 0xfffff000n), (rdev & 0xffn) | ((rdev >> 12n) & 0xffffff00n)];
