// Windows LAPS passwords (of local administrators) in whatever a directory, a tenant or a tool gives of a computer. They have no shape of their own:
// what is secret is known by its place alone, so no cell of such a place is ever repeated anywhere.
import type { RejectReason } from './reasons.ts';
import { parseFiletime, parseInstant } from './instants.ts';

/** `password` is secret. Instants are ISO-8601 UTC; legacy LAPS keeps no time of update, only of expiry. */
export type GivenLapsPassword = { readonly account: string | null; readonly password: string; readonly updatedAt: string | null; readonly expiresAt: string | null };

/** What one computer's row or entry says of its LAPS password. `encrypted`: there is one that only its own decryptors can open. */
export type LapsFinding = { readonly passwords: readonly GivenLapsPassword[]; readonly encrypted: boolean; readonly rejected: RejectReason | null };

/** UTF-8. Windows LAPS makes at most 64 characters, or ten words of at most nine letters. */
export const LONGEST_LAPS_BYTES = 126;
const NOTHING: LapsFinding = { passwords: [], encrypted: false, rejected: null };

/** @returns Nothing found is not the same as rejected: most computers have no LAPS password. */
export const isEmptyFinding = ({ passwords, encrypted, rejected }: LapsFinding): boolean => passwords.length === 0 && !encrypted && rejected === null;

/**
 * One password with what is said of it.
 *
 * @param cell Untrusted, secret: the password itself, or the JSON of `msLAPS-Password`.
 * @source `{"n":"Administrator","t":"1d8161b41c41cde","p":"…"}`: account, hexadecimal FILETIME of the update, password (MS-ADA2 2.64).
 */
export function readLapsPassword(cell: string, { account, updatedAt, expiresAt }: Omit<GivenLapsPassword, 'password'>): LapsFinding {
  const text = cell.replace(/^[\r\n\t ]+|[\r\n\t ]+$/g, '');
  if (text === '' || /^(?:null|n\/a|none|-)$/i.test(text)) return NOTHING;
  if (/^\{\s*"[ntp]"\s*:/.test(text)) return readJson(text, { account, updatedAt, expiresAt });
  // Get-LapsADPassword without -AsPlainText, exported: the name of a type, or the length ConvertTo-Json found in it.
  if (/^System\.Security\.SecureString$/i.test(text) || /^\{?\s*"?Length"?\s*[:=]/i.test(text)) return { ...NOTHING, rejected: 'laps-password-not-plain' };
  if (/^System\.[\w.]+(?:\[\])?$/.test(text)) return { ...NOTHING, rejected: 'exporter-lost-bytes' };
  return kept({ account: fact(account), password: text, updatedAt, expiresAt });
}

function readJson(text: string, { account, updatedAt, expiresAt }: Omit<GivenLapsPassword, 'password'>): LapsFinding {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ...NOTHING, rejected: 'laps-password-unreadable' };
  }
  const { n, t, p } = value as Readonly<Record<string, unknown>>; // begins with a brace
  if (typeof p !== 'string' || p === '') return { ...NOTHING, rejected: 'laps-password-unreadable' };
  return kept({ account: (typeof n === 'string' ? fact(n) : null) ?? fact(account), password: p, updatedAt: (typeof t === 'string' ? parseHexFiletime(t) : null) ?? updatedAt, expiresAt });
}

/** A NUL or a line break is in no password that a person can type. */
const kept = (given: GivenLapsPassword): LapsFinding =>
  /[\0-\x1f\x7f]/.test(given.password) || new TextEncoder().encode(given.password).length > LONGEST_LAPS_BYTES ? { ...NOTHING, rejected: 'laps-password-unreadable' } : { ...NOTHING, passwords: [given] };

/** `1d8161b41c41cde`: 100 ns since 1601. */
export const parseHexFiletime = (text: string): string | null => (/^[0-9a-f]{14,16}$/i.test(text.trim()) ? parseFiletime(BigInt(`0x${text.trim()}`).toString()) : null);

/**
 * Whether the cells of a column are passwords as LAPS makes them: drawn at random from several kinds of characters, all of one length, none like another.
 *
 * @param cells  Untrusted, of one column, blank ones left out. Secret if they are.
 */
export function areLapsPasswords(cells: readonly string[]): boolean {
  if (cells.length === 0 || new Set(cells).size < cells.length) return false;
  const drawn = cells.filter(isDrawn);
  const lengths = new Map<number, number>();
  for (const { length } of drawn) lengths.set(length, (lengths.get(length) ?? 0) + 1);
  return Math.max(0, ...lengths.values()) >= cells.length * 0.8 && drawn.filter(hasSign).length * 2 >= drawn.length;
}

/** @returns Whether a cell, whatever column it is in, is better not shown: it is what LAPS draws. */
export const mayBeLapsPassword = (cell: string): boolean => isDrawn(cell) && hasSign(cell);

const isDrawn = (cell: string): boolean => cell.length >= 8 && cell.length <= 64 && !/\s/.test(cell) && /[a-z]/.test(cell) && /[A-Z]/.test(cell) && /[\d\W]/.test(cell) && !OTHERWISE_MIXED.test(cell);
/** Base64, names in a directory, addresses, accounts. */
const OTHERWISE_MIXED = /==$|^CN=|^\w+:\/\/|^[\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}$|^[A-Z][\w-]*\\[\w.-]+\$?$/;
const hasSign = (cell: string): boolean => /[^\p{L}\d._-]/u.test(cell);

/** A FILETIME of a directory, or a date of an export. */
export const lapsInstant = (text: string): string | null => parseFiletime(text) ?? parseInstant(text);

const fact = (text: string | null): string | null => (text === null || text.trim() === '' || text.length > 256 ? null : text.trim());

/** Attributes of a computer, in lower case. */
export const LAPS_ATTRIBUTES = ['ms-mcs-admpwd', 'ms-mcs-admpwdexpirationtime', 'mslaps-password', 'mslaps-passwordexpirationtime', 'mslaps-encryptedpassword'] as const;

/**
 * A computer's entry in a directory, from LDAP or LDIF.
 *
 * @param value The first value of an attribute as text, null when it is not there.
 */
export function lapsOfEntry(value: (attribute: (typeof LAPS_ATTRIBUTES)[number]) => string | null): LapsFinding {
  const windows = readLapsPassword(value('mslaps-password') ?? '', { account: null, updatedAt: null, expiresAt: lapsInstant(value('mslaps-passwordexpirationtime') ?? '') });
  const legacy = readLapsPassword(value('ms-mcs-admpwd') ?? '', { account: null, updatedAt: null, expiresAt: lapsInstant(value('ms-mcs-admpwdexpirationtime') ?? '') });
  return joined([windows, legacy], value('mslaps-encryptedpassword') !== null);
}

export const joined = (findings: readonly LapsFinding[], encrypted = false): LapsFinding => ({
  passwords: findings.flatMap(({ passwords }) => passwords), encrypted: encrypted || findings.some((finding) => finding.encrypted), rejected: findings.find(({ rejected }) => rejected !== null)?.rejected ?? null,
});

/** The modules of PowerShell write Graph's names with capitals. */
export const inLowerCase = (record: object): Readonly<Record<string, unknown>> => Object.fromEntries(Object.entries(record).map(([name, value]) => [name.toLowerCase(), value]));

/** Graph's `deviceLocalCredentialInfo`, got with `$select=credentials`: base64 of the password's UTF-8; every field untrusted, names in any case. */
export function lapsOfCredentials(info: Readonly<Record<string, unknown>>): LapsFinding {
  const { credentials, refreshdatetime: refreshDateTime } = inLowerCase(info);
  if (!Array.isArray(credentials)) return NOTHING;
  const expiresAt = typeof refreshDateTime === 'string' ? parseInstant(refreshDateTime) : null;
  // The newest is valid; those before it stay in the list as history and expired long ago.
  const read = credentials.map((one: unknown) => {
    const { accountname: accountName, backupdatetime: backupDateTime, passwordbase64: passwordBase64 } = inLowerCase(typeof one === 'object' && one !== null ? one : {});
    const password = typeof passwordBase64 === 'string' ? decodeBase64(passwordBase64) : null;
    if (password === null) return { ...NOTHING, rejected: passwordBase64 === undefined ? null : 'laps-password-unreadable' } as LapsFinding;
    return readLapsPassword(password, { account: typeof accountName === 'string' ? accountName : null, updatedAt: typeof backupDateTime === 'string' ? parseInstant(backupDateTime) : null, expiresAt: null });
  });
  const finding = joined(read);
  const newest = finding.passwords.reduce((last, { updatedAt }) => (updatedAt !== null && updatedAt > last ? updatedAt : last), '');
  return { ...finding, passwords: finding.passwords.map((one) => (one.updatedAt === newest || finding.passwords.length === 1 ? { ...one, expiresAt } : one)) };
}

/** UTF-8, or UTF-16 little-endian where every second byte is zero. */
function decodeBase64(encoded: string): string | null {
  let bytes: Uint8Array;
  try {
    bytes = Uint8Array.from(atob(encoded.trim()), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
  const wide = bytes.length >= 2 && bytes.length % 2 === 0 && bytes.every((byte, at) => at % 2 === 0 || byte === 0);
  try {
    return new TextDecoder(wide ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
