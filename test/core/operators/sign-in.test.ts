import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listAudit, verifyAudit } from '../../../electron/core/audit/audit.ts';
import { addOperator, changePassphrase, disableOperator, listOperators } from '../../../electron/core/operators/operators.ts';
import { findRecoverySheetCode, makeRecoverySheetCode } from '../../../electron/core/operators/recovery-sheet.ts';
import { createDesk, openVault, recoverVault } from '../../../electron/core/operators/sign-in.ts';
import { LOW_COST, openNewDesk, PASSPHRASE, signIn, signInPorts } from '../../support/open-desk.ts';

const acts = (desk: Awaited<ReturnType<typeof signIn>>): string[] => listAudit(desk.db, { offset: 0, limit: 100 }).rows.map(({ act, operator }) => `${operator}: ${act}`);

describe('signing in', () => {
  it('gives the first operator every role, and the second only what they were given', async () => {
    const { desk, ports } = await openNewDesk();
    expect([...desk.operator.roles].sort()).toEqual(['auditor', 'helpdesk', 'supervisor', 'technician']);
    await addOperator(desk, ports.folder, { name: 'tech-ki-04', roles: ['technician'], passphrase: PASSPHRASE }, LOW_COST);
    const technician = await signIn(ports, 'TECH-KI-04');
    expect(technician.operator).toMatchObject({ name: 'tech-ki-04', roles: ['technician'], mustChangePassphrase: true });
    expect(technician.keys.key2Private).not.toBeNull();
    expect(listOperators(desk, ports.folder).map(({ name }) => name)).toEqual(['first', 'tech-ki-04']);
  });

  it('counts wrong passphrases, waits longer from the third on, and chains them into the audit', async () => {
    const { desk, ports } = await openNewDesk();
    desk.db.close();
    for (let n = 0; n < 6; n += 1) await expect(openVault(ports, 'first', 'not the passphrase')).rejects.toMatchObject({ code: 'wrong-passphrase' });
    await expect(openVault(ports, 'nobody', PASSPHRASE)).rejects.toMatchObject({ code: 'wrong-passphrase' });
    expect(ports.waited).toEqual([1000, 2000, 4000]);
    const again = await signIn(ports, 'first');
    expect(acts(again).filter((act) => act === 'first: vault.open-failed')).toHaveLength(6);
    expect(acts(again)).toContain('nobody: vault.open-failed');
    expect(verifyAudit(again.db).intact).toBe(true);
    expect(existsSync(join(ports.folder.path, 'failed-sign-ins.txt'))).toBe(false);
  });

  it('keeps a disabled operator out, also by the keys file, and never disables the last one who can supervise or read', async () => {
    const { desk, ports } = await openNewDesk();
    await addOperator(desk, ports.folder, { name: 'phone-1', roles: ['helpdesk'], passphrase: PASSPHRASE }, LOW_COST);
    disableOperator(desk, ports.folder, 'phone-1');
    expect(readFileSync(join(ports.folder.path, 'keys.json'), 'utf8')).not.toContain('phone-1');
    await expect(openVault(ports, 'phone-1', PASSPHRASE)).rejects.toMatchObject({ code: 'wrong-passphrase' });
    expect(() => disableOperator(desk, ports.folder, 'first')).toThrow(expect.objectContaining({ code: 'last-holder' }));
  });

  it('refuses a disabled operator who still has an old copy of the keys file', async () => {
    const { desk, ports } = await openNewDesk();
    await addOperator(desk, ports.folder, { name: 'phone-1', roles: ['helpdesk'], passphrase: PASSPHRASE }, LOW_COST);
    const old = readFileSync(join(ports.folder.path, 'keys.json'));
    disableOperator(desk, ports.folder, 'phone-1');
    writeFileSync(join(ports.folder.path, 'keys.json'), old);
    await expect(openVault(ports, 'phone-1', PASSPHRASE)).rejects.toMatchObject({ code: 'operator-disabled' });
  });

  it('lets an operator change their own passphrase, and the old one no longer opens', async () => {
    const { desk, ports } = await openNewDesk();
    await expect(changePassphrase(desk, ports.folder, 'wrong', 'another passphrase', LOW_COST)).rejects.toMatchObject({ code: 'wrong-passphrase' });
    await changePassphrase(desk, ports.folder, PASSPHRASE, 'another passphrase', LOW_COST);
    await expect(openVault(ports, 'first', PASSPHRASE)).rejects.toMatchObject({ code: 'wrong-passphrase' });
    expect((await signIn(ports, 'first', 'another passphrase')).keys.key2Private).toEqual(desk.keys.key2Private);
  });

  it('does not add a name twice', async () => {
    const { desk, ports } = await openNewDesk();
    await expect(addOperator(desk, ports.folder, { name: 'FIRST', roles: ['auditor'], passphrase: PASSPHRASE }, LOW_COST)).rejects.toMatchObject({ code: 'name-taken' });
  });

  it('refuses keys and store of two different desks', async () => {
    const one = await openNewDesk();
    const other = signInPorts();
    await openNewDesk(other);
    one.desk.db.pragma('wal_checkpoint(TRUNCATE)');
    one.desk.db.close();
    writeFileSync(join(other.folder.path, 'store.db'), readFileSync(join(one.ports.folder.path, 'store.db')));
    rmSync(join(other.folder.path, 'store.db-wal'), { force: true });
    rmSync(join(other.folder.path, 'store.db-shm'), { force: true });
    await expect(openVault(other, 'first', PASSPHRASE)).rejects.toMatchObject({ code: 'store-foreign' });
  });

  it('does not create a desk over another, and sets keys without a store aside instead of overwriting them', async () => {
    const { desk, ports } = await openNewDesk();
    await expect(createDesk(ports, { name: 'second', passphrase: PASSPHRASE, recoverySheet: false })).rejects.toMatchObject({ code: 'desk-exists' });
    desk.db.close();
    const keys = readFileSync(join(ports.folder.path, 'keys.json'), 'utf8');
    rmSync(join(ports.folder.path, 'store.db'));
    const { vault } = await createDesk(ports, { name: 'second', passphrase: PASSPHRASE, recoverySheet: false });
    vault.db.close();
    const { readdirSync } = await import('node:fs');
    const aside = readdirSync(ports.folder.path).find((name) => /^keys\.json\.\d/.test(name));
    expect(readFileSync(join(ports.folder.path, aside ?? ''), 'utf8')).toBe(keys);
  });
});

describe('the recovery sheet', () => {
  it('opens the vault and gives an operator a new passphrase', async () => {
    const { desk, ports, sheetCode } = await openNewDesk();
    desk.db.close();
    await expect(recoverVault(ports, makeRecoverySheetCode(ports.random), 'first', 'a new passphrase')).rejects.toMatchObject({ code: 'wrong-passphrase' });
    const recovered = await recoverVault(ports, `some text\n    ${sheetCode.toLowerCase()}\nmore`, 'first', 'a new passphrase');
    expect(recovered.keys.key2Private).toEqual(expect.any(Uint8Array));
    recovered.db.close();
    const again = await signIn(ports, 'first', 'a new passphrase');
    expect(acts(again)).toContain('first: vault.recover');
  });

  it('reads its code back from any spacing, case and look-alike letter', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.constantFrom('', ' ', '-', '  '), fc.boolean(), (bytes, gap, lower) => {
      const code = makeRecoverySheetCode(() => bytes);
      const typed = code.replaceAll('-', gap).replaceAll('0', lower ? 'o' : 'O').replaceAll('1', 'l');
      expect(findRecoverySheetCode(lower ? typed.toLowerCase() : typed)).toBe(code);
    }));
    fc.assert(fc.property(fc.string(), (text) => {
      const found = findRecoverySheetCode(text);
      expect(found === null || /^([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}$/.test(found)).toBe(true);
    }));
  });
});
