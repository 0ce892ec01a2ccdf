import { expect, test } from 'vitest';
import { listDriverlessModels } from '../../../electron/core/remediation/driverless-models.ts';
import { takeAttempt } from '../../../electron/core/remediation/take-attempt.ts';
import { addHost, openTestDesk } from './test-desk.ts';
import { addMedium, attemptIdOf, makeRecord, writeRecord } from './test-records.ts';

const VMD = { hardwareId: 'PCI\\VEN_8086&DEV_467F', name: 'RAID Controller' };

test('models on which no disk was seen are counted by hosts, with the controllers that need a driver, the worst first', () => {
  const desk = openTestDesk();
  addMedium(desk);
  const serials = new Map([['PC-1', '5CG1A'], ['PC-2', '5CG2B'], ['PC-3', '5CG3C']]);
  for (const [name, serial] of serials) desk.db.prepare('UPDATE hosts SET serial_number = ? WHERE host_id = ?').run(serial, addHost(desk, name, { state: 'ready' }));
  for (const [name, serial] of serials) desk.db.prepare("INSERT INTO host_ids (kind, value, host_id, first_row, last_row) SELECT 'serial-number', ?, host_id, 0, 0 FROM hosts WHERE hostname = ?").run(serial, name);
  const blocked = { outcome: 'blocked', blockedReason: 'no-disk-seen', removedCount: 0, volumes: [], windows: [] } as const;
  let n = 0;
  const take = (serialNumber: string, model: string, more: object = {}): void => void takeAttempt(desk, writeRecord(makeRecord({ ...blocked, attemptId: attemptIdOf(++n), serialNumber, model, missingDrivers: [VMD], ...more })));
  take('5CG1A', 'OptiPlex 7010');
  take('5CG1A', 'OPTIPLEX 7010 '); // tried twice, the second time with another spelling
  take('5CG2B', 'OptiPlex 7010');
  take('5CG3C', 'ThinkCentre M70q', { missingDrivers: [] });
  take('UNKNOWN-SERIAL', 'ThinkCentre M70q', { missingDrivers: [{ hardwareId: 'PCI\\VEN_1022&DEV_7905', name: 'AMD-RAID' }] });
  const models = listDriverlessModels(desk.db);
  expect(models).toMatchObject([
    { maker: 'LENOVO', model: 'OptiPlex 7010', hosts: 2, attempts: 3, controllers: [{ ...VMD, hosts: 2 }] },
    { maker: 'LENOVO', model: 'ThinkCentre M70q', hosts: 2, attempts: 2, controllers: [{ hardwareId: 'PCI\\VEN_1022&DEV_7905', hosts: 1 }] },
  ]);
  expect(models[0]?.hostnames).toEqual(['PC-1', 'PC-2']);
  expect(models[0]?.blocked).toBe(2);
  // With the driver on the medium a host is repaired: it was blocked once, and is not any more.
  takeAttempt(desk, writeRecord(makeRecord({ attemptId: attemptIdOf(++n), computerName: 'PC-1', model: 'OptiPlex 7010', finishedAtMs: Date.parse('2024-07-19T12:00:00Z') })));
  expect(listDriverlessModels(desk.db).find(({ model }) => model === 'OptiPlex 7010')).toMatchObject({ hosts: 2, blocked: 1 });
});

test('a host that shows no disk is told by its serial number, unless several have it', () => {
  const desk = openTestDesk();
  addMedium(desk);
  const [one, other] = [addHost(desk, 'PC-1', { state: 'ready' }), addHost(desk, 'PC-2', { state: 'ready' })];
  const say = desk.db.prepare("INSERT INTO host_ids (kind, value, host_id, first_row, last_row) VALUES ('serial-number', ?, ?, 0, 0)");
  say.run('5CG1A', one);
  for (const host of [one, other]) say.run('SHARED1', host);
  const blocked = { outcome: 'blocked', blockedReason: 'no-disk-seen', removedCount: 0, volumes: [], windows: [] } as const;
  expect(takeAttempt(desk, writeRecord(makeRecord({ ...blocked, attemptId: attemptIdOf(1), serialNumber: ' 5cg1a' })))).toMatchObject({ hostname: 'PC-1', hostState: 'blocked' });
  expect(takeAttempt(desk, writeRecord(makeRecord({ ...blocked, attemptId: attemptIdOf(2), serialNumber: 'SHARED1' })))).toMatchObject({ hostname: null });
  expect(takeAttempt(desk, writeRecord(makeRecord({ ...blocked, attemptId: attemptIdOf(3), serialNumber: 'To be filled by O.E.M.' })))).toMatchObject({ hostname: null });
});

test('a desk whose hosts all showed their disks has no such list', () => {
  expect(listDriverlessModels(openTestDesk().db)).toEqual([]);
});
