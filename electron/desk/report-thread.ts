// Entry of the thread that makes a report: it reads the store in one transaction of its own, which nobody waits for, and changes nothing in it.
import { parentPort, workerData } from 'node:worker_threads';
import { AppError, type ErrorCode, type ErrorFacts } from '../core/app-error.ts';
import { openForReading } from '../store/connections.ts';
import { findStoreError } from '../store/database.ts';
import { inPieces, makeReportFile, type ReportFile, type ReportFileOrder } from './report-file.ts';

/** What the thread is started with. `key1` is secret and overwritten once the store is open. */
export interface ReportTask { readonly path: string; readonly key1: Uint8Array; readonly order: ReportFileOrder }
/** `read`, then `made` with everything but the content, then the content in `pieces` of a megabyte; or `failed`. */
export type FromReport =
  | { readonly kind: 'read' }
  | ({ readonly kind: 'made'; readonly pieces: number } & Omit<ReportFile, 'content'>)
  | { readonly kind: 'piece'; readonly content: string }
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly facts: ErrorFacts };

async function serve(port: NonNullable<typeof parentPort>, { path, key1, order }: ReportTask): Promise<void> {
  const say = (message: FromReport, moved: ArrayBuffer[] = []): void => port.postMessage(message, moved);
  const db = openForReading(path, key1);
  key1.fill(0);
  try {
    const { content, ...made } = await makeReportFile(db, order, () => say({ kind: 'read' }));
    const pieces = inPieces(content);
    say({ kind: 'made', pieces: pieces.length, ...made }, made.toKeep === null ? [] : [made.toKeep.packed.buffer]);
    for (const piece of pieces) say({ kind: 'piece', content: piece });
  } catch (error) {
    const known = error instanceof AppError ? error : findStoreError(error);
    if (known === null) throw error;
    say({ kind: 'failed', code: known.code, facts: known.facts });
  } finally {
    db.close();
    port.close();
  }
}

if (parentPort !== null) await serve(parentPort, workerData as ReportTask); // started by report-maker.ts only
