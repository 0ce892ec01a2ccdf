// The disks of the desk, asked anew at every call, each with every reason against writing it.
import { homedir } from 'node:os';
import { platform } from 'node:process';
import { fileURLToPath } from 'node:url';
import { mayBeWritten, reasonsAgainst, type DiskFacts, type DiskReason } from '../../core/media/disk-reasons.ts';
import { runForText } from '../system-listing.ts';
import { diskFactsOfLsblk, LSBLK_WORDS } from './lsblk.ts';

export interface ListedDisk { readonly disk: DiskFacts; readonly reasons: readonly DiskReason[]; readonly usable: boolean }

/** @returns Every whole disk, as the system lists them. Empty where there is no way to ask. */
export async function readDiskFacts(): Promise<readonly DiskFacts[]> {
  if (platform === 'linux') return diskFactsOfLsblk(await runForText('lsblk', LSBLK_WORDS).catch(() => '{}'));
  return [];
}

/**
 * @param keep Absolute paths that must survive beside the program and the home folder: the desk's, the base's.
 * @returns Usable disks first. Never throws.
 */
export async function listDisks(keep: readonly string[]): Promise<readonly ListedDisk[]> {
  const all = await readDiskFacts();
  const around = { all, keep: [...keep, homedir(), fileURLToPath(new URL('.', import.meta.url))] };
  return all.map((disk) => {
    const reasons = reasonsAgainst(disk, around);
    return { disk, reasons, usable: mayBeWritten(reasons) };
  }).sort((a, b) => Number(b.usable) - Number(a.usable));
}
