// Was am Schalter gelesen wird, auf Deutsch.
import type { WalkInWords } from './walk-in-en.ts';

export const walkInDe: WalkInWords = {
  field: 'Scannen oder tippen: Inventar- oder Seriennummer, Host, Benutzer', inHand: 'In Händen', waiting: 'Wartend', nobody: 'Niemand wartet.', since: (time) => `seit ${time}`, queue: 'Warteschlange', number: (number) => `Nummer ${number}`, done: (count) => `${count} erledigt in 24 Stunden`,
  acts: {
    stick: 'Vom Stick starten', disclose: 'Kennwort eingeben', 'safe-boot': 'Kein Schlüssel: abgesicherter Start', unblock: 'Blockiert', watch: 'Starten und laufen sehen', nothing: 'Schon verifiziert', closed: 'Geschlossen', 'keep-off': 'Nicht einschalten', 'find-out': 'Hier nicht bekannt',
  },
  how: {
    stick: 'Eines dieser Medien trägt den Schlüssel. Der Agent fragt nach dem Passcode und macht den Rest.', disclose: 'Host starten, Schlüssel-ID auf dem blauen Bildschirm vergleichen, dann Ziffern eingeben oder scannen.', 'safe-boot': 'Kein Schlüsseldatensatz zu diesem Host. Die nächste Station nennt die anderen Wege.',
    unblock: 'Was weiterhilft, steht unten. Geht das hier nicht, kommt der Host dorthin, wo es geht.', watch: 'Die fehlerhafte Datei ist weg. Ohne Stick starten; ist der Anmeldebildschirm da, ist der Host verifiziert.', nothing: 'Der Host wurde laufend gesehen. Zurückgeben.',
    closed: 'Hier ist nichts zu tun.', 'keep-off': 'Der Host steht auf der Liste derer, die ausgeschaltet bleiben. Ausgeschaltet zurückgeben.', 'find-out': 'Keine Liste und kein Schlüssel dieses Arbeitsplatzes nennt ihn. Nach einem anderen Etikett oder dem Benutzer fragen.',
  },
  short: { stick: 'Stick', disclose: 'Kennwort', 'safe-boot': 'Abgesicherter Start', unblock: 'Blockiert', watch: 'Laufen sehen', nothing: 'Verifiziert', closed: 'Geschlossen', 'keep-off': 'Bleibt aus', 'find-out': 'Unbekannt' },
  primary: { stick: 'Stick gelaufen: erledigt', disclose: 'Schlüssel wählen', 'safe-boot': 'Andere Wege', unblock: 'Weitergeschickt', watch: 'Läuft', nothing: 'Erledigt', closed: 'Erledigt', 'keep-off': 'Zurückgegeben', 'find-out': 'Weitergeschickt' },
  outcomes: { done: 'Erledigt', 'sent-on': 'Weitergeschickt', left: 'Nicht gekommen' },
  ended: { done: (number) => `Nummer ${number} ist erledigt`, 'sent-on': (number) => `Nummer ${number} ist weitergeschickt`, left: (number) => `Nummer ${number} ist nicht gekommen` },
  start: 'Bereit für den nächsten Host', startLead: 'Inventar- oder Seriennummer scannen. Wer kommt, erhält eine Nummer; der nächste Schritt steht dann hier.', callNext: (number) => `Nummer ${number} aufrufen`, callThis: 'Diese Nummer aufrufen', next: 'Nächste Nummer', putBack: 'Zurück in die Schlange', print: 'Nummer drucken', fullScreen: 'Vollbild', leaveFullScreen: 'Vollbild beenden',
  several: 'Welcher Host ist es?', guessed: (said) => `Genau ${said} gibt es nicht. Am nächsten kommen:`, chooseLead: 'Mit dem Etikett am Host vergleichen.', none: (said) => `Kein Host zu ${said}`, noneLead: 'Gesucht in Inventarnummern, Seriennummern, Namen, Benutzern und Schlüssel-IDs.', takeInAnyway: 'Ohne Host annehmen', unknownHost: 'Host unbekannt', said: 'Gescannt',
  secret: 'Das war ein Wiederherstellungskennwort. Es wurde nicht behalten. Das Etikett des Hosts scannen.', again: (number) => `Er ist schon hier, mit Nummer ${number}.`, takenIn: (number, before) => `Nummer ${number}, davor ${before}`, calledBy: (operator) => `in Händen von ${operator}`, waits: 'wartet', media: 'Medien mit seinem Schlüssel', atDesk: 'am Arbeitsplatz', keys: 'Schlüsseldatensätze',
  seen: (hostname) => `${hostname} läuft`, seenLead: 'Setzt den Host auf verifiziert, mit dem Gesehenen als Nachweis.', seenEvidence: (number) => `Am Schalter laufend gesehen, Nummer ${number}`, ticketTitle: 'Nummer', ticketArrived: 'Hier seit', ticketKeep: 'Die Nummer gilt, bis sie aufgerufen wird.', choose: 'wählen', go: 'weiter',
};
