// What the browser host says on its terminal, in English and German.
import type { Language } from '../commands/sentences.ts';

const en = {
  running: (address: string) => `Bluelift: ${address}`,
  desk: (folder: string) => `Desk folder: ${folder}. Ctrl+C ends it.`,
  broken: 'The desk stopped unexpectedly; the vault is closed. What was saved is safe: start Bluelift again.',
  portTaken: (port: number) => `Port ${port} is taken. Choose another with --port, or leave it out.`,
};

const de: typeof en = {
  running: en.running,
  desk: (folder) => `Ordner des Arbeitsplatzes: ${folder}. Strg+C beendet ihn.`,
  broken: 'Der Arbeitsplatz ist unerwartet ausgefallen; der Tresor ist geschlossen. Gespeichertes ist sicher: Bluelift neu starten.',
  portTaken: (port) => `Port ${port} ist belegt. Mit --port einen anderen wählen oder die Angabe weglassen.`,
};

export const hostSentences = (language: Language): typeof en => (language === 'de' ? de : en);
