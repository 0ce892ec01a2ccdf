// What a list does with far more rows than a window has room for: it draws a page of them, says how many there are, and the keyboard comes to the last. The desk's own first row, many times over, stands in for a fleet.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import type { CallName } from '../../electron/api/contract.ts';
import { SCREENS, type Screen } from '../../renderer/place.ts';
import { startOpenDemo, type RunningDesk } from './running-desk.ts';
import { AS_USUAL, cutOff, launch, openWindow, overflows, settled, type OpenWindow } from './window.ts';

type Row = Readonly<Record<string, unknown>>;
interface Huge {
  readonly at: string; readonly rows: number;
  /** What answers, and under which name in the answer; null: the answer is the list. */
  readonly call: CallName; readonly list: string | null;
  /** The n-th row is the desk's first one but for this. */
  readonly as: (n: number) => Row;
  /** What the window shows of the last row. */
  readonly last: string;
  /** Where the total is another call's. */
  readonly total?: { readonly call: CallName; readonly field: string };
}

const NOT_LONG = 'not long'; // what a crew has of it fits a window, or it is cut and says so

/** Every list that a fleet, a night or a year makes long. */
const HUGE: Readonly<Record<Screen, readonly Huge[] | typeof NOT_LONG>> = {
  lookup: NOT_LONG, overview: NOT_LONG, disks: NOT_LONG, reports: NOT_LONG, 'walk-in': NOT_LONG, settings: NOT_LONG,
  hosts: [{ at: 'hosts', rows: 100_000, call: 'hosts.list', list: 'rows', as: (n) => ({ hostId: n, hostname: `HUGE-${n}` }), last: 'HUGE-100000' }],
  media: [{ at: 'media', rows: 1000, call: 'media.list', list: 'rows', as: (n) => ({ mediaId: `M-${n}` }), last: 'M-1000' }],
  imports: [
    { at: 'imports', rows: 1000, call: 'imports.list', list: null, as: (n) => ({ importId: n, operator: `somebody-${n}` }), last: 'somebody-1000', total: { call: 'status.get', field: 'imports' } },
    { at: 'imports?view=results', rows: 100_000, call: 'attempts.list', list: 'rows', as: (n) => ({ attemptId: `a-${n}`, hostname: `HUGE-${n}` }), last: 'HUGE-100000' },
    { at: 'imports?view=lists', rows: 1000, call: 'hosts.lists', list: null, as: (n) => ({ importFileId: n, name: `list-${n}.csv` }), last: 'list-1000.csv' },
  ],
  disclosures: [{ at: 'disclosures', rows: 100_000, call: 'disclosures.list', list: 'rows', as: (n) => ({ disclosureId: n, operator: `somebody-${n}` }), last: 'somebody-100000' }],
  rotation: [{ at: 'rotation', rows: 100_000, call: 'rotations.list', list: 'rows', as: (n) => ({ keyRecordId: n, hostname: `HUGE-${n}` }), last: 'HUGE-100000' }],
  audit: [{ at: 'audit', rows: 500_000, call: 'audit.list', list: 'rows', as: (n) => ({ number: n, operator: `somebody-${n}` }), last: 'somebody-500000' }],
  operators: [{ at: 'operators', rows: 1000, call: 'operators.list', list: null, as: (n) => ({ name: `somebody-${n}` }), last: 'somebody-1000' }],
  waves: [
    { at: 'waves', rows: 1000, call: 'waves.list', list: 'waves', as: (n) => ({ waveId: n, place: n, name: `Ward ${n}`, canary: false }), last: 'Ward 1000' },
    { at: 'waves', rows: 1000, call: 'waves.suggest', list: null, as: (n) => ({ hostId: n, hostname: `HUGE-DC-${n}` }), last: 'HUGE-DC-1000' },
  ],
  incidents: [
    { at: 'incidents', rows: 1000, call: 'incidents.list', list: null, as: (n) => ({ incidentId: n, name: `Outage ${n}` }), last: 'Outage 1000' },
    { at: 'incidents', rows: 1000, call: 'recipes.list', list: null, as: (n) => ({ recipeId: `file-${n}` }), last: 'file-1000 1' },
  ],
  matching: [{ at: 'matching?view=hosts', rows: 100_000, call: 'hosts.withoutKey', list: 'rows', as: (n) => ({ hostId: n, hostname: `HUGE-${n}` }), last: 'HUGE-100000' }],
};

let browser: Browser;
let desk: RunningDesk;
let window: OpenWindow;
beforeAll(async () => {
  [browser, desk] = await Promise.all([launch(), startOpenDemo()]);
  window = await openWindow(browser, desk.address, AS_USUAL);
  await window.page.getByRole('navigation').waitFor();
});
afterAll(async () => {
  const faults = window.faults();
  await browser.close();
  await desk.stop();
  expect(faults).toEqual([]);
});

/** Answers in place of the desk as if it had so many rows. */
async function standInFor(page: Page, { call, list, rows, as, total }: Huge): Promise<void> {
  await page.unrouteAll();
  await page.route(`**/call/${call}`, async (route) => {
    const { offset = 0, limit = rows } = JSON.parse(route.request().postData() ?? '{}') as { offset?: number; limit?: number };
    const answer = JSON.parse(await (await route.fetch({ postData: JSON.stringify({ ...JSON.parse(route.request().postData() ?? '{}') as Row, ...(limit === rows ? {} : { offset: 0 }) }) })).text()) as Row & Row[];
    const first = (list === null ? answer : answer[list] as Row[])[0];
    if (first === undefined) throw new Error(`${call}: the demo has no row to begin with`);
    const many = Array.from({ length: Math.max(0, Math.min(limit, rows - offset)) }, (_, at) => ({ ...first, ...as(offset + at + 1) }));
    await route.fulfill({ contentType: 'application/json', body: JSON.stringify(list === null ? many : { ...answer, total: rows, [list]: many }) });
  });
  if (total !== undefined) await page.route(`**/call/${total.call}`, async (route) => route.fulfill({ contentType: 'application/json', body: JSON.stringify({ ...JSON.parse(await (await route.fetch()).text()) as Row, [total.field]: rows }) }));
}

const MOST_ROWS = 120;
const rowsDrawn = (page: Page): Promise<number> => page.evaluate(() => Math.max(...[...document.querySelectorAll('main tbody')].map((body) => body.children.length)));

describe.each(SCREENS.flatMap((screen) => { const lists = HUGE[screen]; return lists === NOT_LONG ? [] : lists.map((list) => ({ ...list, name: `${list.at}, ${list.call}` })); }))('$name with $rows rows', (huge) => {
  test('draws a page of them, says how many there are, and the keyboard comes to the last', async () => {
    const { page } = window;
    await standInFor(page, huge);
    await page.goto(`${desk.origin}/?${huge.call}#/${huge.at}`); // another address: the window begins anew
    await page.getByRole('main').locator('tbody tr').first().waitFor();
    await settled(page);
    const found: string[] = [];
    const total = huge.rows.toLocaleString('en');
    if (await rowsDrawn(page) > MOST_ROWS) found.push(`${await rowsDrawn(page)} rows are drawn at once`);
    if (!(await page.getByRole('main').innerText()).includes(total)) found.push(`nothing says that there are ${total}`);
    if (huge.call === 'hosts.list') {
      await page.getByRole('main').getByRole('grid').locator('xpath=..').press('End');
    } else {
      const last = page.getByRole('main').getByRole('button', { name: 'Last page' }).first();
      if (await last.count() === 0) found.push('there is no way to the last page');
      else {
        await last.press('Enter');
        await page.getByText(`${(huge.rows - 99).toLocaleString('en')} to ${total} of ${total}`).waitFor();
        if (await page.evaluate(() => document.activeElement?.textContent) !== 'Last page') found.push('the focus is thrown out of the list');
      }
    }
    if (found.length === 0) {
      await page.getByRole('main').getByText(huge.last, { exact: true }).first().waitFor();
      if (await rowsDrawn(page) > MOST_ROWS) found.push(`at the end ${await rowsDrawn(page)} rows are drawn at once`);
    }
    for (const [width, height] of [[1280, 800], [900, 640]] as const) {
      await page.setViewportSize({ width, height });
      if (await overflows(page)) found.push(`${width}x${height}: something stands outside the window`);
      found.push(...(await cutOff(page)).map((line) => `${width}x${height}: cut off: ${line}`));
    }
    await page.setViewportSize({ width: AS_USUAL.width, height: AS_USUAL.height });
    expect(found).toEqual([]);
  });
});
