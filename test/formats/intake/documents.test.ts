// Hand-overs as people send them: web pages, mails, Rich Text, objects of PowerShell and KeePass, tables drawn with hyphens, groups in cells of their own.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDocument } from '../../../electron/formats/intake/document.ts';
import { passagesOf } from '../../../electron/formats/intake/markup.ts';
import { encode, encodings, essence, idOf, newlines, passwordOf, pieceSizes, read, rejections } from './support.ts';

interface Known { readonly host: string; readonly id: string; readonly password: string }
const known = (seed: number): Known => ({ host: `PC-${seed}`, id: idOf(seed), password: passwordOf(seed) });
const seeds = fc.uniqueArray(fc.integer({ min: 1, max: 9999 }), { minLength: 1, maxLength: 4 });
/** Keys without the lines they stand on. */
const found = (result: Awaited<ReturnType<typeof read>>): unknown[] => essence(result).map(([, ...rest]) => rest);
const whole = (list: readonly Known[]): unknown[] => list.map(({ host, id, password }) => [id, password, host]);
const RUNS = Number(process.env['BLUELIFT_RUNS'] ?? 25);

const html = (list: readonly Known[], newline = ''): string => ['<!DOCTYPE html><html><head><title>Keys</title><style>td { color: red }</style></head><body><p>Hallo,</p>', '<table class="x"><thead><tr><th>Computer</th><th>Key&nbsp;ID</th><th>Recovery key</th></tr></thead><tbody>',
  ...list.map(({ host, id, password }) => `<tr>${newline}<td><b>${host}</b></td>${newline}<td>${id}</td>${newline}<td><span style="font-family: Consolas">${password.replaceAll('-', '&#8209;')}</span></td>${newline}</tr>`), '</tbody></table><p>Viele Gr&uuml;&szlig;e</p></body></html>'].join('\n');

/** Quoted-printable with lines of 76. @source RFC 2045, 6.7. */
function quotedPrintable(text: string): string {
  return text.split('\n').map((line) => {
    const units = Array.from(Buffer.from(line), (byte) => (byte === 0x3d || byte > 126 || byte < 32 ? `=${byte.toString(16).toUpperCase().padStart(2, '0')}` : String.fromCharCode(byte)));
    const lines: string[] = [];
    let open = '';
    for (const unit of units) {
      if (open.length + unit.length > 75) { lines.push(`${open}=`); open = ''; }
      open += unit;
    }
    return [...lines, open].join('\r\n');
  }).join('\r\n');
}

const cliXml = (list: readonly Known[]): string => `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">\n${list.map(({ host, id, password }, n) => `  <Obj RefId="${n}">\n    <TN RefId="0"><T>Microsoft.ActiveDirectory.Management.ADObject</T><T>System.Object</T></TN>\n    <ToString>CN=x</ToString>\n    <Props>\n      <S N="DistinguishedName">CN=2024-01-15T09:30:00\\+01:00{${id}},CN=${host},OU=R&amp;D,DC=corp,DC=example</S>\n      <S N="msFVE-RecoveryPassword">${password}</S>\n      <BA N="msFVE-VolumeGuid">${Buffer.alloc(16, n + 1).toString('base64')}</BA>\n      <Nil N="Description" />\n    </Props>\n  </Obj>`).join('\n')}\n</Objs>`;

describe('a marked-up document', () => {
  test('of the web keeps its tables as tables, whatever stands around them', async () => {
    await fc.assert(fc.asyncProperty(seeds, fc.constantFrom('', '\n', '\r\n  '), encodings, newlines, pieceSizes, async (given, inner, encoding, newline, pieces) => {
      const list = given.map(known);
      const result = await read(encode(html(list, inner).replaceAll(/\r?\n/g, newline), encoding), pieces);
      expect(found(result)).toEqual(whole(list));
      expect(rejections(result)).toEqual([]);
    }), { numRuns: RUNS });
  });

  test('in a mail is found behind quoted-printable, base64 and several parts, once', async () => {
    await fc.assert(fc.asyncProperty(seeds, pieceSizes, async (given, pieces) => {
      const list = given.map(known);
      const plain = list.map(({ host, id, password }) => `Computer: ${host}\nKey ID: ${id}\nSchlüssel: ${password}\n`).join('\n');
      const head = 'From: a@corp.example\r\nSubject: =?utf-8?q?Schl=C3=BCssel?=\r\nMIME-Version: 1.0\r\n';
      const forms = [
        `${head}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${quotedPrintable(plain)}`,
        `${head}Content-Type: text/html;\r\n\tcharset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${quotedPrintable(html(list))}`,
        `${head}Content-Type: multipart/mixed;\r\n boundary="b-1"\r\n\r\n--b-1\r\nContent-Type: multipart/alternative; boundary=b-2\r\n\r\n--b-2\r\nContent-Type: text/plain\r\n\r\nsee the page\r\n--b-2\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(html(list)).toString('base64').replace(/(.{76})/g, '$1\r\n')}\r\n--b-2--\r\n--b-1\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--b-1--\r\n`,
      ];
      for (const form of forms) expect(found(await read(form, pieces))).toEqual(whole(list));
    }), { numRuns: RUNS });
  });

  test('of the web may leave its cells and rows open, and let a host’s cell reach down over all of its keys', async () => {
    const [a, b, c] = [known(7), known(8), known(9)];
    const page = `<table><tr><th>Host<th>Key ID<th>Recovery key<tr><td rowspan=2>${a.host}<td>${a.id}<td>${a.password}<tr><td>${b.id}<td>${b.password}<tr><td>${c.host}<td>${c.id}<td>${c.password}</table>`;
    const expected = [[a.id, a.password, a.host], [b.id, b.password, a.host], [c.id, c.password, c.host]];
    expect(found(await read(page))).toEqual(expected);
    expect(found(await read(page.replace(/<(t[dh])([^<]*)/g, '<$1$2</$1>').replaceAll('<tr>', '</tr><tr>')))).toEqual(expected);
  });

  test('of the web keeps a key in its columns where the host’s cell is empty', async () => {
    const [a, b] = [known(7), known(8)];
    expect(found(await read(`<table><tr><th>Host</th><th>Key ID</th><th>Recovery key</th></tr><tr><td></td><td>${a.id}</td><td>${a.password}</td></tr><tr><td>${b.host}</td><td>${b.id}</td><td>${b.password}</td></tr></table>`))).toEqual([[a.id, a.password, null], [b.id, b.password, b.host]]);
  });

  test('of ConvertTo-Html -As List names what each value is', async () => {
    await fc.assert(fc.asyncProperty(seeds, pieceSizes, async (given, pieces) => {
      const list = given.map(known);
      const page = `<!DOCTYPE html><html><head><title>HTML TABLE</title></head><body>\n<table>\n${list.map(({ host, id, password }) => `<tr><td>ComputerName:</td><td>${host}</td></tr>\n<tr><td>KeyProtectorId:</td><td>{${id}}</td></tr>\n<tr><td>RecoveryPassword:</td><td>${password}</td></tr>\n<tr><td><hr></td></tr>\n`).join('')}</table></body></html>`;
      expect(found(await read(page, pieces))).toEqual(whole(list));
    }), { numRuns: RUNS });
  });

  test('of the web with cells that claim to reach far is no larger for it', () => {
    const hostile = `<table><tr>${'<td rowspan=999>PC-1'.repeat(10_000)}${'<tr><td>x'.repeat(10_000)}`;
    const length = passagesOf('html', hostile).reduce((sum, { text }) => sum + text.length, 0);
    expect(length).toBeLessThan(3 * hostile.length);
  });

  test('in a mail is found in the files attached to it, whatever the mailer calls them', async () => {
    const list = [known(11), known(12)];
    const csv = `Computer,KeyID,RecoveryKey\r\n${list.map(({ host, id, password }) => `${host},${id},${password}`).join('\r\n')}\r\n`;
    for (const [type, encoding] of [['application/octet-stream', 'utf-16le-bom'], ['application/vnd.ms-excel', 'utf-8'], ['text/csv; charset=utf-8', 'utf-8-bom']] as const) {
      const mail = `From: a@corp.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="=_abc"\r\n\r\n--=_abc\r\nContent-Type: text/plain; charset="iso-8859-1"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nAnbei die Schl=FCssel.\r\n\r\n--=_abc\r\nContent-Type: image/png; name="logo.png"\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgoAAAANSUhEUg==\r\n--=_abc\r\nContent-Type: ${type}; name="keys.csv"\r\nContent-Disposition: attachment; filename="keys.csv"\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(encode(csv, encoding)).toString('base64').replace(/(.{76})/g, '$1\r\n')}\r\n--=_abc--\r\n`;
      const result = await read(mail);
      expect(found(result)).toEqual(whole(list));
      expect(rejections(result)).toEqual([]);
    }
  });

  test('in Rich Text is read without what formats it', async () => {
    await fc.assert(fc.asyncProperty(seeds, fc.nat(54), pieceSizes, async (given, cut, pieces) => {
      const list = given.map(known);
      const body = list.map(({ host, id, password }) => `Rechner: ${host}\\par\r\n\\b Bezeichner:\\b0  {\\f1 ${id}}\\par\r\nSchl\\'fcssel: ${password.slice(0, cut)}\\f1\\fs22 ${password.slice(cut).replaceAll('-', '\\_')}\\par\r\n\\pard\\par\r\n`).join('');
      const result = await read(`{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fswiss Arial;}{\\f1 Consolas;}}{\\*\\generator Riched20 10.0;}\r\n\\viewkind4\\uc1 ${body}}\r\n\0`, pieces);
      expect(found(result)).toEqual(whole(list));
    }), { numRuns: RUNS });
    const table = ['Computer', 'Key ID', 'Recovery key'].map((name) => `${name}\\cell `).join('');
    const { host, id, password } = known(5);
    expect(found(await read(`{\\rtf1\\ansi\\trowd\\cellx1\\cellx2\\cellx3 ${table}\\row\\trowd ${host}\\cell ${id}\\cell ${password}\\cell\\row\\pard\\par}`))).toEqual([[id, password, host]]);
  });

  test('of Export-Clixml gives its objects; a SecureString is sealed to its exporter and named as that', async () => {
    await fc.assert(fc.asyncProperty(seeds, pieceSizes, async (given, pieces) => {
      const list = given.map(known);
      expect(found(await read(encode(cliXml(list), 'utf-16le-bom'), pieces))).toEqual(whole(list));
    }), { numRuns: RUNS });
    const sealed = await read('<Objs Version="1.1.0.1" xmlns="x"><Obj RefId="0"><MS><S N="ComputerName">PC-1</S><S N="Account">Administrator</S><SS N="Password">01000000d08c9ddf0115d111</SS><S N="DecryptionStatus">Success</S></MS></Obj></Objs>');
    expect(rejections(sealed)).toEqual([[1, 'laps-password-not-plain']]);
  });

  test('of KeePass gives what stands in an entry now, not what stood there before', async () => {
    const [now, before] = [known(1), known(2)];
    const entry = ({ host, id, password }: Known, history = ''): string => `<Entry><UUID>AA==</UUID><String><Key>Title</Key><Value>${host}</Value></String><String><Key>UserName</Key><Value>${id}</Value></String><String><Key>Password</Key><Value ProtectInMemory="True">${password}</Value></String>${history}</Entry>`;
    expect(found(await read(`<?xml version="1.0" encoding="utf-8"?>\n<KeePassFile><Root><Group>${entry(now, `<History>${entry(before)}</History>`)}</Group></Root></KeePassFile>`))).toEqual(whole([now]));
  });

  test('too long to be held whole is read as any text: no key is lost', () => {
    const rows: unknown[] = [];
    const reader = readDocument('html', (row) => rows.push(row), () => { throw new Error('held after all'); }, 100);
    for (const piece of html([known(1), known(2)]).replaceAll('&#8209;', '-').split(/(?<=\n)/)) reader.write(piece);
    reader.end();
    expect(rows).toMatchObject([1, 2].map((seed) => ({ kind: 'key', keyProtectorId: idOf(seed), recoveryPassword: passwordOf(seed) })));
    expect(reader.rowsRead).toBe(2);
  });

  test('of a mailbox gives each of its mails, and what a reply quotes keeps its host', async () => {
    const mail = ({ host, id, password }: Known): string => `From a@corp.example Fri Jul 19 04:09:00 2024\nFrom: a@corp.example\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nDanke!\n\n> Rechner: ${host}\n> Kennung: ${id}\n> Schl=C3=BCssel: ${password}\n\n`;
    expect(found(await read([known(1), known(2)].map(mail).join('')))).toEqual(whole([known(1), known(2)]));
  });

  test('of another archive, or a mail sealed as a whole, is named as that', async () => {
    const tar = Buffer.alloc(1024);
    tar.write('keys.csv', 0);
    tar.write('ustar', 257);
    for (const bytes of [tar, Buffer.from('BZh91AY&SY\u0001\u0002'), Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4]), Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 4, 0]), Buffer.from('MSCF\0\0\0\0\u0001')]) expect((await read(bytes)).header.declined).toBe('other-archive');
    expect((await read('-----BEGIN PGP MESSAGE-----\n\nhQEMA\n')).header.declined).toBe('encrypted-message');
  });

  test('of the form old Excel has is named as what it is', async () => {
    const compound = (name: string): Uint8Array => { const file = Buffer.alloc(2048); file.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]); file.write(name, 1024, 'utf16le'); return file; };
    for (const [name, declined] of [['Workbook', 'old-excel'], ['__substg1.0_0037001F', 'outlook-message'], ['WordDocument', 'old-word'], ['EncryptedPackage', 'office-encrypted']] as const) expect((await read(compound(name))).header.declined, name).toBe(declined);
  });

  test('in sections named after hosts gives each key its own; a time in brackets is no host', async () => {
    expect(found(await read([known(1), known(2)].map(({ host, id, password }) => `[${host}]\nKeyID=${id}\nRecoveryKey=${password}\n`).join('\n')))).toEqual(whole([known(1), known(2)]));
    expect(found(await read(`[09:11] Doe, Jane\n${known(3).id}\n${known(3).password}\n`))).toEqual([[known(3).id, known(3).password, null]]);
  });

  test('never throws, whatever is in it, and never takes longer than it should', () => {
    const piece = fc.constantFrom('<table>', '</table>', '<td>', '</td>', '<tr>', '<p>', '<', '>', '<!--', '-->', '<script>', '&#x110000;', '&amp;', '{', '}', '\\par', "\\'fc", '\\u8209?', '\\*', '\\cell', '\\row', '\n\n', '--b', 'Content-Type: text/html', '=3D', '=', '<Obj RefId="1">', '</Obj>', '<S N="a">x</S>', '<Entry>', '</Entry>', '000011-', 'x');
    fc.assert(fc.property(fc.array(piece, { maxLength: 200 }), fc.constantFrom('mail' as const, 'html' as const, 'rtf' as const, 'clixml' as const, 'keepass' as const), (pieces, markup) => {
      expect(Array.isArray(passagesOf(markup, pieces.join('')))).toBe(true);
    }), { numRuns: 20 * RUNS });
    for (const [markup, text] of [['html', '<'.repeat(200_000)], ['html', '<!--'.repeat(50_000)], ['html', '<a'.repeat(300_000)], ['html', `<table><tr><td>x${'<p>'.repeat(300_000)}y`], ['rtf', '{\\'.repeat(100_000)], ['mail', `MIME-Version: 1.0\n\n${'='.repeat(200_000)}`], ['keepass', '<Entry>'.repeat(200_000)], ['keepass', '<History>'.repeat(200_000)], ['clixml', '<Obj RefId="1"><S N="'.repeat(10_000)], ['clixml', '<S N="a'.repeat(50_000)]] as const) {
      const startedMs = process.cpuUsage().user / 1000;
      passagesOf(markup, text);
      expect(process.cpuUsage().user / 1000 - startedMs, `${markup} ${text.slice(0, 12)}`).toBeLessThan(2000);
    }
  });
});

describe('a table', () => {
  test('drawn with hyphens, as SSMS and Format-Table do, has its columns where they begin', async () => {
    await fc.assert(fc.asyncProperty(seeds, fc.boolean(), encodings, newlines, pieceSizes, async (given, counted, encoding, newline, pieces) => {
      const list = given.map(known);
      const lines = ['', `${'Name'.padEnd(20)} ${'VolumeId'.padEnd(11)} ${'RecoveryKeyId'.padEnd(36)} ${'LastUpdateTime'.padEnd(23)} RecoveryKey`, [20, 11, 36, 23, 55].map((width) => '-'.repeat(width)).join(' '),
        ...list.map(({ host, id, password }, n) => `${`CORP\\${host}`.padEnd(20)} ${String(n).padEnd(11)} ${id.toLowerCase()} 2024-08-13 04:05:15.000 ${password}`), '', ...(counted ? ['(2 rows affected)', ''] : [])];
      const result = await read(encode(lines.join(newline), encoding), pieces);
      expect(result.header.intakeKind).toBe('mbam-csv');
      expect(found(result)).toEqual(whole(list));
      expect(rejections(result)).toEqual([]);
    }), { numRuns: RUNS });
    const { host, id, password } = known(3);
    const shown = await read(`\r\nName     KeyProtectorId                         RecoveryPassword\r\n----     --------------                         ----------------\r\n${host}     {${id}} ${password}\r\n\r\n`);
    expect(found(shown)).toEqual([[id, password, host]]);
  });

  test('with each group of a recovery password in a cell of its own is read, zeros lost or not; nine such cells could be two', async () => {
    await fc.assert(fc.asyncProperty(seeds, fc.boolean(), async (given, plain) => {
      const list = given.map(known);
      const groups = (password: string): string => password.split('-').map((group) => (plain ? String(Number(group)) : group)).join(',');
      const result = await read(`Computer,Key ID,G1,G2,G3,G4,G5,G6,G7,G8\n${list.map(({ host, id, password }) => `${host},${id},${groups(password)}\n`).join('')}`);
      expect(found(result)).toEqual(whole(list));
    }), { numRuns: RUNS });
    const nine = await read(`Computer,G0,G1,G2,G3,G4,G5,G6,G7,G8\nPC-1,11,${passwordOf(1).replaceAll('-', ',')}\n`);
    expect(found(nine)).toEqual([]);
  });

  test('of a wiki, in code or in bold, and one with invisible marks, gives names and IDs as they are', async () => {
    const { host, id, password } = known(7);
    expect(found(await read(`# Keys\n\n| Host | Key ID | Recovery key |\n| --- | --- | --- |\n| **${host}** | \`${id}\` | \`${password}\` |\n`))).toEqual([[id, password, host]]);
    expect(found(await read(`Host,Key ID,Recovery key\n${host}\u200b,\u200e${id}\u200b,\u2066${Array.from(password).join('\u200b')}\u2069\n`))).toEqual([[id, password, host]]);
  });

  test('of a password manager gives the ID that stands in place of a user, and the host where the title is one', async () => {
    const { host, id, password } = known(8);
    expect(found(await read(`"Group","Title","Username","Password","URL","Notes"\n"Root","${host}","${id}","${password}","",""\n"Root","BitLocker of the boss","${idOf(9)}","${passwordOf(9)}","",""\n`))).toEqual([[id, password, host], [idOf(9), passwordOf(9), null]]);
  });

  test('of sqlcmd ends with a number of rows that is no row, and one of Excel 2003 is a table', async () => {
    const list = [known(10), known(11)];
    const sql = await read(`Name|RecoveryKeyId|RecoveryKey|LastUpdateTime\n----|-------------|-----------|--------------\n${list.map(({ host, id, password }) => `CORP\\${host}|${id}|${password}|2024-08-13 04:05:15.000\n`).join('')}\n(2 Zeilen betroffen)\n`);
    expect([found(sql), rejections(sql)]).toEqual([whole(list), []]);
    const rows = [['Computer', 'Key ID', 'Recovery key'], ...list.map(({ host, id, password }) => [host, id, password])].map((cells) => `<Row>${cells.map((cell) => `<Cell><Data ss:Type="String">${cell}</Data></Cell>`).join('')}</Row>`);
    expect(found(await read(`<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Keys"><Table>${rows.join('')}</Table></Worksheet></Workbook>`))).toEqual(whole(list));
  });

  test('of Macs with keys of FileVault reports none of them as a host', async () => {
    const result = await read('Device Name,Serial Number,FileVault Recovery Key\nMAC-2,C02X,ABCD-EFGH-IJKL-MNOP-QRST-UVWX\n');
    expect([result.rows.filter(({ kind }) => kind === 'host'), rejections(result)]).toEqual([[], [[2, 'filevault-key']]]);
  });
});
