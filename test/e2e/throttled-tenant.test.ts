// A tenant that wants to be left alone: an import, a question during a call and rotations say until when. Of Entra ID there is none: the stream stands still where a throttled one does.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { startOpenDemo, type RunningDesk } from './running-desk.ts';
import { launch, lookAt, openWindow } from './window.ts';

let browser: Browser;
let desk: RunningDesk;

beforeAll(async () => { [browser, desk] = await Promise.all([launch(), startOpenDemo()]); });
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

/** What is asked of the desk under this name stands still after `before`, until it is given up. */
async function standStill(page: Page, procedure: string, before: readonly object[]): Promise<void> {
  await page.addInitScript(({ of, first }) => {
    const send = globalThis.fetch;
    const events = [...first, { kind: 'waiting', until: new Date(Date.now() + 30 * 60_000).toISOString() }, ...first];
    const body = (stop: AbortSignal | null | undefined): ReadableStream => new ReadableStream({
      start(stream) {
        stream.enqueue(new TextEncoder().encode(events.map((event) => `event: next\ndata: ${JSON.stringify(event)}\n\n`).join('')));
        stop?.addEventListener('abort', () => { document.documentElement.dataset['gaveUp'] = of; stream.error(stop.reason); });
      },
    });
    globalThis.fetch = async (url, init) => (String(url).includes(`/stream/${of}`) ? new Response(body(init?.signal)) : send(url, init));
  }, { of: procedure, first: before });
}

const WAITS = /^The tenant wants to be left alone until \d\d:\d\d\. It goes on by itself then\. 29:\d\d$/;
const progress = { kind: 'progress', file: 'corp.example', fileNumber: 1, files: 1, bytesRead: 0, sizeBytes: 0, rows: 1200, imported: 1100, rejected: 0 };
const listed = { kind: 'listed', devices: 900, keys: 1400, known: 0, toRead: 1400 };

async function signIn(page: Page): Promise<void> {
  await page.getByLabel('Tenant', { exact: true }).fill('corp.example');
  await page.getByLabel('Application (client) ID').fill('11111111-2222-4333-8444-555555555555');
  await page.keyboard.press('Enter');
  await page.getByText(WAITS).waitFor();
}

test('the vault stays open while somebody waits for a tenant, though no key is pressed', async () => {
  const window = await openWindow(browser, desk.address);
  const { page } = window;
  await page.getByRole('navigation').waitFor();
  await standStill(page, 'tenants.import', [progress]);
  await page.clock.install();
  await page.goto(`${desk.origin}/#/imports?view=sources&source=tenant`);
  await page.reload();
  await signIn(page);
  await page.clock.runFor(10_000);
  for (let minute = 0; minute < 2; minute += 1) {
    const touched = page.waitForRequest((request) => request.url().endsWith('/vault.touch'));
    await page.clock.runFor(60_000);
    await touched;
  }
  await page.keyboard.press('Escape');
  await page.locator('html[data-gave-up]').waitFor();
  await page.locator('form button[type=submit]:focus').waitFor(); // the next try begins where the last one did
  await window.close();
});

test.each([
  { of: 'tenants.import', name: 'import-tenant-waiting', at: '/imports?view=sources&source=tenant', before: [progress, listed], open: async (_page: Page) => undefined, also: '1,200 objects read, 1,100 new' },
  { of: 'tenants.ask', name: 'ask-tenant-waiting', at: '/lookup?q=0F0F0F0F', before: [progress], open: (page: Page) => page.getByRole('button', { name: 'Ask the tenant' }).click(), also: 'Asking' },
  { of: 'rotations.request', name: 'request-rotations-waiting', at: '/rotation', before: [{ kind: 'progress', done: 3, hosts: 40 }], open: (page: Page) => page.getByRole('button', { name: 'Through Intune' }).click(), also: '3 of 40 hosts asked for' },
])('$of says that the tenant wants to be left alone, and counts down until it goes on, in every look; Esc gives it up', async ({ of, name, at, before, open, also }) => {
  const window = await openWindow(browser, desk.address);
  const { page } = window;
  await page.getByRole('navigation').waitFor();
  await standStill(page, of, before);
  await page.goto(`${desk.origin}/#${at}`);
  await page.reload();
  await open(page);
  await signIn(page);
  await page.getByText(also).first().waitFor();
  expect(await lookAt(page, name)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.locator(`html[data-gave-up="${of}"]`).waitFor();
  expect(window.faults()).toEqual([]);
  await window.close();
});
