// The writing process itself: reads its request, looks at the disk once more, writes, reads back, and says so in its report.
import { constants, existsSync, type Stats } from 'node:fs';
import { open, readFile, stat, type FileHandle } from 'node:fs/promises';
import { platform } from 'node:process';
import { AppError } from '../../core/app-error.ts';
import { isSameDisk, type DiskFacts, type DiskIdentity } from '../../core/media/disk-reasons.ts';
import { checkRuns, diskWriteRequest, writeDisk, type DiskWriteReport, type DiskWriteRequest } from '../../core/media/disk-write.ts';
import { ownDiskSystem, type DiskSystem } from './disk-system.ts';
import { listDisks } from './list-disks.ts';
import { errnoOf } from './raw-disk.ts';

export const REPORT_SUFFIX = '.report';
/** One line of progress for so much, so that a report stays small. */
const REPORT_EVERY_BYTES = 8 * 1024 * 1024;

/**
 * Carries out a request. Runs with more rights than whoever asked for it: trusts nothing but what it sees itself.
 *
 * @param path Of the request. Its report (same name, `.report`) was made by whoever asked. The request taken away means: stop.
 * @returns Whether the disk was written and read back. Everything else is in the report. Never throws once there is a report.
 */
export async function runWriter(path: string, system: DiskSystem | null = ownDiskSystem()): Promise<boolean> {
  const asked = await stat(path);
  const report = await openReport(`${path}${REPORT_SUFFIX}`, asked);
  const tell = (line: DiskWriteReport): Promise<unknown> => report.write(`${JSON.stringify(line)}\n`);
  try {
    const request = diskWriteRequest.parse(JSON.parse(await readFile(path, 'utf8')));
    if (system === null) throw new AppError('disk-writing-unavailable', { platform });
    await tell(await carryOut(request, path, asked, tell, system));
    return true;
  } catch (error) {
    const { code, facts } = error instanceof AppError ? error : new AppError('disk-failed', { at: 'write', why: errnoOf(error) || 'internal' });
    await tell({ kind: 'failed', code, facts: JSON.parse(JSON.stringify(facts)) as Extract<DiskWriteReport, { kind: 'failed' }>['facts'] }); // facts are JSON values
    return false;
  } finally {
    await report.close();
  }
}

/** Appends to what is there already, to nothing but a plain file of the same owner: a link would let anybody write anywhere with these rights. */
async function openReport(path: string, asked: Stats): Promise<FileHandle> {
  const handle = await open(path, constants.O_WRONLY | constants.O_APPEND | (constants.O_NOFOLLOW ?? 0));
  const facts = await handle.stat();
  if (facts.isFile() && facts.nlink === 1 && facts.uid === asked.uid) return handle;
  await handle.close();
  throw new AppError('file-unreadable', { path });
}

async function carryOut(request: DiskWriteRequest, path: string, asked: Stats, tell: (line: DiskWriteReport) => Promise<unknown>, system: DiskSystem): Promise<DiskWriteReport> {
  const facts = await findWritable(request.disk, request.accepted, request.keep, system);
  const runs = checkRuns(request.runs, request.disk.sizeBytes);
  const spool = await open(request.spool, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    // Only the own files of whoever asked: a stick must not become a way to read what is somebody else's.
    const { uid } = await spool.stat();
    if (uid !== asked.uid) throw new AppError('file-unreadable', { path: request.spool });
    if (!existsSync(path)) throw new AppError('cancelled');
    await system.free(facts);
    let isWritten = false;
    const disk = await system.open(request.disk);
    try {
      if (disk.sizeBytes !== request.disk.sizeBytes) throw new AppError('disk-not-found', { disk: request.disk.id });
      let told = 0;
      const writtenBytes = await writeDisk(runs, disk, { read: (at, bytes) => fill(spool, at, bytes) }, {
        isCancelled: () => !existsSync(path),
        onProgress: (step, doneBytes, totalBytes) => {
          if (doneBytes !== totalBytes && doneBytes !== 0 && doneBytes - told < REPORT_EVERY_BYTES) return;
          told = doneBytes;
          void tell({ kind: 'progress', step, doneBytes, totalBytes });
        },
      });
      isWritten = true;
      return { kind: 'done', writtenBytes, direct: disk.direct };
    } catch (error) {
      throw await whatHappened(error, request.disk, system);
    } finally {
      await disk.close().catch(() => undefined); // a disk that is gone can not even be closed
      await system.giveBack(request.disk, isWritten);
    }
  } finally {
    await spool.close();
  }
}

/**
 * Looks at the disk as it is now.
 *
 * @throws AppError `disk-not-found` when place, serial and size are not those of one disk; `disk-refused` with the codes against it, new cautions among them.
 */
export async function findWritable(wanted: DiskIdentity, accepted: readonly string[], keep: readonly string[], system?: DiskSystem | null): Promise<DiskFacts> {
  const found = (await listDisks(keep, system)).find(({ disk }) => isSameDisk(disk, wanted));
  if (found === undefined) throw new AppError('disk-not-found', { disk: wanted.id, serial: wanted.serial ?? 'none', sizeBytes: wanted.sizeBytes });
  const against = found.reasons.filter(({ severity, code }) => severity === 'never' || (severity === 'caution' && !accepted.includes(code)));
  if (against.length > 0) throw new AppError('disk-refused', { disk: wanted.id, reasons: against.map(({ code }) => code) });
  return found.disk;
}

/** The kernel says EIO for a pulled disk and for a worn one: whether it is still there tells them apart. */
async function whatHappened(error: unknown, wanted: DiskIdentity, system: DiskSystem): Promise<unknown> {
  if (error instanceof AppError) return error;
  const why = errnoOf(error);
  const isThere = (await listDisks([], system)).some(({ disk }) => isSameDisk(disk, wanted));
  return isThere ? new AppError('disk-failed', { at: 'write', why }, { cause: error }) : new AppError('disk-gone', { disk: wanted.id }, { cause: error });
}

async function fill(file: FileHandle, at: number, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesRead } = await file.read(bytes, done, bytes.length - done, at + done);
    if (bytesRead === 0) throw new AppError('file-unreadable', { path: 'spool' });
    done += bytesRead;
  }
}
