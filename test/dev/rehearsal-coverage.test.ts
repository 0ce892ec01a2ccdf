// The table of what was rehearsed names tests that are there.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const TESTS = join(import.meta.dirname, '..');
const rows = readFileSync(join(TESTS, 'rehearsal/coverage.md'), 'utf8').split('\n').filter((line) => line.startsWith('| ') && !/^\| (?:---|what meets)/.test(line)).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));

test.each(rows.map((cells) => [cells[0] ?? '', cells] as const))('%s', (_fault, [, repair = '', safeBoot = '', inspect = '', seen = '']) => {
  const places = seen.split('; ').map((one) => one.split(' · '));
  for (const [file = '', title = ''] of places) {
    const path = join(TESTS, `${file}.test.ts`);
    expect(existsSync(path), path).toBe(true);
    expect(title.length).toBeGreaterThan(3);
    expect(readFileSync(path, 'utf8').replaceAll("\\'", "'"), `${file} · ${title}`).toContain(title.replace(/\$\w+/, ''));
  }
  const cells = [repair, safeBoot, inspect].flatMap((cell) => cell.split(', '));
  for (const cell of cells) expect(cell).toMatch(/^[WMD–]$/);
  // What is said to be seen in a place has a test of that place in its row.
  if (cells.includes('W')) expect(places.some(([file]) => file?.startsWith('rehearsal/'))).toBe(true);
  if (cells.includes('M')) expect(places.some(([file]) => file?.startsWith('media-agent/'))).toBe(true);
  if (cells.includes('D')) expect(places.some(([file]) => file?.startsWith('core/'))).toBe(true);
});

test('the table covers every mode', () => { expect(rows.length).toBeGreaterThan(20); });
