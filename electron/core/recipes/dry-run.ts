// What a recipe would do to a folder of files, with nothing removed: the same judgement as the agent's.
import { judgeFile, type Judgement, type Recipe } from './recipe.ts';

/** A file as the desk sees it; `modifiedAtMs` is UTC. */
export interface SeenFile { readonly name: string; readonly sizeBytes: number; readonly modifiedAtMs: number; readonly headerBytes: Uint8Array }

/** Files of a folder below a root, its names matched in any case as Windows does; null: there is no such folder. */
export type ReadFolder = (root: string, path: string, headerBytes: number) => Promise<readonly SeenFile[] | null>;

export interface DryRun {
  /** Whether the recipe's folder is there at all. */
  readonly found: boolean;
  readonly removed: number; readonly kept: number;
  /** Whose name fits the pattern: what would be removed first, then by name. Others are only counted in `kept`. */
  readonly files: readonly { readonly name: string; readonly sizeBytes: number; readonly modifiedAt: string | null; readonly act: 'remove' | 'keep'; readonly reason: Extract<Judgement, { act: 'keep' }>['reason'] | null }[];
}

/** @param root A folder that stands for the root of a Windows volume: mounted, or copied from one. */
export async function dryRun(recipe: Recipe, root: string, readFolder: ReadFolder): Promise<DryRun> {
  const seen = await readFolder(root, recipe.path, recipe.headerBytes.length);
  const judged = (seen ?? []).map((file) => ({ file, judgement: judgeFile(recipe, file) }));
  const rank = (act: 'remove' | 'keep'): number => (act === 'remove' ? 0 : 1);
  const removed = judged.filter(({ judgement }) => judgement.act === 'remove').length;
  return {
    found: seen !== null, removed, kept: judged.length - removed,
    files: judged.filter(({ judgement }) => judgement.act === 'remove' || judgement.reason !== 'name-differs')
      .sort((a, b) => rank(a.judgement.act) - rank(b.judgement.act) || (a.file.name < b.file.name ? -1 : 1))
      .map(({ file, judgement }) => ({
        name: file.name, sizeBytes: file.sizeBytes, modifiedAt: Number.isFinite(file.modifiedAtMs) ? new Date(file.modifiedAtMs).toISOString() : null,
        act: judgement.act, reason: judgement.act === 'remove' ? null : judgement.reason,
      })),
  };
}
