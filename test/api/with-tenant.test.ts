// What is heard of a tenant while something is done with it.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withTenant } from '../../electron/api/with-tenant.ts';
import type { TenantListener } from '../../electron/desk/tenant-sign-in.ts';

const CODE = { userCode: 'CODE', url: 'https://microsoft.com/devicelogin', expiresAt: '2026-12-01T12:00:00.000Z' };
const lost: unknown[] = [];
const note = (reason: unknown): void => void lost.push(reason);
beforeEach(() => { lost.length = 0; process.on('unhandledRejection', note); });
afterEach(() => { process.off('unhandledRejection', note); });

test('what it says is heard while a step takes its time, before what the step gives', async () => {
  let goOn = (): void => undefined;
  const heard: string[] = [];
  for await (const event of withTenant(new AbortController().signal, async function* (listener) {
    listener.onDeviceCode(CODE);
    await new Promise<void>((resolve) => { goOn = resolve; });
    listener.onWait(60_000);
    listener.onWait(60_500); // another request that was under way: the same pause
    listener.onWait(1000); // over before anybody has read of it
    yield { kind: 'done' as const };
  })) {
    heard.push(event.kind);
    goOn();
  }
  expect(heard).toEqual(['device-code', 'waiting', 'done']);
});

test('a failure while something it said is still being taken is no failure of nobody, and passes through', async () => {
  const told: { listener?: TenantListener } = {};
  const events = withTenant(new AbortController().signal, async function* (listener): AsyncGenerator<{ readonly kind: 'step' }, void> {
    told.listener = listener;
    yield { kind: 'step' };
    throw new Error('broke off');
  });
  expect((await events.next()).value).toEqual({ kind: 'step' });
  told.listener?.onDeviceCode(CODE); // before the next step is asked for
  expect((await events.next()).value).toMatchObject({ kind: 'device-code' });
  await sleep(5); // whoever takes it needs a moment; the step has failed by then
  await expect(events.next()).rejects.toThrow('broke off');
  expect(lost).toEqual([]);
});
