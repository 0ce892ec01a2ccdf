// The part of the contract about looking keys up.
import { z } from 'zod';
import { HOST_FACTS, KEY_PLACES } from '../../core/codes.ts';
import { call } from './procedure.ts';
import * as shape from './shapes.ts';

export const keyProcedures = {
  'keys.lookUp': call(z.object({ query: z.string().max(200), limit: z.number().int().min(1).max(200).default(50),
    /** With nothing exact, what comes nearest. */
    nearest: z.boolean().default(false),
    /** Nobody types any further: a look-up that finds nothing exact goes on record. */
    settled: z.boolean().default(false) }), z.object({
    keyRecords: z.array(shape.keyCandidate), hosts: z.array(shape.hostRow.extend({ foundBy: z.object({ fact: z.enum(HOST_FACTS), text: z.string() }).nullable() })),
    /** Keys with such an ID that a list names without their recovery passwords. */
    listedKeys: z.array(shape.listedKey),
    /** Nothing is exactly what was typed: these come nearest. */
    guessed: z.boolean(),
    /** Capped at 1,000: `more` says that there are at least that many. */
    keyRecordCount: z.number().int(), hostCount: z.number().int(), more: z.boolean(),
  })),
  'keys.ofHost': call(shape.hostId, z.array(shape.keyCandidate)),
  'keys.count': call(shape.nothing, z.object({ keyRecords: z.number().int(), sources: z.number().int(), lastImportAt: shape.instant.nullable(), places: z.array(z.enum(KEY_PLACES)) })),
  'keys.coverage': call(z.object({ newerThanDays: z.number().int().min(1).max(36_500).optional(), limit: z.number().int().min(0).max(200_000).default(500) }), z.object({
    asOf: shape.instant, hosts: z.number().int(), withKey: z.number().int(), withoutKey: z.number().int(), withTestedKey: z.number().int(),
    age: z.object({ days: z.number().int(), newer: z.number().int(), older: z.number().int(), undated: z.number().int() }).nullable(),
    keyRecords: z.number().int(), keyRecordsWithoutHost: z.number().int(), listedKeys: z.number().int(), withListedKeyOnly: z.number().int(), withKeyOfOtherHost: z.number().int(),
    hostsWithoutKey: z.array(z.object({ hostname: z.string(), state: shape.hostState, site: z.string().nullable(), organizationalUnit: z.string().nullable(), operatingSystem: z.string().nullable(), lastSeenAt: shape.instant.nullable() })).readonly(),
    keysWithoutHost: z.array(z.object({ keyProtectorId: z.string().nullable(), createdAt: shape.instant.nullable(), source: z.string(), sourceRow: z.number().int() })).readonly(),
  })),
} as const;
