// Puts the LAPS passwords of a run into the store. They change by themselves, so another password of the same account is a newer or an older one;
// only one of the very same time is a contradiction.
import type { Database } from '../../store/database.ts';
import type { PageSealer } from '../../store/sealed-pages.ts';
import { prepared } from '../keys/prepared.ts';
import { inSlices } from '../keys/slices.ts';
import { LAPS_CELL_BYTES, LAPS_PER_PAGE } from './laps-cell.ts';
import type { StagedLaps } from './staged-laps.ts';

export interface LapsRun {
  readonly db: Database; readonly importFileId: number; readonly at: string; readonly laps: readonly StagedLaps[];
  /** Index in the run's hosts → host_id. */
  readonly hostIds: Float64Array;
  readonly sealer: () => PageSealer;
}

interface Known { readonly id: number; readonly account: string | null; readonly updatedAt: string | null; readonly expiresAt: string | null; readonly fingerprint: Uint8Array }

/** @returns Yields between transactions. Rows: laps_passwords, laps_password_sources, sealed_pages, figures of the file; cells are overwritten. */
export function* storeLaps({ db, importFileId, at, laps, hostIds, sealer }: LapsRun): Generator<void> {
  const ofHost = prepared<[number], Known>(db, 'SELECT laps_password_id AS id, account, updated_at AS updatedAt, expires_at AS expiresAt, fingerprint FROM laps_passwords WHERE host_id = ?');
  const fill = prepared(db, 'UPDATE laps_passwords SET account = coalesce(account, ?), updated_at = coalesce(updated_at, ?), expires_at = coalesce(?, expires_at) WHERE laps_password_id = ?');
  const note = prepared(db, 'INSERT OR IGNORE INTO laps_password_sources (laps_password_id, import_file_id, source_row) VALUES (?, ?, ?)');
  const insert = prepared(db, `INSERT INTO laps_passwords (host_id, account, updated_at, expires_at, imported_at, import_file_id, source_row, page_id, place, fingerprint, conflict)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const contradict = prepared(db, 'UPDATE laps_passwords SET conflict = 1 WHERE laps_password_id = ?');
  const count = prepared(db, 'UPDATE import_files SET laps_imported = laps_imported + ?, laps_unchanged = laps_unchanged + ?, laps_conflicts = laps_conflicts + ?, laps_encrypted = laps_encrypted + ? WHERE import_file_id = ?');

  yield* inSlices(db, Math.ceil(laps.length / LAPS_PER_PAGE), (from, to) => {
    for (let page = from; page < to; page += 1) {
      const fresh: { staged: StagedLaps; hostId: number; conflict: boolean }[] = [];
      const figures = { unchanged: 0, conflicts: 0, encrypted: 0 };
      const again: { hostId: number; staged: StagedLaps }[] = [];
      for (const staged of laps.slice(page * LAPS_PER_PAGE, (page + 1) * LAPS_PER_PAGE)) {
        const hostId = hostIds[staged.host] ?? 0;
        const { fingerprint } = staged;
        if (fingerprint === null || hostId === 0) {
          if (fingerprint === null) figures.encrypted += 1;
          continue;
        }
        const known = ofHost.all(hostId);
        const same = known.find((one) => isSame(one.fingerprint, fingerprint) && isOneAccount(one, staged));
        if (same !== undefined) {
          fill.run(staged.account, staged.updatedAt, staged.expiresAt, same.id);
          note.run(same.id, importFileId, staged.row);
          figures.unchanged += 1;
          continue;
        }
        const beside = fresh.filter((one) => one.hostId === hostId);
        if (beside.some((one) => isSame(one.staged.fingerprint ?? fingerprint, fingerprint) && isOneAccount(one.staged, staged))) {
          again.push({ hostId, staged }); // its record is not there yet
          continue;
        }
        const rivals = known.filter((one) => contradicts(one, staged));
        for (const { id } of rivals) contradict.run(id);
        const rivalsHere = beside.filter((one) => contradicts(one.staged, staged));
        for (const one of rivalsHere) one.conflict = true;
        const conflict = rivals.length + rivalsHere.length > 0;
        if (conflict) figures.conflicts += 1;
        fresh.push({ staged, hostId, conflict });
      }
      if (fresh.length > 0) {
        const cells = new Uint8Array(fresh.length * LAPS_CELL_BYTES);
        fresh.forEach(({ staged }, place) => { cells.set(staged.cell ?? [], place * LAPS_CELL_BYTES); });
        const pageId = sealer().seal(cells);
        fresh.forEach(({ staged, hostId, conflict }, place) => {
          const id = Number(insert.run(hostId, staged.account, staged.updatedAt, staged.expiresAt, at, importFileId, staged.row, pageId, place, staged.fingerprint, conflict ? 1 : 0).lastInsertRowid);
          note.run(id, importFileId, staged.row);
        });
      }
      for (const { hostId, staged } of again) {
        const same = ofHost.all(hostId).find((one) => isSame(one.fingerprint, staged.fingerprint ?? one.fingerprint) && isOneAccount(one, staged));
        if (same !== undefined) fill.run(staged.account, staged.updatedAt, staged.expiresAt, same.id);
        figures.unchanged += 1;
      }
      count.run(fresh.length - figures.conflicts, figures.unchanged, figures.conflicts, figures.encrypted, importFileId);
    }
  });
  for (const { cell } of laps) cell?.fill(0);
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean => Buffer.compare(one, other) === 0;

/** Legacy LAPS does not say whose the password is. */
const isOneAccount = (one: { readonly account: string | null }, other: { readonly account: string | null }): boolean =>
  one.account === null || other.account === null || one.account.toLowerCase() === other.account.toLowerCase();

type Dated = Pick<Known, 'account' | 'updatedAt' | 'expiresAt'>;
/** Two passwords of one account that were both set at, or both end at, the same moment. */
const contradicts = (one: Dated, other: Dated): boolean =>
  isOneAccount(one, other) && (one.updatedAt !== null && other.updatedAt !== null ? one.updatedAt === other.updatedAt : one.updatedAt === null && other.updatedAt === null && one.expiresAt !== null && one.expiresAt === other.expiresAt);
