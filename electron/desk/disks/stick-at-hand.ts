// A stick that came back, as the desk's machine can read it.
import { desktopMounts } from '../../core/media/disk-reasons.ts';
import type { StickAtHand } from '../../core/media/returned-stick.ts';
import { openDiskReader } from '../disk-reader.ts';
import type { WantedDisk } from './hand-to-writer.ts';
import { findWritable } from './run-writer.ts';

export interface ClosableStick extends StickAtHand { close(): Promise<void> }

/**
 * @param keep Paths that must survive.
 * @returns The stick, to be closed. Reading raw takes rights that not everybody has; then what the desktop has mounted is read.
 * @throws AppError `disk-not-found`, `disk-refused`.
 */
export async function takeStick(wanted: WantedDisk, keep: readonly string[]): Promise<ClosableStick> {
  const disk = await findWritable(wanted, wanted.accepted, keep);
  const reader = await openDiskReader(disk.id).catch(() => null);
  return {
    disk, readAt: reader === null ? null : (offset, length) => reader.readAt(offset, length), path: reader === null ? (desktopMounts(disk)[0] ?? null) : disk.id,
    close: async () => { await reader?.close(); },
  };
}
