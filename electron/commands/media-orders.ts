// media order, orders, withdraw: media without a passcode are ordered by one person and built by another.
import type { Api } from '../api/client.ts';
import { AppError } from '../core/app-error.ts';
import { text, type Command, type CommandContext } from './command.ts';

export const NO_PASSCODE_OPTIONS = { 'no-passcode': { type: 'boolean' }, order: { type: 'string' } } as const;

/** @returns The order by which a medium gets no passcode, as named or the only open one; undefined: it gets one. */
export async function chooseOrder(api: Api, options: CommandContext['options']): Promise<string | undefined> {
  if (options['no-passcode'] !== true) return undefined;
  const named = text(options['order'])?.toUpperCase();
  if (named !== undefined) return named;
  const open = await api.call('media.orders', {});
  const [only] = open;
  if (only === undefined) throw new AppError('not-ordered');
  if (open.length > 1) throw new AppError('invalid-input', { fields: ['--order'], known: open.map(({ orderId }) => orderId) });
  return only.orderId;
}

export const mediaOrderCommands: readonly Command[] = [
  {
    name: 'media order', usage: 'media order --no-passcode --reason TEXT', options: { 'no-passcode': { type: 'boolean' }, reason: { type: 'string' } }, words: [0, 0], signsIn: true,
    async run({ api, options, say, print }) {
      const why = text(options['reason'])?.trim() ?? '';
      if (options['no-passcode'] !== true || why === '') throw new AppError('invalid-input', { fields: [why === '' ? '--reason' : '--no-passcode'] });
      const order = await api.call('media.orderWithoutPasscode', { why });
      print(say.mediaOrdered(order.orderId));
      return { json: order };
    },
  },
  {
    name: 'media orders', usage: 'media orders', options: {}, words: [0, 0], signsIn: true,
    async run({ api, print }) {
      const orders = await api.call('media.orders', {});
      for (const { orderId, orderedAt, orderedBy, why } of orders) print(`${orderId}  ${orderedAt}  ${orderedBy}  ${why}`);
      return { json: { orders } };
    },
  },
  {
    name: 'media withdraw', usage: 'media withdraw ORDER-ID', options: {}, words: [1, 1], signsIn: true,
    async run({ api, words, print }) {
      const orderId = (words[0] ?? '').toUpperCase();
      await api.call('media.withdrawOrder', { orderId });
      print(orderId);
      return { json: { orderId, withdrawn: true } };
    },
  },
];
