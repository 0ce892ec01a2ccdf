// What the shell itself says when there is no window to say it, in English and German.
import type { Language } from '../commands/sentences.ts';

const en = {
  cannotStart: 'Bluelift can not start',
  broken: 'The desk stopped unexpectedly',
  brokenDetail: 'The vault is closed. What was saved is safe.',
  startAgain: 'Start again',
  quit: 'Quit',
};

const de: typeof en = {
  cannotStart: 'Bluelift kann nicht starten',
  broken: 'Der Arbeitsplatz ist unerwartet ausgefallen',
  brokenDetail: 'Der Tresor ist geschlossen. Gespeichertes ist sicher.',
  startAgain: 'Neu starten',
  quit: 'Beenden',
};

export const shellSentences = (language: Language): typeof en => (language === 'de' ? de : en);
