import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BLOCKED_REASONS, HOST_STATES } from '../../electron/core/codes.ts';
import { formatOf } from '../../renderer/format.ts';
import { MESSAGES } from '../../renderer/messages/index.ts';
import { parsePlace, placeHash } from '../../renderer/place.ts';
import { filterAt, filterParameters, sortBy, SORTS } from '../../renderer/screens/hosts/host-filter.ts';
import { historyLines } from '../../renderer/screens/hosts/host-history.ts';

describe('the list of hosts', () => {
  test('a filter written into the address is the filter that is read', () => {
    const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }).map((name) => name.trim()).filter((name) => name !== ''), { maxLength: 4 });
    fc.assert(fc.property(fc.string(), fc.subarray([...HOST_STATES]), fc.subarray([...BLOCKED_REASONS]), fc.constantFrom(...SORTS), fc.boolean(), names, names, (query, states, blockedReasons, sort, descending, sites, tags) => {
      const filter = { query, states, blockedReasons, sites, waves: tags, tags, technicians: sites, sort, descending };
      const place = parsePlace(placeHash('hosts', filterParameters(filter)));
      expect(place === null ? null : filterAt(place)).toEqual(filter);
    }));
  });

  test('the head of the sorted column turns the order round, another one begins at its natural end', () => {
    const start = filterAt({ screen: 'hosts', step: null, at: {} });
    expect(start).toMatchObject({ sort: 'stateAt', descending: true });
    expect(sortBy(start, 'stateAt').descending).toBe(false);
    expect(sortBy(start, 'hostname')).toMatchObject({ sort: 'hostname', descending: false });
  });

  test('a history shows the date only where it changes, and a claim as a claim', () => {
    const event = (at: string, kind: Parameters<typeof historyLines>[0][number]['kind'], rest = {}) => ({ at, kind, operator: null, subject: null, detail: null, blockedReason: null, outcome: null, proof: null, ...rest });
    const lines = historyLines([
      event('2024-07-19T04:31:00.000Z', 'reported'), event('2024-07-19T05:52:00.000Z', 'key-found', { subject: 'keys.csv' }),
      event('2024-07-20T10:06:00.000Z', 'attempt', { subject: 'M-0147', outcome: 'blocked', blockedReason: 'no-disk-seen', proof: 'claim' }),
    ], MESSAGES.en, formatOf('en', 'UTC'));
    expect(lines.map((line) => [line.time, line.state, line.fact, line.source])).toEqual([
      ['19 Jul 04:31', 'reported', 'Reported', ''], ['05:52', 'ready', 'Key found', 'keys.csv'],
      ['20 Jul 10:06', 'blocked', 'Attempt, blocked, no disk seen', 'M-0147, claim, check failed'],
    ]);
    expect(historyLines([event('2024-07-19T04:31:00.000Z', 'disclosed', { subject: '0417A9E2-4C1B-4F0D-9A36-7D20B5E8C431' })], MESSAGES.en, formatOf('en', 'UTC'))[0]?.fact).toBe('Disclosed 0417A9E2');
    expect(historyLines([event('2024-07-19T04:31:00.000Z', 'reported')], MESSAGES.de, formatOf('de', 'UTC'))[0]?.time).toBe('19.07. 04:31');
  });
});
