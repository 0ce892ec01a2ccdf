// A supervisor's night: the wall follows by itself, hosts are given to a technician and taken back, a report of one wave, and the end with the vault.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { startDesk, type RunningDesk } from './running-desk.ts';
import { launch, openWindow, settled, signIn, type OpenWindow } from './window.ts';

const PASSPHRASE = 'constructed passphrase';
let browser: Browser;
let desk: RunningDesk;
let window: OpenWindow;

beforeAll(async () => {
  [browser, desk] = await Promise.all([launch(), startDesk()]);
  await desk.api.call('desk.create', { operatorName: 'lead-01', passphrase: PASSPHRASE, recoverySheet: false });
  await desk.api.call('operators.add', { name: 'lead-02', roles: ['supervisor'], passphrase: PASSPHRASE });
  await desk.api.call('operators.add', { name: 'Karla', roles: ['technician'], passphrase: PASSPHRASE });
  const inventory = join(desk.folder, 'inventory.csv');
  const down = join(desk.folder, 'down.txt');
  writeFileSync(inventory, `Hostname,Site,OS\r\n${['KI-DC-1,Kiel,Windows Server 2022', 'KI-2,Kiel,Windows 11', 'HL-3,Lübeck,Windows 11', 'HL-4,Lübeck,Windows 11'].join('\r\n')}\r\n`);
  writeFileSync(down, 'KI-DC-1\r\nKI-2\r\nHL-3\r\nHL-4\r\n');
  for (const path of [inventory, down]) for await (const _ of desk.api.stream('imports.run', { paths: [path] })) { /* to its end */ }
  window = await openWindow(browser, desk.address);
  await window.page.getByRole('navigation').waitFor(); // whoever made the desk is signed in
}, 120_000);
afterAll(async () => {
  expect(window.faults().filter((fault) => !fault.includes('409'))).toEqual([]); // the undo that came too late
  await browser.close();
  await desk.stop();
});

const idOf = async (hostname: string): Promise<number> => (await desk.api.call('hosts.list', { query: hostname })).rows[0]?.hostId ?? 0;

describe('the supervisor', () => {
  test('sees on the wall what is left, and it follows when a host is back, without a key pressed', async () => {
    const { page } = window;
    await page.goto(`${desk.origin}/#/overview`);
    await page.getByText('of 4 affected').waitFor();
    await page.keyboard.press('f');
    await page.getByRole('navigation').waitFor({ state: 'hidden' });
    await page.setViewportSize({ width: 1920, height: 1080 });
    expect(await page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize))).toBeGreaterThan(18);
    const hero = page.locator('section', { hasText: 'Hosts still down' }).locator('p').nth(1);
    await expect.poll(() => hero.innerText()).toBe('4');
    await desk.api.call('hosts.verify', { hostId: await idOf('KI-2'), evidence: 'seen at the sign-in screen' });
    await expect.poll(() => hero.innerText()).toBe('3');
    await page.getByRole('img', { name: 'Hosts still down, hour by hour: 4 at most, 3 now, 0 of them blocked' }).or(page.getByRole('img', { name: /Hosts still down, hour by hour: \d+ at most, 3 now/ })).first().waitFor();
    for (const head of ['Wave', 'Technician', 'Kind', 'Site']) {
      await page.keyboard.press('s');
      if (head !== 'Wave') await page.getByRole('columnheader', { name: head, exact: true }).waitFor();
    }
    await page.keyboard.press('f');
    await page.getByRole('navigation').waitFor();
  });

  test('sees the drawings in the colours of the evening when the system turns dark meanwhile', async () => {
    const { page } = window;
    await page.goto(`${desk.origin}/#/overview`);
    const drawings = page.locator('main [role=img] canvas');
    await drawings.nth(1).waitFor();
    await settled(page);
    const read = (): Promise<string[]> => drawings.evaluateAll((all) => all.map((one) => (one as HTMLCanvasElement).toDataURL()));
    const byDay = await read();
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(async () => (await read()).map((drawing, at) => drawing !== byDay[at])).toEqual(byDay.map(() => true));
    await page.emulateMedia({ colorScheme: 'light' });
  });

  test('is shown which host comes first, and why, and makes a wave of it', async () => {
    const { page } = window;
    await page.goto(`${desk.origin}/#/waves`);
    await page.getByText('Server named as a domain controller').waitFor();
    await page.getByRole('button', { name: 'Make a wave of 1' }).press('Enter');
    await page.getByRole('rowheader', { name: /Domain controllers and key servers/ }).waitFor();
    const inWave = async (): Promise<string[]> => (await desk.api.call('hosts.list', { waves: ['Domain controllers and key servers'] })).rows.map(({ hostname }) => hostname);
    await expect.poll(inWave).toEqual(['KI-DC-1']);
    await page.getByText('1 host assigned').waitFor();
    await page.keyboard.press('Control+z');
    await expect.poll(inWave).toEqual([]);
    // The wave is there: the host goes into that one.
    await page.getByRole('button', { name: 'Make a wave of 1' }).press('Enter');
    await expect.poll(inWave).toEqual(['KI-DC-1']);
  });

  test('adds a wave with its window, takes it back, and is told when that can not be taken back any more', async () => {
    const { page } = window;
    await page.goto(`${desk.origin}/#/waves`);
    const names = async (): Promise<string[]> => (await desk.api.call('waves.list', {})).waves.map(({ name }) => name);
    const before = await names();
    const add = async (): Promise<void> => {
      await page.getByRole('main').getByRole('button', { name: 'Add wave' }).waitFor();
      await page.keyboard.press('n');
      await page.getByRole('dialog').getByLabel('Wave', { exact: true }).fill('Mistake');
      await page.getByRole('dialog').getByLabel('Begins').fill('2030-01-02T08:00');
      await page.getByRole('dialog').getByRole('button', { name: 'Add wave' }).press('Enter');
      await page.getByText('Wave Mistake added').waitFor();
    };
    await add();
    await page.getByText('Planned from Wed 2 Jan 08:00').waitFor();
    await page.keyboard.press('Control+z');
    await expect.poll(names).toEqual(before);
    await add();
    const { waveId } = (await desk.api.call('waves.list', {})).waves.find(({ name }) => name === 'Mistake') ?? { waveId: 0 };
    await desk.api.call('waves.assign', { waveId, rule: { kind: 'hosts', hostnames: ['HL-4'] } });
    await page.keyboard.press('Control+z');
    await page.getByText('Not undone: Wave Mistake can not be removed: it is opened, or there are hosts in it.').waitFor();
    await desk.api.call('waves.assign', { waveId: null, rule: { kind: 'hosts', hostnames: ['HL-4'] } });
    await page.getByRole('button', { name: 'Remove Mistake, which is empty' }).press('Enter');
    await page.getByText('Wave Mistake removed').waitFor();
    await page.keyboard.press('Control+z');
    await expect.poll(names).toEqual([...before, 'Mistake']);
    await page.getByRole('button', { name: 'Remove Mistake, which is empty' }).press('Enter');
    await expect.poll(names).toEqual(before);
  });

  test('gives every host of a site to a technician, and takes it back from the toast', async () => {
    const { page } = window;
    await page.goto(`${desk.origin}/#/hosts?site=L%C3%BCbeck`);
    await page.getByText('2 of 4', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Act on all' }).press('Enter');
    // Left again, the focus is where it came from: the next key goes on from there.
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('Act on all');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByLabel('Act', { exact: true }).selectOption('assign');
    await page.getByRole('dialog').getByLabel('Technician').fill('Karla');
    await page.getByRole('button', { name: 'Give 2 hosts to the technician' }).press('Enter');
    await page.getByText('2 of 2 hosts changed').waitFor();
    expect((await desk.api.call('hosts.list', { technicians: ['karla'] })).total).toBe(2);
    await page.getByRole('button', { name: 'Undo' }).press('Enter');
    await page.getByText('2 of 2 hosts are as before').waitFor();
    expect((await desk.api.call('hosts.list', { technicians: ['karla'] })).total).toBe(0);
  });

  test('makes the situation report with one key from the overview', async () => {
    const { page } = window;
    await page.goto(`${desk.origin}/#/overview`);
    await page.getByRole('button', { name: 'Make situation report' }).waitFor();
    const download = page.waitForEvent('download');
    await page.keyboard.press('r');
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^situation-\d{8}T\d{4}\.pdf$/);
    expect(readFileSync(await file.path()).subarray(0, 5).toString()).toBe('%PDF-');
    await page.getByText(file.suggestedFilename()).waitFor(); // the toast says under which name
  });

  test('makes a report of one wave', async () => {
    const { page } = window;
    await page.goto(`${desk.origin}/#/reports`);
    await page.getByRole('button', { name: 'HTML' }).click();
    await page.getByLabel('Of', { exact: true }).selectOption({ label: 'Wave: Domain controllers and key servers' });
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Make report' }).press('Enter');
    const report = readFileSync(await (await download).path(), 'utf8');
    expect(report).toMatch(/Wave<\/dt><dd>Domain controllers and key servers/);
    expect(report).toMatch(/<dt>Hosts<\/dt><dd>1</);
  });

  test('reads who may do what in groups, and finds one act among all by a word of it', async () => {
    const { page } = window;
    await page.goto(`${desk.origin}/#/operators`);
    const table = page.getByRole('region', { name: 'Who may do what' }).getByRole('table');
    const headings = table.locator('th[scope=rowgroup]');
    await headings.first().waitFor();
    const all = await table.locator('th[scope=row]').count();
    expect(await headings.count()).toBeGreaterThan(8);
    await page.getByRole('searchbox', { name: 'Filter acts' }).fill('undo');
    await expect.poll(() => table.locator('th[scope=row]').allInnerTexts()).toEqual(['Undo an import']);
    await page.getByRole('searchbox', { name: 'Filter acts' }).fill('rotation');
    await expect.poll(() => headings.allInnerTexts()).toEqual(['Rotation']); // the whole group, by its heading
    await page.getByRole('searchbox', { name: 'Filter acts' }).fill('no such act');
    await page.getByRole('button', { name: 'Clear' }).press('Enter');
    await expect.poll(() => table.locator('th[scope=row]').count()).toBe(all);
  });

  test('ends the last incident with the vault: a second operator signs, and everybody signs in anew', async () => {
    const { page } = window;
    await page.goto(`${desk.origin}/#/incidents`);
    await page.getByRole('button', { name: /^Close CrowdStrike/ }).press('Enter');
    await page.getByRole('dialog').getByRole('combobox').selectOption('purge');
    const act = page.getByRole('button', { name: 'Destroy recovery passwords, close incident' });
    await expect.poll(() => act.isDisabled()).toBe(true);
    await page.getByRole('dialog').getByLabel('Second operator', { exact: true }).fill('lead-02');
    await page.getByRole('dialog').locator('input[type=password]').fill(PASSPHRASE);
    await act.press('Enter');
    await page.getByText('It stays open. This is missing:').waitFor();
    for (const hostname of ['KI-DC-1', 'HL-3', 'HL-4']) await desk.api.call('hosts.verify', { hostId: await idOf(hostname), evidence: 'seen at the sign-in screen' });
    await act.press('Enter');
    await page.locator('input[name=operator]').waitFor();
    await signIn(page, 'lead-01', PASSPHRASE);
    await page.goto(`${desk.origin}/#/audit`);
    await page.getByText('Destroy every recovery password').first().waitFor();
  });
});
