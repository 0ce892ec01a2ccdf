// The labels of media, to be printed and stuck on them: what it is, until when, for whom, and the payload hash that the agent shows at the host. Never a passcode.
import { toSVG } from 'bwip-js';
import type { Medium } from './media-register.ts';

export type LabelLanguage = 'en' | 'de';

const WORDS = {
  en: {
    title: 'Label of', scope: 'Scope', all: 'all hosts', hosts: (count: number) => `${count} hosts`, site: 'Site', wave: 'Wave', mode: 'Mode', modes: { repair: 'repair', 'safe-boot': 'safe boot', inspect: 'inspect only', manual: 'manual steps only' }, expires: 'Expires', never: 'never', technicians: 'Technicians', payload: 'Payload', recipe: 'Recipe', built: 'Built', noSigner: 'none',
    compare: 'The host shows the same payload before it asks for the passcode. If it differs: stop, and bring this medium back.', found: 'Found it? Everything on it is sealed. Please hand it to the IT department.', print: 'Print at 100 %, 100 × 62 mm.', compareOpen: 'The host shows the same payload first. If it differs: stop, and bring this medium back.', open: 'NO PASSCODE. Whoever holds this medium and a list of our key IDs can read every key on it.', openFound: 'Found it? Its keys are readable. Hand it to the IT department at once.',
    keyless: 'No keys on it; the recovery password is typed at the host.', keylessFound: 'Found it? There are no keys on it. Please hand it to the IT department.',
  },
  de: {
    title: 'Etikett von', scope: 'Umfang', all: 'alle Hosts', hosts: (count: number) => `${count} Hosts`, site: 'Standort', wave: 'Welle', mode: 'Modus', modes: { repair: 'reparieren', 'safe-boot': 'abgesichert starten', inspect: 'nur ansehen', manual: 'nur manuelle Schritte' }, expires: 'Läuft ab', never: 'nie', technicians: 'Techniker', payload: 'Nutzlast', recipe: 'Rezept', built: 'Erstellt', noSigner: 'keiner',
    compare: 'Der Host zeigt dieselbe Nutzlast, bevor er nach dem Passcode fragt. Weicht sie ab: aufhören und dieses Medium zurückbringen.', found: 'Gefunden? Alles darauf ist versiegelt. Bitte bei der IT-Abteilung abgeben.', print: 'Mit 100 % drucken, 100 × 62 mm.', compareOpen: 'Der Host zeigt zuerst dieselbe Nutzlast. Weicht sie ab: aufhören und dieses Medium zurückbringen.', open: 'OHNE PASSCODE. Wer dieses Medium und eine Liste unserer Schlüssel-IDs hat, kann jeden Schlüssel darauf lesen.', openFound: 'Gefunden? Die Schlüssel darauf sind lesbar. Sofort bei der IT-Abteilung abgeben.',
    keyless: 'Keine Schlüssel darauf; das Wiederherstellungskennwort wird am Host eingegeben.', keylessFound: 'Gefunden? Es sind keine Schlüssel darauf. Bitte bei der IT-Abteilung abgeben.',
  },
} as const;

/** What the QR code says: ID and payload hash, blank between them. */
export const labelCode = ({ mediaId, payload }: Pick<Medium, 'mediaId' | 'payload'>): string => `${mediaId} ${grouped(payload)}`;

/** @returns One HTML page without scripts and without anything from elsewhere, printed on a sheet for each medium; the same media give the same bytes. */
export function mediumLabels(media: readonly Medium[], language: LabelLanguage): string {
  const words = WORDS[language];
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><title>${escape(`${words.title} ${media.map(({ mediaId }) => mediaId).join(', ')}`)}</title>
<style>
  @page { size: 100mm 62mm; margin: 0 }
  body { margin: 0; font: 7.4pt/1.28 system-ui, sans-serif; color: #000; background: #fff }
  main { box-sizing: border-box; width: 100mm; height: 62mm; padding: 4mm; display: grid; grid-template: auto 1fr / 1fr 26mm; grid-auto-rows: auto; column-gap: 4mm; overflow: hidden }
  main + main { break-before: page }
  h1 { margin: 0; font: 700 20pt/1.1 ui-monospace, monospace }
  svg { width: 26mm; height: 26mm; grid-row: 1 / 3; grid-column: 2 }
  dl { margin: 1mm 0 0; display: grid; grid-template-columns: auto 1fr; gap: 0.2mm 2mm; align-content: start; min-width: 0; font-size: 7pt; line-height: 1.2 }
  dt { color: #444 } dd { margin: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap }
  .payload { font: 700 10pt/1.3 ui-monospace, monospace }
  /* Red where there is colour, a heavy frame where there is none. */
  .open { grid-column: 1 / 3; margin: 0 0 1.5mm; padding: 0.6mm 1.5mm; border: 0.7mm solid #b00000; color: #b00000; font-weight: 700; print-color-adjust: exact }
  .bare { font-size: 7pt; padding: 3mm 4mm } .bare h1 { font-size: 16pt } .bare svg { width: 24mm; height: 24mm } .bare .payload { font-size: 9pt }
  footer { grid-column: 1 / 3; border-top: 0.3mm solid #000; padding-top: 1.5mm } p { margin: 0 }
  .print { padding: 4mm; color: #444 } @media print { .print { display: none } }
</style></head><body>${media.map((medium) => labelOf(medium, words)).join('\n')}<p class="print">${escape(words.print)}</p></body></html>
`;
}

function labelOf(medium: Medium, words: (typeof WORDS)[LabelLanguage]): string {
  const named = /^hosts (\d+)$/.exec(medium.scope)?.[1];
  const facts: readonly (readonly [string, string])[] = [
    [words.scope, medium.scope === 'all' ? words.all : named === undefined ? medium.scope.replace(/^site /, `${words.site} `).replace(/^wave /, `${words.wave} `) : words.hosts(Number(named))],
    [words.mode, words.modes[medium.mode]],
    [words.expires, medium.expiresAt === null ? words.never : minuteOf(medium.expiresAt)],
    ...(medium.withoutPasscode || medium.mode === 'manual' ? [] : [[words.technicians, medium.technicians.join(', ')] as const]),
    [words.recipe, medium.recipe],
    [words.built, minuteOf(medium.builtAt)],
    ...(medium.loaders.length === 0 ? [] : [['Secure Boot', medium.loaders.map((loader) => loaderOf(loader, words.noSigner)).join(', ')] as const]),
  ];
  const [compare, found] = medium.mode === 'manual' ? [words.keyless, words.keylessFound] : medium.withoutPasscode ? [words.compareOpen, words.openFound] : [words.compare, words.found];
  return `<main${medium.withoutPasscode ? ' class="bare"' : ''}>
<h1>${escape(medium.mediaId)}</h1>
${toSVG({ bcid: 'qrcode', text: labelCode(medium) }).trim()}
<dl>${facts.map(([name, value]) => `<dt>${escape(name)}</dt><dd>${escape(value)}</dd>`).join('')}</dl>
${medium.withoutPasscode ? `<p class="open">${escape(words.open)}</p>\n` : ''}<footer><p><span class="payload">${escape(words.payload)} ${escape(grouped(medium.payload))}</span></p><p>${escape(compare)}</p><p>${escape(found)}</p></footer>
</main>`;
}

/** The year of the authority is what people speak of, and what a host knows or does not. */
function loaderOf({ signedUnder, securityVersion }: Medium['loaders'][number], none: string): string {
  const years = [...new Set(signedUnder.map((ca) => ca.slice(-4)))].join('+');
  return years === '' ? none : securityVersion === null ? years : `${years} (${securityVersion})`;
}

/** The first 16 digits in fours, as the agent shows them. */
const grouped = (payload: string): string => payload.replace(/[^0-9A-Fa-f]/g, '').slice(0, 16).toUpperCase().replace(/(.{4})(?=.)/g, '$1 ');
const minuteOf = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
