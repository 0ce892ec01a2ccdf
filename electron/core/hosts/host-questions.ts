// Questions to a supervisor: two hosts that share an ID, one host whose IDs contradict each other. What it looks like is said, and never decided.
import type { ReadableDatabase } from '../../store/database.ts';
import { HOST_ID_KINDS, type HostGuess, type HostIdKind, type HostState } from '../codes.ts';
import { prepared } from '../keys/prepared.ts';
import { nextTurn } from '../keys/slices.ts';
import { shownId } from './key-owners.ts';

/** An ID of a host, with the first and the last file and row that give it; without a file: known from before such were kept. */
export interface SaidId {
  readonly kind: HostIdKind; readonly value: string; readonly source: string | null; readonly sourceRow: number; readonly lastSource: string | null; readonly lastRow: number;
}
export interface HostInQuestion {
  readonly hostId: number; readonly hostname: string; readonly state: HostState; readonly site: string | null; readonly keyRecords: number; readonly lastSeenAt: string | null;
  /** Those the question is about. */
  readonly ids: readonly SaidId[];
}
/** same-id: two hosts, one ID. other-ids: one host, several IDs of a kind. cut-name: a name of fifteen characters, and a longer one that begins with it. */
export interface HostQuestion { readonly kind: 'same-id' | 'other-ids' | 'cut-name'; readonly guess: HostGuess; readonly idKinds: readonly HostIdKind[]; readonly hosts: readonly HostInQuestion[] }

/** What many machines share tells none: a serial number that somebody typed into an image. */
const MOST_HOSTS = 4;
const STEP = 5000;
/** A sensor that is installed anew gets a new ID, and every machine does that some day. */
const CONTRADICTING = HOST_ID_KINDS.filter((kind) => kind !== 'sensor-id' && kind !== 'key-protector-id');
/** One name server entry for two names is no sign of one machine. */
const SHARED: readonly HostIdKind[] = HOST_ID_KINDS.filter((kind) => kind !== 'dns-name' && kind !== 'directory-name');
const inList = (kinds: readonly string[]): string => `(${kinds.map((kind) => `'${kind}'`).join(', ')})`;

/** @returns Open questions: pairs first, each by name. Reads every ID once, and lets others have their turn meanwhile. */
export async function listHostQuestions(db: ReadableDatabase, { offset, limit }: { readonly offset: number; readonly limit: number }): Promise<{ total: number; rows: HostQuestion[] }> {
  const pairs = await findPairs(db);
  const open = [...pairs, ...await findCutNames(db, pairs), ...await findContradictions(db)];
  return { total: open.length, rows: open.slice(offset, offset + limit).map((found) => toQuestion(db, found)) };
}

/** @returns How many IDs of a host could contradict each other: a decision that they are one machine's holds until there are more. */
export const countIds = (db: ReadableDatabase, hostId: number): number =>
  prepared<[number], { n: number }>(db, `SELECT count(*) AS n FROM host_ids WHERE host_id = ? AND kind IN ${inList(CONTRADICTING)}`).get(hostId)?.n ?? 0;

/** @returns Every ID of a host, by kind. */
export function listHostIds(db: ReadableDatabase, hostId: number): SaidId[] {
  return prepared<[number], SaidId>(
    db,
    `SELECT i.kind, i.value, a.name AS source, i.first_row AS sourceRow, z.name AS lastSource, i.last_row AS lastRow
       FROM host_ids i LEFT JOIN import_files a ON a.import_file_id = i.first_file_id LEFT JOIN import_files z ON z.import_file_id = i.last_file_id WHERE i.host_id = ? ORDER BY i.kind, i.value`,
  ).all(hostId).map((id) => ({ ...id, value: shownId(id.kind, id.value) }));
}

interface Found { readonly hosts: readonly number[]; readonly idKinds: readonly HostIdKind[]; readonly name: string; readonly isCut?: boolean }

/** NetBIOS knows the first fifteen characters of a name: sources that go by it cut it there. */
const NETBIOS_LENGTH = 15;

async function findCutNames(db: ReadableDatabase, pairs: readonly Found[]): Promise<Found[]> {
  const next = prepared<[number, number], { cut: number; whole: number }>(
    db,
    `SELECT c.host_id AS cut, w.host_id AS whole FROM hosts c JOIN hosts w ON w.hostname > c.hostname AND w.hostname < c.hostname || char(1114111)
      WHERE c.host_id > ? AND c.host_id <= ? AND length(c.hostname) = ${NETBIOS_LENGTH} AND c.joined_into IS NULL AND w.joined_into IS NULL`,
  );
  const last = prepared<[], { n: number | null }>(db, 'SELECT max(host_id) AS n FROM hosts').get()?.n ?? 0;
  const longer = new Map<number, number[]>();
  for (let from = 0; from < last; from += STEP) {
    for (const { cut, whole } of next.all(from, from + STEP)) longer.set(cut, [...(longer.get(cut) ?? []), whole]);
    await nextTurn();
  }
  const known = new Set(pairs.map(({ hosts }) => [...hosts].toSorted((a, b) => a - b).join(' ')));
  const isApart = prepared<[number, number], unknown>(db, "SELECT 1 FROM host_decisions WHERE kind = 'apart' AND undone_at IS NULL AND host_id = ? AND other_host_id = ?");
  // The beginning that many names share is a scheme of names and tells none of them.
  const found = [...longer].filter(([, wholes]) => wholes.length < MOST_HOSTS).flatMap(([cut, wholes]) => wholes.map((whole): [number, number] => (cut < whole ? [cut, whole] : [whole, cut])))
    .filter((pair) => !known.has(pair.join(' ')) && isApart.get(...pair) === undefined)
    .filter((pair) => { const all = pair.map((host) => listHostIds(db, host)); return !TELLING.some((kind) => isContradicted(all, { kind })); });
  return byName(db, found.map((hosts) => ({ hosts, idKinds: [], isCut: true })));
}

/** Where both hosts have one and they differ, they are two. */
const TELLING = ['serial-number', 'bios-uuid', 'object-guid', 'sid', 'entra-device-id', 'sensor-id'] as const satisfies readonly HostIdKind[];

async function findPairs(db: ReadableDatabase): Promise<Found[]> {
  type Row = { kind: HostIdKind; value: string; host: number };
  const next = prepared<[string, string, number], Row>(db, `SELECT kind, value, host_id AS host FROM host_ids WHERE (kind, value, host_id) > (?, ?, ?) ORDER BY kind, value, host_id LIMIT ${STEP}`);
  const pairs = new Map<string, { hosts: [number, number]; kinds: Set<HostIdKind> }>();
  let group: Row[] = [];
  const close = (): void => {
    const [first] = group;
    if (first !== undefined && group.length > 1 && group.length <= MOST_HOSTS && SHARED.includes(first.kind)) {
      for (const a of group) for (const b of group) {
        if (a.host >= b.host) continue;
        const known = pairs.get(`${a.host} ${b.host}`) ?? { hosts: [a.host, b.host], kinds: new Set() };
        known.kinds.add(first.kind);
        pairs.set(`${a.host} ${b.host}`, known);
      }
    }
    group = [];
  };
  for (let last: Row | undefined = { kind: HOST_ID_KINDS[0], value: '', host: 0 }, from: [string, string, number] = ['', '', 0]; last !== undefined; from = [last.kind, last.value, last.host]) {
    const rows = next.all(...from);
    last = rows.at(-1);
    for (const row of rows) {
      if (group[0] !== undefined && (group[0].kind !== row.kind || group[0].value !== row.value)) close();
      group.push(row);
    }
    if (last === undefined) break;
    await nextTurn();
  }
  close();
  const isApart = prepared<[number, number], unknown>(db, "SELECT 1 FROM host_decisions WHERE kind = 'apart' AND undone_at IS NULL AND host_id = ? AND other_host_id = ?");
  return byName(db, [...pairs.values()].filter(({ hosts }) => isApart.get(...hosts) === undefined).map(({ hosts, kinds }) => ({ hosts, idKinds: HOST_ID_KINDS.filter((kind) => kinds.has(kind)) })));
}

async function findContradictions(db: ReadableDatabase): Promise<Found[]> {
  const read = prepared<[number, number], { host: number; kind: HostIdKind }>(
    db, `SELECT host_id AS host, kind FROM host_ids WHERE host_id > ? AND host_id <= ? AND kind IN ${inList(CONTRADICTING)} GROUP BY host_id, kind HAVING count(*) > 1`,
  );
  const last = prepared<[], { n: number | null }>(db, 'SELECT max(host_id) AS n FROM hosts').get()?.n ?? 0;
  const kindsOf = new Map<number, HostIdKind[]>();
  for (let from = 0; from < last; from += STEP) {
    for (const { host, kind } of read.all(from, from + STEP)) kindsOf.set(host, [...(kindsOf.get(host) ?? []), kind]);
    await nextTurn();
  }
  const settled = prepared<[number], { n: number | null }>(db, "SELECT max(values_seen) AS n FROM host_decisions WHERE kind IN ('joined', 'one-host') AND undone_at IS NULL AND host_id = ?");
  return byName(db, [...kindsOf].filter(([host]) => countIds(db, host) > (settled.get(host)?.n ?? 0)).map(([host, kinds]) => ({ hosts: [host], idKinds: HOST_ID_KINDS.filter((kind) => kinds.includes(kind)) })));
}

function byName(db: ReadableDatabase, found: readonly Omit<Found, 'name'>[]): Found[] {
  const nameOf = prepared<[number], { id: number; hostname: string }>(db, 'SELECT host_id AS id, hostname FROM hosts WHERE host_id = ? AND joined_into IS NULL');
  return found.flatMap((one) => {
    const named = one.hosts.flatMap((host) => nameOf.get(host) ?? []).toSorted((a, b) => (a.hostname < b.hostname ? -1 : 1));
    return named.length < one.hosts.length ? [] : [{ ...one, hosts: named.map(({ id }) => id), name: named.map(({ hostname }) => hostname).join(' ') }];
  }).toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function toQuestion(db: ReadableDatabase, { hosts, idKinds, isCut = false }: Found): HostQuestion {
  const read = prepared<[number], Omit<HostInQuestion, 'ids'>>(
    db, 'SELECT host_id AS hostId, hostname, state, site, last_seen_at AS lastSeenAt, (SELECT count(*) FROM key_records k WHERE k.host_id = h.host_id) AS keyRecords FROM hosts h WHERE host_id = ?',
  );
  const all = hosts.map((host) => listHostIds(db, host));
  const isShared = ({ kind, value }: SaidId): boolean => all.every((ids) => ids.some((other) => other.kind === kind && other.value === value));
  const rows = hosts.flatMap((host, at) => {
    const row = read.get(host);
    return row === undefined ? [] : [{ ...row, ids: (all[at] ?? []).filter((id) => (isCut ? id.kind !== 'key-protector-id' : hosts.length > 1 ? isShared(id) || isContradicted(all, id) : idKinds.includes(id.kind))) }];
  });
  if (isCut) return { kind: 'cut-name', guess: 'cut-name', idKinds, hosts: rows };
  return { kind: hosts.length > 1 ? 'same-id' : 'other-ids', guess: hosts.length > 1 ? guessOfPair(idKinds, all) : guessOfOne(idKinds), idKinds, hosts: rows };
}

/** Both hosts have IDs of the kind, and none in common. */
const isContradicted = (all: readonly (readonly SaidId[])[], { kind }: Pick<SaidId, 'kind'>): boolean => {
  const [one, other] = all.map((ids) => ids.filter((id) => id.kind === kind).map(({ value }) => value));
  return one !== undefined && other !== undefined && one.length > 0 && other.length > 0 && !one.some((value) => other.includes(value));
};

/** A directory object, a registration and a volume keep their IDs when a computer is renamed; a machine keeps its serial number when it is installed anew. */
function guessOfPair(shared: readonly HostIdKind[], all: readonly (readonly SaidId[])[]): HostGuess {
  if (shared.some((kind) => kind !== 'serial-number' && kind !== 'bios-uuid')) return 'renamed';
  return isContradicted(all, { kind: 'entra-device-id' }) || isContradicted(all, { kind: 'object-guid' }) || isContradicted(all, { kind: 'sid' }) ? 'reimaged' : 'same-machine';
}

/** Installed anew, a computer stays in its domain. */
function guessOfOne(kinds: readonly HostIdKind[]): HostGuess {
  if (kinds.includes('serial-number') || kinds.includes('bios-uuid')) return 'other-machine';
  if (kinds.includes('directory-name')) return 'two-domains';
  return kinds.some((kind) => kind !== 'dns-name') ? 'reimaged' : 'two-domains';
}
