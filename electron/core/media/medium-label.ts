// The label of a medium, to be printed and stuck on it: what it is, until when, for whom, and the payload hash that the agent shows at the host. Never a passcode.
import { toSVG } from 'bwip-js';
import type { Medium } from './media-register.ts';

export type LabelLanguage = 'en' | 'de';

const WORDS = {
  en: {
    title: 'Label of', scope: 'Scope', all: 'all hosts', hosts: (count: number) => `${count} hosts`, expires: 'Expires', never: 'never', technicians: 'Technicians', payload: 'Payload', recipe: 'Recipe', built: 'Built',
    compare: 'The host shows the same payload before it asks for the passcode. If it differs: stop, and bring this medium back.', found: 'Found it? Everything on it is sealed. Please hand it to the IT department.', print: 'Print at 100 %, 100 × 62 mm.',
  },
  de: {
    title: 'Etikett von', scope: 'Umfang', all: 'alle Hosts', hosts: (count: number) => `${count} Hosts`, expires: 'Läuft ab', never: 'nie', technicians: 'Techniker', payload: 'Nutzlast', recipe: 'Rezept', built: 'Erstellt',
    compare: 'Der Host zeigt dieselbe Nutzlast, bevor er nach dem Passcode fragt. Weicht sie ab: aufhören und dieses Medium zurückbringen.', found: 'Gefunden? Alles darauf ist versiegelt. Bitte bei der IT-Abteilung abgeben.', print: 'Mit 100 % drucken, 100 × 62 mm.',
  },
} as const;

/** What the QR code says: ID and payload hash, blank between them. */
export const labelCode = ({ mediaId, payload }: Pick<Medium, 'mediaId' | 'payload'>): string => `${mediaId} ${grouped(payload)}`;

/** @returns One HTML page without scripts and without anything from elsewhere; the same medium gives the same bytes. */
export function mediumLabel(medium: Medium, language: LabelLanguage): string {
  const words = WORDS[language];
  const named = /^hosts (\d+)$/.exec(medium.scope)?.[1];
  const facts: readonly (readonly [string, string])[] = [
    [words.scope, medium.scope === 'all' ? words.all : named === undefined ? medium.scope : words.hosts(Number(named))],
    [words.expires, medium.expiresAt === null ? words.never : minuteOf(medium.expiresAt)],
    [words.technicians, medium.technicians.join(', ')],
    [words.recipe, medium.recipe],
    [words.built, minuteOf(medium.builtAt)],
  ];
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${escape(`${words.title} ${medium.mediaId}`)}</title>
<style>
  @page { size: 100mm 62mm; margin: 0 }
  body { margin: 0; font: 8pt/1.3 system-ui, sans-serif; color: #000; background: #fff }
  main { box-sizing: border-box; width: 100mm; height: 62mm; padding: 4mm; display: grid; grid-template: auto 1fr auto / 1fr 26mm; column-gap: 4mm; overflow: hidden }
  h1 { margin: 0; font: 700 20pt/1.1 ui-monospace, monospace }
  svg { width: 26mm; height: 26mm; grid-row: 1 / 3; grid-column: 2 }
  dl { margin: 1mm 0 0; display: grid; grid-template-columns: auto 1fr; gap: 0.4mm 2mm; align-content: start; min-width: 0 }
  dt { color: #444 } dd { margin: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
  .payload { font: 700 10pt/1.3 ui-monospace, monospace }
  footer { grid-column: 1 / 3; border-top: 0.3mm solid #000; padding-top: 1.5mm } p { margin: 0 }
  .print { padding: 4mm; color: #444 } @media print { .print { display: none } }
</style></head><body><main>
<h1>${escape(medium.mediaId)}</h1>
${toSVG({ bcid: 'qrcode', text: labelCode(medium) }).trim()}
<dl>${facts.map(([name, value]) => `<dt>${escape(name)}</dt><dd>${escape(value)}</dd>`).join('')}</dl>
<footer><p><span class="payload">${escape(words.payload)} ${escape(grouped(medium.payload))}</span></p><p>${escape(words.compare)}</p><p>${escape(words.found)}</p></footer>
</main><p class="print">${escape(words.print)}</p></body></html>
`;
}

/** The first 16 digits in fours, as the agent shows them. */
const grouped = (payload: string): string => payload.replace(/[^0-9A-Fa-f]/g, '').slice(0, 16).toUpperCase().replace(/(.{4})(?=.)/g, '$1 ');
const minuteOf = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
