// What a constructed hand-over is: a file as some exporter writes it, and what an import has to make of it, row by row.
import fc from 'fast-check';
import type { KeyProtectorId } from '../../../../electron/core/keys/key-protector-id.ts';
import type { RecoveryPassword } from '../../../../electron/core/keys/recovery-password.ts';
import { type Encoding, idOf, passwordOf } from '../support.ts';

export interface KeyFact {
  readonly id: KeyProtectorId; readonly password: RecoveryPassword; readonly volumeId: KeyProtectorId; readonly deviceId: KeyProtectorId;
  readonly host: string; readonly unit: string; readonly drive: 'C:' | 'D:' | 'E:';
  /** As the exporter's zone shows it, and the same in UTC. */
  readonly local: string; readonly offset: string; readonly createdAt: string;
}

/** A fact that is not looked at is left out. */
export interface ExpectedKey {
  readonly row: number; readonly keyProtectorId: string | null; readonly recoveryPassword: string; readonly hostname: string | null;
  readonly createdAt?: string | null; readonly volumeId?: string | null; readonly entraDeviceId?: string | null; readonly drive?: string | null;
}
export interface ExpectedHost { readonly row: number; readonly hostname: string; readonly affected?: boolean | null; readonly lastSeenAt?: string | null; readonly serialNumber?: string | null; readonly entraDeviceId?: string | null; readonly operatingSystem?: string | null }

export interface HandOver {
  readonly text: string;
  readonly keys: readonly ExpectedKey[];
  readonly hosts: readonly ExpectedHost[];
  /** Keys that are named only. */
  readonly listed?: readonly object[];
  readonly rejected: readonly (readonly [row: number, reason: string])[];
  readonly notes: readonly string[];
}

export interface HandOverKind {
  readonly name: string;
  /** Encodings its exporter is seen with; UTF-8 and UTF-16 go with everything. */
  readonly encodings?: readonly Encoding[];
  readonly make: (facts: readonly KeyFact[], options: Options) => HandOver;
}

export interface Options { readonly delimiter: string; readonly newline: string; readonly quoted: boolean; readonly typeLine: boolean; readonly variant: number }

/** ISO-8601 with seconds, of some minutes after a year's beginning. */
const utc = (minutes: number): string => new Date(Date.UTC(2019, 0, 1) + minutes * 60_000).toISOString().replace('.000Z', 'Z');

/** Hosts and IDs differ within a file: what happens to repeated ones is the store's affair. */
export const keyFacts: fc.Arbitrary<readonly KeyFact[]> = fc.uniqueArray(
  fc.record({
    seed: fc.nat(1_000_000), prefix: fc.constantFrom('PC', 'DESKTOP-', 'MÜNCHEN-', 'ÉCOLE-', 'NB_', 'lap-'), number: fc.nat(99_999), unit: fc.constantFrom('Laptops', 'Büro', 'Sales, EMEA', 'R+D', 'Domain Computers'),
    drive: fc.constantFrom('C:' as const, 'D:' as const, 'E:' as const), minutes: fc.integer({ min: 1, max: 3_500_000 }), offsetMinutes: fc.constantFrom(0, 60, -480, 330, 120),
  }),
  { minLength: 1, maxLength: 10, selector: ({ number }) => number },
).map((list) => list.map(({ seed, prefix, number, unit, drive, minutes, offsetMinutes }) => ({
  id: idOf(seed * 7 + number), password: passwordOf(seed * 11 + number), volumeId: idOf(seed * 13 + number + 1), deviceId: idOf(seed * 17 + number + 2), host: `${prefix}${number}`, unit, drive,
  local: utc(minutes + offsetMinutes).slice(0, 19), offset: offsetMinutes === 0 ? '-00:00' : `${offsetMinutes < 0 ? '-' : '+'}${String(Math.floor(Math.abs(offsetMinutes) / 60)).padStart(2, '0')}:${String(Math.abs(offsetMinutes) % 60).padStart(2, '0')}`, createdAt: utc(minutes),
})));

export const options: fc.Arbitrary<Options> = fc.record({ delimiter: fc.constantFrom(',', ';', '\t', '|'), newline: fc.constantFrom('\r\n', '\n'), quoted: fc.boolean(), typeLine: fc.boolean(), variant: fc.nat(1000) });

export const objectName = ({ local, offset, id }: KeyFact): string => `${local}${offset}{${id}}`;
const escaped = (value: string): string => value.replace(/[,+]/g, (mark) => `\\${mark}`);
export const objectDn = (fact: KeyFact): string => `CN=${escaped(objectName(fact))},${computerDn(fact)}`;
export const computerDn = ({ host, unit }: KeyFact): string => `CN=${host},OU=${escaped(unit)},DC=corp,DC=example`;

/** A record of a table and what becomes of it. */
export interface Line { readonly cells: readonly (string | null)[]; readonly key?: Omit<ExpectedKey, 'row'>; readonly keys?: readonly Omit<ExpectedKey, 'row'>[]; readonly host?: Omit<ExpectedHost, 'row'>; readonly rejected?: string; readonly listed?: object }

/** A table as its exporter writes it: a record's row is the line it begins on. Null is an empty field that is never quoted. */
export function table(header: readonly string[] | null, lines: readonly Line[], { delimiter, newline, quoted, typeLine }: Options): HandOver {
  const write = (cells: readonly (string | null)[]): string => cells.map((cell) => (cell === null ? '' : quoted || cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(delimiter);
  const texts = [...(header !== null && typeLine ? ['#TYPE Selected.System.Management.Automation.PSCustomObject'] : []), ...(header === null ? [] : [write(header)])];
  let row = texts.length + 1;
  const keys: ExpectedKey[] = [];
  const hosts: ExpectedHost[] = [];
  const rejected: [number, string][] = [];
  const listed: object[] = [];
  for (const line of lines) {
    const text = write(line.cells);
    texts.push(text);
    for (const key of line.key === undefined ? (line.keys ?? []) : [line.key]) keys.push({ row, ...key });
    if (line.host !== undefined) hosts.push({ row, ...line.host });
    if (line.rejected !== undefined) rejected.push([row, line.rejected]);
    if (line.listed !== undefined) listed.push({ row, ...line.listed });
    row += text.split(/\r\n|\n/).length;
  }
  return { text: texts.join(newline) + newline, keys, hosts, listed, rejected, notes: [] };
}

/** A text whose keys stand on lines of their own. */
export function text(lines: readonly (string | (Omit<ExpectedKey, 'row'> & { readonly line: string }))[], newline: string): HandOver {
  const keys = lines.flatMap((line, index) => {
    if (typeof line === 'string') return [];
    const { line: _line, ...key } = line;
    return [{ row: index + 1, ...key }];
  });
  return { text: lines.map((line) => (typeof line === 'string' ? line : line.line)).join(newline) + newline, keys, hosts: [], rejected: [], notes: [] };
}

export const upper = (host: string): string => host.toUpperCase();
