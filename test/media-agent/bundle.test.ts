// The agent's reader of the bundle against the desk's writer, the vectors of the independent script, and damage.
import { createHash, randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseKeyProtectorId } from '../../electron/core/keys/key-protector-id.ts';
import { recoveryPasswordFromNumbers, recoveryPasswordToBytes } from '../../electron/core/keys/recovery-password.ts';
import { readOpenPasscode } from '../../electron/core/media/open-passcode.ts';
import { parsePasscode } from '../../electron/core/media/passcode.ts';
import type { Passcode } from '../../electron/core/media/passcode.ts';
import { buildSealedKeyBundle } from '../../electron/core/media/sealed-key-bundle.ts';
import { openEntry, openSlot, readHeader } from '../../scripts/media/agent/bundle.ts';
import { makeHmacKey } from '../../scripts/media/agent/sha256.ts';
import { FakeHost } from './fake-host.ts';
import { makeKey, newPasscode, sealKeys } from './scene.ts';

const FOLDER = 'E:\\bundle\\';

type Vector = {
  readonly name: string; readonly mediaId: string; readonly scope: string; readonly expiresAt: string | null; readonly iterations: number;
  readonly salt: string; readonly bundleKey: string; readonly passcodes: readonly string[]; readonly recordKeys: readonly string[];
  readonly openTxt?: string;
  readonly fileHashes: Readonly<Record<string, string>>; readonly entries: readonly { readonly keyProtectorId: string; readonly numbers: readonly number[] }[];
};
const vectors = (JSON.parse(readFileSync(new URL('../fixtures/sealed-key-bundle/vectors.json', import.meta.url), 'utf8')) as readonly Vector[])
  .filter(({ entries, fileHashes }) => Array.isArray(entries) && fileHashes['header.txt'] !== undefined);

function lay(files: Iterable<{ readonly path: string; readonly bytes: Uint8Array }>): FakeHost {
  const host = new FakeHost();
  for (const file of files) host.put(FOLDER + file.path.replaceAll('/', '\\'), file.bytes);
  return host;
}

/** @returns The recovery password the agent takes out, or the word for why not. */
function open(host: FakeHost, passcode: Passcode, id: string): string {
  const files = host.ports.files;
  const header = readHeader(files, FOLDER);
  if (header.status !== 'ok') return header.status;
  const slot = openSlot(header.header, passcode);
  if (slot.status !== 'ok') return slot.status;
  const entry = openEntry(files, FOLDER, slot.bundle, id);
  return entry.status === 'opened' ? entry.recoveryPassword : entry.status;
}

describe('the agent reading a sealed key bundle', () => {
  test.each(vectors.filter(({ entries }) => entries.length > 0))('takes every key out of the vector "$name"', async (vector) => {
    const lent = [Buffer.from(vector.salt, 'hex'), Buffer.from(vector.bundleKey, 'hex')];
    const passcodes = vector.passcodes.map((text) => { const parsed = parsePasscode(text); if (parsed.status !== 'ok') throw new Error('no passcode'); return parsed.passcode; });
    const entries = vector.entries.map(({ keyProtectorId, numbers }) => {
      const id = parseKeyProtectorId(keyProtectorId);
      const recoveryPassword = recoveryPasswordFromNumbers(numbers);
      if (id === null || recoveryPassword === null) throw new Error('no entry');
      return { keyProtectorId: id, recoveryPassword, recoveryPasswordBytes: recoveryPasswordToBytes(recoveryPassword) };
    });
    const bundle = await buildSealedKeyBundle({ ...vector, passcodes, entries }, { randomBytes: () => lent.shift() ?? Buffer.alloc(32) });
    const files = [...bundle.files];
    for (const { path, bytes } of files) if (vector.fileHashes[path] !== undefined) expect(createHash('sha256').update(bytes).digest('hex')).toBe(vector.fileHashes[path]);
    const host = lay(files);
    for (const [index, passcode] of passcodes.entries()) {
      for (const { keyProtectorId, recoveryPassword } of entries) expect(open(host, passcode, keyProtectorId)).toBe(recoveryPassword);
      const header = readHeader(host.ports.files, FOLDER);
      const slot = header.status === 'ok' ? openSlot(header.header, passcode) : header;
      expect(slot.status === 'ok' && slot.bundle.recordKey).toEqual(makeHmacKey([...Buffer.from(vector.recordKeys[index] ?? '', 'hex')]));
    }
  });

  test('takes the passcode of the vector that has none out of what lies beside it', () => {
    const open = vectors.filter(({ openTxt }) => openTxt !== undefined);
    expect(open).toHaveLength(1);
    for (const { openTxt = null, passcodes } of open) expect(parsePasscode(readOpenPasscode(openTxt))).toEqual({ status: 'ok', passcode: passcodes[0] });
  });

  test('tells a wrong passcode from a key that is not on this medium', async () => {
    const key = makeKey();
    const passcode = newPasscode();
    const host = lay((await sealKeys([key], [newPasscode(), passcode])).files);
    expect(open(host, passcode, key.id)).toBe(key.recoveryPassword);
    expect(open(host, passcode, makeKey().id)).toBe('not-on-this-medium');
    expect(open(host, newPasscode(), key.id)).toBe('wrong-passcode');
    expect(open(new FakeHost(), passcode, key.id)).toBe('missing');
  });

  test('never takes a wrong recovery password out of 1,000 damaged bundles', async () => {
    const keys = Array.from({ length: 12 }, makeKey);
    const passcode = newPasscode();
    const whole = lay((await sealKeys(keys, [passcode])).files);
    const other = lay((await sealKeys(keys.map((key) => ({ ...key, bytes: makeKey().bytes })), [passcode])).files);
    const paths = [...whole.files.keys()];
    const seen = new Map<string, number>();
    for (let i = 0; i < 1000; i++) {
      const host = new FakeHost();
      for (const path of paths) host.put(path, whole.files.get(path)?.bytes ?? []);
      const path = paths[randomInt(paths.length)] ?? '';
      const bytes = host.files.get(path)?.bytes ?? [];
      const at = randomInt(bytes.length);
      if (i % 4 === 0) bytes.splice(at, 1 + randomInt(200));
      else if (i % 4 === 1) host.put(path, other.files.get(path)?.bytes ?? []);
      else if (i % 4 === 2) { const from = 100 * randomInt(Math.floor(bytes.length / 100)); bytes.splice(from, 32, ...bytes.slice(0, 32)); }
      else bytes[at] = (bytes[at] ?? 0) ^ (1 << randomInt(8));
      for (const key of keys) {
        const answer = open(host, passcode, key.id);
        seen.set(answer === key.recoveryPassword ? 'right' : answer, (seen.get(answer === key.recoveryPassword ? 'right' : answer) ?? 0) + 1);
      }
    }
    expect([...seen.keys()].toSorted()).toEqual(expect.arrayContaining(['damaged', 'not-on-this-medium', 'right']));
    expect([...seen.keys()].filter((word) => !['right', 'damaged', 'not-on-this-medium', 'wrong-passcode', 'another-version'].includes(word))).toEqual([]);
  });

  // 1,000,000 takes 10 s and more to seal; its shards are no larger than those of 20,000, which is the point of sharding.
  test.each(process.env['BLUELIFT_FULL'] === '1' ? [100, 20_000, 1_000_000] : [100, 20_000])('reads at most 64 KB to open one entry of %i', async (count) => {
    const key = makeKey();
    const passcode = newPasscode();
    function* entries() {
      for (const { id, bytes } of [key]) { const keyProtectorId = parseKeyProtectorId(id); if (keyProtectorId !== null) yield { keyProtectorId, recoveryPasswordBytes: bytes }; }
      for (let i = 1; i < count; i++) {
        const digest = createHash('sha256').update(`${count} ${i}`).digest();
        const keyProtectorId = parseKeyProtectorId(digest.toString('hex').slice(0, 32));
        if (keyProtectorId !== null) yield { keyProtectorId, recoveryPasswordBytes: digest.subarray(16) };
      }
    }
    const bundle = await buildSealedKeyBundle({ mediaId: 'BL-TEST', scope: 'all', expiresAt: null, passcodes: [passcode], entries: entries(), iterations: 1 }, { randomBytes: (size) => createHash('sha256').update(`${size} ${Math.random()}`).digest() });
    const host = new FakeHost();
    for (const { path, bytes } of bundle.files) host.files.set(FOLDER + path.replaceAll('/', '\\'), { bytes: bytes as unknown as number[], modifiedAtMs: 0 }); // a view is enough to read from, and a million entries fit
    const ports = host.ports;
    const files = ports.files;
    const header = readHeader(files, FOLDER);
    const slot = header.status === 'ok' ? openSlot(header.header, passcode) : header;
    const entry = slot.status === 'ok' ? openEntry(files, FOLDER, slot.bundle, key.id) : slot;
    expect(entry).toEqual({ status: 'opened', recoveryPassword: key.recoveryPassword });
    expect(files.bytesRead()).toBeGreaterThan(400);
    expect(files.bytesRead()).toBeLessThanOrEqual(65_536);
  }, 240_000);
});
