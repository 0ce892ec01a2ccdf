import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { constructedKeyProtectorId, constructedPassword } from '../support/constructed-passwords.ts';
import { startDesk, type RunningDesk } from './running-desk.ts';
import { axeFinds, cutOff, launch, openWindow, overflows, type OpenWindow } from './window.ts';

let browser: Browser;
let desk: RunningDesk;
let window: OpenWindow;

beforeAll(async () => {
  [browser, desk] = await Promise.all([launch(), startDesk()]);
  await desk.api.call('desk.create', { operatorName: 'lead-01', passphrase: 'a long walk by the sea', recoverySheet: false });
  const file = (name: string, ...lines: readonly string[]): string => {
    writeFileSync(join(desk.folder, name), [...lines, ''].join('\r\n'));
    return join(desk.folder, name);
  };
  const keys = (name: string, ...rows: readonly (readonly [host: string, id: number, password: number])[]): string =>
    file(name, '"Hostname","KeyID","RecoveryKey","Directory"', ...rows.map(([host, id, password]) => `"${host}","${constructedKeyProtectorId(id)}","${constructedPassword(password)}","ActiveDirectory"`));
  const paths = [
    keys('june.csv', ['KI-SURG-0001', 1, 1], ['', 4, 4], ['KI-OLD-0001', 5, 5]), keys('july.csv', ['KI-SURG-0001', 1, 2], ['', 4, 4]),
    file('devices.csv', 'Device ID,Device name,Serial number,Last check-in', 'x,KI-OLD-0001,SN-0001,2024-06-01T05:00:00Z', 'x,KI-NEW-0001,SN-0001,2024-07-18T05:00:00Z', 'x,KI-BARE-0001,SN-0002,2024-07-18T05:00:00Z'),
  ];
  for await (const _event of desk.api.stream('imports.run', { paths })) { /* until it is done */ }
  window = await openWindow(browser, desk.address);
  await window.page.getByRole('navigation').waitFor();
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

describe('where sources do not fit together', () => {
  test('both passwords of a conflict stand side by side with fingerprint and sources, and lead to their disclosure', async () => {
    const { page } = window;
    await page.goto(`${desk.origin}/#/matching`);
    const sides = page.getByRole('article');
    await sides.nth(1).waitFor();
    const texts = await sides.allInnerTexts();
    expect(texts.map((text) => [/^[0-9A-Z]{4}-[0-9A-Z]{4}$/m.test(text), /j\w+\.csv, row 2/.exec(text)?.[0], text.includes('Goes on media')])).toEqual([[true, 'july.csv, row 2', true], [true, 'june.csv, row 2', false]]);
    for (const text of texts) for (const n of [1, 2]) expect(text).not.toContain(constructedPassword(n));
    await sides.nth(1).getByRole('link', { name: 'Open in the lookup' }).click();
    await page.getByText('june.csv, row 2').waitFor();
    await page.getByRole('link', { name: 'Compare them' }).click();
    await sides.nth(1).waitFor();
  });

  test('a key without a host names all its files, a host without a key is listed', async () => {
    const { page } = window;
    await page.goto(`${desk.origin}/#/matching?view=keys`);
    await page.getByRole('cell', { name: 'june.csv, row 3 july.csv, row 3' }).waitFor();
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as CSV' }).click();
    expect((await saved).suggestedFilename()).toBe('keys-without-host.csv');
    await page.goto(`${desk.origin}/#/matching?view=hosts`);
    await page.getByRole('rowheader', { name: 'KI-BARE-0001' }).getByRole('link').click(); // and leads to it
    await page.getByText('1 of 4').waitFor();
    await page.goBack();
    await page.getByRole('rowheader', { name: 'KI-BARE-0001' }).waitFor();
    await page.goto(`${desk.origin}/#/matching?view=keys`);
    await page.getByRole('link', { name: constructedKeyProtectorId(4).slice(0, 8) }).click();
    await page.getByText('june.csv, row 3').waitFor();
    expect(await page.locator('[data-lookup-field]').inputValue()).toBe(constructedKeyProtectorId(4));
  });

  test('key coverage can be read on a telephone', async () => {
    const { page } = window;
    await page.setViewportSize({ width: 390, height: 800 });
    await page.goto(`${desk.origin}/#/overview/coverage`);
    const rows = page.getByRole('table').first().getByRole('row');
    await rows.nth(5).waitFor();
    for (const row of await rows.all()) expect((await row.boundingBox())?.height ?? 1000).toBeLessThan(120); // no note a letter wide and a page high
    expect([await cutOff(page), await overflows(page)]).toEqual([[], false]);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  test('two names with one serial number are joined with a reason, and parted again', async () => {
    const { page } = window;
    await page.goto(`${desk.origin}/#/matching?view=questions`);
    await page.getByRole('button', { name: 'Join KI-NEW-0001 and KI-OLD-0001' }).click();
    const dialog = page.getByRole('dialog');
    await expect.poll(() => dialog.getByRole('button', { name: 'Join', exact: true }).isDisabled()).toBe(true);
    await page.keyboard.type('renamed on Friday'); // the reason has the focus, not the choice of a name above it
    expect(await dialog.getByLabel('Reason').inputValue()).toBe('renamed on Friday');
    expect(await axeFinds(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Join', exact: true }).click();
    await page.getByRole('heading', { name: 'No questions about hosts' }).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY');
    await page.goto(`${desk.origin}/#/lookup?q=KI-OLD-0001`);
    await page.getByRole('option', { name: /KI-NEW-0001.*formerly KI-OLD-0001/ }).waitFor();
    await page.goto(`${desk.origin}/#/matching?view=questions`);
    await page.getByRole('button', { name: /^Take back/ }).click();
    await dialog.getByLabel('Reason').fill('two machines after all');
    await dialog.getByRole('button', { name: 'Take back', exact: true }).click();
    await page.getByText('taken back by lead-01').waitFor();
    await page.getByRole('button', { name: 'Join KI-NEW-0001 and KI-OLD-0001' }).waitFor();
  });

  test('a renaming that no list shows is joined at the host, by name', async () => {
    const { page } = window;
    const { rows } = await desk.api.call('hosts.list', { query: 'KI-BARE-0001' });
    await page.goto(`${desk.origin}/#/hosts?host=${rows[0]?.hostId}`);
    await page.getByRole('button', { name: 'Join KI-BARE-0001 with another host' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name of the other host').fill('nobody');
    await dialog.getByLabel('Reason').fill('seen at the desk');
    await dialog.getByRole('button', { name: 'Join', exact: true }).click();
    await dialog.getByText('No other host is called nobody').waitFor();
    await dialog.getByLabel('Name of the other host').fill('ki-surg-0001');
    await dialog.getByRole('button', { name: 'Join', exact: true }).click();
    await page.getByText('Formerly').waitFor();
    expect((await desk.api.call('hosts.list', { query: 'KI-BARE-0001' })).rows).toMatchObject([{ keyRecords: 2 }]);
  });

  test('nothing went wrong in the window meanwhile', () => {
    expect(window.faults()).toEqual([]);
  });
});
