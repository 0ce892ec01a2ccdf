// Which hosts stay off media for now: those of a wave nobody has opened, and those that must not be powered on.
import type { ReadableDatabase } from '../../store/database.ts';

export type StaysOff = 'wave-not-opened' | 'do-not-power-on';

/**
 * @param overridden Whether hosts of waves that are not opened may pass; the other list has no override.
 * @returns The hosts that stay off and why. Hosts in no wave pass: not every desk plans waves.
 */
export function hostsOffMedia(db: ReadableDatabase, overridden: boolean): Map<number, StaysOff> {
  const off = new Map<number, StaysOff>();
  if (!overridden) {
    for (const { host_id } of db.prepare<[], { host_id: number }>('SELECT m.host_id FROM waves w JOIN wave_members m ON m.wave_id = w.wave_id JOIN incidents i ON i.incident_id = w.incident_id WHERE w.opened_at IS NULL AND i.closed_at IS NULL').all()) off.set(host_id, 'wave-not-opened');
  }
  for (const { host_id } of db.prepare<[], { host_id: number }>('SELECT host_id FROM hosts_kept_off').all()) off.set(host_id, 'do-not-power-on');
  return off;
}

/** @returns Hosts of a wave by its name, in any case; null when there is no such wave. */
export function listWaveHosts(db: ReadableDatabase, name: string): { host_id: number; hostname: string }[] | null {
  const wave = db.prepare<[string], { wave_id: number }>('SELECT wave_id FROM waves WHERE name = ?').get(name.trim());
  if (wave === undefined) return null;
  return db.prepare<[number], { host_id: number; hostname: string }>('SELECT h.host_id, h.hostname FROM wave_members m JOIN hosts h USING (host_id) WHERE m.wave_id = ? ORDER BY h.host_id').all(wave.wave_id);
}

/** @returns The incident of a wave by its name; undefined when there is no such wave. */
export const incidentOfWave = (db: ReadableDatabase, name: string): number | undefined =>
  db.prepare<[string], { incident_id: number }>('SELECT incident_id FROM waves WHERE name = ?').get(name.trim())?.incident_id;
