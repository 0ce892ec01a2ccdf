// Reads JSON: Graph's answers in all their wrappings, ExtractBitlockerKeys, Falcon's device lists, and whatever has names known from tables.
import { isDistinguishedName } from '../../core/hosts/distinguished-name.ts';
import { isKey, whatNamesAre } from './json-names.ts';
import { JsonRecords } from './json-records.ts';
import { type Fields, fieldsBeside, namesHost } from './json-surroundings.ts';
import { keysInTexts } from './json-text.ts';
import { emitLocalCredentials } from './laps-rows.ts';
import type { IntakeNote, RejectReason } from './reasons.ts';
import type { IntakeKind, IntakeRow } from './rows.ts';
import type { Emit, RowReader } from './row-reader.ts';
import { isHostShaped } from './text-hosts.ts';
import { keyRowOf } from './any-text.ts';
import { mayHoldKey, searchCells } from './row-search.ts';
import { layoutOfRecord } from './table-layout.ts';
import { TableRows } from './table-rows.ts';

/** True when a text begins as JSON does, or as Python prints the same. */
export const looksLikeJson = (text: string): boolean => /^\s*(?:\{\s*(?:["']|\}|$)|\[\s*(?:[{\[]|\]|$))/.test(text);

/** @returns What kind of JSON it is, for the label; all are read alike. */
export function jsonKind(text: string): IntakeKind {
  const head = text.replaceAll("'", '"');
  if (/"passwordBase64"\s*:|deviceLocalCredential|"DecryptionStatus"\s*:|"ms-?LAPS-|"ms-Mcs-AdmPwd/i.test(head)) return 'laps-json';
  if (/"volumeType"\s*:|bitlockerRecoveryKey|bitlocker\/recoveryKeys/i.test(head)) return 'graph-json';
  if (/"volumeGuid"\s*:/.test(head)) return 'extract-bitlocker-keys-json';
  if (/"key"\s*:\s*(?:null|"\s*\d{6})|"(?:bitlocker)?_?recovery_?(?:key|password)s?"\s*:|"\d{6}(?:-\d{6}){7}/i.test(head)) return 'keys-json';
  return INVENTORY.test(head) && !CONSOLE_OR_TICKET.test(head) ? 'inventory-json' : 'hosts-json';
}

/** What device management (Intune, Entra), a directory, ConfigMgr, RMM and asset management call things, and nobody who lists the affected does. */
const INVENTORY = /"(?:azureADDeviceId|managedDeviceName|managementAgent|approximateLastSignInDateTime|trustType|SamAccountName|ResourceI[dD]|ClientActiveStatus|nodeClass|asset_?tag|assetBasicInfo|sys_id)"\s*:/;
/** Falcon's devices, and what is reported of a host. */
const CONSOLE_OR_TICKET = /"(?:cid|aid|CFVersion|cmdb_ci|short_description|incident_state|opened_at)"\s*:/;

const NO_KEYS: Pick<ReturnType<typeof searchCells>, 'keys'> = { keys: [] };
const DEEPEST_RECORD = 8;
const NEXT_PAGE = /"@odata\.nextLink"\s*:\s*"/;
/** An answer that counts its pages (`{"page": 1, "totalPages": 3}`). */
const PAGES = /"page"\s*:\s*"?(?<page>\d{1,6})[^{}[\]]{0,200}?"total_?pages"\s*:\s*"?(?<pages>\d{1,6})|"total_?pages"\s*:\s*"?(?<pages>\d{1,6})[^{}[\]]{0,200}?"page"\s*:\s*"?(?<page>\d{1,6})/i;
/** Falcon's answers say how many there are in all. */
const TOTAL = /"pagination"\s*:\s*\{[^{}]{0,150}?"total"\s*:\s*(\d{1,9})/;
/** What stands beside an answer's records in its wrapping. */
const BESIDE = /^(?:@|odata\.|count$|next_?link$)/i;
/** Names that say so little in a parent that a child must not inherit them. */
const OWN_NAMES = /^(?:id|key|password|name|type|createddatetime|createdat)$/i;

/** Reads JSON. A row is a record; it counts by its place in the file, for all may stand on one line. */
export function readJson(emit: Emit): RowReader {
  let rowsRead = 0;
  let tail = '';
  /** Records that came out of wrappings beyond the wrappings themselves. */
  let unwrapped = 0;
  let total = 0;
  const notes = new Set<IntakeNote>();
  const oneRecord = (value: unknown, row: number, around: Fields): void => {
    if (isHeading(value)) return;
    rowsRead++;
    const found: IntakeRow[] = [];
    readRecord(value, row, { inherited: {}, around }, 0, (one) => found.push(one));
    const others = keysInTexts(value, row, found.filter((one) => one.kind === 'key'));
    // With its keys found after all, nothing is missing in it.
    for (const one of found) if (others.length === 0 || one.kind !== 'rejected' || isOfKey(one.reason)) emit(one);
    others.forEach(emit);
    if (found.length === 0 && others.length === 0) emit({ kind: 'rejected', row, reason: 'no-key-in-row' });
  };
  const records = new JsonRecords({
    record(value, number, around) {
      if (isEmptyWrapping(value)) return;
      const wrapped = recordsWithin(value);
      unwrapped += wrapped === null ? 0 : wrapped.length - 1;
      const last = number + unwrapped;
      const first = wrapped === null ? last : last - wrapped.length + 1;
      (wrapped ?? [value]).forEach((inner, index) => oneRecord(inner, first + index, around));
    },
    stray(text) {
      if (!mayHoldKey(text)) return;
      const { keys, wrong } = searchCells([text], 1);
      const found = [...keys.map(keyRowOf), ...wrong];
      for (const one of found) {
        rowsRead++;
        unwrapped++;
        emit({ ...one, row: rowsRead });
      }
    },
    damaged(number, how, text) {
      rowsRead++;
      // Its keys can be whole all the same.
      const { keys } = mayHoldKey(text) ? searchCells([text], number + unwrapped) : NO_KEYS;
      for (const key of keys) emit({ ...keyRowOf(key), row: number + unwrapped });
      if (keys.length === 0) emit({ kind: 'rejected', row: number + unwrapped, reason: how === 'too-long' ? 'row-too-long' : 'entry-damaged' });
    },
  });
  return {
    write(text) {
      // The mark of a further page may lie across two pieces.
      const seen = tail + text;
      const pages = PAGES.exec(seen)?.groups ?? null;
      if (NEXT_PAGE.test(seen) || (pages !== null && Number(pages['page']) < Number(pages['pages']))) notes.add('incomplete-page');
      total = Math.max(total, Number(TOTAL.exec(seen)?.[1] ?? 0));
      tail = seen.slice(-250);
      records.write(text);
    },
    end() {
      if (records.isCutOff) notes.add('cut-off');
      records.end();
      if (rowsRead > 0 && rowsRead < total) notes.add('incomplete-page');
    },
    get rowsRead() { return rowsRead; },
    get notes() { return Array.from(notes); },
  };
}

/** Pages in a list (`[{"value": […]}, {"value": […]}]`): each record of each page counts. Null for anything else. */
function recordsWithin(value: unknown): readonly unknown[] | null {
  if (!isObject(value)) return null;
  const inner = Object.entries(value).filter(([name]) => !BESIDE.test(name));
  const list = inner.length === 1 ? inner[0]?.[1] : undefined;
  return Array.isArray(list) && list.length > 0 && list.every(isObject) ? list : null;
}

/** `{"value": []}`, `{"@odata.context": …}`: an answer without anything in it. */
const isEmptyWrapping = (value: unknown): boolean =>
  isObject(value) && Object.entries(value).every(([name, inner]) => name.startsWith('@') || (Array.isArray(inner) && inner.length === 0));

/** What a record has from the objects it stands in, and what stands beside those and counts only where none of them names a host. */
interface Above { readonly inherited: Fields; readonly around: Fields }

/** A record, or the records inside one: a device with its keys in a list hands its name down to them. */
function readRecord(value: unknown, row: number, above: Above, depth: number, emit: Emit): void {
  if (depth > DEEPEST_RECORD) return;
  if (Array.isArray(value)) return value.forEach((inner) => readRecord(inner, row, above, depth + 1, emit));
  if (!isObject(value) || emitLocalCredentials(value, row, emit)) return;
  const own: Record<string, string> = {};
  const nested: unknown[] = [];
  const named = whatNamesAre(value);
  if (named !== null) return Object.entries(value).forEach(([name, inner]) => readNamed(named, name, inner, row, above, depth, emit));
  for (const [name, inner] of Object.entries(value)) {
    const custom = customFields(inner);
    if (custom !== null) {
      for (const [field, text] of custom) own[field] ??= text;
      continue;
    }
    const text = isSecureString(inner) ? 'System.Security.SecureString' : scalar(shownValue(inner));
    if (text !== null) own[name] = text;
    else nested.push(inner);
  }
  const handed = { ...above.inherited, ...own };
  const around = { ...above.around, ...fieldsBeside(value) };
  const fields = namesHost(handed) ? handed : { ...around, ...handed };
  if (emitRow(own, fields, row, emit)) return;
  const inherited = Object.fromEntries(Object.entries(handed).filter(([name]) => !OWN_NAMES.test(name)));
  let below = 0;
  // A password manager keeps the name of an entry around what it signs in with, an asset management that of a host around its fields.
  const name = own['name'] ?? '';
  const entry: Fields = isObject(value['login']) && name !== '' ? { title: name } : isHostShaped(name) && !namesHost(handed) && !namesHost(around) ? { hostname: name } : {};
  for (const inner of nested) {
    readRecord(inner, row, { inherited: { ...inherited, ...entry }, around }, depth + 1, (found) => {
      // What is said of a host in an inner object (its operating system, its policies) is no host of its own.
      if (found.kind === 'host' || (found.kind === 'rejected' && !isOfKey(found.reason))) return;
      below++;
      emit(found);
    });
  }
  if (below === 0) emitHost(own, handed, row, nested, depth, emit);
}

/** A key that was meant and is lost; what an empty list of keys is called says nothing. */
const isOfKey = (reason: RejectReason): boolean => !/^(?:hostname-|no-key-in-row$|other-platform$|recovery-password-missing$)/.test(reason);

function readNamed(kind: 'hosts' | 'ids', name: string, inner: unknown, row: number, { inherited, around }: Above, depth: number, emit: Emit): void {
  const own = { [kind === 'ids' ? 'keyProtectorId' : isDistinguishedName(name) ? 'distinguishedName' : 'hostname']: name };
  for (const one of Array.isArray(inner) ? inner : [inner]) {
    if (isKey(one)) readRecord({ ...own, recoveryPassword: one }, row, { inherited, around }, depth + 1, emit);
    else readRecord(one, row, { inherited: { ...inherited, ...own }, around }, depth + 1, emit);
  }
}

/** @returns Whether the record holds keys or was meant to. */
function emitRow(own: Fields, fields: Fields, row: number, emit: Emit): boolean {
  // A key and nothing else is a table of one column, and such are read as text.
  const layout = layoutOf(own) ?? (Object.values(own).some(isKey) ? layoutOf(fields) : null);
  if (layout?.holds !== 'keys') return false;
  const whole = layoutOf(fields) ?? layout;
  new TableRows(whole, emit).record(Object.values(fields), row);
  return true;
}

function emitHost(own: Fields, fields: Fields, row: number, nested: readonly unknown[], depth: number, emit: Emit): void {
  const layout = layoutOf(own);
  if (layout !== null) new TableRows(layout, emit).record(Object.values(own), row);
  else if (depth === 0) for (const inner of nested) readRecord(inner, row, { inherited: fields, around: {} }, depth + 1, emit);
}

function layoutOf(fields: Fields): ReturnType<typeof layoutOfRecord> {
  const names = Object.keys(fields);
  // In the directory of devices "deviceId" is the Entra device ID; in other lists it is anything.
  const isDirectory = 'displayName' in fields && ('trustType' in fields || 'approximateLastSignInDateTime' in fields || 'accountEnabled' in fields);
  return layoutOfRecord(isDirectory ? names.map((name) => (name === 'deviceId' ? 'entraDeviceId' : name)) : names, Object.values(fields));
}

/** Fields that people add, in a list of names and values (password managers, tickets) or by name (Snipe-IT: `{"BitLocker Key": {"field": …, "value": …}}`). Null for anything else. */
function customFields(value: unknown): readonly (readonly [string, string])[] | null {
  const pairs = Array.isArray(value) ? value.map((one) => (isObject(one) ? [one['name'] ?? one['label'], one['value']] : [])) : isObject(value) ? Object.entries(value).map(([name, one]) => (isObject(one) && 'field' in one ? [name, one['value']] : [])) : [];
  const fields = pairs.flatMap(([name, text]) => (typeof name === 'string' && (typeof text === 'string' || text === null) ? [[name, text ?? ''] as const] : []));
  return fields.length > 0 && fields.length === pairs.length ? fields : null;
}

/** ServiceNow gives each value as people see it and as it is stored (`sysparm_display_value=all`). @returns What people see, or the value itself. */
const shownValue = (value: unknown): unknown => (isObject(value) && 'display_value' in value && ('value' in value || 'link' in value) ? value['display_value'] : value);

/** A heading of what stands further down (`"schema": [{"name": "DeviceName", "type": "String"}]`), and no record. */
const isHeading = (value: unknown): boolean => isObject(value) && Object.keys(value).length <= 4 && typeof value['name'] === 'string' && TYPES.test(String(value['type'] ?? value['dataType'] ?? value['columnType'] ?? ''));
const TYPES = /^(?:system\.)?(?:string|varchar|n?text|datetime|timestamp|date|guid|uuid|dynamic|bool(?:ean)?|s?byte|u?int(?:16|32|64)?|long|real|double|decimal|object)$/i;

/** What ConvertTo-Json makes of one: its length. */
const isSecureString = (value: unknown): boolean => isObject(value) && Object.keys(value).join() === 'Length' && typeof value['Length'] === 'number';

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
