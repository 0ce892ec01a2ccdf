// Looks at a medium: what it says of itself, whether its files are those of its manifest, how much it carries, and whether the register knows it.
import type { ReadableDatabase } from '../../store/database.ts';
import { parseInstant } from './field-values.ts';
import type { MediaFiles } from './media-ports.ts';
import { isKnownMedium } from './media-register.ts';
import type { LoaderFacts } from './loaders.ts';
import { readLoader } from './loaders.ts';
import { readSmallFile } from './medium-tree.ts';
import type { OpenMedium } from './read-image.ts';
import { SECOND_PREFIX, openMedium } from './read-image.ts';
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
  /** Of each partition, by what they are now; the second one's path has `2:` in front. */
  readonly loaders: LoaderFacts[];
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
      results: (await medium.listResults()).length, known: isKnownMedium(db, mediaId), loaders: await readLoaders(medium),
    };
  } finally {
    await medium.close();
  }
}

const instantOrNull = (text: string | null): string | null => (text !== null && parseInstant(text) !== null ? text : null);

const MOST_LOADER_BYTES = 32 * 1024 * 1024;
const LOADER_PATHS = ['EFI/BOOT/BOOTX64.EFI', 'EFI/BOOT/BOOTAA64.EFI'];

async function readLoaders({ tree }: OpenMedium): Promise<LoaderFacts[]> {
  const loaders: LoaderFacts[] = [];
  for (const [part, prefix] of [[tree, ''], [tree.second, SECOND_PREFIX]] as const) {
    if (part === null) continue;
    for (const path of LOADER_PATHS) {
      const bytes = await readSmallFile(part, path, MOST_LOADER_BYTES).catch(() => null); // a file system that breaks off there is told by the check
      if (bytes !== null) loaders.push(readLoader(prefix + path, bytes));
    }
  }
  return loaders;
}
