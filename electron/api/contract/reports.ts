// The part of the contract about reports.
import { z } from 'zod';
import { REPORT_FORMATS, REPORT_KINDS } from '../../core/codes.ts';
import { stream } from './procedure.ts';
import * as shape from './shapes.ts';

export const reportProcedures = {
  /** The file in `piece`s, which belong together in their order, and `done` last. Without an instant: of now. Whoever aborts gets nothing, and nothing is on record. */
  'reports.make': stream(z.object({ kind: z.enum(REPORT_KINDS), format: z.enum(REPORT_FORMATS), language: z.enum(['en', 'de']), asOf: shape.instant.optional(),
    /** Names: the report is of that incident, that wave; left out: of the whole desk. */
    incident: shape.freeText(100).min(1).optional(), wave: shape.freeText(100).min(1).optional() }), z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('progress'), step: z.enum(['reading', 'writing']) }),
    /** Text; of a PDF base64, each piece whole by itself. */
    z.object({ kind: z.literal('piece'), content: z.string() }),
    z.object({ kind: z.literal('done'), name: z.string(), type: z.string(), encoding: z.enum(['text', 'base64']), asOf: shape.instant, auditHead: z.string() }),
  ])),
} as const;
