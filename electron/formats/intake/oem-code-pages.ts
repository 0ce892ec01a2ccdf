// Code pages of cmd.exe that TextDecoder does not have: ASCII below, 128 letters and signs of their own above.

/** @param upper What the bytes from 0x80 on mean, in their order. @returns The text; a byte that means nothing there is what `upper` says of it. Never throws. */
export function decodeOem(bytes: Uint8Array, upper: string): string {
  let out = '';
  for (const byte of bytes) out += byte < 0x80 ? String.fromCharCode(byte) : upper.charAt(byte - 0x80);
  return out;
}
