// A disk as the target of a build. What is built waits in a file of its own, as small as what is used of the disk; a process of its own writes it.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, readFile, rm, statfs, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execPath, platform, versions } from 'node:process';
import { fileURLToPath } from 'node:url';
import { AppError, ERROR_CODES, type ErrorCode } from '../../core/app-error.ts';
import type { DiskReasonCode } from '../../core/codes.ts';
import type { DiskIdentity } from '../../core/media/disk-reasons.ts';
import { diskWriteReport, MOST_RUN_BYTES, type DiskRun, type DiskWriteProgress, type DiskWriteReport, type DiskWriteRequest } from '../../core/media/disk-write.ts';
import type { FileInTheMaking } from '../../core/media/media-ports.ts';
import { chooseLauncher, launchWords, NOT_AGREED, type Words } from './launchers.ts';
import { findWritable, REPORT_SUFFIX } from './run-writer.ts';

export interface WantedDisk extends DiskIdentity { readonly accepted: readonly DiskReasonCode[] }

/** How often the report is looked into. */
const LOOK_EVERY_MS = 150;

/**
 * @param folder Where waiting bytes may lie; made when it is not there.
 * @param keep   Paths that must survive.
 * @throws AppError `disk-not-found`, `disk-refused` as the disk is now; `disk-writing-unavailable` where it is not built. Nothing is touched before `commit`.
 */
export async function createDiskTarget(wanted: WantedDisk, folder: string, keep: readonly string[]): Promise<FileInTheMaking> {
  // Windows and macOS need their volumes locked first, which is not built; their launchers are.
  if (platform !== 'linux') throw new AppError('disk-writing-unavailable', { platform });
  await findWritable(wanted, wanted.accepted, keep);
  await mkdir(folder, { recursive: true });
  const own = await mkdtemp(join(folder, 'disk-')); // 0700
  const spool = join(own, 'spool');
  const handle = await open(spool, 'wx+', 0o600);
  const runs: DiskRun[] = [];
  let end = 0;
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (isOpen) await handle.close();
    isOpen = false;
  };
  return {
    async reserve(_sizeBytes, neededBytes) {
      const { bavail, bsize } = await statfs(own);
      if (bavail * bsize < neededBytes) throw new AppError('disk-full', { path: folder, neededBytes, freeBytes: bavail * bsize });
      runs.length = 0; // a build may begin again
      end = 0;
      await handle.truncate(0);
    },
    async write(offset, bytes) {
      for (let from = 0; from < bytes.length; from += MOST_RUN_BYTES) {
        const piece = bytes.subarray(from, from + MOST_RUN_BYTES);
        await handle.write(piece, 0, piece.length, end);
        runs.push({ offset: offset + from, sizeBytes: piece.length, at: end, sha256: createHash('sha256').update(piece).digest('hex') });
        end += piece.length;
      }
    },
    async readBack(offset, length) {
      const bytes = Buffer.alloc(length);
      for (const { offset: at, sizeBytes, at: waitsAt } of runs) {
        const from = Math.max(offset, at);
        const to = Math.min(offset + length, at + sizeBytes);
        if (from < to) await handle.read(bytes, from - offset, to - from, waitsAt + from - at);
      }
      return bytes;
    },
    sync: () => handle.datasync(),
    async commit(options) {
      await close();
      const { id, serial, sizeBytes } = wanted;
      await write(own, { version: 1, disk: { id, serial, sizeBytes }, accepted: [...wanted.accepted], keep: [...keep], spool, runs }, options?.signal, options?.onProgress);
    },
    async discard() {
      await close().catch(() => undefined);
      await rm(own, { recursive: true, force: true }).catch(() => undefined);
    },
  };
}

/** Hands the request over and follows the report until the writing process has ended. */
async function write(folder: string, request: DiskWriteRequest, signal: AbortSignal | undefined, onProgress: DiskWriteProgress | undefined): Promise<void> {
  if (signal?.aborted === true) throw new AppError('cancelled');
  const path = join(folder, 'request.json');
  await writeFile(path, JSON.stringify(request), { mode: 0o600, flag: 'wx' });
  await writeFile(`${path}${REPORT_SUFFIX}`, '', { mode: 0o600, flag: 'wx' });
  const stop = (): void => void unlink(path).catch(() => undefined);
  signal?.addEventListener('abort', stop, { once: true });
  let last: DiskWriteReport | null = null;
  let read = 0;
  const look = async (): Promise<void> => {
    const lines = (await readFile(`${path}${REPORT_SUFFIX}`, 'utf8')).split('\n').slice(0, -1);
    for (const line of lines.slice(read)) {
      last = diskWriteReport.parse(JSON.parse(line));
      if (last.kind === 'progress') onProgress?.(last.step, last.doneBytes, last.totalBytes);
    }
    read = lines.length;
  };
  try {
    const launcher = chooseLauncher({ platform, mayWrite: mayWrite(request.disk.id) });
    const { program, words } = launchWords(launcher, writerWords(path));
    const ended = run(program, words);
    for (;;) {
      const exit = await Promise.race([ended, soon()]);
      await look();
      if (exit === 'running') continue;
      settle(last, exit, NOT_AGREED[launcher].includes(exit ?? -1), request.disk.id);
      return;
    }
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

function settle(last: DiskWriteReport | null, exit: number | null, notAgreed: boolean, disk: string): void {
  if (last?.kind === 'done') return;
  if (last?.kind === 'failed') throw new AppError(isErrorCode(last.code) ? last.code : 'internal', last.facts);
  if (last === null && notAgreed) throw new AppError('not-elevated', { disk });
  throw new AppError('disk-failed', { at: 'write', why: exit === null ? 'writer-not-started' : `writer-ended-${exit}` });
}

const isErrorCode = (code: string): code is ErrorCode => (ERROR_CODES as readonly string[]).includes(code);

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** The writer beside this file: from the sources, from a bundle, or as a switch of the packaged application, which runs no other script. */
function writerWords(request: string): Words {
  if (versions['electron'] !== undefined) return { program: execPath, words: ['--no-sandbox', `--write-disk=${request}`] };
  const here = fileURLToPath(new URL('.', import.meta.url));
  const script = [join(here, '..', '..', 'disk-writer.ts'), join(here, 'disk-writer.js')].find((path) => existsSync(path));
  if (script === undefined) throw new AppError('file-not-found', { path: 'disk-writer' });
  return { program: execPath, words: [script, request] };
}

/** @returns The exit code; null when it could not be started or was ended by a signal. */
function run(program: string, words: readonly string[]): Promise<number | null> {
  return new Promise((resolve) => {
    const child = spawn(program, [...words], { stdio: 'ignore', windowsHide: true });
    child.on('error', () => resolve(null));
    child.on('exit', (code) => resolve(code));
  });
}

const soon = (): Promise<'running'> => new Promise((resolve) => { setTimeout(() => resolve('running'), LOOK_EVERY_MS); });
