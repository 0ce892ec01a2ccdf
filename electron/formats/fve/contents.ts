// Names what stands where no BitLocker volume was found, by the marks systems and encryptions begin with: nothing in it is read further.
import type { DiskContent } from '../../core/codes.ts';
import type { ReadAt } from '../fat/read.ts';
import type { Partition } from '../gpt/read.ts';
import { decodePlain } from '../intake/plain-text.ts';
import { latin1 } from '../latin1.ts';

/** Whether Windows' files lie there, unencrypted. */
export const isWindowsFileSystem = (content: DiskContent): boolean => content === 'ntfs' || content === 'refs' || content === 'exfat' || content === 'fat';

interface Mark { readonly at: number; readonly text: string; readonly content: DiskContent }

/** @source The beginnings that mkfs.ntfs, mkfs.vfat, mkfs.ext4 and cryptsetup write; those of ReFS, PGP, SafeBoot, TrueCrypt, VeraCrypt and the logical disk manager are general knowledge, not seen here. */
const MARKS: readonly Mark[] = [
  { at: 3, text: 'NTFS    ', content: 'ntfs' }, { at: 3, text: 'ReFS\0\0\0\0', content: 'refs' }, { at: 3, text: 'EXFAT   ', content: 'exfat' }, { at: 54, text: 'FAT', content: 'fat' }, { at: 82, text: 'FAT32', content: 'fat' },
  { at: 0, text: 'LUKS\xba\xbe', content: 'luks' }, { at: 512, text: 'LABELONE', content: 'lvm' }, { at: 1080, text: '\x53\xef', content: 'linux' }, { at: 0, text: 'XFSB', content: 'linux' }, { at: 4086, text: 'SWAPSPACE2', content: 'linux' }, { at: 65_600, text: '_BHRfS_M', content: 'linux' },
  { at: 3, text: 'PGPGUARD', content: 'third-party-encryption' }, { at: 3, text: 'SafeBoot', content: 'third-party-encryption' },
  { at: 6 * 512, text: 'PRIVHEAD', content: 'dynamic-disk' }, { at: 32_769, text: 'CD001', content: 'disc' },
];
const BOOT_LOADER = /(?:True|Vera)Crypt Boot Loader/;
/** Partition types that say more than what stands in them: a logical disk manager's, a storage pool's. */
const TYPES: Readonly<Record<string, DiskContent>> = {
  '42': 'dynamic-disk', '5808C8AA-7E8F-42E0-85D2-E1E90434CFB3': 'dynamic-disk', 'AF9B60A0-1431-4F62-BC68-3311714A69AD': 'dynamic-disk', 'E75CAF8F-F680-4CEE-AFA3-B001E56EFC2D': 'storage-spaces',
};
/** Whether the table already says so of a partition. */
export const isDynamic = ({ type }: Pick<Partition, 'type'>): boolean => TYPES[type] === 'dynamic-disk';

const LOOKED_AT_BYTES = 66 * 1024;
const SECTOR_BYTES = 512;

/** @param readAt Untrusted bytes. @param partition Without a table: the whole disk. @returns `nothing` where there is not one byte: the image ends before it. Never throws for what it reads. */
export async function readContent(readAt: ReadAt, { offset, type }: Pick<Partition, 'offset' | 'type'>): Promise<DiskContent> {
  const byType = TYPES[type];
  if (byType !== undefined) return byType;
  const bytes = await readAt(offset, LOOKED_AT_BYTES).catch(() => null);
  if (bytes === null) return 'unreadable';
  if (bytes.length === 0) return 'nothing';
  const start = latin1(bytes.subarray(0, SECTOR_BYTES));
  if (BOOT_LOADER.test(start)) return 'third-party-encryption';
  const marked = MARKS.find(({ at, text }) => latin1(bytes.subarray(at, at + text.length)) === text);
  if (marked !== undefined) return marked.content;
  if (bytes.every((byte) => byte === 0)) return 'zeros';
  return decodePlain(bytes) === null ? 'unknown' : 'text';
}
