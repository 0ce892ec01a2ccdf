// Whose the rows of a table are, where it says so by a number: keys of volumes of machines, each in a table of its own (MBAM, ConfigMgr, inventories). The database is untrusted.
import type Database from 'better-sqlite3';
import { recogniseColumns, type ColumnRole } from '../formats/intake/columns.ts';

/** A table with its columns, as they are stored. */
export interface TableShape { readonly name: string; readonly columns: readonly string[] }
/** What is known of the host of a row besides: columns, and their values for the row's own columns in their order. */
export interface HostOfRow { readonly columns: readonly string[]; valuesOf(row: readonly unknown[]): readonly unknown[] }

interface Reference { readonly column: string; readonly table: TableShape; readonly target: string }
type Step = ReadonlyMap<string, string | null>;

const NAMES = ['host', 'dn', 'dnsName', 'name'] as const satisfies readonly ColumnRole[];
const FACTS = [...NAMES, 'domain', 'organizationalUnit', 'site', 'operatingSystem', 'maker', 'model', 'serialNumber', 'assetTag', 'userName', 'entraDeviceId', 'lastSeenAt'] as const satisfies readonly ColumnRole[];
/** People, sites and policies have names, too. */
const ABOUT_HOST = /host|comput|machine|device|endpoint|asset|client|workstation|(?:^|_)pcs?$|rechner|ger[äa]e?t|dns/i;
/** A key's volume, its link to a machine, the machine. */
const FARTHEST = 3;
const MOST_ROWS = 2_000_000;

/** @param tables All of the database. @returns Null for a table that is of no keys, names its hosts itself, or leads to no table of hosts, or to several. AppErrors: none; what SQLite throws passes through. */
export function hostsOfRows(db: Database.Database, table: TableShape, tables: readonly TableShape[]): HostOfRow | null {
  const own = recogniseColumns(table.columns);
  if ((own.password ?? own.weakPassword ?? own.protectorId) === undefined || NAMES.some((role) => own[role] !== undefined)) return null;
  const way = wayToHosts(db, table, tables, new Set([table.name]), 0);
  if (way === null) return null;
  const { first, steps, hosts } = way;
  const from = table.columns.indexOf(first);
  const columns = recogniseColumns(hosts.columns);
  const chosen = [...new Set(FACTS.flatMap((role) => columns[role] ?? []))].map((column) => hosts.columns[column] ?? '').filter((name) => !table.columns.includes(name));
  const target = way.target;
  const facts = new Map(read(db, hosts.name, [target, ...chosen]).map(([key, ...values]) => [keyOf(key), values]));
  const none = chosen.map(() => null);
  // A name alone is the host's here, whatever it would be beside a key.
  const headings = chosen.map((name) => (/^(?:name|cn)$/i.test(name) ? 'hostname' : name));
  return {
    columns: headings,
    valuesOf: (row) => {
      const end = steps.reduce<string | null>((key, step) => (key === null ? null : step.get(key) ?? null), keyOf(row[from]));
      return (end === null ? undefined : facts.get(end)) ?? none;
    },
  };
}

interface Way { readonly first: string; readonly steps: readonly Step[]; readonly hosts: TableShape; readonly target: string }

function wayToHosts(db: Database.Database, table: TableShape, tables: readonly TableShape[], passed: ReadonlySet<string>, depth: number): Way | null {
  if (depth >= FARTHEST) return null;
  const references = referencesOf(db, table, tables).filter((reference) => !passed.has(reference.table.name));
  const direct = references.filter((reference) => isOfHosts(reference.table));
  if (direct.length > 0) return direct.length === 1 && direct[0] !== undefined ? { first: direct[0].column, steps: [], hosts: direct[0].table, target: direct[0].target } : null;
  const ways = references.flatMap((reference) => {
    const beyond = wayToHosts(db, reference.table, tables, new Set([...passed, reference.table.name]), depth + 1);
    if (beyond !== null) return [{ ...beyond, first: reference.column, steps: [mapOf(db, reference.table.name, reference.target, beyond.first), ...beyond.steps] }];
    return tables.flatMap((link) => {
      const both = passed.has(link.name) ? [] : referencesOf(db, link, tables);
      const here = both.find((one) => one.table.name === reference.table.name && one.target === reference.target);
      const there = both.filter((one) => isOfHosts(one.table));
      const [only] = there;
      return here === undefined || only === undefined || there.length > 1 ? [] : [{ first: reference.column, steps: [mapOf(db, link.name, here.column, only.column)], hosts: only.table, target: only.target }];
    });
  });
  return ways.length === 1 ? ways[0] ?? null : null;
}

function isOfHosts({ name, columns }: TableShape): boolean {
  const roles = recogniseColumns(columns);
  return NAMES.some((role) => (roles[role] ?? []).some((column) => ABOUT_HOST.test(columns[column] ?? ''))) || (ABOUT_HOST.test(name) && NAMES.some((role) => roles[role] !== undefined));
}

/** Those that are declared, and columns named after a table: `host_id` of `hosts`, `MachineId` of `…_Machines`. */
function referencesOf(db: Database.Database, table: TableShape, tables: readonly TableShape[]): readonly Reference[] {
  const declared = db.prepare<[string], { from: string; table: string; to: string | null }>('SELECT "from", "table", "to" FROM pragma_foreign_key_list(?)').all(table.name);
  return table.columns.flatMap((column) => {
    const said = declared.find(({ from }) => from === column);
    const base = /^(.+?)_?id$/i.exec(column)?.[1];
    const other = said !== undefined ? tables.find(({ name }) => name.toLowerCase() === said.table.toLowerCase()) : base === undefined ? undefined : tables.find(({ name }) => name !== table.name && singular(name.split(/[_.]/).at(-1) ?? '') === singular(base));
    const target = other === undefined ? undefined : said?.to ?? keyColumn(db, other, column);
    return other === undefined || target === undefined ? [] : [{ column, table: other, target }];
  });
}

const singular = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '').replace(/e?s?$/, '');

function keyColumn(db: Database.Database, { name, columns }: TableShape, column: string): string | undefined {
  const keys = db.prepare<[string], { name: string }>('SELECT name FROM pragma_table_xinfo(?) WHERE pk > 0').all(name);
  return keys.length === 1 ? keys[0]?.name : columns.find((one) => /^id$/i.test(one)) ?? columns.find((one) => one.toLowerCase() === column.toLowerCase());
}

/** From one column to the other; null where it is not the same for all rows. */
function mapOf(db: Database.Database, table: string, from: string, to: string): Step {
  const map = new Map<string, string | null>();
  for (const [key, value] of read(db, table, [from, to])) {
    const [one, other] = [keyOf(key), keyOf(value)];
    if (one === null || other === null) continue;
    map.set(one, map.has(one) && map.get(one) !== other ? null : other);
  }
  return map;
}

const read = (db: Database.Database, table: string, columns: readonly string[]): unknown[][] =>
  db.prepare<[], unknown[]>(`SELECT ${columns.map((column) => (`CASE WHEN octet_length(${quoted(column)}) <= 4096 THEN ${quoted(column)} END`)).join(', ')} FROM ${quoted(table)} LIMIT ${MOST_ROWS}`).raw().safeIntegers().all();

/** Numbers and texts that say the same are one. */
const keyOf = (value: unknown): string | null => (value === null || value === undefined ? null : Buffer.isBuffer(value) ? value.toString('hex') : String(value));

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
