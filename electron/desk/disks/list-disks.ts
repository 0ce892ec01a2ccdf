// The disks of the desk, asked anew at every call, each with every reason against writing it.
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { mayBeWritten, reasonsAgainst, type DiskFacts, type DiskReason } from '../../core/media/disk-reasons.ts';
import { ownDiskSystem, type DiskSystem } from './disk-system.ts';

export interface ListedDisk { readonly disk: DiskFacts; readonly reasons: readonly DiskReason[]; readonly usable: boolean }

/**
 * @param keep Absolute paths that must survive beside the program and the home folder: the desk's, the base's.
 * @returns Usable disks first; none where the system has no way to be asked. Never throws.
 */
export async function listDisks(keep: readonly string[], system: DiskSystem | null = ownDiskSystem()): Promise<readonly ListedDisk[]> {
  const all = await system?.list() ?? [];
  const around = { all, keep: [...keep, homedir(), fileURLToPath(new URL('.', import.meta.url))] };
  return all.map((disk) => {
    const reasons = reasonsAgainst(disk, around);
    return { disk, reasons, usable: mayBeWritten(reasons) };
  }).sort((a, b) => Number(b.usable) - Number(a.usable));
}
