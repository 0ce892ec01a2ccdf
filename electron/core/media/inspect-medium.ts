// Looks at a medium: what it says of itself, whether its files are those of its manifest, how much it carries, and whether the register knows it.
import type { ReadableDatabase } from '../../store/database.ts';
import { parseInstant } from './field-values.ts';
import type { MediaFiles } from './media-ports.ts';
import { isKnownMedium } from './media-register.ts';
import { openMedium } from './read-image.ts';
import { MAX_HEADER_BYTES, parseHeader } from './sealed-key-bundle-format.ts';

/** Facts are the medium's own claims until `known` says that this desk built one of that name. Nothing here needs a passcode. */
export interface MediumFacts {
  readonly mediaId: string; readonly createdAt: string | null; readonly expiresAt: string | null; readonly architecture: string | null; readonly language: string | null;
  readonly recipe: string | null; readonly payload: string | null;
  readonly files: number;
  /** Files that are missing, differ from the manifest, or stand where only the manifest's may. */
  readonly mismatches: string[];
  /** Null when there is no bundle, or a damaged one. */
  readonly entries: number | null; readonly slots: number | null;
  readonly results: number; readonly known: boolean;
}

/** @param path Of an image or a folder. AppError `image-unreadable`, `file-not-found`, as `openMedium`. Reads every file of it. */
export async function inspectMedium(db: ReadableDatabase, files: MediaFiles, path: string): Promise<MediumFacts> {
  const medium = await openMedium(path, files);
  try {
    const { mediaId, createdAt, expiresAt, architecture, language, recipe, payload } = medium.marker;
    const header = await medium.readSmallFile('bluelift/bundle/header.txt', MAX_HEADER_BYTES);
    const bundle = header === null ? null : parseHeader(header);
    const check = await medium.check();
    return {
      mediaId, createdAt: instantOrNull(createdAt), expiresAt: instantOrNull(expiresAt), architecture, language, recipe, payload,
      files: check.files, mismatches: [...check.mismatches, ...check.unlisted],
      entries: bundle?.status === 'ok' ? bundle.header.entries : null, slots: bundle?.status === 'ok' ? bundle.header.slots.length : null,
      results: (await medium.listResults()).length, known: isKnownMedium(db, mediaId),
    };
  } finally {
    await medium.close();
  }
}

const instantOrNull = (text: string | null): string | null => (text !== null && parseInstant(text) !== null ? text : null);
