// Words for assigning the columns of a table that is not recognised.
import type { MappedField } from '../../electron/core/codes.ts';

export interface MappingWords {
  readonly title: string; readonly which: (name: string, number: number, of: number) => string; readonly lead: string; readonly column: (number: number) => string; readonly nothing: string; readonly secret: string;
  readonly found: (passwords: number, rows: number) => string; readonly foundNone: string; readonly inventory: string; readonly inventoryNote: string; readonly take: string; readonly asRecognised: string; readonly next: string; readonly needs: string; readonly remembered: string;
  readonly looking: string; readonly table: string; readonly field: Readonly<Record<MappedField, string>>;
}

export const mappingEn: MappingWords = {
  title: 'Assign columns', which: (name, number, of) => (of === 1 ? name : `${name}, table ${number} of ${of}`),
  lead: 'No exporter with these headings is known. Say what the columns hold; the proposal goes by the values.',
  column: (number) => `Column ${number}`, nothing: 'nothing', secret: 'secret, hidden',
  found: (passwords, rows) => (rows === 1 ? 'The first row holds a valid recovery password.' : `${passwords} of the first ${rows} rows ${passwords === 1 ? 'holds' : 'hold'} a valid recovery password.`), foundNone: 'No recovery password in the first rows: a list of hosts.',
  inventory: 'An inventory', inventoryNote: 'The hosts are known by it, but not reported as down.', take: 'Import with these columns', asRecognised: 'Import without assigning', next: 'Next table',
  needs: 'A column with recovery passwords or host names has to be assigned.', remembered: 'Remembered for the next table with these headings.', looking: 'Looking at the first rows …', table: 'First rows',
  field: {
    recoveryPassword: 'Recovery password', keyProtectorId: 'Key ID', hostname: 'Host name', distinguishedName: 'Distinguished name', createdAt: 'Key created', lastSeenAt: 'Last seen', volumeId: 'Volume ID', drive: 'Drive',
    operatingSystem: 'Operating system', site: 'Site', serialNumber: 'Serial number', assetTag: 'Asset tag', userName: 'User', entraDeviceId: 'Entra device ID',
    lapsPassword: 'LAPS password', lapsAccount: 'LAPS account', lapsUpdatedAt: 'LAPS password set', lapsExpiresAt: 'LAPS password ends',
  },
};
