// `shell.…`: the few calls that the host around the application answers (dialogs, the window), laid over the application's own.
import { RemoteError, type Transport } from './client.ts';

/** What a host can do for its window. Names and shapes are the same in both hosts; renderer/transport.ts asks by them. */
export interface ShellAnswers {
  readonly 'shell.pickFiles': (input: ShellInput) => Promise<readonly { path: string; name: string; sizeBytes: number }[]>;
  readonly 'shell.pickSavePath': (input: ShellInput) => Promise<string | null>;
  readonly 'shell.protectScreen': (input: ShellInput) => Promise<boolean>;
  /** `text` is secret. */
  readonly 'shell.copySecret': (input: ShellInput) => Promise<boolean>;
  readonly 'shell.clearCopied': (input: ShellInput) => Promise<'cleared' | 'not-ours'>;
}

/** Untrusted fields; every answer looks at those it needs. */
export type ShellInput = Readonly<Record<string, unknown>>;

const PREFIX = 'shell.';

/** @returns The transport with `shell.` names answered here; an unknown one is `not-found` and never reaches the application. */
export function withShell(transport: Transport, answers: Partial<ShellAnswers>): Transport {
  return {
    async call(name, body) {
      if (!name.startsWith(PREFIX)) return transport.call(name, body);
      const answer = Object.hasOwn(answers, name) ? answers[name as keyof ShellAnswers] : undefined; // hasOwn just proved the name
      if (answer === undefined) throw new RemoteError({ code: 'not-found', facts: { procedure: name.slice(0, 64) } });
      return JSON.stringify(await answer(readInput(body)));
    },
    stream: (name, body, signal) => transport.stream(name, body, signal),
  };
}

function readInput(body: string): ShellInput {
  try {
    const input: unknown = JSON.parse(body);
    if (typeof input === 'object' && input !== null) return input as ShellInput; // fields are looked at one by one
  } catch {
    // falls through to the refusal
  }
  throw new RemoteError({ code: 'invalid-input', facts: { fields: ['.: no object'] } });
}
