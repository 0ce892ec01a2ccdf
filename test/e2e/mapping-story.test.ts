import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { madeUpKey } from './hand-over.ts';
import { startDesk, type RunningDesk } from './running-desk.ts';
import { AS_USUAL, everythingIn, launch, lookAt, openWindow, type OpenWindow } from './window.ts';

let browser: Browser;
let desk: RunningDesk;
let path: string;
const keys = Array.from({ length: 12 }, (_, number) => madeUpKey(number + 1));

beforeAll(async () => {
  [browser, desk] = await Promise.all([launch(), startDesk()]);
  await desk.api.call('desk.create', { operatorName: 'helpdesk-07', passphrase: 'a long walk by the sea', recoverySheet: false });
  path = join(desk.folder, 'kasten.csv');
  writeFileSync(path, ['Kasten;Zettel;Nummer;Abgelegt am', ...keys.map((key, number) => `${key.hostname};${key.recoveryPassword};${key.keyProtectorId};2024-0${1 + (number % 6)}-12 10:00`), ''].join('\r\n'));
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

const words = { en: { path: 'Path on this computer', form: 'Assign columns', host: 'Kasten', take: 'Import with these columns' }, de: { path: 'Pfad auf diesem Rechner', form: 'Spalten zuordnen', host: 'Kasten', take: 'Mit diesen Spalten importieren' } } as const;

async function choose({ page }: OpenWindow, language: 'en' | 'de'): Promise<void> {
  await page.getByRole('navigation').waitFor();
  await page.keyboard.press('Alt+7');
  await page.getByLabel(words[language].path).fill(path);
  await page.keyboard.press('Enter');
  await page.getByRole('form', { name: words[language].form }).waitFor();
}

describe('a table nobody knows', () => {
  test.each(['en', 'de'] as const)('asks what its columns are before anything is taken in, with recovery passwords hidden: %s', async (language) => {
    const window = await openWindow(browser, desk.address, { ...AS_USUAL, language });
    await choose(window, language);
    expect(await lookAt(window.page, 'import-map', { language })).toEqual([]);
    const everything = await everythingIn(window.page);
    for (const key of keys) expect(everything).not.toContain(key.recoveryPassword.slice(0, 13));
    await window.page.keyboard.press('Escape');
    await window.page.getByLabel(words[language].path).waitFor();
    await window.page.context().close();
  });

  test('comes in by the proposal with two presses of Enter, and the next one with its header without a question', async () => {
    const window = await openWindow(browser, desk.address);
    const { page } = window;
    await choose(window, 'en');
    await page.getByRole('button', { name: words.en.take }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('columns read as assigned by hand for this header').waitFor();
    await expect.poll(async () => (await desk.api.call('keys.lookUp', { query: keys[3]?.hostname ?? '', limit: 5 })).keyRecords.map(({ hostname, keyProtectorId }) => [hostname, keyProtectorId])).toEqual([[keys[3]?.hostname, keys[3]?.keyProtectorId]]);
    await page.getByLabel(words.en.path).fill(path);
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await desk.api.call('imports.list', {})).map(({ imported, unchanged }) => [imported, unchanged])).toEqual([[0, 12], [12, 0]]);
  });
});
