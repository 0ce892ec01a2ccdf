// Areas of a disk, and what is left of some when others are taken away.

export interface Area { readonly offset: number; readonly sizeBytes: number }

/** @returns The same bytes as ascending areas, neighbours and overlaps joined. */
export function joinAreas(areas: readonly Area[]): Area[] {
  const joined: { offset: number; sizeBytes: number }[] = [];
  for (const { offset, sizeBytes } of [...areas].filter((area) => area.sizeBytes > 0).sort((a, b) => a.offset - b.offset)) {
    const last = joined.at(-1);
    if (last !== undefined && offset <= last.offset + last.sizeBytes) last.sizeBytes = Math.max(last.sizeBytes, offset + sizeBytes - last.offset);
    else joined.push({ offset, sizeBytes });
  }
  return joined;
}

/** @returns The bytes of the first that are in none of the others, ascending. */
export function withoutAreas(areas: readonly Area[], others: readonly Area[]): Area[] {
  const left: Area[] = [];
  const taken = joinAreas(others);
  for (const { offset, sizeBytes } of joinAreas(areas)) {
    let from = offset;
    for (const other of taken) {
      if (other.offset + other.sizeBytes <= from) continue;
      if (other.offset >= offset + sizeBytes) break;
      if (other.offset > from) left.push({ offset: from, sizeBytes: other.offset - from });
      from = Math.max(from, other.offset + other.sizeBytes);
    }
    if (from < offset + sizeBytes) left.push({ offset: from, sizeBytes: offset + sizeBytes - from });
  }
  return left;
}

/** @returns Pieces of at most that size, ascending. */
export function cutAreas(areas: readonly Area[], mostBytes: number): Area[] {
  return joinAreas(areas).flatMap(({ offset, sizeBytes }) => Array.from({ length: Math.ceil(sizeBytes / mostBytes) }, (_, i) => ({ offset: offset + i * mostBytes, sizeBytes: Math.min(mostBytes, sizeBytes - i * mostBytes) })));
}

/** @returns As it is kept in the register: `OFFSET+BYTES`, joined where they touch, ascending, blanks between. */
export const formatAreas = (areas: readonly Area[]): string => joinAreas(areas).map(({ offset, sizeBytes }) => `${offset}+${sizeBytes}`).join(' ');

/** @param text As `formatAreas` writes it. */
export const parseAreas = (text: string): Area[] => [...text.matchAll(/(\d+)\+(\d+)/g)].map(([, offset, sizeBytes]) => ({ offset: Number(offset), sizeBytes: Number(sizeBytes) }));
