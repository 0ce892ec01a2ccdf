// Every screen there is, from the table of screens, so that a new one can not be forgotten: sizes, languages, themes, zoom, forced colours, focus, dialogs.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { SCREENS, type Screen } from '../../renderer/place.ts';
import { findsInDialog } from './open-dialog.ts';
import { startOpenDemo, type RunningDesk } from './running-desk.ts';
import { AS_USUAL, axeFinds, cutOff, drawn, launch, loadAt, openWindow, overflows, settled, type Look, type OpenWindow } from './window.ts';

let browser: Browser;
let desk: RunningDesk;
let window: OpenWindow;

beforeAll(async () => {
  [browser, desk] = await Promise.all([launch(), startOpenDemo()]);
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

/** 640 x 400 is what is left of 1280 x 800 at 200 %. */
const SIZES = [[1280, 800], [900, 640], [640, 400]] as const;

async function go(page: Page, screen: Screen): Promise<void> {
  await loadAt(page, `/${screen}`);
  await page.locator('main h1').first().waitFor({ state: 'attached' });
  await settled(page);
}

async function wear(page: Page, { language, theme, width, height }: Look): Promise<void> {
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: theme });
  await page.evaluate((preferences) => localStorage.setItem('bluelift-preferences', JSON.stringify(preferences)), { language, theme });
}

/** Buttons whose words are laid over one another or out of the button. */
const spilled = (page: Page): Promise<string[]> => page.evaluate(() => [...document.querySelectorAll<HTMLElement>('button, [role=option], th, td, dt, dd, label')]
  .filter((element) => element.checkVisibility() && element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 2 && getComputedStyle(element).overflowX === 'visible')
  .filter((element) => { const box = element.getBoundingClientRect(); const range = document.createRange(); range.selectNodeContents(element); return range.getBoundingClientRect().right > box.right + 2; })
  .map((element) => `${element.tagName.toLowerCase()} "${element.textContent.trim().slice(0, 60)}"`));

const WALLS = [[1920, 1080], [1366, 768], [1280, 800], [3840, 2160]] as const;

/** Figures of which hardly a word stands on a line. */
const brokenUp = (page: Page): Promise<string[]> => page.evaluate(() => [...document.querySelectorAll<HTMLElement>('main section p')]
  .filter((line) => line.checkVisibility() && line.innerText.includes(' ') && line.clientHeight > 3.5 * Number.parseFloat(getComputedStyle(line).lineHeight)).map((line) => `900x640: broken up: ${line.innerText.slice(0, 40)}`));

/** The line of facts beside a title: when, how many, of what. */
const factsCut = (page: Page): Promise<string[]> => page.evaluate(() => [...document.querySelectorAll<HTMLElement>('main header > h1 ~ p')]
  .filter((line) => line.checkVisibility() && (line.scrollWidth > line.clientWidth + 1 || line.scrollHeight > line.clientHeight + 2)).map((line) => line.innerText));

/** What has the focus and does not show it. Rings may be the element's own or, for fields in a bar, that of the bar. */
async function withoutFocus(page: Page, most: number): Promise<string[]> {
  await page.evaluate(() => {
    (document.activeElement as HTMLElement | null)?.blur();
    document.body.focus();
    const heard = window as unknown as { withoutFocus: Set<string>; reached: number; hear?: () => void }; // of this test
    heard.withoutFocus = new Set();
    heard.reached = 0;
    if (heard.hear !== undefined) return;
    heard.hear = () => {
      const focused = document.activeElement;
      if (focused === null || focused === document.body) return;
      heard.reached += 1;
      for (let element: Element | null = focused, up = 0; element !== null && up < 3; element = element.parentElement, up += 1) {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
        if (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1) return;
        if (boxShadow.includes('inset') && element.matches(':focus-within')) return;
      }
      heard.withoutFocus.add(focused.outerHTML.slice(0, 120));
    };
    document.addEventListener('focusin', heard.hear);
  });
  for (let n = 0; n < most; n += 1) await page.keyboard.press('Tab');
  const { found, reached } = await page.evaluate(() => { const heard = window as unknown as { withoutFocus: Set<string>; reached: number }; return { found: [...heard.withoutFocus], reached: heard.reached }; });
  expect(reached).toBeGreaterThan(10); // the rail alone has more
  return found;
}

describe('the list of screens', () => {
  test('is the one the pictures are made of', () => {
    const pictures = readFileSync(new URL('pictures.test.ts', import.meta.url), 'utf8');
    expect(SCREENS.filter((screen) => !new RegExp(`at: [\`']/${screen}[\`'?/]`).test(pictures))).toEqual([]);
  });
});

describe.each([['en', 'light'], ['de', 'dark']] as const)('every screen in %s, %s', (language, theme) => {
  beforeAll(async () => {
    window = await openWindow(browser, desk.address, { ...AS_USUAL, language, theme });
    await window.page.getByRole('navigation').waitFor();
    await wear(window.page, { language, theme, width: 1280, height: 800 });
  });
  afterAll(async () => {
    const faults = window.faults();
    await window.close();
    expect(faults).toEqual([]);
  });

  describe.each(SCREENS)('%s', (screen) => {
    // Loaded once: each test leaves it as it found it.
    beforeAll(async () => {
      await window.page.setViewportSize({ width: 1280, height: 800 });
      await go(window.page, screen);
    });

    test('nothing is cut, nothing stands outside, and axe finds nothing, also at 900 x 640 and at 200 %', async () => {
      const { page } = window;
      const found: string[] = [];
      for (const [width, height] of SIZES) {
        await page.setViewportSize({ width, height });
        await drawn(page);
        const at = `${width}x${height}`;
        if (await overflows(page)) found.push(`${at}: something stands outside the window`);
        found.push(...(await cutOff(page)).map((text) => `${at}: cut off: ${text}`), ...(await spilled(page)).map((text) => `${at}: spills: ${text}`));
        found.push(...(await factsCut(page)).map((text) => `${at}: facts of the head cut off: ${text}`));
        if (width !== 900) found.push(...(await axeFinds(page)).map((line) => `${at}: ${line}`));
      }
      expect(found).toEqual([]);
    });

    test('what the keyboard reaches shows that it has the focus, in forced colours too, and nothing moves for whoever wants no motion', async () => {
      const { page } = window;
      await page.setViewportSize({ width: 1280, height: 800 });
      const found = await withoutFocus(page, 45);
      expect(await page.evaluate(() => document.getAnimations().filter((animation) => Number(animation.effect?.getComputedTiming().duration ?? 0) > 0).length)).toBe(0);
      await page.emulateMedia({ forcedColors: 'active' });
      found.push(...(await withoutFocus(page, 45)).map((line) => `forced colours: ${line}`));
      await page.emulateMedia({ forcedColors: 'none', colorScheme: theme });
      expect(found).toEqual([]);
    });

    test('every act of its head can be found by its words, and it has a page of help', async () => {
      const { page } = window;
      await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
      const acts = await page.evaluate(() => [...document.querySelectorAll('main header button:enabled')].map((button) => {
        const copy = button.cloneNode(true) as HTMLElement; // of an element
        for (const key of copy.querySelectorAll('kbd')) key.remove();
        return button.getAttribute('aria-label') ?? copy.textContent.trim();
      }));
      await page.keyboard.press('Control+k');
      await page.locator('dialog[open] [role=option]').first().waitFor();
      const offered = (await page.locator('dialog[open] [role=option] > span:first-child').allInnerTexts()).map((text) => text.trim());
      expect(acts.filter((act) => act !== '' && !offered.includes(act))).toEqual([]);
      await page.keyboard.press('Escape');
      await page.locator('dialog').waitFor({ state: 'detached' });
      await page.keyboard.press('F1');
      await page.locator('dialog[open] p').first().waitFor();
      expect((await page.locator('dialog[open] p').first().innerText()).length).toBeGreaterThan(40);
      await page.keyboard.press('Escape');
      await page.locator('dialog').waitFor({ state: 'detached' });
    });

    test('every dialog its head and foot open can be read, fits, and closes with Esc', async () => {
      const { page } = window;
      await page.setViewportSize({ width: 900, height: 640 });
      const acts = page.locator('main header button:enabled, main footer button:enabled');
      const found: string[] = [];
      for (let n = 0; n < await acts.count(); n += 1) {
        const name = (await acts.nth(n).innerText()).split('\n')[0] ?? '';
        const place = page.url();
        await acts.nth(n).click();
        await settled(page);
        const wrong = await findsInDialog(page, name);
        found.push(...wrong ?? []);
        if (wrong === null || page.url() !== place) await go(page, screen); // wherever else the act led
      }
      expect(found).toEqual([]);
    });
  });

  test('the register of media is gone through with the arrows, as the hosts are, from wherever the focus is', async () => {
    const { page } = window;
    await go(page, 'media');
    const rows = page.getByRole('main').locator('tbody tr');
    const chosen = (): Promise<number> => rows.evaluateAll((all) => all.findIndex((row) => row.getAttribute('aria-selected') === 'true'));
    await page.keyboard.press('ArrowDown');
    await expect.poll(chosen).toBe(0);
    await page.keyboard.press('ArrowDown');
    await expect.poll(chosen).toBe(1);
    await page.getByRole('complementary', { name: await rows.nth(1).locator('th').innerText() }).waitFor();
    await page.getByRole('main').getByRole('region').first().focus();
    await page.keyboard.press('ArrowUp');
    await expect.poll(chosen).toBe(0);
    await page.keyboard.press('Escape');
    await expect.poll(chosen).toBe(-1);
  });

  test('the wall, and the walk-in station over the whole screen', async () => {
    const { page } = window;
    const found: string[] = [];
    for (const [screen, open] of [['overview', () => page.keyboard.press('f')], ['walk-in', () => page.keyboard.press('F11')]] as const) {
      await page.setViewportSize({ width: 1920, height: 1080 });
      await go(page, screen);
      await open();
      await page.getByRole('navigation').waitFor({ state: 'hidden' });
      for (const [width, height] of screen === 'overview' ? WALLS : []) {
        await page.setViewportSize({ width, height });
        await settled(page);
        // Nobody scrolls a wall.
        const { scrollHeight, clientHeight } = await page.locator('main [role=region]').first().evaluate((region) => ({ scrollHeight: region.scrollHeight, clientHeight: region.clientHeight }));
        if (scrollHeight > clientHeight) found.push(`${width}x${height}: ${scrollHeight - clientHeight} px stand below the fold`);
      }
      await page.setViewportSize({ width: 900, height: 640 }); // no wall, but somebody opens it there
      await settled(page);
      found.push(...await brokenUp(page));
      await page.setViewportSize({ width: 1920, height: 1080 });
      await settled(page);
      if (await overflows(page)) found.push(`${screen}: something stands outside the window`);
      found.push(...(await cutOff(page)).map((text) => `${screen}: cut off: ${text}`), ...(await axeFinds(page)).map((line) => `${screen}: ${line}`));
      await page.reload();
    }
    expect(found).toEqual([]);
  });
});
