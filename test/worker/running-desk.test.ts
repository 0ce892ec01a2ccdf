import { describe, expect, test } from 'vitest';
import { runDesk, type RunningDesk } from '../../electron/worker/running-desk.ts';
import { startWorkerThread } from '../../electron/worker/worker-thread.ts';

const ENTRY = new URL('./constructed-worker.ts', import.meta.url);
const start = (folder = 'free'): Promise<RunningDesk> => runDesk(startWorkerThread(ENTRY), { folder, runtime: 'browser', demo: false, version: '0' });

describe('a desk in its worker', () => {
  test('answers calls and streams, and ends when it is closed', async () => {
    const desk = await start();
    expect(await desk.transport.call('desk.state', '{"a":1}')).toBe('{"a":1}');
    let last = '';
    for await (const text of desk.transport.stream('numbers', '5000')) last = text;
    expect(last).toBe('4999');
    await desk.close();
    await expect(desk.transport.call('desk.state', '{}')).rejects.toMatchObject({ code: 'desk-unreachable' });
    await desk.close(); // a second time does nothing
  });

  test('that refuses to start says why by its code', async () => {
    await expect(start('used')).rejects.toMatchObject({ name: 'RemoteError', code: 'desk-in-use', facts: { path: 'used' } });
  });

  test('that breaks before it is ready is a failure, not a wait', async () => {
    await expect(start('breaks')).rejects.toMatchObject({ name: 'RemoteError', code: 'internal' });
  });

  test('that breaks later fails what waits, and its host learns of it', async () => {
    const desk = await start();
    const waiting = expect(desk.transport.call('wait', '')).rejects.toMatchObject({ code: 'desk-unreachable' });
    void desk.transport.call('break', '').catch(() => undefined);
    expect(await desk.broken).toBe(1);
    await waiting;
    await desk.close();
  });

  test('that is closed did not break', async () => {
    const desk = await start();
    await desk.close();
    expect(await Promise.race([desk.broken, new Promise((resolve) => { setTimeout(resolve, 50, 'quiet'); })])).toBe('quiet');
  });

  test('that does not end by itself is ended by force', async () => {
    const desk = await start('stuck');
    const startedAt = performance.now();
    await desk.close();
    expect(performance.now() - startedAt).toBeGreaterThan(4500);
    await expect(desk.transport.call('desk.state', '{}')).rejects.toMatchObject({ code: 'desk-unreachable' });
  });
});
