// Constructs an empty BitLocker volume from the documented layout alone, complete enough that dislocker opens it for writing.
// Made-up keys, nothing of Windows in it. Source of the layout: libbde's and dislocker's descriptions of FVE metadata version 2.
import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { keyProtectorIdFromBytes } from '../../../electron/core/keys/key-protector-id.ts';
import { recoveryPasswordFromBytes } from '../../../electron/core/keys/recovery-password.ts';
import { stretchKey } from '../../../electron/formats/fve/stretch.ts';
import type { LockedVolume, Protector } from './locked-volume.ts';

const MIB = 1 << 20;
const SIZE_BYTES = 64 * MIB;
const SECTOR_BYTES = 512;
const METADATA_BYTES = 65_536;
/** The first sectors of the plain volume are kept elsewhere, because FVE's own header stands in their place. */
const HEADER_BYTES = 8192;
/** Far up, where a small new NTFS puts nothing: what is written there is lost. */
const METADATA_OFFSETS = [48 * MIB, 52 * MIB, 56 * MIB];
const HEADER_OFFSET = 60 * MIB;
const SIGNATURE = Buffer.from('-FVE-FS-');
/** {4967D63B-2E29-4AD8-8399-F6A339E3D001}: the mark of a BitLocker volume. */
const VOLUME_MARK = Buffer.from('3bd66749292ed84a8399f6a339e3d001', 'hex');
const METHOD_XTS_128 = 0x8004;
/** Methods of keys that wrap other keys, as they stand in the metadata. */
const METHOD_STRETCHED = 0x1000;
const METHOD_WRAPPED = 0x2003;
const METHOD_PASSWORD_COPY = 0x2008;
const METHOD_HASH = 0x2005;
const PROTECTED_BY_RECOVERY_PASSWORD = 0x0800;
const ENTRY_PROTECTOR = 2;
const ENTRY_VOLUME_KEY = 3;
const ENTRY_DESCRIPTION = 7;
const ENTRY_HEADER_PLACE = 15;

/** @returns A locked volume with that many recovery passwords. It holds no file system yet. */
export async function constructLockedVolume(image: string, recoveryPasswords: number): Promise<LockedVolume> {
  const seal = makeSealer();
  const masterKey = randomBytes(32);
  const protectors: Protector[] = [];
  const entries: Buffer[] = [];
  for (let i = 0; i < recoveryPasswords; i++) {
    const { protector, bytes } = constructProtector(masterKey, seal);
    protectors.push(protector);
    entries.push(bytes);
  }
  entries.push(
    entry(ENTRY_VOLUME_KEY, 5, seal(masterKey, keyDatum(METHOD_XTS_128, randomBytes(32)))),
    entry(ENTRY_DESCRIPTION, 2, Buffer.from('CONSTRUCTED rehearsal\0', 'utf16le')),
    entry(ENTRY_HEADER_PLACE, 15, Buffer.concat([uint64(HEADER_OFFSET), uint64(HEADER_BYTES)])),
  );
  const metadata = constructMetadata(Buffer.concat(entries), masterKey, seal);
  const file = await open(image, 'w');
  try {
    await file.truncate(SIZE_BYTES);
    await file.write(constructVolumeHeader(), 0, SECTOR_BYTES, 0);
    for (const offset of METADATA_OFFSETS) await file.write(metadata, 0, metadata.length, offset);
  } finally {
    await file.close();
  }
  return { image, protectors, madeBy: 'constructed' };
}

type Seal = (key: Uint8Array, plain: Uint8Array) => Buffer;

/** AES-256-CCM as FVE lays it out: nonce (time and counter), tag, ciphertext. */
function makeSealer(): Seal {
  let counter = 0;
  return (key, plain) => {
    const nonce = Buffer.concat([uint64(fileTime()), uint32(++counter)]);
    const cipher = createCipheriv('aes-256-ccm', key, nonce, { authTagLength: 16 });
    const sealed = cipher.update(plain);
    cipher.final();
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
  };
}

function constructProtector(masterKey: Uint8Array, seal: Seal): { readonly protector: Protector; readonly bytes: Buffer } {
  const idBytes = randomBytes(16);
  const password = randomBytes(16);
  const salt = randomBytes(16);
  const keyProtectorId = keyProtectorIdFromBytes(idBytes);
  const recoveryPassword = recoveryPasswordFromBytes(password);
  if (keyProtectorId === null || recoveryPassword === null) throw new Error('16 bytes are always both');
  const stretching = stretchKey(password, salt);
  let step = stretching.next();
  while (step.done !== true) step = stretching.next();
  const stretchEntry = entry(0, 3, Buffer.concat([
    uint32(METHOD_STRETCHED), salt,
    // What Windows keeps so that an administrator can be shown the recovery password of an open volume.
    entry(18, 5, seal(masterKey, keyDatum(METHOD_STRETCHED, password))), entry(19, 5, seal(masterKey, keyDatum(METHOD_PASSWORD_COPY, step.value))),
  ]));
  const body = Buffer.concat([idBytes, uint64(fileTime()), uint16(0), uint16(PROTECTED_BY_RECOVERY_PASSWORD), stretchEntry, entry(0, 5, seal(step.value, keyDatum(METHOD_WRAPPED, masterKey)))]);
  return { protector: { keyProtectorId, recoveryPassword }, bytes: entry(ENTRY_PROTECTOR, 8, body) };
}

/** The information block with its checksum and the master key's proof over it. */
function constructMetadata(entries: Buffer, masterKey: Uint8Array, seal: Seal): Buffer {
  const datasetBytes = 48 + entries.length;
  const blockBytes = Math.ceil((64 + datasetBytes) / 16) * 16;
  const block = Buffer.concat([
    SIGNATURE, uint16(blockBytes >> 4), uint16(2), uint16(4), uint16(4), uint64(SIZE_BYTES), uint32(0), uint32(HEADER_BYTES / SECTOR_BYTES),
    ...METADATA_OFFSETS.map(uint64), uint64(HEADER_OFFSET),
    uint32(datasetBytes), uint32(1), uint32(48), uint32(datasetBytes), randomBytes(16), uint32(1000), uint16(METHOD_XTS_128), uint16(METHOD_XTS_128), uint64(fileTime()),
    entries, Buffer.alloc(blockBytes - 64 - datasetBytes),
  ]);
  const proof = seal(masterKey, keyDatum(METHOD_HASH, createHash('sha256').update(block).digest()));
  const validation = Buffer.concat([uint16(8 + 8 + proof.length), uint16(2), uint32(crc32(block)), entry(0, 5, proof)]);
  return Buffer.concat([block, validation], METADATA_BYTES);
}

function constructVolumeHeader(): Buffer {
  const sector = Buffer.alloc(SECTOR_BYTES);
  sector.set([0xeb, 0x58, 0x90], 0);
  SIGNATURE.copy(sector, 3);
  sector.writeUInt16LE(SECTOR_BYTES, 11);
  sector.writeUInt8(8, 13);
  sector.write('FAT32   ', 82, 'latin1');
  sector.write('NO NAME    ', 71, 'latin1');
  VOLUME_MARK.copy(sector, 160);
  METADATA_OFFSETS.forEach((offset, index) => uint64(offset).copy(sector, 176 + 8 * index));
  sector.set([0x55, 0xaa], 510);
  return sector;
}

function entry(entryKind: number, valueKind: number, value: Uint8Array): Buffer {
  return Buffer.concat([uint16(8 + value.length), uint16(entryKind), uint16(valueKind), uint16(1), value]);
}

function keyDatum(method: number, key: Uint8Array): Buffer {
  return Buffer.concat([uint16(12 + key.length), uint16(0), uint16(1), uint16(0), uint32(method), key]);
}

/** 2024-07-19 04:09 UTC in units of 100 ns since 1601. */
function fileTime(): number {
  return (Date.UTC(2024, 6, 19, 4, 9) + 11_644_473_600_000) * 10_000;
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
