// Reads JSON: Graph's answers in all their wrappings, ExtractBitlockerKeys, Falcon's device lists, and whatever has names known from tables.
import { JsonRecords } from './json-records.ts';
import { readKeyProtectorId } from './key-values.ts';
import type { IntakeNote } from './reasons.ts';
import type { IntakeKind } from './rows.ts';
import type { Emit, RowReader } from './row-reader.ts';
import { layoutOfRecord } from './table-layout.ts';
import { TableRows } from './table-rows.ts';

/** True when a text begins as JSON does. */
export const looksLikeJson = (text: string): boolean => /^\s*(?:\{\s*(?:"|\}|$)|\[\s*(?:[{\["]|\]|$))/.test(text);

/** @returns What kind of JSON it is, for the label; all are read alike. */
export function jsonKind(head: string): IntakeKind {
  if (/"volumeType"\s*:|bitlockerRecoveryKey|bitlocker\/recoveryKeys/.test(head)) return 'graph-json';
  if (/"volumeGuid"\s*:/.test(head)) return 'extract-bitlocker-keys-json';
  return /"(?:key|(?:bitlocker)?_?recovery_?(?:key|password)s?)"\s*:|"\d{6}(?:-\d{6}){7}/i.test(head) ? 'keys-json' : 'hosts-json';
}

type Fields = Readonly<Record<string, string>>;
const DEEPEST_RECORD = 8;
const NEXT_PAGE = /"@odata\.nextLink"\s*:\s*"/;
/** Names that say so little in a parent that a child must not inherit them. */
const OWN_NAMES = /^(?:id|key|password|name|type|createddatetime|createdat)$/i;

/** Reads JSON. A row is a record; it counts by its place in the file, for all may stand on one line. */
export function readJson(emit: Emit): RowReader {
  let rowsRead = 0;
  let tail = '';
  const notes = new Set<IntakeNote>();
  const records = new JsonRecords({
    record(value, row) {
      if (isEmptyWrapping(value)) return;
      rowsRead++;
      let emitted = 0;
      readRecord(value, row, {}, 0, (found) => {
        emitted++;
        emit(found);
      });
      if (emitted === 0) emit({ kind: 'rejected', row, reason: 'no-key-in-row' });
    },
    damaged(row, how) {
      rowsRead++;
      emit({ kind: 'rejected', row, reason: how === 'too-long' ? 'row-too-long' : 'entry-damaged' });
    },
  });
  return {
    write(text) {
      // The mark of a further page may lie across two pieces.
      if (NEXT_PAGE.test(tail + text)) notes.add('incomplete-page');
      tail = text.slice(-100);
      records.write(text);
    },
    end() {
      if (records.isCutOff) notes.add('cut-off');
      records.end();
    },
    get rowsRead() { return rowsRead; },
    get notes() { return Array.from(notes); },
  };
}

/** `{"value": []}`, `{"@odata.context": …}`: an answer without anything in it. */
const isEmptyWrapping = (value: unknown): boolean =>
  isObject(value) && Object.entries(value).every(([name, inner]) => name.startsWith('@') || (Array.isArray(inner) && inner.length === 0));

/** A record, or the records inside one: a device with its keys in a list hands its name down to them. */
function readRecord(value: unknown, row: number, inherited: Fields, depth: number, emit: Emit): void {
  if (depth > DEEPEST_RECORD) return;
  if (Array.isArray(value)) return value.forEach((inner) => readRecord(inner, row, inherited, depth + 1, emit));
  if (!isObject(value)) return;
  const own: Record<string, string> = {};
  const nested: unknown[] = [];
  for (const [name, inner] of Object.entries(value)) {
    const text = scalar(inner);
    if (text !== null) own[name] = text;
    else nested.push(inner);
  }
  const fields = { ...inherited, ...own };
  if (emitRow(own, fields, row, emit)) return;
  const handedDown = Object.fromEntries(Object.entries(fields).filter(([name]) => !OWN_NAMES.test(name)));
  let below = 0;
  for (const inner of nested) {
    readRecord(inner, row, handedDown, depth + 1, (found) => {
      // What is said of a host in an inner object (its operating system, its policies) is no host of its own.
      if (found.kind !== 'key') return;
      below++;
      emit(found);
    });
  }
  if (below === 0) emitHost(own, fields, row, nested, depth, emit);
}

/** @returns Whether the record holds keys or was meant to. */
function emitRow(own: Fields, fields: Fields, row: number, emit: Emit): boolean {
  const layout = layoutOf(own);
  if (layout?.holds !== 'keys') {
    if (!isKeyWithoutPassword(own)) return false;
    emit({ kind: 'rejected', row, reason: 'recovery-password-not-exported' });
    return true;
  }
  const whole = layoutOf(fields) ?? layout;
  new TableRows(whole, emit).record(Object.values(fields), row);
  return true;
}

function emitHost(own: Fields, fields: Fields, row: number, nested: readonly unknown[], depth: number, emit: Emit): void {
  const layout = layoutOf(own);
  if (layout !== null) new TableRows(layout, emit).record(Object.values(own), row);
  else if (depth === 0) for (const inner of nested) readRecord(inner, row, fields, depth + 1, emit);
}

function layoutOf(fields: Fields): ReturnType<typeof layoutOfRecord> {
  const names = Object.keys(fields);
  // In the directory of devices "deviceId" is the Entra device ID; in other lists it is anything.
  const isDirectory = 'displayName' in fields && ('trustType' in fields || 'approximateLastSignInDateTime' in fields || 'accountEnabled' in fields);
  return layoutOfRecord(isDirectory ? names.map((name) => (name === 'deviceId' ? 'entraDeviceId' : name)) : names, Object.values(fields));
}

/** Graph's list: it gives ID, device and time of every key, and never the key. */
const isKeyWithoutPassword = (fields: Fields): boolean => 'id' in fields && 'volumeType' in fields && readKeyProtectorId(fields.id ?? '') !== null;

/** A value as a cell of a table holds it; several values in one become lines. Null for what is a record of its own. */
function scalar(value: unknown): string | null {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (!Array.isArray(value)) return null;
  const parts = value.map((part) => (Array.isArray(part) || isObject(part) ? null : scalar(part)));
  return value.length > 0 && parts.includes(null) ? null : parts.join('\n');
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
