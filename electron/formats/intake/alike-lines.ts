// Lines of a table that differ from the one before in their key alone, its ID and its recovery password: exports list the keys of a host one after the other.
// All else that such a line says was read from the one before it.
import type { KeyProtectorId } from '../../core/keys/key-protector-id.ts';
import { NO_ID, isCanonicalIdOfAnyCase, isCanonicalPassword, readKeyProtectorId } from './key-values.ts';
import type { IntakeRow, KeyRow } from './rows.ts';
import type { TableLayout } from './table-layout.ts';

const ID_LENGTH = 36;
const PASSWORD_LENGTH = 55;

/** A line around its two values: what is before the first of them, between them and behind the second, with the newline. */
interface Form { readonly parts: readonly [before: string, between: string, behind: string]; readonly isIdFirst: boolean; readonly key: KeyRow }

/** Reads such lines; whatever it does not take is read as any other. Never throws. */
export class AlikeLines {
  readonly #password: number;
  readonly #ids: readonly number[];
  /** Columns that say one thing only. */
  readonly #ofOneRole: ReadonlySet<number>;
  #form: Form | null = null;
  /** The parts of the form, once a line has had them: most lines of most files are of another host each. */
  #parts: readonly [Uint16Array, Uint16Array, Uint16Array] | null = null;
  /** The text that is being read, and its characters: to look at one of a text takes several times as long, and there are a hundred in a line. */
  #text = '';
  #codes = new Uint16Array(0);

  /** @param delimiter Between the fields of a line. */
  constructor(layout: TableLayout, delimiter: string) {
    const { password = [], protectorId = [] } = layout.columns;
    const places = Object.values(layout.columns).flat();
    this.#ofOneRole = new Set(places.filter((column) => places.indexOf(column) === places.lastIndexOf(column)));
    this.#ids = protectorId;
    // Of several columns of recovery passwords, which counts depends on what they hold; a header out of a person's answer may be a row.
    const isSure = password.length === 1 && layout.mapped !== true && layout.laps === undefined && !/[0-9a-f\n"-]/i.test(delimiter);
    this.#password = isSure && this.#ofOneRole.has(password[0] ?? -1) ? (password[0] ?? -1) : -1;
  }

  /**
   * Takes in what a line was read as.
   *
   * @param line Without its newline; null where the record is not that one line alone. @param rows All that came of it.
   */
  note(line: string | null, fields: readonly string[], rows: readonly IntakeRow[]): void {
    this.#form = null;
    this.#parts = null;
    const [key] = rows;
    if (line === null || rows.length !== 1 || key?.kind !== 'key' || fields[this.#password] !== key.recoveryPassword) return;
    const id = this.#idOf(fields);
    if (id === null || key.keyProtectorId !== id.toUpperCase()) return;
    const [atId, atPassword] = [line.indexOf(id), line.indexOf(key.recoveryPassword)];
    if (line.indexOf(id, atId + 1) !== -1 || line.indexOf(key.recoveryPassword, atPassword + 1) !== -1) return; // which of two is the one that counts?
    const isIdFirst = atId < atPassword;
    const [first, second] = isIdFirst ? [atId, atPassword] : [atPassword, atId];
    const endOfFirst = first + (isIdFirst ? ID_LENGTH : PASSWORD_LENGTH);
    const behind = `${line.slice(second + (isIdFirst ? PASSWORD_LENGTH : ID_LENGTH))}\n`;
    this.#form = { parts: [line.slice(0, first), line.slice(endOfFirst, second), behind], isIdFirst, key };
  }

  /** @returns The key in the line that begins there, and where the next one does; null unless it is like the one that was noted last. */
  read(text: string, at: number, row: number): { readonly key: KeyRow; readonly next: number } | null {
    const form = this.#form;
    if (form === null) return null;
    const { parts: [before, between, behind], isIdFirst } = form;
    const first = at + before.length;
    const second = first + (isIdFirst ? ID_LENGTH : PASSWORD_LENGTH) + between.length;
    const end = second + (isIdFirst ? PASSWORD_LENGTH : ID_LENGTH);
    const next = end + behind.length;
    if (next > text.length || text.charCodeAt(next - 1) !== NEWLINE) return null; // most lines of other hosts are longer or shorter
    if (this.#parts === null) {
      if (!text.startsWith(before, at) || !text.startsWith(between, second - between.length) || !text.startsWith(behind, end)) return null;
      this.#parts = [codesOf(before), codesOf(between), codesOf(behind)];
    }
    if (text !== this.#text) {
      this.#text = text;
      this.#codes = codesOf(text, this.#codes);
    }
    const codes = this.#codes;
    if (!isAt(codes, at, this.#parts[0]) || !isAt(codes, second - between.length, this.#parts[1]) || !isAt(codes, end, this.#parts[2])) return null;
    const [atId, atPassword] = isIdFirst ? [first, second] : [second, first];
    const id = text.slice(atId, atId + ID_LENGTH);
    const recoveryPassword = text.slice(atPassword, atPassword + PASSWORD_LENGTH);
    if (id === NO_ID || !isCanonicalIdOfAnyCase(id) || !isCanonicalPassword(recoveryPassword)) return null;
    const keyProtectorId = id.toUpperCase() as KeyProtectorId; // just looked at
    const { host, entraDeviceId, volumeId, volumeLabel, drive, createdAt, remarks } = form.key;
    return { key: { kind: 'key', row, recoveryPassword, keyProtectorId, host, entraDeviceId, volumeId, volumeLabel, drive, createdAt, remarks }, next };
  }

  /** The ID as it stands in the column that counts; null where that column may say something else as well. */
  #idOf(fields: readonly string[]): string | null {
    for (const column of this.#ids) {
      const id = fields[column] ?? '';
      const read = readKeyProtectorId(id);
      if (read !== null && read !== NO_ID) return id.length === ID_LENGTH && this.#ofOneRole.has(column) ? id : null;
    }
    return null;
  }
}

/** @param room To be written over, where it is large enough. */
function codesOf(text: string, room = new Uint16Array(0)): Uint16Array<ArrayBuffer> {
  const codes = room.length >= text.length ? room : new Uint16Array(text.length);
  Buffer.from(codes.buffer).write(text, 'utf16le');
  return codes;
}

function isAt(codes: Uint16Array, at: number, wanted: Uint16Array): boolean {
  for (let n = 0; n < wanted.length; n += 1) if (codes[at + n] !== wanted[n]) return false;
  return true;
}

const NEWLINE = 0x0a;
