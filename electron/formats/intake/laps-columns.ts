// Which columns of a table hold LAPS passwords, by their headings, and what a row of it says.
import { joined, lapsInstant, readLapsPassword, type LapsFinding } from './laps.ts';
import { normaliseHeading } from './columns.ts';

export interface LapsColumns {
  /** Each with the column of its time of expiry; -1 for none. */
  readonly passwords: readonly { readonly column: number; readonly expires: number }[];
  readonly account: number; readonly updated: number; readonly status: number; readonly encrypted: number;
}

/** By these headings alone. */
const STRONG = ['mslapspassword', 'msmcsadmpwd', 'lapspassword', 'localadminpassword', 'localadministratorpassword', 'admpwd'];
const EXPIRES = ['expirationtimestamp', 'passwordexpirationtime', 'expirationtime', 'lapsexpirationtime', 'passwordexpires'];
const EXPIRES_OF: Readonly<Record<string, readonly string[]>> = { mslapspassword: ['mslapspasswordexpirationtime'], msmcsadmpwd: ['msmcsadmpwdexpirationtime'] };
const ACCOUNT = ['account', 'accountname', 'lapsaccount', 'localadminaccount', 'managedaccountname'];
const UPDATED = ['passwordupdatetime', 'passwordlastset', 'passwordupdated', 'lapsupdatetime'];

/**
 * @param header Headings of a table, or names of a record.
 * @returns Null when it holds none. A plain `Password` is one beside what `Get-LapsADPassword`, `Get-LapsAADPassword` and `Get-AdmPwdPassword` put beside it.
 */
export function findLapsColumns(header: readonly string[]): LapsColumns | null {
  const headings = header.map(normaliseHeading);
  const find = (names: readonly string[]): number => headings.findIndex((heading) => names.includes(heading));
  const status = find(['decryptionstatus']);
  const plain = find(['password']);
  const isTool = status !== -1 || find(['expirationtimestamp']) !== -1 || (find(['passwordexpirationtime']) !== -1 && find(['passwordupdatetime', 'account', 'devicename']) !== -1);
  const strong = headings.flatMap((heading, column) => (STRONG.includes(heading) ? [column] : []));
  const encrypted = find(['mslapsencryptedpassword', 'mslapsencryptedpasswordhistory']);
  const columns = [...strong, ...(isTool && plain !== -1 ? [plain] : [])];
  if (columns.length === 0 && encrypted === -1) return null;
  return {
    passwords: columns.map((column) => ({ column, expires: find(EXPIRES_OF[headings[column] ?? ''] ?? EXPIRES) })),
    account: find(ACCOUNT), updated: find(UPDATED), status, encrypted,
  };
}

/** @param fields Of one row; those of the columns are secret. */
export function lapsOfRow(columns: LapsColumns, fields: readonly string[]): LapsFinding {
  const cell = (column: number): string => (column === -1 ? '' : (fields[column] ?? ''));
  const status = cell(columns.status).trim();
  // What may not be decrypted is there all the same. Whatever stands in its place is none.
  if (status !== '' && !/^(?:success|notapplicable|0|1)$/i.test(status)) return { passwords: [], encrypted: true, rejected: null };
  const about = { account: cell(columns.account), updatedAt: lapsInstant(cell(columns.updated)) };
  return joined(columns.passwords.map(({ column, expires }) => readLapsPassword(cell(column), { ...about, expiresAt: lapsInstant(cell(expires)) })), !/^$|^null$/i.test(cell(columns.encrypted).trim()));
}

/** @returns Whether nothing of such a column may be shown to anybody, whatever is in it. */
export const isSecretHeading = (heading: string): boolean => /pass(?:word|wort)?|pwd|kennwort|laps|secret|geheim|credential/.test(normaliseHeading(heading)) && !/(?:id|guid|time|timestamp|date|status|lastset|updated|expires|account|name|enabled|source)$/.test(normaliseHeading(heading));
