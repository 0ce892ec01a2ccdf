// The part of the contract about matching: what sources say about keys and hosts, where it does not fit together.
import { z } from 'zod';
import { call } from './procedure.ts';
import { HOST_DECISIONS, HOST_GUESSES, HOST_ID_KINDS } from '../../core/codes.ts';
import { hostRow, hostState, instant, keySource, page, reason, saidId } from './shapes.ts';

/** A list of any length is taken away in a few pages. */
const longPage = { offset: page.offset, limit: z.number().int().min(1).max(10_000).default(100) };
const nullableText = z.string().nullable();
const decision = z.object({ decisionId: z.number().int() });

export const matchingProcedures = {
  /** One key protector ID, several recovery passwords: the records of each in the order in which a medium would take them. */
  'keys.conflicts': call(z.object(page), z.object({ total: z.number().int(), rows: z.array(z.object({
    keyProtectorId: z.string(),
    records: z.array(z.object({
      keyRecordId: z.number().int(), /** Keyed with the desk's own key. */ fingerprint: z.string(), hostId: z.number().int().nullable(), hostname: nullableText, hostState: hostState.nullable(), drive: nullableText, volumeId: nullableText,
      createdAt: instant.nullable(), importedAt: instant, testedAt: instant.nullable(), disclosedAt: instant.nullable(),
      sources: z.array(keySource).readonly(), media: z.array(z.string()).readonly(), goesOnMedia: z.boolean(),
    })).readonly(),
  })) })),
  'keys.withoutHost': call(z.object(longPage), z.object({ total: z.number().int(), rows: z.array(z.object({
    keyRecordId: z.number().int(), keyProtectorId: nullableText, createdAt: instant.nullable(), importedAt: instant, entraDeviceId: nullableText, volumeId: nullableText, conflict: z.boolean(), sources: z.array(keySource).readonly(),
  })) })),
  'hosts.withoutKey': call(z.object(longPage), z.object({ total: z.number().int(), rows: z.array(z.object({
    hostname: z.string(), state: hostState, site: nullableText, organizationalUnit: nullableText, operatingSystem: nullableText, lastSeenAt: instant.nullable(),
  })) })),
  /** What sources contradict each other about; a supervisor answers. */
  'hosts.questions': call(z.object(page), z.object({ total: z.number().int(), rows: z.array(z.object({
    kind: z.enum(['same-id', 'other-ids', 'cut-name']), guess: z.enum(HOST_GUESSES), idKinds: z.array(z.enum(HOST_ID_KINDS)).readonly(),
    hosts: z.array(z.object({ hostId: z.number().int(), hostname: z.string(), state: hostState, site: nullableText, keyRecords: z.number().int(), lastSeenAt: instant.nullable(), ids: z.array(saidId).readonly() })).readonly(),
  })) })),
  /** The other one becomes `hostId`. */
  'hosts.join': call(z.object({ hostId: z.number().int(), otherHostId: z.number().int(), reason }), hostRow.extend({ decisionId: z.number().int() })),
  'hosts.keepApart': call(z.object({ hostId: z.number().int(), otherHostId: z.number().int(), reason }), decision),
  'hosts.takeAsOne': call(z.object({ hostId: z.number().int(), reason }), decision),
  'hosts.undoDecision': call(z.object({ decisionId: z.number().int(), reason }), decision),
  'hosts.decisions': call(z.object(page), z.object({ total: z.number().int(), rows: z.array(z.object({
    decisionId: z.number().int(), kind: z.enum(HOST_DECISIONS), hostId: z.number().int(), hostname: z.string(), otherHostname: nullableText, at: instant, operator: z.string(), reason: z.string(),
    undoneAt: instant.nullable(), undoneBy: nullableText,
  })) })),
} as const;
