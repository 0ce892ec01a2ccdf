// The browser host opens a browser: what it hands over, and what the page makes of it.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'bluelift-page-'));
const handed = join(folder, 'handed');
let host: ReturnType<typeof spawn>;
let browser: Browser;
let said = '';

beforeAll(async () => {
  const stand = join(folder, 'browser');
  writeFileSync(stand, `#!/bin/sh\nprintf %s "$*" > '${handed}.new' && mv '${handed}.new' '${handed}'\n`, { mode: 0o755 });
  host = spawn(process.execPath, [join(ROOT, 'electron/host.ts'), '--desk', join(folder, 'desk')], { env: { ...process.env, CI: '', BROWSER: stand } });
  for (const output of [host.stdout, host.stderr]) output?.on('data', (bytes) => { said += String(bytes); });
  browser = await chromium.launch({ executablePath: process.env['BLUELIFT_CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  while (!existsSync(handed)) { // the hook's own timeout ends it
    if (host.exitCode !== null) throw new Error(`the host ended: ${said}`);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
});
afterAll(async () => {
  await browser.close();
  host.kill();
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

test('the browser is started with a ticket and never with the token', () => {
  expect(readFileSync(handed, 'utf8')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#ticket=[\w-]{32}$/);
  expect(said).toMatch(/#token=[\w-]{43}\n/);
  expect(readFileSync(handed, 'utf8')).not.toContain(/#token=([\w-]+)/.exec(said)?.[1]);
});

test('the page takes the ticket out of its address, reaches the desk, and still does after a reload', async () => {
  const page = await browser.newPage();
  await page.goto(readFileSync(handed, 'utf8'));
  await page.getByRole('textbox').first().waitFor();
  expect(new URL(page.url()).hash).not.toContain('ticket');
  await page.reload();
  await page.getByRole('textbox').first().waitFor();

  const other = await (await browser.newContext()).newPage();
  await other.goto(readFileSync(handed, 'utf8'));
  await other.getByRole('alert').getByText('does not belong to the running desk').waitFor();
  expect(await other.getByRole('textbox').count()).toBe(0); // the ticket was used up
});
