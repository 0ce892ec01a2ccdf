// Runs of rows between file and store.
import { expect, test } from 'vitest';
import { factsAt } from '../../../electron/core/keys/staged-hosts.ts';
import { openStaging } from '../../../electron/core/keys/staged-rows.ts';
import { makeHost, type HostExtras } from '../../../electron/formats/intake/host-facts.ts';
import type { HostFacts, KeyRow } from '../../../electron/formats/intake/rows.ts';
import type { RecoveryPassword } from '../../../electron/core/keys/recovery-password.ts';

const PASSWORD = '000011-000022-000033-000044-000055-000066-000077-000088' as RecoveryPassword;

test('a run names each host once, in the order of names too, in which its keys stand; keys, LAPS passwords and IDs name theirs', () => {
  const staging = openStaging(new Uint8Array(32));
  staging.addKey(keyOf(2, hostOf('PC-3', { serialNumber: 'SN-0003' })));
  staging.addKey(keyOf(3, null));
  staging.addKey(keyOf(4, hostOf('PC-1', { site: 'Paris', serialNumber: 'SN-0001' })));
  staging.addLaps({ kind: 'laps', row: 5, host: hostOf('PC-2'), passwords: [], encrypted: true });
  staging.addHost({ kind: 'host', row: 6, host: hostOf('PC-3', { site: 'Rome', serialNumber: 'SN-0033' }) });
  const { run: { keys, hosts, laps }, order } = staging.take();
  expect(hosts.hostnames).toEqual(['PC-3', 'PC-1', 'PC-2']);
  expect(Array.from(hosts.order)).toEqual([1, 2, 0]);
  expect(Array.from(keys.hosts.subarray(0, keys.count), (host) => hosts.hostnames[host])).toEqual([undefined, 'PC-1', 'PC-3']);
  expect(Array.from(order)).toEqual([1, 2, 0]);
  expect(laps.map(({ host }) => hosts.hostnames[host])).toEqual(['PC-2']);
  expect(hosts.ids.values.map((value, at) => [value, hosts.hostnames[hosts.ids.hosts[at] ?? -1], hosts.ids.rows[at]])).toEqual([['SN-0001', 'PC-1', 4], ['SN-0003', 'PC-3', 2], ['SN-0033', 'PC-3', 6]]);
  expect([0, 1, 2].map((index) => factsAt(hosts, index).site)).toEqual(['Rome', 'Paris', null]);
  expect(hosts.facts.description).toBeNull();
  expect([hosts.listedRow, hosts.reported]).toEqual([[6, 0, 0], [true, false, false]]);
  expect(staging.take().run.hosts.count).toBe(0);
});

function hostOf(name: string, extras: HostExtras = {}): HostFacts {
  const made = makeHost(name, extras);
  if (made.status !== 'ok') throw new Error(`${name} is ${made.status}`);
  return made.host;
}

const keyOf = (row: number, host: HostFacts | null): KeyRow => ({ kind: 'key', row, keyProtectorId: null, recoveryPassword: PASSWORD, host, entraDeviceId: null, volumeId: null, volumeLabel: null, drive: null, createdAt: null, remarks: [] });
