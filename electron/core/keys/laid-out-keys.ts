// The keys of a run as the store takes them: columns in the order their records will have, host after host, and their IDs once more in an order of their own.
// It is done where a file is read: whoever stores them then copies whole pages.
import { FINGERPRINT_BYTES } from './keyed-fingerprint.ts';
import { leadingBits, sortedBy } from './order.ts';
import { numbersAsText } from './packed-cells.ts';
import { ID_BYTES, PASSWORD_BYTES } from './packed-values.ts';

/** Columns of keys as they were read; the n-th entries of all belong together, and there may be room for more. `passwords` is secret. */
export interface ReadKeys {
  readonly count: number;
  /** 16 bytes as people read them; meaningless where `hasId` is 0. */
  readonly ids: Uint8Array<ArrayBuffer>;
  readonly hasId: Uint8Array<ArrayBuffer>;
  readonly passwords: Uint8Array<ArrayBuffer>;
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

/** The same in the order of their hosts, those without first; of one host in the order in which they were read. */
export interface StagedKeys extends ReadKeys {
  readonly fingerprints: Uint8Array<ArrayBuffer>;
  /** `sourceRows` as the store takes them (packed-cells.ts). */
  readonly rowsAsText: Uint8Array<ArrayBuffer>;
  /** Of keys with an ID, in the order of these; of equal ones in the order in which they were read. */
  readonly byId: ById;
}

/** `indices` among the keys, once more as text, and the IDs themselves: the n-th entries of all belong together. */
export interface ById { readonly indices: Uint32Array<ArrayBuffer>; readonly indicesAsText: Uint8Array<ArrayBuffer>; readonly ids: Uint8Array<ArrayBuffer> }

/**
 * Puts the keys of a run into the order of their records.
 *
 * @param read Its passwords are overwritten. @param hosts Indices of the staged hosts in the order in which they are stored. @param fingerprint Writes the fingerprint of a password, as `openFingerprints` gives it.
 * @returns `order`: of the keys as they were read.
 */
export function layOut(read: ReadKeys, hosts: Uint32Array, fingerprint: (passwords: Uint8Array, from: number, target: Uint8Array, to: number) => void): { readonly keys: StagedKeys; readonly order: Uint32Array<ArrayBuffer> } {
  const { count } = read;
  const placeOfHost = new Uint32Array(hosts.length);
  hosts.forEach((host, place) => { placeOfHost[host] = place + 1; });
  const places = new Uint32Array(count);
  for (let n = 0; n < count; n += 1) places[n] = placeOfHost[read.hosts[n] ?? -1] ?? 0;
  const order = sortedBy(places);
  const indexOf = new Uint32Array(count);
  const [ids, passwords, fingerprints] = [new Uint8Array(count * ID_BYTES), new Uint8Array(count * PASSWORD_BYTES), new Uint8Array(count * FINGERPRINT_BYTES)];
  const [idsRead, idsLaid, passwordsRead, passwordsLaid] = [wordsOf(read.ids), wordsOf(ids), wordsOf(read.passwords), wordsOf(passwords)];
  const [hasId, sourceRows, hostsOf] = [new Uint8Array(count), new Uint32Array(count), new Int32Array(count)];
  for (let index = 0; index < count; index += 1) {
    const n = order[index] ?? 0;
    indexOf[n] = index;
    copyEntry(idsRead, n, idsLaid, index);
    copyEntry(passwordsRead, n, passwordsLaid, index);
    hasId[index] = read.hasId[n] ?? 0;
    sourceRows[index] = read.sourceRows[n] ?? 0;
    hostsOf[index] = read.hosts[n] ?? -1;
    fingerprint(passwords, index * PASSWORD_BYTES, fingerprints, index * FINGERPRINT_BYTES);
  }
  const moved = (facts: Map<number, string>): Map<number, string> => new Map(Array.from(facts, ([n, fact]) => [indexOf[n] ?? -1, fact]));
  const keys = {
    count, ids, hasId, passwords, fingerprints, sourceRows, hosts: hostsOf, rowsAsText: numbersAsText(sourceRows), byId: layOutById(read, indexOf),
    createdAt: moved(read.createdAt), volumeId: moved(read.volumeId), drive: moved(read.drive), entraDeviceId: moved(read.entraDeviceId),
  };
  read.passwords.fill(0);
  return { keys, order };
}

/** @param indexOf Key as it was read → its index. */
function layOutById(read: ReadKeys, indexOf: Uint32Array): ById {
  const all = sortedBy(leadingBits(read.ids, read.count));
  const sorted = read.hasId.subarray(0, read.count).includes(0) ? all.filter((n) => read.hasId[n] === 1) : all;
  const [indices, ids] = [new Uint32Array(sorted.length), new Uint8Array(sorted.length * ID_BYTES)];
  const [idsRead, idsLaid] = [wordsOf(read.ids), wordsOf(ids)];
  for (let place = 0; place < sorted.length; place += 1) {
    const n = sorted[place] ?? 0;
    indices[place] = indexOf[n] ?? 0;
    copyEntry(idsRead, n, idsLaid, place);
  }
  return { indices, indicesAsText: numbersAsText(indices), ids };
}

const wordsOf = (bytes: Uint8Array<ArrayBuffer>): Uint32Array<ArrayBuffer> => new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);

/** The sixteen bytes of one entry, by words. */
function copyEntry(from: Uint32Array, entry: number, to: Uint32Array, place: number): void {
  for (let word = 0; word < 4; word += 1) to[4 * place + word] = from[4 * entry + word] ?? 0;
}
