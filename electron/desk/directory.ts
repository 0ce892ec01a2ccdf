// A directory over LDAP, always encrypted: `ldaps://`, or `ldap://` with StartTLS. Nothing is signed in to before its certificate is accepted.
import { ResultCodeError, type Entry } from 'ldapts';
import { AppError } from '../core/app-error.ts';
import { parseDistinguishedName } from '../core/hosts/distinguished-name.ts';
import { MOST_FOUND, type DirectoryFinder } from '../core/sources/directory-question.ts';
import { DIRECTORY_ATTRIBUTES, DIRECTORY_BYTES, DIRECTORY_FILTERS, ENCRYPTED_LAPS_FILTER, type DirectoryObject, type DirectoryReader } from '../core/sources/directory-source.ts';
import { isAccepted, type ServerCertificate } from '../core/sources/server-certificate.ts';
import { causeOf, connectDirectory, searchPages, type DirectoryConnection } from './directory-connection.ts';

/** Which server, and what it must prove. */
export interface DirectoryAddress {
  /** Untrusted: `ldaps://host[:port]` or `ldap://host[:port]`. */
  readonly url: string;
  /** Canonical SHA-256 of the one certificate that is accepted; null: whatever this computer trusts. */
  readonly pin: string | null;
}

/** `password` is secret. `bindAs`: a distinguished name, `name@corp.example`, `CORP\name`, or the name alone. */
export interface DirectoryCredentials { readonly bindAs: string; readonly password: string }

export interface OpenDirectory extends DirectoryReader, DirectoryFinder {
  /** Where it reads below. */
  readonly base: string;
  close(): Promise<void>;
}

export interface DirectoryLook { readonly certificate: ServerCertificate; readonly base: string | null; readonly startTls: boolean }

/** A domain controller gives at most 1,000 objects at once. */
const PAGE_OBJECTS = 500;

/** Shows a server's certificate and where its directory begins. Signs nobody in. AppError `source-unreachable`. */
export async function lookAtDirectory({ url }: Pick<DirectoryAddress, 'url'>): Promise<DirectoryLook> {
  const connection = await connectDirectory(url);
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
  const connection = await connectDirectory(address.url);
  const { client, certificate, whileConnected } = connection;
  const onAbort = (): void => void connection.close();
  signal.addEventListener('abort', onAbort);
  const close = async (): Promise<void> => {
    signal.removeEventListener('abort', onAbort);
    await connection.close();
  };
  try {
    if (!isAccepted(certificate, address.pin)) throw new AppError('certificate-not-trusted', { url: address.url, sha256: certificate.sha256, subject: certificate.subject, issuer: certificate.issuer, validTo: certificate.validTo, why: address.pin === null ? (certificate.why ?? 'unknown') : 'another-certificate' });
    const account = accountOf(bindAs, connection.base);
    await whileConnected(client.bind(account, password)).catch((cause: unknown) => { throw signInError(cause, address.url, account); });
    const from = base ?? connection.base;
    if (from === null) throw new AppError('invalid-input', { fields: ['base'] });
    const elsewhere = new Set<string>();
    const read = (below: string): AsyncGenerator<readonly DirectoryObject[]> => readPages(connection, below, signal, elsewhere);
    return {
      base: from, close, pages: () => read(from), below: read, find: (filter) => findNames(connection, from, filter), countEncryptedLaps: () => countEncryptedLaps(connection, from),
      limits: () => ({ isPartial: connection.isPartial, hasOtherDomains: [...elsewhere].some(isDomain) }),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * A domain controller takes a name with its domain and calls one without it wrong, which counts against the account.
 *
 * @returns The name with the domain of the server behind it where it stands alone; any other spelling as it is.
 */
export function accountOf(bindAs: string, base: string | null): string {
  const domain = parseDistinguishedName(base ?? '').flatMap(({ type, value }) => (type === 'DC' ? [value] : [])).join('.');
  return domain === '' || !/^[^\s@\\=/{}]+$/.test(bindAs) || /^S-1-/i.test(bindAs) ? bindAs : `${bindAs}@${domain}`;
}

async function* readPages(connection: DirectoryConnection, base: string, signal: AbortSignal, elsewhere: Set<string>): AsyncGenerator<readonly DirectoryObject[]> {
  try {
    for (const filter of DIRECTORY_FILTERS) for await (const page of searchPages(connection, { base, filter, attributes: DIRECTORY_ATTRIBUTES, bytes: DIRECTORY_BYTES, pageObjects: PAGE_OBJECTS })) {
      for (const address of page.elsewhere) elsewhere.add(address);
      yield page.entries.map(toObject);
      if (signal.aborted) return;
    }
  } catch (cause) {
    if (signal.aborted) return;
    throw new AppError('source-failed', { base, why: causeOf(cause) }, { cause });
  }
}

/** Few are wanted: a server that stops at its limit (result 4) has given them. */
async function findNames(connection: DirectoryConnection, base: string, filter: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { entries } of searchPages(connection, { base, filter, attributes: ['1.1'], pageObjects: MOST_FOUND })) {
      names.push(...entries.map(({ dn }) => dn));
      if (names.length >= MOST_FOUND) break;
    }
  } catch (cause) {
    if (names.length < MOST_FOUND) throw new AppError('source-failed', { base, why: causeOf(cause) }, { cause });
  }
  return names.slice(0, MOST_FOUND);
}

/** A schema without LAPS knows no such attribute: nothing matches, or the filter is refused. */
async function countEncryptedLaps(connection: DirectoryConnection, base: string): Promise<number | null> {
  try {
    let found = 0;
    for await (const { entries } of searchPages(connection, { base, filter: ENCRYPTED_LAPS_FILTER, attributes: ['1.1'], pageObjects: PAGE_OBJECTS })) found += entries.length;
    return found;
  } catch {
    return null;
  }
}

/** `ldap://child.corp.example/DC=child,DC=corp,DC=example`; zones of DNS and the configuration hold no computers. */
const isDomain = (address: string): boolean => /^ldaps?:\/\/[^/]*\/DC=(?!(?:Forest|Domain)DnsZones,)/i.test(address);

function toObject({ dn, ...rest }: Entry): DirectoryObject {
  return { dn, attributes: Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, Array.isArray(value) ? value : [value]])) };
}

/** A name that is no distinguished name though it looks like one. */
const NO_SUCH_NAME = 34;

/** What a domain controller means by its 49: a part of the message that no language changes. */
const SIGN_IN_WHY: Readonly<Record<string, string>> = { '525': 'wrong', '52e': 'wrong', '530': 'not-now', '531': 'not-here', '52f': 'policy-refuses', '534': 'policy-refuses', '569': 'policy-refuses', '51f': 'no-logon-server', '532': 'password-expired', '533': 'disabled', '701': 'account-expired', '773': 'password-must-change', '775': 'locked' };

function signInError(cause: unknown, url: string, bindAs: string): AppError {
  if (!(cause instanceof ResultCodeError)) return new AppError('source-unreachable', { url, why: causeOf(cause) }, { cause });
  const data = /\bdata ([0-9a-f]{3}),/i.exec(cause.message)?.[1]?.toLowerCase() ?? '';
  return new AppError('source-refused-sign-in', { account: bindAs, why: SIGN_IN_WHY[data] ?? (cause.code === 49 || cause.code === NO_SUCH_NAME ? 'wrong' : `ldap-${cause.code}`) });
}
