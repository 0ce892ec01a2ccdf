// How figures, sizes, dates and durations are written in each language. Instants are ISO-8601 UTC text and shown in the desk's time zone.

export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE' };
const NO_BREAK = '\u00a0';

export interface Format {
  /** 104,218 */
  number(value: number): string;
  /** 0, 0.4, 9.1, 800: per hour. */
  pace(value: number): string;
  /** 9.0 % */
  percent(part: number, whole: number): string;
  /** 28.7 GB, decimal units as on the packaging. */
  size(bytes: number): string;
  /** 12 Mar 2024 */
  date(instant: string): string;
  /** 12 Mar 2024 14:20 */
  dateTime(instant: string): string;
  /** 14:20 today, 12 Mar 14:20 this year, 12 Mar 2024 before. */
  short(instant: string, now: number): string;
  /** Mon 22 Jul */
  day(instant: string): string;
  /** Mon 22 Jul 21:00 */
  dayTime(instant: string): string;
  /** 14:20 */
  time(instant: string): string;
  /** 14:20:05 */
  timeWithSeconds(instant: string): string;
  /** Sun 21 Jul 2024, 03:12 CEST */
  now(instant: string): string;
  /** 9:40, an hour and more 1:09:40. */
  countdown(ms: number): string;
}

const dates = new Map<string, Intl.DateTimeFormat>();
function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  const known = dates.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale, options);
  dates.set(key, made);
  return made;
}

/**
 * Gives the ways of writing for one language.
 *
 * @param timeZone For tests; the desk's own without it.
 */
export function formatOf(language: Language, timeZone?: string): Format {
  const locale = LOCALES[language];
  const write = (instant: string | number, options: Intl.DateTimeFormatOptions): string =>
    dateFormat(locale, { ...options, ...(timeZone === undefined ? {} : { timeZone }) }).format(new Date(instant));
  const dayMonth: Intl.DateTimeFormatOptions = language === 'de' ? { day: '2-digit', month: '2-digit' } : { day: 'numeric', month: 'short' };
  const day: Intl.DateTimeFormatOptions = { ...dayMonth, year: 'numeric' };
  const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  const number = (value: number, digits = 0): string => value.toLocaleString(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const time = (instant: string): string => write(instant, clock);
  const date = (instant: string): string => write(instant, day);
  const dayName = (instant: string): string => `${write(instant, { weekday: 'short' })} ${write(instant, dayMonth)}`;

  return {
    number,
    pace: (value) => number(value, value > 0 && value < 9.95 ? 1 : 0),
    percent: (part, whole) => `${number(whole === 0 ? 0 : (part / whole) * 100, 1)}${NO_BREAK}%`,
    size: (bytes) => {
      const units = ['B', 'kB', 'MB', 'GB', 'TB'];
      let value = bytes;
      let unit = 0;
      while (value >= 1000 && unit < units.length - 1) { value /= 1000; unit++; }
      return `${number(value, unit < 2 || value >= 100 ? 0 : 1)}${NO_BREAK}${units[unit] ?? ''}`;
    },
    date, time,
    dateTime: (instant) => `${date(instant)} ${time(instant)}`,
    short: (instant, now) => {
      if (write(instant, day) === write(now, day)) return time(instant);
      return write(instant, { year: 'numeric' }) === write(now, { year: 'numeric' }) ? `${write(instant, dayMonth)} ${time(instant)}` : date(instant);
    },
    day: (instant) => dayName(instant),
    dayTime: (instant) => `${dayName(instant)} ${time(instant)}`,
    timeWithSeconds: (instant) => write(instant, { ...clock, second: '2-digit' }),
    now: (instant) => `${write(instant, { weekday: 'short' })} ${date(instant)}, ${write(instant, { ...clock, timeZoneName: 'short' })}`,
    countdown: (ms) => {
      const seconds = Math.max(0, Math.ceil(ms / 1000));
      const two = (value: number): string => String(value).padStart(2, '0');
      const hours = Math.floor(seconds / 3600);
      const minutes = Math.floor(seconds / 60) % 60;
      return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
    },
  };
}
