// What the details of an audit entry are called, in German.
import type { AuditFields } from './audit-fields-en.ts';

export const auditFieldsDe: AuditFields = {
  from: 'von', to: 'zu', state: 'Zustand', reason: 'Grund', as: 'als', way: 'Weg', outcome: 'Ausgang', proof: 'Beweis', identity: 'Identität',
  caller: 'Anrufer', ticket: 'Ticket', groupsRead: 'Gruppen gegengelesen', note: 'Notiz', hostname: 'Host', host: 'Host', hosts: 'Hosts', keyRecords: 'Schlüsseldatensätze', lapsPasswords: 'LAPS-Kennwörter',
  rotations: 'Rotationen', disclosureId: 'Offenlegung', mediaId: 'Medium', medium: 'Medium', holder: 'Inhaber', evidence: 'Beleg', statement: 'Aussage', why: 'warum', query: 'Suche',
  found: 'gefunden', changed: 'geändert', filter: 'Filter', name: 'Name', scope: 'Umfang', mode: 'Aufgabe', leftOut: 'fehlen', technicians: 'Techniker', roles: 'Rollen',
  rule: 'Regel', assigned: 'zugeordnet', moved: 'verschoben', stayed: 'geblieben', second: 'zweiter Bediener', importId: 'Import', step: 'Schritt', list: 'Liste', row: 'Zeile',
  wave: 'Welle', incident: 'Vorfall', recipe: 'Rezept', number: 'Nummer', kind: 'Art', format: 'Form', language: 'Sprache', verified: 'verifiziert', unexpected: 'unerwartet',
  override: 'trotzdem', recoverySheet: 'Wiederherstellungsblatt', operators: 'Bediener', how: 'wie', again: 'erneut', count: 'Anzahl', minutes: 'Minuten', other: 'anderer Host', account: 'Konto',
};
