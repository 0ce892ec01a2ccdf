// The sheet of one call, in the order of Microsoft's help-desk checklist: identity, host, key ID, reason, read out, outcome. What was entered is kept from the first field on.
import type { Database, ReadableDatabase } from '../../store/database.ts';
import { AppError } from '../app-error.ts';
import { appendAudit } from '../audit/audit.ts';
import type { CallOutcome, DisclosureReason, IdentityCheck } from '../codes.ts';
import { nowOf, type Desk } from '../desk.ts';
import { requireSteps } from './call-steps.ts';
import { formatKeyProtectorId } from '../keys/import-report.ts';

/** Nothing in it is secret. */
export interface Call {
  readonly callId: number; readonly openedAt: string; readonly operator: string; readonly changedAt: string;
  readonly hostId: number | null; readonly hostname: string | null; readonly keyRecordId: number | null; readonly keyProtectorId: string | null; readonly disclosureId: number | null;
  /** Of the LAPS password that was disclosed instead of a recovery password. */
  readonly lapsPasswordId: number | null;
  readonly identity: IdentityCheck | null; readonly caller: string | null; readonly reason: DisclosureReason | null; readonly ticket: string | null; readonly groupsRead: number;
  readonly outcome: CallOutcome | null; readonly closedAt: string | null; readonly note: string | null;
}

/** What is undefined stays as it was; the empty text clears a field. Of another key record nothing is read back yet. */
export interface CallEntries {
  readonly hostId?: number | undefined; readonly keyRecordId?: number | undefined; readonly identity?: IdentityCheck | undefined; readonly caller?: string | undefined;
  readonly reason?: DisclosureReason | undefined; readonly ticket?: string | undefined; readonly groupsRead?: number | undefined;
}

/**
 * Keeps what was entered; opens a call when there is none yet. A draft: no audit row, that comes with disclosure and outcome.
 *
 * @returns The sheet. AppError `not-found`, `not-in-this-state` (ended already: how, and by whom). Rows: calls, one.
 */
export function saveCall(desk: Desk, callId: number | undefined, entries: CallEntries): Call {
  const { db } = desk;
  const saved = db.transaction((): Call => {
    const at = nowOf(desk);
    const id = callId ?? Number(db.prepare('INSERT INTO calls (opened_at, operator, changed_at) VALUES (?, ?, ?)').run(at, desk.operator.name, at).lastInsertRowid);
    mustBeOpen(db, id);
    const record = entries.keyRecordId;
    if (record !== undefined && db.prepare('SELECT 1 FROM key_records WHERE key_record_id = ?').get(record) === undefined) throw new AppError('not-found', { keyRecordId: record });
    const hostId = entries.hostId ?? (record === undefined ? undefined : db.prepare<[number], { host_id: number | null }>('SELECT host_id FROM key_records WHERE key_record_id = ?').get(record)?.host_id ?? undefined);
    if (hostId !== undefined && db.prepare('SELECT 1 FROM hosts WHERE host_id = ?').get(hostId) === undefined) throw new AppError('not-found', { hostId });
    db.prepare(`UPDATE calls SET changed_at = :at, host_id = coalesce(:hostId, host_id), key_record_id = coalesce(:record, key_record_id), identity = coalesce(:identity, identity),
        caller = nullif(coalesce(:caller, caller), ''), reason = coalesce(:reason, reason), ticket = nullif(coalesce(:ticket, ticket), ''), groups_read = coalesce(:groupsRead, CASE WHEN :record IS NULL OR key_record_id IS :record THEN groups_read ELSE 0 END) WHERE call_id = :id`)
      .run({ at, id, hostId: hostId ?? null, record: record ?? null, identity: entries.identity ?? null, caller: entries.caller ?? null, reason: entries.reason ?? null, ticket: entries.ticket ?? null, groupsRead: entries.groupsRead ?? null });
    return getCall(db, id);
  }).immediate();
  desk.changed('calls');
  return saved;
}

/** Notes on the sheet which disclosure it led to. Call it inside the transaction of the disclosure. AppError `not-found`, `not-in-this-state`, `call-step-missing`. */
export function noteDisclosure(db: Database, callId: number, { disclosureId, keyRecordId, hostId, reason, ticket, at }: { readonly disclosureId: number; readonly keyRecordId: number | null; readonly hostId: number | null; readonly reason: DisclosureReason; readonly ticket: string | null; readonly at: string }): void {
  mustBeOpen(db, callId);
  db.prepare('UPDATE calls SET changed_at = ?, disclosure_id = ?, reason = ?, ticket = coalesce(?, ticket), groups_read = CASE WHEN key_record_id IS ? THEN groups_read ELSE 0 END, key_record_id = ?, host_id = ? WHERE call_id = ?').run(at, disclosureId, reason, ticket, keyRecordId, keyRecordId, hostId, callId);
  requireSteps(db, getCall(db, callId), 'disclosure');
}

/**
 * @param note Needed where this desk showed nothing and a key is said to have been tried: where it came from.
 * @returns The closed sheet. A call that was broken off may lack anything. AppError `not-found`, `not-in-this-state`, `call-step-missing`. Rows: calls, audit.
 */
export function closeCall(desk: Desk, { callId, outcome, note }: { readonly callId: number; readonly outcome: CallOutcome; readonly note?: string | undefined }): Call {
  const { db } = desk;
  const closed = db.transaction((): Call => {
    mustBeOpen(db, callId);
    const at = nowOf(desk);
    const kept = note === undefined || note.trim() === '' ? null : note;
    if (outcome !== 'broken-off') {
      const sheet = getCall(db, callId);
      requireSteps(db, sheet, 'end');
      if (sheet.disclosureId === null && kept === null) throw new AppError('call-step-missing', { step: 'note' });
    }
    db.prepare('UPDATE calls SET outcome = ?, closed_at = ?, changed_at = ?, note = ? WHERE call_id = ?').run(outcome, at, at, kept, callId);
    const call = getCall(db, callId);
    const { hostname, identity, caller, reason, ticket, groupsRead, disclosureId, lapsPasswordId } = call;
    appendAudit(db, { at, operator: desk.operator.name, act: 'calls.close', subject: call.keyProtectorId ?? hostname ?? String(callId), details: { callId, outcome, hostname, identity, caller, reason, ticket, groupsRead, disclosureId, ...(lapsPasswordId === null ? {} : { lapsPasswordId }), note: kept } });
    return call;
  }).immediate();
  desk.changed('calls', 'audit');
  return closed;
}

/** @returns Open ones: changed last first. All: newest first. */
export function listCalls(db: ReadableDatabase, { open, offset, limit }: { readonly open: boolean; readonly offset: number; readonly limit: number }): { total: number; rows: Call[] } {
  const which = open ? 'WHERE c.outcome IS NULL' : '';
  return {
    total: db.prepare<[], { n: number }>(`SELECT count(*) AS n FROM calls c ${which}`).get()?.n ?? 0,
    rows: db.prepare<[number, number], Row>(`${SELECT} ${which} ORDER BY ${open ? 'c.changed_at' : 'c.call_id'} DESC LIMIT ? OFFSET ?`).all(limit, offset).map(toCall),
  };
}

/** @returns AppError `not-found`. */
export function getCall(db: ReadableDatabase, callId: number): Call {
  const row = db.prepare<[number], Row>(`${SELECT} WHERE c.call_id = ?`).get(callId);
  if (row === undefined) throw new AppError('not-found', { callId });
  return toCall(row);
}

function mustBeOpen(db: ReadableDatabase, callId: number): void {
  const row = db.prepare<[number], { outcome: CallOutcome | null; closed_at: string | null; key_record_id: number | null }>('SELECT outcome, closed_at, key_record_id FROM calls WHERE call_id = ?').get(callId);
  if (row === undefined) throw new AppError('not-found', { callId });
  if (row.outcome === null) return;
  throw new AppError('not-in-this-state', { callId, state: row.outcome, endedBy: readEndedBy(db, callId, row.closed_at ?? '') ?? '', ...(row.key_record_id === null ? { laps: true } : {}) });
}

/** The sheet names who began it. Its end is audited: looked for from the newest entry on, near which it is. @returns Null: nobody on record. */
export function readEndedBy(db: ReadableDatabase, callId: number, closedAt: string): string | null {
  return db.prepare<[string, number], { operator: string }>("SELECT operator FROM audit_entries WHERE act = 'calls.close' AND at = ? AND json_extract(details, '$.callId') = ? ORDER BY entry_number DESC LIMIT 1").get(closedAt, callId)?.operator ?? null;
}

interface Row extends Omit<Call, 'keyProtectorId'> { readonly id: string | null }
const SELECT = `SELECT c.call_id AS callId, c.opened_at AS openedAt, c.operator, c.changed_at AS changedAt, c.host_id AS hostId, h.hostname, c.key_record_id AS keyRecordId, hex(k.key_protector_id) AS id,
    c.disclosure_id AS disclosureId, d.laps_password_id AS lapsPasswordId, c.identity, c.caller, c.reason, c.ticket, c.groups_read AS groupsRead, c.outcome, c.closed_at AS closedAt, c.note
  FROM calls c LEFT JOIN hosts h ON h.host_id = c.host_id LEFT JOIN key_records k ON k.key_record_id = c.key_record_id LEFT JOIN disclosures d ON d.disclosure_id = c.disclosure_id`;
const toCall = ({ id, ...call }: Row): Call => ({ ...call, keyProtectorId: id === null ? null : formatKeyProtectorId(id) });
