// What a recipe would do to a folder of files, with nothing removed: the same judgement as the agent's, in every Windows of a disk as the agent goes through them.
import { judgeFile, matchesPattern, type Judgement, type Recipe } from './recipe.ts';

/** A file as the desk sees it; `modifiedAtMs` is UTC. */
export interface SeenFile { readonly name: string; readonly sizeBytes: number; readonly modifiedAtMs: number; readonly headerBytes: Uint8Array }

/** The recipe's folder in one volume: the files whose name fits, and how many others. `partition`: its place in the table of the disk, from 1; null where there is no table. */
export interface SeenFolder { readonly partition: number | null; readonly files: readonly SeenFile[]; readonly others: number }

/** Every folder that was found; and volumes nobody could look into beside them. */
export interface SeenFolders { readonly folders: readonly SeenFolder[]; readonly locked: number; readonly damaged: number }

/** What is wanted of files: only of those whose name fits is anything read. */
export interface WantedFiles { readonly path: string; readonly fits: (name: string) => boolean; readonly headerBytes: number }

/** Files of a folder below a root, its names matched in any case as Windows does. */
export type ReadFolders = (root: string, wanted: WantedFiles) => Promise<SeenFolders>;

export interface DryRun {
  /** Whether the recipe's folder is there at all. */
  readonly found: boolean;
  readonly removed: number; readonly kept: number;
  /** In how many volumes it is; and how many volumes beside them are locked by BitLocker or damaged, so that nothing is known of them. */
  readonly volumes: number; readonly locked: number; readonly damaged: number;
  /** Whose name fits the pattern: what would be removed first, then by volume and name. Others are only counted in `kept`. */
  readonly files: readonly { readonly partition: number | null; readonly name: string; readonly sizeBytes: number; readonly modifiedAt: string | null; readonly act: 'remove' | 'keep'; readonly reason: Extract<Judgement, { act: 'keep' }>['reason'] | null }[];
}

/** @param root A folder that stands for the root of a Windows volume, mounted or copied from one; an image, or a disk. */
export async function dryRun(recipe: Recipe, root: string, readFolders: ReadFolders): Promise<DryRun> {
  const { folders, locked, damaged } = await readFolders(root, { path: recipe.path, fits: (name) => matchesPattern(recipe.pattern, name), headerBytes: recipe.headerBytes.length });
  const judged = folders.flatMap(({ partition, files }) => files.map((file) => ({ partition, file, judgement: judgeFile(recipe, file) })));
  const rank = (act: 'remove' | 'keep'): number => (act === 'remove' ? 0 : 1);
  const removed = judged.filter(({ judgement }) => judgement.act === 'remove').length;
  return {
    found: folders.length > 0, removed, kept: judged.length - removed + folders.reduce((sum, { others }) => sum + others, 0), volumes: folders.length, locked, damaged,
    files: judged.sort((a, b) => rank(a.judgement.act) - rank(b.judgement.act) || (a.partition ?? 0) - (b.partition ?? 0) || (a.file.name < b.file.name ? -1 : 1))
      .map(({ partition, file, judgement }) => ({
        partition, name: file.name, sizeBytes: file.sizeBytes, modifiedAt: Number.isFinite(file.modifiedAtMs) ? new Date(file.modifiedAtMs).toISOString() : null,
        act: judgement.act, reason: judgement.act === 'remove' ? null : judgement.reason,
      })),
  };
}
