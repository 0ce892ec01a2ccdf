import type { CourseWords } from './course-en.ts';

const hosts = (count: number): string => `${count} ${count === 1 ? 'Host' : 'Hosts'}`;

export const courseDe: CourseWords = {
  left: 'Noch ausgefallene Hosts', leftNote: 'ab jetzt die 80-%-Spanne; unten blockierte; grau: Nächte', leftNoteCut: 'ab jetzt 80-%-Spanne, über den Rand; unten blockierte', leftNoteShort: 'beobachtet; unten blockierte; grau: Nächte', leftNoteFree: 'ab jetzt 80-%-Spanne ohne blockierte; diese unten', inDay: (count) => `${count} in 24 Std.`, now: (clock) => `jetzt ${clock}`, leftLabel: (first, now, blocked) => `Noch ausgefallene Hosts Stunde für Stunde: höchstens ${first}, jetzt ${now}, davon ${blocked} blockiert`,
  perHour: 'Zurück je Stunde', paceNote: 'letzte 3 Stunden', paceQuiet: (backInDay) => (backInDay === null ? 'keiner in 24 Stunden' : `keiner in 3 Stunden, ${backInDay} in 24`), people: 'Im Einsatz', peopleNote: 'Ergebnisse, letzte 3 Stunden',
  views: { sites: 'Standorte', waves: 'Wellen', technicians: 'Techniker', kinds: 'Server' }, viewsLabel: 'Tempo nach',
  affected: 'Betroffen', byState: 'Nach Zustand', wave: 'Welle', noWave: 'in keiner Welle', notOpened: 'nicht geöffnet', technician: 'Techniker', repairedDay: 'Repariert, 24 h', verifiedDay: 'Verifiziert, 24 h', repairedHour: 'Repariert je Stunde', verifiedHour: 'Verifiziert je Stunde',
  kind: 'Art', kinds: { server: 'Server', client: 'Clients', unknown: 'System unbekannt' }, moreSites: (count) => `${count} ${count === 1 ? 'weiterer Standort' : 'weitere Standorte'} im Lagebericht als CSV`, moreTechnicians: (count) => `${count} weitere`, nobody: 'Am letzten Tag kam kein Ergebnis.',
  oldest: 'Am längsten offen', oldestNote: 'seit wann ausgefallen', noneOpen: 'Kein Host ist ausgefallen.', waits: 'Ausgefallen seit', sticks: 'Sticks unterwegs', sticksNote: 'ausgegeben und nicht zurück', notIssued: (count) => `${count} noch nicht ausgegeben`, noSticks: 'Kein Medium ist unterwegs.', holder: 'Inhaber', out: 'Unterwegs seit', results: 'Ergebnisse', expired: 'abgelaufen', downOf: (affected) => `von ${affected} ausgefallen`, moreSticks: (count) => `${count} weitere`,
  age: (value) => (value < 1 ? 'unter 1 h' : value < 48 ? `${Math.floor(value)} h` : `${Math.floor(value / 24)} Tagen`), fullScreen: 'Ganzer Bildschirm', leaveFullScreen: 'Ganzen Bildschirm verlassen', fullScreenKey: 'ganzer Bildschirm', viewsKey: 'Standorte, Wellen, Leute',
  unblock: (reason, { withUser, models, topModel, withOtherKey, places }) => {
    switch (reason) {
      case 'no-key': return places === '' ? 'Alle üblichen Quellen sind importiert; abgesicherter Start oder neu aufsetzen' : `Nie importiert: ${places}`;
      case 'key-rejected': return withOtherKey === 0 ? null : `Weiterer Schlüsseldatensatz für ${hosts(withOtherKey)}`;
      case 'no-disk-seen': return topModel === null ? null : models === 1 ? `Speichertreiber für ${topModel}` : `Speichertreiber für ${models} Modelle, zuerst ${topModel}`;
      case 'pin-needed': case 'owner-away': case 'not-reachable': return withUser === 0 ? null : `Benutzer von ${hosts(withUser)} bekannt: anrufen`;
      default: return null;
    }
  },
  unusual: (operators) => `Mehr Offenlegungen als üblich: ${operators}.`, unusualLink: 'Offenlegungen ansehen',
};
