// Texts that are alike but for their IDs, their recovery password and the host in their first line: what Windows saves, in any language; what manage-bde answers on a thousand hosts.
// How such a text is read was found out once, by reading it as any other; the next one of its form only has other values in the same places.
import { isUtf8 } from 'node:buffer';
import type { KeyProtectorId } from '../../core/keys/key-protector-id.ts';
import { ID_LENGTH } from '../../core/keys/packed-values.ts';
import type { RecoveryPassword } from '../../core/keys/recovery-password.ts';
import { isHeadingOfNames } from './columns.ts';
import { HOST, ID, type KnownForm, lookInto, PASSWORD, type ReadBytes } from './form-probes.ts';
import { makeHost } from './host-facts.ts';
import { readKeyCell } from './key-values.ts';
import type { HostFacts, KeyRow } from './rows.ts';

/** A text taken apart. */
export interface FormedText {
  /** Its encoding, then the text with marks in place of its values. */
  readonly form: string;
  /** All different, in the order of the text. */
  readonly ids: readonly KeyProtectorId[];
  /** That its first line names behind a label. */
  readonly host: HostFacts | null;
  /** Secret. */
  readonly recoveryPassword: RecoveryPassword;
}

/** Characters. What is longer is no answer of a tool about one key. */
const LONGEST_TEXT = 8192;
const MOST_IDS = 9;
/** In what is kept of a text: no recovery password, nor half of one. */
const MOST_DIGITS = 24;
const MOST_FORMS = 64;
/** Nothing but white space or braces beside them: there any two IDs mean the same, and so do any two recovery passwords. */
const VALUE = /[ \t\r\n{][0-9A-Fa-f]{6}(?:[0-9A-Fa-f]{2}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}(?=[\s}])|-\d{6}(?:-\d{6}){6}(?=\s))/g;
/** `Computer Name: PC-0012`, whatever the label: nothing else in the line, so that one name means the same as another. */
const FIRST_LINE = /^(\ufeff?[^:=,;|"\t\r\n]{2,40}[:=] ?)([A-Za-z][A-Za-z0-9-]{2,14}) *(?=[\r\n])/;
/** More of them in a name may be groups of a recovery password. */
const MOST_DIGITS_OF_NAME = 8;

/**
 * @param bytes  All of a file; untrusted.
 * @returns Its form and its values when it is a short text in UTF-8 or marked UTF-16 with one recovery password, on a line of its own, and IDs around it; else null. Never throws.
 */
export function takeApart(bytes: Uint8Array): FormedText | null {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  if (isWide ? bytes.length > 2 * LONGEST_TEXT || bytes.length % 2 !== 0 : bytes.length > LONGEST_TEXT || !isUtf8(bytes)) return null;
  const encoding = isWide ? 'utf16le' : 'utf8';
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(encoding);
  const first = FIRST_LINE.exec(text);
  const host = first === null ? null : hostOf(first[0], first[2] ?? '');
  const pieces = host === null ? [`${encoding}\n`] : [`${encoding}\n`, first?.[1] ?? '', HOST];
  const ids: KeyProtectorId[] = [];
  let password: string | null = null;
  let end = host === null ? 0 : first?.[0].trimEnd().length ?? 0;
  VALUE.lastIndex = end;
  for (let match = VALUE.exec(text); match !== null; match = VALUE.exec(text)) {
    const from = match.index + 1;
    const to = VALUE.lastIndex;
    const value = text.slice(from, to);
    const id = value.length === ID_LENGTH ? value.toUpperCase() as KeyProtectorId : null; // the pattern above
    if (id !== null ? ids.length >= MOST_IDS || ids.includes(id) : password !== null || !isAlone(text, from, to)) return null;
    pieces.push(text.slice(end, from), id !== null ? ID : PASSWORD);
    if (id !== null) ids.push(id);
    else password = value;
    end = to;
  }
  const cell = password === null ? null : readKeyCell(password);
  if (cell?.status !== 'ok') return null;
  pieces.push(text.slice(end));
  return { form: pieces.join(''), ids, host, recoveryPassword: cell.recoveryPassword };
}

function hostOf(line: string, name: string): HostFacts | null {
  const made = (name.match(/\d/g)?.length ?? 0) > MOST_DIGITS_OF_NAME || isHeadingOfNames(line) ? null : makeHost(name, {});
  return made?.status === 'ok' ? made.host : null;
}

/** Whether only spaces and tabs stand beside a value, before the line begins and ends. */
function isAlone(text: string, from: number, to: number): boolean {
  let before = from - 1;
  while (before >= 0 && isBlank(text.charCodeAt(before))) before--;
  let after = to;
  while (after < text.length && isBlank(text.charCodeAt(after))) after++;
  return (before < 0 || isLineEnd(text.charCodeAt(before))) && (after >= text.length || isLineEnd(text.charCodeAt(after)));
}

const isBlank = (code: number): boolean => code === 0x20 || code === 0x09;
const isLineEnd = (code: number): boolean => code === 0x0a || code === 0x0d;

/** Forms, and how their texts are read. One is looked into when it comes for the second time. */
export class KnownForms {
  /** Null: its texts are not all read alike. */
  readonly #known = new Map<string, KnownForm | null>();
  readonly #seen = new Set<string>();

  /** @returns How the text is read; null where that is not known. */
  find({ form, ids, host }: FormedText): KnownForm | null {
    const known = this.#known.get(form) ?? null;
    return known?.ids === ids.length && known.isNamed === (host !== null) ? known : null; // the marks themselves may stand in a text
  }

  /** Takes note of a text that was read as any other. @param read Reads one, without a name. */
  note({ form, ids, host }: FormedText, read: ReadBytes): void {
    if (this.#known.has(form) || (form.match(/\d/g)?.length ?? 0) > MOST_DIGITS) return;
    if (!this.#seen.delete(form)) {
      if (this.#seen.size >= MOST_FORMS) this.#seen.clear();
      this.#seen.add(form);
      return;
    }
    if (this.#known.size >= MOST_FORMS) this.#known.clear();
    this.#known.set(form, lookInto(form, ids.length, host !== null, read));
  }
}

/** @returns The row of a text of that form. */
export const rowOf = ({ row, id, volume }: KnownForm, { ids, host, recoveryPassword }: FormedText): KeyRow => ({
  kind: 'key', row: row.row, keyProtectorId: ids[id] ?? null, recoveryPassword,
  host: host ?? row.host, entraDeviceId: row.entraDeviceId,
  volumeId: ids[volume] ?? null, volumeLabel: row.volumeLabel, drive: row.drive,
  createdAt: row.createdAt, remarks: row.remarks,
});
