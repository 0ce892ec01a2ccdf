// Which required steps of the call sheet are still open. What is required is a policy of the desk.
import type { ReadableDatabase } from '../../store/database.ts';
import { AppError } from '../app-error.ts';
import type { CallStep } from '../codes.ts';
import { readPolicies } from '../policies/policies.ts';
import type { Call } from './calls.ts';

const GROUPS = 8;

/** `outcome` is what ending a call gives; `read-back` can only be met after the disclosure: where nothing was shown there is nothing to read back. A LAPS password has no key ID and no groups. */
const DONE: Readonly<Record<CallStep, (call: Call) => boolean>> = {
  'identity': ({ identity }) => identity !== null, 'host': ({ hostId }) => hostId !== null, 'key-id': ({ keyRecordId, lapsPasswordId }) => keyRecordId !== null || lapsPasswordId !== null, 'reason': ({ reason }) => reason !== null,
  'ticket': ({ ticket }) => ticket !== null, 'read-back': ({ groupsRead, lapsPasswordId, disclosureId }) => groupsRead === GROUPS || lapsPasswordId !== null || disclosureId === null, 'outcome': () => true,
};

/** @param before The moment: a recovery password is about to be shown, or the call to be ended. AppError `call-step-missing` with the first step that is open. */
export function requireSteps(db: ReadableDatabase, call: Call, before: 'disclosure' | 'end'): void {
  const missing = readPolicies(db).callSteps.find((step) => !(before === 'disclosure' && step === 'read-back') && !DONE[step](call));
  if (missing !== undefined) throw new AppError('call-step-missing', { step: missing });
}
