// Reads NTFS as far as a recipe needs it: a folder by its path, its files with size and time, and their first bytes. Read-only; compressed and encrypted data are refused by name.
import type { ReadAt } from '../fat/read.ts';
import { ATTRIBUTE, attributesOf, putRight, safe, unreadable, utf16, type Attribute, type Run } from './record.ts';

export interface NtfsEntry { readonly name: string; readonly isFolder: boolean; /** Number of its record. */ readonly record: number }
export interface NtfsFile { readonly sizeBytes: number; /** Milliseconds since 1970 UTC: NTFS keeps UTC. */ readonly modifiedAtMs: number; readonly head: Uint8Array }

/** An open file system. Damage is AppError `volume-unreadable`. */
export interface NtfsVolume {
  /** @param path Names joined by `\`, in any case. @returns Its entries by name; null when there is no such folder. */
  list(path: string): Promise<readonly NtfsEntry[] | null>;
  /** @returns Size and time of a file, and its first bytes, at most `count`. AppError `volume-unreadable` with `reason` `compressed` or `encrypted`, unless none are asked for. */
  look(entry: NtfsEntry, count: number): Promise<NtfsFile>;
}

interface Layout { readonly cluster: number; readonly record: number; readonly offset: number; readonly mft: number; readonly clusters: number }

const ROOT = 5;
const MOST_RECORD = 64 * 1024;
const MOST_ENTRIES = 1_000_000;
const MOST_BLOCKS = 1_000_000;
const DOS_NAME = 2;
const FOLDER = 0x1000_0000;
/** Of an attribute that is spread over records. */
const MOST_LIST = 1024 * 1024;
const EPOCH_MS = 11_644_473_600_000;
/** IO_REPARSE_TAG_WOF: Windows keeps the bytes of a system file packed in a stream of another name, and zeros where they are read for. */
const PACKED_BY_WINDOWS = 0x8000_0017;

/** @returns Whether a partition begins as NTFS does, or as a volume that BitLocker has locked. */
export async function sniffNtfs(readAt: ReadAt, partition: number): Promise<'ntfs' | 'locked' | null> {
  const name = String.fromCharCode(...(await readAt(partition, 11)).subarray(3, 11));
  return name === 'NTFS    ' ? 'ntfs' : name === '-FVE-FS-' ? 'locked' : null;
}

/** @param readAt Untrusted bytes. @param partition Where it begins, in bytes. AppError `volume-unreadable`. */
export async function openNtfs(readAt: ReadAt, partition: number): Promise<NtfsVolume> {
  const layout = readLayout(await readAt(partition, 512), partition);
  const first = await readRecordAt(layout.offset + layout.mft * layout.cluster);
  const table = whole(first, ATTRIBUTE.data, '');
  if (table === null || table.content.kind !== 'runs') throw unreadable('damaged');
  const mftRuns = table.content.runs; // a table so scattered that its own record can not hold the runs is read as far as those go
  const records = new Map<number, readonly Attribute[]>();

  async function readRecordAt(offset: number): Promise<readonly Attribute[]> {
    const bytes = Uint8Array.from(await readAt(offset, layout.record));
    if (bytes.length !== layout.record) throw unreadable('damaged');
    return attributesOf(putRight(bytes, 'FILE'));
  }

  async function readRuns(runs: readonly Run[], from: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    let begins = 0;
    for (const { lcn, clusters } of runs) {
      const ends = begins + clusters * layout.cluster;
      const [start, stop] = [Math.max(from, begins), Math.min(from + length, ends)];
      if (start < stop && lcn !== null) {
        if (lcn + clusters > layout.clusters) throw unreadable('damaged');
        const part = await readAt(layout.offset + lcn * layout.cluster + start - begins, stop - start);
        if (part.length !== stop - start) throw unreadable('damaged');
        bytes.set(part, start - from);
      }
      if (ends >= from + length) return bytes;
      begins = ends;
    }
    throw unreadable('damaged');
  }

  /** With what is written in other records, when one did not suffice. */
  async function attributes(number: number): Promise<readonly Attribute[]> {
    const known = records.get(number);
    if (known !== undefined) return known;
    const own = await recordOf(number);
    const list = own.find(({ type }) => type === ATTRIBUTE.attributeList);
    const all = list === undefined ? own : [...own, ...await others(list, number)];
    if (records.size < 4096) records.set(number, all);
    return all;
  }
  const recordOf = async (number: number): Promise<readonly Attribute[]> => {
    const bytes = await readRuns(mftRuns, number * layout.record, layout.record);
    return attributesOf(putRight(bytes, 'FILE'));
  };
  async function others(list: Attribute, own: number): Promise<Attribute[]> {
    const bytes = await readContent(list, 0, MOST_LIST);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const numbers = new Set<number>();
    for (let at = 0; at + 26 <= view.byteLength;) {
      const length = view.getUint16(at + 4, true);
      if (length < 26) break;
      numbers.add(referenceAt(view, at + 16));
      at += length;
    }
    const found: Attribute[] = [];
    for (const number of numbers) if (number !== own) found.push(...await recordOf(number));
    return found;
  }

  /** At most `most` bytes from a place on; fewer at the end. */
  async function readContent({ content }: Attribute, from: number, most: number): Promise<Uint8Array> {
    if (content.kind === 'here') return content.bytes.subarray(from, from + most);
    const length = Math.max(0, Math.min(most, content.sizeBytes - from));
    const written = Math.max(0, Math.min(length, content.initialised - from));
    const bytes = new Uint8Array(length);
    if (written > 0) bytes.set(await readRuns(content.runs, from, written));
    return bytes;
  }

  async function listFolder(number: number): Promise<NtfsEntry[]> {
    const own = await attributes(number);
    const root = whole(own, ATTRIBUTE.indexRoot, '$I30');
    if (root === null || root.content.kind !== 'here' || root.content.bytes.length < 32) throw unreadable('damaged');
    const { bytes } = root.content;
    const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const blockBytes = head.getUint32(8, true);
    const blocks = whole(own, ATTRIBUTE.indexAllocation, '$I30');
    const entries = new Map<number, NtfsEntry[]>();
    const seen = new Set<number>();
    const waiting = node(head, 16, entries);
    for (let vcn = waiting.pop(); vcn !== undefined; vcn = waiting.pop()) {
      if (seen.has(vcn) || seen.size > MOST_BLOCKS || blocks === null || blockBytes < 512 || blockBytes > MOST_RECORD || blockBytes % 512 !== 0) throw unreadable('damaged');
      seen.add(vcn);
      const block = await readContent(blocks, vcn * (blockBytes < layout.cluster ? 512 : layout.cluster), blockBytes);
      if (block.length !== blockBytes) throw unreadable('damaged');
      waiting.push(...node(putRight(block, 'INDX'), 24, entries));
    }
    return [...entries.values()].flat().sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  async function folderAt(path: string): Promise<number | null> {
    let number = ROOT;
    for (const name of path.split('\\').filter((part) => part !== '')) {
      const entry = (await listFolder(number)).find((one) => one.isFolder && one.name.toLowerCase() === name.toLowerCase());
      if (entry === undefined) return null;
      number = entry.record;
    }
    return number;
  }

  return {
    async list(path) {
      const number = await folderAt(path);
      return number === null ? null : listFolder(number);
    },
    async look({ record }, count) {
      const own = await attributes(record);
      const times = whole(own, ATTRIBUTE.standardInformation, '');
      const data = whole(own, ATTRIBUTE.data, '');
      if (times === null || times.content.kind !== 'here' || times.content.bytes.length < 16 || data === null) throw unreadable('damaged');
      if (count > 0 && data.packed !== null) throw unreadable(data.packed);
      if (count > 0 && isPackedByWindows(whole(own, ATTRIBUTE.reparsePoint, ''))) throw unreadable('compressed');
      const { bytes } = times.content;
      const modified = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigUint64(8, true);
      return { sizeBytes: data.content.kind === 'here' ? data.content.bytes.length : data.content.sizeBytes, modifiedAtMs: Number(modified / 10_000n) - EPOCH_MS, head: Uint8Array.from(await readContent(data, 0, count)) };
    },
  };
}

function isPackedByWindows(reparse: Attribute | null): boolean {
  if (reparse === null || reparse.content.kind !== 'here' || reparse.content.bytes.length < 4) return false;
  const { bytes } = reparse.content;
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0, true) === PACKED_BY_WINDOWS;
}

function readLayout(boot: Uint8Array, offset: number): Layout {
  if (boot.length < 512) throw unreadable('damaged');
  const view = new DataView(boot.buffer, boot.byteOffset, boot.byteLength);
  const sector = view.getUint16(11, true);
  const perCluster = view.getUint8(13);
  const cluster = sector * (perCluster > 128 ? 1 << (256 - perCluster) : perCluster);
  const per = view.getInt8(64);
  const record = per > 0 ? per * cluster : 1 << -per;
  const isSize = (bytes: number, least: number, most: number): boolean => bytes >= least && bytes <= most && (bytes & (bytes - 1)) === 0;
  if (!isSize(sector, 512, 4096) || !isSize(cluster, sector, 2 * 1024 * 1024) || !isSize(record, 512, MOST_RECORD)) throw unreadable('damaged');
  return { cluster, record, offset, mft: safe(view.getBigUint64(48, true)), clusters: Math.ceil((safe(view.getBigUint64(40, true)) * sector) / cluster) + 1 };
}

/** Parts that stand in several records, joined in their order. */
function whole(all: readonly Attribute[], type: number, name: string): Attribute | null {
  const parts = all.filter((one) => one.type === type && one.name === name).sort((one, other) => one.firstVcn - other.firstVcn);
  const [first] = parts;
  if (first === undefined || first.content.kind === 'here') return first ?? null;
  const runs = parts.flatMap(({ content }) => (content.kind === 'runs' ? content.runs : []));
  return { ...first, content: { ...first.content, runs } };
}

/** Reads the entries of a node. @param header Where its header begins. @returns Blocks below it. */
function node(view: DataView, header: number, entries: Map<number, NtfsEntry[]>): number[] {
  const below: number[] = [];
  const end = header + view.getUint32(header + 4, true);
  if (end > view.byteLength) throw unreadable('damaged');
  for (let at = header + view.getUint32(header, true); at + 16 <= end;) {
    const [length, keyLength, flags] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true), view.getUint16(at + 12, true)];
    if (length < 16 || length % 8 !== 0 || at + length > end) throw unreadable('damaged');
    if ((flags & 1) !== 0) below.push(safe(view.getBigUint64(at + length - 8, true)));
    if ((flags & 2) !== 0) return below;
    if (keyLength < 66 || 16 + keyLength > length) throw unreadable('damaged');
    if (view.getUint8(at + 16 + 65) !== DOS_NAME) {
      const record = referenceAt(view, at);
      const entry = { name: utf16(view, at + 16 + 66, view.getUint8(at + 16 + 64)), isFolder: (view.getUint32(at + 16 + 56, true) & FOLDER) !== 0, record };
      entries.set(record, [...(entries.get(record) ?? []), entry]);
      if (entries.size > MOST_ENTRIES) throw unreadable('damaged');
    }
    at += length;
  }
  throw unreadable('damaged');
}

/** The upper 16 bits count how often a record was used anew. */
const referenceAt = (view: DataView, at: number): number => view.getUint32(at, true) + view.getUint16(at + 4, true) * 0x1_0000_0000;
