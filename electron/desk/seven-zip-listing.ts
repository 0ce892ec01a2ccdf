// Reads what `7z l -slt -ba` prints: blocks of `Name = value` lines with an empty line between.

import type { ArchiveEntry, ArchiveListing } from '../core/media/media-ports.ts';

/**
 * @param lines What 7-Zip printed with `-slt`; paths may hold anything but line ends.
 * @returns The archive's kind in lower case (empty if it was not printed) and its entries in the order printed.
 */
export function parseListing(lines: readonly string[]): ArchiveListing {
  const start = lines.findIndex((line) => line.startsWith('----------'));
  const kind = lines.slice(0, start).find((line) => line.startsWith('Type = '))?.slice('Type = '.length).toLowerCase() ?? '';
  const entries: ArchiveEntry[] = [];
  let path: string | null = null;
  let isFolder = false;
  let sizeBytes = 0;
  const close = (): void => {
    if (path !== null) entries.push({ path: path.replaceAll('\\', '/'), isFolder, sizeBytes });
    path = null;
    isFolder = false;
    sizeBytes = 0;
  };
  for (const line of lines.slice(start + 1)) {
    if (line.startsWith('Path = ')) { close(); path = line.slice('Path = '.length); }
    else if (line === 'Folder = +') isFolder = true;
    else if (line.startsWith('Size = ')) sizeBytes = Number(line.slice('Size = '.length)) || 0;
    // A second stream of a file is no file.
    else if (line === 'Alternate Stream = +') path = null;
  }
  close();
  return { kind, entries };
}
