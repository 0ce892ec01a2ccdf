import { createHash } from 'node:crypto';
import { closeSync, ftruncateSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { buildImage } from '../../../electron/core/media/build-image.ts';
import { layOutDisc } from '../../../electron/core/media/disc-layout.ts';
import { planFile } from '../../../electron/core/media/medium-plan.ts';
import { openMedium } from '../../../electron/core/media/read-image.ts';
import { makeMediaDesk, type MediaDesk } from '../../fixtures/media-desk.ts';

const STARTER = 'EFI/Microsoft/Boot/efisys_noprompt.bin';
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A disc as Windows' are, as far as its own starter goes; with ISO 9660 only. */
function burn(path: string, files: readonly { readonly path: string; readonly bytes: Uint8Array }[]): string {
  const { extents, sizeBytes } = layOutDisc(files.map(planFile), { mediaId: 'BASE', createdAt: '2024-07-20T08:30:00Z', expiresAt: null, language: 'en', mode: 'repair', recipe: 'none' });
  const disc = openSync(path, 'w');
  ftruncateSync(disc, sizeBytes);
  for (const extent of extents) {
    if (extent.kind === 'bytes') writeSync(disc, extent.bytes, 0, extent.bytes.length, extent.offset);
    else if (extent.kind === 'source' && extent.source.source.kind === 'bytes') writeSync(disc, extent.source.source.bytes, 0, extent.sizeBytes, extent.offset);
  }
  closeSync(disc);
  return path;
}

async function starterOf(desk: MediaDesk, base: string): Promise<string> {
  const built = await buildImage(desk.order({ base, format: 'iso', overwrite: true }), desk.ports);
  const medium = await openMedium(built.path, desk.ports.files);
  try {
    expect((await medium.check()).mismatches).toEqual([]);
    const bytes = await medium.readSmallFile(STARTER, 2 ** 23) ?? expect.fail('no starter');
    // El Torito's first entry, of 2048 bytes a sector: what firmware starts.
    const disc = readFileSync(built.path);
    const at = disc.readUInt32LE(20 * 2048 + 40) * 2048;
    expect(disc.subarray(at, at + bytes.length).equals(Buffer.from(bytes))).toBe(true);
    return sha256(bytes);
  } finally { await medium.close(); }
}

test('a disc from an ISO starts with that ISO’s own starter, which asks for no key, and with its image’s where it has none', async () => {
  using desk = makeMediaDesk();
  const wim = readFileSync(desk.base('serviced-x64.wim'));
  const own = Buffer.alloc(1_474_560, 'the starter beside the loader of the ISO');
  const [first, other] = ['first', 'other'].map((name) => Buffer.from(own).fill(name, 0, 5));
  const inImage = await starterOf(desk, burn(join(desk.folder, 'plain.iso'), [{ path: 'sources/boot.wim', bytes: wim }]));
  expect(await starterOf(desk, burn(join(desk.folder, 'first.iso'), [{ path: 'sources/boot.wim', bytes: wim }, { path: STARTER.toLowerCase(), bytes: first ?? own }]))).toBe(sha256(first ?? own));
  // The same WIM beside another starter is another base.
  for (const _ of ['looked into', 'remembered']) expect(await starterOf(desk, burn(join(desk.folder, 'other.iso'), [{ path: 'sources/boot.wim', bytes: wim }, { path: STARTER, bytes: other ?? own }]))).toBe(sha256(other ?? own));
  writeFileSync(join(desk.folder, 'boot.wim'), wim);
  expect(await starterOf(desk, join(desk.folder, 'boot.wim'))).toBe(inImage);
});
