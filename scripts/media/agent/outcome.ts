// What an attempt came to, as one table of rules from the weightiest to the least.
import type { AttemptOutcome, BlockedReason } from '../../../electron/core/codes.ts';

export type Facts = {
  readonly isInspectOnly: boolean;
  /** A file could not be read in the dry run, or stayed when it was to be removed. */
  readonly hasFailed: boolean;
  readonly isHibernationKept: boolean;
  readonly removed: number;
  readonly volumes: number;
  readonly locked: number;
  readonly unreadable: number;
  /** A recovery password, from the bundle or typed, opened nothing. */
  readonly isKeyRejected: boolean;
  readonly windows: number;
  readonly hasRecipeFolder: boolean;
};

export type Outcome = { readonly outcome: AttemptOutcome; readonly blockedReason: BlockedReason | null };

/** @returns The first rule that holds. A volume that stays locked counts only when nothing was repaired: it may hold the Windows concerned. */
export function decideOutcome(facts: Facts): Outcome {
  if (facts.isInspectOnly) return { outcome: 'inspected', blockedReason: null };
  if (facts.hasFailed) return blocked('repair-failed');
  if (facts.isHibernationKept) return blocked('hibernated');
  if (facts.removed > 0) return { outcome: 'repaired', blockedReason: null };
  if (facts.locked > 0) return blocked(facts.isKeyRejected ? 'key-rejected' : 'no-key');
  if (facts.windows > 0) return facts.hasRecipeFolder ? { outcome: 'nothing-to-do', blockedReason: null } : blocked('recipe-not-found');
  if (facts.volumes === 0) return blocked('no-disk-seen');
  // Neither readable nor BitLocker's: another product's encryption is the usual cause, a damaged file system the other.
  return blocked(facts.unreadable > 0 ? 'third-party-encryption' : 'other-os');
}

function blocked(reason: BlockedReason): Outcome {
  return { outcome: 'blocked', blockedReason: reason };
}
