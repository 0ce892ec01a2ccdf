// The medium the agent was started from: found by its marker file, never by its letter.
import { findField, parseFieldLines } from '../../../electron/core/media/field-lines.ts';
import { formatHex } from '../../../electron/core/media/field-values.ts';
import { parseRecipe } from '../../../electron/core/recipes/recipe.ts';
import type { Recipe } from '../../../electron/core/recipes/recipe.ts';
import type { Files, Place } from './ports.ts';
import { createSha256, sha256 } from './sha256.ts';
import type { Language } from './state.ts';

export type Medium = {
  readonly letter: string;
  /** `E:\bluelift\`. */
  readonly root: string;
  readonly mediaId: string;
  readonly language: Language;
  /** As it stands in the marker, for the eyes of the technician only. */
  readonly expiresAt: string;
  /** Null: not a recipe this agent understands; nothing may be removed by it. */
  readonly recipe: Recipe | null;
};

/** @returns The first volume with a marker this agent understands, or null. */
export function findMedium(files: Files, letters: readonly string[]): Medium | null {
  for (let i = 0; i < letters.length; i++) {
    const letter = letters[i] || '';
    const root = `${letter}:\\bluelift\\`;
    const text = files.hasFile(`${root}medium.txt`) ? files.readText(`${root}medium.txt`, 65537) : null;
    const marker = text === null ? null : parseFieldLines(text);
    if (marker === null || marker.status !== 'ok' || marker.lines.kind !== 'bluelift-medium' || marker.lines.version !== 1) continue;
    const mediaId = findField(marker.lines, 'mediaId') || '';
    if (!/^[A-Z0-9-]{1,32}$/.test(mediaId)) continue;
    const recipe = parseRecipe(files.readText(`${root}recipe.txt`, 65537) || '');
    return {
      letter: letter, root: root, mediaId: mediaId,
      language: findField(marker.lines, 'language') === 'de' ? 'de' : 'en',
      expiresAt: findField(marker.lines, 'expiresAt') || 'none',
      recipe: recipe.status === 'ok' ? recipe.recipe : null,
    };
  }
  return null;
}

/**
 * The payload hash (medium-layout.md): what runs here and by which recipe.
 *
 * @returns 64 hex digits, or empty when a file can not be read.
 */
export function hashPayload(files: Files, place: Place, medium: Medium): string {
  const paths = [`${place.home}start.cmd`, `${place.home}agent.js`, `${place.home}probe.js`, `${place.home}manual.cmd`, `${medium.root}recipe.txt`];
  let digests: number[] = [];
  for (let i = 0; i < paths.length; i++) {
    const digest = hashFile(files, paths[i] || '');
    if (digest === null) return '';
    digests = digests.concat(digest);
  }
  return formatHex(sha256(digests));
}

/** @returns SHA-256 of a file, or null when it can not be read to its end. */
export function hashFile(files: Files, path: string): number[] | null {
  const hash = createSha256();
  return files.eachPiece(path, (bytes) => hash.update(bytes)) ? hash.digest() : null;
}

/** @returns The first 16 digits in four groups, as printed on the label: `7C1E 90B4 D2F8 53A6`. */
export function formatPayload(payload: string): string {
  const text = payload.substring(0, 16).toUpperCase();
  return [text.substring(0, 4), text.substring(4, 8), text.substring(8, 12), text.substring(12)].join(' ');
}
