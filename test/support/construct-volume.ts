// Constructs a small BitLocker volume from the documented layout, with made-up keys: no Windows data in it. cryptsetup accepts it (test/oracles).
import { createCipheriv, createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { keyProtectorIdToBytes, parseKeyProtectorId, type KeyProtectorId } from '../../electron/core/keys/key-protector-id.ts';
import { constructedKeyProtectorId, constructedPassword16 } from './constructed-passwords.ts';

export interface ConstructedVolume {
  readonly image: Buffer;
  readonly volumeId: string;
  readonly description: string;
  readonly protectors: readonly { readonly keyProtectorId: KeyProtectorId; readonly password: Uint8Array }[];
  readonly tpmProtectorId: string;
}

export interface VolumeWish {
  readonly seed: number; readonly toGo?: boolean; readonly sectorBytes?: 512 | 4096; readonly description?: string; readonly recoveryPasswords?: number;
  /** Metadata copies (0 to 2) to damage. */
  readonly damaged?: readonly number[];
  readonly usedSpaceOnly?: boolean;
  /** Further protectors, by their protection number alone. */
  readonly protections?: readonly number[];
  /** Present and next state of encryption; 4 is encrypted. */
  readonly states?: readonly [number, number];
}

const COPIES = [0x20000, 0x60000, 0xa0000];
const VOLUME_HEADER = 0xe0000;
const CREATED = BigInt(Date.parse('2024-07-19T04:09:00Z') + 11_644_473_600_000) * 10_000n; // 100 ns since 1601

export function constructVolume({ seed, toGo = false, sectorBytes = 512, description = 'CONSTRUCTED-01 OSDisk 19/07/2024', recoveryPasswords = 2, damaged = [], usedSpaceOnly = false, protections = [], states = [4, 4] }: VolumeWish): ConstructedVolume {
  let nonces = 1;
  const nonce = (): Buffer => { nonces += 1; const bytes = Buffer.alloc(12); bytes.writeBigUInt64LE(CREATED); bytes.writeUInt32LE(nonces, 8); return bytes; };
  const bytes = (count: number, salt: number): Buffer => Buffer.concat([0, 1, 2, 3].map((n) => constructedPassword16(seed * 1000 + salt * 4 + n))).subarray(0, count);
  const id = (n: number): KeyProtectorId => { const parsed = parseKeyProtectorId(constructedKeyProtectorId(seed * 1000 + n)); if (parsed === null) throw new Error('no ID'); return parsed; };
  const entry = (entryType: number, valueType: number, data: Uint8Array): Buffer => { const head = Buffer.alloc(8); [8 + data.length, entryType, valueType, 1].forEach((word, n) => head.writeUInt16LE(word, n * 2)); return Buffer.concat([head, data]); };
  const key = (method: number, value: Uint8Array): Buffer => { const head = Buffer.alloc(12); [12 + value.length, 0, 1, 0, method, 0].forEach((word, n) => head.writeUInt16LE(word, n * 2)); return Buffer.concat([head, value]); };
  const seal = (with_: Uint8Array, plain: Uint8Array): Buffer => sealAesCcm(with_, nonce(), plain);
  const text = (value: string): Buffer => Buffer.from(`${value}\0`, 'utf16le');
  const protector = (protectorId: KeyProtectorId, protection: number, properties: Uint8Array): Buffer => {
    const head = Buffer.alloc(28);
    Buffer.from(keyProtectorIdToBytes(protectorId)).copy(head);
    head.writeBigUInt64LE(CREATED, 16);
    head.writeUInt16LE(protection, 26);
    return entry(2, 8, Buffer.concat([head, properties]));
  };

  const masterKey = bytes(32, 1);
  const tpmProtectorId = id(90);
  const protectors = Array.from({ length: recoveryPasswords }, (_, n) => ({ keyProtectorId: id(n), password: constructedPassword16(seed * 100 + n) }));
  const entries = Buffer.concat([
    protector(tpmProtectorId, 0x0100, entry(0, 5, seal(bytes(32, 2), key(0x2003, masterKey)))),
    ...protectors.map(({ keyProtectorId, password }, n) => {
      const salt = bytes(16, 10 + n);
      const stretched = stretchSlowly(password, salt);
      const method = Buffer.from([0x00, 0x10, 0, 0]);
      const stretch = Buffer.concat([method, salt, entry(0x12, 5, seal(masterKey, key(0x1000, password))), entry(0x13, 5, seal(masterKey, key(0x2008, stretched)))]);
      return protector(keyProtectorId, 0x0800, Buffer.concat([entry(0, 2, text('DiskPassword')), entry(0, 3, stretch), entry(0, 5, seal(stretched, key(0x2003, masterKey)))]));
    }),
    ...protections.map((protection, n) => protector(id(200 + n), protection, Buffer.alloc(0))),
    entry(3, 5, seal(masterKey, key(0x8004, bytes(32, 3)))),
    entry(7, 2, text(description)),
  ]);

  const image = Buffer.alloc(1 << 20);
  const block = metadataBlock({ entries, states, volumeId: Buffer.from(keyProtectorIdToBytes(id(99))), size: image.length, sectorBytes, nonces, seal: (plain) => seal(masterKey, plain), entry, key });
  image.set(toGo ? [0xeb, 0x58, 0x90, ...Buffer.from('MSWIN4.1')] : [0xeb, 0x58, 0x90, ...Buffer.from('-FVE-FS-')]);
  image.writeUInt16LE(sectorBytes, 11);
  image[13] = sectorBytes === 512 ? 8 : 1;
  const at = toGo ? 424 : 160;
  image.set(keyProtectorIdToBytes((usedSpaceOnly ? '92A84D3B-DD80-4D0E-9E4E-B1E3284EAED8' : '4967D63B-2E29-4AD8-8399-F6A339E3D001') as KeyProtectorId), at); // published constants
  COPIES.forEach((offset, n) => image.writeBigUInt64LE(BigInt(offset), at + 16 + n * 8));
  image.set([0x55, 0xaa], 510);
  COPIES.forEach((offset, n) => {
    image.set(block, offset);
    if (damaged.includes(n)) image[offset + 200] = (image[offset + 200] ?? 0) ^ 0xff;
  });
  return { image, volumeId: id(99), description, protectors, tpmProtectorId };
}

function metadataBlock({ entries, states, volumeId, size, sectorBytes, nonces, seal, entry, key }: {
  entries: Buffer; states: readonly [number, number]; volumeId: Buffer; size: number; sectorBytes: number; nonces: number; seal: (plain: Uint8Array) => Buffer;
  entry: (entryType: number, valueType: number, data: Uint8Array) => Buffer; key: (method: number, value: Uint8Array) => Buffer;
}): Buffer {
  const metadataBytes = 48 + entries.length;
  const covered = Buffer.alloc((64 + metadataBytes + 15) & ~15);
  covered.write('-FVE-FS-', 'latin1');
  [covered.length >> 4, 2, ...states].forEach((word, n) => covered.writeUInt16LE(word, 8 + n * 2));
  covered.writeBigUInt64LE(BigInt(size), 16);
  covered.writeUInt32LE(8192 / sectorBytes, 28);
  [...COPIES, VOLUME_HEADER].forEach((offset, n) => covered.writeBigUInt64LE(BigInt(offset), 32 + n * 8));
  [metadataBytes, 1, 48, metadataBytes].forEach((word, n) => covered.writeUInt32LE(word, 64 + n * 4));
  volumeId.copy(covered, 80);
  covered.writeUInt32LE(nonces + 1, 96);
  covered.writeUInt16LE(0x8004, 100);
  covered.writeBigUInt64LE(CREATED, 104);
  entries.copy(covered, 112);
  const tail = Buffer.alloc(8);
  tail.writeUInt16LE(65_536 - covered.length, 0);
  tail.writeUInt16LE(2, 2);
  tail.writeUInt32LE(crc32(covered), 4);
  return Buffer.concat([covered, tail, entry(0, 5, seal(key(0x2005, createHash('sha256').update(covered).digest())))]);
}

/** The same derivation as the desk's, round by round through the platform's SHA-256: slow, and not the desk's code. */
function stretchSlowly(password: Uint8Array, salt: Uint8Array): Buffer {
  const state = Buffer.alloc(88);
  createHash('sha256').update(password).digest().copy(state, 32);
  Buffer.from(salt).copy(state, 64);
  for (let round = 0; round < 0x100000; round += 1) {
    state.writeUInt32LE(round, 80);
    createHash('sha256').update(state).digest().copy(state, 0);
  }
  return Buffer.from(state.subarray(0, 32));
}

/** The platform's own CCM, which the desk can not use under Electron. */
export function sealAesCcm(key: Uint8Array, nonce: Uint8Array, plain: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-ccm', key, nonce, { authTagLength: 16 });
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]);
}
