// The part of the messages about matching: conflicts, and what does not fit together. In German.
import type { MatchingMessages } from './matching-en.ts';

export const matchingDe: MatchingMessages = {
  matching: {
    compare: 'Vergleichen', save: 'Als CSV sichern', yes: 'ja',
    conflictsLead: 'Eine Schlüssel-ID mit mehreren Wiederherstellungskennwörtern. Keines wird verworfen; gleiche Fingerabdrücke bedeuten an diesem Arbeitsplatz gleiche Kennwörter.',
    noConflicts: 'Keine Konflikte', nothingLead: 'Hier wird geklärt, welche Schlüsseldatensätze und Hosts einander widersprechen oder fehlen.', noConflictsLead: 'Zu keiner Schlüssel-ID gibt es zwei verschiedene Wiederherstellungskennwörter.',
    passwords: (count) => `${count} Wiederherstellungskennwörter`, fingerprint: 'Fingerabdruck', tested: (at) => `Hat am ${at} ein Volume geöffnet`, notTested: 'Nicht getestet', goesOnMedia: 'Kommt auf Medien', notOnMedia: 'Kommt nicht auf Medien', media: 'Auf Medien', disclose: 'In der Suche öffnen',
    conflictHeader: ['Schlüssel-ID', 'Fingerabdruck', 'Host', 'Erstellt', 'Importiert', 'Hat ein Volume geöffnet', 'Kommt auf Medien', 'Quellen'],
    questions: 'Fragen zu Hosts', noQuestions: 'Keine Fragen zu Hosts', noQuestionsLead: 'Keine zwei Namen teilen sich eine ID, und kein Name hat widersprüchliche.', decisions: 'Entscheidungen', decision: 'Entscheidung', reason: 'Grund', reasonNote: 'Kommt in das Audit.',
    supervisorDecides: 'Welches von beidem es ist, entscheidet die Leitung.',
    join: 'Zusammenführen', joinAct: (one, other) => `${one} und ${other} zusammenführen`, joinLead: (kept, other) => `Schlüssel, Versuche, Listen und IDs von ${other} werden die von ${kept}. ${other} wird als Duplikat geschlossen; was künftig unter diesem Namen kommt, geht an ${kept}.`,
    joinWithTitle: (host) => `${host} mit einem anderen Host zusammenführen`, otherName: 'Name des anderen Hosts', theOther: 'dem anderen Host', noOther: (name) => `Kein anderer Host heißt ${name}`,
    keep: 'Welcher Name bleibt', keepName: (host) => `${host} behalten`, apart: 'Getrennt halten', apartAct: (one, other) => `${one} und ${other} getrennt halten`, apartLead: 'Es sind zwei Geräte, welche IDs sie auch teilen.',
    one: 'Ein Gerät', oneAct: (host) => `${host} ist ein Gerät`, oneLead: 'Neu installiert oder repariert. Mit der nächsten ID kommt die Frage wieder.',
    undo: 'Zurücknehmen', undoAct: (host) => `Entscheidung über ${host} zurücknehmen`, undoLead: 'Zusammengeführte Hosts sind wieder zwei, jeder mit dem, was ihm gehörte.', undone: (operator) => `zurückgenommen von ${operator}`, answered: 'Entscheidung festgehalten', oldNames: 'Früher', joinedInto: 'Aufgegangen in',
    keysWithoutHost: 'Schlüssel ohne Host', keysLead: 'Keine Quelle sagt, wem sie gehören', noKeys: 'Jeder Schlüssel hat seinen Host', noKeysLead: 'Schlüssel, die nur ein Gerät nennen, warten hier auf die Liste, die dessen Host nennt.', device: 'Entra-Gerät',
    keyHeader: ['Schlüssel-ID', 'Erstellt', 'Importiert', 'Entra-Gerät', 'Volume', 'Quellen'],
    hostsWithoutKey: 'Hosts ohne Schlüssel', hostsLead: 'Keine Quelle hat ein Wiederherstellungskennwort von ihnen', noHosts: 'Jeder Host hat einen Schlüssel', noHostsLead: 'Hosts, die mit einer Liste kommen und noch keinen Schlüssel haben, stehen hier.',
    hostHeader: ['Host', 'Zustand', 'Standort', 'Organisationseinheit', 'Betriebssystem', 'Zuletzt gesehen'],
  },
};
