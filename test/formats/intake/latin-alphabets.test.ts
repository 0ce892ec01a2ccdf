// Names in the code pages of Central Europe and Turkey, and in that of the old Macintosh, which Excel still saves.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeLatin, type LatinName } from '../../../electron/formats/intake/latin-alphabets.ts';
import { encode, hostnames, idOf, keysOf, passwordOf, read } from './support.ts';

const upperHalf = (name: LatinName): string => decodeLatin(Uint8Array.from({ length: 128 }, (_, at) => at + 128), name);
const encodeAs = (name: LatinName, text: string): Uint8Array => Uint8Array.from(Array.from(text), (letter) => (letter.charCodeAt(0) < 0x80 ? letter.charCodeAt(0) : 128 + upperHalf(name).indexOf(letter)));

describe('a host’s name', () => {
  test.each([
    ['macintosh', 'Host;Key ID;Recovery Key', ['MÜNCHEN-1', 'KÖLN-2']], ['macintosh', 'Host;Key ID;Recovery Key', ['Büro-1', 'Küche-2', 'Straße-3']], ['macintosh', 'Poste;ID clé;Clé de récupération', ['École-1', 'Hôtel-2']],
    ['windows-1250', 'Nazwa urządzenia;Identyfikator klucza;Klucz odzyskiwania', ['ŁÓDŹ-1', 'Gdańsk-2']], ['windows-1250', 'Počítač;ID klíče;Obnovovací klíč', ['PLZEŇ-1', 'Účtárna-2']], ['cp852', 'Počítač;ID klíče;Obnovovací klíč', ['PLZEŇ-1', 'Účtárna-2']],
    ['cp852', 'Host;Key ID;Recovery Key', ['ŁÓDŹ-1', 'ŻYWIEC-2']], ['windows-1254', 'Host;Key ID;Recovery Key', ['BEŞİKTAŞ-1', 'Göğüş-2']],
  ] as const)('is read in %s below "%s"', async (name, header, hosts) => {
    const text = [header, ...hosts.map((host, n) => `${host};${idOf(n)};${passwordOf(n)}`)].join('\r\n');
    const result = await read(encodeAs(name, text));
    expect([result.header.encoding, keysOf(result).map(({ host }) => host?.hostname.toLowerCase())]).toEqual([name, hosts.map((host) => host.toLowerCase())]);
  });

  test('alone in a list with the line ends of the old Macintosh is one, too', async () => {
    expect(hostnames(await read(encodeAs('macintosh', 'MÜNCHEN-1\rKÖLN-2\rPC-3\rÉCOLE-4')))).toEqual(['MÜNCHEN-1', 'KÖLN-2', 'PC-3', 'ÉCOLE-4']);
  });

  test('of Western Europe stays in its own two code pages, however few letters tell', async () => {
    const names = fc.constantFrom('MÜNCHEN-1', 'Köln-2', 'Größe-3', 'ÉCOLE-4', 'Réception-5', 'Señor-6', 'Caffè-0', 'Martín-8', 'São-7', 'Smörgås-8', 'Ørsted-9', 'Perché-1', 'Jägerstraße-2', 'Çedille-3', 'ÅRHUS-4');
    await fc.assert(fc.asyncProperty(fc.array(names, { minLength: 1, maxLength: 6 }), async (hosts) => {
      expect(hostnames(await read(encode(`ComputerName;Serial\r\n${hosts.map((host, n) => `${host};S${n}`).join('\r\n')}`, 'latin-1'))).map((host) => host.toLowerCase())).toEqual(hosts.map((host) => host.toLowerCase()));
    }));
  });

  test('with a dash or an apostrophe in it, and an ID with dashes, make no other code page', async () => {
    const dashed = (text: string): string => text.replaceAll('-', '\u0096');
    const rows = [1, 2, 3].map((n) => `pc${'\u0096'}kiel${n};${dashed(idOf(n).toLowerCase())};${dashed(passwordOf(n))};l\u0092\u00e9t\u00e9`);
    const result = await read(encode(`Computer;Key ID;Recovery Key;Note\r\n${rows.join('\r\n')}`, 'latin-1'));
    expect([result.header.encoding, keysOf(result).map(({ keyProtectorId }) => keyProtectorId)]).toEqual(['windows-1252', [1, 2, 3].map((n) => idOf(n))]);
  });
});
