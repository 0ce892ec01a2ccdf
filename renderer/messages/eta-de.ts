import type { EtaWords } from './eta-en.ts';

const span = (hours: number): string => (hours < 48 ? `${Math.round(hours)} ${Math.round(hours) === 1 ? 'Stunde' : 'Stunden'}` : `${Math.round(hours / 24)} Tage`);

export const etaDe: EtaWords = {
  title: 'Letzter Host zurück', between: (earliest, latest) => `${earliest} bis ${latest}`, likely: (instant) => `am ehesten ${instant}`, meaning: 'Eine Schätzung aus den bisherigen Stunden: vier von fünf solchen Spannen treffen zu.',
  decidedBy: { work: 'Die verbleibende Arbeit entscheidet.', blocked: 'Blockierte Hosts entscheiden, nicht die Arbeit.' }, tooEarly: 'Noch nicht abzusehen',
  why: { 'few-done': 'Kaum ein Host ist schon zurück.', 'few-hours': 'Erst wenige Stunden sind gesehen.', standstill: 'Seit zwei Tagen kam kein Host zurück.' },
  pace: (perHour, half) => `Volle Stunden bringen ${perHour} Hosts; die Hälfte der blockierten wird binnen ${half.replace('Tage', 'Tagen')} frei.`,
  movers: 'Was am meisten bewegt', people: (people, site) => (site === null ? `${people} Techniker mehr, wo kein Standort bekannt ist` : `${people} Techniker mehr in ${site}`), unblock: (hosts, reason) => `${hosts} ${hosts === 1 ? 'Host' : 'Hosts'} entblockt: ${reason}`, nights: 'Nächte wie Tage',
  sooner: (hours) => `${span(hours)} früher`, half: span,
};
