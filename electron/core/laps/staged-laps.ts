// LAPS passwords of an import between file and store, part of a staged run (keys/staged-rows.ts).
import type { LapsRow } from '../../formats/intake/rows.ts';
import { openLapsFingerprint, toLapsCell } from './laps-cell.ts';

/** `cell` is secret; null: there is a password that only its own decryptors can open. `host`: index in the run's hosts. */
export interface StagedLaps {
  readonly host: number; readonly row: number; readonly account: string | null; readonly updatedAt: string | null; readonly expiresAt: string | null;
  readonly cell: Uint8Array | null; readonly fingerprint: Uint8Array | null;
}

/** @param key Of fingerprints; secret. @returns Stages what a row says of a host's LAPS passwords. */
export function openLapsStaging(key: Uint8Array): (row: LapsRow, host: number) => StagedLaps[] {
  const fingerprint = openLapsFingerprint(key);
  return ({ row, passwords, encrypted }, host) => [
    ...passwords.map(({ account, password, updatedAt, expiresAt }): StagedLaps => {
      const cell = toLapsCell(password);
      return { host, row, account, updatedAt, expiresAt, cell, fingerprint: fingerprint(cell) };
    }),
    ...(encrypted ? [{ host, row, account: null, updatedAt: null, expiresAt: null, cell: null, fingerprint: null }] : []),
  ];
}
