// One encrypted connection to a directory: made, its certificate looked at, and never made a second time.
import { isIP, connect as connectTo } from 'node:net';
import * as tls from 'node:tls';
import { Client, FilterParser, PagedResultsControl, ResultCodeError, SearchRequest, StatusCodeParser, type Entry, type SearchResponse } from 'ldapts';
import { AppError } from '../core/app-error.ts';
import type { ServerCertificate } from '../core/sources/server-certificate.ts';

export interface DirectoryConnection {
  readonly client: Client;
  readonly certificate: ServerCertificate;
  /** Where the directory of the server begins; null where it does not say. */
  readonly base: string | null;
  readonly startTls: boolean;
  /** A read-only domain controller, or the global catalog: not all there is of an object is kept there. */
  readonly isPartial: boolean;
  /** @returns What a step gives; an `Error` as soon as the connection is lost: over StartTLS ldapts does not hear of that. */
  whileConnected<T>(step: Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** What is searched for. `bytes`: those among the attributes that come as bytes. */
export interface DirectorySearch { readonly base: string; readonly filter: string; readonly attributes: readonly string[]; readonly bytes?: readonly string[]; readonly pageObjects: number }

/** `elsewhere`: addresses of servers that keep a part of what lies below the base. */
export interface DirectoryPage { readonly entries: readonly Entry[]; readonly elsewhere: readonly string[] }

const CONNECT_MS = 10_000;
/** For a page; a loaded controller takes its time. */
const ANSWER_MS = 120_000;
/** LDAP_CAP_ACTIVE_DIRECTORY_PARTIAL_SECRETS_OID (MS-ADTS 3.1.1.3.4.3): a read-only domain controller. */
const READ_ONLY_CONTROLLER = '1.2.840.113556.1.4.1920';
const CATALOG_PORTS: ReadonlySet<string> = new Set(['3268', '3269']);

/**
 * Connects with TLS from the first byte or after StartTLS. Nothing is proven yet and nothing secret has been said.
 *
 * @param url  Untrusted: `ldaps://host[:port]` or `ldap://host[:port]`.
 * @returns AppError `invalid-input`, `source-unreachable`.
 */
export async function connectDirectory(url: string): Promise<DirectoryConnection> {
  const { host, port, startTls, address } = parseUrl(url);
  // Judged by whoever asked, after it was seen: a connection refused by TLS shows no certificate.
  const judged: tls.ConnectionOptions = { rejectUnauthorized: false, secureContext: trusting(), host, ...(isIP(host) === 0 ? { servername: host } : {}) };
  let socket: tls.TLSSocket | null = null;
  // ldapts makes a lost connection anew by itself, without TLS where it was StartTLS; that one's certificate nobody would have looked at.
  const lost = Promise.withResolvers<never>();
  lost.promise.catch(() => undefined);
  const createSecureConnection = once((...words: Parameters<typeof tls.connect>) => (socket = tls.connect(...words).once('close', () => lost.reject(new Error('the connection was lost'))))) as typeof tls.connect; // the same words as it
  const createConnection = once((...words: Parameters<typeof connectTo>) => connectTo(...words)) as typeof connectTo; // the same words as it
  const client = new Client({ url: address, timeout: ANSWER_MS, connectTimeout: CONNECT_MS, strictDN: false, createSecureConnection, createConnection, ...(startTls ? {} : { tlsOptions: judged }) }); // with tlsOptions it would speak TLS from the first byte
  const whileConnected = <T>(step: Promise<T>): Promise<T> => Promise.race([step, lost.promise]);
  const close = async (): Promise<void> => void (await whileConnected(client.unbind()).catch(() => undefined));
  try {
    if (startTls) await inTime(client.startTLS({ ...judged }).catch((cause: unknown) => { throw cause instanceof ResultCodeError ? new NoStartTls() : cause; }));
    const root = await inTime(client.search('', { scope: 'base', attributes: ['defaultNamingContext', 'namingContexts', 'supportedCapabilities'] }));
    const made: tls.TLSSocket | null = socket;
    if (made === null) throw new Error('no encrypted connection');
    const [entry] = root.searchEntries;
    return {
      client, startTls, close, whileConnected, certificate: describe(made), base: textsOf(entry, 'defaultNamingContext')[0] ?? textsOf(entry, 'namingContexts')[0] ?? null,
      isPartial: CATALOG_PORTS.has(port) || textsOf(entry, 'supportedCapabilities').includes(READ_ONLY_CONTROLLER),
    };
  } catch (cause) {
    await close();
    const why = cause instanceof NoStartTls ? 'no-start-tls' : causeOf(cause);
    // The two ways at each other's port: one hears no TLS, the other nothing it knows.
    throw new AppError('source-unreachable', { url, why: why === 'no-start-tls' ? why : startTls && port === '636' ? 'ldaps-port' : !startTls && port === '389' ? 'start-tls-port' : why }, { cause });
  }
}

/**
 * Searches through all that lies below a base, page by page. ldapts' own search ends at a page without entries, though a server may give one
 * on its way (RFC 2696, 3), and throws away what came before a limit of the server: here it is given first.
 *
 * @returns AppError of nothing: what the server answers (`ResultCodeError`) and a lost connection (`Error`) pass through, as `causeOf` reads them.
 */
export async function* searchPages({ client, whileConnected }: DirectoryConnection, { base, filter, attributes, bytes = [], pageObjects }: DirectorySearch): AsyncGenerator<DirectoryPage> {
  const paged = new PagedResultsControl({ value: { size: pageObjects } });
  const parsed = FilterParser.parseString(filter);
  for (;;) {
    const request = new SearchRequest({ messageId: client['_nextMessageId'](), baseDN: base, scope: 'sub', filter: parsed, attributes: [...attributes], explicitBufferAttributes: [...bytes], controls: [paged] });
    const answer = (await whileConnected(client['_send'](request))) as SearchResponse; // what answers a search
    yield { entries: answer.searchEntries.map((entry) => entry.toObject([...attributes], [...bytes])), elsewhere: answer.searchReferences.flatMap(({ uris }) => uris) };
    if (answer.status !== 0) throw StatusCodeParser.parse(answer);
    const cookie = answer.controls?.find((control) => control instanceof PagedResultsControl)?.value?.cookie;
    if (cookie === undefined || cookie === null || cookie.length === 0) return;
    paged.value = { size: pageObjects, cookie };
  }
}

/** An errno, an LDAP result, or "no answer"; never the server's words. */
export function causeOf(cause: unknown): string {
  if (cause instanceof ResultCodeError) return cause.code === 32 ? 'base-not-found' : cause.code === 50 ? 'no-rights' : `ldap-${cause.code}`;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return cause instanceof Error && /time/i.test(cause.message) ? 'no-answer' : 'connection-lost';
}

class NoStartTls extends Error {}

function parseUrl(text: string): { host: string; port: string; startTls: boolean; address: string } {
  let url: URL;
  try {
    url = new URL(text);
  } catch (cause) {
    throw new AppError('invalid-input', { fields: ['url'] }, { cause });
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if ((url.protocol !== 'ldaps:' && url.protocol !== 'ldap:') || host === '' || url.username !== '' || url.password !== '') throw new AppError('invalid-input', { fields: ['url'] });
  const startTls = url.protocol === 'ldap:';
  return { host, port: url.port === '' ? (startTls ? '389' : '636') : url.port, startTls, address: `${url.protocol}//${url.host}` };
}

/** A function that may be called one time. */
function once<Words extends readonly unknown[], Given>(make: (...words: Words) => Given): (...words: Words) => Given {
  let isMade = false;
  return (...words) => {
    if (isMade) throw new Error('the connection was lost');
    isMade = true;
    return make(...words);
  };
}

/** ldapts waits for an answer to a request, but for ever for the TLS that follows StartTLS. */
async function inTime<T>(step: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([step, new Promise<never>((_, reject) => { timer = setTimeout(() => reject(new Error('time is over')), CONNECT_MS); })]);
  } finally {
    clearTimeout(timer);
  }
}

/** Those Node brings and those of this computer: a domain's own authority is known to Windows, not to Node. */
function trusting(): tls.SecureContext {
  return (context ??= tls.createSecureContext({ ca: [...tls.getCACertificates('default'), ...tls.getCACertificates('system')] }));
}
/** Takes 40 ms to make. */
let context: tls.SecureContext | null = null;

function describe(socket: tls.TLSSocket): ServerCertificate {
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) throw new Error('no certificate');
  const why: unknown = socket.authorizationError; // a code, whatever its type says
  // A domain controller's certificate often has no subject: its names stand beside it.
  const names = (certificate.subjectAltName ?? '').split(', ').filter((name) => /^(?:DNS|IP Address):/.test(name));
  return {
    sha256: certificate.fingerprint256.replaceAll(':', ''), subject: [oneLine(certificate.subject), names.join(', ')].filter((part) => part !== '').join('; ').slice(0, 500), issuer: oneLine(certificate.issuer),
    validFrom: certificate.validFromDate.toISOString(), validTo: certificate.validToDate.toISOString(),
    trusted: socket.authorized, why: socket.authorized ? null : why instanceof Error && 'code' in why ? String(why.code) : String(why),
  };
}

const oneLine = (name: string | undefined): string => (name ?? '').split('\n').join(', ').slice(0, 500);

function textsOf(entry: Entry | undefined, name: string): string[] {
  const value = entry?.[name];
  return (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string' && one !== '');
}
