// Reads DER as far as signatures need it: one value at a time, nothing trusted, no recursion.

/** One value: its tag, where it begins, where its contents begin and where it ends. */
export interface DerValue { readonly tag: number; readonly at: number; readonly from: number; readonly to: number }

/** @returns The value at `at`, or null when none that ends by `end` stands there. Only short tags and definite lengths, as DER has them. */
export function readDer(bytes: Uint8Array, at: number, end: number = bytes.length): DerValue | null {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (tag === undefined || first === undefined || at + 2 > end || (tag & 0x1f) === 0x1f) return null;
  let length = first;
  let from = at + 2;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count === 0 || count > 4 || from + count > end) return null;
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + (bytes[from + i] ?? 0);
    from += count;
  }
  return from + length > end ? null : { tag, at, from, to: from + length };
}

/** @returns The values directly inside; null when what is inside is not made of whole values. */
export function insideDer(bytes: Uint8Array, { from, to }: DerValue): readonly DerValue[] | null {
  const found: DerValue[] = [];
  for (let at = from; at < to;) {
    const value = readDer(bytes, at, to);
    if (value === null) return null;
    found.push(value);
    at = value.to;
  }
  return found;
}

/** @returns The contents of the value. */
export const contentsOf = (bytes: Uint8Array, { from, to }: DerValue): Uint8Array => bytes.subarray(from, to);
/** @returns The value with its tag and length. */
export const wholeOf = (bytes: Uint8Array, { at, to }: DerValue): Uint8Array => bytes.subarray(at, to);
/** @returns Contents as hex, to compare object identifiers by. */
export const hexOf = (bytes: Uint8Array, value: DerValue): string => Buffer.from(contentsOf(bytes, value)).toString('hex');
