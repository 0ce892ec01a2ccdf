// Models on which no disk was seen: the list of what drivers to get, from the attempt records that came back.
import type { ReadableDatabase } from '../../store/database.ts';
import { parseAttemptRecord } from '../media/attempt-record-reader.ts';

export interface DriverlessModel {
  /** As the hosts' firmware says it, else as an inventory does; null where nobody did. */
  readonly maker: string | null; readonly model: string | null;
  /** Different hosts, and those of them that are still blocked for it. */
  readonly hosts: number; readonly blocked: number;
  readonly attempts: number;
  readonly lastAt: string;
  /** Of hosts the desk could tell, by name; at most `MOST_NAMES`. */
  readonly hostnames: readonly string[];
  /** Storage controllers no driver served, the most frequent first. */
  readonly controllers: readonly { readonly hardwareId: string; readonly name: string; readonly hosts: number }[];
}

interface Row { attempt_id: string; record: string; host_id: number | null; hostname: string | null; imported_at: string; maker: string | null; model: string | null; is_blocked: number }
interface Gathered { maker: string | null; model: string | null; attempts: number; lastAt: string; readonly hosts: Set<string>; readonly blocked: Set<string>; readonly names: Set<string>; readonly controllers: Map<string, { readonly name: string; readonly hosts: Set<string> }> }

const MOST_NAMES = 50;

/** @returns Models by hosts still blocked, then by hosts. Flagged claims count for nothing. Reads only. */
export function listDriverlessModels(db: ReadableDatabase): DriverlessModel[] {
  const rows = db.prepare<[], Row>(
    `SELECT a.attempt_id, a.record, a.host_id, h.hostname, a.imported_at, h.maker, h.model, coalesce(h.state = 'blocked' AND h.blocked_reason = 'no-disk-seen', 1) AS is_blocked
      FROM attempts a LEFT JOIN hosts h USING (host_id) WHERE a.blocked_reason = 'no-disk-seen' AND a.proof <> 'claim' ORDER BY a.rowid`,
  );
  const models = new Map<string, Gathered>();
  for (const row of rows.iterate()) {
    const parsed = parseAttemptRecord(Buffer.from(row.record, 'latin1'));
    const record = parsed.status === 'ok' ? parsed.record : null; // a typed result code has none
    const [maker, model] = [textOf(record?.maker ?? row.maker), textOf(record?.model ?? row.model)];
    const key = `${maker ?? ''}\n${model ?? ''}`.toLowerCase();
    const entry = models.get(key) ?? { maker, model, attempts: 0, lastAt: row.imported_at, hosts: new Set(), blocked: new Set(), names: new Set(), controllers: new Map() };
    models.set(key, entry);
    // Where no disk is seen the host's own name is not to be had: its serial number tells it from others.
    const host = row.host_id === null ? record?.serialNumber ?? row.attempt_id : `#${row.host_id}`;
    entry.attempts += 1;
    if (row.imported_at > entry.lastAt) entry.lastAt = row.imported_at;
    entry.hosts.add(host);
    if (row.is_blocked === 1) entry.blocked.add(host);
    if (row.hostname !== null) entry.names.add(row.hostname);
    for (const { hardwareId, name } of record?.missingDrivers ?? []) {
      const controller = entry.controllers.get(hardwareId.toUpperCase()) ?? { name, hosts: new Set<string>() };
      controller.hosts.add(host);
      entry.controllers.set(hardwareId.toUpperCase(), controller);
    }
  }
  return [...models.values()].map(({ hosts, blocked, names, controllers, ...rest }): DriverlessModel => ({
    ...rest, hosts: hosts.size, blocked: blocked.size, hostnames: [...names].sort().slice(0, MOST_NAMES),
    controllers: [...controllers].map(([hardwareId, { name, hosts: seen }]) => ({ hardwareId, name, hosts: seen.size })).sort((a, b) => b.hosts - a.hosts || (a.hardwareId < b.hardwareId ? -1 : 1)),
  })).sort((a, b) => b.blocked - a.blocked || b.hosts - a.hosts || ((a.model ?? '') < (b.model ?? '') ? -1 : 1));
}

const textOf = (text: string | null): string | null => (text === null || text.trim() === '' ? null : text.trim());
