// A tenant on 127.0.0.1: the sign-in and the part of Graph that an import uses, in the shapes Microsoft documents, with the faults a test asks for.
import { createHash, createVerify, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface StandInKey { readonly id: string; readonly deviceId: string; readonly key: string }
export interface StandInDevice { readonly deviceId: string; readonly displayName: string; readonly operatingSystem?: string }

export interface StandInOptions {
  readonly devices: readonly StandInDevice[];
  readonly keys: readonly StandInKey[];
  /** By the ID of the device: what `deviceLocalCredentials` answers with `$select=credentials`. */
  readonly laps?: Readonly<Record<string, readonly { readonly accountName: string; readonly password: string; readonly backupDateTime: string }[]>>;
  /** Enrolled in Intune: the ID there, and the device's in Entra. */
  readonly managed?: readonly { readonly id: string; readonly azureADDeviceId: string }[];
  readonly pageSize?: number;
  /** Where the tenant is; left out: in the global cloud. `isKnownFrom`: sign-ins that tell of it. */
  readonly cloud?: { readonly login: string; readonly graph: string; readonly isKnownFrom: readonly string[] };
  /** Answers in a person's place; left out: they sign in at the second poll. */
  readonly deviceAnswer?: 'authorization_pending' | 'authorization_declined' | 'expired_token' | 'invalid_grant';
  /** What the service says of that, number first. */
  readonly deviceWords?: string;
  /** Of the application's certificate; its assertion is checked against it. */
  readonly certificate?: { readonly publicKey: KeyObject; readonly der: Buffer };
  /** A fault instead of the answer, by path below Graph and how often it was asked. */
  readonly fault?: (path: string, times: number) => { readonly status: number; readonly headers?: Record<string, string>; readonly body?: unknown; /** Instead of a body: as it is, for what is no JSON. */ readonly text?: string } | null;
  /** Replaces the address of the next page. */
  readonly nextLink?: (link: string) => string;
}

export interface TenantStandIn {
  /** Takes requests to Microsoft's addresses to 127.0.0.1; any other address fails. */
  readonly fetch: typeof fetch;
  /** Paths asked below Graph, in order. */
  readonly asked: string[];
  /** IDs of keys that were read: what the tenant would have in its audit log. */
  readonly read: string[];
  readonly scopes: string[];
  /** Acts that Intune accepted, as `act managed-device`. */
  readonly acted: string[];
}

interface Answer { readonly status: number; readonly body: unknown; readonly text?: string; readonly headers?: Record<string, string> }

const GLOBAL = { login: 'https://login.microsoftonline.com', graph: 'https://graph.microsoft.com', isKnownFrom: ['https://login.microsoftonline.com'] };
/** Of paths alone; where Graph is, the cloud says. */
const GRAPH = GLOBAL.graph;
const TOKEN = 'constructed-access-token';

export async function startTenant({ devices, keys, laps = {}, managed = [], pageSize = 2, cloud = GLOBAL, deviceAnswer, deviceWords = 'said in any language', certificate, fault, nextLink = (link) => link }: StandInOptions): Promise<TenantStandIn> {
  const asked: string[] = [];
  const read: string[] = [];
  const scopes: string[] = [];
  const acted: string[] = [];
  const counts = new Map<string, number>();
  let polls = 0;

  function answerSignIn(path: string, form: URLSearchParams): Answer {
    if (path.endsWith('/devicecode')) {
      scopes.push(...(form.get('scope') ?? '').split(' '));
      return { status: 200, body: { user_code: 'ABCD-EFGH', device_code: 'constructed-device-code', verification_uri: 'https://microsoft.com/devicelogin', expires_in: 900, interval: 0, message: 'in the language of the tenant' } };
    }
    if (path.endsWith('/token')) {
      if (form.get('grant_type') === 'client_credentials') {
        scopes.push(...(form.get('scope') ?? '').split(' '));
        const refused = certificate === undefined ? 'none was registered' : assertionProblem(form.get('client_assertion') ?? '', certificate);
        return refused === null ? { status: 200, body: { token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token: TOKEN } }
          : { status: 401, body: { error: 'invalid_client', error_description: `AADSTS700027: ${refused}`, error_codes: [700027] } };
      }
      if (form.get('grant_type') === 'refresh_token') return { status: 200, body: tokens(form) };
      polls += 1;
      if (deviceAnswer === 'authorization_pending' || (deviceAnswer === undefined && polls < 2)) return { status: 400, body: { error: 'authorization_pending', error_description: 'AADSTS70016: pending' } };
      if (deviceAnswer !== undefined) return { status: 400, body: { error: deviceAnswer, error_description: deviceWords, ...(/^AADSTS\d+/.test(deviceWords) ? { error_codes: [Number(/\d+/.exec(deviceWords)?.[0])] } : {}) } };
      return { status: 200, body: tokens(form) };
    }
    return { status: 404, body: {} };
  }

  function answerGraph(url: URL, request: IncomingMessage): Answer {
    const path = decodeURIComponent(`${url.pathname}${url.search}`);
    asked.push(path);
    const times = (counts.get(path) ?? 0) + 1;
    counts.set(path, times);
    const wrong = fault?.(path, times) ?? null;
    if (wrong !== null) return { status: wrong.status, body: wrong.body ?? { error: { code: 'constructed' } }, ...(wrong.headers === undefined ? {} : { headers: wrong.headers }), ...(wrong.text === undefined ? {} : { text: wrong.text }) };
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return { status: 401, body: {} };
    const skip = Number(url.searchParams.get('$skiptoken') ?? 0);
    const page = (all: readonly object[]): Answer => {
      const end = skip + pageSize;
      const next = `${cloud.graph}${url.pathname}?$skiptoken=${end}`;
      return { status: 200, body: { '@odata.context': `${GRAPH}/v1.0/$metadata`, ...(end < all.length ? { '@odata.nextLink': nextLink(next) } : {}), value: all.slice(skip, end) } };
    };
    const post = /^\/beta\/deviceManagement\/managedDevices\/([^/]+)\/(rotateBitLockerKeys|rotateLocalAdminPassword)$/.exec(url.pathname);
    if (request.method === 'POST') {
      if (post === null || !managed.some(({ id }) => id === post[1])) return { status: 404, body: { error: { code: 'ResourceNotFound' } } };
      acted.push(`${post[2]} ${post[1]}`);
      return { status: 204, body: null };
    }
    const filter = /^(\w+) eq '(.*)'$/.exec(url.searchParams.get('$filter') ?? '');
    const fits = (object: object): boolean => filter === null || filter[1] === 'operatingSystem' || String((object as Record<string, unknown>)[filter[1] ?? '']).toLowerCase() === (filter[2] ?? '').replaceAll("''", "'").toLowerCase(); // a stand-in's own objects
    if (url.pathname === '/beta/deviceManagement/managedDevices') return page(managed.filter(fits).map(({ id }) => ({ id })));
    const ofDevice = /^\/v1\.0\/directory\/deviceLocalCredentials\/([^/]+)$/.exec(url.pathname)?.[1];
    if (ofDevice !== undefined) {
      const found = laps[ofDevice];
      const device = devices.find(({ deviceId }) => deviceId === ofDevice);
      if (found === undefined || device === undefined) return { status: 404, body: { error: { code: 'device_local_credential_not_found' } } };
      return { status: 200, body: { '@odata.context': `${GRAPH}/v1.0/$metadata#directory/deviceLocalCredentials/$entity`, id: ofDevice, deviceName: device.displayName, lastBackupDateTime: found[0]?.backupDateTime, refreshDateTime: '2099-01-01T00:00:00Z',
        credentials: found.map(({ accountName, password, backupDateTime }) => ({ accountName, accountSid: 'S-1-5-21-1-500', backupDateTime, passwordBase64: Buffer.from(password).toString('base64') })) } };
    }
    if (url.pathname === '/v1.0/devices') return page(devices.filter(fits).map((device) => ({ operatingSystem: 'Windows', operatingSystemVersion: '10.0.22631.1', approximateLastSignInDateTime: '2024-07-18T07:00:00Z', ...device })));
    if (url.pathname === '/v1.0/informationProtection/bitlocker/recoveryKeys') {
      if (request.headers['ocp-client-name'] === undefined) return { status: 400, body: {} };
      return page(keys.filter(fits).map(({ id, deviceId }) => ({ '@odata.type': '#microsoft.graph.bitlockerRecoveryKey', id, createdDateTime: '2020-06-15T13:45:30.0000000Z', volumeType: '1', deviceId })));
    }
    const id = /recoveryKeys\/([^?]+)\?\$select=key$/.exec(path)?.[1];
    const found = keys.find((key) => key.id === id);
    if (found === undefined) return { status: 404, body: { error: { code: 'notFound' } } };
    read.push(found.id);
    // Flat as the service answers, wrapped as the documentation shows.
    const object = { '@odata.type': '#microsoft.graph.bitlockerRecoveryKey', id: found.id, key: found.key };
    return { status: 200, body: read.length % 2 === 0 ? { value: object } : object };
  }

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => { text += part; }).on('end', () => {
      const isGraph = request.url?.startsWith('/graph/') === true;
      const url = new URL((request.url ?? '').replace(/^\/(?:graph|login)/, ''), GRAPH);
      const { status, body, headers, text: asItIs }: Answer = isGraph ? answerGraph(url, request) : answerSignIn(url.pathname, new URLSearchParams(text));
      response.writeHead(status, { ...(body === null ? {} : { 'content-type': 'application/json' }), ...headers }).end(asItIs ?? (body === null ? undefined : JSON.stringify(body)));
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  onTestFinished(() => new Promise<void>((resolve) => { server.closeAllConnections(); server.close(() => resolve()); }));
  const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // listening on a port
  return {
    asked, read, scopes, acted,
    fetch: (target, init) => {
      const url = String(target);
      const discovered = /^(https:\/\/[^/]+)\/[^/]+\/v2\.0\/\.well-known\/openid-configuration$/.exec(url)?.[1];
      if (discovered !== undefined) return Promise.resolve(cloud.isKnownFrom.includes(discovered) ? Response.json({ token_endpoint: `${cloud.login}/corp.example/oauth2/v2.0/token`, msgraph_host: new URL(cloud.graph).host }) : Response.json({ error: 'invalid_tenant', error_description: 'AADSTS90002: no such tenant' }, { status: 400 }));
      const to = url.startsWith(`${cloud.graph}/`) ? url.replace(cloud.graph, `${here}/graph`) : url.startsWith(`${cloud.login}/`) ? url.replace(cloud.login, `${here}/login`) : null;
      return to === null ? Promise.reject(new TypeError(`asked elsewhere: ${new URL(url).origin}`)) : fetch(to, init);
    },
  };
}

const tokens = (form: URLSearchParams): object => ({ token_type: 'Bearer', scope: form.get('scope') ?? '', expires_in: 3599, ext_expires_in: 3599, access_token: TOKEN, refresh_token: 'constructed-refresh-token', id_token: idToken(), client_info: base64Json({ uid: 'uid', utid: 'utid' }) });
const base64Json = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const idToken = (): string => `${base64Json({ alg: 'none' })}.${base64Json({ oid: 'oid', tid: 'utid', sub: 'sub', preferred_username: 'person@corp.example', iss: 'x', aud: 'x', exp: 4_000_000_000 })}.`;

/** @returns What is wrong with an application's proof, or null. */
function assertionProblem(assertion: string, { publicKey, der }: NonNullable<StandInOptions['certificate']>): string | null {
  const [head = '', body = '', signature = ''] = assertion.split('.');
  const { 'x5t#S256': thumbprint, alg } = JSON.parse(Buffer.from(head, 'base64url').toString()) as Record<string, string>; // MSAL wrote it
  if (thumbprint !== createHash('sha256').update(der).digest('base64url')) return 'another certificate';
  const padding = alg === 'PS256' ? { key: publicKey, padding: 6, saltLength: 32 } : publicKey;
  return createVerify('sha256').update(`${head}.${body}`).verify(padding, Buffer.from(signature, 'base64url')) ? null : 'wrong signature';
}
