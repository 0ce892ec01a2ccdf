// Keys in tickets and in the entries of password managers: the host in a title, the key and its ID in what somebody wrote below.
import { describe, expect, test } from 'vitest';
import { encode, essence, hostnames, idOf, passwordOf, read, rejections } from './support.ts';

const found = async (file: string | Uint8Array): Promise<unknown[]> => essence(await read(file)).map(([, ...rest]) => rest);
const ITEM = '33333333-3333-4222-8222-222222222222';

describe('a ticket', () => {
  test('keeps a key with the host of its summary and the ID of its description, and with none where two are named or nobody is', async () => {
    const csv = `Issue key,Issue id,Summary,Status,Description,Comment,Comment\r\nITS-101,10101,KIEL-PC-0001 stuck at BitLocker,Open,"User calls. Key ID ${idOf(1)}","key: ${passwordOf(1)}",\r\nITS-102,10102,RECEPTION: blue screen,Open,"${passwordOf(2)}",,\r\nITS-103,10103,KIEL-PC-0003 swapped for KIEL-PC-0004,Open,"${idOf(3)} and ${idOf(4)}","${passwordOf(3)}",\r\n`;
    const json = JSON.stringify({ issues: [
      { id: '10101', key: 'ITS-101', fields: { summary: 'KIEL-PC-0001 stuck at BitLocker', description: `Key ID ${idOf(1)}`, comment: { comments: [{ id: ITEM, author: { displayName: 'Ann Lee' }, body: `key: ${passwordOf(1)}` }] } } },
      { id: '10102', key: 'ITS-102', fields: { summary: 'RECEPTION: blue screen', description: passwordOf(2), comment: { comments: [] } } },
      { id: '10103', key: 'ITS-103', fields: { summary: 'KIEL-PC-0003 swapped for KIEL-PC-0004', description: passwordOf(3) } },
    ], total: 3 });
    const xml = `<?xml version="1.0"?>\n<rss version="0.92"><channel><title>Jira</title>\n<item>\n<title>[ITS-101] KIEL-PC-0001 stuck at BitLocker</title>\n<summary>KIEL-PC-0001 stuck at BitLocker</summary>\n<description>&lt;p&gt;Key ID ${idOf(1)}&lt;/p&gt;</description>\n<comment>&lt;p&gt;key: ${passwordOf(1)}&lt;/p&gt;</comment>\n</item>\n<item>\n<title>[ITS-102] RECEPTION: blue screen</title>\n<summary>RECEPTION: blue screen</summary>\n<description>${passwordOf(2)}</description>\n</item>\n<item>\n<title>[ITS-103] KIEL-PC-0003 swapped for KIEL-PC-0004</title>\n<description>${passwordOf(3)}</description>\n</item>\n</channel></rss>\n`;
    for (const file of [csv, json, xml]) expect(await found(file)).toEqual([[idOf(1), passwordOf(1), 'KIEL-PC-0001'], [null, passwordOf(2), null], [null, passwordOf(3), null]]);
  });

  test('whose text names another host beside the key than its subject does is about that one', async () => {
    expect(await found(`Ticket,Subject,Body\r\n1,Re: PC-0001,"key for PC-0009 is ${passwordOf(1)}"\r\n2,"Re: RITM0012345 PC-0002","${passwordOf(2)}"\r\n3,WG: Laptop von Frau Maier,"${passwordOf(3)}"\r\n`)).toEqual([[null, passwordOf(1), 'PC-0009'], [null, passwordOf(2), 'PC-0002'], [null, passwordOf(3), null]]);
  });

  test('with several keys in its comments loses none of them', async () => {
    const record = { number: 'INC001', short_description: 'PC-0007 asks for a key', work_notes: `C: ${idOf(1)}\n${passwordOf(1)}\nD: ${idOf(2)}\n${passwordOf(2)}`, journal: [{ text: `again ${passwordOf(1)}` }, { text: `E: ${passwordOf(3)}` }] };
    expect(await found(JSON.stringify({ result: [record] }))).toEqual([[idOf(1), passwordOf(1), 'PC-0007'], [idOf(2), passwordOf(2), 'PC-0007'], [null, passwordOf(3), 'PC-0007']]);
  });
});

describe('an entry of a password manager', () => {
  test('has the ID of its notes or its own fields, never that of the entry, and no folder is a host', async () => {
    const json = JSON.stringify({ encrypted: false, folders: [{ id: '11111111-1111-4111-8111-111111111111', name: 'PC-Kiel-01' }], items: [
      { id: ITEM, folderId: '11111111-1111-4111-8111-111111111111', type: 2, name: 'KIEL-PC-0001', notes: `Key ID: ${idOf(1)}\nRecovery key: ${passwordOf(1)}`, secureNote: { type: 0 } },
      { id: ITEM.replace('33', '44'), folderId: null, type: 1, name: 'KIEL-PC-0002', notes: `ID ${idOf(2)}`, login: { username: null, password: passwordOf(2) } },
      { id: ITEM.replace('33', '55'), folderId: null, type: 2, name: 'BitLocker KIEL-PC-0003', notes: passwordOf(3), fields: [{ name: 'Key ID', value: idOf(3), type: 0 }] },
      { id: ITEM.replace('33', '66'), folderId: null, type: 2, name: 'KIEL-PC-0004', notes: passwordOf(4) },
    ] });
    const csv = `folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp\r\nPC-Kiel-01,,note,KIEL-PC-0001,"Key ID: ${idOf(1)}\r\nRecovery key: ${passwordOf(1)}",,0,,,,\r\nPC-Kiel-01,,login,KIEL-PC-0002,Key ID ${idOf(2)},,0,,,${passwordOf(2)},\r\n,,note,BitLocker KIEL-PC-0003,${passwordOf(3)},Key ID: ${idOf(3)},0,,,,\r\n,,note,KIEL-PC-0004,${passwordOf(4)},,0,,,,\r\n`;
    for (const file of [json, csv]) {
      const result = await read(file);
      expect([essence(result).map(([, ...rest]) => rest), hostnames(result), rejections(result)]).toEqual([[1, 2, 3, 4].map((n) => [n === 4 ? null : idOf(n), passwordOf(n), `KIEL-PC-000${n}`]), [], []]);
    }
  });

  test('of an inventory has the fields that people added to it', async () => {
    const asset = (n: number): unknown => ({ id: n, name: `PC-${n}`, serial: `S${n}`, custom_fields: { 'BitLocker Key': { field: '_snipeit_bitlocker_key_10', value: passwordOf(n) }, 'BitLocker Key ID': { field: '_snipeit_bitlocker_key_id_11', value: idOf(n) } } });
    expect(await found(JSON.stringify({ total: 2, rows: [asset(1), asset(2)] }))).toEqual([[idOf(1), passwordOf(1), 'PC-1'], [idOf(2), passwordOf(2), 'PC-2']]);
  });
});

describe('an export of the registry', () => {
  test('keeps a key with the host in its path, and with none where the path names none', async () => {
    const text = `Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Corp\\BitLocker\\KIEL-PC-0001]\r\n"KeyID"="{${idOf(1)}}"\r\n"RecoveryPassword"="${passwordOf(1)}"\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Corp\\BitLocker\\KIEL-PC-0002\\{${idOf(2)}}]\r\n"RecoveryPassword"="${passwordOf(2)}"\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Corp\\BitLocker\\Spare]\r\n"KeyID"="{${idOf(3)}}"\r\n"RecoveryPassword"="${passwordOf(3)}"\r\n`;
    for (const encoding of ['utf-16le-bom', 'utf-8'] as const) expect(await found(encode(text, encoding))).toEqual([[idOf(1), passwordOf(1), 'KIEL-PC-0001'], [idOf(2), passwordOf(2), 'KIEL-PC-0002'], [idOf(3), passwordOf(3), null]]);
  });
});
