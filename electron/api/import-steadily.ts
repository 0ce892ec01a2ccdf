// An import as the screens hear of it: never in silence, however long a step takes.
import type { Desk } from '../core/desk.ts';
import { importKeys, NOTHING_YET, type ImportEvent, type ImportOptions } from '../core/keys/import-keys.ts';
import { toldAgain } from './steadily.ts';

/** What `importKeys` says, and its last progress again while an archive is opened, another import is waited for, or the log goes into the store. */
export const importSteadily = (desk: Desk, paths: readonly string[], options: ImportOptions): AsyncGenerator<ImportEvent, void> => toldAgain(importKeys(desk, paths, options), NOTHING_YET, ({ kind }) => kind === 'progress');
