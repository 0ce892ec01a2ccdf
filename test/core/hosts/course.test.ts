import { expect, test } from 'vitest';
import { readCourse, SITES } from '../../../electron/core/hosts/course.ts';
import { blockHost, verifyHost } from '../../../electron/core/remediation/host-acts.ts';
import { takeAttempt } from '../../../electron/core/remediation/take-attempt.ts';
import { assignHosts, createWave } from '../../../electron/core/waves/waves.ts';
import { addHost, openTestDesk } from '../remediation/test-desk.ts';
import { addMedium, attemptIdOf, makeRecord, writeRecord } from '../remediation/test-records.ts';
import { importText } from '../keys/import-desk.ts';

const HOUR = 3_600_000;

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
  expect(sites[0]).toMatchObject({ site: 'Kiel', affected: 2, down: 2, perHour: 0, people: 1 });
  expect([sites.length, moreSites]).toEqual([SITES, 2]);
});

test('what is left is told from the first host that went down to now, hour by hour, and what of it is blocked', async () => {
  const desk = openTestDesk();
  await importText(desk, 'PC-1\nPC-2\nPC-3\n', 'down.txt');
  desk.advance(HOUR);
  blockHost(desk, 1, 'hardware');
  verifyHost(desk, 2, 'seen running');
  desk.advance(2 * HOUR);
  verifyHost(desk, 1, 'seen running');
  desk.advance(HOUR);
  expect(readCourse(desk.db, desk.clock()).burnDown.map(({ hour, down, blocked }) => [hour.slice(11, 13), down, blocked])).toEqual([['08', 3, 0], ['09', 2, 1], ['10', 2, 1], ['11', 1, 0], ['12', 1, 0]]);
});

test('servers stand apart from clients, waves in their order with hosts in none last, and the pace is that of the last three hours and this one', async () => {
  const desk = openTestDesk();
  addMedium(desk, 'M-0001', ['Karla']);
  await importText(desk, 'Hostname,OS\r\nSRV-1,Windows Server 2022\r\nPC-2,Windows 11\r\nPC-3,Windows 11\r\n', 'inventory.csv');
  await importText(desk, 'SRV-1\nPC-2\nPC-3\nPC-4\n', 'down.txt');
  const wave = createWave(desk, { name: 'canary' });
  assignHosts(desk, wave.waveId, { kind: 'hosts', hostnames: ['SRV-1', 'PC-2'] });
  desk.advance(30 * 60_000);
  takeAttempt(desk, writeRecord(makeRecord({ computerName: 'SRV-1' })));
  takeAttempt(desk, writeRecord(makeRecord({ computerName: 'PC-2', attemptId: attemptIdOf(2) }), new Uint8Array(32).fill(7))); // a claim: nobody's work
  verifyHost(desk, 1, 'seen running');
  await importText(desk, 'PC-5\n', 'more.txt');
  const { kinds, waves, technicians, people, perHour, backInDay } = readCourse(desk.db, desk.clock());
  expect(kinds.map(({ kind, affected, down }) => [kind, affected, down])).toEqual([['server', 1, 0], ['client', 2, 1], ['unknown', 2, 2]]);
  expect(waves.map(({ wave: name, opened, affected, down, perHour: pace }) => [name, opened, affected, down, pace])).toEqual([['canary', false, 2, 0, 2 / 3.5], [null, true, 3, 3, 0]]);
  expect(technicians).toEqual([{ name: 'Karla', repaired: 1, verified: 0, repairedPerHour: 1 / 3.5, verifiedPerHour: 0 }, { name: 'test', repaired: 0, verified: 1, repairedPerHour: 0, verifiedPerHour: 1 / 3.5 }]);
  expect([people, perHour, backInDay]).toEqual([2, 2 / 3.5, 2]);
  // A quiet night: the pace is none, and what the end rests on is still said.
  desk.advance(8 * 3_600_000);
  expect(readCourse(desk.db, desk.clock())).toMatchObject({ perHour: 0, backInDay: 2, sites: [{ perHour: 0, backInDay: 2 }] });
  desk.advance(16 * 3_600_000);
  expect(readCourse(desk.db, desk.clock())).toMatchObject({ perHour: 0, backInDay: 0 });
});
