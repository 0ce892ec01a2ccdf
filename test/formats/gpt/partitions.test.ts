import { describe, expect, test } from 'vitest';

import { BASIC_DATA_PARTITION, planGpt, roomAfter } from '../../../electron/formats/gpt/plan.ts';
import { readPartitions } from '../../../electron/formats/gpt/read.ts';

const MIB = 1024 * 1024;
const GUID = 'A0B1C2D3-0001-4002-8003-0123456789AB';

function diskWith(diskBytes: number, sizeBytes: number): Uint8Array {
  const disk = new Uint8Array(diskBytes);
  const partitions = [{ type: BASIC_DATA_PARTITION, guid: GUID, name: 'BLUELIFT', offset: MIB, sizeBytes }];
  for (const { offset, bytes } of planGpt({ diskBytes, diskGuid: GUID, partitions })) disk.set(bytes, offset);
  return disk;
}

const readAt = (disk: Uint8Array) => (offset: number, length: number) => Promise.resolve(disk.slice(offset, offset + length));

describe('a partition table', () => {
  test('is read back as it was planned', async () => {
    const disk = diskWith(64 * MIB, 62 * MIB);
    expect(await readPartitions(readAt(disk), disk.length)).toEqual([{ offset: MIB, sizeBytes: 62 * MIB, name: 'BLUELIFT', type: expect.any(String) }]);
  });

  test('is the same bytes for the same order', () => {
    expect(Buffer.compare(diskWith(64 * MIB, 62 * MIB), diskWith(64 * MIB, 62 * MIB))).toBe(0);
  });

  test('has its copy in the last sectors of the disk it was made for, also when the size is no whole MiB', () => {
    const diskBytes = 64 * MIB + 512 * 7 + 100;
    const end = 64 * MIB + 512 * 7;
    expect(Buffer.from(diskWith(diskBytes, 62 * MIB)).toString('latin1', end - 512, end - 504)).toBe('EFI PART');
  });

  test('refuses a partition that would reach into the copy, and takes one sector less', () => {
    const room = roomAfter(MIB, 64 * MIB);
    expect(() => diskWith(64 * MIB, room + 512)).toThrow(/image-too-small/);
    expect(() => diskWith(64 * MIB, room)).not.toThrow();
  });

  test('is ignored when a byte of its header is wrong', async () => {
    const disk = diskWith(64 * MIB, 62 * MIB);
    disk[512 + 60] = (disk[512 + 60] ?? 0) ^ 1;
    // What is left is the protective MBR: one area without a file system we know.
    expect(await readPartitions(readAt(disk), disk.length)).toEqual([{ offset: 512, sizeBytes: 64 * MIB - 512, name: '', type: expect.any(String) }]);
  });

  test('may be an MBR, or none at all', async () => {
    const disk = new Uint8Array(4 * MIB);
    expect(await readPartitions(readAt(disk), disk.length)).toEqual([{ offset: 0, sizeBytes: 4 * MIB, name: '', type: expect.any(String) }]);
    disk.set([0x80, 0, 0, 0, 0x0c, 0, 0, 0, 0, 8, 0, 0, 0, 16, 0, 0], 446);
    disk.set([0x55, 0xaa], 510);
    expect(await readPartitions(readAt(disk), disk.length)).toEqual([{ offset: MIB, sizeBytes: 2 * MIB, name: '', type: expect.any(String) }]);
  });
});
