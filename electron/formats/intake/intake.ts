// Reads a hand-over of recovery passwords or hosts: bytes of any such file in, rows out. What the file is, is decided by its content alone.
import { readAccountListing } from './account-listing.ts';
import { rowsIn, unpacked } from './alike-keys.ts';
import { readAnyText } from './any-text.ts';
import { readDocument } from './document.ts';
import { IntakeDecoder, sniffEncoding, type TextEncodingName } from './encoding.ts';
import { hostOfFileName, MOST_HELD_ROWS, withHostOfName } from './file-name.ts';
import { readFormatList } from './format-list.ts';
import { readHostNames } from './host-names.ts';
import { readJson } from './json.ts';
import { readJsonTables } from './json-table.ts';
import { readLdif } from './ldif.ts';
import { KnownForms, rowOf, takeApart } from './known-forms.ts';
import { NewlineNormaliser } from './lines.ts';
import { decodePlain } from './plain-text.ts';
import type { ColumnMapping } from './mapping.ts';
import { readNetworkListing } from './network-listing.ts';
import type { Declined, IntakeNote, KeyRemark, RejectReason } from './reasons.ts';
import type { HostFacts, IntakeBatch, IntakeEntry, IntakeHeader, IntakeKind } from './rows.ts';
import type { EmitEntry, RowReader } from './row-reader.ts';
import { readRuledTables } from './ruled-table.ts';
import { findDeclined, findTextKind, looksBinary, type TextKind } from './sniff.ts';
import { nextOf, readHead } from './source-head.ts';
import { readTable } from './table.ts';
import { readTurnedTable } from './turned-table.ts';

export type { AlikeKeys } from './alike-keys.ts';
export type { HostFacts, HostRow, IntakeBatch, IntakeEntry, IntakeHeader, IntakeKind, IntakeRow, KeyRow, LapsRow, ListedKeyRow, RejectedRow } from './rows.ts';
export type { Declined, IntakeNote, KeyRemark, RejectReason } from './reasons.ts';

/** Entries in one batch: stored in well under 50 ms. */
const BATCH_ENTRIES = 1000;
/** Bytes decoded and parsed at one go: a few milliseconds. */
const PIECE_BYTES = 65_536;
/** Rejections that do not show that a file is a hand-over at all. */
const SAYS_NOTHING: ReadonlySet<RejectReason> = new Set<RejectReason>(['no-key-in-row', 'other-object', 'row-too-long', 'entry-damaged']);
/** Bytes without a row after which progress is told all the same. */
const QUIET_BYTES = 1 << 20;

/**
 * Reads one file.
 *
 * @param chunks  The file's bytes in order, in pieces of any size. Untrusted.
 * @param mappings  What people said of the columns of headers nobody knows.
 * @param path  Of the file: a text of one key that names no host may be named after it.
 * @returns One header, then batches of at most 1000 entries: rows, and rows that are alike, packed. Every row of the file comes out as a key, a host or a rejection with its reason;
 *          blank lines and headers are no rows. Memory does not grow with the file. Never throws for what is in the bytes; what `chunks`
 *          throws passes through after everything read before it was handed out. Recovery passwords are secret.
 */
export async function* readIntake(chunks: AsyncIterable<Uint8Array>, mappings: readonly ColumnMapping[] = [], path = ''): AsyncGenerator<IntakeHeader | IntakeBatch<IntakeEntry>> {
  const source = chunks[Symbol.asyncIterator]();
  try {
    const { head, over, failure } = await readHead(source);
    const declined = findDeclined(head);
    if (declined !== null) {
      if (failure !== null) throw failure.error;
      yield header(declined);
      return;
    }
    const reading = TextReading.begin(head, over, mappings, path);
    if (reading === null) {
      if (failure !== null) throw failure.error;
      yield header('binary');
      return;
    }
    yield reading.header;
    yield* reading.take();
    let thrown = failure;
    while (!over && thrown === null) {
      const next = await nextOf(source);
      if (next.status === 'failed') thrown = next;
      else if (next.status === 'over') break;
      else {
        for (let at = 0; at < next.bytes.length; at += PIECE_BYTES) {
          reading.write(next.bytes.subarray(at, at + PIECE_BYTES));
          yield* reading.take();
        }
      }
    }
    reading.end();
    yield* reading.take();
    yield reading.lastBatch();
    if (thrown !== null) throw thrown.error;
  } finally {
    await source.return?.();
  }
}

/** The same for a small file that is there as a whole; at once, and each row by itself. Of files that are alike but for their values, only the first ones are looked into. */
export function readWhole(bytes: Uint8Array, mappings: readonly ColumnMapping[] = [], path = ''): readonly (IntakeHeader | IntakeBatch)[] {
  const formed = mappings.length === 0 ? takeApart(bytes) : null;
  const known = formed === null ? null : forms.find(formed);
  if (formed === null || known === null) {
    if (formed !== null) forms.note(formed, (probe, pathOfProbe) => readUnknown(probe, [], pathOfProbe));
    return readUnknown(bytes, mappings, path);
  }
  const host = known.isNamedByFile ? hostOfFileName(path) : null;
  const rows = [rowOf(known, formed)];
  const batch: IntakeBatch = { kind: 'batch', rows: host === null ? rows : withHostOfName(rows, host), bytesRead: bytes.length, rowsRead: 1, notes: [] };
  return [known.header, batch, { ...batch, rows: [] }];
}

const forms = new KnownForms();

function readUnknown(bytes: Uint8Array, mappings: readonly ColumnMapping[] = [], path = ''): readonly (IntakeHeader | IntakeBatch)[] {
  const declined = findDeclined(bytes);
  const reading = declined === null ? TextReading.begin(bytes, true, mappings, path) : null;
  if (reading === null) return [header(declined ?? 'binary')];
  const first = reading.take();
  reading.end();
  return [reading.header, ...[...first, ...reading.take(), reading.lastBatch()].map((batch) => ({ ...batch, rows: unpacked(batch.rows) }))];
}

const header = (declined: Declined): IntakeHeader => ({ kind: 'header', intakeKind: 'not-recognised', encoding: null, delimiter: null, declined });

/** @returns The beginning of a text, newlines normalised; null when it is none. */
function decodeHead(head: Uint8Array, whole: boolean): { readonly encoding: TextEncodingName; readonly text: string; readonly lossy: boolean } | null {
  const encoding = sniffEncoding(head);
  const decoder = new IntakeDecoder(encoding);
  const newlines = new NewlineNormaliser();
  const text = newlines.write(decoder.write(head)) + (whole ? newlines.write(decoder.end()) + newlines.end() : '');
  return looksBinary(head, text) ? null : { encoding, text, lossy: decoder.lossy };
}

const NO_BATCHES: readonly IntakeBatch<IntakeEntry>[] = [];

/** What a script keeps of each host's protectors says no more of the host than a text does. */
const NAMED_BY_FILE: ReadonlySet<IntakeKind> = new Set<IntakeKind>(['bitlocker-volume-csv', 'keys-json']);

/** A text on its way from bytes to rows. */
class TextReading {
  readonly encoding: TextEncodingName;
  readonly kind: TextKind;
  /** Null when all of it was decoded as it was looked at. */
  readonly #decoder: IntakeDecoder | null;
  /** A byte fitted no encoding, as far as that is over. */
  #isLossy = false;
  readonly #newlines = new NewlineNormaliser();
  readonly #reader: RowReader;
  #rows: IntakeEntry[] = [];
  /** The host the file is named after, as long as it may turn out that all of it is of that one. */
  #ofName: HostFacts | null;
  #found = false;
  /** What the notes depend on. */
  readonly #seen = { keys: 0, nulls: 0, closed: false, remarks: new Set<KeyRemark>() };
  #bytesTold = 0;
  #bytesRead = 0;

  /** @returns Null when the bytes are no text. */
  static begin(head: Uint8Array, whole: boolean, mappings: readonly ColumnMapping[], path: string): TextReading | null {
    const decoded = (whole ? decodePlain(head) : null) ?? decodeHead(head, whole);
    if (decoded === null) return null;
    const { encoding, text, lossy } = decoded;
    const reading = new TextReading(encoding, findTextKind(text, whole, mappings), whole ? null : new IntakeDecoder(encoding), path);
    if (!whole) reading.write(head);
    else {
      reading.#isLossy = lossy;
      reading.#bytesRead = head.length;
      reading.#reader.write(text);
    }
    return reading;
  }

  private constructor(encoding: TextEncodingName, kind: TextKind, decoder: IntakeDecoder | null, path: string) {
    this.encoding = encoding;
    this.kind = kind;
    this.#decoder = decoder;
    this.#ofName = kind.reader === 'any-text' || NAMED_BY_FILE.has(kind.intakeKind) ? hostOfFileName(path) : null;
    this.#reader = makeReader(kind, (entry) => this.#rows.push(entry));
  }

  get header(): IntakeHeader {
    return { kind: 'header', intakeKind: this.kind.intakeKind, encoding: this.encoding, delimiter: this.kind.layout?.delimiter ?? null, declined: null };
  }

  write(bytes: Uint8Array): void {
    this.#bytesRead += bytes.length;
    if (this.#decoder !== null) this.#reader.write(this.#newlines.write(this.#decoder.write(bytes)));
  }

  end(): void {
    if (this.#decoder !== null) {
      this.#reader.write(this.#newlines.write(this.#decoder.end()) + this.#newlines.end());
      this.#isLossy = this.#decoder.lossy;
    }
    this.#reader.end();
    if (this.#ofName !== null) this.#rows = [...withHostOfName(unpacked(this.#rows), this.#ofName)];
    this.#ofName = null;
  }

  /** What is complete so far; now and then an empty batch, so that a file with nothing in it can be followed and cancelled. */
  take(): readonly IntakeBatch<IntakeEntry>[] {
    if (this.#ofName !== null && this.#rows.reduce((sum, entry) => sum + rowsIn(entry), 0) > MOST_HELD_ROWS) this.#ofName = null;
    const rows = this.#ofName === null ? this.#rows : [];
    const isLongQuiet = rows.length === 0 && this.#bytesRead - this.#bytesTold >= QUIET_BYTES;
    if (rows.length === 0 && !isLongQuiet) return NO_BATCHES;
    if (this.#ofName === null) this.#rows = [];
    this.#bytesTold = this.#bytesRead;
    if (rows.length <= BATCH_ENTRIES) return [this.#batch(rows, [])];
    return Array.from({ length: Math.ceil(rows.length / BATCH_ENTRIES) }, (_, index) => this.#batch(rows.slice(index * BATCH_ENTRIES, (index + 1) * BATCH_ENTRIES), []));
  }

  lastBatch(): IntakeBatch<IntakeEntry> {
    const notes: IntakeNote[] = [...this.#reader.notes, ...this.#seen.remarks];
    if (this.#seen.closed) notes.push('directory-keys-not-readable');
    if (this.kind.intakeKind === 'mbam-csv' && this.#seen.nulls > 0 && this.#seen.keys === 0) notes.push('database-keys-not-decrypted');
    if (!this.#found && !notes.includes('key-protector-ids-only')) notes.push('nothing-found');
    if (this.#isLossy) notes.push('characters-lost');
    return this.#batch([], notes);
  }

  #batch(rows: readonly IntakeEntry[], notes: readonly IntakeNote[]): IntakeBatch<IntakeEntry> {
    for (const row of rows) {
      if (row.kind === 'key' || row.kind === 'alike-keys') {
        this.#seen.keys++;
        for (const remark of (row.kind === 'key' ? row : row.like).remarks) this.#seen.remarks.add(remark);
      } else if (row.kind === 'listed-key' && row.closed === true) this.#seen.closed = true;
      else if (row.kind === 'rejected' && row.reason === 'exporter-found-no-key') this.#seen.nulls++;
    }
    this.#found ||= rows.some((row) => row.kind !== 'rejected' || !SAYS_NOTHING.has(row.reason));
    return { kind: 'batch', rows, bytesRead: this.#bytesRead, rowsRead: this.#reader.rowsRead, notes };
  }
}

/** What is in a document is read as plain text, whatever it looks like then; a list of hosts in it is of a kind of its own. */
function readerWithin(text: string, tell: EmitEntry): RowReader {
  const inner = findTextKind(text, true);
  if (inner.reader === 'document') return readAnyText(tell);
  return makeReader(inner, (entry) => tell(entry.kind === 'host' && entry.listKind === undefined ? { ...entry, listKind: inner.intakeKind } : entry));
}

function makeReader(kind: TextKind, emit: EmitEntry): RowReader {
  switch (kind.reader) {
    case 'table': return readTable(kind.layout, emit);
    case 'ldif': return readLdif(emit);
    case 'document': return readDocument(kind.markup, emit, readerWithin);
    case 'format-list': return readFormatList(emit);
    case 'ruled-table': return readRuledTables(emit);
    case 'turned-table': return readTurnedTable(emit);
    case 'json': return readJson(emit);
    case 'json-table': return readJsonTables(emit);
    case 'host-names': return readHostNames(emit);
    case 'account-listing': return readAccountListing(emit);
    case 'network-listing': return readNetworkListing(emit);
    case 'any-text': return readAnyText(emit);
  }
}
