// Reads stretches of files as if they were one: a WIM where it lies inside an ISO, or one of which only a little is new.

import type { FilePart, MediaFiles, ReadableFile } from './media-ports.ts';

/** @returns A file that lies as it is. */
export const wholeFile = (path: string, sizeBytes: number): readonly FilePart[] => [{ path, offset: 0, sizeBytes }];

/** @returns Where these bytes of a file that lies in parts are. */
export function stretchOf(whole: readonly FilePart[], offset: number, sizeBytes: number): readonly FilePart[] {
  let start = 0;
  return whole.flatMap((part) => {
    const [from, to] = [Math.max(offset, start), Math.min(offset + sizeBytes, start + part.sizeBytes)];
    const found = from < to ? [{ path: part.path, offset: part.offset + from - start, sizeBytes: to - from }] : [];
    start += part.sizeBytes;
    return found;
  });
}

/** @returns Reads across them; fewer bytes than asked where one of the files is shorter than it was. AppError as `files.open`, from reading too. */
export async function openParts(files: MediaFiles, parts: readonly FilePart[]): Promise<ReadableFile> {
  const open = new Map<string, ReadableFile>();
  const close = async (): Promise<void> => { await Promise.all([...open.values()].map((file) => file.close())); };
  try {
    for (const { path } of parts) if (!open.has(path)) open.set(path, await files.open(path));
  } catch (error) {
    await close();
    throw error;
  }
  const sizeBytes = parts.reduce((sum, part) => sum + part.sizeBytes, 0);
  return {
    sizeBytes, close,
    async read(offset, length, into) {
      const pieces: Uint8Array[] = [];
      let [start, from] = [0, offset];
      const end = Math.min(offset + length, sizeBytes);
      for (const part of parts) {
        if (from >= end) break;
        const wanted = Math.min(end, start + part.sizeBytes) - from;
        if (wanted > 0) {
          const bytes = await open.get(part.path)?.read(part.offset + from - start, wanted, into?.subarray(from - offset)) ?? new Uint8Array();
          pieces.push(bytes);
          from += bytes.length;
          if (bytes.length < wanted) break;
        }
        start += part.sizeBytes;
      }
      const [only] = pieces;
      if (only !== undefined && pieces.length === 1) return only;
      return into?.subarray(0, from - offset) ?? Buffer.concat(pieces);
    },
  };
}
