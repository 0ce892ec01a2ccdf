// What a person at the phone has typed: the start of a key ID, a host name or a part of one, or (by mistake) a recovery password.
import { normaliseCase, parseHostname } from '../hosts/hostname.ts';
import { parseRecoveryPassword } from './recovery-password.ts';
import { findRecoveryPasswordWithin } from './recovery-password-within.ts';

export interface LookUpQuery {
  /** Upper-case hexadecimal digits without hyphens, 1 to 32; null when it can be no start of a key ID. */
  readonly idDigits: string | null;
  /** What was typed as one run of digits and letters, upper case: an ID may be among what it was mistaken for. Null when it is none, or a recovery password. */
  readonly run: string | null;
  /** In the store's case; null when it can be no part of a host name. */
  readonly hostname: string | null;
}

const NOTHING: LookUpQuery = { idDigits: null, run: null, hostname: null };
const ID_NOISE = /[\s{}.,:_/\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u2010-\u2015\u2212\ufe58\ufe63\uff0d-]/g;
/** As a chat or a ticket has it: a whole ID among any words, or eight characters and more of one behind what it is called ("Key ID: 0417A9E2, ward 4"). */
const WHOLE_ID = /(?<![0-9A-Z])[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}(?![0-9A-Z])/;
const CALLED_ID = /^[^:]*\p{L}[^:]*:\s*\{?([0-9A-F]{8}(?:-?[0-9A-F]{1,4}){0,6})(?![0-9A-Z])/u;

/**
 * @param text Untrusted, as typed or pasted: any case and width, braces, blanks, dashes and stops anywhere in an ID, words around one; `DOMAIN\NAME`, `NAME$`, `name.domain` for a host.
 * @returns What to look for; nothing when the text is a recovery password, the beginning of one, or holds one among other words. Never throws.
 */
export function parseLookUpQuery(text: string): LookUpQuery {
  const typed = text.normalize('NFC').trim();
  if (typed === '' || looksLikeRecoveryPassword(typed)) return NOTHING;
  const digits = idAmongWords(typed) ?? typed.normalize('NFKC').replace(ID_NOISE, '').toUpperCase();
  return { idDigits: /^[0-9A-F]{1,32}$/.test(digits) ? digits : null, run: /^[0-9A-Z]{1,32}$/.test(digits) ? digits : null, hostname: hostnamePart(typed) };
}

/** What a directory or a tenant can be asked for: a key ID or its beginning, as it is written, or a host's name in the store's case. */
export type Askable = { readonly keyId: string } | { readonly hostname: string };

/**
 * What was typed, as others can be asked for it when nothing here has it.
 *
 * @param text As for `parseLookUpQuery`.
 * @returns A key ID from eight characters on: less nobody else can be asked for. Else a host's name of three characters and more, with a letter and without blanks; null when it is neither, or a recovery password. Never throws.
 */
export function findAskable(text: string): Askable | null {
  const { idDigits, hostname } = parseLookUpQuery(text);
  const typed = text.trim();
  const isName = hostname !== null && /^(?=.*\p{L})\S{3,}$/u.test(typed) && parseHostname(typed).status === 'ok';
  // An ID is written 8-4-4-4-12, or runs on: BEAD-CAFE-01 is a host.
  if (idDigits !== null && idDigits.length >= 8 && (!isName || /^\{?[0-9a-f]{8}/i.test(typed))) return { keyId: [[0, 8], [8, 12], [12, 16], [16, 20], [20, 32]].map(([from, to]) => idDigits.slice(from, to)).filter((part) => part !== '').join('-') };
  return isName && !/^[0-9a-f]+$/i.test(typed) ? { hostname } : null;
}

function idAmongWords(typed: string): string | null {
  const plain = typed.normalize('NFKC').toUpperCase().replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '').replace(/[\u2010-\u2015\u2212\ufe58\ufe63]/g, '-');
  return (WHOLE_ID.exec(plain)?.[0] ?? CALLED_ID.exec(plain)?.[1])?.replaceAll('-', '') ?? null;
}

/** @returns Where the digits stand in the canonical ID, whose hyphens were not typed. */
export function matchInId(idDigits: string): [number, number] {
  const hyphens = [8, 12, 16, 20].filter((position) => idDigits.length > position).length;
  return [0, idDigits.length + hyphens];
}

/** @returns The first and the last ID with these leading digits, as the store keeps them. */
export function idRange(idDigits: string): [Buffer, Buffer] {
  return [Buffer.from(idDigits.padEnd(32, '0'), 'hex'), Buffer.from(idDigits.padEnd(32, 'F'), 'hex')];
}

function hostnamePart(typed: string): string | null {
  if (typed.length > 255 || /[{}\p{Cc}]/u.test(typed)) return null;
  const parsed = parseHostname(typed);
  return parsed.status === 'ok' ? parsed.hostname : normaliseCase(typed);
}

/**
 * Two groups and more of a recovery password. Twelve and more digits in a row or in groups of six are taken for one too: of all key IDs
 * 0.4 % begin with twelve decimal digits, and whoever types one of those finds it with the first eleven. In the groups of an ID (8-4-4-4-12) it is an ID.
 */
function looksLikeRecoveryPassword(typed: string): boolean {
  if (/^\{?[0-9a-f]{8}-[0-9a-f]{1,4}(?:-|\}?$)/i.test(typed)) return false;
  const parsed = parseRecoveryPassword(typed);
  switch (parsed.status) {
    case 'ok': case 'wrong-groups': return true;
    case 'length': return parsed.digits >= 12;
    case 'letters': return (parsed.lookAlikes && (typed.match(/\d/g) ?? []).length >= 10) || findRecoveryPasswordWithin(typed) !== null;
  }
}
