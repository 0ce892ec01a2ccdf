// Locked volumes over the wire: what is on a disk, and whether a recovery password opens it.
import type { Desk } from '../../core/desk.ts';
import { AppError } from '../../core/app-error.ts';
import { parseRecoveryPassword, recoveryPasswordToBytes } from '../../core/keys/recovery-password.ts';
import { nextTurn } from '../../core/keys/slices.ts';
import { findRecordsOf, testVolumes } from '../../core/keys/test-volume.ts';
import { listAttachedDisks } from '../../desk/attached-disks.ts';
import { openDiskReader } from '../../desk/disk-reader.ts';
import { inspectDisk, type FoundVolume, type InspectedDisk, type Searched } from '../../formats/fve/find-volumes.ts';
import type { TestedPassword } from '../../formats/fve/unlock.ts';
import type { Output } from '../contract.ts';
import type { Handlers } from '../dispatch.ts';
import { steadily } from '../steadily.ts';

type VolumeFacts = Extract<Output<'volumes.inspect'>, { kind: 'done' }>['volumes'][number];
type TestDone = Extract<Output<'volumes.test'>, { kind: 'done' }>;
type Tested = TestDone['tested'][number];

export function volumeHandlers(get: () => Desk): Pick<Handlers, 'volumes.disks' | 'volumes.inspect' | 'volumes.test'> {
  return {
    'volumes.disks': () => listAttachedDisks(),
    'volumes.inspect': async function* ({ path }, signal) {
      const desk = get();
      const disk = yield* inspect(path, signal);
      const none = { kind: 'done' as const, path, container: disk.container, partitions: 0, isByBackupTable: false, isCutOff: false, unreadableBytes: 0, others: [], volumes: [] };
      if (disk.status === 'declined') return yield { ...none, declined: true };
      const volumes: VolumeFacts[] = [];
      for (const volume of disk.volumes) {
        volumes.push(factsOf(desk, volume));
        await nextTurn();
        if (signal.aborted) throw new AppError('cancelled');
      }
      yield { ...none, declined: false, partitions: disk.partitions, isByBackupTable: disk.isByBackupTable, isCutOff: disk.isCutOff, unreadableBytes: disk.unreadableBytes, others: [...disk.others], volumes };
    },
    'volumes.test': async function* ({ path, recoveryPassword }, signal) {
      const desk = get();
      const typed = recoveryPassword === undefined ? null : readTyped(recoveryPassword);
      try {
        const disk = yield* inspect(path, signal);
        if (disk.status === 'declined') throw new AppError('container-declined', { path, container: disk.container });
        const tested: Tested[] = [];
        for await (const event of testVolumes(desk, disk, typed, signal)) {
          if (event.kind === 'progress') yield event;
          else tested.push(testedOf(event.offset, event.keyRecordId, event.result));
        }
        yield { kind: 'done' as const, path, volumes: disk.volumes.length, tested, ...untestedOf(disk.volumes, tested) };
      } finally {
        typed?.fill(0);
      }
    },
  };
}

async function* inspect(path: string, signal: AbortSignal): AsyncGenerator<{ readonly kind: 'searching' } & Searched, InspectedDisk> {
  const told = steadily(inspectAt(path), { searchedBytes: 0, ofBytes: 0 }, signal);
  let step = await told.next();
  try {
    for (; step.done !== true; step = await told.next()) yield { kind: 'searching', ...step.value };
    return step.value;
  } finally {
    await told.return(undefined as never); // nothing when it is over; otherwise nobody reads on
  }
}

/** From opening to closing: a disk may take its time for either. */
async function* inspectAt(path: string): AsyncGenerator<Searched, InspectedDisk> {
  const reader = await openDiskReader(path);
  try {
    return yield* inspectDisk(reader.readAt, reader.sizeBytes);
  } finally {
    await reader.close();
  }
}

function readTyped(text: string): Uint8Array {
  const parsed = parseRecoveryPassword(text);
  if (parsed.status === 'ok') return new Uint8Array(recoveryPasswordToBytes(parsed.recoveryPassword));
  throw new AppError('recovery-password-wrong', { status: parsed.status, groups: parsed.groups.map(String), ...('digits' in parsed ? { digits: parsed.digits } : {}) });
}

function testedOf(offset: number, keyRecordId: number | null, result: TestedPassword): Tested {
  if (result.status === 'not-opened') return { offset, keyRecordId, status: result.status, keyProtectorId: null, metadataProven: null, revealsOthers: [] };
  return { offset, keyRecordId, status: result.status, keyProtectorId: result.keyProtectorId, metadataProven: result.metadataProven, revealsOthers: [...result.revealsOthers] };
}

function untestedOf(volumes: readonly FoundVolume[], tested: readonly Tested[]): Pick<TestDone, 'untested' | 'suspended'> {
  const untested = volumes.flatMap(({ offset, found }): TestDone['untested'] => {
    if (found.status !== 'volume') return [{ offset, why: found.status, keyProtectorIds: [] }];
    const keyProtectorIds = found.volume.protectors.filter(({ lock }) => lock !== null).map(({ keyProtectorId }) => keyProtectorId);
    if (keyProtectorIds.length === 0) return [{ offset, why: 'no-recovery-password', keyProtectorIds }];
    return tested.some((one) => one.offset === offset) ? [] : [{ offset, why: 'no-key-record', keyProtectorIds }];
  });
  return { untested, suspended: volumes.filter(({ found }) => found.status === 'volume' && found.volume.protectors.some(({ kind }) => kind === 'clear-key')).map(({ offset }) => offset) };
}

function factsOf(desk: Desk, volume: FoundVolume): VolumeFacts {
  const { offset, sizeBytes, partition, found } = volume;
  const none = { volumeId: null, description: null, computerName: null, cipher: null, conversion: 'unknown' as const, encryptedSizeBytes: 0, createdAt: null, bootSector: null, layout: null, usedSpaceOnly: false, protectors: [] };
  if (found.status !== 'volume') return { offset, sizeBytes, partition, status: found.status, ...none, copies: found.status === 'damaged' ? [...found.copies] : [] };
  const records = findRecordsOf(desk, volume);
  const { volumeId, description, computerName, cipher, conversion, encryptedSizeBytes, createdAt, bootSector, layout, usedSpaceOnly, protectors, copies } = found.volume;
  return {
    offset, sizeBytes, partition, status: 'volume', volumeId, description, computerName, cipher, conversion, encryptedSizeBytes, createdAt, bootSector, layout, usedSpaceOnly, copies: [...copies],
    protectors: protectors.map(({ keyProtectorId, kind, changedAt, hint }) => ({
      keyProtectorId, kind, changedAt, hint, keyRecords: records.filter((record) => record.keyProtectorId === keyProtectorId).map(({ keyRecordId, hostname }) => ({ keyRecordId, hostname })),
    })),
  };
}
