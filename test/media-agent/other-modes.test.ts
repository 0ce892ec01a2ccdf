// Media that only inspect, and media for safe boot, at hosts where something is not as usual: what a technician sees there, and what must not happen. An inspection
// changes nothing, ever; safe boot repairs what it can read and otherwise sets the flag alone. Repair stands in flow.test.ts.
import { describe, expect, test } from 'vitest';
import { CHANNEL_FILE_291 } from '../../electron/core/recipes/channel-file-291.ts';
import { formatRecipe } from '../../electron/core/recipes/recipe.ts';
import { OLD_WINDOWS_ENTRY, WINDOWS_ENTRY } from '../../scripts/dev/rehearsal/constructed-boot-store.ts';
import { NEXT } from '../../scripts/media/agent/next.ts';
import { addBootStore, enterSafeMode, flaggedOf } from './boot-store-host.ts';
import { FakeHost } from './fake-host.ts';
import { copyOf, FAULTY_BYTES, FAULTY_PATH, FOLDER, makeKey, play, playUntilCut, reboot, recordOn, recordsOn, restorePower, sealKeys, setScene, type Key } from './scene.ts';

type Mode = 'inspect' | 'safe-boot';
const MODES: readonly Mode[] = ['inspect', 'safe-boot'];
const onScreen = (host: FakeHost): string => host.said.join('\n');

/** A scene with a boot store on S; `seal` replaces what is in the bundle. */
async function setOtherScene(mode: Mode, options: { readonly isKeyAbsent?: boolean; readonly flagged?: readonly string[]; readonly seal?: (own: Key) => readonly Key[] } = {}) {
  const scene = await setScene({ mode, ...(options.isKeyAbsent === true ? { isKeyAbsent: true } : {}) });
  if (options.seal !== undefined) for (const file of (await sealKeys(options.seal(scene.key), [scene.passcode])).files) scene.host.put(`E:\\bluelift\\bundle\\${file.path.replaceAll('/', '\\')}`, file.bytes);
  addBootStore(scene.host, options.flagged);
  return scene;
}

/** Everything on the host's own volumes. */
const contentOf = (host: FakeHost): Map<string, string> => new Map([...host.files].filter(([path]) => !/^[EX]:/.test(path)).map(([path, { bytes, modifiedAtMs }]) => [path, `${modifiedAtMs} ${bytes.join(' ')}`]));

/** Boots, answers, and holds what an inspection must never do. @returns What the launcher would do at the end. */
function bootWith(host: FakeHost, mode: Mode, answers: readonly string[]) {
  const before = contentOf(host);
  let next = play(host, null);
  for (const answer of answers) next = play(host, answer);
  if (mode === 'inspect') {
    expect(contentOf(host)).toEqual(before);
    expect(host.removed).toEqual([]);
    expect(host.bcdedit).toEqual([]);
    expect(recordOn(host)).toMatch(/mode=inspect\r\n[\s\S]*outcome=inspected\r\n[\s\S]*removedCount=0\r\n/);
  }
  return next;
}

function addWindows(host: FakeHost, letter: string, key: Key | null): string {
  const file = `${letter}:\\${FOLDER}\\C-00000291-00000000-00000032.sys`;
  host.volumes.push({ letter, keys: key === null ? {} : { [key.id]: key.recoveryPassword }, isLocked: key !== null });
  host.put(`${letter}:\\Windows\\System32\\config\\SYSTEM`, 'regf');
  host.put(file, FAULTY_BYTES);
  return file;
}

describe('a key that is rejected', () => {
  test('on a medium that inspects is said with its code, a key of another host too, and the right one is still taken', async () => {
    const { host, key, passcode } = await setOtherScene('inspect', { seal: (own) => [{ ...makeKey(), id: own.id }] });
    expect(bootWith(host, 'inspect', [passcode])).toBe(NEXT.askBlue);
    expect(onScreen(host)).toContain('0x80310027');
    expect(play(host, makeKey().recoveryPassword)).toBe(NEXT.askBlue);
    expect(onScreen(host)).toContain('opens nothing here: another Key ID?');
    expect(play(host, key.recoveryPassword)).toBe(NEXT.askBlue);
    expect(recordOn(host)).toMatch(/outcome=inspected\r\n[\s\S]*rejectedRecoveryPasswords=1\r\n[\s\S]*volume\.1\.openedBy=typed\r\n/);
    expect([host.removed, host.bcdedit]).toEqual([[], []]);
  });

  test('on a medium for safe boot is one that opens nothing: the flag is set, and the record names the code', async () => {
    const { host, passcode } = await setOtherScene('safe-boot', { seal: (own) => [{ ...makeKey(), id: own.id }] });
    expect(bootWith(host, 'safe-boot', [passcode])).toBe(NEXT.askBlue);
    expect(flaggedOf(host)).toEqual([WINDOWS_ENTRY, OLD_WINDOWS_ENTRY]);
    expect(recordOn(host)).toMatch(/outcome=safe-boot-set\r\n[\s\S]*volume\.1\.failure=80310027\r\n/);
    expect(host.removed).toEqual([]);
  });

  test('where the flag could be set for one Windows only leaves none set, and the key that is typed then repairs the host without a word of a flag', async () => {
    const { host, key, passcode } = await setOtherScene('safe-boot', { isKeyAbsent: true });
    const setFlag = host.onBcdedit;
    host.onBcdedit = (call) => (call === `set S:\\EFI\\Microsoft\\Boot\\BCD ${OLD_WINDOWS_ENTRY}` ? 5 : setFlag?.(call) ?? 0);
    expect(bootWith(host, 'safe-boot', [passcode])).toBe(NEXT.askRed);
    expect(flaggedOf(host)).toEqual([]);
    expect(recordOn(host)).toContain('safeBootFault=refused\r\n');
    expect(recordOn(host)).not.toContain('safeBootEntries=');
    expect(play(host, makeKey().recoveryPassword)).toBe(NEXT.askRed);
    expect(onScreen(host)).toContain('opens nothing here');
    expect(play(host, key.recoveryPassword)).toBe(NEXT.askGreen);
    expect(recordOn(host)).toMatch(/outcome=repaired\r\n[\s\S]*windows\.1\.safeBoot=not-set\r\n/);
    expect(recordOn(host)).not.toContain('safeBootFault=');
    expect(onScreen(host)).not.toContain('could not be set');
  });
});

describe('volumes of every kind', () => {
  test.each(MODES)('one without a letter and one with a second protector are opened by a medium to %s', async (mode) => {
    const [second, third] = [makeKey(), makeKey()];
    const { host, key, passcode } = await setOtherScene(mode, { seal: () => [second, third] });
    host.volumes[0] = { letter: 'D', keys: { [key.id]: key.recoveryPassword, [second.id]: second.recoveryPassword }, isLocked: true };
    const file = addWindows(host, 'F', third);
    const letterless = host.volumes.at(-1);
    if (letterless !== undefined) letterless.hasNoLetter = true;
    expect(bootWith(host, mode, [passcode])).toBe(mode === 'inspect' ? NEXT.askBlue : NEXT.askGreen);
    const record = recordOn(host);
    for (const { id } of [second, third]) expect(record).toContain(`openedWith=${id}\r\n`);
    if (mode === 'safe-boot') expect(host.removed.toSorted()).toEqual([FAULTY_PATH, file]);
    expect(host.bcdedit).toEqual([]);
  });

  test.each(MODES)('the locked disk of another host stays locked on a medium to %s, and sets no flag beside a Windows that was read', async (mode) => {
    const { host, passcode } = await setOtherScene(mode);
    const other = makeKey();
    addWindows(host, 'F', other);
    expect(bootWith(host, mode, [passcode])).toBe(mode === 'inspect' ? NEXT.askBlue : NEXT.askGreen);
    expect(host.volumes.find(({ letter }) => letter === 'F')?.isLocked).toBe(true);
    expect(recordOn(host)).toMatch(new RegExp(`state=locked\\r\\nvolume\\.2\\.keyProtectorIds=${other.id}\\r\\n`));
    expect(host.bcdedit).toEqual([]);
    if (mode === 'safe-boot') expect(host.removed).toEqual([FAULTY_PATH]);
  });

  test('a data volume with the folder of the recipe is repaired by a medium for safe boot, and the host with a locked Windows is still flagged and not called repaired', async () => {
    const { host, passcode } = await setOtherScene('safe-boot', { isKeyAbsent: true });
    const data = addWindows(host, 'F', null);
    host.files.delete('F:\\Windows\\System32\\config\\SYSTEM');
    expect(bootWith(host, 'safe-boot', [passcode])).toBe(NEXT.askBlue);
    expect(host.removed).toEqual([data]);
    expect(flaggedOf(host)).toEqual([WINDOWS_ENTRY, OLD_WINDOWS_ENTRY]);
    expect(recordOn(host)).toMatch(/outcome=safe-boot-set\r\n[\s\S]*removedCount=1\r\n[\s\S]*windows\.1\.kind=data\r\n/);
  });

  test('a data volume alone is no repair of a host whose Windows is locked: the screen asks for the key, and the typed one brings both', async () => {
    const { host, key, passcode } = await setScene({ isKeyAbsent: true });
    const data = addWindows(host, 'F', null);
    host.put(`F:\\${FOLDER}\\C-00000285-00000000-00000007.sys`, 'other channel');
    host.files.delete('F:\\Windows\\System32\\config\\SYSTEM');
    play(host, null);
    expect(play(host, passcode)).toBe(NEXT.askRed);
    expect(host.removed).toEqual([data]);
    expect(recordOn(host)).toMatch(/outcome=blocked\r\nblockedReason=no-key\r\n[\s\S]*removedCount=1\r\n/);
    expect(onScreen(host)).toContain("No key for this host's Windows. Only a data volume was repaired.");
    expect(onScreen(host)).not.toContain('Nothing was changed');
    expect(play(host, key.recoveryPassword)).toBe(NEXT.askGreen);
    expect(recordOn(host)).toMatch(/outcome=repaired\r\n[\s\S]*removedCount=2\r\n/);
  });

  test('a data volume with the folder of the recipe is only listed by a medium that inspects', async () => {
    const { host, passcode } = await setOtherScene('inspect');
    addWindows(host, 'F', null);
    host.files.delete('F:\\Windows\\System32\\config\\SYSTEM');
    expect(bootWith(host, 'inspect', [passcode])).toBe(NEXT.askBlue);
    expect(recordOn(host)).toMatch(/windows\.2\.kind=data\r\n[\s\S]*windows\.2\.outcome=inspected\r\n[\s\S]*kept\.2\.reason=dry-run/);
  });
});

describe('a hibernated Windows', () => {
  test('is no question where nothing may be changed: it is recorded as hibernated', async () => {
    const { host, passcode } = await setOtherScene('inspect');
    host.put('D:\\hiberfil.sys', 'HIBR....');
    expect(bootWith(host, 'inspect', [passcode])).toBe(NEXT.askBlue);
    expect(recordOn(host)).toContain('windows.1.hibernated=yes\r\n');
    expect(bootAgain(host)).toBe(true);
  });

  test('on a medium for safe boot waits for a key press, and until then no flag is touched', async () => {
    for (const answer of ['', 'R']) {
      const { host, passcode } = await setOtherScene('safe-boot', { flagged: [WINDOWS_ENTRY] });
      host.put('D:\\hiberfil.sys', 'HIBR....');
      expect(bootWith(host, 'safe-boot', [passcode])).toBe(NEXT.ask);
      expect([host.removed, flaggedOf(host)]).toEqual([[], [WINDOWS_ENTRY]]);
      expect(play(host, answer)).toBe(answer === '' ? NEXT.askRed : NEXT.askGreen);
      expect(flaggedOf(host)).toEqual(answer === '' ? [WINDOWS_ENTRY] : []);
      expect(recordOn(host)).toContain(answer === '' ? 'windows.1.safeBoot=left-set\r\n' : 'windows.1.safeBoot=cleared\r\n');
      expect(host.removed).toEqual(answer === '' ? [] : ['D:\\hiberfil.sys', FAULTY_PATH]);
    }
  });

  /** An inspection is nothing that makes another one superfluous. */
  function bootAgain(host: FakeHost): boolean {
    reboot(host);
    return play(host, null) === NEXT.askPasscode;
  }
});

describe('files that are not faulty', () => {
  test.each(MODES)('are told apart by a medium to %s as by one that repairs', async (mode) => {
    const { host, passcode } = await setOtherScene(mode);
    const [newer, otherContent] = [33, 34].map((number) => `D:\\${FOLDER}\\C-00000291-00000000-000000${number}.sys`);
    host.put(newer ?? '', FAULTY_BYTES, Date.UTC(2024, 6, 19, 5, 27));
    host.put(otherContent ?? '', [0, 0, 0, 0, 0, 0, 0, 0xaa]);
    bootWith(host, mode, [passcode]);
    for (const reason of ['newer', 'header-differs', ...(mode === 'inspect' ? ['dry-run'] : [])]) expect(recordOn(host)).toContain(`reason=${reason}\r\n`);
    if (mode === 'safe-boot') expect(host.removed).toEqual([FAULTY_PATH]);
  });
});

describe('a host without a Windows that can be met', () => {
  test.each<[string, (host: FakeHost) => unknown, string]>([
    ['no disk', (host) => host.volumes.splice(0), 'no-disk-seen'],
    ['encryption of another maker', (host) => host.volumes.splice(0, 1, { letter: 'D', keys: {}, isLocked: false, isForeign: true }), 'third-party-encryption'],
    ['another system', (host) => { host.volumes.splice(0, 1, { letter: 'D', keys: {}, isLocked: false }); host.files.delete('D:\\Windows\\System32\\config\\SYSTEM'); host.files.delete(FAULTY_PATH); }, 'other-os'],
  ])('with %s gets no flag from a medium for safe boot, and its reason in the record', async (what, change, reason) => {
    for (const mode of MODES) {
      const { host, passcode } = await setOtherScene(mode);
      change(host);
      if (what === 'no disk') host.missingDrivers = [{ hardwareId: 'PCI\\VEN_8086&DEV_9A0B', name: 'RAID Controller' }];
      expect(bootWith(host, mode, [passcode])).toBe(mode === 'inspect' ? NEXT.askBlue : NEXT.askRed);
      expect(host.bcdedit).toEqual([]);
      if (mode === 'safe-boot') expect(recordOn(host)).toContain(`blockedReason=${reason}\r\n`);
      if (what === 'no disk') expect(recordOn(host)).toContain('driver.1.name=RAID Controller\r\n');
    }
  });
});

describe('a medium of another incident', () => {
  const ANOTHER = formatRecipe({ ...CHANNEL_FILE_291, id: 'another-incident', title: 'Another incident', path: String.raw`Windows\System32\drivers\Another`, pattern: 'Another-*.sys', headerBytes: [1, 2, 3, 4], keepFromMs: null });

  test.each(MODES)('to %s leaves this one as it is, and a flag that somebody set too', async (mode) => {
    const { host, passcode } = await setOtherScene(mode, { flagged: [WINDOWS_ENTRY] });
    host.put('E:\\bluelift\\recipe.txt', ANOTHER);
    expect(bootWith(host, mode, [passcode])).toBe(mode === 'inspect' ? NEXT.askBlue : NEXT.askRed);
    expect([host.removed, flaggedOf(host)]).toEqual([[], [WINDOWS_ENTRY]]);
    expect(recordOn(host)).toMatch(/recipeId=another-incident\r\n[\s\S]*windows\.1\.safeBoot=left-set\r\n/);
    if (mode === 'safe-boot') expect(recordOn(host)).toContain('blockedReason=recipe-not-found\r\n');
  });
});

describe('a stick that was at another host', () => {
  test('inspects this one all the same, and the one it has met once more', async () => {
    const first = await setOtherScene('inspect');
    first.host.serialNumber = 'C-1';
    bootWith(first.host, 'inspect', [first.passcode]);
    const { host, passcode } = await setOtherScene('inspect');
    host.serialNumber = 'C-2';
    for (const [path, file] of first.host.files) if (path.startsWith('E:\\bluelift\\results\\')) host.files.set(path, file);
    for (const count of [2, 3]) {
      expect(play(host, null)).toBe(NEXT.askPasscode);
      expect(play(host, passcode)).toBe(NEXT.askBlue);
      expect(recordsOn(host).filter((record) => record.includes('outcome=inspected\r\n'))).toHaveLength(count);
      reboot(host);
    }
    expect([host.removed, host.bcdedit]).toEqual([[], []]);
  });
});

describe('two sticks', () => {
  test.each(MODES)('of which one is to %s are both named before anything is looked at', async (mode) => {
    const { host, passcode } = await setOtherScene(mode, { isKeyAbsent: true });
    for (const [path, file] of [...host.files]) if (path.startsWith('E:')) host.files.set(path.replace('E:', 'C:'), file);
    host.put('C:\\bluelift\\medium.txt', host.text('E:\\bluelift\\medium.txt').replace('mediaId=BL-TEST', 'mediaId=BL-OTHER').replace(`mode=${mode}`, 'mode=repair'));
    host.volumes.push({ letter: 'C', keys: {}, isLocked: false });
    expect(play(host, null)).toBe(NEXT.ask);
    expect(onScreen(host)).toContain('Two media: BL-OTHER and BL-TEST.');
    expect([host.unlocked, host.removed, host.bcdedit]).toEqual([[], [], []]);
    host.volumes.pop();
    expect(play(host, '')).toBe(NEXT.askPasscode);
    expect(play(host, passcode)).toBe(NEXT.askBlue);
    expect(recordOn(host)).toContain(`mediaId=BL-TEST\r\nslot=1\r\nmode=${mode}\r\n`);
  });

  test.each(MODES)('one after the other: the medium to %s in the place of one that repairs begins anew, and is what it is', async (mode) => {
    const { host, passcode } = await setOtherScene(mode, { isKeyAbsent: true });
    const marker = host.text('E:\\bluelift\\medium.txt');
    host.put('E:\\bluelift\\medium.txt', marker.replace('mediaId=BL-TEST', 'mediaId=BL-OTHER').replace(`mode=${mode}`, 'mode=repair'));
    expect(play(host, null)).toBe(NEXT.askPasscode);
    expect(onScreen(host)).not.toContain('Mode ');
    host.put('E:\\bluelift\\medium.txt', marker);
    expect(play(host, passcode)).toBe(NEXT.askPasscode);
    expect(onScreen(host)).toContain('Medium BL-TEST');
    expect(play(host, passcode)).toBe(NEXT.askBlue);
    expect(recordOn(host)).toContain(`mediaId=BL-TEST\r\nslot=1\r\nmode=${mode}\r\n`);
    expect(host.removed).toEqual([]);
  });

  test('one after the other: a medium that has the key, put in at the red screen of one that has not, repairs without another start', async () => {
    const { host, passcode } = await setScene();
    const whole = new Map(host.files);
    for (const file of (await sealKeys([], [passcode])).files) host.put(`E:\\bluelift\\bundle\\${file.path.replaceAll('/', '\\')}`, file.bytes);
    host.put('E:\\bluelift\\medium.txt', host.text('E:\\bluelift\\medium.txt').replace('mediaId=BL-TEST', 'mediaId=BL-OTHER'));
    play(host, null);
    expect(play(host, passcode)).toBe(NEXT.askRed);
    for (const path of [...host.files.keys()]) if (path.startsWith('E:')) host.files.delete(path);
    for (const [path, file] of whole) if (path.startsWith('E:')) host.files.set(path, file);
    expect(play(host, '')).toBe(NEXT.askPasscode);
    expect(play(host, passcode)).toBe(NEXT.askGreen);
    expect(recordOn(host)).toMatch(/mediaId=BL-TEST\r\n[\s\S]*outcome=repaired\r\n/);
  });
});

describe('power that goes', () => {
  test('at any step of setting the flag or of the work in safe mode leaves the host no worse, and the next start brings it to its end', async () => {
    const cutAt = new Set<string>();
    for (const half of ['setting', 'safe mode'] as const) for (let acts = 0; acts < 40; acts++) {
      const { host, passcode } = await setOtherScene('safe-boot', { isKeyAbsent: true });
      host.serialNumber = '7XK2D93';
      const toSafeMode = (): void => { reboot(host); enterSafeMode(host); };
      if (half === 'safe mode') { play(host, null); play(host, passcode); toSafeMode(); }
      const isCut = playUntilCut(host, passcode, acts);
      restorePower(host);
      cutAt.add(`${half}: ${isCut ? `${host.removed.length} removed` : 'not cut'}`);
      if (half === 'setting') {
        expect(host.removed).toEqual([]);
        reboot(host);
        // Without the record the flag is set again; what was set stays set.
        if (play(host, null) === NEXT.askPasscode) expect(play(host, passcode)).toBe(NEXT.askBlue);
        expect(flaggedOf(host)).toEqual([WINDOWS_ENTRY, OLD_WINDOWS_ENTRY]);
        expect(recordsOn(host).some((record) => record.includes('outcome=safe-boot-set\r\n'))).toBe(true);
        toSafeMode();
      } else reboot(host);
      const isTold = recordsOn(host).some((record) => record.includes('outcome=repaired\r\n'));
      play(host, null);
      expect(play(host, passcode)).toBe(isTold ? NEXT.askBlue : NEXT.askGreen); // green: found gone what the plan names, or removed now
      expect(host.bcdedit).toContain('clear  {current}');
      expect(host.removed).toEqual([`C:\\${FOLDER}\\C-00000291-00000000-00000032.sys`]);
      const [repaired = '', ...more] = recordsOn(host).filter((record) => record.includes('outcome=repaired\r\n'));
      expect(more).toEqual([]);
      expect(repaired).toContain('removedCount=1\r\n');
      if (!isCut) break;
    }
    expect(cutAt).toEqual(new Set(['setting: 0 removed', 'setting: not cut', 'safe mode: 0 removed', 'safe mode: 1 removed', 'safe mode: not cut']));
  });
});

test('power that goes while the flags are set: a host that then starts in safe mode has every one of them cleared, its own and those of other entries', async () => {
  let cuts = 0;
  for (let acts = 0; acts < 40; acts++) {
    const { host, passcode } = await setOtherScene('safe-boot', { isKeyAbsent: true });
    host.serialNumber = '7XK2D93';
    const data = addWindows(host, 'F', null);
    host.put(`F:\\${FOLDER}\\C-00000285-00000000-00000007.sys`, 'other channel');
    host.files.delete('F:\\Windows\\System32\\config\\SYSTEM');
    if (!playUntilCut(host, passcode, acts)) break;
    restorePower(host);
    const flagged = flaggedOf(host);
    reboot(host);
    if (flagged.length === 0 || recordsOn(host).length > 0) continue;
    cuts += 1;
    enterSafeMode(host);
    host.volumes.push({ letter: 'F', keys: {}, isLocked: false });
    play(host, null);
    expect(play(host, passcode)).toBe(NEXT.askGreen);
    expect(host.bcdedit).toEqual(['clear  {current}', `clear  ${WINDOWS_ENTRY}`, `clear  ${OLD_WINDOWS_ENTRY}`]);
    expect(recordsOn(host)).toHaveLength(1);
    expect(recordOn(host)).toMatch(/follows=[0-9a-f]{32}\r\n[\s\S]*removedCount=2\r\n/); // the data volume's, too, which the first boot removed
    expect(host.removed).toContain(data);
    expect([...host.files.keys()].filter((path) => path.endsWith('.plan'))).toEqual([]);
  }
  expect(cuts).toBeGreaterThan(1);
});

test('what a record on the stick calls a boot entry and is none reaches no command line', async () => {
  const { host, passcode } = await setOtherScene('safe-boot', { isKeyAbsent: true });
  host.serialNumber = '7XK2D93';
  play(host, null);
  play(host, passcode);
  const path = [...host.files.keys()].find((name) => /results\\[0-9a-f]{32}\.txt$/.test(name)) ?? '';
  host.put(path, host.text(path).replace(OLD_WINDOWS_ENTRY, '&calc {x}'));
  reboot(host);
  enterSafeMode(host);
  play(host, null);
  play(host, passcode);
  expect(host.bcdedit).toEqual(['clear  {current}', `clear  ${WINDOWS_ENTRY}`]);
});

describe('a WinPE that can not read bytes', () => {
  test.each(MODES)('is left by a medium to %s for the manual steps, with nothing changed and no flag set', async (mode) => {
    const { host } = await setOtherScene(mode);
    host.canReadBytes = false;
    const before = contentOf(host);
    expect(play(host, null)).toBe(NEXT.askRed);
    expect(onScreen(host)).toContain('This WinPE can not read bytes. Nothing was changed.');
    expect([contentOf(host), host.unlocked, host.bcdedit]).toEqual([before, [], []]);
    expect(recordOn(host)).toContain('outcome=inspected\r\n');
    // That key as a French keyboard has it, too.
    for (const key of ['M', ';', ',']) expect(play(copyOf(host), key)).toBe(NEXT.manual);
  });
});

describe('a manual medium', () => {
  test('at a host whose script host does work says that there are no keys on it and goes to the manual steps, with nothing asked, written or unlocked', async () => {
    for (const [language, said] of [['en', 'There are no keys on this medium: the manual steps follow.'], ['de', 'Auf diesem Medium sind keine Schlüssel: Es folgen die manuellen Schritte.']] as const) {
      const { host } = await setScene({ mode: 'manual', language });
      const before = contentOf(host);
      expect(play(host, null)).toBe(NEXT.manual);
      expect(onScreen(host)).toContain(said);
      expect([contentOf(host), host.unlocked, recordsOn(host)]).toEqual([before, [], []]);
    }
  });

  test('whose recipe is not as it was written goes to manual steps that remove nothing', async () => {
    const { host } = await setScene({ mode: 'manual' });
    host.put('E:\\bluelift\\recipe.txt', 'no recipe');
    expect(play(host, null)).toBe(NEXT.manualUnsure);
  });
});
