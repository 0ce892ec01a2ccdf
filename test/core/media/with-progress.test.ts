import { expect, test } from 'vitest';
import { withProgress } from '../../../electron/core/media/with-progress.ts';

const turn = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve); });

test('a slow listener hears the latest word and the result', async () => {
  const stream = withProgress(async (tell: (n: number) => void) => {
    for (let n = 1; n <= 5; n += 1) tell(n);
    await turn();
    tell(6);
    return 'done';
  }, () => { throw new Error('nobody left'); });
  expect(await stream.next()).toEqual({ done: false, value: 5 });
  await turn();
  await turn();
  expect(await stream.next()).toEqual({ done: false, value: 6 });
  expect(await stream.next()).toEqual({ done: true, value: 'done' });
});

test('a failure reaches the listener after the progress', async () => {
  const stream = withProgress(async (tell: (n: number) => void) => {
    tell(1);
    throw new Error('broken');
  }, () => {});
  expect((await stream.next()).value).toBe(1);
  await expect(stream.next()).rejects.toThrow('broken');
});

test('the work is stopped, and waited for, when the listener leaves', async () => {
  let stopped = false;
  let ended = false;
  const stream = withProgress(async (tell: (n: number) => void) => {
    tell(1);
    while (!stopped) await turn();
    await turn();
    ended = true;
    throw new Error('cancelled');
  }, () => { stopped = true; });
  await stream.next();
  await stream.return(undefined as never);
  expect([stopped, ended]).toEqual([true, true]);
});
