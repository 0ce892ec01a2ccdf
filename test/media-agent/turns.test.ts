// From one turn to the next the agent knows what stands in its state file, on the RAM disk or, in safe mode, on the stick. Whatever becomes of it, every turn ends with
// an answer the launcher knows: a turn without one is a dead screen in front of a technician.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { takeTurn } from '../../scripts/media/agent/flow.ts';
import { NEXT } from '../../scripts/media/agent/next.ts';
import { loadState } from '../../scripts/media/agent/state.ts';
import { damage } from './damage.ts';
import type { FakeHost } from './fake-host.ts';
import { copyOf, FAULTY_PATH, newPasscode, play, recordOn, recordsOn, setScene } from './scene.ts';

describe('what the agent knows from one turn to the next', () => {
  test.each(['state.txt', 'record.txt'])('may be damaged in %s at any moment: every turn ends with an answer of the launcher, and an inspection still changes nothing', async (name) => {
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom('', 'passcode', 'password', 'R', 'T', 'A', 'D'), damage), { minLength: 1, maxLength: 6 }), fc.constantFrom('repair', 'inspect'), fc.boolean(), async (steps, mode, isKeyAbsent) => {
      const { host, key, passcode } = await setScene({ mode, isKeyAbsent });
      host.put('D:\\hiberfil.sys', 'HIBR....');
      play(host, null);
      for (const [answer, act] of steps) {
        const path = `X:\\bluelift\\${name}`;
        const bytes = host.files.get(path)?.bytes ?? [];
        if (bytes.length > 0) host.put(path, act(bytes));
        const next = play(host, answer === 'passcode' ? passcode : answer === 'password' ? key.recoveryPassword : answer);
        expect(Object.values(NEXT)).toContain(next);
        if (next === NEXT.restart || next === NEXT.manual || next === NEXT.manualUnsure || next === NEXT.failed) break;
      }
      if (mode === 'inspect') expect(host.removed).toEqual([]);
    }), { numRuns: 120 });
  });

  test('is enough to run a turn again whose exit code got lost: every screen is the one that would have come, and nothing is answered twice', async () => {
    const answers = fc.constantFrom('', 'passcode', 'wrong', 'password', 'groups', 'R', 'T', 'A', 'D', 'X');
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(answers, fc.boolean()), { minLength: 1, maxLength: 8 }), fc.boolean(), fc.boolean(), async (steps, isKeyAbsent, isLostFirst) => {
      const scene = await setScene({ isKeyAbsent });
      const { host, key, passcode } = scene;
      host.put('D:\\hiberfil.sys', 'HIBR....');
      const twin = copyOf(host);
      const word = (answer: string): string => ({ passcode, wrong: newPasscode(), password: key.recoveryPassword, groups: key.recoveryPassword.slice(0, 13) })[answer] ?? answer;
      expect(play(twin, null, () => isLostFirst)).toBe(play(host, null));
      for (const [answer, isLost] of steps) {
        // Groups that were kept, or cleared, in a turn that got lost are asked for again.
        const given = word(answer);
        const next = play(host, given);
        expect(play(twin, given, () => isLost && answer !== 'groups' && answer !== 'X')).toBe(next);
        expect(middleOf(twin)).toEqual(middleOf(host));
        expect(twin.removed).toEqual(host.removed);
        if (next === NEXT.restart || next === NEXT.manual) break;
      }
      expect(recordsOn(twin)).toHaveLength(recordsOn(host).length);
    }), {
      numRuns: 100,
      // Groups that were kept stay with the launcher: a question that comes then is answered, and its language changed, all the same.
      examples: [[[['', false], ['groups', false], ['password', true], ['D', false], ['R', false]], false, false]],
    });
  });

  /** Without what no two boots have in common. The notice is for one showing, and that one was lost. */
  function middleOf(host: FakeHost): string[] {
    return host.said.slice(0, -3).filter((line) => !/^ +Code |Finished/.test(line));
  }

  test('is not believed where it names no step or mode there is, or volumes without end', async () => {
    const { host, passcode } = await setScene();
    play(host, null);
    const whole = host.text('X:\\bluelift\\state.txt');
    for (const [from, to] of [[/step=.*\r\n/, 'step=\r\n'], [/step=.*\r\n/, 'step=end\r\n'], [/mode=.*\r\n/, 'mode=wipe\r\n']] as const) {
      host.put('X:\\bluelift\\state.txt', whole.replace(from, to));
      expect(loadState(host.ports.files, host.ports.place).step).toBe('start');
    }
    host.put('X:\\bluelift\\state.txt', whole.replace(/volumes=.*\r\n/, 'volumes=1e300\r\n'));
    expect(loadState(host.ports.files, host.ports.place).volumes.length).toBeLessThan(30);
    host.put('X:\\bluelift\\state.txt', 'bluelift-sta');
    expect(play(host, '')).toBe(NEXT.askPasscode);
    expect(play(host, passcode)).toBe(NEXT.askGreen);
  });

  test.each(['at the start', 'after the passcode'])('can not be kept where its disk is full or write-protected %s: the agent says so and ends, instead of beginning again and again', async (when) => {
    const { host, passcode } = await setScene();
    if (when === 'after the passcode') play(host, null);
    host.isHomeReadOnly = true;
    if (when === 'after the passcode') { host.passcode = passcode; host.answersGiven++; }
    host.said.length = 0;
    expect(takeTurn(host.ports)).toBe(NEXT.failed);
    expect(host.said.at(-1)).toContain('X:\\bluelift\\ can not be written to');
    if (when === 'at the start') expect(host.removed).toEqual([]);
    // What was done before that stands in the record all the same.
    else expect([host.removed, recordOn(host).includes('removedCount=1\r\n')]).toEqual([[FAULTY_PATH], true]);
  });
});
