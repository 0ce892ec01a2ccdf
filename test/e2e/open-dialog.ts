// What every dialog has to be: legible and whole in a small window, holding the focus, and closed by Esc.
import type { Page } from 'playwright-core';
import { axeFinds, cutOff, drawn, overflows } from './window.ts';

/** Looks at the dialog that is open and closes it with Esc; leaves the window at 900 x 640. @returns What is wrong with it, each with the name; null where none was open. */
export async function findsInDialog(page: Page, name: string): Promise<readonly string[] | null> {
  const dialog = page.locator('dialog[open]');
  if (await dialog.count() === 0) return null;
  const found: string[] = [];
  for (const [width, height] of [[900, 640], [640, 400]] as const) {
    await page.setViewportSize({ width, height });
    found.push(...(await cutOff(page)).map((text) => `${name}, ${width}: cut off: ${text}`));
    if (await overflows(page)) found.push(`${name}, ${width}: something stands outside the window`);
  }
  found.push(...(await axeFinds(page)).map((line) => `${name}: ${line}`));
  if (await page.evaluate(() => document.querySelector('dialog[open]')?.contains(document.activeElement)) !== true) found.push(`${name}: the focus is not in the dialog`);
  await page.keyboard.press('Escape');
  await drawn(page);
  if (await dialog.count() > 0) found.push(`${name}: stays open after Esc`);
  await page.setViewportSize({ width: 900, height: 640 });
  return found;
}
