// Attempts as the lists show them, newest import first.
import type { ReadableDatabase } from '../../store/database.ts';
import type { AttemptOutcome, AttemptProof, BlockedReason } from '../codes.ts';
import type { PlaceKind } from '../media/attempt-record.ts';
import { parseAttemptRecord } from '../media/attempt-record-reader.ts';

export interface AttemptRow {
  readonly attemptId: string; readonly mediaId: string | null; readonly hostId: number | null; readonly hostname: string | null; readonly outcome: AttemptOutcome;
  readonly blockedReason: BlockedReason | null; readonly proof: AttemptProof;
  /** By the host's own clock. */
  readonly startedAt: string | null; readonly finishedAt: string | null;
  readonly importedAt: string; readonly removed: number; readonly computerName: string | null;
  /** ID and version of the recipe it ran: `channel-file-291 1`. */
  readonly recipe: string | null;
  /** Where the host has several Windows or data volumes with the recipe's folder: what each came to. Empty for all others. */
  readonly windows: AttemptWindows[];
}

export interface AttemptWindows {
  /** The computer's name as that Windows has it, or its place: `D:\Windows`. */
  readonly name: string; readonly kind: PlaceKind; readonly outcome: AttemptOutcome | null; readonly blockedReason: BlockedReason | null;
}

type Row = Omit<AttemptRow, 'windows'> & { readonly several: string | null };

const COLUMNS = `a.attempt_id AS attemptId, a.media_id AS mediaId, a.host_id AS hostId, h.hostname, a.outcome, a.blocked_reason AS blockedReason, a.proof,
  a.started_at AS startedAt, a.finished_at AS finishedAt, a.imported_at AS importedAt, a.removed, a.computer_name AS computerName, a.recipe_id || ' ' || a.recipe_version AS recipe,
  CASE WHEN instr(a.record, 'windows.2.volume=') > 0 THEN a.record END AS several`;

/** @returns Attempts, the one taken in last first. */
export function listAttempts(db: ReadableDatabase, page: { readonly offset: number; readonly limit: number }): { total: number; rows: AttemptRow[] } {
  const total = db.prepare<[], { n: number }>('SELECT count(*) AS n FROM attempts').get()?.n ?? 0;
  // The order of taking in, which rowid is, needs no sort and no look into the records.
  const rows = db.prepare<[number, number], Row>(`SELECT ${COLUMNS} FROM attempts a LEFT JOIN hosts h USING (host_id) ORDER BY a.rowid DESC LIMIT ? OFFSET ?`).all(page.limit, page.offset).map(toAttemptRow);
  return { total, rows };
}

/** @returns Attempts of one medium, newest import first; at most `limit`. */
export const listAttemptsOfMedium = (db: ReadableDatabase, mediaId: string, limit: number): AttemptRow[] =>
  db.prepare<[string, number], Row>(`SELECT ${COLUMNS} FROM attempts a LEFT JOIN hosts h USING (host_id) WHERE a.media_id = ? ORDER BY a.rowid DESC LIMIT ?`).all(mediaId, limit).map(toAttemptRow);

function toAttemptRow({ several, ...row }: Row): AttemptRow {
  const parsed = several === null ? null : parseAttemptRecord(Buffer.from(several, 'latin1'));
  const record = parsed?.status === 'ok' ? parsed.record : null;
  return {
    ...row, windows: (record?.windows ?? []).map(({ volume, root, computerName, kind, outcome, blockedReason }) => ({
      name: computerName ?? `${record?.volumes[volume - 1]?.letter ?? '?'}:\\${root}`, kind, outcome, blockedReason,
    })),
  };
}
