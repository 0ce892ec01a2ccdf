// Rotation over the wire.
import type { Desk } from '../../core/desk.ts';
import { requestRotations } from '../../core/rotation/rotate-devices.ts';
import { openDeviceRotator } from '../../desk/tenant.ts';
import type { TenantLent } from '../../desk/tenant-sign-in.ts';
import { handOverRotations } from '../../core/rotation/hand-over.ts';
import { confirmByStatement, listRotations } from '../../core/rotation/rotations.ts';
import type { Handlers } from '../dispatch.ts';
import { withTenant } from '../with-tenant.ts';

export function rotationHandlers(get: () => Desk, lent: TenantLent = {}): Pick<Handlers, 'rotations.list' | 'rotations.handOver' | 'rotations.request' | 'rotations.confirm'> {
  return {
    'rotations.list': (page) => listRotations(get().db, page),
    'rotations.handOver': (order) => handOverRotations(get(), order),
    async *'rotations.request'({ tenant, client, certificatePath, again }, signal) {
      const desk = get();
      yield* withTenant(signal, async function* (listener) {
        yield* requestRotations(desk, await openDeviceRotator({ tenant, client, certificatePath: certificatePath ?? null }, listener, lent), { again, signal });
      });
    },
    'rotations.confirm': ({ keyRecordIds, lapsPasswordIds, statement }) => confirmByStatement(get(), keyRecordIds, statement, lapsPasswordIds),
  };
}
