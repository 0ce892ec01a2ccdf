// What stands on the console: 24 lines of at most 79 characters, the 25th is the launcher's prompt. Same state, same screen.
import { findField } from '../../../electron/core/media/field-lines.ts';
import type { FieldLines } from '../../../electron/core/media/field-lines.ts';
import { showResultCode } from '../../../electron/core/media/result-code.ts';
import { blockWord } from './block-word.ts';
import { formatPayload } from './medium.ts';
import type { Medium } from './medium.ts';
import type { HostFacts } from './ports.ts';
import { sentence } from './messages.ts';
import type { State, VolumeNote } from './state.ts';
import type { KeptGroups } from './typed-groups.ts';

const WIDTH = 79;
const MIDDLE_LINES = 20;
const LABEL_WIDTH = 13;
const RULE = '═══════════════════════════════════════════════════════════════════════════════';

/** What a screen may show besides the state. `record`: this boot's last record, `earlier`: that of another boot, for facts. */
export type Sight = { readonly medium: Medium | null; readonly record: FieldLines | null; readonly kept: KeptGroups; readonly earlier: FieldLines | null; /** A second stick, while there is one. */ readonly otherMedium: string | null; readonly host: HostFacts };

/** @returns The 24 lines of the screen that belongs to the state. Shows no recovery password and no passcode. */
export function drawScreen(state: State, sight: Sight): string[] {
  const t = (code: string, fact0?: string, fact1?: string): string => sentence(state.language, code, fact0, fact1);
  const middle = drawMiddle(state, sight, t);
  const notice = state.notice === '' ? '' : `! ${t(state.notice, state.noticeFact)}`;
  while (middle.length < MIDDLE_LINES - 1) middle.push('');
  const lines = [drawHead(state, sight.medium, t), RULE].concat(middle.slice(0, MIDDLE_LINES - 1), [notice, RULE, keysOf(state, sight, t).join('     ')]);
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] || '';
    lines[i] = (line === RULE ? line : `  ${line}`).substring(0, WIDTH);
  }
  return lines;
}

/** @returns The key ID a person has to name on the telephone: of the first volume that is still locked; or empty. */
function askedKeyId(state: State): string {
  for (let v = 0; v < state.volumes.length; v++) {
    const volume = state.volumes[v];
    if (volume !== undefined && volume.state === 'locked' && volume.ids.length > 0) return (volume.ids[0] || '').substring(0, 8);
  }
  return '';
}

type Say = (code: string, fact0?: string, fact1?: string) => string;

function drawHead(state: State, medium: Medium | null, t: Say): string {
  const parts = [t('agent')];
  if (medium !== null) parts.push(t('medium', medium.mediaId));
  if (medium !== null && medium.mode !== 'repair') parts.push(t(`mode.${medium.mode}`));
  if (medium !== null && medium.recipe !== null) parts.push(t('recipe', `${medium.recipe.id} ${medium.recipe.version}`));
  return parts.join('   ');
}

function drawMiddle(state: State, sight: Sight, t: Say): string[] {
  switch (state.step) {
    case 'start': return sight.medium === null || sight.otherMedium === null ? drawNoMedium() : ['', t('ask.two-media', sight.medium.mediaId, sight.otherMedium)];
    case 'seen-before': return drawSeenBefore(state, sight, t);
    case 'passcode': return drawPasscode(state, sight, t);
    case 'hibernated': return ['', t('ask.hibernated', hibernatedLetters(state, sight)), t('ask.hibernated.2')];
    case 'typing': return drawTyping(state, sight, t);
    case 'finished': return drawResult(state, sight, t);
  }
}

/** In both languages: which one the medium speaks stands on the medium. */
function drawNoMedium(): string[] {
  return ['', sentence('en', 'ask.no-medium'), sentence('en', 'ask.no-medium.2'), '', sentence('de', 'ask.no-medium'), sentence('de', 'ask.no-medium.2')];
}

function drawSeenBefore(state: State, sight: Sight, t: Say): string[] {
  const of = (name: string): string => (sight.earlier === null ? '' : findField(sight.earlier, name) || '');
  const isFlagged = of('outcome') === 'safe-boot-set';
  const lines = [''].concat(blockWord(t(isFlagged ? 'word.safe-boot-set' : 'word.seen-before')), ['', t(isFlagged ? 'is.seen-before.safe-boot' : 'is.seen-before'), '', fact(t, 'fact.finished', of('finishedAt') || 'none')], volumeFacts(state, t));
  return lines.concat([''], isFlagged ? safeBootSteps(t) : [t('do.remove-stick')]).slice(0, MIDDLE_LINES - 1);
}

function drawPasscode(state: State, sight: Sight, t: Say): string[] {
  const lines = ['', fact(t, 'fact.payload', formatPayload(state.payload))];
  if (state.mode !== 'repair') lines.push(fact(t, 'fact.mode', t(state.isSafeMode ? 'mode.means.safe-mode' : `mode.means.${state.mode}`)));
  if (sight.medium !== null && sight.medium.expiresAt !== 'none') lines.push(fact(t, 'fact.expires', sight.medium.expiresAt));
  return lines.concat([''], volumeFacts(state, t), ['', t('ask.passcode'), t('ask.passcode.none')]);
}

function drawTyping(state: State, sight: Sight, t: Say): string[] {
  const id = askedKeyId(state);
  const spaced = `${id.substring(0, 4)} ${id.substring(4)}`;
  const lines = [''].concat(blockWord(spaced), ['', fact(t, 'fact.key', spaced)], volumeFacts(state, t), ['', t('ask.typed')]);
  const kept = sight.kept;
  if (kept.status !== 'partial') return lines;
  if (kept.wrong.length === 0) return lines.concat([t('ask.typed.kept', `${kept.groups}`, `${kept.groups + 1}`)]);
  return lines.concat([t('ask.typed.wrong', kept.wrong.join(', ')), t('ask.typed.only', `${kept.wrong[0] || ''}`)]);
}

function drawResult(state: State, sight: Sight, t: Say): string[] {
  const of = (name: string): string => (sight.record === null ? '' : findField(sight.record, name) || '');
  const outcome = of('outcome');
  const reason = of('blockedReason');
  const headline = outcome === 'blocked' ? `is.${reason}${isKeyReason(reason) && Number(of('removedCount')) > 0 ? '.data' : ''}` : outcome === 'inspected' && state.inspectOnly !== '' ? `is.inspected.${state.inspectOnly}` : `is.${outcome}`;
  const lines = [''].concat(blockWord(t(`word.${outcome}`)), ['', t(headline), fact(t, 'fact.code', `${showResultCode(state.resultCode)}   ${t('code.means')}`)]);
  if (state.safeBootFault !== '') lines.push(fact(t, 'fact.safe-boot', t(`safe-boot.${state.safeBootFault}`)));
  // Why not is told by decideOutcome's rule: nobody but its maker can say that such a Windows comes up in safe mode.
  if (state.mode === 'safe-boot' && reason === 'third-party-encryption') lines.push(fact(t, 'fact.safe-boot', t('safe-boot.third-party')));
  const facts = lines.concat(hostFacts(of, reason === 'no-disk-seen' ? sight.host : {}, t), volumeFacts(state, t), fileFacts(of, reason === 'repair-failed', t));
  const end = [fact(t, 'fact.record', t(state.isSaved ? 'record.saved' : 'record.unsaved')), ''].concat(whatToDo(state, outcome, reason, t));
  const room = MIDDLE_LINES - 1 - end.length;
  return (facts.length > room ? facts.slice(0, room - 1).concat([pad('') + t('more')]) : facts).concat(end);
}

/** Where several Windows were found each has its own line: of two the one that failed has to be found. */
function hostFacts(of: (name: string) => string, host: HostFacts, t: Say): string[] {
  const lines: string[] = [];
  const machine = [host.maker || '', host.model || ''].join(' ').replace(/^ | $/g, '');
  if (machine !== '') lines.push(fact(t, 'fact.model', machine));
  for (let i = 1; i <= 2 && machine !== '' && of(`driver.${i}.hardwareId`) !== ''; i++) lines.push(fact(t, 'fact.driver', of(`driver.${i}.hardwareId`)));
  if (of('windows.2.root') === '') {
    if (of('windows.1.computerName') !== '') lines.push(fact(t, 'fact.host', of('windows.1.computerName')));
    return lines;
  }
  for (let w = 1; w <= 4 && of(`windows.${w}.root`) !== ''; w++) {
    const name = of(`windows.${w}.computerName`) || t(`place.${of(`windows.${w}.kind`) || 'windows'}`);
    const outcome = of(`windows.${w}.outcome`) || 'nothing-to-do';
    lines.push(pad(w === 1 ? t('fact.windows') : '') + t('windows.outcome', `${of(`volume.${of(`windows.${w}.volume`)}.letter`)}: ${name}`, t(outcome === 'blocked' ? `short.${of(`windows.${w}.blockedReason`)}` : `short.${outcome}`)));
  }
  return lines;
}

function safeBootSteps(t: Say): string[] {
  return [t('do.title'), t('do.safe-boot.1'), t('do.safe-boot.2'), t('do.safe-boot.3', '\\bluelift\\safe-mode.cmd')];
}

function whatToDo(state: State, outcome: string, reason: string, t: Say): string[] {
  if (!state.isSaved) return [t('do.title'), t('do.unsaved.1'), t('do.unsaved.2')];
  if (outcome === 'safe-boot-set') return safeBootSteps(t);
  if (outcome === 'inspected') return [t(state.inspectOnly === '' ? 'do.remove-stick' : state.inspectOnly === 'recipe' ? 'do.other-medium' : 'do.manual')];
  if (state.isSafeMode && outcome !== 'blocked') return [t('do.safe-mode')];
  if (outcome === 'repaired' || outcome === 'nothing-to-do') return [t('do.remove-stick')];
  if (reason === 'third-party-encryption') return [t('do.title'), t('do.third-party-encryption.1'), t('do.third-party-encryption.2'), t('do.third-party-encryption.3')];
  if (reason === 'hibernated' || reason === 'repair-failed') return [t('do.title'), t(`do.${reason}.1`), t(`do.${reason}.2`)];
  if (reason === 'no-disk-seen') return [t('do.title'), t('do.no-disk-seen.1'), t('do.no-disk-seen.2')];
  if (!isKeyReason(reason)) return [t('do.photo')];
  const id = askedKeyId(state);
  if (id === '' && state.mode === 'safe-boot') return [t('do.photo')];
  return id === '' ? [t('do.title'), t('do.no-password.1'), t('do.no-password.2')] : [t('do.title'), t('do.call', `${id.substring(0, 4)} ${id.substring(4)}`), t('do.type'), t('do.skip')];
}

/** At most four volumes, locked ones first: a host with more shows the others in its record. */
function volumeFacts(state: State, t: Say): string[] {
  const lines: string[] = [];
  for (let pass = 0; pass < 2; pass++) {
    for (let v = 0; v < state.volumes.length && lines.length < 4; v++) {
      const volume = state.volumes[v];
      if (volume === undefined || (volume.state === 'locked') !== (pass === 0)) continue;
      lines.push(`${pad(lines.length === 0 ? t('fact.volume') : '')}${volumeText(volume, t)}`);
    }
  }
  return lines;
}

function volumeText(volume: VolumeNote, t: Say): string {
  if (volume.state === 'locked') return lockedText(volume, t);
  if (volume.state !== 'unlocked') return t(`volume.${volume.state}`, volume.letter);
  if (volume.openedBy === 'bundle') return t('volume.bundle', volume.letter, volume.openedWith.substring(0, 8));
  return t(`volume.${volume.openedBy}`, volume.letter);
}

function lockedText(volume: VolumeNote, t: Say): string {
  if (volume.ids.length === 0) return t('volume.no-password', volume.letter);
  if (volume.bundle === 'damaged') return t('volume.damaged', volume.letter);
  let ids = '';
  for (let i = 0; i < volume.ids.length && i < 3; i++) ids += `${i > 0 ? ' ' : ''}${(volume.ids[i] || '').substring(0, 8)}`;
  return `${volume.failure === '' ? t('volume.locked', volume.letter) : t('volume.locked.failure', volume.letter, volume.failure)}, ${t('fact.key')} ${ids}`;
}

/** @param isKeptFirst What could not be removed is what a person looks for. */
function fileFacts(of: (name: string) => string, isKeptFirst: boolean, t: Say): string[] {
  const removed: string[] = [];
  const kept: string[] = [];
  for (let i = 1; i <= 2 && of(`removed.${i}.path`) !== ''; i++) {
    removed.push(fact(t, 'fact.removed', nameOf(of(`removed.${i}.path`))));
    removed.push(pad('') + t('file.removed', of(`removed.${i}.modifiedAt`).replace('T', ' ').replace('Z', ''), of(`removed.${i}.sizeBytes`)));
  }
  for (let i = 1; i <= 2 && of(`kept.${i}.path`) !== ''; i++) kept.push(fact(t, 'fact.kept', t(`kept.${of(`kept.${i}.reason`)}`, nameOf(of(`kept.${i}.path`)))));
  const lines = isKeptFirst ? kept.concat(removed) : removed.concat(kept);
  let windows = 0;
  let isDiscarded = false;
  while (of(`windows.${windows + 1}.root`) !== '') if (of(`windows.${++windows}.hibernated`) === 'discarded') isDiscarded = true;
  if (isDiscarded) lines.push(fact(t, 'fact.windows', t('hibernated.discarded')));
  const flag = of('windows.1.safeBoot');
  if (flag === 'cleared' || flag === 'left-set') lines.push(fact(t, 'fact.safe-boot', t(`safe-boot.${flag}`)));
  return lines;
}

function hibernatedLetters(state: State, sight: Sight): string {
  let letters = '';
  for (let w = 1; sight.record !== null && findField(sight.record, `windows.${w}.root`) !== null; w++) {
    const volume = state.volumes[Number(findField(sight.record, `windows.${w}.volume`)) - 1];
    if (volume !== undefined && findField(sight.record, `windows.${w}.hibernated`) === 'yes') letters += (letters === '' ? '' : ' ') + volume.letter;
  }
  return letters;
}

function keysOf(state: State, sight: Sight, t: Say): string[] {
  const language = t('other-language');
  const reason = sight.record === null ? '' : findField(sight.record, 'blockedReason') || '';
  const outcome = sight.record === null ? '' : findField(sight.record, 'outcome') || '';
  switch (state.step) {
    case 'start': return [];
    case 'seen-before': return [t('key.restart'), t('key.again'), language];
    case 'passcode': return [language];
    case 'hibernated': return [t('key.repair'), t('key.leave'), language];
    case 'typing': return sight.kept.status === 'partial' ? [t('key.clear')] : [t('key.back'), language];
    case 'finished':
      if (!state.isSaved) return [t('key.save'), language];
      if (outcome === 'inspected' && state.inspectOnly !== '') return [t('key.manual'), t('key.r'), language];
      if (mayType(state, outcome, reason)) return [t('key.type'), t(outcome === 'blocked' ? 'key.r' : 'key.restart'), language];
      return [t(outcome === 'blocked' ? 'key.r' : 'key.restart'), language];
  }
}

/** @returns Whether a recovery password by telephone could help. */
export function mayType(state: State, outcome: string, reason: string): boolean {
  if (isKeyReason(reason)) return true;
  return outcome === 'inspected' && state.inspectOnly === '' && askedKeyId(state) !== '';
}

function isKeyReason(reason: string): boolean {
  return reason === 'no-key' || reason === 'key-rejected';
}

function fact(t: Say, label: string, value: string): string {
  return pad(t(label)) + value;
}

function pad(text: string): string {
  return (text + '                    ').substring(0, LABEL_WIDTH);
}

function nameOf(path: string): string {
  return path.replace(/^.*\\/, '');
}
