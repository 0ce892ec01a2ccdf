// Objects as PowerShell prints them with Format-List, pasted or redirected into a file: wrapped at the width of the console, several one after the other, notes between them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { previewTable } from '../../../electron/formats/intake/preview.ts';
import { encode, encodings, hostnames, idOf, keysOf, newlines, passwordOf, pieceSizes, read, rejections, type Read } from './support.ts';

type Properties = Readonly<Record<string, string>>;

/** As PowerShell wraps: at spaces and behind hyphens, and in the middle of what has neither. @source ListWriter and StringManipulationHelper of PowerShell, in outline. */
function wrapped(value: string, room: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of value.match(/[^ -]*(?:-| |$)/g) ?? []) {
    if (line !== '' && line.length + word.trimEnd().length > room) { lines.push(line.trimEnd()); line = ''; }
    line += word;
    while (line.length > room) { lines.push(line.slice(0, room)); line = line.slice(room); }
  }
  return [...lines, line.trimEnd()];
}

function formatList(objects: readonly Properties[], width: number, newline = '\r\n'): string {
  const blocks = objects.map((object) => {
    const indent = Math.max(...Object.keys(object).map((name) => name.length)) + 3;
    return Object.entries(object).flatMap(([name, value]) => wrapped(value, width - indent - 1).map((part, index) => `${index === 0 ? `${name.padEnd(indent - 3)} : ` : ' '.repeat(indent)}${part}`));
  });
  return ['', '', ...blocks.flatMap((block) => [...block, '']), '', ''].join(newline);
}

const lapsOf = (result: Read) => result.rows.flatMap((row) => (row.kind === 'laps' ? row.passwords.map((one) => ({ host: row.host.hostname, ...one })) : []));
const laps = (n: number, password: string, more: Properties = {}): Properties => ({
  ComputerName: `PC-${n}`, DistinguishedName: `CN=PC-${n},OU=LapsTestOU,DC=laps,DC=com`, Account: 'Administrator', Password: password, PasswordUpdateTime: '7/1/2022 1:23:19 PM', ExpirationTimestamp: '7/31/2022 1:23:19 PM',
  Source: 'EncryptedPassword', DecryptionStatus: 'Success', AuthorizedDecryptor: 'LAPS\\Domain Admins', ...more,
});
/** Windows LAPS draws from letters, digits and these; the longest it makes has 64 characters. */
const lapsPasswords = fc.string({ unit: fc.constantFrom(...'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789,.-+;!#&@{}[]()*?:/%=$_'), minLength: 8, maxLength: 64 });

describe('Format-List', () => {
  test('of Get-LapsADPassword -AsPlainText gives every password as it went in, at any width, in every encoding; its dates have a country’s order and are left out', async () => {
    await fc.assert(fc.asyncProperty(fc.array(lapsPasswords, { minLength: 1, maxLength: 5 }), fc.constantFrom(80, 100, 120, 500), encodings, newlines, pieceSizes, async (given, width, encoding, newline, pieces) => {
      const result = await read(encode(formatList(given.map((password, n) => laps(n, password)), width, newline), encoding), pieces);
      expect(result.header.intakeKind).toBe('laps-csv');
      expect(rejections(result)).toEqual([]);
      expect(lapsOf(result)).toEqual(given.map((password, n) => ({ host: `PC-${n}`, account: 'Administrator', password, updatedAt: null, expiresAt: null })));
      expect(result.rowsRead).toBe(given.length);
    }), { numRuns: Number(process.env['BLUELIFT_RUNS'] ?? 100) });
  });

  test('of Get-LapsADPassword without -AsPlainText is named as that, and what may not be decrypted as encrypted', async () => {
    const result = await read(formatList([laps(1, 'System.Security.SecureString'), laps(2, '', { DecryptionStatus: 'Unauthorized' }), laps(3, 'Zlh+lzC[0e0/VU')], 120));
    expect(rejections(result)).toEqual([[3, 'laps-password-not-plain']]);
    expect(result.rows.flatMap((row) => (row.kind === 'laps' ? [[row.host.hostname, row.encrypted, row.passwords.length]] : []))).toEqual([['PC-2', true, 0], ['PC-3', false, 1]]);
    expect(result.rows.filter(({ kind }) => kind === 'host')).toHaveLength(3);
  });

  test('of Get-LapsAADPassword names the device by its ID in Entra, with all passwords of its history, or with none', async () => {
    const device = { DeviceName: 'LAPSAAD', DeviceId: 'be8ab291-6307-42a2-8fda-2f4ee78e51c8' };
    const times = { PasswordExpirationTime: '31.07.2022 11:34:39', PasswordUpdateTime: '01.07.2022 11:34:39' };
    const read1 = await read(formatList([{ ...device, Account: 'Administrator', Password: 'xK5Z,c:2 '.trim(), ...times }, { ...device, Account: 'Administrator', Password: 'old-One;9', ...times }], 80));
    expect(lapsOf(read1)).toMatchObject([{ host: 'LAPSAAD', account: 'Administrator', password: 'xK5Z,c:2', updatedAt: null }, { password: 'old-One;9' }]);
    expect(read1.rows[0]).toMatchObject({ kind: 'host', host: { entraDeviceId: 'BE8AB291-6307-42A2-8FDA-2F4EE78E51C8' } });
    const without = await read(formatList([{ ...device, PasswordExpirationTime: '31.07.2022 11:34:39' }], 80));
    expect(without.rows).toMatchObject([{ kind: 'host', host: { hostname: 'LAPSAAD', entraDeviceId: 'BE8AB291-6307-42A2-8FDA-2F4EE78E51C8' } }]);
    const secure = await read(formatList([{ ...device, Account: 'Administrator', Password: 'System.Security.SecureString', ...times }], 80));
    expect(rejections(secure)).toEqual([[3, 'laps-password-not-plain']]);
  });

  test('of recovery objects gives key, ID, time and computer, wherever the console wrapped them', async () => {
    await fc.assert(fc.asyncProperty(fc.uniqueArray(fc.nat(9999), { minLength: 1, maxLength: 4 }), fc.constantFrom(60, 80, 120, 1000), fc.constantFrom('Laptops', 'Domain Computers', 'Außenstelle Nord, EMEA'), newlines, pieceSizes, async (seeds, width, unit, newline, pieces) => {
      const name = (seed: number): string => `2024-01-15T09:30:00\\+01:00{${idOf(seed)}}`;
      const objects = seeds.map((seed): Properties => ({
        DistinguishedName: `CN=${name(seed)},CN=DESKTOP-${seed},OU=${unit.replace(',', '\\,')},DC=corp,DC=example`, 'msFVE-RecoveryGuid': '{14, 23, 2, 4...}', 'msFVE-RecoveryPassword': passwordOf(seed), Name: name(seed).replace('\\', ''),
        ObjectClass: 'msFVE-RecoveryInformation', ObjectGUID: idOf(seed + 20_000).toLowerCase(),
      }));
      const result = await read(encode(formatList(objects, width, newline), 'utf-16le-bom'), pieces);
      expect(rejections(result)).toEqual([]);
      expect(result.rows.map((row) => (row.kind === 'key' ? [row.keyProtectorId, row.recoveryPassword, row.host?.hostname, row.createdAt] : [row.kind]))).toEqual(seeds.map((seed) => [idOf(seed), passwordOf(seed), `DESKTOP-${seed}`, '2024-01-15T08:30:00Z']));
    }), { numRuns: Number(process.env['BLUELIFT_RUNS'] ?? 60) });
  });

  test('keeps what stands between the objects: a key in a note is one, and a coloured name a name', async () => {
    const [block = ''] = formatList([{ ComputerName: 'PC-7', KeyProtectorId: `{${idOf(7)}}`, RecoveryPassword: passwordOf(7) }], 200, '\n').trim().split('\n\n');
    const coloured = block.replace(/^(\w+ +: )/gm, '\u001b[32;1m$1\u001b[0m');
    const result = await read(`PS C:\\> Get-Key | fl\n\n${coloured}\n\nand by telephone, Key ID ${idOf(8)}:\n${passwordOf(8)}\n`);
    expect(result.rows.map((row) => (row.kind === 'key' ? [row.row, row.keyProtectorId, row.recoveryPassword, row.host?.hostname ?? null] : [row.kind]))).toEqual([[5, idOf(7), passwordOf(7), 'PC-7'], [8, idOf(8), passwordOf(8), null]]);
    expect(result.rowsRead).toBe(2);
  });

  test('is no table to be shown to anybody', () => {
    const text = formatList([laps(1, 'a,b|c;d'), laps(2, 'e,f|g;h')], 120);
    expect(previewTable(new TextEncoder().encode(text), true, [])).toBeNull();
  });
});

test('Get-BitLockerVolume’s protectors, printed below their volumes, are of its computer', async () => {
  const volume = (host: string, drive: string): string => `ComputerName         : ${host}\r\nMountPoint           : ${drive}\r\nEncryptionMethod     : XtsAes256\r\nVolumeStatus         : FullyEncrypted\r\nKeyProtector         : {Tpm, RecoveryPassword}\r\n\r\n`;
  const protector = (n: number, type: string, password: string): string => `KeyProtectorId      : {${idOf(n)}}\r\nAutoUnlockProtector :\r\nKeyProtectorType    : ${type}\r\nRecoveryPassword    : ${password}\r\n\r\n`;
  const result = await read(encode(`\r\n${volume('PC-1', 'C:')}${protector(1, 'Tpm', '')}${protector(2, 'RecoveryPassword', passwordOf(2))}${volume('PC-2', 'D:')}${protector(3, 'RecoveryPassword', passwordOf(3))}${volume('PC-3', 'C:')}`, 'utf-16le-bom'));
  expect(keysOf(result).map((key) => [key.keyProtectorId, key.recoveryPassword, key.host?.hostname, key.drive])).toEqual([[idOf(2), passwordOf(2), 'PC-1', 'C:'], [idOf(3), passwordOf(3), 'PC-2', 'D:']]);
  expect(rejections(result).map(([, reason]) => reason)).toEqual(['other-protector']);
  expect(hostnames(result)).toEqual(['PC-3']);
  expect(result.header.intakeKind).toBe('bitlocker-volume-csv');
});
