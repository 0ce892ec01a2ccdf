// A failure on its way over a wire, the same on every wire.
import { RemoteError } from './client.ts';
import type { WireError } from './contract.ts';

/**
 * @param error What a transport threw: a `RemoteError`; anything else is a bug of the wire itself and says nothing of its insides.
 * @returns What may be sent.
 */
export function toWire(error: unknown): WireError {
  if (!(error instanceof RemoteError)) return { code: 'internal', facts: {} };
  const { code, facts, reference } = error;
  return reference === undefined ? { code, facts } : { code, facts, reference };
}
