// Wipes a medium in place: bundle, results and tables are overwritten and read back, and only then the register says so.
import { AppError } from '../app-error.ts';
import type { Desk } from '../desk.ts';
import type { AttemptSources } from '../remediation/import-attempts.ts';
import type { Area } from './areas.ts';
import type { CommitOptions, MediaFiles } from './media-ports.ts';
import type { Medium } from './media-register.ts';
import { actOnMedium } from './medium-acts.ts';
import { expectMediumOn, noteReturn, takeResults, type StickAtHand, type TakenResults } from './returned-stick.ts';
import { withProgress } from './with-progress.ts';

export interface WipeLoan {
  readonly stick: StickAtHand;
  readonly files: MediaFiles;
  readonly sources: AttemptSources;
  /** Overwrites and reads back. @returns How many bytes are proven to be zeros, tables not counted. */
  readonly erase: (areas: readonly Area[], options: CommitOptions) => Promise<number>;
  readonly breathe: () => Promise<void>;
}

export interface WipeProgress { readonly step: 'write' | 'verify'; readonly doneBytes: number; readonly totalBytes: number }
export interface WipedMedium { readonly medium: Medium; readonly results: TakenResults; readonly erasedBytes: number }

/**
 * @returns Yields progress, returns the medium, *wiped*. Its keys stay disclosed: whoever had the stick may have a copy.
 * @throws AppError as `expectMediumOn`, `takeResults`, `erase`; `not-in-this-state`; `nothing-to-wipe` when nobody can say where its bundle lies. Then the
 *         register says nothing of wiping; a disk that was begun has no table.
 */
export async function* wipeMediumOnDisk(desk: Desk, { mediaId, note, evenUnread }: { readonly mediaId: string; readonly note?: string | undefined; readonly evenUnread: boolean }, lent: WipeLoan, signal: AbortSignal): AsyncGenerator<WipeProgress, WipedMedium> {
  const { medium, now, areas } = await expectMediumOn(desk, mediaId, lent.stick, lent.files);
  if (medium.state === 'wiped' && now !== 'on-it') throw new AppError('not-in-this-state', { mediaId, state: medium.state });
  if (areas.length === 0) throw new AppError('nothing-to-wipe', { mediaId, disk: lent.stick.disk.id });
  const results = await takeResults(desk, mediaId, { now, stick: lent.stick, sources: lent.sources, evenUnread, breathe: lent.breathe });
  noteReturn(desk, medium, lent.stick.disk);
  const stop = new AbortController();
  const erasedBytes = yield* withProgress<WipeProgress, number>(
    (tell) => lent.erase(areas, { signal: AbortSignal.any([signal, stop.signal]), onProgress: (step, doneBytes, totalBytes) => { desk.changed(); tell({ step, doneBytes, totalBytes }); } }), () => stop.abort(),
  );
  const { serial } = lent.stick.disk;
  return { medium: actOnMedium(desk, { mediaId, to: 'wiped', note, facts: { erasedBytes, readBack: true, serial: serial ?? 'none' } }).medium, results, erasedBytes };
}
