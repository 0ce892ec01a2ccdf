// How the texts of a form are read, found out with values that have nothing in common: what comes out must differ in these values only.
import { recoveryPasswordFromNumbers } from '../../core/keys/recovery-password.ts';
import { mayHoldFormatList } from './format-list.ts';
import type { IntakeBatch, IntakeHeader, KeyRow } from './rows.ts';

/** How every text of a form is read: as one row. `id`, `volume`: which of the text's IDs is the key's, and which its volume's; -1 for none. `isNamed`: its host is the one its first line names. `isNamedByFile`: where it names none, its file may be named after it. */
export interface KnownForm { readonly header: IntakeHeader; readonly row: Omit<KeyRow, 'keyProtectorId' | 'recoveryPassword' | 'volumeId'>; readonly id: number; readonly volume: number; readonly ids: number; readonly isNamed: boolean; readonly isNamedByFile: boolean }

/** What stands for a value in a form. */
export const ID = '\u0001';
export const PASSWORD = '\u0002';
export const HOST = '\u0003';

/** Reads all of a file of that path. */
export type ReadBytes = (bytes: Uint8Array, path: string) => readonly (IntakeHeader | IntakeBatch)[];

/** IDs of letters only, of digits only, of both; recovery passwords of the lowest and the highest groups, and of others; names short and long, shaped as hosts are and not. */
const PROBES = [{ signs: 'ABCDEF', first: 0, step: 0, name: 'Abc' }, { signs: '0123456789', first: 0xffff, step: 0, name: 'DESKTOP-1234567' }, { signs: 'f0E9d1', first: 1, step: 4096, name: 'TPM2' }]
  .map(({ signs, first, step, name }) => ({ signs, name, recoveryPassword: recoveryPasswordFromNumbers(Array.from({ length: 8 }, (_number, group) => first + group * step)) ?? '' }));

/** Of a host, which no probe's text has. */
const NAME_OF_FILE = 'PC-4711';

/** @param ids How many stand in it. @param isNamed A host does. @returns Null where the texts are not all read as one row with one of its IDs, and its host. */
export function lookInto(form: string, ids: number, isNamed: boolean, read: ReadBytes): KnownForm | null {
  const marks = [ID, PASSWORD, HOST].map((mark) => form.split(mark).length - 1);
  if (marks.join() !== [ids, 1, Number(isNamed)].join() || (isNamed && mayHingeOnName(form))) return null;
  const [first, ...others] = PROBES.map(({ signs, name, recoveryPassword }) => {
    const probes = Array.from({ length: ids }, (_id, index) => probeId(signs, index));
    const bytes = withValues(form, probes, name, recoveryPassword);
    const [known, inNamedFile] = ['', `${NAME_OF_FILE}.txt`].map((path) => knownBy(read(bytes, path), probes, isNamed ? name : null, recoveryPassword));
    return known === undefined || known === null ? null : { ...known, isNamedByFile: inNamedFile?.row.host?.hostname === NAME_OF_FILE };
  });
  return first !== undefined && first !== null && others.every((other) => JSON.stringify(other) === JSON.stringify(first)) ? first : null;
}

/** Where a name may be a value of an object, its digits may go on in the next line, or its length may move what tells a disk image. */
const mayHingeOnName = (form: string): boolean => mayHoldFormatList(form.replaceAll('\r\n', '\n').replaceAll('\r', '\n')) || !WORDS_BELOW.test(form) || form.includes('\uaa55');
const WORDS_BELOW = /\u0003 *(?:\r\n|\r|\n)[^\S\r\n]*[\p{L}\r\n]/u;

/** Another one for each index. */
function probeId(signs: string, index: number): string {
  const sign = (at: number): string => signs.charAt((at === 0 ? Math.floor(index / signs.length) : at === 1 ? index : at) % signs.length);
  return [8, 4, 4, 4, 12].map((length) => Array.from({ length }, (_sign, at) => sign(at)).join('')).join('-');
}

function withValues(form: string, ids: readonly string[], name: string, recoveryPassword: string): Uint8Array {
  const firstLine = form.indexOf('\n');
  let next = 0;
  const text = form.slice(firstLine + 1).replaceAll(ID, () => ids[next++] ?? '').replaceAll(PASSWORD, recoveryPassword).replaceAll(HOST, name);
  return Buffer.from(text, form.startsWith('utf16le') ? 'utf16le' : 'utf8');
}

function knownBy(parts: readonly (IntakeHeader | IntakeBatch)[], ids: readonly string[], name: string | null, recoveryPassword: string): Omit<KnownForm, 'isNamedByFile'> | null {
  const header = parts.find((part) => part.kind === 'header');
  const batches = parts.filter((part) => part.kind === 'batch');
  const [found, ...others] = batches.flatMap(({ rows }) => rows);
  if (header === undefined || found?.kind !== 'key' || others.length > 0 || found.recoveryPassword !== recoveryPassword || batches.some(({ notes }) => notes.length > 0) || batches.at(-1)?.rowsRead !== 1) return null;
  const placeOf = (id: string | null): number => ids.findIndex((one) => one.toUpperCase() === id);
  const { keyProtectorId, recoveryPassword: _recoveryPassword, volumeId, ...row } = found;
  if (name !== null && row.host?.hostname !== name.toUpperCase()) return null;
  const known = { header, row: { ...row, host: name === null ? row.host : null }, id: placeOf(keyProtectorId), volume: placeOf(volumeId), ids: ids.length, isNamed: name !== null };
  return (keyProtectorId === null) === (known.id === -1) && (volumeId === null) === (known.volume === -1) ? known : null;
}
