import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { MESSAGES } from '../../renderer/messages/index.ts';
import { startDesk, type RunningDesk } from './running-desk.ts';
import { AS_USUAL, launch, lookAt, openWindow } from './window.ts';

let browser: Browser;
let desk: RunningDesk;

beforeAll(async () => {
  [browser, desk] = await Promise.all([launch(), startDesk()]);
  await desk.api.call('desk.create', { operatorName: 'first', passphrase: 'a long walk by the sea', recoverySheet: false });
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

test.each(['en', 'de'] as const)('a report that takes longer than a moment says what it is at and can be broken off; the next one is a file (%s)', async (language) => {
  const m = MESSAGES[language];
  const window = await openWindow(browser, desk.address, { ...AS_USUAL, language });
  const { page } = window;
  await page.getByRole('navigation').waitFor();
  await page.goto(`${desk.origin}/#/reports`);
  await page.route('**/stream/reports.make', () => undefined); // as long as nothing answers
  await page.getByRole('button', { name: m.reports.make }).click();
  await page.getByText(m.reports.steps.reading).waitFor();
  expect(await lookAt(page, 'report-being-made', { language })).toEqual([]);
  await page.getByRole('button', { name: m.common.cancel, exact: true }).press('Enter');
  await page.getByText(m.reports.steps.reading).waitFor({ state: 'detached' });
  await page.unroute('**/stream/reports.make');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: m.reports.make }).click();
  expect(readFileSync(await (await download).path()).subarray(0, 5).toString('latin1')).toBe('%PDF-');
  await page.getByText(m.reports.made((await download).suggestedFilename())).first().waitFor();
  expect(window.faults()).toEqual([]);
  await window.close();
});
