import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRuns, writeDisk, type DiskRun, type OpenDisk, type WaitingBytes } from '../../../electron/core/media/disk-write.ts';

const MIB = 1024 * 1024;
const SIZE_BYTES = 4 * MIB;

/** A disk in memory that was full of something else. `keeps`: how many bytes it really has; writes behind that begin again at its start, as on forged sticks. */
function fakeDisk({ failsAtWrite = Infinity, keeps = SIZE_BYTES } = {}): OpenDisk & { readonly bytes: Uint8Array; readonly writes: number[]; readonly acts: string[] } {
  const bytes = new Uint8Array(SIZE_BYTES).fill(0xee);
  const writes: number[] = [];
  const acts: string[] = [];
  return {
    bytes, writes, acts, sizeBytes: SIZE_BYTES, buffer: (sizeBytes) => new Uint8Array(sizeBytes), sync: () => Promise.resolve(),
    async write(offset, piece) {
      if (writes.length >= failsAtWrite) throw Object.assign(new Error('pulled'), { code: 'EIO' });
      writes.push(offset);
      acts.push(`write ${offset / 512}`);
      bytes.set(piece, offset % keeps);
    },
    async read(offset, into) { acts.push(`read ${offset / 512}`); into.set(bytes.subarray(offset % keeps, offset % keeps + into.length)); },
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
  it('clears both ends first, and writes the table when all else was read back, and its first sector when the table was', async () => {
    const disk = fakeDisk();
    await writeDisk(TABLE_AND_REST.runs, disk, TABLE_AND_REST.waiting, {});
    const [others, table] = [[2048, 4096, 8192 - 33], ['write 0', 'read 0']];
    expect(disk.acts).toEqual(['write 0', `write ${8192 - 2048}`, ...['write', 'read'].flatMap((act) => others.map((sector) => `${act} ${sector}`)), 'read 0', ...table, ...table]);
    expect(disk.bytes.subarray(34 * 512, MIB).every((byte) => byte === 0)).toBe(true); // nothing of an old loader is left behind the table
    expect(disk.bytes[3000 * 512]).toBe(0xee); // what is free stays as it was
  });

  it.each([0, 1, 2, 3, 4, 5, 6])('leaves no table when the disk is pulled at write %i', async (failsAtWrite) => {
    const disk = fakeDisk({ failsAtWrite });
    await expect(writeDisk(TABLE_AND_REST.runs, disk, TABLE_AND_REST.waiting, {})).rejects.toMatchObject({ code: 'EIO' });
    expect(disk.bytes.subarray(0, 512).every((byte) => byte === (failsAtWrite === 0 ? 0xee : 0))).toBe(true);
  });

  it('leaves a disk whole as it was, empty, or whole as planned, whenever the power goes and whatever of its cache was written by then', async () => {
    const { runs, waiting } = plan([[0, 34], [2048, 3], [2052, 40], [4000, 5], [6140, 8], [8192 - 33, 33]]);
    const log: ({ readonly offset: number; readonly piece: Uint8Array } | 'sync')[] = [];
    const disk = fakeDisk();
    await writeDisk(runs, { ...disk, write: async (offset, piece) => { log.push({ offset, piece: piece.slice() }); await disk.write(offset, piece); }, sync: async () => void log.push('sync') }, waiting, {});
    const isNow = (bytes: Uint8Array, expected: (run: DiskRun, bytes: Uint8Array) => boolean): boolean => runs.every((run) => expected(run, bytes.subarray(run.offset, run.offset + run.sizeBytes)));
    const seen = new Set<string>();
    fc.assert(fc.property(fc.nat(log.length), fc.infiniteStream(fc.boolean()), (cutAt, keeps) => {
      const bytes = new Uint8Array(SIZE_BYTES).fill(0xee);
      const lastSync = log.lastIndexOf('sync', cutAt - 1);
      for (const [index, act] of log.slice(0, cutAt).entries()) {
        if (act === 'sync') continue;
        for (let at = 0; at < act.piece.length; at += 512) {
          if (index < lastSync || keeps.next().value === true) bytes.set(act.piece.subarray(at, at + 512), act.offset + at);
        }
      }
      const first = bytes[0] === 0xee ? 'old' : bytes.subarray(0, 512).some((byte) => byte !== 0) ? 'new' : 'none';
      seen.add(first);
      // The old first sector: whatever lies between the ends is untouched.
      if (first === 'old') expect(bytes.subarray(MIB, SIZE_BYTES - MIB).every((byte) => byte === 0xee)).toBe(true);
      // Without its first sector no table either, until everything behind it is there and proven.
      if (first === 'none' && bytes.subarray(512, 34 * 512).some((byte) => byte !== 0 && byte !== 0xee)) expect(isNow(bytes, ({ offset, sha256 }, now) => offset === 0 || createHash('sha256').update(now).digest('hex') === sha256)).toBe(true);
      if (first === 'new') expect(isNow(bytes, ({ sha256 }, now) => createHash('sha256').update(now).digest('hex') === sha256)).toBe(true);
    }), { numRuns: 300 });
    expect([...seen].sort()).toEqual(['new', 'none', 'old']);
  });

  it('takes the first sector away again when the disk does not keep it as it was written', async () => {
    const disk = fakeDisk();
    let asked = 0;
    const lying = { ...disk, read: async (offset: number, into: Uint8Array): Promise<void> => { await disk.read(offset, into); if (into.length === 512 && offset === 0 && asked++ === 0) into[100] = 1 ^ (into[100] ?? 0); } };
    await expect(writeDisk(TABLE_AND_REST.runs, lying, TABLE_AND_REST.waiting, {})).rejects.toMatchObject({ code: 'disk-failed', facts: { at: 'verify', offset: 0 } });
    expect(disk.bytes.subarray(0, 512).every((byte) => byte === 0)).toBe(true);
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
