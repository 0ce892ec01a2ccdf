// Rotation over the wire.
import type { Desk } from '../../core/desk.ts';
import { handOverRotations } from '../../core/rotation/hand-over.ts';
import { confirmByStatement, listRotations } from '../../core/rotation/rotations.ts';
import type { Handlers } from '../dispatch.ts';

export function rotationHandlers(get: () => Desk): Pick<Handlers, 'rotations.list' | 'rotations.handOver' | 'rotations.confirm'> {
  return {
    'rotations.list': (page) => listRotations(get().db, page),
    'rotations.handOver': (order) => handOverRotations(get(), order),
    'rotations.confirm': ({ keyRecordIds, statement }) => confirmByStatement(get(), keyRecordIds, statement),
  };
}
