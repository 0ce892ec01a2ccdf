// What a tenant has to say to whoever waits for it, beside what is done with it: the code to sign in with, and until when it wants to be left alone.
import type { DeviceCode, TenantListener } from '../desk/tenant-sign-in.ts';

type Said = ({ readonly kind: 'device-code' } & DeviceCode) | { readonly kind: 'waiting'; readonly until: string };

/** A shorter pause is over before anybody has read of it. */
const WORTH_SAYING_MS = 5000;
/** Of requests that are under way together each is told to wait: that is one pause. */
const SAME_PAUSE_MS = 2000;

/**
 * @param job  Signs in and does what is to be done. Whoever goes away waits until it has ended in its own way, so its signal has to end it. What it throws passes through.
 * @returns What the job says, and at once what the tenant says, however long a step takes.
 */
export async function* withTenant<Step>(signal: AbortSignal, job: (listener: TenantListener) => AsyncGenerator<Step, void>): AsyncGenerator<Step | Said, void> {
  const said: Said[] = [];
  let ring = (): void => undefined;
  let untilMs = 0;
  const say = (something: Said): void => {
    said.push(something);
    ring();
  };
  const steps = job({
    signal,
    onDeviceCode: (code) => say({ kind: 'device-code', ...code }),
    onWait(ms) {
      const until = Date.now() + ms;
      if (ms < WORTH_SAYING_MS || until < untilMs + SAME_PAUSE_MS) return;
      untilMs = until;
      say({ kind: 'waiting', until: new Date(until).toISOString() });
    },
  });
  try {
    for (let next = steps.next(); ;) {
      next.catch(() => undefined); // it may fail while what was said before is taken; it is awaited all the same
      const rung = new Promise<null>((resolve) => { ring = () => resolve(null); });
      const step = said.length > 0 ? null : await Promise.race([next, rung]);
      for (let one = said.shift(); one !== undefined; one = said.shift()) yield one;
      if (step === null) continue;
      if (step.done === true) return;
      yield step.value;
      next = steps.next();
    }
  } finally {
    await steps.return();
  }
}
