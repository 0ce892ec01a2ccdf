// Which answers are no longer true when the desk says what has changed.
import type { Output } from '../electron/api/contract.ts';

export type Changed = Output<'desk.changes'>['changed'][number];

/** Beginnings of procedure names whose answers depend on the thing. */
const DEPENDS: Readonly<Record<Changed, readonly string[]>> = {
  vault: ['desk.', 'directories.', 'tenants.', 'operators.', 'keys.', 'hosts.', 'media.', 'attempts.', 'disclosures.', 'rotations.', 'imports.', 'audit.', 'status.', 'policies.'],
  operators: ['operators.', 'desk.state'],
  keys: ['keys.', 'hosts.', 'status.'],
  hosts: ['hosts.', 'keys.', 'status.'],
  media: ['media.', 'rotations.', 'hosts.', 'status.'],
  attempts: ['attempts.', 'hosts.', 'media.', 'status.'],
  disclosures: ['disclosures.', 'rotations.', 'keys.', 'hosts.', 'status.'],
  imports: ['imports.', 'rotations.', 'keys.', 'hosts.', 'status.'],
  policies: ['policies.'],
  audit: ['audit.', 'status.'],
};

/** Whether the answer of a procedure has to be asked for again. */
export function affectedBy(procedure: string, changed: readonly Changed[]): boolean {
  return changed.some((thing) => DEPENDS[thing].some((beginning) => procedure.startsWith(beginning)));
}
