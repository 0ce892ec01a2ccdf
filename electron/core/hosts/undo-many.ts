// Takes an act on many hosts back, host by host, where nobody has changed the same since. Kept as long as the desk is open: what is older is taken back by another act.
import type { Database } from '../../store/database.ts';
import { AppError } from '../app-error.ts';
import { appendAudit } from '../audit/audit.ts';
import type { BlockedReason, HostState } from '../codes.ts';
import { nowOf, type Desk } from '../desk.ts';
import { blockHost, unblockHost } from '../remediation/host-acts.ts';
import type { ActedOnMany } from './many-hosts.ts';

/** What of a host an act changes, as text; `null`: it has none. */
interface Changed { readonly what: string; readonly read: (db: Database, hostId: number) => string | null; readonly write: (desk: Desk, hostId: number, before: string | null) => void }
interface Kept { readonly act: string; readonly changed: Changed; readonly hosts: readonly { readonly hostId: number; readonly before: string | null; readonly after: string | null }[] }

const MOST_KEPT = 20;

/** Whether a host carries a tag. */
export const tagged = (tag: string): Changed => ({
  what: `tag ${tag}`, read: (db, hostId) => (db.prepare('SELECT 1 FROM host_tags WHERE tag = ? AND host_id = ?').get(tag, hostId) === undefined ? null : tag),
  write: ({ db }, hostId, before) => { db.prepare(before === null ? 'DELETE FROM host_tags WHERE tag = ? AND host_id = ?' : 'INSERT OR IGNORE INTO host_tags (tag, host_id) VALUES (?, ?)').run(tag, hostId); },
});

export const assignedTo: Changed = {
  what: 'technician', read: (db, hostId) => db.prepare<[number], { technician: string }>('SELECT technician FROM host_assignments WHERE host_id = ?').get(hostId)?.technician ?? null,
  write: (desk, hostId, before) => writeAssignment(desk, hostId, before),
};

/** In which wave a host is, by its number. */
export const inWave: Changed = {
  what: 'wave', read: (db, hostId) => db.prepare<[number], { id: number }>('SELECT wave_id AS id FROM wave_members WHERE host_id = ?').get(hostId)?.id.toString() ?? null,
  write: ({ db }, hostId, before) => {
    if (before === null) db.prepare('DELETE FROM wave_members WHERE host_id = ?').run(hostId);
    else db.prepare('INSERT INTO wave_members (host_id, wave_id) VALUES (?, ?) ON CONFLICT (host_id) DO UPDATE SET wave_id = excluded.wave_id').run(hostId, Number(before));
  },
};

/** A host that was known only is not put back: nobody can say any more that nobody called it down. */
export const blocked: Changed = {
  what: 'blocked',
  read: (db, hostId) => { const row = db.prepare<[number], { state: HostState; reason: BlockedReason | null }>('SELECT state, blocked_reason AS reason FROM hosts WHERE host_id = ?').get(hostId); return row === undefined ? null : row.reason ?? row.state; },
  write: (desk, hostId, before) => {
    if (before === null || before === 'known') throw new AppError('not-in-this-state', { hostId });
    if (['reported', 'ready', 'in-progress', 'repaired', 'verified', 'closed'].includes(before)) unblockHost(desk, hostId);
    else blockHost(desk, hostId, before as BlockedReason); // read above: a state or a reason
  },
};

/** Rows: host_assignments. @param technician Null: nobody. */
export function writeAssignment(desk: Desk, hostId: number, technician: string | null): void {
  if (technician === null) desk.db.prepare('DELETE FROM host_assignments WHERE host_id = ?').run(hostId);
  else desk.db.prepare('INSERT INTO host_assignments (host_id, technician, at, operator) VALUES (?, ?, ?, ?) ON CONFLICT (host_id) DO UPDATE SET technician = excluded.technician, at = excluded.at, operator = excluded.operator').run(hostId, technician, nowOf(desk), desk.operator.name);
}

/** The last acts on many hosts of an open desk, each with what it changed. */
export class UndoBook {
  readonly #act: string;
  readonly #kept = new Map<number, Kept>();
  #last = 0;

  /** @param act Procedure that takes back, for the audit trail. */
  constructor(act: string) {
    this.#act = act;
  }

  /** Carries an act out and remembers how every host was before. @returns What it did, with a number to take it back. */
  async remember<T>(desk: Desk, act: string, changed: Changed, hostIds: readonly number[], carryOut: () => T | Promise<T>): Promise<T & { readonly undo: number }> {
    const before = hostIds.map((hostId) => changed.read(desk.db, hostId));
    const done = await carryOut();
    const hosts = hostIds.map((hostId, at) => ({ hostId, before: before[at] ?? null, after: changed.read(desk.db, hostId) })).filter((host) => host.before !== host.after);
    this.#kept.set((this.#last += 1), { act, changed, hosts });
    for (const old of this.#kept.keys()) if (this.#kept.size > MOST_KEPT) this.#kept.delete(old);
    return { ...done, undo: this.#last };
  }

  /**
   * Takes an act back, once. Hosts that somebody has changed since in the same respect stay as they are.
   *
   * @returns How many the act had changed, and how many are as before. AppError `not-found` (another start of the desk, or taken back already). Rows: as the act, one audit line.
   */
  undo(desk: Desk, number: number): ActedOnMany {
    const kept = this.#kept.get(number);
    if (kept === undefined) throw new AppError('not-found', { undo: number });
    this.#kept.delete(number);
    const { act, changed, hosts } = kept;
    const done = desk.db.transaction((): number => {
      let count = 0;
      for (const { hostId, before, after } of hosts) {
        if (changed.read(desk.db, hostId) !== after) continue;
        try {
          changed.write(desk, hostId, before);
          count += 1;
        } catch (error) {
          if (!(error instanceof AppError) || error.code !== 'not-in-this-state') throw error;
        }
      }
      appendAudit(desk.db, { at: nowOf(desk), operator: desk.operator.name, act: this.#act, subject: changed.what, details: { act, found: hosts.length, changed: count } });
      return count;
    }).immediate();
    desk.changed('hosts', 'incidents', 'audit');
    return { found: hosts.length, changed: done };
  }
}
