import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cutAreas, formatAreas, joinAreas, parseAreas, withoutAreas, type Area } from '../../../electron/core/media/areas.ts';

const SPACE = 80;
const areas = fc.array(fc.record({ offset: fc.nat(SPACE - 10), sizeBytes: fc.nat(10) }), { maxLength: 8 });
/** The bytes that areas cover, one by one. */
const bytesOf = (all: readonly Area[]): number[] => [...new Set(all.flatMap(({ offset, sizeBytes }) => Array.from({ length: sizeBytes }, (_, i) => offset + i)))].sort((a, b) => a - b);

it('areas joined, cut and taken from each other cover exactly the bytes they should, ascending and apart', () => {
  fc.assert(fc.property(areas, areas, fc.integer({ min: 1, max: 7 }), (some, others, mostBytes) => {
    const left = withoutAreas(some, others);
    expect(bytesOf(joinAreas(some))).toEqual(bytesOf(some));
    expect(bytesOf(left)).toEqual(bytesOf(some).filter((byte) => !bytesOf(others).includes(byte)));
    const cut = cutAreas(some, mostBytes);
    expect(bytesOf(cut)).toEqual(bytesOf(some));
    expect(cut.every(({ sizeBytes }) => sizeBytes >= 1 && sizeBytes <= mostBytes)).toBe(true);
    for (const list of [joinAreas(some), left, cut]) list.reduce((end, { offset, sizeBytes }) => { expect(offset).toBeGreaterThanOrEqual(end); return offset + sizeBytes; }, 0);
    expect(parseAreas(formatAreas(some))).toEqual(joinAreas(some));
  }));
});
