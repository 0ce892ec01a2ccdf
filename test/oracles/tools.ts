// Runs the tools that judge what was built; none of them is ours.

import { execFileSync, spawnSync } from 'node:child_process';

/** @returns What the tool printed on both streams. Throws with it when the tool did not end with 0. */
export function tool(name: string, ...args: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(name, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`, MTOOLS_SKIP_CHECK: '1' } });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`${name} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return stdout + stderr;
}

/** Cuts the one partition out of an image, holes kept. */
export function cutPartition(image: string, out: string, partitionMib: number): void {
  execFileSync('dd', [`if=${image}`, `of=${out}`, 'bs=1M', 'skip=1', `count=${partitionMib}`, 'conv=sparse', 'status=none']);
}
