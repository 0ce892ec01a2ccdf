// Rows about LAPS passwords, made the same way for every format.
import { makeHost } from './host-facts.ts';
import { inLowerCase, isEmptyFinding, lapsOfCredentials, type LapsFinding } from './laps.ts';
import { parseInstant } from './instants.ts';
import { readGuid } from './key-values.ts';
import type { Emit } from './row-reader.ts';
import type { HostFacts, IntakeRow } from './rows.ts';

/** @returns What comes beside the row of its host: the passwords, and a rejection where something stood that is none. */
export function lapsRows(row: number, host: HostFacts, finding: LapsFinding): IntakeRow[] {
  if (isEmptyFinding(finding)) return [];
  const { passwords, encrypted, rejected } = finding;
  return [
    ...(passwords.length > 0 || encrypted ? [{ kind: 'laps', row, host, passwords, encrypted } as const] : []),
    ...(rejected === null ? [] : [{ kind: 'rejected', row, reason: rejected, field: 'lapsPassword' } as const]),
  ];
}

/**
 * Graph's `deviceLocalCredentialInfo`: its `id` is the device's ID in Entra, and nothing of a recovery key.
 *
 * @returns False when the record is none.
 */
export function emitLocalCredentials(record: Readonly<Record<string, unknown>>, row: number, emit: Emit): boolean {
  const fields = inLowerCase(record);
  const { id, devicename: deviceName, lastbackupdatetime: lastBackupDateTime } = fields;
  const isInfo = Array.isArray(fields['credentials']) || (typeof lastBackupDateTime === 'string' && 'refreshdatetime' in fields);
  if (!isInfo || typeof deviceName !== 'string') return false;
  const host = makeHost(deviceName, { entraDeviceId: typeof id === 'string' ? readGuid(id) : null, lastSeenAt: typeof lastBackupDateTime === 'string' ? parseInstant(lastBackupDateTime) : null, affected: false });
  if (host.status !== 'ok') emit({ kind: 'rejected', row, reason: 'hostname-unusable', field: 'hostname' });
  else {
    emit({ kind: 'host', row, host: host.host });
    lapsRows(row, host.host, lapsOfCredentials(fields)).forEach(emit);
  }
  return true;
}
