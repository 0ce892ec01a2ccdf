import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { asOperator, bluelift } from '../support/command-line.ts';
import { constructedKeyProtectorId, constructedPassword } from '../support/constructed-passwords.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

vi.setConfig({ testTimeout: 180_000 }); // every command is a process of its own

function keysCsv(folder: string, name: string, ...rows: readonly (readonly [host: string, id: number, password: number])[]): string {
  const path = join(folder, name);
  writeFileSync(path, ['"Hostname","KeyID","RecoveryKey","Directory"', ...rows.map(([host, id, password]) => `"${host}","${constructedKeyProtectorId(id)}","${constructedPassword(password)}","ActiveDirectory"`), ''].join('\r\n'));
  return path;
}

describe('the command line', () => {
  it('shows conflicts and what does not match, and writes each to a file without a recovery password', async () => {
    const folder = temporaryFolder();
    const first = asOperator(folder, 'first', 'constructed passphrase');
    await bluelift(['init', ...first, '--recovery-sheet', join(folder, 'sheet.txt')]);
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
});
