// What a workbook says of itself: its sheets, and which cells show dates.
import { XmlScanner } from './xml-events.ts';

export interface Sheet { readonly name: string; /** Within the archive. */ readonly path: string }
export interface Workbook { readonly sheets: readonly Sheet[]; readonly from1904: boolean }

const MOST_SHEETS = 1000;

/**
 * @param workbook  `xl/workbook.xml`.
 * @param relations  `xl/_rels/workbook.xml.rels`: which file a sheet is in.
 * @returns Sheets in the order of their tabs; charts and macros are none.
 */
export function readWorkbook(workbook: string, relations: string): Workbook {
  const targets = new Map<string, string>();
  scan(relations, (name, attribute) => {
    if (name !== 'Relationship' || !(attribute('Type') ?? '').endsWith('/worksheet')) return;
    const target = attribute('Target') ?? '';
    targets.set(attribute('Id') ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`);
  });
  const sheets: Sheet[] = [];
  let from1904 = false;
  scan(workbook, (name, attribute) => {
    if (name === 'workbookPr') from1904 = /^(?:1|true)$/.test(attribute('date1904') ?? '');
    const path = name === 'sheet' ? targets.get(attribute('r:id') ?? attribute('id') ?? '') : undefined;
    if (path !== undefined && sheets.length < MOST_SHEETS) sheets.push({ name: attribute('name') ?? '', path });
  });
  return { sheets, from1904 };
}

/** @param styles  `xl/styles.xml`. @returns Numbers of the cell formats that show a date or a time. */
export function readDateStyles(styles: string): ReadonlySet<number> {
  const dateFormats = new Set<number>(BUILT_IN_DATES);
  const dates = new Set<number>();
  let inCellFormats = false;
  let index = 0;
  scan(styles, (name, attribute) => {
    if (name === 'numFmt' && isDateFormat(attribute('formatCode') ?? '')) dateFormats.add(Number(attribute('numFmtId')));
    else if (name === 'cellXfs') inCellFormats = true;
    else if (name === 'cellStyles' || name === 'dxfs') inCellFormats = false;
    else if (name === 'xf' && inCellFormats) {
      if (dateFormats.has(Number(attribute('numFmtId') ?? 0))) dates.add(index);
      index++;
    }
  });
  return dates;
}

/** ECMA-376 part 1, 18.8.30. */
const BUILT_IN_DATES = [14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47];

/** A format with a year, day or hour in it, outside quotes and brackets. */
const isDateFormat = (code: string): boolean => /[ydh]/i.test(code.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '')) && !/^general$/i.test(code);

function scan(xml: string, open: (name: string, attribute: (name: string) => string | null) => void): void {
  new XmlScanner({ open, close: () => undefined, text: () => undefined }).write(xml);
}
