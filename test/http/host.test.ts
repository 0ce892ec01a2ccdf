// The browser host as a person starts it: another process, its address on standard output.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { connectOverHttp, type HttpTransport } from '../../electron/api/http-client.ts';
import { buildStale } from '../../scripts/dev/build.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ROOT = join(import.meta.dirname, '../..');
const PASSPHRASE = 'constructed for a test';

interface RunningHost { readonly process: ChildProcess; readonly folder: string; readonly origin: string; readonly transport: HttpTransport; readonly said: () => string }

function spawnHost(words: readonly string[], environment: NodeJS.ProcessEnv = {}): { process: ChildProcess; said: () => string } {
  let text = '';
  const host = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(ROOT, 'electron/host.ts'), '--no-open', ...words], {
    stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, LANG: 'C.UTF-8', LC_ALL: '', BLUELIFT_LANGUAGE: '', ...environment },
  });
  for (const stream of [host.stdout, host.stderr]) stream.on('data', (bytes) => { text += String(bytes); });
  onTestFinished(() => void host.kill('SIGKILL'));
  return { process: host, said: () => text };
}

async function startHost(folder = join(temporaryFolder(), 'desk'), environment: NodeJS.ProcessEnv = {}): Promise<RunningHost> {
  const { process: host, said } = spawnHost(['--desk', folder], environment);
  await expect.poll(said, { timeout: 20_000 }).toMatch(/#token=[\w-]{43}\n.*\n/);
  const [, origin = '', token = ''] = /(http:\/\/127\.0\.0\.1:\d+)\/#token=(\S+)/.exec(said()) ?? [];
  return { process: host, folder, origin, transport: connectOverHttp({ origin, token }), said };
}

async function exitOf(host: ChildProcess): Promise<number | null> {
  const [code] = (await once(host, 'exit')) as [number | null]; // what the event carries
  return code;
}

beforeAll(() => buildStale(['renderer'], () => undefined));

describe('the browser host', () => {
  test('serves the built page under its policy, and the desk to whoever holds the token', async () => {
    const { origin, transport, folder } = await startHost();
    const page = await fetch(origin);
    const html = await page.text();
    expect(page.headers.get('content-security-policy')).not.toContain('unsafe');
    const scripts = [...html.matchAll(/(?:src|href)="\.(\/assets\/[^"]+)"/g)].map((found) => found[1] ?? '');
    expect(scripts.length).toBeGreaterThan(1);
    for (const path of scripts) expect((await fetch(`${origin}${path}`)).status).toBe(200);
    expect(html).not.toMatch(/<script(?![^>]*src=)|<style|style=/);
    expect(JSON.parse(await transport.call('desk.state', '{}'))).toMatchObject({ vault: 'none', runtime: 'browser', folder });
    expect((await fetch(`${origin}/call/desk.state`, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })).status).toBe(401);
  });

  test('listens on this machine alone', async () => {
    const { origin } = await startHost();
    const others = Object.values(networkInterfaces()).flat().flatMap((address) => (address !== undefined && address.family === 'IPv4' && !address.internal ? [address.address] : []));
    for (const address of [...others, '127.0.0.2']) await expect(fetch(origin.replace('127.0.0.1', address))).rejects.toThrow();
  });

  test('takes a file in, imports it, and keeps no copy', async () => {
    const { transport, folder, process: host } = await startHost();
    await transport.call('desk.create', JSON.stringify({ operatorName: 'Ada', passphrase: PASSPHRASE, recoverySheet: false }));
    const { path } = await transport.upload('intake', new Blob(['WKS-1\nWKS-2\n']), 'down.txt');
    const base = await transport.upload('base', new Blob(['x']), 'boot.wim');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    let last = '';
    for await (const event of transport.stream('imports.run', JSON.stringify({ paths: [path] }))) last = event;
    expect(JSON.parse(last)).toMatchObject({ kind: 'done', files: [{ name: 'down.txt', hosts: 2 }] });
    expect([existsSync(path), existsSync(base.path)]).toEqual([false, true]);
    await transport.call('vault.close', '{}');
    await expect.poll(() => existsSync(base.path)).toBe(false);
    host.kill('SIGINT');
    expect(await exitOf(host)).toBe(0);
    expect(readdirSync(join(folder, 'received'))).toEqual([]);
  });

  test('proposes where a file may be written, and has no say over screenshots', async () => {
    const home = temporaryFolder();
    const { transport } = await startHost(undefined, { HOME: home });
    writeFileSync(join(home, 'medium.img'), 'x');
    expect(JSON.parse(await transport.call('shell.pickSavePath', JSON.stringify({ suggestedName: '../medium.img' })))).toBe(join(home, 'medium-2.img'));
    expect(JSON.parse(await transport.call('shell.protectScreen', '{"on":true}'))).toBe(false);
    await expect(transport.call('shell.pickFiles', '{}')).rejects.toMatchObject({ code: 'not-found' });
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('ends with %s while a page listens, the vault closed', async (signal) => {
    const { transport, process: host, folder } = await startHost();
    await transport.call('desk.create', JSON.stringify({ operatorName: 'Ada', passphrase: PASSPHRASE, recoverySheet: false }));
    const listening = (async () => { for await (const _event of transport.stream('desk.changes', '{}')); })();
    const ended = exitOf(host);
    host.kill(signal);
    host.kill(signal); // a terminal tells every process of the group, and the one above passes it on
    await listening.catch(() => undefined);
    expect(await ended).toBe(0);
    expect(readdirSync(folder).filter((name) => /-wal$|-shm$/.test(name))).toEqual([]);
  });

  test('says in one sentence why it can not start, in the language of the machine', async () => {
    const file = join(temporaryFolder(), 'not-a-folder');
    writeFileSync(file, 'x');
    const { process: host, said } = spawnHost(['--desk', file], { LANG: 'de_DE.UTF-8' });
    expect(await exitOf(host)).toBe(1);
    expect(said()).toContain(file);
    expect(said().trim().split('\n')).toHaveLength(1);
    expect(said()).not.toMatch(/\bat \/|Error:/);
  });

  test('says that its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    onTestFinished(() => void other.close());
    const { port } = other.address() as { port: number }; // it listens on TCP
    const { process: host, said } = spawnHost(['--desk', join(temporaryFolder(), 'desk'), '--port', String(port)]);
    expect(await exitOf(host)).toBe(1);
    expect(said()).toContain(`Port ${port} is taken`);
  });
});
