import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, call, createDesk, launch, ROOT, startShell, type RunningShell } from './running-shell.ts';

let shell: RunningShell;
beforeAll(async () => {
  shell = await startShell();
});
afterAll(async () => {
  await shell[Symbol.asyncDispose]();
});

const failureOf = async (page: Page, name: string, input: unknown = {}): Promise<unknown> => {
  const [reply] = await ask(page, 'call', name, input);
  return reply?.kind === 'error' ? (JSON.parse(reply.body) as { code: string }).code : `no error: ${reply?.kind}`;
};

describe('the window', () => {
  test('opens, shows the page, and is as large as it should be', async () => {
    const window = await shell.app.browserWindow(shell.page);
    await expect.poll(() => window.evaluate((browserWindow) => browserWindow.isVisible())).toBe(true);
    expect(await window.evaluate((browserWindow) => browserWindow.getBounds())).toMatchObject({ width: 1280, height: 800 });
    expect(await shell.page.title()).toBe('Bluelift');
  });

  test('holds nothing of Node, and of the bridge three functions that can not be changed', async () => {
    expect(await shell.page.evaluate(() => ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter((name) => name in globalThis))).toEqual([]);
    expect(await shell.page.evaluate(() => {
      const { bluelift } = window as unknown as { bluelift: Record<string, unknown> }; // what the preload exposes
      return [Object.keys(bluelift).sort(), Object.isFrozen(bluelift), Object.values(bluelift).every((value) => typeof value === 'function')];
    })).toEqual([['pathOf', 'send', 'subscribe'], true, true]);
  });

  test('runs no script and no style that is not a file of its own, and reaches no other address', async () => {
    const broken = await shell.page.evaluate(async () => {
      const happened: string[] = [];
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      document.head.append(script);
      if ('injected' in window) happened.push('inline script');
      const style = document.createElement('style');
      style.textContent = 'body { --injected: yes }';
      document.head.append(style);
      if (getComputedStyle(document.body).getPropertyValue('--injected') !== '') happened.push('inline style');
      // In a task of its own: what DevTools evaluates may evaluate, whatever the policy says.
      await new Promise<void>((resolve) => { setTimeout(() => { try { new Function('return 1')(); happened.push('eval'); } catch { /* as it should be */ } resolve(); }); });
      for (const address of ['https://example.com/', 'http://127.0.0.1:9/', 'file:///etc/passwd']) await fetch(address).then(() => happened.push(address), () => undefined);
      const frame = document.createElement('iframe');
      frame.src = 'https://example.com/';
      const blocked = new Promise<boolean>((resolve) => {
        document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => { if (effectiveDirective === 'frame-src') resolve(true); });
        setTimeout(resolve, 2000, false);
      });
      document.body.append(frame);
      if (!(await blocked)) happened.push('frame');
      for (const element of [script, style, frame]) element.remove();
      return happened;
    });
    expect(broken).toEqual([]);
  });

  test('does not leave its page and opens no other window', async () => {
    const address = shell.page.url();
    await shell.page.evaluate(() => { window.open('https://example.com/'); });
    await shell.page.evaluate(() => { location.href = 'https://example.com/'; });
    await shell.page.evaluate(() => {
      const link = Object.assign(document.createElement('a'), { href: 'https://example.com/', target: '_blank', textContent: 'out' });
      document.body.append(link);
      link.click();
      link.remove();
    });
    await new Promise((resolve) => { setTimeout(resolve, 500); });
    expect(shell.app.windows()).toHaveLength(1);
    expect(shell.page.url()).toBe(address);
    expect(await shell.page.locator('#root > *').count()).toBeGreaterThan(0);
  });

  test('may write to the clipboard and is granted nothing else', async () => {
    const states = await shell.page.evaluate(async () => {
      const answers: Record<string, string> = {};
      for (const name of ['geolocation', 'notifications', 'camera', 'microphone', 'midi', 'clipboard-read', 'clipboard-write']) {
        answers[name] = (await navigator.permissions.query({ name: name as PermissionName })).state; // TypeScript's list is shorter than Chromium's
      }
      return answers;
    });
    expect(states).toEqual({ geolocation: 'denied', notifications: 'denied', camera: 'denied', microphone: 'denied', midi: 'denied', 'clipboard-read': 'denied', 'clipboard-write': 'granted' });
  });
});

describe('the wire', () => {
  test('answers calls of the contract, refuses unknown names and whoever is not signed in', async () => {
    expect(await call(shell.page, 'desk.state')).toMatchObject({ vault: 'none', runtime: 'electron', folder: shell.folder, demo: false });
    expect(await failureOf(shell.page, 'hosts.list')).toBe('not-signed-in');
    expect(await failureOf(shell.page, 'no.such')).toBe('not-found');
    expect(await failureOf(shell.page, 'constructor')).toBe('not-found');
    expect(await failureOf(shell.page, 'shell.run')).toBe('not-found');
    expect(await failureOf(shell.page, 'vault.open', { operatorName: 7 })).toBe('invalid-input');
  });

  test('drops what is no message and goes on', async () => {
    await shell.page.evaluate(() => {
      const { bluelift } = window as unknown as { bluelift: { send(message: unknown): void } }; // what the preload exposes
      for (const message of [null, 'call', {}, { id: 'x', kind: 'call' }, { says: 'stop' }, { id: 1, kind: 'more', count: -5 }]) bluelift.send(message);
    });
    expect(await call(shell.page, 'desk.state')).toMatchObject({ vault: 'none' });
  });

  test('streams what changes, and cancels an import where it runs', async () => {
    const heard = ask(shell.page, 'open', 'desk.changes', {}, 1);
    await new Promise((resolve) => { setTimeout(resolve, 200); }); // the listener is on the other side of two processes
    await createDesk(shell.page);
    expect(JSON.parse((await heard)[0]?.body ?? '')).toMatchObject({ changed: expect.arrayContaining(['vault']) });

    const list = join(shell.folder, 'hosts.txt');
    writeFileSync(list, Array.from({ length: 400_000 }, (_, number) => `WKS-${String(number).padStart(6, '0')}`).join('\n'));
    const events = await ask(shell.page, 'open', 'imports.run', { paths: [list] }, 1);
    expect(JSON.parse(events[0]?.body ?? '')).toMatchObject({ kind: 'progress' });
    await expect.poll(async () => {
      const [latest] = (await call(shell.page, 'imports.list')) as { cancelled: boolean; finishedAt: string | null }[]; // answered by the contract
      return latest?.cancelled;
    }, { timeout: 20_000 }).toBe(true);
  });

  test('begins anew with a page that is loaded anew', async () => {
    await shell.page.reload();
    await shell.page.locator('#root input, #root button').first().waitFor();
    expect(await call(shell.page, 'desk.state')).toMatchObject({ vault: 'open' });
  });

  test('has every thread it starts beside it', () => {
    const folder = join(ROOT, 'dist/electron');
    const named = ['main.js', 'worker.js'].flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(/["']\.\/([\w-]+\.c?js)["']/g)].map((found) => found[1] ?? ''));
    expect(named).toEqual(expect.arrayContaining(['worker.js', 'preload.cjs', 'seven-zip-worker.js', 'intake-thread.js']));
    expect(named.filter((file) => !existsSync(join(folder, file)))).toEqual([]);
  });

  test('reaches what is a thread of its own in the bundle: a base is looked into', async () => {
    const path = join(shell.folder, 'windows.iso');
    writeFileSync(path, gunzipSync(readFileSync(join(ROOT, 'test/fixtures/base/windows-x64.iso.gz'))));
    expect(await call(shell.page, 'media.inspectBase', { path })).toMatchObject({ kind: 'iso', architecture: 'x64' });
  });
});

describe('the host', () => {
  test('lets a person choose files and a place to save, or neither', async () => {
    const path = join(shell.folder, 'keys.csv');
    writeFileSync(path, 'abc');
    await shell.app.evaluate(({ dialog }, path) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] });
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: `${path}.img` });
    }, path);
    expect(await call(shell.page, 'shell.pickFiles', { multiple: true, purpose: 'intake' })).toEqual([{ path, name: 'keys.csv', sizeBytes: 3 }]);
    expect(await call(shell.page, 'shell.pickSavePath', { suggestedName: 'medium.img' })).toBe(`${path}.img`);
    await shell.app.evaluate(({ dialog }) => {
      dialog.showOpenDialog = async () => ({ canceled: true, filePaths: [] });
      dialog.showSaveDialog = async () => ({ canceled: true, filePath: '' });
    });
    expect(await call(shell.page, 'shell.pickFiles', { multiple: false, purpose: 'base' })).toEqual([]);
    expect(await call(shell.page, 'shell.pickSavePath', { suggestedName: '../../x' })).toBeNull();
  });

  test('keeps the window out of screenshots as long as it is asked to', async () => {
    const isProtected = async (): Promise<boolean> => (await shell.app.browserWindow(shell.page)).evaluate((browserWindow) => browserWindow.isContentProtected());
    await call(shell.page, 'shell.protectScreen', { on: true });
    expect(await isProtected()).toBe(true);
    await call(shell.page, 'shell.protectScreen', { on: false });
    expect(await isProtected()).toBe(false);
  });

  test('takes a secret off the clipboard only if it is still there', async () => {
    const held = (): Promise<string> => shell.app.evaluate(({ clipboard }) => clipboard.readText());
    expect(await call(shell.page, 'shell.copySecret', { text: '111111-222222' })).toBe(true);
    expect(await held()).toBe('111111-222222');
    expect(await call(shell.page, 'shell.clearCopied')).toBe('cleared');
    expect(await held()).toBe('');
    await call(shell.page, 'shell.copySecret', { text: '111111-222222' });
    await shell.app.evaluate(({ clipboard }) => clipboard.writeText('what somebody copied since'));
    expect(await call(shell.page, 'shell.clearCopied')).toBe('not-ours');
    expect(await held()).toBe('what somebody copied since');
    expect(await call(shell.page, 'shell.copySecret', { text: 'x'.repeat(5000) })).toBe(false);
    expect(await call(shell.page, 'shell.clearCopied')).toBe('not-ours');
  });

  test('has one window for one desk', async () => {
    await expect(launch(shell.folder)).rejects.toThrow();
    expect(await call(shell.page, 'desk.state')).toMatchObject({ vault: 'open' });
  });

  test('keeps the desk over a restart, its vault closed', async () => {
    await shell.restart();
    expect(await call(shell.page, 'desk.state')).toMatchObject({ vault: 'closed', operatorNames: ['Ada'] });
    expect(await failureOf(shell.page, 'hosts.list')).toBe('not-signed-in');
  });

  test('says that the desk broke, and ends', async () => {
    await using other = await startShell();
    const ended = new Promise((resolve) => { other.app.process().once('exit', resolve); });
    const said = other.app.evaluate(({ app, dialog }) => new Promise<string>((resolve) => {
      dialog.showMessageBox = (async (options: { message: string }) => {
        resolve(options.message);
        await new Promise((later) => { setTimeout(later, 300); }); // for the answer to this question to get out
        return { response: 1, checkboxChecked: false };
      }) as typeof dialog.showMessageBox; // the two forms of the call
      const desk = app.getAppMetrics().find(({ name }) => name === 'Bluelift desk');
      if (desk !== undefined) process.kill(desk.pid, 'SIGKILL');
    }));
    expect(await said).toBe('The desk stopped unexpectedly');
    expect(await ended).toBe(1);
  });

  test('ends when its window is closed', async () => {
    const other = await startShell();
    const ended = new Promise((resolve) => { other.app.process().once('exit', resolve); });
    await other.page.close();
    expect(await ended).toBe(0);
    await other[Symbol.asyncDispose]();
  });
});
