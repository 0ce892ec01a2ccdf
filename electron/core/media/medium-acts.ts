// What becomes of a medium after it was built: issued to a holder, returned, wiped, or lost with everything on it.
import { AppError } from '../app-error.ts';
import { appendAudit } from '../audit/audit.ts';
import type { MediaState } from '../codes.ts';
import { nowOf, type Desk } from '../desk.ts';
import { raiseToLost } from '../rotation/rotations.ts';
import { hasExpired } from './expiry.ts';
import { getMedium, type Medium } from './media-register.ts';

/** From which states a medium may go where. What is lost may come back, and so may what is wiped: its image may be written onto a stick once more, or was never the only copy. A medium that is out may pass to another holder. */
export const MEDIUM_WAYS: Readonly<Record<Exclude<MediaState, 'built'>, readonly MediaState[]>> = {
  issued: ['built', 'issued', 'returned'],
  returned: ['issued', 'lost', 'wiped'],
  wiped: ['built', 'issued', 'returned'],
  lost: ['built', 'issued', 'returned'],
};

export interface MediumAct {
  readonly mediaId: string;
  readonly to: Exclude<MediaState, 'built'>;
  /** Who takes it; needed to issue it. */
  readonly holder?: string | undefined;
  readonly note?: string | undefined;
  /** More for the audit line: how it was wiped, and that it was read back. */
  readonly facts?: Readonly<Record<string, string | number | boolean>> | undefined;
}

/**
 * @returns The medium as it is now, and how many rotations a loss has put at the head of the list (those that were confirmed since it was built stay confirmed: what it
 *          carries of them opens nothing any more). AppError `not-found`, `not-in-this-state`, `medium-expired` (it may still come back, be wiped or get lost); then nothing is written. Rows: media, rotations, one audit line; one transaction.
 */
export function actOnMedium(desk: Desk, { mediaId, to, holder, note, facts }: MediumAct): { medium: Medium; rotations: number } {
  const { db } = desk;
  const done = db.transaction(() => {
    const before = getMedium(db, mediaId);
    if (!MEDIUM_WAYS[to].includes(before.state)) throw new AppError('not-in-this-state', { mediaId, state: before.state });
    const at = nowOf(desk);
    if (to === 'issued' && hasExpired(before, desk.clock())) throw new AppError('medium-expired', { mediaId });
    const held = to === 'issued' ? (holder ?? null) : to === 'lost' ? before.holder : null;
    db.prepare('UPDATE media SET state = ?, holder = ?, state_at = ? WHERE media_id = ?').run(to, held, at, mediaId);
    const rotations = to === 'lost' ? raiseToLost(db, mediaId) : 0;
    appendAudit(db, { at, operator: desk.operator.name, act: `media.${ACTS[to]}`, subject: mediaId, details: { from: before.state, holder: held ?? before.holder, note: note === undefined || note === '' ? null : note, ...(to === 'lost' ? { rotations } : {}), ...facts } });
    return { medium: getMedium(db, mediaId), rotations };
  }).immediate();
  desk.changed('media', 'hosts', 'audit');
  return done;
}

const ACTS = { issued: 'issue', returned: 'return', wiped: 'wipe', lost: 'lose' } as const satisfies Record<Exclude<MediaState, 'built'>, string>;
