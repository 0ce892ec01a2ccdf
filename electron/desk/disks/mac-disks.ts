// Disks on macOS: listed and unmounted by diskutil, written through their unbuffered twin, ejected when they are whole. Rehearsed, not seen on a Mac.
import { constants } from 'node:fs';
import { AppError } from '../../core/app-error.ts';
import { runForText } from '../system-listing.ts';
import { diskFactsOfDiskutil, wholeDisksOf } from './diskutil.ts';
import type { DiskSystem } from './disk-system.ts';
import { openRawDisk } from './raw-disk.ts';

/** Darwin's O_EXLOCK, which Node does not name. @source xnu, bsd/sys/fcntl.h. */
const EXLOCK = 0x20;
const WAIT_MS = 10_000;
const UNMOUNT_MS = 60_000;
/** The indexer has a stick open for a moment after it came. */
const UNMOUNT_AGAIN = { times: 5, afterMs: 1_000 };

/** What a rehearsal lends in place of macOS. */
export interface MacParts {
  /** @returns What the program prints; rejects unless it ends with 0. */
  readonly run: (program: string, words: readonly string[], timeoutMs?: number) => Promise<string>;
  readonly flags: number;
  readonly pathOf: (id: string) => string;
  readonly waitMs: number;
  readonly againAfterMs: number;
}

export const OF_MACOS: MacParts = { run: runForText, flags: constants.O_RDWR | EXLOCK, pathOf: (id) => id.replace('/dev/disk', '/dev/rdisk'), waitMs: WAIT_MS, againAfterMs: UNMOUNT_AGAIN.afterMs };

/** @param parts A rehearsal's; macOS' own when left out. */
export function macDisks({ run, flags, pathOf, waitMs, againAfterMs }: MacParts = OF_MACOS): DiskSystem {
  const ask = (program: string, ...words: string[]): Promise<string> => run(program, words).catch(() => '');
  return {
    async list() {
      const list = await ask('diskutil', 'list', '-plist');
      const names = wholeDisksOf(list);
      const [infos, apfs, backups, ...usb] = await Promise.all([
        Promise.all(names.map((name) => ask('diskutil', 'info', '-plist', name))), ask('diskutil', 'apfs', 'list', '-plist'), ask('tmutil', 'destinationinfo', '-X'),
        // Which of the two names the USB tree has depends on the version.
        ask('system_profiler', '-json', 'SPUSBDataType'), ask('system_profiler', '-json', 'SPUSBHostDataType'),
      ]);
      return diskFactsOfDiskutil({ list, apfs, backups, usb, info: new Map(names.map((name, index) => [name, infos[index] ?? ''])) });
    },
    // Without force: whoever still writes onto the stick is heard.
    async free({ id }) {
      for (let tries = 1;; tries += 1) {
        const isFree = await run('diskutil', ['unmountDisk', id], UNMOUNT_MS).then(() => true, () => false);
        if (isFree) return;
        if (tries === UNMOUNT_AGAIN.times) throw new AppError('disk-busy', { disk: id, why: 'unmountDisk' });
        await new Promise((resolve) => { setTimeout(resolve, againAfterMs); });
      }
    },
    open: ({ id, sizeBytes }) => openRawDisk({ path: pathOf(id), id, sizeBytes, flags, waitMs }),
    // Mounted it would get folders of the indexer and a bin onto it at once; an unwritten one is left for macOS to look at.
    async giveBack({ id }, isWritten) { if (isWritten) await run('diskutil', ['eject', id], UNMOUNT_MS).catch(() => ''); },
  };
}
