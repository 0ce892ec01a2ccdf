// The desk as a whole: is there one, open and close its vault, back it up and bring it back.
import { appendAudit, auditHead } from '../../core/audit/audit.ts';
import { AppError } from '../../core/app-error.ts';
import { nowOf, type Desk } from '../../core/desk.ts';
import { rekeyVault } from '../../core/operators/rekey.ts';
import { createDesk, openVault, recoverVault } from '../../core/operators/sign-in.ts';
import { readKeysText, removeUnpacked, unpackBackup, writeBackup } from '../../store/backup-file.ts';
import type { DeskFolder } from '../../store/desk-folder.ts';
import type { Changes } from '../changes.ts';
import type { Handlers } from '../dispatch.ts';
import type { VaultKeeper } from '../vault-keeper.ts';

interface DeskFacts { readonly folder: DeskFolder; readonly changes: Changes; readonly demo: boolean; readonly version: string; readonly runtime: 'electron' | 'browser' | 'command-line' }
type Names = 'desk.state' | 'desk.create' | 'vault.open' | 'vault.recover' | 'vault.close' | 'vault.rekey' | 'vault.touch' | 'desk.backup' | 'desk.restore' | 'desk.changes';

export function deskHandlers(vault: VaultKeeper, { folder, changes, demo, version, runtime }: DeskFacts): Pick<Handlers, Names> {
  const signedIn = ({ operator }: Desk): { name: string; roles: Desk['operator']['roles'][number][]; mustChangePassphrase: boolean } =>
    ({ name: operator.name, roles: [...operator.roles], mustChangePassphrase: operator.mustChangePassphrase });
  return {
    'desk.state': () => {
      const keys = folder.readKeys();
      const open = vault.current();
      return {
        vault: keys === null ? 'none' : open === null ? 'closed' : 'open', demo, version, runtime, folder: folder.path,
        operator: open === null ? null : signedIn(open), idleCloseAfterMs: vault.idleCloseAfterMs,
        operatorNames: (keys?.holders ?? []).filter(({ kind }) => kind === 'operator').map(({ name }) => name),
      };
    },
    'desk.create': async ({ operatorName, passphrase, recoverySheet }) => {
      const { vault: opened, sheet } = await createDesk(vault.ports, { name: operatorName, passphrase, recoverySheet, demo });
      return { operator: signedIn(vault.open(opened)), recoverySheet: sheet };
    },
    'vault.open': async ({ operatorName, passphrase }) => signedIn(vault.open(await openVault(vault.ports, operatorName, passphrase))),
    'vault.recover': async ({ recoverySheet, operatorName, newPassphrase }) => signedIn(vault.open(await recoverVault(vault.ports, recoverySheet, operatorName, newPassphrase))),
    'vault.close': () => {
      vault.close();
      return {};
    },
    'vault.rekey': async function* ({ recoverySheet }, signal) {
      const desk = vault.get();
      try {
        for await (const event of rekeyVault(desk, vault.ports, { recoverySheet, signal })) {
          if (event.kind !== 'done') {
            yield event;
            continue;
          }
          vault.open(event.opened);
          yield { kind: 'done', operators: event.operators, recoverySheet: event.sheet };
        }
      } finally {
        if (!desk.db.open && vault.current() === desk) vault.close();
      }
    },
    'vault.touch': () => ({ closesAt: vault.touch() }),
    'desk.backup': ({ path }) => {
      const desk = vault.get();
      const at = nowOf(desk);
      desk.db.transaction(() => appendAudit(desk.db, { at, operator: desk.operator.name, act: 'desk.backup' })).immediate();
      const head = auditHead(desk.db);
      const sizeBytes = writeBackup(path, { db: desk.db, keysText: readKeysText(folder.path), deskId: desk.keys.deskId, createdAt: at, auditHead: head });
      desk.changed('audit');
      return { path, sizeBytes, auditHead: head };
    },
    'desk.restore': async ({ path, operatorName, passphrase, recoverySheet }) => {
      const { head, operators } = unpackBackup(path, folder.path);
      try {
        const opened = recoverySheet === undefined ? await openVault(vault.ports, operatorName, passphrase) : await recoverVault(vault.ports, recoverySheet, operatorName, passphrase);
        const desk = vault.open(opened);
        desk.db.transaction(() => appendAudit(desk.db, { at: nowOf(desk), operator: desk.operator.name, act: 'desk.restore', details: { createdAt: head.createdAt, auditHead: head.auditHead } })).immediate();
        return { operator: signedIn(desk), auditHead: head.auditHead };
      } catch (error) {
        removeUnpacked(folder.path);
        throw error instanceof AppError && error.code === 'wrong-passphrase' ? new AppError('wrong-passphrase', { path, createdAt: head.createdAt, operators }, { cause: error }) : error;
      }
    },
    'desk.changes': (_input, signal) => changes.listen(signal),
  };
}
