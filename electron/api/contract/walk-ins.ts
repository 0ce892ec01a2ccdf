// The part of the contract about hosts at the counter.
import { z } from 'zod';
import { HOST_FACTS, WALK_IN_ACTS, WALK_IN_OUTCOMES } from '../../core/codes.ts';
import { call } from './procedure.ts';
import { hostRow, hostState, instant, mediaState, nothing } from './shapes.ts';

const walkIn = z.object({
  walkInId: z.number().int(), /** 1 to 999; free again when its host has left. */ number: z.number().int(), arrivedAt: instant, takenInBy: z.string(), said: z.string(),
  hostId: z.number().int().nullable(), hostname: z.string().nullable(), hostState: hostState.nullable(), act: z.enum(WALK_IN_ACTS),
  calledAt: instant.nullable(), calledBy: z.string().nullable(), endedAt: instant.nullable(), endedBy: z.string().nullable(), outcome: z.enum(WALK_IN_OUTCOMES).nullable(),
});
const walkInId = z.object({ walkInId: z.number().int() });

export const walkInProcedures = {
  /** Asset tag, serial number, name, user or key ID of a host that was brought in. One that is exactly that gets a number; otherwise it is called again with the host that was chosen, or `unknown`. */
  'walkIns.arrive': call(z.object({ text: z.string().trim().min(1).max(200), hostId: z.number().int().optional(), unknown: z.boolean().default(false) }), z.discriminatedUnion('status', [
    z.object({ status: z.literal('in'), walkIn, /** It is here already, with this number. */ again: z.boolean(), /** How many wait before it. */ before: z.number().int() }),
    z.object({ status: z.literal('several'), hosts: z.array(hostRow.extend({ foundBy: z.object({ fact: z.enum(HOST_FACTS), text: z.string() }).nullable() })), guessed: z.boolean() }),
    z.object({ status: z.literal('none') }),
  ])),
  'walkIns.list': call(nothing, z.object({ rows: z.array(walkIn), lastNumber: z.number().int().nullable(), doneInADay: z.number().int() })),
  'walkIns.get': call(walkInId, z.object({ walkIn, media: z.array(z.object({ mediaId: z.string(), state: mediaState, holder: z.string().nullable() })) })),
  /** Without an ID the one who has waited longest; null when nobody waits. */
  'walkIns.call': call(walkInId.partial(), z.object({ walkIn: walkIn.nullable() })),
  'walkIns.putBack': call(walkInId, walkIn),
  'walkIns.end': call(walkInId.extend({ outcome: z.enum(WALK_IN_OUTCOMES) }), walkIn),
} as const;
