// A host without a key, at the telephone: the station, safe boot with the LAPS password, its characters and codes in the real window, and how it ends.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { startDesk, type RunningDesk } from './running-desk.ts';
import { AS_USUAL, axeFinds, launch, lookAt, openWindow, settled, type OpenWindow } from './window.ts';

let browser: Browser;
let desk: RunningDesk;
let window: OpenWindow;
const PASSWORD = 'b5K!0Oq#lI1;~Z';

beforeAll(async () => {
  [browser, desk] = await Promise.all([launch(), startDesk()]);
  await desk.api.call('desk.create', { operatorName: 'helpdesk-07', passphrase: 'a long walk by the sea', recoverySheet: false });
  const [down, laps] = [join(desk.folder, 'down.txt'), join(desk.folder, 'laps.csv')];
  writeFileSync(down, 'PC-0417\r\nPC-0418\r\n');
  writeFileSync(laps, `"ComputerName","Account","Password","PasswordUpdateTime","ExpirationTimestamp","DecryptionStatus"\r\n"PC-0417","Administrator","${PASSWORD}","2024-07-01T00:00:00Z","2024-08-01T00:00:00Z","Success"\r\n"PC-0417","Administrator","an-earlier-one","2024-06-01T00:00:00Z","2024-07-01T00:00:00Z","Success"\r\n`);
  for await (const _event of desk.api.stream('imports.run', { paths: [down, laps] })) { /* to its end */ }
  const { rows } = await desk.api.call('hosts.list', { query: 'PC-0417' });
  await desk.api.call('hosts.block', { hostId: rows[0]?.hostId ?? 0, reason: 'no-key' });
  window = await openWindow(browser, desk.address);
  await window.page.getByRole('navigation').waitFor();
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

const find = async (name: string): Promise<void> => {
  const { page } = window;
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('Escape');
  await page.keyboard.type(name);
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('heading', { name }).waitFor();
};

test('a host that is in no list here can be asked for by its name, without leaving the call', async () => {
  const { page } = window;
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('Escape');
  await page.keyboard.type('QX-NEW-77');
  await page.getByText('Ask for QX-NEW-77 where keys are kept:').waitFor();
  await page.getByRole('button', { name: 'Ask the directory' }).click();
  const dialog = page.getByRole('dialog', { name: 'Ask the directory for QX-NEW-77' });
  await dialog.getByLabel('Domain controller').fill('ldaps://127.0.0.1:1');
  await dialog.getByLabel('Account').fill('reader@corp.example');
  await dialog.getByLabel('Password', { exact: true }).fill('constructed secret');
  await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
  await dialog.getByRole('alert').waitFor(); // nobody listens there
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await page.keyboard.press('Alt+1');
  await page.keyboard.press('Escape');
});

test('a host without a key has a station: its other ways, a question that is asked at once, and safe boot', async () => {
  const { page } = window;
  await find('PC-0417');
  const station = page.getByRole('region', { name: 'Ways without a key' });
  await station.getByText('Never imported:').waitFor();
  // Enter goes to the act that is tried first, as it goes to the keys of a host that has some.
  await page.getByRole('contentinfo').getByText('ways without a key').waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Go by safe boot');
  await station.getByRole('button', { name: 'Ask the directory' }).click();
  const dialog = page.getByRole('dialog', { name: 'Ask the directory for PC-0417' });
  await dialog.getByLabel('Domain controller').fill('ldaps://127.0.0.1:1');
  await dialog.getByLabel('Account').fill('reader@corp.example');
  await dialog.getByLabel('Password', { exact: true }).fill('constructed secret');
  await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
  await dialog.getByRole('alert').waitFor(); // nobody listens there; the call is not lost
  expect(await axeFinds(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await station.getByRole('button', { name: 'Go by safe boot' }).click();
  await page.getByRole('region', { name: 'LAPS password of Administrator' }).first().waitFor();
  const { host, plan } = await desk.api.call('hosts.get', { hostId: (await desk.api.call('hosts.list', { query: 'PC-0417' })).rows[0]?.hostId ?? 0 });
  expect([host.state, plan.route]).toEqual(['reported', 'safe-boot']); // no longer blocked
});

test('its LAPS password is shown after the same sheet as a recovery password, character by character, and hides', async () => {
  const { page } = window;
  await page.getByLabel('Identity checked').selectOption('called-back');
  // Interrupted in the middle of a word, it stands on the open list with everything that was entered, and goes on from there.
  await page.getByLabel('Ticket').pressSequentially('INC-20');
  await expect.poll(async () => (await desk.api.call('calls.list', { open: true })).rows[0]).toMatchObject({ hostname: 'PC-0417', identity: 'called-back', lapsPasswordId: null });
  await page.getByLabel('Ticket').press('4');
  await page.keyboard.press('Alt+1');
  await page.getByRole('region', { name: 'Open calls' }).getByText('INC-204').waitFor();
  await page.getByRole('region', { name: 'Open calls' }).getByRole('link', { name: 'Go on' }).click();
  await page.getByRole('button', { name: /Administrator/ }).first().click();
  await expect.poll(() => page.getByLabel('Identity checked').inputValue()).toBe('called-back');
  await expect.poll(() => page.getByLabel('Ticket').inputValue()).toBe('INC-204');
  await page.getByLabel('Ticket').fill('INC-204817');
  await page.getByRole('button', { name: 'Disclose LAPS password' }).click();
  await page.getByRole('heading', { name: 'LAPS password in sight' }).waitFor();
  expect(await page.locator('ol > li > b').allTextContents()).toEqual(Array.from(PASSWORD));
  const said: string[] = [];
  for (const _ of [0, 1, 2, 3, 4, 5]) {
    said.push((await page.locator('p[aria-live="polite"] span').textContent()) ?? '');
    await page.keyboard.press('Space');
  }
  expect(said).toEqual(['small Bravo', 'five', 'capital Kilo', 'exclamation mark', 'zero', 'capital Oscar']);
  expect(await axeFinds(page)).toEqual([]);
});

test('both codes of it are read off a picture of the window by a decoder nobody here wrote', async () => {
  const { page } = window;
  await page.keyboard.press('c');
  await page.getByRole('img', { name: 'Code 128' }).waitFor();
  await expect.poll(async () => {
    const picture = join(temporaryFolder(), 'codes.png');
    await page.screenshot({ path: picture });
    return execFileSync('zbarimg', ['--quiet', picture], { encoding: 'utf8' }).trim().split('\n').map((line) => `${line.split(':')[0]}: ${line.slice(line.indexOf(':') + 1) === PASSWORD}`).sort();
  }).toEqual(['CODE-128: true', 'QR-Code: true']);
});

test('the call ends there, is on record with its disclosure, and the rotation is due; the password stood in no address and is gone from the page', async () => {
  const { page, sent } = window;
  await page.getByRole('button', { name: 'Password rejected' }).waitFor(); // no key of a volume
  await page.keyboard.press('1');
  await page.keyboard.press('Enter');
  await page.getByText('Call ended: Signed in').waitFor();
  await page.getByRole('heading', { name: 'LAPS password in sight' }).waitFor({ state: 'detached' });
  expect((await desk.api.call('calls.list', { open: false })).rows).toMatchObject([{ hostname: 'PC-0417', outcome: 'unlocked', ticket: 'INC-204817', lapsPasswordId: expect.any(Number) }]);
  expect((await desk.api.call('disclosures.list', {})).rows).toMatchObject([{ hostname: 'PC-0417', laps: true, reason: 'mass-incident' }]);
  expect((await desk.api.call('rotations.list', {})).rows).toMatchObject([{ hostname: 'PC-0417', account: 'Administrator', state: 'due' }]);
  expect(await page.content()).not.toContain(PASSWORD.slice(0, 6));
  expect(sent.filter((line) => line.includes(PASSWORD) || line.split(' ')[0]?.includes('constructed'))).toEqual([]);
});

test.each(['en', 'de'] as const)('station, panel, password and rotation are read in every look (%s)', async (language) => {
  const other = await openWindow(browser, desk.address, { ...AS_USUAL, language });
  try {
    const { page } = other;
    const hostId = (await desk.api.call('hosts.list', { query: 'PC-0417' })).rows[0]?.hostId ?? 0;
    const laps = (await desk.api.call('hosts.get', { hostId })).lapsPasswords[0]?.lapsPasswordId ?? 0;
    const bare = (await desk.api.call('hosts.list', { query: 'PC-0418' })).rows[0]?.hostId ?? 0;
    const goTo = async (hash: string, heading: string): Promise<void> => {
      await page.evaluate((to) => { location.hash = to; }, hash);
      await page.getByText(heading).first().waitFor();
      await settled(page);
    };
    for (const [name, hash, heading] of [['laps-station', `#/lookup?q=PC-0417&host=${hostId}`, 'PC-0417'], ['laps-none', `#/lookup?q=PC-0418&host=${bare}`, 'PC-0418'], ['laps-panel', `#/lookup?q=PC-0417&host=${hostId}&laps=${laps}`, 'PC-0417'], ['laps-rotation', '#/rotation', 'Administrator']] as const) {
      await goTo(hash, heading);
      expect(await lookAt(page, name, { language })).toEqual([]);
    }
    for (const [name, button] of [['laps-ask-directory', 0], ['laps-ask-tenant', 1]] as const) {
      await goTo(`#/lookup?q=PC-0418&host=${bare}`, 'PC-0418');
      await page.locator('section[aria-label] ol button').nth(button).click();
      await page.getByRole('dialog').waitFor();
      expect(await lookAt(page, name, { language })).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    await goTo('#/rotation', 'Administrator');
    await page.locator('main tbody input[type=checkbox]').first().press('Space');
    await page.keyboard.press('i'); // the key of an act acts after a row was marked
    await page.getByRole('dialog').waitFor();
    expect(await lookAt(page, 'laps-request', { language })).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await goTo(`#/lookup?q=PC-0417&host=${hostId}&laps=${laps}`, 'PC-0417');
    await page.locator('form select').first().selectOption('called-back');
    await page.locator('form button[type=submit]').click();
    await page.locator('ol > li > b').first().waitFor();
    expect(await lookAt(page, 'laps-shown', { language })).toEqual([]);
    await page.keyboard.press('c');
    await page.locator('figure svg').first().waitFor();
    expect(await lookAt(page, 'laps-codes', { language, withAxe: () => false })).toEqual([]);
    await page.keyboard.press('Escape');
    expect(other.faults()).toEqual([]);
  } finally {
    await other.close();
  }
});

test('nothing went wrong in the window meanwhile', () => {
  expect(window.faults().filter((fault) => !fault.includes('status of 409'))).toEqual([]); // the server that nobody listens at
});

test('after a certificate nobody vouches for the keyboard stands where it is accepted, at the telephone and where a directory is imported', async () => {
  const { page } = window;
  const certificate = { sha256: 'AB'.repeat(32), subject: 'CN=dc01', issuer: 'CN=dc01', validFrom: '2024-01-01T00:00:00.000Z', validTo: '2034-01-01T00:00:00.000Z', trusted: false, why: 'DEPTH_ZERO_SELF_SIGNED_CERT' };
  await page.route('**/call/directories.look', (route) => route.fulfill({ contentType: 'application/json', body: JSON.stringify({ certificate, base: null, startTls: false }) }));
  await page.setViewportSize({ width: 1280, height: 800 });
  await find('PC-0418');
  await page.getByRole('button', { name: 'Ask the directory' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Domain controller').fill('ldaps://127.0.0.1:1');
  await dialog.getByLabel('Account').fill('reader@corp.example');
  await dialog.getByLabel('Password', { exact: true }).fill('constructed secret');
  await dialog.getByLabel('Password', { exact: true }).press('Enter');
  await dialog.getByText('ABABABAB').first().waitFor();
  const focused = (): Promise<string | null> => page.evaluate(() => document.activeElement?.textContent ?? null);
  const accept = await dialog.locator('[class*=notice] button').textContent();
  expect([accept, await focused()]).toEqual([accept, accept]);
  await page.keyboard.press('Enter');
  await dialog.getByRole('alert').waitFor(); // nobody listens there
  expect(await focused()).toBe('Ask');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await page.evaluate(() => { location.hash = '#/imports?view=sources'; });
  await page.getByLabel('Domain controller').fill('dc01.corp.example');
  await page.getByLabel('Domain controller').press('Enter');
  await page.getByText('ABABABAB').first().waitFor();
  expect(await page.evaluate(() => document.activeElement instanceof HTMLInputElement && document.activeElement.type)).toBe('checkbox');
  await page.keyboard.press('Space');
  await page.route('**/call/directories.look', (route) => route.fulfill({ contentType: 'application/json', body: JSON.stringify({ certificate: { ...certificate, trusted: true, why: null }, base: 'DC=corp,DC=example', startTls: false }) }));
  await page.getByRole('button', { name: 'Check', exact: false }).first().click();
  await expect.poll(() => page.evaluate(() => (document.activeElement instanceof HTMLInputElement ? document.activeElement.labels?.[0]?.textContent : null))).toContain('Only below');
  await page.unrouteAll();
});
