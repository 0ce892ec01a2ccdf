// The two keys of a desk and who may open them (DESIGN §7).
// Key 1 opens the store; everybody holds it. Key 2 is an X25519 pair: its public half seals recovery passwords, its private half reads them
// and is held by reading roles only. Every holder has a key pair of their own, whose private half their passphrase opens; key 1 and key 2 are
// sealed to its public half, so that one who holds key 2 can pass it on without knowing the other's passphrase.
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, scrypt as scryptCallback } from 'node:crypto';
import { promisify } from 'node:util';
import sodium from 'libsodium-wrappers';
import { z } from 'zod';
import { AppError } from '../core/app-error.ts';
import { proofOf } from './holder-proof.ts';

const scrypt = promisify<string, Uint8Array, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scryptCallback);
await sodium.ready;

const KEY_BYTES = 32;
/** Default cost of a passphrase: 2^17 at r = 8 takes about 0.4 s and 128 MiB. */
export const PASSPHRASE_COST = 2 ** 17;

const base64 = z.base64();
const holderSchema = z.strictObject({
  /** Operator's name, or the recovery sheet. */
  kind: z.enum(['operator', 'recovery-sheet']), name: z.string().max(64),
  salt: base64, cost: z.number().int().min(2 ** 10).max(2 ** 20),
  publicKey: base64, privateKey: base64, key1: base64, key2: base64.nullable(),
  /** Who wrote this line held the keys (holder-proof.ts). Lines of older versions get theirs when their operator signs in. */
  proof: base64.optional(),
});
const keysFileSchema = z.strictObject({ format: z.literal('bluelift-keys 1'), deskId: z.string(), key2Public: base64, holders: z.array(holderSchema).min(1) });
const writtenKeysSchema = keysFileSchema.extend({ checksum: z.string().optional() });
export type Holder = z.infer<typeof holderSchema>;
/** What keys.json holds: wrapped keys only. Whoever has it and no passphrase can open nothing. */
export type KeysFile = z.infer<typeof keysFileSchema>;

/** The opened keys. Everything in it but `key2Public` is secret; `close` overwrites it. */
export interface OpenKeys {
  readonly deskId: string;
  readonly key1: Uint8Array;
  readonly key2Public: Uint8Array;
  /** Null for holders that can not read recovery passwords. */
  readonly key2Private: Uint8Array | null;
  /** Of the fingerprints in the store. From the desk's first key 1; it stays when the keys are changed, or no key record would be known again. */
  readonly fingerprintKey: Uint8Array;
  close(): void;
}

/** The text of keys.json. Its checksum tells damage from a wrong passphrase; it proves nothing about who wrote it. */
export const formatKeysFile = (file: KeysFile): string => JSON.stringify({ ...file, checksum: checksumOf(file) }, null, 1);

/** @param text Of keys.json, untrusted. `store-damaged` when it is not one, or not what was written. Files of older versions have no checksum. */
export function parseKeysFile(text: string, path: string): KeysFile {
  try {
    const { checksum, ...file } = writtenKeysSchema.parse(JSON.parse(text));
    if (checksum !== undefined && checksum !== checksumOf(file)) throw new Error('checksum');
    return file;
  } catch (cause) {
    throw new AppError('store-damaged', { path }, { cause });
  }
}

const checksumOf = (file: KeysFile): string => createHash('sha256').update(JSON.stringify(keysFileSchema.parse(file))).digest('hex'); // the schema's order of fields

/** Makes the keys of a new desk, held by nobody yet. */
export function makeKeys(deskId: string): OpenKeys {
  const pair = sodium.crypto_box_keypair();
  const key1 = new Uint8Array(randomBytes(KEY_BYTES));
  return openKeys(deskId, key1, pair.publicKey, pair.privateKey, firstFingerprintKey(key1));
}

/** Makes other keys for the same desk: its store has to be written anew under them (core/operators/rekey.ts). */
export function makeNextKeys({ deskId, fingerprintKey }: OpenKeys): OpenKeys {
  const pair = sodium.crypto_box_keypair();
  return openKeys(deskId, new Uint8Array(randomBytes(KEY_BYTES)), pair.publicKey, pair.privateKey, Uint8Array.from(fingerprintKey));
}

/** The same keys, closed on their own. */
export const copyKeys = ({ deskId, key1, key2Public, key2Private, fingerprintKey }: OpenKeys): OpenKeys =>
  openKeys(deskId, Uint8Array.from(key1), key2Public, key2Private === null ? null : Uint8Array.from(key2Private), Uint8Array.from(fingerprintKey));

/** @returns The line of a holder for other keys of the desk. Their own key pair and its passphrase stay as they are, so that nobody has to be there for it. */
export function rewrapHolder(next: OpenKeys, holder: Holder, reads: boolean): Holder {
  const publicKey = fromBase64(holder.publicKey);
  return withProof(next, { ...holder, key1: sealKey1(next, publicKey), key2: reads && next.key2Private !== null ? toBase64(sodium.crypto_box_seal(next.key2Private, publicKey)) : null });
}

/** The line with a proof that whoever wrote it held the keys. */
export const withProof = (keys: OpenKeys, holder: Holder): Holder => ({ ...holder, proof: toBase64(proofOf(keys, holder)) });

/**
 * Gives a holder the keys: a fresh key pair under the passphrase, key 1 sealed to it, key 2 too if `reads` and the giver holds it.
 *
 * @returns The holder's line for keys.json. `key2` is null when it still has to be passed on (`passOnKey2`).
 */
export async function makeHolder(keys: OpenKeys, holder: { kind: Holder['kind']; name: string; passphrase: string; reads: boolean }, cost = PASSPHRASE_COST): Promise<Holder> {
  const pair = sodium.crypto_box_keypair();
  const salt = randomBytes(16);
  const wrap = await passphraseKey(holder.passphrase, salt, cost);
  const line: Holder = {
    kind: holder.kind, name: holder.name, salt: toBase64(salt), cost,
    publicKey: toBase64(pair.publicKey), privateKey: toBase64(encrypt(wrap, pair.privateKey, associated(keys.deskId, holder.name))),
    key1: sealKey1(keys, pair.publicKey),
    key2: holder.reads && keys.key2Private !== null ? toBase64(sodium.crypto_box_seal(keys.key2Private, pair.publicKey)) : null,
  };
  pair.privateKey.fill(0);
  wrap.fill(0);
  return withProof(keys, line);
}

/** Passes key 2 on to a holder. `cannot-read-recovery-passwords` when the giver does not hold it. */
export function passOnKey2(keys: OpenKeys, holder: Holder): Holder {
  if (keys.key2Private === null) throw new AppError('cannot-read-recovery-passwords');
  return withProof(keys, { ...holder, key2: toBase64(sodium.crypto_box_seal(keys.key2Private, fromBase64(holder.publicKey))) });
}

/** Opens the keys with a passphrase (or the code of the recovery sheet). `wrong-passphrase` when it does not fit. Takes about 0.4 s. */
export async function openHolder(file: KeysFile, holder: Holder, passphrase: string): Promise<OpenKeys> {
  const wrap = await passphraseKey(passphrase, fromBase64(holder.salt), holder.cost);
  const privateKey = decrypt(wrap, fromBase64(holder.privateKey), associated(file.deskId, holder.name));
  wrap.fill(0);
  if (privateKey === null) throw new AppError('wrong-passphrase', { operator: holder.name });
  const publicKey = fromBase64(holder.publicKey);
  const open = (sealed: string): Uint8Array => {
    try {
      return sodium.crypto_box_seal_open(fromBase64(sealed), publicKey, privateKey);
    } catch (cause) {
      throw new AppError('store-damaged', { file: 'keys.json' }, { cause });
    }
  };
  // The public half of key 2 comes with key 1, which nobody without a passphrase can seal: one put into the file would have later imports sealed to a stranger.
  const together = open(holder.key1);
  const [key1, key2Public, fingerprintKey] = [0, 1, 2].map((place) => together.slice(place * KEY_BYTES, (place + 1) * KEY_BYTES)) as [Uint8Array, Uint8Array, Uint8Array]; // as many as were asked for
  // Lines of older versions end with the public half: their key 1 is the desk's first.
  if ((together.length !== 2 * KEY_BYTES && together.length !== 3 * KEY_BYTES) || !Buffer.from(key2Public).equals(fromBase64(file.key2Public))) throw new AppError('store-damaged', { file: 'keys.json' });
  const keys = openKeys(file.deskId, key1, key2Public, holder.key2 === null ? null : open(holder.key2), fingerprintKey.length === 0 ? firstFingerprintKey(key1) : fingerprintKey);
  privateKey.fill(0);
  return keys;
}

/** Spends the time of a real attempt for a name that is not there, so that names can not be told apart by the clock. */
export async function pretendToOpen(cost = PASSPHRASE_COST): Promise<void> {
  (await passphraseKey('', new Uint8Array(16), cost)).fill(0);
}

export const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const fromBase64 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'));

function openKeys(deskId: string, key1: Uint8Array, key2Public: Uint8Array, key2Private: Uint8Array | null, fingerprintKey: Uint8Array): OpenKeys {
  return { deskId, key1, key2Public, key2Private, fingerprintKey, close: () => { key1.fill(0); key2Private?.fill(0); fingerprintKey.fill(0); } };
}

/** What everybody holds, sealed to one holder. */
const sealKey1 = ({ key1, key2Public, fingerprintKey }: OpenKeys, publicKey: Uint8Array): string => toBase64(sodium.crypto_box_seal(Buffer.concat([key1, key2Public, fingerprintKey]), publicKey));

const firstFingerprintKey = (key1: Uint8Array): Uint8Array => new Uint8Array(createHmac('sha256', key1).update('bluelift fingerprint 1').digest());

async function passphraseKey(passphrase: string, salt: Uint8Array, cost: number): Promise<Buffer> {
  return scrypt(passphrase.normalize('NFKC'), salt, 32, { N: cost, r: 8, p: 1, maxmem: 128 * cost * 8 + 32 * 1024 * 1024 }); // the default maxmem refuses N from 2^15 on
}

const associated = (deskId: string, name: string): Buffer => Buffer.from(`bluelift-keys 1\n${deskId}\n${name.toLowerCase()}`);

function encrypt(key: Uint8Array, plain: Uint8Array, aad: Uint8Array): Uint8Array {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(aad);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Uint8Array, sealed: Uint8Array, aad: Uint8Array): Uint8Array | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAAD(aad);
    decipher.setAuthTag(sealed.subarray(-16));
    return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
  } catch {
    return null;
  }
}
