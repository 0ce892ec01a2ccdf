import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openVault, recoverVault } from '../../electron/core/operators/sign-in.ts';
import { readKeysText, unpackBackup, writeBackup } from '../../electron/store/backup-file.ts';
import { openNewDesk, PASSPHRASE, signInPorts } from '../support/open-desk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function backedUp(): Promise<{ path: string; sheetCode: string }> {
  const { desk, ports, sheetCode } = await openNewDesk();
  const path = join(temporaryFolder(), 'desk.backup');
  writeBackup(path, { db: desk.db, keysText: readKeysText(ports.folder.path), deskId: desk.keys.deskId, createdAt: '2024-07-20T12:00:00.000Z', auditHead: `1:${'0'.repeat(64)}` });
  return { path, sheetCode };
}

describe('a backup', () => {
  it("opens on another desk with an operator's passphrase", async () => {
    const { path } = await backedUp();
    const other = signInPorts();
    expect(unpackBackup(path, other.folder.path)).toMatchObject({ head: { format: 'bluelift-backup 1' }, operators: ['first'] });
    const vault = await openVault(other, 'first', PASSPHRASE);
    expect(vault.operator.roles).toHaveLength(4);
    vault.db.close();
  });

  it('opens on another desk with the recovery sheet when nobody remembers a passphrase', async () => {
    const { path, sheetCode } = await backedUp();
    const other = signInPorts();
    unpackBackup(path, other.folder.path);
    (await recoverVault(other, sheetCode, 'rescuer', 'a passphrase of today')).db.close();
    const vault = await openVault(other, 'rescuer', 'a passphrase of today');
    expect(vault.keys.key2Private).not.toBeNull();
    vault.db.close();
  });

  it('is refused when cut off or altered anywhere, and leaves nothing behind', async () => {
    const { path } = await backedUp();
    const whole = readFileSync(path);
    const cases = [whole.subarray(0, whole.length - 1), whole.subarray(0, 200), Buffer.alloc(0), Buffer.concat([whole, Buffer.from('x')]), Buffer.from('not a backup\n')];
    for (let at = 0; at < whole.indexOf(0x0a); at += 7) {
      const changed = Buffer.from(whole);
      changed[at] = changed[at] === 0x31 ? 0x32 : 0x31; // another digit in the head
      cases.push(changed);
    }
    for (let at = 0; at < whole.length; at += Math.ceil(whole.length / 40)) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 1;
      cases.push(changed);
    }
    for (const bytes of cases) {
      const folder = temporaryFolder();
      const bad = join(temporaryFolder(), 'bad.backup');
      writeFileSync(bad, bytes);
      expect(() => unpackBackup(bad, folder)).toThrow(expect.objectContaining({ code: 'backup-unusable' }));
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  it('that is none, or is broken, is told apart by what is wrong with it', async () => {
    const { path } = await backedUp();
    const whole = readFileSync(path);
    const headBytes = whole.indexOf(0x0a) + 1;
    const newer = Buffer.concat([Buffer.from('{"format":"bluelift-backup 2","chapters":7}\n'), whole.subarray(headBytes)]);
    const turned = Buffer.from(whole);
    turned[headBytes + 10] = (turned[headBytes + 10] ?? 0) ^ 1;
    const cases: [Buffer, object][] = [
      [Buffer.alloc(0), { why: 'empty' }], [Buffer.from('PK\u0003\u0004 an archive'), { why: 'no-backup' }], [Buffer.from('{"format":"bluelift-keys 1"}\n'), { why: 'no-backup' }], [Buffer.from('\n'), { why: 'no-backup' }],
      [whole.subarray(0, 12), { why: 'cut-off' }], [whole.subarray(0, headBytes - 1), { why: 'cut-off' }], [whole.subarray(0, whole.length - 4097), { why: 'cut-off', missingBytes: 4097 }],
      [Buffer.concat([whole, Buffer.from('x')]), { why: 'altered' }], [turned, { why: 'altered' }], [newer, { why: 'newer-version' }],
    ];
    for (const [bytes, fault] of cases) {
      const bad = join(temporaryFolder(), 'bad.backup');
      writeFileSync(bad, bytes);
      expect(() => unpackBackup(bad, temporaryFolder())).toThrow(expect.objectContaining({ code: 'backup-unusable', facts: { path: bad, ...fault } }));
    }
    const folder = temporaryFolder();
    expect(() => unpackBackup(folder, folder)).toThrow(expect.objectContaining({ code: 'file-is-a-directory' }));
    expect(() => unpackBackup(join(folder, 'gone'), folder)).toThrow(expect.objectContaining({ code: 'file-not-found' }));
    expect(() => unpackBackup('/dev/null', folder)).toThrow(expect.objectContaining({ code: 'file-unreadable', facts: { path: '/dev/null', why: 'not-a-file' } }));
  });

  it('never overwrites a desk or an older backup', async () => {
    const { path } = await backedUp();
    const { desk, ports } = await openNewDesk();
    const before = readKeysText(ports.folder.path);
    expect(() => unpackBackup(path, ports.folder.path)).toThrow(expect.objectContaining({ code: 'desk-exists' }));
    expect(readKeysText(ports.folder.path)).toBe(before);
    expect(() => writeBackup(path, { db: desk.db, keysText: before, deskId: 'x', createdAt: '2024-07-20T12:00:00.000Z', auditHead: 'x' })).toThrow(expect.objectContaining({ code: 'file-exists' }));
  });
});
