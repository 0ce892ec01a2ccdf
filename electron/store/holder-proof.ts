// Proves that a line of keys.json was written by somebody who held the desk's keys. The file lies beside the store where others may write: without a proof,
// new keys would be sealed to whoever put a public key of theirs there, or to a supervisor who gave themselves a reading role with a program of their own.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Holder, OpenKeys } from './vault.ts';

/**
 * @param keys Must hold key 2 where the line does: only who reads recovery passwords can prove that another one may.
 * @returns 32 bytes over desk, kind, name and public key, under a key from key 2 for lines that hold it, from key 1 for the others. No secret.
 */
export function proofOf(keys: Pick<OpenKeys, 'deskId' | 'key1' | 'key2Private'>, holder: Pick<Holder, 'kind' | 'name' | 'publicKey' | 'key2'>): Uint8Array {
  const key = holder.key2 === null ? keys.key1 : keys.key2Private;
  if (key === null) throw new Error('a line with key 2 can be proven by somebody who holds it only');
  const proofKey = createHmac('sha256', key).update('bluelift holder proof 1').digest();
  return new Uint8Array(createHmac('sha256', proofKey).update(JSON.stringify([keys.deskId, holder.kind, holder.name.toLowerCase(), holder.publicKey])).digest());
}

/** Whether the line was written by somebody who held what it hands on. Never throws. */
export function isProven(keys: Pick<OpenKeys, 'deskId' | 'key1' | 'key2Private'>, holder: Holder): boolean {
  const given = Buffer.from(holder.proof ?? '', 'base64');
  if (holder.key2 !== null && keys.key2Private === null) return false;
  const proof = proofOf(keys, holder);
  return given.length === proof.length && timingSafeEqual(given, proof);
}
