// The order in which the keys of a run go into the store.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openFingerprints } from '../../../electron/core/keys/keyed-fingerprint.ts';
import { layOut, type ReadKeys } from '../../../electron/core/keys/laid-out-keys.ts';
import { numbersOfRows } from '../../../electron/core/keys/packed-cells.ts';

const KEY = new Uint8Array(32).fill(3);
const HOSTS = 5;
interface One { readonly host: number; readonly id: number | null; readonly row: number; readonly password: number; readonly drive: boolean }
const one: fc.Arbitrary<One> = fc.record({ host: fc.integer({ min: -1, max: HOSTS - 1 }), id: fc.option(fc.integer({ min: 0, max: 0xffff_ffff })), row: fc.integer({ min: 1, max: 0xffff_ffff }), password: fc.integer({ min: 0, max: 255 }), drive: fc.boolean() });

test('keys of a run stand host after host and as they were read, with all that belongs to each, and their IDs once more in an order of their own', () => {
  fc.assert(fc.property(fc.oneof(fc.array(one, { maxLength: 30 }), fc.array(one, { minLength: 2000, maxLength: 2100 })), fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: HOSTS }), fc.nat(3), (given, hosts, room) => {
    const read = asColumns(given, room);
    const { keys, order } = layOut(read, Uint32Array.from(hosts), openFingerprints(KEY));
    const place = ({ host }: One): number => (host === -1 ? -1 : hosts.indexOf(host));
    const expected = given.map((key, n) => ({ key, n })).toSorted((a, b) => place(a.key) - place(b.key) || a.n - b.n);
    expect(Array.from(order)).toEqual(expected.map(({ n }) => n));

    const fingerprint = openFingerprints(KEY);
    expect(Array.from({ length: keys.count }, (_, at) => ({
      host: keys.hosts[at], row: keys.sourceRows[at], rowAsText: Number(numbersOfRows(keys.rowsAsText, at, at + 1).toString()), hasId: keys.hasId[at], id: hex(keys.ids, at), secret: hex(keys.passwords, at), fingerprint: hex(keys.fingerprints, at), drive: keys.drive.get(at) ?? null,
    }))).toEqual(expected.map(({ key }) => {
      const { ids, passwords } = asColumns([key]);
      const itsFingerprint = new Uint8Array(16);
      fingerprint(passwords, 0, itsFingerprint, 0);
      return { host: key.host, row: key.row, rowAsText: key.row, hasId: key.id === null ? 0 : 1, id: hex(ids, 0), secret: hex(passwords, 0), fingerprint: hex(itsFingerprint, 0), drive: key.drive ? `drive of ${key.row}` : null };
    }));

    const { byId } = keys;
    expect(Array.from(byId.indices, (_, at) => [hex(byId.ids, at), Number(numbersOfRows(byId.indicesAsText, at, at + 1).toString())])).toEqual(Array.from(byId.indices, (index) => [hex(keys.ids, index), index]));
    const withId = expected.map(({ key, n }, index) => ({ key, n, index })).filter(({ key }) => key.id !== null);
    const leading = ({ id }: One): number => (id ?? 0) >>> 16;
    expect(Array.from(byId.indices)).toEqual(withId.toSorted((a, b) => leading(a.key) - leading(b.key) || a.n - b.n).map(({ index }) => index));
    expect(read.passwords.every((byte) => byte === 0)).toBe(true); // what was read is not left behind
  }), { numRuns: 100 });
});

/** @param room For further keys. */
function asColumns(given: readonly One[], room = 0): ReadKeys {
  const size = given.length + room;
  const keys = { count: given.length, ids: new Uint8Array(16 * size), hasId: new Uint8Array(size), passwords: new Uint8Array(16 * size), sourceRows: new Uint32Array(size), hosts: new Int32Array(size), createdAt: new Map<number, string>(), volumeId: new Map<number, string>(), drive: new Map<number, string>(), entraDeviceId: new Map<number, string>() };
  given.forEach(({ host, id, row, password, drive }, n) => {
    new DataView(keys.ids.buffer).setUint32(16 * n, id ?? 0);
    keys.ids[16 * n + 15] = id === null ? 0 : 9;
    keys.hasId[n] = id === null ? 0 : 1;
    keys.passwords.fill(password, 16 * n, 16 * n + 16);
    keys.sourceRows[n] = row;
    keys.hosts[n] = host;
    if (drive) keys.drive.set(n, `drive of ${row}`);
  });
  return keys;
}

const hex = (column: Uint8Array, at: number): string => Buffer.from(column.subarray(16 * at, 16 * at + 16)).toString('hex');
