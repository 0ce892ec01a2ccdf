import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../electron/core/app-error.ts';
import { addOperator, completeOperator } from '../../electron/core/operators/operators.ts';
import { openPageSealer, openUnsealer } from '../../electron/store/sealed-pages.ts';
import { makeHolder, makeKeys, openHolder, parseKeysFile } from '../../electron/store/vault.ts';
import { constructedPassword16 } from '../support/constructed-passwords.ts';
import { LOW_COST, openNewDesk, PASSPHRASE, signIn } from '../support/open-desk.ts';

const codeOf = (act: () => unknown): unknown => {
  try {
    act();
    return null;
  } catch (error) {
    return error instanceof AppError ? error.code : error;
  }
};

describe('the vault', () => {
  it('calls keys.json damaged, never a passphrase wrong, whichever byte of it was changed', async () => {
    const { ports } = await openNewDesk();
    const path = join(ports.folder.path, 'keys.json');
    const written = readFileSync(path);
    for (let at = 0; at < written.length; at += 7) {
      const changed = Buffer.from(written);
      changed[at] = (changed[at] ?? 0) ^ 1;
      writeFileSync(path, changed);
      const code = await signIn(ports, 'first').then(() => 'opened', (error: unknown) => (error instanceof AppError ? error.code : 'not an AppError'));
      expect([at, code]).toEqual([at, written[at] === 0x20 || written[at] === 0x0a ? expect.stringMatching(/^(opened|store-damaged)$/) : 'store-damaged']);
    }
  });

  it('gives back every recovery password sealed into a page, to a holder of key 2', async () => {
    const { desk } = await openNewDesk();
    const sealer = openPageSealer(desk.db, desk.keys.key2Public);
    const pages = [1, 7, 256].map((count) => {
      const passwords = Buffer.concat(Array.from({ length: count }, (_, place) => constructedPassword16(count * 1000 + place)));
      return { count, pageId: sealer.seal(new Uint8Array(passwords)) };
    });
    const unsealer = openUnsealer(desk.db, desk.keys);
    for (const { count, pageId } of pages) {
      for (const place of [0, count >> 1, count - 1]) expect(Buffer.from(unsealer.unseal(pageId, place))).toEqual(Buffer.from(constructedPassword16(count * 1000 + place)));
    }
    expect(codeOf(() => unsealer.unseal(pages[0]?.pageId ?? 0, 1))).toBe('store-damaged');
  });

  it("does not unseal a recovery password with a supervisor's keys, past every procedure", async () => {
    const { desk, ports } = await openNewDesk();
    const sealer = openPageSealer(desk.db, desk.keys.key2Public);
    const pageId = sealer.seal(constructedPassword16(1).slice());
    await addOperator(desk, ports.folder, { name: 'overseer', roles: ['supervisor', 'auditor'], passphrase: PASSPHRASE }, LOW_COST);
    const supervisor = await signIn(ports, 'overseer');
    // With the store open and every byte of it readable, what is there to read is sealed:
    expect(supervisor.keys.key2Private).toBeNull();
    expect(codeOf(() => openUnsealer(supervisor.db, supervisor.keys))).toBe('cannot-read-recovery-passwords');
    const page = supervisor.db.prepare<[number], { sealed: Buffer }>('SELECT sealed FROM sealed_pages WHERE page_id = ?').get(pageId);
    const dataKeys = supervisor.db.prepare<[], { sealed: Buffer }>('SELECT sealed FROM data_keys').all();
    expect(page?.sealed.includes(Buffer.from(constructedPassword16(1)))).toBe(false);
    // and none of the keys the supervisor holds opens it, tried as key 2 itself:
    for (const candidate of [supervisor.keys.key1, supervisor.keys.key2Public, new Uint8Array(32)]) {
      expect(codeOf(() => openUnsealer(supervisor.db, { ...supervisor.keys, key2Private: candidate }).unseal(pageId, 0))).toBe('store-damaged');
    }
    expect(dataKeys).toHaveLength(1);
  });

  it('keeps key 2 from an operator a supervisor added until they have their own passphrase and a holder has completed them', async () => {
    const { desk, ports } = await openNewDesk();
    await addOperator(desk, ports.folder, { name: 'overseer', roles: ['supervisor'], passphrase: PASSPHRASE }, LOW_COST);
    const supervisor = await signIn(ports, 'overseer');
    const added = await addOperator(supervisor, ports.folder, { name: 'phone-1', roles: ['helpdesk'], passphrase: PASSPHRASE }, LOW_COST);
    expect(added).toMatchObject({ status: 'pending', waitsForHolder: true });
    expect((await signIn(ports, 'phone-1')).keys.key2Private).toBeNull();
    expect(codeOf(() => completeOperator(supervisor, ports.folder, 'phone-1'))).toBe('not-allowed'); // no passphrase of their own yet
    const phone = await signIn(ports, 'phone-1');
    const { changePassphrase } = await import('../../electron/core/operators/operators.ts');
    await changePassphrase(phone, ports.folder, PASSPHRASE, 'a passphrase of their own', LOW_COST);
    expect(codeOf(() => completeOperator(supervisor, ports.folder, 'phone-1'))).toBe('cannot-read-recovery-passwords');
    expect(completeOperator(desk, ports.folder, 'phone-1')).toMatchObject({ status: 'active', waitsForHolder: false });
    expect((await signIn(ports, 'phone-1', 'a passphrase of their own')).keys.key2Private).toEqual(desk.keys.key2Private);
  });

  it('writes no key and no passphrase in clear into its two files', async () => {
    const { desk, ports, sheetCode } = await openNewDesk();
    desk.db.pragma('wal_checkpoint(TRUNCATE)');
    const files = [readFileSync(join(ports.folder.path, 'keys.json')), readFileSync(join(ports.folder.path, 'store.db'))];
    for (const secret of [desk.keys.key1, desk.keys.key2Private ?? new Uint8Array([1]), Buffer.from(PASSPHRASE), Buffer.from(sheetCode)]) {
      for (const file of files) {
        expect(file.includes(Buffer.from(secret))).toBe(false);
        expect(file.includes(Buffer.from(secret).toString('base64'))).toBe(false);
      }
    }
    expect(files[1]?.subarray(0, 6).toString()).not.toBe('SQLite');
  });

  it('opens for the right passphrase only, however it is written in Unicode', async () => {
    const keys = makeKeys('desk');
    const file = parseKeysFile(JSON.stringify({
      format: 'bluelift-keys 1', deskId: 'desk', key2Public: Buffer.from(keys.key2Public).toString('base64'),
      holders: [await makeHolder(keys, { kind: 'operator', name: 'Zoë', passphrase: 'Übergangs-Kennsatz é', reads: true }, LOW_COST)],
    }), 'keys.json');
    const [holder] = file.holders;
    if (holder === undefined) throw new Error('no holder');
    const opened = await openHolder(file, holder, 'U\u0308bergangs-Kennsatz e\u0301');
    expect(opened.key1).toEqual(keys.key1);
    await fc.assert(fc.asyncProperty(fc.string({ maxLength: 40 }), async (wrong) => {
      await expect(openHolder(file, holder, wrong)).rejects.toMatchObject({ code: 'wrong-passphrase' });
    }), { numRuns: 30 });
  });

  it('refuses a keys.json into which somebody without a passphrase has put a public key of their own', async () => {
    const { desk, ports } = await openNewDesk();
    desk.db.close();
    const file = ports.folder.readKeys();
    if (file === null) throw new Error('no keys');
    ports.folder.writeKeys({ ...file, key2Public: Buffer.from(makeKeys('stranger').key2Public).toString('base64') });
    await expect(signIn(ports, 'first')).rejects.toMatchObject({ code: 'store-damaged' });
  });

  it('refuses a keys.json that is cut off, foreign or asks for an absurd cost', () => {
    for (const text of ['', '{', '{"format":"bluelift-keys 9"}', '[]']) expect(codeOf(() => parseKeysFile(text, 'keys.json'))).toBe('store-damaged');
  });
});
