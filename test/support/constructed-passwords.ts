// Recovery passwords made up for tests: eight numbers below 65,536, each times eleven. Nobody's data.

/** @returns The same one for the same seed: 16 bytes, eight numbers little-endian. */
export function constructedPassword16(seed: number): Uint8Array {
  const bytes = new Uint8Array(16);
  let state = (seed * 2_654_435_761 + 1) >>> 0;
  for (let index = 0; index < 16; index += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[index] = state >>> 24;
  }
  return bytes;
}

/** @returns The 48 digits with hyphens. */
export function constructedPassword(seed: number): string {
  const numbers = new Uint16Array(constructedPassword16(seed).buffer);
  return Array.from(numbers, (number) => String(number * 11).padStart(6, '0')).join('-');
}

/** @returns A key protector ID, upper case, no braces. */
export function constructedKeyProtectorId(seed: number): string {
  const hex = Buffer.from(constructedPassword16(seed + 0x5eed)).toString('hex').toUpperCase();
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
