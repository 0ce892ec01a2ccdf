// The way of a host as one table: in which state which event leads where. Everything that changes a host's state goes through here,
// but for the two bulk events of an import (`reported`, `key-found`), which are the same rules as set-based SQL; a test compares both.
import type { AttemptOutcome, AttemptProof, BlockedReason, ClosedAs, HostState } from '../codes.ts';

/** Where a host stands. A blocked host has a reason and only a blocked host has one; so it is with closed and `closedAs`. */
export interface Standing { readonly state: HostState; readonly blockedReason: BlockedReason | null; readonly closedAs: ClosedAs | null }

/** What happens to a host. `hasKey`: whether the store has a key record of it at this moment. */
export type HostEvent =
  | { readonly kind: 'reported'; readonly hasKey: boolean }
  | { readonly kind: 'key-found' }
  | { readonly kind: 'blocked'; readonly reason: BlockedReason }
  | { readonly kind: 'unblocked'; readonly hasKey: boolean }
  | { readonly kind: 'attempt'; readonly outcome: AttemptOutcome; readonly blockedReason: BlockedReason | null; readonly proof: AttemptProof }
  | { readonly kind: 'verified'; readonly evidence: string }
  | { readonly kind: 'closed'; readonly as: ClosedAs; readonly note: string }
  | { readonly kind: 'reopened'; readonly hasKey: boolean };

export type Transition = { readonly status: 'ok'; readonly standing: Standing; readonly changed: boolean } | { readonly status: 'refused' };

/** An event as far as the table tells events apart. */
export const EVENT_KEYS = [
  'reported', 'key-found', 'blocked', 'unblocked', 'attempt-repaired', 'attempt-blocked', 'attempt-nothing-to-do', 'attempt-inspected', 'attempt-safe-boot-set', 'attempt-claim',
  'verified', 'closed', 'reopened',
] as const;
export type EventKey = (typeof EVENT_KEYS)[number];

/**
 * `stay`: the event is on record and changes nothing. `refused`: the act makes no sense here and is not carried out.
 * `by-key`: ready with a key, reported without. `ready-if-no-key`: ready when the missing key was what blocked the host.
 * `recipe-not-found`: blocked, because no file matched the recipe. `in-progress`: it starts in safe mode next, where the other half of the work is done.
 */
export type Cell = 'stay' | 'refused' | 'by-key' | 'ready' | 'ready-if-no-key' | 'blocked' | 'recipe-not-found' | 'in-progress' | 'repaired' | 'verified' | 'closed';

/** Attempts are the same in every state in which nobody has decided that the host is up or gone. A claim proves nothing and moves nothing. */
const OPEN_ATTEMPTS = {
  'attempt-repaired': 'repaired', 'attempt-blocked': 'blocked', 'attempt-nothing-to-do': 'recipe-not-found', 'attempt-inspected': 'stay', 'attempt-safe-boot-set': 'in-progress', 'attempt-claim': 'stay',
} as const satisfies Partial<Record<EventKey, Cell>>;
const NO_ATTEMPTS = {
  'attempt-repaired': 'stay', 'attempt-blocked': 'stay', 'attempt-nothing-to-do': 'stay', 'attempt-inspected': 'stay', 'attempt-safe-boot-set': 'stay', 'attempt-claim': 'stay',
} as const satisfies Partial<Record<EventKey, Cell>>;

export const TRANSITIONS = {
  'known': { 'reported': 'by-key', 'key-found': 'stay', 'blocked': 'blocked', 'unblocked': 'refused', ...OPEN_ATTEMPTS, 'verified': 'verified', 'closed': 'closed', 'reopened': 'refused' },
  'reported': { 'reported': 'by-key', 'key-found': 'ready', 'blocked': 'blocked', 'unblocked': 'refused', ...OPEN_ATTEMPTS, 'verified': 'verified', 'closed': 'closed', 'reopened': 'refused' },
  'ready': { 'reported': 'stay', 'key-found': 'stay', 'blocked': 'blocked', 'unblocked': 'refused', ...OPEN_ATTEMPTS, 'verified': 'verified', 'closed': 'closed', 'reopened': 'refused' },
  'blocked': { 'reported': 'stay', 'key-found': 'ready-if-no-key', 'blocked': 'blocked', 'unblocked': 'by-key', ...OPEN_ATTEMPTS, 'verified': 'verified', 'closed': 'closed', 'reopened': 'refused' },
  'in-progress': { 'reported': 'stay', 'key-found': 'stay', 'blocked': 'blocked', 'unblocked': 'refused', ...OPEN_ATTEMPTS, 'verified': 'verified', 'closed': 'closed', 'reopened': 'refused' },
  // The file is gone: finding none to remove is what a second boot has to find.
  'repaired': { 'reported': 'stay', 'key-found': 'stay', 'blocked': 'blocked', 'unblocked': 'refused', ...OPEN_ATTEMPTS, 'attempt-nothing-to-do': 'stay', 'verified': 'verified', 'closed': 'closed', 'reopened': 'refused' },
  // A person has seen it running, or has said that it is gone: only a person takes that back.
  'verified': { 'reported': 'stay', 'key-found': 'stay', 'blocked': 'refused', 'unblocked': 'refused', ...NO_ATTEMPTS, 'verified': 'verified', 'closed': 'closed', 'reopened': 'by-key' },
  'closed': { 'reported': 'stay', 'key-found': 'stay', 'blocked': 'refused', 'unblocked': 'refused', ...NO_ATTEMPTS, 'verified': 'refused', 'closed': 'closed', 'reopened': 'by-key' },
} as const satisfies Record<HostState, Record<EventKey, Cell>>;

/**
 * Says where an event leads.
 *
 * @param from Where the host stands.
 * @returns The new standing and whether it differs, or `refused`: by the table, or because what the event needs is missing
 *          (evidence of `verified`, the note of `closed`). Never throws.
 */
export function transition(from: Standing, event: HostEvent): Transition {
  if (event.kind === 'verified' && event.evidence.trim() === '') return { status: 'refused' };
  if (event.kind === 'closed' && event.note.trim() === '') return { status: 'refused' };
  const cell: Cell = TRANSITIONS[from.state][eventKey(event)];
  if (cell === 'refused') return { status: 'refused' };
  const to = target(from, event, cell);
  return { status: 'ok', standing: to, changed: !isSameStanding(from, to) };
}

/** @returns Whether two standings are one: state, reason and how it was closed. */
export const isSameStanding = (a: Standing, b: Standing): boolean => a.state === b.state && a.blockedReason === b.blockedReason && a.closedAs === b.closedAs;

/** @returns The column of the table of transitions that an event belongs to. */
export function eventKey(event: HostEvent): EventKey {
  if (event.kind !== 'attempt') return event.kind;
  return event.proof === 'claim' ? 'attempt-claim' : `attempt-${event.outcome}`;
}

const open = (state: Exclude<HostState, 'blocked' | 'closed'>): Standing => ({ state, blockedReason: null, closedAs: null });
const blockedBy = (blockedReason: BlockedReason): Standing => ({ state: 'blocked', blockedReason, closedAs: null });

function target(from: Standing, event: HostEvent, cell: Exclude<Cell, 'refused'>): Standing {
  switch (cell) {
    case 'stay': return from;
    case 'by-key': return open('hasKey' in event && event.hasKey ? 'ready' : 'reported');
    case 'ready-if-no-key': return from.blockedReason === 'no-key' ? open('ready') : from;
    case 'recipe-not-found': return blockedBy('recipe-not-found');
    case 'blocked': return blockedBy(reasonOf(event));
    case 'closed': return event.kind === 'closed' ? { state: 'closed', blockedReason: null, closedAs: event.as } : from;
    case 'ready': case 'in-progress': case 'repaired': case 'verified': return open(cell);
  }
}

/** An attempt that says blocked without a reason is refused when it is read; should one come, the repair failed. */
function reasonOf(event: HostEvent): BlockedReason {
  if (event.kind === 'blocked') return event.reason;
  return event.kind === 'attempt' && event.blockedReason !== null ? event.blockedReason : 'repair-failed';
}
