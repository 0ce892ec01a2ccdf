import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { MESSAGES } from '../../renderer/messages/index.ts';
import { madeUpKey } from './hand-over.ts';
import { startDesk, type RunningDesk } from './running-desk.ts';
import { AS_USUAL, everythingIn, launch, lookAt, openWindow, takePicture } from './window.ts';

const PASSPHRASE = 'a long walk by the sea';
const CODE = /(?:[0-9A-HJKMNP-TV-Z]{4}[\s-]*){8}/;
const key = madeUpKey(1);

let browser: Browser;
let desk: RunningDesk;

beforeAll(async () => {
  [browser, desk] = await Promise.all([launch(), startDesk()]);
  await desk.api.call('desk.create', { operatorName: 'first', passphrase: PASSPHRASE, recoverySheet: false });
  const path = join(desk.folder, 'keys.csv');
  writeFileSync(path, `Hostname,KeyID,RecoveryKey,Directory\r\n${key.hostname},${key.keyProtectorId},${key.recoveryPassword},Entra\r\n`);
  for await (const _ of desk.api.stream('imports.run', { paths: [path] }));
  await desk.api.call('operators.add', { name: 'leaver', roles: ['technician'], passphrase: PASSPHRASE });
  await desk.api.call('operators.disable', { name: 'leaver' });
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

test('somebody has left: the keys are changed behind one question, and the new recovery sheet is typed back before anything goes on', async () => {
  const m = MESSAGES.en;
  const window = await openWindow(browser, `${desk.address}`, AS_USUAL);
  const { page } = window;
  await page.getByRole('navigation').waitFor();
  await page.getByRole('link', { name: m.screens.operators }).click();
  await page.getByRole('button', { name: m.operators.changeKeys }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: m.operators.changeKeys }).click();
  await page.getByRole('heading', { name: m.firstStart.sheetTitle }).first().waitFor();
  await takePicture(page, 'operators-new-sheet', AS_USUAL);
  const groups = await page.locator('ol > li > span:last-child').allInnerTexts();
  expect(groups.join('-')).toMatch(CODE);
  const asked = page.getByLabel(/group/i).first();
  const label = await page.locator('label').first().innerText();
  await asked.fill(groups[Number(/\d+/.exec(label)?.[0]) - 1] ?? '');
  await page.keyboard.press('Enter');
  await page.getByRole('navigation').waitFor();
  expect(await everythingIn(page)).not.toContain(groups.join('-'));
  // Nobody had to sign in again, and what was readable still is.
  const disclosed = await desk.api.call('keys.lookUp', { query: key.keyProtectorId.slice(0, 8), limit: 5 });
  expect(disclosed.keyRecords).toHaveLength(1);
  expect((await desk.api.call('audit.verify', {})).intact).toBe(true);
  await desk.api.call('vault.close', {});
  await expect(desk.api.call('vault.open', { operatorName: 'leaver', passphrase: PASSPHRASE })).rejects.toMatchObject({ code: 'wrong-passphrase' });
  await desk.api.call('vault.open', { operatorName: 'first', passphrase: PASSPHRASE });
  expect(window.faults()).toEqual([]);
  await window.close();
});

test.each(['en', 'de'] as const)('the question in every look (%s)', async (language) => {
  const m = MESSAGES[language];
  const window = await openWindow(browser, `${desk.address}`, { ...AS_USUAL, language });
  const { page } = window;
  await page.getByRole('navigation').waitFor();
  await page.getByRole('link', { name: m.screens.operators }).click();
  await page.getByRole('button', { name: m.operators.changeKeys }).click();
  await page.getByRole('dialog').waitFor();
  expect(await lookAt(page, 'operators-change-keys', { language })).toEqual([]);
  expect(window.faults()).toEqual([]);
  await window.close();
});
