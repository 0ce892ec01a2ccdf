import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../../electron/core/app-error.ts';
import { keyProtectorIdFromBytes, parseKeyProtectorId } from '../../../electron/core/keys/key-protector-id.ts';
import type { KeyProtectorId } from '../../../electron/core/keys/key-protector-id.ts';
import { recoveryPasswordFromBytes, recoveryPasswordFromNumbers, recoveryPasswordToBytes } from '../../../electron/core/keys/recovery-password.ts';
import { formatOpenPasscode } from '../../../electron/core/media/open-passcode.ts';
import { makePasscode, parsePasscode } from '../../../electron/core/media/passcode.ts';
import type { Passcode } from '../../../electron/core/media/passcode.ts';
import { buildSealedKeyBundle } from '../../../electron/core/media/sealed-key-bundle.ts';
import type { BundleEntry, BundleOrder, SealedKeyBundle } from '../../../electron/core/media/sealed-key-bundle.ts';
import { openSealedKeyBundle } from '../../../electron/core/media/sealed-key-bundle-reader.ts';

type Vector = {
  name: string; mediaId: string; scope: string; expiresAt: string | null; iterations: number; salt: string; bundleKey: string; passcodes: string[]; recordKeys: string[];
  shardBits: number; fileHashes: Record<string, string>; files?: Record<string, string>; entries?: { keyProtectorId: string; numbers: number[] }[]; entryCount?: number; openTxt?: string;
};
type Files = Map<string, Uint8Array>;

const vectors = JSON.parse(readFileSync(new URL('../../fixtures/sealed-key-bundle/vectors.json', import.meta.url), 'utf8')) as Vector[];
const digest = (...parts: string[]): Buffer => createHash('sha256').update(parts.join(' ')).digest();
/** Lent chance that is the same every time. */
const chanceFrom = (seed: string): ((count: number) => Uint8Array) => {
  let calls = 0;
  return (count) => Buffer.concat(Array.from({ length: Math.ceil(count / 32) }, () => digest(seed, String(calls++)))).subarray(0, count);
};
const idOf = (label: string): KeyProtectorId => keyProtectorIdFromBytes(digest('id', label).subarray(0, 16)) ?? fail();
const bytesOf = (label: string): Uint8Array => digest('password', label).subarray(0, 16);
const entryOf = (label: string): BundleEntry => ({ keyProtectorId: idOf(label), recoveryPasswordBytes: bytesOf(label) });
const entriesOf = (count: number): BundleEntry[] => Array.from({ length: count }, (_, i) => entryOf(String(i)));
const passcodes = ['ann', 'ben', 'eve'].map((name) => makePasscode(chanceFrom(`passcode ${name}`)));
const [ann, ben, eve] = passcodes as [Passcode, Passcode, Passcode];
const order = (entries: BundleOrder['entries'], more: Partial<BundleOrder> = {}): BundleOrder => ({ mediaId: 'BL-TEST', scope: 'all', expiresAt: null, passcodes: [ann, ben], entries, ...more });
const build = (entries: BundleOrder['entries'], more: Partial<BundleOrder> = {}, seed = 'seed'): Promise<SealedKeyBundle> =>
  buildSealedKeyBundle(order(entries, more), { randomBytes: chanceFrom(seed) });
const filesOf = (bundle: SealedKeyBundle): Files => new Map([...bundle.files].map((file) => [file.path, file.bytes]));
const readerOf = (files: Files) => async (path: string, maxBytes: number): Promise<Uint8Array | null> => files.get(path)?.subarray(0, maxBytes) ?? null;
const open = (files: Files, passcode: Passcode) => openSealedKeyBundle(readerOf(files), passcode);
function fail(): never { throw new Error('The test could not make its material.'); }

describe('the sealed key bundle against vectors of an independent script', () => {
  for (const vector of vectors) {
    it(`is byte for byte what the script makes: ${vector.name}`, async () => {
      const lent = [Buffer.from(vector.salt, 'hex'), Buffer.from(vector.bundleKey, 'hex')];
      const entries = vector.entries?.map((entry) => ({ id: entry.keyProtectorId, numbers: entry.numbers })) ?? Array.from({ length: vector.entryCount ?? 0 }, (_, k) => {
        const d = createHash('sha256').update(`bluelift vectors id large ${k}`).digest('hex').toUpperCase();
        const p = createHash('sha256').update(`bluelift vectors password large ${k}`).digest();
        return { id: `${d.slice(0, 8)}-${d.slice(8, 12)}-${d.slice(12, 16)}-${d.slice(16, 20)}-${d.slice(20, 32)}`, numbers: Array.from({ length: 8 }, (__, g) => p.readUInt16LE(2 * g)) };
      });
      const codes = vector.passcodes.map((text) => { const parsed = parsePasscode(text); return parsed.status === 'ok' ? parsed.passcode : fail(); });
      const sealed = entries.map(({ id, numbers }) => ({
        keyProtectorId: parseKeyProtectorId(id) ?? fail(), recoveryPasswordBytes: recoveryPasswordToBytes(recoveryPasswordFromNumbers(numbers) ?? fail()),
      }));
      const bundle = await buildSealedKeyBundle(
        { mediaId: vector.mediaId, scope: vector.scope, expiresAt: vector.expiresAt, iterations: vector.iterations, passcodes: codes, entries: sealed },
        { randomBytes: () => Buffer.from(lent.shift() ?? fail()) },
      );
      const files = filesOf(bundle);
      for (const [path, text] of Object.entries(vector.files ?? {})) expect(Buffer.from(files.get(path) ?? fail()).toString('latin1')).toBe(text);
      expect(Object.fromEntries([...files].map(([path, bytes]) => [path, createHash('sha256').update(bytes).digest('hex')]))).toEqual(vector.fileHashes);
      expect(bundle.slots.map((slot) => Buffer.from(slot.recordKey).toString('hex'))).toEqual(vector.recordKeys);
      if (vector.openTxt !== undefined) expect(formatOpenPasscode(codes[0] ?? fail())).toBe(vector.openTxt);
      for (const code of codes) {
        const opened = await open(files, code);
        if (opened.status !== 'opened') return fail();
        expect(opened.header.shardBits).toBe(vector.shardBits);
        for (const { id, numbers } of entries.slice(0, 25)) {
          expect(await opened.find(parseKeyProtectorId(id) ?? fail())).toEqual({ status: 'found', recoveryPassword: recoveryPasswordFromNumbers(numbers) });
        }
      }
    });
  }
});

describe('a sealed key bundle', () => {
  let files: Files;
  let bundle: SealedKeyBundle;
  beforeAll(async () => { bundle = await build(entriesOf(1_500), { scope: 'hosts 1500', expiresAt: '2026-09-30T12:00:00.250Z' }); files = filesOf(bundle); });

  it('opens every entry with every technician\'s passcode, and gives each technician another record key', async () => {
    for (const [i, passcode] of [ann, ben].entries()) {
      const opened = await open(files, passcode);
      if (opened.status !== 'opened') return fail();
      expect(opened).toMatchObject({ slot: i + 1, header: { mediaId: 'BL-TEST', scope: 'hosts 1500', expiresAt: '2026-09-30T12:00:00Z', entries: 1_500 } });
      expect(opened.recordKey).toEqual(bundle.slots[i]?.recordKey);
      for (let k = 0; k < 1_500; k += i === 0 ? 1 : 50) expect(await opened.find(idOf(String(k)))).toEqual({ status: 'found', recoveryPassword: recoveryPasswordFromBytes(bytesOf(String(k))) });
    }
    expect(bundle.slots[0]?.recordKey).not.toEqual(bundle.slots[1]?.recordKey);
  });

  it('calls a passcode of nobody wrong, and a key protector ID outside its scope not on this medium', async () => {
    expect(await open(files, eve)).toEqual({ status: 'wrong-passcode' });
    const opened = await open(files, ann);
    expect(opened.status === 'opened' ? await opened.find(idOf('elsewhere')) : opened).toEqual({ status: 'not-on-this-medium' });
  });

  it('shows neither key protector IDs, nor recovery passwords, nor passcodes', () => {
    const text = [...files.values()].map((bytes) => Buffer.from(bytes).toString('latin1')).join('').toUpperCase();
    for (let k = 0; k < 1_500; k++) {
      expect(text.includes(idOf(String(k)).slice(0, 13))).toBe(false);
      expect(text.includes(Buffer.from(bytesOf(String(k))).toString('hex').toUpperCase())).toBe(false);
    }
    for (const passcode of passcodes) expect(text.includes(passcode)).toBe(false);
  });

  it('is the same on every iteration, and the same again when lent the same chance', async () => {
    expect(filesOf(bundle)).toEqual(files);
    expect(filesOf(await build(entriesOf(1_500), { scope: 'hosts 1500', expiresAt: '2026-09-30T12:00:00.250Z' }))).toEqual(files);
    expect(files.size).toBe(bundle.fileCount);
  });

  it('has nothing in common with another bundle of the same keys', async () => {
    const other = filesOf(await build(entriesOf(1_500), {}, 'another seed'));
    const lines = new Set([...files.values()].flatMap((bytes) => Buffer.from(bytes).toString('latin1').match(/[0-9a-f]{32}/g) ?? []));
    for (const bytes of other.values()) for (const value of Buffer.from(bytes).toString('latin1').match(/[0-9a-f]{32}/g) ?? []) expect(lines.has(value)).toBe(false);
  });

  it('keeps the first of two recovery passwords for one key protector ID, and names that ID once', async () => {
    const twice = [entryOf('a'), entryOf('b'), entryOf('a'), { ...entryOf('b'), recoveryPasswordBytes: bytesOf('c') }, { ...entryOf('b'), recoveryPasswordBytes: bytesOf('d') }];
    const merged = await build(twice);
    expect([merged.entries, merged.conflicts]).toEqual([2, [idOf('b')]]);
    const opened = await open(filesOf(merged), ann);
    expect(opened.status === 'opened' ? await opened.find(idOf('b')) : opened).toEqual({ status: 'found', recoveryPassword: recoveryPasswordFromBytes(bytesOf('b')) });
  });

  it('takes entries as they come from a store that has to be waited for', async () => {
    async function* waiting(): AsyncGenerator<BundleEntry> { for (const entry of entriesOf(30)) { await Promise.resolve(); yield entry; } }
    expect(filesOf(await build(waiting()))).toEqual(filesOf(await build(entriesOf(30))));
  });

  it.each([
    ['passcodes', { passcodes: [ann, ann] }], ['slots', { passcodes: [] }], ['mediaId', { mediaId: 'small letters' }], ['scope', { scope: '' }],
    ['expiresAt', { expiresAt: 'some day' }], ['iterations', { iterations: 0 }],
  ] as const)('is not built from an order whose %s can not be', async (field, more) => {
    await expect(build(entriesOf(1), more)).rejects.toThrow(new AppError('invalid-input', { field }));
  });

  it('breathes while it is built, and stops where that throws', async () => {
    let breaths = 0;
    const lent = { randomBytes: chanceFrom('x'), breathe: async () => { breaths++; if (breaths === 3) throw new AppError('cancelled'); } };
    await expect(buildSealedKeyBundle(order(entriesOf(10_000)), lent)).rejects.toThrow('cancelled');
    expect(breaths).toBe(3);
  });

  it.each([0, 1, 100, 20_000])('lets one of %d entries be opened by reading at most 64 KB', async (count) => {
    const made = filesOf(await build(entriesOf(count)));
    let read = 0;
    const opened = await openSealedKeyBundle(async (path) => { const bytes = made.get(path) ?? null; read += bytes?.length ?? 0; return bytes; }, ann);
    if (opened.status !== 'opened') return fail();
    const header = read;
    for (let k = 0; k < Math.min(count, 50); k++) { read = header; expect((await opened.find(idOf(String(k)))).status).toBe('found'); expect(read).toBeLessThanOrEqual(65_536); }
    const largest = Math.max(...[...made].filter(([path]) => path !== 'header.txt').map(([, bytes]) => bytes.length));
    expect(header + largest).toBeLessThanOrEqual(65_536);
    expect(Math.max(...folderSizes(made))).toBeLessThanOrEqual(256);
  });

  it('stays within 64 KB with the longest header there can be', async () => {
    const all = Array.from({ length: 64 }, (_, i) => makePasscode(chanceFrom(`technician ${i}`)));
    const made = filesOf(await build(entriesOf(1), { passcodes: all, scope: 'ä'.repeat(200), mediaId: 'X'.repeat(32), iterations: 1 }));
    expect(made.get('header.txt')?.length).toBeLessThanOrEqual(16_384);
    expect((await open(made, all[63] ?? fail())).status).toBe('opened');
  });
});

describe('a sealed key bundle that was tampered with', () => {
  const count = 700;
  let genuine: Files;
  let other: Files;
  beforeAll(async () => { genuine = filesOf(await build(entriesOf(count))); other = filesOf(await build(entriesOf(count), { mediaId: 'BL-OTHER', passcodes: [ann] }, 'other medium')); });

  /** One way to damage a copy of the files; returns false when it changed nothing. */
  const ways: Record<string, (files: Files, pick: (below: number) => number) => void> = {
    'a changed byte': (files, pick) => change(files, pathAt(files, pick), (bytes) => { const at = pick(bytes.length); bytes[at] = (bytes[at] ?? 0) ^ (1 + pick(255)); return bytes; }),
    'another hex digit': (files, pick) => change(files, pathAt(files, pick), (bytes) => {
      for (let at = pick(bytes.length); at < bytes.length; at++) if (/[0-9a-f]/.test(String.fromCharCode(bytes[at] ?? 0))) { bytes[at] = '0123456789abcdef'.charCodeAt(pick(16)); break; }
      return bytes;
    }),
    'a file cut short': (files, pick) => change(files, pathAt(files, pick), (bytes) => bytes.subarray(0, pick(bytes.length))),
    'a file that grew': (files, pick) => change(files, pathAt(files, pick), (bytes) => Buffer.concat([bytes, bytes.subarray(0, 1 + pick(200))])),
    'a file gone': (files, pick) => { files.delete(pathAt(files, pick)); },
    'the same line twice': (files, pick) => change(files, shardAt(files, pick), (bytes) => { const at = 100 * pick(bytes.length / 100); return Buffer.concat([bytes.subarray(0, at + 100), bytes.subarray(at)]); }),
    'two lines with each other\'s sealed part': (files, pick) => change(files, shardAt(files, pick), (bytes) => swap(bytes, pick, 33, 32)),
    'two lines with each other\'s mac': (files, pick) => change(files, shardAt(files, pick), (bytes) => swap(bytes, pick, 66, 32)),
    'two lines with each other\'s all but tag': (files, pick) => change(files, shardAt(files, pick), (bytes) => swap(bytes, pick, 33, 65)),
    'two shards changed places': (files) => { const [a, b] = [files.get('00/0000.txt') ?? fail(), files.get('00/0001.txt') ?? fail()]; files.set('00/0000.txt', b); files.set('00/0001.txt', a); },
    'a shard of another medium': (files, pick) => { const path = shardAt(files, pick); files.set(path, other.get(path) ?? fail()); },
    'the header of another medium': (files) => { files.set('header.txt', other.get('header.txt') ?? fail()); },
    'a line of the header changed': (files, pick) => change(files, 'header.txt', (bytes) => {
      const texts = [['BL-TEST', 'BL-TESX'], ['scope=all', 'scope=none'], ['expiresAt=none', 'expiresAt=2030-01-01T00:00:00Z'], ['iterations=1000', 'iterations=1'], ['entries=700', 'entries=701'], ['slots=2', 'slots=1'], ['shardBits=1', 'shardBits=0']];
      const [from, to] = texts[pick(texts.length)] ?? fail();
      return Buffer.from(Buffer.from(bytes).toString('latin1').replace(from ?? fail(), to ?? fail()));
    }),
    'the other slot taken out': (files) => change(files, 'header.txt', (bytes) => Buffer.from(Buffer.from(bytes).toString('latin1').replace('slots=2', 'slots=1').replace(/slot\.2=.*\r\n/, ''))),
    'the slots\' places changed': (files) => change(files, 'header.txt', (bytes) => Buffer.from(Buffer.from(bytes).toString('latin1').replace(/slot\.1=(.*)\r\nslot\.2=(.*)\r\n/, 'slot.1=$2\r\nslot.2=$1\r\n'))),
    'lower-case hex made upper': (files, pick) => change(files, pathAt(files, pick), (bytes) => Buffer.from(Buffer.from(bytes).toString('latin1').toUpperCase())),
    'line ends without CR': (files, pick) => change(files, pathAt(files, pick), (bytes) => Buffer.from(Buffer.from(bytes).toString('latin1').replace(/\r/g, ''))),
  };

  it.each(Object.keys(ways))('never gives a wrong recovery password: %s', async (name) => {
    let rejected = 0;
    await fc.assert(fc.asyncProperty(fc.infiniteStream(fc.nat()), fc.constantFrom(ann, ben), async (numbers, passcode) => {
      const pick = (below: number): number => (below < 1 ? 0 : Number(numbers.next().value) % below);
      const files: Files = new Map([...genuine].map(([path, bytes]) => [path, Buffer.from(bytes)]));
      ways[name]?.(files, pick);
      const changed = [...genuine].filter(([path, bytes]) => Buffer.compare(files.get(path) ?? Buffer.alloc(0), bytes) !== 0 || !files.has(path)).map(([path]) => path);
      const opened = await open(files, passcode);
      if (opened.status !== 'opened') {
        rejected++;
        expect(changed).toContain('header.txt');
        return;
      }
      for (let k = 0; k < count; k += 7) {
        const found = await opened.find(idOf(String(k)));
        if (found.status === 'found') {
          expect(found.recoveryPassword).toBe(recoveryPasswordFromBytes(bytesOf(String(k))));
          // An entry is good only while the whole header is.
          expect(changed).not.toContain('header.txt');
        } else rejected++;
      }
    }), { numRuns: 60 });
    // A doubled line says nothing new; every other way is noticed by somebody.
    expect(rejected > 0).toBe(name !== 'the same line twice');
  });

  it.each([
    ['its medium ID', 'mediaId=BL-TEST', 'mediaId=BL-TESX', 'damaged'], ['its scope', 'scope=all', 'scope=hosts 3', 'damaged'], ['its expiry', 'expiresAt=none', 'expiresAt=2030-01-01T00:00:00Z', 'damaged'],
    ['its number of entries', 'entries=700', 'entries=701', 'damaged'], ['its shards', 'shardBits=1', 'shardBits=2', 'damaged'], ['the place of a slot', /slot\.1=(.*)\r\nslot\.2=(.*)\r\n/, 'slot.1=$2\r\nslot.2=$1\r\n', 'damaged'],
    ['its stretching', 'iterations=1000', 'iterations=1001', 'wrong-passcode'],
  ] as const)('is noticed when it is opened: %s', async (_, from, to, status) => {
    const files: Files = new Map(genuine);
    change(files, 'header.txt', (bytes) => Buffer.from(bytes.toString('latin1').replace(from, to)));
    expect(files.get('header.txt')).not.toEqual(genuine.get('header.txt'));
    for (const passcode of [ann, ben]) expect(await open(files, passcode)).toEqual({ status });
  });

  const pathAt = (files: Files, pick: (below: number) => number): string => [...files.keys()][pick(files.size)] ?? fail();
  const shardAt = (files: Files, pick: (below: number) => number): string => [...files.keys()].filter((path) => path !== 'header.txt')[pick(files.size - 1)] ?? fail();
  const change = (files: Files, path: string, how: (bytes: Buffer) => Uint8Array): void => { files.set(path, how(Buffer.from(files.get(path) ?? fail()))); };
  const swap = (bytes: Buffer, pick: (below: number) => number, from: number, length: number): Buffer => {
    const lines = bytes.length / 100;
    const a = pick(lines);
    const b = (a + 1 + pick(lines - 1)) % lines;
    const kept = Buffer.from(bytes.subarray(a * 100 + from, a * 100 + from + length));
    bytes.copy(bytes, a * 100 + from, b * 100 + from, b * 100 + from + length);
    kept.copy(bytes, b * 100 + from);
    return bytes;
  };
});

describe('a folder that holds no bundle this desk knows', () => {
  it.each([
    ['nothing', null, { status: 'not-a-bundle' }],
    ['another kind of file', 'bluelift-medium 1\r\n', { status: 'not-a-bundle' }],
    ['a bundle of a later desk', 'bluelift-bundle 2\r\nanything', { status: 'other-version', version: 2 }],
    ['a bundle of which only the first line is left', 'bluelift-bundle 1\r\n', { status: 'damaged' }],
  ])('is told what it is: %s', async (_, text, expected) => {
    const files: Files = text === null ? new Map() : new Map([['header.txt', Buffer.from(text)]]);
    expect(await open(files, ann)).toEqual(expected);
  });

  it('is refused without an error whatever the header holds', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.boolean(), async (bytes, headed) => {
      const header = headed ? Buffer.concat([Buffer.from('bluelift-bundle 1\r\n'), bytes]) : bytes;
      expect((await open(new Map([['header.txt', header]]), ann)).status).not.toBe('opened');
    }));
  });
});

function folderSizes(files: Files): number[] {
  const sizes = new Map<string, number>();
  for (const path of files.keys()) { const folder = path.split('/').slice(0, -1).join('/'); sizes.set(folder, (sizes.get(folder) ?? 0) + 1); }
  return [...sizes.values()];
}
