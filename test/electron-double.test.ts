// The stand-in for Electron makes nothing up: every member and every event it offers exists in electron.d.ts.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const FOLDER = join(import.meta.dirname, 'electron-double');
const require = createRequire(import.meta.url);
const TYPES = readFileSync(require.resolve('electron/electron.d.ts'), 'utf8');
const double = require(join(FOLDER, 'electron-module.cjs')) as Record<string, object>; // CommonJS of the double, by the names of its last line

/** Members of an interface or class of electron.d.ts, with those it inherits. */
function membersOf(name: string): Set<string> {
  const [, inherited = '', body = ''] = new RegExp(`^  (?:interface|class) ${name}(?: extends ([\\w.]+))?[^\\n]*\\{\\n([\\s\\S]*?)^  \\}`, 'm').exec(TYPES) ?? [];
  if (body === '') throw new Error(`${name} is not in electron.d.ts`);
  const own = [...body.matchAll(/^    (?:static )?(?:readonly )?(\w+)[?]?[(:<]/gm)].map((found) => found[1] ?? '');
  const above = /^(?:NodeJS\.)?EventEmitter$|^$|NodeEventEmitter/.test(inherited) ? [] : membersOf(inherited);
  return new Set([...own, ...above]);
}

const EMITTER = new Set(['_events', '_eventsCount', '_maxListeners', 'domain', 'constructor']);
const offered = (object: object): string[] => [...Object.keys(object), ...(typeof object === 'function' ? Object.getOwnPropertyNames(object).filter((key) => !['length', 'name', 'prototype'].includes(key)) : [])]
  .filter((key) => !key.startsWith('_') && !EMITTER.has(key));
const methods = (prototype: object): string[] => Object.getOwnPropertyNames(prototype).filter((key) => !key.startsWith('_') && !EMITTER.has(key));

describe('the stand-in for Electron offers nothing that Electron does not have', () => {
  const OBJECTS: readonly (readonly [string, object, string])[] = [
    ['app', double['app'] ?? {}, 'App'], ['ipcMain', double['ipcMain'] ?? {}, 'IpcMain'], ['dialog', double['dialog'] ?? {}, 'Dialog'],
    ['protocol', double['protocol'] ?? {}, 'Protocol'], ['session.defaultSession', (double['session'] as { defaultSession: object }).defaultSession, 'Session'],
  ];
  test.each(OBJECTS)('%s', (_name, object, type) => {
    const members = offered(object);
    expect(members.length).toBeGreaterThan(1);
    expect(members.filter((key) => !membersOf(type).has(key))).toEqual([]);
  });

  test.each(['BrowserWindow', 'Menu'])('class %s', (name) => {
    const type = double[name] as { prototype: object };
    const members = [...offered(type), ...methods(type.prototype)];
    expect(members.length).toBeGreaterThan(1);
    expect(members.filter((key) => !membersOf(name).has(key))).toEqual([]);
  });

  test('class WebContents, statics of webContents, members of utilityProcess', () => {
    const { WebContents } = require(join(FOLDER, 'web-contents.cjs')) as { WebContents: { prototype: object } };
    expect(methods(WebContents.prototype).filter((key) => !membersOf('WebContents').has(key))).toEqual([]);
    expect(offered(double['webContents'] ?? {}).filter((key) => !membersOf('WebContents').has(key))).toEqual([]);
    expect(offered(double['utilityProcess'] ?? {}).filter((key) => !membersOf('UtilityProcess').has(key))).toEqual([]);
  });

  test('every event it emits', () => {
    const emitted = readdirSync(FOLDER).filter((file) => file.endsWith('.cjs')).flatMap((file) => [...readFileSync(join(FOLDER, file), 'utf8').matchAll(/\.emit\('([\w-]+)'/g)].map((found) => found[1] ?? ''));
    expect(emitted.length).toBeGreaterThan(10);
    expect([...new Set(emitted)].filter((event) => !TYPES.includes(`'${event}'`))).toEqual([]);
  });

  test('the check itself notices what is made up', () => {
    expect(membersOf('App').has('conjure')).toBe(false);
    expect(membersOf('BrowserWindow').has('loadURL')).toBe(true);
  });
});

test('whatever is not there says so instead of doing nothing', () => {
  expect(() => double['desktopCapturer']).toThrow('electron double: electron.desktopCapturer is not supported');
  expect(() => (double['app'] as Record<string, unknown>)['setBadgeCount']).toThrow('electron double: app.setBadgeCount is not supported');
});
