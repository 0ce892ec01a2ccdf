// One pass over the host: unlock, examine, remove, record. Whatever happens in it, a record is written.
import type { RecoveryPassword } from '../../../electron/core/keys/recovery-password.ts';
import { formatHex } from '../../../electron/core/media/field-values.ts';
import type { OpenBundle } from './bundle.ts';
import { addEarlierRemovals, dropPlans, savePlan } from './earlier.ts';
import { hashFile } from './medium.ts';
import type { Medium } from './medium.ts';
import { decideOutcome } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import type { Ports } from './ports.ts';
import { lastRecordText, makeRecord, readRecord, saveRecord } from './record.ts';
import type { Durations } from './record.ts';
import { countFiles, examine, isUnclean, leaveAll, leaveHibernated, removeAll } from './repair.ts';
import type { FoundWindows, MatchedFile } from './repair.ts';
import { noteResultCode } from './result.ts';
import { clearSafeBoot, setSafeBoot } from './safe-boot.ts';
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

/** With room for records: of these files none is known above 50 KB. */
const MOST_COPIES = 16;
const MOST_COPY_BYTES = 2097152;

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
  const durations: Durations = { examineMs: null, repairMs: null };
  const found: FoundWindows[] = [];
  let pass: Pass = { hasFailed: false, isHibernationKept: false, isSafeBootSet: false, settledPlans: [] };
  try {
    if (state.inspectOnly === '') {
      unlockAll(world, medium, bundle, before);
      pass = lookAndRepair(world, medium, bundle, durations, found);
    }
  } catch (error) {
    // Nothing above is expected to throw. If it does, the record is worth more than the reason.
    pass = { hasFailed: true, isHibernationKept: false, isSafeBootSet: false, settledPlans: [] };
  }
  world.show('work.recording');
  const outcome = decide(state, medium, pass, found);
  const recordKey = bundle === null || state.isUnproven ? null : bundle.recordKey;
  noteResultCode(state, medium, outcome, recordKey);
  const text = makeRecord(ports.console, state, medium, outcome, found, durations, recordKey);
  state.isSaved = saveRecord(ports.files, ports.place, medium, state.attemptId, text);
  if (state.isSaved) dropPlans(ports.files, medium, state, pass.settledPlans);
  // Asked once; the record says `hibernated` until the answer is there, should the host be switched off meanwhile.
  state.step = pass.isHibernationKept && (before === null || before.kind === 'typed') ? 'hibernated' : 'finished';
}

type Pass = { readonly hasFailed: boolean; readonly isHibernationKept: boolean; readonly isSafeBootSet: boolean; readonly settledPlans: readonly string[] };

/** Of a medium that was put in the place of another, too. */
function isInspection(state: State, medium: Medium): boolean {
  return state.inspectOnly !== '' || state.mode === 'inspect' || medium.mode === 'inspect';
}

function decide(state: State, medium: Medium, pass: Pass, found: readonly FoundWindows[]): Outcome {
  return decideOutcome({
    isInspectOnly: isInspection(state, medium), hasFailed: pass.hasFailed, isHibernationKept: pass.isHibernationKept, removed: countFiles(found, 'removed'), isSafeBootSet: pass.isSafeBootSet,
    volumes: state.volumes.length, locked: countVolumes(state, 'locked'), unreadable: countVolumes(state, 'unreadable'),
    isKeyRejected: state.rejectedRecoveryPasswords > 0 || hasFailure(state), windows: countWindows(found), hasRecipeFolder: hasRecipeFolder(found),
  });
}

/** The dry run over the whole host, then what it allows. `found` is filled as it goes, so that the record is true even if something here throws. */
function lookAndRepair(world: World, medium: Medium, bundle: OpenBundle | null, durations: Durations, found: FoundWindows[]): Pass {
  const { state, ports } = world;
  // Of this pass alone: a recovery password that was typed meanwhile may have made the flag needless.
  if (!state.isSafeMode) state.safeBootEntries = [];
  state.safeBootFault = '';
  world.show(state.mode === 'inspect' ? 'work.inspecting' : 'work.repairing');
  const start = ports.console.nowMs();
  if (medium.recipe !== null) examine(ports.files, ports.volumes, state.volumes, medium.recipe, found);
  const settledPlans = addEarlierRemovals(ports.files, medium, state, ports.console.hostFacts().serialNumber || '', bundle, readRecord(lastRecordText(ports.files, ports.place)), found);
  durations.examineMs = ports.console.nowMs() - start;
  if (isInspection(state, medium) || isUnclean(found)) {
    leaveAll(found);
    clearSafeBoot(ports.files, ports.volumes, medium, state, found, false);
    return { hasFailed: isUnclean(found), isHibernationKept: false, isSafeBootSet: false, settledPlans: settledPlans };
  }
  const isHibernationKept = !state.mayDiscard && leaveHibernated(found);
  const startRemoving = ports.console.nowMs();
  if (countFiles(found, 'remove') > 0) {
    savePlan(ports.files, medium, state.attemptId, planText(world, medium, found, bundle));
    removeAll(ports.files, found, medium.keepsCopies ? keepCopies(world, medium) : null);
    durations.repairMs = ports.console.nowMs() - startRemoving;
  }
  const hasFailed = countFiles(found, 'remove-failed') > 0;
  // Not where everything unreadable is another maker's: whether that starts in safe mode its maker knows, and a flag that can not be cleared leaves the host worse.
  const isSafeBootSet = !hasFailed && state.mode === 'safe-boot' && !state.isSafeMode && countWindows(found) === 0 && countVolumes(state, 'locked') > 0 && flagHost(world, medium, found, bundle);
  if (!isSafeBootSet && state.safeBootFault === '') clearSafeBoot(ports.files, ports.volumes, medium, state, found, !hasFailed && !isHibernationKept && hasRecipeFolder(found));
  return { hasFailed: hasFailed, isHibernationKept: isHibernationKept, isSafeBootSet: isSafeBootSet, settledPlans: settledPlans };
}

function flagHost(world: World, medium: Medium, found: FoundWindows[], bundle: OpenBundle | null): boolean {
  const { state, ports } = world;
  world.show('work.safe-boot');
  const set = setSafeBoot(ports.files, ports.volumes, medium, state, (entries) => {
    state.safeBootEntries = entries.slice(0);
    savePlan(ports.files, medium, state.attemptId, planText(world, medium, found, bundle));
  });
  state.safeBootEntries = set.entries.slice(0);
  state.safeBootFault = set.fault;
  return set.fault === '';
}

/** What is about to be removed, or was just now, and which boot entries are about to be flagged, as the record of a dry run: should the power go now, the next boot reads from it what was done. */
function planText(world: World, medium: Medium, found: FoundWindows[], bundle: OpenBundle | null): string {
  const planned: FoundWindows[] = [];
  for (let w = 0; w < found.length; w++) {
    const windows = found[w];
    if (windows === undefined) continue;
    const files: MatchedFile[] = [];
    for (let f = 0; f < windows.files.length; f++) {
      const file = windows.files[f];
      if (file !== undefined && (file.verdict === 'remove' || (file.verdict === 'removed' && file.attempt === ''))) files.push({ path: file.path, sizeBytes: file.sizeBytes, modifiedAtMs: file.modifiedAtMs, header: file.header, sha256: file.sha256, verdict: 'dry-run', copy: '', attempt: '' });
    }
    planned.push({ volume: windows.volume, letter: windows.letter, kind: windows.kind, root: windows.root, computerName: windows.computerName, hibernated: windows.hibernated, safeBoot: 'not-examined', hasFolder: windows.hasFolder, files: files });
  }
  return makeRecord(world.ports.console, world.state, medium, { outcome: 'inspected', blockedReason: null }, planned, { examineMs: null, repairMs: null }, bundle === null || world.state.isUnproven ? null : bundle.recordKey);
}

/** A copy counts only when its bytes are those that were hashed in the dry run. */
function keepCopies(world: World, medium: Medium): (path: string, file: MatchedFile) => string {
  const { ports, state } = world;
  let count = 0;
  const pathOf = (number: number): string => `${medium.root}results\\${state.attemptId}-${number}.bin`;
  return (path, file) => {
    // An earlier pass of this boot may have kept some.
    do count++; while (ports.files.hasFile(pathOf(count)) && count <= MOST_COPIES);
    const name = `${state.attemptId}-${count}.bin`;
    const copy = pathOf(count);
    if (count > MOST_COPIES || file.sizeBytes > MOST_COPY_BYTES || !ports.files.copy(path, copy)) return '';
    const digest = hashFile(ports.files, copy);
    if (digest !== null && formatHex(digest) === file.sha256) return name;
    ports.files.remove(copy);
    return '';
  };
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

function countWindows(found: readonly FoundWindows[]): number {
  let count = 0;
  for (let w = 0; w < found.length; w++) if (found[w]?.kind === 'windows') count++;
  return count;
}

function hasRecipeFolder(found: readonly FoundWindows[]): boolean {
  for (let w = 0; w < found.length; w++) if (found[w]?.hasFolder) return true;
  return false;
}
