// Opens a sealed key bundle on the desk (format: sealed-key-bundle.md): for looking at media and for proving what was written.
import { timingSafeEqual } from 'node:crypto';
import type { KeyProtectorId } from '../keys/key-protector-id.ts';
import { recoveryPasswordFromBytes } from '../keys/recovery-password.ts';
import type { RecoveryPassword } from '../keys/recovery-password.ts';
import { parseHex } from './field-values.ts';
import type { Passcode } from './passcode.ts';
import {
  ENTRY_LINE_BYTES, MAX_HEADER_BYTES, MAX_SHARD_BYTES, applyEntryStream, applyWrap, deriveEntryKeys, deriveRecordKey, deriveSlotId, formatHead, macOfEntry,
  macOfSlot, parseHeader, sha256, shardOf, shardPath, stretchPasscode, tagOf,
} from './sealed-key-bundle-format.ts';
import type { BundleHeader, EntryKeys } from './sealed-key-bundle-format.ts';

/** @returns At most `maxBytes` of the file, by its path relative to the bundle's folder; null when there is none. */
export type ReadBundleFile = (path: string, maxBytes: number) => Promise<Uint8Array | null>;

/** `found` is secret. `damaged`: there is something, and nothing of it may be used. */
export type FoundEntry =
  | { readonly status: 'found'; readonly recoveryPassword: RecoveryPassword }
  | { readonly status: 'not-on-this-medium' }
  | { readonly status: 'damaged' };

/** `slot` is the number of the technician's slot; `recordKey` signs this technician's attempt records and is secret. */
export type OpenedBundle =
  | {
    readonly status: 'opened'; readonly slot: number; readonly recordKey: Uint8Array; readonly header: BundleHeader;
    readonly find: (id: KeyProtectorId) => Promise<FoundEntry>;
  }
  | { readonly status: 'not-a-bundle' | 'damaged' | 'wrong-passcode' }
  | { readonly status: 'other-version'; readonly version: number };

/**
 * Opens a bundle with a passcode.
 *
 * @param readFile Lent; the files are untrusted.
 * @returns The bundle, of which `find` opens one entry (one more file read, at most 48 000 bytes), or why not. Does not look at the expiry.
 *          Throws only what `readFile` throws.
 */
export async function openSealedKeyBundle(readFile: ReadBundleFile, passcode: Passcode): Promise<OpenedBundle> {
  const bytes = await readFile('header.txt', MAX_HEADER_BYTES + 1);
  if (bytes === null) return { status: 'not-a-bundle' };
  const parsed = parseHeader(bytes);
  if (parsed.status !== 'ok') return parsed;
  const header = parsed.header;
  const stretched = await stretchPasscode(passcode, header.salt, header.iterations);
  const slotId = deriveSlotId(stretched);
  const index = header.slots.findIndex((slot) => slotId.equals(slot.slotId));
  const slot = header.slots[index];
  if (slot === undefined) return { status: 'wrong-passcode' };
  const mac = macOfSlot(stretched, index + 1, slot.slotId, slot.wrappedKey, formatHead(header, header.slots.length));
  if (!timingSafeEqual(mac, slot.slotMac)) return { status: 'damaged' };
  const keys = deriveEntryKeys(applyWrap(stretched, slot.wrappedKey));
  const headerDigest = sha256(Buffer.from(bytes).toString('latin1'));
  return {
    status: 'opened', slot: index + 1, recordKey: deriveRecordKey(stretched), header,
    find: (id) => findEntry(readFile, header, keys, headerDigest, id),
  };
}

async function findEntry(readFile: ReadBundleFile, header: BundleHeader, keys: EntryKeys, headerDigest: Uint8Array, id: KeyProtectorId): Promise<FoundEntry> {
  const tag = tagOf(keys, id);
  const bytes = await readFile(shardPath(shardOf(tag, header.shardBits)), MAX_SHARD_BYTES + 1);
  if (bytes === null || bytes.length > MAX_SHARD_BYTES || bytes.length % ENTRY_LINE_BYTES !== 0) return { status: 'damaged' };
  const text = Buffer.from(bytes).toString('latin1');
  const wanted = tag.toString('hex');
  for (let at = 0; at < text.length; at += ENTRY_LINE_BYTES) {
    if (text.startsWith(wanted, at)) return openEntry(text.slice(at, at + ENTRY_LINE_BYTES), keys, headerDigest, id);
  }
  return { status: 'not-on-this-medium' };
}

function openEntry(line: string, keys: EntryKeys, headerDigest: Uint8Array, id: KeyProtectorId): FoundEntry {
  const parts = /^[0-9a-f]{32} ([0-9a-f]{32}) ([0-9a-f]{32})\r\n$/.exec(line);
  const ct = parseHex(parts?.[1] ?? '', 16);
  const mac = parseHex(parts?.[2] ?? '', 16);
  if (ct === null || mac === null) return { status: 'damaged' };
  if (!timingSafeEqual(macOfEntry(keys, Buffer.from(id, 'latin1'), Buffer.from(ct), headerDigest), Buffer.from(mac))) return { status: 'damaged' };
  const recoveryPassword = recoveryPasswordFromBytes(applyEntryStream(keys, id, ct));
  return recoveryPassword === null ? { status: 'damaged' } : { status: 'found', recoveryPassword };
}
