// One cell of a hand-over: a recovery password or the reason why it is none, a key protector ID in any of its spellings, a FileVault key.
import { type KeyProtectorId, keyProtectorIdFromBytes, parseKeyProtectorId } from '../../core/keys/key-protector-id.ts';
import { ID_LENGTH, isCanonicalIdOfAnyCase, isCanonicalPassword } from '../../core/keys/packed-values.ts';
import { parseRecoveryPassword, type RecoveryPassword } from '../../core/keys/recovery-password.ts';
import { FEWEST_IN_PASSWORD_COLUMN, isCutOff } from './cut-off.ts';
import { toPlainDigits } from './plain-digits.ts';
import type { RejectReason } from './reasons.ts';

export type KeyCell =
  | { readonly status: 'ok'; readonly recoveryPassword: RecoveryPassword }
  | { readonly status: 'rejected'; readonly reason: RejectReason; readonly groups?: readonly number[] };

/** Of a key whose ID was deleted; no GUID of anything. */
export const NO_ID = '00000000-0000-0000-0000-000000000000';

/** What exporters write where they found nothing, in lower case. */
const NO_KEY_WORDS = new Set([
  'null', '(null)', 'n/a', 'na', '#n/a', '-', '--', 'none', 'nokeyfound', 'no key found', 'no key', 'key not found', 'not found', 'notfound', 'device not found',
  'no recovery key found', 'no recovery key', 'no bitlocker key found', 'not available', 'not escrowed', 'unknown', 'undefined', 'false', '0',
]);
const LONGEST_PASSWORD = 200;

/**
 * Reads a cell that should hold one recovery password.
 *
 * @param given  Untrusted, any length.
 * @returns The password, or the reason that helps whoever exported it. The result is secret. Never throws.
 */
export function readKeyCell(given: string): KeyCell {
  if (isCanonicalPassword(given)) return { status: 'ok', recoveryPassword: given };
  const text = given.includes('\u2026') ? given.replace(CUT_OFF_BY_CONSOLE, '') : given;
  if (text.length <= LONGEST_PASSWORD) {
    const parsed = parseRecoveryPassword(text);
    if (parsed.status === 'ok') return parsed;
    const lost = lostValue(text);
    if (lost !== null) return { status: 'rejected', reason: lost };
    if (parsed.status === 'wrong-groups') return { status: 'rejected', reason: 'wrong-groups', groups: parsed.groups };
    if (parsed.status === 'letters') {
      const digits = text.replace(/\D/g, '').length;
      if (digits < 24) return { status: 'rejected', reason: 'no-key-in-row' };
      return digits >= 40 && digits < 48 ? { status: 'rejected', reason: 'letters-in-password', groups: parsed.groups } : { status: 'rejected', reason: 'letters-in-password' };
    }
    const groups = text.trim().split(/[^\p{Nd}]+/u).filter((group) => group !== '');
    if (parsed.groups.length > 0) {
      // Only when the zeros alone make it right is it the spreadsheet's doing; otherwise a digit was left out.
      if (parseRecoveryPassword(groups.map((group) => group.padStart(6, '0')).join('-')).status === 'ok') return { status: 'rejected', reason: 'leading-zeros-lost', groups: parsed.groups };
      return isCutOff(groups, FEWEST_IN_PASSWORD_COLUMN) ? { status: 'rejected', reason: 'recovery-password-cut-off' } : { status: 'rejected', reason: 'wrong-length', groups: parsed.groups };
    }
    if (isCutOff(groups, FEWEST_IN_PASSWORD_COLUMN)) return { status: 'rejected', reason: 'recovery-password-cut-off' };
  }
  return { status: 'rejected', reason: lostValue(text.slice(0, LONGEST_PASSWORD)) ?? 'wrong-length' };
}

/** PowerShell 7 where a column is too narrow; what is older writes three dots. */
const CUT_OFF_BY_CONSOLE = /\u2026\s*$|^\s*\u2026/g;

/** As spreadsheets mark that it is text: `'8A1F…`, `="8A1F…"`. */
const QUOTED = /^(?:="?|['"`\u2018\u201c])\s*(\S{32,38}?)\s*["'`\u2019\u201d]?$/;

/** @returns The reason when the text is one of the known ways in which exporters lose a value, else null. */
export function lostValue(text: string): RejectReason | null {
  const value = text.trim();
  if (value === '') return 'recovery-password-missing';
  if (NO_KEY_WORDS.has(value.toLowerCase())) return 'exporter-found-no-key';
  if (/^System\.Byte\[\]/i.test(value)) return 'exporter-lost-bytes';
  if (/^System\.(?:Object|String)\[\]|^(?:System\.Collections\.|Microsoft\.)[\w.`[\]]+$/i.test(value)) return 'exporter-lost-list';
  if (/^\[?\s*(?:HIDDEN|REDACTED|MASKED)\b|^[*•xX]{4,}[-*•xX\s]*$/i.test(value)) return 'exporter-hid-key';
  if (/^[+-]?\d(?:[.,]\d+)?E\+?\d{1,3}$/i.test(value) || (/^\d{40,48}$/.test(value) && /0{25,}$/.test(value)) || /^#{3,}$|^#(?:NAME\?|REF!|VALUE!|NUM!|WERT!|BEZUG!|ZAHL!|NOM\s?\?|VALEUR!|NOMBRE!)$/i.test(value)) return 'spreadsheet-number';
  if (/SAMPLE|INVALID|EXAMPLE/i.test(value)) return 'sample-row';
  if (isFileVaultKey(value)) return 'filevault-key';
  return null;
}

/** @returns Whether a key stood there before an exporter, or a spreadsheet, lost it: more than that there was none. */
export function isLostKey(text: string): boolean {
  const lost = lostValue(text);
  return lost === 'exporter-lost-list' || lost === 'exporter-lost-bytes' || lost === 'exporter-hid-key' || lost === 'spreadsheet-number';
}

/** A personal recovery key of FileVault: six groups of four letters and digits. */
export const isFileVaultKey = (text: string): boolean => /^[A-Z0-9]{4}(?:-[A-Z0-9]{4}){5}$/i.test(text.trim());

/**
 * A key protector ID as exporters write it.
 *
 * @param text  Untrusted: with or without braces, any case, inside an object's name (`2024-07-19T06:11:12+02:00{…}`), or as the 16 bytes of the
 *              directory: `X'…'` (csvde), `0x…` (SQL), base64, or a list of sixteen numbers.
 * @returns The canonical ID, or null. A part of an ID is none, and so are several. Never throws.
 */
export function readKeyProtectorId(text: string): KeyProtectorId | null {
  if (isCanonicalIdOfAnyCase(text)) return text.toUpperCase() as KeyProtectorId;
  if (text === '') return null;
  const direct = parseKeyProtectorId(text);
  if (direct !== null || text.length > 1024) return direct;
  const value = toPlainDigits(text.trim());
  const quoted = QUOTED.exec(value)?.[1] ?? (value.length === ID_LENGTH ? value : undefined);
  if (quoted !== undefined) return parseKeyProtectorId(quoted);
  const braced = new Set(Array.from(value.matchAll(/\{([0-9a-f-]{36})\}/gi), ([, id = '']) => id.toUpperCase()));
  if (braced.size > 0) return braced.size === 1 ? parseKeyProtectorId([...braced][0] ?? '') : null;
  const bytes = bytesOfCell(value);
  return bytes === null ? null : keyProtectorIdFromBytes(bytes);
}

/** A GUID that is not a key protector's (volume, device) in canonical form, or null. */
export const readGuid = (text: string): string | null => {
  const guid = readKeyProtectorId(text);
  return guid === NO_ID ? null : guid;
};

/** As an editor of the directory shows bytes, and BitConverter writes them. Digits alone are taken for decimal. */
const HEX_PAIRS = /^(?:0x)?[0-9a-f]{2}(?:(?:[- ]|, ?)(?:0x)?[0-9a-f]{2}){15}$/i;

/** Bytes written as `X'hex'`, `0xhex`, base64 of 16 bytes, or a list of 16 numbers, hexadecimal (`EA-1D-31-…`, as BitConverter writes them) or decimal (`{234, 29, 49…}`). */
function bytesOfCell(given: string): number[] | null {
  const value = /^\{[^{}]*\}$/.test(given) ? given.slice(1, -1).trim() : given;
  const pairs = HEX_PAIRS.test(value) && /[a-f]/i.test(value.replaceAll('x', '')) ? value.match(/[0-9a-f]{2}(?![0-9a-z])/gi) : null;
  if (pairs?.length === 16) return pairs.map((pair) => Number.parseInt(pair, 16));
  const hex = /^(?:X'([0-9a-f]{32})'|0x([0-9a-f]{32}))$/i.exec(value)?.slice(1).find((digits) => digits !== undefined) ?? /^((?:\\[0-9a-f]{2}){16})$/i.exec(value)?.[1]?.replaceAll('\\', '');
  if (hex !== undefined) return Array.from({ length: 16 }, (_, at) => Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16));
  if (/^[A-Za-z0-9+/]{22}==$/.test(value)) return Array.from(atob(value), (letter) => letter.charCodeAt(0));
  if (/^\d{1,3}(?:[ ,;]+\d{1,3}){15}$/.test(value)) {
    const numbers = value.split(/[ ,;]+/).map(Number);
    return numbers.every((number) => number < 256) ? numbers : null;
  }
  return null;
}
