import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findField, formatFieldLines, parseFieldLines } from '../../../electron/core/media/field-lines.ts';
import { formatHex, formatInstant, parseCount, parseHex, parseInstant } from '../../../electron/core/media/field-values.ts';

const name = fc.stringMatching(/^[a-z][A-Za-z0-9]{0,9}(\.[A-Za-z0-9]{1,5}){0,3}$/);
const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)));

describe('field lines', () => {
  it('come back as they were, whatever the values hold', () => {
    fc.assert(fc.property(fc.stringMatching(/^[a-z][a-z-]{0,39}$/), fc.integer({ min: 1, max: 99_999 }), fc.uniqueArray(fc.record({ name, value: anyText }), { selector: (field) => field.name }), (kind, version, fields) => {
      const text = formatFieldLines(kind, version, fields);
      expect(text).toMatch(/^[\x20-\x7e\r\n]*$/);
      expect(parseFieldLines(text)).toEqual({ status: 'ok', lines: { kind, version, fields } });
      expect(parseFieldLines(text.replaceAll('\r\n', '\n'))).toEqual({ status: 'ok', lines: { kind, version, fields } });
    }));
  });

  it('keep paths readable and escape what a code page could change', () => {
    expect(formatFieldLines('bluelift-medium', 1, [{ name: 'path', value: 'Windows\\Müller = 100 %' }])).toBe('bluelift-medium 1\r\npath=Windows\\M%00FCller = 100 %0025\r\n');
  });

  it('are asked by name', () => {
    const lines = { kind: 'k', version: 1, fields: [{ name: 'a', value: '1' }, { name: 'b', value: '' }] };
    expect([findField(lines, 'a'), findField(lines, 'b'), findField(lines, 'c')]).toEqual(['1', '', null]);
  });

  it.each([
    ['not-field-lines', 1, ''], ['not-field-lines', 1, '\r\n'], ['not-field-lines', 1, 'bluelift-medium'], ['not-field-lines', 1, 'bluelift-medium 0\r\n'], ['not-field-lines', 1, 'Bluelift 1\r\n'], ['not-field-lines', 1, '\ufeffbluelift-medium 1\r\n'],
    ['bad-line', 2, 'k 1\r\n\r\n'], ['bad-line', 2, 'k 1\r\n=x\r\n'], ['bad-line', 2, 'k 1\r\nname\r\n'], ['bad-line', 2, 'k 1\r\nA=x\r\n'], ['bad-line', 2, 'k 1\r\na..b=x\r\n'], ['bad-line', 2, `k 1\r\n${'a'.repeat(65)}=x\r\n`], ['bad-line', 2, 'k 1\r\n# remark\r\n'],
    ['bad-value', 2, 'k 1\r\na=%\r\n'], ['bad-value', 2, 'k 1\r\na=%00fc\r\n'], ['bad-value', 2, 'k 1\r\na=\t\r\n'], ['bad-value', 2, 'k 1\r\na=ü\r\n'], ['bad-value', 2, 'k 1\r\na=\r\r\n'],
    ['duplicate-name', 3, 'k 1\r\na=1\r\na=1\r\n'], ['cut-off', 2, 'k 1\r\na=1'], ['cut-off', 3, 'k 1\r\na=1\r\nb'], ['too-large', 0, `k 1\r\na=${'x'.repeat(65_536)}\r\n`],
  ])('are refused as %s in line %d: %j', (reason, line, text) => { expect(parseFieldLines(text)).toEqual({ status: 'refused', reason, line }); });

  it('may be called what objects have by nature', () => {
    const text = 'k 1\r\nconstructor=1\r\ntoString=2\r\nhasOwnProperty=3\r\nvalueOf=4\r\n';
    expect(parseFieldLines(text)).toMatchObject({ status: 'ok', lines: { fields: [{}, {}, {}, {}] } });
  });

  it('are read or refused for any text', () => {
    fc.assert(fc.property(anyText, fc.boolean(), (text, headed) => { expect(['ok', 'refused']).toContain(parseFieldLines(headed ? `k 1\r\n${text}` : text).status); }), { numRuns: 1_000 });
  });
});

describe('an instant in field lines', () => {
  it('goes there and back to the second', () => {
    fc.assert(fc.property(fc.integer({ min: -11_644_473_600, max: 253_402_300_799 }), fc.nat(999), (seconds, ms) => {
      const text = formatInstant(seconds * 1000 + ms) ?? '';
      expect(text).toBe(new Date(seconds * 1000).toISOString().replace('.000Z', 'Z'));
      expect(parseInstant(text)).toBe(seconds * 1000);
    }));
  });

  it('is nothing outside the years it has room for', () => {
    for (const ms of [Number.NaN, Infinity, -11_644_473_600_001, 253_402_300_800_000]) expect(formatInstant(ms)).toBeNull();
  });

  it.each(['', '2024-07-19', '2024-07-19T05:27:00', '2024-07-19T05:27:00.000Z', '2024-07-19T05:27:00+00:00', '2024-02-30T00:00:00Z', '2024-07-19T24:00:00Z', '2024-07-19T05:60:00Z', '0099-01-01T00:00:00Z', ' 2024-07-19T05:27:00Z'])('is not %j', (text) => { expect(parseInstant(text)).toBeNull(); });
});

describe('other values in field lines', () => {
  it('are counts without signs, leading zeros or ends', () => {
    expect(['0', '7', '1000', '1001', '007', '-1', '+1', '1.0', '1e3', '', ' 1', '9'.repeat(16)].map((text) => parseCount(text, 1000))).toEqual([0, 7, 1000, null, null, null, null, null, null, null, null, null]);
  });

  it('are hex in lower case and whole bytes', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => { expect(formatHex(bytes)).toBe(Buffer.from(bytes).toString('hex')); expect(parseHex(formatHex(bytes), bytes.length)).toEqual([...bytes]); }));
    expect([parseHex('0'), parseHex('AA'), parseHex('zz'), parseHex('aabb', 1)]).toEqual([null, null, null, null]);
  });
});
