// What an attempt came to, as one table of rules from the weightiest to the least; and the same for each Windows of the host.
import type { AttemptOutcome, BlockedReason } from '../../../electron/core/codes.ts';
import { countFiles } from './repair.ts';
import type { FoundWindows } from './repair.ts';

export type Facts = {
  readonly isInspectOnly: boolean;
  /** A file could not be read in the dry run, or stayed when it was to be removed. */
  readonly hasFailed: boolean;
  readonly isHibernationKept: boolean;
  readonly removed: number;
  /** The safe-boot flag was set, because no Windows could be read. */
  readonly isSafeBootSet: boolean;
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
  if (facts.isInspectOnly) return done('inspected');
  if (facts.hasFailed) return blocked('repair-failed');
  if (facts.isHibernationKept) return blocked('hibernated');
  if (facts.isSafeBootSet) return done('safe-boot-set');
  // From data volumes alone, while what may be the Windows is locked, is no repair of the host.
  if (facts.removed > 0 && (facts.windows > 0 || facts.locked === 0)) return done('repaired');
  if (facts.locked > 0) return blocked(facts.isKeyRejected ? 'key-rejected' : 'no-key');
  if (facts.windows > 0 || facts.hasRecipeFolder) return facts.hasRecipeFolder ? done('nothing-to-do') : blocked('recipe-not-found');
  if (facts.volumes === 0) return blocked('no-disk-seen');
  // Neither readable nor BitLocker's: another product's encryption is the usual cause, a damaged file system the other.
  return blocked(facts.unreadable > 0 ? 'third-party-encryption' : 'other-os');
}

/** @returns What one Windows came to, by the same rules: of several the one that failed has to be found. */
export function outcomeOf(windows: FoundWindows, isInspectOnly: boolean): Outcome {
  const one = [windows];
  const left = countFiles(one, 'dry-run');
  const isHibernationKept = left > 0 && windows.hibernated === 'yes';
  return decideOutcome({
    isInspectOnly: isInspectOnly, hasFailed: countFiles(one, 'unreadable') + countFiles(one, 'remove-failed') > 0 || (left > 0 && !isHibernationKept), isHibernationKept: isHibernationKept,
    removed: countFiles(one, 'removed'), isSafeBootSet: false, volumes: 1, locked: 0, unreadable: 0, isKeyRejected: false, windows: 1, hasRecipeFolder: windows.hasFolder,
  });
}

function done(outcome: AttemptOutcome): Outcome {
  return { outcome: outcome, blockedReason: null };
}

function blocked(reason: BlockedReason): Outcome {
  return { outcome: 'blocked', blockedReason: reason };
}
