// Hands rotations over to whoever can carry them out: a script for Intune, or one that runs on the hosts, by hand or through ConfigMgr. Never holds a recovery password.
import type { ReadableDatabase } from '../../store/database.ts';
import { appendAudit } from '../audit/audit.ts';
import type { RotationNotHandedOver, RotationTarget } from '../codes.ts';
import { nowOf, type Desk } from '../desk.ts';
import { formatKeyProtectorId } from '../keys/import-report.ts';
import { hostScript, intuneScript, isScriptName, type HostToRotate } from './rotation-scripts.ts';

export interface HandOver {
  readonly target: RotationTarget;
  /** PowerShell, UTF-8 with a mark and CRLF, for Windows PowerShell 5.1; null when there is nothing to ask. */
  readonly script: string | null;
  readonly keyRecords: number; readonly hosts: number;
  /** Due, and not for this target. */
  readonly leftOut: readonly { readonly reason: RotationNotHandedOver; readonly count: number }[];
  /** Due and for this target, and more than one script takes. */
  readonly remaining: number;
}

/** Rotations in one script: a few hundred milliseconds of work, 1 MB of text. */
export const HAND_OVER_LIMIT = 20_000;

/**
 * @param again Those that were asked already, too.
 * @returns The script; what is in it counts as asked from now on. Rows: rotations, one audit line.
 */
export function handOverRotations(desk: Desk, { target, again }: { readonly target: RotationTarget; readonly again: boolean }): HandOver {
  const { db } = desk;
  const handedOver = db.transaction((): HandOver => {
    const at = nowOf(desk);
    const taken = listUsable(db, target, again);
    const ask = db.prepare("UPDATE rotations SET state = 'asked', asked_at = ?, asked_by = ?, asked_of = ? WHERE key_record_id = ?");
    for (const { keyRecordId } of taken) ask.run(at, desk.operator.name, target, keyRecordId);
    const hosts = groupByHost(taken);
    if (taken.length > 0) appendAudit(db, { at, operator: desk.operator.name, act: 'rotations.handOver', subject: target, details: { keyRecords: taken.length, hosts: hosts.length, again } });
    const script = taken.length === 0 ? null : target === 'intune' ? intuneScript(hosts, at) : hostScript(hosts, at);
    return { target, script, keyRecords: taken.length, hosts: hosts.length, leftOut: countLeftOut(db, target, again), remaining: countUsable(db, target, again) - (again ? taken.length : 0) };
  }).immediate();
  desk.changed('disclosures', 'audit');
  return handedOver;
}

interface Row { readonly keyRecordId: number; readonly id: string; readonly hostname: string; readonly deviceId: string | null }

/** The first that fits decides. The rule of names is `isScriptName`, once more in SQL. */
const REASON = (target: RotationTarget): string => target === 'intune'
  ? "CASE WHEN h.host_id IS NULL THEN 'no-host' WHEN h.entra_device_id IS NULL THEN 'no-device-id' WHEN h.hostname GLOB '*[^A-Za-z0-9._-]*' THEN 'name-not-usable' END"
  : "CASE WHEN h.host_id IS NULL THEN 'no-host' WHEN k.key_protector_id IS NULL THEN 'no-key-protector-id' WHEN h.hostname GLOB '*[^A-Za-z0-9._-]*' THEN 'name-not-usable' END";
const OPEN = (again: boolean): string => (again ? "('due', 'asked')" : "('due')");
const FROM = 'FROM rotations r JOIN key_records k ON k.key_record_id = r.key_record_id LEFT JOIN hosts h ON h.host_id = k.host_id';

function listUsable(db: Desk['db'], target: RotationTarget, again: boolean): Row[] {
  return db.prepare<[], Row>(
    `SELECT r.key_record_id AS keyRecordId, hex(k.key_protector_id) AS id, h.hostname, h.entra_device_id AS deviceId ${FROM}
      WHERE r.state IN ${OPEN(again)} AND ${REASON(target)} IS NULL ORDER BY r.state, r.risk DESC, r.due_at, r.key_record_id LIMIT ${HAND_OVER_LIMIT}`,
  ).all().filter(({ hostname }) => isScriptName(hostname));
}

const countLeftOut = (db: ReadableDatabase, target: RotationTarget, again: boolean): { reason: RotationNotHandedOver; count: number }[] => db.prepare<[], { reason: RotationNotHandedOver; count: number }>(
  `SELECT ${REASON(target)} AS reason, count(*) AS count ${FROM} WHERE r.state IN ${OPEN(again)} AND ${REASON(target)} IS NOT NULL GROUP BY 1 ORDER BY 1`,
).all();

const countUsable = (db: ReadableDatabase, target: RotationTarget, again: boolean): number =>
  db.prepare<[], { n: number }>(`SELECT count(*) AS n ${FROM} WHERE r.state IN ${OPEN(again)} AND ${REASON(target)} IS NULL`).get()?.n ?? 0;

function groupByHost(rows: readonly Row[]): HostToRotate[] {
  const hosts = new Map<string, { hostname: string; deviceId: string | null; keyProtectorIds: string[] }>();
  for (const { hostname, deviceId, id } of rows) {
    const host = hosts.get(hostname) ?? { hostname, deviceId, keyProtectorIds: [] };
    const keyProtectorId = formatKeyProtectorId(id);
    if (keyProtectorId !== null) host.keyProtectorIds.push(keyProtectorId);
    hosts.set(hostname, host);
  }
  return [...hosts.values()];
}
