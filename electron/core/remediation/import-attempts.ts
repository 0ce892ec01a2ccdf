// Brings attempt records home: from files, from folders (a medium, its results, any folder) and out of images. One bad file stops nothing.
import { AppError } from '../app-error.ts';
import type { Desk } from '../desk.ts';
import { MAX_FIELD_LINES_BYTES } from '../media/field-lines.ts';
import type { MediaFiles } from '../media/media-ports.ts';
import { takeAttempt, type TakenAttempt } from './take-attempt.ts';

/** A file that may be a record. Reading gives at most `maxBytes` of it. */
export interface RecordFile { readonly name: string; readonly read: (maxBytes: number) => Promise<Uint8Array> }

export interface AttemptSources {
  readonly files: Pick<MediaFiles, 'isFolder' | 'listFolder' | 'open' | 'join'>;
  /** Lists what lies in `\bluelift\results` of a disk image and closes it when the use is over. AppError `image-unreadable` when it is none. */
  readonly withImageResults: <T>(path: string, use: (results: readonly RecordFile[]) => Promise<T>) => Promise<T>;
}

export interface AttemptReport extends TakenAttempt { readonly path: string }
export interface AttemptsReport { readonly files: AttemptReport[]; readonly imported: number; readonly unchanged: number; readonly rejected: number; readonly claims: number }

/** One byte more than a record may have tells that a file is too large without reading it. */
const ENOUGH = MAX_FIELD_LINES_BYTES + 1;
const RECORD_NAME = /\.txt$/i;

/**
 * Reads attempt records and takes them in, each in a transaction of its own.
 *
 * @param paths   Files, folders and images in any mixture. In a folder: the records of `bluelift\results` or `results` if it has one, else its own
 *                `*.txt` files; links and devices in it are not followed. Unfinished records (`*.tmp`) are left where they are.
 * @param breathe Called between files, so that others get their turn.
 * @returns A line for every file, in the order read; paths that can not be read are lines too. `claims` counts what is flagged, taken in or not.
 */
export async function importAttempts(desk: Desk, sources: AttemptSources, paths: readonly string[], breathe: () => Promise<void>): Promise<AttemptsReport> {
  const reports: AttemptReport[] = [];
  const take = async (path: string, file: RecordFile): Promise<void> => {
    await breathe();
    reports.push({ path, ...(await guarded(async () => takeAttempt(desk, await file.read(ENOUGH)))) });
  };
  const takeAll = async (path: string, found: readonly RecordFile[]): Promise<void> => {
    const records = found.filter(({ name }) => RECORD_NAME.test(name));
    if (records.length === 0) reports.push({ path, ...rejected('no-records') });
    for (const record of records) await take(sources.files.join(path, record.name), record);
  };
  for (const path of paths) {
    const failure = await guarded(async () => {
      if (await sources.files.isFolder(path)) {
        const folder = await findResults(sources.files, path);
        const entries = await sources.files.listFolder(folder);
        await takeAll(folder, entries.filter(({ isFolder }) => !isFolder).map(({ name }) => ({ name, read: (maxBytes) => readStart(sources.files, sources.files.join(folder, name), maxBytes) })));
      } else {
        const start = await readStart(sources.files, path, ENOUGH);
        if (isRecordLike(start)) await take(path, { name: path, read: async () => start });
        else await sources.withImageResults(path, (results) => takeAll(sources.files.join(path, 'bluelift', 'results'), results));
      }
      return null;
    });
    if (failure !== null) reports.push({ path, ...failure });
  }
  desk.changed('attempts', 'hosts', 'audit');
  const count = (status: TakenAttempt['status']): number => reports.filter((report) => report.status === status).length;
  return { files: reports, imported: count('imported'), unchanged: count('unchanged'), rejected: count('rejected'), claims: reports.filter(({ proof }) => proof === 'claim').length };
}

/** An image is larger than any record; what begins like a record is one, however large it is. */
const isRecordLike = (start: Uint8Array): boolean => start.length < ENOUGH || Buffer.from(start.subarray(0, 17)).toString('latin1') === 'bluelift-attempt ';

/** FAT keeps the case of names and Windows does not care, so neither does this. */
async function findResults(files: AttemptSources['files'], path: string): Promise<string> {
  let folder = path;
  for (const wanted of ['bluelift', 'results']) {
    const found = (await files.listFolder(folder)).find(({ name, isFolder }) => isFolder && name.toLowerCase() === wanted);
    if (found !== undefined) folder = files.join(folder, found.name);
  }
  return folder;
}

async function readStart(files: AttemptSources['files'], path: string, maxBytes: number): Promise<Uint8Array> {
  const file = await files.open(path);
  try {
    return await file.read(0, Math.min(maxBytes, file.sizeBytes));
  } finally {
    await file.close();
  }
}

const rejected = (reason: string): TakenAttempt => ({ attemptId: null, status: 'rejected', proof: null, outcome: null, hostname: null, hostState: null, reason });

/** What can not be read is a line of the report; what is a bug is thrown. */
async function guarded<T>(act: () => Promise<T>): Promise<T | TakenAttempt> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof AppError && error.code !== 'internal') return rejected(error.code);
    throw error;
  }
}
