// Takes one attempt record in: proof, host, state, in one transaction. Records are statements of whoever held the stick and are weighed as such.
import { createHash } from 'node:crypto';
import { appendAudit } from '../audit/audit.ts';
import type { AttemptOutcome, AttemptProof, HostState } from '../codes.ts';
import { nowOf, type Desk } from '../desk.ts';
import { classifyAttempt, parseAttemptRecord, type ReadAttemptRecord } from '../media/attempt-record-reader.ts';
import { isKnownMedium, isWithoutPasscode, readRecordKeys } from '../media/media-register.ts';
import { toInstant } from '../ports.ts';
import { shareOut, type CameTo } from './attempt-shares.ts';
import { computerNameOf, findHostOfAttempt, insertFoundHost } from './attempt-host.ts';
import { standingAfterAttempt } from './attempt-order.ts';
import { findEnd } from './host-clock.ts';
import { findCertainlyBefore, getStanding, listKnownAttempts, writeHostEvent, writeStanding, type StandingHost } from './host-standing.ts';
import { dropCodesOf } from './result-code-attempt.ts';
import { isSameStanding, transition } from './transitions.ts';
import { prepared } from '../keys/prepared.ts';

export type TakenAttempt = {
  readonly attemptId: string | null; readonly status: 'imported' | 'unchanged' | 'rejected'; readonly proof: AttemptProof | null; readonly outcome: AttemptOutcome | null;
  readonly hostname: string | null; readonly hostState: HostState | null;
  /** Why it was rejected (`too-large`, `not-a-record`, `newer-version`, `cut-off`, `malformed FIELD`, `attempt-id-taken`), or why it is a claim. */
  readonly reason: string | null;
};

type StoredAttempt = { record: string; proof: AttemptProof; outcome: AttemptOutcome; host_id: number | null };

/**
 * Takes one record in.
 *
 * @param bytes Untrusted: the file, or its first 65 537 bytes.
 * @returns What became of it. A result code of the same boot that was accepted before gives way to the record. The same record again is `unchanged`. Another record under an attempt ID that is taken is rejected as a claim; but a
 *          signed one takes the place of one that proved nothing, so that nobody can keep a result out by bringing a forged one first.
 *          Never throws for what is in the file.
 *          Where it opened Windows of several hosts, told by their key protector IDs, each is moved by what its own came to.
 *          Rows, unless unchanged or unreadable: attempts, host_events, hosts (found in the field: a new one), one audit line with the record's SHA-256.
 */
export function takeAttempt(desk: Desk, bytes: Uint8Array): TakenAttempt {
  const parsed = parseAttemptRecord(bytes);
  if (parsed.status === 'refused') return nothing(parsed.reason === 'malformed' ? `malformed ${parsed.field}` : parsed.reason);
  const text = Buffer.from(bytes).toString('latin1');
  return desk.db.transaction(() => takeRead(desk, parsed, text)).immediate();
}

function takeRead(desk: Desk, read: ReadAttemptRecord, text: string): TakenAttempt {
  const { db } = desk;
  const { attemptId, outcome } = read.record;
  const { proof, doubt } = weigh(desk, read);
  const stored = prepared<[string], StoredAttempt>(db, 'SELECT record, proof, outcome, host_id FROM attempts WHERE attempt_id = ?').get(attemptId);
  if (stored?.record === text) {
    const host = stored.host_id === null ? null : getStanding(db, stored.host_id);
    return { attemptId, status: 'unchanged', proof: stored.proof, outcome: stored.outcome, hostname: host?.hostname ?? null, hostState: host?.state ?? null, reason: null };
  }
  const replaces = stored !== undefined && proof === 'signed' && stored.proof !== 'signed';
  if (stored !== undefined && !replaces) {
    audit(desk, read, text, 'attempts.rejected', { reason: 'attempt-id-taken' });
    return { ...nothing('attempt-id-taken'), attemptId, proof: 'claim', outcome };
  }
  if (replaces) {
    prepared(db, "DELETE FROM host_events WHERE kind = 'attempt' AND subject = ?").run(attemptId); // of every host it moved
    prepared(db, 'DELETE FROM attempts WHERE attempt_id = ?').run(attemptId);
  }
  const host = hostOf(desk, read, proof);
  const codes = dropCodesOf(db, read.record, proof, host?.hostId ?? null);
  insertAttempt(desk, read, text, proof, host?.hostId ?? null);
  // A claim moves nobody, and nobody beside its host.
  const shares = host === null || proof === 'claim' ? { own: read.record, others: [] } : shareOut(db, read.record, host.hostId);
  const standing = host === null ? null : moveHost(desk, host, read, proof, shares.own);
  const others = shares.others.map((other) => moveHost(desk, getStanding(db, other.hostId), read, proof, other)).map(({ hostname, state }) => `${hostname} ${state}`);
  audit(desk, read, text, 'attempts.import', { proof, outcome, host: host?.hostname ?? null, state: standing?.state ?? null, ...(doubt === null ? {} : { doubt }), ...(replaces ? { replaces: sha256(stored.record) } : {}), ...(codes === 0 ? {} : { codes: String(codes) }), ...(others.length === 0 ? {} : { otherHosts: others.join(', ') }) });
  return { attemptId, status: 'imported', proof, outcome, hostname: host?.hostname ?? null, hostState: standing?.state ?? null, reason: replaces ? 'replaces-claim' : codes > 0 ? 'replaces-code' : doubt };
}

/**
 * A medium that this desk has not built makes every record a claim, an unsigned one too: nothing here says that the stick, its recipe or the
 * slot existed. Unsigned stays the normal class for this desk's own media, on which the passcode was not reached.
 */
function weigh(desk: Desk, read: ReadAttemptRecord): { proof: AttemptProof; doubt: string | null } {
  if (!isKnownMedium(desk.db, read.record.mediaId)) return { proof: 'claim', doubt: 'unknown-medium' };
  const keys = readRecordKeys(desk.db, read.record.mediaId);
  const proof = classifyAttempt(read, keys);
  // The key of its one slot lies open: a signature under it says nothing about anybody.
  if (proof === 'signed' && isWithoutPasscode(desk.db, read.record.mediaId)) return { proof: 'unsigned', doubt: null };
  if (proof !== 'claim') return { proof, doubt: null };
  return { proof, doubt: read.record.slot !== null && keys.has(read.record.slot) ? 'wrong-hmac' : 'unknown-slot' };
}

/** A claim is put down to a host that is there, to be seen there; it never makes one. */
function hostOf(desk: Desk, { record }: ReadAttemptRecord, proof: AttemptProof): StandingHost | null {
  const found = findHostOfAttempt(desk.db, record);
  if (found !== null) return getStanding(desk.db, found);
  const name = computerNameOf(record);
  if (name === null || proof === 'claim') return null;
  const at = nowOf(desk);
  const hostId = insertFoundHost(desk.db, name, record, at);
  const host = getStanding(desk.db, hostId);
  const reported = transition(host, { kind: 'reported', hasKey: host.hasKey });
  if (reported.status === 'ok') writeStanding(desk.db, hostId, reported.standing, at);
  writeHostEvent(desk.db, { hostId, at, kind: 'reported', operator: desk.operator.name, subject: record.mediaId, detail: 'found-in-the-field' });
  return getStanding(desk.db, hostId);
}

/** @param came What the attempt came to for this host. Where that is not what the record says as a whole, it stands in the event. */
function moveHost(desk: Desk, host: StandingHost, { record }: ReadAttemptRecord, proof: AttemptProof, { outcome, blockedReason }: CameTo): StandingHost {
  const at = nowOf(desk);
  const standing = standingAfterAttempt(host, listKnownAttempts(desk.db, host.hostId), {
    attemptId: record.attemptId, happenedAt: findEnd(desk.db, record.mediaId, instantOf(record.finishedAtMs ?? record.startedAtMs), at), outcome, blockedReason, proof,
  }, findCertainlyBefore(desk.db, host.hostId));
  const isWhole = outcome === record.outcome && blockedReason === record.blockedReason;
  writeHostEvent(desk.db, { hostId: host.hostId, at, kind: 'attempt', operator: desk.operator.name, blockedReason, subject: record.attemptId, detail: isWhole ? null : outcome });
  if (!isSameStanding(host, standing)) writeStanding(desk.db, host.hostId, standing, at);
  return { ...host, ...standing };
}

function insertAttempt(desk: Desk, { record }: ReadAttemptRecord, text: string, proof: AttemptProof, hostId: number | null): void {
  prepared(
    desk.db,
    `INSERT INTO attempts (attempt_id, media_id, slot, host_id, outcome, blocked_reason, proof, started_at, finished_at, imported_at, imported_by, computer_name, removed, record, recipe_id, recipe_version)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(record.attemptId, record.mediaId, record.slot, hostId, record.outcome, record.blockedReason, proof, instantOf(record.startedAtMs), instantOf(record.finishedAtMs),
    nowOf(desk), desk.operator.name, record.windows.find(({ computerName }) => computerName !== null)?.computerName ?? null, record.removedCount, text, record.recipeId, record.recipeVersion);
}

function audit(desk: Desk, { record }: ReadAttemptRecord, text: string, act: string, details: Record<string, string | null>): void {
  appendAudit(desk.db, { at: nowOf(desk), operator: desk.operator.name, act, subject: record.attemptId, details: { mediaId: record.mediaId, ...details, sha256: sha256(text) } });
}

const instantOf = (ms: number | null): string | null => (ms === null ? null : toInstant(ms));
const sha256 = (text: string): string => createHash('sha256').update(text, 'latin1').digest('hex');
const nothing = (reason: string): TakenAttempt => ({ attemptId: null, status: 'rejected', proof: null, outcome: null, hostname: null, hostState: null, reason });
