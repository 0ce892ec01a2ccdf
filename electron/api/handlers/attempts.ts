// Attempts over the wire: bringing records home, and the list of them.
import { randomUUID } from 'node:crypto';
import type { Desk } from '../../core/desk.ts';
import type { MediaFiles } from '../../core/media/media-ports.ts';
import { openMedium } from '../../core/media/read-image.ts';
import { acceptResultCode, type AcceptedResultCode } from '../../core/remediation/accept-result-code.ts';
import { listAttempts } from '../../core/remediation/attempt-list.ts';
import { importAttempts, type AttemptSources } from '../../core/remediation/import-attempts.ts';
import { nextTurn } from '../../core/keys/slices.ts';
import { mediaFiles } from '../../desk/image-file.ts';
import type { Handlers } from '../dispatch.ts';

/** Records out of files, folders, images and disks. */
export function attemptSources(files: MediaFiles): AttemptSources {
  return {
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
}

export function attemptHandlers(get: () => Desk): Pick<Handlers, 'attempts.import' | 'attempts.accept' | 'attempts.list'> {
  const sources = attemptSources(mediaFiles(randomUUID));
  return {
    'attempts.import': ({ paths }) => importAttempts(get(), sources, paths, nextTurn),
    'attempts.accept': async (order) => toWire(await acceptResultCode(get(), order, nextTurn)),
    'attempts.list': (page) => listAttempts(get().db, page),
  };
}

/** What a file that is larger than any record is read as: too large too. */
const TOO_LARGE = new Uint8Array(65_537);

type OnWire = AcceptedResultCode extends infer One ? (One extends { status: 'slip'; positions: readonly number[] } ? Omit<One, 'positions'> & { positions: number[] } : One) : never;

function toWire(taken: AcceptedResultCode): OnWire {
  return taken.status === 'slip' ? { ...taken, positions: [...taken.positions] } : taken;
}
