// What goes over to SQLite as bytes of fixed width comes back out of it as it was.
import Sqlite from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOfRows, ChosenCells, isPackableInstant, numbersAsText, numbersOfRows, PackedInstants, PackedNumbers, PLACES, unpackBytes, unpackInstant, unpackNumber } from '../../../electron/core/keys/packed-cells.ts';

const db = new Sqlite(':memory:');
db.exec(`CREATE TABLE page_places (place INTEGER PRIMARY KEY) STRICT; INSERT INTO page_places SELECT value FROM json_each('[${Array.from({ length: PLACES }, (_, n) => n).join()}]')`);
const unpacked = (sql: string, cells: Buffer, count: number): unknown[] => db.prepare(`SELECT ${sql} FROM page_places WHERE place < :count ORDER BY place`).pluck().all({ cells, count });

test('numbers and instants come out of a page as they went in', () => {
  const [numbers, instants] = [new PackedNumbers(), new PackedInstants()];
  fc.assert(fc.property(fc.array(fc.oneof(fc.integer({ min: 0, max: 9_999_999_999 }), fc.nat(3)), { minLength: 1, maxLength: PLACES }), fc.array(fc.option(fc.date({ noInvalidDate: true, min: new Date('0001-01-01'), max: new Date('9999-12-31') }).map((date) => date.toISOString())), { minLength: 1, maxLength: PLACES }), (given, at) => {
    numbers.clear();
    for (const number of given) numbers.add(number);
    expect(unpacked(unpackNumber('cells'), numbers.cells(), given.length)).toEqual(given);
    instants.clear();
    for (const instant of at) instants.add(instant);
    expect(at.every(isPackableInstant)).toBe(true);
    expect(unpacked(unpackInstant('cells'), instants.cells(), at.length)).toEqual(at);
  }));
});

test('rows of a whole column come out as they are, whether they stand together or were chosen', () => {
  fc.assert(fc.property(fc.uint32Array({ minLength: 1, maxLength: 600 }), fc.nat(), fc.integer({ min: 1, max: PLACES }), fc.boolean(), (values, from, most, gaps) => {
    const rows = Uint32Array.from(values.keys()).filter((row) => row >= from % values.length && (!gaps || row % 3 !== 1)).slice(0, most);
    fc.pre(rows.length > 0);
    const text = numbersAsText(values);
    expect(unpacked(unpackNumber('cells'), ChosenCells.ofNumbers(text).of(rows), rows.length)).toEqual(Array.from(rows, (row) => values[row]));
    const bytes = new Uint8Array(16 * values.length);
    values.forEach((value, row) => bytes.fill(value & 0xff, 16 * row, 16 * row + 16));
    const each = Array.from(rows, (row) => Buffer.from(bytes.subarray(16 * row, 16 * row + 16)));
    expect(unpacked(unpackBytes('cells'), ChosenCells.ofBytes(bytes).of(rows), rows.length)).toEqual(each);
    const [first = 0, count] = [rows[0], Math.min(most, values.length - (rows[0] ?? 0))];
    expect(unpacked(unpackNumber('cells'), numbersOfRows(text, first, first + count), count)).toEqual(Array.from(values.subarray(first, first + count)));
    expect(bytesOfRows(bytes, first, first + count).equals(bytes.subarray(16 * first, 16 * (first + count)))).toBe(true);
  }));
});
