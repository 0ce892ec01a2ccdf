import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { latestVersion, migrate } from '../../electron/store/migrations.ts';

describe('migrations', () => {
  it('keeps the imports of a desk from before imports could be undone', () => {
    const db = new Sqlite(':memory:');
    migrate(db, 0, 1);
    db.prepare("INSERT INTO imports (operator, started_at, finished_at) VALUES ('first', '2024-07-20T12:00:00.000Z', NULL)").run();
    migrate(db, 1);
    expect(db.pragma('user_version', { simple: true })).toBe(latestVersion);
    expect(db.prepare('SELECT operator, started_at, finished_at, undone_at, undone_by FROM imports').all())
      .toEqual([{ operator: 'first', started_at: '2024-07-20T12:00:00.000Z', finished_at: null, undone_at: null, undone_by: null }]);
  });
});
