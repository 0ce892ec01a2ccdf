// What happens in a demo beside the way of each host: calls at the helpdesk, rotations handed over, waves laid.
import type { DisclosureReason } from '../../../electron/core/codes.ts';
import type { Desk } from '../../../electron/core/desk.ts';
import { DEMO_OPERATOR } from '../../../electron/core/demo.ts';
import { disclose } from '../../../electron/core/disclosure/disclose.ts';
import { listKeysOfHost } from '../../../electron/core/keys/key-list.ts';
import { getStanding } from '../../../electron/core/remediation/host-standing.ts';
import { handOverRotations } from '../../../electron/core/rotation/hand-over.ts';
import { confirmByStatement, listRotations } from '../../../electron/core/rotation/rotations.ts';
import { chance, choose, type DemoHost } from './fleet.ts';
import { isLate } from './hand-overs.ts';
import { layWaves } from './waves.ts';

/** Something that happened, at its time; `takesLong`: it waits for something and has transactions of its own. */
export type Happening = { readonly atMs: number; readonly happen: () => void } | { readonly atMs: number; readonly takesLong: () => Promise<void> };

/** Where it happens. */
export interface Stage {
  /** The desk with somebody at it. */
  readonly as: (operator: string) => Desk;
  /** Instant of an hour of the story, in ms. */
  readonly at: (hoursIn: number) => number;
  readonly hostIdOf: (hostname: string) => number | undefined;
}

const FIRST_CALL_HOURS_IN = 4.5;
const WAVES_HOURS_IN = 44.5;

/** @returns The supervisor hands over what is due, twice, and hears of a few hosts that got a new disk. */
export function rotationsOf({ as, at }: Stage): Happening[] {
  return [
    { atMs: at(22), happen: () => { handOverRotations(as(DEMO_OPERATOR), { target: 'intune', again: false }); } },
    { atMs: at(24), happen: () => { handOverRotations(as(DEMO_OPERATOR), { target: 'configmgr', again: false }); } },
    { atMs: at(28), happen: () => {
      const desk = as(DEMO_OPERATOR);
      const asked = listRotations(desk.db, { states: ['asked'], offset: 0, limit: 9 }).rows.flatMap(({ keyRecordId }) => keyRecordId ?? []);
      if (asked.length > 0) confirmByStatement(desk, asked, 'disk replaced by field service');
    } },
  ];
}

/** @returns After the last medium was built, so that no host of the story was kept off one. */
export const wavesOf = ({ as, at }: Stage): Happening[] => [{ atMs: at(WAVES_HOURS_IN), happen: () => layWaves(as('lead-01')) }];

/** @param lastHoursIn Until when somebody calls. @returns Keys given out by telephone. */
export function callsOf(fleet: readonly DemoHost[], lastHoursIn: number, { as, at, hostIdOf }: Stage): Happening[] {
  const callers = fleet.filter((host) => host.fate.kind !== 'known' && host.keys.length > 0 && !isLate(host) && chance(host.hostname, 'call') < 0.07);
  return callers.map(({ hostname }) => ({
    atMs: at(FIRST_CALL_HOURS_IN + (lastHoursIn - FIRST_CALL_HOURS_IN) * chance(hostname, 'call', 'when')),
    happen: () => {
      const desk = as(choose(['hd-01', 'hd-02', 'demo'], hostname, 'helpdesk'));
      const hostId = hostIdOf(hostname);
      const [record] = hostId === undefined || getStanding(desk.db, hostId).state === 'closed' ? [] : listKeysOfHost(desk.db, hostId);
      if (record === undefined) return;
      const reason: DisclosureReason = choose(['mass-incident', 'mass-incident', 'mass-incident', 'os-files-modified', 'lost-pin'], hostname, 'reason');
      disclose(desk, { keyRecordId: record.keyRecordId, reason, way: choose(['shown', 'spoken'], hostname, 'way'), ...(chance(hostname, 'ticket') < 0.6 ? { ticket: `INC${40_000 + Math.floor(chance(hostname, 'number') * 9000)}` } : {}) });
    },
  }));
}
