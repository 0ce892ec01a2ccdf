// What people read about writing a USB stick, in German.
import { n } from './counted-de.ts';
import type { stickEn } from './stick-en.ts';

export const stickDe: typeof stickEn = {
  stick: {
    site: 'Ein Standort', siteOption: (site, hosts) => `${site}, ${n(hosts)} Hosts`, scopeSite: (site) => `Standort ${site}`,
    isMedium: (id, state, holder) => `Medium ${id}: ${holder === null ? state.toLowerCase() : `ausgegeben an ${holder}`}`, inPort: 'Medien an diesem Arbeitsplatz',
    wasMedium: (id, now, state) => `${now === 'erased' ? 'Gelöscht' : 'Überschrieben'}: war Medium ${id} (${state.toLowerCase()})`, show: (id) => `${id} zeigen`,
    readResults: 'Ergebnisse lesen', resultsRead: (id, imported, unchanged, failed) => `${id}: ${n(imported)} Ergebnisse aufgenommen, ${n(unchanged)} schon bekannt${failed === 0 ? '' : `, ${n(failed)} abgelehnt`}`,
    renew: 'Erneuern', renewTitle: (id) => `${id} erneuern`, renewAct: (id) => `${id} auf seinem Stick erneuern`, renewMissing: (id) => `Medium ${id} steckt nicht an diesem Arbeitsplatz. Einstecken; es erscheint hier von selbst.`,
    renewLead: (id) => `Die Ergebnisse werden aufgenommen, dann bekommt der Stick ein neues Bündel, eine neue ID und neue Passcodes; Basis und Agent bleiben und werden verglichen. ${id} gilt danach als gelöscht, seine Schlüssel bleiben auf der Rotationsliste. Er braucht ein neues Etikett.`,
    wipe: 'Löschen', wipeTitle: (id) => `${id} löschen?`, wipeLead: (name, size, serial, place) => `Die Ergebnisse werden aufgenommen; dann werden Bündel, Ergebnisse und Tabellen auf ${name} (${size}, ${serial}, ${place}) überschrieben und zurückgelesen. Die Schlüssel bleiben auf der Rotationsliste: Wer den Stick hatte, hat vielleicht eine Kopie.`,
    wipeAct: (name, size) => `${name} löschen, ${size}`, wiped: (id, results) => `${id} ist gelöscht und zurückgelesen; ${n(results)} Ergebnisse aufgenommen`, evenUnread: 'Ergebnisse, die sich nicht aufnehmen lassen, dürfen verloren gehen',
    eraseSeveral: (count) => `${n(count)} Sticks löschen`, eraseSeveralTitle: (count) => `${n(count)} Sticks löschen?`, nth: (at, of, names) => `${n(at)} von ${n(of)}: ${names}`,
    noPasscode: 'Ohne Passcode: Wer ein solches Medium und eine Liste der Schlüssel-IDs hat, kann jeden Schlüssel darauf lesen. Das Etikett sagt es in Rot; was davon zurückkommt, beweist nicht, wer es schrieb.',
    withoutPasscode: (orderId, by) => `Ohne Passcode, nach Anordnung ${orderId} von ${by}`, orders: 'Medien ohne Passcode', order: 'Medium ohne Passcode anordnen', withdraw: 'Zurückziehen', why: 'Warum',
    driverless: (count) => (count === 1 ? 'Ein Modell zeigt keinen Datenträger: welcher Treiber zu beschaffen ist' : `${n(count)} Modelle zeigen keinen Datenträger: welche Treiber zu beschaffen sind`), model: 'Modell', hosts: 'Hosts', stillBlocked: 'Noch blockiert', controllers: 'Controller ohne Treiber', noModel: 'ohne Hersteller und Modell',
    renewalOf: 'Erneuerung von',
    target: 'Geschrieben als', image: 'Abbilddatei', disk: 'USB-Stick', lead: 'Nur Belegtes wird geschrieben; danach zurückgelesen und verglichen.',
    none: 'Kein Stick zu sehen. Er erscheint hier von selbst, sobald er steckt.', others: (count) => (count === 1 ? 'Ein Datenträger, der nicht beschrieben wird, und warum' : `${n(count)} Datenträger, die nicht beschrieben werden, und warum`),
    serial: (serial) => `Seriennummer ${serial}`, noSerial: 'ohne Seriennummer', empty: 'leer', looking: 'Datenträger werden gesucht',
    erase: (name, size) => `${name} löschen, ${size}`, eraseTitle: (name) => `${name} löschen?`,
    eraseLead: (name, size, place, serial) => `Alles auf ${name} (${size}, ${serial}, ${place}) geht verloren.`,
    pulled: 'Während des Schreibens hat der Stick keine Partitionstabelle: jetzt gezogen ist er ein leerer Stick und kein Medium. Ohne Passcode ist kein Schlüsseldatensatz darauf lesbar.',
    cancelled: 'Das Schreiben wurde abgebrochen. Der Stick ist kein Medium und kann neu beschrieben werden.', done: 'Geschrieben, zurückgelesen und verglichen. Der Stick kann gezogen werden.',
  },
};
