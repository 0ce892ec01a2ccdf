// Every screen and the states that matter, in both languages, both themes and two sizes: a picture of each, and what must hold on all.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { startOpenDemo, type RunningDesk } from './running-desk.ts';
import { axeFinds, launch, loadAt, LOOKS, nameOf, openWindow, overflows, signIn, takePicture, tick, turnTo, type Look } from './window.ts';

let browser: Browser;
let desk: RunningDesk;
let some: { readonly keyPrefix: string; readonly blockedHostId: number; readonly repairedHostId: number; readonly mediaId: string; readonly importId: number; readonly hostPart: string; readonly atCounter: Readonly<Record<'disclose' | 'watch' | 'waiting', string>> };

beforeAll(async () => {
  [browser, desk] = await Promise.all([launch(), startOpenDemo()]);
  const blocked = await desk.api.call('hosts.list', { states: ['blocked'], limit: 1 });
  const repaired = await desk.api.call('hosts.list', { states: ['repaired'], limit: 1 });
  const media = await desk.api.call('media.list', { limit: 1 });
  const imports = await desk.api.call('imports.list', {});
  const keys = await desk.api.call('keys.ofHost', { hostId: repaired.rows[0]?.hostId ?? 0 });
  some = {
    keyPrefix: keys[0]?.keyProtectorId?.slice(0, 3) ?? '', blockedHostId: blocked.rows[0]?.hostId ?? 0, repairedHostId: repaired.rows[0]?.hostId ?? 0, mediaId: media.rows[0]?.mediaId ?? '',
    importId: imports.find((one) => one.rejected > 0)?.importId ?? imports[0]?.importId ?? 0, hostPart: 'SURG-03', atCounter: await fillCounter(),
  };
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

/** Four hosts at the walk-in station: two in hand, two waiting. */
async function fillCounter(): Promise<typeof some['atCounter']> {
  const withKey = (await desk.api.call('hosts.list', { states: ['reported', 'ready'], limit: 100 })).rows.filter(({ keyRecords }) => keyRecords > 1);
  const { rows: repaired } = await desk.api.call('hosts.list', { states: ['repaired'], limit: 1 });
  const ids: number[] = [];
  for (const { hostname } of [...withKey.slice(0, 1), ...repaired, ...withKey.slice(1, 3)]) {
    const answer = await desk.api.call('walkIns.arrive', { text: hostname });
    if (answer.status === 'in') ids.push(answer.walkIn.walkInId);
  }
  await desk.api.call('walkIns.call', {});
  await desk.api.call('walkIns.call', {});
  return { disclose: String(ids[0]), watch: String(ids[1]), waiting: String(ids[2]) };
}

interface Scene { readonly name: string; readonly at: string; readonly act?: (page: Page) => Promise<void> }

const press = (page: Page, ...keys: readonly string[]): Promise<void> => keys.reduce(async (before, key) => { await before; await page.keyboard.press(key); }, Promise.resolve());
const option = (page: Page): Promise<void> => page.getByRole('option').first().waitFor();

const scenes = (): readonly Scene[] => [
  { name: 'lookup-start', at: '/lookup' },
  { name: 'lookup', at: '/lookup', act: async (page) => { await page.keyboard.type(some.keyPrefix); await option(page); await press(page, 'ArrowDown'); await page.locator('section h2').waitFor(); } },
  { name: 'lookup-host', at: `/lookup?q=${some.hostPart}&host=${some.repairedHostId}`, act: option },
  { name: 'lookup-nothing', at: '/lookup?q=ZZZ-NOBODY', act: async (page) => { await page.locator('main h2').first().waitFor(); } },
  { name: 'lookup-typed-password', at: '/lookup', act: async (page) => { await page.keyboard.type('000011 000022 00003'); await page.keyboard.type('4 0000'); await page.locator('section[aria-label] ol li').first().waitFor(); } },
  { name: 'disclosed', at: `/lookup?host=${some.repairedHostId}`, act: async (page) => { await page.locator('section [role=option]').first().click(); await page.locator('form select').first().selectOption('video'); await page.locator('form button[type=submit]').click(); await page.locator('section[aria-label] ol').first().waitFor(); await press(page, ...Array<string>(15).fill('Space')); } },
  { name: 'overview', at: '/overview' },
  { name: 'overview-waves', at: '/overview?by=waves' },
  { name: 'overview-wall', at: '/overview', act: async (page) => { await press(page, 'f'); await page.locator('html[data-distance=wall]').waitFor(); } },
  { name: 'coverage', at: '/overview/coverage', act: async (page) => { await page.locator('main table').first().waitFor(); } },
  { name: 'hosts', at: '/hosts' },
  { name: 'host', at: `/hosts?state=blocked&host=${some.blockedHostId}` },
  { name: 'host-repaired', at: `/hosts?state=repaired&host=${some.repairedHostId}` },
  { name: 'host-block', at: `/hosts?host=${some.repairedHostId}`, act: async (page) => { await page.locator('aside footer button').nth(1).click(); await page.locator('dialog').waitFor(); } },
  { name: 'host-close', at: `/hosts?host=${some.repairedHostId}`, act: async (page) => { await page.locator('aside footer button').nth(2).click(); await page.locator('dialog').waitFor(); } },
  { name: 'media', at: '/media' },
  { name: 'medium', at: `/media?medium=${some.mediaId}` },
  { name: 'medium-lost', at: `/media?medium=${some.mediaId}`, act: async (page) => { await page.locator('aside footer button').nth(1).click(); await page.locator('dialog').waitFor(); } },
  { name: 'media-make', at: '/media/make' },
  { name: 'media-inspect', at: '/media/inspect' },
  { name: 'disks', at: '/disks' },
  { name: 'imports', at: '/imports' },
  { name: 'import', at: `/imports?import=${some.importId}` },
  { name: 'source-directory', at: '/imports?view=sources' },
  { name: 'source-tenant', at: '/imports?view=sources&source=tenant' },
  { name: 'results', at: '/imports?view=results' },
  { name: 'lists', at: '/imports?view=lists', act: async (page) => { await tick(page.locator('main input[type=checkbox]').first()); await page.locator('main table').nth(1).waitFor(); } },
  { name: 'disclosures', at: '/disclosures' },
  { name: 'rotation', at: '/rotation' },
  { name: 'rotation-hand-over', at: '/rotation', act: async (page) => { await page.locator('main header button').last().click(); await page.locator('dialog').waitFor(); } },
  { name: 'audit', at: '/audit', act: async (page) => { await page.locator('main header button').click(); await page.locator('[role=status] svg').first().waitFor(); } },
  { name: 'operators', at: '/operators' },
  { name: 'operator-add', at: '/operators', act: async (page) => { await page.locator('main header button').last().click(); await page.locator('dialog').waitFor(); } },
  { name: 'waves', at: '/waves' },
  { name: 'wave-add', at: '/waves', act: async (page) => { await page.locator('main header button').last().click(); await page.locator('dialog').waitFor(); } },
  { name: 'incidents', at: '/incidents', act: async (page) => { await page.locator('main table').nth(1).waitFor(); } },
  { name: 'recipe', at: '/incidents', act: async (page) => { await page.locator('main header button').first().click(); await page.locator('dialog').waitFor(); } },
  { name: 'reports', at: '/reports' },
  { name: 'conflicts', at: '/matching', act: async (page) => { await page.locator('main article').first().waitFor(); } },
  { name: 'host-questions', at: '/matching?view=questions', act: async (page) => { await page.locator('main [role=region]').first().waitFor(); } },
  { name: 'keys-without-host', at: '/matching?view=keys', act: async (page) => { await page.locator('main [role=region]').first().waitFor(); } },
  { name: 'hosts-without-key', at: '/matching?view=hosts', act: async (page) => { await page.locator('main table').first().waitFor(); } },
  { name: 'walk-in', at: `/walk-in?at=${some.atCounter.disclose}`, act: async (page) => { await page.locator('[data-act]').waitFor(); } },
  { name: 'walk-in-key', at: `/walk-in?at=${some.atCounter.disclose}`, act: async (page) => { await page.locator('[data-act] dd a').waitFor(); await page.getByRole('button', { name: /F3/ }).waitFor(); await press(page, 'F3'); await page.locator('[data-act] [role=option], [data-act] form').first().waitFor(); } },
  { name: 'walk-in-watch', at: `/walk-in?at=${some.atCounter.watch}`, act: async (page) => { await page.locator('[data-act=watch]').waitFor(); } },
  { name: 'walk-in-seen', at: `/walk-in?at=${some.atCounter.watch}`, act: async (page) => { await page.locator('[data-act=watch] dd a').waitFor(); await press(page, 'Enter'); await page.locator('dialog').waitFor(); } },
  { name: 'walk-in-waiting', at: `/walk-in?at=${some.atCounter.waiting}`, act: async (page) => { await page.locator('[data-act]').waitFor(); } },
  { name: 'walk-in-ready', at: '/walk-in' },
  { name: 'walk-in-several', at: '/walk-in', act: async (page) => { await page.keyboard.type(some.hostPart); await press(page, 'Enter', 'ArrowDown'); await page.locator('main [role=option]').first().waitFor(); } },
  { name: 'walk-in-nobody', at: '/walk-in', act: async (page) => { await page.keyboard.type('LOANER-0815-X'); await press(page, 'Enter'); await page.locator('section[role=status]').waitFor(); } },
  { name: 'paper', at: '/hosts', act: async (page) => { await page.getByRole('button', { name: /^(?:Paper sheet|Papierbogen)$/ }).click(); await page.locator('dialog').waitFor(); } },
  { name: 'settings', at: '/settings' },
  { name: 'commands', at: '/hosts', act: async (page) => { await press(page, 'Control+k'); await page.locator('dialog').waitFor(); } },
  { name: 'help', at: '/lookup', act: async (page) => { await press(page, 'F1'); await page.locator('dialog').waitFor(); } },
];

/** Words that stand wider than their box without being cut on purpose: a German label that was not given room. */
const cutOff = (page: Page): Promise<string[]> => page.evaluate(() => [...document.querySelectorAll<HTMLElement>('button, label, h1, h2, h3, th, td, dt, kbd')]
  // Cells may be cut where the whole text is in the panel; times and figures may not.
  .filter((element) => element.tagName !== 'TD' || /^[\d.,: A-Za-z]{0,8}\d\d:\d\d$|^[\d.,]+$/.test(element.innerText.trim()))
  .filter((element) => element.checkVisibility() && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1 && (element.tagName === 'TD' || getComputedStyle(element).textOverflow !== 'ellipsis') && getComputedStyle(element).overflowX !== 'visible')
  .map((element) => element.textContent));

/** Colours are all that a theme changes for axe, words all that a language does: two looks see both of each. */
const withAxe = ({ language, theme }: Look): boolean => (language === 'en') === (theme === 'light');

async function judge(page: Page, name: string, look: Look): Promise<readonly string[]> {
  await takePicture(page, name, look);
  return [
    ...((await overflows(page)) ? [`${name}: something stands outside the window`] : []),
    ...(await cutOff(page)).map((text) => `${name}: cut off: ${text}`),
    ...(withAxe(look) ? await axeFinds(page) : []).map((line) => `${name}: ${line}`),
  ];
}

/** Each scene is walked to once in a language, as usual in one and in the narrow dark in the other; its other looks are worn by the page as it stands there. */
async function lookThrough(first: Look): Promise<readonly string[]> {
  const others = LOOKS.filter((look) => look.language === first.language && nameOf(look) !== nameOf(first));
  const window = await openWindow(browser, desk.address, first);
  const { page } = window;
  const found: string[] = [];
  await page.getByRole('navigation').waitFor();
  for (const scene of scenes()) {
    await turnTo(page, first);
    await loadAt(page, scene.at);
    await page.locator('main h1').first().waitFor({ state: 'attached' });
    await scene.act?.(page).catch((error: unknown) => { found.push(`${scene.name}: ${String(error).slice(0, 400)}`); });
    for (const look of [first, ...others]) {
      await turnTo(page, look);
      found.push(...(await judge(page, scene.name, look)).map((line) => `${nameOf(look)}: ${line}`));
      if (!await page.getByText('Demo', { exact: true }).filter({ visible: true }).first().isVisible()) found.push(`${nameOf(look)}: ${scene.name}: not marked as a demo`);
    }
  }
  found.push(...window.faults());
  await window.close();
  return found;
}

// Both at once: one is drawn while the other is judged.
test.concurrent.each(LOOKS.filter(({ language, theme, width }) => (language === 'en' ? theme === 'light' && width === 1280 : theme === 'dark' && width === 900)))('every screen in $language, light and dark, fits in both sizes, can be used with a screen reader, and breaks no rule of the page', async (first) => {
  expect(await lookThrough(first)).toEqual([]);
});

describe('the vault closed, and opened again', () => {
  test('shows nothing but who may open it', async () => {
    const window = await openWindow(browser, desk.address);
    const { page } = window;
    const found: string[] = [];
    await page.getByRole('navigation').waitFor();
    await desk.api.call('vault.close', {});
    await page.locator('input[type=password]').waitFor();
    for (const look of LOOKS) {
      await turnTo(page, look);
      await page.locator('input[type=password]').waitFor();
      found.push(...await judge(page, 'vault-closed', look));
    }
    expect(found).toEqual([]);
    await page.evaluate(() => localStorage.clear());
    await page.reload();
    await signIn(page, desk.operator?.name ?? '', desk.operator?.passphrase ?? '');
    expect(window.faults()).toEqual([]);
    await window.close();
  });
});
