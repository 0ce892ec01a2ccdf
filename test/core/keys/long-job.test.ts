// Who writes the write-ahead log into the store while a long job fills it.
import { setTimeout as pause } from 'node:timers/promises';
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Desk } from '../../../electron/core/desk.ts';
import { importKeys } from '../../../electron/core/keys/import-keys.ts';
import { beginLongJob } from '../../../electron/core/keys/long-job.ts';
import { undoImport } from '../../../electron/core/keys/undo-import.ts';
import { openDatabase } from '../../../electron/store/database.ts';
import { openNewDesk } from '../../support/open-desk.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { csv, importText, lend, memoryFile } from './import-desk.ts';

/** Longer than a job has to last to be worth a thread. */
const LONG_MS = 200;
const lines = csv(Array.from({ length: 40 }, (_, n) => ({ host: `HOST-${n}`, id: n, password: n })));
/** Pages after which the desk writes the log itself; 0 while a thread does. */
const ownPages = ({ db }: Desk): number => Number(db.pragma('wal_autocheckpoint', { simple: true }));

describe('a job of many transactions', () => {
  it('gets a thread for the log when it takes long, and in the end all of it is in the store', async () => {
    const { desk } = await openNewDesk();
    const before = ownPages(desk);
    {
      await using job = beginLongJob(desk);
      await pause(LONG_MS);
      await job.turn();
      expect(ownPages(desk)).toBe(0);
      desk.db.exec("CREATE TABLE written (n INTEGER) STRICT; INSERT INTO written SELECT 1 FROM (WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT i FROM n)");
      await job.turn();
    }
    expect(ownPages(desk)).toBe(before);
    const copy = join(temporaryFolder(), 'store.db');
    copyFileSync(desk.db.name, copy); // without its log
    const db = openDatabase(copy, desk.keys.key1);
    expect(db.prepare('SELECT count(*) AS n FROM written').get()).toEqual({ n: 5000 });
    db.close();
  });

  it('gets it whether it takes files in or takes an import back', async () => {
    const { desk } = await openNewDesk();
    const before = ownPages(desk);
    const importing: number[] = [];
    for await (const { kind } of importKeys(desk, ['/media/keys.csv'], { files: lend(memoryFile('/media/keys.csv', lines)), signal: new AbortController().signal })) {
      if (importing.length === 0) await pause(LONG_MS);
      importing.push(kind === 'done' ? ownPages(desk) : Math.min(ownPages(desk), importing.at(-1) ?? before));
    }
    expect(importing.at(-2)).toBe(0);
    expect(importing.at(-1)).toBe(before);

    await importText(desk, csv([{ host: 'OTHER', id: 99, password: 99 }]), 'other.csv');
    const undoing: number[] = [];
    await undoImport(desk, 1, {
      tell() {
        if (undoing.length === 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LONG_MS);
        undoing.push(ownPages(desk));
      },
    });
    expect(undoing.at(-1)).toBe(0);
    expect(ownPages(desk)).toBe(before);
  });
});
