// What people read about hosts, and what is known of all of them together, in German.
import { hosts, n, some } from './counted-de.ts';
import type { HostsMessages } from './hosts-en.ts';

export const hostsDe: HostsMessages = {
  hosts: {
    filter: 'Hosts filtern', secret: 'Das ist ein Wiederherstellungskennwort. Danach wird nicht gefiltert, und behalten wird es nicht. Hosts werden nach ihrem Namen gefiltert.', filterKey: 'filtern', facets: 'Filter', state: 'Zustand', blockedBy: 'Blockiert durch', host: 'Host', reason: 'Grund', model: 'Modell',
    unit: 'Einheit', site: 'Standort', keyRecords: 'Schlüssel', since: 'Seit', nameFilter: (text) => `Host: ${text}`,
    removeFilter: (filter) => `Filter ${filter} entfernen`, clearFilters: 'Leeren', all: (count) => hosts(count), toPanel: 'Vorgänge des Hosts', toPanelKey: 'Vorgänge', moveKey: 'bewegen',
    none: 'Kein Host passt', noneLead: 'Der Filter lässt nichts übrig.', empty: 'Noch keine Hosts', emptyLead: 'Hosts kommen mit einem Schlüsselexport oder einer Namensliste.',
    claim: 'Behauptung, Prüfung fehlgeschlagen', os: 'Windows', serial: 'Seriennummer', user: 'Benutzer', domain: 'Domäne', assetTag: 'Inventarnummer',
    lastSeen: 'Zuletzt gesehen', noKey: 'keine', disclosedOne: 'offengelegt', history: 'Verlauf', lookup: 'Suche', table: 'Hosts',
    verify: 'Verifizieren', verifyTitle: (host) => `${host} verifizieren`, verifyLead: 'Verifiziert heißt: nach der Reparatur laufend gesehen.', evidence: 'Nachweis',
    evidenceNote: 'Wer ihn laufen sah, wann und wie', block: 'Mit Grund blockieren', blockTitle: (host) => `${host} blockieren`,
    blockLead: 'Ein blockierter Host hat immer einen Grund; er fällt aus jedem Plan, bis er freigegeben ist.', blockAct: (host) => `${host} blockieren`, note: 'Notiz',
    unblock: 'Freigeben', unblockTitle: (host) => `${host} freigeben`, unblockAct: (host) => `${host} freigeben`,
    close: 'Host schließen', closeTitle: (host) => `${host} schließen`, closeLead: 'Der Host endet, ohne verifiziert zu sein. Nur die Leitung kann ihn wieder öffnen.',
    closeAs: 'Geschlossen als', closeAct: (host) => `${host} schließen`, closeNote: 'Warum, und wer es entschied', blocked: (host, reason) => `${host} blockiert: ${reason}`,
    verified: (host) => `${host} verifiziert`, unblocked: (host) => `${host} freigegeben`, closed: (host) => `${host} geschlossen`,
    reopen: 'Wieder öffnen', reopenTitle: (host) => `${host} wieder öffnen`, reopenLead: 'Der Host zählt wieder als ausgefallen: bereit, wenn er einen Schlüssel hat, sonst gemeldet. Der Verlauf bleibt.',
    reopenNote: 'Was gesehen wurde, und von wem', reopened: (host) => `${host} wieder geöffnet`,
  },

  overview: {
    perHour: 'Je Stunde, letzte 24 Stunden', perHourNote: (repaired, verified) => `${n(repaired)} repariert, ${n(verified)} verifiziert`, site: 'Standort', noSite: 'ohne Standort', down: 'Noch ausgefallen', report: 'Lagebericht erstellen', reportKey: 'Lagebericht',
    asOf: (now) => `${now}, folgt von selbst`, stillDown: 'Noch ausgefallene Hosts', ofAffected: (count) => `von ${n(count)} betroffenen`,
    knownOnly: (count) => `${n(count)} weitere bekannt, nicht gemeldet`, noKey: 'Ausgefallen ohne Schlüssel', noKeyNote: 'die Liste hat auch die nicht ausgefallenen', notAffected: 'Geschlossen, nie betroffen', notAffectedNote: 'Dublette oder nicht betroffen: oben nicht mitgezählt',
    rotationDue: 'Rotation fällig', mediaOut: 'Medien unterwegs', ofMedia: (count, notIssued) => `von ${n(count)}${notIssued === 0 ? '' : `; ${n(notIssued)} erstellt, noch nicht ausgegeben`}`, byState: 'Nach Zustand', blockedByReason: 'Blockiert nach Grund',
    noneBlocked: 'Kein Host ist blockiert.', records: 'Aufzeichnungen', keyRecords: 'Schlüsseldatensätze', imports: 'Importe', disclosures: 'Offenlegungen',
    attempts: 'Versuche', claims: 'Behauptungen', claimsNote: 'Datensätze, deren Prüfung fehlschlägt', auditHead: 'Kopf des Audits',
    quiet: 'Dieser Bildschirm zeigt kein Wiederherstellungskennwort', nothing: 'Noch kein Host gemeldet',
    nothingLead: 'Einen Schlüsselexport und eine Liste der ausgefallenen Hosts importieren; dann zeigt dieser Bildschirm, wie viele zurück sind und was die übrigen aufhält.',
    disclosed: 'offengelegt und noch nicht ersetzt',
  },

  coverage: {
    title: 'Schlüsselabdeckung', save: 'Liste sichern', age: 'Als neu gilt ein Schlüssel', days: (days) => `der letzten ${n(days)} Tage`,
    withKey: 'Hosts mit Schlüssel', withKeyNote: 'lassen sich entsperren, wenn der Schlüssel stimmt', newer: (days) => `Schlüssel der letzten ${n(days)} Tage`, newerNote: 'nach seinem eigenen Datum, nie dem des Imports',
    older: (days) => `Nur Schlüssel älter als ${n(days)} Tage`, olderNote: 'können seither ersetzt worden sein: Quelle noch einmal fragen', undated: 'Schlüssel ohne Datum', undatedNote: 'die Quelle sagt nicht, von wann sie sind',
    tested: 'Geprüfter Schlüssel', testedNote: 'hat an diesem Arbeitsplatz ein Volume geöffnet', without: 'Hosts ohne Schlüssel', withoutNote: 'jetzt Verzeichnis, Mandanten oder Inventar danach fragen', ofOtherHost: 'Schlüssel bei anderem Host', ofOtherHostNote: 'der Hosts ohne Schlüssel; eine Quelle nennt beide: entscheiden, ob sie einer sind', listed: 'Schlüssel gelistet, nicht hier', listedNote: (count) => `der Hosts ohne Schlüssel; ${some(count, 'Schlüssel steht', 'Schlüssel stehen')} ohne Kennwort in Listen: den Mandanten fragen`, keysWithoutHost: 'Schlüssel ohne Host',
    noKey: 'Schlüssel', noHost: 'Host', header: ['fehlt', 'Host', 'Zustand', 'Standort', 'Organisationseinheit', 'Betriebssystem', 'zuletzt gesehen oder erstellt', 'Schlüssel-ID', 'Quelle'],
  },

  lists: {
    title: 'Listen vergleichen', choose: 'Hostlisten', chooseLead: 'Zwei oder mehr wählen; eine allein wird mit den noch ausgefallenen Hosts verglichen', none: 'Noch keine Hostliste',
    noneLead: 'Eine Liste der Konsole, der Geräteverwaltung oder des Inventars importieren.', kind: 'Art', save: 'Befund sichern', nobody: 'Keine.',
    notIn: (name) => `In einer anderen Liste, nicht in ${name}`, outNotIn: (name) => `Hier noch ausgefallen, nicht in ${name}`, field: 'Vor Ort angetroffen, in keiner Liste', withoutKey: 'In einer Liste, noch ausgefallen, ohne Schlüssel',
    noKey: 'kein Schlüssel',
    seenSince: 'Gilt noch als ausgefallen, wurde aber seither gesehen', saidDownSince: 'Verifiziert oder geschlossen, und seither als ausgefallen gemeldet', verified: 'Durch diese Listen verifiziert: nach der Reparatur gesehen', header: ['Befund', 'Host', 'Zustand', 'Standort', 'Schlüsseldatensätze', 'zuletzt gesehen'],
  },
};
