// Microsoft Graph: pages that follow each other, and a server that says when it wants to be left alone.
import { AppError } from '../core/app-error.ts';
import type { GraphObject } from '../core/sources/tenant-source.ts';

export type Fetch = typeof fetch;

export interface GraphOptions {
  readonly fetch: Fetch;
  /** Where Graph of this cloud begins: `https://graph.microsoft.com`. */
  readonly root: string;
  /** A valid token each time, a new one when the last was not taken; secret. */
  readonly token: (wasRefused: boolean) => Promise<string>;
  readonly sleep: (ms: number) => Promise<void>;
  readonly signal: AbortSignal;
}

const TRIES = 8;
/** When the server does not say how long. */
const FIRST_WAIT_MS = 1000;
/** So long a tenant is left alone at a time: meanwhile other imports of the desk wait for this one. Whoever says more is taken at their word, too: all ends there. */
const LONGEST_WAIT_MS = 30 * 60 * 1000;
const MINUTE_MS = 60 * 1000;
const ANSWER_MS = 100_000;
/** Pages in a row with nothing new on them: the service has empty ones among others, but not so many. */
const MOST_IDLE_PAGES = 50;
/** A name and version of the caller are asked for with BitLocker keys (Graph, "Get bitlockerRecoveryKey"). */
const CALLER = { 'ocp-client-name': 'Bluelift', 'ocp-client-version': '1.0' };

/** What a POST came to: `not-allowed` for want of a right, `gone` when there is no such object, `refused` with the service's code when it will not do it for this object. */
export type Posted = { readonly status: 'accepted' | 'not-allowed' | 'gone' } | { readonly status: 'refused'; readonly why: string };

export interface Graph {
  /** @param rights Named when they are missing. @returns Page by page. AppError `source-rights-missing`, `source-refused-sign-in` when no token is taken any more, `source-failed`. */
  pages(path: string, rights: string): AsyncGenerator<readonly GraphObject[]>;
  /** @returns The object, or the status that stands in its way. AppError `source-refused-sign-in`, `source-failed`. */
  get(path: string): Promise<{ readonly status: 'ok'; readonly object: GraphObject } | { readonly status: 'not-allowed' | 'gone' }>;
  /** Asks for an act without a body. Asked again only when the service said to wait (429) or did not take it (503): what it may have taken is not asked twice. AppError `source-failed`. */
  post(path: string): Promise<Posted>;
}

/** @returns Microsoft Graph, page by page. AppError `source-failed` (with `until` where it wants to be left alone for longer than LONGEST_WAIT_MS), `source-rights-missing`; ends with the signal. */
export function openGraph({ fetch, root, token, sleep, signal }: GraphOptions): Graph {
  /**
   * Waits as told on 429 and 503, a little longer each time where nothing was said; asks once more with a new token when one is not taken (401).
   * What breaks off before its end is asked again.
   */
  async function ask(url: string, method: 'GET' | 'POST' = 'GET'): Promise<Answer> {
    let wasRefused = false;
    for (let attempt = 1; ; attempt += 1) {
      signal.throwIfAborted();
      let answer: Answer | null = null;
      let why = 'no-answer';
      try {
        const response = await fetch(url, { method, headers: { ...CALLER, accept: 'application/json', authorization: `Bearer ${await token(wasRefused)}` }, signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]), redirect: 'manual' });
        answer = { status: response.status, ok: response.ok, told: waitTold(response), isJson: /json/i.test(response.headers.get('content-type') ?? ''), text: await textOf(response, method) };
      } catch (cause) {
        signal.throwIfAborted();
        if (cause instanceof AppError) throw cause;
        why = errnoOf(cause);
        if (method === 'POST' && why !== 'ECONNREFUSED') throw new AppError('source-failed', { why });
      }
      if (answer?.status === 401 && !wasRefused) {
        wasRefused = true;
        continue;
      }
      // Graph says in JSON what it refuses: a page of a proxy in its place is no missing right and no key that is gone.
      if (answer !== null && isForeign(answer)) throw new AppError('source-failed', { why: 'not-json' });
      const isCut = method === 'GET' && answer?.ok === true && answer.isJson && parsed(answer.text) === null;
      if (answer !== null && !isCut && answer.status !== 429 && (answer.status < 500 || (method === 'POST' && answer.status !== 503))) return answer;
      if (answer !== null) why = isCut ? 'not-json' : `http-${answer.status}`;
      if (attempt >= TRIES) throw new AppError('source-failed', { why });
      await sleep(pauseAfter(attempt, answer?.told ?? null));
    }
  }

  function bodyOf({ status, ok, text }: Answer): GraphObject {
    if (status === 401) throw new AppError('source-refused-sign-in', { why: 'not-taken' });
    if (!ok) throw new AppError('source-failed', { why: `http-${status}` });
    const body = parsed(text);
    if (body === null) throw new AppError('source-failed', { why: 'not-json' });
    return body;
  }

  return {
    async *pages(path, rights) {
      const seen = new Set<string>();
      const given = new Set<string>();
      let idle = 0;
      for (let url: string | null = `${root}${path}`; url !== null;) {
        // The token goes where the link leads.
        if (!url.startsWith(`${root}/`) || seen.has(url)) throw new AppError('source-failed', { why: 'wrong-next-page' });
        seen.add(url);
        const answer = await ask(url);
        if (answer.status === 403) throw new AppError('source-rights-missing', { rights });
        const body = bodyOf(answer);
        const value = body['value'];
        if (!Array.isArray(value)) throw new AppError('source-failed', { why: 'not-json' });
        const page = value.filter((one): one is GraphObject => typeof one === 'object' && one !== null && !Array.isArray(one));
        yield page;
        const before = given.size;
        for (const { id, deviceId } of page) given.add(`${String(id)} ${String(deviceId)}`);
        idle = given.size > before ? 0 : idle + 1;
        if (idle > MOST_IDLE_PAGES) throw new AppError('source-failed', { why: 'endless-pages' });
        const next = body['@odata.nextLink'];
        url = typeof next === 'string' ? next : null;
      }
    },
    async post(path) {
      const { ok, status, text } = await ask(`${root}${path}`, 'POST');
      if (ok) return { status: 'accepted' };
      if (status === 401 || status === 403) return { status: 'not-allowed' };
      if (status === 404) return { status: 'gone' };
      const error = parsed(text)?.['error'] as { code?: unknown } | null | undefined; // a code is looked for, and nothing else
      return { status: 'refused', why: typeof error?.code === 'string' && /^[\w.-]{1,60}$/.test(error.code) ? error.code : `http-${status}` };
    },
    async get(path) {
      const answer = await ask(`${root}${path}`);
      if (answer.status === 403) return { status: 'not-allowed' };
      if (answer.status === 404) return { status: 'gone' };
      const body = bodyOf(answer);
      const inner = body['value']; // the documentation shows the object wrapped, the service gives it flat
      return { status: 'ok', object: typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? (inner as GraphObject) : body };
    },
  };
}

const isForeign = ({ status, isJson, text }: Answer): boolean => (status >= 300 && status < 400) || (status >= 400 && status < 500 && status !== 429 && !isJson && text !== '');

/** `text` may be secret: it holds a recovery password. */
interface Answer { readonly status: number; readonly ok: boolean; readonly told: number | null; readonly isJson: boolean; readonly text: string }

/** What a POST was answered with beside its status only says why; without it the act is done or not all the same. */
const textOf = (response: Response, method: 'GET' | 'POST'): Promise<string> => (method === 'GET' ? response.text() : response.text().catch(() => ''));

/** @returns The object; null when the text is none. */
function parsed(text: string): GraphObject | null {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as GraphObject) : null; // fields are looked at one by one
  } catch {
    return null; // its cause would quote the text
  }
}

/** A full minute, and none too early: it is shown without seconds. */
const leftAlone = (waitMs: number): AppError => new AppError('source-failed', { why: 'left-alone', until: new Date(Math.min(LATEST, Math.ceil((Date.now() + waitMs) / MINUTE_MS) * MINUTE_MS)).toISOString() });
/** The last minute of the year 9999: what is said may be anything. */
const LATEST = Date.UTC(9999, 11, 31, 23, 59);

/** @param attempt Counted from 1. @param told In milliseconds; null: nothing was said. @returns Milliseconds. AppError `source-failed` with `until` where it is longer than anybody waits. */
export function pauseAfter(attempt: number, told: number | null): number {
  const waitMs = told ?? FIRST_WAIT_MS * 2 ** (attempt - 1);
  if (waitMs > LONGEST_WAIT_MS) throw leftAlone(waitMs);
  return waitMs;
}

/** `Retry-After` in seconds, or as a date. @returns Milliseconds; null when nothing was said. */
export function waitTold(response: Response): number | null {
  const told = response.headers.get('retry-after');
  if (told === null) return null;
  if (/^\d+$/.test(told)) return Number(told) * 1000;
  const at = Date.parse(told);
  return Number.isNaN(at) ? null : Math.max(0, at - Date.now());
}

/** @returns The errno of a request that got no answer; `no-answer` where there is none. */
export function errnoOf(cause: unknown): string {
  const inner: unknown = cause instanceof Error ? (cause.cause ?? cause) : cause;
  return inner instanceof Error && 'code' in inner && typeof inner.code === 'string' ? inner.code : 'no-answer';
}
