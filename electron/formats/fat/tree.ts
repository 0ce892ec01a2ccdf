// The tree of a FAT file system in the making: names checked, short names given, every path known once.

import { AppError } from '../../core/app-error.ts';
import { ENTRY_BYTES, entryCount } from './directory.ts';
import { MOST_FILE_BYTES } from './geometry.ts';
import type { ShortName } from './names.ts';
import { foldName, isLongName, shortNames } from './names.ts';

/** `path` from the root, parts joined by `/`. `S` names where the bytes come from. */
export type FatFile<S> = { readonly path: string; readonly sizeBytes: number; readonly source: S };

/** `cluster` is 0 until it is placed, and stays 0 for a file without bytes. */
export type FileNode<S> = { readonly kind: 'file'; readonly name: string; readonly file: FatFile<S>; cluster: number };
export type FolderNode<S> = {
  readonly kind: 'folder'; readonly name: string; readonly path: string; readonly parent: FolderNode<S> | null;
  readonly children: Child<S>[]; cluster: number;
};
/** `short` is the 8.3 name beside the name. */
export type Child<S> = { readonly node: FileNode<S> | FolderNode<S>; readonly short: ShortName };

/** Folders with the root first and parents before their children; files in the order given. */
export type FatTree<S> = { readonly folders: readonly FolderNode<S>[]; readonly files: readonly FileNode<S>[] };

/** Windows reads no more of a folder. */
const MOST_FOLDER_BYTES = 65_536 * ENTRY_BYTES;

/**
 * @param folders Paths that shall be there though nothing may be in them; the folders of a file's path need not be named.
 * @throws AppError `file-too-large` or `invalid-input`, both with `path`: a name FAT can not hold, a name twice, a folder too full.
 */
export function makeTree<S>(files: readonly FatFile<S>[], folders: readonly string[]): FatTree<S> {
  const root: FolderNode<S> = { kind: 'folder', name: '', path: '', parent: null, children: [], cluster: 0 };
  const byPath = new Map<string, FolderNode<S>>([['', root]]);
  const nodes = new Map<FolderNode<S>, (FileNode<S> | FolderNode<S>)[]>([[root, []]]);
  const taken = new Set<string>();
  const add = (path: string, parent: FolderNode<S>, node: FileNode<S> | FolderNode<S>): void => {
    if (!isLongName(node.name) || taken.has(foldName(path))) throw new AppError('invalid-input', { path });
    taken.add(foldName(path));
    nodes.get(parent)?.push(node);
  };
  const folderFor = (path: string): FolderNode<S> => {
    const known = byPath.get(foldName(path));
    if (known !== undefined) return known;
    const parent = folderFor(folderOf(path));
    const node: FolderNode<S> = { kind: 'folder', name: nameOf(path), path, parent, children: [], cluster: 0 };
    add(path, parent, node);
    byPath.set(foldName(path), node);
    nodes.set(node, []);
    return node;
  };
  for (const path of folders) folderFor(path);
  const fileNodes = files.map((file): FileNode<S> => {
    if (file.sizeBytes > MOST_FILE_BYTES) throw new AppError('file-too-large', { path: file.path, sizeBytes: file.sizeBytes, limitBytes: MOST_FILE_BYTES });
    const node: FileNode<S> = { kind: 'file', name: nameOf(file.path), file, cluster: 0 };
    add(file.path, folderFor(folderOf(file.path)), node);
    return node;
  });
  for (const [folder, inside] of nodes) {
    inside.sort((a, b) => (a.name < b.name ? -1 : 1));
    const shorts = shortNames(inside.map((node) => node.name));
    inside.forEach((node, i) => {
      const short = shorts[i];
      if (short !== undefined) folder.children.push({ node, short });
    });
    if (folderSizeBytes(folder) > MOST_FOLDER_BYTES) throw new AppError('invalid-input', { path: folder.path });
  }
  return { folders: [...byPath.values()], files: fileNodes };
}

/** @returns What the folder's entries take, with the label in the root and `.` and `..` elsewhere. */
export function folderSizeBytes<S>(folder: FolderNode<S>): number {
  const own = folder.parent === null ? 1 : 2;
  return folder.children.reduce((sum, { node, short }) => sum + entryCount(node.name, short) * ENTRY_BYTES, own * ENTRY_BYTES);
}

const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0));
const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
