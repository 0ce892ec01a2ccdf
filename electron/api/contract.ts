// THE CONTRACT: every procedure of the desk with what goes in and what comes out. Who may call it stands in roles.ts.
// Adding a procedure touches the group it belongs to, roles.ts and one handler.
import type { z } from 'zod';
import { attemptProcedures } from './contract/attempts.ts';
import { auditProcedures } from './contract/audit.ts';
import { callProcedures } from './contract/calls.ts';
import { deskProcedures } from './contract/desk.ts';
import { disclosureProcedures } from './contract/disclosures.ts';
import { diskProcedures } from './contract/disks.ts';
import { hostProcedures } from './contract/hosts.ts';
import { importProcedures } from './contract/imports.ts';
import { incidentProcedures } from './contract/incidents.ts';
import { keyProcedures } from './contract/keys.ts';
import { lapsProcedures } from './contract/laps.ts';
import { liveProcedures } from './contract/live-questions.ts';
import { manyHostsProcedures } from './contract/many-hosts.ts';
import { matchingProcedures } from './contract/matching.ts';
import { mediaProcedures } from './contract/media.ts';
import { mediaOrderProcedures } from './contract/media-orders.ts';
import { operatorProcedures } from './contract/operators.ts';
import { policyProcedures } from './contract/policies.ts';
import { reportProcedures } from './contract/reports.ts';
import { rotationProcedures } from './contract/rotations.ts';
import { sourceProcedures } from './contract/sources.ts';
import { statusProcedures } from './contract/status.ts';
import { stickProcedures } from './contract/sticks.ts';
import { volumeProcedures } from './contract/volumes.ts';
import { walkInProcedures } from './contract/walk-ins.ts';
import { waveProcedures } from './contract/waves.ts';

export const contract = {
  ...deskProcedures,
  ...operatorProcedures,

  ...importProcedures,
  ...sourceProcedures,

  ...keyProcedures,
  ...disclosureProcedures,
  ...lapsProcedures,
  ...liveProcedures,
  ...callProcedures,
  ...walkInProcedures,
  ...rotationProcedures,

  ...hostProcedures,
  ...manyHostsProcedures,
  ...matchingProcedures,
  ...waveProcedures,
  ...incidentProcedures,

  ...mediaProcedures,
  ...diskProcedures,
  ...stickProcedures,
  ...mediaOrderProcedures,
  ...volumeProcedures,
  ...attemptProcedures,

  ...statusProcedures,
  ...reportProcedures,
  ...policyProcedures,
  ...auditProcedures,
} as const;

export type Contract = typeof contract;
export type ProcedureName = keyof Contract;
export type CallName = { [K in ProcedureName]: Contract[K]['kind'] extends 'call' ? K : never }[ProcedureName];
export type StreamName = Exclude<ProcedureName, CallName>;
/** What a caller passes (defaults may be left out). */
export type Input<K extends ProcedureName> = z.input<Contract[K]['input']>;
/** What a handler receives. */
export type Parsed<K extends ProcedureName> = z.output<Contract[K]['input']>;
export type Output<K extends ProcedureName> = z.output<Contract[K]['output']>;
/** What is sent when a call fails: a code with facts for the sentence, and for bugs a reference number that is also in the log. */
export interface WireError { readonly code: string; readonly facts: Readonly<Record<string, unknown>>; readonly reference?: string }
