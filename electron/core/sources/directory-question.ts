// Asking a directory for one host or one key ID while somebody is on the telephone: the computer is found first, then everything below it is read as always.
import { parseHostname } from '../hosts/hostname.ts';
import type { DirectoryObject } from './directory-source.ts';

/** `keyId`: canonical, or its beginning of eight characters and more. One of the two at least. */
export interface Question { readonly hostname: string | null; readonly keyId: string | null }

/** What can be asked: computers, and below which names they are. */
export interface DirectoryFinder {
  /** @returns Distinguished names, at most `MOST_FOUND`. */
  find(filter: string): Promise<readonly string[]>;
  below(base: string): AsyncIterable<readonly DirectoryObject[]>;
}

export const MOST_FOUND = 20;

/** RFC 4515: what would end a value, or mean any text. */
const escaped = (text: string): string => text.replace(/[\\*()\0]/g, (sign) => `\\${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);

/** @returns LDAP filters, the surest first; each finds computers, or recovery objects below them. */
export function filtersOf({ hostname, keyId }: Question): readonly string[] {
  const short = hostname === null ? null : parseHostname(hostname);
  const name = short?.status === 'ok' ? escaped(short.hostname) : null;
  return [
    // The viewer of Microsoft finds a key ID the same way: it stands in the name of the object.
    ...(keyId === null || !/^[0-9A-F]{8}[0-9A-F-]*$/i.test(keyId) ? [] : [`(&(objectClass=msFVE-RecoveryInformation)(name=*{${escaped(keyId.toUpperCase())}*))`]),
    ...(name === null ? [] : [`(&(objectCategory=computer)(|(sAMAccountName=${name}$)(cn=${name})(dNSHostName=${name}.*)))`]),
  ];
}

/** @returns Whether the account sees any recovery object; null where the directory does not say. */
export async function seesKeys(finder: Pick<DirectoryFinder, 'find'>): Promise<boolean | null> {
  try {
    return (await finder.find('(objectClass=msFVE-RecoveryInformation)')).length > 0;
  } catch {
    return null;
  }
}

/** The computer a recovery object lies below: the name without its first part. A comma in a value is escaped. */
export function computerOf(dn: string): string {
  if (!/^CN=\d{4}-\d\d-\d\dT[^,]*\{/i.test(dn)) return dn;
  const cut = /^(?:\\.|[^\\,])*,/.exec(dn)?.[0].length ?? 0;
  return dn.slice(cut);
}

/** @returns Pages of each computer found and what lies below it; nothing when none was. What the directory throws passes through. */
export async function* askDirectory(finder: DirectoryFinder, question: Question): AsyncGenerator<readonly DirectoryObject[]> {
  for (const filter of filtersOf(question)) {
    const computers = [...new Set((await finder.find(filter)).map(computerOf))];
    if (computers.length === 0) continue;
    for (const computer of computers) yield* finder.below(computer);
    return;
  }
}
