import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Desk } from '../../../electron/core/desk.ts';
import { listHostIds } from '../../../electron/core/hosts/host-questions.ts';
import { tagMany } from '../../../electron/core/hosts/many-hosts.ts';
import { pruneListings } from '../../../electron/core/hosts/prune-listings.ts';
import { listHostLists, reconcile } from '../../../electron/core/hosts/reconcile.ts';
import { blockHost } from '../../../electron/core/remediation/host-acts.ts';
import { importText } from '../keys/import-desk.ts';
import { openTestDesk } from '../remediation/test-desk.ts';

const lines = (...rows: readonly string[]): string => [...rows, ''].join('\r\n');
const DEVICE = '5EF0A1C2-0000-4000-9000-000000000001';
const AID = 'ab12'.repeat(8);

/** Constructed after what each product documents, or what its exporters' sources write. `seen`: of the host, as the newer list says it. */
const LISTS: readonly (readonly [kind: string, text: (day: string) => string, state: string, ids: Readonly<Record<string, string>>, hasSeen: boolean])[] = [
  ['falcon-impacted-csv', (day) => lines('cid,aid,ComputerName,LastSeen,CFVersion,LastSeenDelta,Details,AgentVersion,aip,event_platform,MachineDomain,OU,SiteName,SystemManufacturer,SystemProductName',
    `c,${AID},KI-SURG-0417,${day} 05:00:00,30,1,CHECK: possibly impacted,7.15,10.0.0.1,Win,corp.example,Surgery,Kiel,LENOVO,M70q`), 'reported', { 'sensor-id': AID }, true],
  ['falcon-hosts-csv', (day) => lines('Hostname,Last Seen,First Seen,Platform,OS Version,Model,Manufacturer,Host ID,MAC Address,Status,Serial Number,Sensor Version',
    `KI-SURG-0417,${day}T05:00:00Z,2023-01-01T00:00:00Z,Windows,Windows 11,M70q,LENOVO,${AID},03-f4-00-00-00-01,normal,PC1TX4Q7,7.15`), 'reported', { 'sensor-id': AID, 'serial-number': 'PC1TX4Q7' }, true],
  ['hosts-json', (day) => JSON.stringify({ meta: {}, errors: [], resources: [{ device_id: AID, cid: 'c', hostname: 'KI-SURG-0417', serial_number: 'PC1TX4Q7', os_version: 'Windows 11', platform_name: 'Windows', system_manufacturer: 'LENOVO', last_seen: `${day}T05:00:00Z`, machine_domain: 'corp.example' }] }), 'reported', { 'sensor-id': AID, 'serial-number': 'PC1TX4Q7' }, true],
  ['intune-csv', (day) => lines('Device ID,Device name,Enrollment date,Last check-in,Microsoft Entra Device ID,OS version,Serial number,Manufacturer,Model,Primary user UPN',
    `11111111-2222-4333-8444-555555555555,KI-SURG-0417,2023-01-01T00:00:00Z,${day}T05:00:00Z,${DEVICE.toLowerCase()},10.0.22631,PC1TX4Q7,LENOVO,M70q,r.petersen@corp.example`), 'known', { 'entra-device-id': DEVICE, 'serial-number': 'PC1TX4Q7' }, true],
  ['entra-devices-csv', (day) => lines('accountEnabled,approximateLastLogonTimeStamp,deviceOSType,deviceOSVersion,deviceTrustType,dirSyncEnabled,displayName,isCompliant,isManaged,objectId,registeredOwners',
    `True,${day}T05:00:00Z,Windows,10.0.22631,ServerAd,True,KI-SURG-0417,True,True,99999999-2222-4333-8444-555555555555,r.petersen@corp.example`), 'known', {}, true],
  ['configmgr-csv', (day) => lines('"Name","ResourceID","Domain","ADSiteName","DeviceOS","LastActiveTime","IsClient","SMBIOSGUID","SerialNumber"',
    `"KI-SURG-0417","16777220","CORP","Kiel","Microsoft Windows NT Workstation 10.0","${day}T05:00:00Z","True","4C4C4544-0042-3510-8054-B4C04F563332","PC1TX4Q7"`), 'known', { 'bios-uuid': '4C4C4544-0042-3510-8054-B4C04F563332', 'serial-number': 'PC1TX4Q7' }, true],
  ['servicenow-csv', () => lines('sys_id,name,serial_number,asset_tag,os,os_version,assigned_to,location', '0123456789abcdef0123456789abcdef,ki-surg-0417.corp.example,PC1TX4Q7,A-20417,Windows 11,10.0.22631,Petersen,Kiel'), 'known', { 'dns-name': 'ki-surg-0417.corp.example', 'serial-number': 'PC1TX4Q7' }, false],
  ['snipe-it-csv', () => lines('Asset Tag,Company,Item Name,Category,Manufacturer,Model Name,Serial,Location', 'A-20417,Clinic,KI-SURG-0417,Desktop,LENOVO,M70q,PC1TX4Q7,Kiel'), 'known', { 'serial-number': 'PC1TX4Q7' }, false],
  ['computers-csv', (day) => lines('"DistinguishedName","DNSHostName","Enabled","LastLogonDate","Name","ObjectClass","ObjectGUID","SamAccountName","SID"',
    `"CN=KI-SURG-0417,OU=Surgery,DC=corp,DC=example","ki-surg-0417.corp.example","True","${day}T05:00:00Z","KI-SURG-0417","computer","0b1ec700-0000-4000-a000-000000000001","KI-SURG-0417$","S-1-5-21-1004336348-1177238915-682003330-512"`),
  'known', { 'dns-name': 'ki-surg-0417.corp.example', 'directory-name': 'ki-surg-0417.corp.example', 'object-guid': '0B1EC700-0000-4000-A000-000000000001', sid: 'S-1-5-21-1004336348-1177238915-682003330-512' }, true],
];
const host = (desk: Desk): { id: number; state: string; seen: string | null } | undefined =>
  desk.db.prepare<[], { id: number; state: string; seen: string | null }>("SELECT host_id AS id, state, last_seen_at AS seen FROM hosts WHERE hostname = 'KI-SURG-0417'").get();

describe('a list of hosts', () => {
  it.each(LISTS)('of the kind %s names the host, its IDs and its standing; a newer one loses nothing that people entered', async (kind, text, state, ids, hasSeen) => {
    const desk = openTestDesk();
    const report = await importText(desk, text('2024-07-17'), 'list');
    expect([report.kind, report.imported, report.rejectedCount, host(desk)?.state]).toEqual([kind, 1, 0, state]);
    expect(Object.fromEntries(listHostIds(desk.db, host(desk)?.id ?? 0).map((id) => [id.kind, id.value]))).toEqual(ids);
    blockHost(desk, host(desk)?.id ?? 0, 'owner-away', 'back on Monday');
    tagMany(desk, { filter: { query: 'KI-SURG-0417', states: [], blockedReasons: [], sites: [], waves: [], tags: [] }, expected: 1 }, 'ward', false);
    await importText(desk, text('2024-07-18'), 'newer list');
    expect(host(desk)).toMatchObject({ state: 'blocked', seen: hasSeen ? expect.stringContaining('2024-07-18T05:00:00') : null });
    expect(desk.db.prepare('SELECT tag FROM host_tags').all()).toEqual([{ tag: 'ward' }]);
  });

  it('corrects what an older one said, and never what a newer one did', async () => {
    const inventory = (day: string, model: string, user: string): string => lines('Device ID,Device name,Last check-in,Model,Primary user UPN', `x,KI-SURG-0417,${day}T05:00:00Z,${model},${user}`);
    const facts = (desk: Desk): unknown => desk.db.prepare('SELECT model, user_name AS user FROM hosts').get();
    const desk = openTestDesk();
    await importText(desk, inventory('2024-06-01', 'M70q', 'r.petersen'), 'june');
    await importText(desk, inventory('2024-07-01', 'M75q', ''), 'july');
    expect(facts(desk)).toEqual({ model: 'M75q', user: 'r.petersen' });
    await importText(desk, inventory('2024-05-01', 'M60q', 'a.hansen'), 'may, found late');
    expect(facts(desk)).toEqual({ model: 'M75q', user: 'r.petersen' });
    await importText(desk, lines('Asset Tag,Company,Item Name,Category,Model Name', 'A-20417,Clinic,KI-SURG-0417,Desktop,Z99'), 'undated');
    expect(facts(desk)).toEqual({ model: 'M75q', user: 'r.petersen' });
  });

  it('is held against the others, whatever product they are of', async () => {
    const desk = openTestDesk();
    for (const [kind, text] of LISTS) await importText(desk, text('2024-07-18'), kind);
    await importText(desk, 'hostname\r\nKI-SURG-0417\r\nKI-WARD-0001\r\n', 'phone.txt');
    const chosen = listHostLists(desk.db).map(({ importFileId }) => importFileId);
    const { lists } = await reconcile(desk, { importFileIds: chosen, limit: 5 });
    expect(lists.map(({ lacks }) => lacks.count)).toEqual([0, ...LISTS.map(() => 1)]);
  });
});

describe('old lists', () => {
  it('give way to newer ones within bounds: those that stay are whole, and whoever was ever listed still counts as listed', async () => {
    const list = fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 6 });
    await fc.assert(fc.asyncProperty(fc.array(list, { minLength: 1, maxLength: 7 }), fc.record({ lists: fc.integer({ min: 2, max: 5 }), rows: fc.integer({ min: 3, max: 20 }) }), async (lists, bounds) => {
      const desk = openTestDesk();
      for (const [n, names] of lists.entries()) {
        await importText(desk, lines('hostname', ...names.map((name) => `PC-${name}`)), `list-${n}.txt`);
        for (const _ of pruneListings(desk.db, '2024-07-20T12:00:00.000Z', bounds));
      }
      const kept = listHostLists(desk.db);
      expect(kept.map(({ name }) => name)).toEqual(lists.map((_, n) => `list-${n}.txt`).toReversed().slice(0, kept.length));
      expect(kept.map(({ hosts }) => hosts)).toEqual(lists.toReversed().slice(0, kept.length).map((names) => names.length));
      const rows = desk.db.prepare<[], { n: number; hosts: number }>('SELECT count(*) AS n, count(DISTINCT host_id) AS hosts FROM host_listings').get();
      const everyone = new Set(lists.flat()).size;
      expect(rows?.hosts).toBe(everyone);
      expect(kept.length).toBeLessThanOrEqual(bounds.lists);
      const two = lists.slice(-2).flat().length;
      expect(rows?.n ?? 0).toBeLessThanOrEqual(Math.max(bounds.rows, two) + everyone);
      expect((await reconcile(desk, { importFileIds: kept.map(({ importFileId }) => importFileId), limit: 1 })).foundInTheField.count).toBe(0);
      desk.db.close();
    }), { numRuns: 80 });
  }, 60_000);
});
