import { copyFileSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verifyAudit } from '../../electron/core/audit/audit.ts';
import { openPageSealer, openUnsealer } from '../../electron/store/sealed-pages.ts';
import { createDesk } from '../../electron/core/operators/sign-in.ts';
import { rekeyVault } from '../../electron/core/operators/rekey.ts';
import { constructedPassword16 } from '../support/constructed-passwords.ts';
import { openNewDesk, signIn, signInPorts } from '../support/open-desk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** The two files of one desk before its keys were changed, and after. */
async function bothDesks(): Promise<{ before: string; after: string; pageId: number }> {
  const { desk, ports } = await openNewDesk();
  const pageId = openPageSealer(desk.db, desk.keys.key2Public).seal(constructedPassword16(7).slice());
  desk.db.pragma('wal_checkpoint(TRUNCATE)');
  const before = temporaryFolder();
  for (const name of ['store.db', 'keys.json']) copyFileSync(join(ports.folder.path, name), join(before, name));
  for await (const event of rekeyVault(desk, ports, { recoverySheet: false, signal: new AbortController().signal })) if (event.kind === 'done') event.opened.db.close();
  return { before, after: ports.folder.path, pageId };
}

/** What a power cut leaves, by where it fell: each file of the folder, and the desk that opens. */
const CUTS: readonly (readonly [when: string, files: Readonly<Record<string, 'old' | 'new' | 'half'>>, opens: 'old' | 'new'])[] = [
  ['while the store was written anew', { 'store.db': 'old', 'keys.json': 'old', 'store.db.next': 'half' }, 'old'],
  ['when the new store was whole and the new keys were not', { 'store.db': 'old', 'keys.json': 'old', 'store.db.next': 'new', 'keys.json.next.new': 'half' }, 'old'],
  ['when it was decided', { 'store.db': 'old', 'keys.json': 'old', 'store.db.next': 'new', 'keys.json.next': 'new' }, 'new'],
  ['between the two renamings', { 'store.db': 'new', 'keys.json': 'old', 'keys.json.next': 'new' }, 'new'],
  ['after both', { 'store.db': 'new', 'keys.json': 'new' }, 'new'],
];

describe('a power cut while the keys of a desk are changed', () => {
  it.each(CUTS)('%s leaves a whole desk and nothing else', async (_, files, opens) => {
    const desks = await bothDesks();
    const folder = temporaryFolder();
    for (const [name, content] of Object.entries(files)) {
      const source = join(content === 'old' ? desks.before : desks.after, name.startsWith('store') ? 'store.db' : 'keys.json');
      if (content === 'half') writeFileSync(join(folder, name), readFileSync(source).subarray(0, 5000));
      else copyFileSync(source, join(folder, name));
    }
    const desk = await signIn(signInPorts(folder), 'first');
    expect(Buffer.from(openUnsealer(desk.db, desk.keys).unseal(desks.pageId, 0))).toEqual(Buffer.from(constructedPassword16(7)));
    expect(verifyAudit(desk.db).intact).toBe(true);
    expect(desk.db.prepare("SELECT count(*) AS n FROM audit_entries WHERE act = 'vault.rekey'").get()).toEqual({ n: opens === 'new' ? 1 : 0 });
    expect(readdirSync(folder).filter((name) => !/^(store\.db(-wal|-shm)?|keys\.json)$/.test(name))).toEqual([]);
  });
});

describe('a desk that finds the disk full while it is created', () => {
  const first = { name: 'first', passphrase: 'a passphrase', recoverySheet: false };

  it.runIf(existsSync('/dev/full'))('at its keys is named as that, and nothing of it is left', async () => {
    const folder = temporaryFolder();
    symlinkSync('/dev/full', join(folder, 'keys.json.new'));
    await expect(createDesk(signInPorts(folder), first)).rejects.toMatchObject({ code: 'disk-full', facts: { path: join(folder, 'keys.json') } });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('at its first rows leaves neither a store nor keys, and can be created afterwards', async () => {
    const ports = signInPorts(temporaryFolder());
    const full = new Error('full');
    const failing = { ...ports, folder: { ...ports.folder, createDatabase: (key1: Uint8Array) => ports.folder.createDatabase(key1, () => { throw full; }) } };
    await expect(createDesk(failing, first)).rejects.toBe(full);
    expect(readdirSync(ports.folder.path)).toEqual([]);
    (await createDesk(ports, first)).vault.db.close();
  });
});
