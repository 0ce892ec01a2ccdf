import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { startDesk, type RunningDesk } from './running-desk.ts';
import { everythingIn, launch, lookAt, openWindow, type Look, type OpenWindow } from './window.ts';

const PASSPHRASE = 'a long walk by the sea';
let browser: Browser;
let desk: RunningDesk;
let window: OpenWindow;

beforeAll(async () => {
  [browser, desk] = await Promise.all([launch(), startDesk()]);
  window = await openWindow(browser, desk.address);
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

const withAxe = ({ language, theme }: Look): boolean => (language === 'en') === (theme === 'light');

describe('first start', () => {
  test('the token is gone from the address before anything is drawn', async () => {
    await window.page.getByRole('heading', { name: 'New desk' }).waitFor();
    expect(window.page.url()).not.toContain('token');
    expect(await lookAt(window.page, 'first-start', { withAxe })).toEqual([]);
  });

  test('a short passphrase, and two that differ, create nothing', async () => {
    const { page } = window;
    await page.getByLabel('Operator').fill('supervisor-1');
    await page.getByLabel('Passphrase', { exact: true }).fill('short');
    await expect.poll(() => page.getByRole('button', { name: 'Create desk' }).isDisabled()).toBe(true);
    await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
    await page.getByLabel('Passphrase again').fill('something else here');
    await page.getByText('The two differ').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Create desk' }).isDisabled()).toBe(true);
    expect((await desk.api.call('desk.state', {})).vault).toBe('none');
  });

  test('the recovery sheet is shown once, printed alone, and one group is typed back before the desk opens', async () => {
    const { page } = window;
    await page.getByLabel('Passphrase again').fill(PASSPHRASE);
    await page.getByRole('button', { name: 'Create desk' }).click();
    await page.getByRole('heading', { name: 'Recovery sheet' }).first().waitFor();
    // By keyboard alone: first the paper, then the group from it.
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Print recovery sheet');
    const groups = await page.locator('section[aria-label^="Recovery code"] li > span:nth-child(2)').allTextContents();
    expect(groups.length).toBeGreaterThanOrEqual(8);
    expect(await lookAt(page, 'recovery-sheet', { withAxe })).toEqual([]);

    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('button').first().isVisible()).toBe(false);
    await expect.poll(() => page.locator('section[aria-label^="Recovery code"]').isVisible()).toBe(true);
    await expect.poll(() => page.getByText('supervisor-1').isVisible()).toBe(true);
    await page.emulateMedia({ media: 'screen' });

    // No reload without being asked: there is no second look at it.
    const objected = page.waitForEvent('dialog');
    const reload = page.reload().catch(() => undefined);
    const dialog = await objected;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
    await reload;

    const asked = Number(/Group (\d+)/.exec(await page.locator('label').first().innerText())?.[1]);
    const field = page.locator('form input');
    await field.fill('0000');
    await expect.poll(() => page.getByRole('button', { name: 'Open desk' }).isDisabled()).toBe(true);
    await field.fill((groups[asked - 1] ?? '').toLowerCase());
    await page.getByRole('button', { name: 'Open desk' }).click();
    await page.getByRole('navigation').waitFor();
    const everything = await everythingIn(page);
    expect(everything).not.toContain(groups.join('-'));
    expect(groups.slice(0, 3).some((group) => everything.includes(`>${group}<`))).toBe(false);
  });

  test('a wrong passphrase is said, and the right one opens', async () => {
    const { page } = window;
    await page.getByRole('button', { name: /Close vault/ }).click();
    await page.getByRole('heading', { name: 'Vault closed' }).waitFor();
    await expect.poll(() => page.getByLabel('Operator').inputValue()).toBe('supervisor-1');
    await page.getByLabel('Passphrase').fill('not the passphrase');
    await page.keyboard.press('Enter');
    await page.getByText('Operator or passphrase is wrong.').waitFor();
    await expect.poll(() => page.getByLabel('Passphrase').inputValue()).toBe('');
    await page.getByLabel('Passphrase').fill(PASSPHRASE);
    await page.keyboard.press('Enter');
    await page.getByRole('navigation').waitFor();
  });

  test('a vault that closes before the sheet is typed back says so, and the desk opens as it is', async () => {
    const second = await startDesk();
    const other = await openWindow(browser, second.address);
    await other.page.getByLabel('Operator').fill('supervisor-1');
    await other.page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
    await other.page.getByLabel('Passphrase again').fill(PASSPHRASE);
    await other.page.keyboard.press('Enter');
    await other.page.getByRole('heading', { name: 'Recovery sheet' }).first().waitFor();
    await second.api.call('vault.close', {});
    await other.page.getByText('The vault closed before the recovery sheet was typed back.').waitFor();
    expect(await lookAt(other.page, 'sheet-lost', { withAxe })).toEqual([]);
    await other.page.getByLabel('Passphrase').fill(PASSPHRASE);
    await other.page.keyboard.press('Enter');
    await other.page.getByRole('navigation').waitFor();
    expect(other.faults()).toEqual([]);
    await other.close();
    await second.stop();
  });

  test('a backup written in Settings is brought back on another desk', async () => {
    const { page } = window;
    const backup = join(desk.folder, 'desk.backup');
    await page.keyboard.press('Alt+0');
    await page.getByLabel('Path of the backup').fill(backup);
    await page.getByRole('button', { name: 'Write backup' }).click();
    await page.getByText(/Backup written/).waitFor();
    const second = await startDesk();
    const other = await openWindow(browser, second.address);
    await other.page.getByRole('button', { name: 'Restore a backup instead' }).click();
    await other.page.getByLabel('Backup file').fill(backup);
    await other.page.getByLabel('Operator').fill('supervisor-1');
    await other.page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
    await other.page.getByRole('button', { name: 'Restore desk' }).click();
    await other.page.getByRole('navigation').waitFor();
    expect((await second.api.call('operators.list', {})).map((operator) => operator.name)).toEqual(['supervisor-1']);
    expect(other.faults()).toEqual([]);
    await other.close();
    await second.stop();
  });

  test('nothing went wrong in the window but the one refusal', () => {
    expect(window.faults().filter((fault) => !/status of 40[0-9]/.test(fault))).toEqual([]);
  });
});
