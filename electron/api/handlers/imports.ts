// Intake over the wire.
import type { Desk } from '../../core/desk.ts';
import { listMappings } from '../../core/keys/column-mappings.ts';
import { importKeys, type SourceFiles } from '../../core/keys/import-keys.ts';
import { getImport, listImportRejections, listImports } from '../../core/keys/import-report.ts';
import { undoImport } from '../../core/keys/undo-import.ts';
import { importFiles } from '../../desk/import-files.ts';
import { previewFiles } from '../../desk/preview-files.ts';
import type { Handlers } from '../dispatch.ts';

export interface ImportsLent {
  readonly files?: SourceFiles;
  /** Rejected rows in a report; the command line wants them all. */
  readonly reportedRejections?: number;
}

export function importHandlers(get: () => Desk, { files = importFiles, reportedRejections }: ImportsLent = {}): Pick<Handlers, 'imports.run' | 'imports.preview' | 'imports.list' | 'imports.get' | 'imports.undo' | 'imports.rejections'> {
  return {
    'imports.run': ({ paths, mappings }, signal) => importKeys(get(), paths, { files, signal, reportedRejections, mappings }),
    'imports.preview': ({ paths }) => previewFiles(paths, listMappings(get().db)),
    'imports.list': (page) => listImports(get().db, page),
    'imports.get': ({ importId }) => getImport(get().db, importId),
    'imports.undo': ({ importId }) => undoImport(get(), importId),
    'imports.rejections': ({ importId, ...page }) => listImportRejections(get().db, importId, page),
  };
}
