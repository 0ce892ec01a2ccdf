// What people read about the frame of the window, its first start and signing in, in German.
import { hosts, keys, n, some } from './counted-de.ts';
import type { FrameMessages } from './frame-en.ts';

export const frameDe: FrameMessages = {
  common: {
    pages: { label: 'Seiten der Liste', first: 'Erste Seite', previous: 'Zurück', next: 'Weiter', last: 'Letzte Seite' },
    within: (word) => (/^(?:Blockiert|Repariert|Verifiziert|Gemeldet|Bereit|Geschlossen|Bekannt|Gezeigt|Vorgelesen|Gedruckt|Entsperrt|Abgebrochen|Ausgegeben|Zurück|Gelöscht|Verloren|Untersucht|Nicht|Kein|Signiert|Unsigniert|Fremde|Anderes)/.test(word) ? word.charAt(0).toLowerCase() + word.slice(1) : word),
    close: 'Schließen', cancel: 'Abbrechen', back: 'Zurück', next: 'Weiter', change: 'Ändern', tryAgain: 'Erneut versuchen', undo: 'Rückgängig', notUndone: 'Nicht rückgängig gemacht:', optional: 'freiwillig',
    never: 'noch nie', unknown: 'unbekannt',
    of: (part, whole) => `${n(part)} von ${n(whole)}`, hosts, keys, loading: 'Wird geladen',
    needsRole: (roles) => `Verlangt die Rolle ${roles}.`, or: 'oder',
  },

  keys: { ctrl: 'Strg', alt: 'Alt', shift: 'Umschalt', space: 'Leertaste', enter: 'Enter', escape: 'Esc', tab: 'Tab' },

  frame: {
    rail: 'Hauptmenü', about: 'Bringt Windows-Hosts hinter BitLocker zurück: Wiederherstellungskennwörter hinein, Rettungsmedien hinaus, Ergebnisse zurück.', demo: 'Demo', demoNote: 'Demo: erfundene Daten, am Ende weggeworfen', vaultOpen: 'Tresor offen', closesIn: (time) => `Tresor offen, schließt in ${time}`,
    closeVault: 'Tresor schließen', commands: 'Befehle', findCommand: 'Befehl suchen', noCommand: 'Kein Befehl dieses Namens',
    helpFor: (screen) => `Hilfe: ${screen}`, help: 'Hilfe', helpKeys: 'Tasten auf diesem Bildschirm', commandsKey: 'Befehle', skip: 'Zur Seite',
    switchLanguage: 'Sprache: English', language: 'Sprache', theme: 'Farben',
    closingTitle: 'Der Tresor schließt', closing: (time) => `Seit einer Weile wurde keine Taste gedrückt. Der Tresor schließt in ${time}.`, stay: 'Tresor offen halten', old: (time) => `Stand von ${time}.`,
  },

  screens: {
    lookup: 'Suche', overview: 'Übersicht', hosts: 'Hosts', media: 'Medien', disks: 'Datenträger', imports: 'Importe', disclosures: 'Offenlegungen', rotation: 'Rotation', audit: 'Audit', operators: 'Bediener',
    waves: 'Wellen', incidents: 'Vorfälle', reports: 'Berichte', matching: 'Abgleich', 'walk-in': 'Schalter', settings: 'Einstellungen',
  },

  firstStart: {
    title: 'Neuer Arbeitsplatz', lead: 'Hier gibt es noch keinen Arbeitsplatz. Der erste Bediener hat alle Rollen und fügt die anderen hinzu.',
    folder: (folder) => `Der Arbeitsplatz liegt in ${folder}`, operatorName: 'Bediener', operatorNote: 'Buchstaben, Ziffern, Leerzeichen, . _ @ -', passphrase: 'Passphrase',
    passphraseNote: 'Mindestens 8 Zeichen; mehrere Wörter sind besser als Sonderzeichen',
    again: 'Passphrase noch einmal', tooShort: (missing) => `noch ${some(missing, 'Zeichen', 'Zeichen')}`, different: 'Die beiden sind verschieden',
    caps: 'Feststelltaste ist an', create: 'Arbeitsplatz anlegen', creating: 'Arbeitsplatz wird angelegt',
    invalidName: 'Beginnt mit Buchstabe oder Ziffer; danach Buchstaben, Ziffern, Leerzeichen, . _ @ -',
    wantSheet: 'Wiederherstellungsblatt erstellen', wantSheetNote: 'Der einzige Zugang, wenn alle Passphrasen vergessen sind, und um eine Sicherung anderswo einzuspielen',
    sheetTitle: 'Wiederherstellungsblatt', sheetInSight: 'Wiederherstellungscode sichtbar, nur einmal', notStored: 'nirgends gespeichert',
    sheetNote: 'Öffnet den Tresor ohne Passphrase. Auf Papier, im Safe, bei zwei Personen.', print: 'Wiederherstellungsblatt drucken',
    confirmLabel: (group) => `Gruppe ${n(group)} des Codes, vom Papier`, confirmNote: 'Zeigt, dass das Papier lesbar ist.', confirmWrong: 'Weicht vom Code ab',
    goOn: 'Arbeitsplatz öffnen',
    sheetDesk: 'Arbeitsplatz', sheetCreated: 'Angelegt', sheetOperator: 'Angelegt von',
    sheetUse: 'Benutzung: bluelift restore DATEI --recovery-sheet DATEI, oder „Wiederherstellungsblatt“, wo die Passphrase gefragt ist.',
    restoreInstead: 'Stattdessen eine Sicherung einspielen', restoreTitle: 'Sicherung einspielen',
    restoreLead: 'Bringt einen ganzen Arbeitsplatz in den leeren Ordner zurück. Er öffnet sich mit der Passphrase eines Bedieners oder mit dem Wiederherstellungsblatt, das dann eine neue setzt.',
    backupFile: 'Sicherungsdatei', restorePassphraseNote: 'Mit dem Wiederherstellungsblatt: die neue Passphrase, mindestens 8 Zeichen', restore: 'Arbeitsplatz einspielen',
    restoring: 'Wird eingespielt', sheetWarning: 'Wer dieses Blatt und die Dateien des Arbeitsplatzes hat, kann jedes Wiederherstellungskennwort lesen.',
  },

  signIn: {
    title: 'Tresor geschlossen', operator: 'Bediener', passphrase: 'Passphrase', open: 'Tresor öffnen', opening: 'Wird geöffnet', operatorMissing: 'Kein Bediener genannt', passphraseMissing: 'Die Passphrase fehlt',
    demoLead: 'Eine Demo: 2.000 erfundene Hosts, am Ende weggeworfen. Jeder Bediener hat die Passphrase', demoSeat: 'Wessen Platz', everyRole: 'Alle',
    slow: 'Nach falschen Versuchen lässt sich der Arbeitsplatz mit der Antwort mehr Zeit, bis zu 30 Sekunden.', useSheet: 'Passphrase verloren: Wiederherstellungsblatt benutzen',
    usePassphrase: 'Passphrase benutzen', sheetCode: 'Wiederherstellungsblatt', sheetCodeNote: 'Die Gruppen des Codes; Leerzeichen und Bindestriche sind egal',
    sheetLost: (screen, act) => `Der Tresor schloss sich, bevor eine Gruppe des Wiederherstellungsblatts zurückgetippt war. Fehlt das Papier: ${screen}, „${act}“ erstellt ein neues.`,
    openWithSheet: 'Mit Wiederherstellungsblatt öffnen', keyRecords: 'Wiederherstellungskennwörter bleiben versiegelt, bis sich jemand anmeldet.',
    mustChange: 'Neue Passphrase', mustChangeLead: 'Die Passphrase dieses Bedieners hat jemand anders gesetzt. Zuerst ist eine neue nötig.', current: 'Jetzige Passphrase',
    fresh: 'Neue Passphrase', again: 'Neue Passphrase noch einmal', save: 'Passphrase ändern',
  },

  settings: {
    language: 'Sprache', languageNote: 'Nur dieses Fenster', theme: 'Farben', themes: { system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
    singleKeys: 'Tasten ohne Strg oder Alt', singleKeysNote: 'Zeichen wie / wirken, wenn kein Feld den Fokus hat', on: 'Ein', off: 'Aus', desk: 'Arbeitsplatz', folder: 'Ordner',
    version: 'Version', runtime: 'Läuft in', runtimes: { electron: 'eigenem Fenster', browser: 'einem Browser auf diesem Rechner', 'command-line': 'einem Terminal' },
    idle: 'Tresor schließt nach', minutes: (minutes) => some(minutes, 'Minute', 'Minuten'), backup: 'Sicherung',
    backupLead: 'Beide Dateien des Arbeitsplatzes in einer; zum Einspielen ist die Passphrase eines Bedieners oder das Wiederherstellungsblatt nötig.', backupPath: 'Pfad der Sicherung',
    backupAct: 'Sicherung schreiben', backupDone: (size) => `Sicherung geschrieben, ${size}`, window: 'Dieses Fenster',
    closeNow: 'Tresor jetzt schließen', head: 'Kopf des Audits',
  },
};
