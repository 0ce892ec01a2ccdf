// A stick from the window: it appears by itself, is asked about by name, written, and gone from the list when it is unplugged. The stick is a loop device.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeRecord, writeRecord } from '../core/remediation/test-records.ts';
import { attachLoop, type LoopDevice } from '../disks/loop-device.ts';
import { missingFor } from '../requirements.ts';
import { writeHandOver } from './hand-over.ts';
import { startDesk, type RunningDesk } from './running-desk.ts';
import { launch, lookAt, openWindow, tick, type OpenWindow } from './window.ts';

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
    await tick(page.getByLabel('tech-ki-04', { exact: true }));
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'USB stick' }).first().click();
    await page.getByText('No stick in sight').or(page.locator('form ul input, ul input').first()).waitFor();
    device = attachLoop(join(desk.folder, 'stick'), SIZE_BYTES);
    await page.getByLabel(device.path, { exact: false }).waitFor();
    await tick(page.getByLabel(device.path, { exact: false }));
    await page.getByText('a file of this computer that looks like a disk').waitFor();
  });

  test('in every look it has room, and axe nothing against it', async () => {
    const { page } = window;
    await page.locator('details').evaluateAll((all) => { for (const one of all) (one as HTMLDetailsElement).open = true; });
    expect(await lookAt(page, 'media-stick')).toEqual([]);
    await page.locator('footer button').last().click();
    await page.locator('dialog').waitFor();
    expect(await lookAt(page, 'media-stick-erase')).toEqual([]);
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
  });

  test('is written behind one question, whose button names it, and sound for others', async () => {
    const { page } = window;
    const path = device?.path ?? '';
    await page.getByRole('button', { name: /^Erase Virtual disk/ }).click();
    await page.getByRole('dialog').getByText(path).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Cancel');
    await page.getByRole('dialog').getByRole('button', { name: /^Erase Virtual disk/ }).click();
    await page.getByText('The stick may be unplugged').waitFor({ timeout: 120_000 });
    expect(spawnSync('sgdisk', ['-v', path], { encoding: 'utf8' }).stdout).toContain('No problems found');
    await page.getByRole('button', { name: 'Noted' }).click();
    await page.getByRole('button', { name: /^Finish/ }).click();
    await page.getByRole('heading', { level: 2, name: /^M-/ }).waitFor();
  });

  test('is said to be a medium on the register while it is plugged in, with who has it, and every look has room for that', async () => {
    const { page } = window;
    await desk.api.call('media.issue', { mediaId: 'M-0001', holder: 'tech-ki-11' });
    await desk.api.call('policies.set', { mediaWithoutPasscodeAllowed: true });
    await desk.api.call('media.orderWithoutPasscode', { why: 'Cold store: nobody can type there' });
    const record = makeRecord({ outcome: 'blocked', blockedReason: 'no-disk-seen', removedCount: 0, volumes: [], windows: [], maker: 'Dell Inc.', model: 'OptiPlex 7090', missingDrivers: [{ hardwareId: 'PCI\\VEN_8086&DEV_467F', name: 'RAID Controller' }] });
    writeFileSync(join(desk.folder, 'record.txt'), writeRecord(record, null));
    expect(await desk.api.call('attempts.import', { paths: [join(desk.folder, 'record.txt')] })).toMatchObject({ imported: 1 });
    await page.goto(`${desk.origin}/#/media`);
    const stick = page.getByRole('list', { name: 'Media in the ports of this desk' });
    await stick.getByText('Medium M-0001: issued to tech-ki-11').waitFor();
    await page.getByRole('row', { name: /M-0001/ }).getByRole('cell', { name: 'tech-ki-11' }).waitFor();
    await stick.getByRole('button', { name: 'Read results' }).click();
    await page.getByText('M-0001: 0 results taken in, 0 known already').waitFor();
    await page.getByText('One model shows no disk').waitFor();
    await page.getByText('O-0001').waitFor();
    await page.locator('details').evaluateAll((all) => { for (const one of all) (one as HTMLDetailsElement).open = true; });
    expect(await lookAt(page, 'media-returned')).toEqual([]);
  });

  test('is renewed on its stick, without a base, and wiped behind one question', async () => {
    const { page } = window;
    const stick = page.getByRole('list', { name: 'Media in the ports of this desk' });
    await stick.getByRole('button', { name: 'Renew' }).click();
    await page.getByRole('button', { name: 'Next' }).click();
    await tick(page.getByLabel('tech-ki-04', { exact: true }));
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText(device?.path ?? '', { exact: false }).first().waitFor();
    await page.getByRole('button', { name: 'Renew M-0001 on its stick' }).click();
    await page.getByText('The stick may be unplugged').waitFor({ timeout: 120_000 });
    await page.getByRole('button', { name: 'Noted' }).click();
    await page.getByRole('button', { name: /^Finish/ }).click();
    await stick.getByText('Medium M-0002: built').waitFor();
    expect((await desk.api.call('media.get', { mediaId: 'M-0001' })).medium.state).toBe('wiped');
    await stick.getByRole('button', { name: 'Wipe' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText(device?.path ?? '').waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Cancel');
    await dialog.getByRole('button', { name: /^Wipe Virtual disk/ }).click();
    await page.getByText('M-0002 is wiped and read back').waitFor({ timeout: 60_000 });
    expect((await desk.api.call('media.get', { mediaId: 'M-0002' })).medium.state).toBe('wiped');
    await stick.waitFor({ state: 'detached', timeout: 60_000 });
  });

  test('is one of two that are chosen together and written one after another, each a medium with a passcode of its own', async () => {
    const { page } = window;
    using second = attachLoop(join(desk.folder, 'second'), SIZE_BYTES);
    await page.goto(`${desk.origin}/#/media/make`);
    await page.locator('form input').first().fill(join(desk.folder, 'Win11.iso'));
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Next' }).click();
    await tick(page.getByLabel('tech-ki-04', { exact: true }));
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'USB stick' }).first().click();
    for (const path of [device?.path ?? '', second.path]) await tick(page.getByLabel(path, { exact: false }));
    await page.getByRole('button', { name: 'Erase 2 sticks' }).click();
    const dialog = page.getByRole('dialog');
    for (const path of [device?.path ?? '', second.path]) await dialog.getByText(path).first().waitFor();
    await dialog.getByRole('button', { name: 'Erase 2 sticks' }).click();
    await page.getByText('The stick may be unplugged').waitFor({ timeout: 120_000 });
    for (const mediaId of ['M-0003', 'M-0004']) {
      await page.getByText(mediaId).first().waitFor();
      await page.getByRole('button', { name: 'Noted' }).first().click();
    }
    const [labels] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Labels', exact: true }).click()]);
    expect(labels.suggestedFilename()).toBe('M-0003 M-0004.html');
    expect(readFileSync(await labels.path(), 'utf8')).toMatch(/<h1>M-0003<[\s\S]*<h1>M-0004</);
    await page.getByRole('button', { name: /^Finish/ }).click();
    for (const path of [device?.path ?? '', second.path]) expect(spawnSync('sgdisk', ['-v', path], { encoding: 'utf8' }).stdout).toContain('No problems found');
    expect((await desk.api.call('disks.list', {})).filter(({ medium }) => medium?.now === 'on-it').map(({ medium }) => medium?.mediaId).sort()).toEqual(['M-0003', 'M-0004']);
  });

  test('nothing went wrong in the window', () => expect(window.faults()).toEqual([]));
});
