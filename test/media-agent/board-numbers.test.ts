// Boards whose maker left the serial number as it came from the factory: many hosts of a site say the same, and it tells none of them.
import { describe, expect, test } from 'vitest';
import { NEXT } from '../../scripts/media/agent/next.ts';
import { findFlagged } from '../../scripts/media/agent/record.ts';
import { findMedium } from '../../scripts/media/agent/medium.ts';
import { FakeHost } from './fake-host.ts';
import { FAULTY_BYTES, FAULTY_PATH, play, playUntilCut, reboot, recordOn, recordsOn, restorePower, setScene } from './scene.ts';

/** The stick goes on to another host of the same make, without BitLocker. */
function nextHost(from: FakeHost): FakeHost {
  const next = new FakeHost();
  for (const [path, file] of from.files) if (/^[EX]:/.test(path)) next.files.set(path, { ...file });
  reboot(next);
  next.serialNumber = from.serialNumber;
  next.volumes.push({ letter: 'D', keys: {}, isLocked: false });
  next.put('D:\\Windows\\System32\\config\\SYSTEM', 'regf');
  return next;
}

describe.each(['To be filled by O.E.M.', 'Default string', '00000000'])('a serial number that is none (%s)', (serialNumber) => {
  test('does not let the next host of its make pass for dealt with', async () => {
    const { host, passcode } = await setScene();
    host.serialNumber = serialNumber;
    play(host, null);
    expect(play(host, passcode)).toBe(NEXT.askGreen);
    const second = nextHost(host);
    second.put(FAULTY_PATH, FAULTY_BYTES);
    expect(play(second, null)).toBe(NEXT.askPasscode);
    expect(play(second, passcode)).toBe(NEXT.askGreen);
    expect(second.removed).toEqual([FAULTY_PATH]);
    expect(recordsOn(second)).toHaveLength(2);
  });

  test('does not put down to the next host what another removed before its power went', async () => {
    const { host, passcode } = await setScene();
    host.serialNumber = serialNumber;
    host.volumes.splice(0, 1, { letter: 'D', keys: {}, isLocked: false });
    for (let acts = 1; host.removed.length === 0; acts++) {
      reboot(host);
      playUntilCut(host, passcode, acts);
      restorePower(host);
      if (acts > 20) throw new Error('never removed');
    }
    expect(recordsOn(host)).toEqual([]);
    const second = nextHost(host);
    second.put('D:\\Windows\\System32\\drivers\\CrowdStrike\\other.sys', 'x');
    play(second, null);
    play(second, passcode);
    expect(recordOn(second)).toMatch(/\r\noutcome=nothing-to-do\r\n[\s\S]*removedCount=0\r\n/);
  });

  test('does not say which host was flagged for safe mode where two were', () => {
    const host = new FakeHost();
    const lines = (id: string) => `bluelift-attempt 1\r\nattemptId=${id}\r\noutcome=safe-boot-set\r\nserialNumber=${serialNumber}\r\n`;
    for (const id of ['1'.repeat(32), '2'.repeat(32)]) host.put(`E:\\bluelift\\results\\${id}.txt`, lines(id));
    host.put('E:\\bluelift\\medium.txt', 'bluelift-medium 1\r\nmediaId=BL-TEST\r\n');
    const medium = findMedium(host.ports.files, ['E'], 'X:\\bluelift\\');
    if (medium === null) throw new Error('no medium');
    expect(findFlagged(host.ports.files, medium, serialNumber)).toBeNull();
  });
});

test('a serial number of its own lets a host be recognised as before', async () => {
  const { host, passcode } = await setScene();
  host.serialNumber = '5CG1234ABC';
  host.volumes.splice(0, 1, { letter: 'D', keys: {}, isLocked: false });
  play(host, null);
  play(host, passcode);
  reboot(host);
  expect(play(host, null)).toBe(NEXT.askBlue);
  expect(host.said.join('\n')).toContain('dealt with this host already');
});
