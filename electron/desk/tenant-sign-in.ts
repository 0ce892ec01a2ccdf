// Signing in to a tenant of Entra ID: a person with a code, or an application with its certificate. Tokens stay in memory.
import { setTimeout as wait } from 'node:timers/promises';
import { AuthError, ConfidentialClientApplication, PublicClientApplication, type AuthenticationResult, type INetworkModule } from '@azure/msal-node';
import { AppError } from '../core/app-error.ts';
import { readApplicationCertificate, type ApplicationCertificate } from './application-certificate.ts';
import { findCloud, type Cloud } from './clouds.ts';
import { errnoOf, openGraph, pauseAfter, waitTold, type Fetch, type Graph } from './graph.ts';
import { useProxyOfEnvironment } from './proxy.ts';

export interface TenantAddress {
  /** Untrusted: its ID or a domain of it. */
  readonly tenant: string;
  /** Application (client) ID. */
  readonly client: string;
  /** PEM with the certificate and its private key; null: a person signs in with a code. */
  readonly certificatePath: string | null;
}

/** What a person types, and where. The code is good for a quarter of an hour. */
export interface DeviceCode { readonly userCode: string; readonly url: string; readonly expiresAt: string }

export interface TenantLent {
  readonly fetch?: Fetch;
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** Who waits for what is asked: gone with the signal, told meanwhile. */
export interface TenantListener {
  readonly signal: AbortSignal;
  /** Told what to type where; the sign-in then waits until that is done. */
  readonly onDeviceCode: (code: DeviceCode) => void;
  /** Told how long the tenant is left alone, because it asked for that. */
  readonly onWait: (ms: number) => void;
}

/** @returns Graph for one who asks; the sign-in outlives them. */
export type SignedIn = (listener: Pick<TenantListener, 'signal' | 'onWait'>) => Graph;

/** What is called unreachable: with the sign-in everything begins. */
const LOGIN = 'https://login.microsoftonline.com';

/**
 * Signs in to the cloud the tenant is in.
 *
 * @param rights  Of Graph, for a person; an application has what was consented to.
 * @param listener  Its signal ends the sign-in, later ones of it as well.
 * @returns Graph of that cloud. AppError `source-refused-sign-in`, `source-unreachable`, `cancelled` and those of files.
 */
export async function signIn(address: TenantAddress, rights: readonly string[], { onDeviceCode, onWait, signal }: TenantListener, { fetch: send = fetch, sleep = (ms, stop) => wait(ms, undefined, { signal: stop }) }: TenantLent): Promise<SignedIn> {
  useProxyOfEnvironment();
  const certificate = address.certificatePath === null ? null : await readApplicationCertificate(address.certificatePath, Date.now());
  const cloud = await findCloud(address.tenant, send, signal).catch((cause: unknown) => { throw signal.aborted ? new AppError('cancelled') : new AppError('source-unreachable', { url: LOGIN, why: errnoOf(cause) }, { cause }); });
  const leaveAlone = (by: Pick<TenantListener, 'signal' | 'onWait'>) => (ms: number): Promise<void> => {
    by.onWait(ms);
    return sleep(ms, by.signal);
  };
  const network = overFetch(send, leaveAlone({ onWait, signal }), signal);
  const token = certificate === null ? await signInAsPerson(address, cloud, rights, network, onDeviceCode, signal) : await signInAsApplication(address, cloud, certificate, network, signal);
  return (listener) => openGraph({ fetch: send, root: cloud.graph, token, signal: listener.signal, sleep: leaveAlone(listener) });
}

type Token = (wasRefused: boolean) => Promise<string>;

async function signInAsPerson({ tenant, client }: TenantAddress, { login, graph }: Cloud, rights: readonly string[], network: Network, onDeviceCode: (code: DeviceCode) => void, signal: AbortSignal): Promise<Token> {
  const application = new PublicClientApplication({ auth: { clientId: client, authority: `${login}/${tenant}` }, system: { networkClient: network.client } });
  const scopes = rights.map((right) => `${graph}/${right}`);
  const request = {
    scopes, cancel: false,
    deviceCodeCallback: ({ userCode, verificationUri, expiresIn }: { userCode: string; verificationUri: string; expiresIn: number }) => onDeviceCode({ userCode, url: verificationUri, expiresAt: new Date(Date.now() + expiresIn * 1000).toISOString() }),
  };
  const onAbort = (): void => { request.cancel = true; };
  signal.addEventListener('abort', onAbort);
  try {
    const first = await tellFailure(application.acquireTokenByDeviceCode(request), network, signal);
    const { account } = first;
    let held = first;
    return async (wasRefused) => {
      if ((isFresh(held) && !wasRefused) || account === null) return held.accessToken;
      held = await tellFailure(application.acquireTokenSilent({ account, scopes, forceRefresh: wasRefused }), network, signal);
      return held.accessToken;
    };
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

async function signInAsApplication({ tenant, client }: TenantAddress, { login, graph }: Cloud, clientCertificate: ApplicationCertificate, network: Network, signal: AbortSignal): Promise<Token> {
  const application = new ConfidentialClientApplication({ auth: { clientId: client, authority: `${login}/${tenant}`, clientCertificate }, system: { networkClient: network.client } });
  const signIn = (skipCache: boolean): Promise<AuthenticationResult> => tellFailure(application.acquireTokenByClientCredential({ scopes: [`${graph}/.default`], skipCache }), network, signal);
  let held = await signIn(false);
  return async (wasRefused) => (isFresh(held) && !wasRefused ? held : (held = await signIn(wasRefused))).accessToken;
}

const FRESH_MS = 2 * 60 * 1000;
const isFresh = ({ expiresOn }: AuthenticationResult): boolean => expiresOn !== null && expiresOn.getTime() - Date.now() > FRESH_MS;

interface Network {
  readonly client: INetworkModule;
  /** Of the last answer that was a refusal: while a code waits, MSAL keeps nothing of it but that the request failed. */
  readonly refusal: () => { readonly code: string; readonly number: string | undefined } | null;
  /** Why the last request got no answer; MSAL says of some that there is no such tenant. An AppError as it is. */
  readonly failure: () => string | AppError | null;
}

const isBusy = ({ status }: Response): boolean => status === 429 || status >= 500;
/** While somebody looks for the code on their screen a network may be away for a moment, or the service have too much to do; a new code would have to be typed again. */
const TRIES = 4;

/** What of MSAL's requests matters, over the `fetch` that was lent. */
function overFetch(send: Fetch, sleep: (ms: number) => Promise<void>, signal: AbortSignal): Network {
  let refusal: ReturnType<Network['refusal']> = null;
  let failure: ReturnType<Network['failure']> = null;
  async function ask<T>(url: string, method: string, headers: Record<string, string> | undefined, body: string | undefined): Promise<{ headers: Record<string, string>; body: T; status: number }> {
    const failed = (why: string) => (cause: unknown): never => {
      failure = cause instanceof AppError ? cause : why === '' ? errnoOf(cause) : why;
      throw cause;
    };
    const tryIt = (): Promise<Response> => send(url, { method, redirect: 'manual', signal, ...(headers === undefined ? {} : { headers }), ...(body === undefined ? {} : { body }) });
    const tryAgain = async (attempt: number): Promise<Response> => {
      const response = await tryIt().catch((cause: unknown) => { if (signal.aborted || attempt >= TRIES) throw cause; return null; });
      if (response !== null && (attempt >= TRIES || !isBusy(response))) return response;
      await response?.body?.cancel();
      await sleep(pauseAfter(attempt, response === null ? null : waitTold(response)));
      return tryAgain(attempt + 1);
    };
    const response = await tryAgain(1).catch(failed(''));
    if (isBusy(response)) failed(`http-${response.status}`)(new Error('no answer'));
    const answer = (await response.json().catch(failed('not-json'))) as T; // MSAL looks at what it needs
    failure = null;
    const { error, error_description: words } = typeof answer === 'object' && answer !== null ? (answer as { error?: unknown; error_description?: unknown }) : {}; // a code and a number are looked for
    refusal = typeof error === 'string' ? { code: error, number: /AADSTS(\d+)/.exec(typeof words === 'string' ? words : '')?.[1] } : null;
    return { headers: Object.fromEntries(response.headers), body: answer, status: response.status };
  }
  return {
    refusal: () => refusal, failure: () => failure,
    client: {
      sendGetRequestAsync: <T>(url: string, options?: { headers?: Record<string, string>; body?: string }) => ask<T>(url, 'GET', options?.headers, undefined),
      sendPostRequestAsync: <T>(url: string, options?: { headers?: Record<string, string>; body?: string }) => ask<T>(url, 'POST', options?.headers, options?.body),
    },
  };
}

/** Numbers that Entra puts before its words, which follow the person's language. @source Microsoft, "Microsoft Entra authentication and authorization error codes". */
const BY_NUMBER: Readonly<Record<string, string>> = {
  '90002': 'wrong-tenant', '900021': 'wrong-tenant', '900023': 'wrong-tenant', '50128': 'wrong-tenant', '50059': 'wrong-tenant', '700016': 'wrong-application', '7000229': 'wrong-application', '7000112': 'application-disabled', '700027': 'wrong-certificate', '7000215': 'wrong-certificate', '7000222': 'certificate-expired', '700024': 'clock-wrong', '7000218': 'no-public-client',
  '65001': 'needs-consent', '65004': 'declined', '90094': 'needs-consent', '90095': 'needs-consent', '70018': 'declined', '70019': 'expired', '70020': 'expired', '50126': 'wrong', '50034': 'wrong', '50053': 'locked', '50055': 'password-expired', '50144': 'password-expired', '50057': 'disabled',
  '50173': 'not-taken', '70043': 'not-taken', '700082': 'not-taken', '50132': 'not-taken', '50133': 'not-taken', '50020': 'other-tenant-account', '90072': 'other-tenant-account', '50105': 'not-assigned', '50074': 'more-proof', '50076': 'more-proof', '50079': 'more-proof', '50072': 'more-proof', '50078': 'more-proof', '50158': 'more-proof', '500121': 'more-proof',
  '53000': 'conditional-device', '53001': 'conditional-device', '50097': 'conditional-device', '53002': 'conditional-access', '53003': 'conditional-access', '50131': 'conditional-access', '530003': 'conditional-device', '53004': 'more-proof', '530032': 'conditional-access', '530034': 'conditional-access', '530035': 'conditional-access',
};
const BY_CODE: Readonly<Record<string, string>> = { authorization_declined: 'declined', access_denied: 'declined', expired_token: 'expired', code_expired: 'expired', device_code_expired: 'expired', consent_required: 'needs-consent', endpoints_resolution_error: 'wrong-tenant', no_tokens_found: 'not-taken', refresh_token_expired: 'not-taken', interaction_required: 'not-taken' };

async function tellFailure(signingIn: Promise<AuthenticationResult | null>, network: Network, signal: AbortSignal): Promise<AuthenticationResult> {
  try {
    const result = await signingIn;
    if (result === null) throw new AppError('source-refused-sign-in', { why: 'declined' });
    return result;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    if (signal.aborted) throw new AppError('cancelled');
    const failure = network.failure();
    if (failure instanceof AppError) throw failure;
    if (failure !== null || !(cause instanceof AuthError)) throw new AppError('source-unreachable', { url: LOGIN, why: failure ?? 'no-answer' });
    const refusal = network.refusal();
    const number = /AADSTS(\d+)/.exec(cause.errorMessage)?.[1] ?? refusal?.number;
    const code = Object.keys(BY_CODE).find((known) => cause.errorCode === known || refusal?.code === known);
    if (number === undefined && code === undefined && refusal === null && /network|timed?_?out|post_request_failed|get_request_failed/.test(cause.errorCode)) throw new AppError('source-unreachable', { url: LOGIN, why: cause.errorCode });
    // Not as a cause: MSAL's message repeats what it sent and got.
    throw new AppError('source-refused-sign-in', { why: BY_NUMBER[number ?? ''] ?? BY_CODE[code ?? ''] ?? (number === undefined ? (refusal?.code ?? cause.errorCode) : `AADSTS${number}`) });
  }
}
