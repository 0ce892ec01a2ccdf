// What an import says at a terminal, whatever it reads: progress, then a line a file, its rejected rows, its notes.
import type { Output } from '../api/contract.ts';
import { EXIT, type CommandContext, type CommandResult } from './command.ts';

type FileReport = Output<'imports.get'>['files'][number];

const SHOWN_REJECTIONS = 20;
/** Of more, only those are named that somebody has to look at. */
const MANY_FILES = 100;
/** The word for a code; the code itself when there is none. */
const wordFor = (list: Readonly<Record<string, string>>, code: string): string => list[code] ?? code;

/** @param isAnswered Whether it is said already what the lists of hosts are. @returns Exit code `cancelled`, or `failed` when a file or source could not be read to its end. */
export async function printImport(events: AsyncIterable<Output<'imports.run'>>, { api, say, codes, explain, print, tell, progress, wantsJson }: Pick<CommandContext, 'api' | 'say' | 'codes' | 'explain' | 'print' | 'tell' | 'progress' | 'wantsJson'>, failed: number = EXIT.unreadableFile, isAnswered = false): Promise<CommandResult> {
  let files: FileReport[] = [];
  let fileCount = 0;
  let remarkableCount = 0;
  let failedCount = 0;
  let cancelled = false;
  let importId: number | null = null;
  for await (const event of events) {
    if (event.kind === 'progress' && event.fileNumber === 0) progress(say.importCounting(event.files));
    else if (event.kind === 'progress' && event.files > MANY_FILES) progress(say.importProgress(event.file, Math.floor((100 * event.fileNumber) / event.files), event.rows));
    else if (event.kind === 'progress') progress(event.sizeBytes === 0 ? say.sourceProgress(event.file, event.rows) : say.importProgress(event.file, Math.floor((100 * event.bytesRead) / event.sizeBytes), event.rows));
    else if (event.kind === 'done') {
      ({ importId, files, fileCount, remarkableCount, failedCount, cancelled } = event);
      if (fileCount > MANY_FILES) for (const kind of event.kinds) print(say.importKind(wordFor(codes.intakeKind, kind.kind), kind.files, kind.imported, kind.unchanged, kind.conflicts, kind.rejected));
    }
  }
  for (const file of files) {
    print(say.importFile(file.name, wordFor(codes.intakeKind, file.kind), file.imported, file.unchanged, file.conflicts, file.rejectedCount));
    for (const { row, reason, groups } of file.rejected.slice(0, SHOWN_REJECTIONS)) print(say.importRejected(row, wordFor(codes.rejectReason, reason), (groups ?? []).join(', ')));
    if (file.rejectedCount > SHOWN_REJECTIONS) print(say.importMore(file.rejectedCount - SHOWN_REJECTIONS));
    if (file.listed > 0) print(say.importListed(file.listed));
    if (file.laps.imported + file.laps.unchanged + file.laps.conflicts + file.laps.encrypted > 0) print(say.importLaps(file.laps.imported, file.laps.unchanged, file.laps.conflicts, file.laps.encrypted));
    if (!isAnswered && file.list !== null && file.list.said === null && importId !== null) {
      const which = files.filter(({ list }) => list !== null).length > 1 ? `${importId} --file ${JSON.stringify(file.name)}` : String(importId);
      print(file.list.down === 0 ? say.listInventory(file.list.hosts, which) : say.listDown(file.list.down, file.list.hosts, which));
    }
    for (const note of file.notes) print(say.importNote(wordFor(codes.intakeNote, note)));
    if (file.error !== null) tell(`${explain({ code: file.error.code, facts: { path: file.path, ...file.error.facts } })}${file.error.row === null ? '' : ` ${say.atRow(file.error.row)}`}`);
  }
  if (fileCount > MANY_FILES && remarkableCount > files.length) print(say.importMoreFiles(remarkableCount - files.length));
  if (cancelled) print(say.cancelled);
  if (wantsJson && importId !== null && fileCount > files.length) files = await listFiles(api, importId, fileCount);
  // A script gets every file and every rejected row; the report itself holds the first thousand of each file.
  if (wantsJson && importId !== null && files.some(({ rejected, rejectedCount }) => rejected.length < rejectedCount)) files = withAllRejections(files, await listRejections(api, importId));
  const json = { importId, files: files.map(({ name: _name, ...file }) => file), cancelled };
  return { json, exitCode: cancelled ? EXIT.cancelled : failedCount > 0 ? failed : EXIT.done };
}

type Rejection = Output<'imports.rejections'>['rows'][number];
const PAGE = 10_000;
const FILES_A_PAGE = 1000;

async function listFiles(api: CommandContext['api'], importId: number, count: number): Promise<FileReport[]> {
  const files: FileReport[] = [];
  while (files.length < count) {
    const page = await api.call('imports.files', { importId, onlyRemarkable: false, offset: files.length, limit: FILES_A_PAGE });
    if (page.length === 0) break;
    files.push(...page);
  }
  return files;
}

/** @returns Every rejected row of an import, in the order of its files. */
export async function listRejections(api: CommandContext['api'], importId: number): Promise<readonly Rejection[]> {
  const rows: Rejection[] = [];
  for (;;) {
    const page = await api.call('imports.rejections', { importId, offset: rows.length, limit: PAGE });
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= page.total) return rows;
  }
}

/** Rejections come in the order of the files: a file's are the next so many. */
function withAllRejections(files: readonly FileReport[], rejections: readonly Rejection[]): FileReport[] {
  let from = 0;
  return files.map((file) => {
    const own = rejections.slice(from, from + file.rejectedCount);
    from += file.rejectedCount;
    return { ...file, rejected: own.map(({ path: _path, ...rejected }) => rejected) };
  });
}
