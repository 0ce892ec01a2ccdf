// The part of the contract about reports.
import { z } from 'zod';
import { REPORT_FORMATS, REPORT_KINDS } from '../../core/codes.ts';
import { call } from './procedure.ts';
import * as shape from './shapes.ts';

export const reportProcedures = {
  /** `content` of a PDF is base64. Without an instant: now. */
  'reports.make': call(z.object({ kind: z.enum(REPORT_KINDS), format: z.enum(REPORT_FORMATS), language: z.enum(['en', 'de']), asOf: shape.instant.optional(),
    /** Names: the report is of that incident, that wave; left out: of the whole desk. */
    incident: shape.freeText(100).min(1).optional(), wave: shape.freeText(100).min(1).optional() }), z.object({
    name: z.string(), type: z.string(), encoding: z.enum(['text', 'base64']), content: z.string(), asOf: shape.instant, auditHead: z.string(),
  })),
} as const;
