// The audit trail over the wire.
import { listAudit, verifyAudit } from '../../core/audit/audit.ts';
import type { Desk } from '../../core/desk.ts';
import type { Handlers } from '../dispatch.ts';

export function auditHandlers(get: () => Desk): Pick<Handlers, 'audit.list' | 'audit.verify'> {
  return {
    'audit.list': (page) => listAudit(get().db, page),
    'audit.verify': ({ head }) => verifyAudit(get().db, head),
  };
}
