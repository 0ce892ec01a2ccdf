// Processor time: on a machine that others use too, the clock measures them.
import { readFileSync } from 'node:fs';

/** Seconds that ended children of this process used, in ticks of 10 ms: fields 16 and 17 of /proc/self/stat. Linux only; 0 elsewhere. */
export function childSeconds(): number {
  if (process.platform !== 'linux') return 0;
  const fields = readFileSync('/proc/self/stat', 'utf8').replace(/^.*\) /, '').split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

/** What one piece of work took, in milliseconds. */
export interface Took { readonly clockMs: number; readonly busyMs: number }

/** Some systems count a thread's time in ticks of 4 ms: a tick that falls into short work is not believed, so `busyMs` is never more than the clock. */
export function timed(work: () => unknown): Took {
  const started = performance.now();
  const before = process.threadCpuUsage();
  work();
  const used = process.threadCpuUsage(before);
  const clockMs = performance.now() - started;
  return { clockMs, busyMs: Math.min(clockMs, (used.user + used.system) / 1000) };
}
