// The part of the contract about what comes back from hosts.
import { z } from 'zod';
import { call } from './procedure.ts';
import * as shape from './shapes.ts';

export const attemptProcedures = {
  'attempts.import': call(z.object({ paths: shape.paths }), z.object({
    files: z.array(z.object({ path: z.string(), attemptId: z.string().nullable(), status: z.enum(['imported', 'unchanged', 'rejected']), proof: shape.attemptProof.nullable(), outcome: shape.attemptOutcome.nullable(), hostname: z.string().nullable(), hostState: shape.hostState.nullable(), reason: z.string().nullable() })),
    imported: z.number().int(), unchanged: z.number().int(), rejected: z.number().int(), claims: z.number().int(),
  })),
  /** A code read out at the host, for a stick that can not come back. `slip`: misheard; nothing but `accepted` is on record. */
  'attempts.accept': call(z.object({ mediaId: z.string().trim().min(1).max(32), code: z.string().min(1).max(100), hostname: shape.freeText(255).min(1).optional() }), z.discriminatedUnion('status', [
    z.object({ status: z.literal('slip'), reason: z.enum(['length', 'letters', 'check']), characters: z.number().int(), positions: z.array(z.number().int()) }),
    z.object({ status: z.literal('not-of-this-medium') }),
    z.object({ status: z.literal('host-needed'), proof: shape.attemptProof, outcome: shape.attemptOutcome, blockedReason: shape.blockedReason.nullable() }),
    z.object({
      status: z.enum(['accepted', 'unchanged']), attemptId: z.string(), proof: shape.attemptProof, outcome: shape.attemptOutcome, blockedReason: shape.blockedReason.nullable(),
      hostname: z.string().nullable(), hostState: shape.hostState.nullable(),
    }),
  ])),
  'attempts.list': call(z.object(shape.page), z.object({ total: z.number().int(), rows: z.array(shape.attempt) })),
} as const;
