import { spawn } from 'node:child_process';
import { chmodSync, constants, copyFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openRawDisk } from '../../../electron/desk/disks/raw-disk.ts';
import { windowsDisks } from '../../../electron/desk/disks/windows-disks.ts';
import { errorsDe } from '../../../renderer/messages/errors-de.ts';
import { errorsEn } from '../../../renderer/messages/errors-en.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** The one refusal of Linux that says a file is in use: it is being executed. */
it.runIf(process.platform === 'linux')('a disk that somebody keeps open is waited for, and then named as in use, with what became of it', async () => {
  const file = join(temporaryFolder(), 'disk');
  copyFileSync('/bin/sleep', file);
  chmodSync(file, 0o700);
  const running = spawn(file, ['600']);
  await new Promise((resolve) => { running.once('spawn', resolve); });
  const disk = { id: '/dev/disk4', serial: null, sizeBytes: statSync(file).size };
  try {
    const at = performance.now();
    await expect(openRawDisk({ ...disk, path: file, flags: constants.O_RDWR, waitMs: 700 })).rejects.toMatchObject({ code: 'disk-busy', facts: { disk: '/dev/disk4' } });
    expect(performance.now() - at).toBeGreaterThan(650);
    await expect(windowsDisks({ powershell: 'none', flags: constants.O_RDWR, pathOf: () => file, waitMs: 0 }).open(disk)).rejects.toMatchObject({ code: 'disk-busy', facts: { emptied: true } });
    const late = openRawDisk({ ...disk, path: file, flags: constants.O_RDWR, waitMs: 60_000 });
    running.kill();
    await (await late).close();
  } finally { running.kill(); }
  expect([errorsEn['disk-busy']({ emptied: true }), errorsDe['disk-busy']({ emptied: true })].join()).not.toMatch(/Nothing|Nichts/);
  expect(errorsEn['disk-busy']({ disk: '/dev/disk4' })).toContain('Nothing was written');
});

it('a file that is no disk of that size is not opened', async () => {
  const file = join(temporaryFolder(), 'short');
  writeFileSync(file, Buffer.alloc(1024));
  await expect(openRawDisk({ id: 'short', path: file, sizeBytes: 4096, flags: constants.O_RDWR, waitMs: 0 })).rejects.toMatchObject({ code: 'disk-not-found' });
});
