// Forward-only migrations, one file each; the database remembers how far it has come in user_version.
import type { Database } from './database.ts';
import { firstTables } from './migrations/0001-first-tables.ts';
import { importUndo } from './migrations/0002-import-undo.ts';
import { coverageAndListings } from './migrations/0003-coverage-and-listings.ts';
import { rotations } from './migrations/0004-rotations.ts';
import { mediaHolders } from './migrations/0005-media-holders.ts';
import { policies } from './migrations/0006-policies.ts';
import { incidents } from './migrations/0007-incidents.ts';
import { callerLookups } from './migrations/0008-caller-lookups.ts';
import { hostViews } from './migrations/0009-host-views.ts';
import { eventsByInstant } from './migrations/0010-events-by-instant.ts';
import { hostIds } from './migrations/0011-host-ids.ts';
import { listingsBound } from './migrations/0012-listings-bound.ts';
import { factsSaid } from './migrations/0013-facts-said.ts';
import { reportFacts } from './migrations/0014-report-facts.ts';
import { columnMappings } from './migrations/0015-column-mappings.ts';
import { walkIns } from './migrations/0016-walk-ins.ts';
import { lapsPasswords } from './migrations/0017-laps-passwords.ts';
import { keptCourse } from './migrations/0018-kept-course.ts';
import { agentModes } from './migrations/0019-agent-modes.ts';
import { hostRoutes } from './migrations/0020-host-routes.ts';
import { mediaOnDisks } from './migrations/0021-media-on-disks.ts';
import { purges } from './migrations/0022-purges.ts';
import { reportScopes } from './migrations/0023-report-scopes.ts';
import { directoryNames } from './migrations/0024-directory-names.ts';
import { hostDescriptions } from './migrations/0025-host-descriptions.ts';
import { mediaLoaders } from './migrations/0026-media-loaders.ts';
import { hostAssignments } from './migrations/0027-host-assignments.ts';
import { readOut } from './migrations/0028-read-out.ts';
import { movesOfPlans } from './migrations/0029-moves-of-plans.ts';
import { listedKeys } from './migrations/0030-listed-keys.ts';
import { endedConfirmations } from './migrations/0031-ended-confirmations.ts';
import { whatListsSay } from './migrations/0032-what-lists-say.ts';
import { hostsCountedTogether } from './migrations/0033-hosts-counted-together.ts';
import { endedAskings } from './migrations/0034-ended-askings.ts';
import { attemptsTold } from './migrations/0035-attempts-told.ts';
import { pagesByDataKey } from './migrations/0036-pages-by-data-key.ts';
import { reportLists } from './migrations/0037-report-lists.ts';
import { manualMedia } from './migrations/0038-manual-media.ts';
import { keysTimedByImport } from './migrations/0039-keys-timed-by-import.ts';
import { recordsOfAnImport } from './migrations/0040-records-of-an-import.ts';
import { processOfAnImport } from './migrations/0041-process-of-an-import.ts';

/** SQL, or what has to be told from rows that are there. */
const MIGRATIONS: readonly (string | ((db: Database) => void))[] = [firstTables, importUndo, coverageAndListings, rotations, mediaHolders, policies, incidents, callerLookups, hostViews, eventsByInstant, hostIds, listingsBound, factsSaid, reportFacts, columnMappings, walkIns, lapsPasswords, keptCourse, agentModes, hostRoutes, mediaOnDisks, purges, reportScopes, directoryNames, hostDescriptions, mediaLoaders, hostAssignments, readOut, movesOfPlans, listedKeys, endedConfirmations, whatListsSay, hostsCountedTogether, endedAskings, attemptsTold, pagesByDataKey, reportLists, manualMedia, keysTimedByImport, recordsOfAnImport, processOfAnImport];

export const latestVersion = MIGRATIONS.length;

/**
 * Brings a database from `version` to `to`, each step in a transaction of its own.
 *
 * Foreign keys are off meanwhile, which a transaction can not do itself: a step may build a table anew that others refer to. It is checked that all of them still hold.
 * @source https://sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes"
 */
export function migrate(db: Database, version: number, to = latestVersion): void {
  if (version >= to) return;
  const enforced = Number(db.pragma('foreign_keys', { simple: true }));
  db.pragma('foreign_keys = OFF');
  try {
    for (let next = version; next < to; next += 1) {
      db.transaction(() => {
        const step = MIGRATIONS[next] ?? '';
        if (typeof step === 'string') db.exec(step);
        else step(db);
        const rebuilt = typeof step === 'string' ? /^DROP TABLE (\w+)/m.exec(step)?.[1] : undefined;
        if (rebuilt !== undefined && hasDangling(db, rebuilt)) throw new Error(`step ${next + 1} leaves rows that refer to nothing`);
        db.pragma(`user_version = ${next + 1}`);
      }).immediate();
    }
  } finally {
    db.pragma(`foreign_keys = ${enforced}`);
  }
}

/** Looks at the table and at those that refer to it. */
const hasDangling = (db: Database, rebuilt: string): boolean =>
  db.prepare<[string, string], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND (name = ? OR sql LIKE '%REFERENCES ' || ? || '%')").all(rebuilt, rebuilt)
    .some(({ name }) => (db.pragma(`foreign_key_check(${name})`) as unknown[]).length > 0);
