// What a person answered to the screen of a step, and what the agent makes of it.
import { parsePasscode } from '../../../electron/core/media/passcode.ts';
import { findField } from '../../../electron/core/media/field-lines.ts';
import { attempt } from './attempt.ts';
import type { World } from './attempt.ts';
import { NEXT } from './next.ts';
import type { Next } from './next.ts';
import { lastRecordText, readRecord, saveRecord } from './record.ts';
import { mayType } from './screens.ts';
import { notice } from './state.ts';
import { keepGroups } from './typed-groups.ts';
import { readHyphens } from './typed-hyphens.ts';
import { askPasscode, withBundle } from './unsealing.ts';

/** @returns What the launcher has to do at once, or null: the screen of the step that holds now. */
export function answerTo(world: World, answer: string): Next | null {
  const { state } = world;
  const key = (state.step === 'passcode' ? world.ports.console.passcode().replace(/\s/g, '') : answer).toUpperCase();
  // Groups may be left from before a turn whose exit code the launcher lost: only where they are typed do they count.
  if ((key === 'D' || key === 'E') && (state.step !== 'typing' || world.ports.console.typed() === '')) {
    state.language = key === 'D' ? 'de' : 'en';
    return null;
  }
  switch (state.step) {
    case 'start': return null;
    case 'seen-before':
      if (key === '') return NEXT.restart;
      if (isKeyA(key)) askPasscode(world);
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
  const parsed = parsePasscode(readHyphens(text));
  if (parsed.status !== 'ok') {
    const fact = parsed.status === 'length' ? `${parsed.characters}` : parsed.status === 'letters' ? parsed.positions.join(', ') : '';
    return notice(state, parsed.status === 'letters' && isOfOtherLayout(text) ? 'passcode.layout' : `passcode.${parsed.status}`, fact);
  }
  return withBundle(world, (bundle) => attempt(world, bundle, null));
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
  const isDone = outcome !== 'blocked' && state.inspectOnly === '';
  if ((key === '' && isDone) || key === 'R') return state.isSaved ? NEXT.restart : notice(state, 'unsaved', '');
  if (isKeyM(key) && state.inspectOnly !== '') return !state.isSaved ? notice(state, 'unsaved', '') : state.inspectOnly === 'recipe' ? NEXT.manualUnsure : NEXT.manual;
  if (!mayType(state, outcome, reason)) return null;
  if (key === 'T') state.step = 'typing';
  // A scanner does not press T first.
  if (/^[0-9]{6}/.test(answer)) {
    state.step = 'typing';
    return onTyped(world, answer);
  }
  return null;
}

/** A French keyboard under the US layout gives Q for its A and a semicolon for its M; a US one under the French layout Q and a comma. No other key asked for here moves. */
function isKeyA(key: string): boolean {
  return key === 'A' || key === 'Q';
}

function isKeyM(key: string): boolean {
  return key === 'M' || key === ';' || key === ',';
}

/** What the row of digits gives on a French or Belgian keyboard without Shift, or a number pad without Num Lock never does. */
function isOfOtherLayout(text: string): boolean {
  return /[&"'(\xe9\xe8\xe7\xe0_!\xa7)=]/.test(text);
}
