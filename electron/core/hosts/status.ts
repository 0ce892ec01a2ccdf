// How far the desk has come, in figures that fit on a wall.
import type { ReadableDatabase } from '../../store/database.ts';
import { auditHead } from '../audit/audit.ts';
import { BLOCKED_REASONS, DOWN_STATES, HOST_STATES, type BlockedReason, type HostState } from '../codes.ts';
import { toInstant } from '../ports.ts';
import { countRotations } from '../rotation/rotations.ts';
import { readSteps } from './steps-between.ts';
import { prepared } from '../keys/prepared.ts';

export interface Status {
  readonly asOf: string; readonly hosts: number;
  /** Said to be down and not repaired yet: reported, ready, blocked, in progress. */
  readonly stillDown: number;
  readonly states: { state: HostState; count: number }[]; readonly blockedReasons: { reason: BlockedReason; count: number }[];
  readonly keyRecords: number;
  /** Of those still down. */
  readonly hostsWithoutKey: number;
  /** Recovery passwords that were disclosed, singly or on a medium, and whose rotation is not confirmed. */
  readonly rotationDue: number;
  /** Issued, and neither back nor wiped nor lost; built and not issued yet; all there ever were. */
  readonly mediaOut: number; readonly mediaNotIssued: number; readonly media: number;
  readonly attempts: number; readonly flaggedClaims: number; readonly imports: number; readonly disclosures: number;
  /** Also those that were verified or came back to the list since. */
  readonly repairedLastHour: number; readonly auditHead: string;
}

const HOUR_MS = 3_600_000;

/** @param nowMs Now, milliseconds since 1970 UTC. @returns Figures of one moment: call it in a transaction when something else may write. */
export function readStatus(db: ReadableDatabase, nowMs: number): Status {
  const counted = prepared<[], { state: HostState; reason: string; n: number }>(db, 'SELECT state, reason, sum(hosts) AS n FROM host_counts GROUP BY state, reason').all();
  const rotations = countRotations(db);
  const count = (sql: string, ...values: readonly string[]): number => prepared<string[], { n: number }>(db, sql).get(...values)?.n ?? 0;
  const inState = (state: HostState): number => counted.filter((group) => group.state === state).reduce((total, { n }) => total + n, 0);
  return {
    asOf: toInstant(nowMs), hosts: HOST_STATES.reduce((total, state) => total + inState(state), 0), stillDown: DOWN_STATES.reduce((total, state) => total + inState(state), 0),
    states: HOST_STATES.map((state) => ({ state, count: inState(state) })),
    blockedReasons: BLOCKED_REASONS.map((reason) => ({ reason, count: counted.find((group) => group.state === 'blocked' && group.reason === reason)?.n ?? 0 })),
    keyRecords: count('SELECT count(*) AS n FROM key_records'),
    // Reported means that there is no key, ready that there is one; the others are looked at.
    hostsWithoutKey: inState('reported') + count(`SELECT count(*) AS n FROM hosts h INDEXED BY hosts_by_state WHERE state IN ('blocked', 'in-progress') AND NOT EXISTS (SELECT 1 FROM key_records k WHERE k.host_id = h.host_id)`),
    rotationDue: (rotations.get('due') ?? 0) + (rotations.get('asked') ?? 0),
    mediaOut: count("SELECT count(*) AS n FROM media WHERE state = 'issued'"), mediaNotIssued: count("SELECT count(*) AS n FROM media WHERE state = 'built'"), media: count('SELECT count(*) AS n FROM media'),
    attempts: count('SELECT count(*) AS n FROM attempts'), flaggedClaims: count("SELECT count(*) AS n FROM attempts WHERE proof = 'claim'"),
    imports: count('SELECT count(*) AS n FROM imports'), disclosures: count('SELECT count(*) AS n FROM disclosures'),
    repairedLastHour: readSteps(db, toInstant(nowMs - HOUR_MS), toInstant(nowMs)).filter(({ repaired }) => repaired).length, auditHead: auditHead(db),
  };
}
