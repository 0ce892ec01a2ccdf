// What people read about writing a USB stick, in German.
import type { stickEn } from './stick-en.ts';

const n = (value: number): string => value.toLocaleString('de-DE');

export const stickDe: typeof stickEn = {
  stick: {
    target: 'Geschrieben als', image: 'Abbilddatei', disk: 'USB-Stick', lead: 'Nur Belegtes wird geschrieben; danach zurückgelesen und verglichen.',
    none: 'Kein Stick zu sehen. Er erscheint hier von selbst, sobald er steckt.', others: (count) => (count === 1 ? 'Ein Datenträger, der nicht beschrieben wird, und warum' : `${n(count)} Datenträger, die nicht beschrieben werden, und warum`),
    serial: (serial) => `Seriennummer ${serial}`, noSerial: 'ohne Seriennummer', empty: 'leer', looking: 'Datenträger werden gesucht',
    erase: (name, size) => `${name} löschen, ${size}`, eraseTitle: (name) => `${name} löschen?`,
    eraseLead: (name, size, place, serial) => `Alles auf ${name} (${size}, ${serial}, ${place}) geht verloren.`,
    pulled: 'Während des Schreibens hat der Stick keine Partitionstabelle: jetzt gezogen ist er ein leerer Stick und kein Medium. Ohne Passcode ist kein Schlüsseldatensatz darauf lesbar.',
    cancelled: 'Das Schreiben wurde abgebrochen. Der Stick ist kein Medium und kann neu beschrieben werden.', done: 'Geschrieben, zurückgelesen und verglichen. Der Stick kann gezogen werden.',
  },
};
