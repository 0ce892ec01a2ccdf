// What differs between systems when a disk is written: how disks are listed, taken away from whoever has them open, opened, and given back.
import { platform } from 'node:process';
import type { DiskFacts, DiskIdentity } from '../../core/media/disk-reasons.ts';
import { linuxDisks } from './linux-disks.ts';
import { macDisks } from './mac-disks.ts';
import type { ClosableDisk } from './raw-disk.ts';
import { windowsDisks } from './windows-disks.ts';

export interface DiskSystem {
  /** @returns Every whole disk, as the system lists them; empty where its tools do not answer. Never throws. */
  list(): Promise<readonly DiskFacts[]>;
  /**
   * Takes the disk away from desktops and file systems. What is on it may be gone from here on.
   *
   * @throws AppError `disk-busy`, `disk-not-found`, `disk-refused`.
   */
  free(disk: DiskFacts): Promise<void>;
  /** For nobody else. @throws AppError `disk-busy`, `disk-gone`, `disk-not-found`, `disk-refused`, `not-elevated`. */
  open(disk: DiskIdentity): Promise<ClosableDisk>;
  /** When it was closed. `isWritten`: a whole medium is on it. Never throws. */
  giveBack(disk: DiskIdentity, isWritten: boolean): Promise<void>;
}

const SYSTEMS: Readonly<Record<string, () => DiskSystem>> = { linux: linuxDisks, win32: windowsDisks, darwin: macDisks };

/** @returns Null where nobody has written down how. */
export const ownDiskSystem = (): DiskSystem | null => SYSTEMS[platform]?.() ?? null;
