// The dates under the burn-down are read whole, wherever midnight falls in it: each zone puts it somewhere else.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { startOpenDemo, type RunningDesk } from './running-desk.ts';
import { launch, settled } from './window.ts';

let browser: Browser;
let desk: RunningDesk;
beforeAll(async () => {
  [browser, desk] = await Promise.all([launch(), startOpenDemo()]);
});
afterAll(async () => {
  await browser.close();
  await desk.stop();
});

/** So far apart that one of them has a midnight close to the edge. */
const ZONES = [-9, -6, -3, 0, 3, 6, 9, 12].map((hours) => `Etc/GMT${hours < 0 ? '' : '+'}${hours}`);

test('no date under the burn-down is cut off at the edge of the drawing, in either language', async () => {
  const cut: string[] = [];
  for (const timezoneId of ZONES) {
    for (const locale of ['de-DE', 'en-GB']) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale, timezoneId, reducedMotion: 'reduce' });
      const page = await context.newPage();
      await page.addInitScript(() => {
        const drawn: { cut: string[]; all: number } = { cut: [], all: 0 };
        Object.assign(window, { drawn });
        const draw = CanvasRenderingContext2D.prototype.fillText;
        CanvasRenderingContext2D.prototype.fillText = function fillText(text, x, y, most) {
          const half = this.measureText(text).width / 2;
          drawn.all += 1;
          if (this.textAlign === 'center' && (x - half < 0 || x + half > this.canvas.width)) drawn.cut.push(text);
          draw.call(this, text, x, y, ...(most === undefined ? [] : [most] as const));
        };
      });
      await page.goto(desk.address);
      await page.getByRole('navigation').waitFor();
      await page.evaluate(() => { location.hash = '#/overview'; });
      await page.locator('main [role=img] canvas').first().waitFor();
      await settled(page);
      const drawn = await page.evaluate(() => (window as unknown as { drawn: { cut: string[]; all: number } }).drawn); // put there above
      expect(drawn.all).toBeGreaterThan(10);
      cut.push(...new Set(drawn.cut.map((text) => `${locale}, ${timezoneId}: ${text}`)));
      await context.close();
    }
  }
  expect(cut).toEqual([]);
});
