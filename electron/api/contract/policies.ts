// The part of the contract about what a supervisor sets for the desk.
import { z } from 'zod';
import { CALL_STEPS, POLICY_LIMITS } from '../../core/codes.ts';
import { call } from './procedure.ts';
import { nothing } from './shapes.ts';

const within = ([least, most]: readonly [number, number]): z.ZodInt => z.int().min(least).max(most);

/** What each means stands in core/policies. */
const policies = z.object({
  callSteps: z.array(z.enum(CALL_STEPS)).readonly(), fourEyesPrinting: z.boolean(), fourEyesPurge: z.boolean(),
  disclosureRateCount: within(POLICY_LIMITS.disclosureRateCount), disclosureRateMinutes: within(POLICY_LIMITS.disclosureRateMinutes), hideAfterS: within(POLICY_LIMITS.hideAfterS),
  clipboardAllowed: z.boolean(), mediaWithoutPasscodeAllowed: z.boolean(),
});

export const policyProcedures = {
  'policies.get': call(nothing, policies),
  /** What is left out stays as it is. */
  'policies.set': call(policies.partial().strict(), policies),
} as const;
