// The part of the contract about letting recovery passwords out, shown or on paper.
import { z } from 'zod';
import { call } from './procedure.ts';
import * as shape from './shapes.ts';

export const disclosureProcedures = {
  /** The one door out (DESIGN §7). The answer is secret. */
  'disclosures.disclose': call(
    z.object({ keyRecordId: z.number().int(), reason: shape.disclosureReason, ticket: shape.ticket.optional(), way: z.enum(['shown', 'spoken']).default('shown'), callId: z.number().int().optional() }),
    z.object({ disclosureId: z.number().int(), recoveryPassword: z.string(), hideAfterMs: z.number().int(), at: shape.instant }),
  ),
  /** What the operator was shown they read out: the same disclosure, by another way. Noted once. */
  'disclosures.readOut': call(z.object({ disclosureId: z.number().int() }), shape.nothing),
  /** What can be printed: sites with hosts that are still open and have keys. */
  'paper.sites': call(shape.nothing, z.array(z.object({ site: z.string().nullable(), hosts: z.number().int(), keyRecords: z.number().int() }))),
  /** Two operators, and a disclosure of every key on it. The answer is secret. */
  'paper.print': call(z.object({ site: shape.keptText(200).nullable(), reason: shape.disclosureReason, ticket: shape.ticket.optional(), secondOperator: shape.operatorName.optional(), secondPassphrase: shape.passphrase.optional() }), z.object({
    at: shape.instant, operators: z.array(z.string()).readonly(), site: z.string().nullable(),
    lines: z.array(z.object({ hostname: z.string(), keyProtectorId: z.string().nullable(), drive: z.string().nullable(), createdAt: shape.instant.nullable(), recoveryPassword: z.string() })).readonly(),
  })),
  /** A shape.page for callers, without any key. */
  'instructions.get': call(z.object({ language: z.enum(['en', 'de']) }), z.object({ html: z.string() })),
  /** Operators who disclosed more than the policy calls usual, in the last day. */
  'disclosures.unusual': call(shape.nothing, z.array(z.object({ at: shape.instant, operator: z.string(), count: z.number().int(), minutes: z.number().int() }))),
  'disclosures.list': call(z.object(shape.page), z.object({ total: z.number().int(), rows: z.array(z.object({
    disclosureId: z.number().int(), at: shape.instant, operator: z.string(), way: shape.disclosureWay, reason: z.string(), ticket: z.string().nullable(),
    keyProtectorId: z.string().nullable(), hostname: z.string().nullable(), mediaId: z.string().nullable(), laps: z.boolean(), keyRecords: z.number().int(),
  })) })),
} as const;
