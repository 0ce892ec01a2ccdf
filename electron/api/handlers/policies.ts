// Policies over the wire.
import type { Desk } from '../../core/desk.ts';
import { readPolicies, setPolicies } from '../../core/policies/policies.ts';
import type { Handlers } from '../dispatch.ts';

export function policyHandlers(get: () => Desk): Pick<Handlers, 'policies.get' | 'policies.set'> {
  return {
    'policies.get': () => readPolicies(get().db),
    'policies.set': (wanted) => setPolicies(get(), wanted),
  };
}
