// The safe-boot route on a host in memory: the flag set where no key opens anything, cleared where a Windows was repaired.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeBootStore, OLD_WINDOWS_ENTRY, RECOVERY_ENTRY, WINDOWS_ENTRY } from '../../scripts/dev/rehearsal/constructed-boot-store.ts';
import { readBootEntries } from '../../scripts/media/agent/boot-store.ts';
import { NEXT } from '../../scripts/media/agent/next.ts';
import { addBootStore, enterSafeMode, flaggedOf, STORE } from './boot-store-host.ts';
import type { FakeHost } from './fake-host.ts';
import { FAULTY_PATH, FOLDER, play, reboot, recordOn, setScene } from './scene.ts';

describe('a medium for safe boot', () => {
  test('sets the flag of every entry that starts a Windows, after a copy of the store, and says what comes next', async () => {
    const { host, passcode } = await setScene({ mode: 'safe-boot', isKeyAbsent: true });
    addBootStore(host);
    const before = host.files.get(STORE)?.bytes;
    play(host, null);
    expect(play(host, passcode)).toBe(NEXT.askBlue);
    expect(flaggedOf(host)).toEqual([WINDOWS_ENTRY, OLD_WINDOWS_ENTRY]);
    expect(host.bcdedit.some((call) => call.includes(RECOVERY_ENTRY))).toBe(false);
    expect(host.removed).toEqual([]);
    const record = recordOn(host);
    expect(record).toMatch(new RegExp(`outcome=safe-boot-set\\r\\n[\\s\\S]*safeBootEntries=${WINDOWS_ENTRY} ${OLD_WINDOWS_ENTRY}\\r\\n`));
    const id = /attemptId=(\w+)/.exec(record)?.[1];
    expect(host.files.get(`E:\\bluelift\\results\\${id}-1.bcd`)?.bytes).toEqual(before);
    expect(host.said.join('\n')).toContain('\\bluelift\\safe-mode.cmd as administrator');
    expect(play(host, '')).toBe(NEXT.restart);
  });

  test('repairs at once what it can read, and sets nothing then', async () => {
    const { host, passcode } = await setScene({ mode: 'safe-boot' });
    addBootStore(host);
    play(host, null);
    expect(play(host, passcode)).toBe(NEXT.askGreen);
    expect(host.removed).toEqual([FAULTY_PATH]);
    expect(host.bcdedit).toEqual([]);
  });

  test.each([
    ['no boot store is there', 'no-store', (host: FakeHost) => { host.files.delete(STORE); }],
    ['the store is that of another medium', 'no-store', (host: FakeHost) => { host.put('S:\\sources\\boot.wim', 'wim'); }],
    ['the store is damaged', 'no-store', (host: FakeHost) => { host.put(STORE, 'regf'); }],
    ['the stick takes no copy', 'no-copy', (host: FakeHost) => { const { files } = host.ports; Object.defineProperty(host, 'ports', { value: { ...host.ports, files: { ...files, copy: () => false } } }); }],
    ['bcdedit refuses', 'refused', (host: FakeHost) => { host.onBcdedit = () => 5; }],
  ])('says so when %s, and the host stays blocked', async (_when, fault, change) => {
    const { host, passcode } = await setScene({ mode: 'safe-boot', isKeyAbsent: true });
    addBootStore(host);
    const before = host.files.get(STORE)?.bytes;
    change(host);
    play(host, null);
    expect(play(host, passcode)).toBe(NEXT.askRed);
    expect(recordOn(host)).toMatch(new RegExp(`blockedReason=no-key\\r\\n[\\s\\S]*safeBootFault=${fault}\\r\\n`));
    if (fault !== 'no-store') expect(host.files.get(STORE)?.bytes).toEqual(before);
  });

  test('booted again on a host that it has set says so, and writes nothing', async () => {
    const { host, passcode } = await setScene({ mode: 'safe-boot', isKeyAbsent: true });
    addBootStore(host);
    play(host, null);
    play(host, passcode);
    const before = recordOn(host);
    reboot(host);
    host.bcdedit.length = 0;
    expect(play(host, null)).toBe(NEXT.askBlue);
    expect(host.said.join('\n')).toContain('Set for safe mode by this medium already');
    expect(play(host, '')).toBe(NEXT.restart);
    expect([recordOn(host), host.bcdedit]).toEqual([before, []]);
  });

  test('run in safe mode removes the file, clears the flag of this Windows and the others, and its record follows the first', async () => {
    for (const serialNumber of ['', '7XK2D93']) {
      const { host, passcode } = await setScene({ mode: 'safe-boot', isKeyAbsent: true });
      host.serialNumber = serialNumber;
      addBootStore(host);
      play(host, null);
      play(host, passcode);
      const first = recordOn(host);
      reboot(host);
      enterSafeMode(host);
      play(host, null);
      expect(host.said.join('\n')).toContain('safe mode: removes the faulty file');
      expect(play(host, '')).toBe(NEXT.askGreen);
      expect(host.removed).toEqual([`C:\\${FOLDER}\\C-00000291-00000000-00000032.sys`]);
      expect(host.bcdedit).toEqual(['clear  {current}', `clear  ${WINDOWS_ENTRY}`, `clear  ${OLD_WINDOWS_ENTRY}`]);
      const second = [...host.files].filter(([path]) => /results\\[0-9a-f]{32}\.txt$/.test(path)).map(([, { bytes }]) => Buffer.from(bytes).toString('latin1')).find((text) => text !== first) ?? '';
      expect(second).toMatch(new RegExp(`mode=safe-boot\\r\\nfollows=${/attemptId=(\w+)/.exec(first)?.[1]}\\r\\n[\\s\\S]*outcome=repaired\\r\\n[\\s\\S]*windows\\.1\\.safeBoot=cleared`));
      expect(play(host, '')).toBe(NEXT.restart);
    }
  });

  test('run in safe mode leaves the flag while the file is still there', async () => {
    const { host } = await setScene({ mode: 'safe-boot', isKeyAbsent: true });
    enterSafeMode(host);
    host.stuck.add(`C:\\${FOLDER}\\C-00000291-00000000-00000032.sys`);
    play(host, null);
    expect(play(host, '')).toBe(NEXT.askRed);
    expect(host.bcdedit).toEqual([]);
    expect(recordOn(host)).toMatch(/blockedReason=repair-failed[\s\S]*windows\.1\.safeBoot=left-set/);
  });
});

describe('a flag that somebody set before', () => {
  test('is cleared after the repair and recorded', async () => {
    const { host, passcode } = await setScene();
    addBootStore(host, [WINDOWS_ENTRY]);
    play(host, null);
    expect(play(host, passcode)).toBe(NEXT.askGreen);
    expect(flaggedOf(host)).toEqual([]);
    expect(recordOn(host)).toMatch(/outcome=repaired\r\n[\s\S]*windows\.1\.safeBoot=cleared\r\n/);
    expect(host.said.join('\n')).toContain('flag cleared');
  });

  test('stays where a file could not be removed, where the medium only inspects, and where bcdedit refuses', async () => {
    for (const why of ['stuck', 'inspect', 'refused']) {
      const { host, passcode } = await setScene({ mode: why === 'inspect' ? 'inspect' : 'repair' });
      addBootStore(host, [WINDOWS_ENTRY]);
      if (why === 'stuck') host.stuck.add(FAULTY_PATH);
      if (why === 'refused') host.onBcdedit = () => 5;
      play(host, null);
      play(host, passcode);
      expect(flaggedOf(host), why).toEqual([WINDOWS_ENTRY]);
      expect(recordOn(host), why).toContain('windows.1.safeBoot=left-set\r\n');
    }
  });

  test('that is not there is recorded as not set, and without a boot store as not examined', async () => {
    for (const hasStore of [true, false]) {
      const { host, passcode } = await setScene();
      if (hasStore) addBootStore(host);
      play(host, null);
      play(host, passcode);
      expect(host.bcdedit).toEqual([]);
      expect(recordOn(host)).toContain(`windows.1.safeBoot=${hasStore ? 'not-set' : 'not-examined'}\r\n`);
    }
  });
});

describe('the reader of boot stores', () => {
  test('finds the entries of a Windows and none of the recovery environment or the boot manager', () => {
    expect(readBootEntries([...makeBootStore({ isDualBoot: true, flagged: [OLD_WINDOWS_ENTRY] })])).toEqual([{ id: WINDOWS_ENTRY, hasSafeBoot: false }, { id: OLD_WINDOWS_ENTRY, hasSafeBoot: true }]);
  });

  test('never throws and never hangs, whatever is in the file', () => {
    const good = [...makeBootStore({ isDualBoot: true }).subarray(0, 12_000)];
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 40 }), (changes) => {
      const bytes = good.slice();
      for (const [at, value] of changes) bytes[at] = value;
      readBootEntries(bytes);
    }), { numRuns: 500 });
    fc.assert(fc.property(fc.uint8Array({ maxLength: 9000 }), (bytes) => { readBootEntries([...Buffer.from('regf'), ...bytes]); }), { numRuns: 100 });
  });
});
