import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { constructedKeyProtectorId, constructedPassword } from '../support/constructed-passwords.ts';
import { startDesk, type RunningDesk } from './running-desk.ts';
import { AS_USUAL, everythingIn, launch, lookAt, openWindow, overflows, takePicture, type OpenWindow } from './window.ts';

let browser: Browser;
let desk: RunningDesk;
let handedOver: string;

const words = { en: { path: 'Path on this computer', notTaken: 'external key', conflicts: 'Conflicts' }, de: { path: 'Pfad auf diesem Rechner', notTaken: 'externer Schlüssel', conflicts: 'Konflikte' } } as const;

beforeAll(async () => {
  [browser, desk] = await Promise.all([launch(), startDesk()]);
  await desk.api.call('desk.create', { operatorName: 'lead-01', passphrase: 'a long walk by the sea', recoverySheet: false });
  const table = (...rows: readonly (readonly [host: string, id: number, password: string])[]): string =>
    ['"Hostname","KeyID","RecoveryKey","Directory"', ...rows.map(([host, id, password]) => `"${host}","${constructedKeyProtectorId(id)}","${password}","ActiveDirectory"`), ''].join('\r\n');
  writeFileSync(join(desk.folder, 'june.csv'), table(['KI-SURG-0001', 1, constructedPassword(1)]));
  for await (const _event of desk.api.stream('imports.run', { paths: [join(desk.folder, 'june.csv')] })) { /* until it is done */ }

  handedOver = join(desk.folder, 'handed over');
  mkdirSync(handedOver);
  writeFileSync(join(handedOver, 'july.csv'), table(['KI-SURG-0001', 1, constructedPassword(2)], ['KI-WARD-0002', 2, 'System.Object[]'], ['KI-WARD-0003', 3, '4,78401E+47'], ['KI-WARD-0004', 4, constructedPassword(4)]));
  const bek = Buffer.alloc(156, 7);
  [156, 1, 0x30, 156].forEach((number, index) => bek.writeUInt32LE(number, 4 * index));
  writeFileSync(join(handedOver, 'startup.BEK'), bek);
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

async function importFolder({ page }: OpenWindow, language: 'en' | 'de'): Promise<void> {
  await page.getByRole('navigation').waitFor();
  await page.keyboard.press('Alt+7');
  await page.getByLabel(words[language].path).fill(handedOver);
  await page.keyboard.press('Enter');
  await page.getByText(words[language].notTaken).waitFor();
}

describe('the report of an import', () => {
  test.each(['en', 'de'] as const)('says what came in, what contradicts what, which rows did not and why, and what a file is that is not taken in: %s', async (language) => {
    const window = await openWindow(browser, desk.address, { ...AS_USUAL, language });
    await importFolder(window, language);
    expect(await lookAt(window.page, 'import-report', { language })).toEqual([]);
    const everything = await everythingIn(window.page);
    for (const n of [1, 2, 4]) expect(everything).not.toContain(constructedPassword(n).slice(0, 13));
    expect(window.faults()).toEqual([]);
    await window.close();
  });

  test('takes in a file that is dropped beside the frame for it; on another screen a dropped file is not opened in the place of the desk', async () => {
    const window = await openWindow(browser, desk.address);
    const { page } = window;
    await page.getByRole('navigation').waitFor();
    const drop = (name: string): Promise<boolean> => page.evaluate((file) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['KI-DROP-0001\r\nKI-DROP-0002\r\n'], file));
      const events = ['dragover', 'drop'].map((type) => new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
      return events.every((event) => { document.querySelector('nav')?.dispatchEvent(event); return event.defaultPrevented; });
    }, name);
    expect(await drop('at-the-look-up.txt')).toBe(true);
    await page.keyboard.press('Alt+7');
    await page.getByRole('heading', { name: 'Drop files here' }).waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Import files' }).isEnabled()).toBe(true);
    expect(await drop('at-the-imports.txt')).toBe(true);
    await page.getByRole('heading', { name: 'at-the-imports.txt' }).first().waitFor(); // the import that runs has one too, until its report is there
    expect((await desk.api.call('imports.list', {})).flatMap(({ files }) => files)).not.toContain('at-the-look-up.txt');
    const mail = join(desk.folder, 'from the mail');
    mkdirSync(join(mail, 'Kiel'), { recursive: true });
    for (const name of ['one.txt', 'Kiel/two.txt']) writeFileSync(join(mail, name), `KI-MAIL-${name.length}\r\n`);
    const pointer = await page.context().newCDPSession(page);
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await pointer.send('Input.dispatchDragEvent', { type, x: 600, y: 120, data: { items: [], files: [mail], dragOperationsMask: 1 } });
    await page.getByRole('heading', { name: 'two.txt' }).waitFor(); // of a folder, all that is in it
    expect(await page.getByRole('heading', { name: 'one.txt' }).isVisible()).toBe(true);
    expect(window.faults()).toEqual([]);
    await window.close();
  });

  test('shows both sides of the conflict with file and row, and hands the rejected rows back without a value', async () => {
    const window = await openWindow(browser, desk.address);
    const { page } = window;
    await page.getByRole('navigation').waitFor();
    await page.goto(`${desk.origin}/#/imports?import=2`);
    const conflict = page.getByRole('row', { name: new RegExp(constructedKeyProtectorId(1).slice(0, 8)) });
    await conflict.waitFor();
    await expect.poll(() => conflict.innerText()).toMatch(/june\.csv, row 2[\s\S]*july\.csv, row 2/);
    const [before, now] = await Promise.all([conflict.getByRole('cell').nth(1), conflict.getByRole('cell').nth(2)].map((side) => side.boundingBox()));
    expect(Math.abs((before?.width ?? 0) - (now?.width ?? 0))).toBeLessThan(100); // side by side, neither squeezed
    expect(await conflict.getByRole('link').getAttribute('href')).toBe(`#/matching?view=conflicts&id=${constructedKeyProtectorId(1)}`);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save 2 rejected rows' }).click();
    const handedBack = readFileSync(await (await saved).path(), 'utf8');
    expect(handedBack.split('\r\n').filter((line) => line !== '')).toHaveLength(3);
    expect(handedBack).toMatch(/july\.csv/);
    expect(handedBack).not.toMatch(/4,78401|\d{6}-\d{6}/);
    await window.close();
  });

  test('goes on while its operator is on the telephone: nobody is taken from where they are, and coming back finds it under way', async () => {
    const path = join(desk.folder, 'all of them.csv');
    writeFileSync(path, ['Hostname,KeyID,RecoveryKey', ...Array.from({ length: 20_000 }, (_, n) => `CALL-${n},${constructedKeyProtectorId(90_000 + n)},${constructedPassword(90_000 + n)}`), ''].join('\r\n'));
    const window = await openWindow(browser, desk.address);
    const { page } = window;
    await page.getByRole('navigation').waitFor();
    await page.keyboard.press('Alt+7');
    await page.getByLabel('Path on this computer').fill(path);
    await page.keyboard.press('Enter');
    await desk.standStillOnce(() => page.getByRole('button', { name: 'Cancel import' }).isVisible());
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('region'); // what was pressed is gone, a keyboard is still on the page
    await page.keyboard.press('Alt+1');
    await page.keyboard.press('Alt+7');
    await page.getByRole('button', { name: 'Cancel import' }).waitFor();
    await page.keyboard.press('Alt+1');
    await page.keyboard.type('KI-SURG');
    desk.goOn();
    await page.getByText('Import of all of them.csv has ended: 20,000 new, 0 unchanged, 0 rejected. The report is in Imports.').waitFor();
    expect(await page.evaluate(() => location.hash)).toMatch(/^#\/lookup/);
    expect(await page.locator('[data-lookup-field]').inputValue()).toBe('KI-SURG');
    expect(window.faults()).toEqual([]);
    await window.close();
    const [last] = await desk.api.call('imports.list', {});
    for await (const _event of desk.api.stream('imports.undo', { importId: last?.importId ?? 0 })) { /* until it is done */ }
  });

  test('that another window runs is said to be read still, and is neither whole nor to be undone', async () => {
    const window = await openWindow(browser, desk.address);
    const { page } = window;
    await page.getByRole('navigation').waitFor();
    await page.route('**/call/imports.*', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: (await answer.text()).replaceAll(/"finishedAt":"[^"]*"/g, '"finishedAt":null') });
    });
    await page.goto(`${desk.origin}/#/imports?import=1`);
    await page.getByText('This import is still being read').waitFor();
    await page.getByText('june.csv, is being read').waitFor();
    expect(await page.getByText('Every row came in.').count() + await page.getByRole('button', { name: 'Undo import' }).count()).toBe(0);
    await window.close();
  });

  test('is undone behind one question, on record, and can come in again', async () => {
    const window = await openWindow(browser, desk.address);
    const { page } = window;
    await page.getByRole('navigation').waitFor();
    const count = async (): Promise<number> => (await desk.api.call('status.get', {})).keyRecords;
    const open = async (): Promise<readonly number[]> => (await desk.api.call('imports.list', {})).filter(({ undone }) => undone === null).map(({ importId }) => importId);
    for (const importId of (await open()).filter((id) => id > 1)) {
      await page.goto(`${desk.origin}/#/imports?import=${importId}`);
      await page.getByRole('button', { name: 'Undo import', exact: true }).click();
      await page.getByRole('dialog').getByRole('button', { name: /^Undo import/ }).click();
      await page.getByRole('region').getByText(/^Undone .* by lead-01\.$/).waitFor();
    }
    expect(await open()).toEqual([1]);
    await expect.poll(() => count()).toBe(1);
    await importFolder(window, 'en');
    await expect.poll(count).toBe(3);
    expect(window.faults()).toEqual([]);
    await window.close();
  });

  test.each([AS_USUAL, { language: 'de', theme: 'dark', width: 900, height: 640 } as const])('whose undoing takes long says how far it is, may be broken off, and is taken back to its end by asking again, in $language', async (look) => {
    const said = look.language === 'en' ? { undo: 'Undo import', cancel: 'Cancel', brokenOff: /^Broken off/, undone: /^Undone .* by lead-01\.$/ } : { undo: 'Import rückgängig machen', cancel: 'Abbrechen', brokenOff: /^Abgebrochen/, undone: /^Rückgängig gemacht .* von lead-01\.$/ };
    const path = join(desk.folder, `many-${look.language}.csv`);
    writeFileSync(path, ['Hostname,KeyID,RecoveryKey', ...Array.from({ length: 20_000 }, (_, n) => `MANY-${n},${constructedKeyProtectorId(5000 + n)},${constructedPassword(5000 + n)}`), ''].join('\r\n'));
    let importId = 0;
    for await (const event of desk.api.stream('imports.run', { paths: [path] })) if (event.kind === 'done') importId = event.importId;
    const window = await openWindow(browser, desk.address, look);
    const { page } = window;
    await page.getByRole('navigation').waitFor();
    await page.evaluate((id) => { location.hash = `#/imports?import=${id}`; }, importId);
    const begin = async (): Promise<void> => {
      await page.getByRole('button', { name: said.undo, exact: true }).click();
      await page.getByRole('dialog').locator('button[type=submit]').click();
    };
    await begin();
    await desk.standStillOnce(() => page.getByRole('dialog').getByRole('img', { name: /%/ }).isVisible());
    await takePicture(page, 'import-undoing', look);
    await page.getByRole('dialog').getByRole('button', { name: said.cancel }).click();
    desk.goOn();
    await page.getByText(said.brokenOff).waitFor();
    expect(await overflows(page)).toBe(false);
    await takePicture(page, 'import-undo-broken-off', look);
    expect((await desk.api.call('imports.get', { importId })).summary.undone).toBeNull();
    await begin();
    await page.getByText(said.undone).waitFor();
    expect((await desk.api.call('audit.verify', {})).intact).toBe(true);
    expect(window.faults()).toEqual([]);
    await window.close();
  });

  test('asks of an inventory whether its hosts are down; one press says so, another takes it back, in every look', async () => {
    const path = join(desk.folder, 'incident 4711.csv');
    writeFileSync(path, ['sys_id,name,serial_number,os', ...Array.from({ length: 12 }, (_, n) => `${String(n).padStart(32, '0')},CMDB-${1000 + n},SN${n}X,Windows 11`), ''].join('\r\n'));
    let importId = 0;
    for await (const event of desk.api.stream('imports.run', { paths: [path] })) if (event.kind === 'done') importId = event.importId;
    const down = async (): Promise<number> => (await desk.api.call('hosts.list', { query: 'CMDB-', states: ['reported'], limit: 50 })).total;
    const window = await openWindow(browser, desk.address);
    const { page } = window;
    await page.getByRole('navigation').waitFor();
    await page.goto(`${desk.origin}/#/imports?import=${importId}`);
    await page.getByText('12 hosts are on this list, and it sets nobody down.').waitFor();
    expect(await lookAt(page, 'import-inventory')).toEqual([]);
    await page.getByRole('button', { name: 'Yes, these 12 hosts are down' }).click();
    await page.getByText('lead-01 said that these hosts are down').waitFor();
    expect(await down()).toBe(12);
    await page.getByRole('button', { name: 'It is an inventory only' }).click();
    await page.getByText('lead-01 said that this is an inventory only').waitFor();
    expect(await down()).toBe(0);
    expect(window.faults()).toEqual([]);
    await window.close();
  });
});
