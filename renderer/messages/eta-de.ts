import type { EtaWords } from './eta-en.ts';

const span = (hours: number): string => (hours < 48 ? `${Math.round(hours)} ${Math.round(hours) === 1 ? 'Stunde' : 'Stunden'}` : `${Math.round(hours / 24)} Tage`);

export const etaDe: EtaWords = {
  interval: '80-%-Spanne', title: 'Letzter Host zurück', between: (earliest, latest) => `${earliest} bis ${latest}`, likely: (instant) => `am ehesten ${instant}`, meaning: 'Eine Schätzung aus den bisherigen Stunden: vier von fünf solchen Spannen treffen zu.',
  decidedBy: { work: 'Die verbleibende Arbeit entscheidet.', blocked: 'Blockierte Hosts entscheiden, nicht die Arbeit.' }, tooEarly: 'Noch nicht abzusehen', untold: 'Kein Ende abzusehen', untoldWhy: (blocked) => `Blockiert: ${blocked}. Bisher wurden zu wenige frei.`,
  why: { 'few-done': 'Kaum ein Host ist schon zurück.', 'few-hours': 'Erst wenige Stunden sind gesehen.', standstill: 'Seit zwei Tagen kam kein Host zurück.' },
  pace: (perHour, half) => `Volle Stunden bringen ${perHour} Hosts; die Hälfte der blockierten wird binnen ${half.replace('Tage', 'Tagen')} frei.`,
  movers: 'Was am meisten bewegt', people: (people, site) => (site === null ? `${people} Techniker mehr, wo kein Standort bekannt ist` : `${people} Techniker mehr in ${site}`), unblock: (hosts, reason) => `${hosts} ${hosts === 1 ? 'Host' : 'Hosts'} entblockt: ${reason}`, nights: 'Nachts arbeiten wie tags',
  freeBetween: (earliest, latest) => `Alle außer blockierten: ${earliest} bis ${latest}`, freeNone: 'Alles, was noch fehlt, ist blockiert.', freeSooner: (hours) => `alle außer blockierten ${span(hours)} früher`, freeFrom: 'Außer blockierten: von', freeTo: 'bis', noPace: 'bei diesem Tempo nie', noPaceMeaning: 'Seit einem Tag kam hier kein Host zurück, und keiner erwies sich als blockiert.', freeMeaning: 'Wann der letzte Host, der jetzt ausgefallen und nicht blockiert ist, zurück ist oder sich als blockiert erweist.',
  sooner: (hours) => `${span(hours)} früher`, half: span,
};
