// Writes zip archives, sound and hostile ones (APPNOTE.TXT 6.3: local header, data, central directory, its end).
import { crc32, deflateRawSync } from 'node:zlib';

export interface ConstructedMember {
  readonly name: string;
  readonly bytes: Uint8Array | string;
  /** 0 stored, 8 deflated (left out), anything else a method nobody reads. */
  readonly method?: number;
  readonly encrypted?: boolean;
  /** What the directory says instead of the truth. */
  readonly saysSizeBytes?: number;
}

export function constructZip(members: readonly ConstructedMember[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, bytes, method = 8, encrypted = false, saysSizeBytes } of members) {
    const plain = Buffer.from(bytes);
    const packed = method === 8 ? deflateRawSync(plain) : plain;
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0); // version needed
    fields.writeUInt16LE((encrypted ? 1 : 0) | 0x800, 2); // names in UTF-8
    fields.writeUInt16LE(method, 4);
    fields.writeUInt32LE(crc32(plain), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(saysSizeBytes ?? plain.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), fields, rest, Buffer.from(name)]));
    locals.push(local);
    at += local.length;
  }
  const sizeBytes = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(members.length, 4);
  end.writeUInt16LE(members.length, 6);
  end.writeUInt32LE(sizeBytes, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...locals, ...directory, Buffer.from('PK\x05\x06'), end]);
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** A workbook as Excel lays it out: texts shared, a date by the style of its cell. A `Date` is one, anything else text; null is no cell. @param merged Of every sheet, as `A2:A4`. */
export function constructWorkbook(sheets: Readonly<Record<string, readonly (readonly (string | Date | null)[])[]>>, merged: readonly string[] = []): Buffer {
  const strings: string[] = [];
  const cell = (value: string | Date | null, column: number, row: number): string => {
    if (value === null) return '';
    const place = `r="${String.fromCharCode(65 + column)}${row}"`;
    if (value instanceof Date) return `<c ${place} s="1"><v>${value.getTime() / 86_400_000 + 25_569}</v></c>`;
    strings.push(value);
    return `<c ${place} t="s"><v>${strings.length - 1}</v></c>`;
  };
  const names = Object.keys(sheets);
  const parts = names.map((name, index) => ({
    name: `xl/worksheets/sheet${index + 1}.xml`,
    bytes: `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${(sheets[name] ?? []).map((row, at) => `<row r="${at + 1}">${row.map((value, column) => cell(value, column, at + 1)).join('')}</row>`).join('')}</sheetData>${merged.length === 0 ? '' : `<mergeCells count="${merged.length}">${merged.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`}</worksheet>`,
  }));
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  return constructZip([
    { name: '[Content_Types].xml', bytes: '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>' },
    { name: 'xl/workbook.xml', bytes: `<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${office}"><workbookPr/><sheets>${names.map((name, index) => `<sheet name="${escaped(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>` },
    { name: 'xl/_rels/workbook.xml.rels', bytes: `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${names.map((_, index) => `<Relationship Id="rId${index + 1}" Type="${office}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`).join('')}<Relationship Id="rIdS" Type="${office}/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="rIdT" Type="${office}/styles" Target="styles.xml"/></Relationships>` },
    { name: 'xl/styles.xml', bytes: '<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>' },
    ...parts,
    { name: 'xl/sharedStrings.xml', bytes: `<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${strings.map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join('')}</sst>` },
  ]);
}
