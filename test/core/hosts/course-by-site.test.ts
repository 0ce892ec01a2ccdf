import fc from 'fast-check';
import { expect, it } from 'vitest';
import { BLOCKED_REASONS } from '../../../electron/core/codes.ts';
import { readCourseBySite } from '../../../electron/core/hosts/course-by-site.ts';
import { blockHost, closeHost, reopenHost, unblockHost, verifyHost } from '../../../electron/core/remediation/host-acts.ts';
import { undoImport } from '../../../electron/core/keys/undo-import.ts';
import { importText } from '../keys/import-desk.ts';
import { openTestDesk, type TestDesk } from '../remediation/test-desk.ts';

async function openFleet(): Promise<TestDesk> {
  const desk = openTestDesk();
  await importText(desk, 'KI-1\nKI-2\nKI-3\nHL-4\nHL-5\n', 'down.txt');
  desk.db.exec("UPDATE hosts SET site = CASE WHEN hostname LIKE 'KI%' THEN 'Kiel' ELSE 'Lübeck' END");
  return desk;
}

const stand = (desk: TestDesk) => desk.db.prepare<[], { open: number; blocked: number }>("SELECT sum(state IN ('reported', 'ready', 'in-progress', 'blocked')) AS open, sum(state = 'blocked') AS blocked FROM hosts").get();
const sums = (sites: ReturnType<typeof readCourseBySite>) => {
  const all = sites.flatMap(({ hours }) => hours);
  const sum = (of: 'down' | 'done' | 'blocked' | 'unblocked'): number => all.reduce((total, hour) => total + hour[of], 0);
  return { open: sum('down') - sum('done'), blocked: sum('blocked') - sum('unblocked') };
};

it('any course of acts: what went down and came back by hour adds up to what is open and blocked now', async () => {
  const act = fc.record({ host: fc.integer({ min: 1, max: 5 }), kind: fc.constantFrom('block', 'unblock', 'verify', 'close', 'reopen'), minutes: fc.integer({ min: 1, max: 90 }), reason: fc.constantFrom(...BLOCKED_REASONS) });
  await fc.assert(fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 15 }), async (acts) => {
    const desk = await openFleet();
    for (const { host, kind, minutes, reason } of acts) {
      desk.advance(minutes * 60_000);
      try {
        if (kind === 'block') blockHost(desk, host, reason);
        else if (kind === 'unblock') unblockHost(desk, host);
        else if (kind === 'verify') verifyHost(desk, host, 'seen running');
        else if (kind === 'close') closeHost(desk, host, 'retired', 'gone');
        else reopenHost(desk, host, 'back');
      } catch { /* an act the state does not allow: nothing happened */ }
      const sites = readCourseBySite(desk.db, desk.clock());
      expect(sums(sites)).toEqual(stand(desk));
      expect(sites.reduce((sum, { free }) => sum + free, 0)).toBe((stand(desk)?.open ?? 0) - (stand(desk)?.blocked ?? 0));
    }
  }), { numRuns: 40 });
});

it('counts hosts at their sites, the people who acted there, and forgets the hosts of an import that was undone', async () => {
  const desk = await openFleet();
  const idOf = (name: string): number => desk.db.prepare<[string], { id: number }>('SELECT host_id AS id FROM hosts WHERE hostname = ?').get(name)?.id ?? 0;
  verifyHost(desk, idOf('KI-1'), 'seen running');
  blockHost(desk, idOf('HL-4'), 'hardware');
  expect(readCourseBySite(desk.db, desk.clock()).toSorted((one, other) => (one.site ?? '').localeCompare(other.site ?? ''))).toEqual([
    { site: 'Kiel', free: 2, blocked: {}, hours: [{ startMs: Date.parse('2024-07-19T08:00:00Z'), down: 3, done: 1, blocked: 0, unblocked: 0, people: 1 }] },
    { site: 'Lübeck', free: 1, blocked: { hardware: 1 }, hours: [{ startMs: Date.parse('2024-07-19T08:00:00Z'), down: 2, done: 0, blocked: 1, unblocked: 0, people: 1 }] },
  ]);
  desk.advance(60_000);
  await importText(desk, 'TYPO-1\nTYPO-2\n', 'wrong.txt');
  expect(sums(readCourseBySite(desk.db, desk.clock())).open).toBe(6);
  const { id } = desk.db.prepare<[], { id: number }>('SELECT max(import_id) AS id FROM imports').get() ?? { id: 0 };
  await undoImport(desk, id);
  expect(sums(readCourseBySite(desk.db, desk.clock()))).toEqual(stand(desk));
});
