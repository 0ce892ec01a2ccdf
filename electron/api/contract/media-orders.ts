// The part of the contract about media without a passcode: ordered by one, built by another.
import { z } from 'zod';
import { call } from './procedure.ts';
import * as shape from './shapes.ts';

const order = z.object({ orderId: z.string(), orderedAt: shape.instant, orderedBy: z.string(), why: z.string() });

export const mediaOrderProcedures = {
  /** Orders one medium without a passcode. The policy must allow it. */
  'media.orderWithoutPasscode': call(z.object({ why: shape.reason }), order),
  /** Orders nobody has carried out yet. */
  'media.orders': call(shape.nothing, z.array(order)),
  'media.withdrawOrder': call(z.object({ orderId: z.string().min(1).max(32) }), shape.nothing),
} as const;
