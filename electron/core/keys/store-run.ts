// Puts one run of rows into the store: hosts, keys, rejections, figures of the file.
import type { ColumnMapping } from '../../formats/intake/mapping.ts';
import type { BackgroundCheckpoints } from '../../store/background-checkpoints.ts';
import { openPageSealer, type PageSealer } from '../../store/sealed-pages.ts';
import { nowOf, type Desk } from '../desk.ts';
import { storeHostIds } from '../hosts/host-ids.ts';
import { settleOwners, type MovedKeys, type NamedOwner } from '../hosts/key-owners.ts';
import { confirmByEvidence } from '../rotation/evidence.ts';
import { mergeHostSearch } from './host-search.ts';
import { prepared } from './prepared.ts';
import { inSlices } from './slices.ts';
import type { StagedRun } from './staged-rows.ts';
import { putBackReady, storeHosts, wakeHosts, type StoredHosts } from './store-hosts.ts';
import { storeKeys } from './store-keys.ts';

/** An import while it runs. `fingerprintKey` is secret. */
export interface Job {
  readonly desk: Desk; readonly importId: number; readonly signal: AbortSignal; readonly fingerprintKey: Uint8Array; readonly runRows: number | undefined; readonly mappings: readonly ColumnMapping[];
  /** Made with the first key: a list of hosts needs no data key. */
  sealer: PageSealer | null;
  /** Started with the first run that is large enough to be worth a thread. */
  checkpoints: BackgroundCheckpoints | null;
  lastProgressMs: number;
  /** Made since the search of host names was merged last. */
  unmergedHosts: number;
}

export interface FileCounts { imported: number; unchanged: number; conflicts: number; rejected: number; hosts: number }

/** Searched in small pieces up to here. */
const MANY_HOSTS = 5000;

/** Stores a run: hosts, keys, rejections, figures. Yields between transactions. */
export function* storeRun(job: Job, run: StagedRun, { importFileId, name, counts }: { importFileId: number; name: string; counts: FileCounts }): Generator<void> {
  const { desk } = job;
  const { db } = desk;
  const { keys } = run;
  const source = { importFileId, name, operator: desk.operator.name, at: nowOf(desk) };
  const hosts: StoredHosts = { hostIds: new Float64Array(run.hosts.facts.length), waiting: new Set(), created: 0, imported: 0, unchanged: 0 };
  yield* storeHosts(db, source, run.hosts, hosts);
  const moved: MovedKeys = { got: new Set(), lost: new Set() };
  if (run.hosts.ids.length > 0) yield* storeHostIds(db, importFileId, run.hosts.ids, hosts.hostIds, moved);
  counts.hosts += hosts.created;
  counts.imported += hosts.imported;
  counts.unchanged += hosts.unchanged + run.repeatedHostRows;
  job.unmergedHosts += hosts.created;
  if (job.unmergedHosts >= MANY_HOSTS) yield* mergeHosts(job);

  const woken = new Set<number>();
  if (keys.count > 0) {
    const hostIds = hostsOfKeys(db, keys, hosts.hostIds);
    const owners: NamedOwner[] = [];
    const ofDevices = new Set(Array.from(keys.entraDeviceId.keys(), (index) => hostIds[index] ?? 0));
    job.sealer ??= openPageSealer(db, desk.keys.key2Public);
    yield* storeKeys({
      db, source, sealer: job.sealer, keys, counts,
      hostIds,
      // A host found by its device is in no row of this run, so whether it waits is seen when it is woken.
      gotKey: (hostId) => { if (hosts.waiting.has(hostId) || ofDevices.has(hostId)) woken.add(hostId); },
      named: (owner) => { owners.push(owner); },
    });
    yield* settleOwners(db, importFileId, owners, [...new Set(keys.entraDeviceId.values())], moved);
    keys.passwords.fill(0);
    yield* confirmByEvidence(desk, hostIds);
  }
  yield* wakeHosts(db, source, [...woken, ...moved.got]);
  yield* putBackReady(db, [...moved.lost], source.at);

  const reject = prepared(db, 'INSERT INTO import_rejections (import_file_id, row, reason, groups) VALUES (?, ?, ?, ?)');
  yield* inSlices(db, run.rejections.length, (from, to) => {
    for (const { row, reason, groups } of run.rejections.slice(from, to)) reject.run(importFileId, row, reason, groups === undefined ? null : groups.join(' '));
  });
  counts.rejected += run.rejections.length;
  prepared(db, 'UPDATE import_files SET rows = ?, imported = ?, unchanged = ?, conflicts = ?, rejected = ?, hosts = ? WHERE import_file_id = ?')
    .run(counts.imported + counts.unchanged + counts.conflicts + counts.rejected, counts.imported, counts.unchanged, counts.conflicts, counts.rejected, counts.hosts, importFileId);
}

/** A search would read each of the many small pieces. */
export function* mergeHosts(job: Job): Generator<void> {
  if (job.unmergedHosts === 0) return;
  job.unmergedHosts = 0;
  yield* mergeHostSearch(job.desk.db);
}

/** Of a run, whatever came of them. */
export const rowsOf = ({ keys, hosts, rejections }: StagedRun): number => keys.count + hosts.facts.length + rejections.length;

/** @returns Index of the staged key → host_id, 0 for none. A key that names no host but the ID of its device belongs to the host with that ID. */
function hostsOfKeys(db: Desk['db'], keys: StagedRun['keys'], hostIds: Float64Array): Float64Array {
  const ofDevice = prepared<[string], { id: number }>(db, "SELECT h.host_id AS id FROM host_ids i JOIN hosts h ON h.host_id = i.host_id WHERE i.kind = 'entra-device-id' AND i.value = ? ORDER BY h.hostname LIMIT 1");
  const ids = new Float64Array(keys.count);
  for (let index = 0; index < keys.count; index += 1) ids[index] = hostIds[keys.hosts[index] ?? -1] ?? 0;
  for (const [index, device] of keys.entraDeviceId) ids[index] = ofDevice.get(device)?.id ?? 0;
  return ids;
}
