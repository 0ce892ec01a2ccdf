// The paper fallback in the window: two operators, a sheet per site, every key on it disclosed and due, and no key press that falls between question and sheet.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { DEMO_PASSPHRASE } from '../../electron/core/demo.ts';
import { MESSAGES } from '../../renderer/messages/index.ts';
import { startDesk, type RunningDesk } from './running-desk.ts';
import { AS_USUAL, axeFinds, everythingIn, launch, openWindow, signIn, whenDrawn } from './window.ts';

let browser: Browser;
let desk: RunningDesk;
beforeAll(async () => { [browser, desk] = await Promise.all([launch(), startDesk({ demo: true })]); });
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

describe.each(['en', 'de'] as const)('the keys of a site on paper (%s)', (language) => {
  const m = MESSAGES[language];

  test('are shown once a second operator has signed in for it: Enter prints them from the first moment, Esc hides them, and every one is disclosed', async () => {
    const opened = await openWindow(browser, desk.address, { ...AS_USUAL, language });
    const { page } = opened;
    if ((await desk.api.call('desk.state', {})).vault !== 'open') await signIn(page, desk.operator?.name ?? '', DEMO_PASSPHRASE);
    await page.getByRole('navigation').waitFor();
    await page.evaluate(() => { location.hash = '#/hosts'; });
    await page.getByRole('button', { name: m.paper.print }).click();
    const dialog = page.getByRole('dialog');
    const [site] = (await desk.api.call('paper.sites', {})).toSorted((one, other) => one.keyRecords - other.keyRecords);
    await expect.poll(() => dialog.locator('select option').count()).toBeGreaterThan(1);
    await dialog.locator('select').selectOption({ label: (await dialog.locator('select option').allInnerTexts()).find((text) => text.startsWith(`${site?.site ?? m.paper.noSite}:`)) ?? '' });
    const before = (await desk.api.call('disclosures.list', {})).total;
    await page.getByLabel(m.paper.second, { exact: true }).fill('lead-01');
    await page.getByLabel(m.paper.passphrase).fill('somebody else’s');
    await page.keyboard.press('Enter');
    await dialog.getByRole('alert').waitFor();
    expect((await desk.api.call('disclosures.list', {})).total).toBe(before);
    await page.getByLabel(m.paper.passphrase).fill(DEMO_PASSPHRASE);
    await page.evaluate(() => { window.print = () => { document.body.dataset['printed'] = ''; }; });
    const drawn = whenDrawn(page, m.paper.keepLocked);
    await page.keyboard.press('Enter');
    expect((await drawn).focus).toContain(m.paper.printNow);
    await page.keyboard.press('Enter');
    await page.locator('body[data-printed]').waitFor();
    expect(await page.locator('dialog ol > li svg').count()).toBe(site?.keyRecords);
    expect((await page.locator('dialog ol ol').first().innerText()).match(/\d{6}/g)).toHaveLength(8);
    expect(await axeFinds(page)).toEqual([]);
    expect(await dialog.innerText()).toMatch(/[45]:\d\d/); // until it hides by itself
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await dialog.evaluate((sheets) => sheets.scrollWidth - sheets.clientWidth)).toBe(0); // no digit beside the window or under its code
    await page.setViewportSize(AS_USUAL);
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate(() => document.activeElement === document.body)).toBe(false);
    expect(await everythingIn(page)).not.toMatch(/\d{6}-\d{6}|>\d{6}</);
    expect((await desk.api.call('disclosures.list', {})).total).toBe(before + (site?.keyRecords ?? 0));
    expect(opened.faults().filter((fault) => !fault.includes('status of'))).toEqual([]); // the passphrase that was not right
    await opened.close();
  });
});
