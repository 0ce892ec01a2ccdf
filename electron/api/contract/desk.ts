// The part of the contract about the desk and its vault.
import { z } from 'zod';
import { call, stream } from './procedure.ts';
import * as shape from './shapes.ts';

const signedIn = z.object({ name: z.string(), roles: z.array(shape.role), mustChangePassphrase: z.boolean() });
const recoverySheet = z.object({ code: z.string(), deskId: z.string(), createdAt: shape.instant });

export const deskProcedures = {
  'desk.state': call(shape.nothing, z.object({
    /** `none`: no desk here yet. `closed`: somebody has to open the vault. */
    vault: z.enum(['none', 'closed', 'open']), demo: z.boolean(), version: z.string(), runtime: z.enum(['electron', 'browser', 'command-line']), folder: z.string(),
    operator: signedIn.nullable(), idleCloseAfterMs: z.number().int(), operatorNames: z.array(z.string()),
  })),
  'desk.create': call(
    z.object({ operatorName: shape.operatorName, passphrase: shape.newPassphrase, recoverySheet: z.boolean() }),
    z.object({ operator: signedIn, recoverySheet: recoverySheet.nullable() }),
  ),
  'vault.open': call(z.object({ operatorName: shape.operatorName, passphrase: shape.passphrase }), signedIn),
  /** Opens with the code of the recovery sheet and gives the operator a new passphrase. */
  'vault.recover': call(z.object({ recoverySheet: z.string().min(1).max(20_000), operatorName: shape.operatorName, newPassphrase: shape.newPassphrase }), signedIn),
  'vault.close': call(shape.nothing, shape.nothing),
  /** Changes both keys of the desk when somebody leaves, and the recovery sheet with them. The sheet's code is secret and told once. */
  'vault.rekey': stream(z.object({ recoverySheet: z.boolean() }), z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('progress'), step: z.enum(['store', 'passwords']), done: z.number().int(), of: z.number().int() }),
    z.object({ kind: z.literal('cancelled') }),
    z.object({ kind: z.literal('done'), operators: z.array(z.string()).readonly(), recoverySheet: recoverySheet.nullable() }),
  ])),
  /** Tells the desk that somebody is there, so that the vault does not close by itself. */
  'vault.touch': call(shape.nothing, z.object({ closesAt: shape.instant.nullable() })),
  'desk.backup': call(z.object({ path: z.string().min(1) }), z.object({ path: z.string(), sizeBytes: z.number(), auditHead: z.string() })),
  /** Brings a backup into a folder without a desk; opens it with an operator's passphrase, or with the recovery sheet, which sets it. */
  'desk.restore': call(z.object({ path: z.string().min(1), operatorName: shape.operatorName, passphrase: shape.passphrase, recoverySheet: z.string().max(20_000).optional() }), z.object({ operator: signedIn, auditHead: z.string() })),
  /** Speaks whenever something has changed, so that screens ask again. */
  'desk.changes': stream(shape.nothing, z.object({ changed: z.array(z.enum(['vault', 'operators', 'keys', 'hosts', 'media', 'attempts', 'disclosures', 'imports', 'policies', 'incidents', 'calls', 'walk-ins', 'audit', 'disks'])) })),
} as const;
