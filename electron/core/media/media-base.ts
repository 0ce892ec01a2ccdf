// Looks into a base: a Windows ISO, boot.wim or WinRE.wim. What it is, which image boots, and whether the agent can run in it.

import { z } from 'zod';

import { AppError } from '../app-error.ts';
import { ARCHITECTURES } from '../codes.ts';
import type { Architecture } from '../codes.ts';
import { ISO_DESCRIPTORS, isIsoImage } from '../../formats/iso/recognise.ts';
import type { WimHeader } from '../../formats/wim/header.ts';
import { WIM_HEADER_BYTES, parseWimHeader } from '../../formats/wim/header.ts';
import type { WimImage } from '../../formats/wim/xml.ts';
import { parseWimXml } from '../../formats/wim/xml.ts';
import type { ImageFiles } from './base-files.ts';
import { findMissingFiles } from './base-files.ts';
import { hashFile } from './hash-file.ts';
import type { BaseKind, BuildOptions, MediaBase } from './image-order.ts';
import { BASE_KINDS } from './image-order.ts';
import type { MediaPorts, ReadableFile } from './media-ports.ts';

/** A base with what the next step needs of it: its cached facts. */
export type InspectedBase = {
  readonly base: MediaBase;
  /** Name of this file as it is now (`BaseCache.identify`). */
  readonly identity: string;
  /** Every file of the image that boots, paths as the WIM writes them, with `/`. */
  readonly paths: readonly string[];
  /** What 7-Zip writes in front of a path: `2/` when the WIM holds several images. */
  readonly prefix: string;
  /** When the image was last changed, as in the WIM's XML. */
  readonly modified: { readonly high: string; readonly low: string };
};

/** Changes whenever what is remembered of a base changes its meaning. */
const FACTS_VERSION = 1;
const WIM_IN_ISO = 'sources/boot.wim';
const MOST_XML_BYTES = 4 * 1024 * 1024;
/** For an image that does not say when it was changed: 2024-07-19 04:09 UTC. */
const NO_DATE = { high: '0x01DAD994', low: '0x0E8D8C00' } as const;
/** WINDOWS/ARCH in a WIM is a processor architecture as in Windows' SYSTEM_INFO. */
const ARCHITECTURE_NAMES: ReadonlyMap<number, string> = new Map([[0, 'x86'], [5, 'arm'], [6, 'ia64'], [9, 'x64'], [12, 'arm64']]);

const date = z.object({ high: z.string(), low: z.string() });
const rememberedBase = z.object({
  base: z.object({
    path: z.string(), kind: z.enum(BASE_KINDS), architecture: z.enum(ARCHITECTURES), imageIndex: z.number(), imageCount: z.number(), imageName: z.string(),
    windowsBuild: z.string().nullable(), languages: z.array(z.string()), sizeBytes: z.number(), wimSha256: z.string(), manualOnly: z.boolean(), missing: z.array(z.string()),
  }),
  identity: z.string(), paths: z.array(z.string()), prefix: z.string(), modified: date,
});

/**
 * Looks into a base. The file itself is never changed; what was found is remembered until it is.
 *
 * @param path Of a Windows ISO, boot.wim or WinRE.wim, told apart by content.
 * @param options.manualOnly Take a base in which the agent can not run: its media carry the manual script and no keys.
 * @throws AppError `base-unreadable` (`path`, `reason`: not-windows, no-boot-wim, split, no-image, damaged), `base-lacks-files` (`path`, `missing`),
 *         `base-architecture-refused` (`path`, `architecture`), `cancelled`, or as the file says.
 */
export async function inspectBase(path: string, ports: MediaPorts, options: BuildOptions & { readonly manualOnly?: boolean } = {}): Promise<MediaBase> {
  return (await inspect(path, ports, options)).base;
}

/** As `inspectBase`, with what the patch needs. */
export async function inspect(path: string, ports: MediaPorts, options: BuildOptions & { readonly manualOnly?: boolean } = {}): Promise<InspectedBase> {
  if (await ports.files.isFolder(path)) throw new AppError('file-is-a-directory', { path });
  const identity = await ports.cache.identify(path);
  const name = `facts-${FACTS_VERSION}-${identity}.json`;
  const inspected = await recall(ports, name, path) ?? await lookInto(path, identity, ports, options);
  if (inspected.base.manualOnly && options.manualOnly !== true) throw new AppError('base-lacks-files', { path, missing: inspected.base.missing });
  return inspected;
}

/** @returns Where the WIM of this base lies: itself, or taken out of the ISO into the workspace. */
export async function takeWim(path: string, identity: string, kind: BaseKind, workspace: string, ports: MediaPorts, options: BuildOptions): Promise<string> {
  if (kind !== 'iso') return path;
  const kept = await ports.cache.find(wimName(identity));
  if (kept !== null) {
    const taken = ports.files.join(workspace, 'taken.wim');
    // Another build may be faster; then it comes out of the ISO again.
    const isTaken = await ports.files.move(ports.files.join(kept, 'boot.wim'), taken).then(() => true, () => false);
    await ports.cache.drop(wimName(identity));
    if (isTaken) return taken;
  }
  const { entries } = await asBase(path, () => ports.archives.list(path, { signal: options.signal }));
  const entry = entries.find((candidate) => candidate.path.toLowerCase() === WIM_IN_ISO && !candidate.isFolder);
  if (entry === undefined) throw new AppError('base-unreadable', { path, reason: 'no-boot-wim' });
  const folder = ports.files.join(workspace, 'iso');
  const onProgress = (doneBytes: number, totalBytes: number): void => options.onProgress?.({ step: 'read-base', doneBytes, totalBytes });
  await asBase(path, () => ports.archives.extract(path, [entry], folder, { signal: options.signal, onProgress }));
  return ports.files.join(folder, ...entry.path.split('/'));
}

async function recall(ports: MediaPorts, name: string, path: string): Promise<InspectedBase | null> {
  const kept = await ports.cache.find(name);
  if (kept === null) return null;
  const file = await ports.files.open(kept);
  try {
    const text = new TextDecoder().decode(await file.read(0, file.sizeBytes));
    const parsed = rememberedBase.safeParse(JSON.parse(text));
    return parsed.success ? { ...parsed.data, base: { ...parsed.data.base, path } } : null;
  } catch {
    // A cache may hold anything; looking again is always right.
    return null;
  } finally {
    await file.close();
  }
}

async function lookInto(path: string, identity: string, ports: MediaPorts, options: BuildOptions): Promise<InspectedBase> {
  const { isIso, sizeBytes } = await sniff(path, ports);
  return ports.cache.withWorkspace(async (workspace) => {
    const wimPath = await takeWim(path, identity, isIso ? 'iso' : 'boot-wim', workspace, ports, options);
    const { header, image } = await readWim(wimPath, path, ports);
    const architecture = image.architecture === null ? 'unknown' : ARCHITECTURE_NAMES.get(image.architecture) ?? 'unknown';
    if (!isArchitecture(architecture)) throw new AppError('base-architecture-refused', { path, architecture });

    const prefix = header.imageCount > 1 ? `${image.index}/` : '';
    const { entries } = await asBase(path, () => ports.archives.list(wimPath, { signal: options.signal }));
    const paths = entries.filter((entry) => !entry.isFolder && entry.path.startsWith(prefix)).map((entry) => entry.path.slice(prefix.length));
    const missing = findMissingFiles(imageFiles(paths));
    if (missing.medium.length > 0) throw new AppError('base-lacks-files', { path, missing: [...missing.medium, ...missing.agent] });

    const onProgress = (doneBytes: number, totalBytes: number): void => options.onProgress?.({ step: 'read-base', doneBytes, totalBytes });
    const { sha256 } = await hashFile(ports.files, wimPath, options.signal, onProgress);
    const inspected: InspectedBase = {
      base: {
        path, kind: isIso ? 'iso' : /recovery environment|winre/i.test(image.name) ? 'winre-wim' : 'boot-wim', architecture,
        imageIndex: image.index, imageCount: header.imageCount, imageName: image.name, windowsBuild: image.build, languages: image.languages,
        sizeBytes, wimSha256: sha256, manualOnly: missing.agent.length > 0, missing: missing.agent,
      },
      identity, paths, prefix, modified: image.modified !== null && isFileTime(image.modified) ? image.modified : NO_DATE,
    };
    if (await ports.cache.identify(path) !== identity) throw new AppError('base-unreadable', { path, reason: 'changed' });
    await remember(inspected, wimPath, workspace, ports);
    return inspected;
  });
}

async function remember(inspected: InspectedBase, wimPath: string, workspace: string, ports: MediaPorts): Promise<void> {
  const { files, cache } = ports;
  if (inspected.base.kind === 'iso') {
    // Taking the WIM out of an ISO again would cost what it cost now; the patch takes it from here.
    const folder = files.join(workspace, 'wim');
    await files.writeSmall(files.join(folder, 'from.txt'), new TextEncoder().encode(`${inspected.base.path}\n`));
    await files.move(wimPath, files.join(folder, 'boot.wim'));
    await cache.keep(folder, wimName(inspected.identity));
  }
  const facts = files.join(workspace, 'facts.json');
  await files.writeSmall(facts, new TextEncoder().encode(JSON.stringify(inspected)));
  await cache.keep(facts, `facts-${FACTS_VERSION}-${inspected.identity}.json`);
}

async function sniff(path: string, ports: MediaPorts): Promise<{ readonly isIso: boolean; readonly sizeBytes: number }> {
  const file = await ports.files.open(path);
  try {
    const isIso = isIsoImage(await file.read(ISO_DESCRIPTORS.offset, ISO_DESCRIPTORS.length));
    if (!isIso && parseWimHeader(await file.read(0, WIM_HEADER_BYTES)) === null) throw new AppError('base-unreadable', { path, reason: 'not-windows' });
    return { isIso, sizeBytes: file.sizeBytes };
  } finally {
    await file.close();
  }
}

async function readWim(wimPath: string, path: string, ports: MediaPorts): Promise<{ readonly header: WimHeader; readonly image: WimImage }> {
  const file = await ports.files.open(wimPath);
  try {
    const header = parseWimHeader(await file.read(0, WIM_HEADER_BYTES));
    if (header === null) throw new AppError('base-unreadable', { path, reason: 'not-windows' });
    if (header.parts > 1) throw new AppError('base-unreadable', { path, reason: 'split' });
    const images = parseWimXml(await readXml(file, header, path));
    const image = imageThatBoots(images, header);
    if (image === undefined) throw new AppError('base-unreadable', { path, reason: 'no-image' });
    return { header, image };
  } finally {
    await file.close();
  }
}

async function readXml(file: ReadableFile, header: WimHeader, path: string): Promise<Uint8Array> {
  const { offset, sizeBytes, isCompressed } = header.xml;
  const bytes = isCompressed || sizeBytes > MOST_XML_BYTES ? new Uint8Array() : await file.read(offset, sizeBytes);
  if (bytes.length === 0 || bytes.length < sizeBytes) throw new AppError('base-unreadable', { path, reason: 'damaged' });
  return bytes;
}

/** Of a Windows ISO's two images the second, "Windows Setup", is the one PCs are started from; WinRE has one. */
function imageThatBoots(images: readonly WimImage[], header: WimHeader): WimImage | undefined {
  const numbered = images.filter(({ index }) => index >= 1 && index <= header.imageCount);
  return numbered.find(({ name }) => /windows setup/i.test(name)) ?? numbered.find(({ index }) => index === header.bootIndex)
    ?? numbered.find(({ index }) => index === (header.imageCount === 2 ? 2 : 1));
}

/** @returns The image's files by lower-case path: Windows does not care about case, 7-Zip does. */
export function imageFiles(paths: readonly string[]): ImageFiles {
  return new Map(paths.map((path) => [path.toLowerCase(), path]));
}

/** An archive that can not be read is, here, a base that can not. */
async function asBase<T>(path: string, act: () => Promise<T>): Promise<T> {
  try { return await act(); } catch (error) {
    if (error instanceof AppError && error.code === 'file-unreadable') throw new AppError('base-unreadable', { path, reason: 'damaged' }, { cause: error });
    throw error;
  }
}

const wimName = (identity: string): string => `wim-${identity}`;
const isArchitecture = (name: string): name is Architecture => (ARCHITECTURES as readonly string[]).includes(name);
const isFileTime = ({ high, low }: { readonly high: string; readonly low: string }): boolean => /^0x[0-9A-F]{8}$/i.test(high) && /^0x[0-9A-F]{8}$/i.test(low);
