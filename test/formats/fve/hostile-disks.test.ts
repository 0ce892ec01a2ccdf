import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReadAt } from '../../../electron/formats/fat/read.ts';
import { inspectDisk, type InspectedDisk, type Searched } from '../../../electron/formats/fve/find-volumes.ts';
import { SEARCHED_BYTES } from '../../../electron/formats/fve/search-metadata.ts';
import { constructVolume } from '../../support/construct-volume.ts';

const SECTOR = 512;
const MiB = 1024 * 1024;

interface Watched { readonly disk: InspectedDisk; readonly told: readonly Searched[]; /** Bytes asked for, in all and at most between two words. */ readonly readBytes: number; readonly mostUnheardBytes: number }

async function watch(readAt: ReadAt, sizeBytes: number): Promise<Watched> {
  let [readBytes, unheardBytes, mostUnheardBytes] = [0, 0, 0];
  const told: Searched[] = [];
  const counting: ReadAt = (offset, length) => {
    readBytes += length;
    unheardBytes += length;
    mostUnheardBytes = Math.max(mostUnheardBytes, unheardBytes);
    return readAt(offset, length);
  };
  const steps = inspectDisk(counting, sizeBytes);
  for (;;) {
    const step = await steps.next();
    if (step.done === true) return { disk: step.value, told, readBytes, mostUnheardBytes };
    told.push(step.value);
    unheardBytes = 0;
  }
}

const from = (bytes: Uint8Array): ReadAt => async (offset, length) => bytes.subarray(offset, offset + length);

/** A copy of metadata whose checksum is right, whatever it says. */
function copySaying({ offsets, coveredBytes = 112, metadataBytes = 48, encryptedBytes = 1n << 30n, entries = new Uint8Array(), id = 1 }: { offsets: readonly bigint[]; coveredBytes?: number; metadataBytes?: number; encryptedBytes?: bigint; entries?: Uint8Array; id?: number }): Buffer {
  const copy = Buffer.alloc(Math.max(256, coveredBytes + 8));
  copy.write('-FVE-FS-', 'latin1');
  copy.writeUInt16LE(coveredBytes >> 4, 8);
  copy.writeUInt16LE(2, 10);
  copy.writeBigUInt64LE(encryptedBytes, 16);
  offsets.forEach((offset, n) => copy.writeBigUInt64LE(offset, 32 + 8 * n));
  copy.writeUInt32LE(metadataBytes, 64);
  copy.writeUInt32LE(id, 80);
  copy.writeBigUInt64LE(0xffff_ffff_ffff_ffffn, 104);
  copy.set(entries.subarray(0, Math.max(0, coveredBytes - 112)), 112);
  copy.writeUInt32LE(crc32(copy.subarray(0, coveredBytes)), coveredBytes + 4);
  return copy;
}

/** Every sector of `bytes` is what `sector` says of it. */
function everySector(bytes: number, sector: (n: number) => Uint8Array): Buffer {
  const disk = Buffer.alloc(bytes);
  for (let n = 0; n < bytes / SECTOR; n += 1) disk.set(sector(n).subarray(0, SECTOR), n * SECTOR);
  return disk;
}

describe('a disk that means harm', () => {
  it('of two terabytes of nothing is left after the first GiB, told of piece by piece', async () => {
    const nothing = Buffer.alloc(4 * MiB);
    const { disk, told, readBytes } = await watch(async (_offset, length) => nothing.subarray(0, length), 2 * 1024 ** 4);
    expect(disk).toMatchObject({ status: 'disk', volumes: [], isCutOff: false, unreadableBytes: 0 });
    expect(readBytes).toBeLessThan(SEARCHED_BYTES + MiB);
    expect(told.length).toBeGreaterThan(200);
    expect(told.at(-1)).toEqual({ searchedBytes: SEARCHED_BYTES, ofBytes: SEARCHED_BYTES });
  });

  it("with BitLocker's mark in every sector costs no more reads than one without", async () => {
    const marked = everySector(8 * MiB, () => Buffer.from('-FVE-FS-'));
    const { disk, readBytes } = await watch(from(marked), marked.length);
    expect(disk).toMatchObject({ status: 'disk', volumes: [], isCutOff: false });
    expect(readBytes).toBeLessThan(9 * MiB);
  });

  it('with metadata in every sector that look right but for their checksum is told of copy by copy', async () => {
    const head = copySaying({ offsets: [0n, 0n, 0n], coveredBytes: 65_520 }).subarray(0, SECTOR);
    const marked = everySector(MiB, () => head);
    const { disk, mostUnheardBytes } = await watch(from(marked), marked.length);
    expect(disk).toMatchObject({ status: 'disk', volumes: [] });
    expect(mostUnheardBytes).toBeLessThan(2 * MiB);
  });

  it('with good metadata of another volume in every sector shows as many as a desk can bear, and says that there is more', async () => {
    const disk = everySector(8 * MiB, (n) => copySaying({ offsets: [0n, 512n, 1024n], id: n + 1 }));
    const { disk: found, readBytes } = await watch(from(disk), disk.length);
    expect(found).toMatchObject({ status: 'disk', isCutOff: true });
    expect(found.status === 'disk' ? found.volumes.length : 0).toBe(64);
    expect(readBytes).toBeLessThan(128 * MiB);
  });

  it('with good metadata of the same volume in every sector is given up after some thousand', async () => {
    const disk = everySector(8 * MiB, () => copySaying({ offsets: [1n << 40n, 1n << 41n, 1n << 42n] })); // lead nowhere
    const { disk: found, mostUnheardBytes } = await watch(from(disk), disk.length);
    expect(found).toMatchObject({ status: 'disk', volumes: [], isCutOff: true });
    expect(mostUnheardBytes).toBeLessThan(8 * MiB);
  });

  it('is read past its bad sectors, and told how much of it was not read; one that is gone is no empty one', async () => {
    const { image, volumeId } = constructVolume({ seed: 31, recoveryPasswords: 0 });
    const wiped = Buffer.from(image).fill(0, 0, SECTOR);
    const bad = (lost: (at: number) => boolean): ReadAt => async (offset, length) => {
      for (let at = offset - (offset % SECTOR); at < offset + length; at += SECTOR) if (lost(at)) throw new Error('EIO');
      return wiped.subarray(offset, offset + length);
    };
    const first = 0x20000;
    expect((await watch(bad((at) => at === first), wiped.length)).disk).toMatchObject({ unreadableBytes: 65_536, volumes: [{ offset: 0, found: { volume: { volumeId, copies: [{ state: 'unreadable' }, { state: 'good' }, { state: 'good' }] } } }] });
    expect((await watch(bad((at) => at >= 65_536), wiped.length)).disk).toMatchObject({ volumes: [], unreadableBytes: wiped.length - 65_536 });
    await expect(watch(bad(() => true), wiped.length)).rejects.toThrow('EIO');
  });

  it('never throws, never reads without a word, and never shows more than a desk can bear, whatever its metadata say behind a right checksum', async () => {
    const place = fc.oneof(fc.constantFrom(0n, 512n, 0x20000n, 0x60000n, (1n << 63n) - 1n, (1n << 64n) - 1n), fc.bigInt({ min: 0n, max: 1n << 21n }).map((n) => n * 512n));
    const entries = fc.array(fc.tuple(fc.nat(80), fc.nat(20), fc.constantFrom(2, 3, 5, 8, 0x18), fc.uint8Array({ maxLength: 90 })), { maxLength: 6 }).map((all) => Buffer.concat(all.map(([size, entryType, valueType, data]) => {
      const head = Buffer.alloc(8);
      [size, entryType, valueType].forEach((word, n) => head.writeUInt16LE(word, n * 2));
      return Buffer.concat([head, data]);
    })));
    const copy = fc.record({ offsets: fc.tuple(place, place, place), coveredBytes: fc.nat(40).map((n) => 112 + 16 * n), metadataBytes: fc.oneof(fc.nat(1200), fc.constantFrom(48, 0xffff_ffff)), encryptedBytes: place, entries, id: fc.nat(5) }).map(copySaying);
    const table = fc.array(fc.tuple(fc.constantFrom(0, 0x07, 0x05, 0x0f, 0xee), fc.oneof(fc.nat(8192), fc.constantFrom(0xffff_ffff)), fc.oneof(fc.nat(8192), fc.constantFrom(0xffff_ffff))), { maxLength: 4 }).map((all) => {
      const sector = Buffer.alloc(SECTOR);
      for (const [n, [type, first, count]] of all.entries()) {
        sector[446 + 16 * n + 4] = type;
        sector.writeUInt32LE(first, 446 + 16 * n + 8);
        sector.writeUInt32LE(count, 446 + 16 * n + 12);
      }
      sector.set([0x55, 0xaa], 510);
      return sector;
    });
    const boot = fc.tuple(place, place, place).map((offsets) => {
      const sector = Buffer.from(constructed.subarray(0, SECTOR));
      offsets.forEach((offset, n) => sector.writeBigUInt64LE(offset, 176 + 8 * n));
      return sector;
    });
    const constructed = constructVolume({ seed: 32, recoveryPasswords: 0 }).image;
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.nat(4095), fc.oneof(copy, boot, table)), { maxLength: 12 }), fc.option(fc.oneof(table, boot)), fc.nat(2 * MiB), fc.nat(4095), fc.boolean(), async (pieces, first, sizeBytes, badSector, endless) => {
      const bytes = Buffer.alloc(2 * MiB);
      for (const [sector, piece] of pieces) bytes.set(piece.subarray(0, bytes.length - sector * SECTOR), sector * SECTOR);
      if (first !== null) bytes.set(first);
      const whole = bytes.subarray(0, sizeBytes);
      const readAt: ReadAt = async (offset, length) => {
        if (badSector > 0 && offset <= badSector * SECTOR && offset + length > badSector * SECTOR) throw new Error('EIO');
        return whole.subarray(offset, offset + length);
      };
      const { disk, told, mostUnheardBytes } = await watch(readAt, endless ? Number.MAX_SAFE_INTEGER : sizeBytes);
      expect(mostUnheardBytes).toBeLessThan(80 * MiB);
      for (const { searchedBytes, ofBytes } of told) expect(searchedBytes).toBeLessThanOrEqual(ofBytes);
      if (disk.status !== 'disk') throw new Error('declined');
      expect(disk.volumes.length).toBeLessThanOrEqual(64);
      for (const { offset, sizeBytes: size } of disk.volumes) expect([offset, size].every((value) => Number.isFinite(value) && value >= 0), `${offset} ${size}`).toBe(true);
    }), { numRuns: Number(process.env['BLUELIFT_RUNS'] ?? 150) });
  });
});
