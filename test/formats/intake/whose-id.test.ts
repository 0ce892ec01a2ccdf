// Whose key protector ID is whose, where a row of a table holds more than one.
import { describe, expect, test } from 'vitest';
import { essence, idOf, keysOf, passwordOf, read } from './support.ts';

const A = { id: idOf(171), password: passwordOf(171) };
const B = { id: idOf(172), password: passwordOf(172) };
const TPM = idOf(173);

describe('the protectors of a volume in one cell', () => {
  const joined = (ids: string, passwords: string): string => `ComputerName,MountPoint,KeyProtectorId,RecoveryPassword\r\nPC-1,C:,"${ids}","${passwords}"\r\nPC-2,C:,{${B.id}},${B.password}\r\n`;

  test.each([
    ['commas', `{${TPM}},{${A.id}}`, `,${A.password}`], ['semicolons and spaces', `{${TPM}}; {${A.id}}`, `; ${A.password}`], ['spaces, as a string of PowerShell has them', `{${TPM}} {${A.id}}`, ` ${A.password}`], ['lines', `{${TPM}}\n{${A.id}}`, `\n${A.password}`],
    ['commas, the TPM last', `{${A.id}},{${TPM}}`, `${A.password},`],
  ])('give the key the ID in its own place, and never the TPM’s: %s', async (_between, ids, passwords) => {
    expect(essence(await read(joined(ids, passwords))).map(([, ...rest]) => rest)).toEqual([[A.id, A.password, 'PC-1'], [B.id, B.password, 'PC-2']]);
  });

  test('keep the IDs of two recovery passwords apart', async () => {
    expect(essence(await read(joined(`{${A.id}},{${TPM}},{${B.id}}`, `${A.password},,${B.password}`))).slice(0, 2)).toEqual([[2, A.id, A.password, 'PC-1'], [2, B.id, B.password, 'PC-1']]);
  });

  test('leave it open which ID is the key’s, and say so, where the places do not tell', async () => {
    const [first] = keysOf(await read(joined(`{${TPM}},{${A.id}}`, A.password)));
    expect(first).toMatchObject({ keyProtectorId: null, remarks: ['key-protector-id-unreadable'], host: { hostname: 'PC-1' } });
  });

  test('are told apart in JSON, too', async () => {
    expect(essence(await read(JSON.stringify([{ ComputerName: 'PC-1', KeyProtectorId: [`{${TPM}}`, `{${A.id}}`], RecoveryPassword: ['', A.password] }])))).toEqual([[1, A.id, A.password, 'PC-1']]);
  });
});

describe('a host’s keys side by side', () => {
  test.each([
    ['ID and key by turns', 'Key ID 1,Recovery Key 1,Key ID 2,Recovery Key 2', [A.id, A.password, B.id, B.password]],
    ['key and ID by turns', 'Recovery Key 1,Key ID 1,Recovery Key 2,Key ID 2', [A.password, A.id, B.password, B.id]],
    ['first the IDs', 'Key ID 1,Key ID 2,Recovery Key 1,Recovery Key 2', [A.id, B.id, A.password, B.password]],
    ['first the keys', 'Recovery Key 1,Recovery Key 2,Key ID 1,Key ID 2', [A.password, B.password, A.id, B.id]],
    ['by numbers and the shortest words', 'Key 1,Key 2,ID 1,ID 2', [A.password, B.password, A.id, B.id]],
    ['by their drives', 'C: Key ID,C: Recovery Key,D: Key ID,D: Recovery Key', [A.id, A.password, B.id, B.password]],
    ['by drives behind the word', 'Key ID (C:),Recovery Key (C:),Key ID (D:),Recovery Key (D:)', [A.id, A.password, B.id, B.password]],
    ['by letters of drives', 'KeyID_C,RecoveryKey_C,KeyID_D,RecoveryKey_D', [A.id, A.password, B.id, B.password]],
    ['by drives in German', 'Laufwerk C: Schlüssel-ID,Laufwerk C: Wiederherstellungsschlüssel,Laufwerk D: Schlüssel-ID,Laufwerk D: Wiederherstellungsschlüssel', [A.id, A.password, B.id, B.password]],
  ])('have their own IDs: %s', async (_order, headings, values) => {
    expect(essence(await read(`Computer,${headings}\nPC-1,${values.join(',')}\n`))).toEqual([[2, A.id, A.password, 'PC-1'], [2, B.id, B.password, 'PC-1']]);
  });
});

describe('the one GUID in a row', () => {
  test.each(['FolderId', 'Correlation ID', 'customer_guid', 'Policy UUID', 'Site (ID)'])('is no key’s where its heading says whose it is: %s', async (heading) => {
    expect(essence(await read(`Computer,${heading},Recovery key\nPC-1,${A.id},${A.password}\nPC-2,${B.id},${B.password}\n`))).toEqual([[2, null, A.password, 'PC-1'], [3, null, B.password, 'PC-2']]);
  });

  test.each(['GUID', 'Protector', 'Kennung', 'Nummer des Schlüssels', 'BitLocker ID', 'Clé ID'])('is the key’s where nothing else is said: %s', async (heading) => {
    expect(essence(await read(`Computer,${heading},Recovery key\nPC-1,${A.id},${A.password}\nPC-2,${B.id},${B.password}\n`))).toEqual([[2, A.id, A.password, 'PC-1'], [3, B.id, B.password, 'PC-2']]);
  });

  test('of a password manager is its folder’s, and the name of an entry its host’s', async () => {
    const items = [A, B].map(({ password }, index) => ({ id: idOf(200 + index), organizationId: null, folderId: TPM.toLowerCase(), type: 1, name: `PC-${index + 1}`, notes: null, login: { uris: [], username: null, password, totp: null } }));
    expect(essence(await read(JSON.stringify({ encrypted: false, items }, null, 2)))).toEqual([[1, null, A.password, 'PC-1'], [2, null, B.password, 'PC-2']]);
  });
});
