// Attempts come back in any order: a stick may lie in a drawer for a day. What counts is the order in which they happened on the host.
import type { AttemptOutcome, AttemptProof, BlockedReason } from '../codes.ts';
import { isSameStanding, transition, type Standing } from './transitions.ts';

/** An attempt as far as it moves its host. `happenedAt` is by the host's own clock as far as that can be right (host-clock.ts), ISO-8601 UTC: it orders attempts of one host and nothing else. */
export interface HappenedAttempt {
  readonly attemptId: string; readonly happenedAt: string; readonly outcome: AttemptOutcome; readonly blockedReason: BlockedReason | null; readonly proof: AttemptProof;
}

/** `isWeighed`: a person has decided about the host since it became known. */
export interface KnownAttempt extends HappenedAttempt { readonly isWeighed: boolean }

/**
 * Says where a host stands after one more attempt has become known.
 *
 * @param current Where it stands now.
 * @param known   Deciding attempts already on record, any order. A person's decision (blocked, unblocked, verified, closed, reopened) parts them:
 *                what became known before it is weighed in it, and anything that happened even earlier says nothing new.
 * @param next    The one that was just read.
 * @param certainlyBefore Instant: what happened until then was certainly before a person last said that the host is down again, and speaks of the time before. Null: nobody said so.
 * @returns The standing; `current` when nothing changes. The newest attempt acts as the table says. An older one is put where it belongs in time
 *          and changes something only if the result of them all is another one: an old repair explains why a later boot had nothing to do,
 *          an old failure says nothing that a later success has not overtaken.
 */
export function standingAfterAttempt(current: Standing, known: readonly KnownAttempt[], next: HappenedAttempt, certainlyBefore: string | null = null): Standing {
  if (certainlyBefore !== null && next.happenedAt <= certainlyBefore) return current;
  if (known.some((other) => other.isWeighed && decides(other) && isLater(other, next))) return current;
  const deciding = known.filter((other) => !other.isWeighed && decides(other));
  if (!decides(next) || !deciding.some((other) => isLater(other, next))) return after(current, next);
  const without = replay(deciding);
  const withNext = replay([...deciding, next]);
  if (isSameStanding(without, withNext)) return current;
  // Verified and closed are a person's word, whatever attempts say.
  return current.state === 'verified' || current.state === 'closed' ? current : withNext;
}

/** Inspections and claims move nothing, whenever they were. */
const decides = ({ outcome, proof }: HappenedAttempt): boolean => proof !== 'claim' && outcome !== 'inspected';

const isLater = (a: HappenedAttempt, b: HappenedAttempt): boolean => a.happenedAt > b.happenedAt || (a.happenedAt === b.happenedAt && a.attemptId > b.attemptId);

/** A person's last decision left the host open, so all that follows is in the attempts; every open state treats them alike. */
function replay(attempts: readonly HappenedAttempt[]): Standing {
  return attempts.toSorted((a, b) => (isLater(a, b) ? 1 : -1)).reduce(after, { state: 'ready', blockedReason: null, closedAs: null });
}

function after(standing: Standing, { outcome, blockedReason, proof }: HappenedAttempt): Standing {
  const result = transition(standing, { kind: 'attempt', outcome, blockedReason, proof });
  return result.status === 'ok' ? result.standing : standing;
}
