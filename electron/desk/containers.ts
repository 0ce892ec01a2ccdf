// Hand-overs that hold several: zip archives, workbooks, databases. Each member is read as a file of its own, as `archive.zip/member.txt`. What gzip packed is one.
import { AppError } from '../core/app-error.ts';
import { readWhole, type Declined, type IntakeNote } from '../formats/intake/intake.ts';
import { isMailWithFiles, takeFilesOut } from '../formats/intake/mail-files.ts';
import { applyWriteAheadLog } from '../formats/sqlite/write-ahead-log.ts';
import { noSharedStrings, readSharedStrings } from '../formats/xlsx/shared-strings.ts';
import { readMergedCells } from '../formats/xlsx/merged-cells.ts';
import { readSheetAsCsv, type SheetFacts } from '../formats/xlsx/sheet-rows.ts';
import { readDateStyles, readWorkbook } from '../formats/xlsx/workbook.ts';
import { readChunks } from './files.ts';
import { gunzip } from './gzip.ts';
import { LARGEST_DATABASE, openTables } from './sqlite-tables.ts';
import { newRoom, openZip, type Room, type ZipArchive, type ZipMember } from './zip-archive.ts';

/** `kind`: what the bytes of `chunks` were before they became CSV; null for a file as it is. */
export interface Member { readonly path: string; readonly sizeBytes: number; readonly kind: 'xlsx' | 'sqlite' | null; readonly notes: readonly IntakeNote[]; /** All of it, where it is small and was unpacked at once. */ readonly bytes?: Buffer; chunks(): AsyncIterable<Uint8Array> }
export interface MemberThatFails { readonly path: string; readonly error: AppError }

export type ContainerKind = 'zip' | 'gzip' | 'sqlite' | 'mail';

/** @returns What a file's first bytes say. Workbooks are zip archives. */
export function containerKind(head: Uint8Array): ContainerKind | null {
  if (head[0] === 0x50 && head[1] === 0x4b && ((head[2] === 3 && head[3] === 4) || (head[2] === 5 && head[3] === 6))) return 'zip';
  if (head[0] === 0x1f && head[1] === 0x8b && head[2] === 8) return 'gzip';
  if (head[0] === SQLITE[0] && Buffer.from(head.subarray(0, SQLITE.length)).equals(SQLITE)) return 'sqlite';
  return isMailWithFiles(head) ? 'mail' : null;
}

/** A packed workbook in an archive, or an archive in an archive; no hand-over is wrapped more often. */
const MOST_WRAPPINGS = 1;
/** How many containers are around, and what may yet come out of all of them. */
interface Within { readonly depth: number; readonly room: Room }
/** Bytes by which a member is told. */
const TOLD_BY = 32 * 1024;
const SQLITE = Buffer.from('SQLite format 3\0');
/** A workbook within an archive is unpacked into memory. */
const LARGEST_INNER = 256 * 1024 * 1024;
const LARGEST_PART = 8 * 1024 * 1024;

interface Source { readonly path: string; /** A file on disk is opened by its path; a member of an archive was read whole. */ readonly bytes: Buffer | null; readAll(limit: number): Promise<Buffer>; /** Stops looking for members. */ readonly signal?: Pick<AbortSignal, 'aborted'> }

/**
 * @returns The members in the order of the container, each to be read before the next is asked for. Of what can not be read, why. Never throws but for a bug.
 */
export async function* membersOf(kind: ContainerKind, source: Source, within: Within = { depth: 0, room: newRoom() }): AsyncGenerator<Member | MemberThatFails> {
  try {
    if (kind === 'sqlite') yield* tablesOf(source);
    else if (kind === 'mail') yield* textAndFilesOf(source, within);
    else if (kind === 'gzip') yield* unpacked(source.bytes === null ? readChunks(source.path) : pieces(source.bytes), source.path, within);
    else {
      const archive = await openZip(source.bytes ?? source.path, source.path, source.signal, within.room);
      try {
        yield* membersOfArchive(archive, source.path, within);
      } finally {
        archive.close();
      }
    }
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    yield { path: source.path, error: cause };
  }
}

async function* tablesOf(source: Source): AsyncGenerator<Member | MemberThatFails> {
  const database = openTables(await source.readAll(LARGEST_DATABASE), source.path);
  try {
    const filled = database.tables.filter(({ isEmpty }) => !isEmpty);
    for (const table of filled) yield { path: filled.length === 1 ? source.path : `${source.path}/${table.name}`, sizeBytes: 0, kind: 'sqlite', notes: [], chunks: () => table.chunks() };
    if (filled.length > 0) return;
    // ExtractBitlockerKeys makes its table and then fails: there were keys.
    const abandoned = database.tables.find(({ name }) => name === 'bitlocker_keys');
    if (abandoned !== undefined) yield { path: source.path, sizeBytes: 0, kind: 'sqlite', notes: ['exporter-failed'], chunks: () => abandoned.chunks() };
    else yield failing(source.path, 'database-empty');
  } finally {
    database.close();
  }
}

async function* membersOfArchive(archive: ZipArchive, path: string, within: Within): AsyncGenerator<Member | MemberThatFails> {
  const names = new Set(archive.members.map(({ name }) => name));
  if (names.has('xl/workbook.xml')) return yield* sheetsOf(archive, path);
  if (names.has('word/document.xml')) return yield* wordText(archive, path);
  const office = names.has('xl/workbook.bin') ? 'excel-binary' : names.has('content.xml') && names.has('mimetype') ? 'open-document' : names.has('[Content_Types].xml') && names.has('_rels/.rels') ? 'office-document' : null;
  if (office !== null) return yield failing(path, office);
  if (archive.members.some(({ name }) => /^Index\/.*\.iwa$/.test(name)) || names.has('Index.zip')) return yield failing(path, 'iwork-document');
  const logs = new Map(archive.members.filter(({ declined }) => declined === null).map((member) => [member.name, member]));
  for (const member of archive.members) {
    const memberPath = `${path}/${member.name}`;
    if (member.declined !== null) yield failing(memberPath, member.declined);
    else if (isBesideDatabase(member.name, names)) continue;
    else {
      const bytes = member.atOnce();
      if (bytes !== null && containerKind(bytes) === null && !isTar(bytes)) yield { path: memberPath, sizeBytes: member.sizeBytes, kind: null, notes: [], bytes, chunks: () => pieces(bytes) };
      else yield* openMember(member, memberPath, within, logs.get(`${member.name}-wal`) ?? null, within.depth === 0);
    }
  }
  if (archive.damaged) yield failing(path, 'archive-damaged');
  else if (archive.members.length === 0) yield failing(path, 'archive-empty');
}

/** A mail's text, unless it says nothing beside its files, and each of those as a file of its own. */
async function* textAndFilesOf(source: Source, within: Within): AsyncGenerator<Member | MemberThatFails> {
  const { text, files } = takeFilesOut(await source.readAll(LARGEST_INNER));
  if (files.length === 0 || text.length > LARGEST_PART || saysSomething(text)) yield { path: source.path, sizeBytes: text.length, kind: null, notes: [], chunks: () => pieces(text) };
  for (const { name, bytes } of files) {
    yield* openMember({ name, sizeBytes: bytes.length, declined: null, atOnce: () => bytes, chunks: () => pieces(bytes) }, `${source.path}/${name}`, within, null, true);
  }
}

const saysSomething = (text: Buffer): boolean => readWhole(text).some((part) => part.kind === 'batch' && part.rows.length > 0);

/** A document of Word as a page: paragraphs and tables, without what was deleted or drawn. */
async function* wordText(archive: ZipArchive, path: string): AsyncGenerator<Member | MemberThatFails> {
  const part = archive.members.find(({ name }) => name === 'word/document.xml');
  if (part === undefined || part.declined !== null) return yield failing(path, part?.declined ?? 'office-document');
  const xml = (await gather(part.chunks(), LARGEST_PART, path)).toString('utf8');
  const html = xml.replace(/<w:(?:del|moveFrom)(?: [^>]*)?>[\s\S]*?<\/w:(?:del|moveFrom)>/g, '').replace(/<(\/?)w:(tbl|tr|tc|p)(?: [^>]*)?>/g, (_tag, end: string, name: string) => `<${end}${PAGE_TAGS[name] ?? 'p'}>`)
    .replace(/<w:tab\/>/g, '\t').replace(/<w:(?:br|cr)(?: [^>]*)?\/>/g, '<br>').replace(/<w:noBreakHyphen\/>/g, '-').replace(/<\/?(?:w|wp|mc|a|pic|r|v|o|m|wps|w14|w15):[^>]*>/g, '').replace(/^<\?xml[^>]*>/, '');
  yield { path, sizeBytes: part.sizeBytes, kind: null, notes: [], chunks: async function* () { yield Buffer.from(`<html><body>${html}</body></html>`); } };
}

const PAGE_TAGS: Readonly<Record<string, string>> = { tbl: 'table', tr: 'tr', tc: 'td', p: 'p' };

/** The log and the shared memory of a database that lies beside them: they are read with it. */
const isBesideDatabase = (name: string, names: ReadonlySet<string>): boolean => /-(?:wal|shm)$/.test(name) && names.has(name.slice(0, -4));

/** What gzip packed, under the name of the packed file: read as it is unpacked, or looked into where it is a workbook or a database. */
async function* unpacked(packed: AsyncIterable<Uint8Array>, path: string, within: Within): AsyncGenerator<Member | MemberThatFails> {
  const chunks = gunzip(packed, path);
  yield* openMember({ name: '', sizeBytes: 0, declined: null, atOnce: () => null, chunks: () => chunks }, path, within, null);
}

async function* thrown(cause: unknown): AsyncGenerator<Uint8Array> {
  throw cause;
}

async function* pieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** A tape archive within: its first entry says so. */
const isTar = (head: Uint8Array): boolean => head[257] === 0x75 && Buffer.from(head.subarray(257, 262)).toString('latin1') === 'ustar';

/** A member that is a workbook or a database is looked into. @param log Of the member, if it is a database. @param mayBeArchive It came with a mail, or in the archive that was handed over: one deeper is left alone. */
async function* openMember(member: ZipMember, path: string, { depth, room }: Within, log: ZipMember | null, mayBeArchive = false): AsyncGenerator<Member | MemberThatFails> {
  const unread = member.chunks();
  let chunks: AsyncIterable<Uint8Array> = unread;
  let first: Uint8Array = new Uint8Array(0);
  try {
    while (first.length < TOLD_BY) {
      try {
        const next = await unread.next();
        if (next.done === true) break;
        first = first.length === 0 ? next.value : Buffer.concat([first, next.value]);
      } catch (cause) {
        if (first.length === 0) throw cause;
        chunks = thrown(cause); // what came before it is read
        break;
      }
    }
    const kind = containerKind(first);
    if (isTar(first)) return yield failing(path, 'member-archive');
    if (kind === null) return yield { path, sizeBytes: member.sizeBytes, kind: null, notes: [], chunks: () => joined(first, chunks) };
    if (depth > MOST_WRAPPINGS) return yield failing(path, 'member-archive');
    if (kind === 'gzip') return yield* unpacked(joined(first, chunks), path, { depth: depth + 1, room });
    const stored = await gather(joined(first, chunks), LARGEST_INNER, path);
    const bytes = kind === 'sqlite' && log !== null ? Buffer.from(applyWriteAheadLog(stored, await gather(log.chunks(), LARGEST_INNER, path))) : stored;
    if (kind === 'zip' && !mayBeArchive && !(await isOffice(bytes, path))) return yield failing(path, 'member-archive');
    yield* membersOf(kind, { path, bytes, readAll: () => Promise.resolve(bytes) }, { depth: depth + 1, room });
  } catch (cause) {
    if (!(cause instanceof AppError)) throw cause;
    yield { path, error: cause };
  } finally {
    await unread.return(undefined);
  }
}

async function isOffice(bytes: Buffer, path: string): Promise<boolean> {
  const archive = await openZip(bytes, path);
  archive.close();
  return archive.members.some(({ name }) => name === '[Content_Types].xml' || name === 'mimetype');
}

async function* sheetsOf(archive: ZipArchive, path: string): AsyncGenerator<Member | MemberThatFails> {
  const part = (name: string): ZipMember | undefined => archive.members.find((member) => member.name.toLowerCase() === name.toLowerCase());
  const declined = archive.members.find((member) => member.declined !== null && member.name.startsWith('xl/'))?.declined;
  if (declined !== undefined && declined !== null) return yield failing(path, declined);
  const textOf = async (name: string): Promise<string> => {
    const found = part(name);
    return found === undefined ? '' : (await gather(found.chunks(), LARGEST_PART, path)).toString('utf8');
  };
  const { sheets, from1904 } = readWorkbook(await textOf('xl/workbook.xml'), await textOf('xl/_rels/workbook.xml.rels'));
  const dateStyles = readDateStyles(await textOf('xl/styles.xml'));
  const shared = part('xl/sharedStrings.xml');
  const strings = shared === undefined ? noSharedStrings : await readSharedStrings(textPieces(shared.chunks()));
  if (strings === null) return yield failing(path, 'too-large');
  const present: { readonly name: string; readonly member: ZipMember }[] = [];
  for (const { name, path: place } of sheets) {
    const member = part(place);
    if (member !== undefined && (await hasRow(member))) present.push({ name, member });
  }
  for (const { name, member } of present) {
    yield { path: present.length === 1 ? path : `${path}/${name}`, sizeBytes: member.sizeBytes, kind: 'xlsx', notes: [], chunks: () => sheetAsCsv(member, { strings, dateStyles, from1904 }) };
  }
  if (present.length === 0) yield failing(path, archive.damaged ? 'archive-damaged' : 'empty');
}

/** Which cells are one stands behind the rows: they are read once for that. */
async function* sheetAsCsv(member: ZipMember, facts: SheetFacts): AsyncGenerator<Uint8Array> {
  yield* readSheetAsCsv(textPieces(member.chunks()), { ...facts, merged: await readMergedCells(textPieces(member.chunks())) });
}

/** Whether a sheet has any cell with something in it, as far as its beginning tells. */
async function hasRow(member: ZipMember): Promise<boolean> {
  let seen = '';
  for await (const piece of textPieces(member.chunks())) {
    seen += piece;
    if (/<(?:\w+:)?(?:v|t|is)[\s>]/.test(seen)) return true;
    if (/<\/(?:\w+:)?sheetData>|<(?:\w+:)?sheetData\/>/.test(seen)) return false;
    if (seen.length > LARGEST_PART) return true;
  }
  return false;
}

async function* textPieces(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null;
  for await (const chunk of chunks) {
    decoder ??= new TextDecoder(chunk[0] === 0xff && chunk[1] === 0xfe ? 'utf-16le' : 'utf-8');
    yield decoder.decode(chunk, { stream: true });
  }
  if (decoder !== null) yield decoder.decode();
}

async function* joined(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (first.length > 0) yield first;
  yield* rest;
}

async function gather(chunks: AsyncIterable<Uint8Array>, limit: number, path: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > limit) throw new AppError('file-not-recognised', { path, why: 'too-large' satisfies Declined });
    pieces.push(chunk);
  }
  return Buffer.concat(pieces, length);
}

const failing = (path: string, why: Declined): MemberThatFails => ({ path, error: new AppError('file-not-recognised', { path, why }) });
