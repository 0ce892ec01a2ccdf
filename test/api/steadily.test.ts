import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { steadily } from '../../electron/api/steadily.ts';

const never = (): AbortSignal => new AbortController().signal;

describe('a slow job', () => {
  it('is told of again and again while one of its steps does not end, and ends with what it returns', async () => {
    let answer = (): void => undefined;
    async function* job(): AsyncGenerator<number, string> {
      yield 1;
      await new Promise<void>((resolve) => { answer = resolve; });
      return 'over';
    }
    const told = steadily(job(), 0, never(), 1);
    const heard: number[] = [];
    let step = await told.next();
    for (; step.done !== true; step = await told.next()) {
      heard.push(step.value);
      if (heard.filter((value) => value === 1).length === 3) answer();
    }
    expect(step.value).toBe('over');
    expect(heard[0]).toBe(0);
    expect(heard.slice(-3)).toEqual([1, 1, 1]);
  });

  it('of many quick steps is told of as seldom as was asked', async () => {
    async function* job(): AsyncGenerator<number, void> { for (let n = 1; n < 1000; n += 1) yield n; }
    const heard: number[] = [];
    for await (const value of steadily(job(), 0, never(), 3_600_000)) heard.push(value);
    expect(heard).toEqual([0]);
  });

  it('is left as soon as it is cancelled, even in a step that never ends; once that ends, the job tidies up', async () => {
    let answer = (): void => undefined;
    let tidied = false;
    async function* job(): AsyncGenerator<number, void> {
      try {
        await new Promise<void>((resolve) => { answer = resolve; });
        yield 1;
      } finally {
        tidied = true;
      }
    }
    const stop = new AbortController();
    const told = steadily(job(), 0, stop.signal, 3_600_000);
    await told.next();
    const waiting = told.next();
    stop.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    expect(tidied).toBe(false);
    answer();
    while (!tidied) await nextTurn();
  });

  it('that nobody listens to any more tidies up, and what it throws is thrown', async () => {
    let tidied = false;
    async function* job(): AsyncGenerator<number, void> {
      try { for (let n = 0; ; n += 1) yield n; } finally { tidied = true; }
    }
    for await (const value of steadily(job(), 0, never(), 0)) if (value > 3) break;
    while (!tidied) await nextTurn();
    async function* failing(): AsyncGenerator<number, void> { yield 1; throw new Error('the disk burnt'); }
    await expect((async () => { for await (const _ of steadily(failing(), 0, never(), 0)); })()).rejects.toThrow('the disk burnt');
  });
});
