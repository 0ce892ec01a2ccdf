import { describe, expect, test } from 'vitest';
import { ATTEMPT_OUTCOMES, BLOCKED_REASONS } from '../../electron/core/codes.ts';
import { CHANNEL_FILE_291 } from '../../electron/core/recipes/channel-file-291.ts';
import { blockWord } from '../../scripts/media/agent/block-word.ts';
import type { Medium } from '../../scripts/media/agent/medium.ts';
import { sentence, sentenceCodes } from '../../scripts/media/agent/messages.ts';
import { drawScreen } from '../../scripts/media/agent/screens.ts';
import { freshState } from '../../scripts/media/agent/state.ts';
import type { State, Step, VolumeNote } from '../../scripts/media/agent/state.ts';

/** Characters that look the same in code pages 437 and 850, of those the agent uses. */
const SHARED = /^[\x20-\x7e═█▀▄äöüÄÖÜß]*$/;
const MEDIUM: Medium = { letter: 'E', root: 'E:\\bluelift\\', mediaId: 'M-123456', language: 'en', mode: 'safe-boot', isManual: false, keepsCopies: false, expiresAt: '2026-09-30T00:00:00Z', payload: '7C1E 90B4 D2F8 53A6', openPasscode: '', recipe: CHANNEL_FILE_291 };
const STEPS: readonly Step[] = ['start', 'seen-before', 'passcode', 'hibernated', 'typing', 'finished'];

const volume = (letter: string, more: Partial<VolumeNote>): VolumeNote => ({ letter, state: 'locked', ids: ['9D52E07C-0000-4000-8000-000000000000', '31F6A8B4-0000-4000-8000-000000000000'], openedBy: '', openedWith: '', failure: '80310027', bundle: 'not-asked', ...more });
const VOLUMES = [
  volume('C', {}), volume('D', { bundle: 'damaged' }), volume('F', { ids: [] }), volume('G', { state: 'unlocked', openedBy: 'bundle', openedWith: '9D52E07C-0000-4000-8000-000000000000' }),
  volume('H', { state: 'unlocked', openedBy: 'typed' }), volume('I', { state: 'unreadable' }), volume('J', { state: 'not-encrypted' }), volume('K', { state: 'unlocked', openedBy: 'was-open' }),
];

function record(outcome: string, reason: string) {
  const path = 'Windows\\System32\\drivers\\CrowdStrike\\C-00000291-00000000-00000032.sys';
  const fields = { outcome, ...(outcome === 'blocked' ? { blockedReason: reason } : {}), 'windows.1.root': 'Windows', 'windows.1.volume': '1', 'windows.1.hibernated': 'yes', 'windows.1.computerName': 'KI-SURG-0417',
    'removed.1.path': path, 'removed.1.modifiedAt': '2024-07-19T04:09:00Z', 'removed.1.sizeBytes': '41004', 'kept.1.path': path, 'kept.1.reason': 'header-differs', 'kept.2.path': path, 'kept.2.reason': 'remove-failed' };
  return { kind: 'bluelift-attempt', version: 1, fields: Object.entries(fields).map(([name, value]) => ({ name, value })) };
}

const KEPT = [{ status: 'wrong', notice: 'typed.length', fact: '0' }, { status: 'partial', groups: 1, wrong: [] }, { status: 'partial', groups: 8, wrong: [1, 2, 3, 4, 5, 6, 7, 8] }, { status: 'partial', groups: 8, wrong: [8] }] as const;

/** Every screen there is: step × language × outcome × saved or not × volumes. */
function* everyScreen(): Generator<{ readonly state: State; readonly lines: readonly string[] }> {
  const outcomes: (readonly [string, string])[] = ATTEMPT_OUTCOMES.flatMap((outcome) => (outcome === 'blocked' ? [...BLOCKED_REASONS] : ['']).map((reason) => [outcome, reason] as const));
  for (const step of STEPS) for (const language of ['en', 'de'] as const) for (const [outcome, reason] of outcomes) for (const isSaved of [true, false]) for (let from = 0; from < VOLUMES.length; from += 2) {
    const state: State = { ...freshState(), step, language, isSaved, payload: '7c1e90b4d2f853a6', inspectOnly: 'bytes', resultCode: '3EG529R0524B', volumes: VOLUMES.slice(from, from + 4), notice: 'typed.rejected' };
    yield { state, lines: drawScreen(state, { medium: MEDIUM, record: record(outcome, reason), kept: KEPT[from / 2] ?? KEPT[0], earlier: record(outcome, reason), otherMedium: from === 0 ? 'M-654321' : null, host: { maker: 'Dell Inc.', model: 'Latitude 7440' } }) };
  }
}

describe('the screens of the agent', () => {
  test('have 24 lines of at most 79 characters of code pages 437 and 850, in both languages', () => {
    let seen = 0;
    for (const { lines } of everyScreen()) {
      seen++;
      expect(lines).toHaveLength(24);
      expect(lines.filter((line) => line.length > 79 || !SHARED.test(line))).toEqual([]);
    }
    expect(seen).toBe(STEPS.length * 2 * (ATTEMPT_OUTCOMES.length - 1 + BLOCKED_REASONS.length) * 2 * 4);
  });

  test('cut nothing off that is not the host’s own: what the medium is stands whole in the head, and the code with what it is for', () => {
    let codes = 0;
    for (const { lines } of everyScreen()) {
      expect(lines[0]).toMatch(/channel-file-291 1$/);
      for (const line of lines.filter((one) => /^  Code  /.test(one))) {
        codes++;
        expect(line).toMatch(/^  Code         [0-9BCDEFGHJKNPRSTVX]{4}-[0-9BCDEFGHJKNPRSTVX]{4}-[0-9BCDEFGHJKNPRSTVX]{4}   \(.*\)$/);
      }
    }
    expect(codes).toBeGreaterThan(0);
  });

  test('tell on every result what to do now, whole, however much there is to say of the host', () => {
    let crowded = 0;
    for (const { state, lines } of everyScreen()) {
      if (state.step !== 'finished') continue;
      const middle = lines.slice(2, 21).map((line) => line.trim()).filter((line) => line !== '');
      const record = middle.findIndex((line) => line.startsWith(sentence(state.language, 'fact.record')));
      expect(record).toBeGreaterThan(0);
      expect(middle.length).toBeGreaterThan(record + 1);
      if (!state.isSaved) expect(middle.slice(-3)).toEqual(['do.title', 'do.unsaved.1', 'do.unsaved.2'].map((code) => sentence(state.language, code)));
      if (middle.includes(sentence(state.language, 'more'))) crowded++;
    }
    expect(crowded).toBeGreaterThan(0);
  });

  test('have every sentence in both languages, none longer than a line, and never show a code', () => {
    for (const code of sentenceCodes()) for (const language of ['en', 'de'] as const) {
      const text = sentence(language, code, 'X', 'Y');
      expect(text, code).not.toBe('');
      expect(text.length, `${language} ${code}`).toBeLessThanOrEqual(76);
      expect(text).toMatch(SHARED);
    }
    const codes = new Set(sentenceCodes());
    // Blocked reasons the agent itself can come to.
    for (const reason of ['no-key', 'key-rejected', 'no-disk-seen', 'hibernated', 'third-party-encryption', 'other-os', 'recipe-not-found', 'repair-failed']) expect(codes).toContain(`is.${reason}`);
    for (const outcome of ATTEMPT_OUTCOMES) expect(codes).toContain(`word.${outcome}`);
  });

  test('use no code that has no sentence', () => {
    const known = new Set(sentenceCodes());
    for (const { state, lines } of everyScreen()) {
      const words = lines.join(' ').match(/\b(?:is|do|key|fact|volume|record|word|kept|ask|file|windows)\.[a-z][a-z.-]+/g) ?? [];
      // `is.` of a reason the agent never comes to itself stays a code: it is not reached.
      if (state.step !== 'finished') expect(words.filter((word) => !known.has(word))).toEqual([]);
    }
  });

  test('ask for a stick that is not seen in both languages: which one it speaks stands on it', () => {
    const screen = drawScreen(freshState(), { medium: null, record: null, kept: KEPT[0], earlier: null, otherMedium: null, host: {} }).join('\n');
    for (const language of ['en', 'de'] as const) for (const code of ['ask.no-medium', 'ask.no-medium.2']) expect(screen).toContain(sentence(language, code));
  });

  test('keep a dollar sign of a name as it is', () => {
    expect(sentence('en', 'kept.newer', '$&$1$$.sys')).toBe('$&$1$$.sys (newer)');
  });
});

describe('a word in blocks', () => {
  test('has four rows, and a glyph for every letter the agent writes', () => {
    const words = sentenceCodes().filter((code) => code.startsWith('word.')).flatMap((code) => [sentence('en', code), sentence('de', code)]);
    for (const word of [...words, '0123 4567', '89AB CDEF']) {
      const rows = blockWord(word);
      expect(rows).toHaveLength(4);
      expect(new Set(rows.map((row) => row.length)).size).toBe(1);
      expect(rows[0]?.length).toBe([...word].reduce((width, letter) => width + (letter === 'I' ? 2 : letter === ' ' ? 3 : 6), 2 * (word.length - 1)));
      expect(rows[0]?.length).toBeLessThanOrEqual(77);
    }
  });
});
