// Incidents: what the desk is busy with. Recipe, waves and media belong to one, and it ends only when nothing of it is left open (DESIGN §2).
import type { ReadableDatabase } from '../../store/database.ts';
import { AppError } from '../app-error.ts';
import { appendAudit } from '../audit/audit.ts';
import type { HostState, MediaState, RotationState } from '../codes.ts';
import { nowOf, type Desk } from '../desk.ts';
import { destroySealed, overwriting, refusePurged } from '../../store/purged.ts';
import { formatKeyProtectorId } from '../keys/import-report.ts';
import { findApprovedRecipe } from '../recipes/recipe-book.ts';
import type { Recipe } from '../recipes/recipe.ts';

export interface Incident {
  readonly incidentId: number; readonly name: string; readonly recipeId: string;
  /** The version media get: the newest approved one; null when none is. */
  readonly recipeVersion: number | null;
  readonly createdAt: string; readonly createdBy: string; readonly closedAt: string | null; readonly closedBy: string | null;
  /** What keeps it open. */
  readonly hostsOpen: number; readonly rotationsOpen: number; readonly mediaOut: number;
  readonly media: number;
}

/** What keeps an incident open: counts of all, and the first of them by name. */
export interface StillOpen {
  readonly hosts: { readonly count: number; readonly rows: readonly { hostname: string; state: HostState }[] };
  readonly rotations: { readonly count: number; readonly rows: readonly { keyProtectorId: string | null; hostname: string | null; state: RotationState }[] };
  readonly media: { readonly count: number; readonly rows: readonly { mediaId: string; state: MediaState; holder: string | null }[] };
}

interface Row { incident_id: number; name: string; recipe_id: string; created_at: string; created_by: string; closed_at: string | null; closed_by: string | null; media: number }
const SELECT = 'SELECT i.*, (SELECT count(*) FROM media_incidents m WHERE m.incident_id = i.incident_id) AS media FROM incidents i';
const SHOWN = 100;

/** @returns Open ones first, then the newest. */
export const listIncidents = (db: ReadableDatabase): Incident[] =>
  db.prepare<[], Row>(`${SELECT} ORDER BY closed_at IS NOT NULL, i.created_at DESC, i.incident_id DESC`).all().map((row) => toIncident(db, row));

/** @returns AppError `not-found`. */
export function getIncident(db: ReadableDatabase, incidentId: number): Incident {
  const row = db.prepare<[number], Row>(`${SELECT} WHERE i.incident_id = ?`).get(incidentId);
  if (row === undefined) throw new AppError('not-found', { incidentId });
  return toIncident(db, row);
}

/**
 * Chooses what a medium is built for.
 *
 * @param incidentId Left out: the one that is open.
 * @returns The incident and its approved recipe. AppError `not-found`, `several-incidents` (left out, and not exactly one is open), `incident-closed`, `recipe-not-approved`.
 */
export function recipeForMedium(db: ReadableDatabase, incidentId?: number): { incidentId: number; recipe: Recipe } {
  const open = db.prepare<[], { incident_id: number; name: string }>('SELECT incident_id, name FROM incidents WHERE closed_at IS NULL ORDER BY incident_id').all();
  const chosen = incidentId ?? (open.length === 1 ? open[0]?.incident_id : undefined);
  if (chosen === undefined) throw new AppError('several-incidents', { incidents: open.map(({ name }) => name) });
  const row = db.prepare<[number], { recipe_id: string; name: string; closed_at: string | null }>('SELECT recipe_id, name, closed_at FROM incidents WHERE incident_id = ?').get(chosen);
  if (row === undefined) throw new AppError('not-found', { incidentId: chosen });
  if (row.closed_at !== null) throw new AppError('incident-closed', { name: row.name });
  const recipe = findApprovedRecipe(db, row.recipe_id);
  if (recipe === null) throw new AppError('recipe-not-approved', { recipe: row.recipe_id });
  return { incidentId: chosen, recipe };
}

/** Opens an incident. AppError `vault-purged`, `name-taken`, `not-found` (no recipe of that ID). Rows: incidents, one audit line. */
export function createIncident(desk: Desk, name: string, recipeId: string): Incident {
  const { db } = desk;
  const incidentId = db.transaction((): number => {
    refusePurged(db);
    if (db.prepare('SELECT 1 FROM incidents WHERE name = ?').get(name) !== undefined) throw new AppError('name-taken', { name });
    if (db.prepare('SELECT 1 FROM recipes WHERE recipe_id = ?').get(recipeId) === undefined) throw new AppError('not-found', { recipe: recipeId });
    const at = nowOf(desk);
    const id = Number(db.prepare('INSERT INTO incidents (name, recipe_id, created_at, created_by) VALUES (?, ?, ?, ?)').run(name, recipeId, at, desk.operator.name).lastInsertRowid);
    appendAudit(db, { at, operator: desk.operator.name, act: 'incidents.create', subject: name, details: { incidentId: id, recipe: recipeId } });
    return id;
  }).immediate();
  desk.changed('incidents', 'audit');
  return getIncident(db, incidentId);
}

/**
 * Closes an incident when every host of it is verified or closed, every rotation confirmed and every medium back, wiped or lost.
 *
 * @param purge Destroys the recovery passwords of the desk in the same transaction; `second` is whoever signed beside. Finish it with `finishPurge` (store/purged.ts).
 * @returns What is still open, and nothing written; otherwise null and one audit line, with a purge two. AppError `not-found`, `incident-closed`; with a purge
 *          `incidents-open` (others need the vault), `second-operator-needed` (the same person twice), `vault-purged`.
 */
export function closeIncident(desk: Desk, incidentId: number, purge: { readonly second: string | null } | null = null): StillOpen | null {
  const { db } = desk;
  const close = db.transaction((): StillOpen | null => {
    const incident = getIncident(db, incidentId);
    if (incident.closedAt !== null) throw new AppError('incident-closed', { name: incident.name });
    const open = listStillOpen(db, incidentId);
    if (open.hosts.count + open.rotations.count + open.media.count > 0) return open;
    const at = nowOf(desk);
    const { changes } = db.prepare('UPDATE incidents SET closed_at = ?, closed_by = ? WHERE incident_id = ? AND closed_at IS NULL').run(at, desk.operator.name, incidentId);
    if (changes !== 1) throw new Error(`${changes} rows instead of one incident`);
    appendAudit(db, { at, operator: desk.operator.name, act: 'incidents.close', subject: incident.name, details: { incidentId } });
    if (purge !== null) purgeVault(desk, { incidentId, name: incident.name, second: purge.second });
    return null;
  });
  const left = purge === null ? close.immediate() : overwriting(db, () => close.immediate());
  if (left === null) desk.changed('incidents', 'audit');
  return left;
}

/** AppError `vault-purged`, `incidents-open`: as long as another incident is open, its hosts may need what is in the vault. */
export function refusePurge(db: ReadableDatabase, incidentId: number): void {
  refusePurged(db);
  const others = db.prepare<[number], { name: string }>('SELECT name FROM incidents WHERE closed_at IS NULL AND incident_id <> ? ORDER BY incident_id').all(incidentId);
  if (others.length > 0) throw new AppError('incidents-open', { incidents: others.map(({ name }) => name) });
}

function purgeVault(desk: Desk, { incidentId, name, second }: { readonly incidentId: number; readonly name: string; readonly second: string | null }): void {
  const { db } = desk;
  const operator = desk.operator.name;
  refusePurge(db, incidentId);
  if (second?.toLowerCase() === operator.toLowerCase()) throw new AppError('second-operator-needed', { operator });
  const count = (table: string): number => db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? 0;
  const [at, keyRecords, lapsPasswords] = [nowOf(desk), count('key_records'), count('laps_passwords')];
  destroySealed(db);
  db.prepare('INSERT INTO purges (purge_number, at, operator, second_operator, incident_id, key_records, laps_passwords) VALUES (1, ?, ?, ?, ?, ?, ?)').run(at, operator, second, incidentId, keyRecords, lapsPasswords);
  appendAudit(db, { at, operator, act: 'vault.purge', subject: name, details: { second, keyRecords, lapsPasswords } });
}

/**
 * @returns What keeps an incident open. Hosts in no wave, and rotations of keys of such hosts or of none, are every open incident's:
 *          nothing that is open is open nowhere. Hosts nobody reported down (`known`) are no incident's.
 */
export function listStillOpen(db: ReadableDatabase, incidentId: number): StillOpen {
  const open = openOf(db, incidentId);
  const rows = <T>(what: string, sql: string, order: string): T[] => db.prepare<{ id: number }, T>(`SELECT ${what} ${sql} ORDER BY ${order} LIMIT ${SHOWN}`).all({ id: incidentId });
  return {
    hosts: { count: countOf(db, open.hosts, incidentId), rows: rows('h.hostname, h.state', open.hosts, 'h.hostname') },
    rotations: {
      count: countOf(db, open.rotations, incidentId) + countOf(db, open.lapsRotations, incidentId),
      rows: [...rows<{ id: string; hostname: string | null; state: RotationState }>('hex(k.key_protector_id) AS id, h.hostname, r.state', open.rotations, 'r.risk DESC, r.due_at, r.key_record_id')
        .map(({ id, ...row }) => ({ keyProtectorId: formatKeyProtectorId(id), ...row })),
      ...rows<{ hostname: string; state: RotationState }>('h.hostname, r.state', open.lapsRotations, 'r.risk DESC, r.due_at, r.laps_password_id').map((row) => ({ keyProtectorId: null, ...row }))].slice(0, SHOWN),
    },
    media: { count: countOf(db, open.media, incidentId), rows: rows('m.media_id AS mediaId, m.state, m.holder', open.media, 'm.media_id') },
  };
}

/** A host belongs to the incident of its wave while that is open, else to every open one. */
const IS_ITS_HOST = `NOT EXISTS (SELECT 1 FROM wave_members wm JOIN waves w ON w.wave_id = wm.wave_id JOIN incidents o ON o.incident_id = w.incident_id
  WHERE wm.host_id = h.host_id AND o.closed_at IS NULL AND o.incident_id <> :id)`;

/** What is open, as the end of a query. Without another open incident every host is its own, and nothing has to be looked up host by host (100,000 hosts: 240 ms). */
function openOf(db: ReadableDatabase, incidentId: number): { hosts: string; rotations: string; lapsRotations: string; media: string } {
  const alone = db.prepare('SELECT 1 FROM incidents WHERE closed_at IS NULL AND incident_id <> ?').get(incidentId) === undefined;
  return {
    hosts: `FROM hosts h WHERE h.state NOT IN ('known', 'verified', 'closed') AND ${alone ? ':id = :id' : IS_ITS_HOST}`,
    rotations: `FROM rotations r JOIN key_records k ON k.key_record_id = r.key_record_id LEFT JOIN hosts h ON h.host_id = k.host_id WHERE r.state IN ('due', 'asked') AND ${alone ? ':id = :id' : `(h.host_id IS NULL OR ${IS_ITS_HOST})`}`,
    lapsRotations: `FROM laps_rotations r JOIN laps_passwords p ON p.laps_password_id = r.laps_password_id JOIN hosts h ON h.host_id = p.host_id WHERE r.state IN ('due', 'asked') AND ${alone ? ':id = :id' : IS_ITS_HOST}`,
    media: "FROM media_incidents i JOIN media m ON m.media_id = i.media_id WHERE i.incident_id = :id AND m.state IN ('built', 'issued')",
  };
}

const countOf = (db: ReadableDatabase, sql: string, incidentId: number): number => db.prepare<{ id: number }, { n: number }>(`SELECT count(*) AS n ${sql}`).get({ id: incidentId })?.n ?? 0;

function toIncident(db: ReadableDatabase, row: Row): Incident {
  const isOpen = row.closed_at === null;
  const open = openOf(db, row.incident_id);
  const count = (sql: string): number => (isOpen ? countOf(db, sql, row.incident_id) : 0);
  return {
    incidentId: row.incident_id, name: row.name, recipeId: row.recipe_id, recipeVersion: findApprovedRecipe(db, row.recipe_id)?.version ?? null,
    createdAt: row.created_at, createdBy: row.created_by, closedAt: row.closed_at, closedBy: row.closed_by,
    hostsOpen: count(open.hosts), rotationsOpen: count(open.rotations) + count(open.lapsRotations), mediaOut: count(open.media), media: row.media,
  };
}
