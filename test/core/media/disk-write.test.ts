import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRuns, writeDisk, type DiskRun, type OpenDisk, type WaitingBytes } from '../../../electron/core/media/disk-write.ts';

const MIB = 1024 * 1024;
const SIZE_BYTES = 4 * MIB;

/** A disk in memory that was full of something else. `keeps`: how many bytes it really has; writes behind that begin again at its start, as on forged sticks. */
function fakeDisk({ failsAtWrite = Infinity, keeps = SIZE_BYTES } = {}): OpenDisk & { readonly bytes: Uint8Array; readonly writes: number[] } {
  const bytes = new Uint8Array(SIZE_BYTES).fill(0xee);
  const writes: number[] = [];
  return {
    bytes, writes, sizeBytes: SIZE_BYTES, buffer: (sizeBytes) => new Uint8Array(sizeBytes), sync: () => Promise.resolve(),
    async write(offset, piece) {
      if (writes.length >= failsAtWrite) throw Object.assign(new Error('pulled'), { code: 'EIO' });
      writes.push(offset);
      bytes.set(piece, offset % keeps);
    },
    async read(offset, into) { into.set(bytes.subarray(offset % keeps, offset % keeps + into.length)); },
  };
}

/** Runs of whole sectors at the given sectors, each with bytes of its own. */
function plan(sectors: readonly (readonly [number, number])[]): { runs: DiskRun[]; waiting: WaitingBytes } {
  const total = sectors.reduce((sum, [, count]) => sum + count * 512, 0);
  const spool = Uint8Array.from({ length: total }, (_, i) => (i * 31 + (i >> 9)) & 0xff);
  let at = 0;
  const runs = sectors.map(([sector, count]) => {
    const run = { offset: sector * 512, sizeBytes: count * 512, at, sha256: createHash('sha256').update(spool.subarray(at, at + count * 512)).digest('hex') };
    at += count * 512;
    return run;
  });
  return { runs, waiting: { read: async (from, into) => into.set(spool.subarray(from, from + into.length)) } };
}

const TABLE_AND_REST = plan([[0, 34], [2048, 100], [4096, 50], [8192 - 33, 33]]);

describe('writing a disk', () => {
  it('clears both ends first and writes the table last', async () => {
    const disk = fakeDisk();
    await writeDisk(TABLE_AND_REST.runs, disk, TABLE_AND_REST.waiting, {});
    expect(disk.writes).toEqual([0, SIZE_BYTES - MIB, 2048 * 512, 4096 * 512, (8192 - 33) * 512, 0]);
    expect(disk.bytes.subarray(34 * 512, MIB).every((byte) => byte === 0)).toBe(true); // nothing of an old loader is left behind the table
    expect(disk.bytes[3000 * 512]).toBe(0xee); // what is free stays as it was
  });

  it.each([0, 1, 2, 3, 4, 5])('leaves no table when the disk is pulled at write %i', async (failsAtWrite) => {
    const disk = fakeDisk({ failsAtWrite });
    await expect(writeDisk(TABLE_AND_REST.runs, disk, TABLE_AND_REST.waiting, {})).rejects.toMatchObject({ code: 'EIO' });
    expect(disk.bytes.subarray(0, 512).every((byte) => byte === (failsAtWrite === 0 ? 0xee : 0))).toBe(true);
  });

  it('stops between two pieces when it is cancelled, and writes all of it when asked again', async () => {
    const disk = fakeDisk();
    let asked = 0;
    await expect(writeDisk(TABLE_AND_REST.runs, disk, TABLE_AND_REST.waiting, { isCancelled: () => (asked += 1) > 2 })).rejects.toMatchObject({ code: 'cancelled' });
    expect(disk.bytes.subarray(0, 512).every((byte) => byte === 0)).toBe(true);
    await expect(writeDisk(TABLE_AND_REST.runs, disk, TABLE_AND_REST.waiting, {})).resolves.toBe(TABLE_AND_REST.runs.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0));
  });

  it('finds out a stick that is smaller than it says', async () => {
    await expect(writeDisk(TABLE_AND_REST.runs, fakeDisk({ keeps: 2 * MIB }), TABLE_AND_REST.waiting, {})).rejects.toMatchObject({ code: 'disk-failed', facts: { at: 'verify' } });
  });

  it('gives a disk exactly the planned bytes, whatever the plan', async () => {
    const anyPlan = fc.array(fc.tuple(fc.nat(200), fc.integer({ min: 1, max: 40 })), { minLength: 1, maxLength: 30 }).map((gaps) => {
      let next = 0;
      return plan(gaps.map(([gap, count]) => { const sector = next + gap; next = sector + count; return [sector, count] as const; }));
    });
    await fc.assert(fc.asyncProperty(anyPlan, async ({ runs, waiting }) => {
      const disk = fakeDisk();
      checkRuns(runs, SIZE_BYTES);
      await writeDisk(runs, disk, waiting, {});
      for (const { offset, sizeBytes, sha256 } of runs) expect(createHash('sha256').update(disk.bytes.subarray(offset, offset + sizeBytes)).digest('hex')).toBe(sha256);
    }), { numRuns: 50 });
  });
});

describe('a request to write a disk', () => {
  const whole = { offset: 0, sizeBytes: 512, at: 0, sha256: '0'.repeat(64) };
  it.each([
    ['half sectors', [{ ...whole, sizeBytes: 100 }]], ['a run between sectors', [{ ...whole, offset: 7 }]], ['runs over each other', [whole, whole]],
    ['runs out of order', [{ ...whole, offset: 1024 }, whole]], ['more than the disk has', [{ ...whole, offset: SIZE_BYTES }]], ['more at once than there is memory for', [{ ...whole, sizeBytes: 8 * MIB }]],
  ])('is refused for %s', (_what, runs) => { expect(() => checkRuns(runs, SIZE_BYTES)).toThrow(expect.objectContaining({ code: 'invalid-input' })); });
});
