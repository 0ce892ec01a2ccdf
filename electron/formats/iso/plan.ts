// Lays out ISO 9660 with Joliet and El Torito over files whose places are fixed already: the disc's folders point at bytes
// another file system on the same disc has laid down, so that nothing is there twice.

import { AppError } from '../../core/app-error.ts';
import type { BootImage } from './records.ts';
import { ISO_SECTOR_BYTES, bootCatalogue, bootRecord, directoryRecord, endOfDescriptors, recordBytes, volumeDescriptor } from './records.ts';
import { MOST_JOLIET_UNITS, isoNames, jolietBytes } from './names.ts';

/** `offset` in bytes from the start of the disc, a multiple of 2048; of a file without bytes it says nothing. */
export type IsoFile = { readonly path: string; readonly sizeBytes: number; readonly offset: number };
export type IsoOrder = {
  readonly files: readonly IsoFile[];
  /** At most 16 characters of `A-Z 0-9 _`. */
  readonly label: string;
  /** Of the whole disc, a multiple of 2048. */
  readonly discBytes: number;
  readonly modifiedAtMs: number;
  readonly bootImages: readonly BootImage[];
};
export type IsoPiece = { readonly kind: 'bytes'; readonly offset: number; readonly bytes: Uint8Array };

type Folder = { readonly name: string; readonly parent: Folder | null; readonly folders: Map<string, Folder>; readonly files: { readonly name: string; readonly file: IsoFile }[] };
/** One of the two trees: its folders in the order of the path table, each name as it is written there. */
type Tree = { readonly folders: readonly Folder[]; readonly identifiers: ReadonlyMap<Folder | IsoFile, Uint8Array> };

const FIRST_SECTOR = 16;
const CATALOGUE_SECTOR = 20;
const FIRST_FREE_SECTOR = 21;
const SELF = Uint8Array.of(0);
const PARENT = Uint8Array.of(1);

/** @returns How many bytes from the disc's start the structures of such a tree take, whatever the places of its files. */
export function isoOverheadBytes(paths: readonly string[]): number {
  return place(trees(paths.map((path) => ({ path, sizeBytes: 0, offset: 0 })))).end * ISO_SECTOR_BYTES;
}

/**
 * Plans the disc's own structures.
 *
 * @returns One piece, from sector 16 on. It ends before `isoOverheadBytes`, where files may begin.
 * @throws AppError `invalid-input` (`path`, `reason`: not-for-a-disc) for a name Joliet can not hold: too long, or with a semicolon. Error for a file that lies off a sector or over the structures: that is a bug of the caller.
 * @source ECMA-119; Joliet 1; El Torito 1.0; UEFI 2.10, 13.3.2.1.
 */
export function planIso(order: IsoOrder): readonly IsoPiece[] {
  const both = trees(order.files);
  const placed = place(both);
  for (const { path, sizeBytes, offset } of order.files) {
    if (sizeBytes > 0 && (offset % ISO_SECTOR_BYTES !== 0 || offset < placed.end * ISO_SECTOR_BYTES)) throw new Error(`${path} lies at ${offset}`);
  }
  const bytes = new Uint8Array((placed.end - FIRST_SECTOR) * ISO_SECTOR_BYTES);
  const put = (sector: number, piece: Uint8Array): void => bytes.set(piece, (sector - FIRST_SECTOR) * ISO_SECTOR_BYTES);
  put(17, bootRecord(CATALOGUE_SECTOR));
  put(19, endOfDescriptors());
  put(CATALOGUE_SECTOR, bootCatalogue(order.bootImages));
  both.forEach((tree, i) => {
    const at = placed.trees[i];
    const root = tree.folders[0];
    if (at === undefined || root === undefined) return;
    const extentOf = (folder: Folder): { readonly at: number; readonly sizeBytes: number; readonly isFolder: boolean } => {
      const extent = at.folders.get(folder);
      if (extent === undefined) throw new Error(`the folder ${folder.name} has no place`);
      return { at: extent.sector, sizeBytes: extent.sectors * ISO_SECTOR_BYTES, isFolder: true };
    };
    put(i === 0 ? 16 : 18, volumeDescriptor({
      isJoliet: i === 1, label: order.label, sectors: order.discBytes / ISO_SECTOR_BYTES, pathTableBytes: at.pathTableBytes, pathTableLittle: at.pathTables[0], pathTableBig: at.pathTables[1],
      root: directoryRecord(SELF, extentOf(root), order.modifiedAtMs), modifiedAtMs: order.modifiedAtMs,
    }));
    put(at.pathTables[0], pathTable(tree, (folder) => extentOf(folder).at, true));
    put(at.pathTables[1], pathTable(tree, (folder) => extentOf(folder).at, false));
    for (const folder of tree.folders) {
      const records = [directoryRecord(SELF, extentOf(folder), order.modifiedAtMs), directoryRecord(PARENT, extentOf(folder.parent ?? folder), order.modifiedAtMs)];
      for (const { identifier, item } of children(folder, tree)) {
        records.push(directoryRecord(identifier, 'folders' in item ? extentOf(item) : { at: item.sizeBytes === 0 ? 0 : item.offset / ISO_SECTOR_BYTES, sizeBytes: item.sizeBytes, isFolder: false }, order.modifiedAtMs));
      }
      put(extentOf(folder).at, inSectors(records));
    }
  });
  return [{ kind: 'bytes', offset: FIRST_SECTOR * ISO_SECTOR_BYTES, bytes }];
}

/** The tree twice: with ISO 9660's names and with Joliet's. */
function trees(files: readonly IsoFile[]): readonly Tree[] {
  const root: Folder = { name: '', parent: null, folders: new Map(), files: [] };
  for (const file of files) {
    const parts = file.path.split('/');
    const name = parts.pop() ?? '';
    let folder = root;
    for (const part of parts) {
      // FAT, where these files come from, knows a name in one spelling only.
      const key = part.toUpperCase();
      const known: Folder = folder.folders.get(key) ?? { name: part, parent: folder, folders: new Map(), files: [] };
      folder.folders.set(key, known);
      folder = known;
    }
    if ([...parts, name].some((part) => part.length > MOST_JOLIET_UNITS || part.includes(';'))) throw new AppError('invalid-input', { path: file.path, reason: 'not-for-a-disc' });
    folder.files.push({ name, file });
  }
  return [false, true].map((isJoliet) => {
    const identifiers = new Map<Folder | IsoFile, Uint8Array>([[root, SELF]]);
    const folders: Folder[] = [root];
    // Each folder's folders follow in their order, level by level: what the path table asks for.
    for (let i = 0; i < folders.length; i++) {
      const folder = folders[i];
      if (folder === undefined) break;
      const inside = [...folder.folders.values()].map((item) => ({ name: item.name, item: item as Folder | IsoFile })).concat(folder.files.map(({ name, file }) => ({ name, item: file })))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      const names = isJoliet ? [] : isoNames(inside.map(({ name }) => name));
      inside.forEach(({ name, item }, at) => identifiers.set(item, isJoliet ? jolietBytes(name) : latin1(names[at] ?? '')));
      folders.push(...[...folder.folders.values()].sort((a, b) => byIdentifier(identifiers.get(a), identifiers.get(b))));
    }
    return { folders, identifiers };
  });
}

interface PlacedTree { readonly folders: ReadonlyMap<Folder, { readonly sector: number; readonly sectors: number }>; readonly pathTables: readonly [number, number]; readonly pathTableBytes: number }

function place(both: readonly Tree[]): { readonly trees: readonly PlacedTree[]; readonly end: number } {
  let next = FIRST_FREE_SECTOR;
  const take = (bytes: number): number => {
    const at = next;
    next += Math.ceil(bytes / ISO_SECTOR_BYTES);
    return at;
  };
  const placed = both.map((tree): PlacedTree => {
    const pathTableBytes = tree.folders.reduce((sum, folder) => sum + pathEntryBytes(tree.identifiers.get(folder)?.length ?? 0), 0);
    const pathTables = [take(pathTableBytes), take(pathTableBytes)] as const;
    const folders = new Map(tree.folders.map((folder) => {
      const lengths = [recordBytes(1), recordBytes(1), ...children(folder, tree).map(({ identifier }) => recordBytes(identifier.length))];
      const bytes = lengths.reduce((used, length) => roomFor(used, length) + length, 0);
      return [folder, { sector: take(bytes), sectors: Math.ceil(bytes / ISO_SECTOR_BYTES) }];
    }));
    return { folders, pathTables, pathTableBytes };
  });
  return { trees: placed, end: next };
}

function children(folder: Folder, { identifiers }: Tree): readonly { readonly identifier: Uint8Array; readonly item: Folder | IsoFile }[] {
  return [...folder.folders.values(), ...folder.files.map(({ file }) => file)].map((item) => ({ identifier: identifiers.get(item) ?? SELF, item }))
    .sort((a, b) => byIdentifier(a.identifier, b.identifier));
}

function pathTable(tree: Tree, sectorOf: (folder: Folder) => number, isLittle: boolean): Uint8Array {
  const numbers = new Map(tree.folders.map((folder, i) => [folder, i + 1]));
  return Buffer.concat(tree.folders.map((folder) => {
    const identifier = tree.identifiers.get(folder) ?? SELF;
    const bytes = new Uint8Array(pathEntryBytes(identifier.length));
    const view = new DataView(bytes.buffer);
    bytes[0] = identifier.length;
    view.setUint32(2, sectorOf(folder), isLittle);
    view.setUint16(6, numbers.get(folder.parent ?? folder) ?? 1, isLittle);
    bytes.set(identifier, 8);
    return bytes;
  }));
}

/** A record never reaches over the end of a sector. */
function inSectors(records: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(records.reduce((used, { length }) => roomFor(used, length) + length, 0) / ISO_SECTOR_BYTES) * ISO_SECTOR_BYTES);
  let used = 0;
  for (const record of records) {
    used = roomFor(used, record.length);
    bytes.set(record, used);
    used += record.length;
  }
  return bytes;
}

const roomFor = (used: number, length: number): number => ((used % ISO_SECTOR_BYTES) + length > ISO_SECTOR_BYTES ? Math.ceil(used / ISO_SECTOR_BYTES) * ISO_SECTOR_BYTES : used);
const pathEntryBytes = (identifierBytes: number): number => 8 + identifierBytes + (identifierBytes % 2);
const byIdentifier = (a: Uint8Array = SELF, b: Uint8Array = SELF): number => Buffer.compare(a, b);
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);
