// The part of the contract about how far the desk has come: figures, the course hour by hour, what to look after, when it will be over.
import { z } from 'zod';
import { ETA_TOO_EARLY, MACHINE_KINDS } from '../../core/codes.ts';
import { call } from './procedure.ts';
import * as shape from './shapes.ts';

const { nothing, instant } = shape;
const whole = z.number().int();
const states = z.array(z.object({ state: shape.hostState, count: whole })).readonly();
/** Hosts said to be down at some time, and where they stand (core/hosts/course). */
const stand = { affected: whole, down: whole, states };
const hour = { hour: instant };
const interval = { earliest: instant, likely: instant, latest: instant };
/** Of the end of everything, and of all but the blocked hosts. */
const sooner = { hoursSooner: z.number(), freeSooner: z.number() };
const work = {
  perHour: z.number(),
  /** All but the blocked hosts; null: whatever is down is blocked. */
  free: z.object(interval).nullable(), freeBySite: z.array(z.object({ site: z.string().nullable(), ...interval })).readonly(),
  /** Sites of which nobody can say: nothing came of any host there within a day. */
  idleSites: z.array(z.string().nullable()).readonly(),
  /** What is open at a share of the time until the earliest, the likely, the latest end; where that can not be told, of all but the blocked hosts. */
  path: z.array(z.object({ share: z.number(), left: z.number() })).readonly(),
  movers: z.array(z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('people'), site: z.string().nullable(), people: whole, ...sooner }), z.object({ kind: z.literal('unblock'), reason: shape.blockedReason, hosts: whole, ...sooner }),
    z.object({ kind: z.literal('nights'), ...sooner }),
  ])).readonly(),
};

export const statusProcedures = {
  'status.get': call(nothing, z.object({
    asOf: instant, hosts: whole, stillDown: whole, states: z.array(z.object({ state: shape.hostState, count: whole })), blockedReasons: z.array(z.object({ reason: shape.blockedReason, count: whole })),
    keyRecords: whole, hostsWithoutKey: whole, rotationDue: whole, mediaOut: whole, mediaNotIssued: whole, media: whole, attempts: whole, flaggedClaims: whole, imports: whole, disclosures: whole, repairedLastHour: whole, auditHead: z.string(),
  })),

  /** How hosts come back: what is left by hour, and how fast by site, wave and technician. */
  'status.course': call(nothing, z.object({
    kinds: z.array(z.object({ kind: z.enum(MACHINE_KINDS), ...stand })).readonly(),
    burnDown: z.array(z.object({ ...hour, down: whole, blocked: whole })).readonly(), hours: z.array(z.object({ ...hour, repaired: whole, verified: whole })).readonly(),
    sites: z.array(z.object({ site: z.string().nullable(), ...stand, perHour: z.number(), backInDay: whole, people: whole })).readonly(), moreSites: whole,
    waves: z.array(z.object({ wave: z.string().nullable(), opened: z.boolean(), ...stand, perHour: z.number() })).readonly(),
    technicians: z.array(z.object({ name: z.string(), repairedPerHour: z.number(), verifiedPerHour: z.number(), repaired: whole, verified: whole })).readonly(), moreTechnicians: whole, backInDay: whole,
    people: whole, perHour: z.number(),
  })),

  /** Who waits longest, which sticks are out, and what would unblock what is blocked. */
  'status.watch': call(nothing, z.object({
    oldest: z.array(z.object({ hostId: whole, hostname: z.string(), site: z.string().nullable(), state: shape.hostState, blockedReason: shape.blockedReason.nullable(), since: instant })).readonly(),
    sticks: z.array(z.object({ mediaId: z.string(), holder: z.string().nullable(), since: instant, keyRecords: whole, results: whole, expired: z.boolean() })).readonly(), moreSticks: whole, notIssued: whole,
    unblock: z.array(z.object({ reason: shape.blockedReason, count: whole, withUser: whole, models: whole, topModel: z.string().nullable(), withOtherKey: whole })).readonly(),
  })),

  /** When the last host is likely to be back: an interval, or why nothing can be said. */
  'status.eta': call(nothing, z.discriminatedUnion('status', [
    z.object({ status: z.literal('done') }),
    z.object({ status: z.literal('too-early'), reason: z.enum(ETA_TOO_EARLY) }),
    z.object({ status: z.literal('blocked'), hosts: whole, ...work }),
    z.object({ status: z.literal('estimated'), ...interval, decidedBy: z.enum(['work', 'blocked']), blockedHalfHours: z.number(), ...work }),
  ])),
} as const;
