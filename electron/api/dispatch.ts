// One dispatcher for every transport: name known, input parsed, role checked, handler called, failure turned into a code.
import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { AppError, type ErrorFacts } from '../core/app-error.ts';
import type { Role } from '../core/codes.ts';
import { contract, type CallName, type Output, type Parsed, type ProcedureName, type StreamName, type WireError } from './contract.ts';
import { findStoreError } from '../store/database.ts';
import { mayCall } from './roles.ts';

export type Handlers = {
  readonly [K in CallName]: (input: Parsed<K>) => Output<K> | Promise<Output<K>>;
} & {
  readonly [K in StreamName]: (input: Parsed<K>, signal: AbortSignal) => AsyncIterable<Output<K>>;
};

export interface Dispatcher {
  kindOf(name: string): 'call' | 'stream' | null;
  /** @returns What the handler answers. Throws what `toWireError` understands. */
  call(name: string, input: unknown): Promise<unknown>;
  stream(name: string, input: unknown, signal: AbortSignal): AsyncIterable<unknown>;
  toWireError(error: unknown): WireError;
}

export interface DispatcherOptions {
  readonly handlers: Handlers;
  /** Roles of the signed-in operator, null when nobody is. Asked anew for every call. */
  readonly roles: () => readonly Role[] | null;
  /** Told of every role that did not suffice, so that it can be audited. */
  readonly onDenied?: (procedure: ProcedureName) => void;
  /** Gets every failure that is a bug, with the reference number shown to the person. */
  readonly onBug?: (reference: string, error: unknown) => void;
}

/** Wrong fields of one input that are named: of a list of 200,000 names, somebody reads the first. */
const MOST_NAMED = 8;

/**
 * @returns A dispatcher that never lets an unknown name, a wrong input or a missing role reach a handler.
 *          Failures: `not-found` (name), `invalid-input` with the paths of the wrong fields (never their values),
 *          `not-signed-in`, `not-allowed`, whatever the handler throws, and `internal` with a reference for everything else.
 */
export function createDispatcher({ handlers, roles, onDenied, onBug }: DispatcherOptions): Dispatcher {
  const known = (name: string): name is ProcedureName => Object.hasOwn(contract, name);

  function admit(name: string, kind: 'call' | 'stream', input: unknown): { procedure: ProcedureName; parsed: unknown } {
    if (!known(name) || contract[name].kind !== kind) throw new AppError('not-found', { procedure: String(name).slice(0, 64) });
    const held = roles();
    if (!mayCall(name, held)) {
      if (held === null) throw new AppError('not-signed-in', { procedure: name });
      onDenied?.(name);
      throw new AppError('not-allowed', { procedure: name });
    }
    const result = contract[name].input.safeParse(input ?? {});
    if (!result.success) throw new AppError('invalid-input', { procedure: name, fields: result.error.issues.slice(0, MOST_NAMED).map((issue) => `${issue.path.join('.') || '.'}: ${whatIsWrong(issue)}`) });
    return { procedure: name, parsed: result.data };
  }

  return {
    kindOf: (name) => (known(name) ? contract[name].kind : null),
    async call(name, input) {
      const { procedure, parsed } = admit(name, 'call', input);
      const handler = handlers[procedure] as (input: unknown) => unknown; // admit() parsed the input with this very procedure's schema
      return handler(parsed);
    },
    async *stream(name, input, signal) {
      const { procedure, parsed } = admit(name, 'stream', input);
      const handler = handlers[procedure] as (input: unknown, signal: AbortSignal) => AsyncIterable<unknown>; // as above
      yield* handler(parsed, signal);
    },
    toWireError(error) {
      const known = error instanceof AppError ? error : findStoreError(error);
      if (known !== null && known.code !== 'internal') return { code: known.code, facts: known.facts satisfies ErrorFacts };
      const reference = randomBytes(4).toString('hex').toUpperCase();
      onBug?.(reference, error);
      return { code: 'internal', facts: {}, reference };
    },
  };
}

/** A code, with the length that is asked for where one is; never a value. */
function whatIsWrong(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom') return issue.message;
  return issue.code === 'too_small' && issue.origin === 'string' && issue.minimum > 1 ? `too_small: ${issue.minimum}` : issue.code;
}
