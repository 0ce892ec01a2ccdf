// Looks into a locked volume, says which of its protectors the store knows, and proves recovery passwords against it. Nothing is written to the disk.
import type { FoundVolume, InspectedDisk } from '../../formats/fve/find-volumes.ts';
import type { KeyProtector } from '../../formats/fve/metadata.ts';
import { testRecoveryPassword, type TestedPassword } from '../../formats/fve/unlock.ts';
import { AppError } from '../app-error.ts';
import { appendAudit } from '../audit/audit.ts';
import { nowOf, type Desk } from '../desk.ts';
import { openFingerprint, openUnsealer } from '../../store/sealed-pages.ts';
import { findKeyRecords, readKeyCandidates } from './key-list.ts';
import type { KeyProtectorId } from './key-protector-id.ts';

/** A key record whose key protector ID stands on a volume. */
export interface KnownRecord { readonly keyRecordId: number; readonly keyProtectorId: KeyProtectorId; readonly hostname: string | null }

export type VolumeTest =
  | { readonly kind: 'progress'; readonly share: number; readonly keyProtectorId: KeyProtectorId | null }
  | { readonly kind: 'tested'; readonly offset: number; readonly keyRecordId: number | null; readonly result: TestedPassword };

/** One thing to try: a recovery password on a volume, against one protector or all. */
interface Trial { readonly volume: FoundVolume; readonly password: Uint8Array; readonly named: KeyProtectorId | undefined; readonly keyRecordId: number | null }

/** Computing at a stretch before others get their turn. */
const SLICE_MS = 25;

/** Protectors of a volume that a recovery password can be tried on. */
const locksOf = (found: FoundVolume['found']): readonly KeyProtector[] => (found.status === 'volume' ? found.volume.protectors.filter(({ lock }) => lock !== null) : []);

/** @returns The key records for the recovery passwords of a volume, conflicting ones too. */
export function findRecordsOf(desk: Pick<Desk, 'db'>, { found }: FoundVolume): KnownRecord[] {
  if (found.status !== 'volume') return [];
  return found.volume.protectors.flatMap(({ keyProtectorId }) =>
    readKeyCandidates(desk.db, findKeyRecords(desk.db, keyProtectorId)).map(({ keyRecordId, hostname }) => ({ keyRecordId, keyProtectorId, hostname })));
}

/**
 * Proves recovery passwords against the volumes of a disk.
 *
 * @param typed 16 bytes of a typed recovery password, tried on every protector; null: every key record whose ID stands on a volume, each on its own protector.
 * @returns Progress, and one `tested` for each trial. A record's password is used here and shown to nobody; one audit line says which records were tried.
 *          AppError `cannot-read-recovery-passwords` for records without key 2.
 */
export async function* testVolumes(desk: Desk, disk: InspectedDisk, typed: Uint8Array | null, signal: AbortSignal): AsyncGenerator<VolumeTest> {
  const volumes = disk.status === 'disk' ? disk.volumes : [];
  // Without a lock nothing is tried: that nothing opened would be taken for a wrong recovery password.
  const trials = typed === null ? [...trialsOfRecords(desk, volumes)] : volumes.filter(({ found }) => locksOf(found).length > 0).map((volume) => ({ volume, password: typed, named: undefined, keyRecordId: null }));
  appendOneLine(desk, volumes, trials, typed !== null);
  for (const [index, { volume, password, named, keyRecordId }] of trials.entries()) {
    if (volume.found.status !== 'volume') continue;
    const testing = testRecoveryPassword(volume.found.volume, password, named);
    let sliceEnds = performance.now() + SLICE_MS;
    let step = testing.next();
    for (; step.done !== true; step = testing.next()) {
      if (performance.now() < sliceEnds) continue;
      yield { kind: 'progress', share: (index + step.value) / trials.length, keyProtectorId: named ?? null };
      await new Promise((resolve) => { setImmediate(resolve); });
      if (signal.aborted) throw new AppError('cancelled');
      sliceEnds = performance.now() + SLICE_MS;
    }
    if (step.value.status === 'opened') markTested(desk, step.value.keyProtectorId, password);
    if (keyRecordId !== null) password.fill(0);
    yield { kind: 'tested', offset: volume.offset, keyRecordId, result: step.value };
  }
}

function* trialsOfRecords(desk: Desk, volumes: readonly FoundVolume[]): Generator<Trial> {
  const unsealer = openUnsealer(desk.db, desk.keys);
  const place = desk.db.prepare<[number], { page_id: number; place: number }>('SELECT page_id, place FROM key_records WHERE key_record_id = ?');
  try {
    for (const volume of volumes) {
      for (const { keyRecordId, keyProtectorId } of findRecordsOf(desk, volume)) {
        const row = locksOf(volume.found).some((one) => one.keyProtectorId === keyProtectorId) ? place.get(keyRecordId) : undefined;
        if (row !== undefined) yield { volume, password: unsealer.unseal(row.page_id, row.place), named: keyProtectorId, keyRecordId };
      }
    }
  } finally {
    unsealer.close();
  }
}

/** The records of this key protector with this very password have opened a volume: key coverage counts them. Rows: key_records. */
function markTested(desk: Desk, keyProtectorId: KeyProtectorId, password: Uint8Array): void {
  const fingerprint = openFingerprint(desk.keys.fingerprintKey)(password);
  desk.db.transaction(() => {
    const mark = desk.db.prepare('UPDATE key_records SET tested_at = ? WHERE key_record_id = ? AND fingerprint = ?');
    for (const keyRecordId of findKeyRecords(desk.db, keyProtectorId)) mark.run(nowOf(desk), keyRecordId, fingerprint);
  }).immediate();
  desk.changed('keys');
}

function appendOneLine(desk: Desk, volumes: readonly FoundVolume[], trials: readonly Trial[], typed: boolean): void {
  desk.db.transaction(() => appendAudit(desk.db, {
    at: nowOf(desk), operator: desk.operator.name, act: 'volumes.test', subject: volumes.map(({ found }) => (found.status === 'volume' ? found.volume.volumeId : found.status)).join(' '),
    details: { records: trials.filter(({ keyRecordId }) => keyRecordId !== null).map(({ keyRecordId }) => keyRecordId).join(' '), typed },
  })).immediate();
  desk.changed('audit');
}
