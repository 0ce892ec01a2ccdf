import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Transport } from '../../electron/api/client.ts';
import { connectOverHttp } from '../../electron/api/http-client.ts';
import { forgetAfterUse, forgetWhenVaultCloses } from '../../electron/http/forget-received-files.ts';
import { keepReceivedFiles, safeName } from '../../electron/http/received-files.ts';
import { fromOurPage, startServer, TOKEN } from './running-server.ts';

const idle: Transport = { call: async () => '{}', async *stream() { yield '{}'; } };
const temporary = (): string => mkdtempSync(join(tmpdir(), 'bluelift-received-'));

describe('a file handed over by the page', () => {
  test('lies on the desk byte for byte, readable by its owner only', async () => {
    await using server = await startServer(idle);
    const bytes = new Uint8Array(3_000_000).map((_, index) => (index * 31) & 255);
    const file = await connectOverHttp({ origin: server.origin, token: TOKEN }).upload('intake', new Blob([bytes]), 'Schlüssel (1).csv');
    expect(file).toMatchObject({ name: 'Schlüssel (1).csv', sizeBytes: bytes.length });
    expect(readFileSync(file.path).equals(bytes)).toBe(true);
    expect(statSync(file.path).mode & 0o777).toBe(0o600);
    for (let folder = dirname(file.path); folder !== server.folder; folder = dirname(folder)) expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  test('is refused for a purpose nobody knows, and nothing is kept', async () => {
    await using server = await startServer(idle);
    await expect(connectOverHttp({ origin: server.origin, token: TOKEN }).upload('store', new Blob(['x']), 'store.db')).rejects.toMatchObject({ code: 'not-found' });
    expect(existsSync(join(server.folder, 'received'))).toBe(false);
  });

  test('leaves nothing when it breaks off', async () => {
    await using server = await startServer(idle);
    const headers = fromOurPage(server.port, { 'content-type': 'application/octet-stream', 'content-length': '1000' });
    const { request } = await import('node:http');
    const sent = request({ host: '127.0.0.1', port: server.port, method: 'POST', path: '/upload/intake?name=a.csv', headers });
    sent.on('error', () => undefined);
    sent.write('half');
    const mine = join(server.folder, 'received', String(process.pid));
    await expect.poll(() => existsSync(mine) && readdirSync(mine).length).toBe(1);
    sent.destroy();
    await expect.poll(() => readdirSync(mine).length).toBe(0);
  });

  test('goes after the import that used it, a base stays until the vault closes, other files are never touched', async () => {
    const folder = temporary();
    const other = join(folder, 'mine.csv');
    writeFileSync(other, 'x');
    const files = keepReceivedFiles(join(folder, 'received'));
    const keys = await files.receive(Readable.from(['k']), 'intake', 'keys.csv');
    const base = await files.receive(Readable.from(['b']), 'base', 'win.iso');
    const results = await files.receive(Readable.from(['r']), 'results', 'r.txt');
    const desk = forgetAfterUse(idle, files);

    await desk.call('keys.lookUp', JSON.stringify({ paths: [keys.path] }));
    expect(existsSync(keys.path)).toBe(true);
    for await (const _event of desk.stream('imports.run', JSON.stringify({ paths: [keys.path, other] })));
    await desk.call('attempts.import', JSON.stringify({ paths: [results.path, base.path] }));
    expect([keys.path, results.path, base.path, other].map((path) => existsSync(path))).toEqual([false, false, true, true]);
    files.clear();
    expect(existsSync(base.path)).toBe(false);
  });

  test('goes when the vault closes, and stays while it only changes', async () => {
    let vault = 'open';
    let change = (): void => undefined;
    const desk: Transport = {
      call: async () => JSON.stringify({ vault }),
      async *stream() {
        for (;;) {
          await new Promise<void>((resolve) => { change = resolve; });
          yield '{"changed":["vault","audit"]}';
        }
      },
    };
    const files = keepReceivedFiles(join(temporary(), 'received'));
    const { path } = await files.receive(Readable.from(['b']), 'base', 'win.iso');
    void forgetWhenVaultCloses(desk, files, new AbortController().signal);
    await new Promise(setImmediate);
    change();
    await new Promise((resolve) => { setTimeout(resolve, 50); });
    expect(existsSync(path)).toBe(true);
    vault = 'closed';
    change();
    await expect.poll(() => existsSync(path)).toBe(false);
  });

  test('left by a host that no longer runs goes at the next start; that of a running one stays', () => {
    const folder = join(temporary(), 'received');
    const NOBODY = 4_194_305; // above the largest process number of Linux
    for (const name of [String(NOBODY), String(process.ppid), 'strange']) mkdirSync(join(folder, name, 'x'), { recursive: true });
    keepReceivedFiles(folder);
    expect(readdirSync(folder)).toEqual([String(process.ppid)]);
  });
});

describe('the name of a received file', () => {
  test('never leads out of its folder and is never empty', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[./\\a:]{0,12}$/)), (name) => {
      const kept = safeName(name);
      expect(kept).not.toMatch(/[/\\\0-\x1f<>:"|?*]/);
      expect(basename(kept)).toBe(kept);
      expect(['', '.', '..']).not.toContain(kept);
      expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(480);
    }));
  });
  test.each([['C:\\Users\\a\\keys.csv', 'keys.csv'], ['../../etc/passwd', 'passwd'], ['..', 'file'], ['', 'file'], ['a\u0000b.csv', 'a_b.csv']])('%j is kept as %s', (name, kept) => {
    expect(safeName(name)).toBe(kept);
  });
});
