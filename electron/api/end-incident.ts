// Ends an incident: archive first, then the incident, then the vault. In this order nothing is destroyed that was to be kept.
import { appendAudit, auditHead } from '../core/audit/audit.ts';
import { nowOf } from '../core/desk.ts';
import { closeIncident, getIncident, listStillOpen, refusePurge } from '../core/incidents/incidents.ts';
import { readPolicies } from '../core/policies/policies.ts';
import { checkBackup, readKeysText, writeBackup } from '../store/backup-file.ts';
import type { DeskFolder } from '../store/desk-folder.ts';
import { finishPurge } from '../store/purged.ts';
import type { Output, Parsed } from './contract.ts';
import { signBeside } from './second-operator.ts';
import type { VaultKeeper } from './vault-keeper.ts';

type Ended = Output<'incidents.close'>;

/** @returns Also when it stays open: then nothing was written, destroyed or signed. After a purge the vault is closed; everybody signs in anew, and finds audit and reports. */
export async function endIncident(vault: VaultKeeper, folder: DeskFolder, { incidentId, archive: path, purge, ...second }: Parsed<'incidents.close'>): Promise<Ended> {
  const open = vault.get();
  const before = getIncident(open.db, incidentId);
  const left = listStillOpen(open.db, incidentId);
  const isOpen = before.closedAt === null;
  if (isOpen && left.hosts.count + left.rotations.count + left.media.count > 0) return { incident: before, stillOpen: left, archive: null, purged: false, auditHead: auditHead(open.db) };
  if (purge) refusePurge(open.db, incidentId);
  const beside = purge ? await signBeside(vault, second, { needed: readPolicies(open.db).fourEyesPurge, roles: ['supervisor', 'auditor', 'technician', 'helpdesk'] }) : null;
  const desk = vault.get();
  const archive = path === undefined || !isOpen ? null : writeArchive(vault, folder, { path, name: before.name });
  const stillOpen = closeIncident(desk, incidentId, purge ? { second: beside } : null);
  const ended = { incident: getIncident(desk.db, incidentId), stillOpen, archive, purged: purge && stillOpen === null, auditHead: auditHead(desk.db) };
  if (ended.purged) {
    finishPurge(desk.db, desk.keys, folder, nowOf(desk));
    vault.close(); // key 2 is no longer in this process either
  }
  return ended;
}

/** A backup that was read back to its end, and who can open it. Rows: one audit line. */
function writeArchive(vault: VaultKeeper, folder: DeskFolder, { path, name }: { readonly path: string; readonly name: string }): NonNullable<Ended['archive']> {
  const desk = vault.get();
  const at = nowOf(desk);
  desk.db.transaction(() => appendAudit(desk.db, { at, operator: desk.operator.name, act: 'vault.archive', subject: name })).immediate();
  const head = auditHead(desk.db);
  const sizeBytes = writeBackup(path, { db: desk.db, keysText: readKeysText(folder.path), deskId: desk.keys.deskId, createdAt: at, auditHead: head });
  checkBackup(path);
  const holders = folder.readKeys()?.holders ?? [];
  return { path, sizeBytes, auditHead: head, operators: holders.filter(({ kind, key2 }) => kind === 'operator' && key2 !== null).map((holder) => holder.name), recoverySheet: holders.some(({ kind }) => kind === 'recovery-sheet') };
}
