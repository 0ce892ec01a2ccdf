// What a driver's INF says of itself: its class, its version, and for which processors it is.

/** As INF files spell them: `NTamd64`, `NTarm64`, `NTx86`, `NTarm`, `NTia64`. */
const INF_ARCHITECTURES = ['x64', 'arm64', 'x86', 'arm', 'ia64'] as const;
export type InfArchitecture = (typeof INF_ARCHITECTURES)[number];
export interface Inf {
  /** `SCSIAdapter`, `HIDClass`, `System`; empty when it does not say. */
  readonly className: string;
  /** `07/11/2023,19.5.7.1058` becomes `19.5.7.1058`; empty when it does not say. */
  readonly version: string;
  /** Those it names; empty when it names none, as very old ones do. */
  readonly architectures: readonly InfArchitecture[];
}

const SPELLED: Readonly<Record<string, InfArchitecture>> = { amd64: 'x64', arm64: 'arm64', x86: 'x86', arm: 'arm', ia64: 'ia64' };
/** Longer is none Windows takes. */
export const MOST_INF_BYTES = 8 * 1024 * 1024;

/**
 * @param bytes Untrusted: ANSI, UTF-8, or UTF-16 with a mark in front.
 * @returns Null when it has no `[Version]` of a Windows driver. Never throws.
 * @source Microsoft, "INF Version Section", "INF Manufacturer Section" (TargetOSVersion: nt, then the processor, then numbers), "INF DefaultInstall Section".
 */
export function parseInf(bytes: Uint8Array): Inf | null {
  if (bytes.length > MOST_INF_BYTES) return null;
  const sections = readSections(decode(bytes));
  const version = sections.get('version');
  if (version === undefined || !/^"?\$(windows nt|chicago|windows 95)\$"?$/i.test(valueOf(version, 'signature'))) return null;
  const found = new Set<InfArchitecture>();
  const note = (decoration: string): void => {
    const architecture = SPELLED[/^nt(amd64|arm64|x86|arm|ia64)(?:\.|$)/i.exec(decoration.trim())?.[1]?.toLowerCase() ?? ''];
    if (architecture !== undefined) found.add(architecture);
  };
  for (const line of sections.get('manufacturer') ?? []) {
    const [, ...decorations] = line.slice(line.indexOf('=') + 1).split(',');
    decorations.forEach(note);
  }
  // Drivers without hardware IDs have no manufacturer: [DefaultInstall.NTamd64].
  for (const name of sections.keys()) note(/^defaultinstall\.(.*)$/.exec(name)?.[1] ?? '');
  const strings = new Map((sections.get('strings') ?? []).map((line) => [keyOf(line), unquoted(line.slice(line.indexOf('=') + 1))]));
  const plain = (text: string): string => unquoted(text).replace(/%([^%]+)%/g, (whole, name: string) => strings.get(name.toLowerCase()) ?? whole);
  return { className: plain(valueOf(version, 'class')), version: plain(valueOf(version, 'driverver')).split(',')[1]?.trim() ?? '', architectures: INF_ARCHITECTURES.filter((name) => found.has(name)) };
}

function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder('utf-8').decode(bytes); // names that matter are ASCII in every code page
}

/** Lines by section, names in small letters; a section that comes twice goes on. Comments and line ends with a backslash are joined. */
function readSections(text: string): ReadonlyMap<string, readonly string[]> {
  const sections = new Map<string, string[]>();
  let lines: string[] = [];
  for (const raw of text.replace(/\\[ \t]*\r?\n/g, ' ').split(/\r?\n|\r/)) {
    const line = withoutComment(raw).trim();
    const name = /^\[\s*([^\]]*?)\s*\]/.exec(line)?.[1]?.toLowerCase();
    if (name !== undefined) {
      lines = sections.get(name) ?? [];
      sections.set(name, lines);
    } else if (line !== '') lines.push(line);
  }
  return sections;
}

/** A semicolon between quotes is no comment. */
function withoutComment(line: string): string {
  let isQuoted = false;
  for (let i = 0; i < line.length; i++) {
    if (line[i] === '"') isQuoted = !isQuoted;
    if (line[i] === ';' && !isQuoted) return line.slice(0, i);
  }
  return line;
}

const keyOf = (line: string): string => line.slice(0, Math.max(line.indexOf('='), 0)).trim().toLowerCase();
const unquoted = (text: string): string => text.trim().replace(/^"(.*)"$/s, '$1').trim();
function valueOf(lines: readonly string[], key: string): string {
  const line = lines.find((candidate) => keyOf(candidate) === key);
  return line === undefined ? '' : line.slice(line.indexOf('=') + 1).trim();
}
