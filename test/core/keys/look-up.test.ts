import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { SOME_FACT, SOME_HOST } from '../../../electron/core/hosts/host-facts-search.ts';
import { countKeys, listKeysOfHost } from '../../../electron/core/keys/key-list.ts';
import { findAskable, parseLookUpQuery } from '../../../electron/core/keys/look-up-query.ts';
import { NEWEST_IN_RANGE, HOST_BY_NAME, HOSTS_BY_START, IDS_IN_CONFLICT, IDS_IN_RANGE, lookUp, NEWEST_RECORDS, RECORDS_OF_HOST } from '../../../electron/core/keys/look-up.ts';
import { addHost, openTestDesk, type TestDesk } from '../remediation/test-desk.ts';
import { csv, idText, importText, passwordText } from './import-desk.ts';

describe('what is typed', () => {
  test.each([
    ['0417a9e2', '0417A9E2'], [' 0417 A9E2 ', '0417A9E2'], ['{0417A9E2-4C1B-4F0D-9A36-7D20B5E8C431}', '0417A9E24C1B4F0D9A367D20B5E8C431'], ['0417A9E2-4C', '0417A9E24C'],
    ['0417\u2013A9E2', '0417A9E2'], ['\u200b0417\u00a0A9E2', '0417A9E2'], ['d', 'D'], ['PC-1', null], ['0417A9E2-4C1B-4F0D-9A36-7D20B5E8C4310', null], ['', null], ['12345678-1234-1234', '1234567812341234'],
    ['\uff10\uff14\uff11\uff17\uff21\uff19\uff25\uff12', '0417A9E2'], ['\u200e0417\u00adA9E2\u2069', '0417A9E2'], ['Schl\u00fcssel-ID:\u00a00417A9E2', '0417A9E2'], ['Recovery key ID: 0417a9e2\u20114c1b, ward 4', '0417A9E24C1B'],
    ['Wiederherstellungsschl\u00fcssel-ID (zur Identifizierung): {0417A9E2-4C1B-4F0D-9A36-7D20B5E8C431} Laptop Meier', '0417A9E24C1B4F0D9A367D20B5E8C431'], ['it says 0417A9E2\u20134C1B\u20134F0D\u20139A36\u20137D20B5E8C431.', '0417A9E24C1B4F0D9A367D20B5E8C431'], ['Tel: 0417A9E2X', null],
  ])('%j is the start of the key ID %j', (typed, digits) => {
    expect(parseLookUpQuery(typed).idDigits).toBe(digits);
  });

  test.each([['pc-1', 'PC-1'], ['CORP\\pc-1', 'PC-1'], ['pc-1.corp.example', 'PC-1'], ['PC-1$', 'PC-1'], [' surg-04 ', 'SURG-04'], ['0417', '0417'], ['kü', 'KÜ'], ['a"b', 'A"B']])('%j is a host name or a part of one: %j', (typed, hostname) => {
    expect(parseLookUpQuery(typed).hostname).toBe(hostname);
  });

  test.each([
    ['0417a9e', null], ['0417 a9e2', { keyId: '0417A9E2' }], ['Schlüssel-ID: 0417A9E2-4c', { keyId: '0417A9E2-4C' }], ['{0417A9E24C1B4F0D9A367D20B5E8C431}', { keyId: '0417A9E2-4C1B-4F0D-9A36-7D20B5E8C431' }], ['0417a9e2', { keyId: '0417A9E2' }],
    ['PC-0417', { hostname: 'PC-0417' }], ['CORP\\pc-0417', { hostname: 'PC-0417' }], ['pc-0417.corp.example', { hostname: 'PC-0417' }], ['bead-cafe-01', { hostname: 'BEAD-CAFE-01' }], ['0417A9E2-LAPTOP', { hostname: '0417A9E2-LAPTOP' }],
    ['p1', null], ['12345', null], ['the laptop of P. Meier', null], [passwordText(7), null], [passwordText(7).slice(0, 13), null],
  ])('for %j a directory can be asked for %j', (typed, asked) => {
    expect(findAskable(typed)).toEqual(asked);
  });

  test('a recovery password, or two groups of one, is no query, right or wrong, with any separators', () => {
    const password = passwordText(7);
    const wrongDigit = `${password.slice(0, -1)}${(Number(password.at(-1)) + 1) % 10}`;
    for (const typed of [password, wrongDigit, password.replaceAll('-', ' '), password.replaceAll('-', ''), password.slice(0, 13), password.slice(0, 20), password.replaceAll('-', '').slice(0, 12), password.replace('0', 'O').slice(0, 27), `Recovery key: ${password}`, `Schlüssel ${password.replaceAll('-', '')}, C:`, `PC-0412 ${password.slice(0, 27)}`]) {
      expect(parseLookUpQuery(typed)).toEqual({ idDigits: null, run: null, hostname: null });
    }
  });
});

describe('a desk with key records', () => {
  let desk: TestDesk;
  const find = (query: string, limit = 50) => lookUp(desk.db, { query, limit });
  beforeAll(async () => {
    desk = openTestDesk();
    await importText(desk, csv([{ host: 'SURG-04', id: 1, password: 1 }, { host: 'SURG-04', id: 2, password: 2 }, { host: 'KI-SURG-04', id: 3, password: 3 }, { host: 'SURG-0417', id: 4, password: 4 }]), 'old.csv');
    await importText(desk, csv([{ host: 'SURG-0418', id: 5, password: 5 }, { host: 'SURG-04', id: 6, password: 6 }, { host: 'SURG-04', id: 1, password: 9 }]), 'new.csv');
    await importText(desk, 'SURG-0499\nLB-OFFICE\n', 'down.txt');
  });

  test('finds a key record by the start of its ID and marks what was typed, hyphens counted in', () => {
    const [key] = find(idText(4).slice(0, 8)).keyRecords;
    expect(key).toMatchObject({ keyProtectorId: idText(4), match: [0, 8], hostname: 'SURG-0417', source: 'old.csv', sourceRow: 5, conflict: false, disclosedAt: null });
    expect(find(idText(3).replaceAll('-', '').slice(0, 14).toLowerCase()).keyRecords).toMatchObject([{ keyProtectorId: idText(3), match: [0, 16] }]);
    expect(find(idText(4)).keyRecords).toMatchObject([{ match: [0, 36] }]);
    expect(find(`${idText(4).slice(0, -1)}F`).keyRecords).toEqual([]);
  });

  test('shows both sides of a conflict', () => {
    expect(find(idText(1)).keyRecords.map(({ source, conflict }) => [source, conflict])).toEqual([['new.csv', true], ['old.csv', true]]);
    expect(find(idText(1)).keyRecordCount).toBe(2);
  });

  test('hosts come exact first, then by their start, then by a part, each latest imported first', () => {
    expect(find('surg-04').hosts.map(({ hostname, match, keyRecords }) => [hostname, match, keyRecords])).toEqual([
      ['SURG-04', [0, 7], 4], ['SURG-0499', [0, 7], 0], ['SURG-0418', [0, 7], 1], ['SURG-0417', [0, 7], 1], ['KI-SURG-04', [3, 7], 1],
    ]);
  });

  test('all key records of the hosts that fit are shown, in the order of the hosts', () => {
    const { keyRecords, keyRecordCount, hostCount, more } = find('SURG-04');
    expect(keyRecords.map(({ hostname }) => hostname)).toEqual(['SURG-04', 'SURG-04', 'SURG-04', 'SURG-04', 'SURG-0418', 'SURG-0417', 'KI-SURG-04']);
    expect(keyRecords.every(({ match, hostMatch }) => match === null && hostMatch !== null)).toBe(true);
    expect({ keyRecordCount, hostCount, more }).toEqual({ keyRecordCount: 7, hostCount: 5, more: false });
  });

  test('one and two characters find names that begin with them, three find them anywhere', () => {
    expect(find('UR').hosts).toEqual([]);
    expect(find('LB').hosts.map(({ hostname }) => hostname)).toEqual(['LB-OFFICE']);
    expect(find('FIC').hosts.map(({ hostname, match }) => [hostname, match])).toEqual([['LB-OFFICE', [5, 3]]]);
  });

  test('no answer is longer than asked for', () => {
    const { keyRecords, hosts, hostCount } = find('SURG', 2);
    expect([keyRecords.length, hosts.length, hostCount]).toEqual([1, 2, 5]); // the newest host has no key
  });

  test('a host that was not imported but found in the field is found too', () => {
    addHost(desk, 'FIELD-7');
    expect(find('IELD').hosts.map(({ hostname }) => hostname)).toEqual(['FIELD-7']);
    expect(find('FIELD-7').hosts).toHaveLength(1);
  });

  test('a recovery password finds nothing', () => {
    expect(find(passwordText(1))).toEqual({ keyRecords: [], hosts: [], listedKeys: [], guessed: false, keyRecordCount: 0, hostCount: 0, more: false });
  });

  test('no answer holds a recovery password', () => {
    for (const query of ['S', 'SURG', idText(1).slice(0, 8)]) expect(JSON.stringify(find(query))).not.toMatch(/\d{6}-\d{6}/);
    expect(JSON.stringify(listKeysOfHost(desk.db, 1))).not.toMatch(/\d{6}-\d{6}/);
  });

  test('nothing a person can type breaks a lookup', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ maxLength: 200 }), fc.string({ unit: fc.constantFrom('"', "'", '*', '^', '%', '_', '(', ')', '-', ':', '\\', '\0', 'A', 'NEAR', ' OR ', '{'), maxLength: 20 })), (query) => {
      const { keyRecords, hosts } = find(query, 5);
      expect(keyRecords.length + hosts.length).toBeLessThanOrEqual(10);
    }), { numRuns: 500 });
    expect(find('%').hosts).toEqual([]);
    expect(find('___').hosts).toEqual([]);
  });

  test('counts what the store holds', () => {
    expect(countKeys(desk.db)).toEqual({ keyRecords: 7, sources: 3, lastImportAt: expect.any(String), places: ['crowdstrike', 'files'] });
  });
});

test('the newest of many come first, and nothing is counted beyond a thousand', async () => {
  const desk = openTestDesk();
  await importText(desk, csv(Array.from({ length: 2500 }, (_, n) => ({ host: `DESKTOP-${String(n).padStart(5, '0')}`, id: n, password: n }))));
  for (const query of ['DESKTOP', 'DES', 'KTOP']) {
    const { hosts, hostCount, more } = lookUp(desk.db, { query, limit: 3 });
    expect(hosts.map(({ hostname }) => hostname)).toEqual(['DESKTOP-02499', 'DESKTOP-02498', 'DESKTOP-02497']);
    expect({ hostCount, more }).toEqual({ hostCount: 1000, more: true });
  }
  const all = Array.from({ length: 2500 }, (_, n) => idText(n));
  const digit = [...'0123456789ABCDEF'].find((each) => all.some((id) => id.startsWith(each))) ?? '0';
  const newest = all.map((id, n) => ({ id, n })).filter(({ id }) => id.startsWith(digit)).sort((a, b) => b.n - a.n);
  expect(lookUp(desk.db, { query: digit, limit: 3 }).keyRecords.map(({ keyProtectorId }) => keyProtectorId)).toEqual(newest.slice(0, 3).map(({ id }) => id));
});

test('eight digits of a key that is there mean the key; fewer, or of no key, are looked for in names, too', async () => {
  const desk = openTestDesk();
  const digits = idText(1).slice(0, 8);
  await importText(desk, csv([{ host: `PC-${digits}`, id: 2, password: 2 }, { host: 'OTHER', id: 1, password: 1 }]), 'keys.csv');
  const find = (query: string) => { const { keyRecords, hosts } = lookUp(desk.db, { query, limit: 50 }); return [keyRecords.map(({ hostname }) => hostname), hosts.map(({ hostname }) => hostname)]; };
  expect(find(digits)).toEqual([['OTHER'], []]);
  expect(find(idText(1))).toEqual([['OTHER'], []]);
  expect(find(digits.slice(0, 7))[1]).toEqual([`PC-${digits}`]);
  expect(find(`PC-${digits}`)).toEqual([[`PC-${digits}`], [`PC-${digits}`]]);
  desk.db.exec('DELETE FROM key_ids');
  expect(find(digits)[1]).toEqual([`PC-${digits}`]);
});

test('eight digits of a key find a host, too, whose name, user, serial number or asset tag begins with them', async () => {
  const desk = openTestDesk();
  const digits = idText(1).slice(0, 8);
  await importText(desk, csv([{ host: 'OTHER', id: 1, password: 1 }]), 'keys.csv');
  const names = (): string[] => lookUp(desk.db, { query: digits.toLowerCase(), limit: 50 }).hosts.map(({ hostname }) => hostname);
  expect(names()).toEqual([]);
  const set = (column: string, value: string): void => void desk.db.prepare(`UPDATE hosts SET user_name = NULL, serial_number = NULL, asset_tag = NULL, ${column} = ? WHERE host_id = ?`).run(value, host);
  const host = addHost(desk, 'PC-1');
  for (const [column, value] of [['user_name', `CORP\\${digits}.smith`], ['serial_number', `${digits}-77`], ['asset_tag', digits], ['hostname', `${digits}-LAB`]] as const) {
    set(column, value);
    expect(names()).toEqual([column === 'hostname' ? value : 'PC-1']);
  }
});

test('a look-up compiles no statement a second time, and eight digits of a key need few', async () => {
  const desk = openTestDesk();
  await importText(desk, csv(Array.from({ length: 20 }, (_, n) => ({ host: `PC-${n}`, id: n, password: n }))), 'keys.csv');
  let compiled = 0;
  const counted: Parameters<typeof lookUp>[0] = { get inTransaction() { return desk.db.inTransaction; }, prepare: ((sql: string) => { compiled += 1; return desk.db.prepare(sql); }) as typeof desk.db.prepare };
  lookUp(counted, { query: idText(1).slice(0, 8), limit: 50 });
  expect(compiled).toBeLessThanOrEqual(8);
  for (const nearest of [false, true]) {
    const queries = [idText(1), idText(2).slice(0, 8), idText(3).slice(0, 3), 'A', 'PC-1', 'C-1', 'SMITH', 'PC-O1'];
    for (const query of queries) lookUp(counted, { query, limit: 50, nearest });
    compiled = 0;
    for (const query of queries) lookUp(counted, { query, limit: 50, nearest });
    expect(compiled).toBe(0);
  }
});

test('an index entry of a record that never came, or is another now, finds nothing', async () => {
  const desk = openTestDesk();
  await importText(desk, csv([{ host: 'PC-1', id: 1, password: 1 }]));
  const enter = desk.db.prepare('INSERT INTO key_ids (key_protector_id, key_record_id) VALUES (?, ?)');
  for (const [id, record] of [[7, 1], [8, 99]] as const) enter.run(Buffer.from(idText(id).replaceAll('-', ''), 'hex'), record);
  for (const id of [7, 8]) expect(lookUp(desk.db, { query: idText(id).slice(0, 8), limit: 5 })).toMatchObject({ keyRecords: [], keyRecordCount: 0 });
});

test('every hot query goes by an index', () => {
  const { db } = openTestDesk();
  const plan = (sql: string): string => db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all(...Array.from({ length: (sql.match(/\?/g) ?? []).length }, () => null)).map(({ detail }) => detail).join('; ');
  expect(plan(NEWEST_IN_RANGE)).toMatch(/SEARCH key_ids USING PRIMARY KEY \(key_protector_id>\? AND key_protector_id<\?\)/);
  expect(plan(IDS_IN_RANGE)).toMatch(/SEARCH key_ids USING PRIMARY KEY \(key_protector_id>\? AND key_protector_id<\?\)/);
  expect(plan(IDS_IN_CONFLICT)).toMatch(/SEARCH key_records USING COVERING INDEX key_records_in_conflict/);
  expect(plan(NEWEST_RECORDS)).toBe('SCAN key_records'); // backwards from the newest, and stops at the limit
  expect(plan(HOST_BY_NAME)).toMatch(/SEARCH hosts USING COVERING INDEX .*\(hostname=\?\)/);
  expect(plan(HOSTS_BY_START)).toMatch(/SEARCH hosts USING COVERING INDEX .*\(hostname>\? AND hostname<\?\)/);
  expect(plan(SOME_HOST.replace(/@\w+/g, '?')).match(/SEARCH hosts USING (COVERING )?INDEX \S+ \([^)]*>\? AND [^)]*<\?\)/g)).toHaveLength(4);
  expect(plan(SOME_FACT.replace(/@\w+/g, '?')).match(/SEARCH hosts USING (COVERING )?INDEX \S+ \([^)]*>\? AND [^)]*<\?\)/g)).toHaveLength(3);
  expect(plan(RECORDS_OF_HOST)).toMatch(/SEARCH key_records USING COVERING INDEX key_records_by_host \(host_id=\?\)/);
});
