// A report on paper. The same document gives the same bytes, its dates and embedded glyphs included.
import PDFDocument from 'pdfkit';
import type { ReportDocument, ReportTable } from '../core/reports/report-document.ts';
import { columnWidths, GAP, inHalves } from './report-columns.ts';
import { setText, type Weight } from './report-faces.ts';

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
  pdf.fontSize(20).fillColor(INK).text(faceFor(pdf, document.title, 'bold'));
  pdf.fontSize(10).fillColor(SOFT).text(faceFor(pdf, document.lead)).moveDown(0.5);
  facts(pdf, document.stamp, 8);
  for (const section of document.sections) {
    room(pdf, 60);
    pdf.moveDown(0.8).fontSize(13).fillColor(INK).text(faceFor(pdf, section.heading, 'bold'), MARGIN);
    rule(pdf);
    facts(pdf, section.facts, 10);
    if (section.table !== null) { table(pdf, section.table); if (section.table.more > 0) pdf.fontSize(9).fillColor(SOFT).text(faceFor(pdf, document.moreLabel(section.table.more)), MARGIN); }
    for (const what of section.open) {
      room(pdf, 16);
      pdf.fontSize(10).fillColor(OPEN).text(faceFor(pdf, `[${document.openLabel}] `, 'bold'), MARGIN, pdf.y, { continued: true }).fillColor(INK).text(faceFor(pdf, what));
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
    pdf.fontSize(size);
    const beside = pairs.filter((_, at) => at % rows === row);
    const height = Math.max(...beside.map(([name, value]) => Math.max(heightOf(pdf, name, left - 10), heightOf(pdf, value, width - left)))) + 2;
    room(pdf, height);
    const y = pdf.y;
    for (const [half, [name, value]] of beside.entries()) {
      put(pdf.fillColor(SOFT), name, size, MARGIN + half * width, y, { width: left - 10 });
      put(pdf.fillColor(INK), value, size, MARGIN + half * width + left, y, { width: width - left });
    }
    pdf.x = MARGIN;
    pdf.y = y + height;
  }
}

function table(pdf: PDFKit.PDFDocument, whole: ReportTable): void {
  const { head, rows } = inHalves(whole);
  const size = head.length > 6 ? 7 : 9;
  const widths = columnWidths({ head, rows }, (text, bold) => pdf.fontSize(size).widthOfString(faceFor(pdf, text, bold ? 'bold' : 'regular')), innerWidth(pdf));
  const isNumeric = (at: number): boolean => rows.length > 0 && rows.every((row) => typeof row[at] === 'number' || row[at] === '') && rows.some((row) => row[at] !== '');
  const line = (cells: readonly (string | number)[], bold: boolean): void => {
    const weight = bold ? 'bold' : 'regular';
    pdf.fontSize(size);
    const height = Math.max(...cells.map((value, at) => heightOf(pdf, String(value), (widths[at] ?? 40) - GAP, weight))) + 4;
    if (pdf.y + height > pdf.page.height - MARGIN - 16) { pdf.addPage(); if (!bold) line(head, true); }
    const y = pdf.y;
    let x = MARGIN;
    cells.forEach((value, at) => {
      put(pdf.fillColor(bold ? SOFT : INK), String(value), size, x, y, { width: (widths[at] ?? 40) - GAP, align: isNumeric(at) ? 'right' : 'left' }, weight);
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
    pdf.fontSize(8).fillColor(SOFT).text(faceFor(pdf, `${foot} · ${page + 1}/${count}`), MARGIN, pdf.page.height - 32, { width: innerWidth(pdf), align: 'center', lineBreak: false });
  }
}

/** Chooses the face of a text. @returns What is written in it. */
function faceFor(pdf: PDFKit.PDFDocument, text: string, weight: Weight = 'regular'): string {
  const set = setText(text, weight);
  pdf.font(set.font);
  return set.text;
}

/** Beside others on one line, whatever face they are in. */
function put(pdf: PDFKit.PDFDocument, text: string, size: number, x: number, y: number, options: PDFKit.Mixins.TextOptions, weight: Weight = 'regular'): void {
  const set = setText(text, weight);
  pdf.font(set.font).text(set.text, x, y - set.lift * size, options);
}

function heightOf(pdf: PDFKit.PDFDocument, text: string, width: number, weight: Weight = 'regular'): number {
  const written = faceFor(pdf, text, weight);
  return pdf.heightOfString(written === '' ? ' ' : written, { width });
}
