import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Desk } from '../../../electron/core/desk.ts';
import { readCoverage } from '../../../electron/core/keys/coverage.ts';
import { listKeysFor } from '../../../electron/core/keys/claimed-keys.ts';
import { lookUp } from '../../../electron/core/keys/look-up.ts';
import { resolveScope } from '../../../electron/core/media/scope.ts';
import { undoImport } from '../../../electron/core/keys/undo-import.ts';
import { takeAttempt } from '../../../electron/core/remediation/take-attempt.ts';
import { openNewDesk } from '../../support/open-desk.ts';
import { addMedium, makeRecord, writeRecord } from '../remediation/test-records.ts';
import { csv, idText, importText, keptKeys, passwordText } from './import-desk.ts';

const deviceOf = (n: number): string => `00000000-0000-4000-9000-${String(n).padStart(12, '0')}`;
/** What Graph gives for keys: the device by its ID, never by name. */
const graph = (...numbers: readonly number[]): string => JSON.stringify({ value: numbers.map((n) => ({ id: idText(n).toLowerCase(), createdDateTime: '2024-01-02T03:04:05Z', deviceId: deviceOf(n), volumeType: '1', key: passwordText(n) })) });
const intune = (...rows: readonly (readonly [name: string, device: number, seen: string])[]): string =>
  ['Device ID,Device name,Microsoft Entra Device ID,Last check-in', ...rows.map(([name, device, seen]) => `x${device},${name},${deviceOf(device)},${seen}`), ''].join('\r\n');
const host = (desk: Desk, name: string): Record<string, unknown> | undefined => desk.db.prepare<[string], Record<string, unknown>>('SELECT state, last_seen_at FROM hosts WHERE hostname = ?').get(name);

/** What the desk knows in the end: hosts with their standing and when they were seen last, keys with their hosts. */
const outcome = (desk: Desk): unknown => ({
  hosts: desk.db.prepare('SELECT hostname, state, last_seen_at FROM hosts ORDER BY hostname').all(),
  keys: keptKeys(desk).map(({ id, hostname, password }) => `${id ?? ''} ${hostname ?? ''} ${password}`).sort(),
});

describe('matching', () => {
  it('gives a key that names only its device to the host of that device, whichever comes in first', async () => {
    const { desk: keyFirst } = await openNewDesk();
    await importText(keyFirst, graph(1), 'graph.json');
    await importText(keyFirst, 'PC-1\r\n', 'down.txt');
    expect(keptKeys(keyFirst)).toMatchObject([{ hostname: null }]);
    await importText(keyFirst, intune(['pc-1.corp.example', 1, '2024-07-18T10:00:00Z']), 'intune.csv');
    expect(keptKeys(keyFirst)).toMatchObject([{ id: idText(1), hostname: 'PC-1' }]);
    expect(host(keyFirst, 'PC-1')).toMatchObject({ state: 'ready' });
  });

  it('finds the key of a renamed machine under both its names, before anybody has joined them', async () => {
    const { desk } = await openNewDesk();
    await importText(desk, csv([{ host: 'WS-200', id: 3, password: 3 }]), 'directory.csv');
    await importText(desk, csv([{ host: 'CORP\\OLD-200', id: 3, password: 3 }]), 'mbam.csv');
    await importText(desk, csv([{ host: 'WS-200', id: 4, password: 5 }]).replace(idText(4), idText(3)), 'wrong.csv');
    for (const query of ['WS-200', 'OLD-200']) expect(lookUp(desk.db, { query, limit: 10 }).keyRecords.map(({ keyProtectorId }) => keyProtectorId), query).toContain(idText(3));
    const named = desk.db.prepare<[string], { id: number }>('SELECT host_id AS id FROM hosts WHERE hostname = ?');
    for (const name of ['WS-200', 'OLD-200']) expect(listKeysFor(desk.db, named.get(name)?.id ?? 0)).not.toEqual([]);
  });

  it('puts the key of a renamed machine onto a medium for either of its names, and once onto one for both', async () => {
    const { desk } = await openNewDesk();
    await importText(desk, csv([{ host: 'WS-200', id: 3, password: 3 }]), 'directory.csv');
    await importText(desk, csv([{ host: 'OLD-200', id: 3, password: 3 }]), 'mbam.csv');
    const [record] = desk.db.prepare<[], { id: number }>('SELECT key_record_id AS id FROM key_records').all();
    for (const hostnames of [['WS-200'], ['OLD-200'], ['WS-200', 'OLD-200']]) {
      expect(await resolveScope(desk.db, { kind: 'hosts', hostnames }, async () => {})).toMatchObject({ hosts: hostnames.length, keyRecordIds: [record?.id], leftOut: [] });
    }
  });

  it('shows a host’s own keys first, and counts what it shows', async () => {
    const { desk } = await openNewDesk();
    await importText(desk, csv([{ host: 'WS-200', id: 3, password: 3 }]), 'directory.csv');
    await importText(desk, csv([{ host: 'OLD-200', id: 3, password: 3 }]), 'mbam.csv');
    expect(lookUp(desk.db, { query: 'WS-200', limit: 10 })).toMatchObject({ keyRecords: [{ keyProtectorId: idText(3), hostname: 'OLD-200' }], keyRecordCount: 1 });
    await importText(desk, csv([{ host: 'WS-200', id: 7, password: 7 }]), 'later.csv');
    expect(lookUp(desk.db, { query: 'WS-200', limit: 10 })).toMatchObject({ keyRecords: [{ keyProtectorId: idText(7), hostname: 'WS-200' }, { keyProtectorId: idText(3), hostname: 'OLD-200' }], keyRecordCount: 2 });
  });

  it('comes to the same end in whatever order the lists come in', async () => {
    const spellings = [(n: number) => `PC-${n}`, (n: number) => `pc-${n}.corp.example`, (n: number) => `CORP\\pc-${n}`, (n: number) => `Pc-${n}$`];
    const name = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom(...spellings)).map(([n, spell]) => ({ n, text: spell(n) }));
    const list = fc.oneof(
      fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => ({ file: 'down.txt', text: ['hostname', ...names.map(({ text }) => text), ''].join('\r\n') })),
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }).map((numbers) => ({ file: 'graph.json', text: graph(...numbers) })),
      fc.array(fc.tuple(name, fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 3 }).map((rows) => ({ file: 'intune.csv', text: intune(...rows.map(([{ n, text }, hour]) => [text, n, `2024-07-18T0${hour}:00:00Z`] as const)) })),
      fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => ({ file: 'keys.csv', text: csv(names.map(({ n, text }) => ({ host: text, id: n, password: n }))) })),
    );
    await fc.assert(fc.asyncProperty(fc.array(list, { minLength: 2, maxLength: 5 }).chain((lists) => fc.tuple(fc.constant(lists), fc.shuffledSubarray(lists, { minLength: lists.length, maxLength: lists.length }))), async ([lists, shuffled]) => {
      const ends = [];
      for (const order of [lists, shuffled]) {
        const { desk } = await openNewDesk();
        for (const { file, text } of order) await importText(desk, text, file);
        ends.push(outcome(desk));
      }
      expect(ends[1]).toEqual(ends[0]);
    }), { numRuns: 40 });
  });
});

describe('a newer list of the console', () => {
  const repairedDesk = async (): Promise<Desk> => {
    const { desk } = await openNewDesk();
    addMedium(desk);
    await importText(desk, 'KI-SURG-0417\r\n', 'down.txt');
    expect(takeAttempt(desk, writeRecord(makeRecord({ computerName: 'KI-SURG-0417' })))).toMatchObject({ hostState: 'repaired' });
    return desk;
  };
  const at = (minutes: number): string => new Date((makeRecord().finishedAtMs ?? 0) + minutes * 60_000).toISOString().replace('.000Z', 'Z');

  it('verifies a repaired host that was seen after its repair, and writes list, row and instant down', async () => {
    const desk = await repairedDesk();
    await importText(desk, intune(['KI-SURG-0417', 1, at(-5)]), 'before.csv');
    expect(host(desk, 'KI-SURG-0417')).toMatchObject({ state: 'repaired' });
    await importText(desk, intune(['KI-SURG-0417', 1, at(7)]), 'after.csv');
    expect(host(desk, 'KI-SURG-0417')).toMatchObject({ state: 'verified', last_seen_at: at(7) });
    const event = desk.db.prepare("SELECT subject, detail FROM host_events WHERE kind = 'verified'").get();
    expect(event).toEqual({ subject: 'after.csv', detail: `after.csv:2 last seen ${at(7)}, repaired ${at(0).replace('Z', '.000Z')}` });
  });

  it('does not believe a time that has not come yet, nor a list that calls the host affected', async () => {
    const desk = await repairedDesk();
    await importText(desk, intune(['KI-SURG-0417', 1, '2999-01-01T00:00:00Z']), 'future.csv');
    const columns = 'cid,aid,ComputerName,LastSeen,CFVersion,LastSeenDelta,Details\r\n';
    await importText(desk, `${columns}c,a,KI-SURG-0417,${at(7).slice(0, 19).replace('T', ' ')},30,1,"CHECK: still down"\r\n`, 'impacted.csv');
    expect(host(desk, 'KI-SURG-0417')).toMatchObject({ state: 'repaired' });
  });

  it('leaves what people decided, and an undone list verifies nothing', async () => {
    const desk = await repairedDesk();
    await importText(desk, intune(['KI-SURG-0417', 1, at(7)]), 'after.csv');
    await undoImport(desk, desk.db.prepare<[], { id: number }>('SELECT max(import_id) AS id FROM imports').get()?.id ?? 0);
    expect(host(desk, 'KI-SURG-0417')).toMatchObject({ state: 'repaired' });
    desk.db.prepare("UPDATE hosts SET state = 'blocked', blocked_reason = 'hardware'").run();
    await importText(desk, intune(['KI-SURG-0417', 1, at(9)]), 'later.csv');
    expect(host(desk, 'KI-SURG-0417')).toMatchObject({ state: 'blocked' });
  });
});

describe('a list of keys that has none for a host', () => {
  const list = `"Hostname","KeyID","RecoveryKey"\r\n"PC-1","${idText(1)}","${passwordText(1)}"\r\n"PC-2","",""\r\n"PC-3","","No key found"\r\n`;

  it('makes it known as a host without a key, that nobody said is down', async () => {
    const { desk } = await openNewDesk();
    expect(await importText(desk, list)).toMatchObject({ rows: 3, imported: 1, rejectedCount: 2, hosts: 3 });
    expect(await readCoverage(desk, { limit: 10 })).toMatchObject({ hosts: 3, withKey: 1, hostsWithoutKey: [{ hostname: 'PC-2' }, { hostname: 'PC-3' }] });
    expect(host(desk, 'PC-2')).toMatchObject({ state: 'known' });
  });

  it('takes it back when the import is undone', async () => {
    const { desk } = await openNewDesk();
    await importText(desk, list);
    await undoImport(desk, 1);
    expect(desk.db.prepare('SELECT count(*) AS n FROM hosts').get()).toEqual({ n: 0 });
  });
});

describe('a host that an export names in passing', () => {
  it('is known and not down: a device without a key in JSON, a device in a portal in Japanese, Polish or Chinese', async () => {
    const { desk } = await openNewDesk();
    await importText(desk, JSON.stringify([{ DeviceName: 'PC-1', Keys: [{ Id: idText(1), Key: passwordText(1) }] }, { DeviceName: 'PC-2', Keys: [] }]), 'keys.json');
    const header = ['デバイス ID,デバイス名,Azure AD デバイス ID,シリアル番号', 'Identyfikator urządzenia,Nazwa urządzenia,Identyfikator urządzenia usługi Microsoft Entra,Numer seryjny', '设备 ID,设备名称,Microsoft Entra 设备 ID,序列号'];
    for (const [n, line] of header.entries()) await importText(desk, `${line}\r\n${deviceOf(50 + n)},PC-${10 + n},${deviceOf(n)},S${n}\r\n${deviceOf(60 + n)},PC-${20 + n},${deviceOf(30 + n)},T${n}\r\n`, `portal-${n}.csv`);
    const states = desk.db.prepare('SELECT state, count(*) AS hosts FROM hosts GROUP BY state').all();
    expect(states).toEqual([{ state: 'known', hosts: 8 }]);
  });
});
