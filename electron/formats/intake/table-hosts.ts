// The host a row of a table names, and what the row says of it.
import { type DirectoryPlace, directoryNameOf, readDirectoryPlace } from '../../core/hosts/distinguished-name.ts';
import type { ColumnRole, Columns } from './columns.ts';
import { description, fact, type HostExtras, type HostResult, makeHost, type OtherIds } from './host-facts.ts';
import { parseFiletime, parseInstant } from './instants.ts';
import { readGuid } from './key-values.ts';
import { hostInTitle } from './text-hosts.ts';

/** Time and ID in the name of a recovery object, alone or at the head of a distinguished name. */
export const OBJECT_NAME = /^(?:(?:LDAPS?|GC):\/\/(?:[^/]*\/)?)?(?:CN=)?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\\?[+-]\d\d:\d\d|Z)?)\{([0-9A-Fa-f-]{36})\}/i;

/** @returns The first value of a role that is not blank, in the order of its columns, else the empty text. */
export function valueOf(columns: Columns, fields: readonly string[], role: ColumnRole): string {
  const places = columns[role];
  if (places === undefined) return '';
  for (const column of places) {
    const value = fields[column];
    if (value !== undefined && value.trim() !== '') return value;
  }
  return '';
}

/** @returns The first value of a role that says something: the word of an exporter for nothing lets the next column speak. */
function factOf(columns: Columns, fields: readonly string[], role: ColumnRole): string | null {
  for (const column of columns[role] ?? []) {
    const value = fact(fields[column]);
    if (value !== null) return value;
  }
  return null;
}

/** Reads the hosts of a table's rows. */
export class TableHosts {
  readonly #columns: Columns;
  readonly #hasExtras: boolean;
  readonly #hasIds: boolean;
  /** All that an answer depends on. */
  readonly #columnsRead: readonly number[];
  /** Exports list the keys of a host one after the other: the row before has said it already. */
  #last: { readonly fields: readonly string[]; readonly result: HostResult } | null = null;

  constructor(columns: Columns) {
    this.#columns = columns;
    this.#columnsRead = [...new Set([...NAME_ROLES, 'title' as const, ...EXTRA_ROLES, ...ID_ROLES].flatMap((role) => columns[role] ?? []))];
    this.#hasIds = ID_ROLES.some((role) => columns[role] !== undefined);
    this.#hasExtras = EXTRA_ROLES.some((role) => columns[role] !== undefined);
  }

  /** The host a row names: its own column, then the name in a distinguished name, then the DNS name. The very same value for rows that say the same of it. */
  hostOf(fields: readonly string[]): HostResult {
    const last = this.#last;
    if (last !== null && this.#columnsRead.every((column) => last.fields[column] === fields[column])) return last.result;
    const result = this.#readHost(fields);
    this.#last = { fields, result };
    return result;
  }

  #readHost(fields: readonly string[]): HostResult {
    let result: HostResult = { status: 'empty' };
    const dn = valueOf(this.#columns, fields, 'dn');
    const place = dn === '' ? null : readDirectoryPlace(dn);
    const extras = this.#extras(fields, place);
    const ids = this.#hasIds ? this.#ids(fields, place) : undefined;
    for (const role of NAME_ROLES) {
      for (const column of this.#columns[role] ?? []) {
        const given = fields[column]?.trim() ?? '';
        if (given === '' || (!given.includes(',') && OBJECT_NAME.test(given))) continue;
        const found = makeHost((given.includes(' ') && !given.includes('=') ? REMARKED.exec(given)?.[1] ?? hostInTitle(given) : null) ?? given, extras, ids);
        if (found.status === 'ok') return found;
        if (result.status === 'empty') result = found;
      }
    }
    for (const column of this.#columns.title ?? []) {
      const given = fields[column]?.trim() ?? '';
      const name = /^[\w.-]*\d[\w.-]*$/.test(given) ? given : hostInTitle(given);
      const found = name === null ? null : makeHost(name, extras, ids);
      if (found?.status === 'ok' && result.status === 'empty') return found;
    }
    return result;
  }

  #ids(fields: readonly string[], place: DirectoryPlace | null): OtherIds {
    const of = (role: (typeof ID_ROLES)[number]): string => valueOf(this.#columns, fields, role);
    return { objectGuid: of('objectGuid'), sid: of('sid'), biosUuid: of('biosUuid'), sensorId: of('aid') || of('deviceId'), directoryName: directoryNameOf(place) };
  }

  /** By the first of its columns whose date can be read. */
  #lastSeenAt(fields: readonly string[]): string | null {
    for (const column of this.#columns.lastSeenAt ?? []) {
      const seen = fields[column] ?? '';
      const at = parseInstant(seen) ?? parseFiletime(seen);
      if (at !== null) return at;
    }
    return null;
  }

  #isAnswering(fields: readonly string[]): boolean {
    const { reachable = [], status = [] } = this.#columns;
    return reachable.some((column) => ANSWERS.test(fields[column]?.trim() ?? '')) || status.some((column) => IS_UP.test(fields[column]?.trim() ?? ''));
  }

  #extras(fields: readonly string[], place: DirectoryPlace | null): HostExtras {
    if (!this.#hasExtras) return NO_EXTRAS;
    const of = (role: ColumnRole): string | null => factOf(this.#columns, fields, role);
    const dnsName = of('dnsName');
    const details = /^(CHECK|OK)\b/.exec(valueOf(this.#columns, fields, 'details').trim())?.[1];
    return {
      dnsName: dnsName !== null && dnsName.includes('.') && !NO_DNS_NAME.test(dnsName) ? dnsName.toLowerCase() : null,
      domain: of('domain') ?? place?.domain ?? null,
      organizationalUnit: organizationalUnit(valueOf(this.#columns, fields, 'organizationalUnit')) ?? place?.organizationalUnit ?? null,
      site: of('site'),
      operatingSystem: systemOf(of('operatingSystem'), of('osVersion')),
      maker: of('maker'), model: of('model'), serialNumber: wholeOrNull(of('serialNumber')),
      assetTag: of('assetTag'), userName: of('userName'), description: description(valueOf(this.#columns, fields, 'description')),
      entraDeviceId: readGuid(valueOf(this.#columns, fields, 'entraDeviceId')), lastSeenAt: this.#lastSeenAt(fields),
      // Who answers is up; who does not may be switched off.
      affected: details === undefined ? (this.#isAnswering(fields) ? false : null) : details === 'CHECK',
    };
  }
}

const NAME_ROLES = ['host', 'name', 'dn', 'dnsName'] as const satisfies readonly ColumnRole[];
const EXTRA_ROLES = [
  'dnsName', 'dn', 'domain', 'organizationalUnit', 'site', 'operatingSystem', 'osVersion', 'maker', 'model', 'serialNumber', 'assetTag', 'userName', 'description', 'entraDeviceId', 'lastSeenAt', 'details', 'reachable', 'status',
] as const satisfies readonly ColumnRole[];
/** The sensor's ID goes by the name of device_id in its API. */
const ID_ROLES = ['objectGuid', 'sid', 'biosUuid', 'aid', 'deviceId', 'dn'] as const satisfies readonly ColumnRole[];
const NO_EXTRAS: HostExtras = {};
/** `PC-0001 (formerly PC-0100)`: both are names of one machine, and the first is the one it goes by. */
const REMARKED = /^([^\s()]+)\s+\((?:formerly|former|previously|prev|old|ex|was|aka|alt|alter name|früher|vorher|ehemals|ehem|war|vormals|ancien|anciennement|antes|prima|ex-)[\s.:-][^()]*\)$/iu;
/** `Windows Server 2019` for its version says more than `Windows`; a number says nothing by itself. */
const systemOf = (name: string | null, version: string | null): string | null =>
  version !== null && /^\p{L}{3}/u.test(version) && (name === null || version.toLowerCase().startsWith(name.toLowerCase())) ? version : name;
/** Letters lost, cut off, the address of a server, or several. */
const NO_DNS_NAME = /\?|\.{2}|…|^[\d.]+$|[\s,;:|]/;
/** Cut off, it would be another's. */
const wholeOrNull = (value: string | null): string | null => (value === null || /(?:\.{3}|…)$/.test(value) ? null : value);
const IS_UP = /^(?:up|alive|online|reachable|erreichbar|en ligne)$/i;
const ANSWERS = /^(?:up|alive|online|reachable|erreichbar|en ligne|true|yes|ja|oui|wahr|vrai|success|ok|\d+(?:[.,]\d+)? ?ms)$/i;

/** `paris --> laptops` and `Paris;Laptops` are paths too. */
const organizationalUnit = (text: string): string | null => fact(text.split(/\s*(?:-->|;)\s*/).filter((part) => part !== '').join(' / '));
