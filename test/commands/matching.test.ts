import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { bluelift, newDesk } from '../support/command-line.ts';
import { constructedKeyProtectorId, constructedPassword } from '../support/constructed-passwords.ts';

vi.setConfig({ testTimeout: 180_000 }); // every command is a process of its own

function keysCsv(folder: string, name: string, ...rows: readonly (readonly [host: string, id: number, password: number])[]): string {
  const path = join(folder, name);
  writeFileSync(path, ['"Hostname","KeyID","RecoveryKey","Directory"', ...rows.map(([host, id, password]) => `"${host}","${constructedKeyProtectorId(id)}","${constructedPassword(password)}","ActiveDirectory"`), ''].join('\r\n'));
  return path;
}

describe('the command line', () => {
  it('shows conflicts and what does not match, and writes each to a file without a recovery password', async () => {
    const { folder, first } = await newDesk();
    writeFileSync(join(folder, 'down.txt'), 'hostname\r\nCONSTRUCTED-1\r\nCONSTRUCTED-7\r\n');
    await bluelift(['import', keysCsv(folder, 'a.csv', ['CONSTRUCTED-1', 1, 1], ['', 4, 4]), keysCsv(folder, 'b.csv', ['CONSTRUCTED-1', 1, 2], ['', 4, 4]), join(folder, 'down.txt'), ...first]);

    const out = (name: string): string[] => ['--out', join(folder, name)];
    const conflicts = await bluelift(['keys', 'conflicts', ...first, '--json', ...out('conflicts.csv')]);
    expect(conflicts.json()).toMatchObject({ total: 1, conflicts: [{ keyProtectorId: constructedKeyProtectorId(1), records: [{ goesOnMedia: true, sources: [{ source: 'b.csv', sourceRow: 2 }] }, { goesOnMedia: false, sources: [{ source: 'a.csv', sourceRow: 2 }] }] }] });
    const keys = await bluelift(['keys', 'without-host', ...first, '--json', ...out('keys.csv')]);
    expect(keys.json()).toMatchObject({ total: 1, keyRecords: [{ keyProtectorId: constructedKeyProtectorId(4), sources: [{ source: 'a.csv' }, { source: 'b.csv' }] }] });
    const hosts = await bluelift(['hosts', 'without-key', ...first, '--json', ...out('hosts.csv')]);
    expect(hosts.json()).toMatchObject({ total: 1, hosts: [{ hostname: 'CONSTRUCTED-7' }] });
    const found = await bluelift(['find', constructedKeyProtectorId(4), ...first]);
    expect(found.out).toContain('also: b.csv, row 3');

    const written = ['conflicts.csv', 'keys.csv', 'hosts.csv'].map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(written.map((text) => text.trim().split('\r\n').length)).toEqual([3, 2, 2]);
    for (const text of [...written, conflicts.out, keys.out, hosts.out, found.out]) for (const n of [1, 2, 4]) expect(text).not.toContain(constructedPassword(n));
  });

  it('says of a key that a list of the tenant names that its recovery password is still to be had there', async () => {
    const { folder, first } = await newDesk();
    const path = join(folder, 'recoveryKeys.json');
    writeFileSync(path, JSON.stringify({ value: [{ id: constructedKeyProtectorId(1), createdDateTime: '2024-05-06T07:08:09Z', volumeType: '1', deviceId: constructedKeyProtectorId(90) }] }));
    const taken = await bluelift(['import', path, ...first]);
    expect([taken.code, taken.out]).toEqual([0, expect.stringContaining('1 key named without the recovery password')]);
    const found = await bluelift(['find', constructedKeyProtectorId(1).slice(0, 8), ...first]);
    expect([found.code, found.out]).toEqual([0, expect.stringContaining('exists in the tenant, its recovery password was not exported (recoveryKeys.json, row 1)')]);
    expect((await bluelift(['coverage', ...first])).out).toContain('not counted: 1 key that a list names');
    const undone = await bluelift(['import', 'undo', '1', ...first, '--language', 'de']);
    expect([undone.code, undone.out]).toEqual([0, expect.stringContaining('1 ohne Kennwort genannter Schlüssel entfernt.')]);
    expect((await bluelift(['find', constructedKeyProtectorId(1), ...first])).code).toBe(3);
  });

  it('asks about hosts that share an ID, joins them on record, and takes that back', async () => {
    const { folder, first } = await newDesk();
    writeFileSync(join(folder, 'list.csv'), 'Device ID,Device name,Serial number,Last check-in\r\nx,CONSTRUCTED-OLD,SN-0001,2024-07-18T05:00:00Z\r\nx,CONSTRUCTED-NEW,SN-0001,2024-07-18T05:00:00Z\r\n');
    await bluelift(['import', keysCsv(folder, 'a.csv', ['CONSTRUCTED-OLD', 1, 1]), join(folder, 'list.csv'), ...first]);
    const questions = await bluelift(['hosts', 'questions', ...first, '--json']);
    expect(questions.json()).toMatchObject({ total: 1, questions: [{ kind: 'same-id', guess: 'same-machine', hosts: [{ hostname: 'CONSTRUCTED-NEW', ids: [{ kind: 'serial-number', value: 'SN-0001', source: 'list.csv', sourceRow: 3 }] }, { hostname: 'CONSTRUCTED-OLD' }] }] });
    expect((await bluelift(['hosts', 'join', 'CONSTRUCTED-NEW', 'CONSTRUCTED-OLD', ...first, '--json'])).code).toBe(2);
    const joined = await bluelift(['hosts', 'join', 'constructed-new', 'CONSTRUCTED-OLD', '--reason', 'renamed', ...first, '--json']);
    expect(joined.json()).toMatchObject({ hostname: 'CONSTRUCTED-NEW', keyRecords: 1, decisionId: 1 });
    expect((await bluelift(['find', 'CONSTRUCTED-OLD', ...first, '--json'])).json()).toMatchObject({ hosts: [{ hostname: 'CONSTRUCTED-NEW', foundBy: { fact: 'old-name' } }] });
    expect((await bluelift(['hosts', 'undo', '1', '--reason', 'two after all', ...first, '--json'])).json()).toEqual({ decisionId: 1 });
    expect((await bluelift(['hosts', 'apart', 'CONSTRUCTED-NEW', 'CONSTRUCTED-OLD', '--reason', 'two machines', ...first, '--json'])).json()).toEqual({ decisionId: 2 });
    expect((await bluelift(['hosts', 'questions', ...first, '--json'])).json()).toMatchObject({ total: 0 });
    expect((await bluelift(['hosts', 'decisions', ...first, '--json'])).json()).toMatchObject({ decisions: [{ kind: 'apart', undoneAt: null }, { kind: 'joined', otherHostname: 'CONSTRUCTED-OLD', undoneBy: 'first' }] });
  });
});
