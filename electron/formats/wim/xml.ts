// What a WIM says about its images: a small XML document in UTF-16, written by Windows.

export type WimImage = {
  readonly index: number;
  readonly name: string;
  /** WINDOWS/ARCH: 0 x86, 5 ARM, 9 x64, 12 ARM64; null when the WIM does not say. */
  readonly architecture: number | null;
  /** `10.0.26100.1742`, as many parts as are there; null without a build number. */
  readonly build: string | null;
  readonly languages: readonly string[];
  /** When the image was last changed, as the document writes it: two times 32 bits of a FILETIME. */
  readonly modified: { readonly high: string; readonly low: string } | null;
};

/**
 * @param bytes Untrusted: the XML resource of a WIM, with or without byte order mark.
 * @returns Its images in the order of the document; none for anything else. Never throws.
 */
export function parseWimXml(bytes: Uint8Array): readonly WimImage[] {
  const text = new TextDecoder('utf-16le').decode(bytes);
  return [...text.matchAll(/<IMAGE\s+INDEX="(\d{1,5})"\s*>([\s\S]*?)<\/IMAGE>/g)].map(([, index, body = '']) => {
    const windows = elementOf(body, 'WINDOWS') ?? '';
    const version = elementOf(windows, 'VERSION') ?? '';
    const build = textOf(version, 'BUILD');
    const parts = [textOf(version, 'MAJOR'), textOf(version, 'MINOR'), build, textOf(version, 'SPBUILD')].filter((part) => part !== null);
    const architecture = textOf(windows, 'ARCH');
    const modified = elementOf(body, 'LASTMODIFICATIONTIME') ?? '';
    const [high, low] = [textOf(modified, 'HIGHPART'), textOf(modified, 'LOWPART')];
    return {
      index: Number(index), name: textOf(body, 'NAME') ?? '', architecture: architecture === null ? null : Number(architecture),
      build: build === null ? null : parts.join('.'),
      languages: [...(elementOf(windows, 'LANGUAGES') ?? '').matchAll(/<LANGUAGE>([^<]*)<\/LANGUAGE>/g)].map((match) => match[1] ?? ''),
      modified: high === null || low === null ? null : { high, low },
    };
  });
}

/**
 * Gives the image back the dates it had, so that the same base and the same agent give the same bytes.
 *
 * @returns The document with both dates of that image replaced, of the same length; null when they can not be put in place.
 */
export function setWimXmlDates(bytes: Uint8Array, index: number, date: { readonly high: string; readonly low: string }): Uint8Array | null {
  const text = new TextDecoder('utf-16le', { ignoreBOM: true }).decode(bytes);
  const dated = text.replace(new RegExp(`<IMAGE\\s+INDEX="${index}"\\s*>[\\s\\S]*?</IMAGE>`), (image) =>
    image.replace(/(<(CREATIONTIME|LASTMODIFICATIONTIME)>\s*<HIGHPART>)[^<]*(<\/HIGHPART>\s*<LOWPART>)[^<]*(<\/LOWPART>)/g, (_all, before: string, _name, between: string, after: string) =>
      before + date.high + between + date.low + after));
  const encoded = new Uint8Array(Buffer.from(dated, 'utf16le'));
  return encoded.length === bytes.length ? encoded : null;
}

function elementOf(text: string, name: string): string | null {
  return new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(text)?.[1] ?? null;
}

function textOf(text: string, name: string): string | null {
  const inner = new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1];
  if (inner === undefined) return null;
  return inner.trim().replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', "'").replaceAll('&amp;', '&');
}
