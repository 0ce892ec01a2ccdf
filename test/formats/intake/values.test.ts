import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keyProtectorIdToBytes } from '../../../electron/core/keys/key-protector-id.ts';
import { parseRecoveryPassword } from '../../../electron/core/keys/recovery-password.ts';
import { findInRun } from '../../../electron/formats/intake/digit-run.ts';
import { parseFiletime, parseInstant } from '../../../electron/formats/intake/instants.ts';
import { readKeyCell, readKeyProtectorId } from '../../../electron/formats/intake/key-values.ts';
import { idOf, passwordOf, read } from './support.ts';

describe('an instant', () => {
  test.each([
    ['2020-06-15T13:45:30.0000000Z', '2020-06-15T13:45:30Z'], ['2023-10-10T10:00:00-08:00', '2023-10-10T18:00:00Z'], ['2024-07-19T06:11:12\\+02:00', '2024-07-19T04:11:12Z'],
    ['2017-10-20T09:38:39-00:00', '2017-10-20T09:38:39Z'], ['20240719041112.0Z', '2024-07-19T04:11:12Z'], ['20240719041112Z', '2024-07-19T04:11:12Z'], ['20240719041112.0+0200', '2024-07-19T02:11:12Z'],
    ['2024-08-13 04:05:15.000', '2024-08-13T04:05:15Z'], ['2024-07-19 04:12:33', '2024-07-19T04:12:33Z'], ['2024-07-19', '2024-07-19T00:00:00Z'], ['/Date(1721362272000)/', '2024-07-19T04:11:12Z'],
    ['2024-03-31T02:59:59+02:00', '2024-03-31T00:59:59Z'], ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00Z'],
  ])('%s', (text, expected) => expect(parseInstant(text)).toBe(expected));

  test.each(['19/07/2024 06:11:12', '7/19/2024 6:11:12 AM', '19.07.2024', '', '-', 'yesterday', '2024-02-30T00:00:00Z', '2024-13-01', '0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z', '2024-07-19T25:00:00Z'])(
    '%s is none: its order is a guess or it is no date', (text) => expect(parseInstant(text)).toBeNull());

  test('a directory’s FILETIME counts from 1601', () => {
    expect(parseFiletime('133658358720000000')).toBe('2024-07-19T04:11:12Z');
    expect(parseFiletime('0')).toBeNull();
    expect(parseFiletime('9223372036854775807')).toBeNull();
  });

  test('reading never throws, and what it gives is ISO-8601 UTC', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789-:TZ+. ') }), fc.date({ noInvalidDate: true }).map((date) => date.toISOString())), (text) => {
      const instant = parseInstant(text);
      if (instant !== null) expect(new Date(instant).toISOString().replace('.000Z', 'Z')).toBe(instant);
    }), { numRuns: 2000 });
  });
});

describe('a cell', () => {
  const canonicalOrNot = fc.oneof(
    fc.nat().map(passwordOf), fc.string(), fc.string({ unit: fc.constantFrom(...'0123456789-'), minLength: 50, maxLength: 60 }),
    fc.tuple(fc.nat().map(passwordOf), fc.nat(54), fc.constantFrom(...'0123456789-x')).map(([password, at, letter]) => password.slice(0, at) + letter + password.slice(at + 1)),
  );

  test('is a recovery password exactly when the rule says so', () => {
    fc.assert(fc.property(canonicalOrNot, (text) => {
      const parsed = parseRecoveryPassword(text);
      expect(readKeyCell(text)).toEqual(parsed.status === 'ok' ? parsed : expect.objectContaining({ status: 'rejected' }));
    }), { numRuns: 5000 });
  });

  test('gives the same key protector ID in every spelling', () => {
    fc.assert(fc.property(fc.nat().map(idOf), (id) => {
      const bytes = keyProtectorIdToBytes(id);
      const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('');
      for (const spelling of [id, id.toLowerCase(), `{${id}}`, id.replaceAll('-', ''), ` ${id} `, `2024-07-19T06:11:12+02:00{${id}}`, `CN=2024-07-19T06:11:12\\+02:00{${id.toLowerCase()}},CN=PC1`, `X'${hex}'`, (hex.match(/../g) ?? []).join('-').toUpperCase(), (hex.match(/../g) ?? []).join(' '), (hex.match(/../g) ?? []).map((pair) => `0x${pair}`).join(' '), `{${bytes.join(', ')}}`, btoa(String.fromCharCode(...bytes)), bytes.join(' '), `'${id}`, `="${id}"`]) {
        expect(readKeyProtectorId(spelling), spelling).toBe(id);
      }
      for (const part of [id.slice(0, 8), id.slice(0, 16), id.slice(0, 35), `${id}0`, 'System.Byte[]', '']) expect(readKeyProtectorId(part)).toBeNull();
    }));
  });
});

describe('a run of digits', () => {
  const run = (text: string): ReturnType<typeof findInRun> =>
    findInRun(Array.from(text.matchAll(/(\D*)(\d+)/g), (match) => ({ gap: match[1] ?? '', digits: match[2] ?? '', row: 1 })));
  const separated = fc.tuple(fc.array(fc.nat().map(passwordOf), { minLength: 1, maxLength: 6 }), fc.constantFrom('-', ' ', '.', '', ' - '), fc.constantFrom('\n', '\n  ', ' \n'));

  test('gives the passwords that stand in it and no third one made of two neighbours', () => {
    fc.assert(fc.property(separated, ([passwords, separator, between]) => {
      const found = run(passwords.map((password) => password.replaceAll('-', separator)).join(between));
      expect(found.map((item) => (item.kind === 'key' ? item.recoveryPassword : item.reason))).toEqual(passwords);
    }), { numRuns: 1000 });
  });

  test('with one wrong password among good ones reports that one and takes no group of another', () => {
    fc.assert(fc.property(separated, fc.nat(47), ([passwords, separator, between], place) => {
      const broken = (passwords[0] ?? '').replaceAll('-', '');
      const wrong = (broken.slice(0, place) + String((Number(broken[place]) + 1) % 10) + broken.slice(place + 1)).replace(/(\d{6})(?=\d)/g, '$1-');
      const found = run([wrong, ...passwords.slice(1)].map((password) => password.replaceAll('-', separator)).join(between));
      const keys = found.flatMap((item) => (item.kind === 'key' ? [item.recoveryPassword] : []));
      expect(keys).toEqual(passwords.slice(1));
    }), { numRuns: 1000 });
  });

  test('where a group more stands beside a password with the same separators, nothing is guessed', () => {
    const password = passwordOf(7);
    expect(run(`000011-${password}`).map((item) => item.kind)).toEqual(['wrong']);
    expect(run(`000012-${password}`)).toMatchObject([{ kind: 'key', first: 1, recoveryPassword: password }]);
    expect(run(`000011 ${password}`)).toMatchObject([{ kind: 'key', first: 1, recoveryPassword: password }]);
  });
});

const A = { id: idOf(1), password: passwordOf(1) };

describe('a host whose key is not in its row is named with the rejection', () => {
  const hostsOf = async (text: string): Promise<readonly (readonly [string, string | null])[]> => (await read(text)).rows.flatMap((row) => (row.kind === 'rejected' ? [[row.reason, row.host?.hostname ?? null] as const] : []));

  test.each([
    ['an inventory with a field for keys', 'Asset Name,Serial,_snipeit_bitlocker_keys_10\nPC-1,S1,PASSWORD\nPC-2,S2,\n', 'recovery-password-missing'],
    ['an export of Entra', `DeviceName,DeviceId,RecoveryKeyId,RecoveryKey\nPC-1,${idOf(90)},${A.id},PASSWORD\nPC-2,${idOf(91)},NoKeyFound,NoKeyFound\n`, 'exporter-found-no-key'],
    ['a report of the directory', 'Computer Name,whenCreated,msFVE-RecoveryPassword\nPC-1,2024-01-01,PASSWORD\nPC-2,2024-01-01,System.Object[]\n', 'exporter-lost-list'],
  ])('of %s', async (_what, text, reason) => expect(await hostsOf(text.replace('PASSWORD', A.password))).toEqual([[reason, 'PC-2']]));

  test.each([
    ['a Mac', 'Computer,OS,Recovery Key\nPC-1,Windows,PASSWORD\nMAC-2,macOS,\n'], ['an entry of a password manager', 'name,password\nPC-1,PASSWORD\nPrinter,\n'],
    ['a line below the table', 'Computer,Recovery Key\nPC-1,PASSWORD\nTotal,1 key\n'],
  ])('but not %s', async (_what, text) => expect((await hostsOf(text.replace('PASSWORD', A.password))).map(([, host]) => host)).toEqual([null]));
});
