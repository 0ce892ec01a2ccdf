import { expect, test } from 'vitest';

import { buildImage } from '../../electron/core/media/build-image.ts';
import { LOADER_LINE } from '../fixtures/stand-in-loader.ts';
import { makeMediaDesk } from '../fixtures/media-desk.ts';
import { asDisc, asStick, startPc } from './firmware.ts';

test('a PC with UEFI starts the boot manager of the image from a USB stick', async () => {
  using desk = makeMediaDesk();
  const built = await buildImage(desk.order({ base: desk.base('windows-x64.iso') }), desk.ports);
  expect(await startPc({ devices: asStick(built.path) }, desk.folder, LOADER_LINE)).toContain(LOADER_LINE);
});

test('a PC with UEFI starts the boot manager of the disc image from its optical drive', async () => {
  using desk = makeMediaDesk();
  const built = await buildImage(desk.order({ base: desk.base('windows-x64.iso'), format: 'iso' }), desk.ports);
  expect(await startPc({ devices: asDisc(built.path) }, desk.folder, LOADER_LINE)).toContain(LOADER_LINE);
});
