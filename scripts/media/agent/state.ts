// What the agent knows from one question to the next. The launcher starts it anew for every question, so this stands as
// field lines in `state.txt` on the RAM disk. No passcode, no recovery password, no key: those are only in the launcher's environment.
import { findField, formatFieldLines, parseFieldLines } from '../../../electron/core/media/field-lines.ts';
import type { FieldLine, FieldLines } from '../../../electron/core/media/field-lines.ts';
import { formatYesNo } from '../../../electron/core/media/field-values.ts';
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
  /** The screen of this step was shown, so that what the launcher has now is the answer to it. */
  isAsked: boolean;
  language: Language;
  attemptId: string;
  startedAtMs: number;
  mediumLetter: string;
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
  unlockMs: number;
  volumes: VolumeNote[];
};

export function freshState(): State {
  return {
    step: 'start', isAsked: false, language: 'en', attemptId: '', startedAtMs: 0, mediumLetter: '', payload: '', slot: 0, wrongPasscodes: 0,
    rejectedRecoveryPasswords: 0, notice: '', noticeFact: '', mayDiscard: false, inspectOnly: '', isSaved: false, unlockMs: 0, volumes: [],
  };
}

/** @returns The state of this boot; a fresh one when there is none, or none that can be read. */
export function loadState(files: Files, place: Place): State {
  const state = freshState();
  const parsed = parseFieldLines(files.readText(`${place.home}state.txt`, 65536) || '');
  if (parsed.status !== 'ok' || parsed.lines.kind !== 'bluelift-state') return state;
  const lines = parsed.lines;
  const text = (name: string): string => findField(lines, name) || '';
  const count = (name: string): number => Number(text(name)) || 0;
  state.step = text('step') as Step; // written by saveState below, on a disk that only this boot knows
  state.isAsked = text('isAsked') === 'yes';
  state.language = text('language') === 'de' ? 'de' : 'en';
  state.attemptId = text('attemptId');
  state.startedAtMs = count('startedAtMs');
  state.mediumLetter = text('mediumLetter');
  state.payload = text('payload');
  state.slot = count('slot');
  state.wrongPasscodes = count('wrongPasscodes');
  state.rejectedRecoveryPasswords = count('rejectedRecoveryPasswords');
  state.notice = text('notice');
  state.noticeFact = text('noticeFact');
  state.mayDiscard = text('mayDiscard') === 'yes';
  state.inspectOnly = text('inspectOnly');
  state.isSaved = text('isSaved') === 'yes';
  state.unlockMs = count('unlockMs');
  for (let v = 1; v <= count('volumes'); v++) state.volumes.push(loadVolume(lines, `volume.${v}.`));
  return state;
}

export function saveState(files: Files, place: Place, state: State): void {
  const fields: FieldLine[] = [];
  const put = (name: string, value: string | number | boolean): void => {
    fields.push({ name: name, value: typeof value === 'boolean' ? formatYesNo(value) : `${value}` });
  };
  put('step', state.step);
  put('isAsked', state.isAsked);
  put('language', state.language);
  put('attemptId', state.attemptId);
  put('startedAtMs', state.startedAtMs);
  put('mediumLetter', state.mediumLetter);
  put('payload', state.payload);
  put('slot', state.slot);
  put('wrongPasscodes', state.wrongPasscodes);
  put('rejectedRecoveryPasswords', state.rejectedRecoveryPasswords);
  put('notice', state.notice);
  put('noticeFact', state.noticeFact);
  put('mayDiscard', state.mayDiscard);
  put('inspectOnly', state.inspectOnly);
  put('isSaved', state.isSaved);
  put('unlockMs', state.unlockMs);
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
  files.write(`${place.home}state.txt`, formatFieldLines('bluelift-state', 1, fields));
}

function loadVolume(lines: FieldLines, name: string): VolumeNote {
  const text = (field: string): string => findField(lines, name + field) || '';
  return {
    letter: text('letter'),
    // Written by saveState; see there.
    state: text('state') as VolumeNote['state'],
    ids: text('ids') === '' ? [] : text('ids').split(' '),
    openedBy: text('openedBy') as VolumeNote['openedBy'],
    openedWith: text('openedWith'),
    failure: text('failure'),
    bundle: text('bundle') as VolumeNote['bundle'],
  };
}
