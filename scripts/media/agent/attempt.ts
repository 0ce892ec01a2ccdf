// One pass over the host: unlock, examine, remove, record. Whatever happens in it, a record is written.
import type { RecoveryPassword } from '../../../electron/core/keys/recovery-password.ts';
import type { OpenBundle } from './bundle.ts';
import type { Medium } from './medium.ts';
import { decideOutcome } from './outcome.ts';
import type { Ports } from './ports.ts';
import { makeRecord, saveRecord } from './record.ts';
import { countFiles, examine, isUnclean, leaveAll, needsDiscarding, removeAll } from './repair.ts';
import type { FoundWindows } from './repair.ts';
import type { State } from './state.ts';
import { unlockFromBundle, unlockTyped } from './unlocking.ts';

export type World = {
  readonly ports: Ports;
  readonly state: State;
  /** Null: it is not plugged in at the moment. */
  readonly medium: Medium | null;
  /** Prints a sentence while it works. */
  show(code: string): void;
};

/** What the person did before this pass; null: entered the passcode, or went on without. */
export type Before = { readonly kind: 'typed'; readonly recoveryPassword: RecoveryPassword } | { readonly kind: 'hibernation-answered' } | null;

/**
 * Goes over the host once and ends at a step that asks: the result, or whether a hibernated Windows may be repaired.
 *
 * @param bundle Open, or null when the host is to do without.
 */
export function attempt(world: World, bundle: OpenBundle | null, before: Before): void {
  const { state, ports, medium } = world;
  if (medium === null) return;
  let found: FoundWindows[] = [];
  let hasFailed = false;
  let isHibernationKept = false;
  let repairMs: number | null = null;
  try {
    if (state.inspectOnly === '') {
      unlockAll(world, medium, bundle, before);
      world.show('work.repairing');
      const start = ports.console.nowMs();
      found = medium.recipe === null ? [] : examine(ports.files, ports.volumes, state.volumes, medium.recipe);
      if (isUnclean(found)) leaveAll(found);
      else if (needsDiscarding(found) && !state.mayDiscard) {
        leaveAll(found);
        isHibernationKept = true;
      } else removeAll(ports.files, found);
      hasFailed = isUnclean(found) || countFiles(found, 'remove-failed') > 0;
      repairMs = ports.console.nowMs() - start;
    }
  } catch (error) {
    // Nothing above is expected to throw. If it does, the record is worth more than the reason.
    hasFailed = true;
  }
  world.show('work.recording');
  const outcome = decideOutcome({
    isInspectOnly: state.inspectOnly !== '', hasFailed: hasFailed, isHibernationKept: isHibernationKept, removed: countFiles(found, 'removed'),
    volumes: state.volumes.length, locked: countVolumes(state, 'locked'), unreadable: countVolumes(state, 'unreadable'),
    isKeyRejected: state.rejectedRecoveryPasswords > 0 || hasFailure(state), windows: found.length, hasRecipeFolder: hasRecipeFolder(found),
  });
  const text = makeRecord(ports.console, state, medium, outcome, found, repairMs, bundle === null ? null : bundle.recordKey);
  state.isSaved = saveRecord(ports.files, ports.place, medium, state.attemptId, text);
  // Asked once; the record says `hibernated` until the answer is there, should the host be switched off meanwhile.
  state.step = isHibernationKept && (before === null || before.kind === 'typed') ? 'hibernated' : 'finished';
}

function unlockAll(world: World, medium: Medium, bundle: OpenBundle | null, before: Before): void {
  const { state, ports } = world;
  if (countVolumes(state, 'locked') === 0) return;
  const start = ports.console.nowMs();
  world.show('work.unlocking');
  if (before !== null && before.kind === 'typed') {
    if (!unlockTyped(ports.volumes, state.volumes, before.recoveryPassword)) {
      state.rejectedRecoveryPasswords++;
      state.notice = 'typed.rejected';
    }
  } else if (before === null && bundle !== null) unlockFromBundle(ports.volumes, ports.files, state.volumes, `${medium.root}bundle\\`, bundle);
  state.unlockMs += ports.console.nowMs() - start;
}

function countVolumes(state: State, which: 'locked' | 'unreadable'): number {
  let count = 0;
  for (let v = 0; v < state.volumes.length; v++) if (state.volumes[v]?.state === which) count++;
  return count;
}

function hasFailure(state: State): boolean {
  for (let v = 0; v < state.volumes.length; v++) if ((state.volumes[v]?.failure || '') !== '') return true;
  return false;
}

function hasRecipeFolder(found: readonly FoundWindows[]): boolean {
  for (let w = 0; w < found.length; w++) if (found[w]?.hasFolder) return true;
  return false;
}
