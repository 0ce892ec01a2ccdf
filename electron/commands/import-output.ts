// What an import says at a terminal, whatever it reads: progress, then a line a file, its rejected rows, its notes.
import type { Output } from '../api/contract.ts';
import { EXIT, type CommandContext, type CommandResult } from './command.ts';

type FileReport = Output<'imports.get'>['files'][number];

const SHOWN_REJECTIONS = 20;
/** The word for a code; the code itself when there is none. */
const wordFor = (list: Readonly<Record<string, string>>, code: string): string => list[code] ?? code;

/** @returns Exit code `cancelled`, or `failed` when a file or source could not be read to its end. */
export async function printImport(events: AsyncIterable<Output<'imports.run'>>, { say, codes, explain, print, progress }: Pick<CommandContext, 'say' | 'codes' | 'explain' | 'print' | 'progress'>, failed: number = EXIT.unreadableFile): Promise<CommandResult> {
  let files: FileReport[] = [];
  let cancelled = false;
  let importId: number | null = null;
  for await (const event of events) {
    if (event.kind === 'progress') progress(event.sizeBytes === 0 ? say.sourceProgress(event.file, event.rows) : say.importProgress(event.file, Math.floor((100 * event.bytesRead) / event.sizeBytes), event.rows));
    else if (event.kind === 'done') ({ importId, files, cancelled } = event);
  }
  for (const file of files) {
    print(say.importFile(file.name, wordFor(codes.intakeKind, file.kind), file.imported, file.unchanged, file.conflicts, file.rejectedCount));
    for (const { row, reason, groups } of file.rejected.slice(0, SHOWN_REJECTIONS)) print(say.importRejected(row, wordFor(codes.rejectReason, reason), (groups ?? []).join(', ')));
    if (file.rejectedCount > SHOWN_REJECTIONS) print(say.importMore(file.rejectedCount - SHOWN_REJECTIONS));
    for (const note of file.notes) print(say.importNote(wordFor(codes.intakeNote, note)));
    if (file.error !== null) process.stderr.write(`${explain({ code: file.error.code, facts: { path: file.path, ...file.error.facts } })}${file.error.row === null ? '' : ` ${say.atRow(file.error.row)}`}\n`);
  }
  if (cancelled) print(say.cancelled);
  const json = { importId, files: files.map(({ name: _name, ...file }) => file), cancelled };
  return { json, exitCode: cancelled ? EXIT.cancelled : files.some(({ error }) => error !== null) ? failed : EXIT.done };
}
