// The part of the contract about sticks that come back: wiped, or renewed in place.
import { z } from 'zod';
import { chosenDisk } from './disks.ts';
import { call, stream } from './procedure.ts';
import * as shape from './shapes.ts';

const progress = <T extends string>(steps: readonly [T, ...T[]]) => z.object({ kind: z.literal('progress'), step: z.enum(steps), doneBytes: z.number(), totalBytes: z.number() });
const stick = {
  mediaId: z.string().min(1).max(32), disk: chosenDisk,
  /** Go on when results on it can not be taken in. */
  evenUnread: z.boolean().default(false),
};
const results = z.object({ imported: z.number().int(), unchanged: z.number().int() });

export const stickProcedures = {
  /** Models on which no disk was seen, the worst first: what drivers to get. */
  'hosts.driverlessModels': call(shape.nothing, z.array(z.object({
    maker: z.string().nullable(), model: z.string().nullable(), hosts: z.number().int(), blocked: z.number().int(), attempts: z.number().int(), lastAt: shape.instant, hostnames: z.array(z.string()).readonly(),
    controllers: z.array(z.object({ hardwareId: z.string(), name: z.string(), hosts: z.number().int() })).readonly(),
  }))),
  /** Overwrites bundle, results and tables on the stick and reads them back; only then the medium is *wiped*. Results are taken in before. */
  'media.wipeDisk': stream(z.object({ ...stick, note: shape.note.optional() }), z.discriminatedUnion('kind', [
    progress(['write', 'verify']),
    z.object({ kind: z.literal('done'), medium: shape.medium, results, erasedBytes: z.number() }),
  ])),
  /** A new medium on the stick of an old one, with the base that is on it. The old one is *wiped* then; results are taken in before. */
  'media.renew': stream(z.object({
    ...stick, scope: shape.scope, technicians: z.array(shape.operatorName).min(1).max(16), expiresAt: shape.instant.optional(), language: z.enum(['en', 'de']).optional(),
    incidentId: z.number().int().optional(), withoutPasscode: z.string().min(1).max(32).optional(), override: shape.reason.optional(),
  }), z.discriminatedUnion('kind', [
    progress(['read-base', 'add-agent', 'seal', 'prepare', 'write', 'verify']),
    /** The passcodes are secret and shown this once. */
    z.object({
      kind: z.literal('done'), medium: shape.medium, wiped: shape.medium, out: z.string(), passcodes: z.array(z.object({ technician: z.string(), passcode: z.string() })),
      leftOutCount: z.number().int(), leftOut: z.array(shape.leftOutHost), manifestSha256: z.string(), results,
    }),
  ])),
} as const;
