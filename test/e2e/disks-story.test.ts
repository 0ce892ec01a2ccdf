// A pulled disk at the desk: its image opened by a path, whose it is, what is known of it, a recovery password proven, a test broken off. In both languages.
import { closeSync, mkdirSync, openSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { recoveryPasswordFromBytes } from '../../electron/core/keys/recovery-password.ts';
import { constructVolume } from '../support/construct-volume.ts';
import { startDesk, type RunningDesk } from './running-desk.ts';
import { AS_USUAL, axeFinds, everythingIn, launch, openWindow, overflows, takePicture, type Look } from './window.ts';

const volume = constructVolume({ seed: 77, description: 'KI-SURG-0417 OSDisk 19/07/2024', recoveryPasswords: 2 });
const [stored, other] = volume.protectors;
const passwordOf = (one: typeof stored): string => recoveryPasswordFromBytes(one?.password ?? []) ?? '';

let browser: Browser;
let desk: RunningDesk;
let image: string;
let wiped: string;
let empty: string;
let twice: string;

beforeAll(async () => {
  [browser, desk] = await Promise.all([launch(), startDesk()]);
  await desk.api.call('desk.create', { operatorName: 'technician-04', passphrase: 'a long walk by the sea', recoverySheet: false });
  const folder = join(desk.folder, 'disks');
  mkdirSync(folder);
  image = join(folder, 'pulled-disk.img');
  wiped = join(folder, 'wiped-disk.img');
  writeFileSync(image, volume.image);
  writeFileSync(wiped, Buffer.from(volume.image).fill(0, 0, 4096));
  twice = join(folder, 'twice.img');
  writeFileSync(twice, twoPartitions(volume.image));
  empty = join(folder, 'empty-disk.img');
  writeEmptyDisk(empty);
  const keys = join(folder, 'keys.csv');
  writeFileSync(keys, `Hostname,KeyID,RecoveryKey\r\nKI-SURG-0417,${stored?.keyProtectorId ?? ''},${passwordOf(stored)}\r\n`);
  for await (const _ of desk.api.stream('imports.run', { paths: [keys] }, new AbortController().signal));
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

/** The volume twice, in two partitions of an MBR: a disk and its clone joined. */
function twoPartitions(bytes: Buffer): Buffer {
  const disk = Buffer.alloc(4 << 20);
  for (const n of [0, 1]) {
    disk[446 + 16 * n + 4] = 0x07;
    disk.writeUInt32LE(2048 + 2048 * n, 446 + 16 * n + 8);
    disk.writeUInt32LE(2048, 446 + 16 * n + 12);
    bytes.copy(disk, (1 + n) << 20);
  }
  disk.set([0x55, 0xaa], 510);
  return disk;
}

/** Sparse: 60 logical partitions of 2 GiB with nothing in them. */
function writeEmptyDisk(path: string): void {
  const [base, step] = [2048, (2 * 1024 ** 3) / 512];
  writeFileSync(path, '');
  truncateSync(path, 128 * 1024 ** 3);
  const disk = openSync(path, 'r+');
  const writeTable = (at: number, entries: readonly (readonly [type: number, first: number, count: number])[]): void => {
    const sector = Buffer.alloc(512);
    for (const [n, [type, first, count]] of entries.entries()) {
      sector[446 + 16 * n + 4] = type;
      sector.writeUInt32LE(first, 446 + 16 * n + 8);
      sector.writeUInt32LE(count, 446 + 16 * n + 12);
    }
    sector.set([0x55, 0xaa], 510);
    writeSync(disk, sector, 0, 512, at * 512);
  };
  writeTable(0, [[0x0f, base, 61 * step]]);
  for (let n = 0; n < 60; n += 1) writeTable(base + n * step, [[0x07, 2048, step - 4096], ...(n < 59 ? [[0x05, (n + 1) * step, step] as const] : [])]);
  closeSync(disk);
}

const words = {
  en: { unusable: 'Its first sector is wiped or overwritten', typed: 'Test a typed one', stored: 'Test 2 key records', cancel: 'Cancel', searched: /of 64\.4.GB looked through/, brokenOff: 'Broken off', again: 'Read again' },
  de: { unusable: 'Sein erster Sektor ist gelöscht', typed: 'Ein eingegebenes prüfen', stored: '2 Schlüsseldatensätze prüfen', cancel: 'Abbrechen', searched: /von 64,4.GB durchsucht/, brokenOff: 'Abgebrochen', again: 'Neu lesen' },
} as const;
const LOOKS: readonly Look[] = [AS_USUAL, { language: 'de', theme: 'dark', width: 900, height: 640 }];

describe.each(LOOKS)('a pulled disk, in $language', (look) => {
  const said = words[look.language];

  test('is opened by its path: whose it is, every protector, and what the desk knows of it', async () => {
    const window = await openWindow(browser, desk.address, look);
    const { page } = window;
    await page.getByRole('navigation').waitFor();
    await page.evaluate(() => { location.hash = '#/disks'; });
    await page.locator('form input').first().fill(image);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'KI-SURG-0417' }).waitFor();
    await page.getByRole('row').filter({ hasText: stored?.keyProtectorId ?? '' }).getByRole('link', { name: 'KI-SURG-0417' }).waitFor();
    await page.getByRole('row').filter({ hasText: other?.keyProtectorId ?? '' }).waitFor();
    expect(await overflows(page)).toBe(false);
    expect(await axeFinds(page)).toEqual([]);
    await takePicture(page, 'disk-inspected', look);
    expect(window.faults()).toEqual([]);
    await window.close();
  });

  test('with two volumes of one computer tells them apart, and shows all of what was tested in a narrow window', async () => {
    const window = await openWindow(browser, desk.address, { ...look, width: 390, height: 844 });
    const { page } = window;
    await page.getByRole('navigation').waitFor();
    await page.evaluate((path) => { location.hash = `#/disks?path=${encodeURIComponent(path)}`; }, twice);
    await page.getByRole('button', { name: said.stored }).click();
    await page.getByRole('status').filter({ hasText: stored?.keyProtectorId.slice(0, 8) ?? '' }).waitFor();
    expect(await page.getByRole('heading', { name: 'KI-SURG-0417' }).count()).toBe(2);
    const edges = await page.locator('table').evaluateAll((tables) => tables.map((one) => [one.scrollWidth - one.clientWidth, one.getBoundingClientRect().right]));
    for (const [hidden, right] of edges) expect([hidden, (right ?? 0) <= 390]).toEqual([0, true]);
    expect(await overflows(page)).toBe(false);
    expect(await axeFinds(page)).toEqual([]);
    await takePicture(page, 'disk-twice', look);
    expect(window.faults()).toEqual([]);
    await window.close();
  });

  test('whose first sector is wiped is shown all the same, and said to be', async () => {
    const window = await openWindow(browser, desk.address, look);
    const { page } = window;
    await page.getByRole('navigation').waitFor();
    await page.evaluate((path) => { location.hash = `#/disks?path=${encodeURIComponent(path)}`; }, wiped);
    await page.getByRole('heading', { name: 'KI-SURG-0417' }).waitFor();
    await page.getByText(said.unusable).waitFor();
    expect(await overflows(page)).toBe(false);
    await takePicture(page, 'disk-wiped', look);
    await window.close();
  });

  test('with many empty partitions is searched with a figure of how far it is, and broken off by a key', async () => {
    const window = await openWindow(browser, desk.address, look);
    const { page } = window;
    await page.getByRole('navigation').waitFor();
    await page.evaluate((path) => { location.hash = `#/disks?path=${encodeURIComponent(path)}`; }, empty);
    const isSearched = (): Promise<boolean> => page.getByText(said.searched).isVisible();
    await desk.standStillOnce(isSearched);
    expect(await overflows(page)).toBe(false);
    expect(await axeFinds(page)).toEqual([]);
    await takePicture(page, 'disk-searching', look);
    await page.keyboard.press('Escape');
    desk.goOn();
    await page.getByRole('heading', { name: said.brokenOff }).waitFor();
    await takePicture(page, 'disk-broken-off', look);
    await page.locator('main').getByRole('button', { name: said.again }).last().click();
    await desk.standStillOnce(isSearched);
    await page.locator('main').getByRole('button', { name: said.cancel, exact: true }).first().click();
    desk.goOn();
    await page.getByRole('heading', { name: said.brokenOff }).waitFor();
    expect(window.faults()).toEqual([]);
    await window.close();
  });

  test('is tested with a typed recovery password, which may be broken off; it is neither kept nor repeated, and reveals the others', async () => {
    const window = await openWindow(browser, desk.address, look);
    const { page } = window;
    await page.getByRole('navigation').waitFor();
    await page.evaluate((path) => { location.hash = `#/disks?path=${encodeURIComponent(path)}`; }, image);
    await page.getByRole('heading', { name: 'KI-SURG-0417' }).waitFor();
    const area = page.locator('section').filter({ has: page.getByRole('button', { name: said.typed }) }).last();
    const type = async (password: string): Promise<void> => {
      await area.getByRole('button', { name: said.typed }).click();
      await page.locator('form input').last().fill(password);
      await page.keyboard.press('Enter');
    };
    await type(passwordOf(other));
    await desk.standStillOnce(() => page.getByRole('img', { name: /%/ }).isVisible());
    await takePicture(page, 'disk-testing', look);
    await page.getByRole('button', { name: said.cancel }).click();
    desk.goOn();
    await page.getByRole('img', { name: /%/ }).waitFor({ state: 'detached' });
    expect(await page.getByRole('status').filter({ hasText: stored?.keyProtectorId.slice(0, 8) ?? '' }).count()).toBe(0);
    await type(passwordOf(other));
    await page.getByRole('status').filter({ hasText: other?.keyProtectorId.slice(0, 8) ?? '' }).waitFor();
    await page.getByRole('status').filter({ hasText: stored?.keyProtectorId.slice(0, 8) ?? '' }).waitFor(); // revealed by the one
    await takePicture(page, 'disk-tested', look);
    const everything = await everythingIn(page);
    for (const group of passwordOf(other).split('-')) expect(everything).not.toContain(group);
    expect(window.faults()).toEqual([]);
    await window.close();
  });
});
