// Finds the BitLocker volumes of a disk, an image or a partition, whatever table it has, and says what it can not look into.
import type { DiskContent } from '../../core/codes.ts';
import type { ReadAt } from '../fat/read.ts';
import { readBackupPartitions, readPartitions, type Partition } from '../gpt/read.ts';
import { isDynamic, isWindowsFileSystem, readContent } from './contents.ts';
import { readContainer, UNKNOWN_BYTES, type DeclinedContainer } from './disk-container.ts';
import { readFveVolume, type ReadVolume } from './metadata.ts';
import { SEARCHED_BYTES, searchMetadata, type MetadataHit, type SearchRoom } from './search-metadata.ts';

export interface FoundVolume { readonly offset: number; readonly sizeBytes: number; readonly partition: string; readonly found: Exclude<ReadVolume, { status: 'not-bitlocker' }> }

/** What stands in a partition, or on a disk without a table, where no BitLocker volume was found. */
export interface OtherContent { readonly offset: number; readonly sizeBytes: number; readonly partition: string; readonly content: DiskContent }

export type InspectedDisk =
  | {
    readonly status: 'disk'; readonly container: 'raw' | 'fixed-vhd'; readonly partitions: number; readonly volumes: readonly FoundVolume[];
    /** In the order on the disk. */
    readonly others: readonly OtherContent[];
    /** The table at its beginning is wiped or damaged, and the second one at its end was gone by. */
    readonly isByBackupTable: boolean;
    /** More seems to stand there than a disk of Windows has: no further volumes were looked for. */
    readonly isCutOff: boolean;
    /** Of what was looked through for metadata. */
    readonly unreadableBytes: number;
  }
  | { readonly status: 'declined'; readonly container: DeclinedContainer };

/** Looked through for metadata, where a volume's boot sector does not lead to them; more may be added while it goes on. */
export interface Searched { readonly searchedBytes: number; readonly ofBytes: number }

/** No disk has as many; a constructed one could keep the desk at it for days. */
const MOST_VOLUMES = 64;
const MOST_PARTITIONS = 256;
const MOST_COPIES = 4096;
/** Less lies before the first partition of every disk, and holds no volume. */
const SMALLEST_GAP_BYTES = 2 * 1024 * 1024;

/**
 * @param readAt Untrusted bytes; only read. @param sizeBytes Of the disk or file.
 * @returns Its BitLocker volumes in the order on the disk, none when there are none. Yields while it searches; whoever does not come back has it ended.
 *          Rejects only when `readAt` does for the beginning of the disk or for 4 MiB on end of what is searched: bad sectors elsewhere are passed over.
 */
export async function* inspectDisk(readAt: ReadAt, sizeBytes: number): AsyncGenerator<Searched, InspectedDisk> {
  const container = await readContainer(readAt, sizeBytes);
  if (container.kind === 'declined') return { status: 'declined', container: container.container };
  const { diskBytes } = container;
  const patient: ReadAt = (offset, length) => readAt(offset, length).catch(() => new Uint8Array());
  // A volume without a table first: its boot sector ends like a partition table does.
  const whole = await readFveVolume(patient, 0);
  const backup = whole.status === 'not-bitlocker' && diskBytes !== UNKNOWN_BYTES ? await readBackupPartitions(patient, diskBytes) : null;
  const table = backup ?? (whole.status === 'not-bitlocker' ? await readPartitions(patient, diskBytes) : [{ offset: 0, sizeBytes: diskBytes, name: '', type: '' }]);
  const partitions = table.filter(({ offset }, index) => table.findIndex((other) => other.offset === offset) === index).slice(0, MOST_PARTITIONS);
  const volumes: FoundVolume[] = [];
  const astray: Range[] = [];
  const readable: Range[] = [];
  const others: OtherContent[] = [];
  // An image that was copied in part, or the first of several files: its table names what is not there.
  const behindEnd = backup === null && whole.status === 'not-bitlocker' ? (await readPartitions(patient, UNKNOWN_BYTES)).filter(({ offset }) => offset >= diskBytes && offset > 0) : [];
  for (const { offset, sizeBytes: bytes, name } of behindEnd.slice(0, MOST_PARTITIONS)) others.push({ offset, sizeBytes: bytes, partition: name, content: 'nothing' });
  // What encrypts a whole disk, or divides it by its own book-keeping, begins with the disk.
  const before = partitions.some(({ offset }) => offset === 0) ? 'unknown' : await readContent(readAt, { offset: 0, type: '' });
  if (before === 'third-party-encryption' || (before === 'dynamic-disk' && !partitions.some(isDynamic))) others.push({ offset: 0, sizeBytes: diskBytes, partition: '', content: before });
  for (const partition of partitions) {
    const { offset, sizeBytes: partitionBytes, name } = partition;
    const found = offset === 0 ? whole : await readFveVolume(patient, offset);
    if (found.status === 'volume' || found.status === 'too-old') volumes.push({ offset, sizeBytes: partitionBytes, partition: name, found });
    else if (found.status === 'damaged') astray.push({ ...partition, found });
    else {
      const content = await readContent(readAt, partition);
      others.push({ offset, sizeBytes: partitionBytes, partition: name, content });
      (isWindowsFileSystem(content) ? readable : astray).push({ ...partition, found });
    }
  }
  const room: SearchRoom = { volumes: MOST_VOLUMES - volumes.length, copies: MOST_COPIES };
  let unreadableBytes = 0;
  let done: Searched = { searchedBytes: 0, ofBytes: 0 };
  // A volume that was formatted over has a file system in its place, one whose partition was deleted has none: looked through when there is nothing else.
  const gaps = gapsBetween(partitions, diskBytes).map((gap): Range => ({ ...gap, found: { status: 'not-bitlocker' } }));
  for (const ranges of [astray, readable, gaps]) {
    if (ranges !== astray && volumes.length > 0) break;
    done = { ...done, ofBytes: done.ofBytes + ranges.reduce((sum, range) => sum + searchedBytesOf(range, diskBytes), 0) };
    for (const range of ranges) {
      const { searchedBytes } = done;
      const search = searchMetadata(readAt, range.offset, searchedBytesOf(range, diskBytes), room);
      let step = await search.next();
      for (; step.done !== true; step = await search.next()) yield (done = { ...done, searchedBytes: searchedBytes + step.value });
      done = { ...done, searchedBytes: searchedBytes + searchedBytesOf(range, diskBytes) };
      unreadableBytes += step.value.unreadableBytes;
      // One that begins before the range has copies in several.
      for (const volume of await volumesIn(patient, range, step.value.hits)) if (!volumes.some((other) => other.offset === volume.offset && volumeIdOf(other) === volumeIdOf(volume))) volumes.push(volume);
    }
  }
  const shown = volumes.sort((one, other) => one.offset - other.offset).slice(0, MOST_VOLUMES);
  const isCutOff = partitions.length < table.length || shown.length < volumes.length || room.volumes <= 0 || room.copies <= 0;
  return { status: 'disk', container: container.kind, partitions: partitions.length, volumes: shown, others: others.sort((one, other) => one.offset - other.offset).filter((other) => !volumes.some(({ offset }) => offset >= other.offset && offset < other.offset + other.sizeBytes)), isByBackupTable: backup !== null, isCutOff, unreadableBytes };
}

const volumeIdOf = ({ found }: FoundVolume): string | null => (found.status === 'volume' ? found.volume.volumeId : null);

interface Range extends Omit<Partition, 'type'> { readonly found: Extract<ReadVolume, { status: 'not-bitlocker' | 'damaged' }> }

/** Where no partition lies. */
function gapsBetween(partitions: readonly Partition[], diskBytes: number): Omit<Partition, 'type'>[] {
  const gaps: Omit<Partition, 'type'>[] = [];
  let end = 0;
  for (const { offset, sizeBytes } of [...partitions, { offset: diskBytes, sizeBytes: 0 }].sort((one, other) => one.offset - other.offset)) {
    if (offset - end >= SMALLEST_GAP_BYTES) gaps.push({ offset: end, sizeBytes: offset - end, name: '' });
    end = Math.max(end, offset + sizeBytes);
  }
  return gaps;
}

/** A table may speak of more than there is. */
const searchedBytesOf = ({ offset, sizeBytes }: Range, diskBytes: number): number => Math.max(0, Math.min(sizeBytes, SEARCHED_BYTES, diskBytes - offset));

/** Volumes nothing leads to but their metadata; where only the table was lost, their boot sector is good. Without a hit a damaged one stays what it is. */
async function volumesIn(readAt: ReadAt, { offset, sizeBytes, name, found }: Range, hits: readonly MetadataHit[]): Promise<FoundVolume[]> {
  if (hits.length === 0) return found.status === 'damaged' ? [{ offset, sizeBytes, partition: name, found }] : [];
  return Promise.all(hits.map(async (hit) => {
    const whole = hit.offset === offset ? null : await readFveVolume(readAt, hit.offset);
    const left = hit.offset === offset ? sizeBytes : hit.offset < offset ? hit.volume.encryptedSizeBytes : Math.max(0, Math.min(hit.volume.encryptedSizeBytes, offset + sizeBytes - hit.offset));
    return { offset: hit.offset, sizeBytes: left, partition: hit.offset < offset ? '' : name, found: whole?.status === 'volume' ? whole : { status: 'volume', volume: hit.volume } };
  }));
}
