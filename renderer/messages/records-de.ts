// What people read about records and reports, and who may do what, in German.
import { auditFieldsDe } from './audit-fields-de.ts';
import { keys, n, some } from './counted-de.ts';
import type { RecordsMessages } from './records-en.ts';

export const recordsDe: RecordsMessages = {
  disclosures: {
    unusual: (operator, count, minutes, at) => `${operator}: ${some(count, 'Offenlegung', 'Offenlegungen')} in ${some(minutes, 'Minute', 'Minuten')}, ${at}. Mehr als üblich; eine Frage wert.`,
    when: 'Wann', operator: 'Bediener', keyId: 'Schlüssel-ID', host: 'Host', reason: 'Grund', ticket: 'Ticket', way: 'Weg',
    none: 'Noch keine Offenlegung', noneLead: 'Jedes Wiederherstellungskennwort, das den Tresor verlässt, steht hier: wer, welches, warum.',
    onMedium: (id, count) => `${id}, ${keys(count)}`, count: (count) => some(count, 'Offenlegung', 'Offenlegungen'),
    page: (from, to, total) => `${n(from)} bis ${n(to)} von ${n(total)}`,
  },

  rotation: {
    open: (count) => `${some(count, 'offengelegtes Kennwort', 'offengelegte Kennwörter')} noch zu ersetzen`, state: 'Zustand', keyId: 'Schlüssel-ID', host: 'Host', risk: 'Wie offengelegt', since: 'Seit', course: 'Verlauf',
    none: { due: 'Keine Rotation fällig', asked: 'Nichts beauftragt', confirmed: 'Noch nichts bestätigt' },
    noneLead: { due: 'Jedes offengelegte Wiederherstellungskennwort ist beauftragt oder ersetzt.', asked: 'Eine Rotation gilt als beauftragt, wenn ein Skript mit ihr übergeben wurde.', confirmed: 'Ein neuerer Schlüsseldatensatz desselben Volumes bestätigt eine Rotation beim Import.' },
    handOver: 'Skript übergeben', confirmNone: 'Zuerst ankreuzen, was ersetzt wurde.', handOverTitle: 'Rotationen übergeben', handOverLead: 'Erzeugt ein PowerShell-Skript mit Hostnamen und Schlüssel-IDs, ohne Wiederherstellungskennwort. Was darin steht, gilt als beauftragt; der Import der neuen Schlüssel bestätigt es.',
    handOverAct: 'Skript speichern', target: 'Ausgeführt durch',
    targetNote: { intune: 'Einmal von einem Administrator ausgeführt; beauftragt Intune für jedes Gerät.', configmgr: 'Als Skript verteilen; jeder Host sucht sich selbst darin.', 'manage-bde': 'Mit erhöhten Rechten an den Hosts ausführen; jeder sucht sich selbst darin.' },
    again: (count) => `Auch schon beauftragte (${n(count)})`, nothing: 'Nichts für dieses Ziel.',
    handedOver: (count, remaining) => `${some(count, 'Rotation', 'Rotationen')} übergeben${remaining === 0 ? '' : `, ${n(remaining)} bleiben für das nächste Skript`}`,
    confirm: 'Bestätigen', confirmTitle: (count) => `${some(count, 'Rotation', 'Rotationen')} bestätigen`, confirmLead: 'Das Wiederherstellungskennwort ist nicht mehr gültig, und kein Import kann es zeigen.', confirmed: (count) => `${some(count, 'Rotation', 'Rotationen')} bestätigt`,
    statement: 'Woher das bekannt ist', statementNote: 'Wer es ersetzt oder den Datenträger gelöscht hat, und wann',
    askedOf: (target, by, at) => `beauftragt bei ${target} durch ${by}, ${at}`, byEvidence: (id, at) => `neuerer Schlüssel ${id}, ${at}`, byStatement: (by, statement) => `laut ${by}: ${statement}`,
  },

  audit: {
    fields: auditFieldsDe, yes: 'ja', no: 'nein',
    verify: 'Kette prüfen', verifying: 'Wird geprüft', intact: (count) => `Kette unversehrt, ${some(count, 'Eintrag', 'Einträge')}`,
    broken: (entry) => `Kette bei Eintrag ${n(entry)} gebrochen`, headFound: 'Der angegebene Kopf ist in der Kette.',
    headMissing: 'Der angegebene Kopf ist nicht in der Kette.', head: 'Kopf', number: 'Nr.', when: 'Wann', operator: 'Bediener', act: 'Vorgang', subject: 'Gegenstand',
    details: 'Einzelheiten', against: 'Gegen einen gedruckten Kopf', againstNote: 'Nummer:Hash, von Bericht, Manifest oder Sicherung', none: 'Noch kein Eintrag',
    count: (count) => some(count, 'Eintrag', 'Einträge'), badHead: 'Eine Nummer, ein Doppelpunkt, 64 Hexadezimalzeichen',
  },

  operators: {
    add: 'Bediener hinzufügen', name: 'Bediener', roles: 'Rollen', status: 'Status', lastSignIn: 'Zuletzt angemeldet', disable: 'Sperren',
    disableTitle: (name) => `${name} sperren?`, disableLead: 'Anmelden ist danach nicht mehr möglich. Was getan wurde, bleibt festgehalten.',
    disableAct: (name) => `${name} sperren`, disabled: (name) => `${name} gesperrt`, added: (name) => `${name} hinzugefügt`, firstPassphrase: 'Erste Passphrase',
    firstPassphraseNote: 'Wird bei der ersten Anmeldung geändert', addTitle: 'Bediener hinzufügen', waits: 'wartet auf Ergänzung',
    waitsNote: 'Eine Rolle, die Wiederherstellungskennwörter liest, ergänzt jemand, der deren Schlüssel hat.', complete: 'Ergänzen',
    completeTitle: (name) => `${name} ergänzen`,
    completeLead: 'Gibt den Schlüssel zu Wiederherstellungskennwörtern weiter. Vorher den Fingerabdruck mit dem Bediener persönlich vergleichen; er steht unter Bediener.',
    completeAct: (name) => `${name} ergänzen`, completed: (name) => `${name} ergänzt`, fingerprint: 'Fingerabdruck', own: 'Eigene Passphrase ändern',
    ownTitle: 'Eigene Passphrase ändern', changed: 'Passphrase geändert', table: 'Wer was darf', tableNote: 'Fest; keine Einstellung ändert es', filter: 'Vorgänge filtern', noAct: (query) => `Kein Vorgang heißt ${query}`,
    groups: { disclosures: 'Offenlegungen und Anrufe', keys: 'Suche und Schlüsseldatensätze', hosts: 'Hosts', walkIns: 'Schalter', media: 'Medien, Datenträger und Ergebnisse', imports: 'Importe', rotations: 'Rotation', waves: 'Wellen, Vorfälle und Rezepte', status: 'Übersicht, Berichte und Audit', operators: 'Bediener und Richtlinien', desk: 'Arbeitsplatz und Tresor' }, procedure: 'Vorgang', may: 'darf',
    mayNot: 'darf nicht', you: 'angemeldet', count: (count) => some(count, 'Bediener', 'Bediener'),
    changeKeys: 'Schlüssel wechseln', changeKeysTitle: 'Die Schlüssel des Arbeitsplatzes wechseln?',
    changeKeysLead: 'Für den Fall, dass jemand gegangen ist. Der Speicher wird unter neuen Schlüsseln neu geschrieben; eine Kopie der alten öffnet davon nichts mehr. Passphrasen bleiben, wie sie sind.',
    changeKeysMeanwhile: 'Solange geht das Suchen weiter, und sonst lässt sich nichts schreiben. Ältere Sicherungen öffnen sich weiterhin mit den alten Schlüsseln.',
    changeKeysSheet: 'Neues Wiederherstellungsblatt', changeKeysSheetNote: 'Das bisher gedruckte Blatt öffnet nichts mehr, mit oder ohne neues.',
    keysChanged: (count) => `Schlüssel gewechselt für ${some(count, 'Bediener', 'Bediener')}`, rekeySteps: { store: 'Speicher neu geschrieben', passwords: 'Wiederherstellungskennwörter neu versiegelt' },
  },

  reports: {
    of: 'Über', wholeDesk: 'Den ganzen Arbeitsplatz', kind: 'Bericht', make: 'Bericht erstellen', made: (name) => `${name} erstellt`, steps: { reading: 'Der Speicher wird gelesen …', writing: 'Der Bericht wird geschrieben …' }, format: 'Form', language: 'Sprache', asOf: 'Stand', asOfNote: 'Leer: jetzt. Ein früherer Zeitpunkt gibt, was damals bekannt war.', note: 'Enthält Namen von Bedienern. Steht im Audit.',
    kinds: { situation: 'Lage', extent: 'Ausmaß des Ausfalls', nis2: 'NIS-2-Entwurf', dora: 'DORA-Entwurf', disclosures: 'Offenlegungen', rotation: 'Rotation', handover: 'Schichtübergabe' },
    leads: { situation: 'Eine Seite: wie viele, warum nicht, was unterwegs ist', extent: 'Die Felder der Umfrage von BSI und Bitkom, Server und Clients getrennt', nis2: 'Frühe Erstmeldung, Meldung, Abschlussmeldung', dora: 'Erst-, Zwischen- und Abschlussmeldung', disclosures: 'Jedes Kennwort, das den Tresor verließ', rotation: 'Was offengelegt und nicht als ersetzt bestätigt ist; was beauftragt ist', handover: 'Offene Anrufe, Medien unterwegs, Änderungen seit der letzten' },
  },
};
