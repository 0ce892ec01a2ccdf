// A window on a running desk: Chromium as a person has it, and a list of everything that should not have happened in it.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import type { Language } from '../../renderer/format.ts';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

const PICTURES = fileURLToPath(new URL('../../dist/pictures', import.meta.url));

export interface Look { readonly language: Language; readonly theme: 'light' | 'dark'; readonly width: number; readonly height: number }
export const AS_USUAL: Look = { language: 'en', theme: 'light', width: 1280, height: 800 };
/** Every screen is looked at in both languages, both themes and two sizes. */
export const LOOKS: readonly Look[] = (['en', 'de'] as const).flatMap((language) => (['light', 'dark'] as const).flatMap((theme) => [{ language, theme, width: 1280, height: 800 }, { language, theme, width: 900, height: 640 }]));
export const nameOf = ({ language, theme, width, height }: Look): string => `${language}, ${theme}, ${width} x ${height}`;

export interface OpenWindow {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Bodies of all requests so far, as text. */
  readonly sent: string[];
  /** Errors of the console, exceptions, violations of the content security policy. A story ends with none. */
  faults(): readonly string[];
  close(): Promise<void>;
}

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: process.env['BLUELIFT_CHROMIUM'] ?? '/usr/bin/chromium', args: FLAGS });
}

export async function openWindow(browser: Browser, address: string, look: Look = AS_USUAL): Promise<OpenWindow> {
  const context = await browser.newContext({
    viewport: { width: look.width, height: look.height }, colorScheme: look.theme, locale: look.language === 'de' ? 'de-DE' : 'en-GB', timezoneId: 'Europe/Berlin', reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  const faults: string[] = [];
  const sent: string[] = [];
  page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text()); });
  page.on('pageerror', (error) => faults.push(String(error.stack ?? error)));
  page.on('request', (request) => { sent.push(`${request.url()} ${request.postData() ?? ''}`); });
  await page.goto(address);
  return { page, context, sent, faults: () => faults, close: () => context.close() };
}

/** Writes a picture of the window to dist/pictures. */
export async function takePicture(page: Page, name: string, { language, theme, width, height }: Look): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.${language}.${theme}.${width}x${height}.png`), animations: 'disabled', caret: 'initial' });
}

/** What axe has against the page as it is now, one line each. */
export async function axeFinds(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { axe: here } = window as unknown as { axe: typeof axe }; // brought in one line above
    const { violations } = await here.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0]?.html.slice(0, 160) ?? ''}`);
  });
  return found;
}

/** Whether anything stands outside the window to the right. */
export const overflows = (page: Page): Promise<boolean> => page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth || document.body.scrollWidth > window.innerWidth);

/** Everything a curious person could look through in the page: the document, every field, address, title, storage, caches. */
export function everythingIn(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const fields = [...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value); // both have a value
    const caches = 'caches' in window ? await window.caches.keys() : [];
    return JSON.stringify([document.documentElement.outerHTML, fields, location.href, document.title, { ...localStorage }, { ...sessionStorage }, caches, history.length, history.state]);
  });
}

export async function signIn(page: Page, name: string, passphrase: string): Promise<void> {
  await page.locator('input[name=operator]').fill(name);
  await page.locator('input[type=password]').fill(passphrase);
  await page.keyboard.press('Enter');
  await page.locator('nav').waitFor();
}
