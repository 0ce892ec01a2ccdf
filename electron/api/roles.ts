// Who may call what: the one table of procedure × role (DESIGN §7). Enforced in dispatch.ts, shown in the app, tested line by line.
import type { Role } from '../core/codes.ts';
import type { ProcedureName } from './contract.ts';

/** `anyone`: also without a signed-in operator. `signed-in`: any role. */
export type Allowed = 'anyone' | 'signed-in' | readonly Role[];

const READERS = ['helpdesk', 'technician'] as const satisfies readonly Role[];
const WORKERS = ['helpdesk', 'technician', 'supervisor'] as const satisfies readonly Role[];
/** Who may say what is removed from hosts; one adds it, another approves it. */
const EDITORS = ['technician', 'supervisor'] as const satisfies readonly Role[];
const SUPERVISOR = ['supervisor'] as const satisfies readonly Role[];
const OVERSIGHT = ['supervisor', 'auditor'] as const satisfies readonly Role[];

export const ROLE_TABLE = {
  'desk.state': 'anyone',
  'desk.create': 'anyone',
  'vault.open': 'anyone',
  'vault.recover': 'anyone',
  'vault.close': 'anyone',
  'vault.touch': 'signed-in',
  'desk.backup': SUPERVISOR,
  'desk.restore': 'anyone',
  'desk.changes': 'anyone',
  'operators.list': 'signed-in',
  'operators.add': SUPERVISOR,
  'operators.complete': READERS,
  'operators.disable': SUPERVISOR,
  'operators.changePassphrase': 'signed-in',
  'operators.roleTable': 'signed-in',
  'imports.run': WORKERS,
  'imports.preview': WORKERS,
  'imports.list': 'signed-in',
  'imports.get': 'signed-in',
  'imports.undo': SUPERVISOR,
  'imports.rejections': 'signed-in',
  'directories.look': WORKERS,
  'directories.import': WORKERS,
  'directories.importAsSignedIn': WORKERS,
  'tenants.import': WORKERS,
  'keys.lookUp': WORKERS,
  'keys.ofHost': WORKERS,
  'keys.count': 'signed-in',
  'keys.coverage': 'signed-in',
  'keys.conflicts': 'signed-in',
  'keys.withoutHost': 'signed-in',
  'calls.save': READERS,
  'calls.close': READERS,
  'calls.list': 'signed-in',
  'paper.sites': READERS,
  'paper.print': READERS,
  'instructions.get': 'signed-in',
  'disclosures.disclose': READERS,
  'disclosures.list': OVERSIGHT,
  'disclosures.unusual': OVERSIGHT,
  'rotations.list': 'signed-in',
  'rotations.handOver': SUPERVISOR,
  'rotations.confirm': SUPERVISOR,
  'hosts.list': 'signed-in',
  'hosts.get': 'signed-in',
  'hosts.facets': 'signed-in',
  'hosts.tag': WORKERS,
  'hosts.blockMany': WORKERS,
  'hosts.views': 'signed-in',
  'hosts.saveView': WORKERS,
  'hosts.deleteView': WORKERS,
  'hosts.verify': WORKERS,
  'hosts.block': WORKERS,
  'hosts.unblock': WORKERS,
  'hosts.close': SUPERVISOR,
  'hosts.reopen': SUPERVISOR,
  'hosts.withoutKey': 'signed-in',
  'hosts.questions': 'signed-in',
  'hosts.join': SUPERVISOR,
  'hosts.keepApart': SUPERVISOR,
  'hosts.takeAsOne': SUPERVISOR,
  'hosts.undoDecision': SUPERVISOR,
  'hosts.decisions': 'signed-in',
  'hosts.lists': 'signed-in',
  'hosts.reconcile': 'signed-in',
  'reports.make': OVERSIGHT,
  'status.get': 'signed-in',
  'status.course': 'signed-in',
  'status.eta': 'signed-in',
  'media.inspectBase': WORKERS,
  'media.previewScope': WORKERS,
  'media.build': READERS,
  'media.list': 'signed-in',
  'media.get': 'signed-in',
  'media.inspect': WORKERS,
  'media.label': 'signed-in',
  'media.issue': WORKERS,
  'media.return': WORKERS,
  'media.wipe': WORKERS,
  'media.lose': WORKERS,
  'disks.list': WORKERS,
  'volumes.disks': WORKERS,
  'volumes.inspect': WORKERS,
  'volumes.test': WORKERS,
  'attempts.import': WORKERS,
  'attempts.list': 'signed-in',
  'incidents.list': 'signed-in',
  'incidents.create': SUPERVISOR,
  'incidents.close': SUPERVISOR,
  'recipes.list': 'signed-in',
  'recipes.add': EDITORS,
  'recipes.approve': EDITORS,
  'recipes.dryRun': EDITORS,
  'waves.list': 'signed-in',
  'waves.create': SUPERVISOR,
  'waves.moveUp': SUPERVISOR,
  'waves.assign': SUPERVISOR,
  'waves.gate': 'signed-in',
  'waves.open': SUPERVISOR,
  'waves.keepOff': SUPERVISOR,
  'policies.get': 'signed-in',
  'policies.set': SUPERVISOR,
  'audit.list': OVERSIGHT,
  'audit.verify': OVERSIGHT,
} as const satisfies Record<ProcedureName, Allowed>;

/**
 * Says whether roles suffice for a procedure.
 *
 * @param roles Roles of the signed-in operator; null when nobody is signed in.
 */
export function mayCall(procedure: ProcedureName, roles: readonly Role[] | null): boolean {
  const allowed: Allowed = ROLE_TABLE[procedure];
  if (allowed === 'anyone') return true;
  if (roles === null) return false;
  if (allowed === 'signed-in') return true;
  return roles.some((role) => allowed.includes(role));
}
