// Records of a table that are none of its rows: its header again, a ruler, the count below it, a remark.
import type { TableLayout } from './table-layout.ts';

/** @returns Whether it is one: files joined end to end carry their header in the middle, some draw a line below it. */
export const isNoRow = ({ header }: TableLayout, fields: readonly string[]): boolean => isHeaderAgain(header, fields) || isAround(fields);

/** @returns Whether a record is what programs and people draw around rows, whatever the table. */
export const isAround = (fields: readonly string[]): boolean => (fields.every(isRuler) && (fields.length > 1 || WIDE_RULER.test(fields[0] ?? ''))) || isRowCount(fields) || isSum(fields) || isRemark(fields);

function isHeaderAgain(header: TableLayout['header'], fields: readonly string[]): boolean {
  const first = fields[0] ?? '';
  if (first.startsWith('#TYPE ')) return true;
  return header !== null && first.trim() === header[0] && fields.length === header.length && fields.every((field, column) => field.trim() === header[column]);
}

/** What SQL Server writes below its rows, `(2 rows affected)` in any language, and MySQL and Oracle: `2 rows in set (0.00 sec)`, `2 rows selected.` */
const isRowCount = (fields: readonly string[]): boolean => /^\(\d+ [\p{L} ]{3,40}\)$|^\d+ rows? (?:in set\b|selected\b|retrieved\b)/u.test(fields[0]?.trim() ?? '') && fields.slice(1).every((field) => field.trim() === '');
/** What people write below theirs: `Total: 12`, `Summe;12`. */
const isSum = (fields: readonly string[]): boolean => SUM.test(fields[0]?.trim() ?? '') && fields.slice(1).every((field) => /^\s*\d{0,5}\s*$/.test(field));
const SUM = /^(?:total|totale|totaal|sum|summe|somme|suma|gesamt|insgesamt|count|anzahl)(?:(?:\s*[:=]|\s)\s*\d{0,5})?$/i;
/** `# end of file`, what ends a quotation in Markdown, and the heading of a text box, which a report server puts below a table as one of its own. */
const isRemark = (fields: readonly string[]): boolean => REMARK.test(fields[0] ?? '') && fields.slice(1).every((field) => field.trim() === '');
const REMARK = /^\s*(?:#\s(?!.*\d{6})|```\s*$|textbox\d{1,4}\s*$)/i;
/** Between cells without marks of its own: `+------+------+`. */
const WIDE_RULER = /^\s*[-+=]{5}/;
const isRuler = (field: string): boolean => /^[\s:=+-]*$/.test(field);
