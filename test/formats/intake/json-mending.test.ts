import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseMended } from '../../../electron/formats/intake/json-mending.ts';

test('what is JSON is never mended', () => {
  fc.assert(fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2), (value, indent) => {
    expect(parseMended(JSON.stringify(value, null, indent))).toEqual(JSON.parse(JSON.stringify(value)));
  }));
});

test('what Python prints is the value it has', () => {
  expect(parseMended(`{'id': 'it\\'s "one"', 'size': 3, 'on': True, 'off': False, 'none': None, "b": "it's, True, # not", 'list': [1, 'x']}`))
    .toEqual({ id: 'it\'s "one"', size: 3, on: true, off: false, none: null, b: 'it\'s, True, # not', list: [1, 'x'] });
});

test('commas too many and remarks are left out, and no text loses anything', () => {
  expect(parseMended('{"a": "x,, } // y", // why\n "b": [1, 2,], # and this\n,}')).toEqual({ a: 'x,, } // y', b: [1, 2] });
  expect(parseMended('{"url": "https://a.example/#1"}')).toEqual({ url: 'https://a.example/#1' });
});

test('what is none after all has no value, and never throws', () => {
  for (const text of ['', '{', "{'a: 1}", '{"a": PC-1}', "'".repeat(1000), ','.repeat(1000)]) expect(parseMended(text)).toBeUndefined();
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'{}[]"\',:#/\\ \nTrueNone01') }), (text) => { parseMended(text); }), { numRuns: 1000 });
});
