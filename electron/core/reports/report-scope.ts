// A report of one incident or one wave: which hosts and media are its own. Who belongs to a wave is as known now; what a report said stays (kept-facts.ts).
import type { ReadableDatabase } from '../../store/database.ts';
import { AppError } from '../app-error.ts';

/** By name, in any case; both: hosts of the wave that are also the incident's. */
export interface ReportScopeNames { readonly incident?: string | undefined; readonly wave?: string | undefined }
export interface ReportScope {
  /** As they are written at the desk. */
  readonly incident: string | null; readonly wave: string | null;
  readonly hasHost: (hostId: number | null) => boolean; readonly hasMedium: (mediaId: string) => boolean;
}

interface IncidentRow { readonly id: number; readonly name: string; readonly createdAt: string; readonly closedAt: string | null }

/** Hosts in no wave with which an incident has nothing to do. What was down when it began is its own, whenever that was said. */
const OTHERS = `SELECT h.host_id FROM hosts h WHERE NOT EXISTS (SELECT 1 FROM wave_members m WHERE m.host_id = h.host_id)
  AND ((h.state IN ('verified', 'closed') AND h.state_at < @createdAt) OR (@closedAt IS NOT NULL AND (SELECT min(at) FROM host_events e WHERE e.host_id = h.host_id) > @closedAt))`;

/**
 * @returns Null for the whole desk. AppError `not-found` with the name. A host belongs to the incident of its wave; one in no wave to every incident but one that began when it was back, or was closed before anything happened to it. A medium is its
 *          incident's; a wave's when it carries a key record of one of its hosts.
 */
export function readReportScope(db: ReadableDatabase, { incident, wave }: ReportScopeNames): ReportScope | null {
  if (incident === undefined && wave === undefined) return null;
  const found = <T>(sql: string, name: string): T => {
    const row = db.prepare<[string], T>(sql).get(name.trim());
    if (row === undefined) throw new AppError('not-found', { name });
    return row;
  };
  const ofIncident = incident === undefined ? null : found<IncidentRow>('SELECT incident_id AS id, name, created_at AS createdAt, closed_at AS closedAt FROM incidents WHERE name = ? COLLATE NOCASE', incident);
  const ofWave = wave === undefined ? null : found<{ id: number; name: string }>('SELECT wave_id AS id, name FROM waves WHERE name = ? COLLATE NOCASE', wave);
  const ids = (sql: string, id: number): Set<number> => new Set(db.prepare<[number], { id: number }>(sql).all(id).map((row) => row.id));
  const media = (sql: string, id: number): Set<string> => new Set(db.prepare<[number], { id: string }>(sql).all(id).map((row) => row.id));
  const inWave = ofWave === null ? null : ids('SELECT host_id AS id FROM wave_members WHERE wave_id = ?', ofWave.id);
  const elsewhere = ofIncident === null ? null : ids('SELECT m.host_id AS id FROM wave_members m JOIN waves w ON w.wave_id = m.wave_id WHERE w.incident_id <> ?', ofIncident.id);
  const others = ofIncident === null ? null : new Set(db.prepare<[IncidentRow], number>(OTHERS).pluck().all(ofIncident));
  const waveMedia = ofWave === null ? null : media('SELECT DISTINCT m.media_id AS id FROM media_members m JOIN key_records k ON k.key_record_id = m.key_record_id JOIN wave_members w ON w.host_id = k.host_id WHERE w.wave_id = ?', ofWave.id);
  const incidentMedia = ofIncident === null ? null : media('SELECT media_id AS id FROM media_incidents WHERE incident_id = ?', ofIncident.id);
  return {
    incident: ofIncident?.name ?? null, wave: ofWave?.name ?? null,
    hasHost: (hostId) => hostId !== null && (inWave === null || inWave.has(hostId)) && (elsewhere === null || !elsewhere.has(hostId)) && (others === null || !others.has(hostId)),
    hasMedium: (mediaId) => (waveMedia === null || waveMedia.has(mediaId)) && (incidentMedia === null || incidentMedia.has(mediaId)),
  };
}
