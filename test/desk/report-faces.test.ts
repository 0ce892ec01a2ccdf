import fc from 'fast-check';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import type { ReportDocument } from '../../electron/core/reports/report-document.ts';
import { setText } from '../../electron/desk/report-faces.ts';
import { reportPdf } from '../../electron/desk/report-pdf.ts';

/** The library that reads fonts for pdfkit; it says which glyphs there are. */
const fontkit = createRequire(import.meta.url)('fontkit') as { readonly openSync: (path: string) => { readonly hasGlyphForCodePoint: (point: number) => boolean } }; // it has no types of its own
const isEmbedded = (font: string): boolean => font.endsWith('.ttf');
const document = (names: readonly string[]): ReportDocument => ({
  kind: 'situation', language: 'de', title: 'Lage', lead: 'Wie viele', openLabel: 'offen', moreLabel: String, stamp: [],
  sections: [{ heading: 'Nach Standort', facts: [], open: [], table: { head: ['Standort', 'Hosts'], rows: names.map((name) => [name, 1]), more: 0 } }],
});
const AT = '2024-07-21T03:00:00.000Z';

it('writes the names of Polish, Czech, Turkish, Greek and Cyrillic sites as they are, and those of western Europe with the font every reader has', () => {
  for (const name of ['Łódź', 'Plzeň', 'Dvořák', 'İğdır', 'Şırnak', 'Θεσσαλονίκη', 'Київ', 'Београд', 'Москва', 'Győr', 'Iași', 'Vilnius Žaliasis', 'Hà Nội']) {
    expect(setText(name, 'regular')).toMatchObject({ font: expect.stringMatching(/DejaVuSansCondensed\.ttf$/), text: name });
    expect(setText(name, 'bold').font).toMatch(/DejaVuSansCondensed-Bold\.ttf$/);
  }
  for (const name of ['Lübeck', 'São Paulo', 'Ærøskøbing', 'Fußgänger – „Tor 3“ €', '']) expect(setText(name, 'regular')).toMatchObject({ font: 'Helvetica', text: name });
  expect(setText('Lu\u0308beck', 'bold')).toMatchObject({ font: 'Helvetica-Bold', text: 'Lübeck' }); // as macOS writes names of files
});

it('says the number of a sign it can not write, never another sign and never a question mark nobody wrote', () => {
  expect(setText('北京 office 🚑', 'regular')).toMatchObject({ font: 'Helvetica', text: '[U+5317][U+4EAC] office [U+1F691]' });
  expect(setText('a\nb', 'regular').text).toBe('a[U+000A]b');
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
    const written = setText(text, 'regular').text;
    expect(written.replaceAll(/\[U\+([0-9A-F]{4,6})\]/g, (_, point: string) => String.fromCodePoint(Number.parseInt(point, 16)))).toBe(text.normalize('NFC').replaceAll(/\[U\+([0-9A-F]{4,6})\]/g, (_, point: string) => String.fromCodePoint(Number.parseInt(point, 16))));
  }));
});

it('has a glyph for every letter it leaves to the embedded font', () => {
  const fonts = (['regular', 'bold'] as const).map((weight) => fontkit.openSync(setText('Łódź', weight).font));
  const letters = Array.from({ length: 0x3000 }, (_, point) => String.fromCodePoint(point)).filter((sign) => /\p{Assigned}/u.test(sign) && sign.normalize('NFC') === sign);
  const left = letters.filter((sign) => { const set = setText(sign, 'regular'); return isEmbedded(set.font) && set.text === sign; });
  expect(left.length).toBeGreaterThan(1000);
  expect(left.filter((sign) => !fonts.every((font) => font.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0)))).toEqual([]);
});

it('embeds only the glyphs a report uses, and the same report has the same bytes', async () => {
  const [plain, polish, again] = [await reportPdf(document(['Kiel']), AT), await reportPdf(document(['Kiel', 'Łódź', 'Київ']), AT), await reportPdf(document(['Kiel', 'Łódź', 'Київ']), AT)];
  expect(Buffer.from(polish).equals(again)).toBe(true);
  expect([Buffer.from(plain).includes('FontFile2'), Buffer.from(polish).includes('FontFile2')]).toEqual([false, true]);
  expect(polish.length).toBeLessThan(plain.length + 12_000);
});
