// Running a program of this machine to its end.
import { execFile } from 'node:child_process';

const TIMEOUT_MS = 120_000;

export type Ran = { readonly exitCode: number; readonly stdout: string; readonly stderr: string };

/** Something that should long have ended: a host, a program, a file system that waits for one. */
export class NoEnd extends Error {}

/**
 * @returns How it ended.
 * @throws Error when there is no such program; NoEnd after `timeoutMs` (two minutes), also of a program that can not even be killed, as
 * one that waits for a file system without a server.
 */
export function run(program: string, args: readonly string[], options: { readonly env?: Readonly<Record<string, string>>; readonly timeoutMs?: number } = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, { env: { ...process.env, ...options.env }, maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      clearTimeout(timer);
      if (error !== null && typeof error.code !== 'number') reject(error);
      else resolve({ exitCode: error === null ? 0 : Number(error.code), stdout, stderr });
    });
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new NoEnd(`${program} has not ended after ${(options.timeoutMs ?? TIMEOUT_MS) / 1000} s`));
    }, options.timeoutMs ?? TIMEOUT_MS);
  });
}

/** @returns What it printed. @throws Error naming program and exit code, never its arguments: a recovery password may be among them. */
export async function mustRun(program: string, args: readonly string[], options: Parameters<typeof run>[2] = {}): Promise<string> {
  const ran = await run(program, args, options);
  if (ran.exitCode !== 0) throw new Error(`${program} ended with ${ran.exitCode}: ${ran.stderr.trim().slice(0, 400)}`);
  return ran.stdout;
}
