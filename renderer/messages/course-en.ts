// Words for how hosts come back: the burn-down, the pace by site, wave and technician, what waits longest, what is out.
import type { BlockedReason, MachineKind } from '../../electron/core/codes.ts';

export interface UnblockFacts { readonly count: number; readonly withUser: number; readonly models: number; readonly topModel: string | null; readonly withOtherKey: number; readonly places: string }
export interface CourseWords {
  readonly left: string; readonly leftNote: string; readonly leftNoteCut: string; readonly leftNoteShort: string; readonly leftNoteFree: string; readonly inDay: (count: string) => string; readonly now: (clock: string) => string; readonly leftLabel: (first: number, now: number, blocked: number) => string;
  readonly perHour: string; readonly paceNote: string; readonly paceQuiet: (backInDay: string | null) => string; readonly people: string; readonly peopleNote: string;
  readonly views: Readonly<Record<'sites' | 'waves' | 'technicians' | 'kinds', string>>; readonly viewsLabel: string;
  readonly affected: string; readonly byState: string; readonly wave: string; readonly noWave: string; readonly notOpened: string; readonly technician: string; readonly repairedDay: string; readonly verifiedDay: string; readonly repairedHour: string; readonly verifiedHour: string;
  readonly kind: string; readonly kinds: Readonly<Record<MachineKind, string>>; readonly moreSites: (count: number) => string; readonly moreTechnicians: (count: number) => string; readonly nobody: string;
  readonly oldest: string; readonly oldestNote: string; readonly noneOpen: string; readonly waits: string; readonly sticks: string; readonly sticksNote: string; readonly notIssued: (count: number) => string; readonly noSticks: string; readonly holder: string; readonly out: string; readonly results: string; readonly expired: string; readonly moreSticks: (count: number) => string;
  readonly age: (hours: number) => string; readonly downOf: (affected: string) => string; readonly fullScreen: string; readonly leaveFullScreen: string; readonly fullScreenKey: string; readonly viewsKey: string;
  /** What is known that would help; null: the general hint stands alone. */
  readonly unblock: (reason: BlockedReason, facts: UnblockFacts) => string | null; readonly unusual: (operators: string) => string; readonly unusualLink: string;
}

const hosts = (count: number): string => `${count} ${count === 1 ? 'host' : 'hosts'}`;

export const courseEn: CourseWords = {
  left: 'Hosts still down', leftNote: 'observed, then the 80 % interval; blocked at the foot; shaded: nights', leftNoteCut: 'observed, then the 80 % interval, whose end lies beyond; blocked at the foot', leftNoteShort: 'observed; blocked at the foot; shaded: nights', leftNoteFree: 'observed, then the 80 % interval of all but the blocked; these at the foot', inDay: (count) => `${count} in 24 h`, now: (clock) => `now ${clock}`, leftLabel: (first, now, blocked) => `Hosts still down, hour by hour: ${first} at most, ${now} now, ${blocked} of them blocked`,
  perHour: 'Back per hour', paceNote: 'last 3 hours', paceQuiet: (backInDay) => (backInDay === null ? 'none in 24 hours' : `none in 3 hours, ${backInDay} in 24`), people: 'People at work', peopleNote: 'results, last 3 hours',
  views: { sites: 'Sites', waves: 'Waves', technicians: 'Technicians', kinds: 'Servers' }, viewsLabel: 'Pace by',
  affected: 'Affected', byState: 'By state', wave: 'Wave', noWave: 'in no wave', notOpened: 'not opened', technician: 'Technician', repairedDay: 'Repaired, 24 h', verifiedDay: 'Verified, 24 h', repairedHour: 'Repaired per hour', verifiedHour: 'Verified per hour',
  kind: 'Kind', kinds: { server: 'Servers', client: 'Clients', unknown: 'System unknown' }, moreSites: (count) => `${count} more ${count === 1 ? 'site' : 'sites'} in the situation report as CSV`, moreTechnicians: (count) => `${count} more`, nobody: 'No result came in within the last day.',
  oldest: 'Oldest open', oldestNote: 'down for the longest', noneOpen: 'No host is down.', waits: 'Down for', sticks: 'Sticks out', sticksNote: 'issued and not back', notIssued: (count) => `${count} built, not issued yet`, noSticks: 'No medium is out.', holder: 'Holder', out: 'Out for', results: 'Results', expired: 'expired', downOf: (affected) => `down of ${affected}`, moreSticks: (count) => `${count} more`,
  age: (value) => (value < 1 ? 'under 1 h' : value < 48 ? `${Math.floor(value)} h` : `${Math.floor(value / 24)} days`), fullScreen: 'Full screen', leaveFullScreen: 'Leave full screen', fullScreenKey: 'full screen', viewsKey: 'sites, waves, people',
  unblock: (reason, { withUser, models, topModel, withOtherKey, places }) => {
    switch (reason) {
      case 'no-key': return places === '' ? 'Every usual source is imported; safe boot, or reimage' : `Never imported: ${places}`;
      case 'key-rejected': return withOtherKey === 0 ? null : `Another key record for ${hosts(withOtherKey)}`;
      case 'no-disk-seen': return topModel === null ? null : models === 1 ? `Storage driver for ${topModel}` : `Storage drivers for ${models} models, ${topModel} first`;
      case 'pin-needed': case 'owner-away': case 'not-reachable': return withUser === 0 ? null : `User known for ${hosts(withUser)}: call`;
      default: return null;
    }
  },
  unusual: (operators) => `More disclosures than usual: ${operators}.`, unusualLink: 'See disclosures',
};
