// Makes a report in a thread of its own, so that the desk answers everybody meanwhile.
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { AppError } from '../core/app-error.ts';
import type { Desk } from '../core/desk.ts';
import { inPieces, makeReportFile, type ReportFile, type ReportFileOrder } from './report-file.ts';
import type { FromReport, ReportTask } from './report-thread.ts';
import { openInbox } from './thread-inbox.ts';

export type ReportStep = { readonly kind: 'reading' } | { readonly kind: 'writing' } | ({ readonly kind: 'made' } & Omit<ReportFile, 'content'>) | { readonly kind: 'piece'; readonly content: string };

/** The thread's entry lies beside this file, as a source or as built. */
const ENTRY = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? './report-thread.ts' : './report-thread.js', import.meta.url));

/**
 * @param signal Ends it at once. @param order `asOf` not later than now.
 * @returns How far it is; when it is made what stands beside the file, which comes in pieces then. What is written to the store from its first step on is not in it. Nothing is written to the store here.
 *          AppError `not-found` (no such incident or wave), `cancelled`.
 */
export async function* makeReportApart({ db, keys }: Pick<Desk, 'db' | 'keys'>, order: ReportFileOrder, signal: AbortSignal): AsyncGenerator<ReportStep, void> {
  if (db.memory) { // no other thread can read it
    yield { kind: 'reading' };
    const { content, ...made } = await makeReportFile(db, order, () => undefined);
    yield { kind: 'made', ...made };
    for (const piece of inPieces(content)) yield { kind: 'piece', content: piece };
    return;
  }
  const thread = new Worker(ENTRY, { name: 'report', workerData: { path: db.name, key1: Uint8Array.from(keys.key1), order } satisfies ReportTask });
  const inbox = openInbox<FromReport>(thread, 'the store for a report');
  const next = async (): Promise<FromReport> => {
    const said = await inbox.next({ signal, withinMs: 0x7fff_ffff });
    if (said === null) throw new AppError('cancelled');
    if (said.kind === 'failed') throw new AppError(said.code, said.facts);
    return said;
  };
  try {
    yield { kind: 'reading' };
    for (let said = await next(), left = 1; ; said = await next()) {
      if (said.kind === 'read') yield { kind: 'writing' };
      else if (said.kind === 'made') {
        const { pieces, ...made } = said;
        left = pieces;
        yield made;
      } else if (said.kind === 'piece') {
        yield said;
        left -= 1;
        if (left === 0) return;
      }
    }
  } finally {
    void thread.terminate();
  }
}
