// A window on a running desk: Chromium as a person has it, and a list of everything that should not have happened in it.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Locator, type Page, type Request } from 'playwright-core';
import { expect } from 'vitest';
import type { Language } from '../../renderer/format.ts';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** A busy machine takes its time. */
const COMES_WITHIN_MS = 60_000;
const PICTURES = fileURLToPath(new URL('../../dist/pictures', import.meta.url));

export interface Look { readonly language: Language; readonly theme: 'light' | 'dark'; readonly width: number; readonly height: number }
export const AS_USUAL: Look = { language: 'en', theme: 'light', width: 1280, height: 800 };
/** Every screen is looked at in both languages, both themes and two sizes. */
export const LOOKS: readonly Look[] = (['en', 'de'] as const).flatMap((language) => (['light', 'dark'] as const).flatMap((theme) => [{ language, theme, width: 1280, height: 800 }, { language, theme, width: 900, height: 640 }]));
export const nameOf = ({ language, theme, width, height }: Look): string => `${language}, ${theme}, ${width} x ${height}`;

/** Questions to the desk that are not answered yet. The stream of changes is none: it never ends. */
const unanswered = new WeakMap<Page, Set<Request>>();

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
  context.setDefaultTimeout(COMES_WITHIN_MS);
  const page = await context.newPage();
  const faults: string[] = [];
  const sent: string[] = [];
  page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') faults.push(message.text()); });
  page.on('pageerror', (error) => faults.push(String(error.stack ?? error)));
  const asked = new Set<Request>();
  unanswered.set(page, asked);
  page.on('request', (request) => {
    sent.push(`${request.url()} ${request.postData() ?? ''}`);
    if (request.url().includes('/call/')) asked.add(request);
  });
  page.on('requestfinished', (request) => { asked.delete(request); });
  page.on('requestfailed', (request) => { asked.delete(request); });
  await page.goto(address);
  return { page, context, sent, faults: () => faults, close: () => context.close() };
}

/** Loads the window anew at a place (`/hosts?state=blocked`): nothing of what was open or typed before is left. */
export async function loadAt(page: Page, place: string): Promise<void> {
  await page.evaluate((to) => history.replaceState(null, '', `#${to}`), place);
  await page.reload();
}

/** Two pictures later: what the last act led to is laid out and painted. @returns Whether nothing in the page is loading. */
export const drawn = (page: Page): Promise<boolean> => page.evaluate(() => new Promise((resolve) => {
  requestAnimationFrame(() => requestAnimationFrame(() => resolve(document.querySelector('[role=status] ~ [aria-hidden], [role=status] > [aria-hidden=true]') === null)));
}));

/**
 * Waits until a text stands in the page, and says what has the focus and what is pressed at the moment of that drawing: a key pressed by
 * whoever sees the text goes there, and nowhere else. Ask before the act that leads to it.
 */
export const whenDrawn = (page: Page, text: string): Promise<{ readonly focus: string; readonly pressed: string }> => page.evaluate((wanted) => new Promise((resolve) => {
  const look = (): void => {
    if (!document.body.innerText.includes(wanted)) return;
    observer.disconnect();
    const { activeElement } = document;
    resolve({ focus: (activeElement instanceof HTMLInputElement ? activeElement.labels?.[0]?.textContent : activeElement?.textContent) ?? '', pressed: document.querySelector('button[aria-pressed="true"]')?.textContent ?? '' });
  };
  const observer = new MutationObserver(look);
  observer.observe(document.body, { subtree: true, childList: true, characterData: true });
}), text);

/** Until every question the page asked is answered and the answer drawn, and nothing in it is loading. */
export async function settled(page: Page): Promise<void> {
  const open = (): string[] => [...unanswered.get(page) ?? []].map((request) => new URL(request.url()).pathname);
  for (const latest = Date.now() + COMES_WITHIN_MS; ;) {
    const before = open();
    if (await drawn(page) && before.length + open().length === 0) return;
    if (Date.now() > latest) throw new Error(`still loading; without an answer: ${before.join(', ')}`);
  }
}

/** Dresses the page as it stands: what is typed, chosen, open or shown once stays, as loading it anew would not let it. */
export async function turnTo(page: Page, { language, theme, width, height }: Look): Promise<void> {
  const { width: wide, height: high } = page.viewportSize() ?? {};
  if (width !== wide || height !== high) await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: theme });
  const isOther = await page.evaluate((to) => {
    if (document.documentElement.lang === to) return false;
    // Behind a dialog and over the whole screen no pointer reaches the rail. At the gate the languages stand side by side.
    const switches = document.querySelector('nav')?.querySelectorAll('button') ?? [];
    const gate = [...document.querySelectorAll('button')].find((button) => button.textContent.trim() === to.toUpperCase());
    ([...switches].at(-1) ?? gate)?.click();
    return true;
  }, language);
  if (isOther) await page.waitForFunction((to) => document.documentElement.lang === to, language);
  await settled(page);
}

/**
 * Looks at the page as it stands in every look, and leaves it as usual in the language it had.
 *
 * @param language Of which alone, where the words of the other are no part of the story. @param withAxe In which looks axe is asked as well.
 * @returns One line for everything that is not as it should be.
 */
export async function lookAt(page: Page, name: string, { language, withAxe = () => true }: { readonly language?: Language; readonly withAxe?: (look: Look) => boolean } = {}): Promise<readonly string[]> {
  const found: string[] = [];
  for (const look of LOOKS.filter((one) => language === undefined || one.language === language)) {
    await turnTo(page, look);
    await takePicture(page, name, look);
    if (await overflows(page)) found.push(`${name}, ${nameOf(look)}: something stands outside the window`);
    if (withAxe(look)) found.push(...(await axeFinds(page)).map((line) => `${name}, ${nameOf(look)}: ${line}`));
  }
  await turnTo(page, { ...AS_USUAL, language: language ?? AS_USUAL.language });
  return found;
}

/** Writes a picture of the window to dist/pictures. */
export async function takePicture(page: Page, name: string, { language, theme, width, height }: Look): Promise<void> {
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.${language}.${theme}.${width}x${height}.png`), animations: 'disabled', caret: 'initial' });
}

/** What axe has against the page as it is now, one line each. */
export async function axeFinds(page: Page): Promise<readonly string[]> {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { axe: here } = window as unknown as { axe: typeof axe }; // brought in above
    const { violations } = await here.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], reporter: 'no-passes', preload: { assets: ['media'] } }); // no rule of these looks into style sheets
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

/** Clicks a box as a person does, whose state may come back from the desk or the address, and waits until it shows it. */
export async function tick(box: Locator, on = true): Promise<void> {
  if (await box.isChecked() === on) return;
  await box.click();
  await expect.poll(() => box.isChecked(), { message: 'a box that was clicked' }).toBe(on);
}

export async function signIn(page: Page, name: string, passphrase: string): Promise<void> {
  await page.locator('input[name=operator]').fill(name);
  await page.locator('input[type=password]').fill(passphrase);
  await page.keyboard.press('Enter');
  await page.locator('nav').waitFor();
}

/**
 * Words that stand wider than their box. What is read as a whole (buttons, labels, headings, heads of columns, the rail) may not be cut in any way;
 * other text only with an ellipsis, where the whole of it stands elsewhere.
 */
export const cutOff = (page: Page): Promise<string[]> => page.evaluate(() => [...document.querySelectorAll<HTMLElement>('body *')]
  .filter((element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() !== ''))
  .filter((element) => element.checkVisibility() && element.clientWidth > 1 && element.scrollWidth > element.clientWidth + 1)
  .filter((element) => {
    const style = getComputedStyle(element);
    if (style.clipPath !== 'none' || style.overflowX === 'visible' || style.overflowX === 'auto' || style.overflowX === 'scroll') return false;
    const whole = element.closest('button, label, legend, summary, kbd, h1:not([class*=code]), thead th, dt, nav a') !== null && element.closest('main h2') === null;
    return whole || style.textOverflow !== 'ellipsis';
  })
  .map((element) => `${element.tagName.toLowerCase()} "${element.textContent.trim().slice(0, 60)}"`));
