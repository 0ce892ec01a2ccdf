import GPT from 'gpt';
import { describe, expect, it } from 'vitest';
import type { ReadAt } from '../../../electron/formats/fat/read.ts';
import { inspectDisk, type InspectedDisk } from '../../../electron/formats/fve/find-volumes.ts';
import { constructVolume } from '../../support/construct-volume.ts';
import { toEnd } from '../../support/to-end.ts';

const MIB = 1 << 20;
const from = (bytes: Uint8Array): ReadAt => async (offset, length) => bytes.subarray(offset, offset + length);
const inspect = (bytes: Uint8Array): Promise<InspectedDisk> => toEnd(inspectDisk(from(bytes), bytes.length));
const contentsOf = (disk: InspectedDisk): unknown[] => (disk.status === 'disk' ? disk.others.map(({ offset, content }) => [offset, content]) : [disk.container]);

function marked(marks: readonly (readonly [at: number, text: string])[], sizeBytes = 2 * MIB): Buffer {
  const disk = Buffer.alloc(sizeBytes);
  for (const [at, text] of marks) disk.write(text, at, 'latin1');
  return disk;
}

/** An MBR disk; its partitions in sectors. */
function partitioned(sizeBytes: number, partitions: readonly (readonly [first: number, count: number])[]): Buffer {
  const disk = Buffer.alloc(sizeBytes);
  partitions.forEach(([first, count], n) => {
    disk[450 + 16 * n] = 0x07;
    disk.writeUInt32LE(first, 454 + 16 * n);
    disk.writeUInt32LE(count, 458 + 16 * n);
  });
  disk.set([0x55, 0xaa], 510);
  return disk;
}

describe('a disk without a BitLocker volume', () => {
  it.each<[string, string, readonly (readonly [number, string])[]]>([
    ['NTFS', 'ntfs', [[3, 'NTFS    ']]], ['ReFS', 'refs', [[3, 'ReFS\0\0\0\0']]], ['exFAT', 'exfat', [[3, 'EXFAT   ']]], ['FAT32', 'fat', [[82, 'FAT32   ']]], ['FAT16', 'fat', [[54, 'FAT16   ']]],
    ['ext4', 'linux', [[1080, 'S\xef']]], ['LUKS', 'luks', [[0, 'LUKS\xba\xbe']]], ['LVM', 'lvm', [[512, 'LABELONE']]], ['an ISO image', 'disc', [[32_769, 'CD001']]],
    ['VeraCrypt', 'third-party-encryption', [[6, ' VeraCrypt Boot Loader']]], ['PGP', 'third-party-encryption', [[3, 'PGPGUARD']]], ['a dynamic disk', 'dynamic-disk', [[3072, 'PRIVHEAD']]], ['nothing', 'zeros', []], ['noise', 'unknown', [[0, '\x93\x01\xfe']]],
  ])('says that it is %s', async (_name, content, marks) => {
    expect(contentsOf(await inspect(marked(marks)))).toEqual([[0, content]]);
  });

  it('that is a list of keys by mistake is called a text, and an empty file is called empty', async () => {
    expect(contentsOf(await inspect(Buffer.from('Hostname,KeyID,RecoveryKey\r\nNB-1,,\r\n')))).toEqual([[0, 'text']]);
    expect(contentsOf(await inspect(Buffer.from('\ufeffHostname;KeyID\r\n', 'utf16le')))).toEqual([[0, 'text']]);
    expect(contentsOf(await inspect(Buffer.alloc(0)))).toEqual([[0, 'nothing']]);
  });

  it('names each partition, by its type where that says more than what stands in it', async () => {
    const disk = Buffer.alloc(16 * MIB);
    const table = new GPT({ blockSize: 512, guid: '00000000-0000-4000-8000-000000000001', currentLBA: 1n, backupLBA: 32_767n, firstLBA: 34n, lastLBA: 32_733n });
    ['EBD0A0A2-B9E5-4433-87C0-68B6B72699C7', 'E75CAF8F-F680-4CEE-AFA3-B001E56EFC2D', 'AF9B60A0-1431-4F62-BC68-3311714A69AD'].forEach((type, index) =>
      table.partitions.push(new GPT.PartitionEntry({ type, guid: '00000000-0000-4000-8000-000000000002', firstLBA: BigInt(2048 * (index + 1)), lastLBA: BigInt(2048 * (index + 2) - 1), attr: 0n, name: '' })));
    table.write().copy(disk, 512);
    disk.write('NTFS    ', MIB + 3);
    expect(contentsOf(await inspect(disk))).toEqual([[MIB, 'ntfs'], [2 * MIB, 'storage-spaces'], [3 * MIB, 'dynamic-disk']]);
  });

  it('that is the first part of an image cut into files says which partitions are missing', async () => {
    const disk = partitioned(4 * MIB, [[2048, 2048], [65_536, 65_536]]);
    expect(contentsOf(await inspect(disk))).toEqual([[MIB, 'zeros'], [32 * MIB, 'nothing']]);
  });

  it('whose partition can not be read does not call it empty', async () => {
    const disk = partitioned(2 * MIB, [[2048, 2048]]);
    const readAt: ReadAt = async (offset, length) => { if (offset >= MIB && offset < MIB + 70_000) throw new Error('EIO'); return disk.subarray(offset, offset + length); };
    expect(contentsOf(await toEnd(inspectDisk(readAt, disk.length)))).toEqual([[MIB, 'unreadable']]);
  });
});

describe('a disk with a BitLocker volume', () => {
  it('says of its other partitions what they are, and nothing of the one that holds the volume', async () => {
    const { image } = constructVolume({ seed: 62, recoveryPasswords: 0 });
    const disk = partitioned(8 * MIB, [[2048, 2048], [8192, 2048]]);
    disk.write('NTFS    ', MIB + 3);
    image.copy(disk, 4 * MIB);
    disk.fill(0, 4 * MIB, 4 * MIB + 512); // found by its metadata
    expect(contentsOf(await inspect(disk))).toEqual([[MIB, 'ntfs']]);
  });
});

describe('a file that is no disk byte by byte', () => {
  it.each([['\x1f\x8b\x08', 'packed'], ['\xfd7zXZ\0', 'packed'], ['\x28\xb5\x2f\xfd', 'packed'], ['BZh9', 'packed'], ['PK\x03\x04', 'packed'], ['MSWIM\0\0\0', 'wim'], ['\0\x80\0\0SignedImage ', 'ffu'], ['QED\0', 'qed'], ['WithoutFreeSpace', 'parallels'], ['COWD', 'vmdk']])('is declined by how it begins: %j', async (start, container) => {
    expect(await inspect(marked([[0, start]], 65_536))).toEqual({ status: 'declined', container });
  });

  it('is known as a dynamic or differencing VHD also where its end was lost', async () => {
    for (const [kind, container] of [[3, 'dynamic-vhd'], [4, 'differencing-vhd']] as const) {
      const cut = marked([[0, 'conectix']], 8192);
      cut.writeUInt32BE(kind, 60);
      expect(await inspect(cut)).toEqual({ status: 'declined', container });
    }
  });
});
