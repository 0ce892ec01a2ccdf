// A directory over LDAP, always encrypted: `ldaps://`, or `ldap://` with StartTLS. Nothing is signed in to before its certificate is accepted.
import { isIP } from 'node:net';
import * as tls from 'node:tls';
import { Client, ResultCodeError, type Entry } from 'ldapts';
import { AppError } from '../core/app-error.ts';
import { MOST_FOUND, type DirectoryFinder } from '../core/sources/directory-question.ts';
import { DIRECTORY_ATTRIBUTES, DIRECTORY_BYTES, DIRECTORY_FILTER, ENCRYPTED_LAPS_FILTER, type DirectoryObject, type DirectoryReader } from '../core/sources/directory-source.ts';
import { isAccepted, type ServerCertificate } from '../core/sources/server-certificate.ts';

/** Which server, and what it must prove. */
export interface DirectoryAddress {
  /** Untrusted: `ldaps://host[:port]` or `ldap://host[:port]`. */
  readonly url: string;
  /** Canonical SHA-256 of the one certificate that is accepted; null: whatever this computer trusts. */
  readonly pin: string | null;
}

/** `password` is secret. `bindAs`: a distinguished name, `name@corp.example` or `CORP\name`. */
export interface DirectoryCredentials { readonly bindAs: string; readonly password: string }

export interface OpenDirectory extends DirectoryReader, DirectoryFinder {
  /** Where it reads below. */
  readonly base: string;
  close(): Promise<void>;
}

export interface DirectoryLook { readonly certificate: ServerCertificate; readonly base: string | null; readonly startTls: boolean }

/** A domain controller gives at most 1,000 objects at once. */
const PAGE_OBJECTS = 500;
const CONNECT_MS = 10_000;
/** For a page; a loaded controller takes its time. */
const ANSWER_MS = 120_000;

/** Shows a server's certificate and where its directory begins. Signs nobody in. AppError `source-unreachable`. */
export async function lookAtDirectory({ url }: Pick<DirectoryAddress, 'url'>): Promise<DirectoryLook> {
  const connection = await connect(url);
  try {
    return { certificate: connection.certificate, base: connection.base, startTls: connection.startTls };
  } finally {
    await connection.close();
  }
}

/**
 * Connects, checks the certificate and signs in.
 *
 * @param base  Below what is read; null: the whole domain of the server.
 * @param signal  Closes the connection at once.
 * @returns AppError `source-unreachable`, `certificate-not-trusted` (with what there is to confirm), `source-refused-sign-in`, `invalid-input`.
 */
export async function openDirectory(address: DirectoryAddress, { bindAs, password }: DirectoryCredentials, base: string | null, signal: AbortSignal): Promise<OpenDirectory> {
  // A server takes a name without a password for nobody in particular, and says that all is well (RFC 4513, 5.1.2).
  if (password === '' || bindAs === '') throw new AppError('invalid-input', { fields: [bindAs === '' ? 'bindAs' : 'password'] });
  const connection = await connect(address.url);
  const { client, certificate } = connection;
  const onAbort = (): void => void connection.close();
  signal.addEventListener('abort', onAbort);
  const close = async (): Promise<void> => {
    signal.removeEventListener('abort', onAbort);
    await connection.close();
  };
  try {
    if (!isAccepted(certificate, address.pin)) throw new AppError('certificate-not-trusted', { url: address.url, sha256: certificate.sha256, subject: certificate.subject, issuer: certificate.issuer, validTo: certificate.validTo, why: address.pin === null ? (certificate.why ?? 'unknown') : 'another-certificate' });
    await client.bind(bindAs, password).catch((cause: unknown) => { throw signInError(cause, address.url, bindAs); });
    const from = base ?? connection.base;
    if (from === null) throw new AppError('invalid-input', { fields: ['base'] });
    return { base: from, close, pages: () => readPages(client, from, signal), below: (dn) => readPages(client, dn, signal), find: (filter) => findNames(client, from, filter), countEncryptedLaps: () => countEncryptedLaps(client, from) };
  } catch (error) {
    await close();
    throw error;
  }
}

interface Connection { readonly client: Client; readonly certificate: ServerCertificate; readonly base: string | null; readonly startTls: boolean; close(): Promise<void> }

/** Encrypted and looked at; nothing is proven yet and nothing secret has been said. */
async function connect(url: string): Promise<Connection> {
  const { host, startTls, address } = parseUrl(url);
  // Judged below, after it was seen: a connection refused by TLS shows no certificate.
  const judged: tls.ConnectionOptions = { rejectUnauthorized: false, secureContext: trusting(), host, ...(isIP(host) === 0 ? { servername: host } : {}) };
  let socket: tls.TLSSocket | null = null;
  const createSecureConnection = ((...words: Parameters<typeof tls.connect>) => (socket = tls.connect(...words))) as typeof tls.connect; // the same words as it
  const client = new Client({ url: address, timeout: ANSWER_MS, connectTimeout: CONNECT_MS, strictDN: false, createSecureConnection, ...(startTls ? {} : { tlsOptions: judged }) }); // with tlsOptions it would speak TLS from the first byte
  const close = async (): Promise<void> => void (await client.unbind().catch(() => undefined));
  try {
    if (startTls) await client.startTLS({ ...judged });
    const root = await client.search('', { scope: 'base', attributes: ['defaultNamingContext', 'namingContexts'] });
    const made: tls.TLSSocket | null = socket;
    if (made === null) throw new Error('no encrypted connection');
    return { client, certificate: describe(made), base: firstText(root.searchEntries[0], 'defaultNamingContext') ?? firstText(root.searchEntries[0], 'namingContexts'), startTls, close };
  } catch (cause) {
    await close();
    throw new AppError('source-unreachable', { url, why: causeOf(cause) }, { cause });
  }
}

function parseUrl(text: string): { host: string; startTls: boolean; address: string } {
  let url: URL;
  try {
    url = new URL(text);
  } catch (cause) {
    throw new AppError('invalid-input', { fields: ['url'] }, { cause });
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if ((url.protocol !== 'ldaps:' && url.protocol !== 'ldap:') || host === '' || url.username !== '' || url.password !== '') throw new AppError('invalid-input', { fields: ['url'] });
  return { host, startTls: url.protocol === 'ldap:', address: `${url.protocol}//${url.host}` };
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
  return {
    sha256: certificate.fingerprint256.replaceAll(':', ''), subject: oneLine(certificate.subject), issuer: oneLine(certificate.issuer),
    validFrom: certificate.validFromDate.toISOString(), validTo: certificate.validToDate.toISOString(),
    trusted: socket.authorized, why: socket.authorized ? null : why instanceof Error && 'code' in why ? String(why.code) : String(why),
  };
}

const oneLine = (name: string | undefined): string => (name ?? '').split('\n').join(', ').slice(0, 500);

async function* readPages(client: Client, base: string, signal: AbortSignal): AsyncGenerator<readonly DirectoryObject[]> {
  try {
    const answers = client.searchPaginated(base, { scope: 'sub', filter: DIRECTORY_FILTER, attributes: [...DIRECTORY_ATTRIBUTES], explicitBufferAttributes: [...DIRECTORY_BYTES], paged: { pageSize: PAGE_OBJECTS } });
    for await (const { searchEntries } of answers) {
      yield searchEntries.map(toObject);
      if (signal.aborted) return;
    }
  } catch (cause) {
    if (signal.aborted) return;
    throw new AppError('source-failed', { base, why: causeOf(cause) }, { cause });
  }
}

/** Few are wanted: a server that stops at the limit (result 4) has given them. */
async function findNames(client: Client, base: string, filter: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { searchEntries } of client.searchPaginated(base, { scope: 'sub', filter, attributes: ['1.1'], paged: { pageSize: MOST_FOUND } })) {
      names.push(...searchEntries.map(({ dn }) => dn));
      if (names.length >= MOST_FOUND) break;
    }
  } catch (cause) {
    throw new AppError('source-failed', { base, why: causeOf(cause) }, { cause });
  }
  return names.slice(0, MOST_FOUND);
}

/** A schema without LAPS knows no such attribute: nothing matches, or the filter is refused. */
async function countEncryptedLaps(client: Client, base: string): Promise<number | null> {
  try {
    let found = 0;
    for await (const { searchEntries } of client.searchPaginated(base, { scope: 'sub', filter: ENCRYPTED_LAPS_FILTER, attributes: ['1.1'], paged: { pageSize: PAGE_OBJECTS } })) found += searchEntries.length;
    return found;
  } catch {
    return null;
  }
}

function toObject({ dn, ...rest }: Entry): DirectoryObject {
  return { dn, attributes: Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, Array.isArray(value) ? value : [value]])) };
}

function firstText(entry: Entry | undefined, name: string): string | null {
  const value = entry?.[name];
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' && first !== '' ? first : null;
}

/** What a domain controller means by its 49: a part of the message that no language changes. */
const SIGN_IN_WHY: Readonly<Record<string, string>> = { '525': 'wrong', '52e': 'wrong', '530': 'not-now', '531': 'not-here', '532': 'password-expired', '533': 'disabled', '701': 'account-expired', '773': 'password-must-change', '775': 'locked' };

function signInError(cause: unknown, url: string, bindAs: string): AppError {
  if (!(cause instanceof ResultCodeError)) return new AppError('source-unreachable', { url, why: causeOf(cause) }, { cause });
  const data = /\bdata ([0-9a-f]{3}),/i.exec(cause.message)?.[1]?.toLowerCase() ?? '';
  return new AppError('source-refused-sign-in', { account: bindAs, why: SIGN_IN_WHY[data] ?? (cause.code === 49 ? 'wrong' : `ldap-${cause.code}`) });
}

/** An errno, an LDAP result, or "no answer"; never the server's words. */
function causeOf(cause: unknown): string {
  if (cause instanceof ResultCodeError) return cause.code === 32 ? 'base-not-found' : cause.code === 50 ? 'no-rights' : `ldap-${cause.code}`;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return cause instanceof Error && /time/i.test(cause.message) ? 'no-answer' : 'connection-lost';
}
