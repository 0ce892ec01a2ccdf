// Decides what lies where on a medium (medium-layout.md) and lays it out for an image or disk of a given size.

import type { Architecture } from '../codes.ts';
import { nextTurn } from '../keys/slices.ts';
import type { Extent } from '../../formats/fat/extent.ts';
import { joinAreas, type Area } from './areas.ts';
import type { BaseFile, FileHash } from './boot-wim.ts';
import { layOutDisc } from './disc-layout.ts';
import { layOutDisk } from './disk-layout.ts';
import { formatFieldLines } from './field-lines.ts';
import { sha256 } from './hash-file.ts';
import type { MediumFile, MediumOrder } from './image-order.ts';
import { formatManifest, type ManifestFile, type ManifestLoader } from './manifest.ts';
import type { FilePart } from './media-ports.ts';
import { BUNDLE_FOLDER, MANIFEST_PATH, MARKER_PATH } from './medium-paths.ts';
import { showPayload } from './payload.ts';

/** Where a file's bytes come from: memory, other files, or what went by before. */
export type MediumSource = { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'parts'; readonly parts: readonly FilePart[] } | { readonly kind: 'late'; readonly make: () => Uint8Array };
export type PlannedFile = { readonly path: string; readonly sizeBytes: number; readonly hash: FileHash; readonly source: MediumSource };
/** `secondFiles`: on a partition of their own, behind the other. `manifest` is among `files`, and its hash is known when it has been written. */
export type MediumPlan = { readonly sizeBytes: number; readonly extents: readonly Extent<PlannedFile>[]; readonly files: readonly PlannedFile[]; readonly secondFiles: readonly PlannedFile[]; readonly manifest: PlannedFile; readonly loaders: readonly ManifestLoader[] };

/** What is put on the medium beside the base's files. Paths relative to the medium's root, with `/`. */
export type MediumContents = {
  readonly order: MediumOrder;
  readonly architecture: Architecture;
  /** 64 hex digits. */
  readonly payload: string;
  readonly recipe: Uint8Array;
  readonly readme: Uint8Array;
  /** Relative to `\bluelift\`: what runs in the host's own Windows. Empty but on safe-boot media. */
  readonly safeMode: readonly MediumFile[];
  /** As `planFile` gives them, `path` relative to the bundle's folder. */
  readonly bundle: readonly PlannedFile[];
  readonly auditHead: string | null;
  /** What the base's loaders say of themselves. */
  readonly loaders: readonly ManifestLoader[];
};

/** How the files lie: on a disk or stick, which takes results, or on a disc, which does not. */
export type MediumLayout = { readonly kind: 'disk'; readonly sizeBytes?: number | undefined; readonly twoLoaders?: boolean | undefined } | { readonly kind: 'disc' };

/**
 * Lays a medium out.
 *
 * @returns The same for the same contents: names and numbers of disk and partition follow from the medium's ID.
 * @throws AppError `image-too-small`, `file-too-large`; of a disc `invalid-input` (`path`, `reason`: not-for-a-disc).
 */
export async function planMedium(baseFiles: readonly BaseFile[], contents: MediumContents, layout: MediumLayout = { kind: 'disk' }): Promise<MediumPlan> {
  const own = [...ownFiles(contents).map(planFile), ...contents.bundle.map((file) => ({ ...file, path: `${BUNDLE_FOLDER}/${file.path}` }))];
  const ofSets = (...sets: readonly BaseFile['set'][]): readonly PlannedFile[] => baseFiles.filter(({ set }) => sets.includes(set))
    .map(({ onMedium, sizeBytes, hash, parts }) => ({ path: onMedium, sizeBytes, hash, source: { kind: 'parts', parts } }));
  const hasTwo = layout.kind === 'disk' && layout.twoLoaders === true;
  // The newer loader first: whatever refuses it goes on to the second partition, and a host without Secure Boot starts the first.
  const fromBase = layout.kind === 'disc' ? ofSets('drivers', 'common', 'boot', 'disc') : hasTwo ? ofSets('drivers', 'common', 'boot-ex') : ofSets('drivers', 'common', 'boot');
  const secondFiles = hasTwo ? ofSets('common', 'boot') : [];
  const loaders = hasTwo ? contents.loaders.toReversed() : contents.loaders.slice(0, 1);
  const { mediaId, createdAt } = contents.order;
  // It names every file by its hash. The WIM's may be known only when it has been written, which is before the manifest's turn: that lies last.
  const listed = (files: readonly PlannedFile[]): readonly ManifestFile[] => files.map(({ path, sizeBytes, hash }) => ({ path, sizeBytes, sha256: hash.sha256 ?? NOT_YET_KNOWN }));
  const makeManifest = (): Uint8Array => formatManifest({ mediaId, createdAt, auditHead: contents.auditHead, loaders, files: listed([...own, ...fromBase]), secondFiles: listed(secondFiles) });
  const manifest: PlannedFile = { path: MANIFEST_PATH, sizeBytes: makeManifest().length, hash: { sha256: null }, source: { kind: 'late', make: makeManifest } };
  // With 4,000 shards the manifest takes 10 ms and the file system 40.
  await nextTurn();
  // What comes from the base lies first: it stays where it is when the seal behind it is renewed.
  const files = [...fromBase, ...own, manifest];
  const laidOut = layout.kind === 'disc' ? layOutDisc(files, contents.order) : layOutDisk(files, secondFiles, contents.order, layout.sizeBytes);
  return { ...laidOut, files, secondFiles, manifest, loaders };
}

/** What every medium has of its own beside marker, bundle and manifest. */
export const OWN_FILES: readonly string[] = ['bluelift/recipe.txt', 'bluelift/bytes.bin', 'bluelift/README.txt'];

/** @returns What is on every medium beside boot files and bundle. */
export function ownFiles(contents: MediumContents): readonly MediumFile[] {
  const { recipe, readme, safeMode } = contents;
  return [
    { path: MARKER_PATH, bytes: new TextEncoder().encode(formatMarker(contents)) },
    { path: 'bluelift/recipe.txt', bytes: recipe },
    { path: 'bluelift/bytes.bin', bytes: Uint8Array.from({ length: 256 }, (_, i) => i) },
    { path: 'bluelift/README.txt', bytes: readme },
    ...safeMode.map(({ path, bytes }) => ({ path: `bluelift/${path}`, bytes })),
  ];
}

/** @returns `medium.txt`: the marker the agent looks for. */
function formatMarker({ order, architecture, payload }: MediumContents): string {
  return formatFieldLines('bluelift-medium', 1, [
    { name: 'mediaId', value: order.mediaId },
    { name: 'createdAt', value: order.createdAt },
    { name: 'expiresAt', value: order.expiresAt ?? 'none' },
    { name: 'language', value: order.language },
    { name: 'mode', value: order.mode },
    { name: 'recipe', value: order.recipe },
    { name: 'payload', value: showPayload(payload) },
    { name: 'architecture', value: architecture },
    ...(order.keepsCopies === true ? [{ name: 'keepCopies', value: 'yes' }] : []),
  ]);
}

/** @returns The hash of a file that was written. */
export function writtenHash({ path, hash }: Pick<PlannedFile, 'path' | 'hash'>): string {
  if (hash.sha256 === null) throw new Error(`${path} was not written yet`);
  return hash.sha256;
}

const NOT_YET_KNOWN = '0'.repeat(64);

/** @returns Where the sealed bundle lies in a plan, whole clusters. */
export const sealAreasOf = ({ extents }: Pick<MediumPlan, 'extents'>): readonly Area[] => joinAreas(extents.flatMap((extent) => (extent.kind === 'source' && extent.source.path.startsWith(`${BUNDLE_FOLDER}/`) ? [{ offset: extent.offset, sizeBytes: extent.paddedBytes }] : [])));

/** @returns The file with its SHA-256, to lie in memory until it is written. */
export function planFile({ path, bytes }: MediumFile): PlannedFile {
  return { path, sizeBytes: bytes.length, hash: { sha256: sha256(bytes) }, source: { kind: 'bytes', bytes } };
}
