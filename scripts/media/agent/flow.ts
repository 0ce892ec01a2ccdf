// The conversation: from what is known and what was answered to what is known next. The launcher starts the agent for every
// turn; the world is looked at anew each time, only what can not be seen again stands in the state.
import { parsePasscode } from '../../../electron/core/media/passcode.ts';
import { findField } from '../../../electron/core/media/field-lines.ts';
import { parseInstant } from '../../../electron/core/media/field-values.ts';
import { attempt } from './attempt.ts';
import type { World } from './attempt.ts';
import { openSlot, readHeader } from './bundle.ts';
import type { OpenBundle } from './bundle.ts';
import { findMedium, hashPayload } from './medium.ts';
import { sentence } from './messages.ts';
import type { Ports } from './ports.ts';
import { findEarlierResult, lastRecordText, makeAttemptId, readRecord, saveRecord } from './record.ts';
import { drawScreen, isKeyReason } from './screens.ts';
import { loadState, saveState } from './state.ts';
import type { State } from './state.ts';
import { keepGroups } from './typed-groups.ts';
import { lookAtVolumes } from './unlocking.ts';
import { mayBeTakenOut, mayNotBeTakenOut } from './watch.ts';

/** What the launcher does next: the agent's exit code. Known to start.cmd. */
export const NEXT = {
  /** Ask for an answer, on a black, green, red or blue screen. */
  ask: 10, askGreen: 11, askRed: 12, askBlue: 13,
  askPasscode: 14,
  /** Start the agent again at once, on an empty screen. What was typed of a recovery password is forgotten. */
  again: 15,
  /** Keep the answer as further groups of the recovery password; it was looked at: digits, hyphens and spaces only. */
  keep: 16,
  restart: 17,
  manual: 18,
  /** A fault of the agent itself; its message was printed. */
  failed: 19,
} as const;
export type Next = (typeof NEXT)[keyof typeof NEXT];

/**
 * One turn.
 *
 * @returns What the launcher has to do. The screen is printed, the state and perhaps the record are written.
 *          Restart is only ever returned with the record on the medium, or when this boot wrote none.
 */
export function takeTurn(ports: Ports): Next {
  let isClean = true;
  mayNotBeTakenOut(ports.files, ports.place);
  const state = loadState(ports.files, ports.place);
  const world: World = {
    ports: ports, state: state, medium: findMedium(ports.files, ports.volumes.letters()),
    show: (code) => {
      isClean = false;
      ports.console.say(`  ${sentence(state.language, code)}`);
    },
  };
  if (world.medium !== null) ports.files.learnBytes(`${world.medium.root}bytes.bin`);
  const answer = ports.console.answer().replace(/^\s+|\s+$/g, '');
  const next = state.step === 'start' ? begin(world) : state.isAsked ? answerTo(world, answer) : null;
  state.isAsked = false;
  if (next !== null && next !== NEXT.again) {
    saveState(ports.files, ports.place, state);
    return next;
  }
  // Lines that were printed meanwhile would stand above the screen: the launcher clears it and comes back.
  if (!isClean || next === NEXT.again) {
    saveState(ports.files, ports.place, state);
    return NEXT.again;
  }
  return show(world);
}

/** Prints the screen of the state. The notice was for this one screen. */
function show(world: World): Next {
  const { ports, state } = world;
  const record = readRecord(lastRecordText(ports.files, ports.place));
  const earlier = state.step === 'seen-before' && world.medium !== null ? findEarlierResult(ports.files, world.medium, state.volumes, ports.console.hostFacts().serialNumber || '') : '';
  const kept = keepGroups(ports.console.typed(), '');
  const lines = drawScreen(state, { medium: world.medium, record: record, keptGroups: kept.status === 'partial' ? kept.groups : 0, earlier: earlier });
  for (let i = 0; i < lines.length; i++) ports.console.say(lines[i] || '');
  state.notice = '';
  state.isAsked = true;
  saveState(ports.files, ports.place, state);
  if (state.step === 'finished' && state.isSaved) mayBeTakenOut(ports.files, ports.place, state.mediumLetter);
  if (state.step === 'passcode') return NEXT.askPasscode;
  if (state.step !== 'finished') return NEXT.ask;
  const outcome = record === null ? '' : findField(record, 'outcome');
  if (!state.isSaved) return NEXT.askRed;
  return outcome === 'repaired' ? NEXT.askGreen : outcome === 'nothing-to-do' ? NEXT.askBlue : NEXT.askRed;
}

function begin(world: World): null {
  const { ports, state } = world;
  const medium = world.medium;
  if (medium === null) return null;
  world.show('work.looking');
  state.language = medium.language;
  state.mediumLetter = medium.letter;
  state.startedAtMs = ports.console.nowMs();
  const given = ports.volumes.giveLetters();
  state.payload = hashPayload(ports.files, ports.place, medium);
  state.volumes = lookAtVolumes(ports.volumes, merged(ports.volumes.letters(), given), medium.letter);
  state.attemptId = makeAttemptId(ports.console, state);
  if (!ports.files.learnBytes(`${medium.root}bytes.bin`)) state.inspectOnly = 'bytes';
  else if (medium.recipe === null) state.inspectOnly = 'recipe';
  const earlier = findEarlierResult(ports.files, medium, state.volumes, ports.console.hostFacts().serialNumber || '');
  if (earlier !== '') state.step = 'seen-before';
  else if (state.inspectOnly !== '') attempt(world, null, null);
  else state.step = 'passcode';
  return null;
}

function answerTo(world: World, answer: string): Next | null {
  const { state } = world;
  const key = (state.step === 'passcode' ? world.ports.console.passcode().replace(/\s/g, '') : answer).toUpperCase();
  if ((key === 'D' || key === 'E') && world.ports.console.typed() === '') {
    state.language = key === 'D' ? 'de' : 'en';
    return null;
  }
  switch (state.step) {
    case 'start': return null;
    case 'seen-before':
      if (key === '') return NEXT.restart;
      if (key === 'A') state.step = 'passcode';
      return null;
    case 'passcode': return onPasscode(world);
    case 'hibernated':
      state.mayDiscard = key === 'R';
      return withBundle(world, (bundle) => attempt(world, bundle, { kind: 'hibernation-answered' }));
    case 'typing': return onTyped(world, answer);
    case 'finished': return onFinished(world, answer, key);
  }
}

function onPasscode(world: World): Next | null {
  const { ports, state } = world;
  const text = ports.console.passcode();
  if (text.replace(/\s/g, '') === '') {
    state.slot = 0;
    attempt(world, null, null);
    return null;
  }
  const parsed = parsePasscode(text);
  if (parsed.status !== 'ok') {
    const fact = parsed.status === 'length' ? `${parsed.characters}` : parsed.status === 'letters' ? parsed.positions.join(', ') : '';
    return notice(state, `passcode.${parsed.status}`, fact);
  }
  return withBundle(world, (bundle) => attempt(world, bundle, null));
}

/**
 * Derives the keys again from the passcode the launcher holds; without one goes on without a bundle. What the person hears of
 * a wrong passcode or a damaged bundle is a notice on the passcode screen.
 */
function withBundle(world: World, use: (bundle: OpenBundle | null) => void): null {
  const { ports, state, medium } = world;
  const parsed = parsePasscode(ports.console.passcode());
  if (medium === null) return notice(state, 'ask.no-medium', '');
  if (parsed.status !== 'ok' || (state.slot === 0 && state.step !== 'passcode')) {
    use(null);
    return null;
  }
  world.show('work.passcode');
  const read = readHeader(ports.files, `${medium.root}bundle\\`);
  if (read.status !== 'ok') return notice(state, `bundle.${read.status}`, '');
  const opened = openSlot(read.header, parsed.passcode);
  if (opened.status === 'wrong-passcode') state.wrongPasscodes++;
  if (opened.status !== 'ok') return notice(state, opened.status === 'damaged' ? 'bundle.damaged' : 'passcode.wrong', '');
  state.slot = opened.bundle.slot;
  use(opened.bundle);
  const expiresAtMs = parseInstant(medium.expiresAt);
  if (state.step === 'finished' && state.notice === '' && expiresAtMs !== null && ports.console.nowMs() > expiresAtMs) notice(state, 'bundle.expired', '');
  return null;
}

function onTyped(world: World, answer: string): Next | null {
  const { ports, state } = world;
  const already = ports.console.typed();
  if (answer === '' && already === '') {
    state.step = 'finished';
    return null;
  }
  if (answer.toUpperCase() === 'X') {
    notice(state, 'typed.cleared', '');
    return NEXT.again;
  }
  if (answer === '') return null;
  const kept = keepGroups(already, answer);
  if (kept.status === 'partial') return NEXT.keep;
  if (kept.status === 'wrong') return notice(state, kept.notice, kept.fact);
  return withBundle(world, (bundle) => attempt(world, bundle, { kind: 'typed', recoveryPassword: kept.recoveryPassword }));
}

function onFinished(world: World, answer: string, key: string): Next | null {
  const { ports, state, medium } = world;
  const text = lastRecordText(ports.files, ports.place);
  const record = readRecord(text);
  const outcome = record === null ? '' : findField(record, 'outcome') || '';
  const reason = record === null ? '' : findField(record, 'blockedReason') || '';
  if (key === '' && !state.isSaved && text !== null && medium !== null) {
    state.isSaved = saveRecord(ports.files, ports.place, medium, state.attemptId, text);
    return null;
  }
  if ((key === '' && outcome !== 'blocked' && outcome !== 'inspected') || key === 'R') return state.isSaved ? NEXT.restart : notice(state, 'unsaved', '');
  if (key === 'M' && outcome === 'inspected') return state.isSaved ? NEXT.manual : notice(state, 'unsaved', '');
  if (!isKeyReason(reason)) return null;
  if (key === 'T') state.step = 'typing';
  // A scanner does not press T first.
  if (/^[0-9]{6}/.test(answer)) {
    state.step = 'typing';
    return onTyped(world, answer);
  }
  return null;
}

/** @returns Both, sorted, none twice. */
function merged(letters: readonly string[], given: readonly string[]): string[] {
  const all = letters.slice(0);
  for (let i = 0; i < given.length; i++) if (all.join('').indexOf(given[i] || '') < 0) all.push(given[i] || '');
  return all.sort();
}

function notice(state: State, code: string, fact: string): null {
  state.notice = code;
  state.noticeFact = fact;
  return null;
}
