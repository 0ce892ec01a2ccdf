// The desk of a rehearsal, through its command line and nothing else: what a person with a terminal could do.
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './shell.ts';

const CLI = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'electron', 'cli.ts');
const OPERATOR = 'rehearsal';

export class Desk {
  readonly #common: readonly string[];

  private constructor(common: readonly string[]) {
    this.#common = common;
  }

  /** Makes a new desk with one operator in a folder. */
  static async create(folder: string): Promise<Desk> {
    const passphraseFile = join(folder, 'passphrase');
    await writeFile(passphraseFile, randomBytes(18).toString('base64'), { mode: 0o600 });
    const desk = new Desk(['--desk', join(folder, 'desk'), '--operator', OPERATOR, '--passphrase-file', passphraseFile, '--json']);
    await desk.do('init');
    return desk;
  }

  /** @returns What the command answers. @throws Error with the command's name and the desk's own code; the answer may hold a passcode and is not in it. */
  async do<T>(...command: readonly string[]): Promise<T> {
    const ran = await run(process.execPath, ['--disable-warning=ExperimentalWarning', CLI, ...command, ...this.#common]);
    if (ran.exitCode !== 0) throw new Error(`bluelift ${command[0]} ended with ${ran.exitCode}: ${/"code":"([a-z-]+)"/.exec(ran.stdout)?.[1] ?? 'no code'}`);
    return JSON.parse(ran.stdout) as T; // the shape is the command line's promise; the caller names the part it uses
  }
}
