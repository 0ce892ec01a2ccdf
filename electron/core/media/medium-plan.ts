// Decides what lies where on a medium (medium-layout.md) and lays it out for an image or disk of a given size.

import { createHash } from 'node:crypto';

import type { Architecture } from '../codes.ts';
import { nextTurn } from '../keys/slices.ts';
import type { Extent } from '../../formats/fat/extent.ts';
import { inDiskOrder } from '../../formats/fat/extent.ts';
import { ALIGNMENT_BYTES } from '../../formats/fat/geometry.ts';
import { planFat } from '../../formats/fat/plan.ts';
import { BASIC_DATA_PARTITION, planGpt, roomAfter } from '../../formats/gpt/plan.ts';
import type { BaseFile } from './boot-wim.ts';
import { formatFieldLines } from './field-lines.ts';
import { parseInstant } from './field-values.ts';
import { sha256 } from './hash-file.ts';
import type { MediumFile, MediumOrder } from './image-order.ts';
import { formatManifest } from './manifest.ts';
import { showPayload } from './payload.ts';

/** Where a file's bytes come from: memory, or the cache. */
export type MediumSource = { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'cached'; readonly file: BaseFile };
export type PlannedFile = { readonly path: string; readonly sizeBytes: number; readonly sha256: string; readonly source: MediumSource };
export type MediumPlan = { readonly sizeBytes: number; readonly extents: readonly Extent<PlannedFile>[]; readonly files: readonly PlannedFile[]; readonly manifestSha256: string };

/** What is put on the medium beside the base's files. Paths relative to the medium's root, with `/`. */
export type MediumContents = {
  readonly order: MediumOrder;
  readonly architecture: Architecture;
  /** 64 hex digits. */
  readonly payload: string;
  readonly recipe: Uint8Array;
  readonly readme: Uint8Array;
  /** As `planFile` gives them, `path` relative to the bundle's folder. */
  readonly bundle: readonly PlannedFile[];
  readonly auditHead: string | null;
};

export const RESULTS_FOLDER = 'bluelift/results';
export const BUNDLE_FOLDER = 'bluelift/bundle';
export const MARKER_PATH = 'bluelift/medium.txt';
export const MANIFEST_PATH = 'bluelift/manifest.json';

const LABEL = 'BLUELIFT';
/** For attempt records, copies of removed files and what a person puts on the stick. */
const ROOM_BYTES = 64 * 1024 * 1024;
const LEAST_IMAGE_BYTES = 128 * 1024 * 1024;

/**
 * Lays a medium out.
 *
 * @param sizeBytes Of the image or disk; without it an image as small as fits, with room for results.
 * @returns The same for the same contents: names and numbers of disk and partition follow from the medium's ID.
 * @throws AppError `image-too-small`, `file-too-large`.
 */
export async function planMedium(baseFiles: readonly BaseFile[], contents: MediumContents, sizeBytes?: number): Promise<MediumPlan> {
  const own = [...ownFiles(contents).map(planFile), ...contents.bundle.map((file) => ({ ...file, path: `${BUNDLE_FOLDER}/${file.path}` }))];
  const fromBase = baseFiles.map((file): PlannedFile => ({ path: file.onMedium, sizeBytes: file.sizeBytes, sha256: file.sha256, source: { kind: 'cached', file } }));
  const { mediaId, createdAt } = contents.order;
  const manifest = planFile({ path: MANIFEST_PATH, bytes: formatManifest({ mediaId, createdAt, auditHead: contents.auditHead, files: [...own, ...fromBase] }) });
  // With 4,000 shards the manifest takes 10 ms and the file system 40.
  await nextTurn();
  const files = [...own, manifest, ...fromBase];
  const diskBytes = sizeBytes ?? imageSizeFor(files);

  const partition = { offset: ALIGNMENT_BYTES, sizeBytes: Math.floor(roomAfter(ALIGNMENT_BYTES, diskBytes) / ALIGNMENT_BYTES) * ALIGNMENT_BYTES };
  const fat = planFat({
    files: files.map((file) => ({ path: file.path, sizeBytes: file.sizeBytes, source: file })), folders: [RESULTS_FOLDER],
    label: LABEL, volumeId: identityOf(mediaId, 'volume').readUInt32LE(0), partitionOffset: partition.offset, partitionBytes: partition.sizeBytes,
    modifiedAtMs: parseInstant(createdAt) ?? 0,
  });
  await nextTurn();
  const table = planGpt({
    diskBytes, diskGuid: guidOf(mediaId, 'disk'),
    partitions: [{ ...partition, type: BASIC_DATA_PARTITION, guid: guidOf(mediaId, 'partition'), name: LABEL }],
  });
  return { sizeBytes: diskBytes, extents: inDiskOrder([...table, ...fat.extents]), files, manifestSha256: manifest.sha256 };
}

function ownFiles(contents: MediumContents): readonly MediumFile[] {
  const { recipe, readme } = contents;
  return [
    { path: MARKER_PATH, bytes: new TextEncoder().encode(formatMarker(contents)) },
    { path: 'bluelift/recipe.txt', bytes: recipe },
    { path: 'bluelift/bytes.bin', bytes: Uint8Array.from({ length: 256 }, (_, i) => i) },
    { path: 'bluelift/README.txt', bytes: readme },
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
  ]);
}

/** @returns The file with its SHA-256, to lie in memory until it is written. */
export function planFile({ path, bytes }: MediumFile): PlannedFile {
  return { path, sizeBytes: bytes.length, sha256: sha256(bytes), source: { kind: 'bytes', bytes } };
}

/** Whole MiB: the files in clusters of 4 KiB, two tables, folders, and room. */
function imageSizeFor(files: readonly PlannedFile[]): number {
  const clusters = files.reduce((sum, file) => sum + Math.ceil(file.sizeBytes / 4096) + 1, 0);
  const bytes = Math.max(clusters * 4096 * 1.02 + ROOM_BYTES, LEAST_IMAGE_BYTES);
  return (Math.ceil(bytes / ALIGNMENT_BYTES) + 4) * ALIGNMENT_BYTES;
}

function identityOf(mediaId: string, what: string): Buffer {
  return createHash('sha256').update(`bluelift ${what} ${mediaId}`).digest();
}

function guidOf(mediaId: string, what: string): string {
  const bytes = identityOf(mediaId, what).subarray(0, 16);
  // Version 8 of RFC 9562: made by a rule of our own.
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').toUpperCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
