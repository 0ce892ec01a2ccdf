// Attempt records for stories, as the agent would have left them on a medium: signed with what the passcode opens in its bundle.
import { createHmac, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attemptRecordNames, formatAttemptRecord } from '../../electron/core/media/attempt-record.ts';
import { BUNDLE_FOLDER } from '../../electron/core/media/medium-paths.ts';
import { parsePasscode } from '../../electron/core/media/passcode.ts';
import { openMedium } from '../../electron/core/media/read-image.ts';
import { openSealedKeyBundle } from '../../electron/core/media/sealed-key-bundle-reader.ts';
import { makeResultCode, showResultCode, type ResultWord } from '../../electron/core/media/result-code.ts';
import { parseKeyProtectorId } from '../../electron/core/keys/key-protector-id.ts';
import { CHANNEL_FILE_291 } from '../../electron/core/recipes/channel-file-291.ts';
import { mediaFiles } from '../../electron/desk/image-file.ts';

export interface OneHost { readonly hostname: string; readonly keyProtectorId: string }

/** @param typedPasscode As shown. @returns What the agent would show at the end for a stick that can not come back. */
export async function makeCode(image: string, typedPasscode: string, word: ResultWord, keyProtectorId: string): Promise<string> {
  const { recordKey } = await openBundle(image, typedPasscode);
  return showResultCode(makeResultCode(word, keyProtectorId, (text) => createHmac('sha256', recordKey).update(text, 'latin1').digest()));
}

/** @param typedPasscode As shown. @returns The folder the records were written into, as a technician copies it off a stick. */
export async function writeResults(folder: string, image: string, typedPasscode: string, hosts: readonly (OneHost & { readonly outcome: 'repaired' | 'blocked' })[]): Promise<string> {
  const bundle = await openBundle(image, typedPasscode);
  const results = join(folder, 'results');
  mkdirSync(results, { recursive: true });
  for (const { hostname, keyProtectorId, outcome } of hosts) {
    const id = parseKeyProtectorId(keyProtectorId);
    if (id === null) throw new Error(`no key protector ID: ${keyProtectorId}`);
    const attemptId = randomBytes(16).toString('hex');
    const repaired = outcome === 'repaired';
    const text = formatAttemptRecord({
      attemptId, mediaId: bundle.header.mediaId, slot: bundle.slot, mode: 'repair', follows: null, recipeId: CHANNEL_FILE_291.id, recipeVersion: CHANNEL_FILE_291.version, payload: randomBytes(32).toString('hex'),
      startedAtMs: Date.now() - 90_000, finishedAtMs: Date.now() - 30_000, timeZoneBiasMinutes: -60, outcome, blockedReason: repaired ? null : 'pin-needed', maker: 'Dell Inc.', model: 'OptiPlex 7090', serialNumber: 'X1', wrongPasscodes: 0, rejectedRecoveryPasswords: 0,
      unlockMs: repaired ? 1400 : null, repairMs: repaired ? 800 : null,
      lookMs: 900, passcodeMs: 1100, examineMs: repaired ? 300 : null, resultCodes: [], safeBootEntries: [], safeBootFault: null, missingDrivers: [],
      volumes: repaired ? [{ letter: 'C', state: 'unlocked', openedBy: 'bundle', openedWith: id, keyProtectorIds: [id], failure: null, bundle: 'opened' }] : [{ letter: null, state: 'locked', openedBy: null, openedWith: null, keyProtectorIds: [id], failure: '80310027', bundle: 'not-on-this-medium' }],
      windows: repaired ? [{ volume: 1, kind: 'windows', root: 'Windows', computerName: hostname, hibernated: 'no', safeBoot: 'not-set', outcome: 'repaired', blockedReason: null }] : [],
      removedCount: repaired ? 1 : 0, removed: repaired ? [{ windows: 1, path: 'Windows\\System32\\drivers\\CrowdStrike\\C-00000291-00000000-00000032.sys', sizeBytes: 41_004, modifiedAtMs: Date.UTC(2024, 6, 19, 4, 9), header: 'aaaaaaaa01002301', sha256: randomBytes(32).toString('hex'), copy: null, attempt: null }] : [],
      keptCount: 0, kept: [],
    }, (signed) => createHmac('sha256', bundle.recordKey).update(signed, 'latin1').digest('hex'));
    writeFileSync(join(results, attemptRecordNames(attemptId).finished), Buffer.from(text, 'latin1'));
  }
  return results;
}

async function openBundle(image: string, typedPasscode: string) {
  const parsed = parsePasscode(typedPasscode);
  if (parsed.status !== 'ok') throw new Error(`no passcode: ${parsed.status}`);
  const medium = await openMedium(image, mediaFiles(() => randomBytes(8).toString('hex')));
  const bundle = await openSealedKeyBundle((path, most) => medium.readSmallFile(`${BUNDLE_FOLDER}/${path}`, most), parsed.passcode);
  await medium.close();
  if (bundle.status !== 'opened') throw new Error(`the bundle does not open: ${bundle.status}`);
  return bundle;
}
