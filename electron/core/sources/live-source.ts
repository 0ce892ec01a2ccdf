// A directory or a tenant as a source of an import: it goes the way of a file, from its rows on (one register entry, report, rejections, undo).
import type { IntakeBatch, IntakeHeader } from '../../formats/intake/intake.ts';
import type { SourceFile, SourceFiles } from '../keys/import-keys.ts';
import { stageRuns } from '../keys/read-runs.ts';

/** How big a source is, is not known before its end; what has come is counted in rows. */
const UNKNOWN_SIZE = 0;

/**
 * @param server  Where it is: `ldaps://dc.corp.example`.
 * @param name  What of it is read, as people know it: `OU=Laptops,DC=corp,DC=example`. It becomes the name of the source.
 * @param read  Reads it once. What it throws is reported as of a file that could not be read to its end; what came before is in.
 */
export function liveSource(server: string, name: string, read: () => AsyncIterable<IntakeHeader | IntakeBatch>): SourceFiles {
  const source: SourceFile = {
    path: `${server}/${name}`, name, sizeBytes: UNKNOWN_SIZE,
    async *chunks() { /* it has rows, not bytes */ },
    runs: (options) => stageRuns(untilStopped(read(), options.signal), options),
  };
  return { list: () => Promise.resolve([source]) };
}

/** A connection that was closed because the import was cancelled is no failure. */
async function* untilStopped<T>(parts: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  try {
    yield* parts;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
