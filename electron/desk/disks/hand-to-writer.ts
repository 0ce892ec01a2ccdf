// Hands a disk to the process that writes it: looked at before, the request as a file, its report followed to the end.
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execPath, platform, versions } from 'node:process';
import { fileURLToPath } from 'node:url';
import { AppError, ERROR_CODES, type ErrorCode } from '../../core/app-error.ts';
import type { DiskReasonCode } from '../../core/codes.ts';
import type { DiskIdentity } from '../../core/media/disk-reasons.ts';
import { diskWriteReport, type DiskRun, type DiskWriteProgress, type DiskWriteReport, type DiskWriteRequest } from '../../core/media/disk-write.ts';
import { ownDiskSystem } from './disk-system.ts';
import { chooseLauncher, launchWords, NOT_AGREED, type Words } from './launchers.ts';
import { findWritable, REPORT_SUFFIX } from './run-writer.ts';

export interface WantedDisk extends DiskIdentity { readonly accepted: readonly DiskReasonCode[] }

/** How often the report is looked into. */
const LOOK_EVERY_MS = 150;

/** Looks at the disk first, so that nothing is begun that would be refused. @returns A new folder for what waits. */
export async function waitingFolder(wanted: WantedDisk, folder: string, keep: readonly string[]): Promise<string> {
  if (ownDiskSystem() === null) throw new AppError('disk-writing-unavailable', { platform });
  await findWritable(wanted, wanted.accepted, keep);
  await mkdir(folder, { recursive: true });
  return mkdtemp(join(folder, 'disk-')); // 0700
}

/** @param keep Paths whose disks must not be written. @param spool Path of what is to be written. @returns What the privileged writer reads and checks again. */
export const requestFor = ({ id, serial, sizeBytes, accepted }: WantedDisk, keep: readonly string[], spool: string, runs: DiskRun[]): DiskWriteRequest => ({ version: 1, disk: { id, serial, sizeBytes }, accepted: [...accepted], keep: [...keep], spool, runs });

/** Hands the request over and follows the report until the writing process has ended. */
export async function handToWriter(folder: string, request: DiskWriteRequest, signal: AbortSignal | undefined, onProgress: DiskWriteProgress | undefined): Promise<void> {
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
  if (platform === 'win32') return false; // what a program may do with a disk no attribute tells there; asked again as an administrator Windows asks nobody
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
