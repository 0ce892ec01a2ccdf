// A look-up that found nothing is on record too: who asked for what, in vain (the recovery audit report of MBAM has them, and they show who tries keys out).
import { appendAudit } from '../audit/audit.ts';
import { nowOf, type Desk } from '../desk.ts';
import { parseLookUpQuery } from './look-up-query.ts';

/**
 * Puts a failed look-up on record.
 *
 * @param query As typed. What can be a piece of a recovery password, six decimal digits and more in a row, is recorded as its length; what is one is not recorded at all.
 * @returns Whether there was anything to record. Rows: audit.
 */
export function recordMissedLookUp(desk: Desk, query: string): boolean {
  const { idDigits, hostname } = parseLookUpQuery(query);
  if (idDigits === null && hostname === null) return false;
  const typed = query.normalize('NFC').trim().replace(/\d[\d\s-]{4,}\d/g, (run) => `[${run.replace(/\D/g, '').length} digits]`);
  desk.db.transaction(() => appendAudit(desk.db, { at: nowOf(desk), operator: desk.operator.name, act: 'keys.lookUp', subject: null, details: { query: typed, found: 0 } })).immediate();
  desk.changed('audit');
  return true;
}
