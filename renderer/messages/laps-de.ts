import type { LapsWords } from './laps-en.ts';

export const lapsDe: LapsWords = {
  figures: (fresh, unchanged, conflicts) => `LAPS-Kennwörter: ${fresh} neu, ${unchanged} unverändert${conflicts === 0 ? '' : `, ${conflicts} widersprechen einer anderen Quelle`}`,
  encrypted: (hosts) => `${hosts} LAPS-Kennwörter sind im Verzeichnis verschlüsselt: Nur die Konten, für die sie verschlüsselt sind, können sie öffnen. Ein solches Konto kann Get-LapsADPassword -AsPlainText ausführen und die Antwort als CSV oder JSON für einen Import exportieren.`,
  removed: (count) => `${count} LAPS-Kennwörter entfernt.`,
  one: 'LAPS-Kennwort', of: (account) => `LAPS-Kennwort von ${account ?? 'dem lokalen Administrator'}`,
  evidence: (at) => `neueres LAPS-Kennwort, ${at}`,
  count: 'LAPS-Kennwörter', description: 'Beschreibung', route: 'Weg', routes: { stick: 'Stick', 'read-out': 'vorlesen', 'safe-boot': 'abgesicherter Start', 'attached-disk': 'angeschlossene Platte', none: 'noch keiner' },
  disclose: 'LAPS-Kennwort offenlegen', ofHost: 'LAPS-Kennwörter dieses Hosts', builtIn: 'eingebauter Administrator', latest: 'neuestes', earlier: 'früheres', account: 'Konto', set: 'Gesetzt', ends: 'Endet', sourceRow: (source, row) => `${source}, Zeile ${row}`,
  conflict: 'Eine andere Quelle gibt ein anderes Kennwort desselben Zeitpunkts: Vielleicht sind beide zu versuchen.', notLatest: 'Es gibt ein späteres Kennwort dieses Kontos. Dieses nur versuchen, wenn jenes abgelehnt wird: Der Host war vielleicht aus, als es ersetzt wurde.',
  over: 'Seine Zeit ist um. Ein Host, der seither aus ist, hat es noch: LAPS ersetzt es nur, während Windows läuft.',
  inSight: 'LAPS-Kennwort sichtbar', character: (at, of) => `Zeichen ${at} von ${of}`, next: 'Nächstes Zeichen', nextKey: 'weiter', characters: 'Zeichen', back: 'Zeichen davor', again: 'Von vorn', classes: { capital: 'groß', small: 'klein', digit: 'Ziffer', sign: 'Zeichen' },
  note: 'Ein Zeichen nach dem anderen, mit groß oder klein. Es noch einmal zu zeigen ist eine neue Offenlegung.', codesNote: 'Ein Scanner tippt Sonderzeichen nach seiner Tastaturbelegung: mit dem vergleichen, was der Anmeldebildschirm zeigt.',
  due: 'Seine Rotation ist fällig: LAPS ersetzt es, wenn es endet, oder sofort, wenn die Rotation übergeben wird. Ein neueres, das importiert wird, bestätigt sie.',
  stepsTitle: 'Mit abgesichertem Start in Windows, Schritt für Schritt', steps: [
    'Geht, wo das Volume sich beim Start selbst öffnet (TPM ohne PIN). Netzkabel anschließen.', 'Den Start scheitern lassen, bis „Erweiterte Reparaturoptionen anzeigen“ erscheint; dann Problembehandlung, Erweiterte Optionen, Eingabeaufforderung.',
    'Es wird nach dem Wiederherstellungsschlüssel gefragt: „Dieses Laufwerk überspringen“ wählen.', 'bcdedit /set {default} safeboot minimal eintippen und die Eingabetaste drücken. Die Antwort: Der Vorgang wurde beendet.',
    'Das Fenster schließen und Fortsetzen wählen. Der Rechner startet abgesichert: schwarz, mit „Abgesicherter Modus“ in den Ecken.', 'Anderer Benutzer wählen. Der Benutzer ist .\\ und das hier genannte Konto, das Kennwort wird von diesem Bildschirm vorgelesen.',
    'Entfernen, was das Rezept nennt, oder entfernen lassen.', 'Eine Eingabeaufforderung als Administrator öffnen und bcdedit /deletevalue {default} safeboot eintippen. Sonst startet der Rechner immer wieder abgesichert.', 'Neu starten. Sagen, ob der gewohnte Anmeldebildschirm erscheint.',
  ],
};
