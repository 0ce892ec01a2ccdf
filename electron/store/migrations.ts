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

const MIGRATIONS: readonly string[] = [firstTables, importUndo, coverageAndListings, rotations, mediaHolders, policies, incidents, callerLookups, hostViews, eventsByInstant, hostIds, listingsBound, factsSaid, reportFacts, columnMappings];

export const latestVersion = MIGRATIONS.length;

/** Brings a database from `version` to `to`, each step in a transaction of its own. */
export function migrate(db: Database, version: number, to = latestVersion): void {
  for (let next = version; next < to; next += 1) {
    db.transaction(() => {
      db.exec(MIGRATIONS[next] ?? '');
      db.pragma(`user_version = ${next + 1}`);
    }).immediate();
  }
}
