// Tables of recovery passwords, as the exporters of the field write them, with their traps.
import { keyProtectorIdToBytes } from '../../../../electron/core/keys/key-protector-id.ts';
import { computerDn, type HandOver, type HandOverKind, type KeyFact, type Line, objectDn, objectName, table, upper } from './hand-over.ts';

const hex = (fact: KeyFact): string => keyProtectorIdToBytes(fact.id).map((byte) => byte.toString(16).padStart(2, '0')).join('');
const base64 = (fact: KeyFact): string => Buffer.from(keyProtectorIdToBytes(fact.id)).toString('base64');
const found = (fact: KeyFact, more: object = {}): { key: Omit<import('./hand-over.ts').ExpectedKey, 'row'> } => ({ key: { keyProtectorId: fact.id, recoveryPassword: fact.password, hostname: upper(fact.host), ...more } });
const sql = (fact: KeyFact): string => `${fact.createdAt.slice(0, 19).replace('T', ' ')}.000`;
const zeros = (password: string): string => password.split('-').map((group) => String(Number(group))).join('-');

/** Ways in which a recovery password is lost on its way, and what an import calls each. */
const LOST: readonly (readonly [cell: string, reason: string])[] = [
  ['System.Object[]', 'exporter-lost-list'], ['NULL', 'exporter-found-no-key'], ['NoKeyFound', 'exporter-found-no-key'], ['N/A', 'exporter-found-no-key'], ['No key found', 'exporter-found-no-key'], ['4,78401E+47', 'spreadsheet-number'], ['4.78401E+47', 'spreadsheet-number'],
  ['[HIDDEN - Use -RevealKeys to display]', 'exporter-hid-key'], ['System.Byte[]', 'exporter-lost-bytes'], ['', 'recovery-password-missing'], ['001317-088010-034473-667247-160608-471717-100894-INVALID', 'sample-row'], ['ABCD-EFGH-IJKL-MNOP-QRST-UVWX', 'filevault-key'],
];

/** A key that was there and is lost is kept by its ID; a sample never was, and FileVault's is no key of ours. */
const isNamed = (reason: string): boolean => reason !== 'sample-row' && reason !== 'filevault-key';
const named = (fact: KeyFact): { listed: object } => ({ listed: { keyProtectorId: fact.id } });

/** An object without a password: nothing was lost, the account may not read it. */
function withoutRight(given: HandOver): HandOver {
  const rejected = given.rejected.filter(([, reason]) => reason !== 'recovery-password-missing');
  return { ...given, rejected, notes: rejected.length < given.rejected.length ? ['directory-keys-not-readable'] : [] };
}

/** One row in three has lost its password in one of the ways; the first never, so that the table stays one of keys. */
function withLosses(facts: readonly KeyFact[], variant: number, line: (fact: KeyFact, password: string) => Line): Line[] {
  return facts.map((fact, index) => {
    const [cell, reason] = LOST[(index + variant) % LOST.length] ?? ['', ''];
    if (index === 0 || (index + variant) % 3 !== 0) return line(fact, fact.password);
    const { key: _key, ...lost } = line(fact, cell);
    return { ...lost, rejected: reason, ...(isNamed(reason) ? named(fact) : {}) };
  });
}

export const keyTables: readonly HandOverKind[] = [
  {
    name: 'A1 CrowdStrike', make: (facts, options) => table(['Hostname', 'KeyID', 'RecoveryKey', 'Directory'], withLosses(facts, options.variant, (fact, password) => (
      options.variant % 2 === 0 ? { cells: [computerDn(fact), fact.id, password, 'ActiveDirectory'], ...found(fact) } : { cells: [null, fact.id.toLowerCase(), password, 'Entra'], ...found(fact, { hostname: null }) })), options),
  },
  { name: 'A1 CrowdStrike, two columns', make: (facts, options) => table(['KeyID', 'RecoveryKey'], facts.map((fact) => ({ cells: [fact.id.toLowerCase(), fact.password], ...found(fact, { hostname: null }) })), options) },
  {
    name: 'A2 Export-Csv of names', make: (facts, options) => withoutRight(table(['Name', 'DistinguishedName', 'msFVE-RecoveryPassword', 'whenCreated'], withLosses(facts, options.variant, (fact, password) => ({ cells: [objectName(fact), objectDn(fact), password, '7/19/2024 6:11:12 AM'], ...found(fact, { createdAt: fact.createdAt }) })), options)),
  },
  {
    name: 'A2 Export-Csv of everything', make: (facts, options) => table(['CN', 'Created', 'DistinguishedName', 'msFVE-KeyPackage', 'msFVE-RecoveryGuid', 'msFVE-RecoveryPassword', 'msFVE-VolumeGuid', 'Name', 'ObjectClass', 'ObjectGUID'], facts.map((fact) => ({
      cells: [objectName(fact), '19/07/2024 06:11:12', objectDn(fact), 'System.Byte[]', 'System.Byte[]', fact.password, 'System.Byte[]', objectName(fact), 'msFVE-RecoveryInformation', fact.volumeId.toLowerCase()], ...found(fact, { createdAt: fact.createdAt, volumeId: null }),
    })), options),
  },
  {
    name: 'A2 PasswordID, date, time and zone', make: (facts, options) => table(['ComputerName', 'OperatingSystem', 'Date', 'Time', 'GMT', 'PasswordID', 'RecoveryPassword', 'DistinguishedName'], withLosses(facts, options.variant, (fact, password) => ({
      cells: [fact.host, 'Windows 10 Enterprise', fact.local.slice(0, 10), fact.local.slice(11), fact.offset, fact.id, password, computerDn(fact)], ...found(fact, { createdAt: fact.createdAt }) })), options),
  },
  {
    name: 'A2 csvde', make: (facts, options) => table(['DN', 'objectClass', 'name', 'whenCreated', 'msFVE-RecoveryGuid', 'msFVE-RecoveryPassword', 'msFVE-VolumeGuid'], [
      ...facts.map((fact) => ({ cells: [objectDn(fact), 'msFVE-RecoveryInformation', objectName(fact), '20240719041112.0Z', `X'${hex(fact)}'`, fact.password, `X'${hex({ ...fact, id: fact.volumeId })}'`], ...found(fact, { createdAt: fact.createdAt, volumeId: fact.volumeId }) })),
      { cells: ['CN=Jane Doe,OU=Staff,DC=corp,DC=example', 'user', 'Jane Doe', '20240719041112.0Z', null, null, null], rejected: 'other-object' },
    ], options),
  },
  {
    name: 'A2 IDs as bytes', make: (facts, options) => table(['Computer', 'msFVE-RecoveryGuid', 'msFVE-RecoveryPassword'], facts.map((fact, index) => ({
      cells: [fact.host, [`X'${hex(fact).toUpperCase()}'`, base64(fact), keyProtectorIdToBytes(fact.id).join(' '), `0x${hex(fact)}`, `{${fact.id}}`, fact.id.replaceAll('-', '').toLowerCase()][(index + options.variant) % 6] ?? '', fact.password], ...found(fact) })), options),
  },
  {
    name: 'A2 a spreadsheet’s zeros', make: (facts, options) => table(['Computer', 'PasswordID', 'RecoveryPassword'], facts.map((fact, index) => {
      const lost = /(?:^|-)0/.test(fact.password) && index > 0;
      return { cells: [fact.host, fact.id, lost ? zeros(fact.password) : fact.password], ...(lost ? { rejected: 'leading-zeros-lost', ...named(fact) } : found(fact)) };
    }), options),
  },
  { name: 'A3 Id,Key', make: (facts, options) => table(['Id', 'Key'], facts.map((fact) => ({ cells: [fact.id.toLowerCase(), fact.password], ...found(fact, { hostname: null }) })), options) },
  {
    name: 'A3 DeviceName,DeviceId,RecoveryKeyId,RecoveryKey', make: (facts, options) => table(['DeviceName', 'DeviceId', 'RecoveryKeyId', 'RecoveryKey'], withLosses(facts, options.variant, (fact, password) => ({ cells: [fact.host, fact.deviceId.toLowerCase(), fact.id.toLowerCase(), password], ...found(fact, { entraDeviceId: fact.deviceId }) })), options),
  },
  {
    name: 'A3 with FileVault between', make: (facts, options) => table(['DeviceId', 'KeyId', 'DisplayName', 'Key', 'KeyType'], facts.map((fact, index) => (
      (index + options.variant) % 3 === 1 ? { cells: [fact.deviceId, fact.id, 'Janes MacBook', 'ABCD-1234-EFGH-5678-IJKL-9012', 'FileVault'], rejected: 'filevault-key' } : { cells: [fact.deviceId, fact.id, fact.host, fact.password, 'Bitlocker'], ...found(fact, { entraDeviceId: fact.deviceId }) })), options),
  },
  {
    name: 'A3 with who created it', make: (facts, options) => table(['KeyId', 'DeviceId', 'DeviceName', 'CreatedDateTime', 'CreatedBy', 'RecoveryKey'], withLosses(facts, options.variant, (fact, password) => ({ cells: [fact.id, fact.deviceId, 'Device not found', fact.createdAt, 'N/A', password], ...found(fact, { hostname: null, entraDeviceId: fact.deviceId, createdAt: fact.createdAt }) })), options),
  },
  {
    name: 'A4 MBAM', make: (facts, options) => table(['Id', 'Name', 'VolumeId', 'RecoveryKeyId', 'LastUpdateTime', 'RecoveryKey'], withLosses(facts, options.variant, (fact, password) => ({ cells: ['7', `CORP\\${fact.host}`, '16777220', fact.id.toLowerCase(), sql(fact), password], ...found(fact, { createdAt: fact.createdAt, volumeId: null }) })), options),
  },
  {
    name: 'A4 ConfigMgr', make: (facts, options) => table(['VolumeId', 'LastUpdateTime', 'RecoveryKeyId', 'RecoveryKey', 'Disclosed'], facts.map((fact) => ({ cells: ['16777220', sql(fact), fact.id.toLowerCase(), fact.password, '0'], ...found(fact, { hostname: null, createdAt: fact.createdAt }) })), options),
  },
  {
    name: 'A4 SQL Server without a header', make: (facts, options) => table(null, facts.map((fact, index) => (
      index > 0 && (index + options.variant) % 9 === 0 && facts.length > 9 ? { cells: [String(index), `CORP\\${fact.host}`, '16777220', fact.id.toLowerCase(), sql(fact), 'NULL'], rejected: 'exporter-found-no-key', ...named(fact) }
        : { cells: [String(index), `CORP\\${fact.host}`, '16777220', fact.id.toLowerCase(), sql(fact), fact.password], ...found(fact, { createdAt: fact.createdAt }) })), options),
  },
  {
    name: 'A6 Get-BitLockerVolume', make: (facts, options) => table(['KeyProtectorId', 'AutoUnlockProtector', 'KeyProtectorType', 'KeyFileName', 'RecoveryPassword'], facts.flatMap((fact) => [
      { cells: [`{${fact.volumeId}}`, null, 'Tpm', '', ''], rejected: 'other-protector' }, { cells: [`{${fact.id}}`, null, 'RecoveryPassword', '', fact.password], ...found(fact, { hostname: null }) },
    ]), options),
  },
  {
    name: 'A7 ExtractBitlockerKeys', make: (facts, options) => table(['domainName', 'computerName', 'recoveryKey', 'volumeGuid', 'createdAt', 'distinguishedName'], facts.map((fact) => ({
      cells: ['corp.example', fact.host, fact.password, fact.id, `${fact.local}${fact.offset.replace('+', '\\+')}`, `LDAP://dc01:389/${objectDn(fact)}`], ...found(fact, { createdAt: fact.createdAt, volumeId: null }) })), options),
  },
  {
    name: 'A7 its fixed workbook', make: (facts, options) => table(['Computer FQDN', 'Domain', 'Recovery Key', 'Volume GUID', 'Created At', 'Organizational Units'], facts.map((fact) => ({ cells: [objectDn(fact), 'corp.example', fact.password, options.variant % 2 === 0 ? fact.id : null, null, fact.unit], ...found(fact, { createdAt: fact.createdAt, volumeId: null }) })), options),
  },
  {
    name: 'A8 several keys in a cell', make: (facts, options) => table(['Asset Name', 'Customer', 'Bitlocker Drives'], facts.map((fact, index) => {
      const second = facts[(index + 1) % facts.length] ?? fact;
      const isOne = second === fact;
      const key = (of: KeyFact, drive: string): Omit<import('./hand-over.ts').ExpectedKey, 'row'> => ({ keyProtectorId: null, recoveryPassword: of.password, hostname: upper(fact.host), drive });
      return { cells: [fact.host, 'Contoso', `Drive C: recovery key: ${fact.password}${isOne ? '' : `${options.newline}Drive D: recovery key: ${second.password}`}`], keys: isOne ? [key(fact, 'C:')] : [key(fact, 'C:'), key(second, 'D:')] };
    }), { ...options, quoted: true }),
  },
  {
    name: 'A8 Snipe-IT', make: (facts, options) => table(['ID', 'Asset Tag', 'Asset Name', 'Serial', 'Model', `_snipeit_bitlocker_${options.variant % 2 === 0 ? '' : 'keys_'}${options.variant}`], facts.map((fact, index) => ({ cells: [String(index), `P${index}`, fact.host, `SN-${1000 + index}`, 'Latitude', fact.password], ...found(fact, { keyProtectorId: null }) })), options),
  },
];
