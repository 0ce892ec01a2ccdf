// Whose a key is when sources name several hosts: of the hosts that share its device or were named as its owner, the one whose name comes first.
// That rule decides nothing about the hosts (a supervisor does, host-questions.ts); it makes the end the same in whatever order files come in.
import type { Database } from '../../store/database.ts';
import type { HostIdKind } from '../codes.ts';
import { formatKeyProtectorId } from '../keys/import-report.ts';
import { inSlices } from '../keys/slices.ts';
import { prepared } from '../keys/prepared.ts';

/** Hosts that got or lost a key record by what was found out about owners. */
export interface MovedKeys { readonly got: Set<number>; readonly lost: Set<number> }

/** A further row of a key record names a host, or a device and by it the host that has it; 0 when nobody has it. */
export interface NamedOwner { readonly keyRecordId: number; readonly hostId: number; readonly device: string | null; readonly row: number }

interface Owned { readonly record: number; readonly id: string; readonly fingerprint: Buffer; readonly host: number | null; readonly device: string | null; readonly file: number; readonly row: number }
const OWNED = 'SELECT k.key_record_id AS record, hex(k.key_protector_id) AS id, k.fingerprint, k.host_id AS host, k.entra_device_id AS device, k.import_file_id AS file, k.source_row AS row FROM key_records k';

/** Takes in whom further rows of an import name as owners of records. @param devices Of keys that came by them. @returns Yields between transactions. Rows: host_ids, key_records, key_record_sources. */
export function* settleOwners(db: Database, importFileId: number, owners: readonly NamedOwner[], devices: readonly string[], moved: MovedKeys): Generator<void> {
  if (owners.length === 0 && devices.length === 0) return;
  const write = openWriteHostId(db);
  const owner = openOwner(db, moved);
  const find = prepared<[number], Owned>(db, `${OWNED} WHERE k.key_record_id = ?`);
  const addDevice = prepared(db, 'INSERT OR IGNORE INTO key_devices VALUES (?, ?)');
  const setDevice = prepared(db, 'UPDATE key_records SET entra_device_id = ? WHERE key_record_id = ?');
  yield* inSlices(db, owners.length, (from, to) => {
    for (const { keyRecordId, hostId, device, row } of owners.slice(from, to)) {
      const before = find.get(keyRecordId);
      if (before === undefined) continue;
      const id = formatKeyProtectorId(before.id);
      if (device !== null) {
        if (before.device === null) setDevice.run(device, keyRecordId);
        else if (before.device !== device) addDevice.run(device, keyRecordId);
        owner.settle({ ...before, device: before.device ?? device });
      } else if (id !== null && before.host !== null && (before.host !== hostId || before.device !== null || owner.claims(before).length > 0)) {
        if (owner.claims(before).length === 0 && !owner.has(before, before.host)) write('key-protector-id', claimOf(id, before.fingerprint), before.host, before.file, before.row);
        write('key-protector-id', claimOf(id, before.fingerprint), hostId, importFileId, row);
        owner.settle(before);
      }
      else if (id !== null && hostId !== 0) owner.settle(before);
    }
  });
  yield* inSlices(db, devices.length, (from, to) => { for (const device of devices.slice(from, to)) owner.ofDevice(device); });
}

/** @returns Whether the host did not have it yet. */
function openWriteHostId(db: Database): (kind: HostIdKind, value: string, hostId: number, importFileId: number, row: number) => boolean {
  const insert = prepared(db, 'INSERT INTO host_ids VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING');
  const again = prepared(db, 'UPDATE host_ids SET last_file_id = ?, last_row = ? WHERE kind = ? AND value = ? AND host_id = ?');
  return (kind, value, hostId, importFileId, row) => {
    if (insert.run(kind, value, hostId, importFileId, row, importFileId, row).changes === 1) return true;
    again.run(importFileId, row, kind, value, hostId);
    return false;
  };
}

/** Of keys in conflict each has owners of its own: behind the ID stands the beginning of the store's fingerprint, which never leaves the store. */
const claimOf = (id: string, fingerprint: Uint8Array): string => `${id}/${claimMark(fingerprint)}`;
export const claimMark = (fingerprint: Uint8Array): string => Buffer.from(fingerprint.subarray(0, 4)).toString('hex');
/** What of a value people are shown. */
export const shownId = (kind: HostIdKind, value: string): string => (kind === 'key-protector-id' ? value.slice(0, 36) : value);

/** A record of the host that came without its ID turns out to be the same key: one record stays. One that was disclosed or is on media stays, too. */
function openAbsorb(db: Database, { lost }: MovedKeys): (keyRecordId: number, hostId: number, fingerprint: Buffer) => void {
  const twin = prepared<[Buffer, number], { id: number; file: number; row: number }>(db, 'SELECT key_record_id AS id, import_file_id AS file, source_row AS row FROM key_records WHERE key_protector_id IS NULL AND fingerprint = ? AND host_id = ?');
  const isNeeded = prepared<[{ record: number }], { n: number }>(db, 'SELECT EXISTS (SELECT 1 FROM disclosures WHERE key_record_id = @record) + EXISTS (SELECT 1 FROM media_members WHERE key_record_id = @record) + EXISTS (SELECT 1 FROM rotations WHERE key_record_id = @record OR evidence_key_record_id = @record) AS n');
  const note = prepared(db, 'INSERT OR IGNORE INTO key_record_sources (key_record_id, import_file_id, source_row) VALUES (?, ?, ?)');
  const passSources = prepared(db, 'INSERT OR IGNORE INTO key_record_sources SELECT ?, import_file_id, source_row FROM key_record_sources WHERE key_record_id = ?');
  const dropSources = prepared(db, 'DELETE FROM key_record_sources WHERE key_record_id = ?');
  const drop = prepared(db, 'DELETE FROM key_records WHERE key_record_id = ?');
  return (keyRecordId, hostId, fingerprint) => {
    const nameless = twin.get(fingerprint, hostId);
    if (nameless === undefined || isNeeded.get({ record: nameless.id })?.n !== 0) return;
    note.run(keyRecordId, nameless.file, nameless.row);
    passSources.run(keyRecordId, nameless.id);
    dropSources.run(nameless.id);
    drop.run(nameless.id);
    lost.add(hostId);
  };
}

export interface Owner {
  /** Hosts that rows named as the owner, where that is written down. */
  claims(record: Pick<Owned, 'id' | 'fingerprint'>): number[];
  /** Whether the host has a device of the key. */
  has(record: Pick<Owned, 'record' | 'device'>, hostId: number): boolean;
  /** Gives a record to whom it belongs by all that is known. `notNamed`: a host that has it by its device only, which it has no longer. */
  settle(record: Owned, notNamed?: number | null): void;
  ofDevice(device: string, notNamed?: number): void;
  /** `claim`: the value of an ID of the kind key protector ID. */
  ofKey(claim: string): void;
}

export function openOwner(db: Database, moved: MovedKeys): Owner {
  const holders = prepared<[string, string], { id: number; hostname: string }>(db, 'SELECT h.host_id AS id, h.hostname FROM host_ids i JOIN hosts h ON h.host_id = i.host_id WHERE i.kind = ? AND i.value = ?');
  const nameOf = prepared<[number], { id: number; hostname: string }>(db, 'SELECT host_id AS id, hostname FROM hosts WHERE host_id = ?');
  const ofDevice = prepared<[{ device: string }], Owned>(db, `${OWNED} WHERE k.entra_device_id = @device UNION ${OWNED} JOIN key_devices d ON d.key_record_id = k.key_record_id WHERE d.entra_device_id = @device`);
  const ofKey = prepared<[Buffer], Owned>(db, `${OWNED} JOIN key_ids i ON i.key_record_id = k.key_record_id AND i.key_protector_id = k.key_protector_id WHERE i.key_protector_id = ?`);
  const rivals = prepared<[Buffer], Owned>(db, `${OWNED} WHERE k.conflict = 1 AND k.key_protector_id = ?`);
  const give = prepared(db, 'UPDATE key_records SET host_id = ? WHERE key_record_id = ?');
  const claimants = ({ id, fingerprint }: Pick<Owned, 'id' | 'fingerprint'>) => holders.all('key-protector-id', claimOf(formatKeyProtectorId(id) ?? '', fingerprint));

  const mayLackIds = prepared(db, 'SELECT 1 FROM key_records WHERE key_protector_id IS NULL LIMIT 1').get() !== undefined;
  const absorb = mayLackIds ? openAbsorb(db, moved) : null;
  const furtherDevices = prepared<[number], { device: string }>(db, 'SELECT entra_device_id AS device FROM key_devices WHERE key_record_id = ?');
  const having = ({ record, device }: Pick<Owned, 'record' | 'device'>) => (device === null ? [] : [device, ...furtherDevices.all(record).map((row) => row.device)].flatMap((one) => holders.all('entra-device-id', one)));

  function settle(record: Owned, notNamed: number | null = null): void {
    const named = claimants(record);
    const byDevice = having(record);
    const held = record.host === null || record.host === notNamed || named.length > 0 || byDevice.some(({ id }) => id === record.host) ? undefined : nameOf.get(record.host);
    const [owner] = [...named, ...byDevice, ...(held === undefined ? [] : [held])].toSorted((a, b) => (a.hostname < b.hostname ? -1 : 1));
    for (const { id } of [...named, ...byDevice, ...(held === undefined ? [] : [held])]) absorb?.(record.record, id, record.fingerprint);
    const host = owner?.id ?? null;
    if (host === record.host) return;
    give.run(host, record.record);
    if (record.host !== null) moved.lost.add(record.host);
    if (host !== null) moved.got.add(host);
  }

  return {
    settle,
    claims: (record) => claimants(record).map(({ id }) => id),
    has: (record, hostId) => having(record).some(({ id }) => id === hostId),
    ofDevice(device, notNamed) { for (const record of ofDevice.all({ device })) settle(record, notNamed ?? null); },
    ofKey(claim) {
      const id = Buffer.from(claim.slice(0, 36).replaceAll('-', ''), 'hex');
      const record = [...ofKey.all(id), ...rivals.all(id)].find(({ fingerprint }) => claimMark(fingerprint) === claim.slice(37));
      if (record !== undefined) settle(record);
    },
  };
}
