// The people of the demo's story, and the media that are built for them.
import type { MediaState, Role } from '../../../electron/core/codes.ts';
import { SITES, type Site } from './fleet.ts';

/** Who sits at the desk beside the first operator. */
export const COLLEAGUES: readonly { readonly name: string; readonly roles: readonly Role[] }[] = [
  ...SITES.map(({ technician }) => ({ name: technician, roles: ['technician' as const] })), { name: 'hd-01', roles: ['helpdesk'] }, { name: 'hd-02', roles: ['helpdesk', 'technician'] },
  { name: 'lead-01', roles: ['supervisor'] }, { name: 'audit-01', roles: ['auditor'] },
];

/** Media in the order in which they were built: for whom, when, and what became of them. */
export const MEDIA: readonly { readonly site: Site['code']; readonly hoursIn: number; readonly share: number; readonly state: MediaState }[] = [
  { site: 'KI', hoursIn: 5, share: 1, state: 'issued' }, { site: 'HH', hoursIn: 6, share: 1, state: 'issued' }, { site: 'LB', hoursIn: 7, share: 1, state: 'returned' }, { site: 'HB', hoursIn: 9, share: 1, state: 'issued' },
  { site: 'OL', hoursIn: 26, share: 1, state: 'issued' }, { site: 'KI', hoursIn: 22, share: 0.3, state: 'lost' }, { site: 'HH', hoursIn: 30, share: 0.4, state: 'wiped' }, { site: 'LB', hoursIn: 44, share: 0.5, state: 'built' },
];
