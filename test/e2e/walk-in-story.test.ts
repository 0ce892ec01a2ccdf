import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { MESSAGES } from '../../renderer/messages/index.ts';
import { madeUpKey } from './hand-over.ts';
import { startDesk, type RunningDesk } from './running-desk.ts';
import { AS_USUAL, everythingIn, launch, openWindow, signIn, type OpenWindow } from './window.ts';

const PASSPHRASE = 'a long walk by the sea';
const keys = Array.from({ length: 12 }, (_, number) => madeUpKey(number + 1));
const tagOf = (number: number): string => `A-${String(20_400 + number)}`;

let browser: Browser;
let desk: RunningDesk;
let window: OpenWindow;

beforeAll(async () => {
  [browser, desk] = await Promise.all([launch(), startDesk()]);
  await desk.api.call('desk.create', { operatorName: 'counter-1', passphrase: PASSPHRASE, recoverySheet: false });
  const path = join(desk.folder, 'kasten.csv');
  const header = ['Kasten', 'Zettel', 'Nummer', 'Aufkleber', 'Wer'];
  writeFileSync(path, [header.join(';'), ...keys.map((key, number) => [key.hostname, key.recoveryPassword, key.keyProtectorId, tagOf(number), 'm.sommer'].join(';')), ''].join('\r\n'));
  for await (const event of desk.api.stream('imports.run', { paths: [path], mappings: [{ header, fields: ['hostname', 'recoveryPassword', 'keyProtectorId', 'assetTag', 'userName'] }] })) expect(event).not.toMatchObject({ kind: 'file', report: { error: { code: expect.anything() } } });
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

/** As a scanner types: fast, with Enter at the end. */
async function scan(page: Page, code: string, enters = 1): Promise<void> {
  await page.keyboard.type(code);
  for (let n = 0; n < enters; n += 1) await page.keyboard.press('Enter');
}
const number = (page: Page): Promise<string> => page.locator('[data-act] [aria-hidden]').first().innerText();
/** What came so soon after a scan would be taken for the scanner. */
const handsOn = (page: Page): Promise<void> => page.waitForTimeout(700);

describe.each(['en', 'de'] as const)('at the counter, with a scanner and a keyboard (%s)', (language) => {
  const m = MESSAGES[language];
  const from = language === 'en' ? 0 : 6;
  const first = language === 'en' ? 1 : 3;

  test('a label is scanned, the number and the next act stand there; a scanner that ends with two Enters does nothing else', async () => {
    window = await openWindow(browser, `${desk.address}`, { ...AS_USUAL, language });
    const { page } = window;
    await page.getByRole('navigation').waitFor();
    await page.getByRole('link', { name: m.screens['walk-in'] }).focus();
    await page.keyboard.press('Enter');
    await page.getByText(m.walkIn.start).waitFor();
    await scan(page, tagOf(from), 2);
    await page.getByText(m.walkIn.acts.disclose, { exact: true }).waitFor();
    expect(await number(page)).toBe(String(first));
    await expect.poll(() => page.getByRole('heading', { name: keys[from]?.hostname ?? '' }).isVisible()).toBe(true);
    await expect.poll(() => page.getByRole('option').count()).toBe(1);
  });

  test('who comes meanwhile waits with the next number', async () => {
    const { page } = window;
    await scan(page, tagOf(from + 1));
    await page.getByText(m.walkIn.takenIn(first + 1, 0)).waitFor();
    expect(await number(page)).toBe(String(first));
    await expect.poll(() => page.getByRole('group', { name: m.walkIn.waiting }).getByRole('option').allInnerTexts()).toEqual([expect.stringContaining(keys[from + 1]?.hostname ?? '')]);
  });

  test('a user with several hosts is asked which, and what nobody knows is said', async () => {
    const { page } = window;
    await scan(page, 'm.sommer');
    await page.getByText(m.walkIn.several).waitFor();
    expect(await page.getByRole('option', { selected: true }).count()).toBeLessThanOrEqual(1); // the one in hand
    // Whoever hears the page hears which one is chosen, with the scanner still typing into its field.
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.evaluate(() => document.getElementById(document.activeElement?.getAttribute('aria-activedescendant') ?? '')?.getAttribute('aria-selected'))).toBe('true');
    await page.keyboard.press('Escape');
    await scan(page, 'KI-SURK-0009');
    await page.getByText(m.walkIn.guessed('KI-SURK-0009')).waitFor();
    await expect.poll(() => page.getByRole('option').filter({ hasText: 'KI-SURG-0009' }).locator('mark').allInnerTexts()).toContain('G');
    await page.keyboard.press('Escape');
    await scan(page, 'LOANER-0815-X');
    await page.getByText(m.walkIn.none('LOANER-0815-X')).waitFor();
    await page.keyboard.press('Escape');
  });

  test('a scanned recovery password is named and goes nowhere', async () => {
    const { page } = window;
    const before = window.sent.length;
    const secret = keys[from + 3]?.recoveryPassword.replaceAll('-', '') ?? '';
    await scan(page, secret);
    await page.getByText(m.walkIn.secret).waitFor();
    expect(window.sent.slice(before).join('\n')).not.toContain(secret.slice(0, 6));
    expect(await everythingIn(page)).not.toContain(secret.slice(0, 6));
  });

  test('the key is compared, the person identified, the digits shown: the same door and sheet as on the phone', async () => {
    const { page } = window;
    await handsOn(page);
    await page.keyboard.press('Enter');
    await page.getByText(keys[from]?.keyProtectorId ?? '').first().waitFor();
    expect(await page.getByRole('button', { name: m.walkIn.primary.disclose }).count()).toBe(0); // Enter discloses now
    await page.keyboard.press('Enter');
    await page.getByText(m.calls.identityNeeded).waitFor();
    await page.keyboard.press('6');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: m.disclosed.inSight }).waitFor();
    expect((await page.locator('section[aria-label] ol').first().locator('li > span:nth-child(2)').allTextContents()).join('-')).toBe(keys[from]?.recoveryPassword);
    await page.keyboard.press('Escape');
    await page.getByText(m.walkIn.acts.disclose, { exact: true }).waitFor();
    const everything = await everythingIn(page);
    for (const group of keys[from]?.recoveryPassword.split('-') ?? []) expect(everything).not.toContain(group);
    expect((await desk.api.call('disclosures.list', {})).rows[0]).toMatchObject({ keyProtectorId: keys[from]?.keyProtectorId, hostname: keys[from]?.hostname, operator: 'counter-1' });
    expect((await desk.api.call('calls.list', { open: false })).rows[0]).toMatchObject({ hostname: keys[from]?.hostname, identity: 'in-person' });
  });

  test('what was hidden leaves its sheet, which a reload and a closed vault lead back to: the same call goes on', async () => {
    const { page } = window;
    const calls = async () => (await desk.api.call('calls.list', { open: true })).rows.filter(({ hostname }) => hostname === keys[from]?.hostname);
    const isThere = async (): Promise<void> => { await expect.poll(() => page.getByLabel(m.calls.identity).inputValue()).toBe('in-person'); };
    await isThere();
    await page.getByLabel(m.calls.caller).focus();
    await page.keyboard.type('M. Sommer');
    await expect.poll(async () => (await calls()).map(({ caller }) => caller)).toEqual(['M. Sommer']);
    await page.reload();
    await isThere();
    await desk.api.call('vault.close', {});
    await signIn(page, 'counter-1', PASSPHRASE);
    await isThere();
    expect(await page.getByLabel(m.calls.caller).inputValue()).toBe('M. Sommer');
    await page.keyboard.press('Escape'); // from the sheet
    await page.getByRole('listbox', { name: m.walkIn.queue }).waitFor();
  });

  test('the first entry begins the call without taking the focus from who types, and a reload finds it again', async () => {
    const { page } = window;
    await desk.api.call('calls.close', { callId: (await desk.api.call('calls.list', { open: true })).rows[0]?.callId ?? 0, outcome: 'broken-off' });
    await handsOn(page);
    await page.keyboard.press('Enter');
    await page.getByLabel(m.calls.caller).focus();
    await page.keyboard.type('K. Winter');
    const open = async () => (await desk.api.call('calls.list', { open: true })).rows;
    await expect.poll(async () => (await open()).map(({ caller }) => caller)).toEqual(['K. Winter']);
    await expect.poll(async () => new URL(page.url()).hash.includes(`call=${(await open())[0]?.callId ?? ''}`)).toBe(true);
    await page.keyboard.type('er');
    await expect.poll(async () => (await open()).map(({ caller }) => caller)).toEqual(['K. Winterer']);
    await page.reload();
    await expect.poll(() => page.getByLabel(m.calls.caller).inputValue()).toBe('K. Winterer');
    await page.getByRole('searchbox').focus();
    await page.keyboard.press('Escape');
    await desk.api.call('calls.close', { callId: (await open())[0]?.callId ?? 0, outcome: 'broken-off' });
  });

  test('done can be undone, and then the next number is called with one key', async () => {
    const { page } = window;
    await page.keyboard.press('F4');
    await page.getByText(m.walkIn.ended.done(first)).waitFor();
    await page.keyboard.press('Control+z');
    await page.getByText(m.walkIn.acts.disclose, { exact: true }).waitFor();
    await page.keyboard.press('F4');
    await page.getByText(m.walkIn.callNext(first + 1)).waitFor();
    await handsOn(page);
    await page.keyboard.press('Enter');
    await expect.poll(() => number(page)).toBe(String(first + 1));
  });

  test('the number is printed alone', async () => {
    const { page } = window;
    await page.emulateMedia({ media: 'print' });
    const printed = await page.evaluate(() => document.body.innerText.trim());
    await page.emulateMedia({ media: 'screen' });
    expect(printed.split(/\s+/).slice(0, 3)).toEqual([m.walkIn.ticketTitle, String(first + 1), keys[from + 1]?.hostname]);
  });

  test('the whole screen is the station, and back', async () => {
    const { page } = window;
    await page.keyboard.press('F11');
    await page.getByRole('navigation').waitFor({ state: 'hidden' });
    await page.keyboard.press('F11');
    await page.getByRole('navigation').waitFor();
  });

  test('the look-up is one key away here, too: a scanner never begins with it', async () => {
    const { page } = window;
    await page.keyboard.press('/');
    await page.locator('[data-lookup-field]').waitFor();
    await page.goBack();
    await page.getByRole('searchbox').waitFor();
  });

  test('after a restart every number is where it was', async () => {
    const { page } = window;
    expect(window.faults()).toEqual([]);
    const before = await desk.api.call('walkIns.list', {});
    expect(before.rows).toHaveLength(1);
    await page.close();
    const { folder } = desk;
    await desk.stop(true);
    desk = await startDesk({ folder });
    const again = await openWindow(browser, `${desk.address}`, { ...AS_USUAL, language });
    await signIn(again.page, 'counter-1', PASSPHRASE);
    expect(await desk.api.call('walkIns.list', {})).toEqual(before);
    await again.page.goto(`${desk.origin}/#/walk-in`);
    await again.page.getByRole('option', { name: new RegExp(keys[from + 1]?.hostname ?? '') }).waitFor();
    await again.page.keyboard.press('ArrowDown');
    await again.page.locator('[data-act]').waitFor();
    await again.page.keyboard.press('F4');
    await again.page.getByText(m.walkIn.ended.done(first + 1)).waitFor();
    expect(again.faults()).toEqual([]);
    await again.close();
  });
});
