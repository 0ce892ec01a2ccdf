// Builds an image from a 500 MB base and compares with copying the base by dd conv=fsync, median of five. Needs wimtools.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { findMissingFiles } from '../../../electron/core/media/base-files.ts';
import { buildImage } from '../../../electron/core/media/build-image.ts';
import type { BuildStep, ImageOrder } from '../../../electron/core/media/image-order.ts';
import type { MediaPorts } from '../../../electron/core/media/media-ports.ts';
import { AGENT_FILE_NAMES } from '../../../electron/core/media/payload.ts';
import { baseCache } from '../../../electron/desk/base-cache.ts';
import { mediaFiles } from '../../../electron/desk/image-file.ts';
import { sevenZipArchives } from '../../../electron/desk/seven-zip.ts';

const ROUNDS = 5;
const FILES = 5_000;
const FILE_BYTES = 100_000;
const MOST_EXTRA_SECONDS = 4;

export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bluelift-bench-media-'));
  try {
    const base = makeBase(folder);
    print(`base: ${(statSync(base).size / 1e6).toFixed(0)} MB`);
    const ports: MediaPorts = { files: mediaFiles(() => 'bench'), archives: sevenZipArchives(), cache: baseCache(join(folder, 'cache'), Date.now) };
    const first = await timeBuild(folder, base, ports);
    print(`first build, base looked into and patched: ${seconds(first.ms)}  (${first.steps})`);
    const copies: number[] = [];
    const builds: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      copies.push(timeCopy(folder, base));
      const built = await timeBuild(folder, base, ports);
      builds.push(built.ms);
      print(`round ${round + 1}: dd ${seconds(copies.at(-1) ?? 0)}  image ${seconds(built.ms)}  longest turn ${built.longestTurnMs.toFixed(0)} ms of processor time  (${built.steps})`);
    }
    const extra = (median(builds) - median(copies)) / 1000;
    print(`median: dd ${seconds(median(copies))}  image ${seconds(median(builds))}  difference ${extra.toFixed(2)} s, at most ${MOST_EXTRA_SECONDS} s: ${extra <= MOST_EXTRA_SECONDS ? 'met' : 'MISSED'}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The files media need, and so much that can not be compressed that it has the size of the real thing. */
function makeBase(folder: string): string {
  const tree = join(folder, 'tree');
  const missing = findMissingFiles(new Map());
  const needed = [...missing.medium, ...missing.agent].map((name) => (name.split(' or ')[0] ?? '').replaceAll('\\', '/'));
  for (const path of [...needed, ...Array.from({ length: FILES }, (_, i) => `Windows/System32/many/${i % 50}/file${i}.dll`)]) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), randomBytes(FILE_BYTES));
  }
  const wim = join(folder, 'boot.wim');
  execFileSync('wimlib-imagex', ['capture', tree, wim, 'Microsoft Windows PE (x64)', '--compress=LZX', '--boot'], { stdio: 'ignore' });
  execFileSync('wimlib-imagex', ['info', wim, '1', '--image-property=WINDOWS/ARCH=9'], { stdio: 'ignore' });
  rmSync(tree, { recursive: true });
  return wim;
}

function timeCopy(folder: string, base: string): number {
  const out = join(folder, 'copy.wim');
  const start = performance.now();
  execFileSync('dd', [`if=${base}`, `of=${out}`, 'bs=4M', 'conv=fsync', 'status=none']);
  const ms = performance.now() - start;
  rmSync(out);
  return ms;
}

async function timeBuild(folder: string, base: string, ports: MediaPorts): Promise<{ ms: number; longestTurnMs: number; steps: string }> {
  const text = (content: string): Uint8Array => new TextEncoder().encode(content);
  const order: ImageOrder = {
    base, out: join(folder, 'medium.img'), recipeText: 'bluelift-recipe 1\r\n', readme: text('Read me.\r\n'),
    nameMedium: () => ({ mediaId: 'BL-BENCH', auditHead: null }), medium: { createdAt: '2024-07-20T08:30:00Z', expiresAt: null, language: 'en', mode: 'repair', recipe: 'channel-file-291 1' },
    agentFiles: AGENT_FILE_NAMES.map((name) => ({ name, bytes: text(`stands in for ${name}\r\n`) })),
    bundleFiles: Array.from({ length: 256 }, (_, i) => ({ path: `00/${i.toString(16).padStart(4, '0')}.txt`, bytes: new Uint8Array(40_000).fill(0x61) })),
  };
  const endOfStep = new Map<BuildStep, number>();
  const turns = watchTurns();
  const start = performance.now();
  await buildImage(order, ports, { onProgress: ({ step }) => endOfStep.set(step, performance.now() - start) });
  const ms = performance.now() - start;
  const longestTurnMs = turns.stop();
  rmSync(order.out);
  return { ms, longestTurnMs, steps: [...endOfStep].map(([step, at]) => `${step} until ${seconds(at)}`).join(', ') };
}

/** What the desk computes without letting anything else have its turn. Processor time: what other programs take away is not ours. */
function watchTurns(): { stop(): number } {
  const used = (): number => { const { user, system } = process.threadCpuUsage(); return (user + system) / 1000; };
  let last = used();
  let longest = 0;
  const turn = (): void => { const now = used(); longest = Math.max(longest, now - last); last = now; };
  const timer = setInterval(turn, 1);
  return { stop: () => { turn(); clearInterval(timer); return longest; } };
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
const print = (line: string): void => { process.stdout.write(`${line}\n`); };
