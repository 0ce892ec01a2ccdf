// Names in the code pages of Windows and cmd in Russia and Greece.
import { describe, expect, test } from 'vitest';
import { idOf, keysOf, passwordOf, read } from './support.ts';

/** The inverse of a decoder that every runtime has. */
function encodeAs(name: string, text: string): Uint8Array {
  const upper = new TextDecoder(name).decode(Uint8Array.from({ length: 128 }, (_, at) => at + 128));
  return Uint8Array.from(Array.from(text), (letter) => (letter.charCodeAt(0) < 0x80 ? letter.charCodeAt(0) : 128 + upper.indexOf(letter)));
}
/** Of the letters from Α to Ω, α to ω without accents, code page 737 has a run each. */
const cp737 = (text: string): Uint8Array => Uint8Array.from(Array.from(text), (letter) => {
  const at = 'ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρσςτυφχψ'.indexOf(letter);
  return at === -1 ? letter.charCodeAt(0) : 0x80 + at;
});
const table = (host: string): string => `Computer;KeyID;RecoveryKey\r\n${host};${idOf(1)};${passwordOf(1)}\r\n`;

describe('a host’s name in a code page of one byte', () => {
  test.each([
    ['windows-1251', 'БУХГАЛТЕРИЯ-01'], ['windows-1251', 'Склад-ПК-7'], ['ibm866', 'БУХГАЛТЕРИЯ-01'], ['ibm866', 'Секретариат-7'], ['windows-1253', 'ΑΘΗΝΑ-01'], ['windows-1253', 'Λογιστήριο-2'], ['cp737', 'ΓΡΑΦΕΙΟ-01'], ['cp737', 'Κεντρικο-3'],
  ])('is read in its own alphabet: %s, %s', async (name, host) => {
    const result = await read(name === 'cp737' ? cp737(table(host)) : encodeAs(name, table(host)));
    expect([result.header.encoding, keysOf(result)[0]?.host?.hostname.toLowerCase()]).toEqual([name, host.toLowerCase()]);
  });

  test.each(['Größe ÄÖÜäöüß', 'ÄÖÜ-STRASSE', 'Société Générale à Orléans', '«Île d\'Yeu»', 'Łódź', 'smörgåsbord på ön', '© ® ™ §'])('is no word of Western Europe, nor a row of signs: %s', async (text) => {
    expect(['windows-1252', 'cp850']).toContain((await read(Uint8Array.from(Array.from(text, (letter) => letter.charCodeAt(0) & 0xff)))).header.encoding);
  });

  test('is no frame that cmd draws', async () => {
    expect((await read(Uint8Array.from([0xc9, 0xcd, 0xcd, 0xcd, 0xbb, 0x0d, 0x0a, 0xba, 0x50, 0x43, 0xba, 0x0d, 0x0a, 0xc8, 0xcd, 0xcd, 0xcd, 0xbc, 0x0d, 0x0a]))).header.encoding).toMatch(/^(?:windows-1252|cp850)$/);
  });
});
