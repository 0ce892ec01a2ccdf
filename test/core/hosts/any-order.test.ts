import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Desk } from '../../../electron/core/desk.ts';
import { listSourcesOf } from '../../../electron/core/keys/key-sources.ts';
import { importText, idText, keptKeys, passwordText } from '../keys/import-desk.ts';
import { openTestDesk } from '../remediation/test-desk.ts';

const deviceOf = (n: number): string => `5EF0A1C2-0000-4000-9000-${String(n).padStart(12, '0')}`;
const objectOf = (n: number): string => `0B1EC700-0000-4000-A000-${String(n).padStart(12, '0')}`;
const small = (most: number): fc.Arbitrary<number> => fc.integer({ min: 1, max: most });
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });
const name = fc.tuple(small(3), fc.constantFrom((n: number) => `PC-${n}`, (n: number) => `CORP\\pc-${n}`, (n: number) => `Pc-${n}$`)).map(([n, spell]) => spell(n));
const hour = small(9).map((n) => `2024-07-18T0${n}:00:00Z`);
/** Two passwords for one ID contradict each other; one password never has two IDs. */
const key = fc.tuple(small(3), fc.boolean()).map(([id, other]) => ({ id, password: other ? id + 3 : id }));

interface Handover { readonly kind: string; readonly text: string }
const table = <T>(kind: string, header: string, row: fc.Arbitrary<T>, write: (row: T) => readonly (string | undefined)[]): fc.Arbitrary<Handover> =>
  fc.array(row, { minLength: 1, maxLength: 3 }).map((rows) => ({ kind, text: [header, ...rows.map((one) => write(one).map((cell) => cell ?? '').join(',')), ''].join('\r\n') }));

/** One kind of file each, with rows that may contradict each other and those of others: names that share a device, devices that share a name, two passwords for an ID, keys of two hosts. */
const handover = fc.oneof(
  table('intune.csv', 'Device ID,Device name,Microsoft Entra Device ID,Serial number,Last check-in,Model,Primary user UPN,OS version', fc.record({ name, device: maybe(small(3)), serial: maybe(small(3)), seen: maybe(hour), model: maybe(small(2)), user: maybe(small(2)), os: maybe(small(2)) }),
    ({ name: host, device, serial, seen, model, user, os }) => ['x', host, device === undefined ? undefined : deviceOf(device), serial === undefined ? undefined : `sn-00${serial}`, seen, model === undefined ? undefined : `M${model}`, user === undefined ? undefined : `u${user}`, os === undefined ? undefined : `Windows 1${os}`]),
  table('computers.csv', 'DNSHostName,Name,ObjectGUID,SamAccountName', fc.record({ n: small(3), domain: fc.constantFrom('corp', 'branch'), object: small(4) }), ({ n, domain, object }) => [`pc-${n}.${domain}.example`, `PC-${n}`, objectOf(object), `PC-${n}$`]),
  table('impacted.csv', 'cid,aid,ComputerName,LastSeen,CFVersion,LastSeenDelta,Details', fc.record({ name, down: fc.boolean() }), ({ name: host, down }) => ['c', 'a'.repeat(32), host, '2024-07-19 05:00:00', '30', '1', down ? 'CHECK: down' : 'OK: fine']),
  fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => ({ kind: 'down.txt', text: ['hostname', ...names, ''].join('\r\n') })),
  table('BitLockerKeys.csv', '"Hostname","KeyID","RecoveryKey","Directory"', fc.record({ host: maybe(name), withId: fc.boolean(), key }),
    ({ host, withId, key: { id, password } }) => [host, withId ? idText(id) : undefined, passwordText(password), 'ActiveDirectory'].map((cell) => `"${cell ?? ''}"`)),
  fc.array(fc.record({ key, device: small(3) }), { minLength: 1, maxLength: 3 }).map((keys) => ({
    kind: 'graph.json', text: JSON.stringify({ value: keys.map(({ key: { id, password }, device }) => ({ id: idText(id).toLowerCase(), createdDateTime: `2024-01-0${id}T03:04:05Z`, deviceId: deviceOf(device), volumeType: '1', key: passwordText(password) })) }),
  })),
);

const FACTS = 'last_seen_at, serial_number, entra_device_id, dns_name, domain, organizational_unit, site, operating_system, maker, model, asset_tag, user_name';

/** What a desk knows in the end. */
function outcome(desk: Desk): unknown {
  const records = desk.db.prepare<[], { id: number; created_at: string | null }>('SELECT key_record_id AS id, created_at FROM key_records ORDER BY key_record_id').all();
  return {
    hosts: desk.db.prepare(`SELECT hostname, state, blocked_reason, ${FACTS} FROM hosts ORDER BY hostname`).all(),
    ids: desk.db.prepare('SELECT hostname, kind, value FROM host_ids i JOIN hosts h USING (host_id) WHERE kind <> \'key-protector-id\' ORDER BY kind, value, hostname').all(),
    keys: keptKeys(desk).map(({ id, hostname, password, conflict }, at) => [
      id, hostname, password, conflict, records[at]?.created_at, listSourcesOf(desk.db, records[at]?.id ?? 0).map(({ source, sourceRow }) => `${source}:${sourceRow}`).toSorted(),
    ].join(' ')).toSorted(),
  };
}

describe('files in any order', () => {
  it('come to the same hosts, IDs, keys, sources and states, whatever in them contradicts each other', async () => {
    const files = fc.array(handover, { minLength: 2, maxLength: 5 }).map((all) => all.map((one, n) => ({ ...one, file: `${n}-${one.kind}` })));
    const orders = files.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })));
    await fc.assert(fc.asyncProperty(orders, async (both) => {
      const ends = [];
      for (const order of both) {
        const desk = openTestDesk();
        for (const { file, text } of order) await importText(desk, text, file);
        ends.push(outcome(desk));
        desk.db.close();
      }
      expect(ends[1]).toEqual(ends[0]);
    }), { numRuns: 100 });
  }, 120_000);
});
