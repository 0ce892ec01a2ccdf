// The codes of a disclosed recovery password, read off a picture of the real window by a decoder nobody here wrote; and the sheet of that call.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { writeHandOver, type HandedOver } from './hand-over.ts';
import { startDesk, type RunningDesk } from './running-desk.ts';
import { AS_USUAL, launch, openWindow, type OpenWindow } from './window.ts';

let browser: Browser;
let desk: RunningDesk;
let window: OpenWindow;
let key: HandedOver;
beforeAll(async () => {
  [browser, desk] = await Promise.all([launch(), startDesk()]);
  await desk.api.call('desk.create', { operatorName: 'helpdesk-07', passphrase: 'a long walk by the sea', recoverySheet: false });
  const { keys, path } = writeHandOver(desk.folder, 12);
  key = keys[3] as HandedOver; // there are twelve
  for await (const _event of desk.api.stream('imports.run', { paths: [path] })) { /* to its end */ }
  window = await openWindow(browser, desk.address);
  await window.page.getByRole('navigation').waitFor();
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

const decoded = async (): Promise<string[]> => {
  const picture = join(temporaryFolder(), 'codes.png');
  await window.page.screenshot({ path: picture });
  return execFileSync('zbarimg', ['--quiet', picture], { encoding: 'utf8' }).trim().split('\n').map((line) => {
    const [kind = '', text = ''] = line.split(/:(.*)/);
    return `${kind}: ${text === key.recoveryPassword ? 'with hyphens' : text === key.recoveryPassword.replaceAll('-', '') ? 'digits' : 'something else'}`;
  }).sort();
};

test('from eight characters to a recovery password in sight takes at most 14 key presses, who called and how that was checked included', async () => {
  const { page } = window;
  await page.keyboard.press('Alt+1');
  const typed = key.keyProtectorId.slice(0, 8).toLowerCase();
  await page.keyboard.type(typed);
  await expect.poll(async () => (await page.locator('[role=option] mark').first().textContent())?.toUpperCase()).toBe(typed.toUpperCase()); // as an agent sees it
  await page.keyboard.press('ArrowDown');
  await page.getByRole('heading', { name: key.hostname }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByText('How was it made sure who calls? 1 to 6').waitFor();
  await page.keyboard.press('1');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Recovery password in sight' }).waitFor();
  expect(typed.length + 4).toBeLessThanOrEqual(14);
});

test('both codes are read off the screen, without hyphens and with them, in every width of the window and in forced colours', async () => {
  const { page } = window;
  await page.keyboard.press('c');
  await page.getByRole('img', { name: 'Code 128' }).waitFor();
  await expect.poll(decoded).toEqual(['CODE-128: digits', 'QR-Code: digits']);
  // Black on white, also where somebody has the whole computer in white on black.
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  await expect.poll(decoded).toEqual(['CODE-128: digits', 'QR-Code: digits']);
  await page.emulateMedia({ forcedColors: 'none', colorScheme: 'light' });
  await page.getByLabel('With hyphens').click();
  await expect.poll(decoded).toEqual(['CODE-128: with hyphens', 'QR-Code: with hyphens']);
  // In a window that is narrower than the bars, they are drawn smaller; what has no room at all is not drawn in part.
  const said = page.getByText('The window is too narrow for Code 128.');
  await page.setViewportSize({ width: 800, height: 800 });
  await said.waitFor({ state: 'detached' });
  await expect.poll(decoded).toEqual(['CODE-128: with hyphens', 'QR-Code: with hyphens']);
  await page.getByLabel('With hyphens').click();
  await page.setViewportSize({ width: 640, height: 800 });
  await expect.poll(decoded).toEqual(['CODE-128: digits', 'QR-Code: digits']);
  await page.setViewportSize({ width: 390, height: 800 });
  await said.waitFor();
  expect(await page.getByRole('img', { name: 'Code 128' }).count()).toBe(0);
  await page.getByRole('img', { name: 'QR code' }).scrollIntoViewIfNeeded();
  await expect.poll(decoded).toEqual(['QR-Code: digits']);
  await page.setViewportSize({ width: AS_USUAL.width, height: AS_USUAL.height });
  await page.keyboard.press('Escape');
  await page.getByText('Hidden. Showing it again is a new disclosure.').waitFor();
});

test('a call that was broken off stands where the next begins, with what was entered, and is ended there', async () => {
  const { page } = window;
  await page.keyboard.press('/');
  await page.keyboard.press('Escape');
  await page.getByRole('region', { name: 'Open calls' }).getByText(key.hostname).waitFor();
  await page.getByRole('region', { name: 'Open calls' }).getByRole('link', { name: 'Go on' }).click();
  await page.getByRole('heading', { name: key.hostname }).waitFor();
  await page.getByLabel('Identity checked').selectOption('video');
  await page.getByLabel('Caller').fill('M. Sommer');
  await page.getByRole('button', { name: 'Disclose recovery password' }).click();
  await page.getByRole('heading', { name: 'Recovery password in sight' }).waitFor();
  await page.getByRole('button', { name: 'Unlocked' }).click();
  await page.getByRole('button', { name: 'Record outcome' }).click();
  await expect.poll(async () => (await desk.api.call('calls.list', { open: false })).rows.map(({ outcome, identity, caller }) => [outcome, identity, caller])).toEqual([['unlocked', 'video', 'M. Sommer']]);
  const [line] = (await desk.api.call('audit.list', {})).rows;
  expect(line?.act).toBe('calls.close');
});

test('a call in which nothing was shown asks, before it ends as unlocked, where the key came from; the focus goes where the next call begins', async () => {
  const { page } = window;
  const { callId } = await desk.api.call('calls.save', { keyRecordId: 1, identity: 'video', reason: 'mass-incident', caller: 'T. Winter' });
  const sheet = async () => (await desk.api.call('calls.list', { open: false })).rows.find((call) => call.callId === callId);
  await page.keyboard.press('/');
  await page.keyboard.press('Escape');
  await page.getByRole('listitem').filter({ hasText: 'T. Winter' }).getByRole('button', { name: /^Unlocked: / }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Unlocked, though nothing was shown?' });
  await dialog.waitFor();
  await page.keyboard.press('Escape'); // a wrong click
  await dialog.waitFor({ state: 'detached' });
  expect((await sheet())?.outcome).toBe(null);
  await page.getByRole('listitem').filter({ hasText: 'T. Winter' }).getByRole('button', { name: /^Unlocked: / }).press('Enter');
  await dialog.waitFor();
  expect(await dialog.getByRole('button', { name: 'End call: Unlocked' }).isDisabled()).toBe(true);
  await page.keyboard.type('a sheet in the office of the ward');
  await dialog.getByRole('button', { name: 'End call: Unlocked' }).press('Enter');
  await page.getByText('Call ended: Unlocked').waitFor();
  expect(await sheet()).toMatchObject({ outcome: 'unlocked', disclosureId: null, note: 'a sheet in the office of the ward' });
  await expect.poll(() => page.evaluate(() => document.activeElement?.hasAttribute('data-lookup-field'))).toBe(true);
});

test('a look-up in vain is on record once nobody types any further', async () => {
  const { page } = window;
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('Escape');
  await page.keyboard.type('zz-nobody');
  await expect.poll(async () => (await desk.api.call('audit.list', {})).rows[0]?.details ?? '', { timeout: 15_000 }).toContain('zz-nobody');
});
