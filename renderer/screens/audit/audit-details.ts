// The details of an audit entry as people read them.
import type { Messages } from '../../messages/en.ts';

/** Row numbers of the store, which stand on no screen; the codes of an entry hold them. */
const NUMBERS = new Set(['hostId', 'keyRecordId', 'lapsPasswordId', 'callId', 'walkInId', 'decisionId', 'incidentId']);

/**
 * @param details JSON text of an object, or anything else.
 * @param m       Null: names and values by their codes, as they are chained.
 * @returns `from repaired, to verified`; what has no words is said by its code, what is no object as it is. Never throws.
 */
export function auditDetails(details: string | null, m: Messages | null): string {
  if (details === null) return '';
  try {
    const parsed: unknown = JSON.parse(details);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return details;
    return Object.entries(parsed).filter(([name, value]) => value !== null && value !== '' && (m === null || !NUMBERS.has(name))).map(([name, value]) => sayPair(name, value, m, 'lapsPasswordId' in parsed)).join(', ');
  } catch {
    return details;
  }
}

function sayPair(name: string, value: unknown, m: Messages | null, isLaps: boolean): string {
  const code = typeof value === 'object' ? JSON.stringify(value) : String(value);
  if (m === null) return `${name} ${code}`;
  const word = typeof value === 'boolean' ? (value ? m.audit.yes : m.audit.no) : typeof value === 'string' ? wordsOf(name, m, isLaps).map((words) => find(words, value)).find((found) => found !== undefined) : undefined;
  return `${find(m.audit.fields, name) ?? name} ${word === undefined ? code : m.common.within(word)}`;
}

/** The closed lists a value of that name may be of. */
function wordsOf(name: string, m: Messages, isLaps: boolean): readonly Readonly<Record<string, string>>[] {
  switch (name) {
    case 'from': case 'to': case 'state': return [m.words.hostState, m.words.mediaState, m.laps.routes];
    case 'reason': return [m.words.blockedReason, m.words.disclosureReason];
    case 'as': return [m.words.closedAs];
    case 'way': return [m.words.disclosureWay];
    case 'outcome': return [m.words.attemptOutcome, isLaps ? m.calls.lapsOutcomes : m.calls.outcomes];
    case 'proof': return [m.words.attemptProof];
    case 'identity': return [m.calls.checks];
    default: return [];
  }
}

const find = (words: Readonly<Record<string, string>>, code: string): string | undefined => (Object.hasOwn(words, code) ? words[code] : undefined);
