// Hosts that a run speaks of, between file and store: each once, in the order of the file. They are columns, because an object a host takes a thread
// longer to hand over.
import type { HostFacts, HostRow } from '../../formats/intake/intake.ts';
import { mergeFacts, type MergedFacts, type SaidAt } from '../hosts/newest-facts.ts';
import { ownText } from './own-text.ts';
import { openHostIdStaging, type StagedHostIds } from './staged-host-ids.ts';

export const FILLABLE = [
  'dnsName', 'domain', 'organizationalUnit', 'site', 'operatingSystem', 'maker', 'model', 'serialNumber', 'assetTag', 'userName', 'entraDeviceId', 'lastSeenAt', 'description',
] as const satisfies readonly (keyof HostFacts)[];
type Fillable = (typeof FILLABLE)[number];

/** The n-th entries of all columns belong together. */
export interface StagedHosts {
  readonly count: number;
  /** Their indices in the order of their names, in which they are stored. */
  readonly order: Uint32Array<ArrayBuffer>;
  readonly hostnames: readonly string[];
  /** Null: none of them has it. */
  readonly facts: { readonly [F in Fillable]: readonly (string | null)[] | null };
  readonly affected: readonly (boolean | null)[];
  /** Where rows about one host were put together: when each of its facts was said. */
  readonly saidAt: readonly SaidAt[];
  /** Row that lists the host as such (not as the owner of a key); 0 when none does. */
  readonly listedRow: readonly number[];
  /** Whether that row says, or does not deny, that the host is down. */
  readonly reported: readonly boolean[];
  readonly ids: StagedHostIds;
}

export interface HostStaging {
  readonly count: number;
  /** Takes in what a row says. @returns The host's index. */
  note(host: HostFacts, row: number): number;
  /** The same for a row that lists it. @param isInventory The list is of all hosts there are: it says nobody is down, unless a row says so itself. */
  list(row: HostRow, isInventory: boolean): void;
  /** @returns What was noted since. `repeatedRows` say again what an earlier one said. */
  take(): { readonly hosts: StagedHosts; readonly repeatedRows: number };
}

type OpenFacts = { [F in Fillable]: (string | null)[] | null };

/** Puts together what rows of a file say about hosts: each once, with what the later rows add. */
export function openHostStaging(): HostStaging {
  let columns = openColumns();
  let indexOf = new Map<string, number>();
  const ids = openHostIdStaging();
  let repeatedRows = 0;
  /** The host of the row before; a reader gives the very same facts for rows that say the same. */
  let last: { readonly host: HostFacts; readonly index: number } | null = null;

  function indexOfHost(host: HostFacts): number {
    const known = indexOf.get(host.hostname);
    if (known !== undefined) {
      merge(columns, known, host);
      return known;
    }
    const index = columns.hostnames.length;
    const hostname = ownText(host.hostname);
    indexOf.set(hostname, index);
    columns.hostnames.push(hostname);
    columns.affected.push(host.affected);
    columns.saidAt.push(null);
    columns.listedRow.push(0);
    columns.reported.push(false);
    for (const field of FILLABLE) setFact(columns.facts, field, index, host[field]);
    return index;
  }

  function note(host: HostFacts, row: number): number {
    if (last?.host === host) return last.index;
    const index = indexOfHost(host);
    // Of rows that contradict each other the newest counts; the IDs are those of all.
    for (const id of host.ids) ids.note(id, index, row);
    last = { host, index };
    return index;
  }

  return {
    get count() { return columns.hostnames.length; },
    note,
    list({ row, host }, isInventory) {
      const index = note(host, row);
      const isReport = isInventory ? host.affected === true : host.affected !== false;
      const isListed = columns.listedRow[index] !== 0;
      if (isListed) repeatedRows += 1;
      if (isListed && (columns.reported[index] === true || !isReport)) return;
      columns.listedRow[index] = row;
      columns.reported[index] = isReport;
    },
    take() {
      const order = Uint32Array.from(columns.hostnames.toSorted(), (hostname) => indexOf.get(hostname) ?? 0);
      const taken = { hosts: { count: order.length, order, ...columns, ids: ids.take() }, repeatedRows };
      columns = openColumns();
      indexOf = new Map();
      repeatedRows = 0;
      last = null;
      return taken;
    },
  };
}

/** Facts of one of them. */
export function factsAt({ facts }: Pick<StagedHosts, 'facts'>, index: number): MergedFacts {
  const own: { -readonly [K in keyof MergedFacts]: MergedFacts[K] } = { ...NO_FACTS };
  for (const field of FILLABLE) own[field] = facts[field]?.[index] ?? null;
  return own;
}

/** Puts what a further row says of a host to what is known. */
function merge(columns: OpenColumns, index: number, host: HostFacts): void {
  const { facts, saidAt } = columns;
  if (host.lastSeenAt === null && FILLABLE.every((field) => host[field] === null || host[field] === facts[field]?.[index])) return; // as most do: nothing new
  const merged = mergeFacts(factsAt(columns, index), saidAt[index] ?? null, host, null);
  if (merged === null) return;
  for (const field of FILLABLE) setFact(facts, field, index, merged.facts[field]);
  saidAt[index] = merged.saidAt;
}

/** @param index Of a host that is there, or the next one. */
function setFact(facts: OpenFacts, field: Fillable, index: number, value: string | null): void {
  const column = facts[field] ?? (value === null ? null : (facts[field] = Array.from({ length: index }, () => null)));
  if (column === null || column[index] === value) return;
  const before = column[index - 1]; // exports list the hosts of a domain, a site, a model one after the other
  column[index] = value === null ? null : value === before ? before : ownText(value);
}

interface OpenColumns { readonly hostnames: string[]; readonly facts: OpenFacts; readonly affected: (boolean | null)[]; readonly saidAt: SaidAt[]; readonly listedRow: number[]; readonly reported: boolean[] }

const NO_FACTS = {
  dnsName: null, domain: null, organizationalUnit: null, site: null, operatingSystem: null, maker: null, model: null, serialNumber: null, assetTag: null, userName: null, entraDeviceId: null, lastSeenAt: null, description: null,
} as const satisfies MergedFacts;

const openColumns = (): OpenColumns => ({ hostnames: [], facts: { ...NO_FACTS }, affected: [], saidAt: [], listedRow: [], reported: [] });
