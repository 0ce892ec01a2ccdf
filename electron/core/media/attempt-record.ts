// The attempt record as the agent writes it (form: attempt-record.md; ES3-safe: runs in the agent; imports only ES3-safe modules of core).
import type { AgentMode, AttemptOutcome, BlockedReason } from '../codes.ts';
import type { KeyProtectorId } from '../keys/key-protector-id.ts';
import { formatFieldLine } from './field-lines.ts';
import { formatInstant } from './field-values.ts';

export type VolumeState = 'locked' | 'unlocked' | 'not-encrypted' | 'unreadable';
export type OpenedBy = 'bundle' | 'typed' | 'was-open';
export type BundleAnswer = 'opened' | 'not-on-this-medium' | 'damaged' | 'not-asked';
export type Hibernation = 'no' | 'yes' | 'discarded' | 'unknown';
export type SafeBootFlag = 'not-set' | 'set' | 'cleared' | 'left-set' | 'not-examined';
/** Why the flag could not be set: no boot store, none of a Windows in it, no copy of it on the medium, or bcdedit refused. */
export type SafeBootFault = 'no-store' | 'no-entry' | 'no-copy' | 'refused';
/** `data`: no Windows, but a volume that has the recipe's folder. */
export type PlaceKind = 'windows' | 'data';
export type KeptReason = 'newer' | 'header-differs' | 'remove-failed' | 'unreadable' | 'dry-run';

export type RecordedVolume = {
  /** One letter, or null for a volume without. */
  readonly letter: string | null;
  readonly state: VolumeState;
  /** With state `unlocked` and only then. */
  readonly openedBy: OpenedBy | null;
  readonly openedWith: KeyProtectorId | null;
  readonly keyProtectorIds: readonly KeyProtectorId[];
  /** Eight lower-case hex digits of the last failed unlocking, for example `80310027`. */
  readonly failure: string | null;
  readonly bundle: BundleAnswer;
};

export type RecordedWindows = {
  /** 1-based place among the volumes found; more may have been found than are listed. The same goes for files below. */
  readonly volume: number;
  readonly kind: PlaceKind;
  readonly root: string;
  readonly computerName: string | null;
  readonly hibernated: Hibernation;
  readonly safeBoot: SafeBootFlag;
  /** What this one came to; null in records of older agents. A reason with `blocked` and only then. */
  readonly outcome: AttemptOutcome | null;
  readonly blockedReason: BlockedReason | null;
};

/** A storage controller of the host that no driver serves. */
export type MissingDriver = { readonly hardwareId: string; readonly name: string };

export type RecordedFile = {
  /** 1-based place among the Windows found. */
  readonly windows: number;
  /** From the root of the volume, no letter. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number | null;
  /** First bytes, lower-case hex. */
  readonly header: string;
};
export type RemovedFile = RecordedFile & {
  readonly sha256: string;
  /** Name of its copy in the folder of results; null when none was kept. */
  readonly copy: string | null;
  /** Attempt that removed it and lost its power before it could say so; null when it was this one. */
  readonly attempt: string | null;
};
export type KeptFile = RecordedFile & { readonly sha256: string | null; readonly reason: KeptReason };

/** What one boot of one medium on one host saw and did. Instants are milliseconds since 1970 UTC by the host's clock. Never holds a recovery password. */
export type AttemptRecord = {
  readonly attemptId: string;
  readonly mediaId: string;
  readonly slot: number | null;
  readonly mode: AgentMode;
  /** The attempt that set the safe-boot flag which this one follows; null otherwise. */
  readonly follows: string | null;
  readonly recipeId: string;
  readonly recipeVersion: number;
  readonly payload: string;
  /** Null (on the desk) when the host's clock showed no time that can be written. */
  readonly startedAtMs: number | null;
  readonly finishedAtMs: number | null;
  readonly timeZoneBiasMinutes: number;
  readonly outcome: AttemptOutcome;
  /** With outcome `blocked` and only then. */
  readonly blockedReason: BlockedReason | null;
  readonly maker: string | null;
  readonly model: string | null;
  readonly serialNumber: string | null;
  readonly wrongPasscodes: number;
  readonly rejectedRecoveryPasswords: number;
  /** Duration of each step: looking at the volumes, deriving keys from the passcode, unlocking, the dry run, removing. Null: there was no such step. */
  readonly lookMs: number | null;
  readonly passcodeMs: number | null;
  readonly unlockMs: number | null;
  readonly examineMs: number | null;
  readonly repairMs: number | null;
  /** Result codes shown in this boot, canonical (result-code.md). */
  readonly resultCodes: readonly string[];
  /** Boot entries (GUIDs in braces) whose safe-boot flag this attempt set, or in safe mode that of the attempt it follows. */
  readonly safeBootEntries: readonly string[];
  readonly safeBootFault: SafeBootFault | null;
  readonly missingDrivers: readonly MissingDriver[];
  readonly volumes: readonly RecordedVolume[];
  readonly windows: readonly RecordedWindows[];
  /** How many there were; the lists may hold fewer. */
  readonly removedCount: number;
  readonly removed: readonly RemovedFile[];
  readonly keptCount: number;
  readonly kept: readonly KeptFile[];
};

/** @returns HMAC-SHA-256 of the ASCII text under the slot's record key, 64 lower-case hex digits. */
export type SignRecord = (text: string) => string;

export const MAX_VOLUMES = 32;
export const MAX_PROTECTORS = 16;
export const MAX_WINDOWS = 16;
export const MAX_FILES = 48;
export const MAX_DRIVERS = 4;
export const MAX_CODES = 8;
export const MAX_ENTRIES = 16;
export const MAX_DRIVER_TEXT = 60;
export const MAX_TEXT = 200;
export const MAX_ROOT = 100;
export const MAX_NAME = 64;
export const MAX_PATH = 260;
/** More than eleven days: WinPE restarts after three. */
export const MAX_DURATION_MS = 1000000000;
/** Files are listed up to here. What comes before them is below 55 000 bytes even when every character is escaped, and the last line still fits. */
const MAX_LISTED_BYTES = 60000;

/**
 * Writes an attempt record.
 *
 * @param record A record with a slot is signed, one without is not. Texts and lists that are too long are cut, so that a record can always be written.
 * @param sign   Lent; called once with everything before the last line. Null when no passcode was entered; without a slot it is not used.
 * @returns ASCII text, at most 65 536 characters. Throws only what `sign` throws.
 */
export function formatAttemptRecord(record: AttemptRecord, sign: SignRecord | null): string {
  const slot = sign === null ? null : record.slot;
  let text = 'bluelift-attempt 1\r\n'
    + line('attemptId', record.attemptId) + line('mediaId', record.mediaId) + line('slot', slot) + line('mode', record.mode)
    + known('follows', record.follows) + line('recipeId', record.recipeId) + line('recipeVersion', record.recipeVersion) + line('payload', record.payload)
    + line('startedAt', instant(record.startedAtMs)) + line('finishedAt', instant(record.finishedAtMs))
    + line('timeZoneBiasMinutes', record.timeZoneBiasMinutes);
  text += line('outcome', record.outcome)
    + known('blockedReason', record.outcome === 'blocked' ? record.blockedReason : null)
    + known('maker', cut(record.maker, MAX_TEXT)) + known('model', cut(record.model, MAX_TEXT)) + known('serialNumber', cut(record.serialNumber, MAX_TEXT))
    + line('wrongPasscodes', record.wrongPasscodes) + line('rejectedRecoveryPasswords', record.rejectedRecoveryPasswords)
    + known('lookMs', duration(record.lookMs)) + known('passcodeMs', duration(record.passcodeMs)) + known('unlockMs', duration(record.unlockMs))
    + known('examineMs', duration(record.examineMs)) + known('repairMs', duration(record.repairMs)) + known('resultCodes', joined(record.resultCodes, MAX_CODES))
    + known('safeBootEntries', joined(record.safeBootEntries, MAX_ENTRIES)) + known('safeBootFault', record.safeBootFault)
    + line('removedCount', record.removedCount) + line('keptCount', record.keptCount);
  for (let i = 0; i < record.missingDrivers.length && i < MAX_DRIVERS; i++) text += driverLines('driver.' + (i + 1) + '.', record.missingDrivers[i]);
  for (let i = 0; i < record.volumes.length && i < MAX_VOLUMES; i++) text += volumeLines('volume.' + (i + 1) + '.', record.volumes[i]);
  for (let i = 0; i < record.windows.length && i < MAX_WINDOWS; i++) text += windowsLines('windows.' + (i + 1) + '.', record.windows[i]);
  for (let i = 0; i < record.removed.length && i < MAX_FILES; i++) {
    const prefix = 'removed.' + (i + 1) + '.';
    const file = record.removed[i];
    const lines = file === undefined ? '' : fileLines(prefix, file, null) + known(prefix + 'copy', file.copy) + known(prefix + 'attempt', file.attempt);
    if (text.length + lines.length > MAX_LISTED_BYTES) break;
    text += lines;
  }
  for (let i = 0; i < record.kept.length && i < MAX_FILES; i++) {
    const file = record.kept[i];
    const lines = fileLines('kept.' + (i + 1) + '.', file, file === undefined ? null : file.reason);
    if (text.length + lines.length > MAX_LISTED_BYTES) break;
    text += lines;
  }
  return text + line('hmac', sign === null || slot === null ? null : sign(text));
}

/** @returns The file's name while it is written, and the one it is renamed to, in `\bluelift\results`. */
export function attemptRecordNames(attemptId: string): { readonly unfinished: string; readonly finished: string } {
  return { unfinished: attemptId + '.tmp', finished: attemptId + '.txt' };
}

function volumeLines(prefix: string, volume: RecordedVolume | undefined): string {
  if (volume === undefined) return '';
  return line(prefix + 'letter', volume.letter) + line(prefix + 'state', volume.state)
    + known(prefix + 'openedBy', volume.state === 'unlocked' ? volume.openedBy : null) + known(prefix + 'openedWith', volume.openedWith)
    + line(prefix + 'keyProtectorIds', joined(volume.keyProtectorIds, MAX_PROTECTORS)) + known(prefix + 'failure', volume.failure) + line(prefix + 'bundle', volume.bundle);
}

function windowsLines(prefix: string, windows: RecordedWindows | undefined): string {
  if (windows === undefined) return '';
  return line(prefix + 'volume', windows.volume) + line(prefix + 'kind', windows.kind) + line(prefix + 'root', windows.root.substring(0, MAX_ROOT))
    + known(prefix + 'computerName', cut(windows.computerName, MAX_NAME)) + line(prefix + 'hibernated', windows.hibernated) + line(prefix + 'safeBoot', windows.safeBoot)
    + known(prefix + 'outcome', windows.outcome) + known(prefix + 'blockedReason', windows.outcome === 'blocked' ? windows.blockedReason : null);
}

function driverLines(prefix: string, driver: MissingDriver | undefined): string {
  return driver === undefined ? '' : line(prefix + 'hardwareId', driver.hardwareId.substring(0, MAX_DRIVER_TEXT)) + known(prefix + 'name', cut(driver.name, MAX_DRIVER_TEXT));
}

function fileLines(prefix: string, file: RemovedFile | KeptFile | undefined, reason: KeptReason | null): string {
  if (file === undefined) return '';
  return line(prefix + 'windows', file.windows) + line(prefix + 'path', file.path.substring(0, MAX_PATH)) + line(prefix + 'sizeBytes', file.sizeBytes)
    + known(prefix + 'modifiedAt', instant(file.modifiedAtMs))
    + line(prefix + 'header', file.header.substring(0, 32)) + known(prefix + 'sha256', file.sha256) + known(prefix + 'reason', reason);
}

/** A field that is always there: null is written as `none`. */
function line(name: string, value: string | number | null): string {
  return formatFieldLine(name, value === null ? 'none' : '' + value);
}

/** A field that may be absent. */
function known(name: string, value: string | number | null): string {
  return value === null || value === '' ? '' : line(name, value);
}

function joined(words: readonly string[], most: number): string {
  let text = '';
  for (let i = 0; i < words.length && i < most; i++) text += (i > 0 ? ' ' : '') + words[i];
  return text;
}

function instant(ms: number | null): string | null {
  return ms === null ? null : formatInstant(ms);
}

/** A clock that was set meanwhile gives a duration that is none. */
function duration(ms: number | null): number | null {
  return ms !== null && ms >= 0 && ms <= MAX_DURATION_MS ? Math.round(ms) : null;
}

function cut(text: string | null, length: number): string | null {
  return text === null ? null : text.substring(0, length);
}
