// What stands in a list of hosts and is none of BitLocker's: other systems, and in a dump of a directory whoever is no computer.
import { expect, test } from 'vitest';
import { hostnames, read, rejections } from './support.ts';

const lines = (...rows: readonly string[]): string => [...rows, ''].join('\r\n');

test('people, groups and service accounts in a dump of a directory are no hosts', async () => {
  const result = await read(lines('DN,objectClass,name,sAMAccountName', '"CN=KIEL-01,OU=K,DC=corp,DC=example",computer,KIEL-01,KIEL-01$', '"CN=Jane,OU=K,DC=corp,DC=example",user,Jane,jane',
    '"CN=Crew,OU=K,DC=corp,DC=example",top;group,Crew,crew', '"CN=svc,OU=K,DC=corp,DC=example",msDS-GroupManagedServiceAccount,svc,svc01$', '"CN=KIEL-02,OU=K,DC=corp,DC=example",top;person;organizationalPerson;user;computer,KIEL-02,KIEL-02$'));
  expect(hostnames(result)).toEqual(['KIEL-01', 'KIEL-02']);
  expect(rejections(result)).toEqual([[3, 'other-object'], [4, 'other-object'], [5, 'other-object']]);
});

test('a Mac is told by its version where nothing else says so', async () => {
  const result = await read(JSON.stringify([{ hostname: 'KIEL-01', os_version: 'Windows 11 Pro' }, { hostname: 'studio-1', os_version: 'macOS 14.5' }, { hostname: 'studio-2', platform: 'darwin' }]));
  expect(hostnames(result)).toEqual(['KIEL-01']);
  expect(rejections(result)).toEqual([[2, 'other-platform'], [3, 'other-platform']]);
});

test('the console’s version of a system is what it is called; the number of a build says nothing', async () => {
  const system = async (text: string): Promise<unknown> => (await read(text)).rows.map((row) => (row.kind === 'host' ? row.host.operatingSystem : row.kind));
  expect(await system(JSON.stringify({ resources: [{ device_id: 'ab'.repeat(16), cid: 'c', hostname: 'KIEL-SRV1', platform_name: 'Windows', os_version: 'Windows Server 2019' }] }))).toEqual(['Windows Server 2019']);
  expect(await system(lines('Hostname,Platform,OS Version,Host ID,Last Seen', `KIEL-SRV1,Windows,Windows Server 2019,${'ab'.repeat(16)},2024-07-19T04:00:00Z`))).toEqual(['Windows Server 2019']);
  expect(await system(lines('Device ID,Device name,OS version,OS', '11111111-2222-4333-8444-555555555555,KIEL-01,10.0.22631.3880,Windows'))).toEqual(['Windows']);
});
