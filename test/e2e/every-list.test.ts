// What a screen says when it has nothing to list, when the desk takes its time, and when it fails: from the table of screens, so that a new one can not be forgotten.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser, Page, Route } from 'playwright-core';
import { SCREENS, type Screen } from '../../renderer/place.ts';
import { startDesk, type RunningDesk } from './running-desk.ts';
import { cutOff, launch, openWindow, overflows, takePicture, type Look, type OpenWindow } from './window.ts';

interface List {
  readonly at: string;
  /** What says on a fresh desk that there is nothing: the part for empty lists, unless the screen has one of its own, or always has rows there. */
  readonly empty?: { readonly part: string; readonly way: string } | 'has rows';
  /** What is answered in place of the desk, where this machine would have rows. */
  readonly answers?: Readonly<Record<string, string>>;
}

const EMPTY = '[class*=_empty_]';
const HAS_ROWS = 'has rows';
/** Every list of every screen. */
const LISTS: Readonly<Record<Screen, readonly List[]>> = {
  lookup: [{ at: 'lookup?q=KI-WARD-0001' }],
  overview: [{ at: 'overview' }, { at: 'overview/coverage' }],
  hosts: [{ at: 'hosts' }, { at: 'hosts?state=ready' }],
  media: [{ at: 'media' }],
  disks: [{ at: 'disks', answers: { 'volumes.disks': '[]' } }],
  imports: [{ at: 'imports', empty: { part: EMPTY, way: 'form button' } }, { at: 'imports?view=results' }, { at: 'imports?view=lists' }],
  disclosures: [{ at: 'disclosures' }],
  rotation: [{ at: 'rotation' }, { at: 'rotation?state=asked' }, { at: 'rotation?state=confirmed' }],
  audit: [{ at: 'audit', empty: HAS_ROWS }],
  operators: [{ at: 'operators', empty: HAS_ROWS }],
  waves: [{ at: 'waves' }],
  incidents: [{ at: 'incidents', empty: HAS_ROWS }],
  reports: [{ at: 'reports', empty: HAS_ROWS }],
  matching: [{ at: 'matching' }, { at: 'matching?view=questions' }, { at: 'matching?view=keys' }, { at: 'matching?view=hosts' }],
  'walk-in': [{ at: 'walk-in', empty: { part: '[class*=_stage_]', way: 'input' } }],
  settings: [{ at: 'settings', empty: HAS_ROWS }],
};

let browser: Browser;
let desk: RunningDesk;
beforeAll(async () => {
  [browser, desk] = await Promise.all([launch(), startDesk()]);
  await desk.api.call('desk.create', { operatorName: 'lead-01', passphrase: 'a long walk by the sea', recoverySheet: false });
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

/** Stands between the window and its desk: lets calls through, or holds them back until it is told how they end. */
class Between {
  private held: Route[] | null = null;
  private failing: 'internal' | 'gone' | null = null;
  answers: Readonly<Record<string, string>> = {};

  async stand(page: Page): Promise<void> {
    await page.route('**/call/**', async (route) => {
      const name = new URL(route.request().url()).pathname.slice('/call/'.length);
      const answer = this.answers[name];
      if (name === 'desk.state' || name.startsWith('shell.')) await route.continue();
      else if (this.held !== null) this.held.push(route);
      else if (this.failing !== null) await fail(route, this.failing);
      else if (answer !== undefined) await route.fulfill({ contentType: 'application/json', body: answer });
      else await route.continue();
    });
  }
  hold(): void { this.held = []; this.failing = null; }
  async failAll(how: 'internal' | 'gone'): Promise<void> {
    const held = this.held ?? [];
    this.held = null;
    this.failing = how;
    await Promise.all(held.map((route) => fail(route, how)));
  }
  letThrough(): void { this.held = null; this.failing = null; }
}

/** A page that was left does not wait for its answer any more. */
async function fail(route: Route, how: 'internal' | 'gone'): Promise<void> {
  await (how === 'gone' ? route.abort() : route.fulfill({ status: 500, contentType: 'application/json', body: JSON.stringify({ code: 'internal', facts: {}, reference: 'AB12CD34' }) })).catch(() => undefined);
}

const WORDS = {
  en: { loading: 'Loading', tryAgain: 'Try again', fails: { internal: /start it again.* Reference AB12CD34\./, gone: /start it again/ } },
  de: { loading: 'Wird geladen', tryAgain: 'Erneut versuchen', fails: { internal: /neu starten.* Kennzeichen AB12CD34\./, gone: /neu starten/ } },
} as const;
/** A zero, or that there is nothing, before anybody could know. */
const FALSE_NOTHING = /(^|\n|\s)0($|\n|\s)|(^|\n)(No|Nothing|Nobody|Kein|Keine|Nichts|Niemand|Noch kein\w*|Noch nichts)\s/;

const textOf = (page: Page): Promise<string> => page.locator('main').innerText();

async function reachWithTab(page: Page, name: string): Promise<boolean> {
  for (let n = 0; n < 60; n += 1) {
    if (await page.evaluate(() => document.activeElement?.textContent) === name) return true;
    await page.keyboard.press('Tab');
  }
  return false;
}

describe.each([['en', 'light', 'internal'], ['de', 'dark', 'gone']] as const)('every list in %s, %s', (language, theme, how) => {
  const look: Look = { language, theme, width: 1280, height: 800 };
  const words = WORDS[language];
  const between = new Between();
  let window: OpenWindow;
  beforeAll(async () => {
    window = await openWindow(browser, desk.address, look);
    await window.page.getByRole('navigation').waitFor();
    await between.stand(window.page);
  });
  afterAll(() => window.close());

  test.each(SCREENS.flatMap((screen) => LISTS[screen].map((list) => ({ screen, ...list }))))('$at: says that it loads, what failed and how to go on, and what belongs where nothing is', async ({ at, empty = { part: EMPTY, way: `${EMPTY} :is(a, button)` }, answers = {} }) => {
    const { page } = window;
    const name = at.replace(/\W+/g, '-');
    const found: string[] = [];
    const lookAt = async (state: string): Promise<void> => {
      if (await overflows(page)) found.push(`${state}: something stands outside the window`);
      found.push(...(await cutOff(page)).map((line) => `${state}: cut off: ${line}`));
    };

    between.answers = answers;
    between.hold();
    await page.goto(`${desk.origin}/?${name}#/${at}`); // another address: the window begins anew
    await page.getByRole('main').getByRole('status').filter({ hasText: words.loading }).first().waitFor();
    const loading = await textOf(page);
    if (FALSE_NOTHING.test(loading)) found.push(`loading: says that there is nothing: ${FALSE_NOTHING.exec(loading)?.[0].trim()} in ${loading.replace(/\n+/g, ' | ')}`);
    if (await page.getByRole('alert').count() > 0) found.push('loading: says that something failed');
    await lookAt('loading');

    await between.failAll(how);
    const failures = page.getByRole('main').getByRole('alert');
    await failures.first().waitFor();
    for (const sentence of await failures.allInnerTexts()) if (!words.fails[how].test(sentence)) found.push(`failed: does not say what to do: ${sentence}`);
    const failed = await textOf(page);
    if (FALSE_NOTHING.test(failed)) found.push(`failed: says that there is nothing: ${FALSE_NOTHING.exec(failed)?.[0].trim()} in ${failed.replace(/\n+/g, ' | ')}`);
    if (await page.getByRole('main').getByRole('status').filter({ hasText: words.loading }).count() > 0) found.push('failed: goes on loading beside it');
    await lookAt('failed');

    // Once in vain, then to the end: whoever has only the keyboard is not thrown out of the page.
    for (const again of ['in vain', 'for good'] as const) {
      if (again === 'for good') between.letThrough();
      for (let rest = await failures.count(); rest > 0; rest = again === 'in vain' ? 0 : await failures.count()) {
        if (!await reachWithTab(page, words.tryAgain)) { found.push(`failed: Tab does not come to ${words.tryAgain}`); break; }
        await failures.evaluateAll((all) => { for (const one of all) one.setAttribute('data-before', ''); });
        await page.keyboard.press('Enter');
        if (again === 'in vain') await page.locator('main [role=alert]:not([data-before])').first().waitFor();
        else await page.waitForFunction((before) => document.querySelectorAll('main [role=alert]').length < before, rest);
        if (await page.evaluate(() => document.activeElement === document.body)) found.push(`tried again ${again}: the focus is nowhere`);
      }
    }

    if (empty !== HAS_ROWS) {
      const nothing = page.getByRole('main').locator(empty.part).first();
      await nothing.waitFor();
      if ((await nothing.locator('p').first().innerText()).length < 20) found.push('empty: does not say what belongs here');
      if (await page.getByRole('main').locator(empty.way).count() === 0) found.push('empty: has no way to the next act');
    }
    await lookAt('empty');
    await takePicture(page, `nothing-in-${name}`, look);
    expect(found).toEqual([]);
  });
});
