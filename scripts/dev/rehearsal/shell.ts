// Running a program of this machine to its end.
import { execFile } from 'node:child_process';

export type Ran = { readonly exitCode: number; readonly stdout: string; readonly stderr: string };

/** @returns How it ended; a program that is not there is an error. */
export function run(program: string, args: readonly string[], options: { readonly env?: Readonly<Record<string, string>>; readonly timeoutMs?: number } = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { env: { ...process.env, ...options.env }, timeout: options.timeoutMs ?? 120_000, maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== 'number') reject(error);
      else resolve({ exitCode: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

/** @returns What it printed. @throws Error naming program and exit code, never its arguments: a recovery password may be among them. */
export async function mustRun(program: string, args: readonly string[], options: Parameters<typeof run>[2] = {}): Promise<string> {
  const ran = await run(program, args, options);
  if (ran.exitCode !== 0) throw new Error(`${program} ended with ${ran.exitCode}: ${ran.stderr.trim().slice(0, 400)}`);
  return ran.stdout;
}
