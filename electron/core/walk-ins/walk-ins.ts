// The queue at the counter: a host is brought in, gets a number, is called, leaves. Kept in the store, so that a restart loses nobody's place.
import type { Database, ReadableDatabase } from '../../store/database.ts';
import { AppError } from '../app-error.ts';
import { appendAudit } from '../audit/audit.ts';
import type { HostState, MediaState, WalkInAct, WalkInOutcome } from '../codes.ts';
import { nowOf, type Desk } from '../desk.ts';
import { getHostRow } from '../hosts/host-list.ts';
import { nextActOf, type Standing } from './next-act.ts';

/** Nothing in it is secret. `act` is decided anew whenever it is read: keys and media may have come since. */
export interface WalkIn {
  readonly walkInId: number; readonly number: number; readonly arrivedAt: string; readonly takenInBy: string; readonly said: string;
  readonly hostId: number | null; readonly hostname: string | null; readonly hostState: HostState | null; readonly act: WalkInAct;
  readonly calledAt: string | null; readonly calledBy: string | null; readonly endedAt: string | null; readonly endedBy: string | null; readonly outcome: WalkInOutcome | null;
}
export interface MediumAtHand { readonly mediaId: string; readonly state: MediaState; readonly holder: string | null }

const NUMBERS = 999;
/** More media than this are not to be chosen from at a counter. */
const MEDIA_SHOWN = 6;
const DAY_MS = 24 * 60 * 60 * 1000;

interface Row extends Omit<WalkIn, 'act'> { readonly blockedReason: Standing['blockedReason'] }
const SELECT = `SELECT w.walk_in_id AS walkInId, w.number, w.arrived_at AS arrivedAt, w.taken_in_by AS takenInBy, w.said, w.host_id AS hostId, h.hostname, h.state AS hostState, h.blocked_reason AS blockedReason,
    w.called_at AS calledAt, w.called_by AS calledBy, w.ended_at AS endedAt, w.ended_by AS endedBy, w.outcome FROM walk_ins w LEFT JOIN hosts h ON h.host_id = w.host_id`;

/** @returns Who is here, in the order of arrival; the number given last; how many left done in the last day. */
export function listWalkIns(desk: Pick<Desk, 'db' | 'clock'>): { rows: WalkIn[]; lastNumber: number | null; doneInADay: number } {
  const { db } = desk;
  const now = nowOf(desk);
  return {
    rows: db.prepare<[], Row>(`${SELECT} WHERE w.ended_at IS NULL ORDER BY w.walk_in_id`).all().map((row) => withAct(db, row, now)),
    lastNumber: lastNumber(db),
    doneInADay: db.prepare<[string], { n: number }>("SELECT count(*) AS n FROM walk_ins WHERE ended_at > ? AND outcome = 'done'").get(new Date(desk.clock() - DAY_MS).toISOString())?.n ?? 0,
  };
}

/** @returns AppError `not-found`. */
export function getWalkIn(desk: Pick<Desk, 'db' | 'clock'>, walkInId: number): WalkIn {
  const row = desk.db.prepare<[number], Row>(`${SELECT} WHERE w.walk_in_id = ?`).get(walkInId);
  if (row === undefined) throw new AppError('not-found', { walkInId });
  return withAct(desk.db, row, nowOf(desk));
}

/** @returns Media with a key of this host that are neither wiped, lost nor expired: those at the desk first, then the newest. */
export function mediaAtHand(db: ReadableDatabase, hostId: number, now: string): MediumAtHand[] {
  return db.prepare<[number, string, number], MediumAtHand>(
    `SELECT m.media_id AS mediaId, m.state, m.holder FROM media m
      WHERE m.media_id IN (SELECT mm.media_id FROM key_records k JOIN media_members mm ON mm.key_record_id = k.key_record_id WHERE k.host_id = ?)
        AND m.state IN ('built', 'issued', 'returned') AND (m.expires_at IS NULL OR m.expires_at > ?) ORDER BY m.state = 'issued', m.built_at DESC LIMIT ?`,
  ).all(hostId, now, MEDIA_SHOWN);
}

/**
 * Gives a number to whoever came in; a host that is here already keeps its own.
 *
 * @param said What was scanned or said, at most 200 characters; never a recovery password. @param hostId Null: no host of this desk.
 * @returns The walk-in, whether it was here before, and how many wait before it. AppError `not-found`, `not-in-this-state` when 999 are here. Rows: walk_ins.
 */
export function takeIn(desk: Desk, said: string, hostId: number | null): { walkIn: WalkIn; again: boolean; before: number } {
  const { db } = desk;
  const taken = db.transaction((): { walkInId: number; again: boolean } => {
    if (hostId !== null) {
      getHostRow(db, hostId);
      const here = db.prepare<[number], { walk_in_id: number }>('SELECT walk_in_id FROM walk_ins WHERE host_id = ? AND ended_at IS NULL').get(hostId);
      if (here !== undefined) return { walkInId: here.walk_in_id, again: true };
    }
    const { lastInsertRowid } = db.prepare('INSERT INTO walk_ins (number, arrived_at, taken_in_by, said, host_id) VALUES (?, ?, ?, ?, ?)').run(freeNumber(db), nowOf(desk), desk.operator.name, said, hostId);
    return { walkInId: Number(lastInsertRowid), again: false };
  }).immediate();
  desk.changed('walk-ins');
  const before = db.prepare<[number], { n: number }>('SELECT count(*) AS n FROM walk_ins WHERE ended_at IS NULL AND called_at IS NULL AND walk_in_id < ?').get(taken.walkInId)?.n ?? 0;
  return { walkIn: getWalkIn(desk, taken.walkInId), again: taken.again, before };
}

/**
 * Calls a number to the counter: the one that has waited longest, or a certain one (also from another operator's hands).
 *
 * @returns Null when nobody waits. AppError `not-found`, `not-in-this-state` (has left). Rows: walk_ins.
 */
export function callWalkIn(desk: Desk, walkInId: number | undefined): WalkIn | null {
  const { db } = desk;
  const called = db.transaction((): number | null => {
    const id = walkInId ?? db.prepare<[], { id: number }>('SELECT walk_in_id AS id FROM walk_ins WHERE ended_at IS NULL AND called_at IS NULL ORDER BY walk_in_id LIMIT 1').get()?.id;
    if (id === undefined) return null;
    mustBeHere(db, id);
    db.prepare('UPDATE walk_ins SET called_at = ?, called_by = ? WHERE walk_in_id = ?').run(nowOf(desk), desk.operator.name, id);
    return id;
  }).immediate();
  desk.changed('walk-ins');
  return called === null ? null : getWalkIn(desk, called);
}

/**
 * Puts a number back into the queue, at its place; also one that has left by mistake, which is on record.
 *
 * @returns AppError `not-found`, `not-in-this-state` (its host is here under another number). Rows: walk_ins; audit when it had left.
 */
export function putBackWalkIn(desk: Desk, walkInId: number): WalkIn {
  const { db } = desk;
  db.transaction(() => {
    const { hostId, endedAt, number, hostname } = getWalkIn(desk, walkInId);
    if (endedAt !== null) {
      if (hostId !== null && db.prepare('SELECT 1 FROM walk_ins WHERE host_id = ? AND ended_at IS NULL').get(hostId) !== undefined) throw new AppError('not-in-this-state', { walkInId, state: 'again' });
      const again = db.prepare('SELECT 1 FROM walk_ins WHERE number = ? AND ended_at IS NULL').get(number) === undefined ? number : freeNumber(db);
      appendAudit(db, { at: nowOf(desk), operator: desk.operator.name, act: 'walkIns.putBack', subject: hostname, details: { walkInId, number: again } });
      db.prepare('UPDATE walk_ins SET number = ?, ended_at = NULL, ended_by = NULL, outcome = NULL WHERE walk_in_id = ?').run(again, walkInId);
    }
    db.prepare('UPDATE walk_ins SET called_at = NULL, called_by = NULL WHERE walk_in_id = ?').run(walkInId);
  }).immediate();
  desk.changed('walk-ins', 'audit');
  return getWalkIn(desk, walkInId);
}

/** Says how somebody left, which frees the number. The host's state is what its events say, and stays. AppError `not-found`, `not-in-this-state`. Rows: walk_ins, one audit line. */
export function endWalkIn(desk: Desk, walkInId: number, outcome: WalkInOutcome): WalkIn {
  const { db } = desk;
  db.transaction(() => {
    mustBeHere(db, walkInId);
    const { number, hostname, said, act } = getWalkIn(desk, walkInId);
    const at = nowOf(desk);
    db.prepare('UPDATE walk_ins SET ended_at = ?, ended_by = ?, outcome = ? WHERE walk_in_id = ?').run(at, desk.operator.name, outcome, walkInId);
    appendAudit(db, { at, operator: desk.operator.name, act: 'walkIns.end', subject: hostname ?? said, details: { walkInId, number, outcome, act } });
  }).immediate();
  desk.changed('walk-ins', 'audit');
  return getWalkIn(desk, walkInId);
}

function mustBeHere(db: ReadableDatabase, walkInId: number): void {
  const row = db.prepare<[number], { outcome: string | null }>('SELECT outcome FROM walk_ins WHERE walk_in_id = ?').get(walkInId);
  if (row === undefined) throw new AppError('not-found', { walkInId });
  if (row.outcome !== null) throw new AppError('not-in-this-state', { walkInId, state: row.outcome });
}

function withAct(db: ReadableDatabase, { blockedReason, ...row }: Row, now: string): WalkIn {
  const { hostId, hostState } = row;
  if (hostId === null || hostState === null) return { ...row, act: nextActOf(null) };
  const one = <T>(sql: string): T | undefined => db.prepare<[number], T>(sql).get(hostId);
  return { ...row, act: nextActOf({
    state: hostState, blockedReason, media: mediaAtHand(db, hostId, now).length, keptOff: one<{ reason: string }>('SELECT reason FROM hosts_kept_off WHERE host_id = ?')?.reason ?? null,
    keyRecords: one<{ n: number }>('SELECT count(*) AS n FROM (SELECT 1 FROM key_records WHERE host_id = ? LIMIT 1)')?.n ?? 0,
  }) };
}

/** Counted on from the number given last, 1 after 999; numbers of those who are still here are left out. AppError `not-in-this-state` when there is none. */
function freeNumber(db: Database): number {
  const here = new Set(db.prepare<[], { number: number }>('SELECT number FROM walk_ins WHERE ended_at IS NULL').all().map(({ number }) => number));
  const last = lastNumber(db) ?? 0;
  for (let step = 0; step < NUMBERS; step += 1) {
    const number = ((last + step) % NUMBERS) + 1;
    if (!here.has(number)) return number;
  }
  throw new AppError('not-in-this-state', { state: 'full' });
}

const lastNumber = (db: ReadableDatabase): number | null => db.prepare<[], { number: number }>('SELECT number FROM walk_ins ORDER BY walk_in_id DESC LIMIT 1').get()?.number ?? null;
