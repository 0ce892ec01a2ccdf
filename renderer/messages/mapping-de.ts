import type { MappingWords } from './mapping-en.ts';

export const mappingDe: MappingWords = {
  title: 'Spalten zuordnen', which: (name, number, of) => (of === 1 ? name : `${name}, Tabelle ${number} von ${of}`),
  lead: 'Zu diesen Überschriften ist kein Exporteur bekannt. Festlegen, was die Spalten enthalten; der Vorschlag richtet sich nach den Werten.',
  column: (number) => `Spalte ${number}`, nothing: 'nichts', secret: 'geheim, verdeckt',
  found: (passwords, rows) => (rows === 1 ? 'Die erste Zeile enthält ein gültiges Wiederherstellungskennwort.' : `${passwords} der ersten ${rows} Zeilen ${passwords === 1 ? 'enthält' : 'enthalten'} ein gültiges Wiederherstellungskennwort.`), foundNone: 'Kein Wiederherstellungskennwort in den ersten Zeilen: eine Hostliste.',
  inventory: 'Ein Inventar', inventoryNote: 'Die Hosts sind dadurch bekannt, aber nicht als ausgefallen gemeldet.', take: 'Mit diesen Spalten importieren', asRecognised: 'Ohne Zuordnung importieren', next: 'Nächste Tabelle',
  needs: 'Eine Spalte mit Wiederherstellungskennwörtern oder Hostnamen muss zugeordnet sein.', remembered: 'Gilt auch für die nächste Tabelle mit diesen Überschriften.', looking: 'Erste Zeilen werden gelesen …', table: 'Erste Zeilen',
  field: {
    recoveryPassword: 'Wiederherstellungskennwort', keyProtectorId: 'Schlüssel-ID', hostname: 'Hostname', distinguishedName: 'Distinguished Name', createdAt: 'Schlüssel erstellt', lastSeenAt: 'Zuletzt gesehen', volumeId: 'Volume-ID', drive: 'Laufwerk',
    operatingSystem: 'Betriebssystem', site: 'Standort', serialNumber: 'Seriennummer', assetTag: 'Inventarnummer', userName: 'Benutzer', entraDeviceId: 'Entra-Geräte-ID',
    lapsPassword: 'LAPS-Kennwort', lapsAccount: 'LAPS-Konto', lapsUpdatedAt: 'LAPS-Kennwort gesetzt', lapsExpiresAt: 'LAPS-Kennwort endet',
  },
};
