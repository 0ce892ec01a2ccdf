// Tables set beside each other on one sheet to save paper: the same headings once more, a column left free between them or not.
import { normaliseHeading, type Columns } from './columns.ts';

/** The columns of one of them, the last one excluded. */
type Block = readonly [from: number, to: number];

/** @returns The tables in a header that is the same headings over and over, a host's name among them; null where it is one table. */
export function tablesBeside(header: readonly string[] | null, { host, name, dn, dnsName }: Columns): readonly Block[] | null {
  const names = host ?? name ?? dn ?? dnsName;
  if (header === null || names === undefined || names.length < 2) return null;
  const headings = header.flatMap((heading, column) => (heading.trim() === '' ? [] : [{ heading: normaliseHeading(heading), column }]));
  const width = headings.findIndex(({ heading }, at) => at > 1 && heading === headings[0]?.heading);
  if (width === -1 || headings.length % width !== 0 || headings.some(({ heading }, at) => heading !== headings[at % width]?.heading)) return null;
  const starts = headings.flatMap(({ column }, at) => (at % width === 0 ? [column] : []));
  const blocks = starts.map((from, at): Block => [from, starts[at + 1] ?? header.length]);
  return blocks.every(([from, to]) => names.some((column) => column >= from && column < to)) ? blocks : null;
}

/** @returns Of a line the row of each table, its values where they stand; none for a table that has ended. */
export const rowsBeside = (fields: readonly string[], blocks: readonly Block[]): readonly (readonly string[])[] =>
  blocks.map(([from, to]) => fields.map((field, column) => (column >= from && column < to ? field : ''))).filter((row) => row.some((field) => field.trim() !== ''));
