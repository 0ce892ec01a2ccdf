// Which answers are no longer true when the desk says what has changed.
import type { Output } from '../electron/api/contract.ts';

export type Changed = Output<'desk.changes'>['changed'][number];

/** Beginnings of procedure names whose answers depend on the thing. */
const DEPENDS: Readonly<Record<Changed, readonly string[]>> = {
  vault: ['desk.', 'directories.', 'disks.', 'tenants.', 'operators.', 'keys.', 'hosts.', 'laps.', 'media.', 'attempts.', 'disclosures.', 'calls.', 'paper.', 'instructions.', 'reports.', 'rotations.', 'imports.', 'audit.', 'status.', 'policies.', 'incidents.', 'recipes.', 'waves.', 'walkIns.'],
  operators: ['operators.', 'desk.state'],
  keys: ['keys.', 'paper.', 'hosts.', 'status.', 'walkIns.'],
  hosts: ['hosts.', 'incidents', 'keys.', 'laps.', 'waves.', 'keys', 'paper.', 'status.', 'walkIns.'],
  media: ['media.', 'disks.', 'incidents.', 'recipes.', 'rotations.', 'hosts.', 'status.', 'walkIns.'],
  attempts: ['attempts.', 'recipes.', 'waves.', 'hosts.', 'media.', 'status.'],
  disclosures: ['disclosures.', 'rotations.', 'incidents.', 'keys.', 'laps.', 'hosts.', 'status.'],
  imports: ['imports.', 'rotations.', 'keys.', 'laps.', 'hosts.', 'status.', 'calls.'],
  policies: ['policies.'],
  incidents: ['incidents.', 'recipes.', 'waves.', 'hosts.', 'status.'],
  calls: ['calls.'],
  'walk-ins': ['walkIns.'],
  audit: ['audit.', 'status.'],
  /** Something was plugged in or pulled. */
  disks: ['disks.'],
};

/** Whether the answer of a procedure has to be asked for again. */
export function affectedBy(procedure: string, changed: readonly Changed[]): boolean {
  return changed.some((thing) => DEPENDS[thing].some((beginning) => procedure.startsWith(beginning)));
}
