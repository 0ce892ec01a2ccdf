// Takes a result code in that was read out or typed, for a stick that can not come back (form: core/media/result-code.md).
import { createHash, createHmac } from 'node:crypto';
import { AppError } from '../app-error.ts';
import { appendAudit } from '../audit/audit.ts';
import type { AttemptOutcome, AttemptProof, BlockedReason, HostState } from '../codes.ts';
import { nowOf, type Desk } from '../desk.ts';
import { findByName } from '../hosts/joined.ts';
import { parseKeyProtectorId } from '../keys/key-protector-id.ts';
import { prepared } from '../keys/prepared.ts';
import { getMedium, readRecordKeys } from '../media/media-register.ts';
import { openKeyText, parseResultCode, resultFacts, showResultCode, type HmacOfText, type ResultCode, type ResultFacts, type ResultWord } from '../media/result-code.ts';
import type { ReadableDatabase } from '../../store/database.ts';
import { standingAfterAttempt } from './attempt-order.ts';
import { getStanding, listKnownAttempts, writeHostEvent, writeStanding } from './host-standing.ts';
import { attemptIdOfCode, findAttemptOfCode, formatCodeRecord } from './result-code-attempt.ts';
import { isSameStanding } from './transitions.ts';

export interface ResultCodeToAccept {
  readonly mediaId: string;
  /** Untrusted: as it was read out. */
  readonly code: string;
  /** Whose it is, where the code does not say: no key protector ID of this medium fits. */
  readonly hostname?: string | undefined;
}

export type AcceptedResultCode =
  /** Not a result code: what was misheard, counted from 1. Nothing is on record. */
  | { readonly status: 'slip'; readonly reason: 'length' | 'letters' | 'check'; readonly characters: number; readonly positions: readonly number[] }
  /** A result code, but not of this medium, or of none of its hosts. Nothing is on record. */
  | { readonly status: 'not-of-this-medium' }
  /** It says what came of it, not where: ask for the host. Nothing is on record. */
  | { readonly status: 'host-needed'; readonly proof: AttemptProof; readonly outcome: AttemptOutcome; readonly blockedReason: BlockedReason | null }
  | {
    /** `unchanged`: this code, or the record of the same boot, is here already. */
    readonly status: 'accepted' | 'unchanged'; readonly attemptId: string; readonly proof: AttemptProof; readonly outcome: AttemptOutcome; readonly blockedReason: BlockedReason | null;
    readonly hostname: string | null; readonly hostState: HostState | null;
  };

/** Whose word a code is: of a slot whose technician's passcode was entered, or of nobody (slot null). */
interface Signer { readonly slot: number | null; readonly hmac: HmacOfText }
interface Signed { readonly slot: number | null; readonly proof: AttemptProof }
interface Match extends Signed { readonly hostId: number | null }

/** About 15 ms of HMACs between two turns. */
const IDS_A_TURN = 2000;

/**
 * Takes a result code in.
 *
 * @param order   `mediaId` in any case. `hostname` must be a host the desk knows.
 * @param breathe Called between batches: a medium has up to a million keys, and each may be the one.
 * @returns What became of it. Rows when accepted: attempts, host_events, perhaps hosts, one audit line. AppError `not-found` (medium, host).
 *          A record of the same boot that comes later takes the place of the code (take-attempt.ts); the same code again changes nothing; one that carries the outcome
 *          alone is that of many hosts, and counts once for each that is named.
 */
export async function acceptResultCode(desk: Desk, order: ResultCodeToAccept, breathe: () => Promise<void>): Promise<AcceptedResultCode> {
  const mediaId = order.mediaId.trim().toUpperCase();
  const medium = getMedium(desk.db, mediaId);
  const parsed = parseResultCode(order.code);
  if (parsed.status !== 'ok') {
    return { status: 'slip', reason: parsed.status, characters: parsed.status === 'length' ? parsed.characters : 12, positions: parsed.status === 'letters' ? parsed.positions : [] };
  }
  const named = order.hostname === undefined ? null : findByName(desk.db, order.hostname)?.host_id ?? null;
  if (order.hostname !== undefined && named === null) throw new AppError('not-found', { hostname: order.hostname });
  const signers = signersOf(desk, mediaId);
  const bare = tryId(parsed.facts, 'none', signers);
  const here = bare !== null && named === null ? null : findAttemptOfCode(desk.db, mediaId, parsed.code, bare === null ? null : named);
  if (here !== null) return { status: 'unchanged', ...here };

  const match = bare === null ? await findMatch(desk.db, mediaId, parsed.facts, signers, named, breathe) : { ...bare, hostId: named };
  if (match === null) return { status: 'not-of-this-medium' };
  // Where the key of the one slot lies open, a right code says nothing about who says it.
  const proof = medium.withoutPasscode && match.proof === 'signed' ? 'unsigned' : match.proof;
  const { outcome, blockedReason } = outcomeOf(parsed.facts.word);
  if (match.hostId === null) return { status: 'host-needed', proof, outcome, blockedReason };
  return takeIn(desk, { mediaId, recipe: medium.recipe, code: parsed.code, outcome, blockedReason, slot: match.slot, proof, hostId: match.hostId, isNamed: match.hostId === named, isBare: bare !== null });
}

function signersOf(desk: Desk, mediaId: string): Signer[] {
  const open = createHash('sha256').update(openKeyText(mediaId), 'latin1').digest();
  return [...[...readRecordKeys(desk.db, mediaId)].map(([slot, key]) => ({ slot, key })), { slot: null, key: open }]
    .map(({ slot, key }) => ({ slot, hmac: (text) => createHmac('sha256', key).update(text, 'latin1').digest() }));
}

/** @returns Under whose passcode it is a code of this key protector ID (or of `none`); `claim` where the entry alone says so; null when it is not. */
function tryId(facts: ResultFacts, id: string, signers: readonly Signer[]): Signed | null {
  let claim: Signed | null = null;
  for (const { slot, hmac } of signers) {
    const expected = resultFacts(facts.word, id, hmac);
    if (expected.entry !== facts.entry) continue;
    if (expected.mac === facts.mac) return { slot, proof: slot === null ? 'unsigned' : 'signed' };
    // An entry under the open key is anybody's arithmetic, and `none` is no host.
    if (slot !== null && id !== 'none') claim ??= { slot, proof: 'claim' };
  }
  return claim;
}

/**
 * Whose the code is: tried are the keys on the medium, then those of the host that was named (its key may have been typed).
 *
 * @returns A right MAC before one that only names an entry, which is a claim; null when nothing fits. Without a host: it has to be asked for.
 */
async function findMatch(db: ReadableDatabase, mediaId: string, facts: ResultFacts, signers: readonly Signer[], named: number | null, breathe: () => Promise<void>): Promise<Match | null> {
  let claim: Match | null = null;
  const tryHost = (id: string, hostId: number | null): Match | null => {
    const found = tryId(facts, id, signers);
    if (found === null || found.proof !== 'claim') return found === null ? null : { ...found, hostId };
    if (hostId !== null) claim ??= { ...found, hostId };
    return null;
  };
  let tried = 0;
  for (const members of membersOf(db, mediaId)) {
    for (const { id, hostId } of members) {
      const found = tryHost(id, hostId ?? named);
      if (found !== null) return found;
    }
    tried += members.length;
    if (tried % IDS_A_TURN === 0) await breathe();
  }
  if (named !== null) {
    const ids = prepared<[number], { id: Buffer }>(db, 'SELECT key_protector_id AS id FROM key_records WHERE host_id = ? AND key_protector_id IS NOT NULL').all(named);
    for (const { id } of ids) {
      const found = tryHost(parseKeyProtectorId(id.toString('hex')) ?? '', named);
      if (found !== null) return found;
    }
  }
  return claim;
}

/** In batches: the statement is not open while others have their turn. */
function* membersOf(db: ReadableDatabase, mediaId: string): Generator<readonly { readonly id: string; readonly hostId: number | null }[]> {
  const batch = prepared<[string, number, number], { key_record_id: number; id: Buffer | null; host_id: number | null }>(
    db, `SELECT k.key_record_id, k.key_protector_id AS id, k.host_id FROM media_members m JOIN key_records k ON k.key_record_id = m.key_record_id
          WHERE m.media_id = ? AND m.key_record_id > ? ORDER BY m.key_record_id LIMIT ?`);
  for (let after = -1; ;) {
    const rows = batch.all(mediaId, after, IDS_A_TURN);
    if (rows.length === 0) return;
    after = rows.at(-1)?.key_record_id ?? after;
    yield rows.flatMap(({ id, host_id }) => (id === null ? [] : [{ id: parseKeyProtectorId(id.toString('hex')) ?? '', hostId: host_id }]));
  }
}

interface Found {
  readonly mediaId: string; readonly recipe: string; readonly code: ResultCode; readonly outcome: AttemptOutcome; readonly blockedReason: BlockedReason | null;
  readonly slot: number | null; readonly proof: AttemptProof; readonly hostId: number; readonly isNamed: boolean;
  /** It carries the outcome alone. */
  readonly isBare: boolean;
}

/** As a record moves a host, only that the desk's clock has to say when. */
function takeIn(desk: Desk, found: Found): AcceptedResultCode {
  const { mediaId, code, outcome, blockedReason, slot, proof, hostId } = found;
  const itsHost = found.isBare ? hostId : null;
  const attemptId = attemptIdOfCode(mediaId, code, itsHost);
  const taken = desk.db.transaction((): AcceptedResultCode => {
    const here = findAttemptOfCode(desk.db, mediaId, code, itsHost);
    if (here !== null) return { status: 'unchanged', ...here };
    const at = nowOf(desk);
    const [recipeId = null, recipeVersion = null] = found.recipe.split(' ');
    prepared(desk.db, `INSERT INTO attempts (attempt_id, media_id, slot, host_id, outcome, blocked_reason, proof, started_at, finished_at, imported_at, imported_by, computer_name, removed, record, recipe_id, recipe_version)
                       VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL, ?, ?, NULL, 0, ?, ?, ?)`)
      .run(attemptId, mediaId, slot, hostId, outcome, blockedReason, proof, at, desk.operator.name, formatCodeRecord(mediaId, code), recipeId, recipeVersion === null ? null : Number(recipeVersion));
    const host = getStanding(desk.db, hostId);
    const standing = standingAfterAttempt(host, listKnownAttempts(desk.db, hostId), { attemptId, happenedAt: at, outcome, blockedReason, proof });
    writeHostEvent(desk.db, { hostId, at, kind: 'attempt', operator: desk.operator.name, blockedReason, subject: attemptId });
    if (!isSameStanding(host, standing)) writeStanding(desk.db, hostId, standing, at);
    appendAudit(desk.db, {
      at, operator: desk.operator.name, act: 'attempts.accept', subject: attemptId,
      details: { mediaId, code: showResultCode(code), proof, outcome, ...(blockedReason === null ? {} : { reason: blockedReason }), host: host.hostname, hostBy: found.isNamed ? 'operator' : 'code', state: standing.state },
    });
    return { status: 'accepted', attemptId, proof, outcome, blockedReason, hostname: host.hostname, hostState: standing.state };
  }).immediate();
  if (taken.status === 'accepted') desk.changed('attempts', 'hosts', 'audit');
  return taken;
}

function outcomeOf(word: ResultWord): { readonly outcome: AttemptOutcome; readonly blockedReason: BlockedReason | null } {
  switch (word) {
    case 'repaired': case 'nothing-to-do': case 'inspected': case 'safe-boot-set': return { outcome: word, blockedReason: null };
    default: return { outcome: 'blocked', blockedReason: word };
  }
}
