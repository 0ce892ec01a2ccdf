// Who may import whom (DESIGN §3). Every folder of sources has a row here; a new one fails until it has one too.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

/** Folders of ours (`electron/core`), packages, or Node's modules (`node:fs`; `node:*` for all). What a folder imports from itself is not listed. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  // Entries: they put the parts together, each for its own host.
  'electron/main.ts': ['electron', 'electron/api', 'electron/commands', 'electron/desk', 'electron/pages', 'electron/shell', 'electron/worker', 'node:fs', 'node:path', 'node:url', 'node:util'],
  'electron/preload.ts': ['electron', 'electron/shell/channels.ts'],
  'electron/host.ts': ['electron/api', 'electron/commands', 'electron/desk', 'electron/http', 'electron/pages', 'electron/worker', 'node:crypto', 'node:events', 'node:fs', 'node:net', 'node:path', 'node:url', 'node:util'],
  'electron/worker.ts': ['electron/api', 'electron/app.ts', 'electron/core/app-error.ts', 'electron/desk', 'electron/worker', 'node:fs', 'node:worker_threads'],
  'electron/cli.ts': ['electron/api', 'electron/app.ts', 'electron/commands', 'electron/core', 'electron/desk', 'node:crypto', 'node:fs', 'node:util'],
  'electron/disk-writer.ts': ['electron/desk'],
  'electron/app.ts': ['electron/api', 'electron/core', 'electron/desk', 'electron/store', 'node:crypto'],

  // The application. Formats are bytes in, values out; both know the value rules of core.
  // The estimate knows nothing of the incidents it is measured on, nor they of it.
  'electron/core/eta': ['electron/core/codes.ts'],
  'electron/core': ['electron/formats', 'electron/store', 'node:crypto', 'node:path', 'node:zlib', 'zod', 'better-sqlite3', 'bwip-js'],
  'electron/formats': ['electron/core', 'node:buffer', 'node:crypto', 'node:zlib', 'entities', 'gpt', 'htmlparser2', 'papaparse'],
  'electron/store': ['electron/core', 'node:crypto', 'node:fs', 'node:os', 'node:path', 'node:url', 'node:util', 'node:worker_threads', 'better-sqlite3', 'libsodium-wrappers', 'zod'],
  'electron/api/report-codes.ts': ['electron/core', 'renderer/messages'],
  'electron/api': ['electron/core', 'electron/desk', 'electron/formats', 'electron/store', 'node:crypto', 'zod'],

  // Adapters: to the desk's machine, to people at a terminal, to the window.
  'electron/desk': ['electron/core', 'electron/store/background-thread.ts', 'electron/store/connections.ts', 'electron/store/database.ts', 'electron/formats', 'node:*', '7z-wasm', 'ldapts', '@azure/msal-node', 'node-powershell', 'better-sqlite3', 'pdfkit', 'usb', 'yauzl'],
  'electron/commands': ['electron/api', 'electron/core', 'electron/formats/intake/plain-text.ts', 'renderer/messages', 'node:fs', 'node:path', 'node:util'],
  'electron/worker': ['electron/api', 'node:worker_threads'],
  'electron/pages': ['node:fs', 'node:path'],
  'electron/http': ['electron/api', 'electron/commands', 'electron/pages', 'node:*'],
  'electron/shell': ['electron', 'electron/api', 'electron/commands', 'electron/pages', 'electron/worker', 'node:crypto', 'node:fs', 'node:path'],

  // The window knows the contract and the pure rules; how it reaches the desk is in one file.
  'renderer/transport.ts': ['electron/api/client.ts', 'electron/api/http-client.ts', 'electron/api/port.ts', 'electron/preload.ts'],
  'renderer/scanner-code.ts': ['bwip-js'],
  'renderer/parts/plot.tsx': ['react', 'uplot'],
  'renderer/parts/burn-down-plot.tsx': ['react', 'uplot'],
  'renderer/vite.config.ts': ['vite', '@vitejs/plugin-react'],
  renderer: [
    'electron/api/client.ts', 'electron/api/contract.ts', 'electron/api/contract', 'electron/api/roles.ts', 'electron/core/app-error.ts', 'electron/core/codes.ts', 'electron/core/demo.ts', 'electron/core/keys', 'electron/core/media/expiry.ts',
    'react', 'react-dom', '@tanstack/react-query', '@tanstack/react-table', '@tanstack/react-virtual',
  ],

  'scripts/media': ['electron/core'],
  'scripts/dev/simulate': [],
  'scripts/dev': ['electron', 'renderer', 'scripts', 'test/requirements.ts', 'node:*', '*'],
};

/** The folders whose files may say more than their folder: one row for the file itself. */
const ownRow = (path: string): string | undefined => [path, ...foldersAbove(path)].find((place) => Object.hasOwn(MAY_IMPORT, place));
const foldersAbove = (path: string): string[] => path.split('/').slice(0, -1).map((_, index, parts) => parts.slice(0, parts.length - index).join('/'));

interface Source { readonly path: string; readonly text: string; readonly code: string }
interface Import { readonly target: string; readonly typeOnly: boolean }

const SOURCES: readonly Source[] = ['electron', 'renderer', 'scripts'].flatMap((top) => readdirSync(join(ROOT, top), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$|\.mjs$/.test(entry.name))
  .map((entry) => {
    const path = relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/');
    const text = readFileSync(join(ROOT, path), 'utf8');
    return { path, text, code: withoutComments(text) };
  }));

/** Good enough for sources that keep `//` out of their strings but for addresses. */
function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1');
}

function importsOf({ path, code }: Source): Import[] {
  const found = code.matchAll(/(?:^|[;\n])\s*(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/g);
  return [...found].map(([, type, named, dynamic]) => {
    const specifier = named ?? dynamic ?? '';
    const target = specifier.startsWith('.') ? relative(ROOT, resolve(ROOT, dirname(path), specifier)).split(sep).join('/') : packageOf(specifier);
    return { target, typeOnly: type !== undefined };
  });
}

/** `react-dom/client` is react-dom, `@a/b/c` is @a/b, `node:fs/promises` is node:fs. */
const packageOf = (specifier: string): string => (specifier.startsWith('@') ? specifier.split('/').slice(0, 2) : specifier.split('/').slice(0, 1)).join('/');

const isOurs = (target: string): boolean => /^(electron|renderer|scripts|test)\//.test(target);
const covers = (allowed: string, target: string): boolean =>
  allowed === target || (isOurs(target) ? target.startsWith(`${allowed}/`) && allowed !== 'electron' : allowed === '*' || (allowed === 'node:*' && target.startsWith('node:')));

function violationsOf(source: Source): string[] {
  const row = ownRow(source.path);
  if (row === undefined) return [`${source.path}: its folder has no row in MAY_IMPORT`];
  const home = row.includes('.') ? dirname(row) : row;
  return importsOf(source)
    .filter(({ target }) => !(isOurs(target) && home !== 'electron' && target.startsWith(`${home}/`)))
    .filter(({ target }) => !(MAY_IMPORT[row] ?? []).some((allowed) => covers(allowed, target) || (row === 'scripts/dev' && isOurs(target) && target.startsWith(`${allowed}/`))))
    .map(({ target }) => `${source.path} imports ${target}`);
}

describe('the table of imports', () => {
  test('has a row for every folder, and every import is in it', () => {
    expect(SOURCES.length).toBeGreaterThan(100);
    expect(SOURCES.flatMap(violationsOf)).toEqual([]);
  });

  test('has no row for what is not there', () => {
    expect(Object.keys(MAY_IMPORT).filter((place) => !existsSync(join(ROOT, place)))).toEqual([]);
  });

  test.each([
    ['electron/core/x.ts', "import { app } from 'electron';"],
    ['electron/core/x.ts', "import { spawn } from 'node:child_process';"],
    ['electron/core/x.ts', "import { readFile } from 'node:fs/promises';"],
    ['electron/core/media/x.ts', "import { x } from '../../http/desk-server.ts';"],
    ['electron/formats/fat/x.ts', "import type { Database } from '../../store/database.ts';"],
    ['electron/http/x.ts', "export { x } from '../core/desk.ts';"],
    ['electron/shell/x.ts', "import { x } from '../store/vault.ts';"],
    ['electron/x.ts', "import { x } from './core/desk.ts';"],
    ['renderer/screens/x.tsx', "import { x } from '../../electron/api/http-client.ts';"],
    ['renderer/screens/x.tsx', "const x = await import('../../electron/store/vault.ts');"],
    ['renderer/x.ts', "import\n  fs\n  from 'node:fs';"],
    ['scripts/media/agent/x.ts', "import { x } from '../../../electron/store/vault.ts';"],
    ['electron/core/eta/x.ts', "import { simulateIncident } from '../../../scripts/dev/simulate/incident.ts';"],
    ['scripts/dev/simulate/x.ts', "import { PRIOR } from '../../../electron/core/eta/parameters.ts';"],
    ['electron/novel/x.ts', 'export const x = 1;'],
  ])('notices in %s: %s', (path, code) => {
    expect(violationsOf({ path, text: code, code })).toHaveLength(1);
  });
});

describe('the application', () => {
  /** The ID of a desk is no secret and decides nothing. */
  const EXEMPT: readonly string[] = ['electron/core/operators/sign-in.ts'];
  const pure = SOURCES.filter(({ path }) => path.startsWith('electron/core/') || path.startsWith('electron/formats/'));

  test.each([
    ['the machine it runs on', /\bprocess\.(?!stdin\b)/], ['the time of day', /\bDate\.now\b|\bnew Date\(\)/], ['chance of its own', /\bMath\.random\b|\{[^}]*\brandom\w+[^}]*\}\s*from 'node:crypto'|getRandomValues/],
    ['a timer', /\bset(?:Timeout|Interval)\(/], ['the console', /\bconsole\./], ['the network', /\bfetch\(|\bWebSocket\b/],
  ])('reaches for no %s', (_what, pattern) => {
    expect(pure.filter(({ code, path }) => pattern.test(code) && !EXEMPT.includes(path)).map(({ path }) => path)).toEqual([]);
  });

  test('lets only the shell and the two Electron entries see Electron', () => {
    const seeing = SOURCES.filter((source) => importsOf(source).some(({ target }) => target === 'electron')).map(({ path }) => path);
    expect(seeing.filter((path) => !path.startsWith('electron/shell/'))).toEqual(['electron/main.ts', 'electron/preload.ts']);
  });

  test('holds no recovery password', () => {
    expect(SOURCES.filter(({ text }) => /\d{6}(?:-\d{6}){7}/.test(text)).map(({ path }) => path)).toEqual([]);
  });
});

describe('the window', () => {
  test('takes only types from the contract and from the bridge, so that neither zod nor Electron is in the page', () => {
    const sources = SOURCES.filter(({ path }) => path.startsWith('renderer/'));
    const heavy = sources.flatMap((source) => importsOf(source).filter(({ target, typeOnly }) => !typeOnly && /^electron\/(api\/contract|preload)/.test(target)).map(({ target }) => `${source.path} imports ${target}`));
    expect(heavy).toEqual([]);
  });
});

describe('the agent', () => {
  test('shares only modules of core that say they run under script host, and those import no others', () => {
    const isSafe = (path: string): boolean => /ES3-safe/.test(readFileSync(join(ROOT, path), 'utf8').split('\n').slice(0, 3).join('\n'));
    const agent = SOURCES.filter(({ path }) => path.startsWith('scripts/media/'));
    const shared = new Set<string>();
    const visit = (source: Source): void => {
      for (const { target, typeOnly } of importsOf(source)) {
        if (typeOnly || !target.startsWith('electron/core/') || shared.has(target)) continue;
        shared.add(target);
        const next = SOURCES.find(({ path }) => path === target);
        if (next !== undefined) visit(next);
      }
    };
    agent.forEach(visit);
    expect(shared.size).toBeGreaterThan(4);
    expect([...shared].filter((path) => !isSafe(path))).toEqual([]);
  });
});
