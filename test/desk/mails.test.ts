// Mails with the files people hang on to them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { importKeys } from '../../electron/core/keys/import-keys.ts';
import { listFileReports, type FileReport } from '../../electron/core/keys/import-report.ts';
import { importFiles } from '../../electron/desk/import-files.ts';
import { previewFiles } from '../../electron/desk/preview-files.ts';
import { readWhole } from '../../electron/formats/intake/intake.ts';
import { takeFilesOut } from '../../electron/formats/intake/mail-files.ts';
import { collect, csv, idText, keptKeys, passwordText } from '../core/keys/import-desk.ts';
import { openTestDesk } from '../core/remediation/test-desk.ts';
import { constructWorkbook, constructZip } from '../support/construct-zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'bluelift-mails-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function save(bytes: Uint8Array | string, extension = 'eml'): string {
  files += 1;
  const path = join(folder, `${files}.${extension}`);
  writeFileSync(path, bytes);
  return path;
}

/** @returns Reports by the name within the mail; '' is the mail itself. */
async function takeIn(path: string) {
  const desk = openTestDesk();
  const done = (await collect(importKeys(desk, [path], { files: importFiles, signal: new AbortController().signal }))).at(-1);
  if (done?.kind !== 'done') throw new Error('not done');
  const reports = new Map<string, FileReport>(listFileReports(desk.db, done.importId, { onlyRemarkable: false, offset: 0, limit: 1000 }).map((report) => [report.path.slice(path.length + 1), report]));
  return { kept: keptKeys(desk).map(({ id, hostname }) => [id, hostname]).toSorted(), outcome: [...reports].map(([name, { imported, error }]) => [name, imported, error?.facts['why'] ?? null]) };
}

interface Attached { readonly name: string; readonly type: string; readonly bytes: Uint8Array | string; readonly heading?: string }
const lines = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64').replace(/(.{76})/g, '$1\r\n');
const attached = ({ name, type, bytes, heading = `Content-Disposition: attachment; filename="${name}"` }: Attached): string =>
  `Content-Type: ${type}; name="${name}"\r\nContent-Transfer-Encoding: base64\r\n${heading}\r\n\r\n${lines(bytes)}\r\n`;

/** As Exchange Online delivers: what the mail is made of stands behind pages of seals. */
const mail = (text: string, list: readonly Attached[], heading = 'ARC-Seal: i=1; a=rsa-sha256; b=\r\n'.concat(` ${'A'.repeat(70)}\r\n`.repeat(200))): string =>
  `Received: from a.example by b.example; Fri, 19 Jul 2024 09:12:33 +0000\r\n${heading}From: Helpdesk <helpdesk@corp.example>\r\nSubject: BitLocker\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed;\r\n\tboundary="_004_AM0PR"\r\n\r\n--_004_AM0PR\r\nContent-Type: text/plain; charset="utf-8"\r\n\r\n${text}\r\n`
  + `${list.map((one) => `--_004_AM0PR\r\n${attached(one)}`).join('')}--_004_AM0PR--\r\n`;

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const workbook = (n: number): Buffer => constructWorkbook({ Keys: [['Computer', 'Key ID', 'Recovery Key'], [`PC-${n}`, idText(n), passwordText(n)]] });

describe('a mail', () => {
  test('with a workbook, an archive and a table is read with all three, and a text that says nothing by itself is not counted', async () => {
    const { kept, outcome } = await takeIn(save(mail('Hi, here are the keys.\r\n\r\nRegards', [
      { name: 'Keys.xlsx', type: XLSX, bytes: workbook(1) }, { name: 'rest.zip', type: 'application/x-zip-compressed', bytes: constructZip([{ name: 'a/b.csv', bytes: csv([{ host: 'PC-2', id: 2, password: 2 }]) }, { name: 'c.xlsx', bytes: workbook(3) }]) },
      { name: 'export.csv', type: 'application/octet-stream', bytes: Buffer.from(`\ufeff${csv([{ host: 'PC-4', id: 4, password: 4 }])}`, 'utf16le') },
    ])));
    expect(outcome).toEqual([['Keys.xlsx', 1, null], ['rest.zip/a/b.csv', 1, null], ['rest.zip/c.xlsx', 1, null], ['export.csv', 1, null]]);
    expect(kept).toEqual([1, 2, 3, 4].map((n) => [idText(n), `PC-${n}`]).toSorted());
  });

  test('has every file with it that is not read named with what it is', async () => {
    const der = Buffer.concat([Buffer.from([0x30, 0x80, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x03]), Buffer.alloc(100, 7)]);
    const compound = Buffer.alloc(4096);
    Buffer.from([0xd0, 0xcf, 0x11, 0xe0]).copy(compound);
    Buffer.from('__substg1.0_0037001F', 'utf16le').copy(compound, 1024);
    const { outcome } = await takeIn(save(mail(`PC-9: key ${idText(9)} is ${passwordText(9)}`, [
      { name: 'keys.pdf', type: 'application/pdf', bytes: '%PDF-1.7\n%âãÏÓ' }, { name: 'keys.7z', type: 'application/octet-stream', bytes: Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4]) },
      { name: 'keys.rar', type: 'application/x-rar', bytes: 'Rar!\u001a\u0007\u0001' }, { name: 'fwd.msg', type: 'application/vnd.ms-outlook', bytes: compound },
      { name: 'locked.zip', type: 'application/zip', bytes: constructZip([{ name: 'keys.csv', bytes: 'x', encrypted: true }]) }, { name: 'nested.zip', type: 'application/zip', bytes: constructZip([{ name: 'in.zip', bytes: constructZip([{ name: 'keys.csv', bytes: 'x' }]) }]) },
      { name: 'winmail.dat', type: 'application/ms-tnef', bytes: Buffer.from([0x78, 0x9f, 0x3e, 0x22, 0, 0, 1]) }, { name: 'smime.p7m', type: 'application/pkcs7-mime', bytes: der },
      { name: 'screen.jpg', type: 'image/jpeg', bytes: Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(100)]) },
      { name: 'logo.png', type: 'image/png', bytes: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0]), heading: 'Content-ID: <logo@corp>\r\nContent-Disposition: inline; filename="logo.png"' },
      { name: 'smime.p7s', type: 'application/pkcs7-signature', bytes: der },
    ])));
    expect(outcome).toEqual([['', 1, null], ['keys.pdf', 0, 'pdf'], ['keys.7z', 0, '7z'], ['keys.rar', 0, 'rar'], ['fwd.msg', 0, 'outlook-message'], ['locked.zip/keys.csv', 0, 'member-encrypted'], ['nested.zip/in.zip', 0, 'member-archive'], ['winmail.dat', 0, 'outlook-wrapping'], ['smime.p7m', 0, 'encrypted-message'], ['screen.jpg', 0, 'picture']]);
  });

  test('that is forwarded as a file, lies in an archive, or in a box of mails keeps what came with it', async () => {
    const inner = mail('see below', [{ name: 'Keys.xlsx', type: XLSX, bytes: workbook(5) }], '');
    const forwarded = `From: a@corp.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=out\r\n\r\n--out\r\nContent-Type: text/plain\r\n\r\nfyi\r\n--out\r\nContent-Type: message/rfc822\r\n\r\n${inner}\r\n--out--\r\n`;
    for (const bytes of [forwarded, forwarded.replaceAll('\r\n', '\n'), constructZip([{ name: 'mail.eml', bytes: inner }]), `From a@corp.example Fri Jul 19 09:00:00 2024\nSubject: one\n\nhello\n\nFrom b@corp.example Fri Jul 19 10:00:00 2024\n${inner.replaceAll('\r\n', '\n')}`]) {
      expect((await takeIn(save(bytes))).kept).toEqual([[idText(5), 'PC-5']]);
    }
  });

  test('has names in other alphabets and pieces, and files of one name, told apart', async () => {
    const table = (n: number): string => csv([{ host: `PC-${n}`, id: n, password: n }]);
    const { outcome } = await takeIn(save(mail('', [
      { name: '=?utf-8?B?U2NobMO8c3NlbC5jc3Y=?=', type: 'text/csv', bytes: table(1) }, { name: 'x', type: 'text/csv', bytes: table(2), heading: "Content-Disposition: attachment; filename*0*=utf-8''Schl%C3%BCssel; filename*1=.csv" }, { name: '../../etc/a.csv', type: 'text/csv', bytes: table(3) },
    ])));
    expect(outcome).toEqual([['Schlüssel.csv', 1, null], ['Schlüssel (2).csv', 1, null], ['a.csv', 1, null]]);
  });

  test('shows the columns of the tables that came with it before it is imported', async () => {
    const path = save(mail('', [{ name: 'odd.csv', type: 'text/csv', bytes: `Wer;Was;Wo\nPC-1;${passwordText(1)};Kiel\nPC-2;${passwordText(2)};Kiel\n` }]));
    const shown = await previewFiles([path], []);
    expect(shown.map(({ path: one, table }) => [one.slice(path.length), table.columns.map(({ proposed }) => proposed)])).toEqual([['/odd.csv', ['hostname', 'recoveryPassword', null]]]);
  });

  test('cut off anywhere, or with boundaries that never come, loses no key of its text', async () => {
    const whole = mail(`Computer: PC-6\r\nKey ID: ${idText(6)}\r\nKey: ${passwordText(6)}\r\n\r\n`, [{ name: 'Keys.xlsx', type: XLSX, bytes: workbook(7) }], '');
    const after = whole.indexOf(passwordText(6)) + 60;
    const keysOf = (mailText: string): unknown[] => readWhole(takeFilesOut(Buffer.from(mailText)).text).flatMap((part) => (part.kind === 'batch' ? part.rows.map((row) => (row.kind === 'key' ? [row.keyProtectorId, row.host?.hostname] : row)) : []));
    for (let end = after; end < whole.length; end += 97) expect(keysOf(whole.slice(0, end)), String(end)).toEqual([[idText(6), 'PC-6']]);
    for (const other of ['--other', '--', '--_004_AM0PR--']) expect(keysOf(whole.replaceAll('--_004_AM0PR', other)), other).toEqual([[idText(6), 'PC-6']]);
  });
});
