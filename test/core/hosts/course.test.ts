import { expect, test } from 'vitest';
import { EVENTS_SINCE, readCourse, SITES } from '../../../electron/core/hosts/course.ts';
import { blockHost, verifyHost } from '../../../electron/core/remediation/host-acts.ts';
import { addHost, openTestDesk } from '../remediation/test-desk.ts';
import { importText } from '../keys/import-desk.ts';

test('the last day has 24 hours, those in which nothing happened too, and what is older is not counted', async () => {
  const desk = openTestDesk();
  await importText(desk, 'PC-1\nPC-2\nPC-3\n', 'down.txt');
  verifyHost(desk, 1, 'seen running');
  desk.advance(90 * 60_000);
  verifyHost(desk, 2, 'seen running');
  const { hours } = readCourse(desk.db, desk.clock());
  expect(hours.map(({ hour }) => hour).slice(-3)).toEqual(['2024-07-19T07:00:00.000Z', '2024-07-19T08:00:00.000Z', '2024-07-19T09:00:00.000Z']);
  expect([hours.length, hours.map(({ verified }) => verified).slice(-3)]).toEqual([24, [0, 1, 1]]);
  desk.advance(23 * 3_600_000);
  expect(readCourse(desk.db, desk.clock()).hours.reduce((sum, { verified }) => sum + verified, 0)).toBe(1);
});

test('sites come with most hosts down first, hosts without a site among them, and what is left over is counted', () => {
  const desk = openTestDesk();
  for (let number = 0; number < SITES + 3; number += 1) {
    const host = addHost(desk, `PC-${number}`);
    blockHost(desk, host, 'hardware');
    desk.db.prepare('UPDATE hosts SET site = ? WHERE host_id = ?').run(number === 0 ? null : number < 3 ? 'Kiel' : `Site ${number}`, host);
  }
  const { sites, moreSites } = readCourse(desk.db, desk.clock());
  expect(sites[0]).toEqual({ site: 'Kiel', affected: 2, down: 2, repaired: 0, verified: 0 });
  expect([sites.length, moreSites]).toEqual([SITES, 2]);
});

test('a day is read along the instants of events, whatever the length of the incident', () => {
  const desk = openTestDesk();
  expect(desk.db.prepare<[string], { detail: string }>(`EXPLAIN QUERY PLAN ${EVENTS_SINCE}`).all('2024').map(({ detail }) => detail).join()).toContain('USING INDEX host_events_by_at (at>?)');
});
