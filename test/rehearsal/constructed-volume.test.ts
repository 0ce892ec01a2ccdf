// The volume the project makes itself, for machines without Windows-made images: judged by dislocker, ntfs-3g and the project's own reader.
import { mkdtemp, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readFveVolume } from '../../electron/formats/fve/metadata.ts';
import { constructLockedVolume } from '../../scripts/dev/rehearsal/constructed-volume.ts';
import { FAULTY, FAULTY_FILE, OTHER, OTHER_FILE, fillWithWindows, listChannelFiles, openWithDislocker } from '../../scripts/dev/rehearsal/locked-volume.ts';
import { removeFolder } from '../../scripts/dev/rehearsal/mounts.ts';
import { makeRecoveryPassword } from './host.ts';

test('a constructed volume takes a Windows, keeps it, and opens with its own recovery passwords alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bluelift-constructed-'));
  try {
    const volume = await constructLockedVolume(join(folder, 'a.img'), 2);
    await fillWithWindows(volume, [FAULTY_FILE, OTHER_FILE]);
    expect(await listChannelFiles(volume)).toEqual([OTHER, FAULTY].toSorted());
    expect(await listChannelFiles({ ...volume, protectors: volume.protectors.slice(1) })).toEqual([OTHER, FAULTY].toSorted());
    expect(await openWithDislocker(volume.image, makeRecoveryPassword(), folder)).toBe(false);
    const file = await open(volume.image);
    const read = await readFveVolume(async (offset, length) => (await file.read(Buffer.alloc(length), 0, length, offset)).buffer, 0);
    await file.close();
    expect(read.status === 'volume' && read.volume.protectors.map(({ keyProtectorId }) => keyProtectorId)).toEqual(volume.protectors.map(({ keyProtectorId }) => keyProtectorId));
  } finally {
    await removeFolder(folder);
  }
});
