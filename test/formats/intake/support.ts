// Makes hand-overs for the tests of intake and reads them back.
import fc from 'fast-check';
import { type KeyProtectorId, parseKeyProtectorId } from '../../../electron/core/keys/key-protector-id.ts';
import { type RecoveryPassword, recoveryPasswordFromNumbers } from '../../../electron/core/keys/recovery-password.ts';
import { unpacked } from '../../../electron/formats/intake/alike-keys.ts';
import { type IntakeHeader, type IntakeNote, type IntakeRow, type KeyRow, readIntake } from '../../../electron/formats/intake/intake.ts';
import type { ColumnMapping } from '../../../electron/formats/intake/mapping.ts';

/** A recovery password of its own for every number. */
export function passwordOf(seed: number): RecoveryPassword {
  let state = (seed * 2_654_435_761 + 12_345) >>> 0;
  const numbers = Array.from({ length: 8 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 16;
  });
  const password = recoveryPasswordFromNumbers(numbers);
  if (password === null) throw new Error('not eight numbers');
  return password;
}

/** A key protector ID of its own for every number. */
export function idOf(seed: number): KeyProtectorId {
  let state = (seed * 40_503 + 977) >>> 0;
  const hex = Array.from({ length: 4 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state.toString(16).padStart(8, '0');
  }).join('');
  const id = parseKeyProtectorId(hex);
  if (id === null) throw new Error('not 32 hex digits');
  return id;
}

/** One digit of one group changed: the group can not be right any more. */
export function withWrongGroup(password: RecoveryPassword, group: number): string {
  const at = (group - 1) * 7 + 5;
  return password.slice(0, at) + String((Number(password[at]) + 1) % 10) + password.slice(at + 1);
}

export type Encoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16le-bom' | 'utf-16be' | 'utf-16be-bom' | 'latin-1' | 'cp850';
export const ENCODINGS: readonly Encoding[] = ['utf-8', 'utf-8-bom', 'utf-16le', 'utf-16le-bom', 'utf-16be', 'utf-16be-bom', 'latin-1', 'cp850'];

/** The letters the constructed hosts have, in code page 850. */
const CP850: Readonly<Record<string, number>> = { Ä: 0x8e, Ö: 0x99, Ü: 0x9a, ä: 0x84, ö: 0x94, ü: 0x81, é: 0x82, è: 0x8a, ß: 0xe1, ñ: 0xa4, É: 0x90, '\u00a0': 0xff };

/** Text to bytes as Windows programs write them. */
export function encode(text: string, encoding: Encoding): Uint8Array {
  const codes = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
  switch (encoding) {
    case 'utf-8': return new TextEncoder().encode(text);
    case 'utf-8-bom': return Uint8Array.from([0xef, 0xbb, 0xbf, ...new TextEncoder().encode(text)]);
    case 'utf-16le': return Uint8Array.from(codes.flatMap((code) => [code & 0xff, code >> 8]));
    case 'utf-16le-bom': return encode(`\ufeff${text}`, 'utf-16le');
    case 'utf-16be': return Uint8Array.from(codes.flatMap((code) => [code >> 8, code & 0xff]));
    case 'utf-16be-bom': return encode(`\ufeff${text}`, 'utf-16be');
    case 'latin-1': return Uint8Array.from(codes.map((code) => (code > 0xff ? 0x3f : code)));
    case 'cp850': return Uint8Array.from(codes.map((code, at) => (code < 0x80 ? code : (CP850[text.charAt(at)] ?? 0x3f))));
  }
}

export type Read = { readonly header: IntakeHeader; readonly rows: readonly IntakeRow[]; readonly rowsRead: number; readonly bytesRead: number; readonly notes: readonly IntakeNote[]; readonly largestBatch: number };

export async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Reads a whole file, handed over in pieces of that many bytes. */
export async function read(file: Uint8Array | string, pieceBytes = 65_536, mappings: readonly ColumnMapping[] = []): Promise<Read> {
  return readChunks(inPieces(typeof file === 'string' ? new TextEncoder().encode(file) : file, pieceBytes), mappings);
}

export async function readChunks(chunks: AsyncIterable<Uint8Array>, mappings: readonly ColumnMapping[] = []): Promise<Read> {
  let header: IntakeHeader | null = null;
  const rows: IntakeRow[] = [];
  let rowsRead = 0;
  let bytesRead = 0;
  let largestBatch = 0;
  const notes: IntakeNote[] = [];
  for await (const part of readIntake(chunks, mappings)) {
    if (part.kind === 'header') {
      if (header !== null) throw new Error('a second header');
      header = part;
      continue;
    }
    if (header === null) throw new Error('rows before the header');
    rows.push(...unpacked(part.rows));
    ({ rowsRead, bytesRead } = part);
    largestBatch = Math.max(largestBatch, part.rows.length);
    notes.push(...part.notes);
  }
  if (header === null) throw new Error('no header');
  return { header, rows, rowsRead, bytesRead, notes, largestBatch };
}

export const keysOf = (result: Read): readonly KeyRow[] => result.rows.filter((row) => row.kind === 'key');

/** [row, ID, password, host] of every key: what most tests compare. */
export const essence = (result: Read): readonly (readonly [number, string | null, string, string | null])[] =>
  keysOf(result).map((key) => [key.row, key.keyProtectorId, key.recoveryPassword, key.host?.hostname ?? null] as const);

export const rejections = (result: Read): readonly (readonly [number, string])[] =>
  result.rows.flatMap((row) => (row.kind === 'rejected' ? [[row.row, row.reason] as const] : []));

export const hostnames = (result: Read): readonly string[] => result.rows.flatMap((row) => (row.kind === 'host' ? [row.host.hostname] : []));

export type Fact = { readonly id: KeyProtectorId; readonly password: RecoveryPassword; readonly host: string; readonly offset: string };

/** A key with its host, letters beyond ASCII in some names. */
export const facts: fc.Arbitrary<readonly Fact[]> = fc.array(
  fc.record({
    id: fc.nat(1_000_000).map(idOf), password: fc.nat(1_000_000).map(passwordOf),
    host: fc.tuple(fc.constantFrom('PC', 'DESKTOP-', 'MÜNCHEN-', 'ÉCOLE-', 'NB_'), fc.nat(99_999)).map(([prefix, number]) => `${prefix}${number}`),
    offset: fc.constantFrom('+01:00', '-08:00', '-00:00', '+05:30'),
  }),
  { minLength: 1, maxLength: 12 },
);
export const encodings = fc.constantFrom(...ENCODINGS);
export const newlines = fc.constantFrom('\r\n', '\n', '\r');
export const pieceSizes = fc.constantFrom(1, 3, 7, 64, 1000, 65_536);
