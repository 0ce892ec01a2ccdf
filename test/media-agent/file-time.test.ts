import { describe, expect, test } from 'vitest';
import { CHANNEL_FILE_291 } from '../../electron/core/recipes/channel-file-291.ts';
import { judgeFile } from '../../electron/core/recipes/recipe.ts';
import { fileTimeUtcMs } from '../../scripts/media/agent/file-time.ts';

/** UTC minus local time in minutes, at that instant in that zone. */
function biasMinutes(timeZone: string, ms: number): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' }).formatToParts(ms);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  return (ms - Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))) / 60_000;
}

/** What script host hands over: wall-clock time made with *today's* bias, whatever it was when the file was written. */
function asScriptHostSees(fileMs: number, nowMs: number, timeZone: string): { readonly modified: Date; readonly now: Date } {
  const bias = biasMinutes(timeZone, nowMs);
  const wall = new Date(fileMs - bias * 60_000);
  const modified = {
    getFullYear: () => wall.getUTCFullYear(), getMonth: () => wall.getUTCMonth(), getDate: () => wall.getUTCDate(),
    getHours: () => wall.getUTCHours(), getMinutes: () => wall.getUTCMinutes(), getSeconds: () => wall.getUTCSeconds(),
  };
  // Only these parts are ever asked for.
  return { modified: modified as unknown as Date, now: { getTimezoneOffset: () => bias } as unknown as Date };
}

describe.each(['UTC', 'Europe/Berlin', 'America/Los_Angeles', 'Asia/Kolkata', 'Australia/Sydney'])('the time of a file in %s', (timeZone) => {
  test.each([['summer', '2024-07-21T12:00:00Z'], ['winter', '2025-01-15T12:00:00Z']])('is right when the host is repaired in %s', (_season, today) => {
    for (const [written, act] of [['2024-07-19T05:26:59Z', 'remove'], ['2024-07-19T05:27:00Z', 'keep'], ['2024-07-19T04:09:00Z', 'remove']] as const) {
      const seen = asScriptHostSees(Date.parse(written), Date.parse(today), timeZone);
      const modifiedAtMs = fileTimeUtcMs(seen.modified, seen.now);
      expect(new Date(modifiedAtMs).toISOString()).toBe(new Date(written).toISOString());
      expect(judgeFile(CHANNEL_FILE_291, { name: 'C-00000291-00000000-00000032.sys', modifiedAtMs, headerBytes: CHANNEL_FILE_291.headerBytes }).act).toBe(act);
    }
  });
});
