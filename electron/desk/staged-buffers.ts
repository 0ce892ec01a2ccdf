// The columns of a run on their way between threads.
import type { StagedRun } from '../core/keys/staged-rows.ts';

/** Handed over, not copied: no password stays behind in the memory of the thread that read it. */
export const buffersOf = ({ keys: { byId, ...keys } }: StagedRun): ArrayBuffer[] =>
  [keys.ids, keys.hasId, keys.passwords, keys.fingerprints, keys.sourceRows, keys.rowsAsText, keys.hosts, byId.indices, byId.indicesAsText, byId.ids].map((column) => column.buffer);
