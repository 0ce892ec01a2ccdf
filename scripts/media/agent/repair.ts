// Applying the recipe to every Windows of the host, and to its data volumes: all of it is looked at first, only then anything is removed.
import { formatHex } from '../../../electron/core/media/field-values.ts';
import { judgeFile, matchesPattern } from '../../../electron/core/recipes/recipe.ts';
import type { Recipe } from '../../../electron/core/recipes/recipe.ts';
import { hashFile } from './medium.ts';
import type { Files, FoundFile, Volumes } from './ports.ts';
import type { VolumeNote } from './state.ts';

/** One file that fits the recipe's pattern. `verdict` is what happened to it, or in a dry run what would. */
export type MatchedFile = {
  /** From the root of the volume, no letter. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
  readonly header: string;
  readonly sha256: string;
  verdict: 'remove' | 'removed' | 'newer' | 'header-differs' | 'remove-failed' | 'unreadable' | 'dry-run';
  /** Name of its copy among the results, or empty. */
  copy: string;
  /** Of an earlier attempt, cut off before it could say that it removed the file; or empty. */
  attempt: string;
};

/** A Windows, or a volume without one that holds the recipe's folder. */
export type FoundWindows = {
  /** 1-based place of its volume in the notes. */
  readonly volume: number;
  readonly letter: string;
  readonly kind: 'windows' | 'data';
  readonly root: string;
  readonly computerName: string | null;
  hibernated: 'no' | 'yes' | 'discarded' | 'unknown';
  safeBoot: 'not-set' | 'set' | 'cleared' | 'left-set' | 'not-examined';
  /** Whether the recipe's folder is there at all. */
  readonly hasFolder: boolean;
  readonly files: MatchedFile[];
};

const ROOT = 'Windows';
const HEADER_BYTES = 16;

/** The dry run. Adds to `found` every Windows on a readable volume, and every other volume with the recipe's folder, each with every file that fits the pattern judged. Changes nothing. */
export function examine(files: Files, volumes: Volumes, notes: readonly VolumeNote[], recipe: Recipe, found: FoundWindows[]): void {
  for (let v = 0; v < notes.length; v++) {
    const note = notes[v];
    if (note === undefined || note.state === 'locked' || note.state === 'unreadable') continue;
    const drive = `${note.letter}:\\`;
    const isWindows = files.hasFile(`${drive}${ROOT}\\System32\\config\\SYSTEM`);
    const hasFolder = files.hasFolder(drive + recipe.path);
    if (!isWindows && !hasFolder) continue;
    found.push({
      volume: v + 1, letter: note.letter, kind: isWindows ? 'windows' : 'data', root: isWindows ? ROOT : recipe.path.replace(/\\.*$/, ''),
      computerName: isWindows ? volumes.computerName(note.letter, ROOT) : null,
      hibernated: isWindows ? findHibernation(files, drive) : 'no', safeBoot: 'not-examined', hasFolder: hasFolder, files: hasFolder ? judgeFolder(files, drive, recipe) : [],
    });
  }
}

/** @returns Whether a file could not be read: then nothing is removed anywhere. */
export function isUnclean(found: readonly FoundWindows[]): boolean {
  return countFiles(found, 'unreadable') > 0;
}

/** @returns How many files with that verdict the found Windows have together. */
export function countFiles(found: readonly FoundWindows[], verdict: MatchedFile['verdict']): number {
  let count = 0;
  for (let w = 0; w < found.length; w++) {
    const files = found[w]?.files || [];
    for (let f = 0; f < files.length; f++) if (files[f]?.verdict === verdict) count++;
  }
  return count;
}

/** Marks what would have been removed as left: in a dry run that was not clean, or on a medium that only inspects. */
export function leaveAll(found: readonly FoundWindows[]): void {
  eachToRemove(found, (_windows, file) => { file.verdict = 'dry-run'; });
}

/**
 * Marks it as left beside a live hibernation image, which would bring the file back half. The other Windows of the host go on.
 *
 * @returns Whether there was such a Windows.
 */
export function leaveHibernated(found: readonly FoundWindows[]): boolean {
  let hasLeft = false;
  eachToRemove(found, (windows, file) => {
    if (windows.hibernated !== 'yes') return;
    file.verdict = 'dry-run';
    hasLeft = true;
  });
  return hasLeft;
}

/**
 * Removes what the dry run judged; a live hibernation image first. A file that stays is noted, the others go on.
 *
 * @param keepCopy Lent when the medium keeps copies: makes one of a path and says its name, or empty when it could not.
 */
export function removeAll(files: Files, found: readonly FoundWindows[], keepCopy: ((path: string, file: MatchedFile) => string) | null): void {
  eachToRemove(found, (windows, file) => {
    const drive = `${windows.letter}:\\`;
    if (keepCopy !== null) file.copy = keepCopy(drive + file.path, file);
    if (windows.hibernated === 'yes' && files.remove(`${drive}hiberfil.sys`)) windows.hibernated = 'discarded';
    // A Windows that resumes from its image would not notice that the file is gone.
    const isGone = windows.hibernated !== 'yes' && files.remove(drive + file.path);
    file.verdict = isGone ? 'removed' : 'remove-failed';
  });
}

function eachToRemove(found: readonly FoundWindows[], use: (windows: FoundWindows, file: MatchedFile) => void): void {
  for (let w = 0; w < found.length; w++) {
    const windows = found[w];
    if (windows === undefined) continue;
    for (let f = 0; f < windows.files.length; f++) {
      const file = windows.files[f];
      if (file !== undefined && file.verdict === 'remove') use(windows, file);
    }
  }
}

function judgeFolder(files: Files, drive: string, recipe: Recipe): MatchedFile[] {
  const matched: MatchedFile[] = [];
  const listed: readonly FoundFile[] | null = files.list(drive + recipe.path);
  if (listed === null) return [unreadable(recipe.path, 0, NaN)];
  for (let i = 0; i < listed.length; i++) {
    const file = listed[i];
    if (file === undefined || !matchesPattern(recipe.pattern, file.name)) continue;
    const path = `${recipe.path}\\${file.name}`.substring(0);
    const header = files.readBytes(drive + path, HEADER_BYTES);
    const digest = header === null ? null : hashFile(files, drive + path);
    if (header === null || digest === null) {
      matched.push(unreadable(path, file.sizeBytes, file.modifiedAtMs));
      continue;
    }
    const judged = judgeFile(recipe, { name: file.name, modifiedAtMs: file.modifiedAtMs, headerBytes: header });
    matched.push({
      path: path, sizeBytes: file.sizeBytes, modifiedAtMs: file.modifiedAtMs, header: formatHex(header), sha256: formatHex(digest),
      // `name-differs` can not come: the pattern was asked above.
      verdict: judged.act === 'remove' ? 'remove' : judged.reason === 'newer' ? 'newer' : 'header-differs', copy: '', attempt: '',
    });
  }
  return matched;
}

function unreadable(path: string, sizeBytes: number, modifiedAtMs: number): MatchedFile {
  return { path: path, sizeBytes: sizeBytes, modifiedAtMs: modifiedAtMs, header: '', sha256: '', verdict: 'unreadable', copy: '', attempt: '' };
}

/**
 * @source The first four bytes of hiberfil.sys: `HIBR` or `hibr` while it holds an image; `WAKE`, `RSTR` or zeros otherwise
 *         (Volatility's and libhibr's notes on the format). Not yet seen on a real Fast Startup host: test/MANUAL.md.
 */
function findHibernation(files: Files, drive: string): FoundWindows['hibernated'] {
  const path = `${drive}hiberfil.sys`;
  if (!files.hasFile(path)) return 'no';
  const bytes = files.readBytes(path, 4);
  if (bytes === null) return 'unknown';
  return /^(48494252|68696272)$/.test(formatHex(bytes)) ? 'yes' : 'no';
}
