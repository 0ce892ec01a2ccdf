// Rows of an import between file and store. They are stored in runs of up to 262,144, because a run can be sorted: filled in sorted order, the indices of
// hosts and key IDs are written page by page; in the order of a file nearly every row would rewrite, and encrypt, a page of its own.
import type { HostFacts, HostRow, KeyRow, RejectedRow } from '../../formats/intake/intake.ts';

export const RUN_ROWS = 2 ** 18;
const ID_BYTES = 16;
const PASSWORD_BYTES = 16;
const FIRST_ROOM = 256;

/** Hosts a run speaks of, each once, in the order of the file. */
export interface StagedHosts {
  /** Normalised name → index in the lists. */
  readonly indexOf: Map<string, number>;
  readonly facts: HostFacts[];
  /** Row that lists the host as such (not as the owner of a key); 0 when none does. */
  readonly listedRow: number[];
  /** Whether that row says, or does not deny, that the host is down. */
  readonly reported: boolean[];
}

/** Columns of staged keys; the n-th row of each belongs together. `passwords` is secret. */
export interface StagedKeys {
  count: number;
  /** 16 bytes as people read them; meaningless where `hasId` is 0. */
  ids: Uint8Array;
  hasId: Uint8Array;
  passwords: Uint8Array;
  sourceRows: Uint32Array;
  /** Index in StagedHosts, -1 for none. */
  hosts: Int32Array;
  readonly createdAt: (string | null)[];
  readonly volumeId: (string | null)[];
  readonly drive: (string | null)[];
  /** Of keys without a host. */
  readonly entraDeviceId: Map<number, string>;
}

export interface StagedRows {
  readonly keys: StagedKeys;
  readonly hosts: StagedHosts;
  readonly rejections: RejectedRow[];
  /** Host rows that say again what an earlier row of this run said. */
  repeatedHostRows: number;
  readonly isFull: boolean;
  addKey(row: KeyRow): void;
  addHost(row: HostRow): void;
  addRejection(row: RejectedRow): void;
  /** Forgets everything and overwrites the passwords. */
  clear(): void;
}

/** @param runRows Rows after which a run is full, at most RUN_ROWS. */
export function openStagedRows(runRows = RUN_ROWS): StagedRows {
  const keys: StagedKeys = {
    count: 0, ids: new Uint8Array(0), hasId: new Uint8Array(0), passwords: new Uint8Array(0), sourceRows: new Uint32Array(0), hosts: new Int32Array(0),
    createdAt: [], volumeId: [], drive: [], entraDeviceId: new Map(),
  };
  const hosts: StagedHosts = { indexOf: new Map(), facts: [], listedRow: [], reported: [] };
  const rejections: RejectedRow[] = [];
  let repeatedHostRows = 0;

  function hostIndex(facts: HostFacts): number {
    const known = hosts.indexOf.get(facts.hostname);
    if (known !== undefined) {
      const before = hosts.facts[known];
      if (before !== undefined) hosts.facts[known] = fillFacts(before, facts);
      return known;
    }
    const index = hosts.facts.length;
    hosts.indexOf.set(facts.hostname, index);
    hosts.facts.push(facts);
    hosts.listedRow.push(0);
    hosts.reported.push(false);
    return index;
  }

  /** Doubles the room: most files are small. */
  function grow(): void {
    const room = Math.min(runRows, Math.max(FIRST_ROOM, keys.hasId.length * 2));
    const before = keys.passwords;
    keys.passwords = copied(before, new Uint8Array(room * PASSWORD_BYTES));
    before.fill(0);
    keys.ids = copied(keys.ids, new Uint8Array(room * ID_BYTES));
    keys.hasId = copied(keys.hasId, new Uint8Array(room));
    keys.sourceRows = copied(keys.sourceRows, new Uint32Array(room));
    keys.hosts = copied(keys.hosts, new Int32Array(room));
  }

  return {
    keys, hosts, rejections,
    get repeatedHostRows() { return repeatedHostRows; },
    get isFull() { return keys.count >= runRows || hosts.facts.length >= runRows || rejections.length >= runRows; },
    addKey(row) {
      const at = keys.count;
      if (at === keys.hasId.length) grow();
      keys.count += 1;
      keys.hasId[at] = row.keyProtectorId === null ? 0 : 1;
      if (row.keyProtectorId !== null) writeId(row.keyProtectorId, keys.ids, at * ID_BYTES);
      writePassword(row.recoveryPassword, keys.passwords, at * PASSWORD_BYTES);
      keys.sourceRows[at] = row.row;
      keys.hosts[at] = row.host === null ? -1 : hostIndex(row.host);
      keys.createdAt[at] = row.createdAt;
      keys.volumeId[at] = row.volumeId;
      keys.drive[at] = row.drive;
      if (row.host === null && row.entraDeviceId !== null) keys.entraDeviceId.set(at, row.entraDeviceId);
    },
    addHost({ row, host }) {
      const index = hostIndex(host);
      const isReport = host.affected !== false;
      if (hosts.listedRow[index] !== 0 && (hosts.reported[index] === true || !isReport)) {
        repeatedHostRows += 1;
        return;
      }
      if (hosts.listedRow[index] !== 0) repeatedHostRows += 1; // listed as not affected first, as affected now: one of the two rows is the one that counts
      hosts.listedRow[index] = row;
      hosts.reported[index] = isReport;
    },
    addRejection(row) { rejections.push(row); },
    clear() {
      keys.passwords.fill(0, 0, keys.count * PASSWORD_BYTES);
      keys.count = 0;
      for (const list of [keys.createdAt, keys.volumeId, keys.drive, hosts.facts, hosts.listedRow, hosts.reported, rejections]) list.length = 0;
      keys.entraDeviceId.clear();
      hosts.indexOf.clear();
      repeatedHostRows = 0;
    },
  };
}

function copied<T extends Uint8Array | Uint32Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** What was missing is taken from the later row; nothing is overwritten. */
function fillFacts(before: HostFacts, after: HostFacts): HostFacts {
  let filled: Record<string, unknown> | null = null;
  for (const field of FILLABLE) {
    if (before[field] === null && after[field] !== null) (filled ??= { ...before })[field] = after[field];
  }
  return filled === null ? before : (filled as HostFacts); // a copy of HostFacts with values of the same fields
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
