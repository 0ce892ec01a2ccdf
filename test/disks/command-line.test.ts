// The whole way on the command line: a stick is listed, written with sealed keys, and in the register under its name.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openMedium } from '../../electron/core/media/read-image.ts';
import { buildStale } from '../../scripts/dev/build.ts';
import { makeMediaDesk } from '../fixtures/media-desk.ts';
import { asOperator, bluelift } from '../support/command-line.ts';
import { constructedPassword } from '../support/constructed-passwords.ts';
import { attachLoop } from './loop-device.ts';

const SIZE_BYTES = 300 * 1024 * 1024;

it('writes a stick that was listed, named by place, serial and size, and no other', async () => {
  await buildStale(['agent'], () => undefined);
  using media = makeMediaDesk();
  using device = attachLoop(join(media.folder, 'stick'), SIZE_BYTES);
  const first = asOperator(media.folder, 'first', 'constructed passphrase');
  await bluelift(['init', ...first]);
  const keys = join(media.folder, 'keys.csv');
  writeFileSync(keys, `hostname,key protector id,recovery password\nKI-SURG-0001,3CA7495E-0000-4000-8000-000000000001,${constructedPassword(7)}\n`);
  expect(await bluelift(['import', keys, ...first])).toMatchObject({ code: 0 });

  const { disks } = (await bluelift(['disks', ...first, '--json'])).json() as { disks: { id: string; serial: string | null; sizeBytes: number; usable: boolean; reasons: { code: string }[] }[] };
  const listed = disks.find(({ id }) => id === device.path);
  expect(listed).toMatchObject({ usable: true, serial: null, sizeBytes: SIZE_BYTES, reasons: [{ code: 'virtual' }] });

  const build = (...named: string[]): ReturnType<typeof bluelift> => bluelift(['media', 'build', '--base', media.base('windows-x64.iso'), '--scope', 'all', '--format', 'disk', ...named, ...first, '--json']);
  for (const [wrong, code] of [
    [['--disk', device.path, '--serial', 'OTHER', '--size-bytes', String(SIZE_BYTES)], 'disk-not-found'], [['--disk', device.path, '--serial', 'none', '--size-bytes', '1'], 'disk-not-found'],
    [['--disk', device.path, '--size-bytes', String(SIZE_BYTES)], 'invalid-input'], [['--disk', device.path, '--serial', 'none'], 'invalid-input'], [['--serial', 'none', '--size-bytes', '1'], 'invalid-input'],
  ] as const) expect((await build(...wrong)).json(), wrong.join(' ')).toMatchObject({ error: { code } });
  expect(readFileSync(device.file).subarray(0, 512).every((byte) => byte === 0)).toBe(true);

  const built = (await build('--disk', device.path, '--serial', 'none', '--size-bytes', String(SIZE_BYTES))).json();
  expect(built).toMatchObject({ image: device.path, hosts: 1, keyRecords: 1 });
  expect(built['passcode']).toMatch(/^[0-9A-Z]/);
  const medium = await openMedium(device.file, media.ports.files);
  try {
    expect(medium.marker.mediaId).toBe(built['mediaId']);
    expect((await medium.check()).mismatches).toEqual([]);
  } finally { await medium.close(); }
  expect((await bluelift(['media', 'list', ...first, '--json'])).json()).toMatchObject({ media: [{ mediaId: built['mediaId'], state: 'built' }] });
});
