// Hosts of a wave that nobody has opened, on their way to a medium: asked once they are seen, kept off or taken with a reason that is on record.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MESSAGES } from '../../renderer/messages/index.ts';
import { writeHandOver } from './hand-over.ts';
import { startDesk, type RunningDesk } from './running-desk.ts';
import { AS_USUAL, axeFinds, launch, openWindow, overflows, takePicture, tick, type Look, type OpenWindow } from './window.ts';

const BASE = fileURLToPath(new URL('../fixtures/base/windows-x64.iso.gz', import.meta.url));
const OPENED = 10;
const ALL = 30;
let browser: Browser;
let desk: RunningDesk;

beforeAll(async () => {
  [browser, desk] = await Promise.all([launch(), startDesk()]);
  await desk.api.call('desk.create', { operatorName: 'tech-ki-04', passphrase: 'a long walk by the sea', recoverySheet: false });
  const { path, keys } = writeHandOver(desk.folder, ALL);
  for await (const _event of desk.api.stream('imports.run', { paths: [path] })) { /* until it is done */ }
  writeFileSync(join(desk.folder, 'Win11.iso'), gunzipSync(readFileSync(BASE)));
  const names = keys.map(({ hostname }) => hostname);
  for (const [name, hostnames] of [['Canary', names.slice(0, OPENED)], ['Next', names.slice(OPENED)]] as const) {
    const { waveId } = await desk.api.call('waves.create', { name });
    await desk.api.call('waves.assign', { waveId, rule: { kind: 'hosts', hostnames: [...hostnames] } });
    if (name === 'Canary') await desk.api.call('waves.open', { waveId });
  }
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

describe.each(['en', 'de'] as const)('a medium for hosts of a wave that is not opened (%s)', (language) => {
  const m = MESSAGES[language];
  const look: Look = { ...AS_USUAL, language, theme: language === 'de' ? 'dark' : 'light', width: 900, height: 640 };
  let window: OpenWindow;
  const toScope = async (page: Page): Promise<void> => {
    await page.goto(`${desk.origin}/#/media`);
    await page.getByRole('button', { name: m.media.make }).first().click();
    await page.locator('form input').first().fill(join(desk.folder, 'Win11.iso'));
    await page.keyboard.press('Enter');
    await page.getByText(m.media.step(2)).waitFor();
  };
  const reason = 'Ward 3 can not wait for the gate';

  test('says how many stay off, asks once, and without a reason makes it without them', async () => {
    window = await openWindow(browser, desk.address, look);
    const { page } = window;
    await toScope(page);
    await page.getByRole('button', { name: m.common.next }).click();
    await page.getByText(m.waves.offMedia(ALL - OPENED)).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA'); // the one thing there is to say
    await takePicture(page, 'media-wave-override', look);
    expect([await overflows(page), await axeFinds(page)]).toEqual([false, []]);
    await page.getByRole('button', { name: m.common.next }).click();
    await page.getByText(m.media.step(3)).waitFor();
    await page.getByText(m.media.scopeFacts(OPENED)).first().waitFor();
  });

  test('with a reason takes them, says so before anything is written, and has the reason on record', async () => {
    const { page } = window;
    await toScope(page);
    await page.getByRole('button', { name: m.common.next }).click();
    await page.getByText(m.waves.offMedia(ALL - OPENED)).waitFor();
    await page.getByLabel(m.waves.offMediaOverride, { exact: false }).fill('no');
    await expect.poll(() => page.getByRole('button', { name: m.common.next }).isDisabled()).toBe(true); // that is no reason
    await page.getByLabel(m.waves.offMediaOverride, { exact: false }).fill(reason);
    await page.getByRole('button', { name: m.common.next }).click();
    await page.getByText(m.media.step(3)).waitFor();
    await page.getByText(m.media.scopeFacts(ALL)).first().waitFor();
    await page.getByText(m.waves.overridden(reason)).first().waitFor();
    await tick(page.getByLabel('tech-ki-04'));
    await page.getByRole('button', { name: m.common.next }).click();
    await page.getByLabel(m.media.savePath, { exact: false }).fill(join(desk.folder, `${language}.img`));
    await page.getByRole('button', { name: m.media.writeTo(`${language}.img`) }).click();
    await page.getByText(m.media.written(`${language}.img`)).waitFor({ timeout: 120_000 });
    expect((await desk.api.call('media.list', {})).rows[0]).toMatchObject({ hosts: ALL, keyRecords: ALL });
    const { rows } = await desk.api.call('audit.list', {});
    expect(rows.find(({ details }) => details?.includes(reason))).toMatchObject({ operator: 'tech-ki-04' });
    expect(window.faults()).toEqual([]);
    await window.close();
  });
});
