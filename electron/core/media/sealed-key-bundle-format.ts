// The form of the sealed key bundle as sealed-key-bundle.md describes it: what its writer and its reader on the desk share.
// The agent has a reader of its own, written from that text alone.
import { createHash, createHmac, createSecretKey, pbkdf2 } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { KeyProtectorId } from '../keys/key-protector-id.ts';
import { findField, formatFieldLine, parseFieldLines } from './field-lines.ts';
import { parseCount, parseHex, parseInstant } from './field-values.ts';
import type { Passcode } from './passcode.ts';

export const MAX_HEADER_BYTES = 16_384;
export const ENTRY_LINE_BYTES = 100;
/** 480 lines and the largest header are 64 384 bytes: what opening one entry reads at most. */
export const MAX_SHARD_ENTRIES = 480;
export const MAX_SHARD_BYTES = MAX_SHARD_ENTRIES * ENTRY_LINE_BYTES;
export const MAX_SHARD_BITS = 16;
const MAX_SLOTS = 64;
const MAX_ITERATIONS = 1_000_000;

export type BundleSlot = { readonly slotId: Uint8Array; readonly wrappedKey: Uint8Array; readonly slotMac: Uint8Array };

export type BundleHeader = {
  readonly mediaId: string;
  /** For people; names no host. */
  readonly scope: string;
  /** UTC to the second, or null. */
  readonly expiresAt: string | null;
  readonly iterations: number;
  readonly salt: Uint8Array;
  readonly entries: number;
  readonly shardBits: number;
  readonly slots: readonly BundleSlot[];
};

/** Nothing in `header` may be believed before a slot was opened. */
export type ParsedBundleHeader =
  | { readonly status: 'ok'; readonly header: BundleHeader }
  | { readonly status: 'not-a-bundle' }
  | { readonly status: 'other-version'; readonly version: number }
  | { readonly status: 'damaged' };

export type EntryKeys = { readonly tag: KeyObject; readonly enc: KeyObject; readonly mac: KeyObject };

/** @returns The part of the header that the slots' macs cover, for that many slots. */
export function formatHead(header: Omit<BundleHeader, 'slots'>, slots: number): string {
  return 'bluelift-bundle 1\r\n' + formatFieldLine('mediaId', header.mediaId) + formatFieldLine('scope', header.scope)
    + formatFieldLine('expiresAt', header.expiresAt ?? 'none') + formatFieldLine('iterations', String(header.iterations))
    + formatFieldLine('salt', hex(header.salt)) + formatFieldLine('entries', String(header.entries))
    + formatFieldLine('shardBits', String(header.shardBits)) + formatFieldLine('slots', String(slots));
}

/** @returns The whole text of `header.txt`. */
export function formatHeader(header: BundleHeader): string {
  const lines = header.slots.map((slot, i) => formatFieldLine(`slot.${i + 1}`, `${hex(slot.slotId)} ${hex(slot.wrappedKey)} ${hex(slot.slotMac)}`));
  return formatHead(header, header.slots.length) + lines.join('');
}

/**
 * @param bytes Untrusted: `header.txt`, or its first bytes up to one more than `MAX_HEADER_BYTES`.
 * @returns The header, if it is exactly what `formatHeader` writes. Never throws.
 */
export function parseHeader(bytes: Uint8Array): ParsedBundleHeader {
  const text = Buffer.from(bytes).toString('latin1');
  const version = /^bluelift-bundle ([0-9]{1,5})\r?\n/.exec(text);
  if (version === null) return { status: 'not-a-bundle' };
  if (version[1] !== '1') return { status: 'other-version', version: Number(version[1]) };
  const parsed = bytes.length > MAX_HEADER_BYTES ? null : parseFieldLines(text);
  if (parsed?.status !== 'ok') return { status: 'damaged' };
  const field = (name: string): string => findField(parsed.lines, name) ?? '';
  const iterations = parseCount(field('iterations'), MAX_ITERATIONS);
  const salt = parseHex(field('salt'), 32);
  const entries = parseCount(field('entries'), MAX_SHARD_ENTRIES << MAX_SHARD_BITS);
  const shardBits = parseCount(field('shardBits'), MAX_SHARD_BITS);
  const slotCount = parseCount(field('slots'), MAX_SLOTS);
  if (iterations === null || salt === null || entries === null || shardBits === null || slotCount === null) return { status: 'damaged' };
  const slots: BundleSlot[] = [];
  for (let s = 1; s <= slotCount; s++) {
    const parts = field(`slot.${s}`).split(' ');
    const [slotId, wrappedKey, slotMac] = [parseHex(parts[0] ?? '', 16), parseHex(parts[1] ?? '', 32), parseHex(parts[2] ?? '', 32)];
    if (slotId === null || wrappedKey === null || slotMac === null) return { status: 'damaged' };
    slots.push({ slotId: Buffer.from(slotId), wrappedKey: Buffer.from(wrappedKey), slotMac: Buffer.from(slotMac) });
  }
  const expiresAt = field('expiresAt') === 'none' ? null : field('expiresAt');
  const header: BundleHeader = { mediaId: field('mediaId'), scope: field('scope'), expiresAt, iterations, salt: Buffer.from(salt), entries, shardBits, slots };
  // What was read must be all there is: order, spelling and spacing included.
  return faultOfHeader(header) === null && formatHeader(header) === text ? { status: 'ok', header } : { status: 'damaged' };
}

/** @returns The field that makes a header impossible, or null. */
export function faultOfHeader(header: BundleHeader): 'mediaId' | 'scope' | 'expiresAt' | 'iterations' | 'slots' | null {
  if (!/^[A-Z0-9-]{1,32}$/.test(header.mediaId)) return 'mediaId';
  if (header.scope.length < 1 || header.scope.length > 200) return 'scope';
  if (header.expiresAt !== null && parseInstant(header.expiresAt) === null) return 'expiresAt';
  if (!Number.isInteger(header.iterations) || header.iterations < 1 || header.iterations > MAX_ITERATIONS) return 'iterations';
  return header.slots.length < 1 || header.slots.length > MAX_SLOTS ? 'slots' : null;
}

/** @returns Where a shard lies, relative to the bundle's folder: `0f/0fff.txt`. */
export function shardPath(shard: number): string {
  const name = shard.toString(16).padStart(4, '0');
  return `${name.slice(0, 2)}/${name}.txt`;
}

/** @param tag Sixteen bytes. @param shardBits 0 to 16. @returns The number of the shard that holds the entry: the first bits of its tag. */
export function shardOf(tag: Uint8Array, shardBits: number): number {
  return (((tag[0] ?? 0) << 8) | (tag[1] ?? 0)) >> (16 - shardBits);
}

/** @returns U: what a passcode comes to under this salt, 32 bytes. Secret. */
export function stretchPasscode(passcode: Passcode, salt: Uint8Array, iterations: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    pbkdf2(passcode, salt, iterations, 32, 'sha256', (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}

/** @returns The key under which attempt records of a slot are signed, 32 bytes. Secret; kept in the media register only. */
export function deriveRecordKey(stretched: Uint8Array): Buffer {
  return hmac(stretched, 'record');
}

/** @param stretched The key a passcode stretches to; secret. @returns Sixteen bytes that stand in the header, by which the passcode's slot is found. */
export function deriveSlotId(stretched: Uint8Array): Buffer {
  return hmac(stretched, 'slot').subarray(0, 16);
}

/** Wraps and unwraps: exclusive or with the slot's own key stream. */
export function applyWrap(stretched: Uint8Array, key: Uint8Array): Buffer {
  return xor(key, hmac(stretched, 'wrap'));
}

/** @param slot From 1. @param head Header up to the slots, as it is written. @returns What proves a slot and the header above it under its passcode, 32 bytes. */
export function macOfSlot(stretched: Uint8Array, slot: number, slotId: Uint8Array, wrappedKey: Uint8Array, head: string): Buffer {
  return hmac(stretched, Buffer.concat([Buffer.from('wrapmac'), Buffer.from([slot]), slotId, wrappedKey, sha256(head)]));
}

/** Key objects: a MAC under one costs a fifth of a MAC under raw bytes (2 µs against 12). */
export function deriveEntryKeys(bundleKey: Uint8Array): EntryKeys {
  return {
    tag: createSecretKey(hmac(bundleKey, 'tag')), enc: createSecretKey(hmac(bundleKey, 'enc')), mac: createSecretKey(hmac(bundleKey, 'mac')),
  };
}

/** @returns Sixteen bytes by which an entry is found; without the bundle's key they tell nothing of the key protector ID. */
export function tagOf(keys: EntryKeys, id: KeyProtectorId): Buffer {
  return hmac(keys.tag, id).subarray(0, 16);
}

/** Seals and opens the 16 bytes of a recovery password. */
export function applyEntryStream(keys: EntryKeys, id: KeyProtectorId, bytes: ArrayLike<number>): Buffer {
  return xor(bytes, hmac(keys.enc, id));
}

/** @param id The 36 characters, as bytes. */
export function macOfEntry(keys: EntryKeys, id: Uint8Array, ct: Uint8Array, headerDigest: Uint8Array): Buffer {
  return createHmac('sha256', keys.mac).update(id).update(ct).update(headerDigest).digest().subarray(0, 16);
}

/** @param text ASCII. @returns 32 bytes. */
export function sha256(text: string): Buffer {
  return createHash('sha256').update(text, 'latin1').digest();
}

function hmac(key: Uint8Array | KeyObject, message: string | Uint8Array): Buffer {
  return createHmac('sha256', key).update(message).digest();
}

/** As long as the first; the second is at least that long. */
function xor(bytes: ArrayLike<number>, stream: Uint8Array): Buffer {
  const result = Buffer.alloc(bytes.length);
  for (let i = 0; i < bytes.length; i++) result[i] = (bytes[i] ?? 0) ^ (stream[i] ?? 0);
  return result;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
