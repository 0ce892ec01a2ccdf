// What is done with what a tenant (Entra ID) answers: devices become hosts, keys are listed first and their recovery passwords read only where they are wanted.
import type { Database } from '../../store/database.ts';
import { makeHost } from '../../formats/intake/host-facts.ts';
import type { HostFacts, IntakeBatch, IntakeHeader, IntakeNote, IntakeRow } from '../../formats/intake/intake.ts';
import { parseInstant } from '../../formats/intake/instants.ts';
import { readGuid, readKeyCell } from '../../formats/intake/key-values.ts';
import { parseHostname } from '../hosts/hostname.ts';
import { findByName } from '../hosts/joined.ts';
import { parseKeyProtectorId, type KeyProtectorId } from '../keys/key-protector-id.ts';
import { writeId } from '../keys/packed-values.ts';

/** Which recovery passwords are read; each reading is an entry in the tenant's own audit log. `wanted`: of hosts that are down, unless the desk has them. `all`: unless the desk has them. */
const TENANT_KEYS = ['wanted', 'all', 'none'] as const;
export type TenantKeys = (typeof TENANT_KEYS)[number];

/** As Graph writes it; every field untrusted. */
export type GraphObject = Readonly<Record<string, unknown>>;

/** An open tenant, lent. Pages end when the last was given; AppError `source-rights-missing` when the account may not list. */
export interface TenantReader {
  devices(): AsyncIterable<readonly GraphObject[]>;
  /** Without their recovery passwords: a list never has them. */
  keys(): AsyncIterable<readonly GraphObject[]>;
  /** One recovery password, secret; null when it may not be read, `gone` when it is not there any more. Writes an entry into the tenant's audit log. */
  readKey(id: string): Promise<{ readonly status: 'read'; readonly recoveryPassword: string } | { readonly status: 'not-allowed' | 'gone' }>;
}

/** What the tenant lists, and how much of it is read. */
export interface TenantListing { readonly devices: number; readonly keys: number; readonly known: number; readonly toRead: number }

export interface TenantOptions {
  readonly keys: TenantKeys;
  /** What this desk wants and has. */
  readonly desk: { hasKey(id: KeyProtectorId): boolean; isDown(hostname: string | null, entraDeviceId: string | null): boolean };
  /** Told before the first recovery password is read. */
  readonly onListed: (listing: TenantListing) => void;
}

/** Readings under way at once: a tenant slows whoever asks for more. */
const AT_ONCE = 4;
/** Refusals in a row, with nothing read before, after which the rest is not asked for. */
const REFUSED_ENOUGH = 8;
const BATCH_KEYS = 48;

/**
 * Reads a tenant as intake reads a file. A row is a device, a key that is only listed, then a key that was read, counted from 1.
 *
 * @returns One header, batches, at the end the notes: what was not read, and what may not be. Devices come in as known, not as reported. Passwords are secret.
 */
export async function* readTenant(tenant: TenantReader, { keys: wish, desk, onListed }: TenantOptions): AsyncGenerator<IntakeHeader | IntakeBatch> {
  yield { kind: 'header', intakeKind: 'tenant', encoding: null, delimiter: null, declined: null };
  const notes = new Set<IntakeNote>();
  const hosts = new Map<string, HostFacts>();
  let row = 0;
  let devices = 0;
  try {
    for await (const page of tenant.devices()) {
      const rows: IntakeRow[] = [];
      for (const device of page) {
        row += 1;
        devices += 1;
        const host = toTenantHost(device);
        if (host === null) rows.push({ kind: 'rejected', row, reason: 'hostname-unusable', field: 'hostname' });
        else {
          rows.push({ kind: 'host', row, host });
          if (host.entraDeviceId !== null) hosts.set(host.entraDeviceId, host);
        }
      }
      yield { kind: 'batch', rows, bytesRead: 0, rowsRead: row, notes: [] };
    }
  } catch (error) {
    if (!isRightsMissing(error)) throw error;
    notes.add('tenant-devices-not-readable'); // keys can do without: they are joined by the ID of the device
  }

  const toRead: ListedKey[] = [];
  let listed = 0;
  let known = 0;
  const toListedRow = ({ keyProtectorId, deviceId, createdAt }: ListedKey): IntakeRow => ({ kind: 'listed-key', row: (row += 1), keyProtectorId, host: hosts.get(deviceId ?? '') ?? null, entraDeviceId: deviceId, createdAt });
  for await (const page of tenant.keys()) {
    const rows: IntakeRow[] = [];
    for (const object of page) {
      const key = toTenantKey(object);
      listed += 1;
      if (key === null) continue;
      if (desk.hasKey(key.keyProtectorId)) known += 1;
      else if (wish === 'all' || (wish === 'wanted' && desk.isDown(hosts.get(key.deviceId ?? '')?.hostname ?? null, key.deviceId))) toRead.push(key);
      else rows.push(toListedRow(key));
    }
    yield { kind: 'batch', rows, bytesRead: 0, rowsRead: row, notes: [] };
  }
  onListed({ devices, keys: listed, known, toRead: toRead.length });
  if (listed > known + toRead.length) notes.add('tenant-keys-not-wanted');
  if (known > 0) notes.add('tenant-keys-known');

  let read = 0;
  let refused = 0;
  let rows: IntakeRow[] = [];
  const waiting = [...toRead];
  while (waiting.length > 0) {
    const some = waiting.splice(0, AT_ONCE);
    const answers = await Promise.allSettled(some.map((key) => (read === 0 && refused >= REFUSED_ENOUGH ? { status: 'not-allowed' as const } : tenant.readKey(key.id))));
    const failed: ListedKey[] = [];
    some.forEach((key, index) => {
      const answer = answers[index];
      if (answer?.status !== 'fulfilled') return void failed.push(key);
      if (answer.value.status === 'read') read += 1;
      else if (answer.value.status === 'not-allowed') refused += 1;
      rows.push(answer.value.status === 'read' ? toTenantRow(key, answer.value.recoveryPassword, hosts, (row += 1)) : answer.value.status === 'not-allowed' ? toListedRow(key) : { kind: 'rejected', row: (row += 1), reason: 'recovery-password-missing' });
    });
    // What was not read is there all the same: a look-up leads to its host, and the next import reads it.
    if (failed.length > 0) rows.push(...[...failed, ...waiting].map(toListedRow));
    if (rows.length >= BATCH_KEYS || waiting.length === 0 || failed.length > 0) {
      yield { kind: 'batch', rows, bytesRead: 0, rowsRead: row, notes: failed.length > 0 ? [...notes] : [] };
      rows = [];
    }
    for (const answer of answers) if (answer.status === 'rejected') throw answer.reason;
  }
  if (refused > 0) notes.add('tenant-keys-not-readable');
  if (row === 0 && listed === 0) notes.add('nothing-found');
  yield { kind: 'batch', rows: [], bytesRead: 0, rowsRead: row, notes: [...notes] };
}

/** @returns What a desk wants and has, asked of its store. A host is down until it is verified or closed; one that is only known is not said to be. */
export function wishesOf(db: Database): TenantOptions['desk'] {
  const key = db.prepare<[Uint8Array], unknown>('SELECT 1 FROM key_ids i JOIN key_records k ON k.key_record_id = i.key_record_id AND k.key_protector_id = i.key_protector_id WHERE i.key_protector_id = ?');
  const DOWN = "state NOT IN ('known', 'verified', 'closed')";
  const isDown = db.prepare<[number], unknown>(`SELECT 1 FROM hosts WHERE host_id = ? AND ${DOWN}`);
  const byDevice = db.prepare<[string], unknown>(`SELECT 1 FROM host_ids i JOIN hosts USING (host_id) WHERE i.kind = 'entra-device-id' AND i.value = ? AND ${DOWN}`);
  return {
    hasKey(id) {
      const bytes = new Uint8Array(16);
      writeId(id, bytes, 0);
      return key.get(bytes) !== undefined;
    },
    isDown: (hostname, device) => (hostname !== null && isDown.get(findByName(db, hostname)?.host_id ?? 0) !== undefined) || (device !== null && byDevice.get(device) !== undefined),
  };
}

export interface ListedKey { readonly id: string; readonly keyProtectorId: KeyProtectorId; readonly deviceId: string | null; readonly createdAt: string | null }

/** @returns A key of Graph's list, without its recovery password; null where its ID is none. */
export function toTenantKey(object: GraphObject): ListedKey | null {
  const id = textOf(object, 'id');
  const keyProtectorId = parseKeyProtectorId(id);
  // A key whose device was deleted keeps an ID of zeros; readGuid takes that for none.
  return keyProtectorId === null ? null : { id, keyProtectorId, deviceId: readGuid(textOf(object, 'deviceId')), createdAt: parseInstant(textOf(object, 'createdDateTime')) };
}

/** @returns What a device of the tenant says of a host; null where its name is none. */
export function toTenantHost(device: GraphObject): HostFacts | null {
  const name = textOf(device, 'displayName');
  if (parseHostname(name).status !== 'ok') return null;
  const version = textOf(device, 'operatingSystemVersion');
  const system = textOf(device, 'operatingSystem');
  const host = makeHost(name, {
    entraDeviceId: readGuid(textOf(device, 'deviceId')), operatingSystem: system === '' ? null : `${system} ${version}`.trim(), lastSeenAt: parseInstant(textOf(device, 'approximateLastSignInDateTime')),
    maker: textOf(device, 'manufacturer') || null, model: textOf(device, 'model') || null, affected: false,
  });
  return host.status === 'ok' ? host.host : null;
}

/** @param row Counted from 1. @returns The row of a key that was asked for, or why it is rejected. */
export function toTenantRow({ keyProtectorId, deviceId, createdAt }: ListedKey, recoveryPassword: string, hosts: ReadonlyMap<string, HostFacts>, row: number): IntakeRow {
  const cell = readKeyCell(recoveryPassword);
  if (cell.status === 'rejected') return { kind: 'rejected', row, reason: cell.reason, field: 'recoveryPassword', ...(cell.groups === undefined ? {} : { groups: cell.groups }) };
  return {
    kind: 'key', row, keyProtectorId, recoveryPassword: cell.recoveryPassword, host: hosts.get(deviceId ?? '') ?? null, entraDeviceId: deviceId,
    volumeId: null, volumeLabel: null, drive: null, createdAt, remarks: [],
  };
}

const textOf = (object: GraphObject, name: string): string => {
  const value = object[name];
  return typeof value === 'string' && value.length <= 1000 ? value : '';
};

/** Of what a reader threw. */
export const isRightsMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'source-rights-missing';
