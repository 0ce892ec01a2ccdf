import GPT from 'gpt';
import { describe, expect, it } from 'vitest';
import type { ReadAt } from '../../../electron/formats/fat/read.ts';
import { inspectDisk, type InspectedDisk } from '../../../electron/formats/fve/find-volumes.ts';
import { constructVolume } from '../../support/construct-volume.ts';
import { toEnd } from '../../support/to-end.ts';

const MIB = 1 << 20;
const DISK_BYTES = 3 * 1024 * MIB;
const BASIC_DATA = 'EBD0A0A2-B9E5-4433-87C0-68B6B72699C7';
const { image, volumeId } = constructVolume({ seed: 61, recoveryPasswords: 0 });

/** A disk of 3 GiB of which only these pieces are not zero. */
function sparse(pieces: readonly (readonly [offset: number, bytes: Uint8Array])[]): ReadAt {
  return async (offset, length) => {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, DISK_BYTES - offset)));
    for (const [at, piece] of pieces) {
      const from = Math.max(at, offset);
      const to = Math.min(at + piece.length, offset + bytes.length);
      if (from < to) bytes.set(piece.subarray(from - at, to - at), from - offset);
    }
    return bytes;
  };
}

/** A second GPT as it stands at the end of the disk: entries, then the header. The volume lies further in than is searched. */
function backupTable(blockBytes: number): [number, Buffer] {
  const last = BigInt(DISK_BYTES / blockBytes) - 1n;
  const entryBlocks = BigInt(128 * 128 / blockBytes);
  const table = new GPT({ blockSize: blockBytes, guid: '00000000-0000-4000-8000-000000000001', currentLBA: 1n, backupLBA: last, firstLBA: 34n, lastLBA: last - entryBlocks - 1n });
  const first = BigInt((2048 * MIB) / blockBytes);
  table.partitions.push(new GPT.PartitionEntry({ type: BASIC_DATA, guid: '00000000-0000-4000-8000-000000000002', firstLBA: first, lastLBA: first + BigInt(image.length / blockBytes) - 1n, attr: 0n, name: 'Windows' }));
  const bytes = Buffer.from(table.writeBackupFromPrimary());
  return [DISK_BYTES - bytes.length, bytes];
}

function mbr(type: number, firstSector: number, sectors: number): Buffer {
  const sector = Buffer.alloc(512);
  sector[450] = type;
  sector.writeUInt32LE(firstSector, 454);
  sector.writeUInt32LE(sectors, 458);
  sector.set([0x55, 0xaa], 510);
  return sector;
}

const inspect = (pieces: readonly (readonly [number, Uint8Array])[]): Promise<InspectedDisk> => toEnd(inspectDisk(sparse(pieces), DISK_BYTES));

describe('a disk whose first partition table is lost', () => {
  it('is read by the table at its end, which leads to volumes no search would reach, and says so', async () => {
    for (const blockBytes of [512, 4096]) {
      for (const sector of [Buffer.alloc(512), mbr(0xee, 1, 0xffff_ffff)]) {
        expect(await inspect([[0, sector], [2048 * MIB, image], backupTable(blockBytes)])).toMatchObject({ isByBackupTable: true, partitions: 1, volumes: [{ offset: 2048 * MIB, partition: 'Windows', found: { volume: { volumeId } } }] });
      }
    }
  });

  it('is not read by an old table at its end where it was given another one or a file system since', async () => {
    expect(await inspect([[0, mbr(0x07, 2048, 2048)], [MIB, image], backupTable(512)])).toMatchObject({ isByBackupTable: false, volumes: [{ offset: MIB }] });
    expect(await inspect([[0, image], backupTable(512)])).toMatchObject({ isByBackupTable: false, volumes: [{ offset: 0 }] });
  });

  it('is not read by a table at its end that is damaged too', async () => {
    const [at, bytes] = backupTable(512);
    bytes[bytes.length - 512 + 40] = 1;
    expect(await inspect([[2048 * MIB, image], [at, bytes]])).toMatchObject({ isByBackupTable: false, volumes: [] });
  });
});

describe('a disk whose BitLocker partition was deleted', () => {
  it('is searched where no partition lies, when nothing else is found', async () => {
    expect(await inspect([[0, mbr(0x07, 2048, 2048)], [32 * MIB, image]])).toMatchObject({ partitions: 1, volumes: [{ offset: 32 * MIB, found: { volume: { volumeId, bootSector: 'good' } } }] });
  });
});

describe('a disk that was divided anew', () => {
  it('so that the BitLocker volume begins before a partition its metadata lie in shows it once, where it begins', async () => {
    const anew = mbr(0x07, (2 * MIB + 0x40000) / 512, 20_480);
    const { volumes } = await inspect([[0, anew], [2 * MIB, image]]) as Extract<InspectedDisk, { status: 'disk' }>;
    expect(volumes).toMatchObject([{ offset: 2 * MIB, partition: '', found: { volume: { volumeId, bootSector: 'good', copies: [{ state: 'good' }, { state: 'good' }, { state: 'good' }] } } }]);
    expect(await inspect([[0, anew], [2 * MIB + 0x1000, image.subarray(0x1000)]])).toMatchObject({ volumes: [{ offset: 2 * MIB, found: { volume: { volumeId, bootSector: 'unusable' } } }] });
  });
});
