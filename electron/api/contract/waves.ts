// The part of the contract about waves.
import { z } from 'zod';
import { FIRST_EVIDENCE } from '../../core/codes.ts';
import { call } from './procedure.ts';
import { many, undone } from './many-hosts.ts';
import { freeText, hostnames, hostState, instant, nothing, reason } from './shapes.ts';

/** Whatever prints in one line and reads as it stands. */
const waveName = freeText(100).min(1).regex(/^[^\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]+$/u);
const waveId = z.number().int();
const rule = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['site', 'organizational-unit', 'tag', 'operating-system', 'name']), value: freeText(1000).min(1) }),
  z.object({ kind: z.literal('hosts'), hostnames }),
  z.object({ kind: z.literal('filter'), ...many }),
]);
const wave = z.object({
  waveId, incidentId: z.number().int(), name: z.string(), place: z.number().int(), canary: z.boolean(), beginsAt: instant.nullable(), endsAt: instant.nullable(), openedAt: instant.nullable(), openedBy: z.string().nullable(),
  evidence: z.string().nullable(), hosts: z.number().int(), down: z.number().int(), repaired: z.number().int(), done: z.number().int(),
});
/** What the wave before it has come to (core/waves/gate). */
const gate = z.object({
  met: z.boolean(), after: z.string().nullable(), hosts: z.number().int(), verified: z.number().int(), unexpected: z.number().int(), opened: z.boolean(), neededShare: z.number(),
});

export const waveProcedures = {
  'waves.list': call(nothing, z.object({ waves: z.array(wave), keptOff: z.array(z.object({ hostId: z.number().int(), hostname: z.string(), reason: z.string(), at: instant, operator: z.string() })) })),
  /** Hosts to bring back before all others, by evidence: domain controllers, key servers, what signing in needs. */
  'waves.suggest': call(nothing, z.array(z.object({ hostId: z.number().int(), hostname: z.string(), site: z.string().nullable(), state: hostState, evidence: z.enum(FIRST_EVIDENCE), found: z.string(), wave: z.string().nullable() }))),
  'waves.create': call(z.object({ name: waveName, incidentId: z.number().int().optional(), beginsAt: instant.optional(), endsAt: instant.optional() }), wave),
  'waves.moveUp': call(z.object({ waveId }), wave),
  /** An empty one that was never opened. */
  'waves.remove': call(z.object({ waveId }), nothing),
  /** Into no wave with null. */
  'waves.assign': call(z.object({ waveId: waveId.nullable(), rule, /** Hosts that are in another wave stay there. */ onlyFree: z.boolean().default(false) }), z.object({ assigned: z.number().int(), moved: z.number().int(), stayed: z.number().int(), unknown: z.array(z.string()).readonly(), undo: z.number().int() })),
  /** Takes an assignment back, host by host, where nobody has moved it since. */
  'waves.undoAssign': call(z.object({ undo: z.number().int() }), undone),
  'waves.gate': call(z.object({ waveId }), gate),
  /** Opens it when its gate is met, or with a reason why all the same. */
  'waves.open': call(z.object({ waveId, override: reason.optional() }), z.object({ opened: z.boolean(), gate })),
  /** The list of hosts that must not be powered on; with null they are taken off it. */
  'waves.keepOff': call(z.object({ hostnames, reason: reason.nullable() }), z.object({ changed: z.number().int(), unknown: z.array(z.string()) })),
} as const;
