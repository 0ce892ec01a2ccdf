// Proves a recovery password against a volume, without writing and without reading one byte of its contents.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { KeyProtectorId } from '../../core/keys/key-protector-id.ts';
import { openAesCcm } from './aes-ccm.ts';
import type { FveVolume, KeyProtector } from './metadata.ts';
import { stretchKey } from './stretch.ts';

export type TestedPassword =
  | {
    readonly status: 'opened';
    readonly keyProtectorId: KeyProtectorId;
    /** Whether the volume master key also proves the metadata whole; null where there is nothing to prove. */
    readonly metadataProven: boolean | null;
    /** Other recovery passwords of this volume that anybody with this one can compute from the volume: a reason to rotate them too. */
    readonly revealsOthers: readonly KeyProtectorId[];
  }
  | { readonly status: 'not-opened' };

const KEY_HEADER_BYTES = 12;

/**
 * Tests one recovery password against one protector, or against all recovery passwords of the volume when none is named.
 *
 * @param password 16 bytes; secret. @returns What it opens. Yields the share done, 0 to 1; about 0.7 s of computing for each protector.
 */
export function* testRecoveryPassword(volume: FveVolume, password: Uint8Array, named?: KeyProtectorId): Generator<number, TestedPassword> {
  const protectors = volume.protectors.filter(({ keyProtectorId, lock }) => lock !== null && (named === undefined || keyProtectorId === named));
  for (const [index, protector] of protectors.entries()) {
    const stretching = stretchKey(password, protector.lock?.salt ?? new Uint8Array(16));
    let step = stretching.next();
    for (; step.done !== true; step = stretching.next()) yield (index + step.value) / protectors.length;
    const masterKey = openKey(step.value, protector.lock?.sealedKey ?? new Uint8Array());
    step.value.fill(0);
    if (masterKey === null) continue;
    const tested = { status: 'opened' as const, keyProtectorId: protector.keyProtectorId, metadataProven: proveMetadata(volume, masterKey), revealsOthers: revealedBy(volume, masterKey, protector) };
    masterKey.fill(0);
    return tested;
  }
  return { status: 'not-opened' };
}

/** @returns The 32 bytes of a sealed key, or null. */
function openKey(key: Uint8Array, sealed: Uint8Array): Uint8Array | null {
  const plain = openAesCcm(key, sealed);
  return plain === null || plain.length !== KEY_HEADER_BYTES + 32 ? null : plain.subarray(KEY_HEADER_BYTES);
}

function proveMetadata({ proof }: FveVolume, masterKey: Uint8Array): boolean | null {
  if (proof === null) return null;
  const plain = openAesCcm(masterKey, proof.sealedHash);
  return plain !== null && plain.length === KEY_HEADER_BYTES + 32 && timingSafeEqual(plain.subarray(KEY_HEADER_BYTES), createHash('sha256').update(proof.covered).digest());
}

/** Windows keeps each recovery password under the volume master key, so one good one leads to all of them. */
function revealedBy(volume: FveVolume, masterKey: Uint8Array, opened: KeyProtector): KeyProtectorId[] {
  return volume.protectors.filter((other) => {
    const sealed = other === opened ? null : (other.lock?.sealedPassword ?? null);
    const plain = sealed === null ? null : openAesCcm(masterKey, sealed);
    plain?.fill(0);
    return plain !== null;
  }).map(({ keyProtectorId }) => keyProtectorId);
}
