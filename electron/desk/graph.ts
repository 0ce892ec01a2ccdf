// Microsoft Graph: pages that follow each other, and a server that says when it wants to be left alone.
import { AppError } from '../core/app-error.ts';
import type { GraphObject } from '../core/sources/tenant-source.ts';

export type Fetch = typeof fetch;

export interface GraphOptions {
  readonly fetch: Fetch;
  /** A valid token each time; secret. */
  readonly token: () => Promise<string>;
  readonly sleep: (ms: number) => Promise<void>;
  readonly signal: AbortSignal;
}

export const GRAPH = 'https://graph.microsoft.com';
const TRIES = 8;
/** When the server does not say how long. */
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 5 * 60 * 1000;
const ANSWER_MS = 100_000;
/** A name and version of the caller are asked for with BitLocker keys (Graph, "Get bitlockerRecoveryKey"). */
const CALLER = { 'ocp-client-name': 'Bluelift', 'ocp-client-version': '1.0' };

/** What a POST came to: `not-allowed` for want of a right, `gone` when there is no such object, `refused` with the service's code when it will not do it for this object. */
export type Posted = { readonly status: 'accepted' | 'not-allowed' | 'gone' } | { readonly status: 'refused'; readonly why: string };

export interface Graph {
  /** @param rights Named when they are missing. @returns Page by page. AppError `source-rights-missing`, `source-failed`. */
  pages(path: string, rights: string): AsyncGenerator<readonly GraphObject[]>;
  /** @returns The object, or the status that stands in its way. AppError `source-failed`. */
  get(path: string): Promise<{ readonly status: 'ok'; readonly object: GraphObject } | { readonly status: 'not-allowed' | 'gone' }>;
  /** Asks for an act without a body. Asked again only when the service said to wait (429) or did not take it (503): what it may have taken is not asked twice. AppError `source-failed`. */
  post(path: string): Promise<Posted>;
}

/** @returns Microsoft Graph, page by page. AppError `source-failed`, `source-rights-missing`; ends with the signal. */
export function openGraph({ fetch, token, sleep, signal }: GraphOptions): Graph {
  /** Waits as told on 429 and 503, a little longer each time where nothing was said. */
  async function ask(url: string, method: 'GET' | 'POST' = 'GET'): Promise<Response> {
    for (let attempt = 1; ; attempt += 1) {
      signal.throwIfAborted();
      let response: Response | null = null;
      let why = 'no-answer';
      try {
        response = await fetch(url, { method, headers: { ...CALLER, accept: 'application/json', authorization: `Bearer ${await token()}` }, signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]), redirect: 'error' });
      } catch (cause) {
        signal.throwIfAborted();
        if (cause instanceof AppError) throw cause;
        why = errnoOf(cause);
        if (method === 'POST' && why !== 'ECONNREFUSED') throw new AppError('source-failed', { why });
      }
      if (response !== null && response.status !== 429 && (response.status < 500 || (method === 'POST' && response.status !== 503))) return response;
      if (response !== null) why = `http-${response.status}`;
      const told = response === null ? null : waitTold(response);
      await response?.body?.cancel();
      if (attempt >= TRIES) throw new AppError('source-failed', { why });
      await sleep(Math.min(LONGEST_WAIT_MS, told ?? FIRST_WAIT_MS * 2 ** (attempt - 1)));
    }
  }

  async function bodyOf(response: Response): Promise<GraphObject> {
    const body: unknown = await response.json().catch(() => null);
    if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new AppError('source-failed', { why: 'not-json' });
    return body as GraphObject; // fields are looked at one by one
  }

  return {
    async *pages(path, rights) {
      const seen = new Set<string>();
      for (let url: string | null = `${GRAPH}${path}`; url !== null;) {
        // The token goes where the link leads.
        if (!url.startsWith(`${GRAPH}/`) || seen.has(url)) throw new AppError('source-failed', { why: 'wrong-next-page' });
        seen.add(url);
        const response = await ask(url);
        if (response.status === 401 || response.status === 403) throw new AppError('source-rights-missing', { rights });
        if (!response.ok) throw new AppError('source-failed', { why: `http-${response.status}` });
        const body = await bodyOf(response);
        const value = body['value'];
        if (!Array.isArray(value)) throw new AppError('source-failed', { why: 'no-list' });
        yield value.filter((one): one is GraphObject => typeof one === 'object' && one !== null && !Array.isArray(one));
        const next = body['@odata.nextLink'];
        url = typeof next === 'string' ? next : null;
      }
    },
    async post(path) {
      const response = await ask(`${GRAPH}${path}`, 'POST');
      if (response.ok) {
        await response.body?.cancel();
        return { status: 'accepted' };
      }
      if (response.status === 401 || response.status === 403) return { status: 'not-allowed' };
      if (response.status === 404) return { status: 'gone' };
      const body: unknown = await response.json().catch(() => null);
      const error = typeof body === 'object' && body !== null && 'error' in body ? (body.error as { code?: unknown } | null) : null; // a code is looked for, and nothing else
      return { status: 'refused', why: typeof error?.code === 'string' && /^[\w.-]{1,60}$/.test(error.code) ? error.code : `http-${response.status}` };
    },
    async get(path) {
      const response = await ask(`${GRAPH}${path}`);
      if (response.status === 401 || response.status === 403) return { status: 'not-allowed' };
      if (response.status === 404) return { status: 'gone' };
      if (!response.ok) throw new AppError('source-failed', { why: `http-${response.status}` });
      const body = await bodyOf(response);
      const inner = body['value']; // the documentation shows the object wrapped, the service gives it flat
      return { status: 'ok', object: typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? (inner as GraphObject) : body };
    },
  };
}

/** `Retry-After` in seconds, or as a date. @returns Milliseconds; null when nothing was said. */
function waitTold(response: Response): number | null {
  const told = response.headers.get('retry-after');
  if (told === null) return null;
  if (/^\d{1,6}$/.test(told)) return Number(told) * 1000;
  const at = Date.parse(told);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}

function errnoOf(cause: unknown): string {
  const inner: unknown = cause instanceof Error ? (cause.cause ?? cause) : cause;
  return inner instanceof Error && 'code' in inner && typeof inner.code === 'string' ? inner.code : 'no-answer';
}
