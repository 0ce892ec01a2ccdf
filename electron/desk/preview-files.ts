// The tables among the files for an import, as far as their beginnings tell: so that a person can say what columns mean before anything is taken in.
import { basename } from 'node:path';
import { AppError } from '../core/app-error.ts';
import { nextTurn } from '../core/keys/slices.ts';
import type { ColumnMapping } from '../formats/intake/mapping.ts';
import { previewTable, type TablePreview } from '../formats/intake/preview.ts';
import { containerKind, membersOf } from './containers.ts';
import { firstFiles, type FileOnDisk } from './files.ts';

/** `path`: of a member as its import names it, `archive.zip/member.csv`. */
export interface FilePreview { readonly path: string; readonly name: string; readonly table: TablePreview }

const HEAD_BYTES = 65_536;
/** Of a folder or an archive with more files nobody maps each: what is not looked at is imported as it is recognised. */
const MOST_FILES = 200;
const MOST_TABLES = 50;
const MOST_CONTAINER_BYTES = 256 * 1024 * 1024;

/** @returns Tables only, in the order of the paths; what can not be read is left to the import, which says why. Of a huge folder or archive the first files are asked for, never all. Others have their turn after each. */
export async function previewFiles(paths: readonly string[], mappings: readonly ColumnMapping[]): Promise<FilePreview[]> {
  const found: FilePreview[] = [];
  for (const file of await firstFiles(paths, MOST_FILES)) {
    if ('error' in file) continue;
    for await (const { path, head, whole } of headsOf(file)) {
      const table = previewTable(head, whole, mappings);
      if (table !== null) found.push({ path, name: basename(file.path) + path.slice(file.path.length), table });
      if (found.length >= MOST_TABLES) return found;
      await nextTurn();
    }
  }
  return found;
}

interface Head { readonly path: string; readonly head: Uint8Array; readonly whole: boolean }

async function* headsOf(file: FileOnDisk): AsyncGenerator<Head> {
  try {
    const first = await readHead(file.chunks());
    const kind = containerKind(first.head);
    if (kind === null) return yield { path: file.path, ...first };
    const readAll = async (limit: number): Promise<Buffer> => {
      const { head, whole } = await readHead(file.chunks(), Math.min(limit, MOST_CONTAINER_BYTES));
      if (!whole) throw new AppError('file-not-recognised', { path: file.path, why: 'too-large' });
      return Buffer.from(head);
    };
    let looked = 0;
    for await (const member of membersOf(kind, { path: file.path, bytes: null, readAll })) {
      if (!('error' in member)) yield { path: member.path, ...(await readHead(member.chunks())) };
      looked += 1;
      if (looked >= MOST_FILES) return;
    }
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause; // the import says it
  }
}

async function readHead(chunks: AsyncIterable<Uint8Array>, most = HEAD_BYTES): Promise<{ head: Uint8Array; whole: boolean }> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    pieces.push(chunk);
    length += chunk.length;
    if (length >= most) return { head: Buffer.concat(pieces, length).subarray(0, most), whole: false };
  }
  return { head: Buffer.concat(pieces, length), whole: true };
}
