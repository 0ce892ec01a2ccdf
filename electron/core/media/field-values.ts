// What a value in field lines can be besides text: a count, an instant, hex, yes or no (ES3-safe: also runs in the agent; imports nothing).

/**
 * @param ms Milliseconds since 1970 UTC; the part below a second is cut off.
 * @returns `2024-07-19T05:27:00Z`: always UTC, always to the second, 20 characters. Null outside the years 1601 to 9999.
 */
export function formatInstant(ms: number): string | null {
  const date = new Date(Math.floor(ms / 1000) * 1000);
  const year = date.getUTCFullYear();
  if (!(year >= 1601 && year <= 9999)) return null;
  return year + '-' + two(date.getUTCMonth() + 1) + '-' + two(date.getUTCDate())
    + 'T' + two(date.getUTCHours()) + ':' + two(date.getUTCMinutes()) + ':' + two(date.getUTCSeconds()) + 'Z';
}

/**
 * @param text Untrusted.
 * @returns Milliseconds since 1970 UTC, or null unless it is exactly what `formatInstant` writes (31 February included: null).
 */
export function parseInstant(text: string): number | null {
  const parts = /^([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})Z$/.exec(text);
  if (parts === null) return null;
  const ms = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]), Number(parts[4]), Number(parts[5]), Number(parts[6]));
  return formatInstant(ms) === text ? ms : null;
}

/** @returns A whole number from 0 to `most` written in decimal without leading zeros, or null. */
export function parseCount(text: string, most: number): number | null {
  if (!/^(0|[1-9][0-9]{0,14})$/.test(text)) return null;
  const count = Number(text);
  return count <= most ? count : null;
}

/** @returns The bytes as lower-case hex, two digits each. */
export function formatHex(bytes: ArrayLike<number>): string {
  let text = '';
  for (let i = 0; i < bytes.length; i++) text += two(((bytes[i] || 0) & 0xff).toString(16));
  return text;
}

/** @returns The bytes, or null unless the text is lower-case hex of whole bytes (of exactly `count` bytes, if given). */
export function parseHex(text: string, count?: number): number[] | null {
  if (text.length % 2 !== 0 || (count !== undefined && text.length !== 2 * count) || !/^[0-9a-f]*$/.test(text)) return null;
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i += 2) bytes.push(parseInt(text.substring(i, i + 2), 16));
  return bytes;
}

/** @returns `yes` or `no`, as it stands in field lines. */
export function formatYesNo(value: boolean): string {
  return value ? 'yes' : 'no';
}

function two(digits: number | string): string {
  const text = '' + digits;
  return text.length < 2 ? '0' + text : text;
}
