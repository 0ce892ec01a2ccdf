import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readFveVolume } from '../../../electron/formats/fve/metadata.ts';
import { constructVolume } from '../../support/construct-volume.ts';

const COPIES = [0x20000, 0x60000, 0xa0000] as const;

/** The copy at one place, said to be of another time, with a checksum that is right. */
function change(image: Buffer, copy: number, act: (block: Buffer) => void): void {
  const block = image.subarray(copy, copy + 65_536);
  act(block);
  const coveredBytes = block.readUInt16LE(8) << 4;
  block.writeUInt32LE(crc32(block.subarray(0, coveredBytes)), coveredBytes + 4);
}
const addToGeneration = (block: Buffer, count: number): void => void block.writeUInt32LE(block.readUInt32LE(96) + count, 96);
const decrypting = (block: Buffer): void => { block.writeUInt16LE(2, 12); block.writeUInt16LE(1, 14); };

async function read(image: Buffer): Promise<unknown> {
  const found = await readFveVolume(async (offset, length) => image.subarray(offset, offset + length), 0);
  return found.status === 'volume' ? [found.volume.volumeId, found.volume.conversion, ...found.volume.copies.map(({ state }) => state)] : found.status;
}

describe('a volume whose metadata Windows was writing when it crashed', () => {
  it.each([[[0], ['good', 'outdated', 'outdated']], [[0, 1], ['good', 'good', 'outdated']], [[2], ['outdated', 'outdated', 'good']]])('is shown as the newest copy says, and the copies from before are not called good: %j written', async (written, states) => {
    const { image, volumeId } = constructVolume({ seed: 11, recoveryPasswords: 0 });
    for (const copy of written) change(image, COPIES[copy] ?? 0, (block) => { decrypting(block); addToGeneration(block, 1); });
    expect(await read(image)).toEqual([volumeId, 'decrypting', ...states]);
  });

  it('is shown as the older copy says where the newer one is damaged', async () => {
    const { image, volumeId } = constructVolume({ seed: 11, recoveryPasswords: 0 });
    change(image, COPIES[0], (block) => { decrypting(block); addToGeneration(block, 1); });
    image[COPIES[0] + 200] = (image[COPIES[0] + 200] ?? 0) ^ 0xff;
    expect(await read(image)).toEqual([volumeId, 'encrypted', 'damaged', 'good', 'good']);
  });
});

describe('a copy that is left of an earlier encryption', () => {
  it('decides nothing where two are of the present one, whatever its number', async () => {
    const { image, volumeId } = constructVolume({ seed: 12, recoveryPasswords: 0 });
    const before = constructVolume({ seed: 13, recoveryPasswords: 0 });
    before.image.copy(image, COPIES[0], COPIES[0], COPIES[0] + 65_536);
    change(image, COPIES[0], (block) => addToGeneration(block, 100));
    expect(await read(image)).toEqual([volumeId, 'encrypted', 'outdated', 'good', 'good']);
  });

  it('gives way to the later encryption where there is one of each', async () => {
    const { image, volumeId } = constructVolume({ seed: 12, recoveryPasswords: 0, damaged: [2] });
    const before = constructVolume({ seed: 13, recoveryPasswords: 0 });
    before.image.copy(image, COPIES[0], COPIES[0], COPIES[0] + 65_536);
    change(image, COPIES[0], (block) => { block.writeBigUInt64LE(block.readBigUInt64LE(104) - 1_000_000_000n, 104); addToGeneration(block, 100); });
    expect(await read(image)).toEqual([volumeId, 'encrypted', 'outdated', 'good', 'damaged']);
  });
});
