// Builds what can not run as it is: the window, the Electron bundles and the agent. Only what has changed since the last time.
//
//   npm run build [-- --force]
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { InlineConfig } from 'vite';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const from = (path: string): string => join(ROOT, path);

export const TARGETS = ['renderer', 'agent', 'electron'] as const;
export type Target = (typeof TARGETS)[number];

interface Recipe {
  /** Files and folders whose bytes decide whether it has to be built again. */
  readonly inputs: readonly string[];
  /** One of its files: without it, it was not built. */
  readonly proof: string;
  readonly build: () => Promise<void>;
}

/** The built files depend on these whatever the target: versions of the tools, and how they are called. */
const ALWAYS = ['package.json', 'package-lock.json', 'scripts/dev/build.ts'];
/** Loaded from node_modules at run time: they carry a native library, their own WASM or their fonts beside the script. */
const EXTERNAL = ['electron', 'better-sqlite3', '7z-wasm', 'libsodium-wrappers', 'pdfkit', 'usb'];

/** How long each plugin took is nobody's news on a busy machine. */
const QUIET = { checks: { bundlerTimings: false } };

type Format = 'es' | 'cjs';

/** Every file that starts as a program, a thread or a preload of its own: [source, built file, format]. Threads are known by their name. */
function electronEntries(): readonly (readonly [string, string, Format])[] {
  const threads = ['desk', 'store'].flatMap((folder) => readdirSync(from(`electron/${folder}`)).filter((file) => /-(?:worker|thread)\.ts$/.test(file)).map((file) => [folder, file.slice(0, -'.ts'.length)] as const));
  return [['main', 'main.js', 'es'], ['worker', 'worker.js', 'es'], ['disk-writer', 'disk-writer.js', 'es'], ...threads.map(([folder, name]) => [`${folder}/${name}`, `${name}.js`, 'es'] as const), ['preload', 'preload.cjs', 'cjs']];
}

const RECIPES: Readonly<Record<Target, Recipe>> = {
  renderer: { inputs: ['renderer', 'electron/api', 'electron/core', 'electron/preload.ts'], proof: 'dist/renderer/index.html', build: buildRenderer },
  agent: { inputs: ['scripts/media', 'electron/core', 'scripts/dev/build-agent.ts'], proof: 'dist/media/agent.js', build: writeAgent },
  electron: { inputs: ['electron', 'renderer/messages', 'scripts/desk'], proof: 'dist/electron/main.js', build: buildElectron },
};

/**
 * Builds those of the targets whose inputs are not the ones they were last built from.
 *
 * @param print Gets a line for each that is built.
 */
export async function buildStale(targets: readonly Target[], print: (line: string) => void, force = false): Promise<void> {
  mkdirSync(from('dist'), { recursive: true });
  for (const target of targets) {
    using _alone = await lockTarget(target);
    const { inputs, proof, build } = RECIPES[target];
    const stamp = from(`dist/${target}.inputs`);
    const hash = hashOf([...ALWAYS, ...inputs]);
    if (!force && existsSync(from(proof)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) continue;
    const startedAt = performance.now();
    rmSync(stamp, { force: true });
    await build();
    writeFileSync(stamp, hash);
    print(`built ${target} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
  }
}

/** One process at a time builds a target; the next then finds it built. A lock that a dead process left is taken over. */
async function lockTarget(target: Target): Promise<Disposable> {
  const lock = from(`dist/${target}.lock`);
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return { [Symbol.dispose]: () => rmSync(lock, { force: true }) };
    } catch {
      const owner = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
      if (owner > 0 && !isRunning(owner)) rmSync(lock, { force: true });
      else await new Promise((resolve) => { setTimeout(resolve, 100); });
    }
  }
}

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}

async function buildRenderer(): Promise<void> {
  const { build } = await import('vite');
  await build({ configFile: from('renderer/vite.config.ts'), configLoader: 'native', logLevel: 'warn', build: { chunkSizeWarningLimit: 1000, rolldownOptions: QUIET } }); // KB; it comes from this machine
}

async function buildElectron(): Promise<void> {
  rmSync(from('dist/electron'), { recursive: true, force: true });
  cpSync(from('scripts/desk'), from('dist/desk'), { recursive: true });
  const { build } = await import('vite');
  for (const [entry, file, format] of electronEntries()) await build(bundleConfig(from(`electron/${entry}.ts`), file, format));
}

/** One file each: a preload in the sandbox can load nothing else, and the others gain nothing from more. */
function bundleConfig(entry: string, file: string, format: Format): InlineConfig {
  return {
    root: ROOT, configFile: false, logLevel: 'warn', publicDir: false,
    build: {
      ssr: entry, outDir: from('dist/electron'), emptyOutDir: false, target: 'node24', minify: false,
      rolldownOptions: { ...QUIET, output: { format, entryFileNames: file, codeSplitting: false } },
    },
    ssr: { noExternal: true, external: EXTERNAL },
  };
}

async function writeAgent(): Promise<void> {
  const { buildAgent, readMediumReadme, readSafeModeScript } = await import('./build-agent.ts');
  const files = [...(await buildAgent()), await readSafeModeScript(), { name: 'README.txt', bytes: await readMediumReadme() }];
  rmSync(from('dist/media'), { recursive: true, force: true });
  mkdirSync(from('dist/media'), { recursive: true });
  for (const { name, bytes } of files) writeFileSync(from(`dist/media/${name}`), bytes);
}

function hashOf(inputs: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of inputs.flatMap((input) => filesIn(from(input)))) {
    hash.update(relative(ROOT, path)).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

function filesIn(path: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort();
}

if (import.meta.main) {
  await buildStale(TARGETS, (line) => void process.stdout.write(`${line}\n`), process.argv.includes('--force'));
}
