// A medium of the register that is in the desk's port again: proven to be that one, its results taken in, its state brought up to what everybody sees.
import type { ReadAt } from '../../formats/fat/read.ts';
import { AppError } from '../app-error.ts';
import type { Desk } from '../desk.ts';
import { importAttempts, type AttemptsReport, type AttemptSources } from '../remediation/import-attempts.ts';
import { joinAreas, type Area } from './areas.ts';
import { areasOnDisk } from './areas-on-disk.ts';
import type { DiskFacts } from './disk-reasons.ts';
import { sha256 } from './hash-file.ts';
import { findMediumDisk, openRecogniser, type KnownMedium } from './known-disks.ts';
import { MOST_MANIFEST_BYTES } from './manifest.ts';
import type { MediaFiles } from './media-ports.ts';
import { getMedium, manifestHashOf, type Medium } from './media-register.ts';
import { actOnMedium } from './medium-acts.ts';
import { MANIFEST_PATH, MARKER_PATH } from './medium-paths.ts';
import { openMediumTree, readSmallFile } from './medium-tree.ts';

/** A stick as the desk's machine lends it. */
export interface StickAtHand {
  /** As it is now. */
  readonly disk: DiskFacts;
  /** Null: this process may not read the raw disk. */
  readonly readAt: ReadAt | null;
  /** Where its files can be read: the disk itself, or the place it is mounted at; null: neither. */
  readonly path: string | null;
}

export interface TakenResults { readonly imported: number; readonly unchanged: number }

export interface ReturnedStick {
  readonly medium: Medium;
  readonly now: KnownMedium['now'];
  /** What of it holds the seal, results and whatever names hosts: where it was written, and where the file system says it is. */
  readonly areas: readonly Area[];
}

/**
 * @returns The medium, as sure as can be: its disk by serial and size, or a manifest that is the one on record, byte for byte.
 * @throws AppError `not-found`; `not-this-medium` (`found`: the ID it has, or none). Reads only.
 */
export async function expectMediumOn(desk: Desk, mediaId: string, { disk, readAt, path }: StickAtHand, files: MediaFiles): Promise<ReturnedStick> {
  const medium = getMedium(desk.db, mediaId);
  const written = findMediumDisk(desk.db, mediaId);
  const known = openRecogniser(desk.db)(disk);
  const refuse = (): AppError => new AppError('not-this-medium', { mediaId, disk: disk.id, found: known?.mediaId ?? 'none' });
  if (known?.mediaId !== mediaId) throw refuse();
  const isItsDisk = written !== null && disk.serial !== null && written.serial === disk.serial && written.sizeBytes === disk.sizeBytes;
  // Every desk counts from M-0001: the number alone may be that of somebody else's stick.
  if (!isItsDisk && (path === null || await manifestHashOn(path, files) !== manifestHashOf(desk.db, mediaId))) throw refuse();
  const found = readAt === null ? [] : await areasOnDisk(readAt, disk.sizeBytes);
  return { medium, now: known.now, areas: joinAreas([...(written?.sealAt ?? []), ...found]) };
}

async function manifestHashOn(path: string, files: MediaFiles): Promise<string | null> {
  try {
    const tree = await openMediumTree(path, files, MARKER_PATH);
    try {
      const bytes = await readSmallFile(tree, MANIFEST_PATH, MOST_MANIFEST_BYTES);
      return bytes === null ? null : sha256(bytes);
    } finally { await tree.close(); }
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/**
 * Takes in the records that are on a stick before anything on it is overwritten.
 *
 * @param evenUnread Go on when some can not be taken in, or nothing can be read.
 * @throws AppError `results-not-taken` with how many records would be lost; null: nobody can say. What could be taken in stays.
 */
export async function takeResults(desk: Desk, mediaId: string, { now, stick: { path }, sources, evenUnread, breathe }: {
  readonly now: KnownMedium['now']; readonly stick: StickAtHand; readonly sources: AttemptSources; readonly evenUnread: boolean; readonly breathe: () => Promise<void>;
}): Promise<TakenResults> {
  if (now !== 'on-it') return { imported: 0, unchanged: 0 };
  const report: AttemptsReport | null = path === null ? null : await importAttempts(desk, sources, [path], breathe);
  const lost = report === null ? null : report.files.filter(({ status, reason }) => status === 'rejected' && reason !== 'no-records').length;
  if (lost !== 0 && !evenUnread) throw new AppError('results-not-taken', { mediaId, ...(lost === null ? {} : { records: lost }) });
  return { imported: report?.imported ?? 0, unchanged: report?.unchanged ?? 0 };
}

/** A medium that is in the port is neither out nor lost, nor wiped when it is on the disk all the same. One audit line where the register said so. */
export function noteReturn(desk: Desk, { mediaId, state }: Medium, { name, serial }: DiskFacts): void {
  if (state === 'issued' || state === 'lost' || state === 'wiped') actOnMedium(desk, { mediaId, to: 'returned', note: `in the port: ${[name, serial].filter((part) => part !== null).join(' ')}` });
}

/**
 * Everything that comes before a stick is renewed.
 *
 * @returns The medium, in the state in which it may be wiped; what is to be erased; where its files are read; the results that were taken in.
 * @throws AppError as `expectMediumOn` and `takeResults`; `renewal-needs-base` when there is nothing on it that could stay.
 */
export async function beginRenewal(desk: Desk, mediaId: string, { stick, files, ...lent }: {
  readonly stick: StickAtHand; readonly files: MediaFiles; readonly sources: AttemptSources; readonly evenUnread: boolean; readonly breathe: () => Promise<void>;
}): Promise<{ readonly medium: Medium; readonly areas: readonly Area[]; readonly path: string; readonly results: TakenResults }> {
  const { medium, now, areas } = await expectMediumOn(desk, mediaId, stick, files);
  if (medium.state === 'wiped' && now !== 'on-it') throw new AppError('not-in-this-state', { mediaId, state: medium.state });
  if (now !== 'on-it' || stick.path === null) throw new AppError('renewal-needs-base', { mediaId, why: 'changed' });
  const results = await takeResults(desk, mediaId, { now, stick, ...lent });
  noteReturn(desk, medium, stick.disk);
  return { medium: getMedium(desk.db, mediaId), areas, path: stick.path, results };
}
