import { expect, test } from 'vitest';
import { importKeys } from '../../../electron/core/keys/import-keys.ts';
import { keyProtectorIdToBytes, parseKeyProtectorId } from '../../../electron/core/keys/key-protector-id.ts';
import { readDirectory, type DirectoryObject, type DirectoryReader } from '../../../electron/core/sources/directory-source.ts';
import { liveSource } from '../../../electron/core/sources/live-source.ts';
import { isAccepted, parseFingerprint, type ServerCertificate } from '../../../electron/core/sources/server-certificate.ts';
import { AppError } from '../../../electron/core/app-error.ts';
import { collect, idText, keptKeys, keptLaps, passwordText } from '../keys/import-desk.ts';
import { openTestDesk } from '../remediation/test-desk.ts';

const BASE = 'DC=corp,DC=example';
const computer = (name: string): DirectoryObject => ({ dn: `CN=${name},OU=Laptops,${BASE}`, attributes: { objectClass: ['top', 'computer'], sAMAccountName: [`${name}$`], lastLogonTimestamp: ['133658123000000000'], serialNumber: [] } });
/** @param password Null: the account may not read it, and the attribute is simply not there. */
const recoveryObject = (host: string, id: number, password: number | null): DirectoryObject => ({
  dn: `CN=2024-07-19T06:11:12\\+02:00{${idText(id)}},CN=${host},OU=Laptops,${BASE}`,
  attributes: { objectClass: ['top', 'msFVE-RecoveryInformation'], 'msFVE-RecoveryGuid': [Uint8Array.from(keyProtectorIdToBytes(parseKeyProtectorId(idText(id)) ?? neverHere()))], 'msFVE-RecoveryPassword': password === null ? [] : [passwordText(password)] },
});
const withLaps = (name: string, more: Record<string, string[]>): DirectoryObject => ({ dn: computer(name).dn, attributes: { ...computer(name).attributes, 'msLAPS-PasswordExpirationTime': ['133700000000000000'], ...more } });
const neverHere = (): never => { throw new Error('no ID'); };

function directoryOf(pages: readonly (readonly DirectoryObject[] | AppError)[], encrypted: number | null = null): DirectoryReader {
  return {
    async *pages() {
      for (const page of pages) {
        if (page instanceof AppError) throw page;
        yield page;
      }
    },
    countEncryptedLaps: () => Promise.resolve(encrypted),
  };
}

async function importFrom(reader: DirectoryReader, desk = openTestDesk()) {
  const events = await collect(importKeys(desk, [], { files: liveSource('ldaps://dc', BASE, () => readDirectory(reader)), signal: new AbortController().signal }));
  const done = events.at(-1);
  return { desk, report: done?.kind === 'done' ? done.files[0] : undefined };
}

test('a key from a directory belongs to the computer it lies below, with its own date', async () => {
  const { desk, report } = await importFrom(directoryOf([[computer('PC-1'), recoveryObject('PC-1', 1, 11)], [recoveryObject('PC-1', 2, 12)]]));
  expect(report).toMatchObject({ name: BASE, kind: 'directory', rows: 3, imported: 3, rejectedCount: 0, notes: [], error: null });
  expect(keptKeys(desk)).toMatchObject([{ id: idText(1), hostname: 'PC-1', password: passwordText(11) }, { id: idText(2), hostname: 'PC-1', password: passwordText(12) }]);
  expect(desk.db.prepare('SELECT created_at FROM key_records').pluck().all()).toEqual(['2024-07-19T04:11:12Z', '2024-07-19T04:11:12Z']);
});

test('the LAPS password of a computer comes beside it, legacy or Windows LAPS, and is counted beside the rows', async () => {
  const { desk, report } = await importFrom(directoryOf([[
    withLaps('PC-1', { 'msLAPS-Password': ['{"n":"Administrator","t":"1d8161b41c41cde","p":"A6a3#7%eb!5"}'] }),
    { dn: computer('PC-2').dn, attributes: { ...computer('PC-2').attributes, 'ms-Mcs-AdmPwd': ['4y68iK&2A]+!}Y'], 'ms-Mcs-AdmPwdExpirationTime': ['133700000000000000'] } },
    withLaps('PC-3', { 'msLAPS-Password': ['{"n":"Administrator","t":'] }),
  ]]));
  expect(report).toMatchObject({ rows: 4, imported: 3, rejectedCount: 1, rejected: [{ row: 3, reason: 'laps-password-unreadable' }], laps: { imported: 2, unchanged: 0, conflicts: 0, encrypted: 0 } });
  expect(keptLaps(desk)).toEqual([
    { hostname: 'PC-1', account: 'Administrator', password: 'A6a3#7%eb!5', updatedAt: expect.stringMatching(/^2022-/), expiresAt: expect.stringMatching(/^2024-/), conflict: 0 },
    { hostname: 'PC-2', account: null, password: '4y68iK&2A]+!}Y', updatedAt: null, expiresAt: expect.stringMatching(/^2024-/), conflict: 0 },
  ]);
});

test('a key belongs to the computer it lies below also where that is called otherwise than its place: renamed, cut at 15 characters, or with a blank', async () => {
  const called = (place: string, account: string): DirectoryObject => ({ ...computer(place), attributes: { ...computer(place).attributes, sAMAccountName: [`${account}$`] } });
  const { desk, report } = await importFrom(directoryOf([
    [called('WS-0815-OLD', 'WS-0815'), called('LAPTOP-MARKETING-0042', 'LAPTOP-MARKETIN'), called('Laptop Meier', 'NB-MEIER'), computer('PC-4')],
    [recoveryObject('WS-0815-OLD', 1, 11), recoveryObject('LAPTOP-MARKETING-0042', 2, 12), recoveryObject('Laptop Meier', 3, 13), recoveryObject('PC-4', 4, 14), recoveryObject('WS-0815-OLD', 5, null)],
  ]));
  expect(report).toMatchObject({ rows: 9, rejectedCount: 0, listed: 1 });
  expect(new Map(keptKeys(desk).map(({ id, hostname }) => [id, hostname]))).toEqual(new Map([[idText(1), 'WS-0815'], [idText(2), 'LAPTOP-MARKETIN'], [idText(3), 'NB-MEIER'], [idText(4), 'PC-4']]));
  expect(desk.db.prepare('SELECT hostname FROM hosts ORDER BY hostname').pluck().all()).toEqual(['LAPTOP-MARKETIN', 'NB-MEIER', 'PC-4', 'WS-0815']);
});

test('a computer that lost its name to another in the replication, and its key, come in under the name it had', async () => {
  const lost = 'PC-1\\0ACNF:f7d8f2a0-0000-4000-8000-000000000001';
  const { desk, report } = await importFrom(directoryOf([[{ ...computer(lost), attributes: { ...computer(lost).attributes, sAMAccountName: ['$DUPLICATE-4ff$'] } }, recoveryObject(lost, 1, 11)]]));
  expect(report).toMatchObject({ rows: 2, rejectedCount: 0 });
  expect(keptKeys(desk)).toMatchObject([{ id: idText(1), hostname: 'PC-1' }]);
  expect(desk.db.prepare('SELECT hostname FROM hosts').pluck().all()).toEqual(['PC-1']);
});

test('a base with a slash, comma and umlaut in a name is called what it is called', async () => {
  const base = `OU=B\u00fcro\\, S\u00fcd/Nord,${BASE}`;
  const events = await collect(importKeys(openTestDesk(), [], { files: liveSource('ldaps://dc', base, () => readDirectory(directoryOf([[computer('PC-1')]]))), signal: new AbortController().signal }));
  expect(events.at(-1)).toMatchObject({ files: [{ path: `ldaps://dc/${base}`, name: base, error: null }] });
});

test('a computer in a directory is known, not reported: nobody said that it is down', async () => {
  const { desk } = await importFrom(directoryOf([[computer('PC-1')]]));
  expect(desk.db.prepare('SELECT state, last_seen_at FROM hosts').all()).toEqual([{ state: 'known', last_seen_at: expect.stringMatching(/^2024-/) }]);
});

test.each([
  ['keys whose password may not be read', [[recoveryObject('PC-1', 1, null)]], null, ['directory-keys-not-readable']],
  ['computers without one recovery object', [[computer('PC-1')]], null, ['directory-no-keys']],
  ['nothing at all', [], null, ['nothing-found']],
  ['LAPS passwords that are encrypted', [[withLaps('PC-1', {}), recoveryObject('PC-1', 1, 11)]], 1, ['laps-encrypted']],
  ['LAPS passwords that may not be read: only their end is there', [[withLaps('PC-1', {}), withLaps('PC-2', {}), recoveryObject('PC-1', 1, 11)]], 1, ['laps-not-readable', 'laps-encrypted']],
  ['no LAPS', [[recoveryObject('PC-1', 1, 11)]], 0, []],
] as const)('the report names %s', async (_what, pages, encrypted, notes) => {
  expect((await importFrom(directoryOf(pages, encrypted))).report?.notes).toEqual(notes);
});

test('a directory is asked for everything once, however much it holds', async () => {
  let asked = 0;
  const many = directoryOf([Array.from({ length: 2000 }, (_, n) => computer(`PC-${n}`))]);
  const { report } = await importFrom({ ...many, pages: () => { asked += 1; return many.pages(); } });
  expect(report).toMatchObject({ rows: 2000, imported: 2000 });
  expect(asked).toBe(1);
});

test('a directory that stops answering leaves what had come, and says after which row', async () => {
  const { desk, report } = await importFrom(directoryOf([[recoveryObject('PC-1', 1, 11)], new AppError('source-failed', { why: 'ECONNRESET' })]));
  expect(report).toMatchObject({ imported: 1, error: { code: 'source-failed', facts: { why: 'ECONNRESET' }, row: 1 } });
  expect(keptKeys(desk)).toHaveLength(1);
});

test('a fingerprint is read in any spelling, and a part of one is none', () => {
  const digits = 'AB01'.repeat(16);
  expect(parseFingerprint(digits.toLowerCase().match(/../g)?.join(':') ?? '')).toBe(digits);
  expect(parseFingerprint(` ${digits.match(/.{8}/g)?.join(' ') ?? ''}\n`)).toBe(digits);
  for (const wrong of ['', digits.slice(2), `${digits}00`, digits.replace('A', 'G')]) expect(parseFingerprint(wrong)).toBeNull();
});

test('a pin is meant: another certificate is refused, even one that is trusted', () => {
  const certificate: ServerCertificate = { sha256: 'A'.repeat(64), subject: '', issuer: '', validFrom: '', validTo: '', trusted: true, why: null };
  expect(isAccepted(certificate, null)).toBe(true);
  expect(isAccepted({ ...certificate, trusted: false }, null)).toBe(false);
  expect(isAccepted({ ...certificate, trusted: false }, 'A'.repeat(64))).toBe(true);
  expect(isAccepted(certificate, 'B'.repeat(64))).toBe(false);
});
