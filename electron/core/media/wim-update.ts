// Adds files to a WIM without moving it: most of the new one is the old one, byte for byte, and what is new is a few MB.

import { createHash } from 'node:crypto';

import { AppError } from '../app-error.ts';
import type { WimCorrection } from '../../formats/wim/correct-update.ts';
import { findWimMetadata, planWimCorrection } from '../../formats/wim/correct-update.ts';
import type { WimHeader } from '../../formats/wim/header.ts';
import { WIM_HEADER_BYTES, parseWimHeader } from '../../formats/wim/header.ts';
import { listWimResources } from '../../formats/wim/lookup-table.ts';
import type { Area } from './areas.ts';
import { openParts, stretchOf } from './file-parts.ts';
import type { BuildOptions } from './image-order.ts';
import type { FilePart, MediaPorts, UpdatedArchive } from './media-ports.ts';

/** What of a WIM says where everything is. */
export type WimFrame = {
  readonly header: WimHeader; readonly lookupTable: Uint8Array; readonly xml: Uint8Array;
  /** Of header, table and XML. */
  readonly sha256: string;
};

/** A stretch of the updated WIM: of the old one, or of what is new. */
export type UpdatedPart = { readonly of: 'base' | 'patch'; readonly offset: number; readonly sizeBytes: number };
export type UpdatedWim = { readonly sizeBytes: number; readonly parts: readonly UpdatedPart[]; readonly patch: Uint8Array };

const MOST_XML_BYTES = 4 * 1024 * 1024;
/** 50 bytes a file: an image of Windows itself has 200,000. */
const MOST_TABLE_BYTES = 64 * 1024 * 1024;

/** @param path Of the base, for people. @throws AppError `base-unreadable` (`reason`: not-windows, split, damaged), or as the file says. */
export async function readWimFrame(wim: readonly FilePart[], path: string, files: MediaPorts['files']): Promise<WimFrame> {
  const file = await openParts(files, wim);
  const refuse = (reason: string): AppError => new AppError('base-unreadable', { path, reason });
  try {
    const headerBytes = await file.read(0, WIM_HEADER_BYTES);
    const header = parseWimHeader(headerBytes);
    if (header === null) throw refuse('not-windows');
    if (header.parts > 1) throw refuse('split');
    const read = async ({ offset, sizeBytes, isCompressed }: WimHeader['xml'], mostBytes: number): Promise<Uint8Array> => {
      const bytes = isCompressed || sizeBytes > mostBytes ? new Uint8Array() : await file.read(offset, sizeBytes);
      if (bytes.length === 0 || bytes.length < sizeBytes) throw refuse('damaged');
      return bytes;
    };
    const [lookupTable, xml] = [await read(header.lookupTable, MOST_TABLE_BYTES), await read(header.xml, MOST_XML_BYTES)];
    if (listWimResources(lookupTable).some(({ resource }) => resource.offset + resource.storedBytes > file.sizeBytes)) throw refuse('damaged');
    return { header, lookupTable, xml, sha256: createHash('sha256').update(headerBytes).update(lookupTable).update(xml).digest('hex') };
  } finally {
    await file.close();
  }
}

/** @returns The WIM without what lies behind its end: left there by tools that add to one, and to 7-Zip a reason not to. */
export function withoutTail(wim: readonly FilePart[], { header, lookupTable }: WimFrame): readonly FilePart[] {
  const resources = [header.lookupTable, header.xml, header.integrity, ...listWimResources(lookupTable).map(({ resource }) => resource)];
  return stretchOf(wim, 0, resources.reduce((end, { offset, storedBytes }) => Math.max(end, offset + storedBytes), WIM_HEADER_BYTES));
}

/**
 * Adds the files of a folder to a WIM, and puts right what 7-Zip leaves.
 *
 * @param names As `archives.update` wants them. @param correction What is to be put right.
 * @returns Null when the result is not as expected: then it must not be used.
 */
export async function updateWim(wim: readonly FilePart[], frame: WimFrame, stage: string, names: readonly string[], correction: WimCorrection, { archives }: MediaPorts, { signal }: BuildOptions): Promise<UpdatedWim | null> {
  const updated = await archives.update(wim, bonesOf(frame), stage, names, { signal });
  const image = heldInMemory(updated);
  const headerBytes = image.read(0, WIM_HEADER_BYTES);
  const header = parseWimHeader(headerBytes);
  if (header === null || header.lookupTable.isCompressed) return null;
  const lookupTable = image.read(header.lookupTable.offset, header.lookupTable.sizeBytes);
  const found = findWimMetadata(lookupTable, correction.imageIndex);
  if (found === null) return null;
  const patches = planWimCorrection({ header: headerBytes, lookupTable, xml: image.read(header.xml.offset, header.xml.sizeBytes) }, header, image.read(found.resource.offset, found.resource.sizeBytes), correction);
  if (patches === null) return null;
  for (const { offset, bytes } of patches) image.write(offset, bytes);
  return divide(updated.sizeBytes, lookupTable, frame, image);
}

/** Header, table, XML, and the trees of the images: the rest is files. */
function bonesOf({ header, lookupTable }: WimFrame): readonly Area[] {
  const trees = listWimResources(lookupTable).filter(({ resource }) => resource.isMetadata);
  return [{ offset: 0, sizeBytes: WIM_HEADER_BYTES }, ...[header.lookupTable, header.xml, ...trees.map(({ resource }) => resource)].map(({ offset, storedBytes }) => ({ offset, sizeBytes: storedBytes }))];
}

/** What was carried over is found again by its hash, in the form in which it was; everything else is new. */
function divide(sizeBytes: number, lookupTable: Uint8Array, before: WimFrame, image: InMemory): UpdatedWim | null {
  const old = new Map(listWimResources(before.lookupTable).map(({ sha1, resource }) => [sha1, resource]));
  const carried: { readonly at: number; readonly from: number; readonly sizeBytes: number }[] = [];
  for (const { sha1, resource } of listWimResources(lookupTable)) {
    const known = resource.isMetadata ? undefined : old.get(sha1);
    if (known === undefined) continue;
    // Packed anew it would have been packed out of nothing.
    if (known.storedBytes !== resource.storedBytes || known.isCompressed !== resource.isCompressed) return null;
    carried.push({ at: resource.offset, from: known.offset, sizeBytes: resource.storedBytes });
  }
  const parts: UpdatedPart[] = [];
  const patch: Uint8Array[] = [];
  let [end, patchBytes] = [0, 0];
  const add = (part: UpdatedPart): void => {
    const last = parts.at(-1);
    if (last !== undefined && last.of === part.of && last.offset + last.sizeBytes === part.offset) parts.splice(-1, 1, { ...last, sizeBytes: last.sizeBytes + part.sizeBytes });
    else if (part.sizeBytes > 0) parts.push(part);
    end += part.sizeBytes;
  };
  const addNew = (upTo: number): void => {
    const bytes = image.read(end, upTo - end);
    patch.push(bytes);
    add({ of: 'patch', offset: patchBytes, sizeBytes: bytes.length });
    patchBytes += bytes.length;
  };
  for (const { at, from, sizeBytes: carriedBytes } of carried.sort((a, b) => a.at - b.at)) {
    if (at < end || at + carriedBytes > sizeBytes) return null;
    addNew(at);
    add({ of: 'base', offset: from, sizeBytes: carriedBytes });
  }
  addNew(sizeBytes);
  return { sizeBytes, parts, patch: Buffer.concat(patch) };
}

type InMemory = { read(offset: number, length: number): Uint8Array; write(offset: number, bytes: Uint8Array): void };

/** What lies in no piece reads as zeros. */
function heldInMemory({ pieces }: UpdatedArchive): InMemory {
  const each = (offset: number, length: number, act: (piece: Uint8Array, at: number) => void): void => {
    for (const piece of pieces) {
      const [from, to] = [Math.max(piece.offset, offset), Math.min(piece.offset + piece.bytes.length, offset + length)];
      if (from < to) act(piece.bytes.subarray(from - piece.offset, to - piece.offset), from - offset);
    }
  };
  return {
    read(offset, length) {
      const bytes = new Uint8Array(Math.max(length, 0));
      each(offset, length, (piece, at) => bytes.set(piece, at));
      return bytes;
    },
    write: (offset, bytes) => each(offset, bytes.length, (piece, at) => piece.set(bytes.subarray(at, at + piece.length))),
  };
}
