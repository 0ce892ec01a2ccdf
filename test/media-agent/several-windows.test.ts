// A host on which more than one Windows stands, or a data volume beside it.
import { describe, expect, test } from 'vitest';
import { NEXT } from '../../scripts/media/agent/next.ts';
import { isTakenOut } from '../../scripts/media/agent/watch.ts';
import { FAULTY_BYTES, FAULTY_PATH, FOLDER, play, reboot, recordOn, setScene } from './scene.ts';

describe('several Windows on one host', () => {
  const second = `F:\\${FOLDER}\\C-00000291-00000000-00000032.sys`;
  async function twoWindows() {
    const scene = await setScene();
    scene.host.volumes.push({ letter: 'F', keys: {}, isLocked: false });
    scene.host.put('F:\\Windows\\System32\\config\\SYSTEM', 'regf');
    scene.host.put(second, FAULTY_BYTES);
    scene.host.computerNames.set('D', 'KI-SURG-0417').set('F', 'OLD-IMAGE');
    return scene;
  }

  test('are all repaired, each recorded with its own name and outcome', async () => {
    const { host, passcode } = await twoWindows();
    play(host, null);
    expect(play(host, passcode)).toBe(NEXT.askGreen);
    expect(host.removed).toEqual([FAULTY_PATH, second]);
    expect(recordOn(host)).toMatch(/windows\.1\.computerName=KI-SURG-0417[\s\S]*windows\.1\.outcome=repaired[\s\S]*windows\.2\.computerName=OLD-IMAGE[\s\S]*windows\.2\.outcome=repaired/);
    expect(host.said.join('\n')).toContain('F: OLD-IMAGE: repaired');
  });

  test('block the host when one of them failed, and the screen says which', async () => {
    const { host, passcode } = await twoWindows();
    host.stuck.add(second);
    play(host, null);
    expect(play(host, passcode)).toBe(NEXT.askRed);
    expect(recordOn(host)).toMatch(/\r\nblockedReason=repair-failed[\s\S]*windows\.1\.outcome=repaired\r\n[\s\S]*windows\.2\.outcome=blocked\r\nwindows\.2\.blockedReason=repair-failed/);
    expect(host.said.join('\n')).toMatch(/D: KI-SURG-0417: repaired\n.*F: OLD-IMAGE: A FILE COULD NOT/);
  });

  test('are repaired but for the hibernated one, which waits for a key press and then has both in its record', async () => {
    for (const key of ['', 'R']) {
      const { host, passcode } = await twoWindows();
      host.put('F:\\hiberfil.sys', 'HIBR....');
      play(host, null);
      expect(play(host, passcode)).toBe(NEXT.ask);
      expect(host.removed).toEqual([FAULTY_PATH]);
      expect(recordOn(host)).toMatch(/\r\nblockedReason=hibernated[\s\S]*windows\.1\.outcome=repaired[\s\S]*windows\.2\.blockedReason=hibernated[\s\S]*removed\.1\.windows=1[\s\S]*kept\.1\.reason=dry-run/);
      expect(play(host, key)).toBe(key === 'R' ? NEXT.askGreen : NEXT.askRed);
      expect(recordOn(host)).toContain(key === 'R' ? 'removedCount=2\r\n' : 'removedCount=1\r\n');
      if (key !== 'R') expect(host.said.join('\n')).toContain('start from this stick again, press R');
      expect(recordOn(host)).toMatch(key === 'R' ? /windows\.2\.hibernated=discarded[\s\S]*removed\.2\.windows=2/ : /blockedReason=hibernated/);
      expect(host.removed).toEqual(key === 'R' ? [FAULTY_PATH, 'F:\\hiberfil.sys', second] : [FAULTY_PATH]);
    }
  });

  test('are recognised on the next boot, and nothing is written then', async () => {
    const { host, passcode } = await twoWindows();
    play(host, null);
    play(host, passcode);
    const before = recordOn(host);
    reboot(host);
    expect(play(host, null)).toBe(NEXT.askBlue);
    expect(host.said.join('\n')).toContain('dealt with this host already');
    expect(host.said.join('\n')).toContain('Take the stick out: the host restarts by itself.');
    const marker = host.files.get('E:\\bluelift\\medium.txt');
    host.files.delete('E:\\bluelift\\medium.txt');
    expect(isTakenOut(host.ports.files, host.ports.place)).toBe(true);
    if (marker !== undefined) host.files.set('E:\\bluelift\\medium.txt', marker);
    expect(play(host, '')).toBe(NEXT.restart);
    expect(recordOn(host)).toBe(before);
  });

  test('have a data volume beside them repaired that holds the folder of the recipe', async () => {
    const { host, passcode } = await twoWindows();
    host.files.delete('F:\\Windows\\System32\\config\\SYSTEM');
    play(host, null);
    expect(play(host, passcode)).toBe(NEXT.askGreen);
    expect(host.removed).toEqual([FAULTY_PATH, second]);
    expect(recordOn(host)).toMatch(/windows\.2\.kind=data\r\nwindows\.2\.root=Windows\r\n/);
  });
});
