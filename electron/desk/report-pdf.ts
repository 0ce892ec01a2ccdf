// A report on paper: pdfkit with the fonts every reader has, so that nothing is embedded. The same document gives the same bytes, its dates included.
import PDFDocument from 'pdfkit';
import type { ReportDocument, ReportTable } from '../core/reports/report-document.ts';
import { columnWidths, GAP, inHalves } from './report-columns.ts';

const MARGIN = 48;
const INK = '#111111', SOFT = '#555555', OPEN = '#b91c1c';

/** @param at The instant the report holds for: it is the date of the file, too. */
export function reportPdf(document: ReportDocument, at: string): Promise<Uint8Array> {
  const when = new Date(at);
  const pdf = new PDFDocument({ size: 'A4', margin: MARGIN, bufferPages: true, lang: document.language, info: { Title: document.title, Producer: 'Bluelift', Creator: 'Bluelift', CreationDate: when, ModDate: when } });
  const pieces: Uint8Array[] = [];
  const whole = new Promise<Uint8Array>((resolve, reject) => {
    pdf.on('data', (piece: Uint8Array) => pieces.push(piece));
    pdf.on('end', () => resolve(Buffer.concat(pieces)));
    pdf.on('error', reject);
  });
  write(pdf, document);
  number(pdf, `${document.title} · ${at}`);
  pdf.end();
  return whole;
}

function write(pdf: PDFKit.PDFDocument, document: ReportDocument): void {
  pdf.font('Helvetica-Bold').fontSize(20).fillColor(INK).text(plain(document.title));
  pdf.font('Helvetica').fontSize(10).fillColor(SOFT).text(plain(document.lead)).moveDown(0.5);
  facts(pdf, document.stamp, 8);
  for (const section of document.sections) {
    room(pdf, 60);
    pdf.moveDown(0.8).font('Helvetica-Bold').fontSize(13).fillColor(INK).text(plain(section.heading), MARGIN);
    rule(pdf);
    facts(pdf, section.facts, 10);
    if (section.table !== null) { table(pdf, section.table); if (section.table.more > 0) pdf.font('Helvetica').fontSize(9).fillColor(SOFT).text(plain(document.moreLabel(section.table.more)), MARGIN); }
    for (const what of section.open) {
      room(pdf, 16);
      pdf.font('Helvetica-Bold').fontSize(10).fillColor(OPEN).text(`[${document.openLabel}] `, MARGIN, pdf.y, { continued: true }).font('Helvetica').fillColor(INK).text(plain(what));
    }
  }
}

const innerWidth = (pdf: PDFKit.PDFDocument): number => pdf.page.width - 2 * MARGIN;
function room(pdf: PDFKit.PDFDocument, height: number): void { if (pdf.y + height > pdf.page.height - MARGIN - 16) pdf.addPage(); }
function rule(pdf: PDFKit.PDFDocument): void { pdf.moveTo(MARGIN, pdf.y + 1).lineTo(pdf.page.width - MARGIN, pdf.y + 1).lineWidth(0.5).strokeColor('#999999').stroke(); pdf.moveDown(0.4); }

type Pairs = readonly (readonly [name: string, value: string])[];

/** Many with a number each stand in two halves beside each other. */
function facts(pdf: PDFKit.PDFDocument, pairs: Pairs, size: number): void {
  const halves = pairs.length >= 6 && pairs.every(([, value]) => /^\d{1,9}$/.test(value)) ? 2 : 1;
  const [width, left, rows] = [innerWidth(pdf) / halves, 190, Math.ceil(pairs.length / halves)];
  for (let row = 0; row < rows; row += 1) {
    pdf.font('Helvetica').fontSize(size);
    const beside = pairs.filter((_, at) => at % rows === row);
    const height = Math.max(...beside.map(([name, value]) => Math.max(pdf.heightOfString(plain(name), { width: left - 10 }), pdf.heightOfString(plain(value), { width: width - left })))) + 2;
    room(pdf, height);
    const y = pdf.y;
    for (const [half, [name, value]] of beside.entries()) {
      pdf.fillColor(SOFT).text(plain(name), MARGIN + half * width, y, { width: left - 10 });
      pdf.fillColor(INK).text(plain(value), MARGIN + half * width + left, y, { width: width - left });
    }
    pdf.x = MARGIN;
    pdf.y = y + height;
  }
}

function table(pdf: PDFKit.PDFDocument, whole: ReportTable): void {
  const { head, rows } = inHalves(whole);
  const size = head.length > 6 ? 7 : 9;
  const widths = columnWidths({ head, rows }, (text, bold) => pdf.font(bold ? 'Helvetica-Bold' : 'Helvetica').fontSize(size).widthOfString(plain(text)), innerWidth(pdf));
  const isNumeric = (at: number): boolean => rows.length > 0 && rows.every((row) => typeof row[at] === 'number' || row[at] === '') && rows.some((row) => row[at] !== '');
  const line = (cells: readonly (string | number)[], bold: boolean): void => {
    pdf.font(bold ? 'Helvetica-Bold' : 'Helvetica').fontSize(size);
    const height = Math.max(...cells.map((value, at) => pdf.heightOfString(plain(String(value)) || ' ', { width: (widths[at] ?? 40) - GAP }))) + 4;
    if (pdf.y + height > pdf.page.height - MARGIN - 16) { pdf.addPage(); if (!bold) line(head, true); pdf.font('Helvetica').fontSize(size); }
    const y = pdf.y;
    let x = MARGIN;
    cells.forEach((value, at) => {
      pdf.fillColor(bold ? SOFT : INK).text(plain(String(value)), x, y, { width: (widths[at] ?? 40) - GAP, align: isNumeric(at) ? 'right' : 'left' });
      x += widths[at] ?? 40;
    });
    pdf.moveTo(MARGIN, y + height - 2).lineTo(pdf.page.width - MARGIN, y + height - 2).lineWidth(0.25).strokeColor('#cccccc').stroke();
    pdf.x = MARGIN;
    pdf.y = y + height;
  };
  line(head, true);
  for (const row of rows) line(row, false);
}

function number(pdf: PDFKit.PDFDocument, foot: string): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    pdf.switchToPage(page);
    pdf.page.margins.bottom = 0; // the foot stands in the margin, which would begin a new page
    pdf.font('Helvetica').fontSize(8).fillColor(SOFT).text(plain(`${foot} · ${page + 1}/${count}`), MARGIN, pdf.page.height - 32, { width: innerWidth(pdf), align: 'center', lineBreak: false });
  }
}

/** The standard fonts know the letters of western Europe; any other becomes a question mark rather than a wrong letter. */
const plain = (text: string): string => text.replace(/[^\u0020-\u007e\u00a0-\u00ff\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e\u2022\u2026\u20ac]/g, '?');
