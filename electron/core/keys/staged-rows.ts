// Rows of an import between file and store. They are stored in runs of up to 262,144, because a run can be sorted: filled in sorted order, the indices of
// hosts and key IDs are written page by page; in the order of a file nearly every row would rewrite, and encrypt, a page of its own.
// A run is plain columns of bytes, so that another thread can read a file and hand it over without a copy.
import type { HostFacts, HostRow, KeyRow, RejectedRow } from '../../formats/intake/intake.ts';
import type { HostId } from '../../formats/intake/host-ids.ts';
import { mergeFacts, type SaidAt } from '../hosts/newest-facts.ts';
import { FINGERPRINT_BYTES, openFingerprints } from './keyed-fingerprint.ts';

export const RUN_ROWS = 2 ** 18;
/** A host takes a kilobyte until it is stored, a key a tenth of that. */
const ROWS_OF_A_HOST = 4;
const FIRST_ROOM = 256;
const ID_BYTES = 16;
const PASSWORD_BYTES = 16;

/** An ID that a row of the file gives of a host; `host` is its index. */
export interface StagedHostId extends HostId { readonly host: number; readonly row: number }

/** Hosts a run speaks of, each once, in the order of the file. */
export interface StagedHosts {
  readonly facts: readonly HostFacts[];
  /** Where rows about one host were put together: when each of its facts was said. */
  readonly saidAt: readonly SaidAt[];
  /** Row that lists the host as such (not as the owner of a key); 0 when none does. */
  readonly listedRow: readonly number[];
  /** Whether that row says, or does not deny, that the host is down. */
  readonly reported: readonly boolean[];
  /** Each once. */
  readonly ids: readonly StagedHostId[];
}

/** Columns of staged keys; the n-th entries of all belong together. `passwords` is secret. */
export interface StagedKeys {
  readonly count: number;
  /** 16 bytes as people read them; meaningless where `hasId` is 0. */
  readonly ids: Uint8Array<ArrayBuffer>;
  readonly hasId: Uint8Array<ArrayBuffer>;
  readonly passwords: Uint8Array<ArrayBuffer>;
  readonly fingerprints: Uint8Array<ArrayBuffer>;
  readonly sourceRows: Uint32Array<ArrayBuffer>;
  /** Index in StagedHosts, -1 for none. */
  readonly hosts: Int32Array<ArrayBuffer>;
  /** What few files say, by index. */
  readonly createdAt: Map<number, string>;
  readonly volumeId: Map<number, string>;
  readonly drive: Map<number, string>;
  /** Of keys without a host. */
  readonly entraDeviceId: Map<number, string>;
}

export interface StagedRun {
  readonly keys: StagedKeys;
  readonly hosts: StagedHosts;
  readonly rejections: readonly RejectedRow[];
  /** Host rows that say again what an earlier row of this run said. */
  readonly repeatedHostRows: number;
}

export interface Staging {
  /** How full a run is: rows, hosts counted fourfold. */
  readonly rows: number;
  addKey(row: KeyRow): void;
  /** @param isInventory The list is of all hosts there are: it says nobody is down, unless a row says so itself. */
  addHost(row: HostRow, isInventory?: boolean): void;
  addRejection(row: RejectedRow): void;
  /** @returns What was added since; whoever takes it overwrites the passwords in the end. */
  take(): StagedRun;
}

/** @param key Of fingerprints; secret. */
export function openStaging(key: Uint8Array): Staging {
  const fingerprint = openFingerprints(key);
  let keys = openKeys();
  let indexOf = new Map<string, number>();
  let facts: HostFacts[] = [];
  let saidAt: SaidAt[] = [];
  let listedRow: number[] = [];
  let reported: boolean[] = [];
  let ids: StagedHostId[] = [];
  let knownIds = new Set<string>();
  let rejections: RejectedRow[] = [];
  let repeatedHostRows = 0;

  function hostIndex(host: HostFacts, row: number): number {
    const index = indexOfHost(host);
    if (host.ids.length > 0) noteIds(index, host.ids, row);
    return index;
  }

  /** Of rows that contradict each other the newest counts; the IDs are those of all. */
  function noteIds(host: number, given: readonly HostId[], row: number): void {
    for (const { kind, value } of given) {
      const name = `${host} ${kind} ${value}`;
      if (knownIds.has(name)) continue;
      knownIds.add(name);
      ids.push({ host, kind, value, row });
    }
  }

  function indexOfHost(host: HostFacts): number {
    const known = indexOf.get(host.hostname);
    const before = known === undefined ? undefined : facts[known];
    if (known !== undefined && before !== undefined) {
      const merged = mergeFacts(before, saidAt[known] ?? null, host, null);
      if (merged !== null) {
        facts[known] = merged.facts;
        saidAt[known] = merged.saidAt;
      }
      return known;
    }
    const index = facts.length;
    indexOf.set(host.hostname, index);
    facts.push(host);
    saidAt.push(null);
    listedRow.push(0);
    reported.push(false);
    return index;
  }

  return {
    get rows() { return Math.max(keys.count, ROWS_OF_A_HOST * facts.length, rejections.length); },
    addKey(row) {
      if (keys.count === keys.hasId.length) keys = grown(keys);
      const at = keys.count;
      keys.count += 1;
      keys.hasId[at] = row.keyProtectorId === null ? 0 : 1;
      if (row.keyProtectorId !== null) writeId(row.keyProtectorId, keys.ids, at * ID_BYTES);
      writePassword(row.recoveryPassword, keys.passwords, at * PASSWORD_BYTES);
      keys.sourceRows[at] = row.row;
      keys.hosts[at] = row.host === null ? -1 : hostIndex(row.host, row.row);
      if (row.createdAt !== null) keys.createdAt.set(at, row.createdAt);
      if (row.volumeId !== null) keys.volumeId.set(at, row.volumeId);
      if (row.drive !== null) keys.drive.set(at, row.drive);
      if (row.host === null && row.entraDeviceId !== null) keys.entraDeviceId.set(at, row.entraDeviceId);
    },
    addHost({ row, host }, isInventory = false) {
      const index = hostIndex(host, row);
      const isReport = isInventory ? host.affected === true : host.affected !== false;
      const isListed = listedRow[index] !== 0;
      if (isListed) repeatedHostRows += 1;
      if (isListed && (reported[index] === true || !isReport)) return;
      listedRow[index] = row;
      reported[index] = isReport;
    },
    addRejection(row) { rejections.push(row); },
    take() {
      const fingerprints = new Uint8Array(keys.count * FINGERPRINT_BYTES);
      for (let index = 0; index < keys.count; index += 1) fingerprint(keys.passwords, index * PASSWORD_BYTES, fingerprints, index * FINGERPRINT_BYTES);
      const run: StagedRun = { keys: { ...keys, fingerprints }, hosts: { facts, saidAt, listedRow, reported, ids }, rejections, repeatedHostRows };
      keys = openKeys();
      indexOf = new Map();
      facts = [];
      saidAt = [];
      listedRow = [];
      reported = [];
      ids = [];
      knownIds = new Set();
      rejections = [];
      repeatedHostRows = 0;
      return run;
    },
  };
}

type OpenKeys = { -readonly [K in keyof Omit<StagedKeys, 'fingerprints'>]: StagedKeys[K] };

const openKeys = (): OpenKeys => ({
  count: 0, ids: new Uint8Array(0), hasId: new Uint8Array(0), passwords: new Uint8Array(0), sourceRows: new Uint32Array(0), hosts: new Int32Array(0),
  createdAt: new Map(), volumeId: new Map(), drive: new Map(), entraDeviceId: new Map(),
});

/** Doubles the room: most files are small. */
function grown(keys: OpenKeys): OpenKeys {
  const room = Math.max(FIRST_ROOM, keys.hasId.length * 2);
  const next: OpenKeys = { ...keys, ids: new Uint8Array(room * ID_BYTES), hasId: new Uint8Array(room), passwords: new Uint8Array(room * PASSWORD_BYTES), sourceRows: new Uint32Array(room), hosts: new Int32Array(room) };
  next.ids.set(keys.ids);
  next.hasId.set(keys.hasId);
  next.passwords.set(keys.passwords);
  next.sourceRows.set(keys.sourceRows);
  next.hosts.set(keys.hosts);
  keys.passwords.fill(0);
  return next;
}

export const FILLABLE = [
  'dnsName', 'domain', 'organizationalUnit', 'site', 'operatingSystem', 'maker', 'model', 'serialNumber', 'assetTag', 'userName', 'entraDeviceId', 'lastSeenAt',
] as const satisfies readonly (keyof HostFacts)[];

/** Canonical key protector ID → 16 bytes in the order people read, which sorts as the text does. */
export function writeId(id: string, target: Uint8Array, at: number): void {
  let to = at;
  for (let i = 0; i < 36; i += 2) {
    if (id.charCodeAt(i) === HYPHEN) i += 1;
    target[to] = (hexValue(id.charCodeAt(i)) << 4) | hexValue(id.charCodeAt(i + 1));
    to += 1;
  }
}

/** Canonical recovery password → the eight numbers behind its groups, 16-bit little-endian. */
function writePassword(text: string, target: Uint8Array, at: number): void {
  for (let group = 0; group < 8; group += 1) {
    let number = 0;
    for (let i = group * 7; i < group * 7 + 6; i += 1) number = number * 10 + text.charCodeAt(i) - ZERO;
    number /= 11;
    target[at + 2 * group] = number & 0xff;
    target[at + 2 * group + 1] = number >> 8;
  }
}

const HYPHEN = 0x2d;
const ZERO = 0x30;
const hexValue = (code: number): number => (code < 0x41 ? code - ZERO : code - 0x37);
