// The part of the contract about hosts and their way back.
import { z } from 'zod';
import { ROUTES } from '../../core/codes.ts';
import { lapsCandidate } from './laps.ts';
import { hostFilter } from './many-hosts.ts';
import { call } from './procedure.ts';
import * as shape from './shapes.ts';

export const hostProcedures = {
  'hosts.list': call(z.object({
    ...hostFilter,
    sort: z.enum(['hostname', 'state', 'stateAt']).default('stateAt'), descending: z.boolean().default(true), ...shape.page,
  }), z.object({
    total: z.number().int(), rows: z.array(shape.hostRow),
    states: z.array(z.object({ state: shape.hostState, count: z.number().int() })), blockedReasons: z.array(z.object({ reason: shape.blockedReason, count: z.number().int() })),
  })),
  'hosts.get': call(shape.hostId, z.object({
    host: shape.hostRow,
    facts: z.object({ dnsName: z.string().nullable(), domain: z.string().nullable(), serialNumber: z.string().nullable(), maker: z.string().nullable(), userName: z.string().nullable(), assetTag: z.string().nullable(), description: z.string().nullable(), lastSeenAt: shape.instant.nullable() }),
    plan: z.object({ wave: z.string().nullable(), tags: z.array(z.string()).readonly(), keptOff: z.string().nullable(), technician: z.string().nullable(), route: z.enum(ROUTES).nullable() }),
    keyRecords: z.array(shape.keyCandidate), listedKeys: z.array(shape.listedKey), lapsPasswords: z.array(lapsCandidate), history: z.array(shape.hostEvent),
    /** Every ID that tells the machine, names of hosts that were joined into it, and the host it was joined into. */
    ids: z.array(shape.saidId), oldNames: z.array(z.string()), joinedInto: z.object({ hostId: z.number().int(), hostname: z.string() }).nullable(),
  })),
  /** How it will be reached. One that was blocked for want of a key is unblocked by safe boot. */
  'hosts.setRoute': call(shape.hostId.extend({ route: z.enum(ROUTES) }), shape.hostRow),
  'hosts.verify': call(shape.hostId.extend({ evidence: shape.reason }), shape.hostRow),
  'hosts.block': call(shape.hostId.extend({ reason: shape.blockedReason, note: shape.note.optional() }), shape.hostRow),
  'hosts.unblock': call(shape.hostId.extend({ note: shape.note.optional() }), shape.hostRow),
  'hosts.close': call(shape.hostId.extend({ as: shape.closedAs, note: shape.reason }), shape.hostRow),
  /** Takes *verified* or *closed* back. */
  'hosts.reopen': call(shape.hostId.extend({ note: shape.reason }), shape.hostRow),
  /** Lists of hosts that were imported, newest first. */
  'hosts.lists': call(shape.nothing, z.array(shape.hostList)),
  /** Holds lists against each other; one alone against the hosts still out. */
  'hosts.reconcile': call(z.object({ importFileIds: z.array(z.number().int()).min(1).max(20), limit: z.number().int().min(0).max(200_000).default(200) }), z.object({
    lists: z.array(shape.hostList.extend({ lacks: shape.hostGroup })).readonly(),
    foundInTheField: shape.hostGroup, withoutKey: shape.hostGroup, seenSince: shape.hostGroup, saidDownSince: shape.hostGroup, verified: shape.hostGroup,
  })),
} as const;
