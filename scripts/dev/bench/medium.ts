// From a Windows ISO of 5 GB and 10,000 keys to a verified medium in each format, against 7-Zip reading the needed parts alone (1,000,000 keys: big-medium). Needs wimtools, genisoimage.
// Both sides find the ISO in the system's cache of files, if it is large enough; neither has seen this base before.
//
//   npm run bench -- medium [FORMAT…]
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { IMAGE_FORMATS, type ImageFormat } from '../../../electron/core/codes.ts';
import { keyProtectorIdFromBytes } from '../../../electron/core/keys/key-protector-id.ts';
import { LOADERS, findMissingFiles } from '../../../electron/core/media/base-files.ts';
import { buildImage } from '../../../electron/core/media/build-image.ts';
import type { BuildStep, ImageOrder } from '../../../electron/core/media/image-order.ts';
import type { MediaPorts } from '../../../electron/core/media/media-ports.ts';
import { makePasscode } from '../../../electron/core/media/passcode.ts';
import { AGENT_FILE_NAMES } from '../../../electron/core/media/payload.ts';
import { buildSealedKeyBundle, type BundleEntry } from '../../../electron/core/media/sealed-key-bundle.ts';
import { baseCache } from '../../../electron/desk/base-cache.ts';
import { mediaFiles } from '../../../electron/desk/image-file.ts';
import { sevenZipArchives } from '../../../electron/desk/seven-zip.ts';

const ROUNDS = 3;
const WIM_BYTES = 450_000_000;
const ISO_BYTES = 5_000_000_000;
const KEYS = 10_000;
const MOST_RATIO = 4;

export async function run(words: readonly string[]): Promise<void> {
  const formats = words.length > 0 ? IMAGE_FORMATS.filter((format) => words.includes(format)) : IMAGE_FORMATS;
  const folder = mkdtempSync(join(tmpdir(), 'bluelift-bench-medium-'));
  try {
    const base = makeIso(folder);
    print(`base: ISO of ${(statSync(base).size / 1e9).toFixed(2)} GB, WIM in it ${WIM_BYTES / 1e6} MB`);
    const ratios = new Map<ImageFormat, number[]>();
    for (let round = 1; round <= ROUNDS; round++) {
      // Reading before and after each build: others on the machine come and go.
      let before = await timeReading(base, folder);
      for (const format of formats) {
        // A cold cache: nothing of this base was seen before.
        const built = await timeBuild(folder, base, format);
        const after = await timeReading(base, folder);
        const reading = { ms: (before.ms + after.ms) / 2, cpuMs: (before.cpuMs + after.cpuMs) / 2 };
        before = after;
        ratios.set(format, [...(ratios.get(format) ?? []), built.ms / reading.ms]);
        print(`round ${round}: 7-Zip ${seconds(reading.ms)}  ${format} ${seconds(built.ms)}  ratio ${(built.ms / reading.ms).toFixed(2)}, of processor time ${(built.cpuMs / reading.cpuMs).toFixed(2)}  (${built.steps})`);
      }
    }
    for (const [format, all] of ratios) print(`${format}: median ratio ${median(all).toFixed(2)}, at most ${MOST_RATIO}: ${median(all) <= MOST_RATIO ? 'met' : 'MISSED'}  (load ${(loadavg()[0] ?? 0).toFixed(1)})`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The WIM's contents are stored, not packed: nothing of what is measured unpacks more than the boot files, and packing what can not be packed takes minutes. */
function makeIso(folder: string): string {
  const tree = join(folder, 'tree');
  const missing = findMissingFiles(new Map());
  const needed = [...missing.medium, ...missing.agent].map((name) => (name.split(' or ')[0] ?? '').replaceAll('\\', '/'));
  const large = Array.from({ length: 450 }, (_, i) => `Windows/System32/many/${i % 50}/file${i}.dll`);
  for (const path of [...needed, LOADERS['bootmgfw_EX.efi']]) put(join(tree, path), randomBytes(path.endsWith('.efi') ? 2_500_000 : 100_000));
  for (const path of large) put(join(tree, path), randomBytes(WIM_BYTES / large.length));
  const root = join(folder, 'iso');
  mkdirSync(join(root, 'sources'), { recursive: true });
  const wim = join(root, 'sources', 'boot.wim');
  execFileSync('wimlib-imagex', ['capture', tree, wim, 'Microsoft Windows PE (x64)', '--compress=none', '--boot'], { stdio: 'ignore' });
  execFileSync('wimlib-imagex', ['info', wim, '1', '--image-property=WINDOWS/ARCH=9'], { stdio: 'ignore' });
  rmSync(tree, { recursive: true });
  // What Setup would install: never read, but in the way.
  const install = join(root, 'sources', 'install.wim');
  closeSync(openSync(install, 'w'));
  truncateSync(install, ISO_BYTES - statSync(wim).size);
  const iso = join(folder, 'Win11.iso');
  execFileSync('genisoimage', ['-quiet', '-allow-limited-size', '-udf', '-iso-level', '3', '-V', 'CCCOMA_X64FRE', '-o', iso, root], { stdio: 'ignore' });
  rmSync(root, { recursive: true });
  return iso;
}

/** 7-Zip alone: the WIM out of the ISO, and the boot files out of the WIM. */
async function timeReading(base: string, folder: string): Promise<Taken> {
  const archives = sevenZipArchives();
  const out = join(folder, 'read');
  const stop = watch();
  await archives.extract(base, [{ path: 'sources/boot.wim', isFolder: false, sizeBytes: 0 }], out);
  await archives.extract(join(out, 'sources', 'boot.wim'), ['Windows/Boot/EFI/bootmgfw.efi', 'Windows/Boot/DVD/EFI/BCD', 'Windows/Boot/DVD/EFI/boot.sdi'].map((path) => ({ path, isFolder: false, sizeBytes: 0 })), out);
  const taken = stop();
  rmSync(out, { recursive: true });
  return taken;
}

async function timeBuild(folder: string, base: string, format: ImageFormat): Promise<Taken & { readonly steps: string }> {
  const cache = join(folder, 'cache');
  rmSync(cache, { recursive: true, force: true });
  const ports: MediaPorts = { files: mediaFiles(() => 'bench'), archives: sevenZipArchives(), cache: baseCache(cache, Date.now) };
  const text = (content: string): Uint8Array => new TextEncoder().encode(content);
  const order: ImageOrder = {
    base, out: join(folder, 'medium'), format, recipeText: 'bluelift-recipe 1\r\n', readme: text('Read me.\r\n'),
    nameMedium: () => ({ mediaId: 'BL-BENCH', auditHead: null }), medium: { createdAt: '2024-07-20T08:30:00Z', expiresAt: null, language: 'en', mode: 'repair', recipe: 'channel-file-291 1' },
    agentFiles: AGENT_FILE_NAMES.map((name) => ({ name, bytes: text(`stands in for ${name}\r\n`) })), bundleFiles: sealed(KEYS),
  };
  const endOfStep = new Map<BuildStep, number>();
  const start = performance.now();
  const stop = watch();
  await buildImage(order, ports, { onProgress: ({ step }) => endOfStep.set(step, performance.now() - start) });
  const taken = stop();
  rmSync(order.out, { recursive: true });
  return { ...taken, steps: [...endOfStep].map(([step, at]) => `${step} until ${seconds(at)}`).join(', ') };
}

async function* sealed(count: number): AsyncGenerator<{ readonly path: string; readonly bytes: Uint8Array }> {
  const material = randomBytes(32 * count);
  function* entries(): Generator<BundleEntry> {
    for (let i = 0; i < count; i++) {
      const keyProtectorId = keyProtectorIdFromBytes(material.subarray(32 * i, 32 * i + 16));
      if (keyProtectorId !== null) yield { keyProtectorId, recoveryPasswordBytes: material.subarray(32 * i + 16, 32 * i + 32) };
    }
  }
  const bundle = await buildSealedKeyBundle({ mediaId: 'BL-BENCH', scope: 'all', expiresAt: null, passcodes: [makePasscode(randomBytes)], entries: entries() }, { randomBytes, breathe: () => setImmediate() });
  yield* bundle.files;
}

function put(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}

/** `cpuMs`: of all threads of this process, 7-Zip's among them. Others on the machine do not count in it. */
interface Taken { readonly ms: number; readonly cpuMs: number }

function watch(): () => Taken {
  const cpu = process.cpuUsage();
  const start = performance.now();
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return { ms: performance.now() - start, cpuMs: (user + system) / 1000 };
  };
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
const print = (line: string): void => { process.stdout.write(`${line}\n`); };
