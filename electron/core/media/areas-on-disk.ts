// Where on a medium that came back its bundle and its results lie now, as its own file system says.
import { openFat, type FatVolume, type ReadAt } from '../../formats/fat/read.ts';
import { readPartitions } from '../../formats/gpt/read.ts';
import { AppError } from '../app-error.ts';
import { joinAreas, type Area } from './areas.ts';
import { BUNDLE_FOLDER, MANIFEST_PATH, MARKER_PATH, RESULTS_FOLDER } from './medium-paths.ts';

/** A bundle has at most 256 folders of 256 shards; a damaged file system may have any number. */
const MOST_FILES = 100_000;

/**
 * @param readAt Untrusted bytes of the whole disk.
 * @returns Whole clusters of bundle, results, marker and manifest, of every FAT32 partition that has them; empty when nobody can read it. Never throws for what is on it.
 */
export async function areasOnDisk(readAt: ReadAt, diskBytes: number): Promise<Area[]> {
  const areas: Area[] = [];
  const partitions = await guarded(() => readPartitions(readAt, diskBytes)) ?? [];
  for (const { offset } of partitions) {
    const volume = await guarded(() => openFat(readAt, offset));
    if (volume === null) continue;
    for (const path of [MARKER_PATH, MANIFEST_PATH]) await addFile(volume, path, areas);
    const budget = { files: MOST_FILES };
    for (const folder of [BUNDLE_FOLDER, RESULTS_FOLDER]) await addFolder(volume, folder, 2, areas, budget);
  }
  return joinAreas(areas.filter(({ offset, sizeBytes }) => offset + sizeBytes <= diskBytes));
}

async function addFolder(volume: FatVolume, folder: string, depth: number, areas: Area[], budget: { files: number }): Promise<void> {
  for (const { name, isFolder } of (await guarded(() => volume.list(folder))) ?? []) {
    if (budget.files-- <= 0) return;
    if (!isFolder) await addFile(volume, `${folder}/${name}`, areas);
    else if (depth > 1) await addFolder(volume, `${folder}/${name}`, depth - 1, areas, budget);
  }
}

async function addFile(volume: FatVolume, path: string, areas: Area[]): Promise<void> {
  await guarded(async () => {
    const entry = await volume.find(path);
    if (entry !== null) for await (const area of volume.areasOf(entry)) areas.push(area);
  });
}

/** A medium that was somewhere else may be damaged in any way: what of it can be found is enough. */
async function guarded<T>(act: () => Promise<T>): Promise<T | null> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof AppError && error.code === 'image-unreadable') return null;
    throw error;
  }
}
