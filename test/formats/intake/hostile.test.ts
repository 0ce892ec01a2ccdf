import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readIntake } from '../../../electron/formats/intake/intake.ts';
import { keyFacts, options } from './hand-overs/hand-over.ts';
import { hostLists } from './hand-overs/host-lists.ts';
import { keyTables } from './hand-overs/key-tables.ts';
import { keyTexts } from './hand-overs/key-texts.ts';
import { encode, ENCODINGS, essence, hostnames, idOf, keysOf, passwordOf, read, readChunks, rejections } from './support.ts';

const HEADER = '"Hostname","KeyID","RecoveryKey","Directory"';
const row = (seed: number): string => `"PC${seed}","${idOf(seed)}","${passwordOf(seed)}","Entra"`;
const rows = (count: number, first = 0): string[] => Array.from({ length: count }, (_, index) => row(first + index));
const bytesOf = (...values: number[]): Uint8Array => Uint8Array.from([...values, ...new Array<number>(64).fill(0x41)]);

describe('a file that is no hand-over', () => {
  const bek = new Uint8Array(156);
  new DataView(bek.buffer).setUint32(0, 156, true);
  new DataView(bek.buffer).setUint32(4, 1, true);
  new DataView(bek.buffer).setUint32(8, 0x30, true);
  new DataView(bek.buffer).setUint32(12, 156, true);

  test.each([
    ['empty', new Uint8Array(0)], ['gzip', bytesOf(0x1f, 0x8b, 8)], ['zip', bytesOf(0x50, 0x4b, 3, 4)], ['pdf', new TextEncoder().encode('%PDF-1.7 …')], ['bek', bek],
    ['excel', Uint8Array.from([0x50, 0x4b, 3, 4, ...new TextEncoder().encode('[Content_Types].xml')])], ['sqlite', new TextEncoder().encode('SQLite format 3\0')], ['program', bytesOf(0x4d, 0x5a, 0x90, 0)], ['bitlocker-volume', new TextEncoder().encode('\u0000\u0000\u0000-FVE-FS-')], ['binary', Uint8Array.from({ length: 4096 }, (_, index) => (index * 73) % 256)], ['binary', new Uint8Array(4096)],
    ['picture', new TextEncoder().encode(`\0\0\0\x18ftypheic${'x'.repeat(400)}`)], ['picture', new TextEncoder().encode(`RIFF....WEBPVP8 ${'x'.repeat(400)}`)], ['access-database', new TextEncoder().encode('\0\x01\0\0Standard ACE DB\0')], ['password-database', bytesOf(0x03, 0xd9, 0xa2, 0x9a, 0x67, 0xfb, 0x4b, 0xb5)],
    ['mailbox', new TextEncoder().encode('!BDN')], ['disk-image', new TextEncoder().encode('KDMV')],
    ['desk-file', new TextEncoder().encode('{\n "format": "bluelift-keys 1",\n "holders": [{ "name": "anna" }]}')], ['desk-file', new TextEncoder().encode('{"format":"bluelift-backup 1","deskId":"4"}\n\u0000\u0001')],
  ])('is named: %s', async (declined, file) => {
    const result = await read(file);
    expect(result.header).toMatchObject({ intakeKind: 'not-recognised', declined });
    expect(result.rows).toEqual([]);
  });

  test('of white space only holds nothing', async () => {
    expect((await read(' \r\n\r\n\t\r\n')).notes).toEqual(['nothing-found']);
  });
});

describe('a damaged file', () => {
  test('cut off in a quote keeps what is whole, and the last row when its key is', async () => {
    const text = [HEADER, ...rows(20)].join('\r\n');
    const inKey = await read(text.slice(0, text.lastIndexOf(passwordOf(19)) + 20));
    expect(keysOf(inKey)).toHaveLength(19);
    expect(rejections(inKey)).toEqual([[21, 'unclosed-quote']]);
    const afterKey = await read(text.slice(0, text.lastIndexOf(passwordOf(19)) + 55));
    expect(keysOf(afterKey)).toHaveLength(20);
  });

  test('cut off in the middle of a UTF-16 character or a base64 value keeps the rest', async () => {
    const utf16 = encode([HEADER, ...rows(20)].join('\r\n'), 'utf-16le-bom');
    const cut = await read(utf16.subarray(0, utf16.length - 2 * 30 - 1));
    expect(keysOf(cut)).toHaveLength(19);
    expect(rejections(cut)).toEqual([[21, 'unclosed-quote']]);
    const entry = (seed: number): string => `dn: CN=2024-01-15T09:30:00-00:00{${idOf(seed)}},CN=PC${seed},DC=corp\nobjectClass: msFVE-RecoveryInformation\nmsFVE-RecoveryPassword:: ${btoa(passwordOf(seed))}\n\n`;
    const ldif = entry(1) + entry(2).slice(0, -30);
    expect(essence(await read(ldif))).toEqual([[1, idOf(1), passwordOf(1), 'PC1']]);
    expect(rejections(await read(ldif))).toHaveLength(1);
  });

  test('one quotation mark too few costs no neighbour', async () => {
    const lines = [HEADER, ...rows(3000)];
    lines[5] = row(4).replace('","Entra"', ',Entra');
    lines[9] = row(8).replace(/^"/, '').replace('",', ',').replace('"Entra"', '"Ent"ra"');
    const result = await read(lines.join('\r\n'));
    expect(essence(result).map(([line, id]) => [line, id])).toEqual(Array.from({ length: 3000 }, (_, index) => [index + 2, idOf(index)]).filter(([line]) => essence(result).some(([known]) => known === line)));
    expect(keysOf(result).length + rejections(result).length).toBe(3000);
    expect(rejections(result).length).toBeLessThanOrEqual(2);
    expect(result.rowsRead).toBe(3000);
  });

  test('a quotation mark that is never closed costs its own row and not the rest of the file', async () => {
    const lines = ['Hostname,KeyID,RecoveryKey', ...Array.from({ length: 20_000 }, (_, index) => `PC${index},${idOf(index)},${passwordOf(index)}`)];
    lines[3] = `PC2,${idOf(2)},"oops`;
    const result = await read(lines.join('\n'));
    expect(keysOf(result)).toHaveLength(19_999);
    expect(rejections(result)).toEqual([[4, 'unclosed-quote']]);
  });

  test('a quotation mark in every line is no reason to read the file a thousand times', async () => {
    const lines = ['Hostname,KeyID,RecoveryKey', ...Array.from({ length: 20_000 }, (_, index) => `PC${index},${idOf(index)},${index % 2 === 0 ? '"' : ''}${passwordOf(index)}`)];
    const result = await read(lines.join('\n'));
    expect(keysOf(result)).toHaveLength(20_000);
  });

  test('zero bytes between and after are dropped', async () => {
    const text = `${HEADER}\r\n${row(1)}\0\r\n${row(2)}\r\n${'\0'.repeat(5000)}`;
    expect(keysOf(await read(text))).toHaveLength(2);
  });

  test('UTF-16 appended to a plain file is read, too', async () => {
    const plain = new TextEncoder().encode(`${HEADER}\r\n${row(1)}\r\n`);
    const wide = encode(`${row(2)}\r\n`, 'utf-16le-bom');
    expect(keysOf(await read(Uint8Array.from([...plain, ...wide]))).map((key) => key.keyProtectorId)).toEqual([idOf(1), idOf(2)]);
  });

  test('lines in different encodings keep their letters', async () => {
    const utf8 = new TextEncoder().encode('München-1\nPC-2\nPC-3\n');
    const ansi = encode('Köln-4\nPC-5\n', 'latin-1');
    expect(hostnames(await read(Uint8Array.from([...utf8, ...ansi])))).toEqual(['MÜNCHEN-1', 'PC-2', 'PC-3', 'KÖLN-4', 'PC-5']);
  });
});

describe('a file without end', () => {
  async function* endless(megabytes: number, before: string, after: string): AsyncGenerator<Uint8Array> {
    yield new TextEncoder().encode(before);
    const piece = new TextEncoder().encode('x1,'.repeat(350_000).slice(0, 1 << 20));
    for (let sent = 0; sent < megabytes; sent++) yield piece;
    yield new TextEncoder().encode(after);
  }

  test.each([
    ['table', `${HEADER}\n${row(1)}\n`, `\n${row(2)}\n`], ['text', `notes\n${passwordOf(1)}\n`, `\n${passwordOf(2)}\n`],
    ['directory export', `dn: CN=2024-01-15T09:30:00-00:00{${idOf(1)}},CN=PC1,DC=x\nmsFVE-RecoveryPassword: ${passwordOf(1)}\n\njpegPhoto: `, `\n\ndn: CN=2024-01-15T09:30:00-00:00{${idOf(2)}},CN=PC2,DC=x\nmsFVE-RecoveryPassword: ${passwordOf(2)}\n`],
  ])('one endless line in a %s is refused with its number and costs no memory', async (_form, before, after) => {
    global.gc?.();
    const heapBefore = process.memoryUsage().rss;
    const result = await readChunks(endless(200, before, after));
    expect(keysOf(result).map((key) => key.recoveryPassword)).toEqual([passwordOf(1), passwordOf(2)]);
    expect(rejections(result).map(([, reason]) => reason)).toEqual(['row-too-long']);
    expect(process.memoryUsage().rss - heapBefore).toBeLessThan(150e6);
  });

  test('what was read before the source failed is handed out first', async () => {
    async function* vanishing(): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode([HEADER, ...rows(1000), ''].join('\n'));
      throw new Error('the stick was pulled');
    }
    let failure: unknown = null;
    let keys = 0;
    try {
      for await (const part of readIntake(vanishing())) if (part.kind === 'batch') keys += part.rows.filter((found) => found.kind === 'key').length;
    } catch (error) {
      failure = error;
    }
    expect(keys).toBe(1000);
    expect(failure).toMatchObject({ message: 'the stick was pulled' });
  });

  test('batches are small and count upwards', async () => {
    const result = await read([HEADER, ...rows(5000)].join('\n'), 1 << 20);
    expect(keysOf(result)).toHaveLength(5000);
    expect(result.largestBatch).toBeLessThanOrEqual(1000);
    expect(result.bytesRead).toBe(new TextEncoder().encode([HEADER, ...rows(5000)].join('\n')).length);
  });
});

/** Files of every kind, to be damaged. */
const SOUND: readonly Uint8Array[] = [
  encode([HEADER, ...rows(8)].join('\r\n'), 'utf-8'), encode([HEADER, ...rows(8)].join('\r\n'), 'utf-16le-bom'), encode(rows(8).join('\n').replaceAll(',', ';'), 'utf-8-bom'),
  encode(`#TYPE x\r\n"Name","msFVE-RecoveryPassword"\r\n${[1, 2, 3].map((seed) => `"2024-01-15T09:30:00+01:00{${idOf(seed)}}","${passwordOf(seed)}"`).join('\r\n')}\r\n`, 'latin-1'),
  encode([1, 2, 3].map((seed) => `dn: CN=2024-01-15T09:30:00\\+01:00{${idOf(seed)}},CN=MÜNCHEN-${seed},DC=corp\nobjectClass: msFVE-RecoveryInformation\nmsFVE-RecoveryPassword: ${passwordOf(seed).slice(0, 40)}\n ${passwordOf(seed).slice(40)}\n`).join('\n'), 'utf-8'),
  encode([1, 2, 3].map((seed) => `Volume C: [x]\r\n    Numerisches Kennwort für:\r\n      ID: {${idOf(seed)}}\r\n      Kennwort:\r\n        ${passwordOf(seed)}\r\n`).join('\r\n'), 'cp850'),
  encode(Array.from({ length: 30 }, (_, index) => `CORP\\PC-${index}`).join('\r\n'), 'utf-16be'),
  encode('"Name","DNSHostName","OperatingSystem"\n"PC1","pc1.corp.example","Windows 11"\n"PC2",,\n', 'utf-8'),
  encode(`Asset Name,Bitlocker Drives\n"PC1","Drive C: recovery key: ${passwordOf(1)}\r\nDrive D: recovery key: ${passwordOf(2)}\r\n"\n`, 'utf-8'),
  encode(JSON.stringify({ '@odata.context': 'x', value: [1, 2, 3].map((seed) => ({ id: idOf(seed), deviceId: idOf(9), key: passwordOf(seed) })) }, null, 2), 'utf-8'),
];

type Damage = { readonly at: number; readonly kind: 'byte' | 'cut' | 'drop' | 'repeat' | 'insert'; readonly value: number };
const damages: fc.Arbitrary<readonly Damage[]> = fc.array(
  fc.record({ at: fc.nat(5000), kind: fc.constantFrom('byte' as const, 'cut' as const, 'drop' as const, 'repeat' as const, 'insert' as const), value: fc.oneof(fc.nat(255), fc.constantFrom(0x22, 0x0a, 0x0d, 0x2c, 0, 0xff, 0x5c, 0x7b)) }),
  { minLength: 1, maxLength: 6 },
);

function damage(file: Uint8Array, { at, kind, value }: Damage): Uint8Array {
  const place = file.length === 0 ? 0 : at % file.length;
  const [before, after] = [Array.from(file.subarray(0, place)), Array.from(file.subarray(place))];
  switch (kind) {
    case 'byte': return Uint8Array.from([...before, value, ...after.slice(1)]);
    case 'cut': return Uint8Array.from(before.length > 10 ? before : [...before, ...after]);
    case 'drop': return Uint8Array.from([...before, ...after.slice(value % 60)]);
    case 'repeat': return Uint8Array.from([...before, ...after.slice(0, value), ...after]);
    case 'insert': return Uint8Array.from([...before, ...new Array<number>(1 + (value % 3)).fill(value), ...after]);
  }
}

/** Ten thousand in the full run, over every kind of hand-over. */
const FUZZ_RUNS = process.env['BLUELIFT_FULL'] === '1' ? 10_000 : 2000;
const KINDS = [...keyTables, ...keyTexts, ...hostLists];

/** A file of any kind, before it is damaged; its recovery passwords are all that may come out. */
const sound: fc.Arbitrary<{ readonly bytes: Uint8Array; readonly passwords: ReadonlySet<string> }> = fc.oneof(
  fc.constantFrom(...SOUND).map((bytes) => ({ bytes, passwords: new Set<string>(Array.from({ length: 40 }, (_, seed) => passwordOf(seed))) })),
  fc.tuple(fc.constantFrom(...KINDS), keyFacts, options, fc.nat(20)).map(([{ make, encodings = ENCODINGS }, facts, chosen, place]) => {
    const handOver = make(facts, chosen);
    return { bytes: encode(handOver.text, encodings[place % encodings.length] ?? 'utf-8'), passwords: new Set<string>(facts.map(({ password }) => password)) };
  }),
);

describe('a table with one wrong byte in it', () => {
  const LINES = 12;
  const table = encode([HEADER, ...rows(LINES)].join('\r\n'), 'utf-8');
  const bodyFrom = HEADER.length + 2;

  test('keeps every row that the byte is not in or beside', async () => {
    await fc.assert(fc.asyncProperty(fc.nat(table.length - bodyFrom - 1), fc.oneof(fc.nat(255), fc.constantFrom(0x22, 0x0a, 0x0d, 0x2c, 0, 0xff, 0x3b, 0x09)), async (offset, value) => {
      const file = damage(table, { at: bodyFrom + offset, kind: 'byte', value });
      const result = await read(file);
      const whole = Array.from({ length: LINES }, (_, seed) => seed).filter((seed) => keysOf(result).some((key) => key.keyProtectorId === idOf(seed) && key.recoveryPassword === passwordOf(seed)));
      // A newline that is gone joins two rows; a newline that is new parts one.
      expect(whole.length).toBeGreaterThanOrEqual(LINES - 2);
      const accounted = new Set(result.rows.map(({ row: at }) => at)).size;
      expect(accounted).toBe(result.rowsRead);
      expect(accounted).toBeGreaterThanOrEqual(LINES - 1);
    }), { numRuns: 1000 });
  });
});

test('a damaged file never fails, never takes long, accounts for its rows and, by one wrong byte, makes up no key', { timeout: 600_000 }, async () => {
  let slowestMs = 0;
  await fc.assert(fc.asyncProperty(sound, damages, fc.constantFrom(1 << 16, 50), async ({ bytes, passwords }, list, pieceBytes) => {
    const file = list.reduce(damage, bytes);
    const started = performance.now();
    const result = await read(file, pieceBytes);
    slowestMs = Math.max(slowestMs, performance.now() - started);
    const accounted = new Set(result.rows.map((found) => found.row));
    expect(result.rows.length).toBeGreaterThanOrEqual(result.rowsRead);
    expect(accounted.size).toBeLessThanOrEqual(result.rowsRead);
    // Where a stretch is lost or doubled, whole groups of two passwords may come together: no check can see that.
    const [only, ...others] = list;
    if (others.length === 0 && (only?.kind === 'byte' || only?.kind === 'cut' || only?.kind === 'insert')) for (const key of keysOf(result)) expect(passwords.has(key.recoveryPassword), 'a recovery password nobody put in').toBe(true);
    if (result.header.declined !== null) expect(result.rows).toEqual([]);
  }), { numRuns: FUZZ_RUNS });
  expect(slowestMs).toBeLessThan(2000);
});

test('one character a hundred thousand times over, anywhere in a file of any kind, keeps nobody waiting', { timeout: 600_000 }, async () => {
  const LONG = 100_000;
  let slowest = { ms: 0, at: '' };
  const signs = fc.constantFrom(' ', '\t', ',', ';', '-', '"', '{', '(', '.', '=', '\\', '/', '|', '<', ':', '_', '#', '*', '0', 'a', '- ', 'a.', '0 ', '1,', '{a');
  await fc.assert(fc.asyncProperty(sound, fc.nat(5000), signs, async ({ bytes }, at, sign) => {
    const place = bytes.length === 0 ? 0 : (at % bytes.length) & ~1; // of UTF-16, between two characters
    const run = encode(sign.repeat(LONG / sign.length), bytes[1] === 0 || bytes[3] === 0 ? 'utf-16le' : 'utf-8');
    const before = process.threadCpuUsage();
    await read(Uint8Array.from([...bytes.subarray(0, place), ...run, ...bytes.subarray(place)]), 1 << 16);
    const { user, system } = process.threadCpuUsage(before);
    if ((user + system) / 1000 > slowest.ms) slowest = { ms: (user + system) / 1000, at: `${JSON.stringify(sign)} at ${place}` };
  }), { numRuns: FUZZ_RUNS / 20 });
  expect(slowest.ms, slowest.at).toBeLessThan(2000);
});
