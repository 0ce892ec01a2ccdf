// Puts one run of rows into the store: hosts, keys, rejections, figures of the file.
import type { ColumnMapping } from '../../formats/intake/mapping.ts';
import { openPageSealer, type PageSealer } from '../../store/sealed-pages.ts';
import type { Desk } from '../desk.ts';
import { storeHostIds } from '../hosts/host-ids.ts';
import { settleOwners, type MovedKeys, type NamedOwner } from '../hosts/key-owners.ts';
import { confirmByEvidence } from '../rotation/evidence.ts';
import { confirmLapsByEvidence } from '../laps/laps-evidence.ts';
import { storeLaps } from '../laps/store-laps.ts';
import { mergeHostSearch } from './host-search.ts';
import { cell, jsonRows } from './json-rows.ts';
import { prepared } from './prepared.ts';
import { inSlices } from './slices.ts';
import type { StagedRun } from './staged-rows.ts';
import { joinWithListed, storeListedKeys } from './store-listed-keys.ts';
import { putBackReady, storeHosts, wakeHosts, type StoredHosts } from './store-hosts.ts';
import { storeKeys } from './store-keys.ts';

/** An import while it runs. `fingerprintKey` is secret. */
export interface Job {
  readonly desk: Desk; readonly importId: number; /** The time of all that it brings. */ readonly startedAt: string; readonly signal: AbortSignal; readonly fingerprintKey: Uint8Array; readonly runRows: number | undefined; readonly mappings: readonly ColumnMapping[];
  /** Made with the first key: a list of hosts needs no data key. */
  sealer: PageSealer | null;
  /** Call between transactions (long-job.ts). */
  readonly turn: () => Promise<void>;
  lastProgressMs: number;
  /** Made since the search of host names was merged last. */
  unmergedHosts: number;
}

export interface FileCounts { imported: number; unchanged: number; conflicts: number; rejected: number; listed: number; /** Of the listed ones those whose row counts as rejected. */ listedRejected: number; hosts: number }

/** Searched in small pieces up to here. */
const MANY_HOSTS = 5000;

/** A file of the register that rows are stored of. */
export interface RunFile { readonly importFileId: number; readonly name: string; readonly counts: FileCounts }

/** Stores a run of one file: hosts, keys, rejections, figures. Yields between transactions. */
export function* storeRun(job: Job, run: StagedRun, file: RunFile): Generator<void> {
  yield* storeRows(job, run, [file]);
  enterCounts(job.desk, [file]);
}

/** Stores the rows of one file, or of several small ones with nothing in common: small-files.ts says which may come together. Of several, hosts own keys, and nothing more is said of them. Yields between transactions. */
export function* storeRows(job: Job, run: StagedRun, files: readonly RunFile[]): Generator<void> {
  const { desk } = job;
  const { db } = desk;
  const { keys } = run;
  const [first] = files;
  if (first === undefined) return;
  const { importFileId, name, counts } = first;
  const source = { importFileId, name, operator: desk.operator.name, at: job.startedAt };
  const several = run.files;
  const fileAt = (index: number | undefined): RunFile => files[index ?? 0] ?? first;
  const hosts: StoredHosts = {
    hostIds: new Float64Array(run.hosts.count), isNew: new Uint8Array(run.hosts.count), waiting: new Set(), created: 0, imported: 0, unchanged: 0,
    ...(several === undefined ? {} : { several: { created: (index) => { fileAt(several.ofHosts[index]).counts.hosts += 1; }, fileOf: (index) => fileAt(several.ofHosts[index]).importFileId } }),
  };
  yield* storeHosts(db, source, run.hosts, hosts);
  const moved: MovedKeys = { got: new Set(), lost: new Set() };
  if (run.hosts.ids.hosts.length > 0) yield* storeHostIds(db, several === undefined ? () => importFileId : (host) => fileAt(several.ofHosts[host]).importFileId, run.hosts.ids, hosts, moved);
  if (several === undefined) counts.hosts += hosts.created;
  counts.imported += hosts.imported;
  counts.unchanged += hosts.unchanged + run.repeatedHostRows;
  job.unmergedHosts += hosts.created;
  if (isMergeDue(job) && !db.inTransaction) yield* mergeHosts(job);

  const woken = new Set<number>();
  if (keys.count > 0) {
    const hostIds = hostsOfKeys(db, keys, hosts.hostIds);
    const ofDevices = new Set(Array.from(keys.entraDeviceId.keys(), (index) => hostIds[index] ?? 0));
    const owners = new Map<number, NamedOwner[]>();
    const named = (owner: NamedOwner, index: number): void => noteOwner(owners, fileAt(several?.ofKeys[index]), owner);
    job.sealer ??= openPageSealer(db, desk.keys.key2Public);
    yield* storeKeys({
      db, sealer: job.sealer, keys, hostIds,
      fileOf: several === undefined ? () => first : (index) => fileAt(several.ofKeys[index]), hasSeveralFiles: several !== undefined,
      // A host found by its device is in no row of this run, so whether it waits is seen when it is woken.
      gotKey: (hostId) => { if (hosts.waiting.has(hostId) || ofDevices.has(hostId)) woken.add(hostId); },
      named,
    });
    yield* joinWithListed(db, keys, hostIds, { named, gotKey: (hostId) => { moved.got.add(hostId); } });
    for (const [file, ofFile] of owners) yield* settleOwners(db, file, ofFile, [], moved);
    yield* settleOwners(db, importFileId, [], [...new Set(keys.entraDeviceId.values())], moved);
    keys.passwords.fill(0);
    yield* confirmByEvidence(desk, hostIds);
  }
  if (run.listed.length > 0) {
    const owners = new Map<number, NamedOwner[]>();
    const fileOf = (index: number): RunFile => fileAt(several?.ofListed[index]);
    yield* storeListedKeys({ db, fileOf: (index) => fileOf(index).importFileId, listed: run.listed, hostIds: hosts.hostIds, named: (owner, index) => noteOwner(owners, fileOf(index), owner), gotKey: (hostId) => { moved.got.add(hostId); } });
    for (const [file, ofFile] of owners) yield* settleOwners(db, file, ofFile, [], moved);
    run.listed.forEach(({ rejected }, index) => {
      const counted = fileOf(index).counts;
      counted.listed += 1;
      if (rejected) counted.listedRejected += 1;
    });
  }
  if (run.laps.length > 0) {
    yield* storeLaps({ db, importFileId, at: source.at, laps: run.laps, hostIds: hosts.hostIds, sealer: () => (job.sealer ??= openPageSealer(db, desk.keys.key2Public)) });
    yield* confirmLapsByEvidence(desk, run.laps.map(({ host }) => hosts.hostIds[host] ?? 0));
  }
  yield* wakeHosts(db, source, [...woken, ...moved.got]);
  yield* putBackReady(db, [...moved.lost], source.at);

  const reject = prepared(db, 'INSERT INTO import_rejections (import_file_id, row, reason, groups) VALUES (?, ?, ?, ?)');
  yield* inSlices(db, run.rejections.length, (from, to) => {
    for (const [n, { row, reason, groups }] of run.rejections.slice(from, to).entries()) {
      const file = fileAt(several?.ofRejections[from + n]);
      reject.run(file.importFileId, row, reason, groups === undefined ? null : groups.join(' '));
      file.counts.rejected += 1;
    }
  });
}

/** @param owners By their files, in the order of their rows. */
function noteOwner(owners: Map<number, NamedOwner[]>, { importFileId }: RunFile, owner: NamedOwner): void {
  const ofFile = owners.get(importFileId);
  if (ofFile === undefined) owners.set(importFileId, [owner]);
  else ofFile.push(owner);
}

/** Enters what came of the rows of files so far. */
export function enterCounts({ db }: Desk, files: readonly RunFile[]): void {
  prepared(db, `UPDATE import_files SET rows = ${cell(1)}, imported = ${cell(2)}, unchanged = ${cell(3)}, conflicts = ${cell(4)}, rejected = ${cell(5)}, listed = ${cell(6)}, hosts = ${cell(7)} FROM json_each(?) WHERE import_file_id = ${cell(0)}`)
    .run(jsonRows(files.map(({ importFileId, counts: { imported, unchanged, conflicts, rejected, listed, listedRejected, hosts } }) =>
      [importFileId, imported + unchanged + conflicts + rejected + listed - listedRejected, imported, unchanged, conflicts, rejected, listed, hosts])));
}

export const isMergeDue = ({ unmergedHosts }: Job): boolean => unmergedHosts >= MANY_HOSTS;

/** A search would read each of the many small pieces. */
export function* mergeHosts(job: Job): Generator<void> {
  if (job.unmergedHosts === 0) return;
  job.unmergedHosts = 0;
  yield* mergeHostSearch(job.desk.db);
}

/** Of a run, whatever came of them. */
export const rowsOf = ({ keys, hosts, listed, rejections }: StagedRun): number => keys.count + hosts.count + listed.length + rejections.length;

/** @returns Index of the staged key → host_id, 0 for none. A key that names no host but the ID of its device belongs to the host with that ID. */
function hostsOfKeys(db: Desk['db'], keys: StagedRun['keys'], hostIds: Float64Array): Float64Array {
  const ofDevice = prepared<[string], { id: number }>(db, "SELECT h.host_id AS id FROM host_ids i JOIN hosts h ON h.host_id = i.host_id WHERE i.kind = 'entra-device-id' AND i.value = ? ORDER BY h.hostname LIMIT 1");
  const ids = new Float64Array(keys.count);
  for (let index = 0; index < keys.count; index += 1) ids[index] = hostIds[keys.hosts[index] ?? -1] ?? 0;
  for (const [index, device] of keys.entraDeviceId) ids[index] = ofDevice.get(device)?.id ?? 0;
  return ids;
}
