// Orders of hundreds of thousands of rows, as positions in columns.
import { ID_BYTES } from './packed-values.ts';

/** The first 16 bits of an ID: enough of an order for neighbours to share a page of the index, and sorted by in one go. */
export const leadingBits = (ids: Uint8Array, index: number): number => ((ids[index * ID_BYTES] ?? 0) << 8) | (ids[index * ID_BYTES + 1] ?? 0);

/**
 * @param key Whole number below 2^32: the rest of a larger one is left out of the order, which costs time and nothing else.
 * @returns 0 … count in the order of their keys; of equal keys the earlier row comes first. A radix sort: 10 ms for a run, where a comparing one takes 50.
 */
export function sortedBy(count: number, key: (index: number) => number): Uint32Array<ArrayBuffer> {
  if (count < FEW) return Uint32Array.from({ length: count }, (_, index) => index).sort((one, other) => (key(one) >>> 0) - (key(other) >>> 0) || one - other);
  const keys = new Uint32Array(count);
  let order = new Uint32Array(count);
  let highest = 0;
  for (let index = 0; index < count; index += 1) {
    const value = key(index) >>> 0;
    keys[index] = value;
    order[index] = index;
    if (value > highest) highest = value;
  }
  let next = new Uint32Array(count);
  for (let shift = 0; shift < 32 && highest >>> shift !== 0; shift += DIGIT_BITS) {
    const starts = new Uint32Array(DIGITS + 1);
    for (let at = 0; at < count; at += 1) {
      const digit = digitOf(keys, at, shift);
      starts[digit + 1] = (starts[digit + 1] ?? 0) + 1;
    }
    for (let digit = 1; digit < DIGITS; digit += 1) starts[digit] = (starts[digit] ?? 0) + (starts[digit - 1] ?? 0);
    for (const index of order) {
      const digit = digitOf(keys, index, shift);
      const place = starts[digit] ?? 0;
      next[place] = index;
      starts[digit] = place + 1;
    }
    [order, next] = [next, order];
  }
  return order;
}

/** Their digits take longer to count than they to compare. */
const FEW = 2000;
const DIGIT_BITS = 16;
const DIGITS = 2 ** DIGIT_BITS;
const digitOf = (keys: Uint32Array, index: number, shift: number): number => ((keys[index] ?? 0) >>> shift) & (DIGITS - 1);
