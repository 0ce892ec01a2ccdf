// Hands rotations over to whoever can carry them out: a script for Intune, or one that runs on the hosts, by hand or through ConfigMgr. Never holds a recovery password or a LAPS password.
import type { ReadableDatabase } from '../../store/database.ts';
import { appendAudit } from '../audit/audit.ts';
import type { RotationNotHandedOver, RotationTarget } from '../codes.ts';
import { nowOf, type Desk } from '../desk.ts';
import { formatKeyProtectorId } from '../keys/import-report.ts';
import { markLapsAsked } from '../laps/laps-rotations.ts';
import { hostScript, intuneScript, isScriptName, type HostToRotate } from './rotation-scripts.ts';

export interface HandOver {
  readonly target: RotationTarget;
  /** PowerShell, UTF-8 with a mark and CRLF, for Windows PowerShell 5.1; null when there is nothing to ask. */
  readonly script: string | null;
  readonly keyRecords: number; readonly lapsPasswords: number; readonly hosts: number;
  /** Due, and not for this target. */
  readonly leftOut: readonly { readonly reason: RotationNotHandedOver; readonly count: number }[];
  /** Due and for this target, and more than one script takes. */
  readonly remaining: number;
}

/** Rotations in one script: a few hundred milliseconds of work, 1 MB of text. */
const HAND_OVER_LIMIT = 20_000;

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
    const laps = listUsableLaps(db, target, again);
    markLapsAsked(db, laps.map(({ lapsPasswordId }) => lapsPasswordId), { at, by: desk.operator.name, of: target });
    const hosts = groupByHost(taken, laps);
    const count = taken.length + laps.length;
    if (count > 0) appendAudit(db, { at, operator: desk.operator.name, act: 'rotations.handOver', subject: target, details: { keyRecords: taken.length, lapsPasswords: laps.length, hosts: hosts.length, again } });
    const script = count === 0 ? null : target === 'intune' ? intuneScript(hosts, at) : hostScript(hosts, at);
    return { target, script, keyRecords: taken.length, lapsPasswords: laps.length, hosts: hosts.length, leftOut: countLeftOut(db, target, again), remaining: countUsable(db, target, again) - (again ? count : 0) };
  }).immediate();
  desk.changed('disclosures', 'audit');
  return handedOver;
}

interface Row { readonly keyRecordId: number; readonly id: string; readonly hostname: string; readonly deviceId: string | null }

/** The first that fits decides. The rule of names is `isScriptName`, once more in SQL. */
const REASON = (target: RotationTarget): string => target === 'intune'
  ? "CASE WHEN h.host_id IS NULL THEN 'no-host' WHEN h.entra_device_id IS NULL THEN 'no-device-id' WHEN h.hostname GLOB '*[^A-Za-z0-9._-]*' THEN 'name-not-usable' END"
  : "CASE WHEN h.host_id IS NULL THEN 'no-host' WHEN k.key_protector_id IS NULL THEN 'no-key-protector-id' WHEN h.hostname GLOB '*[^A-Za-z0-9._-]*' THEN 'name-not-usable' END";
/** A LAPS password always has a host, and is replaced without knowing any ID of it. */
const LAPS_REASON = (target: RotationTarget): string => `CASE ${target === 'intune' ? "WHEN h.entra_device_id IS NULL THEN 'no-device-id' " : ''}WHEN h.hostname GLOB '*[^A-Za-z0-9._-]*' THEN 'name-not-usable' END`;
const LAPS_FROM = 'FROM laps_rotations r JOIN laps_passwords p ON p.laps_password_id = r.laps_password_id JOIN hosts h ON h.host_id = p.host_id';
const OPEN = (again: boolean): string => (again ? "('due', 'asked')" : "('due')");
const FROM = 'FROM rotations r JOIN key_records k ON k.key_record_id = r.key_record_id LEFT JOIN hosts h ON h.host_id = k.host_id';

function listUsable(db: Desk['db'], target: RotationTarget, again: boolean): Row[] {
  return db.prepare<[], Row>(
    `SELECT r.key_record_id AS keyRecordId, hex(k.key_protector_id) AS id, h.hostname, h.entra_device_id AS deviceId ${FROM}
      WHERE r.state IN ${OPEN(again)} AND ${REASON(target)} IS NULL ORDER BY r.state, r.risk DESC, r.due_at, r.key_record_id LIMIT ${HAND_OVER_LIMIT}`,
  ).all().filter(({ hostname }) => isScriptName(hostname));
}

const countLeftOut = (db: ReadableDatabase, target: RotationTarget, again: boolean): { reason: RotationNotHandedOver; count: number }[] => db.prepare<[], { reason: RotationNotHandedOver; count: number }>(
  `SELECT reason, count(*) AS count FROM (SELECT ${REASON(target)} AS reason ${FROM} WHERE r.state IN ${OPEN(again)} UNION ALL SELECT ${LAPS_REASON(target)} ${LAPS_FROM} WHERE r.state IN ${OPEN(again)})
    WHERE reason IS NOT NULL GROUP BY 1 ORDER BY 1`,
).all();

const countUsable = (db: ReadableDatabase, target: RotationTarget, again: boolean): number =>
  db.prepare<[], { n: number }>(`SELECT (SELECT count(*) ${FROM} WHERE r.state IN ${OPEN(again)} AND ${REASON(target)} IS NULL) + (SELECT count(*) ${LAPS_FROM} WHERE r.state IN ${OPEN(again)} AND ${LAPS_REASON(target)} IS NULL) AS n`).get()?.n ?? 0;

interface LapsRow { readonly lapsPasswordId: number; readonly hostname: string; readonly deviceId: string | null }

function listUsableLaps(db: Desk['db'], target: RotationTarget, again: boolean): LapsRow[] {
  return db.prepare<[], LapsRow>(
    `SELECT r.laps_password_id AS lapsPasswordId, h.hostname, h.entra_device_id AS deviceId ${LAPS_FROM}
      WHERE r.state IN ${OPEN(again)} AND ${LAPS_REASON(target)} IS NULL ORDER BY r.state, r.risk DESC, r.due_at, r.laps_password_id LIMIT ${HAND_OVER_LIMIT}`,
  ).all().filter(({ hostname }) => isScriptName(hostname));
}

function groupByHost(rows: readonly Row[], laps: readonly LapsRow[]): HostToRotate[] {
  const hosts = new Map<string, { hostname: string; deviceId: string | null; keyProtectorIds: string[]; laps?: boolean; lapsOnly?: boolean }>();
  for (const { hostname, deviceId, id } of rows) {
    const host = hosts.get(hostname) ?? { hostname, deviceId, keyProtectorIds: [] };
    const keyProtectorId = formatKeyProtectorId(id);
    if (keyProtectorId !== null) host.keyProtectorIds.push(keyProtectorId);
    hosts.set(hostname, host);
  }
  for (const { hostname, deviceId } of laps) {
    const host = hosts.get(hostname);
    if (host === undefined) hosts.set(hostname, { hostname, deviceId, keyProtectorIds: [], laps: true, lapsOnly: true });
    else host.laps = true;
  }
  return [...hosts.values()];
}
