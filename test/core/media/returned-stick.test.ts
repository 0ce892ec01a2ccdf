import { expect, describe, it } from 'vitest';
import { AppError } from '../../../electron/core/app-error.ts';
import { guidOf } from '../../../electron/core/media/disk-layout.ts';
import type { DiskFacts } from '../../../electron/core/media/disk-reasons.ts';
import { openRecogniser } from '../../../electron/core/media/known-disks.ts';
import { getMedium, orderMedium, recordMedium } from '../../../electron/core/media/media-register.ts';
import { actOnMedium } from '../../../electron/core/media/medium-acts.ts';
import type { StickAtHand } from '../../../electron/core/media/returned-stick.ts';
import { wipeMediumOnDisk, type WipeLoan } from '../../../electron/core/media/wipe-medium.ts';
import { mediaFiles } from '../../../electron/desk/image-file.ts';
import { openTestDesk, type TestDesk } from '../remediation/test-desk.ts';

const disk = (changes: Partial<DiskFacts> = {}): DiskFacts => ({
  id: '/dev/sdb', name: 'SanDisk Ultra', serial: '4C53', sizeBytes: 1 << 30, sectorBytes: 512, bus: 'usb', hotPlug: true, soldered: false, optical: false, readOnly: false, offline: false, clustered: false, setAside: [], system: false, backups: false,
  swap: false, mounts: [], layers: [], contents: [], tableId: null, ...changes,
});

async function register(desk: TestDesk, onDisk: { serial: string | null; sizeBytes: number } | null): Promise<string> {
  const mediaId = orderMedium(desk, {});
  await recordMedium(desk, {
    mediaId, builtAt: new Date(desk.clock()).toISOString(), expiresAt: null, scope: 'all', language: 'en', recipeId: 'channel-file-291', incidentId: 1, recipeVersion: 1, architecture: 'x64', payload: 'p', manifestSha256: 'm',
    imageName: 'a.img', imageSizeBytes: 1, hosts: 0, keyRecordIds: [], leftOut: [], slots: [],
    ...(onDisk === null ? {} : { disk: { name: 'SanDisk Ultra', ...onDisk, sealAt: [{ offset: 2_000_000 - (2_000_000 % 4096), sizeBytes: 8192 }] } }),
  }, () => Promise.resolve());
  desk.advance(1000);
  return mediaId;
}

describe('a disk in the port', () => {
  it('is told by the number of its table first, then by serial and size together, and the newest medium written to it counts', async () => {
    const desk = openTestDesk();
    const [, second, image] = [await register(desk, { serial: '4C53', sizeBytes: 1 << 30 }), await register(desk, { serial: '4C53', sizeBytes: 1 << 30 }), await register(desk, null)];
    const recognise = openRecogniser(desk.db);
    expect(recognise(disk({ tableId: guidOf(image, 'disk') }))).toMatchObject({ mediaId: image, now: 'on-it' }); // an image, written onto a stick by other means
    expect(recognise(disk())).toMatchObject({ mediaId: second, now: 'erased' });
    expect(recognise(disk({ tableId: 'AAAAAAAA-0000-4000-8000-000000000000' }))).toMatchObject({ mediaId: second, now: 'overwritten' });
    expect(recognise(disk({ contents: [{ fileSystem: 'vfat', label: 'HOLIDAY', sizeBytes: 1, partitionType: null }] }))).toMatchObject({ now: 'overwritten' });
    for (const other of [disk({ serial: 'OTHER' }), disk({ sizeBytes: 1 << 29 }), disk({ serial: null })]) expect(recognise(other)).toBeNull();
  });
});

describe('wiping in place', () => {
  const files = mediaFiles(() => 'x');
  const lend = (stick: Partial<StickAtHand>, erase: WipeLoan['erase']): WipeLoan => ({
    stick: { disk: disk(), readAt: null, path: null, ...stick }, files, breathe: async () => {}, erase,
    sources: { files, withImageResults: () => Promise.reject(new AppError('image-unreadable')) },
  });
  async function wipe(desk: TestDesk, mediaId: string, lent: WipeLoan, evenUnread = false): Promise<string> {
    const stream = wipeMediumOnDisk(desk, { mediaId, evenUnread }, lent, new AbortController().signal);
    for (;;) {
      const next = await stream.next();
      if (next.done === true) return next.value.medium.state;
    }
  }

  it('is on record only when the disk gave back zeros; until then the medium is back and not wiped', async () => {
    const desk = openTestDesk();
    const mediaId = await register(desk, { serial: '4C53', sizeBytes: 1 << 30 });
    actOnMedium(desk, { mediaId, to: 'lost', note: 'left in a taxi' });
    await expect(wipe(desk, mediaId, lend({}, () => Promise.reject(new AppError('disk-failed', { at: 'verify', offset: 0 }))))).rejects.toMatchObject({ code: 'disk-failed' });
    expect(getMedium(desk.db, mediaId).state).toBe('returned'); // it is in the port: whatever was said, it is not lost
    const asked: unknown[] = [];
    expect(await wipe(desk, mediaId, lend({}, async (areas) => { asked.push(...areas); return 8192; }))).toBe('wiped');
    expect(asked).toEqual([{ offset: 1_998_848, sizeBytes: 8192 }]);
    expect(desk.db.prepare("SELECT json_extract(details, '$.erasedBytes') AS bytes, json_extract(details, '$.serial') AS serial FROM audit_entries WHERE act = 'media.wipe'").all()).toEqual([{ bytes: 8192, serial: '4C53' }]);
    await expect(wipe(desk, mediaId, lend({}, async () => 0))).rejects.toMatchObject({ code: 'not-in-this-state' });
  });

  it('takes a medium that counts as wiped back when its image stands on a stick all the same, and wipes that one too', async () => {
    const desk = openTestDesk();
    const mediaId = await register(desk, { serial: '4C53', sizeBytes: 1 << 30 });
    actOnMedium(desk, { mediaId, to: 'wiped', note: 'formatted' });
    const written = lend({ disk: disk({ tableId: guidOf(mediaId, 'disk') }) }, async () => 8192);
    expect(await wipe(desk, mediaId, written, true)).toBe('wiped');
    expect(desk.db.prepare("SELECT act, json_extract(details, '$.from') AS was FROM audit_entries WHERE subject = ? AND act IN ('media.wipe', 'media.return') ORDER BY entry_number").all(mediaId)).toEqual([
      { act: 'media.wipe', was: 'built' }, { act: 'media.return', was: 'wiped' }, { act: 'media.wipe', was: 'returned' },
    ]);
    await expect(wipe(desk, mediaId, lend({}, async () => 0))).rejects.toMatchObject({ code: 'not-in-this-state' }); // the same stick, erased
  });

  it('does not lose results that nobody could read without being told to', async () => {
    const desk = openTestDesk();
    const mediaId = await register(desk, { serial: '4C53', sizeBytes: 1 << 30 });
    const unreadable = lend({ disk: disk({ tableId: guidOf(mediaId, 'disk') }) }, async () => 1);
    await expect(wipe(desk, mediaId, unreadable)).rejects.toMatchObject({ code: 'results-not-taken', facts: { mediaId } });
    expect(getMedium(desk.db, mediaId).state).toBe('built');
    expect(await wipe(desk, mediaId, unreadable, true)).toBe('wiped');
  });

  it('refuses a stick that is another medium, or nobody’s', async () => {
    const desk = openTestDesk();
    const [mine, other] = [await register(desk, { serial: '4C53', sizeBytes: 1 << 30 }), await register(desk, null)];
    for (const stick of [disk({ tableId: guidOf(other, 'disk') }), disk({ serial: 'OTHER' })]) {
      await expect(wipe(desk, mine, lend({ disk: stick }, () => Promise.reject(new Error('must not be asked'))))).rejects.toMatchObject({ code: 'not-this-medium' });
    }
  });
});
