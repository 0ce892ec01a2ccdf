// The history of a host as lines of a timeline: oldest first, the date only where it changes.
import type { Output } from '../../../electron/api/contract.ts';
import { CLOSED_AS, DISCLOSURE_REASONS, DISCLOSURE_WAYS, type HostState } from '../../../electron/core/codes.ts';
import type { Format } from '../../format.ts';
import type { Messages } from '../../messages/index.ts';
import type { TimelineLine } from '../../parts/timeline.tsx';

type HostEvent = Output<'hosts.get'>['history'][number];

/** The shape of the state an event leads to; null is a dot: the state stays. */
function stateOf(event: HostEvent): HostState | null {
  switch (event.kind) {
    case 'reported': case 'reopened': return 'reported';
    case 'key-found': case 'unblocked': return 'ready';
    case 'blocked': return 'blocked';
    case 'verified': return 'verified';
    case 'closed': return 'closed';
    case 'attempt': return event.outcome === 'repaired' || event.outcome === 'nothing-to-do' ? 'repaired' : event.outcome === 'blocked' ? 'blocked' : 'in-progress';
    case 'imported': case 'laps-found': case 'laps-disclosed': case 'on-medium': case 'disclosed': case 'joined': case 'apart': case 'one-host': case 'decision-undone': return null;
  }
}

export function historyLines(history: readonly HostEvent[], m: Messages, format: Format): readonly TimelineLine[] {
  let day = '';
  return history.map((event, index) => {
    const date = format.date(event.at);
    const time = date === day ? format.time(event.at) : `${shortDate(date)} ${format.time(event.at)}`;
    day = date;
    const reason = event.blockedReason === null ? null : m.words.blockedReason[event.blockedReason];
    const fact = event.kind === 'on-medium' || event.kind === 'disclosed' ? [m.words.hostEvent[event.kind], shortIds(event.subject)].filter(isText).join(' ')
      : [m.words.hostEvent[event.kind], ...[event.outcome === null ? null : m.words.attemptOutcome[event.outcome], reason].filter(isText).map(m.common.within)].join(', ');
    const subject = event.kind === 'on-medium' || event.kind === 'disclosed' ? null : event.subject;
    const source = [shortIds(subject), shortIds(detailOf(event, m)), event.proof === null ? null : m.common.within(m.words.attemptProof[event.proof]), event.operator].filter(isText).join(', ');
    return { id: `${index}`, time, state: stateOf(event), fact, source };
  });
}

/** The codes a detail begins with, as words: way and reason of a disclosure, what a host was closed as. */
function detailOf({ kind, detail }: HostEvent, m: Messages): string | null {
  if (detail === null) return null;
  if (kind === 'disclosed' || kind === 'laps-disclosed') {
    const [way = '', reason = '', ...ticket] = detail.split(' ');
    const wayCode = DISCLOSURE_WAYS.find((code) => code === way);
    const reasonCode = DISCLOSURE_REASONS.find((code) => code === reason);
    return [wayCode === undefined ? way : m.common.within(m.words.disclosureWay[wayCode]), reasonCode === undefined ? reason : m.words.disclosureReason[reasonCode], ticket.join(' ')].filter(isText).join(', ');
  }
  const closedAs = kind === 'closed' ? CLOSED_AS.find((code) => detail === code || detail.startsWith(`${code}:`)) : undefined;
  return closedAs === undefined ? detail : `${m.words.closedAs[closedAs]}${detail.slice(closedAs.length)}`;
}

/** Key IDs by their first eight characters, as everywhere; other identifiers likewise. */
const shortIds = (text: string | null): string | null => text?.replace(/\b([0-9A-F]{8})-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}\b|\b([0-9a-f]{8})[0-9a-f]{24,}\b/gi, '$1$2') ?? null;
const isText = (part: string | null): part is string => part !== null && part !== '';
/** Day and month: the year stands only in the panel's facts. */
const shortDate = (date: string): string => date.replace(/[ .]?\d{4}$/, (year) => (year.startsWith('.') ? '.' : ''));
