import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { asOperator, bluelift, newDesk } from '../support/command-line.ts';
import { constructedPassword } from '../support/constructed-passwords.ts';

it('blocks, unblocks, verifies, opens again and closes one host by its whole name, each act with its reason and by who may', async () => {
  const { folder, first } = await newDesk();
  const names = join(folder, 'down.txt');
  writeFileSync(names, 'DOWN-1\r\nDOWN-10\r\n');
  await bluelift(['import', names, ...first]);
  const act = async (...words: string[]): Promise<unknown> => {
    const run = await bluelift(['hosts', ...words, ...first, '--json']);
    const { state, error } = run.json() as { state?: string; error?: { code: string } }; // our own output
    return [run.code, state ?? error?.code];
  };

  expect(await act('block', 'down-1', '--reason', 'owner-away')).toEqual([0, 'blocked']);
  expect(await act('block', 'DOWN-1', '--reason', 'no-idea')).toEqual([2, 'invalid-input']);
  expect(await act('unblock', 'DOWN-1')).toEqual([0, 'reported']);
  expect(await act('reopen', 'DOWN-1', '--reason', 'not closed')).toEqual([6, 'not-in-this-state']);
  expect(await act('verify', 'DOWN-1', '--evidence', 'seen running at the desk')).toEqual([0, 'verified']);
  expect(await act('reopen', 'DOWN-1')).toEqual([2, 'invalid-input']);
  expect(await act('reopen', 'DOWN-1', '--reason', constructedPassword(1))).toEqual([2, 'invalid-input']);
  expect(await act('reopen', 'DOWN-1', '--reason', 'it was another one')).toEqual([0, 'reported']);
  expect(await act('close', 'DOWN-10', '--as', 'retired', '--reason', 'scrapped')).toEqual([0, 'closed']);
  expect(await act('reopen', 'DOWN', '--reason', 'a part of a name is none')).toEqual([3, 'not-found']);

  await bluelift(['operator', 'add', 'phone', '--role', 'helpdesk', '--new-passphrase-file', join(folder, 'first.passphrase'), ...first]);
  const phone = asOperator(folder, 'phone', 'constructed passphrase');
  expect(await bluelift(['hosts', 'reopen', 'DOWN-10', '--reason', 'found again', ...phone])).toMatchObject({ code: 6 });
  const german = await bluelift(['hosts', 'reopen', 'DOWN-10', '--reason', 'wiedergefunden', '--language', 'de', ...first]);
  expect(german).toMatchObject({ code: 0, out: 'DOWN-10: Gemeldet\n' });
  expect(await bluelift(['audit', 'verify', ...first])).toMatchObject({ code: 0 });
}, 180_000);
