import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listAudit, verifyAudit } from '../../../electron/core/audit/audit.ts';
import type { Desk } from '../../../electron/core/desk.ts';
import { importKeys } from '../../../electron/core/keys/import-keys.ts';
import { lookUp } from '../../../electron/core/keys/look-up.ts';
import { addOperator, changePassphrase, completeOperator, disableOperator, listOperators } from '../../../electron/core/operators/operators.ts';
import { rekeyVault, type RekeyEvent } from '../../../electron/core/operators/rekey.ts';
import { recoverVault } from '../../../electron/core/operators/sign-in.ts';
import { importFiles } from '../../../electron/desk/import-files.ts';
import { openDatabase } from '../../../electron/store/database.ts';
import { openUnsealer } from '../../../electron/store/sealed-pages.ts';
import { openHolder, parseKeysFile, type KeysFile } from '../../../electron/store/vault.ts';
import { constructKeys, writeConstructedCsv } from '../../../scripts/dev/construct-keys.ts';
import { LOW_COST, openNewDesk, PASSPHRASE, signIn, signInPorts } from '../../support/open-desk.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const KEYS = { records: 700, hosts: 90, seed: 'rekey' } as const;
type Ports = ReturnType<typeof signInPorts>;
type Done = Extract<RekeyEvent, { kind: 'done' }>;

const readKeys = (folder: string): KeysFile => parseKeysFile(readFileSync(join(folder, 'keys.json'), 'utf8'), folder);

async function importAll(desk: Desk, folder: string): Promise<{ imported: number; unchanged: number; conflicts: number }> {
  const csv = join(folder, 'keys.csv');
  writeConstructedCsv(csv, KEYS);
  for await (const event of importKeys(desk, [csv], { files: importFiles, signal: new AbortController().signal })) if (event.kind === 'file') return event.report;
  throw new Error('no report');
}

async function rekey(desk: Desk, ports: Ports, options: { recoverySheet?: boolean; signal?: AbortSignal; on?: (event: RekeyEvent) => void } = {}): Promise<{ events: RekeyEvent[]; done: Done | undefined; desk: Desk }> {
  const events: RekeyEvent[] = [];
  for await (const event of rekeyVault(desk, ports, { recoverySheet: options.recoverySheet ?? true, signal: options.signal ?? new AbortController().signal })) {
    events.push(event);
    options.on?.(event);
  }
  const done = events.find((event) => event.kind === 'done');
  if (done !== undefined) onTestFinished(() => void (done.opened.db.open && done.opened.db.close()));
  return { events, done, desk: done === undefined ? desk : { ...done.opened, clock: ports.clock, random: ports.random, changed: () => undefined } };
}

/** Every recovery password of the store as its eight numbers, by key protector ID. */
function passwordsOf({ db, keys }: Pick<Desk, 'db' | 'keys'>): Map<string, string> {
  const unsealer = openUnsealer(db, keys);
  const rows = db.prepare<[], { id: string; page: number; place: number }>('SELECT lower(hex(key_protector_id)) AS id, page_id AS page, place FROM key_records').all();
  const found = new Map(rows.map(({ id, page, place }) => [id, Buffer.from(unsealer.unseal(page, place)).toString('hex')]));
  unsealer.close();
  return found;
}

const CONSTRUCTED = new Map(Array.from(constructKeys(KEYS), ({ keyProtectorId, recoveryPassword }) => {
  const numbers = Buffer.alloc(16);
  recoveryPassword.split('-').forEach((group, place) => numbers.writeUInt16LE(Number(group) / 11, 2 * place));
  return [keyProtectorId.replaceAll('-', '').toLowerCase(), numbers.toString('hex')];
}));

/** A desk with keys, a helpdesk, a supervisor and one who left. */
async function deskWithPeople(): Promise<{ desk: Desk; ports: Ports; folder: string; sheetCode: string; leaverKeys: KeysFile }> {
  const { desk, ports, sheetCode } = await openNewDesk();
  const { path: folder } = ports.folder;
  await importAll(desk, temporaryFolder());
  await addOperator(desk, ports.folder, { name: 'phone-1', roles: ['helpdesk'], passphrase: PASSPHRASE }, LOW_COST);
  await addOperator(desk, ports.folder, { name: 'overseer', roles: ['supervisor', 'auditor'], passphrase: PASSPHRASE }, LOW_COST);
  await addOperator(desk, ports.folder, { name: 'leaver', roles: ['technician'], passphrase: PASSPHRASE }, LOW_COST);
  const leaverKeys = readKeys(folder);
  disableOperator(desk, ports.folder, 'leaver');
  return { desk, ports, folder, sheetCode, leaverKeys };
}

describe('changing the keys of a desk', () => {
  it('leaves everybody who stays their passphrase, their roles and every recovery password they may read', async () => {
    const { desk, ports } = await deskWithPeople();
    const old = { key1: Buffer.from(desk.keys.key1), key2Public: Buffer.from(desk.keys.key2Public) };
    const { done, desk: now } = await rekey(desk, ports);
    expect(done?.operators).toEqual(['first', 'phone-1', 'overseer']);
    expect(passwordsOf(now)).toEqual(CONSTRUCTED);
    const helpdesk = await signIn(ports, 'phone-1');
    expect(passwordsOf(helpdesk)).toEqual(CONSTRUCTED);
    const supervisor = await signIn(ports, 'overseer');
    expect(supervisor.keys.key2Private).toBeNull();
    expect(supervisor.operator.roles).toEqual(['auditor', 'supervisor']);
    for (const someone of [now, helpdesk, supervisor]) {
      expect(Buffer.from(someone.keys.key1).equals(old.key1)).toBe(false);
      expect(Buffer.from(someone.keys.key2Public).equals(old.key2Public)).toBe(false);
    }
    expect(readdirSync(ports.folder.path).filter((name) => name.includes('next'))).toEqual([]);
  });

  it('shuts out a disabled operator with an old keys.json, from the store and from everything sealed afterwards', async () => {
    const { desk, ports, folder, leaverKeys } = await deskWithPeople();
    const copy = temporaryFolder();
    desk.db.pragma('wal_checkpoint(TRUNCATE)');
    copyFileSync(join(folder, 'store.db'), join(copy, 'store.db'));
    const line = leaverKeys.holders.find(({ name }) => name === 'leaver');
    if (line === undefined) throw new Error('the leaver had keys');
    const leaver = await openHolder(leaverKeys, line, PASSPHRASE);
    const { desk: now } = await rekey(desk, ports);
    // What they copied before they left stays open to them, and nothing else is.
    const before = openDatabase(join(copy, 'store.db'), leaver.key1);
    expect(passwordsOf({ db: before, keys: leaver }).size).toBe(KEYS.records);
    before.close();
    expect(() => openDatabase(join(folder, 'store.db'), leaver.key1)).toThrow(expect.objectContaining({ code: 'store-foreign' }));
    expect(() => passwordsOf({ db: now.db, keys: leaver })).toThrow(expect.objectContaining({ code: 'store-damaged' })); // even past the store's own encryption
    writeFileSync(join(folder, 'keys.json'), JSON.stringify(leaverKeys));
    await expect(signIn(ports, 'leaver')).rejects.toMatchObject({ code: 'store-foreign' });
  });

  it('replaces the recovery sheet: the new one opens the vault, the old one nothing', async () => {
    const { desk, ports, sheetCode } = await deskWithPeople();
    const { done } = await rekey(desk, ports);
    await expect(recoverVault(ports, sheetCode, 'first', 'a new passphrase')).rejects.toMatchObject({ code: 'wrong-passphrase' });
    const recovered = await recoverVault(ports, done?.sheet?.code ?? '', 'first', 'a new passphrase');
    onTestFinished(() => void recovered.db.close());
    expect(passwordsOf(recovered)).toEqual(CONSTRUCTED);
  });

  it('knows every key record again: the same file changes nothing, and look-ups find what they found', async () => {
    const { desk, ports } = await deskWithPeople();
    const query = [...CONSTRUCTED.keys()][300]?.slice(0, 8) ?? '';
    const before = lookUp(desk.db, { query, limit: 50 });
    const { desk: now } = await rekey(desk, ports);
    expect(lookUp(now.db, { query, limit: 50 })).toEqual(before);
    expect(before.keyRecords).toHaveLength(1);
    expect(await importAll(now, temporaryFolder())).toMatchObject({ imported: 0, unchanged: KEYS.records, conflicts: 0 });
    const twice = await rekey(now, ports);
    expect(await importAll(twice.desk, temporaryFolder())).toMatchObject({ imported: 0, unchanged: KEYS.records });
    expect(passwordsOf(twice.desk)).toEqual(CONSTRUCTED);
  });

  it('writes one line into the audit trail, which stays one chain', async () => {
    const { desk, ports } = await deskWithPeople();
    const { desk: now } = await rekey(desk, ports);
    expect(verifyAudit(now.db).intact).toBe(true);
    const lines = listAudit(now.db, { offset: 0, limit: 100 }).rows.filter(({ act }) => act === 'vault.rekey');
    expect(lines.map(({ operator }) => operator)).toEqual(['first']);
    expect(now.db.prepare('SELECT count(*) AS n FROM data_keys').get()).toEqual({ n: 1 });
  });

  it('is refused to who can not read recovery passwords, and while another window has the desk open; the desk works on', async () => {
    const { desk, ports } = await deskWithPeople();
    const supervisor = await signIn(ports, 'overseer');
    await expect(rekey(supervisor, ports)).rejects.toMatchObject({ code: 'cannot-read-recovery-passwords' });
    await expect(rekey(desk, ports)).rejects.toMatchObject({ code: 'desk-in-use' });
    supervisor.db.close();
    await changePassphrase(desk, ports.folder, PASSPHRASE, 'another passphrase', LOW_COST);
    expect((await rekey(desk, ports)).done?.operators).toContain('first');
  });

  it('answers look-ups meanwhile, and lets nobody write what would be lost', async () => {
    const { desk, ports } = await deskWithPeople();
    let asked = 0;
    await rekey(desk, ports, {
      on: (event) => {
        if (event.kind !== 'progress') return;
        asked += 1;
        expect(lookUp(desk.db, { query: [...CONSTRUCTED.keys()][0]?.slice(0, 8) ?? '', limit: 50 }).keyRecords).toHaveLength(1);
        expect(() => disableOperator(desk, ports.folder, 'phone-1')).toThrow(/locked/);
      },
    });
    expect(asked).toBeGreaterThan(0);
    expect((await signIn(ports, 'phone-1')).operator.name).toBe('phone-1');
  });

  it('leaves the desk as it was when it is cancelled, when its listener goes away, and when the vault is closed', async () => {
    const { desk, ports, folder } = await deskWithPeople();
    const keysBefore = readFileSync(join(folder, 'keys.json'), 'utf8');
    const stop = new AbortController();
    expect((await rekey(desk, ports, { signal: stop.signal, on: () => stop.abort() })).events.at(-1)).toEqual({ kind: 'cancelled' });
    for await (const _ of rekeyVault(desk, ports, { recoverySheet: true, signal: new AbortController().signal })) break;
    expect(readFileSync(join(folder, 'keys.json'), 'utf8')).toBe(keysBefore);
    expect(existsSync(join(folder, 'store.db.next'))).toBe(false);
    expect(await importAll(desk, temporaryFolder())).toMatchObject({ unchanged: KEYS.records }); // may write again
    await expect(rekey(desk, ports, { on: () => { desk.keys.close(); desk.db.close(); } })).rejects.toMatchObject({ code: 'vault-closed' });
    expect(readFileSync(join(folder, 'keys.json'), 'utf8')).toBe(keysBefore);
    expect(passwordsOf(await signIn(ports, 'first'))).toEqual(CONSTRUCTED);
  });
});

describe('lines of keys.json', () => {
  const alter = (folder: string, name: string, change: (line: KeysFile['holders'][number], all: KeysFile) => KeysFile['holders'][number]): void => {
    const file = readKeys(folder);
    writeFileSync(join(folder, 'keys.json'), JSON.stringify({ ...file, holders: file.holders.map((line) => (line.name === name ? change(line, file) : line)) }));
  };

  it('does not seal the new keys to a public key that somebody else put there', async () => {
    const { desk, ports, folder } = await deskWithPeople();
    const stranger = await openNewDesk();
    const own = readKeys(stranger.ports.folder.path).holders[0];
    alter(folder, 'phone-1', (line) => ({ ...line, publicKey: own?.publicKey ?? '', privateKey: own?.privateKey ?? '', salt: own?.salt ?? '' }));
    await expect(rekey(desk, ports)).rejects.toMatchObject({ code: 'operators-unproven', facts: { operators: ['phone-1'] } });
    disableOperator(desk, ports.folder, 'phone-1');
    expect((await rekey(desk, ports)).done?.operators).toEqual(['first', 'overseer']);
  });

  it('does not give key 2 to a supervisor who wrote themselves a reading role and a line with key 2', async () => {
    const { desk, ports, folder } = await deskWithPeople();
    desk.db.prepare("INSERT INTO operator_roles SELECT operator_id, 'helpdesk' FROM operators WHERE name = 'overseer'").run(); // they hold key 1
    alter(folder, 'overseer', (line) => ({ ...line, key2: line.key1 }));
    await expect(rekey(desk, ports)).rejects.toMatchObject({ code: 'operators-unproven', facts: { operators: ['overseer'] } });
    alter(folder, 'overseer', (line) => ({ ...line, key2: null }));
    const { desk: now } = await rekey(desk, ports);
    now.db.close();
    expect((await signIn(ports, 'overseer')).keys.key2Private).toBeNull();
  });

  it('does not take an operator’s old line for their present one', async () => {
    const { desk, ports, folder } = await deskWithPeople();
    const phone = await signIn(ports, 'phone-1');
    const old = readKeys(folder).holders.find(({ name }) => name === 'phone-1');
    await changePassphrase(phone, ports.folder, PASSPHRASE, 'nobody else knows it', LOW_COST);
    phone.db.close();
    alter(folder, 'phone-1', (line) => old ?? line);
    await expect(rekey(desk, ports)).rejects.toMatchObject({ code: 'operators-unproven' });
  });

  it('of an older version are proven by their operators’ next sign-in', async () => {
    const { desk, ports, folder } = await deskWithPeople();
    for (const name of ['phone-1', 'overseer']) alter(folder, name, ({ proof: _, ...line }) => line);
    await expect(rekey(desk, ports)).rejects.toMatchObject({ code: 'operators-unproven', facts: { operators: ['phone-1', 'overseer'] } });
    for (const name of ['phone-1', 'overseer']) (await signIn(ports, name)).db.close();
    expect((await rekey(desk, ports)).done?.operators).toEqual(['first', 'phone-1', 'overseer']);
  });

  it('lets somebody who waits for key 2 wait on', async () => {
    const { desk, ports } = await deskWithPeople();
    const supervisor = await signIn(ports, 'overseer');
    await addOperator(supervisor, ports.folder, { name: 'new-phone', roles: ['helpdesk'], passphrase: PASSPHRASE }, LOW_COST);
    supervisor.db.close();
    const { desk: now } = await rekey(desk, ports);
    expect(listOperators(now, ports.folder).find(({ name }) => name === 'new-phone')).toMatchObject({ status: 'pending', waitsForHolder: true });
    const pending = await signIn(ports, 'new-phone');
    await changePassphrase(pending, ports.folder, PASSPHRASE, 'one of my own', LOW_COST);
    completeOperator(now, ports.folder, 'new-phone');
    expect(passwordsOf(await signIn(ports, 'new-phone', 'one of my own'))).toEqual(CONSTRUCTED);
  });
});
