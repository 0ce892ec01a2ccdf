import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { AppError } from '../../../electron/core/app-error.ts';
import { layOutDisc } from '../../../electron/core/media/disc-layout.ts';
import type { PlannedFile } from '../../../electron/core/media/medium-plan.ts';
import { openFat } from '../../../electron/formats/fat/read.ts';
import type { IsoVolume } from '../../../electron/formats/iso/read.ts';
import { openIso } from '../../../electron/formats/iso/read.ts';
import { isoNames } from '../../../electron/formats/iso/names.ts';
import type { TreeFile } from '../fat/file-trees.ts';
import { fileTrees } from '../fat/file-trees.ts';

const AT = '2024-07-20T08:30:00Z';
const order = { mediaId: 'M-0001', createdAt: AT, expiresAt: null, language: 'en', mode: 'repair', recipe: 'channel-file-291 1' } as const;
const file = (path: string, text: string): TreeFile => ({ path, bytes: new Uint8Array(Buffer.from(text)) });
/** What Joliet can hold; the rest is refused by name. */
const discTrees = fileTrees.map((files) => files.filter(({ path }) => path.split('/').every((part) => part.length <= 103 && !part.includes(';'))));

type Disc = { readonly bytes: ReadonlyMap<number, Uint8Array>; readonly sizeBytes: number };
type ReadAt = (offset: number, length: number) => Promise<Uint8Array>;

/** A disc is mostly holes: only its written pieces are kept. */
function burn(files: readonly TreeFile[]): { readonly disc: Disc; readonly readAt: ReadAt } {
  const planned = files.map(({ path, bytes }): PlannedFile => ({ path, sizeBytes: bytes.length, hash: { sha256: createHash('sha256').update(bytes).digest('hex') }, source: { kind: 'bytes', bytes } }));
  const { extents, sizeBytes } = layOutDisc(planned, order);
  const bytes = new Map<number, Uint8Array>();
  for (const extent of extents) {
    if (extent.kind === 'bytes') bytes.set(extent.offset, extent.bytes);
    else if (extent.kind === 'source' && extent.source.source.kind === 'bytes') bytes.set(extent.offset, extent.source.source.bytes);
  }
  return { disc: { bytes, sizeBytes }, readAt: reader({ bytes, sizeBytes }) };
}

const reader = ({ bytes, sizeBytes }: Disc): ReadAt => (offset, length) => {
  const out = new Uint8Array(Math.max(Math.min(length, sizeBytes - offset), 0));
  for (const [at, piece] of bytes) {
    const from = Math.max(offset, at);
    const to = Math.min(offset + out.length, at + piece.length);
    if (from < to) out.set(piece.subarray(from - at, to - at), from - offset);
  }
  return Promise.resolve(out);
};

async function readTree(volume: Pick<IsoVolume, 'list' | 'find' | 'readFile'>, folder = '', depth = 0): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  if (depth > 8) return found; // a damaged folder may hold itself
  for (const entry of await volume.list(folder) ?? []) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isFolder) for (const [inner, bytes] of await readTree(volume, path, depth + 1)) found.set(inner, bytes);
    else {
      const pieces: Uint8Array[] = [];
      for await (const piece of volume.readFile(entry)) pieces.push(piece);
      found.set(path, Buffer.concat(pieces));
    }
  }
  return found;
}

const inOrder = (files: readonly TreeFile[]): readonly (readonly [string, Buffer])[] => files.map(({ path, bytes }) => [path, Buffer.from(bytes)] as const).sort(([a], [b]) => (a < b ? -1 : 1));
const sorted = (tree: Map<string, Buffer>): readonly (readonly [string, Buffer])[] => [...tree].sort(([a], [b]) => (a < b ? -1 : 1));
const isoOf = async (readAt: ReadAt): Promise<IsoVolume> => await openIso(readAt) ?? expect.fail('no ISO 9660');

describe('a disc with two file systems over the same bytes', () => {
  test('gives every file with its name and bytes through either, whatever the tree', async () => {
    await fc.assert(fc.asyncProperty(discTrees, async (files) => {
      const { readAt, disc } = burn(files);
      expect(sorted(await readTree(await isoOf(readAt)))).toEqual(inOrder(files));
      const catalogue = await readAt(20 * 2048, 2048);
      const fatAt = new DataView(catalogue.buffer).getUint32(32 + 8, true) * 2048;
      const fat = await openFat(readAt, fatAt);
      for (const { path, bytes } of files) {
        const entry = await fat.find(path);
        const pieces: Uint8Array[] = [];
        if (entry !== null) for await (const piece of fat.readFile(entry)) pieces.push(piece);
        expect(Buffer.concat(pieces), path).toEqual(Buffer.from(bytes));
      }
      expect(disc.sizeBytes % 2048).toBe(0);
    }), { numRuns: 30 });
  });

  test('holds its largest bundle: 4,096 shards in folders of 256', async () => {
    const files = Array.from({ length: 4096 }, (_, i) => file(`bluelift/bundle/${(i >> 8).toString(16).padStart(2, '0')}/${i.toString(16).padStart(4, '0')}.txt`, `shard ${i}`));
    expect(sorted(await readTree(await isoOf(burn(files).readAt)))).toEqual(inOrder(files));
  });

  test('is the same bytes for the same files', () => {
    const files = [file('EFI/BOOT/BOOTX64.EFI', 'loader'), file('sources/boot.wim', 'w'.repeat(10_000))];
    expect([...burn(files).disc.bytes]).toEqual([...burn(files).disc.bytes]);
  });

  test('offers firmware the base\'s own starter before the whole disc, where there is one', async () => {
    const bare = new DataView((await burn([file('sources/boot.wim', 'wim')]).readAt(20 * 2048, 2048)).buffer);
    expect([bare.getUint8(1), bare.getUint8(32), bare.getUint16(38, true), bare.getUint8(64)]).toEqual([0xef, 0x88, 0, 0]);
    const { readAt } = burn([file('EFI/Microsoft/Boot/efisys_noprompt.bin', 'x'.repeat(1_474_560)), file('sources/boot.wim', 'wim')]);
    const both = new DataView((await readAt(20 * 2048, 2048)).buffer);
    expect([both.getUint8(1), both.getUint8(32), both.getUint16(38, true)]).toEqual([0xef, 0x88, 2880]);
    expect(Buffer.from(await readAt(both.getUint32(40, true) * 2048, 4)).toString()).toBe('xxxx');
    expect([both.getUint8(64), both.getUint8(65), both.getUint16(66, true), both.getUint8(96), both.getUint16(102, true)]).toEqual([0x91, 0xef, 1, 0x88, 0]);
    expect(Buffer.from(await readAt(both.getUint32(104, true) * 2048 + 82, 5)).toString()).toBe('FAT32');
  });

  test('says which file has a name no disc can hold', () => {
    for (const name of ['x'.repeat(104), 'a;b.inf']) expect(() => burn([file(`bluelift/drivers/${name}`, 'x')])).toThrow(expect.objectContaining({ code: 'invalid-input', facts: { path: `bluelift/drivers/${name}`, reason: 'not-for-a-disc' } }));
  });
});

test('names on a disc are capitals, none twice, without version and without a dot at the end', () => {
  expect(isoNames(['BCD', 'boot.stl', 'segoen_slboot.ttf', 'a-b.inf', 'a+b.inf', `${'long'.repeat(20)}.system`, 'ä.txt'])).toEqual(['BCD', 'BOOT.STL', 'SEGOEN_SLBOOT.TTF', 'A_B.INF', 'A_B_1.INF', `${'LONG'.repeat(6).slice(0, 23)}.SYSTEM`, '_.TXT']);
});

test('a disc somebody damaged is read to its end or refused, never with another error', async () => {
  const { disc } = burn([file('bluelift/medium.txt', 'bluelift-medium 1'), file('EFI/BOOT/BOOTX64.EFI', 'loader'), file('bluelift/bundle/00/0000.txt', 'x'.repeat(5_000))]);
  const structures = [...disc.bytes.entries()].find(([at]) => at === 16 * 2048)?.[1] ?? expect.fail('no structures');
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.nat(structures.length - 1), fc.nat(255)), { minLength: 1, maxLength: 20 }), fc.option(fc.nat(structures.length)), async (changes, cut) => {
    const bytes = new Uint8Array(structures);
    for (const [at, value] of changes) bytes[at] = value;
    const damaged = { bytes: new Map([...disc.bytes, [16 * 2048, bytes]]), sizeBytes: cut === null ? disc.sizeBytes : 16 * 2048 + cut };
    try {
      const volume = await openIso(reader(damaged));
      if (volume !== null) await readTree(volume);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'image-unreadable') throw error;
    }
  }), { numRuns: 150 });
});
