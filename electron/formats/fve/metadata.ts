// Reads what a BitLocker volume says of itself while it is locked: volume ID, description, cipher, every key protector, which metadata copies are good.
// Layout: field notes on libbde and cryptsetup, checked on volumes Windows made (Windows 7 and later; Vista's layout is recognised and declined).
import { crc32 } from 'node:zlib';
import { keyProtectorIdFromBytes, type KeyProtectorId } from '../../core/keys/key-protector-id.ts';
import type { ReadAt } from '../fat/read.ts';
import { ENTRY, readEntries, readFileTime, readText, VALUE, viewOf, type FveEntry } from './entries.ts';
import { latin1 } from '../latin1.ts';

export type ProtectorKind = 'clear-key' | 'tpm' | 'startup-key' | 'tpm-and-startup-key' | 'tpm-and-pin' | 'tpm-and-pin-and-startup-key' | 'recovery-password' | 'smart-card' | 'password' | 'other';

/** One way to open the volume. */
export interface KeyProtector {
  readonly keyProtectorId: KeyProtectorId;
  readonly kind: ProtectorKind;
  /** The protection number as it stands on the volume. */
  readonly protection: number;
  readonly changedAt: string | null;
  /** Masked hint of the account a backup went to, where Windows wrote one. */
  readonly hint: string | null;
  /** What testing a recovery password needs; null for other kinds and for damaged ones. */
  readonly lock: RecoveryLock | null;
}

export interface RecoveryLock {
  /** 16 bytes. */
  readonly salt: Uint8Array;
  /** Nonce (12), tag (16), ciphertext: the volume master key under the stretched recovery password. */
  readonly sealedKey: Uint8Array;
  /** The recovery password itself under the volume master key; null where Windows did not write it. One known password reveals it. */
  readonly sealedPassword: Uint8Array | null;
}

/**
 * `behind-end`: the disk or image ends before it, as one that was copied in part does.
 * `outdated`: whole, and older than another one: Windows was interrupted while it wrote them, or it is left of an earlier encryption.
 */
export interface MetadataCopy { readonly offset: number; readonly state: 'good' | 'outdated' | 'damaged' | 'unreadable' | 'behind-end' }

export interface FveVolume {
  /** Unusable: wiped or overwritten; the volume was found by its metadata (search-metadata.ts). */
  readonly bootSector: 'good' | 'unusable';
  /** Null where the boot sector, which says it, is unusable. */
  readonly layout: 'fixed' | 'to-go' | null;
  /** True while Windows encrypts, or encrypted only the space in use. */
  readonly usedSpaceOnly: boolean;
  readonly volumeId: KeyProtectorId;
  /** As Windows wrote it: computer name, label or letter, date in the format of that computer. */
  readonly description: string | null;
  /** First word of the description; the computer's name as far as anybody kept to Windows' form. */
  readonly computerName: string | null;
  readonly cipher: string;
  readonly createdAt: string | null;
  readonly conversion: Conversion;
  readonly encryptedSizeBytes: number;
  readonly protectors: readonly KeyProtector[];
  readonly copies: readonly MetadataCopy[];
  /** Proof of the whole metadata under the volume master key: hash of what it covers, and the sealed hash. */
  readonly proof: { readonly covered: Uint8Array; readonly sealedHash: Uint8Array } | null;
}

/** How far Windows is with encrypting or decrypting; `decrypting` and `encrypting` go on by themselves once Windows runs. */
export type Conversion = 'encrypted' | 'encrypting' | 'decrypting' | 'paused' | 'decrypted' | 'unknown';

export type ReadVolume =
  | { readonly status: 'volume'; readonly volume: FveVolume }
  | { readonly status: 'not-bitlocker' }
  /** Vista wrote another layout. */
  | { readonly status: 'too-old' }
  /** BitLocker's mark is there and no copy of the metadata can be read. */
  | { readonly status: 'damaged'; readonly copies: readonly MetadataCopy[] };

const AREA_BYTES = 64 * 1024;
const SIGNATURE = '-FVE-FS-';
const IDENTIFIERS: Readonly<Record<string, { usedSpaceOnly: boolean }>> = {
  '4967D63B-2E29-4AD8-8399-F6A339E3D001': { usedSpaceOnly: false },
  '92A84D3B-DD80-4D0E-9E4E-B1E3284EAED8': { usedSpaceOnly: true },
};
const CIPHERS: Readonly<Record<number, string>> = {
  0x8000: 'AES-CBC 128 with diffuser', 0x8001: 'AES-CBC 256 with diffuser', 0x8002: 'AES-CBC 128', 0x8003: 'AES-CBC 256', 0x8004: 'XTS-AES 128', 0x8005: 'XTS-AES 256',
};
/** The TPM's kinds are sums of 0x100 TPM, 0x200 startup key, 0x400 PIN; 0x0700 follows from that and was not seen. */
const KINDS: Readonly<Record<number, ProtectorKind>> = {
  0x0000: 'clear-key', 0x0100: 'tpm', 0x0200: 'startup-key', 0x0300: 'tpm-and-startup-key', 0x0500: 'tpm-and-pin', 0x0700: 'tpm-and-pin-and-startup-key', 0x0800: 'recovery-password', 0x1000: 'smart-card', 0x2000: 'password',
};

/**
 * Reads the metadata of a volume that may be BitLocker's.
 *
 * @param readAt Untrusted bytes. @param offset Where the volume begins, in bytes.
 * @returns What it is; the newest copy that is good decides, the others are reported. Rejects only when `readAt` does.
 */
export async function readFveVolume(readAt: ReadAt, offset: number): Promise<ReadVolume> {
  const sector = await readAt(offset, 512);
  if (sector.length < 512) return { status: 'not-bitlocker' };
  const layout = layoutOf(sector);
  if (layout === null) return { status: latin1(sector.subarray(3, 11)) === SIGNATURE && sector[1] === 0x52 ? 'too-old' : 'not-bitlocker' };
  const view = viewOf(sector);
  const offsets = [16, 24, 32].map((at) => Number(view.getBigUint64(layout.at + at, true)));
  const { copies, volume } = await readCopies(readAt, offset, offsets, layout, null);
  return volume === null ? { status: 'damaged', copies } : { status: 'volume', volume: { ...volume, copies } };
}

/**
 * Reads the copy of the metadata at one place.
 *
 * @param place In bytes, absolute. @param start Where its volume is taken to begin; null: only what the copy itself says counts.
 * @returns How far behind the volume's beginning the copies lie, by what this one says, and the volume with all of them looked at; null when this copy is not good.
 */
export async function readCopiesFrom(readAt: ReadAt, place: number, start: number | null): Promise<{ readonly offsets: readonly number[]; readonly volume: FveVolume } | null> {
  const area = await readAt(place, AREA_BYTES).catch(() => new Uint8Array());
  const own = readCopy(area, null);
  if (own === null) return null;
  const view = viewOf(area);
  const offsets = [32, 40, 48].map((at) => Number(view.getBigUint64(at, true))).filter((offset) => Number.isSafeInteger(offset));
  if (start === null) return { offsets, volume: { ...own.volume, copies: [] } };
  const { copies, volume } = await readCopies(readAt, start, offsets, null, own.volume.volumeId);
  return { offsets, volume: { ...(volume ?? own.volume), copies } };
}

/** @param ofVolume Whose copies count; null: that of most of them, of the latest encryption where as many are of another. */
async function readCopies(readAt: ReadAt, start: number, offsets: readonly number[], layout: Layout | null, ofVolume: KeyProtectorId | null): Promise<{ copies: MetadataCopy[]; volume: Omit<FveVolume, 'copies'> | null }> {
  const found: { readonly offset: number; readonly state: MetadataCopy['state']; readonly read: ReadCopy | null }[] = [];
  for (const copyOffset of offsets) {
    // A copy that lies on a bad sector, or behind the end of a device that refuses to be read there, is one that is not there.
    const area = Number.isSafeInteger(start + copyOffset) ? await readAt(start + copyOffset, AREA_BYTES).catch(() => null) : null;
    const read = area === null ? null : readCopy(area, layout);
    found.push({ offset: copyOffset, read, state: read !== null ? 'good' : area === null ? 'unreadable' : area.length < AREA_BYTES ? 'behind-end' : latin1(area.subarray(0, 8)) === SIGNATURE ? 'damaged' : 'unreadable' });
  }
  const newest = newestOf(found.flatMap(({ read }) => (read === null ? [] : [read])), ofVolume);
  const isOutdated = (read: ReadCopy | null): boolean => read !== null && newest !== null && (read.volume.volumeId !== newest.volume.volumeId || read.generation < newest.generation);
  return { copies: found.map(({ offset, state, read }) => ({ offset, state: isOutdated(read) ? 'outdated' : state })), volume: newest?.volume ?? null };
}

function newestOf(copies: readonly ReadCopy[], ofVolume: KeyProtectorId | null): ReadCopy | null {
  const alike = ({ volume: { volumeId } }: ReadCopy): number => copies.filter(({ volume }) => volume.volumeId === volumeId).length;
  const [newest] = copies.filter(({ volume }) => ofVolume === null || volume.volumeId === ofVolume).toSorted((one, other) =>
    alike(other) - alike(one) || Date.parse(other.volume.createdAt ?? '1601') - Date.parse(one.volume.createdAt ?? '1601') || other.generation - one.generation);
  return newest ?? null;
}

interface Layout { readonly at: number; readonly kind: FveVolume['layout']; readonly usedSpaceOnly: boolean }

function layoutOf(sector: Uint8Array): Layout | null {
  // Known by BitLocker's identifier. The OEM name is `-FVE-FS-`; To Go shows itself as FAT to those who can not unlock it, with whatever name its formatter wrote.
  for (const at of [160, 424]) {
    const identifier = IDENTIFIERS[keyProtectorIdFromBytes(sector.subarray(at, at + 16)) ?? ''];
    if (identifier !== undefined) return { at, kind: at === 160 ? 'fixed' : 'to-go', ...identifier };
  }
  return null;
}

/** Whether the first 80 bytes of a copy could be those of a good one; with fewer nobody can tell yet. */
export function mayBeCopy(bytes: Uint8Array): boolean {
  if (bytes.length < 80) return true;
  const { version, coveredBytes, metadataBytes } = readSizes(viewOf(bytes));
  return version === 2 && coveredBytes + 8 <= AREA_BYTES && metadataBytes >= 48 && 64 + metadataBytes <= coveredBytes;
}

const readSizes = (view: DataView): { version: number; coveredBytes: number; metadataBytes: number } => ({ version: view.getUint16(10, true), coveredBytes: view.getUint16(8, true) << 4, metadataBytes: view.getUint32(64, true) });

/** `generation`: the next number of a nonce, which grows with everything Windows seals into the metadata; the volumes Windows made have copies that are alike. */
interface ReadCopy { readonly volume: Omit<FveVolume, 'copies'>; readonly generation: number }

/** @returns null unless signature, sizes and checksum are right and the entries can be walked. */
function readCopy(area: Uint8Array, layout: Layout | null): ReadCopy | null {
  if (area.length < 256 || latin1(area.subarray(0, 8)) !== SIGNATURE || !mayBeCopy(area)) return null;
  const view = viewOf(area);
  const { coveredBytes, metadataBytes } = readSizes(view);
  if (coveredBytes + 8 > area.length) return null;
  const covered = area.subarray(0, coveredBytes);
  if (crc32(covered) !== view.getUint32(coveredBytes + 4, true)) return null;
  const volumeId = keyProtectorIdFromBytes(area.subarray(80, 96));
  const entries = readEntries(area.subarray(112, 64 + metadataBytes));
  if (volumeId === null || entries === null) return null;
  const description = entries.find(({ entryType, valueType }) => entryType === ENTRY.description && valueType === VALUE.text);
  const text = description === undefined ? null : readText(description.data);
  const sealedHash = (readEntries(area.subarray(coveredBytes + 8, Math.min(area.length, coveredBytes + 8 + 512))) ?? []).find(({ valueType }) => valueType === VALUE.aesCcmKey);
  const cipher = view.getUint16(100, true);
  const volume: ReadCopy['volume'] = {
    bootSector: layout === null ? 'unusable' : 'good', layout: layout?.kind ?? null, usedSpaceOnly: layout?.usedSpaceOnly ?? false, volumeId, description: text, computerName: text === null ? null : (/^\S+/.exec(text)?.[0] ?? null),
    cipher: CIPHERS[cipher] ?? `0x${cipher.toString(16)}`, createdAt: readFileTime(view, 104), conversion: conversionOf(view.getUint16(12, true), view.getUint16(14, true)), encryptedSizeBytes: Number(view.getBigUint64(16, true)),
    protectors: entries.flatMap(readProtector), proof: sealedHash === undefined ? null : { covered, sealedHash: sealedHash.data },
  };
  return { volume, generation: view.getUint32(96, true) };
}

/** @source dislocker's names for the present state and the next one: 1 decrypted, 2 switching, 3 encrypt-on-write, 4 encrypted, 5 paused. */
function conversionOf(state: number, next: number): Conversion {
  if (state === 2) return next === 1 ? 'decrypting' : 'encrypting';
  return state === 5 ? 'paused' : state === 1 ? 'decrypted' : state === 3 || state === 4 ? 'encrypted' : 'unknown';
}

function readProtector({ entryType, valueType, data }: FveEntry): KeyProtector[] {
  if (entryType !== ENTRY.volumeMasterKey || valueType !== VALUE.volumeMasterKey || data.length < 28) return [];
  const keyProtectorId = keyProtectorIdFromBytes(data.subarray(0, 16));
  if (keyProtectorId === null) return [];
  const view = viewOf(data);
  const protection = view.getUint16(26, true);
  const properties = readEntries(data.subarray(28)) ?? [];
  const find = (type: number): Uint8Array | undefined => properties.find((property) => property.valueType === type)?.data;
  const stretch = find(VALUE.stretchKey);
  const sealedKey = find(VALUE.aesCcmKey);
  const hint = find(VALUE.hint);
  const lock = protection === 0x0800 && stretch !== undefined && stretch.length >= 20 && sealedKey !== undefined && sealedKey.length === 12 + 16 + 44
    ? { salt: stretch.subarray(4, 20), sealedKey, sealedPassword: sealedPasswordOf(stretch.subarray(20)) } : null;
  return [{ keyProtectorId, kind: KINDS[protection] ?? 'other', protection, changedAt: readFileTime(view, 16), hint: hint === undefined ? null : readText(hint), lock }];
}

/** Entries behind the salt: the first under the volume master key whose plain text is a key of 16 bytes (12 + 16 behind nonce and tag). */
function sealedPasswordOf(bytes: Uint8Array): Uint8Array | null {
  return (readEntries(bytes) ?? []).find(({ valueType, data }) => valueType === VALUE.aesCcmKey && data.length === 12 + 16 + 12 + 16)?.data ?? null;
}
