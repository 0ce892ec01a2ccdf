// Media without a passcode: a policy allows them, a supervisor orders one, and somebody who can read keys builds it. Two audit rows, one order ID.
import type { Database, ReadableDatabase } from '../../store/database.ts';
import { AppError } from '../app-error.ts';
import { appendAudit } from '../audit/audit.ts';
import { nowOf, type Desk } from '../desk.ts';
import { readPolicies } from '../policies/policies.ts';

export interface MediaOrder { readonly orderId: string; readonly orderedAt: string; readonly orderedBy: string; readonly why: string }

interface Row { order_id: string; ordered_at: string; ordered_by: string; why: string }
const toOrder = (row: Row): MediaOrder => ({ orderId: row.order_id, orderedAt: row.ordered_at, orderedBy: row.ordered_by, why: row.why });
const IS_OPEN = 'media_id IS NULL AND withdrawn_at IS NULL';

/** @returns Orders nobody has carried out yet, the oldest first. */
export const listOpenOrders = (db: ReadableDatabase): MediaOrder[] => db.prepare<[], Row>(`SELECT order_id, ordered_at, ordered_by, why FROM media_orders WHERE ${IS_OPEN} ORDER BY ordered_at, order_id`).all().map(toOrder);

/** @returns The order: good for one medium. AppError `policy-forbids`. Rows: one order, one audit line. */
export function orderWithoutPasscode(desk: Desk, why: string): MediaOrder {
  const { db } = desk;
  const order = db.transaction((): MediaOrder => {
    requirePolicy(db);
    const number = (db.prepare<[], { n: number }>('SELECT count(*) AS n FROM media_orders').get()?.n ?? 0) + 1;
    const made: MediaOrder = { orderId: `O-${String(number).padStart(4, '0')}`, orderedAt: nowOf(desk), orderedBy: desk.operator.name, why };
    db.prepare('INSERT INTO media_orders (order_id, ordered_at, ordered_by, why) VALUES (?, ?, ?, ?)').run(made.orderId, made.orderedAt, made.orderedBy, made.why);
    appendAudit(db, { at: made.orderedAt, operator: desk.operator.name, act: 'media.order-without-passcode', subject: made.orderId, details: { why } });
    return made;
  }).immediate();
  desk.changed('media', 'audit');
  return order;
}

/** AppError `not-found`, `not-ordered` when it is not open any more. One audit line. */
export function withdrawOrder(desk: Desk, orderId: string): void {
  desk.db.transaction(() => {
    const { changes } = desk.db.prepare(`UPDATE media_orders SET withdrawn_at = ? WHERE order_id = ? AND ${IS_OPEN}`).run(nowOf(desk), orderId);
    if (changes !== 1) throw new AppError(desk.db.prepare('SELECT 1 FROM media_orders WHERE order_id = ?').get(orderId) === undefined ? 'not-found' : 'not-ordered', { orderId });
    appendAudit(desk.db, { at: nowOf(desk), operator: desk.operator.name, act: 'media.withdraw-order', subject: orderId });
  }).immediate();
  desk.changed('media', 'audit');
}

/** Before anything is built. AppError `policy-forbids`, `not-ordered`. */
export function requireOpenOrder(db: ReadableDatabase, orderId: string): void {
  requirePolicy(db);
  if (db.prepare(`SELECT 1 FROM media_orders WHERE order_id = ? AND ${IS_OPEN}`).get(orderId) === undefined) throw new AppError('not-ordered', { orderId });
}

/** In the transaction that puts the medium on record: an order is good for one. AppError `policy-forbids`, `not-ordered`. */
export function carryOut(db: Database, orderId: string, mediaId: string): void {
  requireOpenOrder(db, orderId);
  db.prepare('UPDATE media_orders SET media_id = ? WHERE order_id = ?').run(mediaId, orderId);
}

function requirePolicy(db: ReadableDatabase): void {
  if (!readPolicies(db).mediaWithoutPasscodeAllowed) throw new AppError('policy-forbids', { policy: 'mediaWithoutPasscodeAllowed' });
}
