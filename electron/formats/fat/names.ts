// Names in FAT: what a long name may be, and the 8.3 name every entry has besides.

/** An 8.3 name as it stands on the disk: 11 ASCII bytes padded with spaces, and whether the long name must be written too. */
export type ShortName = { readonly bytes: Uint8Array; readonly needsLongName: boolean };

const MOST_UNITS = 255;
const SHORT_CHARACTERS = /^[A-Z0-9!#$%&'()\-@^_`{}~]+$/;
const FORBIDDEN = /[\x00-\x1f"*/:<>?\\|]/;

/**
 * @returns Whether Windows, too, takes this as a file name: 1 to 255 UTF-16 units, none of the characters of `FORBIDDEN`,
 *          no space at either end, no dot at the end, no half of a surrogate pair.
 */
export function isLongName(name: string): boolean {
  if (name.length === 0 || name.length > MOST_UNITS || !name.isWellFormed()) return false;
  if (name.endsWith(' ') || name.endsWith('.') || name.startsWith(' ')) return false;
  return !FORBIDDEN.test(name);
}

/** @returns The name as FAT compares it: two names with the same fold can not stand in one folder. */
export function foldName(name: string): string {
  if (/^[\x00-\x7f]*$/.test(name)) return name.toUpperCase();
  let folded = '';
  for (const character of name) {
    const upper = character.toUpperCase();
    // 'ß' becomes 'SS' in JavaScript but stays one character in a file system.
    folded += upper.length === character.length ? upper : character;
  }
  return folded;
}

/**
 * Gives every name of one folder its 8.3 name.
 *
 * @param names Long names, each valid and none twice (`foldName`).
 * @returns In the order of `names`. A name that is 8.3 in capitals keeps it; all others get a long name besides.
 * @source  Microsoft, "FAT: General Overview of On-Disk Format" 1.03, "The Basis-Name Generation Algorithm".
 */
export function shortNames(names: readonly string[]): readonly ShortName[] {
  const taken = new Set<string>();
  const result: (ShortName | undefined)[] = names.map((name) => {
    const plain = plainShortName(name);
    if (plain === null || taken.has(plain)) return undefined;
    taken.add(plain);
    return { bytes: ascii(plain), needsLongName: spelled(plain) !== name };
  });
  const nextTail = new Map<string, number>();
  return names.map((name, i) => result[i] ?? { bytes: ascii(withTail(name, taken, nextTail)), needsLongName: true });
}

/** @returns Sum over the 11 bytes that ties long-name entries to their short one. */
export function shortNameChecksum(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum = (((sum & 1) << 7) + (sum >> 1) + byte) & 0xff;
  return sum;
}

/** Only an ASCII name may be taken over as it is: what else becomes ASCII in capitals is another name. */
function plainShortName(name: string): string | null {
  if (!/^[\x21-\x7e]+$/.test(name)) return null;
  const [base, extension, more] = name.toUpperCase().split('.');
  if (base === undefined || more !== undefined || base.length > 8 || !SHORT_CHARACTERS.test(base)) return null;
  if (extension !== undefined && (extension.length > 3 || !SHORT_CHARACTERS.test(extension))) return null;
  return base.padEnd(8) + (extension ?? '').padEnd(3);
}

function withTail(name: string, taken: Set<string>, nextTail: Map<string, number>): string {
  const dot = name.lastIndexOf('.');
  const base = cleaned(dot > 0 ? name.slice(0, dot) : name).slice(0, 6) || '_';
  const extension = (dot > 0 ? cleaned(name.slice(dot + 1)) : '').slice(0, 3).padEnd(3);
  const family = `${base}.${extension}`;
  for (let number = nextTail.get(family) ?? 1; ; number++) {
    const tail = `~${number}`;
    const short = (base.slice(0, 8 - tail.length) + tail).padEnd(8) + extension;
    if (taken.has(short)) continue;
    taken.add(short);
    nextTail.set(family, number + 1);
    return short;
  }
}

function cleaned(text: string): string {
  return text.normalize('NFKD').toUpperCase().replace(/[ .]/g, '').replace(/[^A-Z0-9!#$%&'()\-@^_`{}~]/g, '_');
}

function spelled(short: string): string {
  const extension = short.slice(8).trimEnd();
  return short.slice(0, 8).trimEnd() + (extension === '' ? '' : `.${extension}`);
}

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
