import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evidenceOf, suggestFirst } from '../../../electron/core/waves/first-hosts.ts';
import { assignHosts, createWave } from '../../../electron/core/waves/waves.ts';
import { addHost, openTestDesk } from '../remediation/test-desk.ts';

test.each([
  ['KI-DC-01', null, true, 'domain-controller-name', 'DC'], ['dc2', null, true, 'domain-controller-name', 'DC'], ['HH-RODC1', null, true, 'domain-controller-name', 'RODC'],
  ['KI-SRV-7', 'OU=Domain Controllers,DC=nord,DC=example', false, 'domain-controllers-unit', 'OU=Domain Controllers'],
  ['CM-MBAM-1', null, true, 'key-server-name', 'MBAM'], ['KISCCM01', null, true, 'key-server-name', 'SCCM'], ['KI-CA-1', null, true, 'sign-in-server-name', 'CA'], ['DNS1', null, true, 'sign-in-server-name', 'DNS'],
])('%s with unit %s, server %s, is suggested as %s', (hostname, unit, isServer, evidence, found) => {
  expect(evidenceOf(hostname, unit, isServer)).toEqual({ evidence, found });
});

test.each([['KI-DC-01', null, false], ['DCAMERA-3', null, true], ['CAFE-01', null, true], ['KI-SURG-0417', 'OU=Clients,DC=nord', true], ['BROADCAST1', null, true], ['KI-01', 'OU=Old Domain Controllers Test', true]] as const)('%s with unit %s, server %s, is not: part of a word is no evidence', (hostname, unit, isServer) => {
  expect(evidenceOf(hostname, unit, isServer)).toBeNull();
});

test('no client is suggested for its name, whatever it is', () => {
  fc.assert(fc.property(fc.string({ maxLength: 15 }), (hostname) => evidenceOf(hostname, null, false) === null));
});

test('every domain controller of a large fleet is suggested, none is cut off', () => {
  const desk = openTestDesk();
  const name = desk.db.prepare("UPDATE hosts SET operating_system = 'Windows Server 2022' WHERE host_id = ?");
  for (let number = 1; number <= 620; number += 1) name.run(addHost(desk, `S${number}-DC`, { state: 'ready' }));
  expect(suggestFirst(desk.db)).toHaveLength(620);
});

test('hosts that are still down are suggested, domain controllers first, with the wave they are in', () => {
  const desk = openTestDesk();
  const add = (name: string, state: 'ready' | 'verified', system: string, unit: string | null = null): void => { desk.db.prepare('UPDATE hosts SET operating_system = ?, organizational_unit = ? WHERE host_id = ?').run(system, unit, addHost(desk, name, { state })); };
  add('KI-SCCM-1', 'ready', 'Windows Server 2022');
  add('KI-DC-1', 'ready', 'Windows Server 2019');
  add('KI-DC-2', 'verified', 'Windows Server 2019');
  add('ZZ-77', 'ready', 'Windows Server 2019', 'OU=Domain Controllers,DC=nord');
  add('KI-DC-9', 'ready', 'Windows 11');
  const { waveId } = createWave(desk, { name: 'canary' });
  assignHosts(desk, waveId, { kind: 'hosts', hostnames: ['KI-DC-1'] });
  expect(suggestFirst(desk.db).map(({ hostname, evidence, wave }) => [hostname, evidence, wave])).toEqual([['ZZ-77', 'domain-controllers-unit', null], ['KI-DC-1', 'domain-controller-name', 'canary'], ['KI-SCCM-1', 'key-server-name', null]]);
});
