// Which hosts became repaired or were seen running between two instants, also those that have gone on since.
import type { ReadableDatabase } from '../../store/database.ts';
import { prepared } from '../keys/prepared.ts';

export interface StepsBetween { readonly hostId: number; readonly repaired: boolean; readonly verified: boolean }

/** @param from Not in it; `to` is. @returns One line a host, of those to which anything happened meanwhile. */
export function readSteps(db: ReadableDatabase, from: string, to: string): StepsBetween[] {
  return prepared<[{ from: string; to: string }], { hostId: number; repaired: number; verified: number }>(
    db,
    `SELECT s.host_id AS hostId, max(s.repaired) AS repaired, max(s.verified) AS verified FROM (SELECT DISTINCT host_id FROM host_events INDEXED BY host_events_by_at WHERE at > @from AND at <= @to) e
       CROSS JOIN host_steps s ON s.host_id = e.host_id AND s.at > @from AND s.at <= @to GROUP BY s.host_id`,
  ).all({ from, to }).map(({ hostId, repaired, verified }) => ({ hostId, repaired: repaired === 1, verified: verified === 1 }));
}
