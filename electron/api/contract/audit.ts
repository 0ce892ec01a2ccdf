// The part of the contract about the audit trail.
import { z } from 'zod';
import { call } from './procedure.ts';
import * as shape from './shapes.ts';

export const auditProcedures = {
  'audit.list': call(z.object(shape.page), z.object({ total: z.number().int(), rows: z.array(shape.auditEntry), head: z.string() })),
  'audit.verify': call(z.object({ head: z.string().regex(/^\d+:[0-9a-f]{64}$/).optional() }), z.object({
    entries: z.number().int(), head: z.string(), intact: z.boolean(), firstBroken: z.number().int().nullable(), headFound: z.boolean().nullable(),
  })),
} as const;
