// The dialogs that stand behind a chosen host, medium, wave, incident, operator or import: every-screen.test.ts opens those of heads and feet.
// Each can be read, fits a small window, holds the focus, shows it, and closes with Esc.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import type { HostState } from '../../electron/core/codes.ts';
import { findsInDialog } from './open-dialog.ts';
import { startOpenDemo, type RunningDesk } from './running-desk.ts';
import { launch, loadAt, openWindow, settled, tick, type OpenWindow } from './window.ts';

let browser: Browser;
let desk: RunningDesk;

/** A place with buttons behind which a dialog may stand. */
interface Behind {
  readonly what: string; readonly at: () => Promise<string>; readonly buttons: string;
  /** So many dialogs are behind them, at least. */
  readonly least: number;
  /** The components that hold them, in renderer/screens. */
  readonly files: readonly string[];
  /** What has to be done before the buttons are there. */
  readonly before?: (page: Page) => Promise<void>;
}

const hostIn = async (state: HostState): Promise<string> => `hosts?state=${state}&host=${(await desk.api.call('hosts.list', { states: [state], limit: 1 })).rows[0]?.hostId ?? 0}`;
const mediumIn = async (state: 'written' | 'issued'): Promise<string> => `media?medium=${(await desk.api.call('media.list', { limit: 100 })).rows.find((medium) => medium.state === state)?.mediaId ?? ''}`;
const PLACES: readonly Behind[] = [
  { what: 'a host that is ready', at: () => hostIn('ready'), buttons: 'aside footer button', least: 3, files: ['hosts/host-acts.tsx', 'matching/join-by-name.tsx'] },
  { what: 'a host that is blocked', at: () => hostIn('blocked'), buttons: 'aside footer button', least: 3, files: ['hosts/host-acts.tsx'] },
  { what: 'a host that is verified', at: () => hostIn('verified'), buttons: 'aside footer button', least: 1, files: ['hosts/host-acts.tsx'] },
  { what: 'a list of hosts that was narrowed down', at: async () => 'hosts?state=blocked', before: (page) => page.locator('main header button[popovertarget]').click(), buttons: 'main [popover] button', least: 1, files: ['hosts/more-facets.tsx'] },
  { what: 'a medium that is out', at: () => mediumIn('issued'), buttons: 'aside footer button', least: 2, files: ['media/medium-acts.tsx'] },
  { what: 'waves', at: async () => 'waves', buttons: 'main table button, main section button', least: 2, files: ['waves/open-wave.tsx', 'waves/wave-dialogs.tsx'] },
  { what: 'incidents and recipes', at: async () => 'incidents', buttons: 'main table button, main section button', least: 2, files: ['incidents/incidents-screen.tsx', 'incidents/incident-dialogs.tsx', 'incidents/recipe-editor.tsx'] },
  { what: 'operators', at: async () => 'operators', buttons: 'main table button, main section button', least: 1, files: ['operators/operators-screen.tsx', 'operators/change-keys.tsx'] },
  { what: 'rotations that are due', at: async () => 'rotation', before: async (page) => { await tick(page.locator('main tbody input[type=checkbox]').first()); }, buttons: 'main button', least: 1, files: ['rotation/confirm-rotations.tsx', 'rotation/hand-over.tsx', 'rotation/request-rotations.tsx'] },
  { what: 'an import', at: async () => `imports?import=${(await desk.api.call('imports.list', {}))[0]?.importId ?? 0}`, buttons: 'main button', least: 1, files: ['imports/undo-import.tsx'] },
  { what: 'a host without a key', at: hostWithoutKey, buttons: 'main ol button', least: 2, files: ['lookup/ask-live.tsx'] },
  { what: 'an open call in which nothing was shown', at: openCall, buttons: 'main [class*=callActs] button:nth-of-type(-n+2)', least: 2, files: ['lookup/end-unshown-call.tsx'] },
  { what: 'media that may be without passcode', at: orderAllowed, buttons: 'main section p button', least: 1, files: ['media/register-notes.tsx'] },
  { what: 'a host at the counter that was repaired', at: atTheCounter, buttons: 'main [class*=acts] > button:first-child', least: 1, files: ['walk-in/walk-in-screen.tsx'] },
  { what: 'questions about hosts', at: questions, buttons: 'main section[aria-label*="KI-ASKED"] button', least: 2, files: ['matching/question-dialogs.tsx'] },
];
/** Opened by another test: that of the heads of screens, or where there are sticks to plug in. It names the button. */
const ELSEWHERE: Readonly<Record<string, readonly [test: string, by: RegExp]>> = {
  'hosts/act-on-many.tsx': ['every-screen.test.ts', /main header button:enabled/],
  'paper/print-paper.tsx': ['every-screen.test.ts', /main header button:enabled/],
  'media/disk-step.tsx': ['stick-story.test.ts', /\/\^Erase Virtual disk\//],
  'media/returned-sticks.tsx': ['stick-story.test.ts', /\/\^Wipe Virtual disk\//],
};

async function hostWithoutKey(): Promise<string> {
  const hostname = (await desk.api.call('hosts.withoutKey', { limit: 1 })).rows[0]?.hostname ?? '';
  return `lookup?host=${(await desk.api.call('hosts.list', { query: hostname, limit: 1 })).rows[0]?.hostId ?? 0}`;
}

async function openCall(): Promise<string> {
  if ((await desk.api.call('calls.list', {})).rows.every(({ disclosureId }) => disclosureId !== null)) await desk.api.call('calls.save', { keyRecordId: 1, caller: 'M. Sommer' });
  return 'lookup';
}

async function orderAllowed(): Promise<string> {
  await desk.api.call('policies.set', { mediaWithoutPasscodeAllowed: true });
  return 'media';
}

async function atTheCounter(): Promise<string> {
  const { rows: [repaired] } = await desk.api.call('hosts.list', { states: ['repaired'], limit: 1 });
  const arrived = await desk.api.call('walkIns.arrive', { text: repaired?.hostname ?? '', hostId: repaired?.hostId ?? 0 });
  if (arrived.status !== 'in') throw new Error(`the counter does not take ${repaired?.hostname ?? ''} in: ${arrived.status}`);
  if (arrived.walkIn.calledAt === null) await desk.api.call('walkIns.call', { walkInId: arrived.walkIn.walkInId });
  return `walk-in?at=${arrived.walkIn.walkInId}`;
}

async function questions(): Promise<string> {
  const path = join(desk.folder, 'devices.csv');
  writeFileSync(path, ['Device ID,Device name,Serial number,Last check-in', 'x,KI-ASKED-OLD,SN-ASKED,2024-06-01T05:00:00Z', 'x,KI-ASKED-NEW,SN-ASKED,2024-07-18T05:00:00Z', ''].join('\r\n'));
  for await (const _event of desk.api.stream('imports.run', { paths: [path] })) { /* until it is done */ }
  return 'matching?view=questions';
}

beforeAll(async () => {
  [browser, desk] = await Promise.all([launch(), startOpenDemo()]);
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

test('no component with a dialog is forgotten', () => {
  const folder = new URL('../../renderer/screens/', import.meta.url);
  const holding = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.tsx') && /<(?:Act)?Dialog\b/.test(readFileSync(new URL(name, folder), 'utf8')));
  expect(holding.sort()).toEqual([...new Set([...PLACES.flatMap(({ files }) => files), ...Object.keys(ELSEWHERE)])].sort());
  for (const [file, [where, by]] of Object.entries(ELSEWHERE)) expect([file, by.test(readFileSync(new URL(where, import.meta.url), 'utf8'))]).toEqual([file, true]);
});

describe.each([['en', 'light'], ['de', 'dark']] as const)('every dialog in %s, %s', (language, theme) => {
  let window: OpenWindow;
  beforeAll(async () => {
    window = await openWindow(browser, desk.address, { language, theme, width: 900, height: 640 });
    await window.page.getByRole('navigation').waitFor();
    await window.page.evaluate((preferences) => localStorage.setItem('bluelift-preferences', JSON.stringify(preferences)), { language, theme });
  });
  afterAll(async () => {
    const faults = window.faults();
    await window.close();
    expect(faults).toEqual([]);
  });

  test.each(PLACES)('behind $what', async ({ at, buttons, least, before }) => {
    const { page } = window;
    const place = await at();
    const go = async (): Promise<void> => {
      await page.setViewportSize({ width: 900, height: 640 });
      await loadAt(page, `/${place}`);
      await before?.(page);
      await page.locator(buttons).first().waitFor();
      await settled(page);
    };
    await go();
    const names = (await page.locator(buttons).evaluateAll((all) => all.map((button) => (button as HTMLButtonElement).disabled || button.ariaDisabled === 'true' || !button.checkVisibility() ? '' : button.textContent.trim()))); // of buttons
    const found: string[] = [];
    let opened = 0;
    for (const name of [...new Set(names)].filter((one) => one !== '')) {
      const stood = page.url();
      await page.locator(buttons).nth(names.indexOf(name)).click();
      await settled(page);
      const wrong = await findsInDialog(page, name);
      if (wrong !== null) opened += 1;
      found.push(...wrong ?? []);
      if (wrong === null || page.url() !== stood || before !== undefined) await go(); // wherever else it led
    }
    expect(found).toEqual([]);
    expect(opened, `dialogs behind ${names.join(', ')}`).toBeGreaterThanOrEqual(least);
  });
});
