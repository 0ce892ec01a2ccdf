// Reads a medium: what it says of itself, whether its files are those of its manifest, and the attempt records on it.

import { createHash } from 'node:crypto';

import { AppError } from '../app-error.ts';
import type { FieldLines } from './field-lines.ts';
import { MAX_FIELD_LINES_BYTES, findField, parseFieldLines } from './field-lines.ts';
import { throwIfCancelled } from './hash-file.ts';
import type { Manifest } from './manifest.ts';
import { MOST_MANIFEST_BYTES, parseManifest } from './manifest.ts';
import type { MediaFiles, Progress } from './media-ports.ts';
import { MANIFEST_PATH, MARKER_PATH, RESULTS_FOLDER } from './medium-paths.ts';
import type { MediumTree } from './medium-tree.ts';
import { openMediumTree, readSmallFile } from './medium-tree.ts';

/** What `medium.txt` says, as it says it: claims, until the register knows the medium. Null where it says nothing. */
export type MediumMarker = {
  readonly mediaId: string; readonly createdAt: string | null; readonly expiresAt: string | null; readonly language: string | null;
  readonly mode: string | null; readonly recipe: string | null; readonly payload: string | null; readonly architecture: string | null;
};

export type ResultFile = { readonly name: string; readonly sizeBytes: number };

/** Paths with `/`, those of a second partition with `2:` in front. `mismatches`: in the manifest, and missing or different. `unlisted`: beside the manifest's files, and not in it. */
export type MediumCheck = { readonly files: number; readonly mismatches: readonly string[]; readonly unlisted: readonly string[] };

export type OpenMedium = {
  readonly kind: 'image' | 'folder';
  readonly marker: MediumMarker;
  /** Null when there is none, or nobody can read it. */
  readonly manifest: Manifest | null;
  readonly tree: MediumTree;
  /** @returns A small file whole, or null when it is not there or larger than `mostBytes`. */
  readSmallFile(path: string, mostBytes: number): Promise<Uint8Array | null>;
  /** @returns Finished attempt records by name; one the agent could not finish (`.tmp`) is none. */
  listResults(): Promise<readonly ResultFile[]>;
  /** @returns The record's bytes, or null when it is gone or larger than a record can be. */
  readResult(name: string): Promise<Uint8Array | null>;
  /** Reads every file of the manifest. AppError `cancelled`, or `image-unreadable` when the file system itself is damaged. */
  check(options?: { readonly signal?: AbortSignal; readonly onProgress?: Progress }): Promise<MediumCheck>;
  close(): Promise<void>;
};

/** Beside these Windows puts folders of its own on a stick; inside them nothing but ours belongs. */
const OWN_FOLDERS = ['EFI', 'boot', 'sources', 'bluelift'];
/** In front of the paths of the second partition. */
export const SECOND_PREFIX = '2:';
/** A second partition that should be there and is not. */
const NOTHING: Pick<MediumTree, 'list' | 'read'> = { list: () => Promise.resolve([]), read: () => Promise.resolve(null) };
const MOST_DEPTH = 8;
/** A bundle has at most 65,536 shards. */
const MOST_ENTRIES = 200_000;

/**
 * Opens a medium.
 *
 * @param path Of an image file, or of a folder: a mounted stick, or a copy of one.
 * @throws AppError `image-unreadable` (`path`, `reason`: not-fat32, damaged, no-marker), or as the file says.
 */
export async function openMedium(path: string, files: MediaFiles): Promise<OpenMedium> {
  const tree = await openMediumTree(path, files, MARKER_PATH);
  try {
    const marker = readMarker(await readSmallFile(tree, MARKER_PATH, MAX_FIELD_LINES_BYTES));
    if (marker === null) throw new AppError('image-unreadable', { path, reason: 'no-marker' });
    const manifestBytes = await readSmallFile(tree, MANIFEST_PATH, MOST_MANIFEST_BYTES);
    const manifest = manifestBytes === null ? null : parseManifest(manifestBytes);
    return {
      kind: tree.kind, marker, manifest, tree,
      readSmallFile: (inner, mostBytes) => readSmallFile(tree, inner, mostBytes),
      listResults: () => listResults(tree),
      readResult: (name) => (/[/\\]/.test(name) ? Promise.resolve(null) : readSmallFile(tree, `${RESULTS_FOLDER}/${name}`, MAX_FIELD_LINES_BYTES)),
      check: (options = {}) => checkFiles(tree, manifest, options),
      close: () => tree.close(),
    };
  } catch (error) {
    await tree.close();
    throw error;
  }
}

function readMarker(bytes: Uint8Array | null): MediumMarker | null {
  const parsed = bytes === null ? null : parseFieldLines(Buffer.from(bytes).toString('latin1'));
  if (parsed?.status !== 'ok' || parsed.lines.kind !== 'bluelift-medium') return null;
  const { lines } = parsed;
  const mediaId = findField(lines, 'mediaId');
  if (mediaId === null || mediaId === '') return null;
  return {
    mediaId, createdAt: known(lines, 'createdAt'), expiresAt: known(lines, 'expiresAt'), language: known(lines, 'language'), mode: known(lines, 'mode'),
    recipe: known(lines, 'recipe'), payload: known(lines, 'payload'), architecture: known(lines, 'architecture'),
  };
}

function known(lines: FieldLines, name: string): string | null {
  const value = findField(lines, name);
  return value === 'none' ? null : value;
}

async function listResults(tree: MediumTree): Promise<readonly ResultFile[]> {
  const entries = (await tree.list(RESULTS_FOLDER)).filter(({ isFolder, name }) => !isFolder && /\.txt$/i.test(name));
  return entries.map(({ name, sizeBytes }) => ({ name, sizeBytes })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function checkFiles(tree: MediumTree, manifest: Manifest | null, { signal, onProgress }: { readonly signal?: AbortSignal; readonly onProgress?: Progress }): Promise<MediumCheck> {
  if (manifest === null) return { files: 0, mismatches: [MANIFEST_PATH], unlisted: [] };
  // A folder, or a stick that is mounted, shows one partition only: what is on the other can not be judged there.
  const parts = [{ tree, files: manifest.files, known: [MANIFEST_PATH], prefix: '' }, ...(tree.kind === 'folder' ? [] : [{ tree: tree.second ?? NOTHING, files: manifest.secondFiles, known: [], prefix: SECOND_PREFIX }])];
  const all = parts.flatMap((part) => part.files.map((file) => ({ ...file, part })));
  const total = all.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const mismatches: string[] = [];
  let done = 0;
  for (const { path, sizeBytes, sha256, part } of all) {
    const found = await hashOnMedium(part.tree, path, (read) => {
      throwIfCancelled(signal);
      onProgress?.(Math.min(done + read, total), total);
    });
    done += sizeBytes;
    if (found?.sizeBytes !== sizeBytes || found.sha256 !== sha256) mismatches.push(part.prefix + path);
  }
  const unlisted: string[] = [];
  const budget = { entries: MOST_ENTRIES };
  for (const part of parts) {
    if (part.files.length === 0) continue;
    const listed = new Set([...part.files.map(({ path }) => path.toLowerCase()), ...part.known]);
    for (const folder of OWN_FOLDERS) for (const path of await walk(part.tree, folder, 1, budget)) if (!listed.has(path.toLowerCase())) unlisted.push(part.prefix + path);
  }
  return { files: all.length, mismatches, unlisted };
}

/** @returns Null when there is no such file, or the file system breaks off in it. */
async function hashOnMedium(tree: Pick<MediumTree, 'read'>, path: string, onBytes: (readBytes: number) => void): Promise<{ readonly sizeBytes: number; readonly sha256: string } | null> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  try {
    const chunks = await tree.read(path);
    if (chunks === null) return null;
    for await (const bytes of chunks) {
      hash.update(bytes);
      sizeBytes += bytes.length;
      onBytes(sizeBytes);
    }
  } catch (error) {
    if (error instanceof AppError && error.code === 'image-unreadable') return null;
    throw error;
  }
  return { sizeBytes, sha256: hash.digest('hex') };
}

/** @returns Every file below, results left out. A damaged file system may hold itself: neither deep nor endless folders are followed. */
async function walk(tree: Pick<MediumTree, 'list'>, folder: string, depth: number, budget: { entries: number }): Promise<readonly string[]> {
  if (depth > MOST_DEPTH || folder.toLowerCase() === RESULTS_FOLDER) return [];
  const paths: string[] = [];
  for (const { name, isFolder } of await tree.list(folder)) {
    if (budget.entries-- <= 0) return paths;
    if (isFolder) paths.push(...await walk(tree, `${folder}/${name}`, depth + 1, budget));
    else paths.push(`${folder}/${name}`);
  }
  return paths;
}
