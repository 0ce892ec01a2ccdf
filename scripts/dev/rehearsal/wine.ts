// One Wine prefix as the host on which the agent is rehearsed: drive C is WinPE's own (its X), the others are folders here.
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, realpath, rm, symlink, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readOem } from './oem.ts';
import { mustRun, run } from './shell.ts';

const SCRIPT = join(dirname(fileURLToPath(import.meta.url)), 'script-host.sh');
/** Ends every question of start.cmd and manual.cmd. */
const PROMPT = ' > ';

/** Where the script host lives: outside the work tree, kept between runs. */
function scriptHostRoot(): string {
  return process.env['BLUELIFT_SCRIPT_HOST'] ?? '/var/tmp/bluelift-script-host';
}

/** What one conversation came to. `screens`: what was printed before each prompt, `last` what came after the last answer. */
export type Conversation = { readonly exitCode: number; readonly screens: readonly string[]; readonly last: string; readonly wholeMs: number };
/** An answer is a line to type, or something to do first (pull the stick) and then perhaps a line. */
export type Answer = string | ((screen: string) => Promise<string | null>);

/** Removes a folder of the rehearsal, never through a mount. @throws Error naming it when something is mounted in it. */
export async function removeFolder(folder: string): Promise<void> {
  const real = await realpath(folder);
  const mounts = (await readFile('/proc/self/mountinfo', 'utf8')).split('\n').map((line) => line.split(' ')[4] ?? '');
  if (mounts.some((mount) => mount === real || mount.startsWith(`${real}/`))) throw new Error(`${real} is left as it is: something is still mounted in it`);
  await rm(real, { recursive: true, force: true });
}

export class Wine {
  readonly work: string;
  readonly driveC: string;
  readonly #root: string;

  private constructor(root: string, work: string) {
    this.#root = root;
    this.work = work;
    this.driveC = join(work, 'prefix', 'drive_c');
  }

  /** Sets the script host up if it is missing, makes a prefix (5 to 12 s) and takes every drive but C away. */
  static async start(): Promise<Wine> {
    const root = scriptHostRoot();
    await mustRun(SCRIPT, ['setup', root], { timeoutMs: 600_000 });
    const work = await mkdtemp(join(process.env['BLUELIFT_REHEARSAL_DIR'] ?? tmpdir(), 'bluelift-rehearsal-'));
    await mustRun(SCRIPT, ['enter', root, work]);
    const wine = new Wine(root, work);
    await wine.run(['cmd', '/c', 'exit 0']);
    await unlink(join(work, 'prefix', 'dosdevices', 'z:'));
    return wine;
  }

  /** Puts a drive letter onto a folder, made if it is missing. */
  async setDrive(letter: string, folder: string): Promise<void> {
    await mkdir(folder, { recursive: true });
    const link = join(this.work, 'prefix', 'dosdevices', `${letter.toLowerCase()}:`);
    await rm(link, { force: true });
    await symlink(folder, link);
  }

  async clearDrive(letter: string): Promise<void> {
    await rm(join(this.work, 'prefix', 'dosdevices', `${letter.toLowerCase()}:`), { force: true });
  }

  /** Runs a command to its end without anybody to ask. */
  async run(command: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<{ readonly exitCode: number; readonly stdout: string }> {
    const ran = await run(SCRIPT, ['run', this.#root, this.work, ...command], { env });
    return { exitCode: ran.exitCode, stdout: ran.stdout };
  }

  /**
   * Runs a command as a person at the console would: waits for each prompt and types the next answer. Lines are given one at
   * a time, because a prompt of Wine's takes all that is in the pipe.
   *
   * @throws Error when it asks more than it is answered, or takes too long. It is ended then.
   */
  converse(command: readonly string[], answers: readonly Answer[], options: { readonly env?: Readonly<Record<string, string>>; readonly timeoutMs?: number; readonly onPrinted?: (text: string) => void } = {}): Promise<Conversation> {
    const started = performance.now();
    const child = spawn(SCRIPT, ['run', this.#root, this.work, ...command], { env: { ...process.env, ...options.env }, stdio: ['pipe', 'pipe', 'ignore'] });
    const screens: string[] = [];
    let printed = '';
    let next = 0;
    let isAnswering = false;
    let hasFailed = false;
    return new Promise((resolve, reject) => {
      const fail = (error: Error): void => {
        hasFailed = true;
        clearTimeout(timer);
        child.kill('SIGKILL');
        void run(SCRIPT, ['stop', this.#root, this.work]).finally(() => reject(error));
      };
      const timer = setTimeout(() => fail(new Error(`no end after ${screens.length} prompts; on the screen:\n${printed}`)), options.timeoutMs ?? 90_000);
      const answer = async (): Promise<void> => {
        const screen = printed;
        const given = answers[next++];
        if (given === undefined) return fail(new Error(`asked more than answered, on the screen:\n${screen}`));
        screens.push(screen.slice(0, -PROMPT.length));
        printed = '';
        const line = typeof given === 'string' ? given : await given(screen);
        isAnswering = false;
        if (line !== null) child.stdin.write(`${line}\r\n`);
      };
      child.stdin.on('error', () => {});
      child.stdout.on('data', (bytes: Buffer) => {
        const text = readOem(bytes);
        printed += text;
        options.onPrinted?.(text);
        if (isAnswering || !printed.endsWith(PROMPT)) return;
        isAnswering = true;
        answer().catch(fail);
      });
      child.on('close', (code) => {
        clearTimeout(timer);
        // A failed one is ended by force and closes too, sooner than it is cleared away.
        if (!hasFailed) resolve({ exitCode: code ?? -1, screens, last: printed, wholeMs: performance.now() - started });
      });
    });
  }

  /** Cuts the power: SIGKILL to every process of this prefix at once, without asking the server first. */
  async cutPower(): Promise<void> {
    const mark = `WINEPREFIX=${join(this.work, 'prefix')}\0`;
    for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
      const environment = await readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '');
      if (!`${environment}\0`.includes(mark)) continue;
      try {
        process.kill(Number(pid), 'SIGKILL');
      } catch {
        // It has ended meanwhile.
      }
    }
    await this.stop();
  }

  async stop(): Promise<void> {
    await run(SCRIPT, ['stop', this.#root, this.work]);
  }

  /**
   * Ends everything in the prefix and removes its folder.
   *
   * @throws Error when something is still mounted under it: what is mounted would be deleted too, so the folder stays.
   */
  async close(): Promise<void> {
    await this.stop();
    await mustRun(SCRIPT, ['leave', this.#root, this.work]);
    await removeFolder(this.work);
  }
}
