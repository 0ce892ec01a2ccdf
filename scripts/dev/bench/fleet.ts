// A fleet for benchmarks: 100,000 hosts in some large and many small sites, with 500,000 events, 270,000 key records and 40,000 attempts.
import { randomBytes } from 'node:crypto';
import { BLOCKED_REASONS } from '../../../electron/core/codes.ts';
import type { Database } from '../../../electron/store/database.ts';

const HOSTS = 100_000;
const EVENTS = 500_000;
const SITES = Array.from({ length: 400 }, (_, index) => `Site ${String(Math.floor(index ** 1.5 / 90))}`);
/** The moment the fleet is looked at. */
export const NOW_MS = Date.parse('2024-07-21T03:00:00Z');

/** The n-th host came in two days, its keys with one of the imports of these days. */
const cameAt = (n: number): string => new Date(Date.parse('2024-07-19T06:00:00Z') + n * 1500).toISOString();
const IMPORTS = 40;

/** Fills a new store in one transaction. */
export function fillFleet(db: Database): void {
  const states = ['ready', 'ready', 'ready', 'reported', 'blocked', 'repaired', 'repaired', 'verified', 'verified', 'closed'];
  db.transaction(() => {
    for (let n = 1; n <= IMPORTS; n += 1) {
      db.prepare("INSERT INTO imports (import_id, operator, started_at) VALUES (?, 'bench', ?)").run(n, cameAt((n * HOSTS) / IMPORTS));
      db.prepare("INSERT INTO import_files (import_file_id, import_id, path, name, kind) VALUES (?, ?, 'x', 'x', 'x')").run(n, n);
    }
    db.prepare('INSERT INTO data_keys (data_key_id, sealed) VALUES (1, ?)').run(randomBytes(80));
    db.prepare('INSERT INTO sealed_pages (page_id, data_key_id, page_uid, sealed) VALUES (1, 1, ?, ?)').run(randomBytes(16), randomBytes(4096));
    db.prepare("INSERT INTO media (media_id, state, built_at, built_by, expires_at, scope, language, recipe_id, recipe_version, architecture, payload, manifest_sha256, image_name, image_size_bytes, hosts, key_records, holder, state_at) VALUES ('M-0001', 'built', '2024-07-19T06:00:00Z', 'b', NULL, 'all', 'en', 'r', 1, 'x64', 'p', 'm', 'i', 1, 1, 1, NULL, NULL)").run();
    const host = db.prepare("INSERT INTO hosts (host_id, hostname, created_at, state, state_at, site, model) VALUES (?, ?, ?, 'known', ?, ?, ?)");
    const search = db.prepare('INSERT INTO hosts_search (rowid, hostname) VALUES (?, ?)');
    const record = db.prepare('INSERT INTO key_records (key_protector_id, host_id, import_file_id, source_row, page_id, place, fingerprint) VALUES (?, ?, ?, ?, 1, 0, ?)');
    const rotation = db.prepare("INSERT INTO rotations (key_record_id, state, risk, due_at) VALUES (?, 'due', 0, '2024-07-19T06:00:00Z')");
    const member = db.prepare("INSERT INTO media_members (media_id, key_record_id) VALUES ('M-0001', ?)");
    const event = db.prepare('INSERT INTO host_events (host_id, at, kind, blocked_reason, closed_as, operator, subject) VALUES (?, ?, ?, ?, ?, ?, ?)');
    const move = db.prepare('UPDATE hosts SET state = ?, blocked_reason = ?, closed_as = ?, state_at = ? WHERE host_id = ?');
    const attempt = db.prepare('INSERT INTO attempts (attempt_id, host_id, outcome, proof, imported_at, imported_by, removed, record) VALUES (?, ?, ?, ?, ?, ?, 1, ?)');
    for (let n = 1; n <= HOSTS; n += 1) {
      const name = `DESKTOP-${randomBytes(4).toString('hex').toUpperCase().slice(0, 7)}${n % 7}`;
      const state = states[n % 10] ?? 'known';
      const at = cameAt(n);
      if (host.run(n, `${name}${n}`, at, at, SITES[(n * n) % SITES.length], 'OptiPlex 7090').changes !== 1) continue;
      search.run(n, `${name}${n}`);
      for (let k = 0; k < 3 && state !== 'reported'; k += 1) {
        const id = record.run(randomBytes(16), n, Math.ceil((n * IMPORTS) / HOSTS), n, randomBytes(16)).lastInsertRowid;
        if (k !== 0) continue;
        member.run(id);
        rotation.run(id);
      }
      // Down, blocked and free again, then what made it stand where it stands: each on record, at hours of its own.
      const hour = (e: number): string => new Date(NOW_MS - 172_800_000 + ((n * 7 + e * 31_337) % 43_000) * 1000 + e * 21_600_000).toISOString();
      const last = EVENTS / HOSTS - 1;
      for (let e = 0; e < last; e += 1) {
        const kind = e === 0 ? 'reported' : e % 2 === 1 ? 'blocked' : 'unblocked';
        event.run(n, hour(e), kind, kind === 'blocked' ? 'hardware' : null, null, `technician-${String((n * 13 + e) % 60)}`, null);
        move.run(kind === 'reported' ? 'reported' : kind === 'blocked' ? 'blocked' : 'ready', kind === 'blocked' ? 'hardware' : null, null, hour(e), n);
      }
      const [reason, closedAs] = [state === 'blocked' ? (BLOCKED_REASONS[n % 14] ?? null) : null, state === 'closed' ? 'retired' : null];
      const attemptId = n % 5 < 2 ? randomBytes(16).toString('hex') : null;
      const proof = n % 1000 === 0 ? 'claim' : 'signed';
      if (attemptId !== null) attempt.run(attemptId, n, 'repaired', proof, hour(last), 'bench', 'x'.repeat(2500));
      event.run(n, hour(last), state === 'repaired' ? 'attempt' : state === 'verified' || state === 'closed' || state === 'blocked' ? state : 'unblocked', reason, closedAs, `technician-${String(n % 60)}`, state === 'repaired' ? attemptId : null);
      move.run(state, reason, closedAs, hour(last), n);
    }
  })();
}
