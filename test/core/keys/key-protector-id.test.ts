import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyProtectorIdFromBytes, keyProtectorIdToBytes, parseKeyProtectorId } from '../../../electron/core/keys/key-protector-id.ts';

const ID = '64311DEA-4587-4029-924A-BA299647998E';
const sixteen = fc.uint8Array({ minLength: 16, maxLength: 16 });

describe('a key protector ID', () => {
  it.each([
    ID, ID.toLowerCase(), `{${ID}}`, `{${ID.toLowerCase()}}`, ID.replaceAll('-', ''), `{${ID.replaceAll('-', '')}}`, `  ${ID}\r\n`, `\t{${ID}} `,
  ])('is read from %j', (text) => { expect(parseKeyProtectorId(text)).toBe(ID); });

  it.each([
    '', ID.slice(0, 8), ID.slice(0, 16), ID.slice(0, -1), `${ID}0`, `{${ID}`, `${ID}}`, ID.replace('-', ''), ID.replace('6', 'G'), `${ID} ${ID}`, ID.replaceAll('-', '_'), ID.replaceAll('-', '–'), `x${ID}`, '3ca7495e-4252-432b-baf1-SAMPLE', ' '.repeat(300) + ID,
  ])('is not read from %j', (text) => { expect(parseKeyProtectorId(text)).toBeNull(); });

  it('stands in mixed-endian order in directories and on volumes', () => {
    // The pair is from a directory export: objects name the GUID and hold these bytes.
    const bytes = Buffer.from('6h0xZIdFKUCSSroplkeZjg==', 'base64');
    expect(keyProtectorIdFromBytes(bytes)).toBe(ID);
    expect(keyProtectorIdToBytes(parseKeyProtectorId(ID) ?? fail())).toEqual([...bytes]);
  });

  it('goes to bytes and back', () => {
    fc.assert(fc.property(sixteen, (bytes) => {
      const id = keyProtectorIdFromBytes(bytes) ?? fail();
      expect(id).toMatch(/^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
      expect(keyProtectorIdToBytes(id)).toEqual([...bytes]);
      expect(parseKeyProtectorId(`{${id.toLowerCase()}}`)).toBe(id);
    }));
    for (const length of [0, 15, 17]) expect(keyProtectorIdFromBytes(new Uint8Array(length))).toBeNull();
  });

  it('is found or not for any text', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.constantFrom(...'0123456789abcdefABCDEF-{} '), { maxLength: 45 }).map((all) => all.join(''))), (text) => {
      const id = parseKeyProtectorId(text);
      if (id !== null) expect(id.replaceAll('-', '')).toBe(text.replace(/[^0-9a-f]/gi, '').toUpperCase());
    }), { numRuns: 1_000 });
  });
});

function fail(): never { throw new Error('not an ID'); }
