// More disclosures by one operator than the policy calls usual: flagged for the supervisor, on record, and never a reason to keep a caller waiting.
import type { Database, ReadableDatabase } from '../../store/database.ts';
import { appendAudit } from '../audit/audit.ts';
import { toInstant } from '../ports.ts';
import { readPolicies } from '../policies/policies.ts';

export interface UnusualRate { readonly at: string; readonly operator: string; readonly count: number; readonly minutes: number }

const ACT = 'disclosures.unusual';

/** Call it inside the transaction of a disclosure, after its rows. @param added How many they are. Rows: audit, one as the rate is first exceeded and another only after it was usual again. */
export function flagUnusualRate(db: Database, operator: string, nowMs: number, added = 1): void {
  const { disclosureRateCount: usual, disclosureRateMinutes: minutes } = readPolicies(db);
  if (usual === 0) return;
  const at = toInstant(nowMs);
  // Newest first by number: the last few hundred rows at most are looked at.
  const recent = db.prepare<[number], { at: string; operator: string }>("SELECT at, operator FROM disclosures WHERE way <> 'medium' ORDER BY disclosure_id DESC LIMIT ?").all(usual * 20 + 100 + added);
  const since = toInstant(nowMs - minutes * 60_000);
  const count = recent.filter((row) => row.operator === operator && row.at > since).length;
  if (count > usual && count - added <= usual) appendAudit(db, { at, operator, act: ACT, subject: operator, details: { count, minutes } });
}

/** @returns Those of the last day, newest first. */
export function listUnusualRates(db: ReadableDatabase, nowMs: number): UnusualRate[] {
  const day = toInstant(nowMs - 86_400_000);
  return db.prepare<[string, string], { at: string; operator: string; details: string }>('SELECT at, operator, details FROM audit_entries WHERE act = ? AND at > ? ORDER BY entry_number DESC LIMIT 50').all(ACT, day)
    .map(({ at, operator, details }) => ({ at, operator, ...(JSON.parse(details) as { count: number; minutes: number }) })); // our own row
}
