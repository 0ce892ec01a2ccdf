// Looks into a base: a Windows ISO, boot.wim or WinRE.wim. What it is, which image boots, and whether the agent can run in it.

import { AppError } from '../app-error.ts';
import { ARCHITECTURES } from '../codes.ts';
import type { Architecture } from '../codes.ts';
import type { ReadAt } from '../../formats/fat/read.ts';
import { openIso } from '../../formats/iso/read.ts';
import { ISO_DESCRIPTORS, isIsoImage } from '../../formats/iso/recognise.ts';
import { openUdf } from '../../formats/udf/read.ts';
import type { WimHeader } from '../../formats/wim/header.ts';
import { WIM_HEADER_BYTES, parseWimHeader } from '../../formats/wim/header.ts';
import type { WimImage } from '../../formats/wim/xml.ts';
import { parseWimXml } from '../../formats/wim/xml.ts';
import { WIM_KEPT, recallBase, rememberBase, wimName } from './base-facts.ts';
import type { InspectedBase } from './base-facts.ts';
import type { ImageFiles } from './base-files.ts';
import { LOADERS, findMissingFiles } from './base-files.ts';
import { wholeFile } from './file-parts.ts';
import { sha256, throwIfCancelled } from './hash-file.ts';
import type { BuildOptions, MediaBase } from './image-order.ts';
import type { LoaderFacts } from './loaders.ts';
import { readLoader } from './loaders.ts';
import type { FilePart, MediaPorts, ReadableFile } from './media-ports.ts';
import { DISC_STARTER } from './medium-paths.ts';
import { readWimFrame, withoutTail } from './wim-update.ts';

const WIM_IN_ISO = 'sources/boot.wim';
/** A floppy of 1.44 MB, or in later kits 2.88. */
const MOST_STARTER_BYTES = 8 * 1024 * 1024;
/** For an image that does not say when it was changed: 2024-07-19 04:09 UTC. */
const NO_DATE = { high: '0x01DAD994', low: '0x0E8D8C00' } as const;
/** WINDOWS/ARCH in a WIM is a processor architecture as in Windows' SYSTEM_INFO. */
const ARCHITECTURE_NAMES: ReadonlyMap<number, string> = new Map([[0, 'x86'], [5, 'arm'], [6, 'ia64'], [9, 'x64'], [12, 'arm64']]);

/**
 * Looks into a base. The file itself is never changed; what was found is remembered until it is.
 *
 * @param path Of a Windows ISO, boot.wim or WinRE.wim, told apart by content.
 * @param options.manualOnly Take a base in which the agent can not run: its media carry the manual script and no keys.
 * @throws AppError `base-unreadable` (`path`, `reason`: not-windows, no-boot-wim, split, no-image, damaged), `base-lacks-files` (`path`, `missing`, and `manualOnly` where it would do for that),
 *         `base-architecture-refused` (`path`, `architecture`), `cancelled`, or as the file says.
 */
export async function inspectBase(path: string, ports: MediaPorts, options: BuildOptions & { readonly manualOnly?: boolean } = {}): Promise<MediaBase> {
  return (await inspect(path, ports, options)).base;
}

/** As `inspectBase`, with what the patch needs. */
export async function inspect(path: string, ports: MediaPorts, options: BuildOptions & { readonly manualOnly?: boolean } = {}): Promise<InspectedBase> {
  if (await ports.files.isFolder(path)) throw new AppError('file-is-a-directory', { path });
  const identity = await ports.cache.identify(path);
  const inspected = await recallBase(ports, identity, path) ?? await lookInto(path, identity, ports, options);
  if (inspected.base.manualOnly && options.manualOnly !== true) throw new AppError('base-lacks-files', { path, missing: inspected.base.missing, manualOnly: true });
  return inspected;
}

/**
 * Says where the WIM of a base lies. Windows' own ISOs are read where they are; out of any other disc 7-Zip takes it, into the cache.
 *
 * @throws AppError `base-unreadable` (no-boot-wim, damaged), `disk-full`, `cancelled`.
 */
async function locateWim(file: ReadableFile, path: string, identity: string, workspace: string, ports: MediaPorts, options: BuildOptions): Promise<Located> {
  const extents = await findOnDisc((offset, length) => file.read(offset, length), WIM_IN_ISO);
  if (extents?.some(({ offset, sizeBytes }) => offset + sizeBytes > file.sizeBytes) === true) throw new AppError('base-unreadable', { path, reason: 'damaged' });
  const isCutOff = await endsTooSoon(file);
  if (extents !== null) return { wim: extents.map((extent) => ({ path, ...extent })), isTakenOut: false, isCutOff, starter: await findStarter(file, path) };
  const { entries } = await asBase(path, () => ports.archives.list(path, { signal: options.signal }));
  const entry = entries.find((candidate) => candidate.path.toLowerCase() === WIM_IN_ISO && !candidate.isFolder);
  if (entry === undefined) throw new AppError('base-unreadable', { path, reason: 'no-boot-wim' });
  const folder = ports.files.join(workspace, 'iso');
  const onProgress = (doneBytes: number, totalBytes: number): void => options.onProgress?.({ step: 'read-base', doneBytes, totalBytes });
  await asBase(path, () => ports.archives.extract(path, [entry], folder, { signal: options.signal, onProgress }));
  const kept = ports.files.join(workspace, 'wim');
  await ports.files.writeSmall(ports.files.join(kept, 'from.txt'), new TextEncoder().encode(`${path}\n`));
  await ports.files.move(ports.files.join(folder, ...entry.path.split('/')), ports.files.join(kept, WIM_KEPT));
  return { wim: wholeFile(ports.files.join(await ports.cache.keep(kept, wimName(identity)), WIM_KEPT), entry.sizeBytes), isTakenOut: true, isCutOff, starter: null };
}

interface Located { readonly wim: readonly FilePart[]; readonly isTakenOut: boolean; readonly isCutOff: boolean; readonly starter: InspectedBase['starter'] }

/** @returns Where a file lies, by UDF or else by ISO 9660; null when neither knows. Damage in the latter is 7-Zip's to judge. */
async function findOnDisc(readAt: ReadAt, inDisc: string): Promise<readonly { readonly offset: number; readonly sizeBytes: number }[] | null> {
  const inUdf = await (await openUdf(readAt))?.find(inDisc) ?? null;
  if (inUdf !== null) return inUdf.extents;
  try {
    const entry = await (await openIso(readAt))?.find(inDisc) ?? null;
    return entry === null || entry.isFolder ? null : [{ offset: entry.offset, sizeBytes: entry.sizeBytes }];
  } catch (error) {
    if (error instanceof AppError && error.code === 'image-unreadable') return null;
    throw error;
  }
}

/** By either of the disc's own descriptors, whichever says more: Windows' discs have both. @source ECMA-167 3/10.5, ECMA-119 8.4.8. */
async function endsTooSoon(file: ReadableFile): Promise<boolean> {
  const readAt: ReadAt = (offset, length) => file.read(offset, length);
  return Math.max((await openUdf(readAt))?.endsAt ?? 0, (await openIso(readAt))?.endsAt ?? 0) > file.sizeBytes;
}

async function findStarter(file: ReadableFile, path: string): Promise<InspectedBase['starter']> {
  const extents = await findOnDisc((offset, length) => file.read(offset, length), DISC_STARTER) ?? [];
  const sizeBytes = extents.reduce((sum, extent) => sum + extent.sizeBytes, 0);
  if (sizeBytes === 0 || sizeBytes > MOST_STARTER_BYTES) return null;
  const bytes = Buffer.concat(await Promise.all(extents.map((extent) => file.read(extent.offset, extent.sizeBytes))));
  return bytes.length === sizeBytes ? { at: extents.map((extent) => ({ path, ...extent })), sha256: sha256(bytes) } : null;
}

async function lookInto(path: string, identity: string, ports: MediaPorts, options: BuildOptions): Promise<InspectedBase> {
  const { isIso, sizeBytes } = await sniff(path, ports);
  return ports.cache.withWorkspace(async (workspace) => {
    options.onProgress?.({ step: 'read-base', doneBytes: 0, totalBytes: sizeBytes });
    throwIfCancelled(options.signal);
    const { wim: found, isTakenOut, isCutOff, starter } = isIso ? await locateIn(path, identity, workspace, ports, options) : { wim: wholeFile(path, sizeBytes), isTakenOut: false, isCutOff: false, starter: null };
    const frame = await readWimFrame(found, path, ports.files);
    const wim = withoutTail(found, frame);
    const image = imageThatBoots(parseWimXml(frame.xml), frame.header);
    if (image === undefined) throw new AppError('base-unreadable', { path, reason: 'no-image' });
    const architecture = image.architecture === null ? 'unknown' : ARCHITECTURE_NAMES.get(image.architecture) ?? 'unknown';
    if (!isArchitecture(architecture)) throw new AppError('base-architecture-refused', { path, architecture });

    const prefix = frame.header.imageCount > 1 ? `${image.index}/` : '';
    const { entries } = await asBase(path, () => ports.archives.list(wim, { signal: options.signal }));
    const paths = entries.filter((entry) => !entry.isFolder && entry.path.startsWith(prefix)).map((entry) => entry.path.slice(prefix.length));
    const missing = findMissingFiles(imageFiles(paths));
    if (missing.medium.length > 0) throw new AppError('base-lacks-files', { path, missing: [...missing.medium, ...missing.agent] });

    const inspected: InspectedBase = {
      base: {
        path, kind: isIso ? 'iso' : /recovery environment|winre/i.test(image.name) ? 'winre-wim' : 'boot-wim', architecture,
        imageIndex: image.index, imageCount: frame.header.imageCount, imageName: image.name, windowsBuild: image.build, languages: image.languages,
        sizeBytes, isCutOff, wimSha256: frame.sha256, manualOnly: missing.agent.length > 0, missing: missing.agent,
        loaders: await readLoaders(wim, path, prefix, imageFiles(paths), workspace, ports, options),
      },
      identity, paths, prefix, modified: image.modified !== null && isFileTime(image.modified) ? image.modified : NO_DATE, wim, starter,
    };
    if (await ports.cache.identify(path) !== identity) throw new AppError('base-unreadable', { path, reason: 'changed' });
    await rememberBase(inspected, isTakenOut, workspace, ports);
    options.onProgress?.({ step: 'read-base', doneBytes: sizeBytes, totalBytes: sizeBytes });
    return inspected;
  });
}

async function locateIn(path: string, identity: string, workspace: string, ports: MediaPorts, options: BuildOptions): Promise<Located> {
  const file = await ports.files.open(path);
  try { return await locateWim(file, path, identity, workspace, ports, options); } finally { await file.close(); }
}

/** A loader is 2 to 3 MB; one that is larger than any is not looked into. */
const MOST_LOADER_BYTES = 32 * 1024 * 1024;

async function readLoaders(wim: readonly FilePart[], path: string, prefix: string, files: ImageFiles, workspace: string, ports: MediaPorts, options: BuildOptions): Promise<LoaderFacts[]> {
  const folder = ports.files.join(workspace, 'loaders');
  const there = Object.entries(LOADERS).flatMap(([name, place]) => {
    const inImage = files.get(place);
    return inImage === undefined ? [] : [{ name, inWim: prefix + inImage }];
  });
  await asBase(path, () => ports.archives.extract(wim, there.map(({ inWim }) => ({ path: inWim, isFolder: false, sizeBytes: 0 })), folder, { signal: options.signal }));
  const loaders: LoaderFacts[] = [];
  for (const { name, inWim } of there) {
    const file = await ports.files.open(ports.files.join(folder, ...inWim.split('/')));
    const bytes = await file.read(0, Math.min(file.sizeBytes, MOST_LOADER_BYTES)).finally(() => file.close());
    loaders.push(readLoader(name, bytes));
  }
  return loaders;
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

const isArchitecture = (name: string): name is Architecture => (ARCHITECTURES as readonly string[]).includes(name);
const isFileTime = ({ high, low }: { readonly high: string; readonly low: string }): boolean => /^0x[0-9A-F]{8}$/i.test(high) && /^0x[0-9A-F]{8}$/i.test(low);
