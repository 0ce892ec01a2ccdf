// Hosts that a run speaks of, between file and store: each once, in the order of the file. They are columns, because an object a host takes a thread
// longer to hand over.
import type { HostFacts, HostRow } from '../../formats/intake/intake.ts';
import type { HostId } from '../../formats/intake/host-ids.ts';
import type { HostIdKind } from '../codes.ts';
import { mergeFacts, type MergedFacts, type SaidAt } from '../hosts/newest-facts.ts';

export const FILLABLE = [
  'dnsName', 'domain', 'organizationalUnit', 'site', 'operatingSystem', 'maker', 'model', 'serialNumber', 'assetTag', 'userName', 'entraDeviceId', 'lastSeenAt', 'description',
] as const satisfies readonly (keyof HostFacts)[];

/** The n-th entries of all columns belong together. */
export interface StagedHosts {
  readonly count: number;
  /** Their indices in the order of their names, in which they are stored. */
  readonly order: Uint32Array<ArrayBuffer>;
  readonly hostnames: readonly string[];
  /** Null: none of them has it. */
  readonly facts: { readonly [F in (typeof FILLABLE)[number]]: readonly (string | null)[] | null };
  readonly affected: readonly (boolean | null)[];
  /** Where rows about one host were put together: when each of its facts was said. */
  readonly saidAt: readonly SaidAt[];
  /** Row that lists the host as such (not as the owner of a key); 0 when none does. */
  readonly listedRow: readonly number[];
  /** Whether that row says, or does not deny, that the host is down. */
  readonly reported: readonly boolean[];
  readonly ids: StagedHostIds;
}

/** IDs that rows of the file give of hosts, each once, by kind and value. `hosts`: index in StagedHosts. */
export interface StagedHostIds {
  readonly kinds: readonly HostIdKind[];
  readonly values: readonly string[];
  readonly hosts: readonly number[];
  readonly rows: readonly number[];
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

interface Noted { facts: HostFacts; saidAt: SaidAt; listedRow: number; reported: boolean }
type NotedId = HostId & { readonly host: number; readonly row: number };

/** Puts together what rows of a file say about hosts: each once, with what the later rows add. */
export function openHostStaging(): HostStaging {
  let noted: Noted[] = [];
  let indexOf = new Map<string, number>();
  let ids: NotedId[] = [];
  let knownIds = new Set<string>();
  let repeatedRows = 0;
  /** The host of the row before; a reader gives the very same facts for rows that say the same. */
  let last: { readonly host: HostFacts; readonly index: number } | null = null;

  function indexOfHost(host: HostFacts): number {
    const known = indexOf.get(host.hostname);
    const before = known === undefined ? undefined : noted[known];
    if (known !== undefined && before !== undefined) {
      const merged = mergeFacts(before.facts, before.saidAt, host, null);
      if (merged !== null) {
        before.facts = detached(merged.facts);
        before.saidAt = merged.saidAt;
      }
      return known;
    }
    const facts = detached(host);
    noted.push({ facts, saidAt: null, listedRow: 0, reported: false });
    indexOf.set(facts.hostname, noted.length - 1);
    return noted.length - 1;
  }

  function note(host: HostFacts, row: number): number {
    if (last?.host === host) return last.index;
    const index = indexOfHost(host);
    // Of rows that contradict each other the newest counts; the IDs are those of all.
    for (const { kind, value } of host.ids) {
      const name = `${index} ${kind} ${value}`;
      if (knownIds.has(name)) continue;
      knownIds.add(name);
      ids.push({ kind, value: ownText(value), host: index, row });
    }
    last = { host, index };
    return index;
  }

  return {
    get count() { return noted.length; },
    note,
    list({ row, host }, isInventory) {
      const staged = noted[note(host, row)];
      if (staged === undefined) return;
      const isReport = isInventory ? host.affected === true : host.affected !== false;
      const isListed = staged.listedRow !== 0;
      if (isListed) repeatedRows += 1;
      if (isListed && (staged.reported || !isReport)) return;
      staged.listedRow = row;
      staged.reported = isReport;
    },
    take() {
      const taken = { hosts: columnsOf(noted, ids), repeatedRows };
      noted = [];
      indexOf = new Map();
      ids = [];
      knownIds = new Set();
      repeatedRows = 0;
      last = null;
      return taken;
    },
  };
}

/** Facts of one of them. */
export function factsAt({ facts }: StagedHosts, index: number): MergedFacts {
  const own: { -readonly [K in keyof MergedFacts]: MergedFacts[K] } = { ...NO_FACTS };
  for (const field of FILLABLE) own[field] = facts[field]?.[index] ?? null;
  return own;
}

function columnsOf(hosts: readonly Noted[], given: readonly NotedId[]): StagedHosts {
  const facts = Object.fromEntries(FILLABLE.map((field) => {
    const column = hosts.map((host) => host.facts[field]);
    return [field, column.some((value) => value !== null) ? column : null];
  })) as StagedHosts['facts']; // a column for each of FILLABLE
  const ids = given.toSorted((a, b) => (a.kind === b.kind ? (a.value < b.value ? -1 : 1) : a.kind < b.kind ? -1 : 1));
  const hostnames = hosts.map((host) => host.facts.hostname);
  return {
    count: hosts.length, order: Uint32Array.from(hostnames.keys()).sort((a, b) => ((hostnames[a] ?? '') < (hostnames[b] ?? '') ? -1 : 1)), hostnames, facts, affected: hosts.map((host) => host.facts.affected),
    saidAt: hosts.map(({ saidAt }) => saidAt), listedRow: hosts.map(({ listedRow }) => listedRow), reported: hosts.map(({ reported }) => reported),
    ids: { kinds: ids.map(({ kind }) => kind), values: ids.map(({ value }) => value), hosts: ids.map(({ host }) => host), rows: ids.map(({ row }) => row) },
  };
}

const NO_FACTS: MergedFacts = {
  dnsName: null, domain: null, organizationalUnit: null, site: null, operatingSystem: null, maker: null, model: null, serialNumber: null, assetTag: null, userName: null, entraDeviceId: null, lastSeenAt: null, description: null,
};

/** A copy that stands by itself. What a reader gives is a view of the piece of the file it was read in, and would keep all of it: of a run 50 MB. */
export const ownText = <T extends string>(text: T): T => ` ${text}`.slice(1) as T; // the same text

function detached(host: HostFacts): HostFacts {
  const own: { -readonly [K in keyof HostFacts]: HostFacts[K] } = { ...host, hostname: ownText(host.hostname), ids: [] };
  for (const field of FILLABLE) {
    const value = host[field];
    if (value !== null) own[field] = ownText(value);
  }
  return own;
}
