// Dates as exporters write them, to ISO-8601 UTC text. Only forms with one meaning are read: `19/07/2024` against `07/19/2024` is never guessed.

const TIME = String.raw`(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?`;
const ISO = new RegExp(String.raw`^(\d{4})-(\d\d)-(\d\d)(?:[T ]\s?${TIME}\s?(?:(Z|UTC|GMT)|\\?([+-])(\d\d):?(\d\d))?)?$`, 'i');
const GENERALIZED = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:[.,]\d+)?(?:(Z)|([+-])(\d\d)(\d\d)?)$/;

/**
 * An instant out of an export.
 *
 * @param text  Untrusted: ISO 8601 (`2020-06-15T13:45:30.0000000Z`, `…-08:00`, AD's `\+02:00`), LDAP generalized time (`20240719041112.0Z`),
 *              `/Date(1721362272000)/`, or SQL's `2024-08-13 04:05:15.000`. What carries no zone is taken as UTC.
 * @returns ISO-8601 UTC text with seconds, or null for anything else, dates in a country's order included. Never throws.
 */
export function parseInstant(text: string): string | null {
  if (text === '') return null;
  const trimmed = text.trim();
  const iso = ISO.exec(trimmed);
  if (iso !== null) return toUtc(iso[1], iso[2], iso[3], iso[4], iso[5], iso[6], iso[9], iso[10], iso[11]);
  const generalized = GENERALIZED.exec(trimmed);
  if (generalized !== null) {
    const [, year, month, day, hour, minute, second, , sign, offsetHour, offsetMinute] = generalized;
    return toUtc(year, month, day, hour, minute, second, sign, offsetHour, offsetMinute);
  }
  const json = /^\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\/$/.exec(trimmed);
  return json === null ? null : fromMs(Number(json[1]));
}

/**
 * A Windows FILETIME as directories print it (`lastLogonTimestamp: 133658…`): 100 ns since 1601.
 *
 * @returns ISO-8601 UTC text, or null for "never" and for what is no FILETIME.
 */
export function parseFiletime(text: string): string | null {
  const trimmed = text.trim();
  if (!/^\d{17,19}$/.test(trimmed)) return null;
  return fromMs(Number(BigInt(trimmed) / 10_000n) - 11_644_473_600_000);
}

function toUtc(
  year: string | undefined, month: string | undefined, day: string | undefined, hour = '0', minute = '0', second = '0',
  sign: string | undefined, offsetHour = '0', offsetMinute = '0',
): string | null {
  const parts = [Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second)] as const;
  const [y, mo, d, h, mi, s] = parts;
  if (mo < 1 || mo > 12 || d < 1 || d > 31 || h > 23 || mi > 59 || s > 60) return null;
  const wall = Date.UTC(y, mo - 1, d, h, mi, s);
  // 31 February rolls over instead of failing.
  if (new Date(wall).getUTCDate() !== d && s !== 60) return null;
  const offsetMinutes = Number(offsetHour) * 60 + Number(offsetMinute);
  return fromMs(wall - (sign === '-' ? -offsetMinutes : offsetMinutes) * 60_000);
}

/** Before BitLocker or far ahead it is a default value (`0001-01-01`), not a date. */
function fromMs(ms: number): string | null {
  return ms >= Date.UTC(2000, 0, 1) && ms < Date.UTC(2100, 0, 1) ? new Date(ms).toISOString().replace('.000Z', 'Z') : null;
}
