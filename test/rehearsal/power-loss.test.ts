// The power goes at every step of a repair, on a real locked volume: the whole process tree of Wine is killed, the volume taken away.
import { randomBytes } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatPasscode, makePasscode } from '../../electron/core/media/passcode.ts';
import { FAULTY, FAULTY_FILE, OTHER, OTHER_FILE, listChannelFiles, withOpened } from '../../scripts/dev/rehearsal/locked-volume.ts';
import { Bench, recordsOf } from './host.ts';

let bench: Bench;
beforeAll(async () => { bench = await Bench.start(); }, 300_000);
afterAll(async () => { await bench?.close(); });

const SECOND = 'C-00000291-00000000-00000033.sys';
const CHANNEL_FILES = 'Windows/System32/drivers/CrowdStrike';

/** When: by what is printed, by what stands on the stick, or by what is gone from the host. */
type Moment = { readonly when: string; readonly printed?: string; readonly isAt?: (seen: { readonly results: readonly string[]; readonly onHost: readonly string[] }) => boolean };
const MOMENTS: readonly Moment[] = [
  { when: 'while the keys are derived', printed: 'Trying the passcode' },
  { when: 'while unlocking', printed: 'Unlocking' },
  { when: 'during the dry run', printed: 'Looking for the faulty file' },
  { when: 'when the plan stands on the stick', isAt: ({ results }) => results.some((name) => name.endsWith('.plan')) },
  { when: 'between the removals', isAt: ({ onHost }) => onHost.length > 0 && onHost.filter((name) => name.startsWith('C-00000291')).length === 1 },
  { when: 'between removal and record', isAt: ({ onHost }) => onHost.length > 0 && !onHost.some((name) => name.startsWith('C-00000291')) },
  { when: 'while the record is written', isAt: ({ results }) => results.some((name) => name.endsWith('.tmp') && !name.includes('.plan')) },
  { when: 'when the record has its name', isAt: ({ results }) => results.some((name) => name.endsWith('.txt')) },
];

test.each(MOMENTS)('that goes $when leaves the host no worse and the record true, and the next boot succeeds', async ({ printed, isAt }) => {
  const volume = await bench.volume(1, [FAULTY_FILE, { ...FAULTY_FILE, name: SECOND }, OTHER_FILE]);
  const medium = await bench.medium(volume.protectors, printed === undefined ? {} : { iterations: 1000 }); // time enough for the cut
  const passcode = formatPasscode(medium.passcodes[0] ?? makePasscode((count) => randomBytes(count)));
  const results = join(medium.folder, 'bluelift', 'results');
  const host = join(bench.host.wine.work, 'volume-0', CHANNEL_FILES);
  let isCut = false;
  const cut = async (): Promise<void> => {
    if (isCut) return;
    isCut = true;
    await bench.host.wine.cutPower();
  };
  // One look after the other at each of the two: looks that pile up before a slow disk would hold up all that answers the host.
  const seen = { results: [] as readonly string[], onHost: [] as readonly string[] };
  let isOver = false;
  const watch = async (what: keyof typeof seen, folder: string): Promise<void> => {
    while (isAt !== undefined && !isOver && !isCut) {
      seen[what] = await readdir(folder).catch(() => []); // a locked volume has no such folder
      if (isAt(seen)) await cut();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  };
  const watching = Promise.all([watch('results', results), watch('onHost', host)]);
  const boot = await bench.boot(medium, [volume], [passcode, async () => { await cut(); return null; }], { onPrinted: (text) => { if (printed !== undefined && text.includes(printed)) void cut(); } })
    .finally(() => { isOver = true; });
  await watching;
  expect(isCut).toBe(true);

  // No worse: the other channel file is whole, and every file is there or removed.
  const left = await listChannelFiles(volume);
  expect(left).toContain(OTHER);
  expect(left.every((name) => [OTHER, FAULTY, SECOND].includes(name))).toBe(true);
  expect(await withOpened(volume, (root) => readFile(join(root, CHANNEL_FILES, OTHER), 'latin1'))).toContain(OTHER_FILE.text);
  // True: a record that stands says what is gone, and what is gone without a record stands in a plan.
  const removed = 3 - left.length;
  const before = recordsOf(boot, medium);
  for (const { record } of before) expect(record).toMatchObject({ outcome: 'repaired', removedCount: removed });
  if (before.length === 0 && removed > 0) expect((await readdir(results)).some((name) => name.endsWith('.plan'))).toBe(true);

  const again = await bench.boot(medium, [volume], before.length > 0 ? [''] : [passcode, '']);
  expect(await listChannelFiles(volume)).toEqual([OTHER]);
  const after = recordsOf(again, medium);
  expect(after).toHaveLength(1);
  expect(after[0]).toMatchObject({ proof: 'signed', record: { outcome: 'repaired', removedCount: 2 } });
  expect(after[0]?.record.removed.filter(({ attempt }) => attempt !== null)).toHaveLength(before.length > 0 ? 0 : removed);
  expect((await readdir(results)).filter((name) => name.endsWith('.plan') && before.length === 0)).toEqual([]);
  process.stderr.write(`cut: ${removed} of 2 removed, ${before.length} record on the stick, then repaired\n`);
});
