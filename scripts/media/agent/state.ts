// What the agent knows from one question to the next. The launcher starts it anew for every question, so this stands as
// field lines in `state.txt` on the RAM disk. No passcode, no recovery password, no key: those are only in the launcher's environment.
import { findField, formatFieldLines, parseFieldLines } from '../../../electron/core/media/field-lines.ts';
import type { FieldLine, FieldLines } from '../../../electron/core/media/field-lines.ts';
import { formatYesNo } from '../../../electron/core/media/field-values.ts';
import type { AgentMode } from '../../../electron/core/codes.ts';
import type { SafeBootFault } from '../../../electron/core/media/attempt-record.ts';
import type { Files, Place } from './ports.ts';

export type Language = 'en' | 'de';
/** What the agent waits for; `start`: nothing yet. */
export type Step = 'start' | 'seen-before' | 'passcode' | 'hibernated' | 'typing' | 'finished';

/** A volume as it was met, and what was done to open it. Field by field the words of an attempt record. */
export type VolumeNote = {
  readonly letter: string;
  state: 'locked' | 'unlocked' | 'not-encrypted' | 'unreadable';
  ids: readonly string[];
  openedBy: '' | 'bundle' | 'typed' | 'was-open';
  openedWith: string;
  /** Exit code of the last failed unlocking, 8 hex digits, or empty. */
  failure: string;
  bundle: 'opened' | 'not-on-this-medium' | 'damaged' | 'not-asked';
};

export type State = {
  step: Step;
  /** How many answers the launcher had when the screen of this step was shown, or empty: one more is the answer to it. */
  shownAfter: string;
  language: Language;
  attemptId: string;
  startedAtMs: number;
  mediumLetter: string;
  /** Of the medium this boot was begun with; the records are for it. */
  mediaId: string;
  payload: string;
  /** Slot whose passcode was entered, 0 before that. */
  slot: number;
  wrongPasscodes: number;
  rejectedRecoveryPasswords: number;
  /** Code and fact of the sentence above the keys, for the next screen only. */
  notice: string;
  noticeFact: string;
  /** The person said that a live hibernation image may be discarded. */
  mayDiscard: boolean;
  /** Why nothing may be changed (`bytes`, `recipe`), or empty. */
  inspectOnly: string;
  isSaved: boolean;
  /** The record lists what a plan claims that nobody could check (earlier.ts). */
  isUnproven: boolean;
  lookMs: number;
  passcodeMs: number;
  unlockMs: number;
  /** Of the medium; `inspect` changes nothing. */
  mode: AgentMode;
  isSafeMode: boolean;
  /** In safe mode: the attempt that set the flag, or empty. */
  follows: string;
  /** Boot entries whose flag was set: in this attempt, or in the one that is followed. */
  safeBootEntries: string[];
  safeBootFault: SafeBootFault | '';
  /** Code of the last outcome, and all of this boot. */
  resultCode: string;
  resultCodes: string[];
  volumes: VolumeNote[];
};

/** @returns The state of a boot at its beginning. */
export function freshState(): State {
  return {
    step: 'start', shownAfter: '', language: 'en', attemptId: '', startedAtMs: 0, mediumLetter: '', mediaId: '', payload: '', slot: 0, wrongPasscodes: 0,
    rejectedRecoveryPasswords: 0, notice: '', noticeFact: '', mayDiscard: false, inspectOnly: '', isSaved: false, isUnproven: false, lookMs: 0, passcodeMs: 0, unlockMs: 0,
    mode: 'inspect', isSafeMode: false, follows: '', safeBootEntries: [], safeBootFault: '', resultCode: '', resultCodes: [], volumes: [],
  };
}

const STEPS = ' start seen-before passcode hibernated typing finished ';
const MODES = ' repair safe-boot inspect ';
/** One for each letter. */
const MOST_VOLUMES = 24;

/** @returns The state of this boot; a fresh one when there is none, or none that can be read: in safe mode it lies on the stick. */
export function loadState(files: Files, place: Place): State {
  const state = freshState();
  const parsed = parseFieldLines(files.readText(`${place.home}state.txt`, 65536) || '');
  if (parsed.status !== 'ok' || parsed.lines.kind !== 'bluelift-state') return state;
  const lines = parsed.lines;
  const text = (name: string): string => findField(lines, name) || '';
  const count = (name: string): number => Number(text(name)) || 0;
  if (!isOneOf(STEPS, text('step')) || !isOneOf(MODES, text('mode'))) return state;
  state.step = text('step') as Step; // one of them, as was just seen; so is the mode
  state.shownAfter = text('shownAfter');
  state.language = text('language') === 'de' ? 'de' : 'en';
  state.attemptId = text('attemptId');
  state.startedAtMs = count('startedAtMs');
  state.mediumLetter = text('mediumLetter');
  state.mediaId = text('mediaId');
  state.payload = text('payload');
  state.slot = count('slot');
  state.wrongPasscodes = count('wrongPasscodes');
  state.rejectedRecoveryPasswords = count('rejectedRecoveryPasswords');
  state.notice = text('notice');
  state.noticeFact = text('noticeFact');
  state.mayDiscard = text('mayDiscard') === 'yes';
  state.inspectOnly = text('inspectOnly');
  state.isSaved = text('isSaved') === 'yes';
  state.isUnproven = text('isUnproven') === 'yes';
  state.lookMs = count('lookMs');
  state.passcodeMs = count('passcodeMs');
  state.unlockMs = count('unlockMs');
  state.mode = text('mode') as AgentMode;
  state.isSafeMode = text('isSafeMode') === 'yes';
  state.follows = text('follows');
  state.safeBootEntries = wordsOf(text('safeBootEntries'));
  state.safeBootFault = text('safeBootFault') as State['safeBootFault'];
  state.resultCode = text('resultCode');
  state.resultCodes = wordsOf(text('resultCodes'));
  for (let v = 1; v <= count('volumes') && v <= MOST_VOLUMES; v++) state.volumes.push(loadVolume(lines, `volume.${v}.`));
  return state;
}

/** @returns Whether it was written. Without it the next turn would know nothing and begin again, and again. */
export function saveState(files: Files, place: Place, state: State): boolean {
  const fields: FieldLine[] = [];
  const put = (name: string, value: string | number | boolean): void => {
    fields.push({ name: name, value: typeof value === 'boolean' ? formatYesNo(value) : `${value}` });
  };
  put('step', state.step);
  put('shownAfter', state.shownAfter);
  put('language', state.language);
  put('attemptId', state.attemptId);
  put('startedAtMs', state.startedAtMs);
  put('mediumLetter', state.mediumLetter);
  put('mediaId', state.mediaId);
  put('payload', state.payload);
  put('slot', state.slot);
  put('wrongPasscodes', state.wrongPasscodes);
  put('rejectedRecoveryPasswords', state.rejectedRecoveryPasswords);
  put('notice', state.notice);
  put('noticeFact', state.noticeFact);
  put('mayDiscard', state.mayDiscard);
  put('inspectOnly', state.inspectOnly);
  put('isSaved', state.isSaved);
  put('isUnproven', state.isUnproven);
  put('lookMs', state.lookMs);
  put('passcodeMs', state.passcodeMs);
  put('unlockMs', state.unlockMs);
  put('mode', state.mode);
  put('isSafeMode', state.isSafeMode);
  put('follows', state.follows);
  put('safeBootEntries', state.safeBootEntries.join(' '));
  put('safeBootFault', state.safeBootFault);
  put('resultCode', state.resultCode);
  put('resultCodes', state.resultCodes.join(' '));
  put('volumes', state.volumes.length);
  for (let v = 0; v < state.volumes.length; v++) {
    const volume = state.volumes[v];
    if (volume === undefined) continue;
    const name = `volume.${v + 1}.`;
    put(`${name}letter`, volume.letter);
    put(`${name}state`, volume.state);
    put(`${name}ids`, volume.ids.join(' '));
    put(`${name}openedBy`, volume.openedBy);
    put(`${name}openedWith`, volume.openedWith);
    put(`${name}failure`, volume.failure);
    put(`${name}bundle`, volume.bundle);
  }
  return files.write(`${place.home}state.txt`, formatFieldLines('bluelift-state', 1, fields));
}

function loadVolume(lines: FieldLines, name: string): VolumeNote {
  const text = (field: string): string => findField(lines, name + field) || '';
  return {
    letter: text('letter'),
    // Written by saveState; see there.
    state: text('state') as VolumeNote['state'],
    ids: wordsOf(text('ids')),
    openedBy: text('openedBy') as VolumeNote['openedBy'],
    openedWith: text('openedWith'),
    failure: text('failure'),
    bundle: text('bundle') as VolumeNote['bundle'],
  };
}

/** @param words With a space around each. */
function isOneOf(words: string, word: string): boolean {
  return word !== '' && words.indexOf(` ${word} `) >= 0;
}

/** @returns The words of a line that is kept in the state, split at blanks; none of the empty text. */
export function wordsOf(text: string): string[] {
  return text === '' ? [] : text.split(' ');
}

/** What a person hears on the next screen, and only there. @returns Null: nothing else comes before it. */
export function notice(state: State, code: string, fact: string): null {
  state.notice = code;
  state.noticeFact = fact;
  return null;
}
