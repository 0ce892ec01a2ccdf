// An instant as people read it on paper. Always UTC and said so: the same report has the same bytes on every desk, whatever its time zone.

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** @param instant ISO-8601 UTC. @returns To the minute: `19.07.2024, 04:09 UTC`, `19 Jul 2024, 04:09 UTC`. */
export function sayInstant(instant: string, language: 'en' | 'de'): string {
  const [year = '', month = '', day = '', time = ''] = new Date(instant).toISOString().split(/[-T]/);
  const date = language === 'de' ? `${day}.${month}.${year}` : `${Number(day)} ${MONTHS[Number(month) - 1] ?? ''} ${year}`;
  return `${date}, ${time.slice(0, 5)} UTC`;
}
