// Where a text in UTF-16 goes on in single bytes: cmd's `>>` and `type` append so to what PowerShell's Out-File began.

/** As many plain characters side by side are no letters of UTF-16: 24 Chinese ones, each with two such bytes, were never next to each other. */
const FEWEST = 48;

/** Longer stretches without a zero byte are Chinese or Japanese through and through. */
const LONGEST_HELD = 4096;

/**
 * @param bytes  Of a text that is UTF-16 so far, from the beginning of a character on.
 * @returns Where the single bytes begin, or -1.
 */
export function seamIn(bytes: Uint8Array): number {
  for (let end = FEWEST - 1; end < bytes.length; ) {
    let at = end;
    while (at > end - FEWEST && isPlain(bytes[at] ?? 0)) at--;
    if (at === end - FEWEST) return wideEnd(bytes, at);
    end = at + FEWEST;
  }
  return -1;
}

/** @param bytes  The same. @returns How many at the end may belong to single bytes that begin there, or to half a character: they are looked at together with what follows. */
export function heldBack(bytes: Uint8Array): number {
  const half = bytes.length % 2;
  const held = bytes.length - Math.min(bytes.length - half, wideEnd(bytes, bytes.length - 1));
  return held > LONGEST_HELD ? half : held;
}

/** Behind the last character, at or before `from`, that has a zero in it. */
function wideEnd(bytes: Uint8Array, from: number): number {
  let zero = from;
  while (zero >= 0 && bytes[zero] !== 0) zero--;
  return zero === -1 ? 0 : (zero | 1) + 1;
}

const isPlain = (byte: number): boolean => (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09;
