// What is done with what a directory answers: recovery objects become keys, computers become hosts, and what could not be read is named.
import type { IntakeBatch, IntakeHeader, IntakeNote, IntakeRow } from '../../formats/intake/intake.ts';
import { readDirectoryEntry, type DirectoryEntry } from '../../formats/intake/ldif.ts';

/** One object as it came. Names of attributes in any case; an attribute without values is one that is not there or may not be read. */
export interface DirectoryObject { readonly dn: string; readonly attributes: Readonly<Record<string, readonly (string | Uint8Array)[]>> }

/** Computers whose local administrator's password is kept in the directory: readable as text (either LAPS), and encrypted. */
export interface LapsCounts { readonly readable: number; readonly encrypted: number }

/** An open connection to a directory, lent. */
export interface DirectoryReader {
  /** Computers and recovery objects below the base, page by page. */
  pages(): AsyncIterable<readonly DirectoryObject[]>;
  /** Counts only: the passwords themselves are not asked for. Null where it can not be told. */
  countLaps(): Promise<LapsCounts | null>;
}

/** Attributes that are asked for. The bytes among them in `DIRECTORY_BYTES`. */
export const DIRECTORY_ATTRIBUTES = [
  'objectClass', 'name', 'whenCreated', 'msFVE-RecoveryPassword', 'msFVE-RecoveryGuid', 'msFVE-VolumeGuid',
  'sAMAccountName', 'dNSHostName', 'operatingSystem', 'lastLogonTimestamp', 'location', 'serialNumber', 'objectGUID',
] as const;
export const DIRECTORY_BYTES = ['msFVE-RecoveryGuid', 'msFVE-VolumeGuid', 'objectGUID'] as const;

/** Computers, service accounts that pass for computers left out, and recovery objects. */
export const DIRECTORY_FILTER = '(|(objectCategory=computer)(objectClass=msFVE-RecoveryInformation))';
/** One filter per count: what an account may not read does not match either. */
export const LAPS_FILTERS = { readable: '(|(msLAPS-Password=*)(ms-Mcs-AdmPwd=*))', encrypted: '(msLAPS-EncryptedPassword=*)' } as const;

/**
 * Reads a directory as intake reads a file. A row is an object, counted from 1 in the order in which they came.
 *
 * @returns One header, a batch a page, at the end the notes: keys that may not be read, none at all, LAPS passwords. A computer comes in as known,
 *          not as reported: that it is in the directory does not say that it is down. What `pages` throws passes through. Passwords are secret.
 */
export async function* readDirectory(reader: DirectoryReader): AsyncGenerator<IntakeHeader | IntakeBatch> {
  yield { kind: 'header', intakeKind: 'directory', encoding: null, delimiter: null, declined: null };
  const seen = { rows: 0, computers: 0, keys: 0, closedKeys: 0 };
  for await (const page of reader.pages()) {
    const rows: IntakeRow[] = [];
    for (const object of page) {
      const row = readDirectoryEntry(toEntry(object, seen.rows + 1));
      if (row === null) continue;
      seen.rows += 1;
      if (row.kind === 'host') seen.computers += 1;
      else if (row.kind === 'key') seen.keys += 1;
      else if (row.reason === 'recovery-password-not-exported') seen.closedKeys += 1;
      rows.push(row.kind === 'host' ? { ...row, host: { ...row.host, affected: false } } : row);
    }
    yield { kind: 'batch', rows, bytesRead: 0, rowsRead: seen.rows, notes: [] };
  }
  const laps = await reader.countLaps();
  const notes: IntakeNote[] = [];
  if (seen.rows === 0) notes.push('nothing-found');
  if (seen.closedKeys > 0) notes.push('directory-keys-not-readable');
  if (seen.computers > 0 && seen.keys + seen.closedKeys === 0) notes.push('directory-no-keys');
  if (laps !== null && laps.readable > 0) notes.push('laps-readable');
  if (laps !== null && laps.encrypted > 0) notes.push('laps-encrypted');
  yield { kind: 'batch', rows: [], bytesRead: 0, rowsRead: seen.rows, notes };
}

function toEntry({ dn, attributes }: DirectoryObject, row: number): DirectoryEntry {
  const values = new Map<string, readonly (string | Uint8Array)[]>([['dn', [dn]]]);
  for (const [name, given] of Object.entries(attributes)) if (given.length > 0) values.set(name.toLowerCase(), given);
  return { row, values, damaged: false };
}
