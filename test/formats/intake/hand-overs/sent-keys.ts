// Tables and objects of keys as an administrator in a hurry hands them over: what each holds was written down before any reader saw it.
import { encode, idOf, passwordOf, withWrongGroup } from '../support.ts';

/** Numbers stand for the IDs and recovery passwords of that number; null for none. */
export interface Sent {
  readonly what: string;
  readonly file: string | Uint8Array;
  readonly keys?: readonly (readonly [id: number | null, password: number, host: string | null])[];
  readonly hosts?: readonly string[];
  readonly rejected?: readonly (readonly [row: number, reason: string])[];
  readonly notes?: readonly string[];
  /** Whether its hosts are down by it: false for an inventory. */
  readonly setsDown?: boolean;
}

export const crlf = (...lines: readonly string[]): string => [...lines, ''].join('\r\n');
const [I, P] = [idOf, passwordOf];
const low = (n: number): string => I(n).toLowerCase();
const dn = (n: number, host: string, offset = '+02:00'): string => `CN=2024-07-1${n}T06:11:12\\${offset}{${I(n)}},CN=${host},OU=Kiel,OU=Clients,DC=corp,DC=example`;

export const SENT_KEYS: readonly Sent[] = [
  { what: 'Get-ADObject in UTF-16 with a type line and semicolons', file: encode(crlf('#TYPE Selected.Microsoft.ActiveDirectory.Management.ADObject', '"Name";"msFVE-RecoveryPassword";"DistinguishedName";"whenCreated"', `"2024-07-11T06:11:12+02:00{${I(1)}}";"${P(1)}";"${dn(1, 'KIEL-01').replace('\\+', '\\+')}";"11.07.2024 06:11:12"`, `"2024-07-12T06:11:12-00:00{${I(2)}}";"${P(2)}";"${dn(2, 'EMPFANG', '-00:00')}";"12.07.2024 06:11:12"`), 'utf-16le-bom'), keys: [[1, 1, 'KIEL-01'], [2, 2, 'EMPFANG']] },
  { what: 'csvde of computers and recovery objects together', file: crlf('DN,objectClass,name,msFVE-RecoveryGuid,msFVE-RecoveryPassword', `"CN=KIEL-01,OU=Kiel,DC=corp,DC=example",computer,KIEL-01,,`, `"${dn(1, 'KIEL-01')}",msFVE-RecoveryInformation,"2024-07-11T06:11:12+02:00{${I(1)}}",X'${hexOf(I(1))}',${P(1)}`, '"CN=Jane Doe,OU=Users,DC=corp,DC=example",user,Jane Doe,,'), keys: [[1, 1, 'KIEL-01']], hosts: ['KIEL-01'], rejected: [[4, 'other-object']] },
  { what: 'ldifde with folded lines, base64 and a computer', file: crlf(`dn: ${dn(1, 'KIEL-01').slice(0, 60)}`, ` ${dn(1, 'KIEL-01').slice(60)}`, 'changetype: add', 'objectClass: top', 'objectClass: msFVE-RecoveryInformation', `msFVE-RecoveryGuid:: ${Buffer.from(hexOf(I(1)), 'hex').toString('base64')}`, `msFVE-RecoveryPassword: ${P(1)}`, 'whenCreated: 20240711041112.0Z', '', 'dn: CN=LAGER-3,OU=Kiel,DC=corp,DC=example', 'changetype: add', 'objectClass: top', 'objectClass: computer', 'cn: LAGER-3', ''), keys: [[1, 1, 'KIEL-01']], hosts: ['LAGER-3'] },
  { what: 'CrowdStrike’s export with the lost lists of its bug', file: crlf('"Hostname","KeyID","RecoveryKey","Directory"', `"CN=KIEL-01,OU=Kiel,DC=corp,DC=example","${I(1)}","${P(1)}","ActiveDirectory"`, `"CN=KIEL-02,OU=Kiel,DC=corp,DC=example","${I(2)}","System.Object[]","ActiveDirectory"`, `"KIEL-03","${low(3)}","${P(3)}","Entra"`, `,"${low(4)}","${P(4)}","Entra"`, '"PC","3ca7495e-4252-432b-baf1-SAMPLE","001317-088010-034473-667247-160608-471717-100894-INVALID","Entra"'), keys: [[1, 1, 'KIEL-01'], [3, 3, 'KIEL-03'], [4, 4, null]], rejected: [[3, 'exporter-lost-list'], [6, 'sample-row']] },
  { what: 'two columns made by hand for BuildISO', file: crlf('KeyID,RecoveryKey', `${I(1)},${P(1)}`, `${I(2)},${withWrongGroup(P(2), 3)}`), keys: [[1, 1, null]], rejected: [[3, 'wrong-groups']] },
  { what: 'MBAM out of SSMS without headings, with NULL', file: encode(crlf(`17\tCORP\\KIEL-01\t4\t${low(1)}\t2024-05-06 10:11:12.000\t${P(1)}`, `18\tCORP\\KIEL-02\t5\t${low(2)}\t2024-05-06 10:11:12.000\t${P(2)}`, `19\tCORP\\KIEL-03\t6\t${low(3)}\t2024-05-06 10:11:12.000\tNULL`), 'utf-8-bom'), keys: [[1, 1, 'KIEL-01'], [2, 2, 'KIEL-02']], rejected: [[3, 'exporter-found-no-key']] },
  { what: 'ConfigMgr with semicolons in cp850 and a name with an umlaut', file: encode(crlf('Name;VolumeId;RecoveryKeyId;LastUpdateTime;RecoveryKey', `MÜNCHEN-1;7;${low(1)};2024-08-13 04:05:15.000;${P(1)}`, `KIEL-2.corp.example;8;${low(2)};2024-08-13 04:05:15.000;${P(2)}`), 'cp850'), keys: [[1, 1, 'MÜNCHEN-1'], [2, 2, 'KIEL-2']] },
  { what: 'SSMS results to text with its ruler and row count', file: crlf('Name            RecoveryKeyId                        RecoveryKey', '--------------- ------------------------------------ -------------------------------------------------------', `KIEL-01         ${low(1)} ${P(1)}`, `EMPFANG         ${low(2)} ${P(2)}`, '', '(2 rows affected)'), keys: [[1, 1, 'KIEL-01'], [2, 2, 'EMPFANG']] },
  { what: 'a report of several keys per host, oldest last', file: crlf('Computer,RecoveryPassword,Date,BitlocerKeyID', `KIEL-01,${P(1)},2024-05-01 08:00:00,${I(1)}`, `KIEL-01,${P(2)},2023-05-01 08:00:00,${I(2)}`), keys: [[1, 1, 'KIEL-01'], [2, 2, 'KIEL-01']] },
  { what: 'BitLockerInfo of zarevych, three columns of time', file: crlf('ComputerName;OperatingSystem;Date;Time;GMT;PasswordID;RecoveryPassword;DistinguishedName', `KIEL-01;Windows 10 Enterprise;2024-07-11;17:08:23;-08:00;${I(1)};${P(1)};CN=KIEL-01,OU=Kiel,DC=corp,DC=example`), keys: [[1, 1, 'KIEL-01']] },
  { what: 'keys without any ID', file: crlf('Computer Name,whenCreated,msFVE-RecoveryPassword', `KIEL-01,7/11/2024 6:11:12 AM,${P(1)}`, `KIEL-02,,${P(2)}`), keys: [[null, 1, 'KIEL-01'], [null, 2, 'KIEL-02']] },
  { what: 'Graph’s keys with their passwords, as a portal’s developer tools copy them', file: JSON.stringify({ '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#x', value: [{ id: low(1), createdDateTime: '2024-07-01T08:00:00Z', volumeType: '1', deviceId: low(101), key: P(1) }, { id: low(2), createdDateTime: '2024-07-01T08:00:00Z', volumeType: 'operatingSystemVolume', deviceId: '00000000-0000-0000-0000-000000000000', key: P(2) }] }), keys: [[1, 1, null], [2, 2, null]] },
  { what: 'DeviceKeysWithDetails with FileVault between', file: crlf('DeviceId,KeyId,DisplayName,Key,KeyType', `${low(101)},${low(1)},KIEL-01,${P(1)},Bitlocker`, `${low(102)},${low(2)},MACBOOK-7,ABCD-EFGH-JKLM-NPQR-STUV-WXYZ,FileVault`, `${low(103)},${low(3)},KIEL-03,,Bitlocker`), keys: [[1, 1, 'KIEL-01']], rejected: [[3, 'filevault-key'], [4, 'recovery-password-missing']] },
  { what: 'a runbook’s CSV with words for nothing', file: crlf('KeyId,DeviceId,DeviceName,CreatedDateTime,CreatedBy,RecoveryKey', `${low(1)},${low(101)},KIEL-01,2024-07-01T08:00:00Z,x,${P(1)}`, `${low(2)},${low(102)},Device not found,2024-07-01T08:00:00Z,x,${P(2)}`, `${low(3)},${low(103)},KIEL-03,N/A,N/A,No key found`), keys: [[1, 1, 'KIEL-01'], [2, 2, null]], rejected: [[4, 'exporter-found-no-key']] },
  { what: 'hidden keys of a report', file: crlf('DeviceId,BitLockerKeyId,BitLockerRecoveryKey,BitLockerDriveType,BitLockerBackedUp,DeviceName', `${low(101)},${low(1)},[HIDDEN - Use -RevealKeys to display],OS drive,7/1/2024 8:00 AM,KIEL-01`, `${low(102)},${low(2)},${P(2)},OS drive,7/1/2024 8:00 AM,KIEL-02`), keys: [[2, 2, 'KIEL-02']], rejected: [[2, 'exporter-hid-key']] },
  { what: 'a table Excel saved after it had eaten the numbers', file: crlf('Computer;Key ID;Recovery Key', `KIEL-01;${I(1)};4,78401E+47`, `KIEL-02;${I(2)};${'#'.repeat(12)}`, `KIEL-03;${I(3)};478401300000000000000000000000000000000000000000`, `KIEL-04;${I(4)};${P(4).replaceAll('-', '')}`, `KIEL-05;${I(5)};${P(5).replaceAll('-', ' ')}`), keys: [[4, 4, 'KIEL-04'], [5, 5, 'KIEL-05']], rejected: [[2, 'spreadsheet-number'], [3, 'spreadsheet-number'], [4, 'spreadsheet-number']] },
  { what: 'Get-BitLockerVolume’s protectors', file: crlf('"ComputerName","MountPoint","KeyProtectorType","KeyProtectorId","RecoveryPassword"', `"KIEL-01","C:","Tpm","{${I(9)}}",""`, `"KIEL-01","C:","RecoveryPassword","{${I(1)}}","${P(1)}"`, `"KIEL-01","D:","RecoveryPassword","{${I(2)}}","${P(2)}"`), keys: [[1, 1, 'KIEL-01'], [2, 2, 'KIEL-01']], rejected: [[2, 'other-protector']] },
  { what: 'an RMM’s field with the keys of all drives', file: crlf('Asset,Customer,Serial Number,Bitlocker Drives', `KIEL-01,Corp,S1,"Drive C: recovery key: ${P(1)} Drive D: recovery key: ${P(2)}"`, 'KIEL-02,Corp,S2,'), keys: [[null, 1, 'KIEL-01'], [null, 2, 'KIEL-01']], rejected: [[3, 'recovery-password-missing']] },
  { what: 'Snipe-IT with keys in two fields of its own', file: crlf('Asset Tag,Company,Item Name,Serial,_snipeit_bitlocker_key_id_9,_snipeit_bitlocker_key_10', `A1,Corp,KIEL-01,S1,${I(1)},${P(1)}`, 'A2,Corp,KIEL-02,S2,,'), keys: [[1, 1, 'KIEL-01']], rejected: [[3, 'recovery-password-missing']] },
  { what: 'ExtractBitlockerKeys from a domain east of Greenwich', file: JSON.stringify({ [dn(1, 'KIEL-01')]: [{ distinguishedName: dn(1, 'KIEL-01'), domain: 'corp.example', organizationalUnits: 'Clients --> Kiel', createdAt: null, volumeGuid: null, computerName: 'KIEL-01', recoveryKey: [P(1)] }] }, null, 4), keys: [[1, 1, 'KIEL-01']] },
  { what: 'its PowerShell, one result, out of Out-File', file: encode(JSON.stringify({ domainName: 'corp.example', computerName: 'KIEL-01', recoveryKey: P(1), volumeGuid: I(1), createdAt: '2024-07-11T06:11:12\\+02:00', distinguishedName: `LDAP://dc1.corp.example:389/${dn(1, 'KIEL-01')}` }), 'utf-16le-bom'), keys: [[1, 1, 'KIEL-01']] },
  { what: 'ConvertTo-Json of one computer with its keys in a list', file: JSON.stringify({ ComputerName: 'KIEL-01', Keys: [{ KeyProtectorId: `{${I(1)}}`, RecoveryPassword: P(1), MountPoint: 'C:' }, { KeyProtectorId: `{${I(2)}}`, RecoveryPassword: P(2), MountPoint: 'D:' }] }), keys: [[1, 1, 'KIEL-01'], [2, 2, 'KIEL-01']] },
  { what: 'a wiki’s table in Markdown', file: ['| Host | Key ID | Recovery key | Owner |', '|:-----|--------|:------------:|-------|', `| \`KIEL-01\` | ${I(1)} | **${P(1)}** | jdoe |`, `| EMPFANG | ${I(2)} | ${P(2)} | |`, ''].join('\n'), keys: [[1, 1, 'KIEL-01'], [2, 2, 'EMPFANG']] },
  { what: 'a title, a date and a blank line above the headings', file: crlf('BitLocker-Schlüssel Standort Kiel;;;', 'Stand: 19.07.2024;;;', ';;;', 'Rechnername;Schlüssel-ID;Wiederherstellungsschlüssel;Bemerkung', `KIEL-01;${I(1)};${P(1)};Chefin`, `EMPFANG;${I(2)};${P(2)};Tresen 2`), keys: [[1, 1, 'KIEL-01'], [2, 2, 'EMPFANG']] },
  { what: 'headings in French with their spaces', file: encode(crlf('Nom de l’ordinateur;Identificateur de clé;Clé de récupération', `KIEL-01;${I(1)};${P(1)}`), 'utf-8-bom'), keys: [[1, 1, 'KIEL-01']] },
  { what: 'IDs and keys swapped below their headings', file: crlf('Computer,Key ID,Recovery Key', `KIEL-01,${P(1)},${I(1)}`, `KIEL-02,${P(2)},${I(2)}`), keys: [[1, 1, 'KIEL-01'], [2, 2, 'KIEL-02']] },
  { what: 'an inventory with a key in one remark', file: crlf('Computer Name,Serial Number,Operating System,Notes', 'KIEL-01,S1,Windows 10,', `KIEL-02,S2,Windows 10,"key ${I(2)}: ${P(2)}"`, 'KIEL-03,S3,Windows 11,', 'KIEL-04,S4,Windows 11,'), keys: [[2, 2, 'KIEL-02']], hosts: ['KIEL-01', 'KIEL-03', 'KIEL-04'] },
];

/** The sixteen bytes as the directory keeps them. */
function hexOf(id: string): string {
  const [one = '', two = '', three = '', ...rest] = id.split('-');
  const turned = (part: string): string => (part.match(/../g) ?? []).toReversed().join('');
  return (turned(one) + turned(two) + turned(three) + rest.join('')).toLowerCase();
}
