// Orders for media without a passcode, over the wire.
import type { Desk } from '../../core/desk.ts';
import { listOpenOrders, orderWithoutPasscode, withdrawOrder } from '../../core/media/media-orders.ts';
import type { Handlers } from '../dispatch.ts';

export const mediaOrderHandlers = (get: () => Desk): Pick<Handlers, 'media.orderWithoutPasscode' | 'media.orders' | 'media.withdrawOrder'> => ({
  'media.orderWithoutPasscode': ({ why }) => orderWithoutPasscode(get(), why),
  'media.orders': () => listOpenOrders(get().db),
  'media.withdrawOrder': ({ orderId }) => {
    withdrawOrder(get(), orderId.toUpperCase());
    return {};
  },
});
