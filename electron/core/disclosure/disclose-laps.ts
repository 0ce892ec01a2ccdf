// Lets one LAPS password out, through the one door.
import { AppError } from '../app-error.ts';
import type { Desk } from '../desk.ts';
import { fromLapsCell, LAPS_CELL_BYTES } from '../laps/laps-cell.ts';
import { markLapsDue } from '../laps/laps-rotations.ts';
import { throughTheDoor, type OnRecord } from './one-door.ts';

/** `lapsPassword` is secret: it is answered once and kept nowhere. */
export interface DisclosedLaps { readonly disclosureId: number; readonly lapsPassword: string; readonly account: string | null; readonly hideAfterMs: number; readonly at: string }

interface Row { readonly page_id: number; readonly place: number; readonly host_id: number; readonly hostname: string; readonly account: string | null }

/**
 * Lets one LAPS password out and puts that on record.
 *
 * @returns AppError `not-found`, `cannot-read-recovery-passwords`, `store-damaged`; then nothing is answered. Rows: disclosures, laps_rotations and audit, in one transaction.
 */
export function discloseLaps(desk: Desk, { lapsPasswordId, ...onRecord }: OnRecord & { readonly lapsPasswordId: number }): DisclosedLaps {
  const { db } = desk;
  const { secret, ...rest } = throughTheDoor(desk, onRecord, (unsealer) => {
    const row = db.prepare<[number], Row>('SELECT p.page_id, p.place, p.host_id, h.hostname, p.account FROM laps_passwords p JOIN hosts h USING (host_id) WHERE p.laps_password_id = ?').get(lapsPasswordId);
    if (row === undefined) throw new AppError('not-found', { lapsPasswordId });
    const cell = unsealer.unsealCell(row.page_id, row.place, LAPS_CELL_BYTES);
    const lapsPassword = fromLapsCell(cell);
    cell.fill(0);
    if (lapsPassword === null) throw new AppError('store-damaged', { lapsPasswordId });
    return {
      secret: { lapsPassword, account: row.account }, keyRecordId: null, lapsPasswordId, subject: row.hostname, details: { lapsPasswordId, hostname: row.hostname, account: row.account }, hostId: row.host_id,
      markDue: (risk, at) => markLapsDue(db, lapsPasswordId, risk, at),
    };
  });
  return { ...secret, ...rest };
}
