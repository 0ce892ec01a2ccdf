// Attempt records as an agent would write them, signed with the key of a medium in the register.
import { createHmac } from 'node:crypto';
import type { Desk } from '../../../electron/core/desk.ts';
import { parseKeyProtectorId, type KeyProtectorId } from '../../../electron/core/keys/key-protector-id.ts';
import { formatAttemptRecord, type AttemptRecord, type RecordedVolume } from '../../../electron/core/media/attempt-record.ts';
import { keyProtectorIdOf } from './test-desk.ts';

export const RECORD_KEY = new Uint8Array(32).fill(0x5a);

export function addMedium(desk: Desk, mediaId = 'M-0001', technicians: readonly string[] = ['test'], recordKey: Uint8Array = RECORD_KEY): void {
  desk.db.prepare(`INSERT INTO media (media_id, state, built_at, built_by, expires_at, scope, language, recipe_id, recipe_version, architecture, payload, manifest_sha256, image_name, image_size_bytes, hosts, key_records, holder, state_at) VALUES (?, 'issued', '2024-07-19T08:00:00.000Z', 'test', NULL, 'all', 'en', 'channel-file-291', 1, 'x64', 'p', 'm', 'a.img', 1, 1, 1, NULL, NULL)`).run(mediaId);
  for (const [i, technician] of technicians.entries()) desk.db.prepare('INSERT INTO media_slots VALUES (?, ?, ?, ?)').run(mediaId, i + 1, technician, Buffer.from(recordKey));
}

export const protector = (n: number): KeyProtectorId => {
  const id = parseKeyProtectorId(keyProtectorIdOf(n));
  if (id === null) throw new Error('no key protector ID');
  return id;
};

export const openedVolume = (n: number): RecordedVolume => ({ letter: 'C', state: 'unlocked', openedBy: 'bundle', openedWith: protector(n), keyProtectorIds: [protector(n)], failure: null, bundle: 'opened' });
export const lockedVolume = (n: number): RecordedVolume => ({ letter: null, state: 'locked', openedBy: null, openedWith: null, keyProtectorIds: [protector(n)], failure: '80310027', bundle: 'not-on-this-medium' });

export function makeRecord(more: Partial<AttemptRecord> & { computerName?: string } = {}): AttemptRecord {
  const { computerName, ...fields } = more;
  return {
    attemptId: '00112233445566778899aabbccddeeff', mediaId: 'M-0001', slot: 1, mode: 'repair', follows: null, recipeId: 'channel-file-291', recipeVersion: 1, payload: '7c'.repeat(32),
    startedAtMs: Date.parse('2024-07-19T09:15:02Z'), finishedAtMs: Date.parse('2024-07-19T09:16:00Z'), timeZoneBiasMinutes: -120, outcome: 'repaired', blockedReason: null,
    maker: 'LENOVO', model: 'ThinkCentre M70q', serialNumber: 'PC1TX4Q7', wrongPasscodes: 0, rejectedRecoveryPasswords: 0, unlockMs: 1200, repairMs: 800, lookMs: null, passcodeMs: null, examineMs: null, resultCodes: [], safeBootEntries: [], safeBootFault: null, missingDrivers: [], volumes: [],
    windows: computerName === undefined ? [] : [{ volume: 1, kind: 'windows', root: 'Windows', computerName, hibernated: 'no', safeBoot: 'not-set', outcome: null, blockedReason: null }],
    removedCount: 1, removed: [], keptCount: 0, kept: [],
    ...(computerName !== undefined && fields.volumes === undefined ? { volumes: [{ letter: 'C', state: 'not-encrypted', openedBy: null, openedWith: null, keyProtectorIds: [], failure: null, bundle: 'not-asked' }] } : {}),
    ...fields,
  };
}

/** @param key Null writes an unsigned record. */
export function writeRecord(record: AttemptRecord, key: Uint8Array | null = RECORD_KEY): Uint8Array {
  const sign = key === null ? null : (text: string): string => createHmac('sha256', key).update(text, 'latin1').digest('hex');
  return Buffer.from(formatAttemptRecord({ ...record, slot: key === null ? null : record.slot }, sign), 'latin1');
}

export const attemptIdOf = (n: number): string => n.toString(16).padStart(32, '0');
