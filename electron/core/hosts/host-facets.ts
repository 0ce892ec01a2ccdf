// By what hosts can be told apart besides their state, with how many a filter finds of each; the views people have saved; what a host carries of it.
import type { Route } from '../codes.ts';
import { allConditions, valuesOf, where, type Condition, type HostFilter } from './host-filter.ts';
import { readHostRoute } from './host-route.ts';
import type { ReadableDatabase } from '../../store/database.ts';
import { AppError } from '../app-error.ts';
import { appendAudit } from '../audit/audit.ts';
import { nowOf, type Desk } from '../desk.ts';

export interface Facet { readonly value: string; readonly count: number }
export interface HostFacets { readonly sites: readonly Facet[]; readonly waves: readonly Facet[]; readonly tags: readonly Facet[]; readonly technicians: readonly Facet[] }

const SHOWN = 200;

/**
 * Of each kind those hosts are counted that the rest of the filter finds, whatever is chosen of the kind itself: so does the list with states and reasons.
 *
 * @returns Sites, tags and technicians with the most hosts first and without those that have none; every wave, in their order.
 */
export function readFacets(db: ReadableDatabase, filter: HostFilter): HostFacets {
  const marksOf = hostMarks(db);
  const facet = (kind: keyof HostFacets, sql: (found: string) => string): Facet[] => {
    const conditions = allConditions({ ...filter, [kind]: [] });
    const facets = conditions.length === 0 ? db.prepare<[], Facet>(sql('true')).all() : db.prepare<[Uint8Array], Facet>(sql("substr(?, host_id, 1) = x'01'")).all(marksOf(conditions));
    return facets.filter(({ value }, at) => at < SHOWN || (filter[kind]?.includes(value) ?? false)); // what is chosen is counted, however few it has
  };
  return {
    sites: facet('sites', (found) => `SELECT site AS value, count(*) AS count FROM hosts INDEXED BY hosts_by_site WHERE site IS NOT NULL AND ${found} GROUP BY site ORDER BY count DESC, site`),
    waves: facet('waves', (found) => `SELECT w.name AS value, count(m.host_id) AS count FROM waves w LEFT JOIN wave_members m ON m.wave_id = w.wave_id AND ${found} GROUP BY w.wave_id ORDER BY w.incident_id, w.place`),
    tags: facet('tags', (found) => `SELECT tag AS value, count(*) AS count FROM host_tags WHERE ${found} GROUP BY tag ORDER BY count DESC, tag`),
    technicians: facet('technicians', (found) => `SELECT technician AS value, count(*) AS count FROM host_assignments WHERE ${found} GROUP BY technician ORDER BY count DESC, technician`),
  };
}

/** @returns What reads which hosts some conditions find, as a byte by the number of each: of 100,000 hosts, four subqueries that found 90,000 took 520 ms, this 46 ms. Kinds of which none is chosen share it. */
function hostMarks(db: ReadableDatabase): (conditions: readonly Condition[]) => Uint8Array {
  const known = new Map<string, Uint8Array>();
  return (conditions) => {
    const sql = `SELECT host_id FROM hosts INDEXED BY hosts_by_standing ${where(conditions)}`;
    const read = known.get(sql);
    if (read !== undefined) return read;
    const marks = new Uint8Array(db.prepare<[], number>('SELECT coalesce(max(host_id), 0) FROM hosts').pluck().get() ?? 0);
    for (const hostId of db.prepare<(string | number)[], number>(sql).pluck().all(...valuesOf(conditions))) marks[hostId - 1] = 1;
    known.set(sql, marks);
    return marks;
  };
}

export interface HostPlan { readonly wave: string | null; readonly tags: readonly string[]; readonly keptOff: string | null; readonly technician: string | null; readonly route: Route | null }

/** @returns Wave, tags, whom it is assigned to, and why it must not be powered on. */
export function readHostPlan(db: ReadableDatabase, hostId: number): HostPlan {
  return {
    wave: db.prepare<[number], { name: string }>('SELECT w.name FROM wave_members m JOIN waves w ON w.wave_id = m.wave_id WHERE m.host_id = ?').get(hostId)?.name ?? null,
    tags: db.prepare<[number], { tag: string }>('SELECT tag FROM host_tags WHERE host_id = ? ORDER BY tag').all(hostId).map(({ tag }) => tag),
    keptOff: db.prepare<[number], { reason: string }>('SELECT reason FROM hosts_kept_off WHERE host_id = ?').get(hostId)?.reason ?? null,
    technician: db.prepare<[number], { technician: string }>('SELECT technician FROM host_assignments WHERE host_id = ?').get(hostId)?.technician ?? null,
    route: readHostRoute(db, hostId),
  };
}

export interface HostView { readonly name: string; readonly filter: string; readonly savedBy: string; readonly savedAt: string }

/** @returns By name. */
export const listViews = (db: ReadableDatabase): HostView[] => db.prepare<[], HostView>('SELECT name, filter, saved_by AS savedBy, saved_at AS savedAt FROM host_views ORDER BY name').all();

/** Saves a view for everybody, in place of one of that name. Rows: host_views, one audit line. */
export function saveView(desk: Desk, name: string, filter: string): HostView[] {
  desk.db.transaction(() => {
    const at = nowOf(desk);
    desk.db.prepare('INSERT INTO host_views (name, filter, saved_at, saved_by) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET filter = excluded.filter, saved_at = excluded.saved_at, saved_by = excluded.saved_by').run(name, filter, at, desk.operator.name);
    appendAudit(desk.db, { at, operator: desk.operator.name, act: 'hosts.saveView', subject: name, details: { filter } });
  }).immediate();
  desk.changed('hosts', 'audit');
  return listViews(desk.db);
}

/** AppError `not-found`. Rows: host_views, one audit line. */
export function deleteView(desk: Desk, name: string): HostView[] {
  desk.db.transaction(() => {
    if (desk.db.prepare('DELETE FROM host_views WHERE name = ?').run(name).changes !== 1) throw new AppError('not-found', { name });
    appendAudit(desk.db, { at: nowOf(desk), operator: desk.operator.name, act: 'hosts.deleteView', subject: name });
  }).immediate();
  desk.changed('hosts', 'audit');
  return listViews(desk.db);
}
