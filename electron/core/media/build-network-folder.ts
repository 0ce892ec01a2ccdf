// Builds a medium as a folder for an HTTP server: hosts start it over the network with iPXE and wimboot.
//
// Everything the agent needs lies inside the WIM, in the folder it is started from. wimboot could hand files over beside the WIM, but into one folder and by short names
// (X:\Windows\System32): a bundle of 4,096 shards would be as many lines in the script and as many requests a host, each of which can fail. So a host fetches one
// file more than wimboot itself, which the manifest names with its SHA-256; the bundle in it is sealed as on a stick.
//
// There is no folder for results in it: the RAM disk forgets what is written at the restart, so that the agent must not take a record on it for saved.

import { AppError } from '../app-error.ts';
import { nextTurn } from '../keys/slices.ts';
import type { BaseFile } from './boot-wim.ts';
import { BOOT_WIM_ON_MEDIUM, addToWim } from './boot-wim.ts';
import { stretchOf } from './file-parts.ts';
import type { Gathered } from './gather.ts';
import { gather } from './gather.ts';
import { hashFile, sha256, throwIfCancelled } from './hash-file.ts';
import type { BuildOptions, BuiltImage, ImageOrder } from './image-order.ts';
import { formatManifest } from './manifest.ts';
import type { FilePart, FolderInTheMaking, MediaPorts } from './media-ports.ts';
import { BUNDLE_FOLDER, MANIFEST_PATH } from './medium-paths.ts';
import { OPEN_PASSCODE_FILE } from './open-passcode.ts';
import type { PlannedFile } from './medium-plan.ts';
import { ownFiles, planFile, writtenHash } from './medium-plan.ts';
import { NETWORK_README, SCRIPT, networkReadme, networkScript, wimbootName } from './network-start.ts';
import { showPayload } from './payload.ts';
import { writeExtents } from './write-extents.ts';

/** As `buildImage`, but what appears at `out` is a folder. One that holds another manifest of ours is replaced when `overwrite` says so, any other never. */
export async function buildNetworkFolder(order: ImageOrder, ports: MediaPorts, options: BuildOptions): Promise<BuiltImage> {
  const folder = await ports.files.createFolder(order.out, order.overwrite ?? false, MANIFEST_PATH);
  try {
    return await buildInto(folder, order, ports, options);
  } catch (error) {
    // By the name it was to have: that of the folder in the making is gone.
    if (error instanceof AppError && error.code === 'disk-full' && typeof error.facts['path'] === 'string' && error.facts['path'].startsWith(folder.path)) throw new AppError('disk-full', { ...error.facts, path: order.out }, { cause: error });
    throw error;
  } finally {
    await folder.discard();
  }
}

async function buildInto(folder: FolderInTheMaking, order: ImageOrder, ports: MediaPorts, options: BuildOptions): Promise<BuiltImage> {
  const gathered = await gather(order, ports, options);
  const { inspected, contents } = gathered;
  const { mediaId, createdAt } = contents.order;
  const payload = showPayload(contents.payload);
  const wim = await makeWim(folder, gathered, ports, options);
  const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
  // The desk tells a folder by the same files as a stick; hosts fetch none of them.
  const forTheDesk = [...ownFiles(contents).map(planFile), ...contents.bundle.filter(({ path }) => path === 'header.txt').map((file) => ({ ...file, path: `${BUNDLE_FOLDER}/${file.path}` }))];
  const beside = [planFile({ path: SCRIPT, bytes: ascii(networkScript(contents.order, contents.architecture)) }), planFile({ path: NETWORK_README, bytes: ascii(networkReadme(contents.order, contents.architecture, payload, contents.bundle.some(({ path }) => path === OPEN_PASSCODE_FILE))) }), ...forTheDesk];
  const loaders = contents.loaders.toReversed();
  const manifest = planFile({ path: MANIFEST_PATH, bytes: formatManifest({ mediaId, createdAt, auditHead: contents.auditHead, loaders, files: [...beside.map(({ path, sizeBytes: bytes, hash }) => ({ path, sizeBytes: bytes, sha256: writtenHash({ path, hash }) })), { path: BOOT_WIM_ON_MEDIUM, ...wim }], secondFiles: [] }) });
  for (const file of [...beside, manifest]) await writeAndCompare(folder, file, ports);
  await keepWimboot(folder, order.out, wimbootName(contents.architecture), ports);
  throwIfCancelled(options.signal);
  const sizeBytes = [...beside, manifest].reduce((sum, file) => sum + file.sizeBytes, wim.sizeBytes);
  const built: BuiltImage = { path: order.out, sizeBytes, usedBytes: sizeBytes, base: inspected.base, architecture: inspected.base.architecture, sealAt: [], payload, manifestSha256: writtenHash(manifest), files: beside.length + 2, loaders };
  await options.beforeNaming?.(built);
  await folder.commit();
  return built;
}

/** The base's WIM with the agent, and all of the medium's own files added. @returns What it is, read back. */
async function makeWim(folder: FolderInTheMaking, { inspected, prepared, drivers, contents }: Gathered, ports: MediaPorts, options: BuildOptions): Promise<{ readonly sizeBytes: number; readonly sha256: string }> {
  const { files, cache } = ports;
  const inWim = [...ownFiles(contents).map(planFile), ...contents.bundle.map((file) => ({ ...file, path: `${BUNDLE_FOLDER}/${file.path}` }))];
  const paths = [...inWim, ...drivers.map(({ onMedium }) => ({ path: onMedium }))].map(({ path }) => path);
  const before = prepared.files.find(({ onMedium }) => onMedium === BOOT_WIM_ON_MEDIUM);
  if (before === undefined) throw new Error('the prepared base has no WIM');
  return cache.withWorkspace(async (workspace) => {
    const stage = files.join(workspace, 'stage');
    const place = (path: string): string => files.join(stage, ...`${inspected.prefix}${path}`.split('/'));
    let written = 0;
    for (const { path, source } of inWim) {
      if (source.kind === 'bytes') await files.writeSmall(place(path), source.bytes, true);
      if (++written % 100 === 0) { throwIfCancelled(options.signal); await nextTurn(); }
    }
    for (const driver of drivers) await copyDriver(driver, place(driver.onMedium), ports);
    options.onProgress?.({ step: 'write', doneBytes: 0, totalBytes: before.sizeBytes });
    // Folders the agent's own files stand in were there before.
    const added = [...new Set([...foldersOf(paths).filter((path) => path !== 'bluelift'), ...paths])];
    const identity = ` ${sha256([...inWim, ...drivers].map(({ hash }) => hash.sha256).join('\n'))}`;
    const updated = await addToWim(before.parts, inspected, stage, [`${inspected.prefix}bluelift`], added, ports, options, identity);
    const isNew = files.join(workspace, 'new');
    await files.writeSmall(isNew, updated.patch, true);
    const parts = updated.parts.flatMap(({ of, offset, sizeBytes }) => (of === 'base' ? stretchOf(before.parts, offset, sizeBytes) : [{ path: isNew, offset, sizeBytes }]));
    return writeWim(files.join(folder.path, ...BOOT_WIM_ON_MEDIUM.split('/')), parts, updated.sizeBytes, ports, options);
  });
}

async function writeWim(path: string, parts: readonly FilePart[], sizeBytes: number, { files }: MediaPorts, { signal, onProgress }: BuildOptions): Promise<{ readonly sizeBytes: number; readonly sha256: string }> {
  const wim: PlannedFile = { path: BOOT_WIM_ON_MEDIUM, sizeBytes, hash: { sha256: null }, source: { kind: 'parts', parts } };
  const extents = [{ kind: 'source', offset: 0, sizeBytes, paddedBytes: sizeBytes, source: wim }] as const;
  await files.writeSmall(path, new Uint8Array(), true); // makes its folder
  const file = await files.create(path, true);
  try {
    await file.reserve(sizeBytes, sizeBytes);
    await writeExtents(extents, file, files, { signal, onProgress: (doneBytes, totalBytes) => onProgress?.({ step: 'write', doneBytes, totalBytes }) });
    await file.commit();
  } finally { await file.discard(); }
  return { sizeBytes, sha256: writtenHash(wim) };
}

async function copyDriver(driver: BaseFile, to: string, { files }: MediaPorts): Promise<void> {
  await files.writeSmall(to, new Uint8Array(), true); // makes its folder
  for (const { path } of driver.parts) await files.copy(path, to);
  if ((await hashFile(files, to)).sha256 !== driver.hash.sha256) throw new AppError('file-unreadable', { path: driver.onMedium, reason: 'changed' });
}

async function writeAndCompare(folder: FolderInTheMaking, { path, source, hash }: PlannedFile, { files }: MediaPorts): Promise<void> {
  const at = files.join(folder.path, ...path.split('/'));
  if (source.kind === 'bytes') await files.writeSmall(at, source.bytes);
  if ((await hashFile(files, at)).sha256 !== hash.sha256) throw new AppError('image-unreadable', { path, reason: 'not-as-written' });
}

/** Somebody put it into the folder that is replaced: it goes on being there. */
async function keepWimboot(folder: FolderInTheMaking, before: string, name: string, { files }: MediaPorts): Promise<void> {
  const isThere = (await files.listFolder(before)).some((entry) => entry.name === name && !entry.isFolder);
  if (isThere) await files.copy(files.join(before, name), files.join(folder.path, name));
}

/** Every folder above these, each once, parents first. */
function foldersOf(paths: readonly string[]): readonly string[] {
  const folders = new Set<string>();
  for (const path of paths) {
    const parts = path.split('/').slice(0, -1);
    parts.forEach((_, i) => folders.add(parts.slice(0, i + 1).join('/')));
  }
  return [...folders];
}
