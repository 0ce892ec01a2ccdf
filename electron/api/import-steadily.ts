// An import as the screens hear of it: never in silence, however long a step takes.
import type { Desk } from '../core/desk.ts';
import { importKeys, type ImportEvent, type ImportOptions } from '../core/keys/import-keys.ts';
import { toldAgain } from './steadily.ts';

const NOTHING_YET: ImportEvent = { kind: 'progress', file: '', fileNumber: 0, files: 0, bytesRead: 0, sizeBytes: 0, rows: 0, imported: 0, rejected: 0 };

/** What `importKeys` says, and its last progress again while an archive is opened, another import is waited for, or the log goes into the store. */
export const importSteadily = (desk: Desk, paths: readonly string[], options: ImportOptions): AsyncGenerator<ImportEvent, void> => toldAgain(importKeys(desk, paths, options), NOTHING_YET, ({ kind }) => kind === 'progress');
