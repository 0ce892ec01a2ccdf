// The Windows boot entries in a BCD file, read as what it is, a registry hive: no tool's words, and the host's own file is only ever read.
//
// Source: the hive as libhivex and "Windows registry file format specification" (msuhanov) describe it; elements of the store as in
// Microsoft's BCD reference: type of an object in Description\Type, 12000002 path of the loader, 25000080 safe boot, 26000022 WinPE.

export type BootEntry = {
  /** With braces, lower case, as bcdedit takes it. */
  readonly id: string;
  readonly hasSafeBoot: boolean;
};

const HEADER_BYTES = 4096;
const WINDOWS_LOADER = 0x10200003;
const DEEPEST = 2;
/** A store has a few dozen keys; a damaged one may claim any number. */
const MOST_KEYS = 512;

type Key = { readonly at: number; readonly name: string };

/** @returns The entries that start a Windows (no WinPE, no recovery environment); null when the bytes are no such store. */
export function readBootEntries(bytes: readonly number[]): BootEntry[] | null {
  if (textAt(bytes, 0, 4) !== 'regf') return null;
  const objects = findKey(bytes, HEADER_BYTES + u32(bytes, 0x24), 'Objects');
  if (objects < 0) return null;
  const entries: BootEntry[] = [];
  const keys = subKeys(bytes, objects, 0);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    if (key === undefined || !/^\{[0-9a-f-]{36}\}$/i.test(key.name)) continue;
    const description = findKey(bytes, key.at, 'Description');
    const elements = findKey(bytes, key.at, 'Elements');
    const type = description < 0 ? null : readValue(bytes, description, 'Type');
    if (elements < 0 || type === null || u32(type, 0) !== WINDOWS_LOADER) continue;
    const isPe = elementOf(bytes, elements, '26000022');
    if (isPe !== null && (isPe[0] || 0) !== 0) continue;
    entries.push({ id: key.name.toLowerCase(), hasSafeBoot: elementOf(bytes, elements, '25000080') !== null });
  }
  return entries;
}

function elementOf(bytes: readonly number[], elements: number, type: string): number[] | null {
  const key = findKey(bytes, elements, type);
  return key < 0 ? null : readValue(bytes, key, 'Element');
}

/** @returns Where the key of that name begins, or -1. */
function findKey(bytes: readonly number[], parent: number, name: string): number {
  const keys = subKeys(bytes, parent, 0);
  for (let i = 0; i < keys.length; i++) if (keys[i]?.name.toLowerCase() === name.toLowerCase()) return keys[i]?.at || -1;
  return -1;
}

/** A cell begins with its size; `at` is where its content does. */
function subKeys(bytes: readonly number[], cell: number, depth: number): Key[] {
  const at = cell + 4;
  if (textAt(bytes, at, 2) !== 'nk' || u32(bytes, at + 0x14) === 0) return [];
  return listedKeys(bytes, HEADER_BYTES + u32(bytes, at + 0x1c), depth);
}

function listedKeys(bytes: readonly number[], cell: number, depth: number): Key[] {
  const at = cell + 4;
  const kind = textAt(bytes, at, 2);
  const count = u16(bytes, at + 2);
  const step = kind === 'lf' || kind === 'lh' ? 8 : 4;
  let keys: Key[] = [];
  if ((step === 4 && kind !== 'li' && kind !== 'ri') || depth > DEEPEST) return keys;
  for (let i = 0; i < count && keys.length < MOST_KEYS && i < MOST_KEYS; i++) {
    const child = HEADER_BYTES + u32(bytes, at + 4 + step * i);
    if (kind === 'ri') keys = keys.concat(listedKeys(bytes, child, depth + 1));
    else if (textAt(bytes, child + 4, 2) === 'nk') keys.push({ at: child, name: nameAt(bytes, child + 4 + 0x4c, u16(bytes, child + 4 + 0x48), (u16(bytes, child + 4 + 2) & 0x20) !== 0) });
  }
  return keys;
}

function readValue(bytes: readonly number[], key: number, name: string): number[] | null {
  const at = key + 4;
  const count = u32(bytes, at + 0x24);
  const list = HEADER_BYTES + u32(bytes, at + 0x28) + 4;
  for (let i = 0; i < count && i < 64; i++) {
    const value = HEADER_BYTES + u32(bytes, list + 4 * i) + 4;
    if (textAt(bytes, value, 2) !== 'vk') continue;
    if (nameAt(bytes, value + 0x14, u16(bytes, value + 2), (u16(bytes, value + 0x10) & 1) !== 0).toLowerCase() !== name.toLowerCase()) continue;
    const size = u32(bytes, value + 4);
    // The highest bit: the data stands where its place would.
    return size >= 0x80000000 ? bytes.slice(value + 8, value + 8 + (size - 0x80000000)) : bytes.slice(HEADER_BYTES + u32(bytes, value + 8) + 4, HEADER_BYTES + u32(bytes, value + 8) + 4 + size);
  }
  return null;
}

function nameAt(bytes: readonly number[], at: number, length: number, isNarrow: boolean): string {
  if (isNarrow) return textAt(bytes, at, length);
  let text = '';
  for (let i = 0; i + 1 < length; i += 2) text += String.fromCharCode(u16(bytes, at + i));
  return text;
}

function textAt(bytes: readonly number[], at: number, length: number): string {
  let text = '';
  for (let i = 0; i < length; i++) text += String.fromCharCode(bytes[at + i] || 0);
  return text;
}

function u16(bytes: readonly number[], at: number): number {
  return (bytes[at] || 0) + 256 * (bytes[at + 1] || 0);
}

function u32(bytes: readonly number[], at: number): number {
  return u16(bytes, at) + 65536 * u16(bytes, at + 2);
}
