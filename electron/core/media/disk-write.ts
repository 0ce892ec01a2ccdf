// Writes what was planned onto a disk and reads it back: the disk's old table goes first, and the new one comes when all else was read back.
// A disk pulled in the middle, or a power cut, leaves the old one whole or an empty one: nothing a host could start half of, and no system mounts it meanwhile.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../app-error.ts';
import { DISK_REASONS } from '../codes.ts';

/** One piece of the disk and where its bytes wait. All whole sectors; a run has at most `MOST_RUN_BYTES`. */
const run = z.object({ offset: z.int().min(0), sizeBytes: z.int().min(1), at: z.int().min(0), sha256: z.string().regex(/^[0-9a-f]{64}$/) });
export type DiskRun = z.infer<typeof run>;

/** What the desk asks of the writing process, as a file. Holds nothing secret. */
export const diskWriteRequest = z.object({
  version: z.literal(1),
  /** Which disk, as it was shown to whoever chose it. */
  disk: z.object({ id: z.string().min(1), serial: z.string().nullable(), sizeBytes: z.int().min(1) }),
  /** The cautions whoever chose it has seen. */
  accepted: z.array(z.enum(DISK_REASONS)),
  /** Paths that must survive. */
  keep: z.array(z.string()),
  /** File the runs' bytes wait in. */
  spool: z.string().min(1),
  runs: z.array(run).min(1),
});
export type DiskWriteRequest = z.infer<typeof diskWriteRequest>;

/** What the writing process says, one JSON line each; the last is `done` or `failed`. */
export const diskWriteReport = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('progress'), step: z.enum(['write', 'verify']), doneBytes: z.number(), totalBytes: z.number() }),
  /** `direct`: written and read past the system's cache. */
  z.object({ kind: z.literal('done'), writtenBytes: z.number(), direct: z.boolean() }),
  z.object({ kind: z.literal('failed'), code: z.string(), facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])) }),
]);
export type DiskWriteReport = z.infer<typeof diskWriteReport>;
export type DiskWriteProgress = (step: 'write' | 'verify', doneBytes: number, totalBytes: number) => void;

/** A disk opened for nobody else. Failures of the hardware come as they are. */
export interface OpenDisk {
  readonly sizeBytes: number;
  /** Buffers a disk takes: it may demand aligned memory. */
  buffer(sizeBytes: number): Uint8Array;
  write(offset: number, bytes: Uint8Array): Promise<void>;
  /** Fills the whole of `bytes`. */
  read(offset: number, bytes: Uint8Array): Promise<void>;
  sync(): Promise<void>;
}

export interface WaitingBytes { read(at: number, bytes: Uint8Array): Promise<void> }

export interface DiskWriteOptions {
  readonly onProgress?: DiskWriteProgress | undefined;
  /** Asked before every piece. */
  readonly isCancelled?: (() => boolean) | undefined;
}

export const MOST_RUN_BYTES = 4 * 1024 * 1024;
/** Tables, boot code and signatures of old file systems stand in the first and the last MiB. */
export const EDGE_BYTES = 1024 * 1024;
const SECTOR_BYTES = 512;

/**
 * Writes the runs and verifies them.
 *
 * @param runs Ascending, without overlap, within the disk.
 * @throws AppError `cancelled`; `disk-failed` (`at`: verify, `offset`) when the disk gives back something else. What `disk` and `waiting` throw passes.
 *         After any of them the disk has no partition table.
 */
export async function writeDisk(runs: readonly DiskRun[], disk: OpenDisk, waiting: WaitingBytes, { onProgress, isCancelled }: DiskWriteOptions): Promise<number> {
  const proceed = (): void => { if (isCancelled?.() === true) throw new AppError('cancelled'); };
  const pair = [disk.buffer(MOST_RUN_BYTES), disk.buffer(MOST_RUN_BYTES)] as const;
  const bufferOf = (index: number, { sizeBytes }: DiskRun): Uint8Array => (index % 2 === 0 ? pair[0] : pair[1]).subarray(0, sizeBytes);
  const [tables, others] = [runs.filter(({ offset }) => offset < EDGE_BYTES), runs.filter(({ offset }) => offset >= EDGE_BYTES)];
  const totalBytes = bytesOf(runs);

  proceed();
  await clearEdges(disk);
  let doneBytes = bytesOf(tables);
  await inTurn(others, (one, index) => waiting.read(one.at, bufferOf(index, one)), async (one, index) => {
    proceed();
    await disk.write(one.offset, bufferOf(index, one));
    doneBytes += one.sizeBytes;
    onProgress?.('write', doneBytes, totalBytes);
  });
  await disk.sync();

  doneBytes = 0;
  onProgress?.('verify', 0, totalBytes);
  await inTurn(others, (one, index) => disk.read(one.offset, bufferOf(index, one)), (one, index) => {
    proceed();
    if (!isAsPlanned(one, bufferOf(index, one))) throw notAsWritten(one.offset);
    doneBytes += one.sizeBytes;
    onProgress?.('verify', doneBytes, totalBytes);
  });
  // On a stick that is smaller than it says, what lies far behind has come back here.
  await disk.read(0, pair[0].subarray(0, EDGE_BYTES));
  if (pair[0].subarray(0, EDGE_BYTES).some((byte) => byte !== 0)) throw notAsWritten(0);
  await writeTables(tables, disk, waiting, pair);
  onProgress?.('verify', totalBytes, totalBytes);
  return totalBytes;
}

/** The tables, read back before the very first sector makes a disk of them for firmware and systems; it goes again when it is not what was written. */
async function writeTables(tables: readonly DiskRun[], disk: OpenDisk, waiting: WaitingBytes, [wanted, back]: readonly [Uint8Array, Uint8Array]): Promise<void> {
  const first = disk.buffer(SECTOR_BYTES);
  for (const table of tables) {
    const [bytes, read] = [wanted.subarray(0, table.sizeBytes), back.subarray(0, table.sizeBytes)];
    await waiting.read(table.at, bytes);
    if (!isAsPlanned(table, bytes)) throw notAsWritten(table.offset);
    if (table.offset === 0) {
      first.set(bytes.subarray(0, SECTOR_BYTES));
      bytes.fill(0, 0, SECTOR_BYTES);
    }
    await disk.write(table.offset, bytes);
    await disk.sync();
    await disk.read(table.offset, read);
    if (Buffer.compare(read, bytes) !== 0) throw notAsWritten(table.offset);
  }
  if (first.every((byte) => byte === 0)) return;
  await disk.write(0, first);
  await disk.sync();
  const read = back.subarray(0, SECTOR_BYTES);
  await disk.read(0, read);
  if (Buffer.compare(read, first) === 0) return;
  await disk.write(0, first.fill(0));
  await disk.sync();
  throw notAsWritten(0);
}

const bytesOf = (runs: readonly DiskRun[]): number => runs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
const isAsPlanned = ({ sha256 }: DiskRun, bytes: Uint8Array): boolean => createHash('sha256').update(bytes).digest('hex') === sha256;
const notAsWritten = (offset: number): AppError => new AppError('disk-failed', { at: 'verify', offset });

async function clearEdges(disk: OpenDisk): Promise<void> {
  const zeros = disk.buffer(EDGE_BYTES).fill(0);
  await disk.write(0, zeros);
  await disk.write(disk.sizeBytes - EDGE_BYTES, zeros);
  await disk.sync();
}

/** Takes the next piece while the one before it is used. Two pieces are in hand at most. */
async function inTurn(runs: readonly DiskRun[], take: (run: DiskRun, index: number) => Promise<void>, use: (run: DiskRun, index: number) => Promise<void> | void): Promise<void> {
  const [first] = runs;
  if (first === undefined) return;
  let taken = take(first, 0);
  for (const [index, one] of runs.entries()) {
    await taken;
    const next = runs[index + 1];
    taken = next === undefined ? Promise.resolve() : take(next, index + 1);
    taken.catch(() => undefined); // awaited in the next round; until then no failure may count as unhandled
    try {
      await use(one, index);
    } catch (error) {
      await taken.catch(() => undefined); // nothing may still fill a buffer when this returns
      throw error;
    }
  }
}

/** @returns The runs when they can be written on a disk of that size: whole sectors, ascending, none over another. AppError `invalid-input`. */
export function checkRuns(runs: readonly DiskRun[], diskBytes: number): readonly DiskRun[] {
  let end = 0;
  for (const { offset, sizeBytes } of runs) {
    if (offset < end || offset % SECTOR_BYTES !== 0 || sizeBytes % SECTOR_BYTES !== 0 || sizeBytes > MOST_RUN_BYTES || offset + sizeBytes > diskBytes) throw new AppError('invalid-input', { field: 'runs' });
    end = offset + sizeBytes;
  }
  return runs;
}
