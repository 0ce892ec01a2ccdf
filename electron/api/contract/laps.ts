// The part of the contract about LAPS passwords. What holds for recovery passwords holds for them: lists never have one, and there is one door out.
import { z } from 'zod';
import { call } from './procedure.ts';
import { disclosureReason, instant, nothing, ticket } from './shapes.ts';

export const lapsCandidate = z.object({
  lapsPasswordId: z.number().int(), hostId: z.number().int(), hostname: z.string(), account: z.string().nullable(), updatedAt: instant.nullable(), expiresAt: instant.nullable(), importedAt: instant,
  source: z.string(), sourceRow: z.number().int(), disclosedAt: instant.nullable(), conflict: z.boolean(),
  /** The latest of its account, as far as the sources say. */
  latest: z.boolean(),
});

export const lapsProcedures = {
  'laps.ofHost': call(z.object({ hostId: z.number().int() }), z.array(lapsCandidate)),
  'laps.count': call(nothing, z.object({ passwords: z.number().int(), hosts: z.number().int() })),
  /** Through the one door (DESIGN §7). The answer is secret. */
  'disclosures.discloseLaps': call(
    z.object({ lapsPasswordId: z.number().int(), reason: disclosureReason, ticket: ticket.optional(), way: z.enum(['shown', 'spoken']).default('shown'), callId: z.number().int().optional() }),
    z.object({ disclosureId: z.number().int(), lapsPassword: z.string(), account: z.string().nullable(), hideAfterMs: z.number().int(), at: instant }),
  ),
} as const;
