// What an attempt came to for each host concerned: a machine may hold the Windows of several, the disk of another one plugged in or a second system beside the first.
import type { ReadableDatabase } from '../../store/database.ts';
import type { AttemptOutcome, BlockedReason } from '../codes.ts';
import { findKeyRecords } from '../keys/key-list.ts';
import { prepared } from '../keys/prepared.ts';
import type { AttemptRecord, RecordedWindows } from '../media/attempt-record.ts';

/** A reason with `blocked` and only then. */
export interface CameTo { readonly outcome: AttemptOutcome; readonly blockedReason: BlockedReason | null }
export interface OtherHost extends CameTo { readonly hostId: number }

/**
 * Parts an attempt among its hosts.
 *
 * @param hostId Whose attempt it is as a whole.
 * @returns What it came to for that host, and for every other one whose Windows it opened, by host. Of another host is a Windows whose volume was opened here and whose key
 *          protector IDs are of key records of that host alone; a volume that stayed locked proves nothing of it. Where there is no other, `own` is what the record says.
 */
export function shareOut(db: ReadableDatabase, record: AttemptRecord, hostId: number): { readonly own: CameTo; readonly others: readonly OtherHost[] } {
  const whole: CameTo = { outcome: record.outcome, blockedReason: record.blockedReason };
  const places = record.windows.flatMap((windows) => (windows.outcome === null ? [] : [{ windows, came: { outcome: windows.outcome, blockedReason: windows.blockedReason }, owner: ownerOf(db, record, windows) ?? hostId }]));
  const own = places.filter(({ owner }) => owner === hostId);
  // A data volume of another host says nothing about its Windows.
  const others = Map.groupBy(places.filter(({ owner, windows }) => owner !== hostId && windows.kind === 'windows'), ({ owner }) => owner);
  if (others.size === 0) return { own: whole, others: [] };
  return { own: own.length === 0 ? whole : together(own), others: [...others].map(([owner, theirs]) => ({ hostId: owner, ...together(theirs) })) };
}

function ownerOf(db: ReadableDatabase, record: AttemptRecord, { volume: place }: RecordedWindows): number | null {
  const volume = record.volumes[place - 1];
  if (volume === undefined || (volume.openedBy !== 'bundle' && volume.openedBy !== 'typed')) return null;
  const hostOf = prepared<[number], { host_id: number | null }>(db, 'SELECT host_id FROM key_records WHERE key_record_id = ?');
  const ids = volume.openedWith === null ? volume.keyProtectorIds : [volume.openedWith];
  const owners = new Set(ids.flatMap((id) => findKeyRecords(db, id).flatMap((keyRecordId) => hostOf.get(keyRecordId)?.host_id ?? [])));
  return owners.size === 1 ? [...owners][0] ?? null : null;
}

/** As the agent weighs several Windows: what failed first, then what was left hibernated, then what was repaired. */
const WEIGHT = ['repair-failed', 'hibernated', 'repaired', 'inspected', 'nothing-to-do'];

function together(places: readonly { readonly came: CameTo }[]): CameTo {
  const weightOf = ({ outcome, blockedReason }: CameTo): number => [...WEIGHT, blockedReason ?? outcome].indexOf(blockedReason ?? outcome); // what is not listed comes last
  const [first] = places.map(({ came }) => came).toSorted((a, b) => weightOf(a) - weightOf(b));
  return first ?? { outcome: 'nothing-to-do', blockedReason: null };
}
