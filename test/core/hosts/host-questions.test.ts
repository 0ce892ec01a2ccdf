import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Desk } from '../../../electron/core/desk.ts';
import { joinHosts, keepApart, listDecisions, takeAsOne, undoDecision } from '../../../electron/core/hosts/host-decisions.ts';
import { listHostIds, listHostQuestions } from '../../../electron/core/hosts/host-questions.ts';
import { readHostHistory } from '../../../electron/core/hosts/host-history.ts';
import { readHostPlan } from '../../../electron/core/hosts/host-facets.ts';
import { tagMany } from '../../../electron/core/hosts/many-hosts.ts';
import { writeAssignment } from '../../../electron/core/hosts/undo-many.ts';
import { NAMED_WITHOUT_KEY, readCoverage } from '../../../electron/core/keys/coverage.ts';
import { lookUp } from '../../../electron/core/keys/look-up.ts';
import { undoImport } from '../../../electron/core/keys/undo-import.ts';
import { listHostsWithoutKeyPage } from '../../../electron/core/keys/unmatched.ts';
import { verifyAudit } from '../../../electron/core/audit/audit.ts';
import { resolveScope } from '../../../electron/core/media/scope.ts';
import { blockHost, reopenHost } from '../../../electron/core/remediation/host-acts.ts';
import { takeAttempt } from '../../../electron/core/remediation/take-attempt.ts';
import { csv, idText, importText, keptKeys, passwordText } from '../keys/import-desk.ts';
import { assignHosts, createWave } from '../../../electron/core/waves/waves.ts';
import { openTestDesk } from '../remediation/test-desk.ts';
import { addMedium, makeRecord, writeRecord } from '../remediation/test-records.ts';

const deviceOf = (n: number): string => `5EF0A1C2-0000-4000-9000-${String(n).padStart(12, '0')}`;
const intune = (...rows: readonly (readonly [name: string, device: number | null, serial: string | null])[]): string =>
  ['Device ID,Device name,Microsoft Entra Device ID,Serial number,Last check-in', ...rows.map(([name, device, serial]) => `x,${name},${device === null ? '' : deviceOf(device)},${serial ?? ''},2024-07-18T05:00:00Z`), ''].join('\r\n');
const hostId = (desk: Desk, name: string): number => desk.db.prepare<[string], { id: number }>('SELECT host_id AS id FROM hosts WHERE hostname = ?').get(name)?.id ?? 0;
const standing = (desk: Desk, name: string): unknown => desk.db.prepare('SELECT state, blocked_reason, closed_as FROM hosts WHERE hostname = ?').get(name);
const asked = async (desk: Desk): Promise<string[]> => (await listHostQuestions(desk.db, { offset: 0, limit: 100 })).rows.map(({ kind, guess, hosts, idKinds }) => `${kind} ${guess} ${hosts.map(({ hostname }) => hostname).join('+')} ${idKinds.join('+')}`);

describe('questions about hosts', () => {
  it.each([
    ['a renamed host keeps its registration', intune(['OLD-1', 1, 'SN-0001'], ['NEW-1', 1, 'SN-0001']), ['same-id renamed NEW-1+OLD-1 serial-number+entra-device-id']],
    ['a machine installed anew under another name keeps its serial number', intune(['OLD-1', 1, 'SN-0001'], ['NEW-1', 2, 'SN-0001']), ['same-id reimaged NEW-1+OLD-1 serial-number']],
    ['one name with a new device ID was installed anew', intune(['PC-1', 1, 'SN-0001'], ['PC-1', 2, 'SN-0001']), ['other-ids reimaged PC-1 entra-device-id']],
    ['one name with two serial numbers is two machines', intune(['PC-1', 1, 'SN-0001'], ['PC-1', 2, 'SN-0002']), ['other-ids other-machine PC-1 serial-number+entra-device-id']],
    ['one name in two domains', 'hostname\r\npc-1.corp.example\r\npc-1.branch.example\r\n', ['other-ids two-domains PC-1 dns-name']],
    ['one name in two domains of a directory', 'Hostname,KeyID,RecoveryKey\r\n"CN=TWIN,OU=x,DC=a,DC=example",,NULL\r\n"CN=TWIN,OU=y,DC=b,DC=example",,NULL\r\n'.replaceAll(',,NULL', `,${idText(1)},${passwordText(1)}`).replace(idText(1), idText(2)).replace(passwordText(1), passwordText(2)), ['other-ids two-domains TWIN directory-name']],
    ['one name in two domains of a directory, each with an object of its own', 'DistinguishedName,Name,ObjectClass,ObjectGUID,SID\r\n"CN=TWIN,OU=x,DC=a,DC=example",TWIN,computer,2ef04ef1-23b0-2e00-a90c-000000000001,S-1-5-21-1-2-3-1100\r\n"CN=TWIN,OU=x,DC=b,DC=example",TWIN,computer,2ef04ef1-23b0-2e00-a90c-000000000002,S-1-5-21-9-9-9-1100\r\n', ['other-ids two-domains TWIN object-guid+sid+directory-name']],
    ['one domain under two units, and a DNS name elsewhere, raise none', 'DistinguishedName,DNSHostName,Name\r\n"CN=PC-1,OU=x,DC=a,DC=example",pc-1.hq.example,PC-1\r\n"CN=PC-1,OU=y,DC=a,DC=example",,PC-1\r\n', []],
    ['a name cut by NetBIOS and the whole one', 'hostname\r\nLONGER-THAN-FIF\r\nLONGER-THAN-FIFTEEN-CHARS\r\nSHORT\r\nSHORT-ONE\r\n', ['cut-name cut-name LONGER-THAN-FIF+LONGER-THAN-FIFTEEN-CHARS ']],
    ['a beginning that many names share is a scheme of names', `hostname\r\n${['LAPTOP-BERLIN-W', 'LAPTOP-BERLIN-W001', 'LAPTOP-BERLIN-W002', 'LAPTOP-BERLIN-W003', 'LAPTOP-BERLIN-W004'].join('\r\n')}\r\n`, []],
    ['a cut name with a serial number of its own is another machine', intune(['LONGER-THAN-FIF', null, 'SN-0001'], ['LONGER-THAN-FIFTEEN', null, 'SN-0002']), []],
    ['a serial number that five machines share tells nothing', intune(...[1, 2, 3, 4, 5].map((n) => [`PC-${n}`, n, 'IMAGE-SERIAL'] as const)), []],
    ['a placeholder of the maker tells nothing', intune(['PC-1', 1, 'To be filled by O.E.M.'], ['PC-2', 2, 'To be filled by O.E.M.']), []],
    ['hosts that agree raise none', intune(['PC-1', 1, 'SN-0001'], ['pc-1.corp.example', 1, 'sn-0001']), []],
  ])('%s', async (_what, text, questions) => {
    const desk = openTestDesk();
    await importText(desk, text, 'list.csv');
    expect(await asked(desk)).toEqual(questions);
  });

  it('says of every ID which file and row gave it first and last', async () => {
    const desk = openTestDesk();
    await importText(desk, intune(['PC-1', 1, 'SN-0001']), 'june.csv');
    await importText(desk, intune(['PC-9', 9, null], ['PC-1', 1, null]), 'july.csv');
    expect(listHostIds(desk.db, hostId(desk, 'PC-1'))).toEqual([
      { kind: 'entra-device-id', value: deviceOf(1), source: 'june.csv', sourceRow: 2, lastSource: 'july.csv', lastRow: 3 },
      { kind: 'serial-number', value: 'SN-0001', source: 'june.csv', sourceRow: 2, lastSource: 'june.csv', lastRow: 2 },
    ]);
  });

  it('asks when two sources name different hosts for one key, and shows no more of it than its ID', async () => {
    const desk = openTestDesk();
    await importText(desk, csv([{ host: 'OLD-1', id: 1, password: 1 }]), 'june.csv');
    await importText(desk, csv([{ host: 'NEW-1', id: 1, password: 1 }]), 'july.csv');
    const [question] = (await listHostQuestions(desk.db, { offset: 0, limit: 10 })).rows;
    expect(question).toMatchObject({ kind: 'same-id', guess: 'renamed', hosts: [{ hostname: 'NEW-1', ids: [{ value: idText(1), source: 'july.csv' }] }, { hostname: 'OLD-1', ids: [{ value: idText(1), source: 'june.csv', sourceRow: 2 }] }] });
  });

  it('forgets what an import said that was undone, and gives its keys back', async () => {
    const desk = openTestDesk();
    await importText(desk, ['hostname', 'OLD-1', 'NEW-1', ''].join('\r\n'), 'down.txt');
    await importText(desk, csv([{ host: 'OLD-1', id: 1, password: 1 }]), 'june.csv');
    await importText(desk, csv([{ host: 'NEW-1', id: 1, password: 1 }]), 'july.csv');
    expect([keptKeys(desk)[0]?.hostname, standing(desk, 'OLD-1'), standing(desk, 'NEW-1')]).toMatchObject(['NEW-1', { state: 'reported' }, { state: 'ready' }]);
    await undoImport(desk, 3);
    expect([keptKeys(desk)[0]?.hostname, standing(desk, 'OLD-1'), standing(desk, 'NEW-1')]).toMatchObject(['OLD-1', { state: 'ready' }, { state: 'reported' }]);
    expect(await asked(desk)).toEqual([]);
  });
});

describe('an ID that was a mistake', () => {
  it('is shown no more when its import is undone', async () => {
    const desk = openTestDesk();
    await importText(desk, intune(['PC-1', 1, 'SN-0002']), 'right.csv');
    await importText(desk, intune(['PC-1', 1, 'SN-0001']), 'wrong.csv');
    const shown = (): unknown => desk.db.prepare('SELECT serial_number AS serial FROM hosts').get();
    expect(shown()).toEqual({ serial: 'SN-0001' });
    await undoImport(desk, 2);
    expect([shown(), await asked(desk)]).toEqual([{ serial: 'SN-0002' }, []]);
  });
});

describe('a supervisor', () => {
  it('joins two hosts: keys, attempts and what comes in later under the old name are the kept one’s', async () => {
    const desk = openTestDesk();
    addMedium(desk);
    await importText(desk, intune(['OLD-1', 1, 'SN-0001'], ['NEW-1', 1, 'SN-0001']), 'list.csv');
    await importText(desk, 'hostname\r\nOLD-1\r\n', 'down.txt');
    await importText(desk, csv([{ host: 'OLD-1', id: 1, password: 1 }]), 'keys.csv');
    expect(takeAttempt(desk, writeRecord(makeRecord({ computerName: 'OLD-1' })))).toMatchObject({ hostState: 'repaired' });
    desk.advance(60_000);
    joinHosts(desk, { hostId: hostId(desk, 'NEW-1'), otherHostId: hostId(desk, 'OLD-1'), reason: 'renamed on Friday' });
    expect([standing(desk, 'NEW-1'), standing(desk, 'OLD-1')]).toEqual([{ state: 'repaired', blocked_reason: null, closed_as: null }, { state: 'closed', blocked_reason: null, closed_as: 'duplicate' }]);
    expect(await asked(desk)).toEqual([]);

    await importText(desk, csv([{ host: 'OLD-1', id: 2, password: 2 }]), 'more.csv');
    expect(takeAttempt(desk, writeRecord(makeRecord({ computerName: 'OLD-1', attemptId: 'b'.repeat(32) }))).hostname).toBe('NEW-1');
    expect(keptKeys(desk).map(({ hostname }) => hostname)).toEqual(['NEW-1', 'NEW-1']);
    expect(lookUp(desk.db, { query: 'OLD-1', limit: 5 }).hosts).toMatchObject([{ hostname: 'NEW-1', keyRecords: 2, foundBy: { fact: 'old-name', text: 'OLD-1' } }]);
    // The old name is no host that lacks a key.
    expect(await readCoverage(desk, { newerThanDays: 90, limit: 10 })).toMatchObject({ hosts: 1, withKey: 1, withoutKey: 0, hostsWithoutKey: [] });
    expect(await listHostsWithoutKeyPage(desk.db, { offset: 0, limit: 10 })).toEqual({ total: 0, rows: [] });
    // A technician's list of dead names still has the old one.
    expect(await resolveScope(desk.db, { kind: 'hosts', hostnames: ['old-1'] }, () => Promise.resolve())).toMatchObject({ hosts: 1, leftOut: [], keyRecordIds: [1, 2] });
    expect(readHostHistory(desk.db, hostId(desk, 'NEW-1')).filter(({ kind }) => kind === 'joined')).toMatchObject([{ operator: 'test', subject: 'OLD-1', detail: 'renamed on Friday' }]);
    expect(verifyAudit(desk.db)).toMatchObject({ intact: true });
    expect(desk.db.prepare("SELECT subject FROM audit_entries WHERE act = 'hosts.join'").all()).toEqual([{ subject: 'NEW-1' }]);
  });

  it('takes a list that has the old and the new name of a joined host for one host that is down', async () => {
    const desk = openTestDesk();
    await importText(desk, intune(['A-OLD', 1, 'SN-0001'], ['Z-NEW', 1, 'SN-0001']), 'list.csv');
    joinHosts(desk, { hostId: hostId(desk, 'Z-NEW'), otherHostId: hostId(desk, 'A-OLD'), reason: 'renamed on Friday' });
    expect(await importText(desk, 'Hostname,Site,Last Seen\r\nZ-NEW,Kiel,2024-07-19T05:00:00Z\r\nA-OLD,Husum,2024-07-19T06:00:00Z\r\n', 'down.csv')).toMatchObject({ rows: 2, imported: 1, unchanged: 1, hosts: 0 });
    expect(standing(desk, 'Z-NEW')).toEqual({ state: 'reported', blocked_reason: null, closed_as: null });
    expect(desk.db.prepare("SELECT h.hostname, h.site, h.last_seen_at AS at, l.last_seen_at AS listed FROM hosts h JOIN host_listings l USING (host_id) JOIN import_files f ON f.import_file_id = l.import_file_id WHERE f.name = 'down.csv'").all())
      .toEqual([{ hostname: 'Z-NEW', site: 'Husum', at: '2024-07-19T06:00:00Z', listed: '2024-07-19T06:00:00Z' }]);
    expect(desk.db.prepare("SELECT h.hostname FROM host_events e JOIN hosts h USING (host_id) WHERE e.kind = 'reported'").all()).toEqual([{ hostname: 'Z-NEW' }]);
  });

  it('takes a join back, and everything is where it was, whatever both hosts had', async () => {
    const part = fc.record({ keys: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 }), down: fc.boolean(), listed: fc.boolean(), blocked: fc.boolean(), attempt: fc.boolean(), tag: fc.boolean(), technician: fc.constantFrom(null, 'Karla', 'Jon'), wave: fc.constantFrom(null, 1, 2), device: fc.constantFrom(1, 2), serial: fc.constantFrom('SN-0001', 'SN-0002') });
    await fc.assert(fc.asyncProperty(part, part, async (kept, other) => {
      const desk = openTestDesk();
      addMedium(desk);
      for (const name of ['first', 'second']) createWave(desk, { name });
      for (const [at, { keys, down, listed, blocked, attempt, tag, technician, wave, device, serial }] of [kept, other].entries()) {
        const name = `PC-${at}`;
        await importText(desk, `hostname\r\n${name}\r\n`, down ? `down-${at}.txt` : 'nobody.txt');
        if (listed) await importText(desk, intune([name, device, serial]), `list-${at}.csv`);
        await importText(desk, csv(keys.map((id) => ({ host: name, id: id + 10 * at, password: id }))), `keys-${at}.csv`);
        if (tag) tagMany(desk, { filter: { query: name, states: [], blockedReasons: [], sites: [], waves: [], tags: [] }, expected: 1 }, 'ward', false);
        writeAssignment(desk, hostId(desk, name), technician);
        if (wave !== null) assignHosts(desk, wave, { kind: 'hosts', hostnames: [name] });
        if (technician === 'Jon') desk.db.prepare("INSERT INTO host_routes VALUES (?, 'safe-boot', 'then', 'test')").run(hostId(desk, name));
        if (attempt) takeAttempt(desk, writeRecord(makeRecord({ computerName: name, attemptId: String(at).repeat(32) })));
        if (blocked) blockHost(desk, hostId(desk, name), 'owner-away', 'back on Monday');
      }
      desk.advance(60_000);
      const all = (): unknown => ['key_records', 'attempts', 'host_listings', 'host_ids', 'host_tags', 'wave_members', 'hosts_kept_off', 'host_assignments', 'host_routes'].map((table) => desk.db.prepare(`SELECT * FROM ${table}`).all().map((row) => JSON.stringify(row)).toSorted());
      const states = (): unknown => ['PC-0', 'PC-1'].map((name) => standing(desk, name));
      const attemptsOf = (): unknown => desk.db.prepare("SELECT host_id, subject FROM host_events WHERE kind = 'attempt' ORDER BY 1, 2").all();
      const before = [all(), states(), attemptsOf()];
      const decisionId = joinHosts(desk, { hostId: hostId(desk, 'PC-0'), otherHostId: hostId(desk, 'PC-1'), reason: 'one machine' });
      // What somebody planned for the one holds for both, unless the other has a plan of its own.
      expect(readHostPlan(desk.db, hostId(desk, 'PC-0'))).toMatchObject({ technician: kept.technician ?? other.technician, tags: kept.tag || other.tag ? ['ward'] : [], wave: [null, 'first', 'second'][kept.wave ?? other.wave ?? 0], route: kept.technician === 'Jon' || other.technician === 'Jon' ? 'safe-boot' : null });
      expect(desk.db.prepare('SELECT count(*) AS n FROM key_records WHERE host_id = ?').get(hostId(desk, 'PC-1'))).toEqual({ n: 0 });
      if ((kept.blocked && !other.attempt) || (other.blocked && !kept.blocked && !kept.attempt)) expect(standing(desk, 'PC-0')).toMatchObject({ state: 'blocked' });
      desk.advance(60_000);
      undoDecision(desk, { decisionId, reason: 'two after all' });
      expect([all(), states(), attemptsOf()]).toEqual(before);
      desk.db.close();
    }), { numRuns: 60 });
  }, 120_000);

  it('keeps two hosts apart, or takes one for one, until sources say something new; and takes that back', async () => {
    const desk = openTestDesk();
    await importText(desk, intune(['PC-1', 1, 'SN-0001'], ['PC-2', 2, 'SN-0001'], ['PC-3', 3, 'SN-0003'], ['PC-3', 4, 'SN-0003']), 'list.csv');
    const both = ['same-id reimaged PC-1+PC-2 serial-number', 'other-ids reimaged PC-3 entra-device-id'];
    expect(await asked(desk)).toEqual(both);
    const apart = keepApart(desk, { hostId: hostId(desk, 'PC-2'), otherHostId: hostId(desk, 'PC-1'), reason: 'the label was copied' });
    const one = takeAsOne(desk, { hostId: hostId(desk, 'PC-3'), reason: 'installed anew in June' });
    expect(await asked(desk)).toEqual([]);
    await importText(desk, intune(['PC-3', 5, 'SN-0003']), 'newer.csv');
    expect(await asked(desk)).toEqual(['other-ids reimaged PC-3 entra-device-id']);
    for (const decisionId of [apart, one]) undoDecision(desk, { decisionId, reason: 'a mistake' });
    expect(await asked(desk)).toEqual(both);
    expect(listDecisions(desk.db, { offset: 0, limit: 10 }).rows.map(({ kind, undoneBy }) => [kind, undoneBy])).toEqual([['one-host', 'test'], ['apart', 'test']]);
  });

  it('is refused a join with itself, with a host that was joined, and into a closed one', async () => {
    const desk = openTestDesk();
    await importText(desk, 'hostname\r\nPC-1\r\nPC-2\r\nPC-3\r\n', 'down.txt');
    const [a, b, c] = ['PC-1', 'PC-2', 'PC-3'].map((name) => hostId(desk, name)) as [number, number, number];
    const join = (hostIdKept: number, otherHostId: number) => () => joinHosts(desk, { hostId: hostIdKept, otherHostId, reason: 'one machine' });
    expect(join(a, a)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
    expect(join(a, 999)).toThrow(expect.objectContaining({ code: 'not-found' }));
    const decisionId = joinHosts(desk, { hostId: a, otherHostId: b, reason: 'one machine' });
    expect(() => reopenHost(desk, b, 'it is not a duplicate')).toThrow(expect.objectContaining({ code: 'not-in-this-state' }));
    expect(join(c, b)).toThrow(expect.objectContaining({ code: 'not-in-this-state' }));
    expect(join(b, c)).toThrow(expect.objectContaining({ code: 'not-in-this-state' }));
    undoDecision(desk, { decisionId, reason: 'no' });
    expect(() => undoDecision(desk, { decisionId, reason: 'again' })).toThrow(expect.objectContaining({ code: 'not-in-this-state' }));
  });
});

it('counts hosts that have their key with another name, until the two are joined', async () => {
  const desk = openTestDesk();
  await importText(desk, csv([{ host: 'WS-200', id: 3, password: 3 }, { host: 'WS-201', id: 4, password: 4 }]), 'directory.csv');
  await importText(desk, csv([{ host: 'OLD-200', id: 3, password: 3 }]), 'mbam.csv');
  await importText(desk, 'PC-901\r\nPC-902\r\nPC-903\r\n', 'down.txt');
  const before = await readCoverage(desk, { limit: 10 });
  expect(before.withKeyOfOtherHost).toBe(1);
  joinHosts(desk, { hostId: hostId(desk, 'WS-200'), otherHostId: hostId(desk, 'OLD-200'), reason: 'renamed on Friday' });
  const after = await readCoverage(desk, { limit: 10 });
  expect(after).toMatchObject({ hosts: before.hosts - 1, withKey: before.withKey, withoutKey: before.withoutKey - 1, withKeyOfOtherHost: 0 });
});

it('looks for them by the index of a host’s IDs, some hundred hosts at a time', async () => {
  const desk = openTestDesk();
  const plan = desk.db.prepare<[number, number], { detail: string }>(`EXPLAIN QUERY PLAN ${NAMED_WITHOUT_KEY}`).all(0, 500).map(({ detail }) => detail).join('; ');
  expect(plan).toMatch(/SEARCH i USING (?:COVERING )?INDEX host_ids_by_host \(host_id>\? AND host_id<\?\)/);
});
