// Has Intune rotate what was disclosed, device by device, over a connection that is lent. *Asked* is only what the service has accepted.
import type { ReadableDatabase } from '../../store/database.ts';
import { AppError } from '../app-error.ts';
import { appendAudit } from '../audit/audit.ts';
import type { RotationRequestOutcome } from '../codes.ts';
import { nowOf, type Desk } from '../desk.ts';

export type RotatedThing = 'recovery-passwords' | 'laps-password';

export interface DeviceRotator {
  /** @returns IDs in Intune of a device of Entra: a device that was enrolled again has several. AppError `source-rights-missing`, `source-failed`. */
  findManagedDevices(entraDeviceId: string): Promise<readonly string[]>;
  /** AppError `source-rights-missing`: it will be missing for the next one, too. */
  rotate(managedDeviceId: string, what: RotatedThing): Promise<{ readonly status: 'accepted' | 'gone' } | { readonly status: 'refused'; readonly why: string }>;
}

/** `why`: the service's code, never its words. */
export interface HostRequest { readonly hostname: string; readonly what: RotatedThing; readonly outcome: RotationRequestOutcome; readonly why: string | null }
export type RotationRequestEvent =
  | { readonly kind: 'progress'; readonly done: number; readonly hosts: number }
  | { readonly kind: 'host'; readonly request: HostRequest }
  | { readonly kind: 'done'; readonly asked: number; readonly notAsked: number; readonly cancelled: boolean };

interface DueHost { readonly hostId: number; readonly hostname: string; readonly deviceId: string | null; readonly keys: number; readonly laps: number }

const OPEN = (again: boolean): string => (again ? "('due', 'asked')" : "('due')");

/** Hosts with something to rotate, what is most at risk first. Keys without a host can be asked of nobody. */
function listHosts(db: ReadableDatabase, again: boolean): DueHost[] {
  return db.prepare<[], DueHost>(
    `SELECT h.host_id AS hostId, h.hostname, h.entra_device_id AS deviceId, sum(keys) AS keys, sum(laps) AS laps FROM (
       SELECT k.host_id AS host_id, 1 AS keys, 0 AS laps, r.risk, r.due_at FROM rotations r JOIN key_records k ON k.key_record_id = r.key_record_id WHERE r.state IN ${OPEN(again)} AND k.host_id IS NOT NULL
       UNION ALL SELECT p.host_id, 0, 1, r.risk, r.due_at FROM laps_rotations r JOIN laps_passwords p ON p.laps_password_id = r.laps_password_id WHERE r.state IN ${OPEN(again)}) d
     JOIN hosts h ON h.host_id = d.host_id GROUP BY h.host_id ORDER BY max(d.risk) DESC, min(d.due_at), h.host_id`,
  ).all();
}

/**
 * Asks Intune for each host with an open rotation, one after the other.
 *
 * @param again Those that were asked already, too.
 * @returns What came of each, then the sums. AppError `source-rights-missing`, `source-failed`: what was accepted before that is on record.
 *          Rows: rotations and laps_rotations of accepted ones, an audit line for each host that was asked.
 */
export async function* requestRotations(desk: Desk, rotator: DeviceRotator, { again, signal }: { readonly again: boolean; readonly signal: AbortSignal }): AsyncGenerator<RotationRequestEvent> {
  const { db } = desk;
  const hosts = listHosts(db, again);
  let asked = 0;
  let notAsked = 0;
  let done = 0;
  const tell = (request: HostRequest): RotationRequestEvent => {
    if (request.outcome === 'asked') asked += 1;
    else notAsked += 1;
    return { kind: 'host', request };
  };
  for (const host of hosts) {
    if (signal.aborted) break;
    const wanted: RotatedThing[] = [...(host.keys > 0 ? ['recovery-passwords' as const] : []), ...(host.laps > 0 ? ['laps-password' as const] : [])];
    const managed = host.deviceId === null ? [] : await untilStopped(rotator.findManagedDevices(host.deviceId), signal);
    if (managed === null) break;
    for (const what of wanted) {
      if (host.deviceId === null) yield tell({ hostname: host.hostname, what, outcome: 'no-device-id', why: null });
      else if (managed.length === 0) yield tell({ hostname: host.hostname, what, outcome: 'not-enrolled', why: null });
      else {
        const answers = [];
        for (const id of managed) answers.push(await untilStopped(rotator.rotate(id, what), signal));
        const refused = answers.find((answer) => answer?.status === 'refused');
        if (answers.some((answer) => answer?.status === 'accepted')) {
          recordAsked(desk, host, what, again);
          yield tell({ hostname: host.hostname, what, outcome: 'asked', why: null });
        } else if (!answers.includes(null)) yield tell({ hostname: host.hostname, what, outcome: refused === undefined ? 'not-enrolled' : 'refused', why: refused?.why ?? null });
      }
    }
    if (signal.aborted) break;
    done += 1;
    yield { kind: 'progress', done, hosts: hosts.length };
  }
  yield { kind: 'done', asked, notAsked, cancelled: signal.aborted };
}

/** @returns Null when nobody waits for it any more. AppError `source-failed` says what broke off. */
async function untilStopped<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | null> {
  try {
    return await promise;
  } catch (error) {
    if (signal.aborted && !(error instanceof AppError)) return null;
    if (error instanceof AppError && error.code === 'source-failed') throw new AppError('source-failed', { ...error.facts, during: 'rotations.request' }, { cause: error });
    throw error;
  }
}

function recordAsked(desk: Desk, { hostId, hostname }: DueHost, what: RotatedThing, again: boolean): void {
  const { db } = desk;
  db.transaction(() => {
    const at = nowOf(desk);
    const sql = what === 'recovery-passwords'
      ? `UPDATE rotations SET state = 'asked', asked_at = ?, asked_by = ?, asked_of = 'graph' WHERE state IN ${OPEN(again)} AND key_record_id IN (SELECT key_record_id FROM key_records WHERE host_id = ?)`
      : `UPDATE laps_rotations SET state = 'asked', asked_at = ?, asked_by = ?, asked_of = 'graph' WHERE state IN ${OPEN(again)} AND laps_password_id IN (SELECT laps_password_id FROM laps_passwords WHERE host_id = ?)`;
    const { changes } = db.prepare(sql).run(at, desk.operator.name, hostId);
    appendAudit(db, { at, operator: desk.operator.name, act: 'rotations.request', subject: hostname, details: { via: 'graph', what, rotations: changes } });
  }).immediate();
  desk.changed('disclosures', 'audit');
}
