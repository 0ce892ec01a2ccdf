// A tenant of Entra ID: signed in to by a person with a code, or by an application with its certificate; read over Graph. Tokens stay in memory.
import { X509Certificate, createPrivateKey } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { AuthError, ConfidentialClientApplication, PublicClientApplication, type AuthenticationResult, type INetworkModule } from '@azure/msal-node';
import { AppError } from '../core/app-error.ts';
import type { DeviceRotator } from '../core/rotation/rotate-devices.ts';
import type { TenantFinder } from '../core/sources/tenant-question.ts';
import type { GraphObject, TenantKeys, TenantReader } from '../core/sources/tenant-source.ts';
import { GRAPH, openGraph, type Fetch, type Graph } from './graph.ts';

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

const LOGIN = 'https://login.microsoftonline.com';
const LARGEST_PEM = 1 << 20;

/** Least rights, by what is asked for. */
const RIGHTS = {
  devices: 'Device.Read.All', list: 'BitlockerKey.ReadBasic.All', read: 'BitlockerKey.Read.All', laps: 'DeviceLocalCredential.Read.All',
  managed: 'DeviceManagementManagedDevices.Read.All', rotate: 'DeviceManagementManagedDevices.PrivilegedOperations.All',
} as const;
type Right = (typeof RIGHTS)[keyof typeof RIGHTS];

/**
 * Signs in.
 *
 * @param onDeviceCode  Told what to type where; the sign-in then waits until that is done.
 * @returns AppError `source-refused-sign-in`, `source-unreachable`, `invalid-input` and those of files.
 */
export async function openTenant(address: TenantAddress, keys: TenantKeys, onDeviceCode: (code: DeviceCode) => void, signal: AbortSignal, lent: TenantLent = {}): Promise<TenantReader> {
  return readerOf(await signIn(address, [RIGHTS.devices, keys === 'none' ? RIGHTS.list : RIGHTS.read], onDeviceCode, signal, lent));
}

/** Signs in to ask for single hosts and key IDs, LAPS passwords too. Failures as above; what a right is missing for is left out of the answers. */
export async function openTenantFinder(address: TenantAddress, onDeviceCode: (code: DeviceCode) => void, signal: AbortSignal, lent: TenantLent = {}): Promise<TenantFinder> {
  const graph = await signIn(address, [RIGHTS.devices, RIGHTS.read, RIGHTS.laps], onDeviceCode, signal, lent);
  const listed = async (path: string, right: Right): Promise<GraphObject[]> => {
    const all: GraphObject[] = [];
    for await (const page of graph.pages(path, right)) all.push(...page);
    return all;
  };
  return {
    ...readerOf(graph),
    findDevices: (by) => listed(`/v1.0/devices?$filter=${'deviceId' in by ? `deviceId%20eq%20${quoted(by.deviceId.toLowerCase())}` : `displayName%20eq%20${quoted(by.displayName)}`}&$select=${DEVICE_FACTS}`, RIGHTS.devices),
    keysOfDevice: (deviceId) => listed(`/v1.0/informationProtection/bitlocker/recoveryKeys?$filter=deviceId%20eq%20${quoted(deviceId.toLowerCase())}`, RIGHTS.list),
    async readLocalCredentials(deviceId) {
      const answer = await graph.get(`/v1.0/directory/deviceLocalCredentials/${encodeURIComponent(deviceId.toLowerCase())}?$select=credentials`);
      return answer.status === 'ok' ? answer.object : answer.status === 'gone' ? null : 'not-allowed';
    },
  };
}

/** Signs in to have Intune rotate what was disclosed. Failures as above. */
export async function openDeviceRotator(address: TenantAddress, onDeviceCode: (code: DeviceCode) => void, signal: AbortSignal, lent: TenantLent = {}): Promise<DeviceRotator> {
  const graph = await signIn(address, [RIGHTS.managed, RIGHTS.rotate], onDeviceCode, signal, lent);
  return {
    async findManagedDevices(deviceId) {
      const found: string[] = [];
      for await (const page of graph.pages(`/beta/deviceManagement/managedDevices?$filter=azureADDeviceId%20eq%20${quoted(deviceId.toLowerCase())}&$select=id`, RIGHTS.managed)) found.push(...page.flatMap(({ id }) => (typeof id === 'string' ? [id] : [])));
      return found;
    },
    async rotate(managedDeviceId, what) {
      const answer = await graph.post(`/beta/deviceManagement/managedDevices/${encodeURIComponent(managedDeviceId)}/${what === 'recovery-passwords' ? 'rotateBitLockerKeys' : 'rotateLocalAdminPassword'}`);
      if (answer.status === 'refused') return answer;
      if (answer.status === 'not-allowed') throw new AppError('source-rights-missing', { rights: RIGHTS.rotate });
      return { status: answer.status };
    },
  };
}

const DEVICE_FACTS = 'deviceId,displayName,operatingSystem,operatingSystemVersion,approximateLastSignInDateTime,manufacturer,model';
/** OData: an apostrophe is doubled. */
const quoted = (text: string): string => `'${encodeURIComponent(text.replaceAll("'", "''"))}'`;

async function signIn(address: TenantAddress, rights: readonly Right[], onDeviceCode: (code: DeviceCode) => void, signal: AbortSignal, { fetch: send = fetch, sleep = (ms, stop) => wait(ms, undefined, { signal: stop }) }: TenantLent): Promise<Graph> {
  const network = overFetch(send, signal);
  const token = address.certificatePath === null
    ? await signInAsPerson(address, rights, network, onDeviceCode, signal)
    : await signInAsApplication(address, address.certificatePath, network);
  return openGraph({ fetch: send, token, signal, sleep: (ms) => sleep(ms, signal) });
}

function readerOf(graph: Graph): TenantReader {
  return {
    devices: () => graph.pages("/v1.0/devices?$filter=operatingSystem eq 'Windows'&$select=".concat(DEVICE_FACTS, '&$top=999').replaceAll(' ', '%20'), RIGHTS.devices),
    keys: () => graph.pages('/v1.0/informationProtection/bitlocker/recoveryKeys', RIGHTS.list),
    async readKey(id) {
      const answer = await graph.get(`/v1.0/informationProtection/bitlocker/recoveryKeys/${encodeURIComponent(id)}?$select=key`);
      if (answer.status !== 'ok') return answer;
      const key = answer.object['key'];
      return typeof key === 'string' ? { status: 'read', recoveryPassword: key } : { status: 'not-allowed' };
    },
  };
}

type Token = (wasRefused: boolean) => Promise<string>;

async function signInAsPerson({ tenant, client }: TenantAddress, rights: readonly Right[], network: Network, onDeviceCode: (code: DeviceCode) => void, signal: AbortSignal): Promise<Token> {
  const application = new PublicClientApplication({ auth: { clientId: client, authority: `${LOGIN}/${tenant}` }, system: { networkClient: network.client } });
  const scopes = rights.map((right) => `${GRAPH}/${right}`);
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

async function signInAsApplication({ tenant, client }: TenantAddress, path: string, network: Network): Promise<Token> {
  const clientCertificate = await readCertificate(path);
  const application = new ConfidentialClientApplication({ auth: { clientId: client, authority: `${LOGIN}/${tenant}`, clientCertificate }, system: { networkClient: network.client } });
  const signIn = (skipCache: boolean): Promise<AuthenticationResult> => tellFailure(application.acquireTokenByClientCredential({ scopes: [`${GRAPH}/.default`], skipCache }), network, null);
  let held = await signIn(false);
  return async (wasRefused) => (isFresh(held) && !wasRefused ? held : (held = await signIn(wasRefused))).accessToken;
}

const FRESH_MS = 2 * 60 * 1000;
const isFresh = ({ expiresOn }: AuthenticationResult): boolean => expiresOn !== null && expiresOn.getTime() - Date.now() > FRESH_MS;

/** The private key stays in memory. AppError `file-not-found`, `file-unreadable`, `file-not-recognised`. */
async function readCertificate(path: string): Promise<{ thumbprintSha256: string; privateKey: string; x5c: string }> {
  let pem: string;
  try {
    if ((await stat(path)).size > LARGEST_PEM) throw new AppError('file-too-large', { path });
    pem = await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    throw new AppError(missing ? 'file-not-found' : 'file-unreadable', { path }, { cause });
  }
  try {
    const x5c = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/.exec(pem)?.[0] ?? '';
    const privateKey = createPrivateKey(pem).export({ type: 'pkcs8', format: 'pem' }).toString();
    return { thumbprintSha256: new X509Certificate(x5c).fingerprint256.replaceAll(':', ''), privateKey, x5c };
  } catch {
    throw new AppError('file-not-recognised', { path, why: 'certificate-and-key' }); // its cause may quote the file
  }
}

interface Network {
  readonly client: INetworkModule;
  /** Of the last answer that was a refusal: while a code waits, MSAL keeps nothing of it but that the request failed. */
  readonly refusal: () => { readonly code: string; readonly number: string | undefined } | null;
}

/** What of MSAL's requests matters, over the `fetch` that was lent. */
function overFetch(send: Fetch, signal: AbortSignal): Network {
  let refusal: ReturnType<Network['refusal']> = null;
  async function ask<T>(url: string, method: string, headers: Record<string, string> | undefined, body: string | undefined): Promise<{ headers: Record<string, string>; body: T; status: number }> {
    const response = await send(url, { method, redirect: 'error', signal, ...(headers === undefined ? {} : { headers }), ...(body === undefined ? {} : { body }) });
    const answer = (await response.json()) as T; // MSAL looks at what it needs
    const { error, error_description: words } = typeof answer === 'object' && answer !== null ? (answer as { error?: unknown; error_description?: unknown }) : {}; // a code and a number are looked for
    refusal = typeof error === 'string' ? { code: error, number: /AADSTS(\d+)/.exec(typeof words === 'string' ? words : '')?.[1] } : null;
    return { headers: Object.fromEntries(response.headers), body: answer, status: response.status };
  }
  return {
    refusal: () => refusal,
    client: {
      sendGetRequestAsync: <T>(url: string, options?: { headers?: Record<string, string>; body?: string }) => ask<T>(url, 'GET', options?.headers, undefined),
      sendPostRequestAsync: <T>(url: string, options?: { headers?: Record<string, string>; body?: string }) => ask<T>(url, 'POST', options?.headers, options?.body),
    },
  };
}

/** Numbers that Entra puts before its words, which follow the person's language. @source Microsoft, "Microsoft Entra authentication and authorization error codes". */
const BY_NUMBER: Readonly<Record<string, string>> = {
  '90002': 'wrong-tenant', '900021': 'wrong-tenant', '900023': 'wrong-tenant', '700016': 'wrong-application', '700027': 'wrong-certificate', '7000215': 'wrong-certificate', '7000222': 'certificate-expired', '700024': 'clock-wrong', '7000218': 'no-public-client',
  '65001': 'needs-consent', '65004': 'declined', '90094': 'needs-consent', '90095': 'needs-consent', '70018': 'declined', '70019': 'expired', '70020': 'expired', '50126': 'wrong', '50034': 'wrong', '50053': 'locked', '50055': 'password-expired', '50057': 'disabled',
  '50020': 'other-tenant-account', '50105': 'not-assigned', '50074': 'more-proof', '50076': 'more-proof', '50079': 'more-proof', '50158': 'more-proof', '500121': 'more-proof',
  '53000': 'conditional-device', '53001': 'conditional-device', '50097': 'conditional-device', '53002': 'conditional-access', '53003': 'conditional-access', '53004': 'more-proof', '530032': 'conditional-access', '530034': 'conditional-access', '530035': 'conditional-access',
};
const BY_CODE: Readonly<Record<string, string>> = { authorization_declined: 'declined', access_denied: 'declined', expired_token: 'expired', code_expired: 'expired', device_code_expired: 'expired', consent_required: 'needs-consent', endpoints_resolution_error: 'wrong-tenant', no_tokens_found: 'not-taken', refresh_token_expired: 'not-taken', interaction_required: 'not-taken' };

async function tellFailure(signingIn: Promise<AuthenticationResult | null>, network: Network, signal: AbortSignal | null): Promise<AuthenticationResult> {
  try {
    const result = await signingIn;
    if (result === null) throw new AppError('source-refused-sign-in', { why: 'declined' });
    return result;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    if (signal?.aborted === true) throw new AppError('cancelled');
    if (!(cause instanceof AuthError)) throw new AppError('source-unreachable', { url: LOGIN, why: 'no-answer' }, { cause });
    const refusal = network.refusal();
    const number = /AADSTS(\d+)/.exec(cause.errorMessage)?.[1] ?? refusal?.number;
    const code = Object.keys(BY_CODE).find((known) => cause.errorCode === known || refusal?.code === known);
    if (number === undefined && code === undefined && refusal === null && /network|timed?_?out|post_request_failed|get_request_failed/.test(cause.errorCode)) throw new AppError('source-unreachable', { url: LOGIN, why: cause.errorCode });
    // Not as a cause: MSAL's message repeats what it sent and got.
    throw new AppError('source-refused-sign-in', { why: BY_NUMBER[number ?? ''] ?? BY_CODE[code ?? ''] ?? (number === undefined ? (refusal?.code ?? cause.errorCode) : `AADSTS${number}`) });
  }
}
