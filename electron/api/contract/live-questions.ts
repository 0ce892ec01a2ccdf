// The part of the contract that asks live while somebody is on the telephone, and has rotations done live. Streams, as imports are.
import { z } from 'zod';
import { ROTATION_REQUEST_OUTCOMES } from '../../core/codes.ts';
import { stream } from './procedure.ts';
import { directoryUrl, fileReport, freeText, reportedFiles, fingerprint, instant, tenant } from './shapes.ts';

/** One host, by name where the desk does not know it yet, or one key ID from its eighth character on; of both the key ID counts first. */
const about = z.object({ hostId: z.number().int().optional(), hostname: freeText(255).min(1).optional(), keyId: z.string().trim().regex(/^[0-9A-Fa-f]{8}[0-9A-Fa-f-]{0,28}$/).optional() });
export const importEvents = [
  /** `fileNumber` is 0 while files are still counted. Of many small files, figures are those of all so far. */
  z.object({ kind: z.literal('progress'), file: z.string(), fileNumber: z.number().int(), files: z.number().int(), bytesRead: z.number(), sizeBytes: z.number(), rows: z.number().int(), imported: z.number().int(), rejected: z.number().int() }),
  /** Of the first hundred. */
  z.object({ kind: z.literal('file'), report: fileReport }),
  z.object({ kind: z.literal('done'), importId: z.number().int(), cancelled: z.boolean(), ...reportedFiles }),
] as const;
export const importStream = z.discriminatedUnion('kind', importEvents);
/** What a tenant says beside what is done with it. */
export const tenantEvents = [
  z.object({ kind: z.literal('device-code'), userCode: z.string(), url: z.string(), expiresAt: instant }),
  /** The tenant wants to be left alone until then; all goes on by itself. */
  z.object({ kind: z.literal('waiting'), until: instant }),
] as const;
const signIn = { tenant, client: z.guid(), certificatePath: z.string().min(1).max(4000).optional() };
const base = freeText(4000).min(1).optional();

export const liveProcedures = {
  /** `password` is secret and kept nowhere. What is found comes in as an import of its own. */
  'directories.ask': stream(z.object({ about, via: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('account'), url: directoryUrl, base, bindAs: freeText(1000).min(1), password: z.string().min(1).max(1024), pin: fingerprint.optional() }),
    z.object({ kind: z.literal('signed-in'), server: freeText(255).min(1).optional(), base }),
  ]) }), importStream),
  /** Every key and LAPS password that is read is an entry in the tenant's audit log. The sign-in lasts as long as the vault is open. */
  'tenants.ask': stream(z.object({ about, ...signIn }), z.discriminatedUnion('kind', [...tenantEvents, ...importEvents])),
  /** Has Intune rotate what was disclosed, device by device. `asked` is only what it has accepted. */
  'rotations.request': stream(z.object({ ...signIn, again: z.boolean().default(false) }), z.discriminatedUnion('kind', [
    ...tenantEvents,
    z.object({ kind: z.literal('progress'), done: z.number().int(), hosts: z.number().int() }),
    z.object({ kind: z.literal('host'), request: z.object({ hostname: z.string(), what: z.enum(['recovery-passwords', 'laps-password']), outcome: z.enum(ROTATION_REQUEST_OUTCOMES), why: z.string().nullable() }) }),
    z.object({ kind: z.literal('done'), asked: z.number().int(), notAsked: z.number().int(), cancelled: z.boolean() }),
  ])),
} as const;
