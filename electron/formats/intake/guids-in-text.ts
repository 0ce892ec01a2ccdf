// GUIDs in a text: whole ones, what stands before those that are no key's, and one whose end is in the next line.

/** Whole ones in a text; for `matchAll` and `match`. */
export const GUID = /(?<![0-9A-Fa-f-])[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}(?![0-9A-Fa-f-])/g;
/** A quick look: without it there is none, whole or open. */
export const BEGINS_GUID = /[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-/;
/** GUIDs under these names are of something else. */
export const OTHER_GUID = /(?:volume[\s_-]*(?:guid|id|\{)|device[\s_-]*(?:id|guid)|object[\s_-]*(?:guid|id)|tenant[\s_-]*(?:id)?|aad[\s_-]*id|entra[\s_-]*id|serial\w*)[\s"':={\\]*$/i;

const OPEN = /(?<![0-9A-Fa-f-])[0-9A-Fa-f]{8}-[0-9A-Fa-f-]{0,27}$/;
const REST = /^\s*([0-9A-Fa-f-]{1,27})(?![0-9A-Fa-f-])/;
/** What stands before it decides whose it is. */
const LOOKED_AT = 120;

/** @returns A GUID that the edge of a page or a window put into two lines: where it begins in the end of the first, and where the second goes on; null where there is none. */
export function guidOverLines(above: string, line: string): { readonly text: string; readonly above: string; readonly at: number; readonly next: number } | null {
  const rest = REST.exec(line);
  if (rest === null) return null;
  const end = above.slice(-LOOKED_AT).trimEnd();
  const open = OPEN.exec(end);
  const text = open === null ? '' : `${open[0]}${rest[1]}`;
  return open === null || text.match(GUID)?.[0] !== text ? null : { text, above: end, at: open.index, next: rest[0].length };
}
