// The agent on a real locked BitLocker volume, under Wine's script host: every way a boot can go.
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatPasscode, makePasscode } from '../../electron/core/media/passcode.ts';
import { classifyAttempt, parseAttemptRecord } from '../../electron/core/media/attempt-record-reader.ts';
import { FAULTY, FAULTY_FILE, OTHER, OTHER_FILE, listChannelFiles, withOpened } from '../../scripts/dev/rehearsal/locked-volume.ts';
import type { LockedVolume } from '../../scripts/dev/rehearsal/locked-volume.ts';
import type { LaidMedium } from '../../scripts/dev/rehearsal/medium-folder.ts';
import { Bench, findSecrets, makeRecoveryPassword, onlyRecord } from './host.ts';

let bench: Bench;
/** The last digit one higher: never a multiple of 11 then. */
const misreadGroup = (group: string): string => `${group.slice(0, 5)}${(Number(group[5]) + 1) % 10}`;
beforeAll(async () => { bench = await Bench.start(); }, 300_000);
afterAll(async () => { await bench?.close(); });

/** As on every medium. */
const ITERATIONS = 1000;
const passwordOf = (volume: LockedVolume, index = 0): string => volume.protectors[index]?.recoveryPassword ?? '';
const passcodeOf = (medium: LaidMedium): string => formatPasscode(medium.passcodes[0] ?? makePasscode((count) => randomBytes(count)));
const idOf = (volume: LockedVolume, index = 0): string => volume.protectors[index]?.keyProtectorId ?? '';

describe('a locked host whose key is on the medium', () => {
  test('is repaired with nothing typed but the passcode', async () => {
    const volume = await bench.volume(1);
    const medium = await bench.medium(volume.protectors, { iterations: ITERATIONS });
    const passcode = passcodeOf(medium);
    let enteredAt = 0;
    let resultAt = 0;
    const boot = await bench.boot(medium, [volume], [
      async () => { enteredAt = performance.now(); return passcode.toLowerCase(); },
      async () => { resultAt = performance.now(); return ''; },
    ]);
    const { record, proof } = onlyRecord(boot, medium);
    expect(record).toMatchObject({ outcome: 'repaired', slot: 1, wrongPasscodes: 0, removedCount: 1, keptCount: 0 });
    expect(record.volumes).toMatchObject([{ letter: 'D', state: 'unlocked', openedBy: 'bundle', openedWith: idOf(volume), bundle: 'opened' }]);
    expect(record.removed).toMatchObject([{ path: `Windows\\System32\\drivers\\CrowdStrike\\${FAULTY}`, modifiedAtMs: Date.parse('2024-07-19T04:09:00Z') }]);
    expect(proof).toBe('signed');
    expect(await listChannelFiles(volume)).toEqual([OTHER]);
    expect(await withOpened(volume, (root) => readFile(join(root, 'Windows/System32/drivers/CrowdStrike', OTHER), 'latin1'))).toContain(OTHER_FILE.text);
    expect(boot.screens[1]).toContain('The faulty file is gone.');
    expect(boot.calls.at(-1)).toBe('wpeutil reboot');
    expect(findSecrets(boot, [passwordOf(volume), passcode])).toEqual([]);
    process.stderr.write(`passcode to result ${((resultAt - enteredAt) / 1000).toFixed(1)} s, whole boot ${(boot.wholeMs / 1000).toFixed(1)} s, volume ${volume.madeBy}\n`);
  });

  test('has the drivers of the medium loaded in their order before anything is asked', async () => {
    const volume = await bench.volume(1);
    const medium = await bench.medium(volume.protectors);
    for (const path of ['02-vmd/iaStorVD.inf', '01-rst/iaStorAC.inf', '01-rst/iaStorB.inf', '03-Surface keyboard/hid.inf']) {
      const file = join(medium.folder, 'bluelift', 'drivers', path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, '[Version]\r\nSignature="$Windows NT$"\r\n');
      await writeFile(file.replace('.inf', '.sys'), 'MZ');
    }
    let before: string[] = [];
    const boot = await bench.boot(medium, [volume], [async () => { before = [...bench.host.tools.calls]; return passcodeOf(medium); }, '']);
    const loaded = (calls: readonly string[]): string[] => calls.filter((call) => call.startsWith('drvload')).map((call) => call.slice(call.indexOf('drivers\\')).replaceAll('"', ''));
    expect(loaded(before)).toEqual(['drivers\\01-rst\\iaStorAC.inf', 'drivers\\01-rst\\iaStorB.inf', 'drivers\\02-vmd\\iaStorVD.inf', 'drivers\\03-Surface keyboard\\hid.inf']);
    expect(loaded(boot.calls)).toEqual(loaded(before));
    expect(onlyRecord(boot, medium).record.outcome).toBe('repaired');
  });

  test('restarts by itself when the stick is taken out after the result', async () => {
    const volume = await bench.volume(1);
    const medium = await bench.medium(volume.protectors);
    const boot = await bench.boot(medium, [volume], [
      passcodeOf(medium),
      async () => {
        await bench.host.pullStick();
        for (let i = 0; i < 100 && !bench.host.tools.calls.includes('wpeutil reboot'); i++) await new Promise((resolve) => setTimeout(resolve, 100));
        expect(bench.host.tools.calls).toContain('wpeutil reboot');
        return '';
      },
    ]);
    expect(onlyRecord(boot, medium).record.outcome).toBe('repaired');
  });

  test('is opened with whichever of its protectors the medium knows', async () => {
    const volume = await bench.volume(2);
    const medium = await bench.medium(volume.protectors.slice(1));
    const boot = await bench.boot(medium, [volume], [passcodeOf(medium), '']);
    expect(onlyRecord(boot, medium).record.volumes).toMatchObject([{ openedWith: idOf(volume, 1), keyProtectorIds: expect.arrayContaining([idOf(volume, 0), idOf(volume, 1)]) }]);
    expect(await listChannelFiles(volume)).toEqual([OTHER]);
  });

  test('is opened with the second protector when the key of the first one is rejected', async () => {
    const volume = await bench.volume(2);
    const stale = { keyProtectorId: idOf(volume, 0), recoveryPassword: makeRecoveryPassword() };
    const medium = await bench.medium([stale, ...volume.protectors.slice(1)]);
    const boot = await bench.boot(medium, [volume], [passcodeOf(medium), '']);
    expect(onlyRecord(boot, medium).record).toMatchObject({ outcome: 'repaired', volumes: [{ openedWith: idOf(volume, 1) }] });
    expect(boot.calls.filter((call) => call.includes('-unlock'))).toHaveLength(2);
  });

  test('gets a letter for a volume that has none', async () => {
    const volume = await bench.volume(1);
    const medium = await bench.medium(volume.protectors);
    const boot = await bench.boot(medium, [], [passcodeOf(medium), ''], { volumes: [{ letter: null, image: volume.image }] });
    expect(boot.calls.some((call) => /^mountvol [D-W]: /.test(call))).toBe(true);
    expect(onlyRecord(boot, medium).record.outcome).toBe('repaired');
  });

  test('has every Windows on it repaired', async () => {
    const volumes = [await bench.volume(1), await bench.volume(2)];
    const medium = await bench.medium(volumes.flatMap((volume) => volume.protectors));
    const boot = await bench.boot(medium, volumes, [passcodeOf(medium), '']);
    expect(onlyRecord(boot, medium).record).toMatchObject({ outcome: 'repaired', removedCount: 2, windows: [{ volume: 1 }, { volume: 2 }] });
    for (const volume of volumes) expect(await listChannelFiles(volume)).toEqual([OTHER]);
  });
});

describe('a passcode', () => {
  test('that was mistyped is called a slip, one that is wrong is called wrong and counted', async () => {
    const volume = await bench.volume(1);
    const medium = await bench.medium(volume.protectors);
    const right = String(medium.passcodes[0]);
    const slip = `${right.slice(0, 3)}${right[3] === '7' ? '8' : '7'}${right.slice(4)}`;
    const wrong = String(makePasscode((count) => randomBytes(count)));
    const boot = await bench.boot(medium, [volume], [slip, wrong, right.slice(1), wrong, right, '']);
    expect(boot.screens[1]).toContain('the check character does not fit');
    expect(boot.screens[2]).toContain('Wrong passcode');
    expect(boot.screens[3]).toContain('17 characters');
    expect(boot.screens[4]).toContain('Wrong passcode');
    expect(onlyRecord(boot, medium).record).toMatchObject({ outcome: 'repaired', wrongPasscodes: 2 });
  });

  test('that nobody enters leaves an unsigned record and the way of typing', async () => {
    const volume = await bench.volume(1);
    const medium = await bench.medium(volume.protectors, { language: 'de' });
    const boot = await bench.boot(medium, [volume], ['', 'T', passwordOf(volume), '']);
    const { record, proof } = onlyRecord(boot, medium);
    expect(boot.screens[1]).toContain('Kein Schlüssel für diesen Host');
    expect(record).toMatchObject({ outcome: 'repaired', slot: null, volumes: [{ openedBy: 'typed', bundle: 'not-asked' }] });
    expect(proof).toBe('unsigned');
  });
});

describe('a host whose key is not on the medium', () => {
  test('shows the key ID, takes the typed recovery password and asks for a group with a wrong digit alone', async () => {
    const volume = await bench.volume(1);
    const medium = await bench.medium([]);
    const groups = passwordOf(volume).split('-');
    const misread = groups.map((group, index) => (index === 2 ? misreadGroup(group) : group));
    const boot = await bench.boot(medium, [volume], [passcodeOf(medium), 'T', misread.join('-'), misread[2] ?? '', groups[2] ?? '', '']);
    expect(boot.screens[1]).toContain(`${idOf(volume).slice(0, 4)} ${idOf(volume).slice(4, 8)}`);
    expect(boot.screens[3]).toContain('Group 3 can not be right. The others are kept.');
    expect(boot.screens[4]).toContain('of group 3 alone');
    expect(boot.calls.filter((call) => call.includes('-unlock'))).toHaveLength(1);
    const { record, proof } = onlyRecord(boot, medium);
    expect(record).toMatchObject({ outcome: 'repaired', rejectedRecoveryPasswords: 0, volumes: [{ openedBy: 'typed', openedWith: idOf(volume), bundle: 'not-on-this-medium' }] });
    expect(proof).toBe('signed');
    expect(await listChannelFiles(volume)).toEqual([OTHER]);
    expect(findSecrets(boot, [passwordOf(volume)])).toEqual([]);
  });

  test('takes the recovery password group by group', async () => {
    const volume = await bench.volume(1);
    const medium = await bench.medium([]);
    const groups = passwordOf(volume).split('-');
    const wrong = misreadGroup(groups[1] ?? '');
    const boot = await bench.boot(medium, [volume], [passcodeOf(medium), groups[0] ?? '', wrong, `${groups[1]} ${groups[2]}`, groups.slice(3).join(''), '']);
    expect(boot.screens[2]).toContain('Groups 1 to 1 are kept. Next: group 2.');
    expect(boot.screens[3]).toContain('Group 2 can not be right');
    expect(boot.screens[4]).toContain('Groups 1 to 3 are kept');
    expect(onlyRecord(boot, medium).record.outcome).toBe('repaired');
    expect(findSecrets(boot, [passwordOf(volume), ...groups.filter((group) => group !== '000000')])).toEqual([]);
  });

  test('stays on the screen with the code of a recovery password that opens nothing', async () => {
    const volume = await bench.volume(1);
    const medium = await bench.medium([]);
    const boot = await bench.boot(medium, [volume], [passcodeOf(medium), 'T', makeRecoveryPassword(), 'R']);
    expect(boot.screens[3]).toContain('Key rejected');
    expect(boot.screens[3]).toContain('0x80310027');
    expect(onlyRecord(boot, medium).record).toMatchObject({ outcome: 'blocked', blockedReason: 'key-rejected', rejectedRecoveryPasswords: 1, volumes: [{ state: 'locked', failure: '80310027' }] });
    expect(await listChannelFiles(volume)).toEqual([OTHER, FAULTY].toSorted());
  });
});

describe('an unlocked Windows', () => {
  test('without a faulty file is left as it is', async () => {
    const volume = await bench.volume(1, [OTHER_FILE]);
    const medium = await bench.medium(volume.protectors);
    const boot = await bench.boot(medium, [volume], [passcodeOf(medium), '']);
    expect(onlyRecord(boot, medium).record).toMatchObject({ outcome: 'nothing-to-do', removedCount: 0, keptCount: 0 });
    expect(boot.screens[1]).toContain('No faulty file on this host');
  });

  test('without the folder of the recipe is blocked with that reason', async () => {
    const volume = await bench.volume(1, undefined, (root) => rm(join(root, 'Windows/System32/drivers'), { recursive: true }));
    const medium = await bench.medium(volume.protectors);
    const boot = await bench.boot(medium, [volume], [passcodeOf(medium), 'R']);
    expect(onlyRecord(boot, medium).record).toMatchObject({ outcome: 'blocked', blockedReason: 'recipe-not-found' });
  });

  test('that is hibernated is left as it is unless a key is pressed', async () => {
    const { volume, medium, boot } = await bootHibernated(['', 'R']);
    expect(boot.screens[1]).toContain('Windows on D: is hibernated');
    expect(onlyRecord(boot, medium).record).toMatchObject({ outcome: 'blocked', blockedReason: 'hibernated', kept: [{ reason: 'dry-run' }], windows: [{ hibernated: 'yes' }] });
    expect(await listChannelFiles(volume)).toEqual([OTHER, FAULTY].toSorted());
    expect(await withOpened(volume, (root) => readdir(root))).toContain('hiberfil.sys');
  });

  /** The image is laid down after mounting: ntfs-3g would not write beside one it finds. */
  async function bootHibernated(answers: readonly string[]) {
    const volume = await bench.volume(1);
    const medium = await bench.medium(volume.protectors);
    bench.host.tools.afterUnlock = (folder) => writeFile(join(folder, 'hiberfil.sys'), Buffer.concat([Buffer.from('HIBR'), Buffer.alloc(8188)]));
    const boot = await bench.boot(medium, [volume], [passcodeOf(medium), ...answers]).finally(() => { bench.host.tools.afterUnlock = null; });
    return { volume, medium, boot };
  }
});

describe('the time rule', () => {
  // Sydney has summer time when the others have not: whatever the date of this run, the host's clock is in another season than the file somewhere.
  test.each(['UTC', 'Europe/Berlin', 'America/Los_Angeles', 'Asia/Kolkata', 'Australia/Sydney'])('removes the file of 05:26:59 UTC, keeps that of 05:27:00 and one with other content in %s', async (timeZone) => {
    const early = { ...FAULTY_FILE, name: 'C-00000291-00000000-00000031.sys', modifiedAt: '2024-07-19T05:26:59Z' };
    const late = { ...FAULTY_FILE, name: 'C-00000291-00000000-00000033.sys', modifiedAt: '2024-07-19T05:27:00Z' };
    const foreign = { ...FAULTY_FILE, name: 'C-00000291-00000000-00000034.sys', header: '00000000000000aa' };
    const volume = await bench.volume(1, [early, late, foreign]);
    const medium = await bench.medium(volume.protectors);
    const boot = await bench.boot(medium, [volume], [passcodeOf(medium), ''], { timeZone });
    expect(onlyRecord(boot, medium).record).toMatchObject({
      outcome: 'repaired', removed: [{ modifiedAtMs: Date.parse(early.modifiedAt) }], kept: [{ modifiedAtMs: Date.parse(late.modifiedAt), reason: 'newer' }, { reason: 'header-differs', header: expect.stringMatching(/^00000000000000aa/) }],
    });
    expect(await listChannelFiles(volume)).toEqual([late.name, foreign.name]);
  });
});

describe('the attempt record', () => {
  test('that can not be written keeps the host from restarting, and is written as soon as it can be', async () => {
    const volume = await bench.volume(1);
    const medium = await bench.medium(volume.protectors);
    const boot = await bench.boot(medium, [volume], [
      passcodeOf(medium), '', 'R',
      async (screen) => {
        expect(screen).toContain('No restart: the record is not on the stick');
        expect(bench.host.tools.calls).not.toContain('wpeutil reboot');
        expect(await readdir(join(medium.folder, 'bluelift', 'results'))).toEqual([]);
        await bench.host.replugWritable(medium.folder);
        return '';
      }, '',
    ], { isReadOnly: true });
    expect(boot.screens[1]).toContain('NOT WRITTEN');
    expect(boot.screens[2]).toContain('NOT WRITTEN');
    expect(boot.screens[4]).toContain('written to the stick and read back');
    expect(onlyRecord(boot, medium)).toMatchObject({ proof: 'signed', record: { outcome: 'repaired' } });
    expect(boot.calls.at(-1)).toBe('wpeutil reboot');
  });

  test('of a repaired host is recognised on its next boot, and nothing is written then', async () => {
    const volume = await bench.volume(1);
    const medium = await bench.medium(volume.protectors);
    const first = await bench.boot(medium, [volume], [passcodeOf(medium), '']);
    const second = await bench.boot(medium, [volume], ['']);
    expect(second.screens[0]).toContain('dealt with this host already');
    expect(second.screens[0]).toContain(new Date(onlyRecord(first, medium).record.finishedAtMs ?? 0).toISOString().slice(0, 19));
    expect(second.records).toEqual(first.records);
    expect(second.calls.some((call) => call.includes('-unlock'))).toBe(false);
  });

  test('that was tampered with is a claim and no longer signed', async () => {
    const volume = await bench.volume(1, [OTHER_FILE]);
    const medium = await bench.medium(volume.protectors);
    const boot = await bench.boot(medium, [volume], [passcodeOf(medium), '']);
    const [bytes] = [...boot.records.values()];
    const forged = parseAttemptRecord(Buffer.from(Buffer.from(bytes ?? []).toString('latin1').replace('outcome=nothing-to-do', 'outcome=repaired'), 'latin1'));
    expect(onlyRecord(boot, medium).proof).toBe('signed');
    expect(forged.status === 'ok' && classifyAttempt(forged, medium.recordKeys)).toBe('claim');
  });
});

describe('a WinPE that lacks something', () => {
  test('without a script host goes to the manual steps and says why', async () => {
    const volume = await bench.volume(1);
    const medium = await bench.medium(volume.protectors);
    const agentFiles = bench.agentFiles.filter((file) => file.name !== 'probe.js');
    const boot = await bench.boot(medium, [volume], ['D', makeRecoveryPassword(), passwordOf(volume), 'JA', '', ''], { agentFiles });
    expect(boot.screens[0]).toContain('script host does not answer');
    expect(boot.screens[0]).toContain('D:  locked / gesperrt');
    expect(boot.screens[2]).toContain('Windows can not be read on D:');
    expect(boot.screens[3]).toContain(FAULTY);
    expect(boot.screens[4]).toContain('No file of that name is there any more');
    expect([...boot.records.keys()]).toEqual([]);
    expect(await listChannelFiles(volume)).toEqual([OTHER]);
  });

  test('without a script host takes a recovery password whose hyphens are left out, come as those of a German keyboard, or as spaces', async () => {
    const volume = await bench.volume(1);
    const medium = await bench.medium(volume.protectors);
    const agentFiles = bench.agentFiles.filter((file) => file.name !== 'probe.js');
    const boot = await bench.boot(medium, [volume], ['D', passwordOf(volume).split('-').map((group, at) => (['', '/', ' '][at % 3] ?? '') + group).join('').trim(), 'N', '', ''], { agentFiles });
    expect(boot.screens[2]).toContain(FAULTY);
    expect(await listChannelFiles(volume)).toEqual([OTHER, FAULTY].toSorted());
  });

  test('but not its script host, started over the network as a manual medium, says why it asks for no passcode and removes the file by the manual steps', async () => {
    const volume = await bench.volume(1);
    const medium = await bench.medium([]);
    const root = join(medium.folder, 'bluelift');
    const marker = (await readFile(join(root, 'medium.txt'), 'latin1')).replace('mode=repair', 'mode=manual');
    const besideIt = [{ name: 'medium.txt', bytes: Buffer.from(marker, 'latin1') }, ...(await Promise.all(['recipe.txt', 'bytes.bin'].map(async (name) => ({ name, bytes: await readFile(join(root, name)) }))))];
    await rm(join(root, 'medium.txt'));
    const boot = await bench.boot(medium, [volume], ['D', passwordOf(volume), 'JA', '', ''], { agentFiles: [...bench.agentFiles, ...besideIt] });
    expect(boot.screens[0]).toMatch(/There are no keys on this medium: the manual steps follow\.[^]*D: {2}locked/);
    expect(boot.screens[3]).toContain('No file of that name is there any more');
    expect([await listChannelFiles(volume), [...boot.records.keys()]]).toEqual([[OTHER], []]);
  });

  test('without a script host says so where no volume is to be seen, and looks again', async () => {
    const volume = await bench.volume(1);
    const medium = await bench.medium(volume.protectors);
    const agentFiles = bench.agentFiles.filter((file) => file.name !== 'probe.js');
    const boot = await bench.boot(medium, [], ['', 'X', ''], { agentFiles });
    for (const screen of boot.screens.slice(0, 2)) expect(screen).toMatch(/no Windows and no locked volume is seen[\s\S]*weder Windows noch gesperrtes Volume/);
    expect(boot.calls.at(-1)).toBe('wpeutil reboot');
  });

  test.each([['once goes on as if nothing had been', 1], ['twice in a row goes to the manual steps and says so', 2]])('whose script host ends without a word %s', async (_what, times) => {
    const volume = await bench.volume(1);
    // Counts in files beside the agent; the probe and the watcher beside the prompt are left as they are.
    const falls = Array.from({ length: times }, (_, n) => `if (!fall.FileExists(at + '${n}')) { fall.CreateTextFile(at + '${n}', true, false).Close(); WScript.Quit(0); }\r\n`).join('');
    const rises = Array.from({ length: times }, (_, n) => `fall.DeleteFile(at + '${n}', true);\r\n`).join('');
    const agentFiles = bench.agentFiles.map((file) => (file.name === 'agent.js' ? { ...file, bytes: Buffer.concat([Buffer.from(`if (new ActiveXObject('WScript.Shell').ExpandEnvironmentStrings('%BLUELIFT_WATCH%').charAt(0) === '%') {\r\nvar fall = new ActiveXObject('Scripting.FileSystemObject'), at = WScript.ScriptFullName + '.fell-';\r\n${falls}${rises}}\r\n`), file.bytes]) } : file));
    const medium = await bench.medium(volume.protectors, { agentFiles });
    const boot = await bench.boot(medium, [volume], times === 2 ? ['', ''] : [passcodeOf(medium), ''], { agentFiles });
    if (times === 2) expect(boot.screens[0]).toContain('the agent stopped / Agent abgebrochen (0)');
    else expect(onlyRecord(boot, medium).record.outcome).toBe('repaired');
    expect(await listChannelFiles(volume)).toEqual(times === 2 ? [OTHER, FAULTY].toSorted() : [OTHER]);
  });

  test('whose launcher loses every exit code once goes on as if nothing had been: no answer is taken twice', async () => {
    const volume = await bench.volume(1);
    const losing = '\r\nif exist "%~dp0lost" (del "%~dp0lost") else (echo.>"%~dp0lost" & set "NEXT=0")\r\n';
    const agentFiles = bench.agentFiles.map((file) => (file.name === 'start.cmd' ? { ...file, bytes: Buffer.from(Buffer.from(file.bytes).toString('latin1').replace('set "NEXT=%ERRORLEVEL%"\r\n', (line) => `${line.trimEnd()}${losing}`), 'latin1') } : file));
    const medium = await bench.medium(volume.protectors, { agentFiles });
    const boot = await bench.boot(medium, [volume], [passcodeOf(medium), ''], { agentFiles });
    expect(boot.screens[1]).toContain('The faulty file is gone.');
    expect(onlyRecord(boot, medium)).toMatchObject({ proof: 'signed', record: { outcome: 'repaired', removedCount: 1 } });
    expect(boot.calls.filter((call) => call.includes('-unlock'))).toHaveLength(1);
  });

  test('whose text mode loses bytes is only inspected', async () => {
    const volume = await bench.volume(1);
    const medium = await bench.medium(volume.protectors);
    await writeFile(join(medium.folder, 'bluelift', 'bytes.bin'), Buffer.alloc(256, 0x41));
    const boot = await bench.boot(medium, [volume], ['R']);
    expect(boot.screens[0]).toContain('This WinPE can not read bytes');
    expect(onlyRecord(boot, medium)).toMatchObject({ proof: 'unsigned', record: { outcome: 'inspected', volumes: [{ state: 'locked', keyProtectorIds: [idOf(volume)] }] } });
    expect(boot.calls.some((call) => call.includes('-unlock'))).toBe(false);
  });

  test('that does not see the stick asks for it and goes on', async () => {
    const volume = await bench.volume(1);
    const medium = await bench.medium(volume.protectors);
    const drive = join(bench.host.wine.work, 'stick');
    await rm(join(medium.folder, 'bluelift', 'medium.txt'));
    const marker = await readFile(join((await bench.medium([])).folder, 'bluelift', 'medium.txt'));
    const boot = await bench.boot(medium, [volume], [async () => { await writeFile(join(drive, 'bluelift', 'medium.txt'), marker); return ''; }, passcodeOf(medium), '']);
    expect(boot.screens[0]).toContain('The stick is not to be seen');
    expect(onlyRecord(boot, medium).record.outcome).toBe('repaired');
  });
});
