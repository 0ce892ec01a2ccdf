// LAPS passwords as lists show them. Nothing in it is secret: a LAPS password leaves the store through core/disclosure only.
import type { ReadableDatabase } from '../../store/database.ts';
import { prepared } from '../keys/prepared.ts';

export interface LapsCandidate {
  readonly lapsPasswordId: number; readonly hostId: number; readonly hostname: string;
  /** Null: the source does not say (legacy LAPS); the built-in administrator, whatever its name is there. */
  readonly account: string | null;
  readonly updatedAt: string | null; readonly expiresAt: string | null; readonly importedAt: string;
  readonly source: string; readonly sourceRow: number;
  /** When it left the vault last. */
  readonly disclosedAt: string | null;
  /** Another source gives another password of the same moment. */
  readonly conflict: boolean;
  /** The latest of its account, as far as the sources say: the one to try first. */
  readonly latest: boolean;
}

interface Row extends Omit<LapsCandidate, 'conflict' | 'latest'> { readonly conflict: number }

/**
 * A password's own date decides: when it was set, else when it ends, else when it came in. The passwords of hosts that were joined into this one are its own.
 *
 * @returns The latest of each account first.
 */
const LAPS_OF_HOST = `
  SELECT p.laps_password_id AS lapsPasswordId, h.host_id AS hostId, h.hostname, p.account, p.updated_at AS updatedAt, p.expires_at AS expiresAt, p.imported_at AS importedAt, f.name AS source, p.source_row AS sourceRow,
         (SELECT max(d.at) FROM disclosures d WHERE d.laps_password_id = p.laps_password_id) AS disclosedAt, p.conflict
    FROM laps_passwords p JOIN import_files f ON f.import_file_id = p.import_file_id JOIN hosts h ON h.host_id = @host
   WHERE p.host_id = @host OR p.host_id IN (SELECT host_id FROM hosts WHERE joined_into = @host)
   ORDER BY coalesce(p.updated_at, p.expires_at, p.imported_at) DESC, p.laps_password_id DESC LIMIT 100`;

/** @returns The LAPS passwords of a host, none of them shown; the first of an account is its latest. */
export function listLapsOfHost(db: ReadableDatabase, hostId: number): LapsCandidate[] {
  const seen = new Set<string>();
  return prepared<[{ host: number }], Row>(db, LAPS_OF_HOST).all({ host: hostId }).map(({ conflict, ...row }) => {
    const account = row.account?.toLowerCase() ?? '';
    const latest = !seen.has(account);
    seen.add(account);
    return { ...row, conflict: conflict === 1, latest };
  });
}

/** @returns How many there are, of how many hosts. */
export function countLaps(db: ReadableDatabase): { readonly passwords: number; readonly hosts: number } {
  return prepared<[], { passwords: number; hosts: number }>(db, 'SELECT count(*) AS passwords, count(DISTINCT host_id) AS hosts FROM laps_passwords').get() ?? { passwords: 0, hosts: 0 };
}
