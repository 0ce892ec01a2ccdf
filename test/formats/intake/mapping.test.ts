import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { knownColumns, normaliseHeading, recogniseColumns } from '../../../electron/formats/intake/columns.ts';
import { findLapsColumns } from '../../../electron/formats/intake/laps-columns.ts';
import { headerKey, type ColumnMapping } from '../../../electron/formats/intake/mapping.ts';
import { previewTable } from '../../../electron/formats/intake/preview.ts';
import { essence, facts, hostnames, read, rejections } from './support.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const preview = (text: string, mappings: readonly ColumnMapping[] = []) => previewTable(bytes(text), true, mappings);
/** As the window and the command line answer when nobody changes the proposal. */
const asProposed = (text: string): ColumnMapping => {
  const table = preview(text);
  if (table === null) throw new Error('no table');
  return { header: table.header, fields: table.columns.map(({ proposed }) => proposed), inventory: false };
};

/** Headings no exporter uses, in no particular language. What stands between letters does not count in a heading: "o__s" is "OS". */
const heading = fc.stringMatching(/^[A-Za-zÄÖÜß][A-Za-zäöüß_ ]{2,14}[A-Za-z]$/)
  .filter((word) => !/key|pass|host|name|computer|id|date|time|serial|user|model|gerät|rechner|type|os|volume|drive|site|ou|location|device|uuid|sid/i.test(normaliseHeading(word)) && knownColumns(recogniseColumns([word])) === 0 && findLapsColumns([word]) === null);

describe('a table with headings nobody knows', () => {
  it('mapped as proposed gives every key with its ID and host, and reports every other row, whatever the order of its columns', async () => {
    await fc.assert(fc.asyncProperty(
      facts.filter((list) => list.length >= 3), fc.uniqueArray(heading, { minLength: 4, maxLength: 4, selector: (word) => word.toLowerCase() }), fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4, maxLength: 4 }), fc.constantFrom(',', ';', '\t', '|'), fc.nat(2),
      async (list, headings, order, delimiter, broken) => {
        const hosts = list.map(({ host }, index) => `${host}-${index}`);
        const rows = list.map(({ id, password }, index) => [hosts[index], id, index === broken ? `${password.slice(0, 30)}` : password, 'in Ordnung']);
        const text = [headings, ...rows].map((cells) => order.map((column) => cells[column]).join(delimiter)).join('\r\n');
        // The column of remarks is no host name, and a damaged password stays what it is: rejected.
        const mapping = asProposed(text);
        expect(mapping.fields).toContain('recoveryPassword');
        const result = await read(text, 65_536, [mapping]);
        const good = list.flatMap(({ id, password }, index) => (index === broken ? [] : [[index + 2, id, password, hosts[index]]]));
        expect(essence(result)).toEqual(good);
        expect(rejections(result).map(([row]) => row)).toEqual(broken < list.length ? [broken + 2] : []);
        expect(result.notes).toContain('columns-mapped');
      },
    ), { numRuns: 150 });
  });

  it('is a list of hosts when no column holds recovery passwords', async () => {
    const text = 'Kennung;Raum\r\nKI-0417;2.14\r\nKI-0418;2.15\r\nKI-0419;2.16\r\n';
    expect(preview(text)).toMatchObject({ standing: 'unknown', header: ['Kennung', 'Raum'], columns: [{ proposed: 'hostname' }, { proposed: null }] });
    const result = await read(text, 65_536, [asProposed(text)]);
    expect(result.header.intakeKind).toBe('hosts-csv');
    expect(hostnames(result)).toEqual(['KI-0417', 'KI-0418', 'KI-0419']);
    expect((await read(text, 65_536, [{ ...asProposed(text), inventory: true }])).header.intakeKind).toBe('inventory-csv');
  });

  it('is known again by its header, whatever case and marks, below a title, and at no other', async () => {
    const mapping: ColumnMapping = { header: ['Kennung', 'Raum Nr.'], fields: ['hostname', null], inventory: false };
    expect(hostnames(await read('Bericht vom 19.07.2024\nKENNUNG,raum-nr\nPC-1,7\n', 65_536, [mapping]))).toEqual(['PC-1']);
    expect(preview('KENNUNG,raum-nr\nPC-1,7\n', [mapping])).toMatchObject({ standing: 'answered', fields: ['hostname', null] });
    expect(preview('Kennung,Etage\nPC-1,7\nPC-2,8\n', [mapping])).toMatchObject({ standing: 'unknown' });
    expect(headerKey(['Key ID'])).toBe(headerKey(['key_id']));
  });

  it('without any header is read by the answer for its columns', async () => {
    const text = 'Haus A|PC-1|x y\nHaus A|PC-2|x y\n';
    const mapping: ColumnMapping = { header: null, fields: [null, 'hostname', null], inventory: false };
    expect(hostnames(await read(text, 65_536, [mapping]))).toEqual(['PC-1', 'PC-2']);
  });
});

describe('a preview', () => {
  it('never shows a recovery password, whole, damaged, in groups, or among other words', () => {
    fc.assert(fc.property(facts.filter((list) => list.length > 0), fc.constantFrom('', ' Platte C:'), fc.constantFrom('-', ' ', '', '.'), fc.integer({ min: 24, max: 55 }), (list, words, separator, length) => {
      const cells = list.map(({ password }) => `${password.slice(0, length).replaceAll('-', separator)}${words}`);
      const text = ['Kasten;Ding;Wort', ...cells.map((cell, index) => `PC-${index};${cell};gut`)].join('\n');
      const shown = JSON.stringify(preview(text));
      for (const { password } of list) for (const group of password.slice(0, length).split('-').filter((part) => part.length === 6 && part !== '000000')) expect(shown).not.toContain(group);
    }), { numRuns: 200 });
  });

  it('leaves what exporters write alone, and is silent on what is no table', () => {
    expect(preview('Hostname,KeyID,RecoveryKey,Directory\nPC-1,,,\n')).toMatchObject({ standing: 'recognised' });
    for (const text of ['', 'PC-1\nPC-2\n', '{"a": 1}', 'dn: CN=x\nobjectClass: computer\n', 'just some words, and\nnothing else\n\nmore text; here']) expect(preview(text)?.standing ?? 'recognised').not.toBe('answered');
    expect(preview('PC-1\nPC-2\n')).toBeNull();
    expect(previewTable(new Uint8Array([0x4d, 0x5a, 0, 0, 1, 2]), true, [])).toBeNull();
  });

  it('of any bytes does not throw', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 3000 }), fc.boolean(), (head, whole) => { previewTable(head, whole, []); }), { numRuns: 300 });
    fc.assert(fc.property(fc.array(fc.constantFrom('a', ';', ',', '"', '\n', '\t', '1', 'PC-', '-'), { maxLength: 400 }).map((parts) => parts.join('')), (text) => { preview(text); }), { numRuns: 300 });
  });
});


/** As Windows LAPS draws them, of one length, by policy. */
const lapsPasswords = (length: number): fc.Arbitrary<string> => fc.string({ unit: fc.constantFrom(...'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789,.-+;!#&@{}[]()*?:/%=$_'), minLength: length, maxLength: length })
  .filter((password) => /[a-z]/.test(password) && /[A-Z]/.test(password) && /\d/.test(password) && /[^\w.-]/.test(password) && !/==$|:\/\/|@/.test(password));

describe('a column of LAPS passwords', () => {
  const quoted = (cells: readonly string[]): string => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';');

  it('under headings nobody knows is proposed by what it holds, shown to nobody, and mapped as proposed gives every password', async () => {
    await fc.assert(fc.asyncProperty(fc.integer({ min: 8, max: 24 }).chain((length) => fc.uniqueArray(lapsPasswords(length), { minLength: 2, maxLength: 8 })), fc.boolean(), async (given, headed) => {
      const rows = given.map((password, n) => quoted([`KASSE-${n}`, 'Administrator', password, `2024-08-0${n + 1}T10:00:00Z`]));
      const text = [...(headed ? ['Kasten;Wer;Zettel;Bis'] : []), ...rows, ''].join('\r\n');
      const table = preview(text);
      expect(table).toMatchObject({ standing: 'unknown', header: headed ? ['Kasten', 'Wer', 'Zettel', 'Bis'] : null });
      expect(table?.columns.map(({ proposed }) => proposed)).toEqual(['hostname', 'lapsAccount', 'lapsPassword', 'lapsExpiresAt']);
      expect(table?.rows.map((row) => row[2])).toEqual(table?.rows.map(() => null));
      const mixed = JSON.stringify(preview(['Kasten;Wort;Zahl', ...given.map((password, n) => quoted([`KASSE-${n}`, n % 2 === 0 ? 'nichts' : password, '7']))].join('\r\n')));
      for (const password of given) expect(mixed).not.toContain(JSON.stringify(password).slice(1, -1));
      const result = await read(text, 65_536, [asProposed(text)]);
      expect(result.header.intakeKind).toBe('laps-csv');
      expect(result.rows.flatMap((row) => (row.kind === 'laps' ? row.passwords.map((one) => [row.host.hostname, one]) : []))).toEqual(given.map((password, n) => [`KASSE-${n}`, { account: 'Administrator', password, updatedAt: null, expiresAt: `2024-08-0${n + 1}T10:00:00Z` }]));
    }), { numRuns: Number(process.env['BLUELIFT_RUNS'] ?? 60) });
  });

  it('with a question mark in every password is a table, not names that lost their umlauts', async () => {
    const text = 'Kasten;Zettel\r\nKASSE-1;aB3?aB3xyzK\r\nKASSE-2;kL9?mN2pqrT\r\n';
    expect(preview(text)).toMatchObject({ standing: 'unknown', columns: [{ proposed: 'hostname' }, { proposed: 'lapsPassword' }] });
    expect(hostnames(await read('M?LLER-PC\r\nPC-0001\r\nPC-0002\r\n'))).toEqual(['PC-0001', 'PC-0002']);
  });

  it('beside known headings is asked about as well: otherwise it would be left out in silence', () => {
    expect(preview('Computername;Zugang\r\nPC-1;x7#,yAz2\r\nPC-2;Q4!bN9%k\r\n')).toMatchObject({ standing: 'unknown', columns: [{ proposed: 'hostname' }, { proposed: 'lapsPassword' }] });
    expect(preview('ComputerName,Account,Password,PasswordUpdateTime,ExpirationTimestamp\r\nPC-1,Administrator,x7#.yAz2,,\r\n')).toMatchObject({ standing: 'recognised', columns: [{}, { proposed: 'lapsAccount' }, { proposed: 'lapsPassword' }, { proposed: 'lapsUpdatedAt' }, { proposed: 'lapsExpiresAt' }] });
  });

  it('is not what serial numbers, models, GUIDs, addresses, dates, names and accounts are', () => {
    const rows = [
      ['5CG1234XYZ', 'OptiPlex 7090', '3ca7495e-4252-432b-baf1-8b2b6c3d4e5f', '03-F4-1A-2B-3C-4D', '2024-08-01T10:00:00Z', 'CN=PC-1,OU=Nord,DC=corp', 'R.Petersen@corp.example', 'S-1-5-21-1004336348-1177238915-682003330-512', '6h0xZIdFKUCSSroplkeZjg==', 'Ki-Surg-0417'],
      ['5CG1234XYA', 'OptiPlex 7080', '3ca7495e-4252-432b-baf1-8b2b6c3d4e5a', '03-F4-1A-2B-3C-4A', '2024-08-02T10:00:00Z', 'CN=PC-2,OU=Nord,DC=corp', 'B.Petersen@corp.example', 'S-1-5-21-1004336348-1177238915-682003330-513', '7h0xZIdFKUCSSroplkeZjg==', 'Ki-Surg-0418'],
    ];
    const table = preview(['Aa;Bb;Cc;Dd;Ee;Ff;Gg;Hh;Ii;Jj', ...rows.map((row) => row.join(';'))].join('\n'));
    expect(table?.columns.some(({ proposed }) => proposed === 'lapsPassword')).toBe(false);
  });
});
