// Asking a tenant for one host or one key ID while somebody is on the telephone: its device, its keys, and its LAPS password, read at once because they are wanted.
import type { IntakeBatch, IntakeHeader, IntakeNote, IntakeRow } from '../../formats/intake/intake.ts';
import { lapsOfCredentials } from '../../formats/intake/laps.ts';
import { lapsRows } from '../../formats/intake/laps-rows.ts';
import type { HostFacts } from '../../formats/intake/rows.ts';
import { isRightsMissing, toTenantHost, toTenantKey, toTenantRow, type GraphObject, type ListedKey, type TenantReader } from './tenant-source.ts';

export interface TenantQuestion { readonly hostname: string | null; readonly entraDeviceId: string | null; /** Canonical, or its beginning of eight characters and more. */ readonly keyId: string | null }

/** What is asked of an open tenant beside what an import asks. */
export interface TenantFinder extends TenantReader {
  /** By name, or by the ID of the device. */
  findDevices(by: { readonly displayName: string } | { readonly deviceId: string }): Promise<readonly GraphObject[]>;
  keysOfDevice(deviceId: string): Promise<readonly GraphObject[]>;
  /** With its credentials, secret; null when it has none, `not-allowed` when they may not be read. Writes an entry into the tenant's audit log. */
  readLocalCredentials(deviceId: string): Promise<GraphObject | null | 'not-allowed'>;
}

/** Names are given again: more devices of one name than this are asked about by their IDs. */
const MOST_DEVICES = 10;

/** @returns Rows as of a tenant (tenant-source.ts); secret. `nothing-found` when the tenant knows neither. What the reader throws comes behind what was read before. */
export async function* askTenant(tenant: TenantFinder, { hostname, entraDeviceId, keyId }: TenantQuestion): AsyncGenerator<IntakeHeader | IntakeBatch> {
  yield { kind: 'header', intakeKind: 'tenant', encoding: null, delimiter: null, declined: null };
  const notes = new Set<IntakeNote>();
  const rows: IntakeRow[] = [];
  const hosts = new Map<string, HostFacts>();
  const keys = new Map<string, ListedKey>();
  const takeDevices = (devices: readonly GraphObject[]): void => {
    for (const device of devices.slice(0, MOST_DEVICES)) {
      const host = toTenantHost(device);
      if (host === null || host.entraDeviceId === null || hosts.has(host.entraDeviceId)) continue;
      hosts.set(host.entraDeviceId, host);
      rows.push({ kind: 'host', row: rows.length + 1, host });
    }
  };
  const deviceIds = new Set<string>(entraDeviceId === null ? [] : [entraDeviceId]);
  const findDevice = async (deviceId: string): Promise<void> => {
    try {
      takeDevices(await tenant.findDevices({ deviceId }));
    } catch (error) {
      if (!isRightsMissing(error)) throw error;
      notes.add('tenant-devices-not-readable'); // keys can do without: they are joined by the ID of the device
    }
  };
  let failure: { readonly cause: unknown } | null = null;
  try {
    if (keyId !== null) {
      const found = await findKey(tenant, keyId);
      for (const key of found) {
        keys.set(key.id, key);
        if (key.deviceId !== null) deviceIds.add(key.deviceId);
      }
    }
    for (const deviceId of deviceIds) await findDevice(deviceId);
    if (hosts.size === 0 && hostname !== null && !notes.has('tenant-devices-not-readable')) takeDevices(await tenant.findDevices({ displayName: hostname }));
    for (const deviceId of new Set([...deviceIds, ...hosts.keys()])) for (const object of await tenant.keysOfDevice(deviceId)) {
      const key = toTenantKey(object);
      if (key !== null) keys.set(key.id, key);
    }
    for (const key of keys.values()) {
      const answer = await tenant.readKey(key.id);
      if (answer.status === 'not-allowed') notes.add('tenant-keys-not-readable');
      rows.push(answer.status === 'read' ? toTenantRow(key, answer.recoveryPassword, hosts, rows.length + 1) : { kind: 'rejected', row: rows.length + 1, reason: answer.status === 'gone' ? 'recovery-password-missing' : 'recovery-password-not-exported' });
    }
    for (const [deviceId, host] of hosts) {
      const credentials = await tenant.readLocalCredentials(deviceId);
      if (credentials === 'not-allowed') notes.add('laps-not-readable');
      else if (credentials !== null) rows.push(...lapsRows(rows.length + 1, host, lapsOfCredentials(credentials)));
    }
  } catch (cause) {
    failure = { cause }; // what was read until then is in the tenant's audit log: it is kept
  }
  if (rows.length === 0 && failure === null) notes.add('nothing-found');
  yield { kind: 'batch', rows, bytesRead: 0, rowsRead: rows.filter(({ kind }) => kind !== 'laps').length, notes: [...notes] };
  if (failure !== null) throw failure.cause;
}

/** A whole ID is looked for in the list as well: the list alone says of which device it is. */
async function findKey(tenant: TenantReader, keyId: string): Promise<ListedKey[]> {
  const found: ListedKey[] = [];
  for await (const page of tenant.keys()) {
    for (const object of page) {
      const key = toTenantKey(object);
      if (key !== null && key.keyProtectorId.startsWith(keyId.toUpperCase())) found.push(key);
    }
    if (found.length > 0 && keyId.length === 36) break;
  }
  return found;
}
