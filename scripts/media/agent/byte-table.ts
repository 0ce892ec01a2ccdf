// Bytes out of script host's text mode. It maps every byte through the machine's code page (0x80 reads as U+20AC on a western
// Windows), so the way back is learned from the 256 bytes 00 … FF on the medium.

/** Character code → byte. */
export type ByteTable = { readonly [code: number]: number };

/**
 * Learns the inverse of the code page and tests it.
 *
 * @param text What text mode makes of the file with the bytes 00 … FF.
 * @returns The table, or null when this machine's text mode loses bytes: fewer or more than 256 characters (a double-byte code
 *          page, or UTF-8), two bytes that read alike, or ASCII that does not read as itself (another file).
 */
export function learnByteTable(text: string): ByteTable | null {
  if (text.length !== 256) return null;
  const table: { [code: number]: number } = {};
  for (let byte = 0; byte < 256; byte++) {
    const code = text.charCodeAt(byte);
    if (byte < 128 && code !== byte) return null;
    if (table[code] !== undefined) return null;
    table[code] = byte;
  }
  return table;
}

/** @returns The bytes of a text, or null when a character is in no byte's place. */
export function toBytes(text: string, table: ByteTable): number[] | null {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const byte = table[text.charCodeAt(i)];
    if (byte === undefined) return null;
    bytes.push(byte);
  }
  return bytes;
}

/** @returns The bytes of an ASCII text. */
export function asciiBytes(text: string): number[] {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) bytes.push(text.charCodeAt(i) & 0xff);
  return bytes;
}
