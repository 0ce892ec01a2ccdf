import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cell, jsonRows } from '../../../electron/core/keys/json-rows.ts';

test('whatever stands in a cell comes into the store as it would have been bound', () => {
  const db = new Sqlite(':memory:');
  const sent = db.prepare(`SELECT hex(${cell(0)}) AS text, ${cell(1)} AS other FROM json_each(?)`);
  const bound = db.prepare<[string], { text: string }>('SELECT hex(?) AS text');
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('\ud83d', '\udca1', '\\ud800', '\\', '"', '\u0000', '\u2028', 'ß') }));
  fc.assert(fc.property(fc.array(fc.tuple(text, fc.option(fc.integer())), { maxLength: 5 }), (rows) => {
    expect(sent.all(jsonRows(rows))).toEqual(rows.map(([value, other]) => ({ text: bound.get(value)?.text, other })));
  }), { examples: [[[['KI-\ud83d', null]]]] });
  db.close();
});
