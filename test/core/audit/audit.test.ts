import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendAudit, auditHead, listAudit, verifyAudit } from '../../../electron/core/audit/audit.ts';
import { openMemoryDatabase, type Database } from '../../../electron/store/database.ts';

function chainOf(count: number): { db: Database; heads: string[] } {
  const db = openMemoryDatabase();
  const heads = Array.from({ length: count }, (_, n) => appendAudit(db, { at: `2024-07-19T04:09:${String(n % 60).padStart(2, '0')}.000Z`, operator: 'first', act: 'hosts.verify', subject: `host-${n}`, details: { n } }));
  return { db, heads };
}

/** As somebody with the file and key 1 could: past the triggers. */
function tamper(db: Database, sql: string): void {
  db.exec('DROP TRIGGER audit_entries_stay; DROP TRIGGER audit_entries_remain');
  db.exec(sql);
}

describe('the audit trail', () => {
  it('is intact as written, and holds every head it ever had', () => {
    const { db, heads } = chainOf(20);
    expect(auditHead(db)).toBe(heads.at(-1));
    for (const head of heads) expect(verifyAudit(db, head)).toMatchObject({ entries: 20, intact: true, firstBroken: null, headFound: true });
  });

  it.each([
    ['a changed act', "UPDATE audit_entries SET act = 'nothing' WHERE entry_number = 7", 7],
    ['a subject taken out', 'UPDATE audit_entries SET subject = NULL WHERE entry_number = 3', 3],
    ['an entry cut out', 'DELETE FROM audit_entries WHERE entry_number = 5', 5],
    ['two entries swapped', "UPDATE audit_entries SET subject = CASE entry_number WHEN 2 THEN 'host-2' ELSE 'host-1' END WHERE entry_number IN (2, 3)", 2],
  ])('shows where it was altered: %s', (_name, sql, firstBroken) => {
    const { db } = chainOf(10);
    tamper(db, sql);
    expect(verifyAudit(db)).toMatchObject({ intact: false, firstBroken });
  });

  it('shows by a head noted earlier that its end was cut off or all of it written anew', () => {
    const { db, heads } = chainOf(10);
    tamper(db, 'DELETE FROM audit_entries WHERE entry_number > 6');
    expect(verifyAudit(db)).toMatchObject({ intact: true, entries: 6 });
    expect(verifyAudit(db, heads[9])).toMatchObject({ headFound: false });
    expect(verifyAudit(db, heads[5])).toMatchObject({ headFound: true });
    const other = openMemoryDatabase();
    for (let n = 0; n < 10; n += 1) appendAudit(other, { at: 'another time', operator: 'first', act: 'hosts.verify' });
    expect(verifyAudit(other, heads[9])).toMatchObject({ intact: true, headFound: false });
  });

  it('tells fields apart that would read the same side by side', () => {
    const line = fc.record({ operator: fc.string({ maxLength: 6 }), act: fc.string({ maxLength: 6 }), subject: fc.option(fc.string({ maxLength: 6 })) });
    fc.assert(fc.property(line, line, (a, b) => {
      const headOf = (one: typeof a): string => appendAudit(openMemoryDatabase(), { at: 'now', ...one });
      expect(headOf(a) === headOf(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
    }), { numRuns: 60 });
  });

  it('lists newest first, page by page', () => {
    const { db } = chainOf(7);
    const page = listAudit(db, { offset: 2, limit: 3 });
    expect(page.total).toBe(7);
    expect(page.rows.map(({ number }) => number)).toEqual([5, 4, 3]);
  });
});
