import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyAudit } from '../../electron/core/audit/audit.ts';
import { ATTEMPT_PROOFS, HOST_STATES, MEDIA_STATES, ROLES } from '../../electron/core/codes.ts';
import { readHostHistory } from '../../electron/core/hosts/host-history.ts';
import { readCourse } from '../../electron/core/hosts/course.ts';
import { listHosts } from '../../electron/core/hosts/host-list.ts';
import { readStatus } from '../../electron/core/hosts/status.ts';
import { openVault, type OpenedVault } from '../../electron/core/operators/sign-in.ts';
import { readReportFigures } from '../../electron/core/reports/report-facts.ts';
import { listWaves } from '../../electron/core/waves/waves.ts';
import { openUnsealer } from '../../electron/store/sealed-pages.ts';
import { openDeskFolder } from '../../electron/store/desk-folder.ts';
import { seedDemo } from '../../scripts/dev/seed-demo.ts';
import { chance } from '../../scripts/dev/demo/fleet.ts';

const NOW = Date.parse('2024-07-21T04:00:00Z');
const folder = mkdtempSync(join(tmpdir(), 'bluelift-demo-test-'));
let vault: OpenedVault;
const column = (sql: string): unknown[] => vault.db.prepare(sql).pluck().all();

async function seed(name: string): Promise<OpenedVault> {
  const { operatorName, passphrase } = await seedDemo(join(folder, name), NOW);
  return openVault({ folder: openDeskFolder(join(folder, name)), clock: () => NOW, random: (count) => new Uint8Array(count), sleep: async () => {} }, operatorName, passphrase);
}
beforeAll(async () => { vault = await seed('one'); });
afterAll(() => {
  vault.db.close();
  rmSync(folder, { recursive: true });
});

test('the demo shows 2,000 hosts in every state over five sites', () => {
  const status = readStatus(vault.db, NOW);
  expect(status.hosts).toBe(2000);
  expect(status.states.filter(({ count }) => count === 0)).toEqual([]);
  expect(status.states.map(({ state }) => state)).toEqual([...HOST_STATES]);
  expect(status.blockedReasons.filter(({ count }) => count === 0)).toEqual([]);
  expect(column("SELECT DISTINCT substr(site, 1, instr(site, ',') - 1) FROM hosts WHERE site IS NOT NULL ORDER BY 1")).toEqual(['Bremen', 'Hamburg', 'Kiel', 'Lübeck', 'Oldenburg']);
  expect(status.repairedLastHour).toBeGreaterThan(0);
});

test('servers stand apart from clients, and the domain controllers were brought back before anything else', () => {
  const at = new Date(NOW).toISOString();
  const { kinds } = readReportFigures(vault.db, at);
  expect(kinds.server.affected).toBeGreaterThan(90);
  expect(kinds.server.down).toBeGreaterThan(10);
  expect(kinds.client.affected).toBeGreaterThan(1600);
  expect(readCourse(vault.db, NOW).kinds.map(({ kind, affected }) => [kind, affected])).toEqual([['server', kinds.server.affected], ['client', kinds.client.affected], ...(kinds.unknown.affected === 0 ? [] : [['unknown', kinds.unknown.affected]])]);
  const [first, second] = listWaves(vault.db);
  expect(first).toMatchObject({ canary: true, hosts: 15, done: 15, openedAt: expect.any(String) });
  expect(second?.evidence).toContain('15 of 15 verified, 0 unexpected');
  const lastOfFirst = column("SELECT max(e.at) FROM host_events e JOIN wave_members m USING (host_id) WHERE m.wave_id = 1 AND e.kind = 'attempt'")[0];
  expect(column(`SELECT count(*) FROM attempts WHERE outcome = 'repaired' AND imported_at < '${String(lastOfFirst)}'`)[0]).toBeLessThan(500);
  // A directory's export says so; where there was none only the name does.
  expect(column("SELECT DISTINCT organizational_unit FROM hosts WHERE hostname LIKE '%-DC-%' AND organizational_unit IS NOT NULL")).toEqual(['Domain Controllers']);
});

test('its keys come from several sources, with conflicts and rows that did not come in', () => {
  expect(readStatus(vault.db, NOW).keyRecords).toBeGreaterThan(2500);
  expect(column('SELECT DISTINCT kind FROM import_files ORDER BY kind')).toEqual(expect.arrayContaining(['ad-csv', 'crowdstrike-csv', 'ldif']));
  expect(column('SELECT count(*) FROM import_files WHERE error_code IS NOT NULL')).toEqual([0]);
  expect(Number(column('SELECT count(*) FROM key_records WHERE conflict = 1')[0])).toBeGreaterThan(1);
  expect(Number(column('SELECT count(DISTINCT reason) FROM import_rejections')[0])).toBeGreaterThan(1);
});

test('media, attempts and disclosures of every kind are there', () => {
  expect(column('SELECT DISTINCT state FROM media').toSorted()).toEqual([...MEDIA_STATES].toSorted());
  expect(column('SELECT DISTINCT proof FROM attempts').toSorted()).toEqual([...ATTEMPT_PROOFS].toSorted());
  expect(column("SELECT DISTINCT outcome FROM attempts").toSorted()).toEqual(['blocked', 'inspected', 'nothing-to-do', 'repaired', 'safe-boot-set']);
  expect(column('SELECT DISTINCT way FROM disclosures').toSorted()).toEqual(['medium', 'shown', 'spoken']);
  expect(column("SELECT DISTINCT role FROM operator_roles r JOIN operators o USING (operator_id) WHERE o.name <> 'demo'").toSorted()).toEqual([...ROLES].toSorted());
  expect(column("SELECT status FROM operators WHERE name = 'hd-03'")).toEqual(['pending']);
});

test('its story is told in order, ends now and holds together', () => {
  expect(verifyAudit(vault.db)).toMatchObject({ intact: true });
  const times = column('SELECT at FROM audit_entries WHERE entry_number > 1 ORDER BY entry_number') as string[];
  expect(times.slice(0, -1)).toEqual(times.slice(0, -1).toSorted()); // the last is this sign-in
  expect(times.every((at) => at <= new Date(NOW).toISOString())).toBe(true);
  const { rows } = listHosts(vault.db, { query: 'KI-SURG', states: ['verified'], blockedReasons: [], sort: 'hostname', descending: false, offset: 0, limit: 50 });
  const kinds = rows.map(({ hostId }) => readHostHistory(vault.db, hostId).map(({ kind }) => kind).filter((kind, n, all) => kind !== all[n - 1]).join(' '));
  expect(kinds).toContain('imported key-found reported on-medium attempt verified');
});

test('it is marked as a demo, and its seals are real', () => {
  expect(column('SELECT demo FROM desk')).toEqual([1]);
  const unsealer = openUnsealer(vault.db, vault.keys);
  const record = vault.db.prepare<[], { page_id: number; place: number }>('SELECT page_id, place FROM key_records LIMIT 1').get();
  expect(unsealer.unseal(record?.page_id ?? 0, record?.place ?? 0)).toHaveLength(16);
  unsealer.close();
});

test('it is the same every time', async () => {
  const other = await seed('two');
  // Each host's course in its order; which of two hosts of one list was written first is told by how fast the machine was.
  const shape = (db: OpenedVault['db']): unknown[] => ['SELECT hostname, state, blocked_reason, closed_as, state_at, site, model FROM hosts ORDER BY hostname', 'SELECT hostname, e.at, e.kind, e.operator, e.detail FROM host_events e JOIN hosts USING (host_id) ORDER BY hostname, host_event_id', 'SELECT at, operator, way, reason, ticket, media_id FROM disclosures ORDER BY disclosure_id'].map((sql) => db.prepare(sql).all());
  expect(shape(other.db)).toEqual(shape(vault.db));
  other.db.close();
  expect(chance('KI-SURG-0417', 'fate')).toBe(chance('KI-SURG-0417', 'fate'));
});
