// What is faulty and what to do about it (ES3-safe: also runs in the agent; imports only ES3-safe modules of core).
//
// On a medium a recipe stands as field lines (media/field-lines.ts), every field there exactly once:
//
//   bluelift-recipe 1
//   id=channel-file-291                              1 to 40 of a-z 0-9 -
//   version=1                                        1 to 99999; every change of a recipe is a new version
//   title=CrowdStrike channel file 291               for people, 1 to 200 characters
//   path=Windows\System32\drivers\CrowdStrike        folder from the root of the volume
//   pattern=C-00000291*.sys                          DOS wildcards * and ?, of the whole file name, any case
//   header=aaaaaaaa01002301                          first bytes of a faulty file in this order, hex, 0 to 16 bytes
//   keepFrom=2024-07-19T05:27:00Z                    a file modified at this instant or later is kept; or none
import { findField, formatFieldLines, parseFieldLines } from '../media/field-lines.ts';
import { formatHex, formatInstant, parseCount, parseHex, parseInstant } from '../media/field-values.ts';

export type Recipe = {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  /** Folder from the root of the volume, segments joined by one backslash. */
  readonly path: string;
  readonly pattern: string;
  readonly headerBytes: readonly number[];
  /** Milliseconds since 1970 UTC, whole seconds; null: no file is too new. */
  readonly keepFromMs: number | null;
};

export type RecipeFault = 'not-a-recipe' | 'newer-version' | 'id' | 'version' | 'title' | 'path' | 'pattern' | 'header' | 'keepFrom';

export type ParsedRecipe =
  | { readonly status: 'ok'; readonly recipe: Recipe }
  | { readonly status: 'refused'; readonly fault: RecipeFault };

/** What is known of a file. `headerBytes` are its first bytes, at least as many as the recipe names unless the file is shorter. */
export type ExaminedFile = { readonly name: string; readonly modifiedAtMs: number; readonly headerBytes: ArrayLike<number> };

export type Judgement =
  | { readonly act: 'remove' }
  | { readonly act: 'keep'; readonly reason: 'name-differs' | 'newer' | 'header-differs' };

/**
 * Judges one file of the recipe's folder.
 *
 * @param file `modifiedAtMs` is UTC in milliseconds.
 * @returns `remove` only when name, time and header all speak for it; otherwise the first of these that speaks against it.
 *          A time that is no number keeps the file as `newer`: what is not known to be old is not removed. Never throws.
 */
export function judgeFile(recipe: Recipe, file: ExaminedFile): Judgement {
  if (!matchesPattern(recipe.pattern, file.name)) return { act: 'keep', reason: 'name-differs' };
  if (recipe.keepFromMs !== null && !(file.modifiedAtMs < recipe.keepFromMs)) return { act: 'keep', reason: 'newer' };
  for (let i = 0; i < recipe.headerBytes.length; i++) {
    if (file.headerBytes[i] !== recipe.headerBytes[i]) return { act: 'keep', reason: 'header-differs' };
  }
  return { act: 'remove' };
}

/**
 * Tells whether a file name fits a pattern of `*` (any characters, none included) and `?` (exactly one), whole name, any case.
 * Unlike DOS, `*.*` wants a dot and short (8.3) names do not count.
 *
 * @param name A name without its folder, untrusted. Time is at most length of pattern × length of name.
 */
export function matchesPattern(pattern: string, name: string): boolean {
  let p = 0;
  let n = 0;
  let star = -1;
  let tried = 0;
  while (n < name.length) {
    const wanted = pattern.charAt(p);
    if (wanted === '*') {
      star = p++;
      tried = n;
    } else if (p < pattern.length && (wanted === '?' || isSameLetter(wanted, name.charAt(n)))) {
      p++;
      n++;
    } else if (star >= 0) {
      // The last star takes one character more, and the rest is tried again.
      p = star + 1;
      n = ++tried;
    } else return false;
  }
  while (pattern.charAt(p) === '*') p++;
  return p === pattern.length;
}

/** @returns The recipe as field lines, for `recipe.txt`. Pass a recipe that `checkRecipe` accepts. */
export function formatRecipe(recipe: Recipe): string {
  return formatFieldLines('bluelift-recipe', 1, [
    { name: 'id', value: recipe.id },
    { name: 'version', value: '' + recipe.version },
    { name: 'title', value: recipe.title },
    { name: 'path', value: recipe.path },
    { name: 'pattern', value: recipe.pattern },
    { name: 'header', value: formatHex(recipe.headerBytes) },
    { name: 'keepFrom', value: (recipe.keepFromMs === null ? null : formatInstant(recipe.keepFromMs)) || 'none' },
  ]);
}

/**
 * @param text Untrusted: `recipe.txt` as read, one character a byte.
 * @returns The recipe, or the field that is wrong or absent. Names nobody knows are refused too (`not-a-recipe`): a rule
 *          that is not understood must not be left out when files are removed. Never throws.
 */
export function parseRecipe(text: string): ParsedRecipe {
  const parsed = parseFieldLines(text);
  if (parsed.status !== 'ok' || parsed.lines.kind !== 'bluelift-recipe') return { status: 'refused', fault: 'not-a-recipe' };
  const lines = parsed.lines;
  if (lines.version !== 1) return { status: 'refused', fault: 'newer-version' };
  const header = parseHex(findField(lines, 'header') || '');
  const keepFrom = findField(lines, 'keepFrom');
  const keepFromMs = keepFrom === 'none' ? null : parseInstant(keepFrom || '');
  if (header === null || findField(lines, 'header') === null) return { status: 'refused', fault: 'header' };
  if (keepFromMs === null && keepFrom !== 'none') return { status: 'refused', fault: 'keepFrom' };
  const recipe: Recipe = {
    id: findField(lines, 'id') || '', version: parseCount(findField(lines, 'version') || '', 99999) || 0, title: findField(lines, 'title') || '',
    path: findField(lines, 'path') || '', pattern: findField(lines, 'pattern') || '', headerBytes: header, keepFromMs: keepFromMs,
  };
  const fault = checkRecipe(recipe);
  if (fault !== null) return { status: 'refused', fault: fault };
  return lines.fields.length === 7 ? { status: 'ok', recipe: recipe } : { status: 'refused', fault: 'not-a-recipe' };
}

/** @returns The field that makes a recipe unfit for a medium, or null when it is fit. */
export function checkRecipe(recipe: Recipe): RecipeFault | null {
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(recipe.id)) return 'id';
  if (!(recipe.version >= 1 && recipe.version <= 99999 && Math.floor(recipe.version) === recipe.version)) return 'version';
  if (recipe.title.length < 1 || recipe.title.length > 200) return 'title';
  if (!isSafePath(recipe.path)) return 'path';
  if (!isSafePattern(recipe.pattern)) return 'pattern';
  if (recipe.headerBytes.length > 16) return 'header';
  for (let i = 0; i < recipe.headerBytes.length; i++) {
    const byte = recipe.headerBytes[i];
    if (byte === undefined || !(byte >= 0 && byte <= 255 && Math.floor(byte) === byte)) return 'header';
  }
  if (recipe.keepFromMs !== null && (recipe.keepFromMs % 1000 !== 0 || formatInstant(recipe.keepFromMs) === null)) return 'keepFrom';
  return null;
}

/** Both foldings must agree: upper-casing alone makes `s` of the long s (U+017F), and `k` of the Kelvin sign by lower-casing. */
function isSameLetter(a: string, b: string): boolean {
  return a.toUpperCase() === b.toUpperCase() && a.toLowerCase() === b.toLowerCase();
}

/** A folder below the root of the volume and nowhere else: no letter, no root, no step upwards, no wildcard, no name Windows would bend. */
function isSafePath(path: string): boolean {
  if (path.length < 1 || path.length > 200) return false;
  const segments = path.split('\\');
  for (let i = 0; i < segments.length; i++) {
    const segment = segments[i] || '';
    // Windows drops dots and spaces at the end of a name, so that `.. ` would be `..`.
    if (!hasOnlyNameCharacters(segment) || /[*?]/.test(segment) || /[. ]$/.test(segment) || segment.charAt(0) === ' ') return false;
  }
  return true;
}

/** A file name with wildcards that still says something: `*`, `*.*` or `?*` would name everything. */
function isSafePattern(pattern: string): boolean {
  return pattern.length <= 200 && hasOnlyNameCharacters(pattern) && /[^*?.]/.test(pattern.replace(/\.[^.]*$/, '')) && !/[. ]$/.test(pattern);
}

function hasOnlyNameCharacters(text: string): boolean {
  return text.length > 0 && !/[\x00-\x1f\x7f\\\/:"<>|]/.test(text);
}
