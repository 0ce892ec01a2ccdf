// The host a row of a table names, and what the row says of it.
import { readDirectoryPlace } from '../../core/hosts/distinguished-name.ts';
import type { ColumnRole, Columns } from './columns.ts';
import { fact, type HostExtras, type HostResult, makeHost, type OtherIds } from './host-facts.ts';
import { parseFiletime, parseInstant } from './instants.ts';
import { readGuid } from './key-values.ts';

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

/** Reads the hosts of a table's rows. */
export class TableHosts {
  readonly #columns: Columns;
  readonly #hasExtras: boolean;
  readonly #hasIds: boolean;

  constructor(columns: Columns) {
    this.#columns = columns;
    this.#hasIds = ID_ROLES.some((role) => columns[role] !== undefined);
    this.#hasExtras = EXTRA_ROLES.some((role) => columns[role] !== undefined);
  }

  /** The host a row names: its own column, then the name in a distinguished name, then the DNS name. */
  hostOf(fields: readonly string[]): HostResult {
    const { host = [], name = [], dn = [], dnsName = [] } = this.#columns;
    let result: HostResult = { status: 'empty' };
    const extras = this.#extras(fields);
    const ids = this.#hasIds ? this.#ids(fields) : undefined;
    for (const columns of [host, name, dn, dnsName]) {
      for (const column of columns) {
        const given = fields[column]?.trim() ?? '';
        if (given === '' || (!given.includes(',') && OBJECT_NAME.test(given))) continue;
        const found = makeHost(given, extras, ids);
        if (found.status === 'ok') return found;
        if (result.status === 'empty') result = found;
      }
    }
    return result;
  }

  #ids(fields: readonly string[]): OtherIds {
    const of = (role: (typeof ID_ROLES)[number]): string => valueOf(this.#columns, fields, role);
    return { objectGuid: of('objectGuid'), sid: of('sid'), biosUuid: of('biosUuid'), sensorId: of('aid') || of('deviceId') };
  }

  #extras(fields: readonly string[]): HostExtras {
    if (!this.#hasExtras) return NO_EXTRAS;
    const seen = valueOf(this.#columns, fields, 'lastSeenAt');
    const dnsName = fact(valueOf(this.#columns, fields, 'dnsName'));
    const place = readDirectoryPlace(valueOf(this.#columns, fields, 'dn'));
    const details = /^(CHECK|OK)\b/.exec(valueOf(this.#columns, fields, 'details').trim())?.[1];
    return {
      dnsName: dnsName !== null && dnsName.includes('.') && !dnsName.includes('?') ? dnsName.toLowerCase() : null,
      domain: fact(valueOf(this.#columns, fields, 'domain')) ?? place?.domain ?? null,
      organizationalUnit: organizationalUnit(valueOf(this.#columns, fields, 'organizationalUnit')) ?? place?.organizationalUnit ?? null,
      site: fact(valueOf(this.#columns, fields, 'site')),
      operatingSystem: fact(valueOf(this.#columns, fields, 'operatingSystem')),
      maker: fact(valueOf(this.#columns, fields, 'maker')), model: fact(valueOf(this.#columns, fields, 'model')), serialNumber: fact(valueOf(this.#columns, fields, 'serialNumber')),
      assetTag: fact(valueOf(this.#columns, fields, 'assetTag')), userName: fact(valueOf(this.#columns, fields, 'userName')),
      entraDeviceId: readGuid(valueOf(this.#columns, fields, 'entraDeviceId')), lastSeenAt: parseInstant(seen) ?? parseFiletime(seen),
      affected: details === undefined ? null : details === 'CHECK',
    };
  }
}

const EXTRA_ROLES = [
  'dnsName', 'dn', 'domain', 'organizationalUnit', 'site', 'operatingSystem', 'maker', 'model', 'serialNumber', 'assetTag', 'userName', 'entraDeviceId', 'lastSeenAt', 'details',
] as const satisfies readonly ColumnRole[];
/** The sensor's ID goes by the name of device_id in its API. */
const ID_ROLES = ['objectGuid', 'sid', 'biosUuid', 'aid', 'deviceId'] as const satisfies readonly ColumnRole[];
const NO_EXTRAS: HostExtras = {};

/** `paris --> laptops` and `Paris;Laptops` are paths too. */
const organizationalUnit = (text: string): string | null => fact(text.split(/\s*(?:-->|;)\s*/).filter((part) => part !== '').join(' / '));
