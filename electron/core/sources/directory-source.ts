// What is done with what a directory answers: recovery objects become keys, computers become hosts, and what could not be read is named.
import type { IntakeBatch, IntakeHeader, IntakeNote, IntakeRow, KeyRemark } from '../../formats/intake/intake.ts';
import { lapsRows } from '../../formats/intake/laps-rows.ts';
import type { HostFacts } from '../../formats/intake/rows.ts';
import { lapsOfDirectoryEntry, readDirectoryEntry, type DirectoryEntry } from '../../formats/intake/ldif.ts';
import { readDirectoryPlace } from '../hosts/distinguished-name.ts';
import { parseHostname } from '../hosts/hostname.ts';
import { computerOf } from './directory-question.ts';

/** One object as it came. Names of attributes in any case; an attribute without values is one that is not there or may not be read. */
export interface DirectoryObject { readonly dn: string; readonly attributes: Readonly<Record<string, readonly (string | Uint8Array)[]>> }

/** An open connection to a directory, lent. */
export interface DirectoryReader {
  /** Computers below the base page by page, then recovery objects. */
  pages(): AsyncIterable<readonly DirectoryObject[]>;
  /** Computers whose LAPS password is there encrypted; what is encrypted is not asked for. Null where it can not be told. */
  countEncryptedLaps(): Promise<number | null>;
  /** Whether the account sees any recovery object at all: asked when nothing was found. Null where it can not be told. Left out where all there is was read. */
  seesKeys?(): Promise<boolean | null>;
  /** Asked when all pages were read. Left out where nothing is known of it. */
  limits?(): DirectoryLimits;
}

/** `isPartial`: the server keeps a part of each object only. `hasOtherDomains`: it said that other servers keep domains below the base. */
export interface DirectoryLimits { readonly isPartial: boolean; readonly hasOtherDomains: boolean }

/** Attributes that are asked for. The bytes among them in `DIRECTORY_BYTES`. */
export const DIRECTORY_ATTRIBUTES = [
  'objectClass', 'name', 'whenCreated', 'msFVE-RecoveryPassword', 'msFVE-RecoveryGuid', 'msFVE-VolumeGuid',
  'sAMAccountName', 'dNSHostName', 'operatingSystem', 'lastLogonTimestamp', 'location', 'description', 'serialNumber', 'objectGUID',
  'ms-Mcs-AdmPwd', 'ms-Mcs-AdmPwdExpirationTime', 'msLAPS-Password', 'msLAPS-PasswordExpirationTime',
] as const;
export const DIRECTORY_BYTES = ['msFVE-RecoveryGuid', 'msFVE-VolumeGuid', 'objectGUID'] as const;

/** One search after the other: computers, service accounts that pass for computers left out, then recovery objects, whose names tell only where they lie. */
export const DIRECTORY_FILTERS = ['(objectCategory=computer)', '(objectClass=msFVE-RecoveryInformation)'] as const;
/** What an account may not read does not match either. By category first: that one has an index. */
export const ENCRYPTED_LAPS_FILTER = '(&(objectCategory=computer)(msLAPS-EncryptedPassword=*))';

/**
 * Reads a directory as intake reads a file. A row is an object, counted from 1 in the order in which they came.
 *
 * @returns One header, a batch a page, at the end the notes: keys that may not be read, none at all, LAPS passwords. A computer comes in as known,
 *          not as reported: that it is in the directory does not say that it is down. Its LAPS password comes beside it. What `pages` throws passes through. Passwords are secret.
 */
export async function* readDirectory(reader: DirectoryReader): AsyncGenerator<IntakeHeader | IntakeBatch> {
  yield { kind: 'header', intakeKind: 'directory', encoding: null, delimiter: null, declined: null };
  const seen = { rows: 0, computers: 0, keys: 0, closedKeys: 0, closedLaps: 0, maybeEncrypted: 0, remarks: new Set<KeyRemark>() };
  const calledOtherwise = new Map<string, HostFacts>();
  for await (const page of reader.pages()) {
    const rows: IntakeRow[] = [];
    for (const object of page) {
      const entry = toEntry(object, seen.rows + 1);
      const row = withOwner(readDirectoryEntry(entry), object.dn, calledOtherwise);
      if (row === null) continue;
      seen.rows += 1;
      if (row.kind === 'host') seen.computers += 1;
      else if (row.kind === 'key') {
        seen.keys += 1;
        for (const remark of row.remarks) seen.remarks.add(remark);
      } else if (row.kind === 'listed-key' || (row.kind === 'rejected' && row.reason === 'recovery-password-not-exported')) seen.closedKeys += 1;
      rows.push(row.kind === 'host' ? { ...row, host: { ...row.host, affected: false } } : row);
      if (row.kind !== 'host') continue;
      const laps = lapsOfDirectoryEntry(entry);
      rows.push(...lapsRows(row.row, row.host, laps));
      // Everybody may see when a password ends, and few the password.
      if (entry.values.has('mslaps-passwordexpirationtime') && !entry.values.has('mslaps-password')) seen.maybeEncrypted += 1;
      if (laps.passwords.length === 0 && laps.rejected === null && (entry.values.has('mslaps-passwordexpirationtime') || entry.values.has('ms-mcs-admpwdexpirationtime'))) seen.closedLaps += 1;
    }
    yield { kind: 'batch', rows, bytesRead: 0, rowsRead: seen.rows, notes: [] };
  }
  // A search of its own through all computers: only where one may be found.
  const encrypted = seen.maybeEncrypted > 0 ? await reader.countEncryptedLaps() ?? 0 : 0;
  const notes: IntakeNote[] = [...seen.remarks];
  const limits = reader.limits?.();
  const seesNone = seen.rows === 0 && (await reader.seesKeys?.()) === false; // who may see none is told that none is there
  const hasNoKeys = seesNone || (seen.computers > 0 && seen.keys + seen.closedKeys === 0);
  if (seen.rows === 0) notes.push('nothing-found');
  if (limits?.isPartial === true && (seen.closedKeys > 0 || hasNoKeys)) notes.push('directory-partial-server'); // rights can not be told from what it does not keep
  else if (seen.closedKeys > 0) notes.push('directory-keys-not-readable');
  else if (hasNoKeys) notes.push('directory-no-keys');
  if (limits?.hasOtherDomains === true) notes.push('directory-other-domains');
  if (seen.closedLaps > encrypted) notes.push('laps-not-readable');
  if (encrypted > 0) notes.push('laps-encrypted');
  yield { kind: 'batch', rows: [], bytesRead: 0, rowsRead: seen.rows, notes };
}

/**
 * A recovery object says only where it lies, and a computer may be called otherwise than its place: the name of an account has at most 15 characters
 * and follows a renaming, the place need not.
 *
 * @param calledOtherwise By the place in lower case; a computer of that kind is added.
 */
function withOwner(row: IntakeRow | null, dn: string, calledOtherwise: Map<string, HostFacts>): IntakeRow | null {
  if (row?.kind === 'host') {
    const placed = parseHostname(readDirectoryPlace(dn)?.computer ?? '');
    if (placed.status !== 'ok' || placed.hostname !== row.host.hostname) calledOtherwise.set(dn.toLowerCase(), { ...row.host, affected: false });
    return row;
  }
  if (calledOtherwise.size === 0 || (row?.kind !== 'key' && row?.kind !== 'listed-key')) return row;
  const host = calledOtherwise.get(computerOf(dn).toLowerCase());
  if (host === undefined) return row;
  return row.kind === 'key' ? { ...row, host, remarks: row.remarks.filter((remark) => remark !== 'hostname-unusable' && remark !== 'hostname-letters-lost') } : { ...row, host };
}

function toEntry({ dn, attributes }: DirectoryObject, row: number): DirectoryEntry {
  const values = new Map<string, readonly (string | Uint8Array)[]>([['dn', [dn]]]);
  for (const [name, given] of Object.entries(attributes)) if (given.length > 0) values.set(name.toLowerCase(), given);
  return { row, values, damaged: false };
}
