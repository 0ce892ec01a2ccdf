// What a command of the command line is: a name, options, and an act against the same API that the window uses.
import type { ParseArgsConfig } from 'node:util';
import type { Api } from '../api/client.ts';
import type { Words } from '../../renderer/messages/words-en.ts';
import type { Sentences } from './sentences.ts';

export type OptionValue = string | boolean | (string | boolean)[] | undefined;

export interface CommandContext {
  readonly api: Api;
  readonly options: Readonly<Record<string, OptionValue>>;
  /** What stands after the command's name and is no option. */
  readonly words: readonly string[];
  readonly say: Sentences;
  /** The words for codes, as the window shows them. */
  readonly codes: Words;
  /** A failure as a sentence. */
  readonly explain: (error: { readonly code: string; readonly facts: Readonly<Record<string, unknown>> }) => string;
  /** A line for people on standard output; silent with --json. */
  readonly print: (line: string) => void;
  /** A line for people on standard error, whatever is printed as JSON; a passing line makes room for it. */
  readonly tell: (line: string) => void;
  /** A passing line on standard error (progress), overwritten by the next; silent without a terminal and with --json. */
  readonly progress: (line: string) => void;
  /** With --json: what is returned is printed. */
  readonly wantsJson: boolean;
  readonly signal: AbortSignal;
  readonly operatorName: string;
  /** The operator's passphrase; secret. Asked for at most once. */
  readonly passphrase: () => Promise<string>;
}

export interface Command {
  /** One or two words: `media build`. */
  readonly name: string;
  readonly usage: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** How many words may follow: [least, most]. */
  readonly words: readonly [number, number];
  /** Whether the vault is opened first. */
  readonly signsIn: boolean;
  /** @returns What `--json` prints, and the exit code when it is not 0. */
  readonly run: (context: CommandContext) => Promise<CommandResult>;
}

export interface CommandResult { readonly json: unknown; readonly exitCode?: number }

/** Exit codes, as the README lists them. */
export const EXIT = {
  done: 0, internal: 1, usage: 2, nothingFound: 3, wrongPassphrase: 4, passphraseFile: 5, notAllowed: 6, unreadableFile: 7, desk: 8, auditBroken: 9, diskOrMedium: 10, notOpened: 11, source: 12, cancelled: 130,
} as const;

export const text = (value: OptionValue): string | undefined => (typeof value === 'string' ? value : undefined);
export const texts = (value: OptionValue): string[] => (Array.isArray(value) ? value.filter((item) => typeof item === 'string') : typeof value === 'string' ? [value] : []);
