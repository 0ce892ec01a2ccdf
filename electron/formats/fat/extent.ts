// A plan of what to write where: the common tongue of partition table, file system and whoever writes an image or a disk.

/** `offset` counts in bytes from the start of the image or disk. `S` names where a file's bytes come from. */
export type Extent<S> =
  | { readonly kind: 'bytes'; readonly offset: number; readonly bytes: Uint8Array }
  | { readonly kind: 'zeros'; readonly offset: number; readonly sizeBytes: number }
  /** A file's bytes, then zeros up to `paddedBytes`: the rest of its last cluster. */
  | { readonly kind: 'source'; readonly offset: number; readonly sizeBytes: number; readonly paddedBytes: number; readonly source: S };

/** A part of one extent inside a run. `at` is the place in the run, `from` the place in the extent. */
export type RunPart<S> = { readonly extent: Extent<S>; readonly at: number; readonly from: number; readonly sizeBytes: number };

/** One write: neighbouring extents joined, so that a disk sees a few hundred large writes instead of thousands of small ones. */
export type Run<S> = { readonly offset: number; readonly sizeBytes: number; readonly parts: readonly RunPart<S>[] };

/** @returns How many bytes the extent covers on the disk. */
export function extentBytes<S>(extent: Extent<S>): number {
  return extent.kind === 'bytes' ? extent.bytes.length : extent.kind === 'zeros' ? extent.sizeBytes : extent.paddedBytes;
}

/** @returns The same extents by ascending offset. Throws on an overlap: that is a bug of the planner. */
export function inDiskOrder<S>(extents: readonly Extent<S>[]): readonly Extent<S>[] {
  const sorted = extents.filter((extent) => extentBytes(extent) > 0).sort((a, b) => a.offset - b.offset);
  let end = 0;
  for (const extent of sorted) {
    if (extent.offset < end) throw new Error(`two extents overlap at byte ${extent.offset}`);
    end = extent.offset + extentBytes(extent);
  }
  return sorted;
}

/**
 * Joins extents into writes.
 *
 * @param extents As `inDiskOrder` gives them.
 * @param mostBytes Size of the largest write. Runs that are cut are cut at multiples of it from their start.
 */
export function* joinIntoRuns<S>(extents: readonly Extent<S>[], mostBytes: number): Generator<Run<S>> {
  let offset = 0;
  let sizeBytes = 0;
  let parts: RunPart<S>[] = [];
  for (const extent of extents) {
    const total = extentBytes(extent);
    for (let from = 0; from < total;) {
      if (sizeBytes > 0 && (offset + sizeBytes !== extent.offset + from || sizeBytes === mostBytes)) {
        yield { offset, sizeBytes, parts };
        sizeBytes = 0;
      }
      if (sizeBytes === 0) { offset = extent.offset + from; parts = []; }
      const count = Math.min(total - from, mostBytes - sizeBytes);
      parts.push({ extent, at: sizeBytes, from, sizeBytes: count });
      sizeBytes += count;
      from += count;
    }
  }
  if (sizeBytes > 0) yield { offset, sizeBytes, parts };
}
