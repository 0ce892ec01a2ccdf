// Adds the agent to a base's WIM: what of it is new, and the boot files beside it, kept until base or agent change. The rest is read where it lies.

import { createHash } from 'node:crypto';

import { z } from 'zod';

import { AppError } from '../app-error.ts';
import type { BootFileSet } from './base-files.ts';
import { BOOT_FILE_SETS, bootFilesOf } from './base-files.ts';
import { hashFile, sha256 } from './hash-file.ts';
import type { BuildOptions, NamedBytes } from './image-order.ts';
import type { InspectedBase } from './base-facts.ts';
import { imageFiles } from './media-base.ts';
import type { FilePart, MediaPorts } from './media-ports.ts';
import { orderAgentFiles } from './payload.ts';
import { openParts, stretchOf } from './file-parts.ts';
import { DISC_STARTER } from './medium-paths.ts';
import type { UpdatedWim } from './wim-update.ts';
import { readWimFrame, updateWim } from './wim-update.ts';

/** SHA-256 of a file as 64 hex digits; null until its bytes have gone by for the first time. */
export type FileHash = { sha256: string | null };
/** A file for the medium, in stretches of the base, of the cache, or of a folder of drivers. `onMedium` with `/`. */
export type BaseFile = { readonly set: BootFileSet | 'drivers'; readonly onMedium: string; readonly parts: readonly FilePart[]; readonly sizeBytes: number; readonly hash: FileHash };
export type PreparedBase = { readonly cacheName: string; readonly files: readonly BaseFile[] };

/** Changes whenever the patch itself changes, so that no older one is taken for it. */
const PATCH_VERSION = 6;
const CONTENTS = 'contents.json';
/** What is new of the WIM. */
const PATCH = 'boot.wim.new';
export const BOOT_WIM_ON_MEDIUM = 'sources/boot.wim';
/**
 * Windows PE starts this instead of its own shell. `/k`: if the launcher ever ends by itself, a prompt stays on the screen;
 * with `/c` the host would restart and hide why.
 */
const WINPESHL_INI = '[LaunchApps]\r\n%SYSTEMROOT%\\System32\\cmd.exe, /k %SYSTEMDRIVE%\\bluelift\\start.cmd\r\n';
/**
 * Windows Setup must never come up where somebody only wanted a repair: it is one click from erasing the disk.
 * winpeshl.ini already goes before it; without these names it can not be started at all.
 */
const SETUP_PROGRAMS = ['setup.exe', 'sources/setup.exe'];
const SETUP_OFF = 'setup.off';

/** `in`: a file beside, or the WIM of the base. */
const contents = z.object({
  patchSha256: z.string(),
  files: z.array(z.object({
    set: z.enum(BOOT_FILE_SETS), onMedium: z.string(), sizeBytes: z.number(), sha256: z.string().nullable(),
    parts: z.array(z.object({ in: z.string().nullable(), offset: z.number(), sizeBytes: z.number() })),
  })),
});
type Contents = z.infer<typeof contents>;

/**
 * Gives everything on the medium that comes from the base.
 *
 * @returns Files with their SHA-256, `sources/boot.wim` last. Whoever reads them compares (`dropPreparedBase` when they differ), or learns the
 *          SHA-256 of one that was never read before, and has it kept (`keepHashes`).
 * @throws AppError as `inspectBase`, and `disk-full`.
 */
export async function prepareBase(inspected: InspectedBase, agentFiles: readonly NamedBytes[], ports: MediaPorts, options: BuildOptions): Promise<PreparedBase> {
  const name = patchName(inspected, agentFiles);
  const kept = await ports.cache.find(name);
  return (kept === null ? null : await readContents(kept, name, inspected.wim, ports)) ?? makeContents(inspected, agentFiles, name, ports, options);
}

/** Writes down what was learned while the files were read. The base must be what it was when it was looked into: AppError `base-unreadable` (changed). */
export async function keepHashes({ cacheName, files: prepared }: PreparedBase, inspected: InspectedBase, { files, cache }: MediaPorts): Promise<void> {
  const { path } = inspected.base;
  if (await cache.identify(path) !== inspected.identity) throw new AppError('base-unreadable', { path, reason: 'changed' });
  const kept = await cache.find(cacheName);
  if (kept === null) return;
  const file = await files.open(files.join(kept, CONTENTS));
  const listed = contents.parse(JSON.parse(new TextDecoder().decode(await file.read(0, file.sizeBytes).finally(() => file.close()))));
  const learned = listed.files.map((one) => ({ ...one, sha256: prepared.find(({ set, onMedium }) => set === one.set && onMedium === one.onMedium)?.hash.sha256 ?? one.sha256 }));
  if (learned.every(({ sha256: hash }, i) => hash === listed.files[i]?.sha256)) return;
  await cache.withWorkspace(async (workspace) => {
    const written = files.join(workspace, CONTENTS);
    await files.writeSmall(written, new TextEncoder().encode(JSON.stringify({ ...listed, files: learned } satisfies Contents)));
    await files.move(written, files.join(kept, CONTENTS));
  });
}

/** Forgets what was prepared, so that it is made again. */
export function dropPreparedBase(prepared: PreparedBase, ports: MediaPorts): Promise<void> {
  return ports.cache.drop(prepared.cacheName);
}

/** Names base and agent as one. What the patch adds is part of it. */
function patchName(inspected: InspectedBase, agentFiles: readonly NamedBytes[]): string {
  const { wimSha256, imageIndex, architecture } = inspected.base;
  const facts = [PATCH_VERSION, wimSha256, inspected.starter?.sha256 ?? '', imageIndex, architecture, WINPESHL_INI, ...orderAgentFiles(agentFiles).map((file) => sha256(file.bytes))];
  return `base-${sha256(facts.join('\n'))}`;
}

/** @returns What is kept, or null when its sizes are not those written down. */
async function readContents(folder: string, cacheName: string, wim: readonly FilePart[], ports: MediaPorts): Promise<PreparedBase | null> {
  const { files } = ports;
  try {
    const file = await files.open(files.join(folder, CONTENTS));
    const text = new TextDecoder().decode(await file.read(0, file.sizeBytes).finally(() => file.close()));
    const listed = contents.parse(JSON.parse(text));
    const sizes = new Map((await files.listFolder(folder)).map((entry) => [entry.name, entry.sizeBytes]));
    const wimBytes = wim.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const isWhole = listed.files.every(({ parts }) => parts.every((part) => part.offset + part.sizeBytes <= (part.in === null ? wimBytes : sizes.get(part.in) ?? -1)));
    // The rest is compared when it is read; this may be added to first.
    if (isWhole && (await hashFile(files, files.join(folder, PATCH))).sha256 === listed.patchSha256) return { cacheName, files: place(listed.files, folder, wim, ports) };
  } catch {
    // Somebody tidied up in the cache: make it again.
  }
  await ports.cache.drop(cacheName);
  return null;
}

function place(listed: Contents['files'], folder: string, wim: readonly FilePart[], { files }: MediaPorts): readonly BaseFile[] {
  return listed.map(({ sha256: hash, parts, ...file }) => ({
    ...file, hash: { sha256: hash }, parts: parts.flatMap((part) => (part.in === null ? stretchOf(wim, part.offset, part.sizeBytes) : [{ ...part, path: files.join(folder, part.in) }])),
  }));
}

async function makeContents(inspected: InspectedBase, agentFiles: readonly NamedBytes[], cacheName: string, ports: MediaPorts, options: BuildOptions): Promise<PreparedBase> {
  const { files, archives, cache } = ports;
  return cache.withWorkspace(async (workspace) => {
    const stage = files.join(workspace, 'stage');
    const added = namesInImage(inspected, agentFiles);
    for (const file of added.files) await files.writeSmall(files.join(stage, ...`${inspected.prefix}${file.name}`.split('/')), file.bytes, true);
    const tell = (doneBytes: number): void => options.onProgress?.({ step: 'add-agent', doneBytes, totalBytes: inspected.base.sizeBytes });
    tell(0);
    const updated = await addToWim(inspected.wim, inspected, stage, added.files.map((file) => inspected.prefix + file.name), [...added.folders, ...added.files.map((file) => file.name)], ports, options);

    const out = files.join(workspace, 'out');
    const boot = files.join(workspace, 'boot');
    // An ISO's own starter goes before the one in its image: it is what this disc starts with.
    const bootFiles = bootFilesOf(imageFiles(inspected.paths), inspected.base.architecture).filter(({ set }) => set !== 'disc' || inspected.starter === null);
    await archives.extract(inspected.wim, [...new Set(bootFiles.map(({ inImage }) => inImage))].map((inImage) => ({ path: inspected.prefix + inImage, isFolder: false, sizeBytes: 0 })), boot, { signal: options.signal });
    const listed: Contents['files'][number][] = [];
    await files.writeSmall(files.join(out, PATCH), updated.patch);
    for (const { set, onMedium, inImage } of bootFiles) {
      const from = files.join(boot, ...`${inspected.prefix}${inImage}`.split('/'));
      const name = `${set}_${onMedium.replaceAll('/', '_')}`;
      const { sizeBytes, sha256: hash } = await hashFile(files, from, options.signal);
      listed.push({ set, onMedium, sizeBytes, sha256: hash, parts: [{ in: name, offset: 0, sizeBytes }] });
      // A font may be for both loaders.
      await files.copy(from, files.join(out, name));
    }
    if (inspected.starter !== null) listed.push(await takeStarter(inspected.starter, inspected.base.path, out, ports));
    listed.push({ set: 'common', onMedium: BOOT_WIM_ON_MEDIUM, sizeBytes: updated.sizeBytes, sha256: null, parts: updated.parts.map(({ of, offset, sizeBytes }) => ({ in: of === 'base' ? null : PATCH, offset, sizeBytes })) });
    await files.writeSmall(files.join(out, CONTENTS), new TextEncoder().encode(JSON.stringify({ patchSha256: sha256(updated.patch), files: listed } satisfies Contents)));
    const kept = await cache.keep(out, cacheName);
    tell(inspected.base.sizeBytes);
    return { cacheName, files: place(listed, kept, inspected.wim, ports) };
  });
}

async function takeStarter({ at, sha256: expected }: NonNullable<InspectedBase['starter']>, path: string, out: string, { files }: MediaPorts): Promise<Contents['files'][number]> {
  const file = await openParts(files, at);
  const bytes = await file.read(0, file.sizeBytes).finally(() => file.close());
  if (sha256(bytes) !== expected) throw new AppError('base-unreadable', { path, reason: 'changed' });
  const name = 'disc_starter';
  await files.writeSmall(files.join(out, name), bytes);
  return { set: 'disc', onMedium: DISC_STARTER, sizeBytes: bytes.length, sha256: expected, parts: [{ in: name, offset: 0, sizeBytes: bytes.length }] };
}

type AddedFiles = { readonly files: readonly NamedBytes[]; readonly folders: readonly string[] };

/** Windows does not care about case, the WIM's tree does: what is there already is spelled as it is there. */
function namesInImage(inspected: InspectedBase, agentFiles: readonly NamedBytes[]): AddedFiles {
  const known = imageFiles(inspected.paths);
  const system32 = known.get('windows/system32/winpeshl.exe')?.split('/').slice(0, 2).join('/') ?? 'Windows/System32';
  const launcher = known.get('windows/system32/winpeshl.ini') ?? `${system32}/winpeshl.ini`;
  const hasFolder = inspected.paths.some((path) => path.toLowerCase().startsWith('bluelift/'));
  if (hasFolder) throw new AppError('base-unreadable', { path: inspected.base.path, reason: 'already-patched' });
  return {
    folders: ['bluelift'],
    files: [
      ...orderAgentFiles(agentFiles).map(({ name, bytes }) => ({ name: `bluelift/${name}`, bytes })),
      { name: launcher, bytes: new TextEncoder().encode(WINPESHL_INI) },
    ],
  };
}

/**
 * Adds what lies in a folder to a WIM of this base.
 *
 * @param names As 7-Zip wants them. @param added Files and folders inside the image.
 * @param identity What the WIM's own ID is made of beside the base, so that no two that differ have the same.
 * @throws AppError `base-unreadable` (`reason`: damaged) when the result is not as expected, `cancelled`.
 */
export async function addToWim(wim: readonly FilePart[], inspected: InspectedBase, stage: string, names: readonly string[], added: readonly string[], ports: MediaPorts, options: BuildOptions, identity = ''): Promise<UpdatedWim> {
  const { imageIndex, wimSha256, path } = inspected.base;
  const present = new Set(inspected.paths.map((entry) => entry.toLowerCase()));
  const updated = await updateWim(wim, await readWimFrame(wim, path, ports.files), stage, names, {
    imageIndex, added, date: inspected.modified,
    renamed: new Map(SETUP_PROGRAMS.filter((program) => present.has(program)).map((program) => [program, SETUP_OFF])),
    guid: createHash('sha256').update(`bluelift wim ${wimSha256}${identity}`).digest().subarray(0, 16),
  }, ports, options);
  if (updated === null) throw new AppError('base-unreadable', { path, reason: 'damaged' });
  return updated;
}
