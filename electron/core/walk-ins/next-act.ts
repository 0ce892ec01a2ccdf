// What is to be done with a host that stands on the counter: one act, decided by how the host stands and by what is at hand for it.
import type { BlockedReason, HostState, WalkInAct } from '../codes.ts';

/** `media`: those that carry a key of the host and can be used. `keptOff`: why it must not be powered on. */
export interface Standing {
  readonly state: HostState; readonly blockedReason: BlockedReason | null; readonly keptOff: string | null; readonly keyRecords: number; readonly media: number;
}

/** What stood in the way no longer does once the host is on the counter. */
const OVER_BY_COMING: ReadonlySet<BlockedReason> = new Set(['not-reachable', 'owner-away']);
/** A stick did not do; the recovery screen still takes the digits. */
const WITHOUT_STICK: ReadonlySet<BlockedReason> = new Set(['usb-blocked', 'media-refused', 'no-disk-seen']);

/** @param standing Null: no host of this desk. @returns Exactly one act; pure. */
export function nextActOf(standing: Standing | null): WalkInAct {
  if (standing === null) return 'find-out';
  const { state, blockedReason, keptOff, keyRecords, media } = standing;
  if (state === 'verified') return 'nothing';
  if (state === 'closed') return 'closed';
  if (keptOff !== null) return 'keep-off';
  if (state === 'repaired') return 'watch';
  const hasKey = keyRecords > 0;
  if (blockedReason !== null && !OVER_BY_COMING.has(blockedReason)) {
    if (blockedReason === 'no-key') return !hasKey ? 'safe-boot' : media > 0 ? 'stick' : 'disclose'; // it came in since
    return WITHOUT_STICK.has(blockedReason) && hasKey ? 'disclose' : 'unblock';
  }
  return media > 0 ? 'stick' : hasKey ? 'disclose' : 'safe-boot';
}
