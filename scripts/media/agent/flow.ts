// The conversation: from what is known and what was answered to what is known next. The launcher starts the agent for every
// turn; the world is looked at anew each time, only what can not be seen again stands in the state.
import { findField } from '../../../electron/core/media/field-lines.ts';
import type { FieldLines } from '../../../electron/core/media/field-lines.ts';
import { answerTo } from './answer.ts';
import { attempt } from './attempt.ts';
import type { World } from './attempt.ts';
import { findMedium, findOtherMedium, formatPayload, hashPayload } from './medium.ts';
import type { Medium } from './medium.ts';
import { sentence } from './messages.ts';
import { NEXT } from './next.ts';
import type { Next } from './next.ts';
import type { Ports } from './ports.ts';
import { findEarlierResult, findFlagged, lastRecordText, makeAttemptId, readRecord } from './record.ts';
import { drawScreen } from './screens.ts';
import { freshState, loadState, saveState, wordsOf } from './state.ts';
import type { State } from './state.ts';
import { keepGroups } from './typed-groups.ts';
import { lookAtVolumes } from './unlocking.ts';
import { askPasscode } from './unsealing.ts';
import { mayBeTakenOut, mayNotBeTakenOut } from './watch.ts';

/**
 * One turn.
 *
 * @returns What the launcher has to do. The screen is printed, the state and perhaps the record are written.
 *          Restart is only ever returned with the record on the medium, or when this boot wrote none.
 */
export function takeTurn(ports: Ports): Next {
  let isClean = true;
  mayNotBeTakenOut(ports.files, ports.place);
  const loaded = loadState(ports.files, ports.place);
  const medium = findMedium(ports.files, ports.volumes.letters().concat(ports.volumes.discs()), ports.place.home);
  const state = isOfAnotherMedium(loaded, medium) ? freshState() : loaded;
  const world: World = {
    ports: ports, state: state, medium: medium,
    show: (code) => {
      isClean = false;
      ports.console.say(`  ${sentence(state.language, code)}`);
    },
  };
  if (world.medium !== null) ports.files.learnBytes(`${world.medium.root}bytes.bin`);
  const answer = ports.console.answer().replace(/^\s+|\s+$/g, '');
  const next: Next | null = state.step === 'start' ? begin(world) : isAnswered(world) ? answerTo(world, answer) : null;
  state.shownAfter = '';
  if (next === NEXT.restart || next === NEXT.manual || next === NEXT.manualUnsure) return next;
  // Lines that were printed meanwhile would stand above the screen: the launcher clears it and comes back.
  const then = next !== null ? next : isClean ? show(world) : NEXT.again;
  if (saveState(ports.files, ports.place, state)) return then;
  ports.console.say(`  ${sentence(state.language, 'no-state', ports.place.home)}`);
  return NEXT.failed;
}

/** Not where the launcher runs a turn again because it lost its exit code: that answer was heard, and the screen stands. */
function isAnswered({ state, ports }: World): boolean {
  return state.shownAfter !== '' && state.shownAfter !== ports.console.answersGiven();
}

/** What one medium is for says nothing of another: that begins anew. But a record that its own can not take, another may. */
function isOfAnotherMedium(state: State, medium: Medium | null): boolean {
  return medium !== null && state.step !== 'start' && medium.mediaId !== state.mediaId && (state.step !== 'finished' || state.isSaved);
}

/** Prints the screen of the state. The notice was for this one screen. */
function show(world: World): Next {
  const { ports, state } = world;
  const record = readRecord(lastRecordText(ports.files, ports.place));
  const earlier = state.step === 'seen-before' ? earlierResult(world) : null;
  const kept = keepGroups(ports.console.typed(), '');
  const lines = drawScreen(state, { medium: world.medium, record: record, kept: kept, earlier: earlier, otherMedium: state.step === 'start' ? otherMedium(world) : null, host: ports.console.hostFacts() });
  for (let i = 0; i < lines.length; i++) ports.console.say(lines[i] || '');
  state.notice = '';
  state.shownAfter = ports.console.answersGiven();
  // In safe mode the launcher runs from the stick: there a person restarts. A host that was met before has nothing to write.
  if (state.step === 'seen-before' || (state.step === 'finished' && state.isSaved && !state.isSafeMode)) mayBeTakenOut(ports.files, ports.place, state.mediumLetter);
  if (state.step === 'passcode') return NEXT.askPasscode;
  if (state.step === 'seen-before') return NEXT.askBlue;
  if (state.step !== 'finished') return NEXT.ask;
  const outcome = record === null ? '' : findField(record, 'outcome');
  if (!state.isSaved) return NEXT.askRed;
  if (outcome === 'repaired') return NEXT.askGreen;
  // A medium that only inspects has done what it is for.
  return outcome === 'nothing-to-do' || outcome === 'safe-boot-set' || (outcome === 'inspected' && state.inspectOnly === '') ? NEXT.askBlue : NEXT.askRed;
}

/** A disc, and what came over the network, give way to a stick; of two sticks neither does. */
function otherMedium(world: World): string | null {
  const { ports, medium } = world;
  return medium === null ? null : findOtherMedium(ports.files, ports.volumes.letters(), ports.place.home, medium);
}

function begin(world: World): Next | null {
  const { ports, state } = world;
  const medium = world.medium;
  if (medium === null) return null;
  state.language = medium.language;
  if (otherMedium(world) !== null) return null;
  world.show('work.looking');
  const start = ports.console.nowMs();
  state.mode = medium.mode;
  state.isSafeMode = ports.console.isSafeMode();
  state.mediumLetter = medium.letter;
  state.mediaId = medium.mediaId;
  state.startedAtMs = start;
  const given = ports.volumes.giveLetters();
  state.payload = hashPayload(ports.files, ports.place, medium);
  state.volumes = lookAtVolumes(ports.volumes, merged(ports.volumes.letters(), given), medium.letter);
  state.attemptId = makeAttemptId(ports.console, state);
  if (!ports.files.learnBytes(`${medium.root}bytes.bin`)) state.inspectOnly = 'bytes';
  // What is no longer as it was written removes nothing: a bit that flipped may name other files.
  else if (medium.recipe === null || (medium.payload !== '' && medium.payload !== formatPayload(state.payload))) state.inspectOnly = 'recipe';
  state.lookMs = ports.console.nowMs() - start;
  if (medium.isManual) {
    world.show('work.manual');
    return state.inspectOnly === 'recipe' ? NEXT.manualUnsure : NEXT.manual;
  }
  const earlier = earlierResult(world);
  if (earlier !== null) state.step = 'seen-before';
  else if (state.inspectOnly !== '') attempt(world, null, null);
  else askPasscode(world);
  return null;
}

/**
 * In safe mode what the same medium did before is the first half of the work: which entries it flagged, or was about to, is taken over from that record or plan.
 *
 * @returns The record of this host on the medium that makes another boot of it superfluous, or null.
 */
function earlierResult(world: World): FieldLines | null {
  const { ports, state, medium } = world;
  if (medium === null) return null;
  const serialNumber = ports.console.hostFacts().serialNumber || '';
  if (!state.isSafeMode) return findEarlierResult(ports.files, medium, state.volumes, serialNumber, ' repaired nothing-to-do safe-boot-set ');
  const flagged = findFlagged(ports.files, medium, serialNumber);
  if (flagged !== null) {
    state.follows = findField(flagged, 'attemptId') || '';
    const entries = wordsOf(findField(flagged, 'safeBootEntries') || '');
    for (let e = 0; e < entries.length; e++) if (isEntryId(entries[e] || '')) state.safeBootEntries.push(entries[e] || '');
  }
  return null;
}

/** It becomes part of a command line, and a stick is in many hands. */
function isEntryId(text: string): boolean {
  return /^\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/.test(text);
}

/** @returns Both, sorted, none twice. */
function merged(letters: readonly string[], given: readonly string[]): string[] {
  const all = letters.slice(0);
  for (let i = 0; i < given.length; i++) if (all.join('').indexOf(given[i] || '') < 0) all.push(given[i] || '');
  return all.sort();
}
