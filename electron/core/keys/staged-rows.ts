// Rows of an import between file and store. They are stored in runs of up to 262,144, because a run can be sorted: filled in sorted order, the indices of
// hosts and key IDs are written page by page; in the order of a file nearly every row would rewrite, and encrypt, a page of its own.
// A run is plain columns of bytes, so that another thread can read a file and hand it over without a copy.
import type { AlikeKeys, HostRow, KeyRow, LapsRow, ListedKeyRow, RejectedRow } from '../../formats/intake/intake.ts';
import { VALUE_BYTES } from '../../formats/intake/alike-keys.ts';
import { openLapsStaging, type StagedLaps } from '../laps/staged-laps.ts';
import { openFingerprints } from './keyed-fingerprint.ts';
import { layOut, type ReadKeys, type StagedKeys } from './laid-out-keys.ts';
import { ID_BYTES, PASSWORD_BYTES, writeId, writePassword } from './packed-values.ts';
import { ownText } from './own-text.ts';
import { openHostStaging, type StagedHosts } from './staged-hosts.ts';

export const RUN_ROWS = 2 ** 18;
/** A host takes a kilobyte until it is stored, a key a tenth of that; storing one takes as much longer. */
const ROWS_OF_A_HOST = 4;
const FIRST_ROOM = 256;

/** A key that a list names without its recovery password. `host`: index in StagedHosts, -1 for none. */
export interface StagedListedKey { readonly row: number; readonly id: Uint8Array; readonly host: number; readonly entraDeviceId: string | null; readonly createdAt: string | null; /** Its row counts as rejected. */ readonly rejected: boolean }

export interface StagedRun {
  readonly keys: StagedKeys;
  readonly hosts: StagedHosts;
  readonly laps: readonly StagedLaps[];
  readonly listed: readonly StagedListedKey[];
  readonly rejections: readonly RejectedRow[];
  /** Host rows that say again what an earlier row of this run said. */
  readonly repeatedHostRows: number;
  /** Where the rows of several small files make one run (small-files.ts): which file each is from, by its index. */
  readonly files?: { readonly ofKeys: Uint32Array<ArrayBuffer>; readonly ofHosts: Uint32Array<ArrayBuffer>; readonly ofListed: Uint32Array<ArrayBuffer>; readonly ofRejections: Uint32Array<ArrayBuffer> };
}

/** How full a run is: rows, hosts counted fourfold. */
const roomOf = ({ keys, hosts, listed, rejections }: Pick<StagedRun, 'listed' | 'rejections'> & { readonly keys: { readonly count: number }; readonly hosts: { readonly count: number } }): number =>
  Math.max(keys.count, ROWS_OF_A_HOST * hosts.count, rejections.length, listed.length);

export interface Staging {
  /** As `roomOf` counts them. */
  readonly rows: number;
  addKey(row: KeyRow): void;
  /** Adds the n-th of keys that are alike. */
  addAlike(keys: AlikeKeys, n: number): void;
  /** @param isInventory The list is of all hosts there are: it says nobody is down, unless a row says so itself. */
  addHost(row: HostRow, isInventory?: boolean): void;
  addLaps(row: LapsRow): void;
  addListedKey(row: ListedKeyRow): void;
  addRejection(row: RejectedRow): void;
  /** @returns What was added since; whoever takes it overwrites the passwords in the end. `order`: of the keys as they were added. */
  take(): { readonly run: StagedRun; readonly order: Uint32Array<ArrayBuffer> };
}

/** @param key Of fingerprints; secret. */
export function openStaging(key: Uint8Array): Staging {
  const fingerprint = openFingerprints(key);
  const stageLaps = openLapsStaging(key);
  let keys = openKeys();
  /** Most files are small; what follows a run is mostly as large. */
  let roomWanted = FIRST_ROOM;
  const hosts = openHostStaging();
  let laps: StagedLaps[] = [];
  let listed: StagedListedKey[] = [];
  let rejections: RejectedRow[] = [];

  /** All that a key says but its two values. @returns Its index. */
  function addFacts(key: KeyRow, row: number): number {
    if (keys.count === keys.hasId.length) keys = grown(keys, Math.max(roomWanted, 2 * keys.count));
    const at = keys.count;
    keys.count += 1;
    keys.hasId[at] = key.keyProtectorId === null ? 0 : 1;
    keys.sourceRows[at] = row;
    keys.hosts[at] = key.host === null ? -1 : hosts.note(key.host, row);
    if (key.createdAt !== null) keys.createdAt.set(at, ownText(key.createdAt));
    if (key.volumeId !== null) keys.volumeId.set(at, ownText(key.volumeId));
    if (key.drive !== null) keys.drive.set(at, key.drive);
    if (key.host === null && key.entraDeviceId !== null) keys.entraDeviceId.set(at, ownText(key.entraDeviceId));
    return at;
  }

  return {
    get rows() { return roomOf({ keys, hosts, listed, rejections }); },
    addKey(row) {
      const at = addFacts(row, row.row);
      if (row.keyProtectorId !== null) writeId(row.keyProtectorId, keys.ids, at * ID_BYTES);
      writePassword(row.recoveryPassword, keys.passwords, at * PASSWORD_BYTES);
    },
    addAlike({ row, like, values, at: first }, n) {
      const at = addFacts(like, row + n);
      const from = first + n * VALUE_BYTES;
      for (let byte = 0; byte < ID_BYTES; byte += 1) keys.ids[at * ID_BYTES + byte] = values[from + byte] ?? 0;
      for (let byte = 0; byte < PASSWORD_BYTES; byte += 1) keys.passwords[at * PASSWORD_BYTES + byte] = values[from + ID_BYTES + byte] ?? 0;
    },
    addHost(row, isInventory = false) { hosts.list(row, isInventory); },
    addLaps(row) { laps.push(...stageLaps(row, hosts.note(row.host, row.row))); },
    addListedKey({ row, keyProtectorId, host, entraDeviceId, createdAt, rejected = false }) {
      const id = new Uint8Array(ID_BYTES);
      writeId(keyProtectorId, id, 0);
      listed.push({ row, id, host: host === null ? -1 : hosts.note(host, row), entraDeviceId, createdAt, rejected });
    },
    addRejection({ host, ...row }) {
      if (host !== undefined) hosts.note(host, row.row);
      rejections.push(row);
    },
    take() {
      const { hosts: staged, repeatedRows } = hosts.take();
      const { keys: laidOut, order } = layOut(keys, staged.order, fingerprint);
      const run: StagedRun = { keys: laidOut, hosts: staged, laps, listed, rejections, repeatedHostRows: repeatedRows };
      roomWanted = Math.max(FIRST_ROOM, keys.count);
      keys = openKeys();
      laps = [];
      listed = [];
      rejections = [];
      return { run, order };
    },
  };
}

type OpenKeys = { -readonly [K in keyof ReadKeys]: ReadKeys[K] };

const openKeys = (): OpenKeys => ({
  count: 0, ids: new Uint8Array(0), hasId: new Uint8Array(0), passwords: new Uint8Array(0), sourceRows: new Uint32Array(0), hosts: new Int32Array(0),
  createdAt: new Map(), volumeId: new Map(), drive: new Map(), entraDeviceId: new Map(),
});

function grown(keys: OpenKeys, room: number): OpenKeys {
  const next: OpenKeys = { ...keys, ids: new Uint8Array(room * ID_BYTES), hasId: new Uint8Array(room), passwords: new Uint8Array(room * PASSWORD_BYTES), sourceRows: new Uint32Array(room), hosts: new Int32Array(room) };
  next.ids.set(keys.ids);
  next.hasId.set(keys.hasId);
  next.passwords.set(keys.passwords);
  next.sourceRows.set(keys.sourceRows);
  next.hosts.set(keys.hosts);
  keys.passwords.fill(0);
  return next;
}
