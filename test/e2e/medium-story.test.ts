import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { writeHandOver } from './hand-over.ts';
import { startDesk, type RunningDesk } from './running-desk.ts';
import { everythingIn, launch, lookAt, openWindow, tick, type OpenWindow } from './window.ts';

const BASE = fileURLToPath(new URL('../fixtures/base/windows-x64.iso.gz', import.meta.url));
const SERVICED = fileURLToPath(new URL('../fixtures/base/serviced-x64.wim.gz', import.meta.url));
const NO_SCRIPT_HOST = fileURLToPath(new URL('../fixtures/base/no-scrrun.wim.gz', import.meta.url));
let browser: Browser;
let desk: RunningDesk;
let window: OpenWindow;
let passcode = '';

beforeAll(async () => {
  [browser, desk] = await Promise.all([launch(), startDesk()]);
  await desk.api.call('desk.create', { operatorName: 'tech-ki-04', passphrase: 'a long walk by the sea', recoverySheet: false });
  const { path } = writeHandOver(desk.folder, 30);
  for await (const _event of desk.api.stream('imports.run', { paths: [path] })) { /* until it is done */ }
  writeFileSync(join(desk.folder, 'Win11.iso'), gunzipSync(readFileSync(BASE)));
  writeFileSync(join(desk.folder, 'serviced.wim'), gunzipSync(readFileSync(SERVICED)));
  writeFileSync(join(desk.folder, 'no-scrrun.wim'), gunzipSync(readFileSync(NO_SCRIPT_HOST)));
  for (const [name, decoration] of [['rst', 'NTamd64'], ['rst-arm', 'NTarm64']] as const) {
    mkdirSync(join(desk.folder, 'Drivers', name), { recursive: true });
    writeFileSync(join(desk.folder, 'Drivers', name, 'iaStorAC.inf'), `[Version]\r\nSignature="$Windows NT$"\r\nClass=SCSIAdapter\r\nDriverVer=07/11/2023,19.5.7.1058\r\n[Manufacturer]\r\n%I%=Models,${decoration}\r\n`);
  }
  window = await openWindow(browser, desk.address);
  await window.page.getByRole('navigation').waitFor();
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

describe('making a medium as an image file', () => {
  test('what is no base is refused by name, and the step stays', async () => {
    const { page } = window;
    await page.goto(`${desk.origin}/#/media`);
    await page.getByRole('heading', { name: 'No medium yet' }).waitFor();
    await page.getByRole('button', { name: 'Make medium' }).click();
    await page.getByLabel('Base', { exact: false }).first().fill(join(desk.folder, 'BitLockerKeys.csv'));
    await page.keyboard.press('Enter');
    await page.getByText('That is not a Windows ISO, boot.wim or WinRE.wim').waitFor();
    await expect.poll(() => page.getByText('step 1 of 4').isVisible()).toBe(true);
  });

  test('base, scope, technician and place; the passcode is shown once, in the magenta frame', async () => {
    const { page } = window;
    await page.locator('form input').first().fill(join(desk.folder, 'Win11.iso'));
    await page.keyboard.press('Enter');
    await page.getByText('step 2 of 4').waitFor();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('step 3 of 4').waitFor();
    expect(await page.getByRole('complementary').innerText()).toMatch(/Hosts\s+30\s+Key records\s+30\s+Left out\s+2\s/);
    await tick(page.getByLabel('tech-ki-04'));
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('step 4 of 4').waitFor();
    await expect.poll(() => page.getByRole('button', { name: 'Write image' }).isDisabled()).toBe(true);
    await page.getByLabel('Path of the image file').fill(join(desk.folder, 'wave-1.img'));
    await page.getByRole('button', { name: 'Write wave-1.img' }).click();
    await page.getByText('wave-1.img is written and verified').waitFor({ timeout: 120_000 });
    expect(existsSync(join(desk.folder, 'wave-1.img'))).toBe(true);
    passcode = (await page.locator('section[aria-label="Passcodes, shown once"] li > span:nth-child(2) > span').allTextContents()).join('');
    expect(passcode).toMatch(/^[0-9BCDEFGHJKNPRSTVX]{18}$/);
    expect(await page.getByRole('alert').count()).toBe(0);
    expect((await desk.api.call('media.list', {})).total).toBe(1);
  });

  test('in every look the passcode has room, and the page nothing against it', async () => {
    const { page } = window;
    expect(await lookAt(page, 'media-passcodes', { withAxe: ({ language }) => language === 'de' })).toEqual([]);
  });

  test('the medium is finished only when every passcode was noted, and then it is nowhere in the window', async () => {
    const { page } = window;
    await expect.poll(() => page.getByRole('button', { name: /^Finish/ }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Noted' }).click();
    await page.getByRole('button', { name: /^Finish/ }).click();
    await page.getByRole('heading', { level: 2, name: /^M-/ }).waitFor();
    const everything = await everythingIn(page);
    expect(everything).not.toContain(passcode);
    for (const group of passcode.match(/.{3}/g) ?? []) expect(everything).not.toContain(`>${group}<`);
    expect((await desk.api.call('media.list', {})).rows[0]).toMatchObject({ hosts: 30, keyRecords: 30, technicians: ['tech-ki-04'] });
  });

  test('the image is inspected: every file as the manifest says, and the medium known', async () => {
    const { page } = window;
    await page.getByRole('button', { name: 'Inspect image' }).click();
    await page.getByLabel('Image file or folder', { exact: false }).fill(join(desk.folder, 'wave-1.img'));
    await page.keyboard.press('Enter');
    await page.getByText('every file matches the manifest').waitFor();
    await expect.poll(() => page.locator('dl').innerText()).toMatch(/In the register\s+yes/);
  });

  test('what was put on the medium is listed as one disclosure', async () => {
    const { page } = window;
    await page.keyboard.press('Alt+8');
    await page.getByRole('link', { name: /30 key records/ }).waitFor();
  });

  test('an existing file is not replaced unless that was said', async () => {
    const { page } = window;
    await page.goto(`${desk.origin}/#/media/make`);
    await page.locator('form input').first().fill(join(desk.folder, 'Win11.iso'));
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Next' }).click();
    await tick(page.getByLabel('tech-ki-04'));
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByLabel('Path of the image file').fill(join(desk.folder, 'wave-1.img'));
    await page.getByRole('button', { name: 'Write wave-1.img' }).click();
    await page.getByText('There is a file of this name already').waitFor();
    await page.getByRole('heading', { name: 'Not finished: wave-1.img' }).waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByText('step 4 of 4').waitFor();
  });

  test('loaders, drivers and what it is written as are seen before anything is written, in every look', async () => {
    const { page } = window;
    await page.goto(`${desk.origin}/#/media`);
    await page.getByRole('button', { name: 'Make medium' }).click();
    await page.locator('form input').first().fill(join(desk.folder, 'serviced.wim'));
    await page.keyboard.press('Enter');
    await page.getByText('bootmgfw_EX.efi: Windows UEFI CA 2023 (not Microsoft\'s certificate), security version 9.0').waitFor();
    await page.getByRole('button', { name: 'Next' }).click();
    await tick(page.getByLabel('tech-ki-04'));
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByLabel('Path of the image file').fill(join(desk.folder, 'wave-2.img'));
    await tick(page.getByLabel('Both loaders, on two partitions'));
    await page.getByLabel('Drivers', { exact: false }).first().fill(join(desk.folder, 'Drivers'));
    // What nobody has looked at is not written.
    await expect.poll(() => page.getByRole('button', { name: 'Write wave-2.img' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Look at the folder' }).click();
    await page.getByText('01-rst: class SCSIAdapter').waitFor();
    await page.getByText('rst-arm: left out, it is for arm64').waitFor();
    expect(await lookAt(page, 'media-write', { withAxe: ({ language }) => language === 'de' })).toEqual([]);
    await page.getByRole('button', { name: 'Write wave-2.img' }).click();
    await page.getByText('wave-2.img is written and verified').waitFor({ timeout: 120_000 });
    const facts = await desk.api.call('media.inspect', { path: join(desk.folder, 'wave-2.img') });
    expect(facts.loaders.map(({ name, securityVersion }) => [name, securityVersion])).toEqual([['EFI/BOOT/BOOTX64.EFI', '9.0'], ['2:EFI/BOOT/BOOTX64.EFI', '8.0']]);
    expect(facts.mismatches).toEqual([]);
  });

  test('as a folder for the network it has one loader, and what can not come back is said', async () => {
    const { page } = window;
    await page.getByRole('button', { name: 'Noted' }).click();
    await page.getByRole('button', { name: /^Finish/ }).click();
    await page.goto(`${desk.origin}/#/media/make`);
    await page.locator('form input').first().fill(join(desk.folder, 'serviced.wim'));
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Next' }).click();
    await tick(page.getByLabel('tech-ki-04'));
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByLabel('Format').selectOption('pxe');
    await page.getByText('Nothing can be written back over the network').waitFor();
    expect(await page.getByLabel('Both loaders, on two partitions').count()).toBe(0);
    await page.getByLabel('Path of the folder').fill(join(desk.folder, 'net'));
    await page.getByRole('button', { name: 'Write net' }).click();
    await page.getByText('net is written and verified').waitFor({ timeout: 120_000 });
    expect(existsSync(join(desk.folder, 'net', 'boot.ipxe'))).toBe(true);
  });

  test('a base without script host is refused by name, and offered for a medium with the manual steps alone, which asks for no technician', async () => {
    const { page } = window;
    await page.getByRole('button', { name: 'Noted' }).click();
    await page.getByRole('button', { name: /^Finish/ }).click();
    await page.goto(`${desk.origin}/#/media/make`);
    await page.locator('form input').first().fill(join(desk.folder, 'no-scrrun.wim'));
    await page.keyboard.press('Enter');
    await page.getByText(/lacks files this medium needs.*scrrun\.dll.*can be made from it\./).waitFor();
    await page.getByRole('button', { name: 'Go on without keys, manual steps only' }).click();
    await page.getByText('step 2 of 4').waitFor();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText('step 3 of 4').waitFor();
    expect(await page.getByLabel('tech-ki-04').count()).toBe(0);
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByLabel('Path of the image file').fill(join(desk.folder, 'manual.img'));
    await page.getByRole('button', { name: 'Write manual.img' }).click();
    await page.getByText('manual.img is written and verified').waitFor({ timeout: 120_000 });
    await page.getByRole('button', { name: /^Finish/ }).click();
    await page.getByRole('complementary').getByText('No keys on it: a person types the recovery password at the host').waitFor();
    expect((await desk.api.call('media.list', {})).rows[0]).toMatchObject({ mode: 'manual', hosts: 32, keyRecords: 0, technicians: [] });
  });

  test('nothing went wrong in the window but the refusals', () => expect(window.faults().filter((fault) => !/status of 4\d\d/.test(fault))).toEqual([]));
});
