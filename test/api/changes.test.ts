import { expect, it } from 'vitest';
import { createChanges } from '../../electron/api/changes.ts';

it('tells a listener what changed, a burst as one, and ends when the listener goes', async () => {
  const changes = createChanges();
  const abort = new AbortController();
  const heard: string[][] = [];
  const listening = (async () => {
    for await (const { changed } of changes.listen(abort.signal)) heard.push(changed);
  })();
  await new Promise((resolve) => { setTimeout(resolve, 10); });
  changes.tell('hosts');
  await new Promise((resolve) => { setTimeout(resolve, 10); });
  for (let n = 0; n < 1000; n += 1) changes.tell('keys', 'hosts');
  await new Promise((resolve) => { setTimeout(resolve, 400); });
  abort.abort();
  await listening;
  expect(heard).toEqual([['hosts'], ['keys', 'hosts']]);
});
