// What happened to one host, oldest first: put together from imports, key records, media, attempts, disclosures and decisions.
import type { ReadableDatabase } from '../../store/database.ts';
import { AppError } from '../app-error.ts';
import type { AttemptOutcome, AttemptProof, BlockedReason } from '../codes.ts';
import { wayAt } from '../disclosure/read-out.ts';
import { parseKeyProtectorId } from '../keys/key-protector-id.ts';

export type HostHistoryKind = 'imported' | 'reported' | 'key-found' | 'laps-found' | 'on-medium' | 'attempt' | 'disclosed' | 'laps-disclosed' | 'blocked' | 'unblocked' | 'verified' | 'closed' | 'reopened' | 'joined' | 'apart' | 'one-host' | 'decision-undone';

/** `subject` is what the line is about, `detail` what else is known of it; neither is ever secret. */
export interface HostHistoryLine {
  readonly at: string; readonly kind: HostHistoryKind; readonly operator: string | null; readonly subject: string | null; readonly detail: string | null;
  readonly blockedReason: BlockedReason | null; readonly outcome: AttemptOutcome | null; readonly proof: AttemptProof | null;
}

export interface HostFacts {
  readonly dnsName: string | null; readonly domain: string | null; readonly serialNumber: string | null; readonly maker: string | null;
  readonly userName: string | null; readonly assetTag: string | null; readonly description: string | null; readonly lastSeenAt: string | null;
}

interface Row { at: string; kind: HostHistoryKind; operator: string | null; subject: string | null; id: Buffer | null; detail: string | null; blocked_reason: BlockedReason | null; outcome: AttemptOutcome | null; proof: AttemptProof | null }

/**
 * One query a source, each led by an index on the host. Columns: when, kind, rank (which comes first at one instant), who, about what, and what is known.
 * imported: subject is the file. key-found: key protector ID, detail file and row. on-medium: medium, detail its technicians.
 * laps-found: account, detail file and row. laps-disclosed: account, detail as for disclosed.
 * attempt: medium, detail the attempt's ID. disclosed: key protector ID, detail way, reason and ticket. closed: detail begins with what it was closed as.
 */
const HISTORY = `
  SELECT h.created_at AS at, 'imported' AS kind, 0 AS rank, h.host_id AS place, i.operator, f.name AS subject, NULL AS id, NULL AS detail, NULL AS blocked_reason, NULL AS outcome, NULL AS proof
    FROM hosts h JOIN import_files f ON f.import_file_id = h.import_file_id JOIN imports i ON i.import_id = f.import_id WHERE h.host_id = @host
UNION ALL
  SELECT e.at, e.kind, 1, e.host_event_id, e.operator, CASE e.kind WHEN 'attempt' THEN a.media_id ELSE e.subject END, NULL,
         CASE e.kind WHEN 'closed' THEN e.closed_as || coalesce(': ' || e.detail, '') WHEN 'attempt' THEN e.subject ELSE e.detail END,
         CASE WHEN e.kind = 'attempt' AND e.detail IS NOT NULL THEN e.blocked_reason ELSE coalesce(e.blocked_reason, a.blocked_reason) END, CASE WHEN a.attempt_id IS NOT NULL THEN coalesce(e.detail, a.outcome) END, a.proof
    FROM host_events e LEFT JOIN attempts a ON e.kind = 'attempt' AND a.attempt_id = e.subject WHERE e.host_id = @host
UNION ALL
  SELECT i.started_at, 'key-found', 2, k.key_record_id, i.operator, NULL, k.key_protector_id, f.name || ':' || k.source_row, NULL, NULL, NULL
    FROM key_records k JOIN import_files f ON f.import_file_id = k.import_file_id JOIN imports i ON i.import_id = f.import_id WHERE k.host_id = @host
UNION ALL
  SELECT m.built_at, 'on-medium', 3, 0, m.built_by, m.media_id, NULL, (SELECT group_concat(technician, ', ') FROM (SELECT technician FROM media_slots s WHERE s.media_id = m.media_id ORDER BY slot)), NULL, NULL, NULL
    FROM media m WHERE m.media_id IN (SELECT mm.media_id FROM key_records k JOIN media_members mm ON mm.key_record_id = k.key_record_id WHERE k.host_id = @host)
UNION ALL
  SELECT d.at, 'disclosed', 4, d.disclosure_id, d.operator, NULL, k.key_protector_id, ${wayAt()} || ' ' || d.reason || coalesce(' ' || d.ticket, ''), NULL, NULL, NULL
    FROM key_records k JOIN disclosures d ON d.key_record_id = k.key_record_id WHERE k.host_id = @host
UNION ALL
  SELECT d.at, 'laps-disclosed', 4, d.disclosure_id, d.operator, p.account, NULL, ${wayAt()} || ' ' || d.reason || coalesce(' ' || d.ticket, ''), NULL, NULL, NULL
    FROM laps_passwords p JOIN disclosures d ON d.laps_password_id = p.laps_password_id WHERE p.host_id = @host
UNION ALL
  SELECT p.imported_at, 'laps-found', 2, p.laps_password_id, i.operator, p.account, NULL, f.name || ':' || p.source_row, NULL, NULL, NULL
    FROM laps_passwords p JOIN import_files f ON f.import_file_id = p.import_file_id JOIN imports i ON i.import_id = f.import_id WHERE p.host_id = @host
UNION ALL
  SELECT d.at, d.kind, 5, d.decision_id, d.operator, o.hostname, NULL, d.reason, NULL, NULL, NULL
    FROM host_decisions d LEFT JOIN hosts o ON o.host_id = CASE d.host_id WHEN @host THEN d.other_host_id ELSE d.host_id END WHERE d.host_id = @host OR d.other_host_id = @host
UNION ALL
  SELECT d.undone_at, 'decision-undone', 6, d.decision_id, d.undone_by, o.hostname, NULL, NULL, NULL, NULL, NULL
    FROM host_decisions d LEFT JOIN hosts o ON o.host_id = CASE d.host_id WHEN @host THEN d.other_host_id ELSE d.host_id END WHERE d.undone_at IS NOT NULL AND (d.host_id = @host OR d.other_host_id = @host)
ORDER BY at, rank, place`;

/** @returns Oldest first; empty for a host nobody knows. */
export function readHostHistory(db: ReadableDatabase, hostId: number): HostHistoryLine[] {
  return db.prepare<[{ host: number }], Row>(HISTORY).all({ host: hostId }).map(({ at, kind, operator, subject, id, detail, blocked_reason, outcome, proof }) => ({
    at, kind, operator, subject: id === null ? subject : parseKeyProtectorId(id.toString('hex')), detail, blockedReason: blocked_reason, outcome, proof,
  }));
}

/** @returns What the sources say about the machine itself. AppError `not-found`. */
export function readHostFacts(db: ReadableDatabase, hostId: number): HostFacts {
  const facts = db.prepare<[number], HostFacts>(
    `SELECT dns_name AS dnsName, domain, serial_number AS serialNumber, maker, user_name AS userName, asset_tag AS assetTag, description, last_seen_at AS lastSeenAt FROM hosts WHERE host_id = ?`,
  ).get(hostId);
  if (facts === undefined) throw new AppError('not-found', { hostId });
  return facts;
}
