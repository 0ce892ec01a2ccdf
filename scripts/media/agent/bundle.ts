// Reads the sealed key bundle: written from electron/core/media/sealed-key-bundle.md alone, apart from the desk's reader,
// so that each shows the other's mistakes. Opening one entry reads the header and one shard, nothing else.
import { findField, parseFieldLines } from '../../../electron/core/media/field-lines.ts';
import { formatHex, parseCount, parseHex, parseInstant } from '../../../electron/core/media/field-values.ts';
import { recoveryPasswordFromBytes } from '../../../electron/core/keys/recovery-password.ts';
import type { Passcode } from '../../../electron/core/media/passcode.ts';
import type { RecoveryPassword } from '../../../electron/core/keys/recovery-password.ts';
import { asciiBytes } from './byte-table.ts';
import type { Files } from './ports.ts';
import { hmac, makeHmacKey, pbkdf2, sha256 } from './sha256.ts';
import type { HmacKey } from './sha256.ts';

const MOST_HEADER_BYTES = 16384;
const MOST_SHARD_BYTES = 48000;
const LINE_BYTES = 100;
const FIELDS_BEFORE_SLOTS = 8;

export type Header = {
  readonly mediaId: string;
  readonly expiresAtMs: number | null;
  readonly iterations: number;
  readonly salt: readonly number[];
  readonly shardBits: number;
  readonly slots: readonly Slot[];
  /** SHA-256 of the bytes up to the line `slots=`, and of all. */
  readonly headDigest: readonly number[];
  readonly digest: readonly number[];
};
type Slot = { readonly id: readonly number[]; readonly wrappedKey: readonly number[]; readonly mac: readonly number[] };

export type ReadHeader = { readonly status: 'ok'; readonly header: Header } | { readonly status: 'missing' | 'another-version' | 'damaged' };

/** An open bundle. `recordKey` signs attempt records. All of it secret but the slot. */
export type OpenBundle = {
  readonly header: Header;
  readonly slot: number;
  readonly recordKey: HmacKey;
  readonly tagKey: HmacKey;
  readonly encKey: HmacKey;
  readonly macKey: HmacKey;
};
export type OpenedSlot = { readonly status: 'ok'; readonly bundle: OpenBundle } | { readonly status: 'wrong-passcode' | 'damaged' };

export type OpenedEntry =
  | { readonly status: 'opened'; readonly recoveryPassword: RecoveryPassword }
  | { readonly status: 'not-on-this-medium' | 'damaged' };

/** @param folder The bundle's folder, with a backslash at the end. */
export function readHeader(files: Files, folder: string): ReadHeader {
  const text = files.readText(`${folder}header.txt`, MOST_HEADER_BYTES + 1);
  if (text === null) return { status: 'missing' };
  if (/^bluelift-bundle [0-9]+\r\n/.test(text) && text.indexOf('bluelift-bundle 1\r\n') !== 0) return { status: 'another-version' };
  const header = text.length > MOST_HEADER_BYTES ? null : parseHeader(text);
  return header === null ? { status: 'damaged' } : { status: 'ok', header: header };
}

/**
 * Finds the slot of a passcode and takes the keys out. About a second in script host.
 *
 * @param passcode As `parsePasscode` returns it, so that a slip was told apart before.
 */
export function openSlot(header: Header, passcode: Passcode): OpenedSlot {
  const u = makeHmacKey(pbkdf2(asciiBytes(passcode), header.salt, header.iterations));
  const id = hmac(u, asciiBytes('slot')).slice(0, 16);
  for (let s = 1; s <= header.slots.length; s++) {
    const slot = header.slots[s - 1];
    if (slot === undefined || !isSame(slot.id, id)) continue;
    const covered = asciiBytes('wrapmac').concat([s], slot.id, slot.wrappedKey, header.headDigest);
    if (!isSame(hmac(u, covered), slot.mac)) return { status: 'damaged' };
    return { status: 'ok', bundle: deriveBundle(header, s, u, slot) };
  }
  return { status: 'wrong-passcode' };
}

/** @param id Key protector ID in canonical form. @returns Its recovery password, or why not: damaged says nothing of the entry. */
export function openEntry(files: Files, folder: string, bundle: OpenBundle, id: string): OpenedEntry {
  const idBytes = asciiBytes(id);
  const tag = hmac(bundle.tagKey, idBytes).slice(0, 16);
  const bits = bundle.header.shardBits;
  const shard = (((tag[0] as number) << 8) | (tag[1] as number)) >> (16 - bits); // sixteen bytes, made above
  const name = hex4(shard);
  const text = files.readText(`${folder}${name.substring(0, 2)}\\${name}.txt`, MOST_SHARD_BYTES + 1);
  if (text === null || text.length > MOST_SHARD_BYTES || text.length % LINE_BYTES !== 0) return { status: 'damaged' };
  const wanted = `${formatHex(tag)} `;
  for (let at = 0; at < text.length; at += LINE_BYTES) {
    if (text.substring(at, at + wanted.length) !== wanted) continue;
    const line = /^[0-9a-f]{32} ([0-9a-f]{32}) ([0-9a-f]{32})\r\n$/.exec(text.substring(at, at + LINE_BYTES));
    const ct = line === null ? null : parseHex(line[1] || '', 16);
    const mac = line === null ? null : parseHex(line[2] || '', 16);
    if (ct === null || mac === null) return { status: 'damaged' };
    if (!isSame(hmac(bundle.macKey, idBytes.concat(ct, bundle.header.digest)).slice(0, 16), mac)) return { status: 'damaged' };
    const recoveryPassword = recoveryPasswordFromBytes(xor(ct, hmac(bundle.encKey, idBytes).slice(0, 16)));
    return recoveryPassword === null ? { status: 'damaged' } : { status: 'opened', recoveryPassword: recoveryPassword };
  }
  return { status: 'not-on-this-medium' };
}

function deriveBundle(header: Header, slotNumber: number, u: HmacKey, slot: Slot): OpenBundle {
  const b = makeHmacKey(xor(slot.wrappedKey, hmac(u, asciiBytes('wrap'))));
  const subKey = (label: string): HmacKey => makeHmacKey(hmac(b, asciiBytes(label)));
  return {
    header: header, slot: slotNumber, recordKey: makeHmacKey(hmac(u, asciiBytes('record'))),
    tagKey: subKey('tag'), encKey: subKey('enc'), macKey: subKey('mac'),
  };
}

function parseHeader(text: string): Header | null {
  const parsed = parseFieldLines(text);
  if (parsed.status !== 'ok' || /[^\r]\n/.test(text)) return null;
  const lines = parsed.lines;
  const names = 'mediaId scope expiresAt iterations salt entries shardBits slots'.split(' ');
  for (let i = 0; i < FIELDS_BEFORE_SLOTS; i++) {
    const field = lines.fields[i];
    if (field === undefined || field.name !== names[i]) return null;
  }
  const value = (name: string): string => findField(lines, name) || '';
  const expiresAt = value('expiresAt');
  const expiresAtMs = expiresAt === 'none' ? null : parseInstant(expiresAt);
  const iterations = parseCount(value('iterations'), 1000000);
  const salt = parseHex(value('salt'), 32);
  const shardBits = parseCount(value('shardBits'), 16);
  const slotCount = parseCount(value('slots'), 64);
  if (!/^[A-Z0-9-]{1,32}$/.test(value('mediaId')) || value('scope').length < 1 || value('scope').length > 200) return null;
  if (expiresAtMs === null && expiresAt !== 'none') return null;
  if (!iterations || salt === null || shardBits === null || !slotCount || parseCount(value('entries'), 999999999) === null) return null;
  if (lines.fields.length !== FIELDS_BEFORE_SLOTS + slotCount) return null;
  const slots: Slot[] = [];
  for (let s = 1; s <= slotCount; s++) {
    const field = lines.fields[FIELDS_BEFORE_SLOTS + s - 1];
    const parts = field === undefined || field.name !== `slot.${s}` ? null : /^([0-9a-f]{32}) ([0-9a-f]{64}) ([0-9a-f]{64})$/.exec(field.value);
    const id = parts === null ? null : parseHex(parts[1] || '', 16);
    const wrappedKey = parts === null ? null : parseHex(parts[2] || '', 32);
    const mac = parts === null ? null : parseHex(parts[3] || '', 32);
    if (id === null || wrappedKey === null || mac === null) return null;
    slots.push({ id: id, wrappedKey: wrappedKey, mac: mac });
  }
  const headEnd = text.indexOf('\r\nslot.1=') + 2;
  return {
    mediaId: value('mediaId'), expiresAtMs: expiresAtMs, iterations: iterations, salt: salt, shardBits: shardBits, slots: slots,
    headDigest: sha256(asciiBytes(text.substring(0, headEnd))), digest: sha256(asciiBytes(text)),
  };
}

function xor(a: readonly number[], b: readonly number[]): number[] {
  const bytes: number[] = [];
  for (let i = 0; i < a.length; i++) bytes.push((a[i] as number) ^ (b[i] as number)); // equal lengths: 16 or 32 on both sides
  return bytes;
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  let different = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) different |= (a[i] as number) ^ (b[i] || 0);
  return different === 0;
}

function hex4(number: number): string {
  const digits = number.toString(16);
  return '0000'.substring(digits.length) + digits;
}
