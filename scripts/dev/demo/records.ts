// Attempt records of the demo, written by the agent's own serializer and signed with the keys of its media.
import { createHmac } from 'node:crypto';
import type { AttemptOutcome, BlockedReason } from '../../../electron/core/codes.ts';
import { formatAttemptRecord, type RecordedVolume } from '../../../electron/core/media/attempt-record.ts';
import { CHANNEL_FILE_291 } from '../../../electron/core/recipes/channel-file-291.ts';
import { chance, demoHex, type DemoHost } from './fleet.ts';

export interface DemoAttempt {
  readonly host: DemoHost; readonly mediaId: string; readonly outcome: AttemptOutcome; readonly blockedReason: BlockedReason | null; readonly finishedAtMs: number;
  /** Null writes an unsigned record; a key that is not the slot's makes a claim. */
  readonly recordKey: Uint8Array | null;
  /** Tells several attempts on one host apart. */
  readonly number: number;
}

/** The volume was opened before these reasons could show. */
const NOT_OPENED: readonly (BlockedReason | null)[] = ['pin-needed', 'key-rejected', 'no-disk-seen', 'third-party-encryption'];

export function writeDemoRecord({ host, mediaId, outcome, blockedReason, finishedAtMs, recordKey, number }: DemoAttempt): Uint8Array {
  const isOpened = outcome !== 'safe-boot-set' && (outcome !== 'blocked' || !NOT_OPENED.includes(blockedReason));
  const durationMs = 30_000 + Math.floor(chance(host.hostname, 'duration', number) * 150_000);
  const isRepaired = outcome === 'repaired';
  const text = formatAttemptRecord({
    attemptId: demoHex(16, host.hostname, 'attempt', number), mediaId, slot: recordKey === null ? null : 1, mode: outcome === 'safe-boot-set' ? 'safe-boot' : 'repair', follows: null, recipeId: CHANNEL_FILE_291.id, recipeVersion: CHANNEL_FILE_291.version, payload: demoHex(32, 'payload'),
    startedAtMs: finishedAtMs - durationMs, finishedAtMs, timeZoneBiasMinutes: -120, outcome, blockedReason, maker: host.maker, model: host.model, serialNumber: host.serialNumber,
    wrongPasscodes: chance(host.hostname, 'wrong') < 0.1 ? 1 : 0, rejectedRecoveryPasswords: blockedReason === 'key-rejected' ? 2 : 0, unlockMs: isOpened ? 1400 : null, repairMs: isRepaired ? 900 : null,
    lookMs: 2100, passcodeMs: 1100, examineMs: isOpened ? 400 : null, resultCodes: [], safeBootEntries: [], safeBootFault: null, missingDrivers: [],
    volumes: blockedReason === 'no-disk-seen' ? [] : [volumeOf(host, isOpened)],
    windows: isOpened ? [{ volume: 1, kind: 'windows', root: 'Windows', computerName: host.hostname, hibernated: blockedReason === 'hibernated' ? 'yes' : 'no', safeBoot: 'not-set', outcome, blockedReason }] : [],
    removedCount: isRepaired ? 1 : 0,
    removed: isRepaired ? [{ windows: 1, path: 'Windows\\System32\\drivers\\CrowdStrike\\C-00000291-00000000-00000032.sys', sizeBytes: 41_004, modifiedAtMs: Date.UTC(2024, 6, 19, 4, 9, 0), header: 'aaaaaaaa01002301', sha256: demoHex(32, 'faulty'), copy: null, attempt: null }] : [],
    keptCount: 0, kept: [],
  }, recordKey === null ? null : (signed) => createHmac('sha256', recordKey).update(signed, 'latin1').digest('hex'));
  return Buffer.from(text, 'latin1');
}

function volumeOf(host: DemoHost, isOpened: boolean): RecordedVolume {
  const ids = host.keys.map(({ keyProtectorId }) => keyProtectorId);
  const [first] = ids;
  if (first === undefined) return { letter: 'C', state: isOpened ? 'not-encrypted' : 'locked', openedBy: null, openedWith: null, keyProtectorIds: [], failure: null, bundle: 'not-asked' };
  return isOpened
    ? { letter: 'C', state: 'unlocked', openedBy: 'bundle', openedWith: first, keyProtectorIds: ids, failure: null, bundle: 'opened' }
    : { letter: null, state: 'locked', openedBy: null, openedWith: null, keyProtectorIds: ids, failure: '80310027', bundle: 'not-on-this-medium' };
}
