import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { asOperator, bluelift, newDesk } from '../support/command-line.ts';
import { constructedKeyProtectorId, constructedPassword } from '../support/constructed-passwords.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

vi.setConfig({ testTimeout: 180_000 }); // every command is a process of its own
const PASSPHRASE = 'constructed passphrase';

/** As a person makes it, with a recovery sheet beside it. */
async function initDesk(): Promise<{ folder: string; first: string[] }> {
  const folder = temporaryFolder();
  const first = asOperator(folder, 'first', PASSPHRASE);
  expect((await bluelift(['init', ...first, '--recovery-sheet', join(folder, 'sheet.txt')])).code).toBe(0);
  return { folder, first };
}

function keysCsv(folder: string, count: number): string {
  const path = join(folder, 'BitLockerKeys.csv');
  const rows = Array.from({ length: count }, (_, n) => `"CONSTRUCTED-${n}","${constructedKeyProtectorId(n)}","${constructedPassword(n)}","ActiveDirectory"`);
  writeFileSync(path, ['"Hostname","KeyID","RecoveryKey","Directory"', ...rows, '"CONSTRUCTED-X","3ca7495e-4252-432b-baf1-SAMPLE","System.Object[]","ActiveDirectory"', ''].join('\r\n'));
  return path;
}

describe('the command line', () => {
  it('takes keys in, finds one, discloses it on record, and proves the audit', async () => {
    const { folder, first } = await initDesk();
    const csv = keysCsv(folder, 5);
    const imported = await bluelift(['import', csv, ...first, '--json']);
    expect(imported.code).toBe(0);
    expect(imported.json()['files']).toMatchObject([{ path: csv, kind: 'crowdstrike-csv', rows: 6, imported: 5, unchanged: 0, conflicts: 0, rejected: [{ row: 7, reason: expect.any(String) }] }]);
    expect((await bluelift(['import', csv, ...first, '--json'])).json()['files']).toMatchObject([{ imported: 0, unchanged: 5, conflicts: 0 }]);

    const id = constructedKeyProtectorId(3);
    const found = await bluelift(['find', id.slice(0, 8).toLowerCase(), ...first, '--json']);
    expect(found.json()['keyRecords']).toMatchObject([{ keyProtectorId: id, hostname: 'CONSTRUCTED-3' }]);
    const hosts = await bluelift(['hosts', ...first, '--json']);
    expect(hosts.json()).toMatchObject({ total: 5 });

    const disclosed = await bluelift(['disclose', id, '--reason', 'mass-incident', '--ticket', 'INC-1', ...first, '--json']);
    expect(disclosed.json()).toMatchObject({ keyProtectorId: id, hostname: 'CONSTRUCTED-3', recoveryPassword: constructedPassword(3) });

    const proof = await bluelift(['audit', 'verify', ...first, '--json']);
    expect(proof).toMatchObject({ code: 0 });
    const head = String(proof.json()['head']);
    expect((await bluelift(['audit', 'verify', '--head', head, ...first])).code).toBe(0);
    expect((await bluelift(['audit', 'verify', '--head', `3:${'0'.repeat(64)}`, ...first])).code).toBe(9);

    for (const run of [imported, found, hosts, proof]) expect(`${run.out}${run.err}`).not.toContain(constructedPassword(3));
  });

  it('says of each file that it does not take in what it is and what to do, and takes the others in', async () => {
    const { folder, first } = await newDesk();
    const handedOver = join(folder, 'handed over');
    mkdirSync(handedOver);
    keysCsv(handedOver, 2);
    const bek = Buffer.alloc(156, 7);
    [156, 1, 0x30, 156].forEach((number, index) => bek.writeUInt32LE(number, 4 * index));
    const files: Readonly<Record<string, readonly [content: string | Uint8Array, english: RegExp, german: RegExp]>> = {
      'startup.BEK': [bek, /external key.*manage-bde -unlock/, /externer Schlüssel.*manage-bde -unlock/], 'disk.e01': [Buffer.from('EVF\t\r\n\u00ff\0'), /volume inspect/, /volume inspect/], 'empty.csv': ['', /empty/, /leer/],
      'old.xls': [Buffer.from('d0cf11e0a1b11ae1', 'hex'), /save it as CSV/, /als CSV speichern/], 'note.txt': ['nothing of interest here', /neither a recovery password nor a host/, /weder ein Wiederherstellungskennwort noch ein Host/],
    };
    for (const [name, [content]] of Object.entries(files)) writeFileSync(join(handedOver, name), content);
    writeFileSync(join(handedOver, 'desktop.ini'), '[.ShellClassInfo]');
    for (const [language, index] of [['en', 1], ['de', 2]] as const) {
      const run = await bluelift(['import', handedOver, ...first, '--language', language]);
      expect(run.code).toBe(7);
      const said = run.err.split('\n').filter((line) => line.includes('handed over'));
      expect(said).toHaveLength(Object.keys(files).length);
      for (const [name, sentences] of Object.entries(files)) expect(said.find((line) => line.includes(name))).toMatch(sentences[index]);
    }
  });

  it('gives a script every rejected row of every file, however many there are', async () => {
    const { folder, first } = await newDesk();
    const lost = (name: string, count: number): string => {
      const path = join(folder, name);
      writeFileSync(path, ['Hostname,KeyID,RecoveryKey', ...Array.from({ length: count }, (_, n) => `PC-${n},${constructedKeyProtectorId(n)},${n % 2 === 0 ? 'System.Object[]' : constructedPassword(n).slice(0, 50)}`), ''].join('\r\n'));
      return path;
    };
    const run = await bluelift(['import', lost('a.csv', 1500), lost('b.csv', 3), ...first, '--json']);
    const files = run.json()['files'] as { rows: number; rejectedCount: number; rejected: { row: number; reason: string; groups?: number[] }[] }[]; // our own output
    expect(files.map(({ rows, rejectedCount, rejected }) => [rows, rejectedCount, rejected.length])).toEqual([[1500, 1500, 1500], [3, 3, 3]]);
    expect(files.map(({ rejected }) => rejected.map(({ row }) => row))).toEqual([Array.from({ length: 1500 }, (_, n) => n + 2), [2, 3, 4]]);
    expect(files[1]?.rejected.map(({ reason }) => reason)).toEqual(['exporter-lost-list', 'recovery-password-cut-off', 'exporter-lost-list']);
  });

  it('says which folder is missing or can not be a desk, at once and with its own exit code', async () => {
    const { folder, first } = await newDesk();
    const missing = join(folder, 'not', 'there');
    const backup = await bluelift(['backup', join(missing, 'desk.backup'), ...first, '--json']);
    expect(backup).toMatchObject({ code: 10 });
    expect(backup.json()).toMatchObject({ error: { code: 'folder-not-writable', facts: { path: missing } } });
    writeFileSync(join(folder, 'file'), '');
    for (const desk of [join(folder, 'file'), ...(process.platform === 'linux' ? ['/proc/bluelift/desk'] : [])]) {
      const refused = await bluelift(['init', ...asOperator(folder, 'first', PASSPHRASE), '--desk', desk, '--json']);
      expect(refused).toMatchObject({ code: 8 });
      expect(refused.json()).toMatchObject({ error: { code: 'desk-folder-unusable' } });
    }
  });

  it('keeps a role to what the table allows', async () => {
    const { folder, first } = await newDesk();
    await bluelift(['import', keysCsv(folder, 2), ...first]);
    const overseer = asOperator(folder, 'overseer', PASSPHRASE);
    const added = await bluelift(['operator', 'add', 'overseer', '--role', 'supervisor', '--role', 'auditor', '--new-passphrase-file', join(folder, 'overseer.passphrase'), ...first, '--json']);
    expect(added.json()).toMatchObject({ name: 'overseer', roles: ['auditor', 'supervisor'], status: 'active' });
    const refused = await bluelift(['disclose', constructedKeyProtectorId(1), '--reason', 'other', ...overseer, '--json']);
    expect(refused.code).toBe(6);
    expect(refused.json()).toMatchObject({ error: { code: 'not-allowed' } });
    expect((await bluelift(['hosts', ...overseer])).code).toBe(0);
  });

  it('restores a backup on another desk, with a passphrase or with the recovery sheet', async () => {
    const { folder, first } = await initDesk();
    await bluelift(['import', keysCsv(folder, 3), ...first]);
    const backup = join(folder, 'desk.backup');
    expect((await bluelift(['backup', backup, ...first])).code).toBe(0);
    for (const sheet of [[], ['--recovery-sheet', join(folder, 'sheet.txt')]]) {
      const other = temporaryFolder();
      const options = asOperator(other, 'first', sheet.length === 0 ? PASSPHRASE : 'a passphrase of today');
      expect(await bluelift(['restore', backup, ...sheet, ...options])).toMatchObject({ code: 0 });
      expect((await bluelift(['hosts', ...options, '--json'])).json()).toMatchObject({ total: 3 });
      expect((await bluelift(['audit', 'verify', ...options])).code).toBe(0);
    }
  });

  it('says what is wrong with a file that is restored and is no backup, where, and what opens one that is', async () => {
    const { folder, first } = await newDesk();
    const backup = join(folder, 'desk.backup');
    await bluelift(['backup', backup, ...first]);
    const other = temporaryFolder();
    const options = asOperator(other, 'first', 'not the passphrase');
    const restored = async (path: string, ...further: string[]): Promise<unknown> => { const { code, err } = await bluelift(['restore', path, ...options, ...further]); return [code, err.trim()]; };
    expect(await restored(backup)).toEqual([4, expect.stringMatching(/^Operator or passphrase is wrong\. The backup is of \d{4}-\d\d-\d\d \d\d:\d\d UTC\. It opens with the passphrase that first had then, or with the recovery sheet of then\.$/)]);
    const keys = join(folder, 'desk', 'keys.json');
    expect(await restored(keys)).toEqual([7, expect.stringContaining(`Not restored: ${keys}: it is no backup. A backup is the one file`)]);
    expect(await restored(keys, '--language', 'de')).toEqual([7, expect.stringContaining(`Nicht wiederhergestellt: ${keys}: sie ist keine Sicherung.`)]);
    writeFileSync(join(folder, 'half'), readFileSync(backup).subarray(0, -1000));
    expect(await restored(join(folder, 'half'))).toEqual([7, expect.stringMatching(/it is cut off\. .*Bytes missing at its end: 1000\.$/)]);
    expect(await bluelift(['status', ...options])).toMatchObject({ code: 8 }); // still no desk there
  });

  it.each([
    ['a command that is not there', ['fly'], 2],
    ['an option that is not there', ['status', '--fly'], 2],
    ['a missing word', ['find'], 2],
    ['no desk', ['status'], 8],
    ['a passphrase file that is not there', ['status', '--passphrase-file', '/nowhere/at/all'], 5],
  ])('ends with its own exit code, one sentence and no stack trace: %s', async (_name, words, code) => {
    const folder = temporaryFolder();
    const run = await bluelift([...words, ...asOperator(folder, 'first', PASSPHRASE).slice(0, words.includes('--passphrase-file') ? 4 : 6)]);
    expect(run.code).toBe(code);
    expect(run.err).not.toMatch(/\n\s+at |node:internal/);
    expect(run.err.trim()).not.toBe('');
  });

  it('says in every command, in German too, that the operator or passphrase is wrong, and that a passphrase file is missing', async () => {
    const { folder, first } = await newDesk();
    const wrong = asOperator(folder, 'first', 'not the passphrase');
    asOperator(folder, 'first', PASSPHRASE); // puts the right file back for later
    writeFileSync(join(folder, 'wrong'), 'not the passphrase\n');
    const wrongFile = [...wrong.slice(0, 5), join(folder, 'wrong')];
    const missing = [...first.slice(0, 5), join(folder, 'missing')];
    const german = await bluelift(['status', ...wrongFile, '--language', 'de']);
    expect(german).toMatchObject({ code: 4, out: '', err: expect.stringMatching(/stimmt nicht/) });
    for (const command of [['status'], ['hosts'], ['find', 'x'], ['audit', 'verify']]) {
      const run = await bluelift([...command, ...missing]);
      expect(run).toMatchObject({ code: 5, out: '' });
      expect(run.err).not.toMatch(/\n\s+at /);
    }
    expect((await bluelift(['status', '--operator', 'nobody', '--desk', join(folder, 'desk'), '--passphrase-file', join(folder, 'first.passphrase')])).code).toBe(4);
  });

  it('takes its options before the command as well as behind it', async () => {
    const { first } = await newDesk();
    expect((await bluelift([...first, '--json', 'audit', 'verify'])).json()).toMatchObject({ intact: true });
    expect(await bluelift(['--json', ...first.slice(0, 4), 'hosts', ...first.slice(4)])).toMatchObject({ code: 0 });
  });

  it('asks nothing when there is no terminal', async () => {
    const { first } = await newDesk();
    expect((await bluelift(['status', ...first.slice(0, 4)])).code).toBe(5);
  });

  it('warns when no recovery sheet is made, and writes the sheet for its owner only', async () => {
    const folder = temporaryFolder();
    const run = await bluelift(['init', ...asOperator(folder, 'first', PASSPHRASE)]);
    expect(run.code).toBe(0);
    expect(run.err).toContain('recovery sheet');
    const { folder: second } = await initDesk();
    const { statSync } = await import('node:fs');
    expect(statSync(join(second, 'sheet.txt')).mode & 0o077).toBe(0);
    expect(readFileSync(join(second, 'sheet.txt'), 'utf8')).toMatch(/([0-9A-Z]{4}-){7}[0-9A-Z]{4}/);
  });

  it('leaves what it can not read out of the report of what it could', async () => {
    const { folder, first } = await newDesk();
    mkdirSync(join(folder, 'empty-folder'));
    writeFileSync(join(folder, 'empty.csv'), '');
    writeFileSync(join(folder, 'noise.bin'), Buffer.from(Array.from({ length: 4096 }, (_, n) => (n * 7919) % 256)));
    const run = await bluelift(['import', join(folder, 'not-there.csv'), join(folder, 'empty.csv'), join(folder, 'noise.bin'), keysCsv(folder, 2), ...first, '--json']);
    expect(run.code).toBe(7);
    const files = run.json()['files'] as { path: string; imported: number; error: { code: string } | null }[]; // our own output
    expect(files.find(({ path }) => path.endsWith('not-there.csv'))?.error?.code).toBe('file-not-found');
    expect(files.find(({ path }) => path.endsWith('BitLockerKeys.csv'))).toMatchObject({ imported: 2, error: null });
    expect(existsSync(join(folder, 'desk', 'store.db'))).toBe(true);
    expect(readdirSync(folder).some((name) => name.startsWith('core'))).toBe(false);
  });

  it('makes no desk when the recovery sheet has no place, because its code is told once', async () => {
    const folder = temporaryFolder();
    const first = asOperator(folder, 'first', PASSPHRASE);
    const refused = await bluelift(['init', ...first, '--recovery-sheet', join(folder, 'missing', 'sheet.txt'), '--json']);
    expect(refused).toMatchObject({ code: 10 });
    expect(refused.json()).toMatchObject({ error: { code: 'folder-not-writable' } });
    expect(refused.err).not.toMatch(/\n\s+at |node:/);
    expect(existsSync(join(folder, 'desk', 'store.db'))).toBe(false);
    expect((await bluelift(['init', ...first])).code).toBe(0);
    expect((await bluelift(['init', ...first, '--recovery-sheet', join(folder, 'sheet.txt')])).code).toBe(8);
    expect(existsSync(join(folder, 'sheet.txt'))).toBe(false);
  });

  it('refuses an empty word where a path belongs: it would be the folder one stands in', async () => {
    const { first } = await newDesk();
    expect(await bluelift(['import', '', ...first, '--json'])).toMatchObject({ code: 2 });
  });

  it.each([[['fly', '--json'], 2], [['--json'], 2], [['--help', '--json'], 0]])('answers with one JSON document to %j too', async (words, code) => {
    const run = await bluelift(words);
    expect(run.code).toBe(code);
    expect(run.json()).toBeTypeOf('object');
  });

  it('ends as it would have when the reader of its output has gone', async () => {
    const { first } = await newDesk();
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', fileURLToPath(new URL('../../electron/cli.ts', import.meta.url)), 'status', ...first], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => { err += text; });
    const code = await new Promise((resolve) => { child.on('close', resolve); });
    expect([code, err]).toEqual([0, '']);
  });
});
