// Safe boot and inspection on real locked volumes, with a boot store that libhivex changes for real.
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatPasscode, makePasscode } from '../../electron/core/media/passcode.ts';
import { listFlagged } from '../../scripts/dev/rehearsal/bcdedit.ts';
import { makeBootStore, OLD_WINDOWS_ENTRY, WINDOWS_ENTRY } from '../../scripts/dev/rehearsal/constructed-boot-store.ts';
import { FAULTY, FAULTY_FILE, OTHER, listChannelFiles, withOpened } from '../../scripts/dev/rehearsal/locked-volume.ts';
import type { LaidMedium } from '../../scripts/dev/rehearsal/medium-folder.ts';
import type { HostVolume } from '../../scripts/dev/rehearsal/windows-tools.ts';
import { Bench, makeRecoveryPassword, onlyRecord, recordsOf } from './host.ts';

let bench: Bench;
beforeAll(async () => { bench = await Bench.start(); }, 300_000);
afterAll(async () => { await bench?.close(); });

const passcodeOf = (medium: LaidMedium): string => formatPasscode(medium.passcodes[0] ?? makePasscode((count) => randomBytes(count)));

/** An EFI partition without a letter, as on every host that starts by UEFI. */
async function makeEfiPartition(flagged: readonly string[] = []): Promise<{ readonly folder: string; readonly store: string }> {
  const folder = join(bench.host.wine.work, `efi-${randomBytes(4).toString('hex')}`);
  const store = join(folder, 'EFI', 'Microsoft', 'Boot', 'BCD');
  await mkdir(dirname(store), { recursive: true });
  await writeFile(store, makeBootStore({ isDualBoot: true, flagged }));
  return { folder, store };
}

describe('a medium for safe boot', () => {
  test('flags a locked host in its own boot store, and in safe mode removes the file, clears the flag and writes the second record', async () => {
    const volume = await bench.volume(1);
    const efi = await makeEfiPartition();
    const medium = await bench.medium([], { mode: 'safe-boot' });
    const before = await readFile(efi.store);
    const boot = await bench.boot(medium, [], [passcodeOf(medium), ''], { volumes: [{ letter: 'D', image: volume.image }, { letter: null, folder: efi.folder }] });
    expect(boot.screens[1]).toContain('The host starts in safe mode next');
    expect(boot.screens[1]).toContain('\\bluelift\\safe-mode.cmd as administrator');
    expect(await listFlagged(efi.store)).toEqual([WINDOWS_ENTRY, OLD_WINDOWS_ENTRY]);
    const first = onlyRecord(boot, medium);
    expect(first).toMatchObject({ proof: 'signed', record: { mode: 'safe-boot', outcome: 'safe-boot-set', safeBootEntries: [WINDOWS_ENTRY, OLD_WINDOWS_ENTRY], volumes: [{ letter: 'D', state: 'locked' }, { state: 'not-encrypted' }] } });
    expect(await readFile(join(medium.folder, 'bluelift', 'results', `${first.record.attemptId}-1.bcd`))).toEqual(before);
    expect(boot.calls.some((call) => call.startsWith('manage-bde -unlock'))).toBe(false);
    expect(await listChannelFiles(volume)).toEqual([OTHER, FAULTY].toSorted());

    const windows = await installWindows();
    try {
      const running = { store: efi.store, entry: WINDOWS_ENTRY, isAdministrator: true };
      const denied = await bench.boot(medium, [], [''], { volumes: [], safeMode: { ...running, isAdministrator: false } });
      expect(denied.screens[0]).toContain('Run this as administrator');
      expect(await listFlagged(efi.store)).toEqual([WINDOWS_ENTRY, OLD_WINDOWS_ENTRY]);

      const second = await bench.boot(medium, [], [passcodeOf(medium), ''], { volumes: [], safeMode: running });
      expect(second.screens[0]).toContain('safe mode: removes the faulty file');
      expect(second.screens[1]).toContain('The faulty file is gone.');
      expect(second.screens[1]).toContain('flag cleared');
      expect(await readdir(windows)).toEqual([OTHER]);
      expect(await listFlagged(efi.store)).toEqual([]);
      expect(second.calls).toContain('shutdown /r /t 15');
      expect(second.calls).not.toContain('wpeutil reboot');
      expect(recordsOf(second, medium).find(({ record }) => record.attemptId !== first.record.attemptId)).toMatchObject({
        proof: 'signed', record: { mode: 'safe-boot', follows: first.record.attemptId, outcome: 'repaired', removedCount: 1, windows: [{ safeBoot: 'cleared', outcome: 'repaired' }], volumes: [{ letter: 'C', state: 'not-encrypted' }] },
      });
    } finally {
      await removeWindows(windows);
    }
  });

  test('whose power goes between two flags clears both when the host then starts in safe mode', async () => {
    const volume = await bench.volume(1);
    const efi = await makeEfiPartition();
    const medium = await bench.medium([], { mode: 'safe-boot' });
    let sets = 0;
    let isCut = false;
    bench.host.tools.beforeBcdedit = (args) => {
      if (!args.includes('/set') || (sets += 1) < 2) return 0;
      if (!isCut) void bench.host.wine.cutPower();
      isCut = true;
      return 1;
    };
    const boot = await bench.boot(medium, [], [passcodeOf(medium), ''], { volumes: [{ letter: 'D', image: volume.image }, { letter: null, folder: efi.folder }] }).finally(() => { bench.host.tools.beforeBcdedit = null; });
    expect([isCut, recordsOf(boot, medium)]).toEqual([true, []]);
    expect(await listFlagged(efi.store)).toEqual([WINDOWS_ENTRY]);
    // The other one, too, as if the power had gone an instant later.
    await writeFile(efi.store, makeBootStore({ isDualBoot: true, flagged: [WINDOWS_ENTRY, OLD_WINDOWS_ENTRY] }));

    const windows = await installWindows();
    try {
      const second = await bench.boot(medium, [], [passcodeOf(medium), ''], { volumes: [], safeMode: { store: efi.store, entry: WINDOWS_ENTRY, isAdministrator: true } });
      expect(await readdir(windows)).toEqual([OTHER]);
      expect(await listFlagged(efi.store)).toEqual([]);
      expect(onlyRecord(second, medium)).toMatchObject({ proof: 'signed', record: { outcome: 'repaired', removedCount: 1, safeBootEntries: [WINDOWS_ENTRY, OLD_WINDOWS_ENTRY], windows: [{ safeBoot: 'cleared' }] } });
    } finally {
      await removeWindows(windows);
    }
  });

  test('with its stick write-protected in safe mode says so and goes to the manual steps, which remove the file and ask for the flag', async () => {
    const efi = await makeEfiPartition([WINDOWS_ENTRY]);
    const medium = await bench.medium([], { mode: 'safe-boot' });
    const windows = await installWindows();
    try {
      const boot = await bench.boot(medium, [], ['C', 'JA', '', 'JA', ''], { volumes: [], isReadOnly: true, safeMode: { store: efi.store, entry: WINDOWS_ENTRY, isAdministrator: true } });
      expect(boot.screens[0]).toMatch(/E:\\bluelift\\safe-mode\\ can not be written to[\s\S]*the agent stopped/);
      expect(boot.screens[3]).toContain('Is this Windows repaired?');
      expect(boot.screens[4]).toContain('The next start is a normal one.');
      expect(await readdir(windows)).toEqual([OTHER]);
      expect(await listFlagged(efi.store)).toEqual([]);
      expect(boot.calls.at(-1)).toBe('shutdown /r /t 15');
      expect([...boot.records.keys()]).toEqual([]);
    } finally {
      await removeWindows(windows);
    }
  });

  test('repairs at once what it can read, on every kind of volume, and sets no flag', async () => {
    const { volumes, images, medium, efi } = await makeMixedHost('safe-boot');
    const boot = await bootMixed(images, medium, efi, ['R', '']);
    expect(boot.screens[1]).toContain('Windows on D: is hibernated');
    expect(onlyRecord(boot, medium)).toMatchObject({ proof: 'signed', record: {
      mode: 'safe-boot', outcome: 'repaired', removedCount: 2, safeBootEntries: [], safeBootFault: null, kept: [{ reason: 'newer' }, { reason: 'header-differs' }],
      windows: [{ kind: 'windows', hibernated: 'discarded', safeBoot: 'cleared' }, { kind: 'data' }], volumes: expect.arrayContaining([expect.objectContaining({ openedWith: volumes.own.protectors[1]?.keyProtectorId })]),
    } });
    expect(await listChannelFiles(volumes.own)).toEqual(volumes.kept);
    expect(await listChannelFiles(volumes.data)).toEqual([OTHER]);
    expect(await listFlagged(efi.store)).toEqual([]);
  });

  test('that bcdedit refuses leaves the host as it was and says so', async () => {
    const volume = await bench.volume(1);
    const efi = await makeEfiPartition();
    const medium = await bench.medium([], { mode: 'safe-boot', language: 'de' });
    bench.host.tools.beforeBcdedit = () => 5;
    const boot = await bench.boot(medium, [], ['', 'R'], { volumes: [{ letter: 'D', image: volume.image }, { letter: null, folder: efi.folder }] }).finally(() => { bench.host.tools.beforeBcdedit = null; });
    expect(boot.screens[1]).toContain('Vormerkung war nicht zu setzen');
    expect(onlyRecord(boot, medium).record).toMatchObject({ outcome: 'blocked', blockedReason: 'no-key', safeBootFault: 'refused' });
    expect(await listFlagged(efi.store)).toEqual([]);
  });
});

/** The prefix's own C as the host's Windows: in safe mode it runs, unlocked. @returns The recipe's folder. */
async function installWindows(): Promise<string> {
  const system32 = join(bench.host.wine.driveC, 'windows', 'system32');
  await mkdir(join(system32, 'config'), { recursive: true });
  await writeFile(join(system32, 'config', 'SYSTEM'), 'regf');
  const folder = join(system32, 'drivers', 'CrowdStrike');
  await mkdir(folder, { recursive: true });
  for (const [name, header] of [[FAULTY, FAULTY_FILE.header], [OTHER, 'aaaaaaaa01001d01']] as const) {
    await writeFile(join(folder, name), Buffer.from(`${header}00`, 'hex'));
    await utimes(join(folder, name), new Date(FAULTY_FILE.modifiedAt), new Date(FAULTY_FILE.modifiedAt));
  }
  return folder;
}

async function removeWindows(folder: string): Promise<void> {
  await rm(join(bench.host.wine.driveC, 'windows', 'system32', 'config', 'SYSTEM'), { force: true });
  await rm(folder, { recursive: true, force: true });
}

/**
 * A host with what can be unusual about one, for media of a mode: a hibernated Windows whose first key is stale and whose second one is right, with a file of the good
 * version and one of other content beside the faulty one; a data volume without a letter; drivers on the medium, and a flag that somebody set.
 */
async function makeMixedHost(mode: 'inspect' | 'safe-boot') {
  const late = { ...FAULTY_FILE, name: 'C-00000291-00000000-00000033.sys', modifiedAt: '2024-07-19T05:27:00Z' };
  const foreign = { ...FAULTY_FILE, name: 'C-00000291-00000000-00000034.sys', header: '00000000000000aa' };
  const own = await bench.volume(2, [FAULTY_FILE, late, foreign]);
  const data = await bench.volume(1, undefined, (root) => rm(join(root, 'Windows/System32/config'), { recursive: true }));
  const efi = await makeEfiPartition([WINDOWS_ENTRY]);
  const stale = { keyProtectorId: own.protectors[0]?.keyProtectorId ?? '', recoveryPassword: makeRecoveryPassword() };
  const medium = await bench.medium([stale, ...own.protectors.slice(1), ...data.protectors], { mode });
  for (const path of ['02-vmd/iaStorVD.inf', '01-rst/iaStorAC.inf']) {
    await mkdir(dirname(join(medium.folder, 'bluelift/drivers', path)), { recursive: true });
    await writeFile(join(medium.folder, 'bluelift/drivers', path), '[Version]\r\n');
  }
  return { volumes: { own, data, kept: [late.name, foreign.name] }, images: [{ letter: 'D', image: own.image }, { letter: null, image: data.image }], medium, efi };
}

/** Its image is laid down when the first volume is open, and its clock is another's: Sydney, where it is winter in July. */
async function bootMixed(images: readonly HostVolume[], medium: LaidMedium, efi: { readonly folder: string }, answers: readonly string[]) {
  let opened = 0;
  bench.host.tools.afterUnlock = async (folder) => { if (++opened === 1) await writeFile(join(folder, 'hiberfil.sys'), Buffer.concat([Buffer.from('HIBR'), Buffer.alloc(8188)])); };
  const boot = await bench.boot(medium, [], [passcodeOf(medium), ...answers], { volumes: [...images, { letter: null, folder: efi.folder }], timeZone: 'Australia/Sydney' }).finally(() => { bench.host.tools.afterUnlock = null; });
  expect(boot.calls.filter((call) => call.startsWith('drvload')).map((call) => /drivers\\(\S+?)"?$/.exec(call)?.[1])).toEqual(['01-rst\\iaStorAC.inf', '02-vmd\\iaStorVD.inf']);
  return boot;
}

describe('a medium that only inspects', () => {
  test('opens the volume, tells what is faulty, and changes no byte of the files or the boot store, whatever is unusual about the host', async () => {
    const { volumes, images, medium, efi } = await makeMixedHost('inspect');
    const contents = async (): Promise<unknown[]> => [await contentOf(volumes.own), await contentOf(volumes.data), await readFile(efi.store)];
    const before = await contents();
    const boot = await bootMixed(images, medium, efi, ['']);
    expect(boot.screens[0]).toContain('changes nothing on this host');
    expect(boot.screens[1]).toContain('Nothing was changed. What was found is in the record.');
    expect(onlyRecord(boot, medium)).toMatchObject({ proof: 'signed', record: {
      mode: 'inspect', outcome: 'inspected', removedCount: 0, windows: [{ outcome: 'inspected', hibernated: 'yes', safeBoot: 'left-set' }, { kind: 'data', outcome: 'inspected' }],
      volumes: [{ letter: 'D', openedWith: volumes.own.protectors[1]?.keyProtectorId }, { state: 'unlocked', openedBy: 'bundle' }, { state: 'not-encrypted' }],
    } });
    expect(onlyRecord(boot, medium).record.kept.map(({ reason }) => reason).toSorted()).toEqual(['dry-run', 'dry-run', 'header-differs', 'newer']);
    expect(await contents()).toEqual(before);
  });

  test('without a script host lists by hand and removes nothing there either', async () => {
    const volume = await bench.volume(1);
    const medium = await bench.medium([], { mode: 'inspect' });
    const boot = await bench.boot(medium, [volume], ['D', volume.protectors[0]?.recoveryPassword ?? '', '', ''], { agentFiles: bench.agentFiles.filter((file) => file.name !== 'probe.js') });
    expect(boot.screens[2]).toMatch(new RegExp(`${FAULTY}[\\s\\S]*This medium only inspects: nothing is removed`));
    expect(await listChannelFiles(volume)).toEqual([OTHER, FAULTY].toSorted());
  });

  test('reports a host on which no disk is seen', async () => {
    const medium = await bench.medium([], { mode: 'inspect' });
    const boot = await bench.boot(medium, [], ['', '']);
    expect(onlyRecord(boot, medium)).toMatchObject({ proof: 'unsigned', record: { outcome: 'inspected', volumes: [], windows: [] } });
  });

  /** Every file with its hash and time, but for the image the host of the rehearsal laid down itself. */
  async function contentOf(volume: Awaited<ReturnType<Bench['volume']>>): Promise<string[]> {
    return withOpened(volume, async (root) => {
      const names = (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile() && entry.name !== 'hiberfil.sys').map((entry) => join(entry.parentPath, entry.name)).toSorted();
      return Promise.all(names.map(async (name) => `${name.slice(root.length)} ${createHash('sha256').update(await readFile(name)).digest('hex')}`));
    });
  }
});

describe('several Windows', () => {
  test('are repaired but for the hibernated one, until a key is pressed; then both stand in the record, and a flag that was set before is cleared', async () => {
    const [first, second] = [await bench.volume(1), await bench.volume(2)];
    const efi = await makeEfiPartition([WINDOWS_ENTRY]);
    const medium = await bench.medium([...first.protectors, ...second.protectors], { keepsCopies: true });
    let opened = 0;
    bench.host.tools.afterUnlock = async (folder) => { if (++opened === 2) await writeFile(join(folder, 'hiberfil.sys'), Buffer.concat([Buffer.from('HIBR'), Buffer.alloc(8188)])); };
    const boot = await bench.boot(medium, [], [
      passcodeOf(medium),
      async (screen) => {
        expect(screen).toContain('Windows on F: is hibernated');
        expect(await listFlagged(efi.store)).toEqual([WINDOWS_ENTRY]);
        return 'R';
      }, '',
    ], { volumes: [{ letter: 'D', image: first.image }, { letter: 'F', image: second.image }, { letter: null, folder: efi.folder }] }).finally(() => { bench.host.tools.afterUnlock = null; });
    const { record } = onlyRecord(boot, medium);
    expect(record).toMatchObject({ outcome: 'repaired', removedCount: 2, windows: [{ outcome: 'repaired', hibernated: 'no', safeBoot: 'cleared' }, { outcome: 'repaired', hibernated: 'discarded', safeBoot: 'cleared' }] });
    expect(await listFlagged(efi.store)).toEqual([]);
    for (const volume of [first, second]) expect(await listChannelFiles(volume)).toEqual([OTHER]);
    for (const { copy, sha256 } of record.removed) expect(createHash('sha256').update(await readFile(join(medium.folder, 'bluelift', 'results', String(copy)))).digest('hex')).toBe(sha256);
  });

  test('with a data volume beside them have it repaired too, when it holds the folder of the recipe', async () => {
    const volume = await bench.volume(1);
    const data = await bench.volume(2, undefined, (root) => rm(join(root, 'Windows/System32/config'), { recursive: true }));
    const medium = await bench.medium([...volume.protectors, ...data.protectors]);
    const boot = await bench.boot(medium, [volume, data], [passcodeOf(medium), '']);
    expect(onlyRecord(boot, medium).record).toMatchObject({ outcome: 'repaired', removedCount: 2, windows: [{ kind: 'windows' }, { kind: 'data', root: 'Windows' }] });
    expect(await listChannelFiles(data)).toEqual([OTHER]);
  });
});
