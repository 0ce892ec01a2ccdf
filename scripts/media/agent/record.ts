// The attempt record: put together, written to the medium, read back.
import { isSerialNumber } from '../../../electron/core/hosts/serial-number.ts';
import type { KeyProtectorId } from '../../../electron/core/keys/key-protector-id.ts';
import { attemptRecordNames, formatAttemptRecord } from '../../../electron/core/media/attempt-record.ts';
import type { AttemptRecord, KeptFile, RecordedVolume, RecordedWindows, RemovedFile } from '../../../electron/core/media/attempt-record.ts';
import { findField, parseFieldLines } from '../../../electron/core/media/field-lines.ts';
import type { FieldLines } from '../../../electron/core/media/field-lines.ts';
import { formatHex } from '../../../electron/core/media/field-values.ts';
import { asciiBytes } from './byte-table.ts';
import type { Medium } from './medium.ts';
import type { Outcome } from './outcome.ts';
import type { Console, Files, Place } from './ports.ts';
import { outcomeOf } from './outcome.ts';
import type { FoundWindows } from './repair.ts';
import { hmac, sha256 } from './sha256.ts';
import type { HmacKey } from './sha256.ts';
import type { State, VolumeNote } from './state.ts';

const MOST_BYTES = 65536;
const NO_PAYLOAD = '0000000000000000000000000000000000000000000000000000000000000000';

/** How long the parts of a pass took; null: there was no such part. */
export type Durations = { examineMs: number | null; repairMs: number | null };

/** @returns The record as text. `recordKey` null: nobody entered a passcode, and it is not signed. */
export function makeRecord(console: Console, state: State, medium: Medium, outcome: Outcome, found: readonly FoundWindows[], durations: Durations, recordKey: HmacKey | null): string {
  const host = console.hostFacts();
  const listed = listFiles(found);
  const record: AttemptRecord = {
    attemptId: state.attemptId, mediaId: medium.mediaId, slot: recordKey === null ? null : state.slot, mode: state.mode, follows: state.follows === '' ? null : state.follows,
    // A recipe that can not be read is no reason to write nothing.
    recipeId: medium.recipe === null ? 'unknown' : medium.recipe.id, recipeVersion: medium.recipe === null ? 1 : medium.recipe.version,
    payload: state.payload === '' ? NO_PAYLOAD : state.payload,
    startedAtMs: state.startedAtMs, finishedAtMs: console.nowMs(), timeZoneBiasMinutes: console.timeZoneBiasMinutes(),
    outcome: outcome.outcome, blockedReason: outcome.blockedReason,
    maker: host.maker || null, model: host.model || null, serialNumber: host.serialNumber || null,
    wrongPasscodes: state.wrongPasscodes, rejectedRecoveryPasswords: state.rejectedRecoveryPasswords,
    lookMs: state.lookMs, passcodeMs: state.passcodeMs > 0 ? state.passcodeMs : null, unlockMs: state.unlockMs > 0 ? state.unlockMs : null, examineMs: durations.examineMs, repairMs: durations.repairMs,
    resultCodes: state.resultCodes, safeBootEntries: state.safeBootEntries, safeBootFault: state.safeBootFault === '' ? null : state.safeBootFault, missingDrivers: console.missingDrivers(),
    volumes: recordVolumes(state.volumes), windows: recordWindows(found, outcome.outcome === 'inspected'),
    removedCount: listed.removed.length, removed: listed.removed, keptCount: listed.kept.length, kept: listed.kept,
  };
  return formatAttemptRecord(record, recordKey === null ? null : (text) => formatHex(hmac(recordKey, asciiBytes(text))));
}

/**
 * Writes a record to the medium, new file first, then renamed, and reads it back; a copy stays on the RAM disk for the screens.
 * A record of this boot that is there already is replaced.
 *
 * @returns Whether the medium holds exactly this text now.
 */
export function saveRecord(files: Files, place: Place, medium: Medium, attemptId: string, text: string): boolean {
  files.write(`${place.home}record.txt`, text);
  // The RAM disk forgets it at the restart.
  if (medium.root === place.home) return false;
  const names = attemptRecordNames(attemptId);
  const folder = `${medium.root}results\\`;
  return files.write(folder + names.unfinished, text) && files.readText(folder + names.unfinished, MOST_BYTES) === text
    && files.rename(folder + names.unfinished, folder + names.finished) && files.readText(folder + names.finished, MOST_BYTES) === text;
}

/** @returns The text of this boot's last record, or null. */
export function lastRecordText(files: Files, place: Place): string | null {
  return files.readText(`${place.home}record.txt`, MOST_BYTES);
}

/** @returns The text of a record or plan on the medium, or null. */
export function readRecordFile(files: Files, path: string): string | null {
  return files.readText(path, MOST_BYTES);
}

/** @returns The record as field lines, for the screens, or null. */
export function readRecord(text: string | null): FieldLines | null {
  const parsed = text === null ? null : parseFieldLines(text);
  return parsed !== null && parsed.status === 'ok' && parsed.lines.kind === 'bluelift-attempt' ? parsed.lines : null;
}

/**
 * Looks for a result of this host on the medium: a record with one of these outcomes that names one of the key protector IDs met now
 * (a host has at most one volume of an ID; without BitLocker the serial number has to do, where it tells a machine).
 *
 * @param outcomes Words with a space around each.
 * @returns The record, or null.
 */
export function findEarlierResult(files: Files, medium: Medium, notes: readonly VolumeNote[], serialNumber: string, outcomes: string): FieldLines | null {
  const listed = files.list(`${medium.root}results`) || [];
  for (let i = 0; i < listed.length; i++) {
    const name = listed[i]?.name || '';
    // Renaming is the last step of writing: what is called otherwise was never finished.
    if (!/^[0-9a-f]{32}\.txt$/i.test(name)) continue;
    const lines = readRecord(files.readText(`${medium.root}results\\${name}`, MOST_BYTES));
    if (lines === null) continue;
    if (outcomes.indexOf(` ${findField(lines, 'outcome')} `) >= 0 && isOfThisHost(lines, notes, serialNumber)) return lines;
  }
  return null;
}

/**
 * Looks, in safe mode, for the record of the boot that set the flag, or for the plan of one that lost its power before: of this host by its serial number,
 * or, where firmware says none that tells a machine, the only one on the medium that no other record follows.
 */
export function findFlagged(files: Files, medium: Medium, serialNumber: string): FieldLines | null {
  const folder = `${medium.root}results\\`;
  const listed = files.list(`${medium.root}results`) || [];
  let followed = ' ';
  let ofThisHost: FieldLines | null = null;
  const flagged: FieldLines[] = [];
  for (let i = 0; i < listed.length; i++) {
    const name = listed[i]?.name || '';
    const lines = /^[0-9a-f]{32}\.(txt|plan)$/i.test(name) ? readRecord(readRecordFile(files, folder + name)) : null;
    if (lines === null) continue;
    const isPlan = /plan$/i.test(name);
    if (!isPlan) followed += `${findField(lines, 'follows') || ''} `;
    const hasFlagged = isPlan
      ? (findField(lines, 'safeBootEntries') || '') !== '' && !files.hasFile(folder + attemptRecordNames(findField(lines, 'attemptId') || '').finished)
      : findField(lines, 'outcome') === 'safe-boot-set';
    if (!hasFlagged) continue;
    const itsNumber = findField(lines, 'serialNumber') || '';
    if (isSerialNumber(serialNumber) && itsNumber === serialNumber) ofThisHost = ofThisHost === null || !isPlan ? lines : ofThisHost;
    else if (!isSerialNumber(serialNumber) || !isSerialNumber(itsNumber)) flagged.push(lines);
  }
  if (ofThisHost !== null) return ofThisHost;
  const open: FieldLines[] = [];
  for (let f = 0; f < flagged.length; f++) {
    const lines = flagged[f];
    if (lines !== undefined && followed.indexOf(` ${findField(lines, 'attemptId')} `) < 0) open.push(lines);
  }
  return open.length === 1 ? open[0] || null : null;
}

/** @returns An ID for this boot: no secret, only not the same twice. */
export function makeAttemptId(console: Console, state: State): string {
  let text = `${console.chance()} ${state.payload}`;
  for (let v = 0; v < state.volumes.length; v++) text += ` ${state.volumes[v]?.ids.join(' ')}`;
  const serialNumber = console.hostFacts().serialNumber || '';
  let ascii = '';
  for (let i = 0; i < serialNumber.length; i++) ascii += ` ${serialNumber.charCodeAt(i)}`;
  return formatHex(sha256(asciiBytes(text + ascii)).slice(0, 16));
}

/** @returns Whether a record, or a plan, was written at this host: same serial number, if that tells a machine, or a key protector ID met again. */
export function isOfThisHost(lines: FieldLines, notes: readonly VolumeNote[], serialNumber: string): boolean {
  if (isSerialNumber(serialNumber) && findField(lines, 'serialNumber') === serialNumber) return true;
  let seen = '';
  for (let v = 1; findField(lines, `volume.${v}.state`) !== null; v++) seen += ` ${findField(lines, `volume.${v}.keyProtectorIds`)} `;
  for (let v = 0; v < notes.length; v++) {
    const ids = notes[v]?.ids || [];
    for (let i = 0; i < ids.length; i++) if (seen.indexOf(` ${ids[i]} `) >= 0) return true;
  }
  return false;
}

function recordVolumes(notes: readonly VolumeNote[]): RecordedVolume[] {
  const volumes: RecordedVolume[] = [];
  for (let v = 0; v < notes.length; v++) {
    const note = notes[v];
    if (note === undefined) continue;
    volumes.push({
      letter: note.letter, state: note.state, openedBy: note.openedBy === '' ? null : note.openedBy,
      // Canonical since they were taken from manage-bde (unlocking.ts).
      openedWith: note.openedWith === '' ? null : note.openedWith as KeyProtectorId, keyProtectorIds: note.ids as readonly KeyProtectorId[],
      failure: note.failure === '' ? null : note.failure, bundle: note.bundle,
    });
  }
  return volumes;
}

function recordWindows(found: readonly FoundWindows[], isInspectOnly: boolean): RecordedWindows[] {
  const windows: RecordedWindows[] = [];
  for (let w = 0; w < found.length; w++) {
    const one = found[w];
    if (one === undefined) continue;
    const outcome = outcomeOf(one, isInspectOnly);
    windows.push({
      volume: one.volume, kind: one.kind, root: one.root, computerName: one.computerName, hibernated: one.hibernated, safeBoot: one.safeBoot,
      outcome: outcome.outcome, blockedReason: outcome.blockedReason,
    });
  }
  return windows;
}

function listFiles(found: readonly FoundWindows[]): { readonly removed: RemovedFile[]; readonly kept: KeptFile[] } {
  const removed: RemovedFile[] = [];
  const kept: KeptFile[] = [];
  for (let w = 0; w < found.length; w++) {
    const files = found[w]?.files || [];
    for (let f = 0; f < files.length; f++) {
      const file = files[f];
      if (file === undefined || file.verdict === 'remove') continue;
      const windows = w + 1;
      if (file.verdict === 'removed') {
        removed.push({ windows: windows, path: file.path, sizeBytes: file.sizeBytes, modifiedAtMs: file.modifiedAtMs, header: file.header, sha256: file.sha256, copy: file.copy === '' ? null : file.copy, attempt: file.attempt === '' ? null : file.attempt });
      } else {
        const digest = file.sha256 === '' ? null : file.sha256;
        kept.push({ windows: windows, path: file.path, sizeBytes: file.sizeBytes, modifiedAtMs: file.modifiedAtMs, header: file.header, sha256: digest, reason: file.verdict });
      }
    }
  }
  return { removed: removed, kept: kept };
}
