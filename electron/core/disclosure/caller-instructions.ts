// What a caller needs to know, screen by screen, with drawn pictures: to read out or to send. It never holds a key.

export type InstructionLanguage = 'en' | 'de';

interface Step { readonly title: string; readonly say: readonly string[]; readonly picture: 'id' | 'digits' | 'wrong' | 'in' | null }
interface Words { readonly title: string; readonly lead: string; readonly never: string; readonly steps: readonly Step[]; readonly screen: Readonly<Record<'head' | 'enter' | 'id' | 'wrong' | 'keys' | 'welcome', string>> }

/** Words on the drawn screens are those Windows shows in that language, shortened. */
const WORDS: Readonly<Record<InstructionLanguage, Words>> = {
  en: {
    title: 'At a computer that asks for a BitLocker recovery key', lead: 'For the person at the computer. Takes about five minutes.',
    never: 'The helpdesk reads out a number of 48 digits. It is valid for this computer alone: do not write it down, do not photograph it, do not send it to anybody.',
    screen: { head: 'BitLocker recovery', enter: 'Enter the recovery key for this drive', id: 'Recovery key ID', wrong: 'The recovery key is not right. Try again.', keys: 'Number keys 0–9, or F1–F10 where F10 is 0', welcome: 'Sign in' },
    steps: [
      { title: 'Before the call', picture: null, say: ['Call the helpdesk by the number on the intranet or the badge; whoever calls unasked is not the helpdesk. It never asks for a password or a PIN.', 'Plug in the power cable. Leave the computer switched on, and remove no cable and no stick.', 'If it restarts over and over: wait until a blue page with writing stays.'] },
      { title: 'Read out the Key ID', picture: 'id', say: ['The page asks for a recovery key. Near it stands “Recovery key ID” with letters and digits.', 'Read out the first eight, one at a time. Say who is calling, and what stands on the label of the computer.'] },
      { title: 'Type the digits', picture: 'digits', say: ['Type what the helpdesk reads out: eight groups of six digits. Hyphens appear by themselves.', 'After each group read it back, digit by digit: “two, two”, never “double two”.', 'Keep to the row of digits above the letters; a number pad may be off.', 'No keyboard at all: the volume keys choose, the power key confirms.'] },
      { title: 'If it says wrong', picture: 'wrong', say: ['Nothing is lost and nothing locks. Say which group the mark stands at, and type that group again.', 'If all eight are right and it is still refused, say so: the number belongs to another Key ID.'] },
      { title: 'Afterwards', picture: 'in', say: ['Press Enter. Windows starts, or a page with choices appears: say what stands there and wait.', 'Once the helpdesk has what it needs, hang up. The number will be replaced soon.'] },
    ],
  },
  de: {
    title: 'An einem Rechner, der nach dem BitLocker-Wiederherstellungsschlüssel fragt', lead: 'Für die Person am Rechner. Dauert etwa fünf Minuten.',
    never: 'Der Helpdesk liest eine Zahl mit 48 Ziffern vor. Sie gilt nur für diesen Rechner: nicht aufschreiben, nicht fotografieren, niemandem schicken.',
    screen: { head: 'BitLocker-Wiederherstellung', enter: 'Wiederherstellungsschlüssel für dieses Laufwerk eingeben', id: 'Wiederherstellungsschlüssel-ID', wrong: 'Der Schlüssel stimmt nicht. Erneut versuchen.', keys: 'Zifferntasten 0–9, oder F1–F10, wobei F10 die 0 ist', welcome: 'Anmelden' },
    steps: [
      { title: 'Vor dem Anruf', picture: null, say: ['Den Helpdesk unter der Nummer im Intranet oder auf dem Ausweis anrufen; wer unaufgefordert anruft, ist nicht der Helpdesk. Nach Kennwort oder PIN fragt er nie.', 'Netzkabel anschließen. Den Rechner eingeschaltet lassen, kein Kabel und keinen Stick abziehen.', 'Startet er immer wieder neu: warten, bis eine blaue Seite mit Schrift stehen bleibt.'] },
      { title: 'Die Schlüssel-ID vorlesen', picture: 'id', say: ['Die Seite fragt nach einem Wiederherstellungsschlüssel. Daneben steht „Wiederherstellungsschlüssel-ID“ mit Buchstaben und Ziffern.', 'Die ersten acht vorlesen, Zeichen für Zeichen. Sagen, wer anruft und was auf dem Aufkleber des Rechners steht.'] },
      { title: 'Die Ziffern tippen', picture: 'digits', say: ['Tippen, was der Helpdesk vorliest: acht Gruppen zu sechs Ziffern. Bindestriche erscheinen von selbst.', 'Nach jeder Gruppe zurücklesen, Ziffer für Ziffer: „zwo, zwo“, nie „zweimal die Zwo“.', 'Die Ziffernreihe über den Buchstaben benutzen; der Ziffernblock kann aus sein.', 'Ganz ohne Tastatur: die Lautstärketasten wählen, die Einschalttaste bestätigt.'] },
      { title: 'Wenn es nicht stimmt', picture: 'wrong', say: ['Es geht nichts verloren und nichts sperrt sich. Sagen, an welcher Gruppe die Marke steht, und diese Gruppe neu tippen.', 'Stimmen alle acht und es wird trotzdem abgelehnt: das sagen. Die Zahl gehört dann zu einer anderen Schlüssel-ID.'] },
      { title: 'Danach', picture: 'in', say: ['Eingabetaste drücken. Windows startet, oder eine Seite mit Auswahl erscheint: sagen, was dort steht, und warten.', 'Sobald der Helpdesk alles hat, auflegen. Die Zahl wird bald ersetzt.'] },
    ],
  },
};

/** @returns One HTML page without scripts and without anything from elsewhere; the same language gives the same bytes. */
export function callerInstructions(language: InstructionLanguage): string {
  const words = WORDS[language];
  const step = ({ title, say, picture }: Step, index: number): string =>
    `<li><div><h2><b>${index + 1}</b> ${escape(title)}</h2>${say.map((line) => `<p>${escape(line)}</p>`).join('')}</div>${picture === null ? '' : draw(picture, words.screen)}</li>`;
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(words.title)}</title>
<style>
  @page { size: A4; margin: 14mm }
  body { margin: 0 auto; padding: 1rem; max-width: 52rem; font: 1rem/1.5 system-ui, sans-serif; color: #111; background: #fff }
  h1 { font-size: clamp(1.2rem, 5vw, 1.5rem); line-height: 1.25; margin: 0 0 .25rem; hyphens: auto; overflow-wrap: anywhere } ol { list-style: none; margin: 0; padding: 0 }
  li { display: grid; grid-template-columns: 1fr 18rem; gap: 1.5rem; padding: 1rem 0; border-top: 1px solid #bbb; break-inside: avoid } li:not(:has(svg)) { grid-template-columns: 1fr }
  h2 { font-size: 1.1rem; margin: 0 0 .25rem } h2 b { display: inline-block; width: 1.6rem; height: 1.6rem; line-height: 1.6rem; border-radius: 50%; background: #1d4ed8; color: #fff; text-align: center; margin-right: .4rem }
  p { margin: 0 0 .4rem } .never { border: 2px solid #b91c1c; padding: .6rem .8rem; margin: 1rem 0 } svg { width: 18rem; height: auto }
  @media screen and (max-width: 40rem) { li { grid-template-columns: 1fr } }
  @media print { body { padding: 0; max-width: none; font-size: 10pt } h1 { font-size: 15pt } h2 { font-size: 12pt } li { padding: .5rem 0 } .never { margin: .5rem 0 } svg { width: 15rem } li:has(svg) { grid-template-columns: 1fr 15rem } }
</style></head><body><main>
<h1>${escape(words.title)}</h1><p>${escape(words.lead)}</p><p class="never">${escape(words.never)}</p>
<ol>${words.steps.map(step).join('')}</ol>
</main></body></html>
`;
}

/** The recovery screen as far as a caller needs it, with a ring round what the step is about. The characters are made up. */
function draw(picture: Exclude<Step['picture'], null>, words: Words['screen']): string {
  const text = (x: number, y: number, size: number, content: string): string => `<text x="${x}" y="${y}" font-size="${size}" fill="#fff">${escape(content)}</text>`;
  const field = '<rect x="16" y="62" width="328" height="26" fill="none" stroke="#fff"/>';
  const ring = (x: number, y: number, width: number, height: number): string => `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="8" fill="none" stroke="#facc15" stroke-width="4"/>`;
  const content: Readonly<Record<typeof picture, string>> = {
    id: `${field}${text(16, 116, 12, words.id)}${text(16, 136, 14, 'A1B2C3D4-…')}${ring(8, 100, 236, 46)}`,
    digits: `${field}${text(24, 80, 14, '●●●●●●-●●●●●●-●●●')}${text(16, 116, 12, words.keys)}${ring(10, 56, 340, 38)}`,
    wrong: `${field}${text(24, 80, 14, '●●●●●●-●●●●●●-●●●●●●')}${text(16, 116, 13, words.wrong)}${ring(8, 100, 344, 26)}`,
    in: `<circle cx="180" cy="74" r="18" fill="#fff"/><path d="M150 128a30 28 0 0 1 60 0z" fill="#fff"/><text x="180" y="156" font-size="13" fill="#fff" text-anchor="middle">${escape(words.welcome)}</text>`,
  };
  const head = picture === 'in' ? '' : text(16, 32, 20, words.head) + text(16, 48, 11, words.enter);
  return `<svg viewBox="0 0 360 180" role="img" aria-label="${escape(picture === 'in' ? words.welcome : words.head)}" font-family="Segoe UI, system-ui, sans-serif"><rect width="360" height="180" rx="6" fill="#0b4fa8"/>${head}${content[picture]}</svg>`;
}

const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
