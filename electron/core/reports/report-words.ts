// What reports say, English and German side by side, so that neither is forgotten.

type Pair = readonly [en: string, de: string];

export const TITLES = {
  situation: ['Situation', 'Lage'], extent: ['Extent of the outage', 'Ausmaß des Ausfalls'], nis2: ['NIS-2 report, draft', 'NIS-2-Meldung, Entwurf'], dora: ['DORA report, draft', 'DORA-Meldung, Entwurf'],
  disclosures: ['Disclosures', 'Offenlegungen'], rotation: ['Rotation', 'Rotation'], handover: ['Shift hand-over', 'Schichtübergabe'],
} as const satisfies Record<string, Pair>;

export const LEADS = {
  situation: ['How many hosts are down, why, and what is out.', 'Wie viele Hosts ausgefallen sind, warum, und was unterwegs ist.'],
  extent: ['The fields of the BSI and Bitkom survey of 2024, servers and clients apart.', 'Die Felder der Umfrage von BSI und Bitkom 2024, Server und Clients getrennt.'],
  nis2: ['Draft for the early warning (24 hours), the notification (72 hours) and the final report (one month). What is open has to be filled in by a person.', 'Entwurf für die frühe Erstmeldung (24 Stunden), die Meldung (72 Stunden) und die Abschlussmeldung (ein Monat). Offenes muss ein Mensch ausfüllen.'],
  dora: ['Draft for the initial notification (4 hours after classification, at most 24 hours after it became known), the intermediate report (72 hours) and the final report (one month). What is open has to be filled in by a person.', 'Entwurf für die Erstmeldung (4 Stunden nach der Einstufung, spätestens 24 Stunden nach Bekanntwerden), die Zwischenmeldung (72 Stunden) und die Abschlussmeldung (ein Monat). Offenes muss ein Mensch ausfüllen.'],
  disclosures: ['Every recovery password and LAPS password that left the vault, and who let it out.', 'Jedes Wiederherstellungskennwort und LAPS-Kennwort, das den Tresor verließ, und wer es herausgab.'],
  rotation: ['Disclosed recovery passwords and LAPS passwords whose replacement is not confirmed.', 'Offengelegte Wiederherstellungskennwörter und LAPS-Kennwörter, deren Ersatz nicht bestätigt ist.'],
  handover: ['What the next shift has to know.', 'Was die nächste Schicht wissen muss.'],
} as const satisfies Record<keyof typeof TITLES, Pair>;

export const WORDS = {
  asOf: ['As of', 'Stand'], undoneSince: ['Imports undone since', 'Seither zurückgenommene Importe'], auditHead: ['Audit head', 'Audit-Kopf'], desk: ['Desk', 'Arbeitsplatz'], demo: ['demo: constructed data', 'Demo: konstruierte Daten'], open: ['open', 'offen'],
  hosts: ['Hosts', 'Hosts'], affected: ['Affected', 'Betroffen'], affectedHosts: ['Hosts affected', 'Betroffene Hosts'], down: ['Still down', 'Noch ausgefallen'], repaired: ['Repaired, not yet seen running', 'Repariert, noch nicht laufend gesehen'], verified: ['Verified', 'Verifiziert'], closed: ['Closed', 'Geschlossen'],
  share: ['Share affected', 'Anteil betroffen'], states: ['Hosts by state', 'Hosts nach Zustand'], state: ['State', 'Zustand'], blocked: ['What blocks hosts', 'Was Hosts blockiert'], reason: ['Reason', 'Grund'], count: ['Count', 'Anzahl'],
  sites: ['By site', 'Nach Standort'], site: ['Site', 'Standort'], noSite: ['no site', 'ohne Standort'], lastHour: ['In the last hour', 'In der letzten Stunde'], repairedHour: ['Repaired', 'Repariert'], verifiedHour: ['Verified', 'Verifiziert'],
  keys: ['Keys and rotation', 'Schlüssel und Rotation'], keyRecords: ['Key records', 'Schlüsseldatensätze'], keyCount: ['Keys', 'Schlüssel'], withoutKey: ['Still down without a key', 'Ausgefallen ohne Schlüssel'], disclosed: ['Disclosures', 'Offenlegungen'],
  rotationsOpen: ['Rotations open', 'Rotationen offen'], rotationsAsked: ['of these asked for', 'davon beauftragt'], rotationsDone: ['Rotations confirmed', 'Rotationen bestätigt'], askedSince: ['Asked for', 'Beauftragt'], laps: ['LAPS password', 'LAPS-Kennwort'], mediaOut: ['Media not back', 'Medien nicht zurück'], notIssued: ['not issued yet', 'noch nicht ausgegeben'], mediaBuilt: ['Media built', 'Medien erstellt'],
  machines: ['Servers and clients', 'Server und Clients'], kind: ['Kind', 'Art'], server: ['Servers', 'Server'], client: ['Clients', 'Clients'], unknown: ['System unknown', 'System unbekannt'],
  course: ['Course', 'Verlauf'], first: ['First host reported down', 'Erstmals ein Host als ausgefallen gemeldet'], last: ['Most recent host seen running again', 'Zuletzt ein Host wieder laufend gesehen'], notOver: ['not over yet', 'noch nicht zu Ende'], duration: ['Hours between', 'Stunden dazwischen'], none: ['not yet', 'noch nicht'],
  effort: ['Effort', 'Aufwand'], attempts: ['Attempts at hosts', 'Versuche an Hosts'], attemptsRepaired: ['of these repaired', 'davon repariert'], technicians: ['Technicians with results', 'Techniker mit Ergebnissen'],
  damage: ['Consequences', 'Folgen'], measures: ['Measures', 'Maßnahmen'], repairedShort: ['Repaired', 'Repariert'],
  nothing: ['Nothing', 'Nichts'], openStoppage: ['Hours of stopped operations', 'Stunden stillstehenden Betriebs'], openDamage: ['Financial damage', 'Finanzieller Schaden'], openExternal: ['Help from outside: who, hours', 'Hilfe von außen: wer, Stunden'],
  openServices: ['Services that could not be provided', 'Leistungen, die nicht erbracht werden konnten'], openData: ['Data that was not available', 'Daten, die nicht verfügbar waren'], openLater: ['Measures taken afterwards', 'Spätere Maßnahmen'], openEffortHours: ['Working hours spent', 'Aufgewendete Arbeitsstunden'],
  early: ['Early warning, 24 hours', 'Frühe Erstmeldung, 24 Stunden'], notification: ['Notification, 72 hours', 'Meldung, 72 Stunden'], final: ['Final report, one month', 'Abschlussmeldung, ein Monat'],
  initial: ['Initial notification, 4 hours after classification', 'Erstmeldung, 4 Stunden nach Einstufung'], intermediate: ['Intermediate report, 72 hours', 'Zwischenmeldung, 72 Stunden'],
  openKnown: ['When the incident became known to the organisation', 'Wann der Vorfall der Organisation bekannt wurde'], openUnlawful: ['Whether unlawful or malicious acts are suspected', 'Ob rechtswidrige oder böswillige Handlungen vermutet werden'], openBorder: ['Whether there are effects across borders', 'Ob es grenzüberschreitende Auswirkungen gibt'],
  openSeverity: ['Severity and impact as assessed', 'Schweregrad und Auswirkungen nach Bewertung'], openIndicators: ['Indicators of compromise, or that there are none', 'Kompromittierungsindikatoren, oder dass es keine gibt'], openCause: ['Root cause as established', 'Ursache, wie festgestellt'], openContact: ['Organisation, sector, contact', 'Organisation, Sektor, Kontakt'],
  openClassified: ['When the incident was classified as major', 'Wann der Vorfall als schwerwiegend eingestuft wurde'], openClients: ['Clients, counterparts and transactions affected', 'Betroffene Kunden, Gegenparteien und Transaktionen'], openCritical: ['Critical services affected', 'Betroffene kritische Dienste'], openCost: ['Direct and indirect cost', 'Direkte und indirekte Kosten'], openSpread: ['Geographic spread', 'Geografische Ausbreitung'], openLoss: ['Loss of data: availability, authenticity, integrity, confidentiality', 'Datenverluste: Verfügbarkeit, Authentizität, Integrität, Vertraulichkeit'],
  list: ['List', 'Liste'], when: ['When', 'Wann'], operator: ['Operator', 'Bediener'], way: ['How', 'Wie'], ticket: ['Ticket', 'Ticket'], keyId: ['Key ID', 'Schlüssel-ID'], host: ['Host', 'Host'], onMedium: ['on medium', 'auf Medium'], byWay: ['By way', 'Nach Art'], byOperator: ['By operator', 'Nach Bediener'],
  dueSince: ['Due since', 'Fällig seit'], medium: ['Medium', 'Medium'], holder: ['Holder', 'Inhaber'], built: ['Built', 'Erstellt'], calls: ['Open calls', 'Offene Anrufe'], since: ['Since', 'Seit'], caller: ['Caller', 'Anrufer'], shown: ['Shown', 'Gezeigt'], yes: ['yes', 'ja'], no: ['no', 'nein'],
  incident: ['Incident', 'Vorfall'], wave: ['Wave', 'Welle'], members: ['Hosts of the wave', 'Hosts der Welle'], membersNow: ['as assigned when this report was first made', 'so zugeteilt, als dieser Bericht zum ersten Mal erstellt wurde'], changesOf: ['Of', 'Von'], wholeDesk: ['the whole desk', 'dem ganzen Arbeitsplatz'],
  changes: ['Done since the last hand-over', 'Seit der letzten Übergabe getan'], act: ['Act', 'Handlung'], openNotes: ['Notes of the shift that leaves', 'Notizen der gehenden Schicht'],
} as const satisfies Record<string, Pair>;
