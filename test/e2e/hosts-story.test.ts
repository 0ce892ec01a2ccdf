import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { madeUpKey, writeHandOver } from './hand-over.ts';
import { startDesk, type RunningDesk } from './running-desk.ts';
import { drawn, everythingIn, launch, openWindow, tick, type OpenWindow } from './window.ts';

const PASSPHRASE = 'a long walk by the sea';
const HOSTS = 3000;
let browser: Browser;
let desk: RunningDesk;
let window: OpenWindow;

beforeAll(async () => {
  [browser, desk] = await Promise.all([launch(), startDesk()]);
  await desk.api.call('desk.create', { operatorName: 'lead-01', passphrase: PASSPHRASE, recoverySheet: false });
  const { path } = writeHandOver(desk.folder, 20);
  const names = join(desk.folder, 'down.txt');
  writeFileSync(names, Array.from({ length: HOSTS }, (_, number) => `HH-WARD-${String(number).padStart(4, '0')}\n`).join(''));
  for await (const _event of desk.api.stream('imports.run', { paths: [path, names] })) { /* until it is done */ }
  await desk.api.call('operators.add', { name: 'audit-01', roles: ['auditor'], passphrase: PASSPHRASE });
  await desk.api.call('operators.add', { name: 'lead-02', roles: ['supervisor'], passphrase: PASSPHRASE });
  window = await openWindow(browser, desk.address);
  await window.page.getByRole('navigation').waitFor();
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

const chosen = (): Promise<string> => window.page.locator('tr[aria-selected=true] td').nth(1).innerText();

describe('hosts and their way back', () => {
  test('a list of thousands draws only the rows in sight, and scrolls to its end', async () => {
    const { page } = window;
    await page.goto(`${desk.origin}/#/hosts?sort=hostname`);
    await page.getByText('HH-WARD-0000').waitFor();
    expect(await page.locator('tbody tr').count()).toBeLessThan(80);
    await page.getByRole('region', { name: 'Hosts' }).evaluate((region) => region.scrollTo({ top: region.scrollHeight }));
    await page.getByText('KI-SURG-0020').waitFor();
    expect(await page.locator('tbody tr').count()).toBeLessThan(80);
  });

  test('scrolled up and down, the lines are read in the order in which they stand, each once', async () => {
    const { page } = window;
    const region = page.getByRole('region', { name: 'Hosts' });
    for (const top of [20_000, 18_000, 0]) {
      await region.evaluate((box, to) => box.scrollTo({ top: to }), top);
      const read = (): Promise<number[]> => page.locator('tbody tr').evaluateAll((lines) => lines.map((line) => Number(line.getAttribute('aria-rowindex'))));
      await expect.poll(async () => { const lines = await read(); return { first: (lines[0] ?? 0) <= top / 32 + 2 && (lines.at(-1) ?? 0) > top / 32 + 2, inOrder: lines.every((line, at) => at === 0 || line === (lines[at - 1] ?? 0) + 1) }; }).toEqual({ first: true, inOrder: true });
    }
    await page.getByText('HH-WARD-0000').waitFor();
    expect(await page.locator('tbody tr').evaluateAll((lines) => lines.every((line) => Math.abs(line.getBoundingClientRect().top - (lines[0]?.getBoundingClientRect().top ?? 0) - (Number(line.getAttribute('aria-rowindex')) - 2) * 32) < 1))).toBe(true);
  });

  test('the box of a host that was clicked does not become that of another while the list is scrolled', async () => {
    const { page } = window;
    await tick(page.getByRole('checkbox', { name: 'Select HH-WARD-0001' }));
    const region = page.getByRole('region', { name: 'Hosts' });
    await region.evaluate((box) => box.scrollTo({ top: 40_000 }));
    await page.getByText('HH-WARD-1255').waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('region');
    const top = (): Promise<number> => region.evaluate((box) => box.scrollTop);
    await page.keyboard.press('Space'); // turns a page, gliding: until it stands still further down
    await expect.poll(async () => { const at = await top(); await drawn(page); return await top() === at ? at : 0; }).toBeGreaterThan(40_000);
    await page.getByText('1 selected').waitFor();
    expect(await page.locator('tbody input:checked').count()).toBe(0);
    await region.evaluate((box) => box.scrollTo({ top: 0 }));
    await tick(page.getByRole('checkbox', { name: 'Select HH-WARD-0001' }), false);
  });

  test('the filter and the facets narrow it down, and stand in the address', async () => {
    const { page } = window;
    await desk.api.call('hosts.tag', { filter: { query: 'ward-29' }, expected: 100, tag: 'night shift' });
    const tagged = page.getByRole('complementary', { name: 'Filter' }).getByRole('listitem').filter({ hasText: 'night shift' });
    await tagged.getByText('100', { exact: true }).waitFor();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('ward-299');
    await page.getByText('10 of 3,022').waitFor();
    await tagged.getByText('10', { exact: true }).waitFor(); // of the hosts the name leaves
    expect(page.url()).toContain('q=ward-299');
    await tick(page.getByRole('checkbox', { name: 'Ready' }));
    await page.getByRole('heading', { name: 'No host matches' }).waitFor();
    await page.getByRole('button', { name: 'Clear', exact: true }).click();
    await page.getByText('3,022 hosts').first().waitFor();
  });

  test('a recovery password typed into the filter is named, and stands in no address, request or saved view', async () => {
    const { page } = window;
    await page.goto(`${desk.origin}/#/hosts?sort=hostname`);
    await page.getByText('HH-WARD-0000').waitFor();
    const groups = madeUpKey(77).recoveryPassword.split('-');
    const filter = page.getByRole('searchbox', { name: 'Filter hosts' });
    const before = window.sent.length;
    for (const typed of [groups.join('-'), groups.join(''), `from his printout: ${groups.slice(0, 4).join(' ')}`]) {
      await filter.fill(typed);
      await page.getByRole('alert').getByText('That is a recovery password.').waitFor();
      const { hash } = new URL(page.url());
      await filter.fill('');
      await page.getByText('HH-WARD-0000').waitFor();
      for (const text of [hash, await everythingIn(page), window.sent.slice(before).join('\n')]) expect(groups.filter((group) => text.includes(group))).toEqual([]);
    }
    await filter.fill('hh-ward-0012');
    await expect.poll(() => new URL(page.url()).hash).toContain('q=hh-ward-0012');
    await filter.fill('');
    await expect.poll(() => new URL(page.url()).hash).not.toContain('q=');
  });

  test('arrows move from host to host, and the panel shows each with its history', async () => {
    const { page } = window;
    await page.goto(`${desk.origin}/#/hosts?sort=hostname&q=ward-010`);
    await page.getByText('HH-WARD-0100').waitFor();
    await page.getByRole('region', { name: 'Hosts' }).focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(chosen).toBe('HH-WARD-0100');
    await page.keyboard.press('ArrowDown');
    await expect.poll(chosen).toBe('HH-WARD-0101');
    await page.keyboard.press('ArrowUp');
    await page.getByRole('heading', { name: 'HH-WARD-0100' }).waitFor();
    await expect.poll(() => page.locator('aside ol').innerText()).toMatch(/Reported/);
    // Enter goes on to what can be done with it, Escape back to the list.
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.closest('aside footer') !== null && document.activeElement instanceof HTMLButtonElement)).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('region');
    await page.getByText('HH-WARD-0100', { exact: true }).first().click();
    await expect.poll(chosen).toBe('HH-WARD-0100');
    await page.getByRole('region', { name: 'Hosts' }).focus();
  });

  test('hosts picked one by one are acted on alone, and nothing stays picked when the list changes', async () => {
    const { page } = window;
    await page.keyboard.press('Space');
    await tick(page.getByRole('checkbox', { name: 'Select HH-WARD-0103' }));
    await page.getByText('2 selected').waitFor();
    expect(await chosen()).toBe('HH-WARD-0100');
    await page.getByRole('region', { name: 'Hosts' }).focus();
    await page.keyboard.press('a');
    await page.getByRole('dialog').getByLabel('Tag').fill('night shift');
    await page.getByRole('button', { name: 'Tag 2 hosts' }).click();
    await page.getByText('2 of 2 hosts changed').waitFor();
    await expect.poll(() => page.getByText('2 selected').count()).toBe(0);
    await tick(page.getByRole('checkbox', { name: 'Select those in sight' }));
    await page.getByText('10 selected').waitFor();
    await tick(page.getByRole('checkbox', { name: 'night shift' }));
    await page.getByText('2 of 3,022').waitFor();
    await expect.poll(() => page.getByText('10 selected').count()).toBe(0);
    await tick(page.getByRole('checkbox', { name: 'night shift' }), false);
    await page.getByText('10 of 3,022').waitFor();
    await page.getByRole('region', { name: 'Hosts' }).focus();
  });

  test('a block needs a reason from the list, and is undone from the toast', async () => {
    const { page } = window;
    await page.getByRole('button', { name: 'Block with reason' }).click();
    const act = page.getByRole('button', { name: 'Block HH-WARD-0100' });
    await expect.poll(() => act.isDisabled()).toBe(true);
    await page.getByRole('dialog').getByLabel('Reason').selectOption('not-reachable');
    await act.click();
    await page.getByText('HH-WARD-0100 blocked: Not reachable').waitFor();
    await page.locator('aside').getByText('Blocked', { exact: true }).first().waitFor();
    await page.keyboard.press('Control+z');
    await page.locator('aside header').getByText('Blocked').waitFor({ state: 'detached' });
  });

  test('a host is set verified with evidence only', async () => {
    const { page } = window;
    await page.getByRole('button', { name: 'Set verified' }).click();
    const act = page.getByRole('dialog').getByRole('button', { name: 'Set HH-WARD-0100 verified' });
    await expect.poll(() => act.isDisabled()).toBe(true);
    await page.getByLabel('Evidence').fill('seen signing in by the ward, 03:20');
    await act.click();
    await page.locator('aside header').getByText('Verified').waitFor();
    await expect.poll(() => page.locator('aside ol').innerText()).toContain('seen signing in by the ward, 03:20');
  });

  test('a host does not end for good without a note, and Escape leaves the dialog', async () => {
    const { page } = window;
    await page.keyboard.press('ArrowDown');
    await page.getByRole('heading', { name: 'HH-WARD-0101' }).waitFor();
    await page.getByRole('button', { name: 'Close host' }).click();
    await expect.poll(() => page.getByRole('button', { name: 'Close HH-WARD-0101' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await page.locator('aside header').getByText('Closed').count()).toBe(0);
  });

  test('commands are found by their words, and language and theme change at once', async () => {
    const { page } = window;
    await page.keyboard.press('Control+k');
    await page.keyboard.type('deutsch');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Übersicht' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('dunkel');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('dark');
    await page.reload();
    await page.getByRole('link', { name: 'Übersicht' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
  });
});

describe('what an operator may not do', () => {
  test('an auditor has no lookup, and begins where the hosts are counted', async () => {
    await desk.api.call('vault.close', {});
    const auditor = await openWindow(browser, desk.address);
    const { page } = auditor;
    await signInTwice(auditor, 'audit-01');
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    expect(await page.getByRole('link', { name: 'Lookup' }).count()).toBe(0);
    await page.goto(`${desk.origin}/#/hosts?q=ward-0100`);
    await page.locator('tbody tr').first().click();
    await page.getByRole('heading', { level: 2, name: 'HH-WARD-0100' }).waitFor();
    expect(await page.locator('aside footer button').count()).toBe(0);
    await page.goto(`${desk.origin}/#/audit`);
    await page.getByRole('button', { name: 'Verify chain' }).click();
    await page.getByText(/Chain intact/).waitFor();
    expect(auditor.faults()).toEqual([]);
    await auditor.close();
  });

  test('a supervisor finds a key record and is told which role may disclose it', async () => {
    await desk.api.call('vault.close', {});
    const supervisor = await openWindow(browser, desk.address);
    const { page } = supervisor;
    await signInTwice(supervisor, 'lead-02');
    await page.getByRole('combobox').fill('KI-SURG-0003');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('ArrowDown');
    await page.getByText('Needs the role Helpdesk or Technician.').waitFor();
    await expect.poll(() => page.getByRole('button', { name: /Disclose recovery password/ }).isDisabled()).toBe(true);
    await page.keyboard.press('Enter');
    expect((await desk.api.call('status.get', {})).disclosures).toBe(0);
    expect(supervisor.faults()).toEqual([]);
    await supervisor.close();
  });
});

/** Somebody else set the first passphrase: it is changed before anything else. */
async function signInTwice({ page }: OpenWindow, name: string): Promise<void> {
  await page.locator('input[name=operator]').fill(name);
  await page.getByLabel('Passphrase').fill(PASSPHRASE);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'New passphrase' }).waitFor();
  await page.getByLabel('Present passphrase').fill(PASSPHRASE);
  await page.getByLabel('New passphrase', { exact: true }).fill(`${PASSPHRASE} alone`);
  await page.getByLabel('New passphrase again').fill(`${PASSPHRASE} alone`);
  await page.keyboard.press('Enter');
  await page.getByRole('navigation').waitFor();
}
