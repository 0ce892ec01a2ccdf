// A real domain controller, asked as Bluelift asks: encrypted, paged, with an account that may read recovery objects and nothing else.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Output } from '../../electron/api/contract.ts';
import { liveQuestionHandlers } from '../../electron/api/handlers/live-questions.ts';
import { sourceHandlers } from '../../electron/api/handlers/sources.ts';
import { listAudit } from '../../electron/core/audit/audit.ts';
import { lookAtDirectory } from '../../electron/desk/directory.ts';
import { startDirectoryServer, type DirectoryServer } from '../../scripts/dev/rehearsal/directory-server.ts';
import { keptKeys, keptLaps } from '../core/keys/import-desk.ts';
import { addHost, openTestDesk } from '../core/remediation/test-desk.ts';
import { asOperator, bluelift } from '../support/command-line.ts';
import { makeTemporaryFolder } from './folder.ts';

const COMPUTERS = 1100; // with their keys, more than a controller gives at once
const URL = 'ldaps://127.0.0.1';
let server: DirectoryServer;
let pin: string;
const folder = makeTemporaryFolder();

beforeAll(async () => {
  server = await startDirectoryServer(join(folder, 'dc'), COMPUTERS);
  pin = (await lookAtDirectory({ url: URL })).certificate.sha256;
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

type Wish = Partial<Parameters<ReturnType<typeof sourceHandlers>['directories.import']>[0]>;

async function importAs(account: string, wish: Wish = {}, desk = openTestDesk(), signal = new AbortController().signal): Promise<{ desk: typeof desk; done: Extract<Output<'directories.import'>, { kind: 'done' }>; events: Output<'directories.import'>[] }> {
  const events: Output<'directories.import'>[] = [];
  for await (const event of sourceHandlers(() => desk)['directories.import']({ url: URL, bindAs: account, password: server.password, pin, ...wish }, signal)) events.push(event);
  const done = events.at(-1);
  if (done?.kind !== 'done') throw new Error('the import did not end');
  return { desk, done, events };
}

const keysOf = (unit?: 'Laptops' | 'Branch') => server.computers.filter((computer) => unit === undefined || computer.organizationalUnit === unit)
  .flatMap(({ hostname, keys }) => keys.map(({ keyProtectorId, recoveryPassword }) => ({ id: keyProtectorId, hostname, password: recoveryPassword })))
  .toSorted((a, b) => (a.id < b.id ? -1 : 1));

const keptIn = (desk: Parameters<typeof keptKeys>[0]) => keptKeys(desk).map(({ id, hostname, password }) => ({ id, hostname, password })).toSorted((a, b) => ((a.id ?? '') < (b.id ?? '') ? -1 : 1));

describe('a directory', () => {
  test('gives every recovery password and every computer to an account that was delegated read, page by page', async () => {
    const { desk, done, events } = await importAs(server.accounts.reader);
    expect(done.files).toMatchObject([{ path: `${URL}/${server.base}`, name: server.base, kind: 'directory', rejectedCount: 0, error: null, notes: ['laps-encrypted'] }]);
    expect(keptIn(desk)).toEqual(keysOf());
    expect(events.filter(({ kind }) => kind === 'progress').length).toBeGreaterThan(1);
    const host = desk.db.prepare("SELECT hostname, dns_name, domain, organizational_unit, operating_system, site, description, state FROM hosts WHERE hostname = 'CONSTR-00001'").get();
    expect(host).toEqual({ hostname: 'CONSTR-00001', dns_name: 'constr-00001.corp.example', domain: 'corp.example', organizational_unit: 'Laptops', operating_system: 'Windows 11 Enterprise', site: 'Room 01', description: 'Desk 001', state: 'known' });
    expect(listAudit(desk.db, { offset: 0, limit: 10 }).rows.map(({ act, subject }) => [act, subject])).toContainEqual(['imports.run', server.base]);

    const again = await importAs(server.accounts.reader, {}, desk);
    expect(again.done.files).toMatchObject([{ imported: 0, conflicts: 0, rejectedCount: 0 }]);
    expect(again.done.files[0]?.unchanged).toBe(again.done.files[0]?.rows);
  });

  test('gives every LAPS password that the account may read, legacy and Windows LAPS, with its own dates, and counts the encrypted ones', async () => {
    const { desk, done } = await importAs(server.accounts.reader);
    const expected = server.computers.flatMap(({ hostname, laps }) => (laps === null || laps.kind === 'encrypted' ? [] : [{
      hostname, account: laps.kind === 'windows' ? laps.account : null, password: laps.password, updatedAt: laps.kind === 'windows' ? laps.updatedAt : null, expiresAt: laps.expiresAt, conflict: 0,
    }]));
    expect(keptLaps(desk)).toEqual(expected.toSorted((a, b) => (a.hostname < b.hostname ? -1 : 1)));
    expect(done.files[0]?.laps).toEqual({ imported: expected.length, unchanged: 0, conflicts: 0, encrypted: 0 });
    expect(JSON.stringify(done)).not.toContain(expected[0]?.password ?? 'none');
  });

  test.each([
    ['a host, over LDAPS', URL, (n: number) => ({ hostId: n })], ['a host, over StartTLS', 'ldap://127.0.0.1', (n: number) => ({ hostId: n })],
    ['a host by its name', URL, (_: number, hostname: string) => ({ hostname: hostname.toLowerCase() })],
  ])('is asked for %s, and what lies below its computer comes in and nothing else', async (_what, url, about) => {
    const desk = openTestDesk();
    const [wanted] = server.computers.filter(({ keys, laps }) => keys.length === 2 && laps?.kind === 'legacy');
    const hostId = addHost(desk, wanted?.hostname ?? '', { state: 'blocked', blockedReason: 'no-key' });
    const events = [];
    for await (const event of liveQuestionHandlers(() => desk)['directories.ask']({ about: about(hostId, wanted?.hostname ?? ''), via: { kind: 'account', url, bindAs: server.accounts.reader, password: server.password, pin } }, new AbortController().signal)) events.push(event);
    expect(keptIn(desk)).toEqual(keysOf().filter(({ hostname }) => hostname === wanted?.hostname));
    expect(keptLaps(desk)).toMatchObject([{ hostname: wanted?.hostname, password: wanted?.laps?.kind === 'legacy' ? wanted.laps.password : '' }]);
    expect(desk.db.prepare('SELECT count(*) AS n FROM hosts').get()).toEqual({ n: 1 });
    expect(listAudit(desk.db, { offset: 0, limit: 10 }).rows.map(({ act, subject }) => [act, subject])).toContainEqual(['directories.ask', wanted?.hostname]);
  });

  test('is asked for the first characters of a key ID, and gives all of that computer; for one it does not know it says so', async () => {
    const desk = openTestDesk();
    const [wanted] = server.computers.filter(({ keys }) => keys.length === 2);
    const ask = async (keyId: string, bindAs = server.accounts.reader) => {
      const events: Output<'directories.ask'>[] = [];
      for await (const event of liveQuestionHandlers(() => desk)['directories.ask']({ about: { keyId }, via: { kind: 'account', url: URL, bindAs, password: server.password, pin } }, new AbortController().signal)) events.push(event);
      return events.at(-1);
    };
    await ask(wanted?.keys[0]?.keyProtectorId.slice(0, 8).toLowerCase() ?? '');
    expect(keptIn(desk)).toEqual(keysOf().filter(({ hostname }) => hostname === wanted?.hostname));
    expect(await ask('00000000')).toMatchObject({ kind: 'done', files: [{ rows: 0, error: { code: 'file-not-recognised', facts: { why: 'nothing-there' } } }] });
    expect(await ask('00000000', server.accounts.nobody)).toMatchObject({ kind: 'done', files: [{ notes: ['nothing-found', 'directory-no-keys'] }] }); // not known, or not to be seen: two things
  });

  test('is read below one organizational unit when one is named, over StartTLS as well', async () => {
    const { desk, done } = await importAs(server.accounts.reader, { url: 'ldap://127.0.0.1', base: `OU=Branch,${server.base}` });
    expect(done.files).toMatchObject([{ path: `ldap://127.0.0.1/OU=Branch,${server.base}`, error: null }]);
    expect(keptIn(desk)).toEqual(keysOf('Branch'));
  });

  test('shows recovery objects without their passwords to an account that lacks the right, and that is said', async () => {
    const { desk, done } = await importAs(server.accounts.onlooker);
    const [report] = done.files;
    expect(report).toMatchObject({ rejectedCount: 0, listed: keysOf().length, notes: ['directory-keys-not-readable', 'laps-not-readable'], laps: { imported: 0 }, error: null });
    expect(keptKeys(desk)).toEqual([]);
  });

  test('shows no recovery object to just any account, and that is said too', async () => {
    const { done } = await importAs(server.accounts.nobody);
    expect(done.files).toMatchObject([{ rejectedCount: 0, notes: ['directory-no-keys', 'laps-not-readable'] }]);
    expect(done.files[0]?.hosts).toBeGreaterThanOrEqual(COMPUTERS);
  });

  test('is not signed in to before its certificate is trusted or pinned, and no import is left behind', async () => {
    const desk = openTestDesk();
    await expect(importAs(server.accounts.reader, { pin: '0'.repeat(64) }, desk)).rejects.toMatchObject({ code: 'certificate-not-trusted', facts: { why: 'another-certificate', sha256: pin } });
    const handlers = sourceHandlers(() => desk);
    const refused = (async () => { for await (const _ of handlers['directories.import']({ url: URL, bindAs: server.accounts.reader, password: server.password }, new AbortController().signal)); })();
    await expect(refused).rejects.toMatchObject({ code: 'certificate-not-trusted', facts: { sha256: pin, subject: expect.stringContaining('CN=') } });
    expect(desk.db.prepare('SELECT count(*) AS n FROM imports').get()).toEqual({ n: 0 });
  });

  test.each([
    ['a wrong password', { password: 'not this one' }, 'source-refused-sign-in', { why: 'wrong' }],
    ['an account that is not there', { bindAs: 'none@corp.example' }, 'source-refused-sign-in', { why: 'wrong' }],
    ['an empty password, which a server would take for nobody in particular', { password: '' }, 'invalid-input', {}],
    ['a server that is not there', { url: 'ldaps://127.0.0.1:1' }, 'source-unreachable', { why: 'ECONNREFUSED' }],
  ])('refuses %s by name', async (_what, wish, code, facts) => {
    await expect(importAs(server.accounts.reader, wish)).rejects.toMatchObject({ code, facts });
  });

  test('that knows no such base says so in the report of the import', async () => {
    const { done } = await importAs(server.accounts.reader, { base: `OU=None,${server.base}` });
    expect(done.files).toMatchObject([{ rows: 0, error: { code: 'source-failed', facts: { why: 'base-not-found' } } }]);
  });

  test('stops being read when the import is cancelled, and what came until then is in', async () => {
    const desk = openTestDesk();
    const stop = new AbortController();
    let rows = 0;
    let last: Output<'directories.import'> | undefined;
    for await (const event of sourceHandlers(() => desk)['directories.import']({ url: URL, bindAs: server.accounts.reader, password: server.password, pin }, stop.signal)) {
      last = event;
      if (event.kind === 'progress') rows = event.rows;
      if (rows > COMPUTERS + 10) stop.abort(); // keys come behind the computers
    }
    expect(last).toMatchObject({ kind: 'done', cancelled: true, files: [{ error: null }] });
    const inStore = keptKeys(desk).length;
    expect(inStore).toBeGreaterThan(0);
    expect(inStore).toBeLessThan(keysOf().length);
  });

  test('comes in at the command line, its password from a file, its pin from the refusal', async () => {
    const operator = asOperator(folder, 'first', 'constructed passphrase');
    await bluelift(['init', ...operator]);
    writeFileSync(join(folder, 'bind'), `${server.password}\n`);
    const words = ['import', 'directory', ...operator, '--url', URL, '--bind', server.accounts.reader, '--bind-password-file', join(folder, 'bind'), '--json'];
    const refused = await bluelift(words);
    expect([refused.code, refused.json()]).toEqual([12, { error: { code: 'certificate-not-trusted', facts: expect.objectContaining({ sha256: pin }) } }]);
    const done = await bluelift([...words, '--base', `OU=Laptops,${server.base}`, '--pin', pin.match(/../g)?.join(':').toLowerCase() ?? '']);
    expect(done.code).toBe(0);
    expect(done.json()).toMatchObject({ importId: 1, cancelled: false, files: [{ kind: 'directory', rejectedCount: 0 }] });
    const [one] = server.computers.filter(({ keys }) => keys.length === 2);
    const asked = await bluelift(['import', 'directory', ...operator, '--url', URL, '--bind', server.accounts.reader, '--bind-password-file', join(folder, 'bind'), '--pin', pin, '--key-id', one?.keys[0]?.keyProtectorId.slice(0, 8) ?? '', '--json']);
    expect([asked.code, asked.json()]).toMatchObject([0, { importId: 2, files: [{ kind: 'directory', rejectedCount: 0 }] }]);
    expect(`${refused.out}${refused.err}${done.out}${done.err}`).not.toContain(server.password);
  });
});
