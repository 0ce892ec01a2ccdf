// Who may ask the desk over HTTP at all: this machine, this very address, this start's token.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export type Refusal = 'foreign-host' | 'foreign-origin' | 'wrong-token';

/**
 * Guards against DNS rebinding: a name that points to 127.0.0.1 is still not ours.
 *
 * @param port The port the desk listens on.
 */
export const isOurHost = (host: string | undefined, port: number): boolean => host === `127.0.0.1:${port}` || host === `localhost:${port}`;

/**
 * Says why a request that asks something (not a page file) is refused, or null.
 *
 * A browser always sends Origin with POST; a request without one comes from no browser and still needs the token.
 */
export function refuse(headers: IncomingHttpHeaders, port: number, token: string): Refusal | null {
  return refusePlace(headers, port) ?? (isSameSecret(headers.authorization ?? '', `Bearer ${token}`) ? null : 'wrong-token');
}

/** The same without the token: for whoever comes to get it. */
export function refusePlace(headers: IncomingHttpHeaders, port: number): Refusal | null {
  if (!isOurHost(headers.host, port)) return 'foreign-host';
  const { origin } = headers;
  if (origin !== undefined && origin !== `http://${headers.host}`) return 'foreign-origin';
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return 'foreign-origin';
  return null;
}

/** Takes the same time whatever is given: digests have one length. */
export function isSameSecret(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
