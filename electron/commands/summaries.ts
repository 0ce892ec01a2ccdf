// What each command of the command line does, in one sentence of both languages, by station: for --help, in this order.
import type { Language } from './sentences.ts';

interface Station { readonly title: Readonly<Record<Language, string>>; readonly commands: Readonly<Record<string, readonly [en: string, de: string]>> }

export const STATIONS: readonly Station[] = [
  { title: { en: 'Desk and people', de: 'Arbeitsplatz und Bediener' }, commands: {
    'init': ['creates the desk and its first operator', 'legt den Arbeitsplatz und den ersten Bediener an'],
    'status': ['where the fleet stands, and when the last host is likely back', 'wo die Flotte steht, und wann der letzte Host wohl zurück ist'],
    'operator add': ['adds an operator with roles', 'nimmt einen Bediener mit Rollen auf'],
    'operator list': ['lists operators, roles, and who waits', 'listet Bediener, Rollen, und wer noch wartet'],
    'operator complete': ['hands the key to recovery passwords on to a new operator', 'gibt den Schlüssel zu den Wiederherstellungskennwörtern weiter'],
    'operator disable': ['keeps an operator from signing in', 'sperrt die Anmeldung eines Bedieners'],
    'operator passphrase': ['changes your passphrase', 'ändert die eigene Passphrase'],
    'policies show': ['shows what a supervisor has set for everybody', 'zeigt, was die Leitung für alle festgelegt hat'],
    'policies set': ['changes it, on record', 'ändert es, nachweisbar'],
    'audit verify': ['follows the audit chain to its end', 'prüft die Audit-Kette bis zum Ende'],
    'vault rekey': ['new keys for the desk when somebody has left', 'neue Schlüssel, wenn jemand gegangen ist'],
    'backup': ['puts store and wrapped keys into one sealed file', 'sichert Bestand und verpackte Schlüssel in eine versiegelte Datei'],
    'restore': ['makes a desk out of a backup', 'stellt einen Arbeitsplatz aus einer Sicherung her'],
  } },
  { title: { en: 'Sources', de: 'Quellen' }, commands: {
    'import': ['takes in recovery passwords, LAPS passwords and host lists from files, folders and archives', 'nimmt Wiederherstellungs- und LAPS-Kennwörter und Hostlisten aus Dateien, Ordnern und Archiven auf'],
    'import preview': ['shows what an import would make of files', 'zeigt, was ein Import aus Dateien machen würde'],
    'import directory': ['reads computers and keys out of Active Directory', 'liest Rechner und Schlüssel aus Active Directory'],
    'import entra': ['reads devices and keys out of Entra ID', 'liest Geräte und Schlüssel aus Entra ID'],
    'import undo': ['takes back what only that import brought in', 'nimmt zurück, was nur dieser Import gebracht hat'],
    'import down': ['says that the hosts of a list that was imported are down', 'hält fest, dass die Hosts einer importierten Liste ausgefallen sind'],
    'import inventory': ['says that a list that was imported is an inventory only', 'hält fest, dass eine importierte Liste nur ein Inventar ist'],
    'import rejections': ['writes the rejected rows of an import, without values', 'schreibt die abgewiesenen Zeilen eines Imports, ohne Werte'],
    'reconcile': ['holds lists of hosts against each other', 'gleicht Hostlisten miteinander ab'],
    'coverage': ['how many hosts have a key', 'wie viele Hosts einen Schlüssel haben'],
    'keys conflicts': ['one key ID with several recovery passwords', 'eine Schlüssel-ID mit mehreren Wiederherstellungskennwörtern'],
    'keys without-host': ['key records that belong to no host', 'Schlüsseldatensätze ohne Host'],
    'hosts without-key': ['hosts no key is known of', 'Hosts ohne bekannten Schlüssel'],
    'hosts questions': ['hosts that may be one, or two under one name', 'Hosts, die einer sein könnten, oder zwei unter einem Namen'],
    'hosts join': ['makes two hosts one', 'führt zwei Hosts zusammen'],
    'hosts apart': ['says that two hosts are two', 'hält fest, dass zwei Hosts zwei sind'],
    'hosts one': ['says that a host is one, whatever contradicts it', 'hält fest, dass ein Host einer ist'],
    'hosts decisions': ['lists what was decided about them', 'listet die Entscheidungen dazu'],
    'hosts undo': ['takes a decision back', 'nimmt eine Entscheidung zurück'],
    'volume inspect': ['the BitLocker volumes of a disk or an image', 'die BitLocker-Volumes eines Datenträgers oder Abbilds'],
    'volume test': ['proves recovery passwords against a volume', 'prüft Wiederherstellungskennwörter an einem Volume'],
  } },
  { title: { en: 'Phone', de: 'Telefon' }, commands: {
    'find': ['finds key records by key ID, host, user, serial number or asset tag; shows no password', 'findet Schlüsseldatensätze nach Schlüssel-ID, Host, Benutzer, Seriennummer oder Inventarnummer; zeigt kein Kennwort'],
    'disclose': ['lets one recovery or LAPS password out, on record', 'gibt ein Wiederherstellungs- oder LAPS-Kennwort heraus, nachweisbar'],
    'calls list': ['call sheets that are not ended, or all', 'offene Gesprächsbögen, oder alle'],
    'calls close': ['ends a call sheet with its outcome', 'schließt einen Gesprächsbogen mit seinem Ausgang'],
    'instructions': ['a page for the person at the host, never with a key', 'eine Seite für die Person am Host, nie mit einem Schlüssel'],
  } },
  { title: { en: 'Hosts', de: 'Hosts' }, commands: {
    'hosts': ['lists hosts by state, site, wave, tag, technician', 'listet Hosts nach Zustand, Standort, Welle, Schlagwort, Techniker'],
    'hosts verify': ['says that a host was seen running', 'hält fest, dass ein Host laufend gesehen wurde'],
    'hosts block': ['says why a host can not go on', 'hält fest, warum es mit einem Host nicht weitergeht'],
    'hosts unblock': ['lets it go on', 'lässt ihn weitergehen'],
    'hosts close': ['takes a host out: reimaged, retired, duplicate, not affected', 'schließt einen Host ab: neu aufgesetzt, ausgemustert, doppelt, nicht betroffen'],
    'hosts reopen': ['takes that back', 'nimmt das zurück'],
    'hosts assign': ['gives hosts to a technician', 'teilt Hosts einem Techniker zu'],
    'hosts tag': ['tags hosts', 'versieht Hosts mit einem Schlagwort'],
    'hosts untag': ['takes a tag off', 'nimmt ein Schlagwort weg'],
    'hosts block-all': ['blocks every host the filter finds', 'blockiert alle gefilterten Hosts'],
    'hosts models': ['models on which no disk was seen: what drivers to get', 'Modelle ohne sichtbaren Datenträger: welche Treiber fehlen'],
  } },
  { title: { en: 'Plan', de: 'Plan' }, commands: {
    'incident list': ['lists incidents', 'listet Vorfälle'],
    'incident create': ['opens an incident with a recipe', 'eröffnet einen Vorfall mit einem Rezept'],
    'incident close': ['closes an incident that is over, or says what is missing', 'schließt einen Vorfall, oder sagt, was noch fehlt'],
    'recipe list': ['lists recipes', 'listet Rezepte'],
    'recipe show': ['shows what a recipe removes', 'zeigt, was ein Rezept entfernt'],
    'recipe add': ['adds a recipe, or a new version of one', 'legt ein Rezept oder eine neue Version an'],
    'recipe try': ['shows what a recipe would remove; removes nothing', 'zeigt, was ein Rezept entfernen würde; entfernt nichts'],
    'recipe approve': ['approves a version as the second operator', 'gibt eine Version als zweiter Bediener frei'],
    'waves list': ['lists waves with their progress and gates', 'listet Wellen mit Fortschritt und Freigabe'],
    'waves suggest': ['suggests an order, with evidence', 'schlägt eine Reihenfolge vor, mit Begründung'],
    'waves create': ['adds a wave', 'legt eine Welle an'],
    'waves assign': ['puts hosts into a wave by rule or by name', 'ordnet Hosts einer Welle zu, nach Regel oder Name'],
    'waves remove': ['takes an empty wave away that was never opened', 'nimmt eine leere, nie geöffnete Welle weg'],
    'waves up': ['moves a wave one place up', 'rückt eine Welle um einen Platz vor'],
    'waves open': ['opens the next wave on shown evidence', 'öffnet die nächste Welle nach vorgelegtem Stand'],
    'waves keep-off': ['hosts that must not be powered on', 'Hosts, die nicht eingeschaltet werden dürfen'],
    'waves let-on': ['takes that back', 'nimmt das zurück'],
  } },
  { title: { en: 'Media and results', de: 'Medien und Ergebnisse' }, commands: {
    'media build': ['makes a bootable medium that repairs hosts by itself', 'erstellt ein startfähiges Medium, das Hosts von selbst repariert'],
    'media inspect': ['what an image holds, without opening a secret', 'was ein Abbild enthält, ohne ein Geheimnis zu öffnen'],
    'media list': ['the register of media', 'das Verzeichnis der Medien'],
    'media show': ['one medium with its story', 'ein Medium mit seinem Verlauf'],
    'media label': ['a label to print', 'ein Etikett zum Drucken'],
    'media issue': ['hands a medium out', 'gibt ein Medium aus'],
    'media return': ['takes it back', 'nimmt es zurück'],
    'media renew': ['new bundle onto a stick that came back', 'neues Schlüsselbündel auf einen zurückgekehrten Stick'],
    'media wipe': ['wipes it, on the stick or on record', 'löscht es, auf dem Stick oder im Verzeichnis'],
    'media lost': ['puts everything on it up for rotation', 'setzt alles darauf auf die Rotationsliste'],
    'media order': ['orders a medium without passcode', 'ordnet ein Medium ohne Passcode an'],
    'media orders': ['lists such orders', 'listet solche Anordnungen'],
    'media withdraw': ['withdraws one', 'zieht eine zurück'],
    'disks': ['every disk with every reason against writing it', 'jeder Datenträger mit jedem Grund gegen das Beschreiben'],
    'attempts import': ['takes in attempt records from sticks, folders and images', 'nimmt Versuchsprotokolle von Sticks, aus Ordnern und Abbildern auf'],
    'attempts accept': ['takes in a result code that was read out', 'nimmt einen vorgelesenen Ergebniscode an'],
  } },
  { title: { en: 'After it', de: 'Danach' }, commands: {
    'rotation list': ['what was disclosed and is not replaced yet', 'was offengelegt und noch nicht ersetzt ist'],
    'rotation export': ['a script for Intune, ConfigMgr or manage-bde', 'ein Skript für Intune, ConfigMgr oder manage-bde'],
    'rotation request': ['has Intune rotate it', 'lässt Intune rotieren'],
    'rotation confirm': ['says that it was replaced, with a reason', 'bestätigt die Ersetzung mit einer Begründung'],
    'report': ['a report of an instant: situation, extent, NIS-2, DORA, disclosures, rotation, hand-over', 'ein Bericht zu einem Zeitpunkt: Lage, Ausmaß, NIS-2, DORA, Offenlegungen, Rotation, Übergabe'],
  } },
];

/** @returns The sentence; empty for a command that has none, which a test forbids. */
export function summaryOf(name: string, language: Language): string {
  for (const { commands } of STATIONS) {
    const summary = commands[name];
    if (summary !== undefined) return summary[language === 'de' ? 1 : 0];
  }
  return '';
}
