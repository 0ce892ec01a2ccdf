// Directory exports in LDIF (ldifde, ldapsearch, RFC 2849): recovery objects to keys, computers to hosts.
import { directoryNameOf, readDirectoryPlace } from '../../core/hosts/distinguished-name.ts';
import { keyProtectorIdFromBytes } from '../../core/keys/key-protector-id.ts';
import { LAPS_ATTRIBUTES, lapsOfEntry, type LapsFinding } from './laps.ts';
import { lapsRows } from './laps-rows.ts';
import { description, fact, hostRejection, hostRemark, makeHost } from './host-facts.ts';
import { parseFiletime, parseInstant } from './instants.ts';
import { readKeyCell, readKeyProtectorId } from './key-values.ts';
import { LineSplitter } from './lines.ts';
import type { IntakeRow } from './rows.ts';
import type { Emit, RowReader } from './row-reader.ts';

/** Attributes that are looked at, in lower case; photographs and certificates are passed over unread. */
const KEPT = new Set([
  'dn', 'objectclass', 'objectcategory', 'cn', 'name', 'distinguishedname', 'whencreated', 'msfve-recoverypassword', 'msfve-recoveryguid', 'msfve-volumeguid', 'changetype',
  'dnshostname', 'samaccountname', 'operatingsystem', 'lastlogontimestamp', 'lastlogon', 'location', 'description', 'serialnumber', 'objectguid', ...LAPS_ATTRIBUTES,
]);

/** An entry of a directory. Names of attributes in lower case; bytes where the directory gives bytes. */
export type DirectoryEntry = {
  readonly row: number;
  readonly values: Map<string, readonly (string | Uint8Array)[]>;
  /** An attribute that matters could not be decoded. */
  damaged: boolean;
};

/** `    1> cn: …`: repadmin /showattr counts the values of each attribute below the name of its object; in LDIF such lines would go on the one above. */
const COUNTED_VALUE = /^ {2,}\d+> [A-Za-z]/;

/** True when these lines begin a directory export. */
export const looksLikeLdif = (lines: readonly string[]): boolean =>
  lines.some((line) => /^dn::? ?\S/i.test(line)) && !lines.slice(0, 50).some((line) => COUNTED_VALUE.test(line)) && lines.every((line, index) => index > 200 || line === '' || /^(?:[ #-]|[A-Za-z][\w.-]*(?:;[\w-]+)*(?::|$))/.test(line) || line.trim() === '');

/** Reads LDIF. A row is an entry; it counts by the line its `dn` is on. */
export function readLdif(emit: Emit): RowReader {
  let rowsRead = 0;
  let entry: DirectoryEntry | null = null;
  /** The attribute line that folded lines may still go on. */
  let open: { text: string; row: number; kept: boolean } | null = null;

  const closeLine = (): void => {
    if (open === null) return;
    const { text, row, kept } = open;
    open = null;
    if (!kept) return;
    const parts = /^([A-Za-z][\w.-]*)(?:;[\w;-]+)?:([:<]?) *(.*)$/s.exec(text);
    const name = parts?.[1]?.toLowerCase();
    if (parts === null || name === undefined || !KEPT.has(name) || parts[2] === '<') return;
    if (name === 'dn' || entry === null) {
      if (name === 'dn') closeEntry();
      entry ??= { row, values: new Map(), damaged: false };
    }
    const value = parts[2] === ':' ? decodeBase64(parts[3] ?? '') : (parts[3] ?? '');
    if (value === null && (LAPS_ATTRIBUTES as readonly string[]).includes(name)) entry.values.set(name, [DAMAGED]);
    else if (value === null) entry.damaged ||= name === 'dn' || name === 'msfve-recoverypassword';
    else entry.values.set(name, [...(entry.values.get(name) ?? []), value]);
  };
  const closeEntry = (): void => {
    closeLine();
    if (entry === null) return;
    const done = entry;
    entry = null;
    const row = readDirectoryEntry(done);
    if (row === null) return;
    rowsRead++;
    emit(row);
    if (row.kind === 'host') lapsRows(row.row, row.host, lapsOfDirectoryEntry(done)).forEach(emit);
  };

  const lines = new LineSplitter({
    line(text, row) {
      if (text.startsWith(' ')) {
        // A line of spaces between entries is a blank line that lost its way, not a folded one.
        if (open === null) return text.trim() === '' ? closeEntry() : undefined;
        if (open.kept && open.text.length < 1 << 20) open.text += text.slice(1);
        return;
      }
      closeLine();
      if (text === '') return closeEntry();
      // A name may be folded, too; then it is not known yet.
      const name = /^([A-Za-z][\w.-]*)(.?)/.exec(text);
      const isNamed = name?.[2] === ':' || name?.[2] === ';';
      open = { text, row, kept: name?.[1] !== undefined && (!isNamed || KEPT.has(name[1].toLowerCase())) };
    },
    tooLong(row) {
      closeLine();
      rowsRead++;
      emit({ kind: 'rejected', row, reason: 'row-too-long' });
    },
  });
  return {
    write: (text) => lines.write(text),
    end() {
      lines.end();
      closeEntry();
    },
    get rowsRead() { return rowsRead; },
    notes: [],
  };
}

/** @returns What a computer's entry says of its LAPS password. */
export const lapsOfDirectoryEntry = (entry: DirectoryEntry): LapsFinding => lapsOfEntry((attribute) => text(entry, attribute));

/** In place of base64 that is none: what can be no password, so that it is rejected and not passed over. */
const DAMAGED = '\0';

/** @returns The row an entry makes, or null for what is no entry (`version: 1`, ldapsearch's result lines). */
export function readDirectoryEntry(entry: DirectoryEntry): IntakeRow | null {
  const { row } = entry;
  const dn = text(entry, 'dn') ?? text(entry, 'distinguishedname') ?? '';
  const classes = entry.values.get('objectclass')?.map((value) => asText(value).toLowerCase()) ?? [];
  const place = readDirectoryPlace(dn);
  const objectName = place?.objectName ?? [text(entry, 'name'), text(entry, 'cn')].find((name) => name !== null && /^\d{4}-\d\d-\d\dT[^{]*\{/.test(name)) ?? null;
  const password = text(entry, 'msfve-recoverypassword');
  if (password === null && !entry.values.has('dn') && !entry.damaged) return null;
  if (/^(?:delete|mod(?:r?dn|ify))$/i.test(text(entry, 'changetype') ?? '') && password === null) return { kind: 'rejected', row, reason: 'other-object' };
  if (password !== null || objectName !== null || classes.includes('msfve-recoveryinformation')) return keyRowOf(entry, dn, objectName, password);
  if (entry.damaged) return { kind: 'rejected', row, reason: 'entry-damaged' };
  const account = text(entry, 'samaccountname');
  const isComputer = classes.length > 0 ? classes.includes('computer') : account?.endsWith('$') === true || entry.values.has('dnshostname') || entry.values.has('operatingsystem');
  return isComputer ? hostRowOf(entry, dn, account) : { kind: 'rejected', row, reason: 'other-object' };
}

function keyRowOf(entry: DirectoryEntry, dn: string, objectName: string | null, password: string | null): IntakeRow {
  const { row } = entry;
  const place = readDirectoryPlace(dn);
  const computer = place?.objectName === null ? null : place?.computer ?? null;
  const host = computer === null ? null : makeHost(computer, { domain: place?.domain ?? null, organizationalUnit: place?.organizationalUnit ?? null }, { directoryName: directoryNameOf(place) });
  const named = objectName === null ? null : /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\\?[+-]\d\d:\d\d|Z)?)\{/.exec(objectName)?.[1];
  const about = {
    keyProtectorId: (objectName === null ? null : readKeyProtectorId(objectName)) ?? guid(entry, 'msfve-recoveryguid'),
    host: host?.status === 'ok' ? host.host : null, entraDeviceId: null,
    createdAt: (named == null ? null : parseInstant(named)) ?? parseInstant(text(entry, 'whencreated') ?? ''),
  };
  if (password === null) {
    if (entry.damaged) return { kind: 'rejected', row, reason: 'entry-damaged' };
    return about.keyProtectorId === null ? { kind: 'rejected', row, reason: 'recovery-password-not-exported' } : { kind: 'listed-key', row, ...about, keyProtectorId: about.keyProtectorId, closed: true };
  }
  const read = readKeyCell(password);
  if (read.status === 'rejected') return { kind: 'rejected', row, reason: read.reason, field: 'recoveryPassword', ...(read.groups === undefined ? {} : { groups: read.groups }) };
  return {
    kind: 'key', row, recoveryPassword: read.recoveryPassword, ...about, volumeId: guid(entry, 'msfve-volumeguid'), volumeLabel: null, drive: null,
    remarks: host === null ? [] : hostRemark(host.status),
  };
}

function hostRowOf(entry: DirectoryEntry, dn: string, account: string | null): IntakeRow {
  const place = readDirectoryPlace(dn);
  const dnsName = fact(text(entry, 'dnshostname') ?? undefined);
  // A directory that finds two of one name calls the account of one `$DUPLICATE-1f4$`.
  const own = account !== null && /^\$DUPLICATE-/i.test(account) ? (place?.computer ?? account) : account;
  const host = makeHost(own ?? text(entry, 'name') ?? text(entry, 'cn') ?? place?.computer ?? dnsName ?? '', {
    dnsName: dnsName?.toLowerCase() ?? null, domain: place?.domain ?? null, organizationalUnit: place?.organizationalUnit ?? null,
    operatingSystem: fact(text(entry, 'operatingsystem') ?? undefined), site: fact(text(entry, 'location') ?? undefined), serialNumber: fact(text(entry, 'serialnumber') ?? undefined),
    description: description(text(entry, 'description') ?? undefined),
    lastSeenAt: parseFiletime(text(entry, 'lastlogontimestamp') ?? '') ?? parseFiletime(text(entry, 'lastlogon') ?? ''),
  }, { objectGuid: guid(entry, 'objectguid'), directoryName: directoryNameOf(place) });
  return host.status === 'ok' ? { kind: 'host', row: entry.row, host: host.host } : { kind: 'rejected', row: entry.row, reason: hostRejection(host.status), field: 'hostname' };
}

function text(entry: DirectoryEntry, name: string): string | null {
  const value = entry.values.get(name)?.[0];
  return value === undefined ? null : asText(value);
}

const asText = (value: string | Uint8Array): string => (typeof value === 'string' ? value.trim() : new TextDecoder().decode(value));

/** Sixteen bytes are in Windows order; some tools write the GUID as text. */
function guid(entry: DirectoryEntry, name: string): ReturnType<typeof readKeyProtectorId> {
  const value = entry.values.get(name)?.[0];
  if (value === undefined) return null;
  return typeof value === 'string' ? readKeyProtectorId(value) : (keyProtectorIdFromBytes(value) ?? readKeyProtectorId(asText(value)));
}

function decodeBase64(encoded: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(encoded.trim()), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}
