// Questions on a terminal. A passphrase is never shown, never an argument, never in the environment.
import { readFileSync } from 'node:fs';
import { AppError } from '../core/app-error.ts';
import { decodePlain } from '../formats/intake/plain-text.ts';

/** Bound on a passphrase file: it holds one line. */
const LONGEST_FILE = 4096;

/**
 * Reads the first line of a passphrase file: UTF-8, or UTF-16 as Windows PowerShell's `>` writes it. Taken for anything else it would be a wrong passphrase, and count as one.
 *
 * @returns Secret. AppError `passphrase-file` when it is not there, not readable, too long or empty.
 */
export function readPassphraseFile(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new AppError('passphrase-file', { path }, { cause });
  }
  const line = bytes.length > LONGEST_FILE ? '' : ((decodePlain(bytes)?.text ?? bytes.toString('utf8')).replace(/^\ufeff/, '').split(/\r?\n/)[0] ?? '');
  if (line === '') throw new AppError('passphrase-file', { path });
  return line;
}

/** Asks without echo. AppError `no-terminal` when nobody can answer, `cancelled` on Ctrl+C. */
export async function askPassphrase(question: string): Promise<string> {
  const { stdin, stderr } = process;
  if (!stdin.isTTY || !stderr.isTTY) throw new AppError('no-terminal');
  stderr.write(question);
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  stdin.resume();
  try {
    return await new Promise<string>((resolve, reject) => {
      let typed = '';
      const onData = (chunk: string): void => {
        for (const character of chunk) {
          if (character === '\u0003') return finish(() => reject(new AppError('cancelled')));
          if (character === '\r' || character === '\n' || character === '\u0004') return finish(() => resolve(typed));
          typed = character === '\u007f' || character === '\b' ? Array.from(typed).slice(0, -1).join('') : typed + character;
        }
      };
      const finish = (end: () => void): void => {
        stdin.off('data', onData);
        end();
      };
      stdin.on('data', onData);
    });
  } finally {
    stdin.setRawMode(false);
    stdin.pause();
    stderr.write('\n');
  }
}
