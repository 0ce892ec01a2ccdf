// The part of the contract about operators and who may do what.
import { z } from 'zod';
import { call } from './procedure.ts';
import * as shape from './shapes.ts';

export const operatorProcedures = {
  'operators.list': call(shape.nothing, z.array(shape.operator)),
  'operators.add': call(z.object({ name: shape.operatorName, roles: z.array(shape.role).min(1), passphrase: shape.newPassphrase }), shape.operator),
  'operators.complete': call(z.object({ name: shape.operatorName }), shape.operator),
  'operators.disable': call(z.object({ name: shape.operatorName }), shape.operator),
  'operators.changePassphrase': call(z.object({ passphrase: shape.passphrase, newPassphrase: shape.newPassphrase }), shape.nothing),
  'operators.roleTable': call(shape.nothing, z.array(z.object({ procedure: z.string(), roles: z.array(z.string()) }))),
} as const;
