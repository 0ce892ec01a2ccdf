// What the red screen tells a technician to do where no key helps: each of these hosts has a way of its own, and a wrong one makes it worse.
import { describe, expect, test } from 'vitest';
import { NEXT } from '../../scripts/media/agent/next.ts';
import { sentence } from '../../scripts/media/agent/messages.ts';
import type { FakeHost } from './fake-host.ts';
import { play, setScene } from './scene.ts';

const foreign = (host: FakeHost): void => { host.volumes.splice(0, 1, { letter: 'D', keys: {}, isLocked: false, isForeign: true }); };
const bare = (host: FakeHost): void => { host.volumes.splice(0); };

/** @returns The red screen of a host, in the language of the medium. */
async function screenOf(make: (host: FakeHost) => void, language: 'en' | 'de', mode = 'repair'): Promise<string> {
  const { host, passcode } = await setScene({ language, mode });
  make(host);
  play(host, null);
  expect(play(host, passcode)).toBe(NEXT.askRed);
  expect(host.said.every((line) => line.length <= 79)).toBe(true);
  return host.said.join('\n');
}

describe.each([['en', 'own recovery', 'Format nothing'], ['de', 'Rettungsmedium', 'Nichts formatieren']] as const)('a host under another maker’s encryption (%s)', (language, recovery, formatNothing) => {
  test('is left whole, and its maker’s own medium is named as the way', async () => {
    const screen = await screenOf(foreign, language);
    expect(screen).toContain(recovery);
    expect(screen).toContain(formatNothing);
  });

  test('is told by a medium for safe boot why the flag was not set', async () => {
    expect(await screenOf(foreign, language, 'safe-boot')).toContain(sentence(language, 'safe-boot.third-party'));
    expect(await screenOf(foreign, language)).not.toContain(sentence(language, 'safe-boot.third-party'));
  });
});

test.each([['en', 'storage mode'], ['de', 'Speichermodus']] as const)('a host without a disk in sight keeps its storage mode, and the desk gets its model (%s)', async (language, mode) => {
  expect(await screenOf(bare, language)).toContain(mode);
});

test.each([['en', 'medium for safe boot'], ['de', 'abgesicherten Start']] as const)('a volume without a recovery password is nobody’s to read out: a medium for safe boot is named (%s)', async (language, way) => {
  const { host, passcode } = await setScene({ language });
  const { volumes } = host.ports;
  Object.defineProperty(host, 'ports', { value: { ...host.ports, volumes: { ...volumes, protectors: () => ({ ids: [], hasOthers: true }) } } });
  play(host, null);
  expect(play(host, passcode)).toBe(NEXT.askRed);
  expect(host.said.join('\n')).toContain(way);
});
