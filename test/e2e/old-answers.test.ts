// A desk that does not answer any more takes nothing away from whoever works: what is in sight stays, says from when it is, and is asked for again by one key.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { RemoteError } from '../../electron/api/client.ts';
import { failureSentence, MESSAGES } from '../../renderer/messages/index.ts';
import { writeHandOver } from './hand-over.ts';
import { startDesk, type RunningDesk } from './running-desk.ts';
import { AS_USUAL, axeFinds, launch, openWindow, overflows, takePicture, type Look, type OpenWindow } from './window.ts';

let browser: Browser;
let desk: RunningDesk;
beforeAll(async () => {
  [browser, desk] = await Promise.all([launch(), startDesk()]);
  await desk.api.call('desk.create', { operatorName: 'lead-01', passphrase: 'a long walk by the sea', recoverySheet: false });
  for await (const _ of desk.api.stream('imports.run', { paths: [writeHandOver(desk.folder, 20).path] }));
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

const LOOKS: readonly Look[] = [AS_USUAL, { language: 'de', theme: 'dark', width: 900, height: 640 }];
/** Each with a row of it; a host that is blocked has all of them asked for again. */
const LISTS = [
  { at: 'hosts', row: 'KI-SURG-0003' }, { at: 'lookup?q=surg-0003', row: 'KI-SURG-0003' }, { at: 'audit', row: 'BitLockerKeys.csv' },
] as const;

describe.each(LOOKS)('a desk that stops answering, in $language', (look) => {
  const m = MESSAGES[look.language];
  let window: OpenWindow;
  let mute = false;
  beforeAll(async () => {
    window = await openWindow(browser, desk.address, look);
    await window.page.getByRole('navigation').waitFor();
    await window.page.route('**/call/**', (route) => (mute && !route.request().url().endsWith('/desk.state') ? route.abort() : route.continue()));
  });
  afterAll(() => window.close());

  const old = (page: Page) => page.getByRole('main').getByRole('alert').filter({ hasText: m.frame.old('').slice(0, 8) });
  let turn = look.language === 'en' ? 0 : LISTS.length;

  test.each(LISTS)('leaves what is in sight at $at, says that it is old, and is asked again by keyboard', async ({ at, row }) => {
    const { page } = window;
    await page.goto(`${desk.origin}/?${at.replace(/\W/g, '-')}#/${at}`);
    const there = page.getByRole('main').getByText(row).first();
    await there.waitFor();
    mute = true;
    // Something changes, which every list is told of.
    const { hosts: [host] } = await desk.api.call('keys.lookUp', { query: `KI-SURG-00${String(turn += 1).padStart(2, '0')}`, limit: 1 });
    await desk.api.call('hosts.block', { hostId: host?.hostId ?? 0, reason: 'hardware' });
    await old(page).waitFor();
    expect(await there.isVisible()).toBe(true);
    expect(await page.getByRole('main').getByRole('alert').count()).toBe(1);
    expect(await overflows(page)).toBe(false);
    expect(await axeFinds(page)).toEqual([]);
    await takePicture(page, `old-${at.replace(/\W/g, '-')}`, look);
    mute = false;
    await old(page).getByRole('button', { name: m.common.tryAgain }).focus();
    await page.keyboard.press('Enter');
    await old(page).waitFor({ state: 'detached' });
    await there.waitFor();
    expect(await page.evaluate(() => document.activeElement === document.body)).toBe(false);
  });

  test('that was started again says so above what is in sight, and leaves it there', async () => {
    const { page } = window;
    await page.goto(`${desk.origin}/?again#/lookup?q=surg-0003`);
    const there = page.getByRole('main').getByText('KI-SURG-0003').first();
    await there.waitFor();
    await page.route('**/call/**', (route) => route.continue({ headers: { ...route.request().headers(), authorization: 'Bearer of-the-start-before' } }));
    const { hosts: [host] } = await desk.api.call('keys.lookUp', { query: 'KI-SURG-0003', limit: 1 });
    await desk.api.call('hosts.block', { hostId: host?.hostId ?? 0, reason: 'hardware' });
    await old(page).filter({ hasText: failureSentence(look.language, new RemoteError({ code: 'wrong-token', facts: {} })) }).waitFor();
    expect(await there.isVisible()).toBe(true);
    expect(await page.getByRole('main').getByRole('alert').count()).toBe(1);
  });
});
