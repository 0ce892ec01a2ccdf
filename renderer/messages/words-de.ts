// The closed lists of the field in German words.
import type { Words } from './words-en.ts';

export const wordsDe: Words = {
  hostState: { known: 'Bekannt', reported: 'Gemeldet', ready: 'Bereit', blocked: 'Blockiert', 'in-progress': 'In Arbeit', repaired: 'Repariert', verified: 'Verifiziert', closed: 'Geschlossen' },
  hostStateMeans: { known: 'aus einem Export, von niemandem als ausgefallen gemeldet', reported: 'als ausgefallen gemeldet, nichts geplant', ready: 'Weg und Schlüssel bekannt, wartet auf seine Reihe', blocked: 'ein Grund aus der Liste steht im Weg', 'in-progress': 'ein Versuch läuft', repaired: 'die fehlerhafte Datei ist weg', verified: 'laufend gesehen', closed: 'beendet, ohne verifiziert zu sein' },
  blockedReason: {
    'no-key': 'Kein Schlüssel', 'key-rejected': 'Schlüssel abgelehnt', 'no-disk-seen': 'Kein Datenträger', 'not-reachable': 'Nicht erreichbar', 'usb-blocked': 'USB gesperrt', 'pin-needed': 'PIN nötig', hibernated: 'Ruhezustand',
    'third-party-encryption': 'Fremde Verschlüsselung', hardware: 'Hardware', 'other-os': 'Anderes System', 'recipe-not-found': 'Rezept ohne Treffer', 'repair-failed': 'Reparatur misslungen', 'media-refused': 'Medium verweigert', 'owner-away': 'Inhaber abwesend',
  },
  blockedHint: {
    'no-key': 'Weitere Quelle importieren', 'key-rejected': 'Anderen Schlüsseldatensatz des Hosts versuchen', 'no-disk-seen': 'Speichertreiber auf das Medium', 'not-reachable': 'Jemand mit Schlüssel zum Raum', 'usb-blocked': 'Firmware-Kennwort oder anderer Weg', 'pin-needed': 'Wer die PIN kennt, anrufen', hibernated: 'Abbild mit Tastendruck verwerfen',
    'third-party-encryption': 'Rettungsmedium des Herstellers', hardware: 'Ersatz', 'other-os': 'Erklärung der Leitung', 'recipe-not-found': 'Anderes Rezept, oder nicht betroffen', 'repair-failed': 'Zweiter Versuch, dann von Hand', 'media-refused': 'Startreihenfolge oder Secure-Boot-Liste', 'owner-away': 'Termin mit dem Inhaber',
  },
  closedAs: { reimaged: 'Neu aufgesetzt', retired: 'Ausgemustert', duplicate: 'Doppelt', 'not-affected': 'Nicht betroffen' },
  disclosureReason: {
    'mass-incident': 'Großstörung', 'boot-order-changed': 'Startreihenfolge geändert', 'bios-changed': 'BIOS geändert', 'os-files-modified': 'Systemdateien geändert', 'lost-startup-key': 'Systemstartschlüssel verloren', 'lost-pin': 'PIN verloren', 'tpm-reset': 'TPM zurückgesetzt',
    'lost-passphrase': 'Passphrase verloren', 'lost-smartcard': 'Smartcard verloren', other: 'Anderer Grund',
  },
  disclosureWay: { shown: 'Gezeigt', spoken: 'Vorgelesen', printed: 'Gedruckt', medium: 'Auf Medium' },
  role: { helpdesk: 'Helpdesk', technician: 'Technik', supervisor: 'Leitung', auditor: 'Revision' },
  mediaState: { built: 'Erstellt', issued: 'Ausgegeben', returned: 'Zurück', wiped: 'Gelöscht', lost: 'Verloren' },
  attemptOutcome: { repaired: 'Repariert', 'nothing-to-do': 'Nichts zu tun', blocked: 'Blockiert', inspected: 'Untersucht' },
  attemptProof: { signed: 'Signiert', unsigned: 'Unsigniert', claim: 'Behauptung, Prüfung fehlgeschlagen' },
  rotationState: { due: 'Fällig', asked: 'Beauftragt', confirmed: 'Bestätigt' },
  rotationRisk: { sealed: 'versiegelt auf einem Medium', shown: 'gezeigt', spoken: 'vorgelesen', printed: 'gedruckt', lost: 'auf einem verlorenen Medium' },
  rotationTarget: { intune: 'Intune', configmgr: 'ConfigMgr', 'manage-bde': 'manage-bde am Host' },
  rotationNotHandedOver: { 'no-host': 'kein Host bekannt', 'no-device-id': 'Host ohne Entra-Geräte-ID', 'no-key-protector-id': 'Schlüsseldatensatz ohne Schlüssel-ID', 'name-not-usable': 'Hostname passt in kein Skript' },
  rotationConfirmedBy: { evidence: 'neuerer Schlüsseldatensatz', statement: 'Aussage' },
  architecture: { x64: 'x64', arm64: 'ARM64' },
  notOnMedium: { 'no-key': 'kein Schlüsseldatensatz', 'no-key-protector-id': 'Schlüsseldatensatz ohne Schlüssel-ID', 'not-in-store': 'diesem Desk nicht bekannt' },
  operatorStatus: { pending: 'Wartet', active: 'Aktiv', disabled: 'Gesperrt' },
  protectorKind: { 'clear-key': 'Offener Schlüssel', tpm: 'TPM', 'startup-key': 'Startschlüssel', 'tpm-and-startup-key': 'TPM und Startschlüssel', 'tpm-and-pin': 'TPM und PIN', 'recovery-password': 'Wiederherstellungskennwort', 'smart-card': 'Smartcard', password: 'Kennwort', other: 'Anderer' },
  baseKind: { iso: 'Windows-ISO', 'boot-wim': 'boot.wim', 'winre-wim': 'WinRE.wim' },
  language: { en: 'Englisch', de: 'Deutsch' },
  hostEvent: { imported: 'Importiert', reported: 'Gemeldet', 'key-found': 'Schlüssel gefunden', 'on-medium': 'Auf Medium', attempt: 'Versuch', disclosed: 'Offengelegt', blocked: 'Blockiert', unblocked: 'Freigegeben', verified: 'Verifiziert', closed: 'Geschlossen', reopened: 'Wieder geöffnet' },
  intakeKind: {
    'crowdstrike-csv': 'CrowdStrike, CSV', 'ad-csv': 'AD-Export, CSV', 'entra-csv': 'Entra-ID, CSV', 'mbam-csv': 'Schlüssel aus MBAM oder ConfigMgr, CSV', 'extract-bitlocker-keys-csv': 'ExtractBitlockerKeys, CSV', 'bitlocker-volume-csv': 'Get-BitLockerVolume, CSV', 'keys-csv': 'Schlüssel, CSV',
    ldif: 'LDIF', 'windows-text': 'Schlüsseldatei von Windows', 'manage-bde-text': 'Ausgabe von manage-bde', 'any-text': 'Beliebiger Text', 'graph-json': 'Microsoft Graph, JSON', 'extract-bitlocker-keys-json': 'ExtractBitlockerKeys, JSON', 'keys-json': 'Schlüssel, JSON', 'hosts-json': 'Hosts, JSON', 'host-names': 'Hostnamen',
    'computers-csv': 'Get-ADComputer, CSV', 'falcon-impacted-csv': 'Betroffene Hosts aus Falcon, CSV', 'falcon-hosts-csv': 'Hosts aus Falcon, CSV', 'intune-csv': 'Geräte aus Intune, CSV', 'entra-devices-csv': 'Geräte aus Entra, CSV', 'configmgr-csv': 'ConfigMgr, CSV', 'servicenow-csv': 'ServiceNow, CSV', 'snipe-it-csv': 'Snipe-IT, CSV', 'hosts-csv': 'Hosts, CSV',
    directory: 'Active Directory, live', tenant: 'Entra ID, live', xlsx: 'Excel', sqlite: 'SQLite-Datenbank', 'not-recognised': 'nicht erkannt',
  },
  rejectReason: {
    'recovery-password-missing': 'kein Wiederherstellungskennwort in der Zeile', 'recovery-password-not-exported': 'die Quelle nennt den Schlüssel ohne Kennwort', 'exporter-found-no-key': 'der Export fand keinen Schlüssel', 'exporter-lost-list': 'mehrere Schlüssel beim Export verloren (System.Object[]); anders exportieren',
    'exporter-lost-bytes': 'Bytes beim Export verloren (System.Byte[])', 'exporter-hid-key': 'beim Export verborgen; mit sichtbaren Schlüsseln exportieren', 'spreadsheet-number': 'von einer Tabelle in eine Zahl verwandelt; als Text exportieren', 'leading-zeros-lost': 'führende Nullen in einer Tabelle verloren', 'wrong-groups': 'kann nicht stimmen',
    'wrong-length': 'nicht 48 Ziffern', 'letters-in-password': 'Buchstaben zwischen den Ziffern', 'sample-row': 'Beispielzeile aus einer Anleitung', 'filevault-key': 'ein FileVault-Schlüssel', 'key-protector-id-wrong': 'Schlüssel-ID beschädigt und kein Host genannt', 'other-protector': 'eine Schutzvorrichtung anderer Art, ohne Wiederherstellungskennwort', 'no-key-in-row': 'kein Wiederherstellungskennwort in der Zeile', 'other-object': 'weder Wiederherstellungsobjekt noch Computer',
    'hostname-missing': 'kein Host genannt', 'hostname-letters-lost': 'Buchstaben des Hostnamens im Export verloren', 'hostname-unusable': 'kein möglicher Name eines Windows-Hosts', 'hostname-is-address': 'eine Adresse statt eines Namens', 'other-platform': 'kein Windows-Host', 'row-too-long': 'länger, als eine Zeile sein kann', 'unclosed-quote': 'Anführungszeichen nie geschlossen', 'entry-damaged': 'Eintrag beschädigt',
  },
  intakeNote: {
    'nothing-found': 'weder ein Wiederherstellungskennwort noch ein Host darin', 'incomplete-page': 'eine Seite von mehreren; die anderen fehlen in dieser Datei', 'exporter-failed': 'das Werkzeug, das dies schrieb, ist gescheitert und hat nichts hineingeschrieben; neu exportieren, als JSON oder mit einem anderen Werkzeug', 'characters-lost': 'einige Buchstaben ließen sich nicht lesen', 'cut-off': 'bricht mittendrin ab',
    'directory-keys-not-readable': 'Wiederherstellungsobjekte sind da, aber dieses Konto darf ihre Kennwörter nicht lesen. Ihm delegieren: Zugriffssteuerung und Lesen auf msFVE-RecoveryPassword von msFVE-RecoveryInformation-Objekten. Domänen-Admin ist nicht nötig',
    'directory-no-keys': 'Computer, aber kein einziges Wiederherstellungsobjekt: Dort werden keine Schlüssel gesichert, oder dieses Konto darf sie nicht sehen (Lesen auf msFVE-RecoveryInformation-Objekte delegieren)',
    'laps-readable': 'Kennwörter von Windows LAPS sind mit diesem Konto lesbar; sie werden nicht übernommen, und ein Konto für Importe braucht dieses Recht nicht', 'laps-encrypted': 'Kennwörter von Windows LAPS sind da, verschlüsselt; sie werden nicht übernommen',
    'tenant-devices-not-readable': 'das Konto darf keine Geräte auflisten (Device.Read.All): Schlüssel kamen ohne Hostnamen', 'tenant-keys-not-wanted': 'nicht verlangte Schlüssel wurden aufgelistet, nicht gelesen', 'tenant-keys-known': 'Schlüssel, die dieser Desk schon hat, wurden nicht noch einmal gelesen',
    'tenant-keys-not-readable': 'das Konto darf Schlüssel auflisten, aber nicht alle lesen. Es fehlt: BitlockerKey.Read.All, und für eine Person eine Rolle wie Helpdeskadministrator für diese Geräte',
  },
  stayedBecause: { disclosed: 'offengelegt', 'on-medium': 'auf einem Medium', 'other-source': 'eine andere Quelle sagt dasselbe', 'has-keys': 'der Host hat Schlüsseldatensätze', 'has-events': 'bearbeitet oder versucht', 'maybe-listed-later': 'eine spätere Liste nennt ihn vielleicht auch' },
  declined: {
    empty: 'die Datei ist leer', binary: 'die Datei ist binär', zip: 'ein ZIP-Archiv; zuerst entpacken', gzip: 'ein gzip-Archiv; zuerst entpacken', '7z': 'ein 7z-Archiv; zuerst entpacken', rar: 'ein RAR-Archiv; zuerst entpacken', pdf: 'ein PDF; den Text in eine Textdatei übernehmen', excel: 'eine Excel-Datei; als CSV speichern', sqlite: 'eine Datenbank; als CSV exportieren', 'old-excel': 'eine alte Excel-Datei; als CSV speichern', 'excel-too-large': 'die Excel-Datei ist zu groß; als CSV speichern', 'sqlite-too-large': 'die Datenbank ist zu groß',
    'excel-binary': 'eine binäre Excel-Datei (xlsb); als .xlsx oder CSV speichern', 'open-document': 'eine OpenDocument-Datei; als .xlsx oder CSV speichern', 'office-document': 'ein Office-Dokument, aber keine Arbeitsmappe; den Text in eine Textdatei übernehmen',
    'archive-damaged': 'das Archiv ist beschädigt; erneut kopieren', 'archive-empty': 'das Archiv ist leer', 'database-damaged': 'die Datenbank ist beschädigt; erneut kopieren', 'database-empty': 'die Datenbank hat keine gefüllte Tabelle', 'too-large': 'zu groß, um hineinzusehen; als CSV speichern',
    'member-encrypted': 'durch ein Kennwort geschützt; entpacken und den Ordner importieren', 'member-method': 'auf eine Weise gepackt, die nicht gelesen wird; entpacken und den Ordner importieren', 'member-archive': 'ein Archiv in einem Archiv; zuerst entpacken', 'member-bomb': 'entpackt größer als jede Übergabe; nicht angefasst', 'member-name': 'sein Name führt aus dem Archiv hinaus; nicht angefasst', 'too-many-members': 'mehr Dateien, als ein Archiv hier haben darf; entpacken und den Ordner importieren',
    'json-too-large': 'die JSON-Datei ist zu groß', program: 'ein Programm', picture: 'ein Bild', 'disk-image': 'ein Abbild eines Datenträgers', 'bitlocker-volume': 'ein BitLocker-Volume', bek: 'ein externer Schlüssel (BEK), kein Wiederherstellungskennwort', 'key-package': 'ein Schlüsselpaket; es braucht das Wiederherstellungskennwort dennoch',
  },
  attemptReason: {
    'no-records': 'enthält keine Versuchsprotokolle', 'not-a-record': 'kein Versuchsprotokoll', 'cut-off': 'mitten abgebrochen', 'too-large': 'zu groß für ein Versuchsprotokoll', 'newer-version': 'von einem neueren Bluelift geschrieben', malformed: 'beschädigt im Feld',
    'attempt-id-taken': 'ein anderes Protokoll hat diese Versuchs-ID schon', 'unknown-medium': 'dieses Medium hat dieser Desk nicht erstellt', 'unknown-slot': 'nennt einen Passcode, den das Medium nicht hat', 'wrong-hmac': 'nach dem Signieren verändert', 'replaces-claim': 'tritt an die Stelle eines unbewiesenen Protokolls',
  },
};
