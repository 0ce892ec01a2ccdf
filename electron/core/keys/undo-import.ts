// Undoes an import that was a mistake: what only this import brought in goes; what was disclosed, is on media, or came from elsewhere too stays and is listed.
import type { Database } from '../../store/database.ts';
import { AppError } from '../app-error.ts';
import { appendAudit } from '../audit/audit.ts';
import type { StayedBecause } from '../codes.ts';
import { nowOf, type Desk } from '../desk.ts';
import { undoLaps } from '../laps/undo-laps.ts';
import { undoHostIds } from '../hosts/host-ids.ts';
import { mergeHostSearch } from './host-search.ts';
import { putBackReady, wakeHosts } from './store-hosts.ts';
import { takeTurn } from './import-turn.ts';
import { beginLongJob } from './long-job.ts';
import { undoHosts } from './undo-hosts.ts';
import { dropEmptyPages, undoKeys } from './undo-keys.ts';
import { undoListedKeys } from './undo-listed-keys.ts';

export interface StayedThing { readonly keyProtectorId: string | null; readonly hostname: string | null; readonly because: StayedBecause }

/** Nothing in it is secret. */
export interface UndoReport {
  readonly importId: number;
  readonly keyRecordsRemoved: number; readonly lapsPasswordsRemoved: number; /** Keys that a list had named without their recovery passwords. */ readonly listedKeysRemoved: number; readonly pagesRemoved: number; readonly hostsRemoved: number;
  /** Hosts that are no longer said to be down, or no longer ready because their only key is gone. */
  readonly hostsPutBack: number;
  /** Key protector IDs whose conflict is over. */
  readonly conflictsSettled: number;
  readonly keyRecordsStayed: number; readonly hostsStayed: number;
  /** The first 1,000 of what stayed. */
  readonly stayed: readonly StayedThing[];
  /** Broken off: the rest of the import is still in. */
  readonly cancelled: boolean;
}

/** Of what the import's own report counts; done once before, it may end short of that. */
export interface UndoProgress { readonly keyRecords: number; readonly ofKeyRecords: number; readonly hosts: number; readonly ofHosts: number }

export interface UndoWatch { readonly signal?: AbortSignal; /** Called between transactions, a hundred times a second. */ readonly tell?: (progress: UndoProgress) => void }

/** What the steps of an undo share. */
export interface Undo {
  readonly db: Database; readonly importId: number; readonly at: string;
  readonly removed: { keyRecords: number; lapsPasswords: number; pages: number; hosts: number; listedKeys: number };
  readonly stayedCount: { keys: number; hosts: number };
  hostsPutBack: number;
  conflictsSettled: number;
  /** Hosts that have lost a key record. */
  readonly lostKey: Set<number>;
  readonly stay: (kind: 'keys' | 'hosts', thing: StayedThing) => void;
}

const LISTED = 1000;

/**
 * @param importId Of an import that has ended or was cut off. @param watch Who is told, and may break it off: then what was taken back stays taken back, the desk as sound as ever, and the rest in.
 * @returns What went and what stayed. AppError `not-found`, `import-already-undone`, `cancelled` (before its turn had come). One that was broken off is done to its end by calling it again.
 *          Rows: key_records, laps_passwords and what belongs to them, sealed_pages, data_keys, hosts, host_events, imports, two audit lines. The report of the import stays readable.
 *          A sealed page goes when no record is left on it; facts that this import added to records and hosts of others stay.
 */
export async function undoImport(desk: Desk, importId: number, { signal, tell }: UndoWatch = {}): Promise<UndoReport> {
  const leave = await takeTurn(desk.db, signal);
  try {
    const { db } = desk;
    const stayed: StayedThing[] = [];
    const undo: Undo = {
      db, importId, at: nowOf(desk), removed: { keyRecords: 0, lapsPasswords: 0, pages: 0, hosts: 0, listedKeys: 0 }, stayedCount: { keys: 0, hosts: 0 }, hostsPutBack: 0, conflictsSettled: 0, lostKey: new Set(),
      stay(kind, thing) {
        undo.stayedCount[kind] += 1;
        if (stayed.length < LISTED) stayed.push(thing);
      },
    };
    begin(desk, importId);
    await using job = beginLongJob(desk);
    const whole = readWhole(db, importId);
    let cancelled = false;
    for (const { work, tidies } of stepsOf(desk, undo)) {
      if (cancelled && !tidies) continue;
      for (const _ of work()) {
        tell?.(progressOf(undo, whole));
        await job.turn();
        cancelled ||= signal?.aborted === true;
        if (cancelled && !tidies) break;
      }
    }
    const report: UndoReport = {
      importId, keyRecordsRemoved: undo.removed.keyRecords, lapsPasswordsRemoved: undo.removed.lapsPasswords, listedKeysRemoved: undo.removed.listedKeys, pagesRemoved: undo.removed.pages, hostsRemoved: undo.removed.hosts, hostsPutBack: undo.hostsPutBack,
      conflictsSettled: undo.conflictsSettled, keyRecordsStayed: undo.stayedCount.keys, hostsStayed: undo.stayedCount.hosts, stayed, cancelled,
    };
    finish(desk, report);
    desk.changed('imports', 'keys', 'hosts', 'audit');
    return report;
  } finally {
    leave();
  }
}

/** What tidies is done to its end even when the rest is broken off: no page without a record, and no host ready without a key, is left behind, and the search of host names in a few pieces. */
function stepsOf(desk: Desk, undo: Undo): readonly { readonly work: () => Generator<void>; readonly tidies: boolean }[] {
  const { db, importId } = undo;
  const moved = { got: new Set<number>(), lost: undo.lostKey };
  return [
    { work: () => undoKeys(undo), tidies: false },
    { work: () => undoLaps(undo), tidies: false },
    { work: () => undoHostIds(db, importId, moved), tidies: false },
    { work: () => wakeHosts(db, { ...undo, importFileId: 0, name: '', operator: desk.operator.name }, [...moved.got]), tidies: true },
    { work: () => undoListedKeys(undo), tidies: false },
    { work: () => undoHosts(undo), tidies: false },
    { work: () => putBackReady(db, [...undo.lostKey], undo.at, () => { undo.hostsPutBack += 1; }), tidies: true },
    { work: () => dropEmptyPages(undo), tidies: true },
    { work: function* () { if (undo.removed.hosts > 0) yield* mergeHostSearch(db); }, tidies: true },
  ];
}

const readWhole = (db: Database, importId: number): { keyRecords: number; hosts: number } =>
  db.prepare<[number], { keyRecords: number; hosts: number }>('SELECT coalesce(sum(imported + conflicts), 0) AS keyRecords, coalesce(sum(hosts), 0) AS hosts FROM import_files WHERE import_id = ?').get(importId) ?? { keyRecords: 0, hosts: 0 };

function progressOf({ removed, stayedCount }: Undo, { keyRecords, hosts }: { keyRecords: number; hosts: number }): UndoProgress {
  return { keyRecords: Math.min(keyRecords, removed.keyRecords + stayedCount.keys), ofKeyRecords: keyRecords, hosts: Math.min(hosts, removed.hosts + stayedCount.hosts), ofHosts: hosts };
}

function begin(desk: Desk, importId: number): void {
  desk.db.transaction(() => {
    const row = desk.db.prepare<[number], { undone_at: string | null }>('SELECT undone_at FROM imports WHERE import_id = ?').get(importId);
    if (row === undefined) throw new AppError('not-found', { importId });
    if (row.undone_at !== null) throw new AppError('import-already-undone', { importId, at: row.undone_at });
    appendAudit(desk.db, { at: nowOf(desk), operator: desk.operator.name, act: 'imports.undo', subject: String(importId), details: { importId, step: 'started' } });
  }).immediate();
}

function finish(desk: Desk, { stayed: _listed, cancelled, ...figures }: UndoReport): void {
  desk.db.transaction(() => {
    const at = nowOf(desk);
    if (!cancelled) {
      const { changes } = desk.db.prepare('UPDATE imports SET undone_at = ?, undone_by = ? WHERE import_id = ?').run(at, desk.operator.name, figures.importId);
      if (changes !== 1) throw new AppError('internal', { importId: figures.importId, changes });
    }
    appendAudit(desk.db, { at, operator: desk.operator.name, act: 'imports.undo', subject: String(figures.importId), details: { step: cancelled ? 'cancelled' : 'finished', ...figures } });
  }).immediate();
}
