import { expect, test } from 'vitest';
import { simulateIncident } from '../../scripts/dev/simulate/incident.ts';

test.each([1, 2, 3, 700])('constructed incident %i brings every host back once, each step in order, and is the same again', (seed) => {
  const incident = simulateIncident(seed);
  const state = new Map<number, string>();
  const MAY: Readonly<Record<string, readonly string[]>> = { down: [], blocked: ['down', 'unblocked'], unblocked: ['blocked'], done: ['down', 'unblocked'] };
  let last = 0;
  for (const { hour, kind, host } of incident.events) {
    expect(hour).toBeGreaterThanOrEqual(last);
    const before = state.get(host);
    expect(before === undefined ? kind === 'down' : MAY[kind]?.includes(before)).toBe(true);
    state.set(host, kind);
    last = hour;
  }
  expect([...state.values()].every((kind) => kind === 'done')).toBe(true);
  expect(state.size).toBe(incident.hosts);
  expect(incident.endHour).toBe(last);
  expect(simulateIncident(seed)).toEqual(incident);
});
