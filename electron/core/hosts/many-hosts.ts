// One act on every host a filter finds: tagged, assigned, taken into a wave, blocked.
import { AppError } from '../app-error.ts';
import { appendAudit } from '../audit/audit.ts';
import type { BlockedReason } from '../codes.ts';
import { nowOf, type Desk } from '../desk.ts';
import { blockHost } from '../remediation/host-acts.ts';
import { filterText, listFilteredIds, type HostFilter } from './host-filter.ts';
import { assignedTo, writeAssignment } from './undo-many.ts';

/** `changed`: hosts for which something is other than before. */
export interface ActedOnMany { readonly found: number; readonly changed: number }

/** Which hosts are meant: those the filter finds, as many as whoever acts has seen. */
export interface Many { readonly filter: HostFilter; readonly expected: number }

/** Hosts blocked between breaths: some ms each with event and audit line. */
const BREATH = 20;

/** Adds a tag, or takes it away. AppError as `hostsMeant`. Rows: host_tags, one audit line. */
export function tagMany(desk: Desk, many: Many, tag: string, remove: boolean): ActedOnMany {
  const { db } = desk;
  const result = db.transaction((): ActedOnMany => {
    const hostIds = hostsMeant(desk, many);
    const write = db.prepare(remove ? 'DELETE FROM host_tags WHERE tag = ? AND host_id = ?' : 'INSERT OR IGNORE INTO host_tags (tag, host_id) VALUES (?, ?)');
    const changed = hostIds.reduce((sum, hostId) => sum + write.run(tag, hostId).changes, 0);
    appendAudit(db, { at: nowOf(desk), operator: desk.operator.name, act: 'hosts.tag', subject: tag, details: { filter: filterText(many.filter), found: hostIds.length, changed, remove } });
    return { found: hostIds.length, changed };
  }).immediate();
  desk.changed('hosts', 'audit');
  return result;
}

/** Assigns every host to a technician, or with null to nobody. AppError as `hostsMeant`. Rows: host_assignments, one audit line. */
export function assignMany(desk: Desk, many: Many, technician: string | null): ActedOnMany {
  const { db } = desk;
  const result = db.transaction((): ActedOnMany => {
    const hostIds = hostsMeant(desk, many);
    const changed = hostIds.filter((hostId) => assignedTo.read(db, hostId)?.toLowerCase() !== technician?.toLowerCase());
    for (const hostId of changed) writeAssignment(desk, hostId, technician);
    appendAudit(db, { at: nowOf(desk), operator: desk.operator.name, act: 'hosts.assign', subject: technician, details: { filter: filterText(many.filter), found: hostIds.length, changed: changed.length } });
    return { found: hostIds.length, changed: changed.length };
  }).immediate();
  desk.changed('hosts', 'audit');
  return result;
}

/** Blocks each with the same reason. Those for which that is no step (verified, closed) stay as they are. Rows: as `blockHost`, host by host, so that others get their turn. */
export async function blockMany(desk: Desk, many: Many, reason: BlockedReason, note: string | undefined, breathe: () => Promise<void>): Promise<ActedOnMany> {
  const hostIds = hostsMeant(desk, many);
  let changed = 0;
  for (const [i, hostId] of hostIds.entries()) {
    if (i % BREATH === 0) await breathe();
    try {
      blockHost(desk, hostId, reason, note);
      changed += 1;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'not-in-this-state') throw error;
    }
  }
  return { found: hostIds.length, changed };
}

/** @returns The hosts. AppError `hosts-changed` when the filter finds another number than was seen: nothing is done to hosts nobody looked at. */
export function hostsMeant({ db }: Pick<Desk, 'db'>, { filter, expected }: Many): number[] {
  const hostIds = listFilteredIds(db, filter);
  if (hostIds.length !== expected) throw new AppError('hosts-changed', { seen: expected, found: hostIds.length });
  return hostIds;
}
