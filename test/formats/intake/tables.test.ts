import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encode, encodings, essence, type Fact, facts, hostnames, idOf, keysOf, newlines, passwordOf, pieceSizes, read, rejections, withWrongGroup } from './support.ts';

const A = { id: idOf(1), password: passwordOf(1) };
const B = { id: idOf(2), password: passwordOf(2) };
const C = { id: idOf(3), password: passwordOf(3) };

describe('CrowdStrike’s CSV', () => {
  test('gives each key with the host of its distinguished name or display name', async () => {
    const result = await read([
      '"Hostname","KeyID","RecoveryKey","Directory"',
      `"CN=PC-1,OU=Laptops,OU=Paris,DC=corp,DC=example","${A.id}","${A.password}","ActiveDirectory"`,
      `"pc-2","${B.id.toLowerCase()}","${B.password}","Entra"`,
      `,"${C.id.toLowerCase()}","${C.password}","Entra"`, '',
    ].join('\r\n'));
    expect(result.header).toMatchObject({ intakeKind: 'crowdstrike-csv', encoding: 'utf-8', delimiter: ',' });
    expect(essence(result)).toEqual([[2, A.id, A.password, 'PC-1'], [3, B.id, B.password, 'PC-2'], [4, C.id, C.password, null]]);
    expect(keysOf(result)[0]?.host).toMatchObject({ organizationalUnit: 'Paris / Laptops', domain: 'corp.example' });
    expect(result.rowsRead).toBe(3);
  });

  test('names what the exporter lost, and goes on', async () => {
    const lost: readonly (readonly [string, string])[] = [
      ['System.Object[]', 'exporter-lost-list'], ['System.Byte[]', 'exporter-lost-bytes'], ['NULL', 'exporter-found-no-key'], ['N/A', 'exporter-found-no-key'],
      ['NoKeyFound', 'exporter-found-no-key'], ['No key found', 'exporter-found-no-key'], ['Device not found', 'exporter-found-no-key'],
      ['[HIDDEN - Use -RevealKeys to display]', 'exporter-hid-key'], ['4,78401E+47', 'spreadsheet-number'], ['4.78E+47', 'spreadsheet-number'], ['', 'recovery-password-missing'],
      [withWrongGroup(A.password, 3), 'wrong-groups'], [A.password.slice(0, -7), 'recovery-password-cut-off'], [A.password.replace(/^./, 'O'), 'letters-in-password'],
      ['ABCD-EFGH-IJKL-MNOP-QRST-UVWX', 'filevault-key'], [A.password.slice(0, 49) + 'INVALID', 'sample-row'], ['see vault', 'no-key-in-row'],
    ];
    const result = await read(['"Hostname","KeyID","RecoveryKey","Directory"', ...lost.map(([cell], index) => `"PC${index}","${idOf(100 + index)}","${cell}","Entra"`), `PC99,${B.id},${B.password},Entra`].join('\n'));
    expect(rejections(result)).toEqual(lost.map(([, reason], index) => [index + 2, reason]));
    expect(essence(result)).toEqual([[lost.length + 2, B.id, B.password, 'PC99']]);
    expect(result.rowsRead).toBe(lost.length + 1);
  });

  test('names the groups that can not be right, and those that lost their zeros', async () => {
    const zeros = '000011-000022-000033-000044-000055-000066-000077-000088';
    const result = await read(['KeyID,RecoveryKey', `${A.id},${withWrongGroup(A.password, 5)}`, `${B.id},11-000022-33-000044-000055-000066-000077-000088`, `${C.id},${zeros}`].join('\n'));
    expect(result.rows.filter((row) => row.kind === 'rejected')).toEqual([
      { kind: 'rejected', row: 2, reason: 'wrong-groups', field: 'recoveryPassword', groups: [5] },
      { kind: 'rejected', row: 3, reason: 'leading-zeros-lost', field: 'recoveryPassword', groups: [1, 3] },
    ]);
    expect(essence(result)).toEqual([[4, C.id, zeros, null]]);
  });

  test('keeps ID and host of a row whose password has a digit too many, ends as PowerShell 7 cuts it off, or became a spreadsheet’s error', async () => {
    for (const [cell, reason] of [[`${A.password}9`, 'wrong-length'], [`${A.password.slice(0, 40)}…`, 'recovery-password-cut-off'], ['#REF!', 'spreadsheet-number'], ['#NAME?', 'spreadsheet-number']] as const) {
      const result = await read(`Hostname,KeyID,RecoveryKey\nPC-1,${A.id},${cell}\n`);
      expect(rejections(result)).toEqual([[2, reason]]);
      expect(result.rows.filter((row) => row.kind === 'listed-key')).toMatchObject([{ row: 2, keyProtectorId: A.id, host: { hostname: 'PC-1' } }]);
    }
  });

  test('keeps ID and host of a row with a remark in place of its password, and the host of an empty one, but makes none of a word on a line of its own, nor of the head of a page', async () => {
    const result = await read(`Hostname,KeyID,RecoveryKey\nParis\nPC-1,${A.id},${A.password}\nPC-2,${B.id},see ticket\nRECEPTION,,\nBitLocker report   Page 2 of 3,,\n`);
    expect(result.rows.filter((row) => row.kind === 'listed-key')).toMatchObject([{ row: 4, keyProtectorId: B.id, host: { hostname: 'PC-2' } }]);
    expect(result.rows.filter((row) => row.kind === 'rejected')).toEqual([
      { kind: 'rejected', row: 2, reason: 'recovery-password-missing', field: 'recoveryPassword' }, { kind: 'rejected', row: 4, reason: 'no-key-in-row', field: 'recoveryPassword' },
      { kind: 'rejected', row: 5, reason: 'recovery-password-missing', field: 'recoveryPassword', host: expect.objectContaining({ hostname: 'RECEPTION' }) },
      { kind: 'rejected', row: 6, reason: 'recovery-password-missing', field: 'recoveryPassword' },
    ]);
  });

  test('refuses the sample row of the README', async () => {
    const result = await read(`KeyID,RecoveryKey\n3ca7495e-4252-432b-baf1-SAMPLE,${A.password}\n`);
    expect(rejections(result)).toEqual([[2, 'sample-row']]);
  });

  test('keeps a key whose ID is cut off under its host, without an ID, and refuses it when there is no host', async () => {
    const result = await read(`Hostname,KeyID,RecoveryKey,Directory\nPC1,${A.id.slice(0, 16)},${A.password},Entra\n,${B.id.slice(0, 16)},${B.password},Entra\n`);
    expect(essence(result)).toEqual([[2, null, A.password, 'PC1']]);
    expect(keysOf(result)[0]?.remarks).toEqual(['key-protector-id-unreadable']);
    expect(rejections(result)).toEqual([[3, 'key-protector-id-wrong']]);
  });
});

describe('a table out of Active Directory', () => {
  const name = (id: string, offset: string): string => `2024-01-15T09:30:00${offset}{${id}}`;

  test('takes ID, time and computer from the object’s name, with plus, minus and zero offsets', async () => {
    const rows = [[A, '+01:00', '08:30'], [B, '-08:00', '17:30'], [C, '-00:00', '09:30']] as const;
    const lines = rows.map(([key, offset], index) => `"${name(key.id, offset)}","CN=${name(key.id, offset.replace('+', '\\+'))},CN=PC${index},OU=a\\, b,DC=corp,DC=example","${key.password}","19/07/2024 06:11:12"`);
    const result = await read(['#TYPE Selected.Microsoft.ActiveDirectory.Management.ADObject', '"Name","DistinguishedName","msFVE-RecoveryPassword","whenCreated"', ...lines].join('\r\n'));
    expect(result.header).toMatchObject({ intakeKind: 'ad-csv' });
    expect(essence(result)).toEqual(rows.map(([key], index) => [index + 3, key.id, key.password, `PC${index}`]));
    expect(keysOf(result).map((key) => key.createdAt)).toEqual(rows.map(([, , time]) => `2024-01-15T${time}:00Z`));
    expect(keysOf(result)[0]?.host?.organizationalUnit).toBe('a, b');
  });

  test('with "-Properties *" passes over System.Byte[] and the object’s own GUID', async () => {
    const result = await read(`"CN","Created","ObjectGUID","msFVE-RecoveryGuid","msFVE-RecoveryPassword","msFVE-VolumeGuid","DistinguishedName"\n"${name(A.id, '+01:00')}","1/15/2024 9:30:00 AM","${B.id}","System.Byte[]","${A.password}","System.Byte[]","CN=${name(A.id, '\\+01:00')},CN=PC1,DC=corp,DC=example"\n`);
    expect(essence(result)).toEqual([[2, A.id, A.password, 'PC1']]);
    expect(keysOf(result)[0]).toMatchObject({ volumeId: null, createdAt: '2024-01-15T08:30:00Z', remarks: [] });
  });

  test('is legal without any ID', async () => {
    const result = await read(`Computer Name,whenCreated,msFVE-RecoveryPassword\nPC1,2024-01-15 09:30:00,${A.password}\n`);
    expect(essence(result)).toEqual([[2, null, A.password, 'PC1']]);
    expect(keysOf(result)[0]?.remarks).toEqual([]);
  });

  test('joins date, time and zone from columns of their own', async () => {
    const result = await read(`ComputerName;OperatingSystem;Date;Time;GMT;PasswordID;RecoveryPassword;DistinguishedName\nPC1;Windows 11;2005-09-30;17:08:23;-08:00;${A.id};${A.password};CN=PC1,OU=x,DC=corp,DC=example\n`);
    expect(keysOf(result)[0]).toMatchObject({ keyProtectorId: A.id, createdAt: '2005-10-01T01:08:23Z', host: { operatingSystem: 'Windows 11', organizationalUnit: 'x' } });
  });

  test.each([
    ['Name,Date,PasswordID,RecoveryPassword', `PC1,2024-01-15,${A.id},${A.password}`],
    ['Computer,RecoveryPassword,Date,BitlocerKeyID', `PC1,${A.password},2024-01-15,{${A.id}}`],
    ['distinguishedName,name,TPMRecoveryInformation,Date,PasswordID,RecoveryPassword', `"CN=PC1,OU=x,DC=corp,DC=example",PC1,N/A,2024-01-15,${A.id},${A.password}`],
    ['DN,objectClass,name,msFVE-RecoveryGuid,msFVE-RecoveryPassword', `"CN=2024-01-15T00:00:00-00:00{${A.id}},CN=PC1,DC=corp,DC=example",msFVE-RecoveryInformation,2024-01-15T00:00:00-00:00{${A.id}},X'00112233445566778899aabbccddeeff',${A.password}`],
  ])('reads the header %s', async (header, row) => {
    const result = await read(`${header}\n${row}\n`);
    expect(essence(result)).toEqual([[2, A.id, A.password, 'PC1']]);
    expect(keysOf(result)[0]?.createdAt).toBe('2024-01-15T00:00:00Z');
  });

  test('reads the bytes of msFVE-RecoveryGuid in the order of Windows', async () => {
    const result = await read(`DN,msFVE-RecoveryGuid,msFVE-RecoveryPassword\n"CN=odd,CN=PC1,DC=corp,DC=example",X'ea1d316487452940924aba299647998e',${A.password}\n"CN=odd,CN=PC1,DC=corp,DC=example",6h0xZIdFKUCSSroplkeZjg==,${B.password}\n`);
    expect(keysOf(result).map((key) => key.keyProtectorId)).toEqual(['64311DEA-4587-4029-924A-BA299647998E', '64311DEA-4587-4029-924A-BA299647998E']);
  });

  test('keeps a key whose host’s name lost a letter, without the host', async () => {
    const result = await read(`Name,PasswordID,RecoveryPassword\nM?NCHEN-1,${A.id},${A.password}\n`);
    expect(essence(result)).toEqual([[2, A.id, A.password, null]]);
    expect(keysOf(result)[0]?.remarks).toEqual(['hostname-letters-lost']);
    expect(result.notes).toContain('hostname-letters-lost');
  });
});

describe('tables of other exporters', () => {
  test.each([
    ['entra-csv', 'Id,Key', `${A.id.toLowerCase()},${A.password}`, null],
    ['entra-csv', 'DeviceName,DeviceId,RecoveryKeyId,RecoveryKey', `pc1,${B.id},${A.id},${A.password}`, 'PC1'],
    ['entra-csv', 'DeviceId,KeyId,DisplayName,Key,KeyType', `${B.id},${A.id},PC1,${A.password},Bitlocker`, 'PC1'],
    ['entra-csv', 'KeyId,DeviceId,DeviceName,CreatedDateTime,CreatedBy,RecoveryKey', `${A.id},${B.id},PC1,2024-01-15T00:00:00Z,x,${A.password}`, 'PC1'],
    ['mbam-csv', 'Id,Name,VolumeId,RecoveryKeyId,LastUpdateTime,RecoveryKey', `1,CORP\\PC1,11,${A.id},2024-01-15 00:00:00.000,${A.password}`, 'PC1'],
    ['mbam-csv', 'Machine Name,Recovery Key ID,Recovery Key,LastUpdateTime', `pc1.corp.example,${A.id},${A.password},2024-01-15 00:00:00.000`, 'PC1'],
    ['extract-bitlocker-keys-csv', 'domainName,computerName,recoveryKey,volumeGuid,createdAt,distinguishedName', `corp.example,PC1,${A.password},${A.id},2024-01-15T00:00:00\\+01:00,"LDAP://dc:389/CN=2024-01-15T00:00:00\\+01:00{${A.id}},CN=PC1,DC=corp,DC=example"`, 'PC1'],
    ['bitlocker-volume-csv', 'ComputerName,MountPoint,KeyProtectorId,KeyProtectorType,RecoveryPassword', `PC1,C:,{${A.id}},RecoveryPassword,${A.password}`, 'PC1'],
    ['keys-csv', 'Asset Tag,Item Name,BitLocker Key ID,BitLocker Recovery Key', `77,PC1,${A.id},${A.password}`, 'PC1'],
  ])('%s: %s', async (kind, header, row, host) => {
    const result = await read(`${header}\n${row}\n`);
    expect(essence(result)).toEqual([[2, A.id, A.password, host]]);
    if (kind !== 'keys-csv') expect(result.header.intakeKind).toBe(kind);
  });

  test('a FileVault row is refused as that', async () => {
    const result = await read(`DeviceId,KeyId,DisplayName,Key,KeyType\n${B.id},${A.id},MAC1,ABCD-EFGH-IJKL-MNOP-QRST-UVWX,FileVault\n${B.id},${A.id},PC1,${A.password},Bitlocker\n`);
    expect(rejections(result)).toEqual([[2, 'filevault-key']]);
    expect(keysOf(result)).toHaveLength(1);
  });

  test('a TPM protector in Get-BitLockerVolume’s table has no recovery password to lose', async () => {
    const result = await read(`ComputerName,KeyProtectorId,KeyProtectorType,RecoveryPassword\nPC1,{${B.id}},Tpm,\nPC1,{${A.id}},RecoveryPassword,${A.password}\n`);
    expect(rejections(result)).toEqual([[2, 'other-protector']]);
    expect(essence(result)).toEqual([[3, A.id, A.password, 'PC1']]);
  });

  test('results of SQL Server without a header are known by their values', async () => {
    const rows = Array.from({ length: 30 }, (_, index) => `${index + 1},CORP\\PC${index},${index + 11},${idOf(index).toLowerCase()},2024-08-13 04:05:15.000,${index === 7 ? 'NULL' : passwordOf(index)}`);
    const result = await read(rows.join('\r\n'));
    expect(result.header.intakeKind).toBe('keys-csv');
    expect(rejections(result)).toEqual([[8, 'exporter-found-no-key']]);
    expect(essence(result)).toHaveLength(29);
    expect(essence(result)[0]).toEqual([1, idOf(0), passwordOf(0), 'PC0']);
    expect(keysOf(result)[0]?.createdAt).toBe('2024-08-13T04:05:15Z');
  });

  test('several keys in one cell all come in, with their drives and without the row’s ID', async () => {
    const result = await read(`Asset Name,Bitlocker Drives\n"PC1","Drive C: recovery key: ${A.password}\r\nDrive D: recovery key: ${B.password}\r\n"\nPC2,none here\nPC3,Drive C: ${C.password.replaceAll('-', '\u2013')}\n`);
    expect(essence(result)).toEqual([[2, null, A.password, 'PC1'], [2, null, B.password, 'PC1'], [6, null, C.password, 'PC3']]);
    expect(keysOf(result).map((key) => key.drive)).toEqual(['C:', 'D:', 'C:']);
    expect(rejections(result)).toEqual([[5, 'no-key-in-row']]);
  });

  test('a row with a key for each drive gives them all, each with the ID beside it', async () => {
    const result = await read(`Computer,BitLocker Key ID C,BitLocker Key C,BitLocker Key ID D,BitLocker Key D\nPC1,${A.id},${A.password},${B.id},${B.password}\nPC2,${C.id},${C.password},,\n`);
    expect(essence(result)).toEqual([[2, A.id, A.password, 'PC1'], [2, B.id, B.password, 'PC1'], [3, C.id, C.password, 'PC2']]);
  });

  test('so does one with its old key and its new one, or that of the system and that of the data', async () => {
    for (const [one, other] of [['Old ', 'Current '], ['OS_', 'Data_'], ['Alter ', 'Neuer ']] as const) {
      const result = await read(`Computer,${one}Key ID,${one}Recovery Key,${other}Key ID,${other}Recovery Key\nPC1,${A.id},${A.password},${B.id},${B.password}\n`);
      expect(essence(result)).toEqual([[2, A.id, A.password, 'PC1'], [2, B.id, B.password, 'PC1']]);
    }
  });

  test('a key in an inventory’s remarks is not passed over, however late it comes', async () => {
    const rows = Array.from({ length: 500 }, (_, index) => `PC${index},Windows 11,${index === 400 ? `key ${A.password} since May` : 'ok'}`);
    const result = await read(`Name,OperatingSystem,Notes\n${rows.join('\n')}\n`);
    expect(hostnames(result)).toHaveLength(499);
    expect(essence(result)).toEqual([[402, null, A.password, 'PC400']]);
  });

  test('a table drawn in text is read without its ruler', async () => {
    const result = await read(`| Host | Key ID | Recovery key |\n|------|:-----:|-----|\n| PC1 | ${A.id} | ${A.password} |\n`);
    expect(essence(result)).toEqual([[3, A.id, A.password, 'PC1']]);
    expect(result.rowsRead).toBe(1);
  });

  test('a table of one column is read, too', async () => {
    expect(essence(await read(`RecoveryPassword\n${A.password}\n"${B.password}"\n`))).toEqual([[2, null, A.password, null], [3, null, B.password, null]]);
    expect(hostnames(await read('#TYPE Selected\r\n"ComputerName"\r\n"PC1"\r\n"PC2"\r\n'))).toEqual(['PC1', 'PC2']);
    expect(hostnames(await read('"DistinguishedName"\n"CN=PC1,OU=x,DC=corp"\n'))).toEqual(['PC1']);
  });

  test('headers in German, sep= lines, titles, remarks, what ends a file and joined files are no rows', async () => {
    const table = `Rechnername;Kennwort-ID;Wiederherstellungsschlüssel\r\nPC1;${A.id};${A.password}\r\n`;
    const result = await read(`sep=;\r\n${table}${table}`);
    expect(essence(result)).toEqual([[3, A.id, A.password, 'PC1'], [5, A.id, A.password, 'PC1']]);
    expect(result.rowsRead).toBe(2);
    const remarked = await read(`${table}\r\nTextbox30\r\n# end of file\r\n\u001a`);
    expect(remarked.rows).toHaveLength(1);
    expect(remarked.rowsRead).toBe(1);
    const ruler = `+${'-'.repeat(10)}+${'-'.repeat(38)}+${'-'.repeat(57)}+`;
    const ofMySql = await read([ruler, '| host     | key_id | recovery_key |', ruler, `| PC1 | ${A.id} | ${A.password} |`, ruler, '1 row in set (0.00 sec)', ''].join('\n'));
    expect([essence(ofMySql), ofMySql.rows.length]).toEqual([[[4, A.id, A.password, 'PC1']], 1]);
    expect((await read(`\`\`\`csv\nhost,key_id,recovery_key\nPC1,${A.id},${A.password}\n\`\`\`\n`)).rows).toHaveLength(1);
    for (const sum of ['Total;3', 'Summe: 3;;', 'Total']) expect((await read(`${table}${sum}\r\n`)).rows).toHaveLength(1);
    expect((await read(`${table}COUNT12;${B.id};\r\n`)).rows).toMatchObject([{ kind: 'key' }, { kind: 'rejected', row: 3 }, { kind: 'listed-key', keyProtectorId: B.id, host: { hostname: 'COUNT12' } }]);
    const titled = await read(`BitLocker report, 19 July\r\n\r\n${table}`);
    expect(essence(titled)).toEqual([[4, A.id, A.password, 'PC1']]);
  });
});

describe('host tables', () => {
  test('Get-ADComputer gives name, DNS name, unit and system, and no date whose order is a guess', async () => {
    const result = await read('"DistinguishedName","DNSHostName","Enabled","LastLogonDate","Name","ObjectClass","OperatingSystem","SamAccountName"\n"CN=PC-1,OU=Laptops,OU=Paris,DC=corp,DC=example","pc-1.corp.example","True","18/07/2024 07:00:00","PC-1","computer","Windows 11 Enterprise","PC-1$"\n');
    expect(result.header.intakeKind).toBe('computers-csv');
    expect(result.rows[0]).toMatchObject({ kind: 'host', row: 2, host: { hostname: 'PC-1', dnsName: 'pc-1.corp.example', domain: 'corp.example', organizationalUnit: 'Paris / Laptops', operatingSystem: 'Windows 11 Enterprise', lastSeenAt: null } });
  });

  test('a name that lost a letter is refused: taking it would invent a host', async () => {
    const result = await read('"Name","DNSHostName"\n"M?NCHEN","m?nchen.corp.example"\n"PC1",\n');
    expect(rejections(result)).toEqual([[2, 'hostname-letters-lost']]);
    expect(hostnames(result)).toEqual(['PC1']);
  });

  test.each([
    ['falcon-impacted-csv', 'cid,aid,ComputerName,LastSeen,CFVersion,LastSeenDelta,Details,MachineDomain,OU,SystemManufacturer', '0,1,PC1,2024-07-19 04:12:33,31,3d,CHECK: Endpoint received,corp.example,Paris;Laptops,Dell', { lastSeenAt: '2024-07-19T04:12:33Z', affected: true, maker: 'Dell', organizationalUnit: 'Paris / Laptops' }],
    ['falcon-hosts-csv', 'Hostname,Last Seen,First Seen,Platform,OS Version,Model,Manufacturer,Host ID,Serial Number', 'PC1,2024-07-19T04:12:33Z,-,Windows,Windows 11,Latitude,Dell,77,SN1', { serialNumber: 'SN1', model: 'Latitude' }],
    ['intune-csv', 'Device ID,Device name,Last check-in,Microsoft Entra Device ID,OS,Serial number,Primary user UPN', `1,PC1,2024-07-19 04:12:33.0000000,${A.id},Windows,SN1,a@b.example`, { entraDeviceId: A.id, userName: 'a@b.example', lastSeenAt: '2024-07-19T04:12:33Z' }],
    ['entra-devices-csv', 'accountEnabled,approximateLastLogonTimeStamp,deviceOSType,deviceTrustType,displayName,objectId', `True,2024-07-19T04:12:33Z,Windows,AzureAd,pc1,${A.id}`, { lastSeenAt: '2024-07-19T04:12:33Z', entraDeviceId: null }],
    ['servicenow-csv', 'name,asset_tag,serial_number,model_id,manufacturer,os,assigned_to,location,sys_id', 'pc1,P1,SN1,Latitude,Dell,Windows 11,Jane,Paris,00', { assetTag: 'P1', site: 'Paris', userName: 'Jane' }],
    ['configmgr-csv', 'Name,ResourceID,ADSiteName,DeviceOS,LastActiveTime,CurrentLogonUser', 'PC1,16777220,Paris,Microsoft Windows NT Workstation 10.0,2024-07-19T04:12:33Z,CORP\\jane', { site: 'Paris' }],
    ['snipe-it-csv', 'asset tag,category,company,item name,location,manufacturer,model name,serial', 'P1,Laptop,Corp,PC1,Paris,Dell,Latitude,SN1', { assetTag: 'P1', model: 'Latitude', serialNumber: 'SN1' }],
  ])('%s', async (kind, header, row, expected) => {
    const result = await read(`${header}\n${row}\n`);
    expect(result.header.intakeKind).toBe(kind);
    expect(result.rows).toHaveLength(1);
    expect(result.rows[0]).toMatchObject({ kind: 'host', row: 2, host: { hostname: 'PC1', ...expected } });
  });

  test.each([
    ['inventory-csv', 'Inventar-Nr.;Rechnername;Standort;Seriennummer;Betriebssystem'], ['inventory-csv', 'Asset Tag;Computer Name;Location;Serial Number;OS'], ['intune-csv', 'Encryption readiness;Device name;OS version;Encryption status;OS'],
    ['configmgr-csv', 'Standortcode;Name;Clienttyp;Clientaktivität;Domäne'], ['hosts-csv', 'Location;Computer Name;User;Serial Number;OS'], ['hosts-csv', 'Inventarnummer;Rechnername;Ausgefallen seit;Seriennummer;Betriebssystem'], ['hosts-csv', 'Asset tag;Hostname;Ticket;Serial number;Model'],
  ])('what an asset management, Intune and ConfigMgr list is told from a list of the affected: %s, %s', async (kind, header) => {
    const result = await read(encode(`${header}\r\nP01;PC-1;Kiel;SER1;Windows 11\r\n`, 'latin-1'));
    expect([result.header.intakeKind, hostnames(result)]).toEqual([kind, ['PC-1']]);
  });

  test.each([['Typ', 'Drucker'], ['Type', 'Printer']])('a printer is none of BitLocker’s, by its type: %s', async (heading, type) => {
    const result = await read(`Name;${heading};Seriennummer;Standort\r\nPC-1;Computer;S1;Kiel\r\nDruck-7;${type};S2;Kiel\r\n`);
    expect([hostnames(result), rejections(result)]).toEqual([['PC-1'], [[3, 'other-platform']]]);
  });

  test('phones and Macs in a device list are refused as that', async () => {
    const result = await read('Device ID,Device name,OS\n1,PC1,Windows\n2,Janes iPhone,iOS\n3,MAC1,macOS\n');
    expect(hostnames(result)).toEqual(['PC1']);
    expect(rejections(result)).toEqual([[3, 'other-platform'], [4, 'other-platform']]);
  });
});

const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;
const writers: Readonly<Record<string, { readonly header: readonly string[]; readonly row: (fact: Fact) => readonly string[] }>> = {
  crowdstrike: { header: ['Hostname', 'KeyID', 'RecoveryKey', 'Directory'], row: (fact) => [fact.host, fact.id, fact.password, 'Entra'] },
  ad: { header: ['Name', 'DistinguishedName', 'msFVE-RecoveryPassword'], row: (fact) => [`2024-01-15T09:30:00${fact.offset}{${fact.id}}`, `CN=2024-01-15T09:30:00${fact.offset.replace('+', '\\+')}{${fact.id}},CN=${fact.host},OU=x,DC=corp,DC=example`, fact.password] },
  mbam: { header: ['Id', 'Name', 'VolumeId', 'RecoveryKeyId', 'LastUpdateTime', 'RecoveryKey'], row: (fact) => ['1', `CORP\\${fact.host}`, '11', fact.id.toLowerCase(), '2024-01-15 09:30:00.000', fact.password] },
  entra: { header: ['DeviceId', 'KeyId', 'DisplayName', 'Key', 'KeyType'], row: (fact) => [idOf(5), fact.id, fact.host, fact.password, 'Bitlocker'] },
};

test('what was put into a table comes out, in every encoding, delimiter, newline and piece size', async () => {
  await fc.assert(fc.asyncProperty(
    facts, fc.constantFrom(...Object.values(writers)), encodings, fc.constantFrom(',', ';', '\t', '|'), newlines, pieceSizes, fc.boolean(),
    async (rows, writer, encoding, delimiter, newline, pieceBytes, blankLines) => {
      const lines = [writer.header, ...rows.map(writer.row)].map((fields) => fields.map(quoted).join(delimiter));
      const result = await read(encode(lines.join(blankLines ? newline + newline : newline) + newline, encoding), pieceBytes);
      expect(essence(result)).toEqual(rows.map((fact, index) => [blankLines ? 2 * index + 3 : index + 2, fact.id, fact.password, fact.host]));
      expect(result.rowsRead).toBe(rows.length);
      expect(result.header.delimiter).toBe(delimiter);
    },
  ), { numRuns: 300 });
});

test('every row has the host that its own columns name, whatever the rows before it said', async () => {
  const header = 'DNSHostName,OperatingSystem,DistinguishedName,KeyID,RecoveryPassword';
  const few = (...values: string[]): fc.Arbitrary<string> => fc.constantFrom(...values);
  const hostCells = fc.tuple(few('pc-1.corp.example', 'pc-2.corp.example', ''), few('Windows 10', 'Windows 11', ''), few('"CN=PC-1,OU=a,DC=corp,DC=example"', '"CN=PC-2,OU=b,DC=corp,DC=example"', ''));
  await fc.assert(fc.asyncProperty(fc.array(hostCells, { minLength: 1, maxLength: 20 }), async (cells) => {
    const lines = cells.map((cell, index) => [...cell, idOf(index), passwordOf(index)].join(','));
    const hostsIn = async (given: readonly string[]): Promise<unknown[]> => keysOf(await read([header, ...given, ''].join('\n'))).map(({ host }) => host);
    const alone = await Promise.all(lines.map((line) => hostsIn([line])));
    expect(await hostsIn(lines)).toEqual(alone.flat());
  }), { numRuns: 100 });
});

describe('the column of hosts', () => {
  test('is the second of two headed alike, where the first holds people', async () => {
    const result = await read(`Name,Name,Id,Id,Key\nJane Doe,PC-1,1,${A.id},${A.password}\nJohn Roe,PC-2,2,${B.id},${B.password}\n`);
    expect(essence(result)).toEqual([[2, A.id, A.password, 'PC-1'], [3, B.id, B.password, 'PC-2']]);
  });

  test('is the one with such names in it, where no heading is known for one', async () => {
    const result = await read(`Server;Key Identifier;Recovery Key;Note\nSRV-01;${A.id};${A.password};rack 3\nSRV-02;${B.id};${B.password};\n`);
    expect(essence(result)).toEqual([[2, A.id, A.password, 'SRV-01'], [3, B.id, B.password, 'SRV-02']]);
    const two = await read(`Old;New;Key Identifier;Recovery Key\nSRV-01;SRV-11;${A.id};${A.password}\n`);
    expect(essence(two)).toEqual([[2, A.id, A.password, null]]);
  });
});

describe('an inventory is no list of hosts that are down', () => {
  test.each([
    ['intune-csv', 'Geräte-ID,Gerätename,Letztes Einchecken,Microsoft Entra-Geräte-ID,Seriennummer', `${idOf(1)},PC-1,2024-07-19 03:00:00.0000000,${idOf(2).toLowerCase()},SN1001`, { entraDeviceId: idOf(2), lastSeenAt: '2024-07-19T03:00:00Z', serialNumber: 'SN1001' }],
    ['servicenow-csv', '"Name","Serial number","Asset tag","Operating System","Assigned to","Class"', '"pc-1","5CG1001","P1001","Windows 10","Müller, Jörg","Computer"', { serialNumber: '5CG1001', userName: 'Müller, Jörg' }],
    ['configmgr-csv', 'Icon\tName\tClient\tPrimary User(s)\tSite Code\tClient Activity', '\tPC-1\tYes\tCORP\\jdoe\tP01\tActive', { userName: 'CORP\\jdoe' }],
  ])('%s, in the words of its portal', async (kind, header, row, facts) => {
    const result = await read(`${header}\n${row}\n`);
    expect(result.header.intakeKind).toBe(kind);
    expect(result.rows).toMatchObject([{ kind: 'host', host: { hostname: 'PC-1', ...facts } }]);
  });

  test('a list with who looks after each host is one of hosts that are down', async () => {
    expect((await read('Hostname;Assigned to;Status\nPC-1;Jane;BSOD\n')).header.intakeKind).toBe('hosts-csv');
  });

  test('without a header keeps the IDs where a host without a key has none', async () => {
    const result = await read([`PC-0101\t${idOf(1)}\t${passwordOf(1)}`, `PC-0102\t${idOf(2)}\t${passwordOf(2)}`, 'PC-0103\t\t', `PC-0104\t${idOf(4)}\t4,78401E+47`, ''].join('\r\n'));
    expect([essence(result), rejections(result)]).toEqual([[[1, idOf(1), passwordOf(1), 'PC-0101'], [2, idOf(2), passwordOf(2), 'PC-0102']], [[3, 'recovery-password-missing'], [4, 'spreadsheet-number']]]);
    expect(result.rows.find(({ kind }) => kind === 'listed-key')).toMatchObject({ keyProtectorId: idOf(4), host: { hostname: 'PC-0104' } });
  });
});

describe('lists whose headings were not known', () => {
  test('tickets name their host as a configuration item', async () => {
    const list = await read('number,short_description,cmdb_ci,caller_id,state,opened_at\nINC0012345,Blue screen on laptop,PC-0012,Jane Doe,New,2024-07-19 06:11:12\nINC0012346,Kiosk down,,John Doe,New,2024-07-19 06:12:12\n');
    expect(hostnames(list)).toEqual(['PC-0012']);
    expect(rejections(list)).toEqual([[3, 'hostname-missing']]);
    expect(hostnames(await read('Number;Kurzbeschreibung;Konfigurationselement;Status\nINC0012345;Bluescreen;PC-0013;Neu\nINC0012346;Bluescreen;PC-0014;Neu\n'))).toEqual(['PC-0013', 'PC-0014']);
  });

  test('a list of virtual machines says which of them run Linux', async () => {
    const list = await read('VM,Powerstate,DNS Name,Guest state,OS according to the configuration file,OS according to the VMware Tools\nSRV-1,poweredOn,srv-1.corp.example,notRunning,Microsoft Windows Server 2019 (64-bit),Microsoft Windows Server 2019 (64-bit)\nlnx-1,poweredOn,lnx-1.corp.example,running,Ubuntu Linux (64-bit),Ubuntu Linux (64-bit)\n');
    expect(hostnames(list)).toEqual(['SRV-1']);
    expect(rejections(list)).toEqual([[3, 'other-platform']]);
  });

  test('Defender for Endpoint says when a device was seen', async () => {
    const list = await read('Device ID,Device Name,Domain,First Seen,Last device update,OS Platform,Health Status\nabcdef0123,pc-1.corp.example,corp.example,2023-01-01T00:00:00Z,2024-07-19T04:00:00Z,Windows11,Inactive\n');
    expect(list.rows[0]).toMatchObject({ kind: 'host', host: { hostname: 'PC-1', lastSeenAt: '2024-07-19T04:00:00Z' } });
  });
});

test.each(['Poste', 'Station no.'])('a table in Markdown keeps the host of each key under a heading nobody knows, below its title: %s', async (heading) => {
  expect(essence(await read(`# Keys of Lyon\n\n| ${heading} | ID de clé | Clé de récupération |\n|---|:---:|---|\n| LY-01 | ${A.id} | ${A.password} |\n| LY-02 | ${B.id} | \`${B.password}\` |\n`)))
    .toEqual([[5, A.id, A.password, 'LY-01'], [6, B.id, B.password, 'LY-02']]);
});

test('a spreadsheet’s formula around a text is no part of it', async () => {
  const result = await read(`Computer;Serial number;KeyID;RecoveryKey\n="PC-1";="007";="${A.id}";="${A.password}"\n`);
  expect(essence(result)).toEqual([[2, A.id, A.password, 'PC-1']]);
  expect(keysOf(result)[0]?.host?.serialNumber).toBe('007');
});

test.each([['PC-0001 (old PC-0100)', 'PC-0001'], ['PC-0001 (früher: PC-0100)', 'PC-0001'], ['PC-0001 (Müller)', 'PC-0001'], ['PC-0001 (PC-0100)', null], ['Laptop (PC-0001)', 'PC-0001']])('a host with a remark behind its name is that host, unless the remark may be the name: %s', async (cell, host) => {
  expect(essence(await read(`Computer,KeyID,RecoveryKey\n${cell},${A.id},${A.password}\n`))).toEqual([[2, A.id, A.password, host]]);
});
