// The first look-ups of a desk that was just opened take ten times as long as later ones: neither program nor index is in memory yet. Here nobody waits for them.
import type { Database } from '../../store/database.ts';
import { DIGITS_SHOWN, lookUp } from './look-up.ts';
import { prepared } from './prepared.ts';
import { nextTurn } from './slices.ts';

/** From about so many on they get no faster: 0.1 s in all. */
const LOOK_UPS = 256;

/**
 * Looks up keys spread evenly over all there are, and IDs and names that nobody has, each in a turn of its own. Answers go nowhere.
 *
 * @returns How many look-ups it came to: fewer when the store is closed meanwhile, or can not be read. Never throws: whoever looks up in earnest is told.
 */
export async function warmUpLookUps(db: Pick<Database, 'prepare' | 'inTransaction' | 'open'>): Promise<number> {
  for (let n = 0; n < LOOK_UPS; n += 1) {
    await nextTurn();
    if (!db.open) return n;
    try {
      for (const query of queriesOf(db, n)) lookUp(db, { query, limit: 50 });
    } catch {
      return n;
    }
  }
  return LOOK_UPS;
}

function queriesOf(db: Pick<Database, 'prepare' | 'inTransaction'>, n: number): string[] {
  const madeUp = Math.floor((n / LOOK_UPS) * 2 ** 32).toString(16).padStart(DIGITS_SHOWN, '0');
  const next = prepared<[Buffer], { id: string }>(db, 'SELECT hex(key_protector_id) AS id FROM key_ids WHERE key_protector_id >= ? LIMIT 1').get(Buffer.from(madeUp.padEnd(32, '0'), 'hex'));
  return [next?.id.slice(0, DIGITS_SHOWN) ?? madeUp, n % 2 === 0 ? madeUp : `PC-${madeUp}`];
}
