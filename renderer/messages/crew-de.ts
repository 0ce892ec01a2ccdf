// What people read where a supervisor steers an incident, in German.
import type { CrewMessages } from './crew-en.ts';

export const crewDe: CrewMessages = {
  waves: {
    scope: (wave) => `Welle ${wave}`, one: 'Eine Welle', name: 'Welle',
    option: (name, hosts, opened) => `${name}, ${hosts} ${hosts === 1 ? 'Host' : 'Hosts'}${opened ? '' : ', nicht geöffnet'}`,
  },
  policies: {
    title: 'Richtlinien', lead: 'Von der Leitung für alle an diesem Desk gesetzt; jede Änderung steht im Audit.',
    callSteps: 'Pflichtschritte eines Anrufs', callStepsNote: 'Ohne sie lässt sich ein Anruf nicht abschließen.',
    fourEyes: 'Drucken nur zu zweit', fourEyesNote: 'Ein zweiter Bediener zeichnet gegen, bevor Wiederherstellungskennwörter auf Papier kommen.',
    rate: 'Ungewöhnlich viele Offenlegungen', rateNote: 'Mehr als so viele durch einen Bediener werden der Leitung gemeldet; bei 0 keine.',
    rateCount: 'Offenlegungen', rateMinutes: 'in Minuten', hide: 'Ein Wiederherstellungskennwort verschwindet nach', hideNote: 'Erneutes Zeigen ist eine neue Offenlegung.', seconds: 'Sekunden',
    clipboard: 'Kopieren in die Zwischenablage', clipboardNote: 'Sie wird nur geleert, wenn das Kennwort noch darin steht.',
    openMedia: 'Medien ohne Passcode', openMediaNote: 'Wer eine Liste der Schlüssel-IDs hat, kann ein solches Medium lesen.',
    allowed: 'Erlaubt', forbidden: 'Nicht erlaubt', required: 'Pflicht', notRequired: 'Freigestellt', save: 'Richtlinien speichern', saved: 'Richtlinien gespeichert', outOfRange: (least, most) => `${least} bis ${most}`,
  },
};
