// Media that are no longer as they were written, and hosts that have more on them than their own: whatever the bytes say, the agent says what to do and removes
// nothing but what the recipe names.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseAttemptRecord } from '../../electron/core/media/attempt-record-reader.ts';
import { formatOpenPasscode } from '../../electron/core/media/open-passcode.ts';
import { formatPayload, hashPayload, findMedium } from '../../scripts/media/agent/medium.ts';
import { NEXT } from '../../scripts/media/agent/next.ts';
import { damage } from './damage.ts';
import { FakeHost } from './fake-host.ts';
import { copyOf, FAULTY_BYTES, FAULTY_PATH, FOLDER, play, reboot, recordOn, sealKeys, setScene, type Scene } from './scene.ts';

const MARKER = 'E:\\bluelift\\medium.txt';
const RECIPE = 'E:\\bluelift\\recipe.txt';
const HEADER = 'E:\\bluelift\\bundle\\header.txt';
/** Files beside the faulty one that a recipe with a flipped bit might name. */
const OTHERS = ['C-00000285-00000000-00000007.sys', 'C-00000290-00000000-00000032.sys', 'csagent.sys'].map((name) => `D:\\${FOLDER}\\${name}`);

/** The marker names the payload, as every medium's of a desk does. */
function nameThePayload(host: FakeHost): void {
  const { files, place } = host.ports;
  const medium = findMedium(files, ['E'], place.home);
  if (medium === null) throw new Error('no medium');
  host.put(MARKER, host.text(MARKER).replace(/payload=.*\r\n/, `payload=${formatPayload(hashPayload(files, place, medium))}\r\n`));
}

let scene: Scene;
let plan: { readonly path: string; readonly text: string };
let shards: readonly string[];
beforeAll(async () => {
  scene = await setScene();
  const { host, passcode } = scene;
  for (const path of OTHERS) host.put(path, FAULTY_BYTES);
  host.serialNumber = 'C-1';
  nameThePayload(host);
  shards = [...host.files.keys()].filter((path) => /bundle\\[0-9a-f]{2}\\/.test(path));
  // What a boot leaves behind that lost its power before it could write its record.
  const cut = copyOf(host);
  const written = new Map<string, string>();
  const { ports } = cut;
  Object.defineProperty(cut, 'ports', { value: { ...ports, files: { ...ports.files, write: (path: string, text: string) => { written.set(path, text); return ports.files.write(path, text); } } } });
  play(cut, null);
  play(cut, passcode);
  const [path = '', text = ''] = [...written].find(([name]) => name.endsWith('.plan.tmp')) ?? [];
  plan = { path: path.slice(0, -'.tmp'.length), text };
  expect(plan.text).toContain('reason=dry-run');
});

/** Boots, answers as a person would, and looks at every screen. */
function playThrough(host: FakeHost, answers: readonly string[]): void {
  let next = play(host, null);
  for (const answer of [...answers, 'R', '']) {
    expect(host.said).toHaveLength(24);
    const [middle, keys] = [host.said.slice(2, 21).join(' ').trim(), (host.said.at(-1) ?? '').trim()];
    expect(middle).not.toBe('');
    expect(`${keys} ${middle}`).toMatch(/ENTER|EINGABE|[A-Z] {2}|passcode|Passcode/);
    if (next === NEXT.restart || next === NEXT.manual || next === NEXT.manualUnsure) return;
    expect([NEXT.ask, NEXT.askBlue, NEXT.askGreen, NEXT.askPasscode, NEXT.askRed]).toContain(next);
    next = play(host, answer);
    if (next === NEXT.restart || next === NEXT.manual || next === NEXT.manualUnsure) return;
  }
}

function expectNoHarm(host: FakeHost): void {
  expect(host.removed.filter((path) => path !== FAULTY_PATH)).toEqual([]);
  expect(host.bcdedit).toEqual([]);
  for (const path of OTHERS) expect(host.files.get(path)?.bytes).toEqual(FAULTY_BYTES);
  for (const [path, file] of host.files) {
    if (!/^E:\\bluelift\\results\\[0-9a-f]{32}\.txt$/.test(path)) continue;
    const read = parseAttemptRecord(Uint8Array.from(file.bytes));
    if (read.status !== 'ok') throw new Error(`a record nobody can read: ${JSON.stringify(read)}`);
    const named = new RegExp(String.raw`^${FOLDER.replaceAll('\\', '\\\\')}\\C-00000291[^\\]*\.sys$`, 'i');
    expect(read.record.removed.filter(({ path: removed }) => !named.test(removed))).toEqual([]);
  }
}

describe('a medium that is damaged', () => {
  test.each(['marker', 'recipe', 'header of the bundle', 'shards of the bundle', 'plan of a boot that was cut off', 'passcode of a medium without one'] as const)('in the %s, in 1,700 ways, never removes what the recipe does not name, and always says what to do', (where) => {
    fc.assert(fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), fc.boolean(), fc.constantFrom('', 'typed', 'other'), fc.constantFrom('repair', 'repair', 'safe-boot', 'inspect'), (damages, isOpen, then, mode) => {
      const host = copyOf(scene.host);
      host.put(MARKER, host.text(MARKER).replace('mode=repair', `mode=${mode}`));
      const spoil = (path: string, whole: readonly number[]): void => { host.put(path, damages.reduce((bytes, act) => (bytes.length === 0 ? [...bytes] : act(bytes)), [...whole])); };
      const open = [...Buffer.from(formatOpenPasscode(scene.passcode), 'latin1')];
      if (isOpen || where === 'passcode of a medium without one') host.put('E:\\bluelift\\bundle\\open.txt', open);
      if (where === 'marker') spoil(MARKER, host.files.get(MARKER)?.bytes ?? []);
      else if (where === 'recipe') spoil(RECIPE, host.files.get(RECIPE)?.bytes ?? []);
      else if (where === 'header of the bundle') spoil(HEADER, host.files.get(HEADER)?.bytes ?? []);
      else if (where === 'shards of the bundle') for (const shard of shards) spoil(shard, host.files.get(shard)?.bytes ?? []);
      else if (where === 'plan of a boot that was cut off') spoil(plan.path, [...Buffer.from(plan.text, 'latin1')]);
      else spoil('E:\\bluelift\\bundle\\open.txt', open);
      if (where === 'plan of a boot that was cut off') host.files.delete(FAULTY_PATH);
      playThrough(host, [scene.passcode, '', ...(then === 'typed' ? [scene.key.recoveryPassword] : then === 'other' ? ['000000-000000'] : [])]);
      expectNoHarm(host);
      if (mode === 'inspect' && where !== 'marker') expect(host.removed).toEqual([]);
    }), { numRuns: 1700 });
  });

  test('in one bit of its recipe inspects and says so, and in none is used', async () => {
    const whole = copyOf(scene.host);
    play(whole, null);
    expect(play(whole, scene.passcode)).toBe(NEXT.askGreen);
    const host = copyOf(scene.host);
    host.put(RECIPE, host.text(RECIPE).replace('C-00000291*.sys', 'C-00000290*.sys'));
    expect(play(host, null)).toBe(NEXT.askRed);
    expect(host.said.join('\n')).toContain('Recipe or agent on the medium is damaged. Nothing was changed.');
    expect(play(host, 'M')).toBe(NEXT.manualUnsure);
    expectNoHarm(host);
    expect(host.removed).toEqual([]);
  });

  test('in a plan names nothing in the record that the recipe does not', () => {
    const host = copyOf(scene.host);
    host.files.delete(FAULTY_PATH);
    host.put(plan.path, plan.text.replaceAll('C-00000291-00000000-00000032.sys', 'C-00000666-00000000-00000032.sys'));
    play(host, null);
    play(host, scene.passcode);
    expect(recordOn(host)).toContain('removedCount=0\r\n');
    expect(host.files.has(plan.path)).toBe(true); // a person may look at it
  });
});

describe('two sticks in a host', () => {
  test('are both named before anything is asked, and the one that stays is used', async () => {
    const host = copyOf(scene.host);
    for (const [path, file] of [...host.files]) if (path.startsWith('E:')) host.files.set(path.replace('E:', 'C:'), file);
    const stranger = await sealKeys([], [scene.passcode]);
    host.put('C:\\bluelift\\medium.txt', host.text(MARKER).replace('mediaId=BL-TEST', 'mediaId=BL-OTHER').replace('language=en', 'language=de'));
    for (const file of stranger.files) host.put(`C:\\bluelift\\bundle\\${file.path.replaceAll('/', '\\')}`, file.bytes);
    host.volumes.push({ letter: 'C', keys: {}, isLocked: false });
    expect(play(host, null)).toBe(NEXT.ask);
    expect(host.said.join('\n')).toContain('Zwei Medien: BL-OTHER und BL-TEST.');
    expect(play(host, '')).toBe(NEXT.ask);
    host.volumes.pop();
    expect(play(host, '')).toBe(NEXT.askPasscode);
    expect(play(host, scene.passcode)).toBe(NEXT.askGreen);
    expect(recordOn(host)).toContain('mediaId=BL-TEST\r\n');
    expect(recordOn(host)).not.toContain('volume.2.');
  });
});

describe('a stick with the results of other hosts', () => {
  test('repairs this one all the same, whatever state theirs is in', async () => {
    const first = copyOf(scene.host);
    play(first, null);
    play(first, scene.passcode);
    const others = [...first.files].filter(([path]) => path.startsWith('E:\\bluelift\\results\\'));
    expect(others).toHaveLength(1);
    const { host, passcode } = await setScene();
    host.serialNumber = 'C-2';
    for (const [path, file] of others) host.files.set(path, file);
    expect(play(host, null)).toBe(NEXT.askPasscode);
    expect(play(host, passcode)).toBe(NEXT.askGreen);
    expect(host.removed).toEqual([FAULTY_PATH]);
    expect([...host.files.keys()].filter((path) => path.startsWith('E:\\bluelift\\results\\'))).toHaveLength(2);
    reboot(host);
    expect(play(host, null)).toBe(NEXT.askBlue);
    expect(host.said.join('\n')).toContain('dealt with this host already');
  });
});

describe('a clock that is wrong by years', () => {
  const years = [['2001', Date.UTC(2001, 0, 1)], ['2038', Date.UTC(2038, 0, 19, 3, 14, 8)], ['2099', Date.UTC(2099, 11, 31)]] as const;
  test.each(years.flatMap(([year, nowMs]) => (['repair', 'safe-boot', 'inspect'] as const).map((mode) => [year, mode, nowMs] as const)))('at %s on a medium to %s changes nothing about what is faulty, and its record is read at the desk', (_year, mode, nowMs) => {
    const host = copyOf(scene.host);
    host.nowMs = nowMs;
    host.put(MARKER, host.text(MARKER).replace('expiresAt=none', 'expiresAt=2026-09-30T00:00:00Z').replace('mode=repair', `mode=${mode}`));
    host.put(`D:\\${FOLDER}\\C-00000291-00000000-00000033.sys`, FAULTY_BYTES, Date.UTC(2024, 6, 19, 5, 27)); // the mended one
    play(host, null);
    expect(play(host, scene.passcode)).toBe(mode === 'inspect' ? NEXT.askBlue : NEXT.askGreen);
    expect(host.said.join('\n').includes('expired')).toBe(nowMs > Date.UTC(2026, 8, 30));
    expect(host.removed).toEqual(mode === 'inspect' ? [] : [FAULTY_PATH]);
    const read = parseAttemptRecord(Buffer.from(recordOn(host), 'latin1'));
    if (read.status !== 'ok') throw new Error(read.reason);
    expect(read.record.removedCount).toBe(host.removed.length);
    expect(read.record.kept.map(({ reason }) => reason)).toContain('newer');
  });
});
