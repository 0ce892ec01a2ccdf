// The part of the contract about call sheets.
import { z } from 'zod';
import { CALL_OUTCOMES, IDENTITY_CHECKS } from '../../core/codes.ts';
import { call } from './procedure.ts';
import * as shape from './shapes.ts';

export const callProcedures = {
  /** What is entered during a call is kept at once: an interrupted call loses nothing. */
  'calls.save': call(z.object({ callId: z.number().int().optional(), hostId: z.number().int().optional(), keyRecordId: z.number().int().optional(), identity: z.enum(IDENTITY_CHECKS).optional(), caller: shape.freeText(200).optional(),
    reason: shape.disclosureReason.optional(), ticket: shape.ticket.optional(), groupsRead: z.number().int().min(0).max(8).optional() }), shape.call),
  'calls.close': call(z.object({ callId: z.number().int(), outcome: z.enum(CALL_OUTCOMES), note: shape.note.optional() }), shape.call),
  /** One, ended or not, and who ended it. */
  'calls.get': call(z.object({ callId: z.number().int() }), shape.call.extend({ endedBy: z.string().nullable() })),
  'calls.list': call(z.object({ open: z.boolean().default(true), ...shape.page }), z.object({ total: z.number().int(), rows: z.array(shape.call) })),
} as const;
