import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser, Locator, Page } from 'playwright-core';
import { MESSAGES } from '../../renderer/messages/index.ts';
import { spokenCharacter } from '../../renderer/spoken.ts';
import { writeHandOver, type HandedOver } from './hand-over.ts';
import { startDesk, type RunningDesk } from './running-desk.ts';
import { AS_USUAL, everythingIn, launch, openWindow, whenDrawn, type OpenWindow } from './window.ts';

let browser: Browser;
let desk: RunningDesk;
let keys: readonly HandedOver[];

beforeAll(async () => {
  [browser, desk] = await Promise.all([launch(), startDesk()]);
  await desk.api.call('desk.create', { operatorName: 'helpdesk-07', passphrase: 'a long walk by the sea', recoverySheet: false });
  const handOver = writeHandOver(desk.folder, 30);
  keys = handOver.keys;
  for await (const _ of desk.api.stream('imports.run', { paths: [handOver.path] }));
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

const MOST_KEY_PRESSES = 14;

/** Counts what is pressed from here on, as the page hears it. */
async function countKeys(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const counted = window as unknown as { pressed: number }; // of this test
    counted.pressed = 0;
    window.addEventListener('keydown', () => { counted.pressed += 1; }, true);
  });
  return () => page.evaluate(() => (window as unknown as { pressed: number }).pressed);
}

const saidAt = (page: Page): Locator => page.locator('section[aria-label] [class*=said][aria-live]');
const said = (page: Page): Promise<string> => saidAt(page).innerText();

describe.each(['en', 'de'] as const)('on the telephone (%s)', (language) => {
  const m = MESSAGES[language];
  const key = (): HandedOver => keys[language === 'en' ? 3 : 4] as HandedOver; // there are thirty
  const groups = (): string[] => key().recoveryPassword.split('-');
  let window: OpenWindow;

  test(`from the eight characters of a caller to the digits in sight it takes at most ${MOST_KEY_PRESSES} key presses and no mouse, with the policies a desk begins with`, async () => {
    window = await openWindow(browser, desk.address, { ...AS_USUAL, language });
    const { page } = window;
    await page.locator('[data-lookup-field]').waitFor();
    const pressed = await countKeys(page);
    await page.keyboard.type(key().keyProtectorId.slice(0, 8));
    await page.getByRole('option').filter({ hasText: key().keyProtectorId.slice(0, 8) }).first().waitFor(); // as an agent sees it
    await page.keyboard.press('ArrowDown');
    await page.getByRole('heading', { name: key().hostname }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText(m.calls.identityNeeded).waitFor();
    await page.keyboard.press('1');
    // What is typed from the moment the digits are in sight is what the caller reads back, not how the call ended.
    const first = whenDrawn(page, m.disclosed.inSight);
    await page.keyboard.press('Enter');
    expect((await first).focus).toContain(m.disclosed.readBack);
    expect((await page.locator('section[aria-label] ol').first().locator('li > span:nth-child(2)').allTextContents())).toEqual(groups());
    const count = await pressed();
    process.stdout.write(`key presses from eight characters to a recovery password in sight (${language}): ${count}\n`);
    expect(count).toBeLessThanOrEqual(MOST_KEY_PRESSES);
    expect((await desk.api.call('calls.list', { open: true })).rows[0]).toMatchObject({ identity: 'called-back', reason: 'mass-incident' });
  });

  test('one digit after the other stands there large with its word, in the words of the language, and never as a double', async () => {
    const { page } = window;
    const all = groups().join('');
    const words: string[] = [];
    const way = async (): Promise<string | undefined> => (await desk.api.call('disclosures.list', {})).rows[0]?.way;
    expect(await way()).toBe('shown');
    for (let at = 0; at < all.length; at += 1) {
      const [digit, word = ''] = (await said(page)).split(/\s+/);
      expect(digit).toBe(all.charAt(at));
      expect(word).toBe(spokenCharacter(all.charAt(at), language));
      words.push(word);
      if (at % 6 === 0) await expect.poll(() => page.getByText(m.disclosed.group(at / 6 + 1)).first().isVisible()).toBe(true);
      await page.keyboard.press('Space');
    }
    await expect.poll(way).toBe('spoken'); // the first digit said was enough
    await page.getByText(m.disclosed.readOutBy('helpdesk-07')).waitFor();
    expect(new Set(words).has(language === 'de' ? 'zwei' : 'double')).toBe(false);
    if (all.includes('2')) expect(words).toContain(language === 'de' ? 'zwo' : 'two');
    expect((await said(page)).charAt(0)).toBe(all.at(-1)); // it stays at the last one
  });

  test('the instructions for the caller are at hand while the digits are in sight, with no key in them', async () => {
    const { page } = window;
    const saved = page.waitForEvent('download');
    await page.keyboard.press('Control+k');
    await page.keyboard.type(m.lookup.instructions);
    await page.keyboard.press('Enter');
    const html = readFileSync(await (await saved).path(), 'utf8');
    expect(html).toContain('<svg');
    for (const group of groups()) expect(html).not.toContain(group);
    expect(await page.getByRole('heading', { name: m.disclosed.inSight }).isVisible()).toBe(true);
  });

  test('back goes one digit back, repeat to the beginning of the group', async () => {
    const { page } = window;
    const all = groups().join('');
    await page.keyboard.press('ArrowLeft');
    // Whoever hears the page hears the same digit twice, too: it stands there anew, in its place.
    const [place, digit] = await Promise.all([saidAt(page).elementHandle(), saidAt(page).evaluateHandle((one) => one.firstChild)]);
    await page.keyboard.press('ArrowLeft');
    expect(await digit.evaluate((node) => node?.isConnected)).toBe(false);
    expect(await place?.evaluate((node) => node.isConnected)).toBe(true);
    expect((await said(page)).charAt(0)).toBe(all.at(-3));
    await page.keyboard.press('r');
    expect((await said(page)).charAt(0)).toBe(all.charAt(42));
    await page.keyboard.press('ArrowLeft');
    expect((await said(page)).charAt(0)).toBe(all.charAt(41)); // in the group before
  });

  test('what the caller reads back is compared digit by digit; a wrong group is named at the wrong digit and read out again', async () => {
    const { page } = window;
    const [first = '', second = '', ...rest] = groups();
    await page.keyboard.type(first);
    await page.getByText(m.disclosed.match(1)).waitFor();
    await page.keyboard.type(second.slice(0, 3));
    expect(await page.getByText(m.disclosed.wrong(2)).isVisible()).toBe(false);
    await page.keyboard.type(second.charAt(3) === '9' ? '0' : '9');
    await page.getByText(m.disclosed.wrong(2)).waitFor();
    expect((await said(page)).charAt(0)).toBe(second.charAt(0));
    await page.keyboard.press('Backspace');
    // From the moment the last group is said to match, Enter records: nobody's key press falls between two drawings.
    const chosen = whenDrawn(page, m.disclosed.allMatch);
    await page.keyboard.type(second.slice(3) + rest.join(' '));
    expect(await chosen).toEqual({ focus: `${m.calls.outcomes.unlocked}1`, pressed: `${m.calls.outcomes.unlocked}1` });
  });

  test('how it ended is chosen and recorded with two keys, and the digits are gone', async () => {
    const { page } = window;
    await page.keyboard.press('2');
    await expect.poll(() => page.getByRole('button', { pressed: true }).innerText()).toContain(m.calls.outcomes.rejected);
    await page.keyboard.press('1');
    await page.keyboard.press('Enter');
    await page.getByText(m.calls.ended(m.calls.outcomes.unlocked)).waitFor();
    expect((await desk.api.call('calls.list', { open: false })).rows[0]).toMatchObject({ outcome: 'unlocked', groupsRead: 8, hostname: key().hostname });
    const everything = await everythingIn(page);
    for (const group of groups()) expect(everything).not.toContain(group);
    // The next caller can speak: the field is empty and has the focus, and nobody's key is chosen.
    await expect.poll(() => page.evaluate(() => { const field = document.activeElement; return field instanceof HTMLInputElement && field.hasAttribute('data-lookup-field') ? field.value : 'elsewhere'; })).toBe('');
    expect(await page.getByRole('button', { name: m.lookup.disclose }).count()).toBe(0);
  });

  test('copying is offered only where the policy allows it, and the clipboard is cleared only if it still holds the digits', async () => {
    await window.close();
    window = await openWindow(browser, desk.address, { ...AS_USUAL, language });
    await window.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: desk.origin });
    const { page } = window;
    const show = async (): Promise<void> => {
      await page.locator('[data-lookup-field]').fill(key().keyProtectorId);
      await page.getByRole('option').first().waitFor();
      await page.keyboard.press('ArrowDown');
      await page.getByRole('heading', { name: key().hostname }).waitFor();
      await page.keyboard.press('Enter');
      await page.getByText(m.calls.identityNeeded).waitFor();
      await page.keyboard.press('4');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: m.disclosed.inSight }).waitFor();
    };
    const held = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
    await page.locator('[data-lookup-field]').waitFor();
    await show();
    await page.getByText(m.disclosed.captureOpen).waitFor(); // a browser lets nobody forbid it, and that is said
    expect(await page.getByRole('button', { name: m.disclosed.copy }).count()).toBe(0);
    await page.keyboard.press('Escape');

    await desk.api.call('policies.set', { clipboardAllowed: true });
    await page.locator('[data-lookup-field]').waitFor();
    await show();
    await page.getByRole('button', { name: m.disclosed.copy }).waitFor();
    await page.keyboard.press('Control+c');
    await page.getByText(m.disclosed.copied).waitFor();
    expect(await held()).toBe(key().recoveryPassword);
    await page.keyboard.press('Escape');
    await page.getByText(m.disclosed.cleared).waitFor();
    expect(await held()).toBe('');

    await show();
    await page.keyboard.press('Control+c');
    await page.getByText(m.disclosed.copied).waitFor();
    await page.evaluate(() => navigator.clipboard.writeText('an address somebody copied since'));
    await page.keyboard.press('Escape');
    await page.getByText(m.disclosed.hidden).waitFor();
    expect(await held()).toBe('an address somebody copied since');
    await desk.api.call('policies.set', { clipboardAllowed: false });
    expect(window.faults()).toEqual([]);
    await window.close();
  });
});
