// Waves: planned groups of hosts in an order, the canary first. Whoever is in no opened wave gets onto no medium without an override on record.
import type { Database, ReadableDatabase } from '../../store/database.ts';
import { AppError } from '../app-error.ts';
import { appendAudit } from '../audit/audit.ts';
import { nowOf, type Desk } from '../desk.ts';
import { parseHostname } from '../hosts/hostname.ts';
import { findByName } from '../hosts/joined.ts';
import { getIncident, recipeForMedium } from '../incidents/incidents.ts';
import { readGate, type Gate } from './gate.ts';
import { findHosts, ruleText, type WaveRule } from './wave-rule.ts';

export interface Wave {
  readonly waveId: number; readonly incidentId: number; readonly name: string;
  /** Its turn; the first of an incident is the canary. */
  readonly place: number; readonly canary: boolean;
  readonly beginsAt: string | null; readonly endsAt: string | null; readonly openedAt: string | null; readonly openedBy: string | null; readonly evidence: string | null;
  readonly hosts: number;
  /** Of these: still down, repaired, verified or closed. */
  readonly down: number; readonly repaired: number; readonly done: number;
}

interface Row {
  wave_id: number; incident_id: number; name: string; place: number; canary: number; begins_at: string | null; ends_at: string | null; opened_at: string | null; opened_by: string | null; evidence: string | null;
  hosts: number; down: number; repaired: number; done: number;
}

const SELECT = `SELECT w.*, w.place = (SELECT min(place) FROM waves f WHERE f.incident_id = w.incident_id) AS canary, count(h.host_id) AS hosts,
  coalesce(sum(h.state IN ('reported', 'ready', 'blocked', 'in-progress')), 0) AS down, coalesce(sum(h.state = 'repaired'), 0) AS repaired, coalesce(sum(h.state IN ('verified', 'closed')), 0) AS done
  FROM waves w LEFT JOIN wave_members m ON m.wave_id = w.wave_id LEFT JOIN hosts h ON h.host_id = m.host_id`;

/** @returns By incident, in their order. */
export const listWaves = (db: ReadableDatabase): Wave[] => db.prepare<[], Row>(`${SELECT} GROUP BY w.wave_id ORDER BY w.incident_id, w.place`).all().map(toWave);

/** @returns AppError `not-found`. */
export function getWave(db: ReadableDatabase, waveId: number): Wave {
  const row = db.prepare<[number], Row>(`${SELECT} WHERE w.wave_id = ? GROUP BY w.wave_id`).get(waveId);
  if (row === undefined) throw new AppError('not-found', { waveId });
  return toWave(row);
}

export interface NewWave { readonly name: string; readonly incidentId?: number | undefined; readonly beginsAt?: string | undefined; readonly endsAt?: string | undefined }

/** Adds a wave after the last of its incident; without one named, of the one that is open. AppError `name-taken`, and what `recipeForMedium` refuses. Rows: waves, one audit line. */
export function createWave(desk: Desk, { name, incidentId, beginsAt, endsAt }: NewWave): Wave {
  const { db } = desk;
  if (beginsAt !== undefined && endsAt !== undefined && Date.parse(endsAt) <= Date.parse(beginsAt)) throw new AppError('invalid-input', { fields: ['endsAt: not-after-begin'] });
  const waveId = db.transaction((): number => {
    const chosen = incidentId === undefined ? recipeForMedium(db).incidentId : getIncident(db, incidentId).incidentId;
    const { name: incident, closedAt } = getIncident(db, chosen);
    if (closedAt !== null) throw new AppError('incident-closed', { name: incident });
    if (db.prepare('SELECT 1 FROM waves WHERE name = ?').get(name) !== undefined) throw new AppError('name-taken', { name });
    const place = (db.prepare<[number], { n: number | null }>('SELECT max(place) AS n FROM waves WHERE incident_id = ?').get(chosen)?.n ?? 0) + 1;
    const at = nowOf(desk);
    const id = Number(db.prepare('INSERT INTO waves (incident_id, name, place, begins_at, ends_at, created_at, created_by) VALUES (?, ?, ?, ?, ?, ?, ?)').run(chosen, name, place, beginsAt ?? null, endsAt ?? null, at, desk.operator.name).lastInsertRowid);
    appendAudit(db, { at, operator: desk.operator.name, act: 'waves.create', subject: name, details: { incident, place, beginsAt: beginsAt ?? null, endsAt: endsAt ?? null } });
    return id;
  }).immediate();
  desk.changed('incidents', 'audit');
  return getWave(db, waveId);
}

/** Changes places with the wave before. AppError `not-found`, `not-in-this-state` (the first, or one of the two is opened: what has begun keeps its place). Rows: waves, one audit line. */
export function moveWaveUp(desk: Desk, waveId: number): Wave {
  const { db } = desk;
  db.transaction(() => {
    const wave = getWave(db, waveId);
    const before = db.prepare<[number, number], { wave_id: number; place: number; opened_at: string | null }>('SELECT wave_id, place, opened_at FROM waves WHERE incident_id = ? AND place < ? ORDER BY place DESC LIMIT 1').get(wave.incidentId, wave.place);
    if (before === undefined || before.opened_at !== null || wave.openedAt !== null) throw new AppError('not-in-this-state', { wave: wave.name });
    const move = db.prepare('UPDATE waves SET place = ? WHERE wave_id = ?');
    move.run(1_000_000 + wave.place, before.wave_id); // out of the way: a place is taken once
    move.run(before.place, waveId);
    move.run(wave.place, before.wave_id);
    appendAudit(db, { at: nowOf(desk), operator: desk.operator.name, act: 'waves.moveUp', subject: wave.name, details: { from: wave.place, to: before.place } });
  }).immediate();
  desk.changed('incidents', 'audit');
  return getWave(db, waveId);
}

/** Takes an empty wave away that was never opened: the gate of the one after it could not be met. AppError `not-found`, `not-in-this-state` (opened, or with hosts in it). Rows: waves, one audit line. */
export function removeWave(desk: Desk, waveId: number): void {
  const { db } = desk;
  db.transaction(() => {
    const wave = getWave(db, waveId);
    if (wave.openedAt !== null || wave.hosts > 0) throw new AppError('not-in-this-state', { wave: wave.name, why: 'not-empty' });
    const { changes } = db.prepare('DELETE FROM waves WHERE wave_id = ?').run(waveId);
    if (changes !== 1) throw new Error(`${changes} rows instead of one wave`);
    appendAudit(db, { at: nowOf(desk), operator: desk.operator.name, act: 'waves.remove', subject: wave.name, details: { incident: getIncident(db, wave.incidentId).name, place: wave.place } });
  }).immediate();
  desk.changed('incidents', 'audit');
}

/** `stayed`: in another wave, and left there. */
export interface Assigned { readonly assigned: number; readonly moved: number; readonly stayed: number; readonly unknown: readonly string[] }

/**
 * Puts the hosts of a rule into a wave, out of any other.
 *
 * @param waveId Null: into none. @param onlyFree Leaves those that are in another wave: a rule of a site takes the domain controllers of the first wave along otherwise.
 * @returns How many changed their place, how many of these were in another wave, and names that are no host. Rows: wave_members, one audit line with rule and counts.
 */
export function assignHosts(desk: Desk, waveId: number | null, rule: WaveRule, onlyFree = false): Assigned {
  const { db } = desk;
  const result = db.transaction((): Assigned => {
    const wave = waveId === null ? null : getWave(db, waveId);
    const { hostIds: found, unknown } = findHosts(db, rule);
    const elsewhere = db.prepare<[number, number], 1>('SELECT 1 FROM wave_members WHERE host_id = ? AND wave_id <> ?');
    const hostIds = wave === null || !onlyFree ? found : found.filter((hostId) => elsewhere.get(hostId, wave.waveId) === undefined);
    const { assigned, moved } = wave === null ? takeOut(db, hostIds) : putIn(db, wave.waveId, hostIds);
    appendAudit(db, { at: nowOf(desk), operator: desk.operator.name, act: 'waves.assign', subject: wave?.name ?? null, details: { rule: ruleText(rule), assigned, moved, stayed: found.length - hostIds.length, unknown: unknown.length } });
    return { assigned, moved, stayed: found.length - hostIds.length, unknown };
  }).immediate();
  desk.changed('incidents', 'hosts', 'audit');
  return result;
}

/**
 * Opens a wave, so that its hosts get onto media.
 *
 * @param override Why it is opened although the gate says otherwise; left out: only what the gate lets through.
 * @returns The gate as it was looked at, and whether the wave is open now. AppError `not-found`, `not-in-this-state` (open already). Rows: waves and one audit line with the evidence.
 */
export function openWave(desk: Desk, waveId: number, override?: string): { opened: boolean; gate: Gate } {
  const { db } = desk;
  const result = db.transaction((): { opened: boolean; gate: Gate } => {
    const wave = getWave(db, waveId);
    if (wave.openedAt !== null) throw new AppError('not-in-this-state', { name: wave.name });
    const gate = readGate(db, waveId);
    if (!gate.met && override === undefined) return { opened: false, gate };
    const at = nowOf(desk);
    const evidence = [gate.after === null ? 'canary' : `${gate.after}: ${gate.verified} of ${gate.hosts} verified, ${gate.unexpected} unexpected`, ...(gate.met || override === undefined ? [] : [`override: ${override}`])].join('; ');
    const { changes } = db.prepare('UPDATE waves SET opened_at = ?, opened_by = ?, evidence = ? WHERE wave_id = ? AND opened_at IS NULL').run(at, desk.operator.name, evidence, waveId);
    if (changes !== 1) throw new Error(`${changes} rows instead of one wave`);
    appendAudit(db, { at, operator: desk.operator.name, act: 'waves.open', subject: wave.name, details: { met: gate.met, hosts: gate.hosts, verified: gate.verified, unexpected: gate.unexpected, override: gate.met ? null : override ?? null } });
    return { opened: true, gate };
  }).immediate();
  desk.changed('incidents', 'audit');
  return result;
}

export interface KeptOffHost { readonly hostId: number; readonly hostname: string; readonly reason: string; readonly at: string; readonly operator: string }

/** @returns Hosts that must not be powered on, by name. */
export const listKeptOff = (db: ReadableDatabase): KeptOffHost[] =>
  db.prepare<[], KeptOffHost>('SELECT k.host_id AS hostId, h.hostname, k.reason, k.at, k.operator FROM hosts_kept_off k JOIN hosts h USING (host_id) ORDER BY h.hostname').all();

/** Puts a host on the list of those that must not be powered on, or with `reason` null takes it off. AppError `not-found`. Rows: hosts_kept_off, one audit line. */
export function keepOff(desk: Desk, hostnames: readonly string[], reason: string | null): { changed: number; unknown: string[] } {
  const { db } = desk;
  const result = db.transaction(() => {
    const at = nowOf(desk);
    const unknown: string[] = [];
    let changed = 0;
    for (const given of new Set(hostnames)) {
      const parsed = parseHostname(given);
      const host = parsed.status === 'ok' ? findByName(db, parsed.hostname) : undefined;
      if (host === undefined) { unknown.push(given.trim()); continue; }
      changed += reason === null ? db.prepare('DELETE FROM hosts_kept_off WHERE host_id = ?').run(host.host_id).changes
        : db.prepare('INSERT INTO hosts_kept_off (host_id, reason, at, operator) VALUES (?, ?, ?, ?) ON CONFLICT (host_id) DO UPDATE SET reason = excluded.reason, at = excluded.at, operator = excluded.operator').run(host.host_id, reason, at, desk.operator.name).changes;
      appendAudit(db, { at, operator: desk.operator.name, act: 'waves.keepOff', subject: parsed.status === 'ok' ? parsed.hostname : null, details: { off: reason !== null, reason } });
    }
    return { changed, unknown };
  }).immediate();
  desk.changed('incidents', 'hosts', 'audit');
  return result;
}

function putIn(db: Database, waveId: number, hostIds: readonly number[]): { assigned: number; moved: number } {
  const inWave = db.prepare<[number], { wave_id: number }>('SELECT wave_id FROM wave_members WHERE host_id = ?');
  const put = db.prepare('INSERT INTO wave_members (host_id, wave_id) VALUES (?, ?) ON CONFLICT (host_id) DO UPDATE SET wave_id = excluded.wave_id');
  let assigned = 0;
  let moved = 0;
  for (const hostId of hostIds) {
    const before = inWave.get(hostId)?.wave_id;
    if (before === waveId) continue;
    put.run(hostId, waveId);
    assigned += 1;
    if (before !== undefined) moved += 1;
  }
  return { assigned, moved };
}

function takeOut(db: Database, hostIds: readonly number[]): { assigned: number; moved: number } {
  const remove = db.prepare('DELETE FROM wave_members WHERE host_id = ?');
  const moved = hostIds.reduce((sum, hostId) => sum + remove.run(hostId).changes, 0);
  return { assigned: moved, moved };
}

const toWave = (row: Row): Wave => ({
  waveId: row.wave_id, incidentId: row.incident_id, name: row.name, place: row.place, canary: row.canary === 1, beginsAt: row.begins_at, endsAt: row.ends_at, openedAt: row.opened_at, openedBy: row.opened_by, evidence: row.evidence,
  hosts: row.hosts, down: row.down, repaired: row.repaired, done: row.done,
});
