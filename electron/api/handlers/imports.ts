// Intake over the wire.
import type { Desk } from '../../core/desk.ts';
import { sayOfList } from '../../core/hosts/list-says.ts';
import { listMappings } from '../../core/keys/column-mappings.ts';
import type { SourceFiles } from '../../core/keys/import-keys.ts';
import { getImport, listFileReports, listImportRejections, listImports } from '../../core/keys/import-report.ts';
import { undoImport, type UndoProgress } from '../../core/keys/undo-import.ts';
import { importFiles } from '../../desk/import-files.ts';
import { previewFiles } from '../../desk/preview-files.ts';
import type { Handlers } from '../dispatch.ts';
import { importSteadily } from '../import-steadily.ts';
import { tellUntil } from '../steadily.ts';

export interface ImportsLent {
  readonly files?: SourceFiles;
  /** Rejected rows in a report; the command line wants them all. */
  readonly reportedRejections?: number;
}

export function importHandlers(get: () => Desk, { files = importFiles, reportedRejections }: ImportsLent = {}): Pick<Handlers, 'imports.run' | 'imports.preview' | 'imports.list' | 'imports.get' | 'imports.files' | 'imports.undo' | 'imports.sayDown' | 'imports.sayInventory' | 'imports.rejections'> {
  return {
    'imports.run': ({ paths, mappings }, signal) => importSteadily(get(), paths, { files, signal, reportedRejections, mappings }),
    'imports.preview': ({ paths }) => previewFiles(paths, listMappings(get().db)),
    'imports.list': (page) => listImports(get().db, page),
    'imports.get': ({ importId }) => getImport(get().db, importId),
    'imports.files': ({ importId, ...page }) => listFileReports(get().db, importId, page),
    'imports.undo': async function* ({ importId }, signal) {
      let latest: UndoProgress = { keyRecords: 0, ofKeyRecords: 0, hosts: 0, ofHosts: 0 };
      const told = tellUntil(undoImport(get(), importId, { signal, tell: (progress) => { latest = progress; } }), () => latest);
      let step = await told.next();
      for (; step.done !== true; step = await told.next()) yield { kind: 'progress' as const, ...step.value };
      yield { kind: 'done' as const, ...step.value };
    },
    'imports.sayDown': ({ importFileId }) => sayOfList(get(), importFileId, 'down'),
    'imports.sayInventory': ({ importFileId }) => sayOfList(get(), importFileId, 'inventory'),
    'imports.rejections': ({ importId, ...page }) => listImportRejections(get().db, importId, page),
  };
}
