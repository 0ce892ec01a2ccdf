// A folder of hundreds of text files is one import, and its report is for a person: figures by kind, then the files to look at.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { constructedKeyProtectorId, constructedPassword } from '../support/constructed-passwords.ts';
import { startDesk, type RunningDesk } from './running-desk.ts';
import { AS_USUAL, everythingIn, launch, lookAt, openWindow } from './window.ts';

let browser: Browser;
let desk: RunningDesk;
let folder: string;
const BROKEN = 130;
const WORDS = {
  en: { path: 'Path on this computer', byKind: 'Files by what they are', remarkable: 'Files to look at', more: 'Show 30 more' },
  de: { path: 'Pfad auf diesem Rechner', byKind: 'Dateien nach ihrer Art', remarkable: 'Dateien zum Ansehen', more: '30 weitere zeigen' },
} as const;

beforeAll(async () => {
  [browser, desk] = await Promise.all([launch(), startDesk()]);
  await desk.api.call('desk.create', { operatorName: 'lead-01', passphrase: 'a long walk by the sea', recoverySheet: false });
  folder = join(desk.folder, 'share');
  const text = (n: number, password: string): string => `BitLocker recovery key\r\n\r\nIdentifier:\r\n\r\n\t${constructedKeyProtectorId(n)}\r\n\r\nRecovery Key:\r\n\r\n\t${password}\r\n\r\nhttps://go.microsoft.com/fwlink/?LinkID=260589\r\n`;
  for (let n = 0; n < 400; n += 1) {
    const place = join(folder, n < 200 ? 'Kiel' : 'Lyon');
    mkdirSync(place, { recursive: true });
    const content = n < BROKEN ? (n % 2 === 0 ? text(n, constructedPassword(n).slice(0, 40)) : 'Ask the helpdesk for this one.\r\n') : n < 300 ? text(n, constructedPassword(n)) : `Computer Name: KI-WARD-${n}\r\n\r\nVolume C: [OSDisk]\r\n\r\n    Numerical Password:\r\n      ID: {${constructedKeyProtectorId(n)}}\r\n      Password:\r\n        ${constructedPassword(n)}\r\n`;
    writeFileSync(join(place, `PC-${String(n).padStart(4, '0')}.txt`), content);
  }
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

test.each(['en', 'de'] as const)('says how many files of which kind came in, and which are to be looked at, a hundred at a time: %s', async (language) => {
  const window = await openWindow(browser, desk.address, { ...AS_USUAL, language });
  const { page } = window;
  const words = WORDS[language];
  await page.getByRole('navigation').waitFor();
  await page.keyboard.press('Alt+7');
  await page.getByLabel(words.path).fill(folder);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: words.byKind }).waitFor();
  const articles = page.getByRole('article');
  await expect.poll(() => articles.count()).toBe(100);
  expect(await lookAt(page, 'folder-report', { language })).toEqual([]);
  await page.getByRole('heading', { name: words.remarkable }).scrollIntoViewIfNeeded();
  await page.getByRole('button', { name: words.more }).click();
  await expect.poll(() => articles.count()).toBe(BROKEN);
  await expect.poll(() => page.getByRole('button', { name: words.more }).count()).toBe(0);
  expect(await lookAt(page, 'folder-report-end', { language, withAxe: () => false })).toEqual([]);
  expect(await everythingIn(page)).not.toContain(constructedPassword(2).slice(0, 13));
  expect(window.faults()).toEqual([]);
  await window.close();
});
