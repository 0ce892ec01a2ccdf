// What npm start says, in English and German.
import type { Language } from '../../electron/commands/sentences.ts';

const en = {
  usage: 'Usage: npm start -- [--demo] [--desk DIR] [--port N] [--no-open] [--browser]',
  noElectron: 'No Electron runtime here: the desk runs in your browser.',
  demo: (name: string, passphrase: string) => `Demo desk with a constructed fleet, removed when it ends. Operator: ${name}  Passphrase: ${passphrase}`,
};

const de: typeof en = {
  usage: 'Aufruf: npm start -- [--demo] [--desk ORDNER] [--port N] [--no-open] [--browser]',
  noElectron: 'Hier gibt es keine Electron-Laufzeit: Der Arbeitsplatz läuft im Browser.',
  demo: (name, passphrase) => `Vorführung mit einer erfundenen Flotte, am Ende wird sie gelöscht. Bediener: ${name}  Passphrase: ${passphrase}`,
};

export const startSentences = (language: Language): typeof en => (language === 'de' ? de : en);
