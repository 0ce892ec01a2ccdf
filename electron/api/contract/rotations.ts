// The part of the contract about the rotation of what was disclosed.
import { z } from 'zod';
import { ROTATION_CONFIRMED_BY, ROTATION_NOT_HANDED_OVER, ROTATION_RISKS, ROTATION_STATES, ROTATION_TARGETS } from '../../core/codes.ts';
import { call } from './procedure.ts';
import * as shape from './shapes.ts';

export const rotationProcedures = {
  'rotations.list': call(z.object({ states: z.array(z.enum(ROTATION_STATES)).default([]), ...shape.page }), z.object({
    total: z.number().int(), states: z.array(z.object({ state: z.enum(ROTATION_STATES), count: z.number().int() })),
    rows: z.array(z.object({
      /** One of them is null: a rotation is of a recovery password or of a LAPS password. */
      keyRecordId: z.number().int().nullable(), lapsPasswordId: z.number().int().nullable(), account: z.string().nullable(),
      keyProtectorId: z.string().nullable(), hostname: z.string().nullable(), state: z.enum(ROTATION_STATES), risk: z.enum(ROTATION_RISKS), dueAt: shape.instant,
      askedAt: shape.instant.nullable(), askedBy: z.string().nullable(), askedOf: z.string().nullable(),
      confirmedAt: shape.instant.nullable(), confirmedBy: z.string().nullable(), confirmedHow: z.enum(ROTATION_CONFIRMED_BY).nullable(), evidence: z.string().nullable(), statement: z.string().nullable(),
    })),
  })),
  /** A script for whoever carries rotations out; what is in it counts as asked. */
  'rotations.handOver': call(z.object({ target: z.enum(ROTATION_TARGETS), again: z.boolean().default(false) }), z.object({
    target: z.enum(ROTATION_TARGETS), script: z.string().nullable(), keyRecords: z.number().int(), lapsPasswords: z.number().int(), hosts: z.number().int(), remaining: z.number().int(),
    leftOut: z.array(z.object({ reason: z.enum(ROTATION_NOT_HANDED_OVER), count: z.number().int() })).readonly(),
  })),
  'rotations.confirm': call(z.object({ keyRecordIds: z.array(z.number().int()).max(1000).default([]), lapsPasswordIds: z.array(z.number().int()).max(1000).default([]), statement: shape.reason }), z.object({ confirmed: z.number().int() })),
} as const;
