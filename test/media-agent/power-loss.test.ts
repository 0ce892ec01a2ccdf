// Power that goes at any step, and the plan a boot leaves behind that was cut off: what the next boot makes of it, and whom it believes.
import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { makeResultCode, openKeyText } from '../../electron/core/media/result-code.ts';
import { NEXT } from '../../scripts/media/agent/next.ts';
import { cutAfter, FAULTY_BYTES, FAULTY_PATH, FOLDER, newPasscode, play, playUntilCut, PowerLoss, reboot, recordOn, restorePower, sealKeys, setScene } from './scene.ts';

describe('a boot that lost its power', () => {
  test('at any of its steps leaves the host no worse and the record true, and the next boot brings both to their end', async () => {
    const cutAt: string[] = [];
    for (let acts = 0; acts < 40; acts++) {
      const { host, passcode } = await setScene();
      const other = `D:\\${FOLDER}\\C-00000291-00000000-00000033.sys`;
      host.put(other, FAULTY_BYTES);
      const keptBefore = [...host.files.keys()].filter((path) => path.startsWith('D:') && path !== other && path !== FAULTY_PATH);
      const isCut = playUntilCut(host, passcode, acts);
      cutAt.push(isCut ? `${host.removed.length} removed` : 'not cut');
      expect([...host.files.keys()].filter((path) => path.startsWith('D:') && path !== other && path !== FAULTY_PATH)).toEqual(keptBefore);
      // Whatever stands as a record says what was done, not more.
      for (const [path, { bytes }] of host.files) if (/results\\[0-9a-f]{32}\.txt$/.test(path)) expect(Buffer.from(bytes).toString('latin1')).toContain(`removedCount=${host.removed.length}\r\n`);
      restorePower(host);
      reboot(host);
      if (play(host, null) === NEXT.askPasscode) expect(play(host, passcode)).toBe(NEXT.askGreen);
      expect(host.removed.toSorted()).toEqual([FAULTY_PATH, other].toSorted());
      const record = recordOn(host);
      expect(record).toMatch(/outcome=repaired\r\n[\s\S]*removedCount=2\r\n/);
      // A plan that has served goes, whether the boot it was of removed anything or not; a record says what a boot did whose plan is still there.
      const left = [...host.files.keys()].flatMap((path) => /results\\([0-9a-f]{32})\.plan$/.exec(path)?.[1] ?? []);
      for (const attemptId of left) expect([...host.files.keys()].some((path) => path.endsWith(`results\\${attemptId}.txt`))).toBe(true);
      if (!isCut) break;
    }
    // It was cut before, between and after the removals.
    expect(new Set(cutAt)).toEqual(new Set(['0 removed', '1 removed', '2 removed', 'not cut']));
  });

  test('is named in the record of the boot that says what it removed, once', async () => {
    const { host, passcode } = await setScene();
    host.put(`D:\\${FOLDER}\\C-00000285-00000000-00000007.sys`, 'other channel');
    cutAfter(host, 3); // plan written, renamed; the file removed; no record
    play(host, null);
    expect(() => play(host, passcode)).toThrow();
    expect(host.removed).toEqual([FAULTY_PATH]);
    const [plan = ''] = [...host.files.keys()].filter((path) => path.endsWith('.plan'));
    restorePower(host);
    reboot(host);
    play(host, null);
    play(host, passcode);
    expect(recordOn(host)).toContain(`removed.1.attempt=${/([0-9a-f]{32})\.plan$/.exec(plan)?.[1]}\r\n`);
    // Looked at once more by a person's wish, there is nothing to do, and it is not claimed again.
    reboot(host);
    expect(play(host, null)).toBe(NEXT.askBlue);
    // A, as a French keyboard has it.
    play(host, 'q');
    expect(play(host, passcode)).toBe(NEXT.askBlue);
  });
});

describe('the plan of a boot that was cut off', () => {
  /** A host whose boot removed the file and lost its power before the record; `first` is what was entered then. */
  async function cutOff(first: 'passcode' | 'another-passcode' | 'typed') {
    const { host, key, passcode } = await setScene();
    host.put(`D:\\${FOLDER}\\C-00000285-00000000-00000007.sys`, 'other channel');
    const another = newPasscode();
    const bundle = await sealKeys([key], [passcode, another]);
    for (const file of bundle.files) host.put(`E:\\bluelift\\bundle\\${file.path.replaceAll('/', '\\')}`, file.bytes);
    play(host, null);
    if (first === 'typed') play(host, '');
    cutAfter(host, 3); // plan written, renamed; the file removed; no record
    expect(() => play(host, first === 'passcode' ? passcode : first === 'typed' ? key.recoveryPassword : another)).toThrow(PowerLoss);
    restorePower(host);
    if (first === 'typed') for (const path of [...host.files.keys()]) if (/results\\[0-9a-f]{32}\.txt$/.test(path)) host.files.delete(path); // of the pass that found no key
    const [plan = ''] = [...host.files.keys()].filter((path) => path.endsWith('.plan'));
    expect(host.text(plan)).toContain('kept.1.reason=dry-run');
    reboot(host);
    return { host, key, passcode, plan, recordKey: bundle.slots[0]?.recordKey ?? new Uint8Array() };
  }
  const isSignedUnder = (record: string, recordKey: Uint8Array): boolean => record.endsWith(`hmac=${createHmac('sha256', recordKey).update(record.slice(0, record.lastIndexOf('hmac='))).digest('hex')}\r\n`);

  test('that the same passcode signed is taken over into a signed record', async () => {
    const { host, passcode, plan, recordKey } = await cutOff('passcode');
    play(host, null);
    expect(play(host, passcode)).toBe(NEXT.askGreen);
    expect(recordOn(host)).toMatch(/removed\.1\.attempt=[0-9a-f]{32}/);
    expect(isSignedUnder(recordOn(host), recordKey)).toBe(true);
    expect(host.files.has(plan)).toBe(false);
  });

  test.each(['a path that is not there', 'a hash', 'no HMAC left'])('with the own slot and %s changed is not believed, and stays to be looked at', async (what) => {
    const { host, passcode, plan, recordKey } = await cutOff('passcode');
    const text = host.text(plan);
    host.put(plan, what === 'a hash' ? text.replace(/sha256=[0-9a-f]{4}/, 'sha256=0000') : what === 'no HMAC left' ? text.replace(/hmac=.*\r\n/, 'hmac=none\r\n') : text.replace('00000032.sys', '00000031.sys'));
    play(host, null);
    expect(play(host, passcode)).toBe(NEXT.askBlue);
    expect(recordOn(host)).toContain('removedCount=0\r\n');
    expect(isSignedUnder(recordOn(host), recordKey)).toBe(true);
    expect(host.files.has(plan)).toBe(true);
  });

  test.each(['another-passcode', 'typed'] as const)('of a boot with %s, which this one can not check, is taken over into a record that is not signed', async (first) => {
    const { host, passcode, plan } = await cutOff(first);
    play(host, null);
    expect(play(host, passcode)).toBe(NEXT.askGreen);
    const record = recordOn(host);
    expect(record).toMatch(/slot=none\r\n[\s\S]*outcome=repaired\r\n[\s\S]*removed\.1\.attempt=[0-9a-f]{32}[\s\S]*hmac=none\r\n$/);
    const openKey = createHash('sha256').update(openKeyText('BL-TEST')).digest();
    const id = /openedWith=(\S+)/.exec(record)?.[1] ?? '';
    expect(record).toContain(`resultCodes=${makeResultCode('repaired', id, (text) => createHmac('sha256', openKey).update(text).digest())}\r\n`);
    expect(host.files.has(plan)).toBe(false);
  });
});
