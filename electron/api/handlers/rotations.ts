// Rotation over the wire.
import type { Desk } from '../../core/desk.ts';
import { requestRotations } from '../../core/rotation/rotate-devices.ts';
import { openDeviceRotator } from '../../desk/tenant.ts';
import type { DeviceCode, TenantLent } from '../../desk/tenant-sign-in.ts';
import { handOverRotations } from '../../core/rotation/hand-over.ts';
import { confirmByStatement, listRotations } from '../../core/rotation/rotations.ts';
import type { Handlers } from '../dispatch.ts';

export function rotationHandlers(get: () => Desk, lent: TenantLent = {}): Pick<Handlers, 'rotations.list' | 'rotations.handOver' | 'rotations.request' | 'rotations.confirm'> {
  return {
    'rotations.list': (page) => listRotations(get().db, page),
    'rotations.handOver': (order) => handOverRotations(get(), order),
    async *'rotations.request'({ tenant, client, certificatePath, again }, signal) {
      const desk = get();
      let show = (_code: DeviceCode): void => undefined;
      const code = new Promise<DeviceCode>((resolve) => { show = resolve; });
      const opening = openDeviceRotator({ tenant, client, certificatePath: certificatePath ?? null }, show, signal, lent);
      opening.catch(() => undefined); // whoever asked may have gone while the code was shown
      const first = await Promise.race([code, opening.then(() => null)]);
      if (first !== null) yield { kind: 'device-code' as const, ...first };
      yield* requestRotations(desk, await opening, { again, signal });
    },
    'rotations.confirm': ({ keyRecordIds, lapsPasswordIds, statement }) => confirmByStatement(get(), keyRecordIds, statement, lapsPasswordIds),
  };
}
