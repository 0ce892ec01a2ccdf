// A medium as a fixed VHD, looked at by qemu-img; and read again by the desk itself.
import { readFileSync, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildImage } from '../../electron/core/media/build-image.ts';
import { openMedium } from '../../electron/core/media/read-image.ts';
import { makeMediaDesk, type MediaDesk } from '../fixtures/media-desk.ts';
import { tool } from './tools.ts';

describe('a medium as a fixed VHD', () => {
  let desk: MediaDesk;
  let path: string;
  let sizeBytes: number;
  beforeAll(async () => {
    desk = makeMediaDesk();
    const order = desk.order({ base: desk.base('windows-x64.iso') });
    const built = await buildImage({ ...order, out: `${order.out}.vhd`, format: 'vhd' }, desk.ports);
    path = built.path;
    sizeBytes = built.sizeBytes;
  });
  afterAll(() => { desk[Symbol.dispose](); });

  test('is taken for one by qemu-img, with the whole disk in it', () => {
    const info: unknown = JSON.parse(tool('qemu-img', 'info', '-f', 'vpc', '--output=json', path));
    expect(info).toMatchObject({ 'virtual-size': sizeBytes - 512 });
    expect(statSync(path).size).toBe(sizeBytes);
  });

  test('holds the same disk as the raw image, byte for byte', async () => {
    const raw = await buildImage({ ...desk.order({ base: desk.base('windows-x64.iso') }), out: `${path}.img` }, desk.ports);
    expect(Buffer.compare(readFileSync(path).subarray(0, sizeBytes - 512), readFileSync(raw.path))).toBe(0);
    expect(tool('qemu-img', 'compare', '-f', 'vpc', '-F', 'raw', path, raw.path)).toContain('identical');
  });

  test('is inspected like an image: every file is that of its manifest', async () => {
    const medium = await openMedium(path, desk.ports.files);
    try { expect((await medium.check()).mismatches).toEqual([]); } finally { await medium.close(); }
  });
});
