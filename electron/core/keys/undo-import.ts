// Undoes an import that was a mistake: what only this import brought in goes; what was disclosed, is on media, or came from elsewhere too stays and is listed.
import type { Database } from '../../store/database.ts';
import { AppError } from '../app-error.ts';
import { appendAudit } from '../audit/audit.ts';
import type { StayedBecause } from '../codes.ts';
import { nowOf, type Desk } from '../desk.ts';
import { undoHostIds } from '../hosts/host-ids.ts';
import { wakeHosts } from './store-hosts.ts';
import { takeTurn } from './import-turn.ts';
import { nextTurn } from './slices.ts';
import { undoHosts } from './undo-hosts.ts';
import { undoKeys } from './undo-keys.ts';

export interface StayedThing { readonly keyProtectorId: string | null; readonly hostname: string | null; readonly because: StayedBecause }

/** Nothing in it is secret. */
export interface UndoReport {
  readonly importId: number;
  readonly keyRecordsRemoved: number; readonly pagesRemoved: number; readonly hostsRemoved: number;
  /** Hosts that are no longer said to be down, or no longer ready because their only key is gone. */
  readonly hostsPutBack: number;
  /** Key protector IDs whose conflict is over. */
  readonly conflictsSettled: number;
  readonly keyRecordsStayed: number; readonly hostsStayed: number;
  /** The first 1,000 of what stayed. */
  readonly stayed: readonly StayedThing[];
}

/** What the steps of an undo share. */
export interface Undo {
  readonly db: Database; readonly importId: number; readonly at: string;
  readonly removed: { keyRecords: number; pages: number; hosts: number };
  readonly stayedCount: { keys: number; hosts: number };
  hostsPutBack: number;
  conflictsSettled: number;
  /** Hosts that have lost a key record. */
  readonly lostKey: Set<number>;
  readonly stay: (kind: 'keys' | 'hosts', thing: StayedThing) => void;
}

const LISTED = 1000;

/**
 * @param importId Of an import that has ended or was cut off.
 * @returns What went and what stayed. AppError `not-found`, `import-already-undone`. A cut-off undo is done to its end by calling it again.
 *          Rows: key_records and what belongs to them, sealed_pages, data_keys, hosts, host_events, imports, two audit lines. The report of the import stays readable.
 *          A sealed page goes when no record is left on it; facts that this import added to records and hosts of others stay.
 */
export async function undoImport(desk: Desk, importId: number): Promise<UndoReport> {
  const leave = await takeTurn(desk.db);
  try {
    const { db } = desk;
    const stayed: StayedThing[] = [];
    const undo: Undo = {
      db, importId, at: nowOf(desk), removed: { keyRecords: 0, pages: 0, hosts: 0 }, stayedCount: { keys: 0, hosts: 0 }, hostsPutBack: 0, conflictsSettled: 0, lostKey: new Set(),
      stay(kind, thing) {
        undo.stayedCount[kind] += 1;
        if (stayed.length < LISTED) stayed.push(thing);
      },
    };
    const moved = { got: new Set<number>(), lost: undo.lostKey };
    begin(desk, importId);
    for (const _ of undoKeys(undo)) await nextTurn();
    for (const _ of undoHostIds(desk.db, importId, moved)) await nextTurn();
    for (const _ of wakeHosts(desk.db, { ...undo, importFileId: 0, name: '', operator: desk.operator.name }, [...moved.got])) await nextTurn();
    for (const _ of undoHosts(undo)) await nextTurn();
    const report: UndoReport = {
      importId, keyRecordsRemoved: undo.removed.keyRecords, pagesRemoved: undo.removed.pages, hostsRemoved: undo.removed.hosts, hostsPutBack: undo.hostsPutBack,
      conflictsSettled: undo.conflictsSettled, keyRecordsStayed: undo.stayedCount.keys, hostsStayed: undo.stayedCount.hosts, stayed,
    };
    finish(desk, report);
    desk.changed('imports', 'keys', 'hosts', 'audit');
    return report;
  } finally {
    leave();
  }
}

function begin(desk: Desk, importId: number): void {
  desk.db.transaction(() => {
    const row = desk.db.prepare<[number], { undone_at: string | null }>('SELECT undone_at FROM imports WHERE import_id = ?').get(importId);
    if (row === undefined) throw new AppError('not-found', { importId });
    if (row.undone_at !== null) throw new AppError('import-already-undone', { importId, at: row.undone_at });
    appendAudit(desk.db, { at: nowOf(desk), operator: desk.operator.name, act: 'imports.undo', subject: String(importId), details: { importId, step: 'started' } });
  }).immediate();
}

function finish(desk: Desk, { stayed: _listed, ...figures }: UndoReport): void {
  desk.db.transaction(() => {
    const at = nowOf(desk);
    const { changes } = desk.db.prepare('UPDATE imports SET undone_at = ?, undone_by = ? WHERE import_id = ?').run(at, desk.operator.name, figures.importId);
    if (changes !== 1) throw new AppError('internal', { importId: figures.importId, changes });
    appendAudit(desk.db, { at, operator: desk.operator.name, act: 'imports.undo', subject: String(figures.importId), details: { step: 'finished', ...figures } });
  }).immediate();
}
