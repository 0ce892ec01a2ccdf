import { expect, test } from 'vitest';
import { warmUpLookUps } from '../../../electron/core/keys/warm-up.ts';
import { openTestDesk } from '../remediation/test-desk.ts';
import { csv, importText } from './import-desk.ts';

test('a desk that was just opened looks up keys it holds and IDs nobody has, and writes nothing', async () => {
  const desk = openTestDesk();
  await importText(desk, csv([{ host: 'PC-1', id: 1, password: 1 }, { host: 'PC-2', id: 2, password: 2 }]), 'keys.csv');
  const before = desk.db.prepare<[], { n: number }>('SELECT total_changes() AS n').get()?.n;
  const read = new Set<string>();
  const watched: Parameters<typeof warmUpLookUps>[0] = {
    get open() { return desk.db.open; }, get inTransaction() { return desk.db.inTransaction; },
    prepare: ((sql: string) => { read.add(sql.trim().split(/\s+/).slice(0, 2).join(' ')); return desk.db.prepare(sql); }) as typeof desk.db.prepare,
  };
  expect(await warmUpLookUps(watched)).toBeGreaterThan(100);
  expect(read).toContain('SELECT k.key_record_id,'); // of a key that was found
  expect(desk.db.prepare<[], { n: number }>('SELECT total_changes() AS n').get()?.n).toBe(before);
});

test('it ends when the vault is closed meanwhile, and on a store that can not be read', async () => {
  const desk = openTestDesk();
  const running = warmUpLookUps(desk.db);
  setImmediate(() => desk.db.close());
  expect(await running).toBeLessThan(10);
  const damaged = openTestDesk();
  damaged.db.exec('DROP TABLE key_ids');
  expect(await warmUpLookUps(damaged.db)).toBe(0);
});
