// Words for the estimate of the end: an interval and what it hangs on, never a promise.
import type { EtaTooEarly } from '../../electron/core/codes.ts';

export interface EtaWords {
  readonly title: string; readonly interval: string; readonly between: (earliest: string, latest: string) => string; readonly likely: (instant: string) => string; readonly meaning: string; readonly decidedBy: Readonly<Record<'work' | 'blocked', string>>;
  readonly tooEarly: string; readonly untold: string; readonly untoldWhy: (blocked: string) => string; readonly why: Readonly<Record<EtaTooEarly, string>>; readonly pace: (perHour: string, half: string) => string;
  readonly movers: string; readonly people: (people: number, site: string | null) => string; readonly unblock: (hosts: number, reason: string) => string; readonly nights: string; readonly sooner: (hours: number) => string; readonly freeBetween: (earliest: string, latest: string) => string; readonly freeNone: string; readonly freeSooner: (hours: number) => string; readonly freeFrom: string; readonly freeTo: string; readonly freeMeaning: string; readonly noPace: string; readonly noPaceMeaning: string; readonly half: (hours: number) => string;
}

const span = (hours: number): string => (hours < 48 ? `${Math.round(hours)} ${Math.round(hours) === 1 ? 'hour' : 'hours'}` : `${Math.round(hours / 24)} days`);

export const etaEn: EtaWords = {
  interval: '80 % interval', title: 'Last host back', between: (earliest, latest) => `${earliest} to ${latest}`, likely: (instant) => `most likely ${instant}`, meaning: 'An estimate from the hours so far: four of five such intervals hold.',
  decidedBy: { work: 'The work that is left decides.', blocked: 'Blocked hosts decide, not the work.' }, tooEarly: 'Too early to tell', untold: 'No end can be told', untoldWhy: (blocked) => `Blocked: ${blocked}. Too few came free so far.`,
  why: { 'few-done': 'Hardly any host is back yet.', 'few-hours': 'Only a few hours were seen.', standstill: 'No host came back in the last two days.' },
  pace: (perHour, half) => `Full hours bring ${perHour} hosts; half of the blocked ones come free in ${half}.`,
  movers: 'What moves it most', people: (people, site) => (site === null ? `${people} more technicians where no site is known` : `${people} more technicians in ${site}`), unblock: (hosts, reason) => `${hosts} ${hosts === 1 ? 'host' : 'hosts'} unblocked: ${reason}`, nights: 'Working nights like days',
  freeBetween: (earliest, latest) => `All but blocked hosts: ${earliest} to ${latest}`, freeNone: 'Whatever is down is blocked.', freeSooner: (hours) => `all but blocked ${span(hours)} sooner`, freeFrom: 'All but blocked: from', freeTo: 'to', noPace: 'none at this pace', noPaceMeaning: 'For a day, no host here has come back or turned out blocked.', freeMeaning: 'When the last of the hosts that are down and not blocked now is back, or turns out blocked.',
  sooner: (hours) => `${span(hours)} sooner`, half: span,
};
