// A stick from the window: it appears by itself, is asked about by name, written, and gone from the list when it is unplugged. The stick is a loop device.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attachLoop, type LoopDevice } from '../disks/loop-device.ts';
import { missingFor } from '../requirements.ts';
import { writeHandOver } from './hand-over.ts';
import { startDesk, type RunningDesk } from './running-desk.ts';
import { axeFinds, launch, LOOKS, openWindow, overflows, takePicture, type OpenWindow } from './window.ts';

const BASE = fileURLToPath(new URL('../fixtures/base/windows-x64.iso.gz', import.meta.url));
const SIZE_BYTES = 400 * 1024 * 1024;
let browser: Browser;
let desk: RunningDesk;
let window: OpenWindow;
let device: LoopDevice | undefined;

describe.runIf(missingFor('disks').length === 0)('a stick', () => {
  beforeAll(async () => {
    [browser, desk] = await Promise.all([launch(), startDesk()]);
    await desk.api.call('desk.create', { operatorName: 'tech-ki-04', passphrase: 'a long walk by the sea', recoverySheet: false });
    const { path } = writeHandOver(desk.folder, 30);
    for await (const _event of desk.api.stream('imports.run', { paths: [path] })) { /* until it is done */ }
    writeFileSync(join(desk.folder, 'Win11.iso'), gunzipSync(readFileSync(BASE)));
    window = await openWindow(browser, desk.address);
    await window.page.getByRole('navigation').waitFor();
  });
  afterAll(async () => {
    device?.[Symbol.dispose]();
    await browser.close();
    await desk.stop();
  });

  test('appears by itself once it is plugged in, and what is not written says why', async () => {
    const { page } = window;
    await page.goto(`${desk.origin}/#/media/make`);
    await page.locator('form input').first().fill(join(desk.folder, 'Win11.iso'));
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByLabel('tech-ki-04').check();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'USB stick' }).first().click();
    await page.getByText('No stick in sight').or(page.getByRole('radio').first()).waitFor();
    device = attachLoop(join(desk.folder, 'stick'), SIZE_BYTES);
    await page.getByLabel(device.path, { exact: false }).waitFor();
    await page.getByLabel(device.path, { exact: false }).check();
    await page.getByText('a file of this computer that looks like a disk').waitFor();
  });

  test('in every look it has room, and axe nothing against it', async () => {
    const { page } = window;
    const found: string[] = [];
    for (const look of LOOKS) {
      await page.setViewportSize(look);
      await page.emulateMedia({ colorScheme: look.theme });
      if (await page.evaluate(() => document.documentElement.lang) !== look.language) await page.locator('nav button').last().click();
      await page.locator('details').evaluateAll((all) => { for (const one of all) (one as HTMLDetailsElement).open = true; });
      await takePicture(page, 'media-stick', look);
      if (await overflows(page)) found.push(`${look.language} ${look.width}: overflows`);
      found.push(...await axeFinds(page));
      await page.locator('footer button').last().click();
      await page.locator('dialog').waitFor();
      await takePicture(page, 'media-stick-erase', look);
      found.push(...await axeFinds(page));
      await page.keyboard.press('Escape');
      await page.locator('dialog').waitFor({ state: 'detached' });
    }
    await page.locator('nav button').last().click();
    expect(found).toEqual([]);
  });

  test('is written behind one question, whose button names it, and sound for others', async () => {
    const { page } = window;
    const path = device?.path ?? '';
    await page.getByRole('button', { name: /^Erase Virtual disk/ }).click();
    await page.getByRole('dialog').getByText(path).waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Cancel');
    await page.getByRole('dialog').getByRole('button', { name: /^Erase Virtual disk/ }).click();
    await page.getByText('The stick may be unplugged').waitFor({ timeout: 120_000 });
    expect(spawnSync('sgdisk', ['-v', path], { encoding: 'utf8' }).stdout).toContain('No problems found');
    await page.getByRole('button', { name: 'Noted' }).click();
    await page.getByRole('button', { name: /^Finish/ }).click();
    await page.getByRole('heading', { level: 2, name: /^M-/ }).waitFor();
  });

  test('nothing went wrong in the window', () => expect(window.faults()).toEqual([]));
});
