// Attempts over the wire: bringing records home, and the list of them.
import { randomUUID } from 'node:crypto';
import type { Desk } from '../../core/desk.ts';
import { openMedium } from '../../core/media/read-image.ts';
import { listAttempts } from '../../core/remediation/attempt-list.ts';
import { importAttempts, type AttemptSources } from '../../core/remediation/import-attempts.ts';
import { nextTurn } from '../../core/keys/slices.ts';
import { mediaFiles } from '../../desk/image-file.ts';
import type { Handlers } from '../dispatch.ts';

export function attemptHandlers(get: () => Desk): Pick<Handlers, 'attempts.import' | 'attempts.list'> {
  const files = mediaFiles(randomUUID);
  const sources: AttemptSources = {
    files,
    async withImageResults(path, use) {
      const medium = await openMedium(path, files);
      try {
        const results = await medium.listResults();
        return await use(results.map(({ name }) => ({ name, read: async () => (await medium.readResult(name)) ?? TOO_LARGE })));
      } finally {
        await medium.close();
      }
    },
  };
  return {
    'attempts.import': ({ paths }) => importAttempts(get(), sources, paths, nextTurn),
    'attempts.list': (page) => listAttempts(get().db, page),
  };
}

/** What a file that is larger than any record is read as: too large too. */
const TOO_LARGE = new Uint8Array(65_537);
