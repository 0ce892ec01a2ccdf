// The texts of a workbook, which its cells name by number. Kept as bytes: a million short texts are a hundred megabytes less that way.
import { XmlScanner } from './xml-events.ts';

export interface SharedStrings {
  readonly count: number;
  get(index: number): string;
}

/** No workbook with fewer than its million rows a sheet comes near. */
const MOST_BYTES = 512 * 1024 * 1024;

export const noSharedStrings: SharedStrings = { count: 0, get: () => '' };

/**
 * @param pieces  Text of `xl/sharedStrings.xml`.
 * @returns Null when it is too large or no such file.
 */
export async function readSharedStrings(pieces: AsyncIterable<string>): Promise<SharedStrings | null> {
  let bytes = Buffer.alloc(1 << 16);
  let used = 0;
  const ends: number[] = [];
  let current = '';
  let inText = false;
  let reading = 0;
  const append = (text: string): void => {
    const wanted = used + 3 * text.length;
    if (wanted > bytes.length) {
      const grown = Buffer.alloc(Math.max(wanted, bytes.length * 2));
      bytes.copy(grown, 0, 0, used);
      bytes.fill(0);
      bytes = grown;
    }
    used += bytes.write(text, used);
    ends.push(used);
  };
  const scanner = new XmlScanner({
    open(name) {
      if (name === 'si') current = '';
      else if (name === 'rPh') reading++; // how Japanese is read aloud is no part of the text
      else if (name === 't') inText = reading === 0;
    },
    close(name) {
      if (name === 't') inText = false;
      else if (name === 'rPh') reading--;
      else if (name === 'si') append(current);
    },
    text(value) { if (inText) current += value; },
  });
  for await (const piece of pieces) if (!scanner.write(piece) || used > MOST_BYTES) return null;
  return { count: ends.length, get: (index) => (index < 0 || index >= ends.length ? '' : bytes.toString('utf8', index === 0 ? 0 : ends[index - 1], ends[index])) };
}
