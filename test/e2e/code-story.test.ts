// A safe-boot medium is made in the window, its stick does not come back, and what its screen showed is typed in.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { makeCode } from './constructed-attempt.ts';
import { writeHandOver } from './hand-over.ts';
import { startDesk, type RunningDesk } from './running-desk.ts';
import { launch, lookAt, openWindow, tick, type OpenWindow } from './window.ts';

const BASE = fileURLToPath(new URL('../fixtures/base/windows-x64.iso.gz', import.meta.url));
let browser: Browser;
let desk: RunningDesk;
let window: OpenWindow;
let host: { readonly hostname: string };
let code = '';

beforeAll(async () => {
  [browser, desk] = await Promise.all([launch(), startDesk()]);
  await desk.api.call('desk.create', { operatorName: 'tech-ki-04', passphrase: 'a long walk by the sea', recoverySheet: false });
  const { path } = writeHandOver(desk.folder, 30);
  for await (const _event of desk.api.stream('imports.run', { paths: [path] })) { /* until it is done */ }
  const { rows: [first] } = await desk.api.call('hosts.list', { limit: 1 });
  host = { hostname: first?.hostname ?? '' };
  writeFileSync(join(desk.folder, 'Win11.iso'), gunzipSync(readFileSync(BASE)));
  window = await openWindow(browser, desk.address);
  await window.page.getByRole('navigation').waitFor();
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

test('what the medium does is chosen beside its people, and stands on its panel', async () => {
  const { page } = window;
  await page.goto(`${desk.origin}/#/media/make`);
  await page.locator('form input').first().fill(join(desk.folder, 'Win11.iso'));
  await page.keyboard.press('Enter');
  await page.getByText('step 2 of 4').waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await tick(page.getByLabel('tech-ki-04'));
  await page.getByRole('group', { name: 'What it does' }).or(page.getByRole('radiogroup', { name: 'What it does' })).getByText('Safe boot').click();
  await page.getByText('For hosts without a key').waitFor();
  expect(await lookAt(page, 'media-mode')).toEqual([]);
  await tick(page.getByLabel('Keep a copy of each removed file'));
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByLabel('Path of the image file').fill(join(desk.folder, 'safe-boot.img'));
  await page.getByRole('button', { name: 'Write safe-boot.img' }).click();
  await page.getByText('safe-boot.img is written and verified').waitFor({ timeout: 120_000 });
  const passcode = (await page.locator('section[aria-label="Passcodes, shown once"] li > span:nth-child(2) > span').allTextContents()).join('');
  expect((await desk.api.call('media.get', { mediaId: 'M-0001' })).medium.mode).toBe('safe-boot');
  code = await makeCode(join(desk.folder, 'safe-boot.img'), passcode, 'safe-boot-set', 'none');
});

test('a code that was misheard is called a slip; one of a locked host asks which host it was and moves it; a second time changes nothing', async () => {
  const { page } = window;
  await page.goto(`${desk.origin}/#/imports?view=results`);
  const form = page.getByRole('form', { name: 'Result code' });
  await form.getByLabel('Medium').fill('m-0001');
  await form.getByLabel('Code', { exact: false }).last().fill(code.replace(/.$/, (last) => (last === '3' ? '4' : '3')));
  await page.keyboard.press('Enter');
  await form.getByText('the check character does not fit').waitFor();
  await form.getByLabel('Code', { exact: false }).last().fill(code.toLowerCase());
  await page.keyboard.press('Enter');
  await form.getByText('The code says: Safe-boot flag set. Name the host.').waitFor();
  await form.getByLabel('Host').fill(host.hostname.toLowerCase());
  await page.keyboard.press('Enter');
  await form.getByText(`${host.hostname}: Safe-boot flag set. The host is now: In progress.`).waitFor();
  expect(await lookAt(page, 'result-code')).toEqual([]);
  expect(await desk.api.call('attempts.accept', { mediaId: 'M-0001', code, hostname: host.hostname })).toMatchObject({ status: 'unchanged', hostname: host.hostname, hostState: 'in-progress' });
  expect((await desk.api.call('attempts.list', {})).total).toBe(1);
  expect(window.faults()).toEqual([]);
});
