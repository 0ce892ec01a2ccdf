// One Wine prefix as the host on which the agent is rehearsed: drive C is WinPE's own (its X), the others are folders here.
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, readdir, realpath, rm, symlink, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readOem } from './oem.ts';
import { listMounts, removeFolder } from './mounts.ts';
import { NoEnd, mustRun, run } from './shell.ts';

const SCRIPT = join(dirname(fileURLToPath(import.meta.url)), 'script-host.sh');
/** Ends every question of start.cmd and manual.cmd. */
const PROMPT = ' > ';
/** A whole boot takes 2 to 12 s, ending what is left of it less than one. */
const CONVERSATION_MS = 90_000;
const STOP_MS = 20_000;

/** Where the script host lives: outside the work tree, kept between runs. */
function scriptHostRoot(): string {
  return process.env['BLUELIFT_SCRIPT_HOST'] ?? '/var/tmp/bluelift-script-host';
}

/** What one conversation came to. `screens`: what was printed before each prompt, `last` what came after the last answer. */
export type Conversation = { readonly exitCode: number; readonly screens: readonly string[]; readonly last: string; readonly wholeMs: number };
/** An answer is a line to type, or something to do first (pull the stick) and then perhaps a line. */
export type Answer = string | ((screen: string) => Promise<string | null>);

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
    const work = await realpath(await mkdtemp(join(process.env['BLUELIFT_REHEARSAL_DIR'] ?? tmpdir(), 'bluelift-rehearsal-')));
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
   * @throws Error when it asks more than it is answered: it is ended then. NoEnd when it takes too long: abandon it.
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
        if (error instanceof NoEnd) reject(error); // to be abandoned: what it waits for may never come
        else void this.stop().finally(() => reject(error));
      };
      const timer = setTimeout(() => fail(new NoEnd(`no end after ${screens.length} prompts; on the screen:\n${printed}`)), options.timeoutMs ?? CONVERSATION_MS);
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
    await killProcesses('environ', (environment) => `${environment}\0`.includes(mark));
    await this.stop().catch((error: unknown) => { if (!(error instanceof NoEnd)) throw error; }); // whoever boots it is told
  }

  /** Ends what runs in the prefix. @throws NoEnd when it does not. */
  async stop(): Promise<void> {
    await run(SCRIPT, ['stop', this.#root, this.work], { timeoutMs: STOP_MS });
  }

  /**
   * Gives up a host that hangs: what runs on it and what serves its file systems is killed (whoever waited for those gets an
   * error then), and nothing is mounted from it any more. Its folder stays: something may still hold it.
   */
  async abandon(): Promise<void> {
    await killProcesses('cmdline', (command) => command.includes(`${this.work}/`));
    await this.cutPower();
    for (const mount of (await listMounts(this.work)).toReversed()) await run('umount', ['--lazy', mount], { timeoutMs: STOP_MS });
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

/** SIGKILL to every process of this machine of which a file under /proc says so, all at once. */
async function killProcesses(file: 'environ' | 'cmdline', isMeant: (content: string) => boolean): Promise<void> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const meant = await Promise.all(processes.map(async (pid) => isMeant(await readFile(`/proc/${pid}/${file}`, 'latin1').catch(() => ''))));
  for (const [index, pid] of processes.entries()) {
    if (meant[index] !== true) continue;
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
}
