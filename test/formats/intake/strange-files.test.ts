// Files of the kinds in the field, as no fixture has them: what an exporter, a spreadsheet or a person did to them.
import { describe, expect, test } from 'vitest';
import { encode, essence, hostnames, idOf, keysOf, passwordOf, read, rejections } from './support.ts';

const A = { id: idOf(71), password: passwordOf(71) };
const B = { id: idOf(72), password: passwordOf(72) };
const C = { id: idOf(73), password: passwordOf(73) };
const DEVICE = idOf(90);

describe('what the directory console copies', () => {
  const copied = (key: typeof A, host: string): string => `Recovery Password:\r\n\t${key.password}\r\n\r\nComputer: ${host}\r\nDate: 2024-05-06 10:11:12 +0200\r\nPassword ID: ${key.id}\r\n`;

  test('gives the ID, the computer and the time below the password', async () => {
    const result = await read(encode(copied(A, 'DESKTOP-3.corp.example'), 'utf-16le-bom'));
    expect(essence(result)).toEqual([[2, A.id, A.password, 'DESKTOP-3']]);
    expect(keysOf(result)[0]?.createdAt).toBe('2024-05-06T08:11:12Z');
  });

  test('keeps each password’s own ID when several were pasted below each other', async () => {
    const result = await read([copied(A, 'PC1'), copied(B, 'PC2'), copied(C, 'PC3')].join('\r\n'));
    expect(essence(result)).toEqual([[2, A.id, A.password, 'PC1'], [9, B.id, B.password, 'PC2'], [16, C.id, C.password, 'PC3']]);
  });

  test('is not seen in a list whose first key came without its ID', async () => {
    const result = await read(`notes\n${A.password}\n\nComputer: PC2\nKey ID: ${B.id}\nRecovery key: ${B.password}\n\nComputer: PC3\nKey ID: ${C.id}\nRecovery key: ${C.password}\n`);
    expect(essence(result)).toEqual([[2, null, A.password, null], [6, B.id, B.password, 'PC2'], [10, C.id, C.password, 'PC3']]);
  });
});

test('Microsoft’s listing of names, IDs and passwords keeps the time in the name', async () => {
  const listed = (key: typeof A, day: string): string => `name: 2010-04-${day}T08:30:00+01:00{${key.id}}\nmsFVE-RecoveryGuid: {${key.id}}\nmsFVE-RecoveryPassword: ${key.password}\n`;
  const result = await read(listed(A, '01') + listed(B, '02'));
  expect(keysOf(result).map((key) => [key.keyProtectorId, key.createdAt])).toEqual([[A.id, '2010-04-01T07:30:00Z'], [B.id, '2010-04-02T07:30:00Z']]);
});

test.each([
  ['cp850', 'école-7\nPC-2\n', ['ÉCOLE-7', 'PC-2']], ['cp850', 'äußere-1\nÖl-2\nÜbung-3\n', ['ÄUßERE-1', 'ÖL-2', 'ÜBUNG-3']], ['latin-1', 'école-7\nÖl-2\nzürich-3\n', ['ÉCOLE-7', 'ÖL-2', 'ZÜRICH-3']],
] as const)('a letter at a word’s beginning tells the code page, too: %s', async (encoding, list, names) => {
  expect(hostnames(await read(encode(list, encoding)))).toEqual(names);
});

test('German quotation marks in a text are no letters of a code page', async () => {
  const bytes = Uint8Array.from([...encode(`Schlüssel für \u0084PC-1\u0093 und \u0082PC-2\u0091: ${A.password}\n`, 'latin-1')]);
  expect((await read(bytes)).header.encoding).toBe('windows-1252');
});

describe('manage-bde', () => {
  test('in French, sent to a file by cmd, has its no-break spaces in the OEM code page and keeps its letters', async () => {
    const french = `Chiffrement de lecteur BitLocker\u00a0: outil\r\n\r\nVolume C: [Système]\r\nTous les protecteurs de clés\r\n\r\n    TPM\u00a0:\r\n      ID\u00a0: {${B.id}}\r\n\r\n    Mot de passe numérique\u00a0:\r\n      ID\u00a0: {${A.id}}\r\n      Mot de passe\u00a0:\r\n        ${A.password}\r\n`;
    const result = await read(encode(french, 'cp850'));
    expect(result.header).toMatchObject({ intakeKind: 'manage-bde-text', encoding: 'cp850' });
    expect(keysOf(result)[0]).toMatchObject({ keyProtectorId: A.id, drive: 'C:', volumeLabel: 'Système' });
  });

  test.each([['Spanish', 'Volumen C: []', 'Id.', 'Contraseña'], ['Russian', 'Том C: [Система]', 'Идентификатор', 'Пароль']])('is known in %s, whatever its word for ID', async (_language, volume, id, password) => {
    const result = await read(`BitLocker\r\n\r\n${volume}\r\n\r\n    x:\r\n      ${id}: {${A.id}}\r\n      ${password}:\r\n        ${A.password}\r\n`);
    expect(result.header.intakeKind).toBe('manage-bde-text');
    expect(keysOf(result)[0]).toMatchObject({ keyProtectorId: A.id, drive: 'C:' });
  });
});

test('manage-bde’s answer about a locked volume is told from a file with nothing in it', async () => {
  const locked = await read(`Volume E: [Label Unknown]\r\nAll Key Protectors\r\n\r\n    Numerical Password:\r\n      ID: {${A.id}}\r\n\r\n    External Key:\r\n      ID: {${B.id}}\r\n      External Key File Name:\r\n        ${B.id}.BEK\r\n`);
  expect(locked.header.intakeKind).toBe('manage-bde-text');
  expect(locked.notes).toEqual(['key-protector-ids-only']);
  expect(locked.rows).toMatchObject([{ kind: 'listed-key', row: 5, keyProtectorId: A.id, host: null }]);
  expect((await read(`some notes about ${A.id} and nothing else`)).notes).toEqual(['nothing-found']);
});

test.each([['Numerical Password:', 'ID:'], ['Numerisches Kennwort:', 'ID:'], ['Mot de passe numérique\u00a0:', 'ID\u00a0:'], ['Contraseña numérica:', 'Id.:'], ['数字パスワード:', 'ID:']])('the ID of a locked volume’s recovery password leads to its host: %s', async (kind, id) => {
  const result = await read(`\\\\PC-1:\r\nBitLocker\r\n\r\nVolume C: []\r\n\r\n    TPM:\r\n      ${id} {${B.id}}\r\n\r\n    ${kind}\r\n      ${id} {${A.id}}\r\n\r\n\\\\PC-2:\r\nVolume C: []\r\n\r\n    ${kind}\r\n      ${id} {${C.id}}\r\n`);
  expect(result.rows).toMatchObject([{ kind: 'listed-key', keyProtectorId: A.id, host: { hostname: 'PC-1' } }, { kind: 'listed-key', keyProtectorId: C.id, host: { hostname: 'PC-2' } }]);
  expect(result.rowsRead).toBe(2);
});

test('so does that of the one volume that is locked', async () => {
  const volume = (drive: string, key: typeof A, password: readonly string[]): string => ['', `Volume ${drive}: [x]`, 'All Key Protectors', '', '    Numerical Password:', `      ID: {${key.id}}`, ...password, ''].join('\r\n');
  const result = await read(`hostname: PC-1\r\n${volume('C', A, ['      Password:', `        ${A.password}`])}${volume('D', B, [])}${volume('E', C, ['      Password:', `        ${C.password}`])}`);
  expect(keysOf(result).map(({ keyProtectorId }) => keyProtectorId)).toEqual([A.id, C.id]);
  expect(result.rows.filter(({ kind }) => kind === 'listed-key')).toMatchObject([{ keyProtectorId: B.id, host: { hostname: 'PC-1' } }]);
  expect([result.rowsRead, result.notes]).toEqual([3, []]);
});

describe('JSON', () => {
  const get = (key: typeof A): object => ({ id: key.id.toLowerCase(), createdDateTime: '2020-06-15T13:45:30Z', volumeType: '1', deviceId: DEVICE, key: key.password });

  test('of several pages in one list counts every record of every page', async () => {
    const result = await read(JSON.stringify([{ '@odata.context': 'c', value: [get(A), get(B)] }, { value: [get(C)], Count: 1 }]));
    expect(essence(result)).toEqual([[1, A.id, A.password, null], [2, B.id, B.password, null], [3, C.id, C.password, null]]);
    expect(result.rowsRead).toBe(3);
  });

  test('of Graph’s PowerShell lists keys without their passwords: they are named, of which device they are', async () => {
    const listed = (key: typeof A): object => ({ Id: key.id, CreatedDateTime: '/Date(1592228730000)/', DeviceId: DEVICE, Key: null, VolumeType: 1, AdditionalProperties: {} });
    const result = await read(encode(JSON.stringify([listed(A), listed(B)]), 'utf-16le-bom'));
    expect(result.header.intakeKind).toBe('graph-json');
    expect(result.rows).toEqual([A, B].map(({ id }, index) => ({ kind: 'listed-key', row: index + 1, keyProtectorId: id, host: null, entraDeviceId: DEVICE, createdAt: '2020-06-15T13:45:30Z' })));
  });

  test('the protectors of a volume in a cell are lost, and its host is one whose key is missing, not one that is down', async () => {
    for (const type of ['Microsoft.BitLocker.Structures.BitLockerVolumeKeyProtector[]', 'System.Collections.ObjectModel.ReadOnlyCollection`1[Microsoft.BitLocker.Structures.BitLockerVolumeKeyProtector]']) {
      const result = await read(`"ComputerName","MountPoint","VolumeStatus","KeyProtector"\r\n"PC-1","C:","FullyEncrypted","${type}"\r\n`);
      expect(hostnames(result)).toEqual([]);
      expect(result.rows).toMatchObject([{ kind: 'rejected', reason: 'exporter-lost-list', host: { hostname: 'PC-1' } }]);
    }
    expect(hostnames(await read('"ComputerName","MountPoint","KeyProtector"\r\n"PC-1","C:","Tpm, RecoveryPassword"\r\n"PC-2","C:","Tpm"\r\n'))).toEqual(['PC-1', 'PC-2']);
  });

  test('cut off in depth by ConvertTo-Json gives what it still holds, and names what it lost', async () => {
    const result = await read(JSON.stringify([{ deviceName: 'PC1', keys: `@{id=${A.id}; key=${A.password}}` }, { deviceName: 'PC2', keys: 'System.Object[]' }]));
    expect(essence(result)).toEqual([[1, A.id, A.password, 'PC1']]);
    expect(rejections(result)).toEqual([[2, 'exporter-lost-list']]);
  });

  test('that says how many there are in all says whether they are in it, over all its pages', async () => {
    const page = (...names: readonly string[]): string => JSON.stringify({ meta: { query_time: 0.1, pagination: { offset: 1, limit: 1, total: 2 } }, resources: names.map((hostname) => ({ device_id: 'a'.repeat(32), cid: 'c', hostname })), errors: [] });
    expect((await read(page('PC-1'), 7)).notes).toEqual(['incomplete-page']);
    expect((await read(page('PC-1') + page('PC-2'))).notes).toEqual([]);
  });

  test('that counts its pages and is not the last says so', async () => {
    const page = (number: number): string => JSON.stringify({ metadata: { page: number, totalPages: 3 }, message_response: { recoverykeydetails: [{ resource_name: 'PC1', key_protector_id: A.id, recovery_key: A.password, drive_letter: 'C:' }] } });
    expect((await read(page(1))).notes).toEqual(['incomplete-page']);
    expect((await read(page(3))).notes).toEqual([]);
    expect(essence(await read(page(1), 1))).toEqual([[1, A.id, A.password, 'PC1']]);
    for (const [pages, notes] of [[4, ['incomplete-page']], [1, []]] as const) expect((await read(JSON.stringify({ assets: [{ hostname: 'PC1', os: 'Windows 11' }], meta: { total_pages: pages, total_entries: 9, per_page: 3, page: 1 } }))).notes).toEqual(notes);
  });
});

describe('JSON whose names are values', () => {
  test('gives the host or the ID that a key stands under', async () => {
    expect(essence(await read(JSON.stringify({ 'PC-10': A.password, 'PC-11': B.password })))).toEqual([[1, null, A.password, 'PC-10'], [1, null, B.password, 'PC-11']]);
    expect(essence(await read(JSON.stringify({ [A.id]: A.password, [B.id]: B.password })))).toEqual([[1, A.id, A.password, null], [1, B.id, B.password, null]]);
    expect(essence(await read(JSON.stringify({ 'PC-10': { keyId: A.id, recoveryKey: A.password }, 'PC-11': { keyId: B.id, recoveryKey: B.password } })))).toEqual([[1, A.id, A.password, 'PC-10'], [1, B.id, B.password, 'PC-11']]);
  });

  test('takes no name that programs number for a host', async () => {
    expect(essence(await read(JSON.stringify({ hostname: 'PC-1', volumes: { volume_1: { id: A.id, recoveryKey: A.password }, volume_2: { id: B.id, recoveryKey: B.password } } })))).toEqual([[1, A.id, A.password, 'PC-1'], [1, B.id, B.password, 'PC-1']]);
  });

  test('is a list of names, or of keys, when it holds texts only', async () => {
    expect(hostnames(await read(JSON.stringify(['PC-10', 'PC-11', 'PC-12'])))).toEqual(['PC-10', 'PC-11', 'PC-12']);
    expect(hostnames(await read(JSON.stringify(['PC-10', 'PC-11', 'PC-12'], null, 4)))).toEqual(['PC-10', 'PC-11', 'PC-12']);
    expect(essence(await read(JSON.stringify([A.password, B.password], null, 2)))).toEqual([[2, null, A.password, null], [3, null, B.password, null]]);
  });

  test('reports a wrong key inside a device’s list, and takes the device’s other keys in', async () => {
    const result = await read(JSON.stringify({ value: [{ displayName: 'PC-9', keys: [{ id: A.id, key: A.password.slice(1) }, { id: B.id, key: B.password }] }] }));
    expect(essence(result)).toEqual([[1, B.id, B.password, 'PC-9']]);
    expect(rejections(result)).toHaveLength(1);
  });
});

describe('headings that say something else', () => {
  test('of ID and password swapped lose neither', async () => {
    expect(essence(await read(`Hostname,RecoveryKey,KeyID\nPC1,${A.id},${A.password}\nPC2,${B.id},${B.password}\n`))).toEqual([[2, A.id, A.password, 'PC1'], [3, B.id, B.password, 'PC2']]);
  });

  test.each([
    ['Computer name,Recovery Key ID,Recovery password,Generated'], ['Endpoint Name,Recovery Key ID,Recovery Key,Timestamp'], ['Gerätename,Schlüssel-ID,Wiederherstellungsschlüssel,Erstellt am'], ['Ordinateur,Identifiant de clé,Clé de récupération,Créé'], ['Foo,Bar,Baz,Qux'],
  ])('are told by their values where nobody knows them: %s', async (header) => {
    const result = await read(`${header}\nPC1,${A.id},${A.password},2024-05-06T10:00:00\nPC2,${B.id},${B.password},2024-05-06T10:00:00\n`);
    expect(essence(result)).toEqual([[2, A.id, A.password, 'PC1'], [3, B.id, B.password, 'PC2']]);
    expect(keysOf(result)[0]?.createdAt).toBe('2024-05-06T10:00:00Z');
  });
});

test('an ID asked about between two keys is not given to the wrong one', async () => {
  const chat = await read(`Bob: PC-10 please\nJane: ${A.password}\nBob: thanks! And for ${B.id}?\nJane: ${B.password}\n`);
  expect(essence(chat)).toEqual([[2, null, A.password, null], [4, B.id, B.password, null]]);
  const below = await read(`${A.password}\n${A.id}\n${B.password}\n${B.id}\n${C.password}\n${C.id}\n`);
  expect(essence(below)).toEqual([[1, A.id, A.password, null], [3, B.id, B.password, null], [5, C.id, C.password, null]]);
});

describe('SQL Server', () => {
  test('that decrypted nothing is told by its IDs beside NULL, without a header', async () => {
    const rows = [A, B, C].map((key, index) => `${index},CORP\\PC${index},7,${key.id.toLowerCase()},2024-08-13 04:05:15.000,NULL`);
    expect(rejections(await read(rows.join('\r\n')))).toEqual([[1, 'exporter-found-no-key'], [2, 'exporter-found-no-key'], [3, 'exporter-found-no-key']]);
  });

  test('writes the bytes of an ID as 0x', async () => {
    expect(essence(await read(`Name,msFVE-RecoveryGuid,msFVE-RecoveryPassword\nPC1,0xEA1D316487452940924ABA299647998E,${A.password}\n`))).toEqual([[2, '64311DEA-4587-4029-924A-BA299647998E', A.password, 'PC1']]);
  });
});

describe('lists of hosts', () => {
  test('phones, Macs and Linux are told by whichever column names them', async () => {
    const falcon = await read('Hostname,Last Seen,Platform,OS Version,OS Product Name,Host ID\nPC1,2024-07-19T04:12:33Z,Windows,Not Found,Not Found,1\nmac1,Not Found,Mac,Sonoma (14),Not Found,2\nlin1,Not Found,Linux,Not Found,Not Found,3\n');
    expect(rejections(falcon)).toEqual([[3, 'other-platform'], [4, 'other-platform']]);
    expect(falcon.rows[0]).toMatchObject({ host: { hostname: 'PC1', operatingSystem: 'Windows' } });
    const entra = await read('displayName,deviceOSType,deviceTrustType\nPC1,Windows,AzureAd\nphone,IPhone,Workplace\nmac,MacMDM,Workplace\nphone2,AndroidForWork,Workplace\n');
    expect(hostnames(entra)).toEqual(['PC1']);
    expect(rejections(entra).map(([, reason]) => reason)).toEqual(['other-platform', 'other-platform', 'other-platform']);
  });

  test('the last sign of life is the first date that can be read', async () => {
    const result = await read('Name,ADLastLogonTime,LastActiveTime,ResourceID\nPC1,18/07/2024 07:00:00,,1\nPC2,2024-07-01 00:00:00,2024-07-18 22:10:11,2\n');
    expect(result.rows.map((row) => (row.kind === 'host' ? row.host.lastSeenAt : null))).toEqual([null, '2024-07-18T22:10:11Z']);
  });

  test('a distinguished name may hold spaces, a host’s name may not', async () => {
    const result = await read('PC1\nCN=PC2,OU=Domain Computers,OU=Sales\\, EMEA,DC=corp,DC=example\nPC3\nPC4\nPC5\nPC6\nPC7\nPC8\nPC9\nnot a host\nPC10\nPC11\n');
    expect(hostnames(result)).toEqual(['PC1', 'PC2', 'PC3', 'PC4', 'PC5', 'PC6', 'PC7', 'PC8', 'PC9', 'PC10', 'PC11']);
    expect(rejections(result)).toEqual([[10, 'hostname-unusable']]);
  });

  test('several names in a line are several hosts', async () => {
    expect(hostnames(await read('PC1, PC2; CORP\\PC3,\npc4.corp.example\n'))).toEqual(['PC1', 'PC2', 'PC3', 'PC4']);
  });

  test('names that are plain words are hosts when each stands by itself', async () => {
    expect(hostnames(await read('atlas\nborealis\nkronos\n'))).toEqual(['ATLAS', 'BOREALIS', 'KRONOS']);
    expect((await read('Dear all,\nplease find the list attached\nregards\n')).notes).toEqual(['nothing-found']);
  });

  test('a mistyped key in the remarks is reported, and its host comes in', async () => {
    const mistyped = A.password.replace(/.$/, (digit) => String((Number(digit) + 1) % 10));
    const result = await read(`Name,OperatingSystem,Notes\nPC1,Windows 11,key ${mistyped}\nPC2,Windows 11,key ${B.password}\nPC3,Windows 11,\nPC4,Windows 11,\nPC5,Windows 11,\n`);
    expect(hostnames(result)).toEqual(['PC1', 'PC3', 'PC4', 'PC5']);
    expect(rejections(result)).toEqual([[2, 'wrong-groups']]);
    expect(essence(result)).toEqual([[3, null, B.password, 'PC2']]);
  });
});

test('UTF-32, as PowerShell writes it when asked, is read like any other text', async () => {
  const text = `\ufeffHost,KeyID,RecoveryKey\r\nM\u00dcNCHEN-1,${idOf(1)},${passwordOf(1)}\r\n`;
  for (const bigEndian of [false, true]) {
    const bytes = new Uint8Array(text.length * 4);
    for (let at = 0; at < text.length; at++) new DataView(bytes.buffer).setUint32(at * 4, text.charCodeAt(at), !bigEndian);
    for (const pieceBytes of [4, 7, 65_536]) expect(essence(await read(bytes, pieceBytes))).toEqual([[2, idOf(1), passwordOf(1), 'M\u00dcNCHEN-1']]);
  }
});
