// Adds the agent to a base's WIM: the patched WIM and the boot files beside it, kept until base or agent change.

import { createHash } from 'node:crypto';

import { z } from 'zod';

import { AppError } from '../app-error.ts';
import { findWimMetadata, planWimCorrection } from '../../formats/wim/correct-update.ts';
import { WIM_HEADER_BYTES, parseWimHeader } from '../../formats/wim/header.ts';
import { bootFilesOf } from './base-files.ts';
import { hashFile, sha256, throwIfCancelled } from './hash-file.ts';
import type { BuildOptions, NamedBytes } from './image-order.ts';
import type { InspectedBase } from './media-base.ts';
import { imageFiles, takeWim } from './media-base.ts';
import type { MediaPorts } from './media-ports.ts';
import { orderAgentFiles } from './payload.ts';

/** A file for the medium that lies in the cache. `onMedium` with `/`. */
export type BaseFile = { readonly onMedium: string; readonly path: string; readonly sizeBytes: number; readonly sha256: string };
export type PreparedBase = { readonly cacheName: string; readonly files: readonly BaseFile[] };

/** Changes whenever the patch itself changes, so that no older one is taken for it. */
const PATCH_VERSION = 1;
const CONTENTS = 'contents.json';
const BOOT_WIM_ON_MEDIUM = 'sources/boot.wim';
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

const contents = z.object({ files: z.array(z.object({ onMedium: z.string(), name: z.string(), sizeBytes: z.number(), sha256: z.string() })) });

/**
 * Gives everything on the medium that comes from the base.
 *
 * @returns Files in the cache with their SHA-256, `sources/boot.wim` last. Whoever reads them compares (`dropPreparedBase` when they differ).
 * @throws AppError as `inspectBase`, and `disk-full`.
 */
export async function prepareBase(inspected: InspectedBase, agentFiles: readonly NamedBytes[], ports: MediaPorts, options: BuildOptions): Promise<PreparedBase> {
  const name = patchName(inspected, agentFiles);
  const kept = await ports.cache.find(name);
  return (kept === null ? null : await readContents(kept, name, ports)) ?? makeContents(inspected, agentFiles, name, ports, options);
}

/** Forgets what was prepared, so that it is made again. */
export function dropPreparedBase(prepared: PreparedBase, ports: MediaPorts): Promise<void> {
  return ports.cache.drop(prepared.cacheName);
}

/** Names base and agent as one. What the patch adds is part of it. */
function patchName(inspected: InspectedBase, agentFiles: readonly NamedBytes[]): string {
  const { wimSha256, imageIndex, architecture } = inspected.base;
  const facts = [PATCH_VERSION, wimSha256, imageIndex, architecture, WINPESHL_INI, ...orderAgentFiles(agentFiles).map((file) => sha256(file.bytes))];
  return `base-${sha256(facts.join('\n'))}`;
}

/** @returns What is kept, or null when its sizes are not those written down. */
async function readContents(folder: string, cacheName: string, ports: MediaPorts): Promise<PreparedBase | null> {
  const { files } = ports;
  try {
    const file = await files.open(files.join(folder, CONTENTS));
    const text = new TextDecoder().decode(await file.read(0, file.sizeBytes).finally(() => file.close()));
    const listed = contents.parse(JSON.parse(text)).files.map(({ onMedium, name, sizeBytes, sha256: hash }) => ({ onMedium, path: files.join(folder, name), sizeBytes, sha256: hash }));
    const sizes = new Map((await files.listFolder(folder)).map((entry) => [files.join(folder, entry.name), entry.sizeBytes]));
    if (listed.every(({ path, sizeBytes }) => sizes.get(path) === sizeBytes)) return { cacheName, files: listed };
  } catch {
    // Somebody tidied up in the cache: make it again.
  }
  await ports.cache.drop(cacheName);
  return null;
}

async function makeContents(inspected: InspectedBase, agentFiles: readonly NamedBytes[], cacheName: string, ports: MediaPorts, options: BuildOptions): Promise<PreparedBase> {
  const { files, archives, cache } = ports;
  const { path, kind } = inspected.base;
  return cache.withWorkspace(async (workspace) => {
    const taken = await takeWim(path, inspected.identity, kind, workspace, ports, options);
    const wim = files.join(workspace, 'boot.wim');
    await (taken === path ? files.copy(path, wim) : files.move(taken, wim));
    if (await cache.identify(path) !== inspected.identity) throw new AppError('base-unreadable', { path, reason: 'changed' });
    throwIfCancelled(options.signal);

    const stage = files.join(workspace, 'stage');
    const added = namesInImage(inspected, agentFiles);
    for (const file of added.files) await files.writeSmall(files.join(stage, ...`${inspected.prefix}${file.name}`.split('/')), file.bytes);
    const onProgress = (doneBytes: number, totalBytes: number): void => options.onProgress?.({ step: 'add-agent', doneBytes, totalBytes });
    onProgress(0, inspected.base.sizeBytes);
    await archives.add(wim, stage, added.files.map((file) => inspected.prefix + file.name), { signal: options.signal, onProgress });
    await correct(wim, inspected, [...added.folders, ...added.files.map((file) => file.name)], ports);

    const out = files.join(workspace, 'out');
    const boot = files.join(workspace, 'boot');
    const bootFiles = bootFilesOf(imageFiles(inspected.paths), inspected.base.architecture);
    await archives.extract(wim, bootFiles.map(({ inImage }) => ({ path: inspected.prefix + inImage, isFolder: false, sizeBytes: 0 })), boot, { signal: options.signal });
    const listed: (z.infer<typeof contents>['files'][number])[] = [];
    const take = async (from: string, onMedium: string): Promise<void> => {
      const name = onMedium.replaceAll('/', '_');
      const hashed = await hashFile(files, from, options.signal);
      listed.push({ onMedium, name, ...hashed });
      await files.writeSmall(files.join(out, CONTENTS), new TextEncoder().encode(JSON.stringify({ files: listed })));
      await files.move(from, files.join(out, name));
    };
    for (const { onMedium, inImage } of bootFiles) await take(files.join(boot, ...`${inspected.prefix}${inImage}`.split('/')), onMedium);
    await take(wim, BOOT_WIM_ON_MEDIUM);
    const kept = await cache.keep(out, cacheName);
    return { cacheName, files: listed.map(({ onMedium, name, sizeBytes, sha256: hash }) => ({ onMedium, path: files.join(kept, name), sizeBytes, sha256: hash })) };
  });
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

async function correct(wim: string, inspected: InspectedBase, added: readonly string[], ports: MediaPorts): Promise<void> {
  const file = await ports.files.open(wim);
  const { imageIndex, wimSha256, path } = inspected.base;
  const unexpected = (): AppError => new AppError('base-unreadable', { path, reason: 'damaged' });
  try {
    const headerBytes = await file.read(0, WIM_HEADER_BYTES);
    const header = parseWimHeader(headerBytes);
    if (header === null || header.lookupTable.isCompressed) throw unexpected();
    const read = (resource: { readonly offset: number; readonly sizeBytes: number }): Promise<Uint8Array> => file.read(resource.offset, resource.sizeBytes);
    const lookupTable = await read(header.lookupTable);
    const found = findWimMetadata(lookupTable, imageIndex);
    if (found === null) throw unexpected();
    const present = new Set(inspected.paths.map((entry) => entry.toLowerCase()));
    const patches = planWimCorrection({ header: headerBytes, lookupTable, xml: await read(header.xml) }, header, await read(found.resource), {
      imageIndex, added, date: inspected.modified,
      renamed: new Map(SETUP_PROGRAMS.filter((program) => present.has(program)).map((program) => [program, SETUP_OFF])),
      guid: createHash('sha256').update(`bluelift wim ${wimSha256}`).digest().subarray(0, 16),
    });
    if (patches === null) throw unexpected();
    await ports.files.patch(wim, patches);
  } finally {
    await file.close();
  }
}
