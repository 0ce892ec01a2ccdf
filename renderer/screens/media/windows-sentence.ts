// What each of several Windows of one host came to, in a line: the one that failed has to be found.
import type { Output } from '../../../electron/api/contract.ts';
import type { Messages } from '../../messages/index.ts';

/** @returns `KI-SURG-0417: repaired; OLD-IMAGE: repair failed`; empty for a host with one Windows. */
export function windowsSentence(windows: Output<'attempts.list'>['rows'][number]['windows'], m: Messages): string {
  return windows.map(({ name, outcome, blockedReason }) => {
    const word = blockedReason !== null ? m.words.blockedReason[blockedReason] : outcome === null ? null : m.words.attemptOutcome[outcome];
    return word === null ? name : `${name}: ${m.common.within(word)}`;
  }).join('; ');
}
