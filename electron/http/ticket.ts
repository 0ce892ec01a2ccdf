// A ticket opens the page once. The token of this start never stands on a command line: every user of the machine can read those.
import { randomBytes } from 'node:crypto';
import { isSameSecret } from './request-guard.ts';

export interface Ticket {
  /** Secret until it is redeemed; goes into the address a browser is started with. */
  readonly text: string;
  /** @returns The token, once; null ever after, for another ticket, and when it is too late. */
  redeem(text: string): string | null;
}

const TICKET_BYTES = 24;
/** A browser that starts cold on a slow machine is there by then. */
const VALID_MS = 2 * 60 * 1000;

export function issueTicket(token: string, clock: () => number = Date.now): Ticket {
  const text = randomBytes(TICKET_BYTES).toString('base64url');
  const until = clock() + VALID_MS;
  let isOpen = true;
  return {
    text,
    redeem(given) {
      if (!isOpen || clock() > until || !isSameSecret(given, text)) return null;
      isOpen = false;
      return token;
    },
  };
}
