// Names on a disc: ISO 9660's own in capitals, and Joliet's, which are the names as they are.

/** Joliet's own limit is 64; Windows and everybody else reads 103, which is what its records hold beside a version. */
export const MOST_JOLIET_UNITS = 103;
const MOST_ISO_CHARACTERS = 30;

/**
 * Gives every name of one folder its ISO 9660 name.
 *
 * @param names None twice, whatever their case.
 * @returns In the order of `names`, ASCII, none twice. No version and no dot at the end: Windows' boot manager finds `BCD` under no other name.
 * @source  wimlib's mkwinpeimg, whose discs start: `mkisofs -d -N`.
 */
export function isoNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const dot = name.lastIndexOf('.');
    const extension = dot > 0 ? plain(name.slice(dot + 1)).slice(0, 8) : '';
    const base = plain(dot > 0 ? name.slice(0, dot) : name);
    for (let number = 0; ; number++) {
      const tail = number === 0 ? '' : `_${number}`;
      const room = MOST_ISO_CHARACTERS - tail.length - (extension === '' ? 0 : extension.length + 1);
      const made = `${base.slice(0, room)}${tail}${extension === '' ? '' : `.${extension}`}`;
      if (taken.has(made)) continue;
      taken.add(made);
      return made;
    }
  });
}

/** @returns The name as Joliet stores it: UTF-16, big end first. */
export function jolietBytes(name: string): Uint8Array {
  const bytes = new Uint8Array(name.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < name.length; i++) view.setUint16(i * 2, name.charCodeAt(i));
  return bytes;
}

const plain = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9_]/g, '_');
