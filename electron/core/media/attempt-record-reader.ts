// Reads attempt records on the desk (form: attempt-record.md). What comes from a stick is a statement of somebody, never a command.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { AGENT_MODES, ATTEMPT_OUTCOMES, BLOCKED_REASONS } from '../codes.ts';
import type { AttemptOutcome, AttemptProof, BlockedReason } from '../codes.ts';
import { parseKeyProtectorId } from '../keys/key-protector-id.ts';
import type { KeyProtectorId } from '../keys/key-protector-id.ts';
import { MAX_CODES, MAX_DRIVERS, MAX_DRIVER_TEXT, MAX_DURATION_MS, MAX_ENTRIES, MAX_FILES, MAX_NAME, MAX_PATH, MAX_PROTECTORS, MAX_ROOT, MAX_TEXT, MAX_VOLUMES, MAX_WINDOWS } from './attempt-record.ts';
import type { AttemptRecord, KeptFile, RecordedFile, RecordedVolume, RecordedWindows, RemovedFile, SafeBootFault } from './attempt-record.ts';
import { FieldFault, FieldReader } from './field-reader.ts';
import { RESULT_CODE_PATTERN } from './result-code.ts';
import { MAX_FIELD_LINES_BYTES, parseFieldLines } from './field-lines.ts';

/** Volumes and Windows may be referred to that did not fit into the lists. */
const MAX_PLACE = 999;

/** A record whose form is right, and what its proof is checked against. */
export type ReadAttemptRecord = {
  readonly record: AttemptRecord;
  /** Everything before the last line. */
  readonly signedText: string;
  readonly hmac: string | null;
};

export type ParsedAttemptRecord =
  | ({ readonly status: 'ok' } & ReadAttemptRecord)
  | { readonly status: 'refused'; readonly reason: 'too-large' | 'not-a-record' | 'newer-version' | 'cut-off' }
  /** `field` is the name of the first field that is wrong or missing, or `line N` where a line is no field at all. */
  | { readonly status: 'refused'; readonly reason: 'malformed'; readonly field: string };

/**
 * Reads one attempt record.
 *
 * @param bytes Untrusted: the file, or its first 65 537 bytes.
 * @returns The record, or why it is none. Unknown fields are ignored, as later agents may write more. Never throws.
 */
export function parseAttemptRecord(bytes: Uint8Array): ParsedAttemptRecord {
  if (bytes.length > MAX_FIELD_LINES_BYTES) return { status: 'refused', reason: 'too-large' };
  const text = Buffer.from(bytes).toString('latin1');
  const head = /^bluelift-attempt ([1-9][0-9]{0,4})\r?\n/.exec(text);
  if (head === null) return { status: 'refused', reason: 'not-a-record' };
  if (head[1] !== '1') return { status: 'refused', reason: 'newer-version' };
  const last = /\r?\nhmac=(none|[0-9a-f]{64})\r?\n$/.exec(text);
  if (last === null) return { status: 'refused', reason: 'cut-off' };
  const signedText = text.slice(0, text.indexOf('\n', last.index) + 1);
  const parsed = parseFieldLines(text);
  if (parsed.status !== 'ok') return { status: 'refused', reason: 'malformed', field: `line ${parsed.line}` };
  const hmac = last[1] === 'none' ? null : (last[1] ?? null);
  try {
    const record = readRecord(new FieldReader(parsed.lines.fields));
    if ((record.slot === null) !== (hmac === null)) throw new FieldFault('hmac');
    return { status: 'ok', record, signedText, hmac };
  } catch (fault) {
    if (fault instanceof FieldFault) return { status: 'refused', reason: 'malformed', field: fault.field };
    throw fault;
  }
}

/**
 * Says what a record proves.
 *
 * @param recordKeys The record keys of the medium the record names, by slot, from the media register; null when the desk knows no such medium. Secret.
 * @returns `signed` when the HMAC is right, `unsigned` when there is none, `claim` when it is wrong or can not be checked.
 */
export function classifyAttempt(read: ReadAttemptRecord, recordKeys: ReadonlyMap<number, Uint8Array> | null): AttemptProof {
  if (read.hmac === null) return 'unsigned';
  const key = read.record.slot === null ? undefined : recordKeys?.get(read.record.slot);
  if (key === undefined) return 'claim';
  const expected = createHmac('sha256', key).update(read.signedText, 'latin1').digest();
  return timingSafeEqual(expected, Buffer.from(read.hmac, 'hex')) ? 'signed' : 'claim';
}

function readRecord(fields: FieldReader): AttemptRecord {
  const { outcome, blockedReason } = readOutcome(fields, '');
  const volumes = fields.list('volume', 'letter', MAX_VOLUMES, (prefix) => readVolume(fields, prefix));
  const windows = fields.list('windows', 'volume', MAX_WINDOWS, (prefix) => readWindows(fields, prefix));
  const removed = fields.list('removed', 'path', MAX_FILES, (prefix): RemovedFile => ({
    ...readFile(fields, prefix), sha256: fields.hex(`${prefix}sha256`, 32), copy: fields.has(`${prefix}copy`) ? fields.matching(`${prefix}copy`, /^[0-9a-f]{32}-[0-9]{1,2}\.bin$/) : null,
    attempt: fields.has(`${prefix}attempt`) ? fields.hex(`${prefix}attempt`, 16) : null,
  }));
  const kept = fields.list('kept', 'path', MAX_FILES, (prefix): KeptFile => ({
    ...readFile(fields, prefix), sha256: fields.has(`${prefix}sha256`) ? fields.hex(`${prefix}sha256`, 32) : null,
    reason: fields.oneOf(`${prefix}reason`, ['newer', 'header-differs', 'remove-failed', 'unreadable', 'dry-run']),
  }));
  const [removedCount, keptCount] = [fields.count('removedCount', 1_000_000), fields.count('keptCount', 1_000_000)];
  if (removedCount < removed.length) throw new FieldFault('removedCount');
  if (keptCount < kept.length) throw new FieldFault('keptCount');
  return {
    attemptId: fields.hex('attemptId', 16), mediaId: fields.matching('mediaId', /^[A-Z0-9-]{1,32}$/), slot: fields.text('slot') === 'none' ? null : fields.place('slot', 64),
    mode: fields.has('mode') ? fields.oneOf('mode', AGENT_MODES) : 'repair', follows: fields.has('follows') ? fields.hex('follows', 16) : null,
    recipeId: fields.matching('recipeId', /^[a-z0-9][a-z0-9-]{0,39}$/), recipeVersion: fields.place('recipeVersion', 99_999), payload: fields.hex('payload', 32),
    startedAtMs: fields.instantOrNone('startedAt'), finishedAtMs: fields.instantOrNone('finishedAt'), timeZoneBiasMinutes: readBias(fields), outcome, blockedReason,
    maker: fields.shortText('maker', MAX_TEXT), model: fields.shortText('model', MAX_TEXT), serialNumber: fields.shortText('serialNumber', MAX_TEXT),
    wrongPasscodes: fields.count('wrongPasscodes', 1_000_000), rejectedRecoveryPasswords: fields.count('rejectedRecoveryPasswords', 1_000_000),
    lookMs: readDuration(fields, 'lookMs'), passcodeMs: readDuration(fields, 'passcodeMs'), unlockMs: readDuration(fields, 'unlockMs'), examineMs: readDuration(fields, 'examineMs'), repairMs: readDuration(fields, 'repairMs'),
    resultCodes: fields.has('resultCodes') ? readCodes(fields.text('resultCodes')) : [],
    safeBootEntries: fields.has('safeBootEntries') ? readEntries(fields.text('safeBootEntries')) : [], safeBootFault: fields.has('safeBootFault') ? fields.oneOf<SafeBootFault>('safeBootFault', ['no-store', 'no-entry', 'no-copy', 'refused']) : null,
    missingDrivers: fields.list('driver', 'hardwareId', MAX_DRIVERS, (prefix) => ({ hardwareId: fields.printable(`${prefix}hardwareId`, MAX_DRIVER_TEXT), name: fields.shortText(`${prefix}name`, MAX_DRIVER_TEXT) ?? '' })),
    volumes, windows, removedCount, removed, keptCount, kept,
  };
}

function readVolume(fields: FieldReader, prefix: string): RecordedVolume {
  const letter = fields.matching(`${prefix}letter`, /^([A-Z]|none)$/);
  const state = fields.oneOf(`${prefix}state`, ['locked', 'unlocked', 'not-encrypted', 'unreadable']);
  const openedBy = fields.has(`${prefix}openedBy`) ? fields.oneOf(`${prefix}openedBy`, ['bundle', 'typed', 'was-open']) : null;
  if ((state === 'unlocked') !== (openedBy !== null)) throw new FieldFault(`${prefix}openedBy`);
  const ids = fields.text(`${prefix}keyProtectorIds`);
  return {
    letter: letter === 'none' ? null : letter, state, openedBy, openedWith: fields.has(`${prefix}openedWith`) ? readId(`${prefix}openedWith`, fields.text(`${prefix}openedWith`)) : null,
    keyProtectorIds: ids === '' ? [] : readIds(`${prefix}keyProtectorIds`, ids), failure: fields.has(`${prefix}failure`) ? fields.hex(`${prefix}failure`, 4) : null,
    bundle: fields.oneOf(`${prefix}bundle`, ['opened', 'not-on-this-medium', 'damaged', 'not-asked']),
  };
}

function readWindows(fields: FieldReader, prefix: string): RecordedWindows {
  return {
    volume: fields.place(`${prefix}volume`, MAX_PLACE), kind: fields.has(`${prefix}kind`) ? fields.oneOf(`${prefix}kind`, ['windows', 'data']) : 'windows', root: fields.printable(`${prefix}root`, MAX_ROOT), computerName: fields.shortText(`${prefix}computerName`, MAX_NAME),
    hibernated: fields.oneOf(`${prefix}hibernated`, ['no', 'yes', 'discarded', 'unknown']), safeBoot: fields.oneOf(`${prefix}safeBoot`, ['not-set', 'set', 'cleared', 'left-set', 'not-examined']),
    ...(fields.has(`${prefix}outcome`) ? readOutcome(fields, prefix) : { outcome: null, blockedReason: null }),
  };
}

function readOutcome(fields: FieldReader, prefix: string): { readonly outcome: AttemptOutcome; readonly blockedReason: BlockedReason | null } {
  const outcome = fields.oneOf(`${prefix}outcome`, ATTEMPT_OUTCOMES);
  const blockedReason = fields.has(`${prefix}blockedReason`) ? fields.oneOf(`${prefix}blockedReason`, BLOCKED_REASONS) : null;
  if ((outcome === 'blocked') !== (blockedReason !== null)) throw new FieldFault(`${prefix}blockedReason`);
  return { outcome, blockedReason };
}

function readDuration(fields: FieldReader, name: string): number | null {
  return fields.has(name) ? fields.count(name, MAX_DURATION_MS) : null;
}

function readCodes(text: string): string[] {
  const codes = text.split(' ');
  if (codes.length > MAX_CODES || !codes.every((code) => RESULT_CODE_PATTERN.test(code))) throw new FieldFault('resultCodes');
  return codes;
}

function readEntries(text: string): string[] {
  const entries = text.split(' ');
  if (entries.length > MAX_ENTRIES || !entries.every((entry) => /^\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/.test(entry))) throw new FieldFault('safeBootEntries');
  return entries;
}

function readFile(fields: FieldReader, prefix: string): RecordedFile {
  return {
    windows: fields.place(`${prefix}windows`, MAX_PLACE), path: fields.printable(`${prefix}path`, MAX_PATH), sizeBytes: fields.count(`${prefix}sizeBytes`, Number.MAX_SAFE_INTEGER),
    modifiedAtMs: fields.has(`${prefix}modifiedAt`) ? fields.instant(`${prefix}modifiedAt`) : null, header: fields.matching(`${prefix}header`, /^([0-9a-f]{2}){0,16}$/),
  };
}

function readBias(fields: FieldReader): number {
  const minutes = Number(fields.matching('timeZoneBiasMinutes', /^(0|-?[1-9][0-9]{0,2})$/));
  if (Math.abs(minutes) > 900) throw new FieldFault('timeZoneBiasMinutes');
  return minutes;
}

function readIds(name: string, text: string): KeyProtectorId[] {
  const ids = text.split(' ');
  if (ids.length > MAX_PROTECTORS) throw new FieldFault(name);
  return ids.map((id) => readId(name, id));
}

/** Only the canonical form: what the agent writes is not what people type. */
function readId(name: string, text: string): KeyProtectorId {
  const id = parseKeyProtectorId(text);
  if (id === null || id !== text) throw new FieldFault(name);
  return id;
}
