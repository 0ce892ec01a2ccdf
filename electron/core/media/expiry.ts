// Whether a medium is past its expiry. That holds at the desk alone: the clock of a dead host is no evidence, so the agent only warns.
import type { MediaState } from '../codes.ts';

/** @returns Whether it is not handed over any more. On one that is wiped or lost nothing is left to expire. */
export function hasExpired({ expiresAt, state }: { readonly expiresAt: string | null; readonly state: MediaState }, nowMs: number): boolean {
  return expiresAt !== null && state !== 'wiped' && state !== 'lost' && Date.parse(expiresAt) <= nowMs;
}
