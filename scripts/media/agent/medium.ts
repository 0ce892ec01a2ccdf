// The medium the agent was started from: found by its marker file, never by its letter.
import type { AgentMode } from '../../../electron/core/codes.ts';
import { findField, parseFieldLines } from '../../../electron/core/media/field-lines.ts';
import { formatHex } from '../../../electron/core/media/field-values.ts';
import { OPEN_PASSCODE_FILE, readOpenPasscode } from '../../../electron/core/media/open-passcode.ts';
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
  /** A mode this agent does not know changes nothing. */
  readonly mode: AgentMode;
  /** Without keys: nothing here is for the agent. */
  readonly isManual: boolean;
  /** Whether a copy of each file that is removed stays with the results. */
  readonly keepsCopies: boolean;
  /** As it stands in the marker, for the eyes of the technician only. */
  readonly expiresAt: string;
  /** Of agent and recipe as they were written, as on the label; empty where the marker says none. */
  readonly payload: string;
  /** The passcode of a medium without one; empty: it has one, and a person enters it. */
  readonly openPasscode: string;
  /** Null: not a recipe this agent understands; nothing may be removed by it. */
  readonly recipe: Recipe | null;
};

/**
 * @param home The agent's own folder: started over the network it has the medium beside it, on the RAM disk. A stick that is there goes before.
 * @returns The first place with a marker this agent understands, or null.
 */
export function findMedium(files: Files, letters: readonly string[], home: string): Medium | null {
  return findFrom(files, letters, home, 0);
}

/** @returns The ID of a second stick with a marker, or null. Which of the two a person has the passcode of, nobody can tell but them. */
export function findOtherMedium(files: Files, letters: readonly string[], home: string, medium: Medium): string | null {
  for (let i = 0; i < letters.length; i++) {
    if (letters[i] !== medium.letter) continue;
    const other = findFrom(files, letters, home, i + 1);
    return other === null || other.root === home ? null : other.mediaId;
  }
  return null;
}

function payloadOf(text: string): string {
  return /^[0-9A-F]{4}( [0-9A-F]{4}){3}$/.test(text) ? text : '';
}

function findFrom(files: Files, letters: readonly string[], home: string, first: number): Medium | null {
  for (let i = first; i <= letters.length; i++) {
    const root = i < letters.length ? `${letters[i] || ''}:\\bluelift\\` : home;
    const letter = root.charAt(0);
    const text = files.hasFile(`${root}medium.txt`) ? files.readText(`${root}medium.txt`, 65537) : null;
    const marker = text === null ? null : parseFieldLines(text);
    if (marker === null || marker.status !== 'ok' || marker.lines.kind !== 'bluelift-medium' || marker.lines.version !== 1) continue;
    const mediaId = findField(marker.lines, 'mediaId') || '';
    if (!/^[A-Z0-9-]{1,32}$/.test(mediaId)) continue;
    const mode = findField(marker.lines, 'mode');
    const recipe = parseRecipe(files.readText(`${root}recipe.txt`, 65537) || '');
    return {
      letter: letter, root: root, mediaId: mediaId,
      language: findField(marker.lines, 'language') === 'de' ? 'de' : 'en',
      mode: mode === 'repair' || mode === 'safe-boot' ? mode : 'inspect', isManual: mode === 'manual', keepsCopies: findField(marker.lines, 'keepCopies') === 'yes',
      expiresAt: findField(marker.lines, 'expiresAt') || 'none', payload: payloadOf(findField(marker.lines, 'payload') || ''),
      openPasscode: readOpenPasscode(files.hasFile(`${root}bundle\\${OPEN_PASSCODE_FILE}`) ? files.readText(`${root}bundle\\${OPEN_PASSCODE_FILE}`, 1025) : null),
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
