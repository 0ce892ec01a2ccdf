// Who sits at a demo desk. It is constructed, thrown away at its end, and says its passphrase to everybody.
import type { Role } from './codes.ts';

export const DEMO_OPERATOR = 'demo';
/** Of every operator of a demo. Never one of a real desk. */
export const DEMO_PASSPHRASE = 'demo-demo-demo';

/** For those who want to see what somebody with one role sees. */
export const DEMO_SEATS: readonly { readonly name: string; readonly role: Role }[] = [
  { name: 'hd-01', role: 'helpdesk' }, { name: 'tech-ki-04', role: 'technician' }, { name: 'lead-01', role: 'supervisor' }, { name: 'audit-01', role: 'auditor' },
];
