// The part of the contract about live sources: the same events, register, report and undo as for files.
import { z } from 'zod';
import { importEvents, importStream, tenantEvents } from './live-questions.ts';
import { call, stream } from './procedure.ts';
import * as shape from './shapes.ts';

export const sourceProcedures = {
  /** The certificate of a directory, to be shown before anybody signs in there. */
  'directories.look': call(z.object({ url: shape.directoryUrl }), z.object({
    certificate: z.object({ sha256: z.string(), subject: z.string(), issuer: z.string(), validFrom: shape.instant, validTo: shape.instant, trusted: z.boolean(), why: z.string().nullable() }),
    /** Where the domain of the server begins. */
    base: z.string().nullable(), startTls: z.boolean(),
  })),
  /** `password` is secret and kept nowhere. `pin`: SHA-256 of the one certificate that is accepted. */
  'directories.import': stream(z.object({ url: shape.directoryUrl, base: shape.freeText(4000).min(1).optional(), bindAs: shape.freeText(1000).min(1), password: z.string().min(1).max(1024), pin: shape.fingerprint.optional() }), importStream),
  /** On Windows: with the rights of whoever is signed in there. */
  'directories.importAsSignedIn': stream(z.object({ server: shape.freeText(255).min(1).optional(), base: shape.freeText(4000).min(1).optional() }), importStream),
  /** Without a certificate a person signs in with a code. Every recovery password that is read is an entry in the tenant's audit log; `keys` says which. */
  'tenants.import': stream(z.object({ tenant: shape.tenant, client: z.guid(), certificatePath: z.string().min(1).max(4000).optional(), keys: z.enum(['wanted', 'all', 'none']).default('wanted') }), z.discriminatedUnion('kind', [
    ...tenantEvents,
    z.object({ kind: z.literal('listed'), devices: z.number().int(), keys: z.number().int(), known: z.number().int(), toRead: z.number().int() }),
    ...importEvents,
  ])),
} as const;
