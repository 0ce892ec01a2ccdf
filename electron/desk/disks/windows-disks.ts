// Disks on Windows: listed by Get-Disk, cleared by it before anything is written, because only a disk without volumes can be written raw. Rehearsed, not seen on Windows.
import { constants } from 'node:fs';
import { AppError } from '../../core/app-error.ts';
import { DISK_REASONS } from '../../core/codes.ts';
import type { DiskIdentity } from '../../core/media/disk-reasons.ts';
import { deskScript } from '../desk-script.ts';
import { POWERSHELL_TAKES_AT_MOST_MS, fieldsOf, listOf, runForText } from '../system-listing.ts';
import type { DiskSystem } from './disk-system.ts';
import { diskFactsOfGetDisk, GET_DISK_WORDS } from './get-disk.ts';
import { forPowerShell } from './launchers.ts';
import { openRawDisk } from './raw-disk.ts';

/** libuv's own numbers, which Node names on no other system: nobody else may open it (sharing mode 0), past the cache, written through. @source libuv, include/uv/win.h. */
const [EXLOCK, DIRECT, DSYNC] = [0x10000000, 0x02000000, 0x04000000];
/** As long as Rufus waits for whoever has a stick open: virus scanners, Explorer, the indexer. */
const WAIT_MS = 15_000;
/** Clearing waits for that long itself, and PowerShell needs a moment to begin. */
const CLEAR_MS = 60_000;

/** What a rehearsal lends in place of Windows. */
export interface WindowsParts {
  readonly powershell: string;
  readonly flags: number;
  readonly pathOf: (id: string) => string;
  readonly waitMs: number;
}

export const OF_WINDOWS: WindowsParts = { powershell: 'powershell.exe', flags: constants.O_RDWR | EXLOCK | DIRECT | DSYNC, pathOf: (id) => id, waitMs: WAIT_MS };

/** @param parts A rehearsal's; Windows' own when left out. */
export function windowsDisks({ powershell, flags, pathOf, waitMs }: WindowsParts = OF_WINDOWS): DiskSystem {
  const run = (command: string, timeoutMs = POWERSHELL_TAKES_AT_MOST_MS): Promise<string> => runForText(powershell, ['-NoLogo', '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-Command', command], timeoutMs);
  return {
    list: async () => diskFactsOfGetDisk(await runForText(powershell, GET_DISK_WORDS, POWERSHELL_TAKES_AT_MOST_MS).catch(() => '{}')),
    async free(disk) {
      // The script looks again at number, serial, size and bus, in the same breath in which it clears.
      const words = `-Number ${numberOf(disk)} -SerialNumber ${forPowerShell(disk.serial ?? '')} -SizeBytes ${disk.sizeBytes} -Seconds ${Math.ceil(waitMs / 1000)} -Confirm:$false`;
      settle(await run(`. ${forPowerShell(deskScript('Clear-UsbDisk.ps1'))}; Clear-UsbDisk ${words}`, CLEAR_MS + waitMs).catch(() => ''), disk);
    },
    open: ({ id, sizeBytes }) => openRawDisk({ path: pathOf(id), id, sizeBytes, flags, waitMs }).catch((error: unknown) => {
      // By now it has no partitions any more.
      throw error instanceof AppError && error.code === 'disk-busy' ? new AppError('disk-busy', { disk: id, emptied: true }, { cause: error }) : error;
    }),
    // Windows looks at the table it has in mind until it is told to look again; then it mounts the medium.
    async giveBack(disk) { await run(`Update-Disk -Number ${numberOf(disk)} -ErrorAction SilentlyContinue`).catch(() => ''); },
  };
}

const numberOf = ({ id }: DiskIdentity): number => Number(/\d+$/.exec(id)?.[0] ?? Number.NaN);

/** @param answer Of Clear-UsbDisk: one line of JSON, or nothing when PowerShell itself failed. */
function settle(answer: string, { id, serial, sizeBytes }: DiskIdentity): void {
  const said = fieldsOf(parsed(answer));
  switch (said['status']) {
    case 'free': return;
    case 'not-found': throw new AppError('disk-not-found', { disk: id, serial: serial ?? 'none', sizeBytes });
    case 'refused': throw new AppError('disk-refused', { disk: id, reasons: DISK_REASONS.filter((code) => listOf(said['reasons']).includes(code)) });
    case 'busy': throw new AppError('disk-busy', { disk: id, why: String(said['code'] ?? '').slice(0, 40) });
    default: throw new AppError('disk-failed', { at: 'write', why: `clear-disk ${String(said['code'] ?? 'no-answer').slice(0, 40)}` });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
