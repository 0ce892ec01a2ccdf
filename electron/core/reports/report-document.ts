// A report as paper, table and program take it: title, the instant it holds for, sections of facts, lists and what is still open.

export interface ReportTable { readonly head: readonly string[]; readonly rows: readonly (readonly (string | number)[])[]; /** Rows left out here because a page can not hold them; CSV and JSON have all. */ readonly more: number }
export interface ReportSection {
  readonly heading: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly table: ReportTable | null;
  /** What the desk does not know and a person has to fill in: shown as open, never guessed. */
  readonly open: readonly string[];
}
export interface ReportDocument {
  readonly kind: string; readonly language: 'en' | 'de'; readonly title: string;
  /** Instant, audit head, desk: what the report stands on. */
  readonly stamp: readonly (readonly [name: string, value: string])[];
  readonly lead: string; readonly openLabel: string; readonly moreLabel: (count: number) => string; readonly sections: readonly ReportSection[];
}

/** Sections as a table a spreadsheet takes: section, what, value, and for lists one column each. UTF-8 with a mark; a cell that a spreadsheet would compute begins with an apostrophe. */
export function reportCsv(document: ReportDocument): string {
  const rows: (readonly (string | number)[])[] = [[document.title], ...document.stamp];
  for (const section of document.sections) {
    rows.push([], [section.heading], ...section.facts);
    if (section.table !== null) rows.push(section.table.head, ...section.table.rows);
    rows.push(...section.open.map((what) => [what, `[${document.openLabel}]`]));
  }
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

function cell(value: string | number): string {
  const text = String(value);
  return `"${(/^[=+@\t\r-]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

/** One page without scripts and without anything from elsewhere. */
export function reportHtml(document: ReportDocument): string {
  const facts = (pairs: readonly (readonly [string, string])[]): string => (pairs.length === 0 ? '' : `<dl>${pairs.map(([name, value]) => `<dt>${escape(name)}</dt><dd>${escape(value)}</dd>`).join('')}</dl>`);
  const table = ({ head, rows, more }: ReportTable): string =>
    `<table><thead><tr>${head.map((name, at) => `<th scope="col"${rows.length > 0 && rows.every((row) => typeof row[at] === 'number') ? ' class="n"' : ''}>${escape(name)}</th>`).join('')}</tr></thead><tbody>${rows.map((row) => `<tr>${row.map((value) => `<td${typeof value === 'number' ? ' class="n"' : ''}>${escape(String(value))}</td>`).join('')}</tr>`).join('')}</tbody></table>${more > 0 ? `<p>${escape(document.moreLabel(more))}</p>` : ''}`;
  const open = (items: readonly string[]): string => (items.length === 0 ? '' : `<ul>${items.map((item) => `<li><b>[${escape(document.openLabel)}]</b> ${escape(item)}</li>`).join('')}</ul>`);
  return `<!doctype html>
<html lang="${document.language}"><head><meta charset="utf-8"><title>${escape(document.title)}</title>
<style>
  @page { size: A4; margin: 16mm }
  body { margin: 0 auto; padding: 1.5rem; max-width: 56rem; font: 15px/1.5 system-ui, sans-serif; color: #111; background: #fff }
  h1 { font-size: 1.6rem; margin: 0 } h2 { font-size: 1.1rem; margin: 1.6rem 0 .4rem; border-bottom: 1px solid #999 }
  dl { display: grid; grid-template-columns: minmax(12rem, max-content) 1fr; gap: .1rem 1.5rem; margin: .4rem 0 } dt { color: #555 } dd { margin: 0; font-variant-numeric: tabular-nums; overflow-wrap: anywhere }
  .stamp { font-size: .85rem } table { border-collapse: collapse; width: 100%; margin: .5rem 0 } th, td { text-align: left; padding: .2rem .6rem .2rem 0; border-bottom: 1px solid #ccc; vertical-align: top } td { overflow-wrap: anywhere } th { font-size: .85rem }
  .n, th.n { font-variant-numeric: tabular-nums; text-align: right } ul { margin: .4rem 0; padding-left: 1.2rem } li b { color: #b91c1c }
</style></head><body><main>
<h1>${escape(document.title)}</h1><p>${escape(document.lead)}</p><div class="stamp">${facts(document.stamp)}</div>
${document.sections.map((section) => `<section><h2>${escape(section.heading)}</h2>${facts(section.facts)}${section.table === null ? '' : table(section.table)}${open(section.open)}</section>`).join('\n')}
</main></body></html>
`;
}

const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
