// Files that scripts collect from each host, named after it and with nothing in them that says whose they are.
import { describe, expect, test } from 'vitest';
import { hostOfFileName } from '../../../electron/formats/intake/file-name.ts';
import { readIntake, readWhole } from '../../../electron/formats/intake/intake.ts';
import { encode, idOf, passwordOf } from './support.ts';

const german = (n: number, drive: string): string => `Volume "${drive}:" [OS]\r\nAlle Schlüsselschutzvorrichtungen\r\n\r\n    Numerisches Kennwort:\r\n      ID: {${idOf(n)}}\r\n      Kennwort:\r\n        ${passwordOf(n)}\r\n\r\n`;
async function hostsOf(text: string, path: string): Promise<readonly (string | null)[]> {
  const bytes = encode(text, 'cp850');
  const whole = readWhole(bytes, [], path).flatMap((part) => (part.kind === 'batch' ? part.rows : []));
  const streamed = [];
  for await (const part of readIntake((async function* () { for (let at = 0; at < bytes.length; at += 97) yield bytes.subarray(at, at + 97); })(), [], path)) if (part.kind === 'batch') streamed.push(...part.rows);
  expect(streamed).toEqual(whole);
  return whole.map((row) => ('host' in row && row.host !== null ? row.host.hostname : null));
}

describe('a text named after a host', () => {
  test('is of that host: its one key, or one on each drive', async () => {
    expect(await hostsOf(german(1, 'C'), '/share/manage-bde_MUC-0069.txt')).toEqual(['MUC-0069']);
    expect(await hostsOf(german(1, 'C') + german(2, 'D'), 'C:\\keys\\muc-0069.log')).toEqual(['MUC-0069', 'MUC-0069']);
    expect(await hostsOf(`ID: {${idOf(1)}}\r\n${passwordOf(1).slice(0, 40)}\r\n`, 'keys.zip/PC-12.txt')).toEqual([null, 'PC-12']);
  });

  test('is of that host, too, where PowerShell wrote its protectors', async () => {
    const protectors = [{ KeyProtectorId: `{${idOf(3)}}`, KeyProtectorType: 'Tpm', RecoveryPassword: '' }, { KeyProtectorId: `{${idOf(1)}}`, KeyProtectorType: 'RecoveryPassword', RecoveryPassword: passwordOf(1) }];
    const list = protectors.map((one) => Object.entries(one).map(([name, value]) => `${name.padEnd(20)}: ${value}\r\n`).join('')).join('\r\n');
    const table = ['"KeyProtectorId","KeyProtectorType","RecoveryPassword"', ...protectors.map((one) => Object.values(one).map((value) => `"${value}"`).join(','))].join('\r\n');
    for (const [text, path] of [[list, 'share/PC-12.txt'], [table, 'share/PC-12.csv'], [JSON.stringify(protectors, null, 4), 'share/PC-12.json']] as const) expect((await hostsOf(text, path)).filter((host) => host !== null)).toEqual(['PC-12']);
  });

  test('is nobody’s where it names a host itself, or holds keys of more than one', async () => {
    expect(await hostsOf(`Computer: PC-7\r\n${german(1, 'C')}`, 'PC-12.txt')).toEqual(['PC-7']);
    expect(await hostsOf(german(1, 'C') + german(2, 'C'), 'PC-12.txt')).toEqual([null, null]);
    expect(await hostsOf(Array.from({ length: 40 }, (_, n) => german(n, 'C')).join(''), 'PC-12.txt')).toEqual(Array.from({ length: 40 }, () => null));
  });

  test.each(['keys-2024.txt', 'site-12.txt', `BitLocker Recovery Key ${idOf(1)}.TXT`, 'BitLockerKeys.txt', 'export 2024-07-19.txt', 'list3.txt', 'INC0012345.txt', 'readme.txt', '', 'copy 2.txt', 'keys (2).txt', '2024-07-19.txt'])('%s is no host', (name) => expect(hostOfFileName(name)).toBeNull());

  test.each([['BitLocker Recovery Key PC-0012.txt', 'PC-0012'], ['PC-0012_2024-07-19.txt', 'PC-0012'], ['pc0012.corp.example.txt', 'PC0012'], ['a/b.zip/LT00123_C.txt', 'LT00123'], ['PC-0012 (1).txt', 'PC-0012'], ['PC-0012 - Copy.txt', 'PC-0012'], ['PC-0012 - Kopie (2).txt', 'PC-0012'], ['Copie de PC-0012.txt', 'PC-0012'], ['PC-0012 copy 2.txt', 'PC-0012'], ['2024-07-19_PC-0012_bitlocker.txt', 'PC-0012']])('%s is', (name, host) => expect(hostOfFileName(name)?.hostname).toBe(host));
});
