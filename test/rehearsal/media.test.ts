// What a medium can be when it reaches a host, and what a host can have beside its own: each on real locked volumes under Wine's script host.
import { randomBytes } from 'node:crypto';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatPasscode, makePasscode } from '../../electron/core/media/passcode.ts';
import { CHANNEL_FILE_291 } from '../../electron/core/recipes/channel-file-291.ts';
import { FAULTY, OTHER, listChannelFiles, type LockedVolume } from '../../scripts/dev/rehearsal/locked-volume.ts';
import { layMedium, type LaidMedium } from '../../scripts/dev/rehearsal/medium-folder.ts';
import { mustRun } from '../../scripts/dev/rehearsal/shell.ts';
import { Bench, findSecrets, onlyRecord, recordsOf } from './host.ts';

let bench: Bench;
beforeAll(async () => { bench = await Bench.start(); }, 300_000);
afterAll(async () => { await bench?.close(); });

const passwordOf = (volume: LockedVolume): string => volume.protectors[0]?.recoveryPassword ?? '';
const idOf = (volume: LockedVolume): string => volume.protectors[0]?.keyProtectorId ?? '';
const passcodeOf = (medium: LaidMedium): string => formatPasscode(medium.passcodes[0] ?? makePasscode((count) => randomBytes(count)));
/** Of several boots, or one with many questions, on a busy machine. */
const LONG_MS = 300_000;
const UNTOUCHED = [OTHER, FAULTY].toSorted();

describe('a medium', () => {
  test('without passcode repairs a host with nothing typed at all', async () => {
    const volume = await bench.volume(1);
    const medium = await bench.medium(volume.protectors, { isOpen: true });
    const boot = await bench.boot(medium, [volume], ['']);
    expect(boot.screens[0]).toContain('The faulty file is gone.');
    expect(onlyRecord(boot, medium).record).toMatchObject({ outcome: 'repaired', slot: 1, volumes: [{ openedBy: 'bundle' }] });
    expect(await listChannelFiles(volume)).toEqual([OTHER]);
    expect(findSecrets(boot, [passwordOf(volume)])).toEqual([]);
  });

  test('without passcode of which a host is not in scope takes its recovery password', async () => {
    const volume = await bench.volume(1);
    const medium = await bench.medium([], { isOpen: true });
    const boot = await bench.boot(medium, [volume], [passwordOf(volume), '']);
    expect(boot.screens[0]).toContain(`${idOf(volume).slice(0, 4)} ${idOf(volume).slice(4, 8)}`);
    expect(onlyRecord(boot, medium).record).toMatchObject({ outcome: 'repaired', volumes: [{ openedBy: 'typed', bundle: 'not-on-this-medium' }] });
  });

  test('that has expired says so and repairs', async () => {
    const volume = await bench.volume(1);
    const medium = await bench.medium(volume.protectors, { expiresAt: '2024-08-01T00:00:00Z' });
    const boot = await bench.boot(medium, [volume], [passcodeOf(medium), '']);
    expect(boot.screens[1]).toContain('has expired');
    expect(onlyRecord(boot, medium)).toMatchObject({ proof: 'signed', record: { outcome: 'repaired' } });
  });

  test('of another incident removes nothing of this one', async () => {
    const volume = await bench.volume(1);
    const medium = await bench.medium(volume.protectors, { recipe: { ...CHANNEL_FILE_291, id: 'another-incident', title: 'Another incident', path: String.raw`Windows\System32\drivers\Another`, pattern: 'Another-*.sys', headerBytes: [1, 2, 3, 4], keepFromMs: null } });
    const boot = await bench.boot(medium, [volume], [passcodeOf(medium), 'R']);
    expect(onlyRecord(boot, medium).record).toMatchObject({ recipeId: 'another-incident', outcome: 'blocked', blockedReason: 'recipe-not-found', removedCount: 0 });
    expect(await listChannelFiles(volume)).toEqual(UNTOUCHED);
  });

  test('that is full keeps the host from restarting until its record is written', async () => {
    const folder = join(bench.host.wine.work, 'full');
    await mustRun('mkdir', ['-p', folder]);
    await mustRun('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder]);
    try {
      const volume = await bench.volume(1);
      const medium = await layMedium(folder, volume.protectors);
      const filler = join(folder, 'photos.bin');
      await writeFile(filler, Buffer.alloc(4 << 20)).catch((error: unknown) => { if ((error as { code?: string }).code !== 'ENOSPC') throw error; }); // what a full file system says
      const boot = await bench.boot(medium, [volume], [
        passcodeOf(medium), 'R',
        async (screen) => {
          expect(screen).toContain('No restart: the record is not on the stick');
          expect((await readdir(join(folder, 'bluelift', 'results'))).filter((name) => name.endsWith('.txt'))).toEqual([]);
          await rm(filler);
          return '';
        }, '',
      ]);
      expect(boot.screens[1]).toContain('NOT WRITTEN');
      expect(boot.screens[3]).toContain('written to the stick and read back');
      expect(onlyRecord(boot, medium)).toMatchObject({ proof: 'signed', record: { outcome: 'repaired', removedCount: 1 } });
      expect(boot.calls.at(-1)).toBe('wpeutil reboot');
    } finally {
      await mustRun('umount', ['--lazy', folder]);
    }
  });

  test('that has the results of another host repairs this one, and the other is still recognised', async () => {
    const [first, second] = [await bench.volume(1), await bench.volume(2)];
    const medium = await bench.medium([...first.protectors, ...second.protectors]);
    await bench.boot(medium, [first], [passcodeOf(medium), ''], { timeoutMs: LONG_MS });
    const boot = await bench.boot(medium, [second], [passcodeOf(medium), ''], { timeoutMs: LONG_MS });
    expect(recordsOf(boot, medium).map(({ record, proof }) => [record.outcome, record.removedCount, proof])).toEqual([['repaired', 1, 'signed'], ['repaired', 1, 'signed']]);
    for (const volume of [first, second]) expect(await listChannelFiles(volume)).toEqual([OTHER]);
    expect((await bench.boot(medium, [first], [''], { timeoutMs: LONG_MS })).screens[0]).toContain('dealt with this host already');
  }, LONG_MS);
});

describe('a damaged medium', () => {
  const damaged = (medium: LaidMedium, path: string): string => join(medium.folder, 'bluelift', path);

  test.each<[string, string, (bytes: Buffer) => Buffer]>([
    ['a header cut off', 'bundle/header.txt', (bytes) => bytes.subarray(0, 300)], ['a header with a flipped bit', 'bundle/header.txt', (bytes) => flipped(bytes, 250)],
  ])('with %s opens by the typed recovery password', async (_what, path, spoil) => {
    const volume = await bench.volume(1);
    const medium = await bench.medium(volume.protectors);
    await writeFile(damaged(medium, path), spoil(await readFile(damaged(medium, path))));
    const boot = await bench.boot(medium, [volume], [passcodeOf(medium), '', passwordOf(volume), '']);
    expect(boot.screens[1]).toMatch(/bundle is damaged|Wrong passcode/);
    expect(onlyRecord(boot, medium).record).toMatchObject({ outcome: 'repaired', slot: null, volumes: [{ openedBy: 'typed' }] });
  });

  test('with shards cut off names the damage, and opens by the typed recovery password', async () => {
    const volume = await bench.volume(1);
    const medium = await bench.medium(volume.protectors);
    const folder = damaged(medium, 'bundle');
    for (const name of await readdir(folder, { recursive: true })) if (/[0-9a-f]{4}\.txt$/.test(name)) await writeFile(join(folder, name), (await readFile(join(folder, name))).subarray(0, 50));
    const boot = await bench.boot(medium, [volume], [passcodeOf(medium), passwordOf(volume), '']);
    expect(boot.screens[1]).toContain('its entry on the medium is damaged');
    expect(onlyRecord(boot, medium)).toMatchObject({ proof: 'signed', record: { outcome: 'repaired', volumes: [{ openedBy: 'typed', bundle: 'damaged' }] } });
  });

  test('with one character of its recipe changed removes nothing, by the manual steps neither, and says why', async () => {
    const volume = await bench.volume(1);
    const medium = await bench.medium(volume.protectors);
    await writeFile(damaged(medium, 'recipe.txt'), (await readFile(damaged(medium, 'recipe.txt'), 'latin1')).replace('C-00000291*', 'C-00000*91*'), 'latin1');
    const boot = await bench.boot(medium, [volume], ['M', 'D', passwordOf(volume), '', '']);
    expect(boot.screens[0]).toContain('Recipe or agent on the medium is damaged');
    expect(boot.screens[3]).toMatch(/C-00000\*91[^]*Nothing is removed here[^]*Hier wird nichts entfernt[^]*Letter of the Windows volume/);
    expect(onlyRecord(boot, medium).record).toMatchObject({ outcome: 'inspected', removedCount: 0 });
    expect(await listChannelFiles(volume)).toEqual(UNTOUCHED);
  });

  test('with its marker cut off asks for the stick until there is a whole one', async () => {
    const volume = await bench.volume(1);
    const medium = await bench.medium(volume.protectors);
    const marker = await readFile(damaged(medium, 'medium.txt'));
    await writeFile(damaged(medium, 'medium.txt'), marker.subarray(0, 40));
    const boot = await bench.boot(medium, [volume], ['', async () => { await writeFile(damaged(medium, 'medium.txt'), marker); return ''; }, passcodeOf(medium), '']);
    expect(boot.screens[1]).toContain('The stick is not to be seen');
    expect(onlyRecord(boot, medium).record.outcome).toBe('repaired');
  });

  test('with a plan of random bytes repairs, and leaves the plan to be looked at', async () => {
    const volume = await bench.volume(1);
    const medium = await bench.medium(volume.protectors);
    const plan = damaged(medium, `results/${randomBytes(16).toString('hex')}.plan`);
    await writeFile(plan, randomBytes(3000));
    const boot = await bench.boot(medium, [volume], [passcodeOf(medium), '']);
    expect(onlyRecord(boot, medium).record).toMatchObject({ outcome: 'repaired', removedCount: 1 });
    expect((await readFile(plan)).length).toBe(3000);
  });

  const flipped = (bytes: Buffer, at: number): Buffer => Buffer.from(bytes.map((byte, i) => (i === at ? byte ^ 1 : byte)));
});

describe('a host with more in it than its own', () => {
  test('with two sticks has both named before anything is asked, and goes on with the one that stays', async () => {
    const volume = await bench.volume(1);
    const medium = await bench.medium(volume.protectors);
    const other = await bench.medium([], { mediaId: 'BL-OTHER' });
    const boot = await bench.boot(medium, [], [
      async (screen) => {
        expect(screen).toContain('Two media: BL-RHRSL and BL-OTHER.');
        await bench.host.wine.clearDrive('G');
        return '';
      }, passcodeOf(medium), '',
    ], { volumes: [{ letter: 'D', image: volume.image }, { letter: 'G', folder: other.folder }] });
    expect(onlyRecord(boot, medium)).toMatchObject({ proof: 'signed', record: { mediaId: 'BL-RHRSL', outcome: 'repaired' } });
    expect(await readdir(join(other.folder, 'bluelift', 'results'))).toEqual([]);
  });

  test('with the locked disk of another host is repaired, and that disk is left locked and recorded as such', async () => {
    const [own, other] = [await bench.volume(1), await bench.volume(2)];
    const medium = await bench.medium(own.protectors);
    const boot = await bench.boot(medium, [own, other], [passcodeOf(medium), ''], { timeoutMs: LONG_MS });
    expect(onlyRecord(boot, medium).record).toMatchObject({
      outcome: 'repaired', removedCount: 1, windows: [{ volume: 1, outcome: 'repaired' }],
      volumes: [{ openedBy: 'bundle', openedWith: idOf(own) }, { state: 'locked', openedWith: null, keyProtectorIds: expect.arrayContaining([idOf(other)]) }],
    });
    expect(await listChannelFiles(other)).toEqual(UNTOUCHED);
  }, LONG_MS);

  test('takes the key of another host for rejected, and its own after that', async () => {
    const [own, other] = [await bench.volume(1), await bench.volume(2)];
    const medium = await bench.medium([]);
    const boot = await bench.boot(medium, [own], [passcodeOf(medium), passwordOf(other), passwordOf(own), ''], { timeoutMs: LONG_MS });
    expect(boot.screens[2]).toContain('Key rejected');
    expect(onlyRecord(boot, medium).record).toMatchObject({ outcome: 'repaired', rejectedRecoveryPasswords: 1, volumes: [{ openedBy: 'typed', openedWith: idOf(own) }] });
    expect(findSecrets(boot, [passwordOf(own), passwordOf(other)])).toEqual([]);
  }, LONG_MS);
});

test('a host whose disk answers no more is given up, and the next host is whole', async () => {
  const volume = await bench.volume(1);
  const stuck = bench.host;
  const medium = await bench.medium(volume.protectors);
  stuck.tools.afterUnlock = async () => { await mustRun('pkill', ['-STOP', '-f', `dislocker.*${volume.image}`]); };
  await expect(bench.boot(medium, [volume], [passcodeOf(medium), ''], { timeoutMs: 10_000 })).rejects.toThrow('no end after 1 prompts');
  expect(bench.host).not.toBe(stuck);
  const other = await bench.volume(1);
  const next = await bench.medium(other.protectors);
  expect(onlyRecord(await bench.boot(next, [other], [passcodeOf(next), '']), next).record.outcome).toBe('repaired');
});
