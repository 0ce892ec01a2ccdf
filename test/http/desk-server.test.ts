import { describe, expect, test } from 'vitest';
import { RemoteError, type Transport } from '../../electron/api/client.ts';
import { LARGEST_BODY_BYTES } from '../../electron/http/request-body.ts';
import { fromOurPage, startServer } from './running-server.ts';

const seen: string[] = [];
const desk: Transport = {
  async call(name, body) {
    seen.push(name);
    if (name === 'vault.open') throw new RemoteError({ code: 'wrong-passphrase', facts: {} });
    if (name === 'desk.backup') throw new TypeError('inside: /secret/path');
    return body;
  },
  async *stream() {
    yield '{}';
  },
};

describe('who may ask', () => {
  const CASES: readonly (readonly [string, Record<string, string>, number, string])[] = [
    ['a foreign name that points to this machine', { host: 'desk.example:80' }, 403, 'foreign-host'],
    ['the right machine with another port', { host: '127.0.0.1:1' }, 403, 'foreign-host'],
    ['a page from elsewhere', { origin: 'https://example.com' }, 403, 'foreign-origin'],
    ['a page of another port of this machine', { origin: 'http://127.0.0.1:1' }, 403, 'foreign-origin'],
    ['a page without an origin of its own', { origin: 'null' }, 403, 'foreign-origin'],
    ['a request the browser itself calls cross-site', { 'sec-fetch-site': 'cross-site' }, 403, 'foreign-origin'],
    ['no token', { authorization: '' }, 401, 'wrong-token'],
    ['a token of another start', { authorization: 'Bearer token-of-that-start' }, 401, 'wrong-token'],
    ['a longer token with the right start', { authorization: 'Bearer token-of-this-start1' }, 401, 'wrong-token'],
    ['a form instead of JSON', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'application/json'],
    ['JSON that needs no preflight', { 'content-type': 'text/plain' }, 415, 'application/json'],
  ];
  for (const way of ['call', 'stream', 'upload']) {
    test.each(CASES)(`refuses ${way} for %s`, async (_who, headers, status, why) => {
      await using server = await startServer(desk);
      seen.length = 0;
      const sent = way === 'upload' && headers['content-type'] === undefined ? { 'content-type': 'application/octet-stream', ...headers } : headers;
      const answer = await server.ask({ path: `/${way}/${way === 'upload' ? 'intake?name=keys.csv' : 'desk.state'}`, headers: fromOurPage(server.port, sent) });
      expect(answer.status).toBe(status);
      if (way === 'upload' && status === 415) expect(answer.text).toContain('application/octet-stream');
      else expect(answer.text).toContain(why);
      expect(seen).toEqual([]);
    });
  }

  test('answers a request of its own page, and one from no browser that has the token', async () => {
    await using server = await startServer(desk);
    expect(await server.ask({ path: '/call/desk.state', body: '{"a":1}' })).toMatchObject({ status: 200, text: '{"a":1}' });
    const headers = fromOurPage(server.port, { origin: '', 'sec-fetch-site': '', host: `localhost:${server.port}` });
    expect(await server.ask({ path: '/call/desk.state', headers })).toMatchObject({ status: 200 });
  });

  test('never lets another origin read an answer', async () => {
    await using server = await startServer(desk);
    const preflight = await server.ask({ method: 'OPTIONS', path: '/call/desk.state', headers: fromOurPage(server.port, { origin: 'https://example.com' }) });
    expect(preflight.status).toBe(403);
    expect(Object.keys(preflight.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test.each(['GET', 'PUT', 'DELETE', 'HEAD'])('refuses %s where something is asked', async (method) => {
    await using server = await startServer(desk);
    expect((await server.ask({ method, path: '/call/desk.state' })).status).toBe(405);
  });
});

describe('what comes back', () => {
  test('a failure is its code with facts, and the status says the class', async () => {
    await using server = await startServer(desk);
    expect(await server.ask({ path: '/call/vault.open' })).toMatchObject({ status: 409, text: '{"code":"wrong-passphrase","facts":{}}' });
  });

  test('a bug of the wire says nothing of its insides', async () => {
    await using server = await startServer(desk);
    const answer = await server.ask({ path: '/call/desk.backup' });
    expect(answer).toMatchObject({ status: 500, text: '{"code":"internal","facts":{}}' });
  });

  test('a body over the bound is refused before it is read, with and without a length', async () => {
    await using server = await startServer(desk);
    seen.length = 0;
    const body = `"${'x'.repeat(LARGEST_BODY_BYTES)}"`;
    expect((await server.ask({ path: '/call/desk.state', body, headers: fromOurPage(server.port, { 'content-length': String(body.length) }) })).status).toBe(413);
    expect((await server.ask({ path: '/call/desk.state', body, headers: fromOurPage(server.port, { 'transfer-encoding': 'chunked' }) })).status).toBe(413);
    expect(seen).toEqual([]);
  });

  test('every answer carries the policy and is kept nowhere', async () => {
    await using server = await startServer(desk);
    for (const asked of [{ method: 'GET', path: '/' }, { path: '/call/desk.state' }, { method: 'GET', path: '/nothing' }, { path: '/call/desk.state', headers: { host: 'desk.example' } }]) {
      const { headers } = await server.ask(asked);
      expect(headers['cache-control']).toBe('no-store');
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).not.toMatch(/unsafe|\*|https?:/);
    }
  });
});

describe('page files', () => {
  test('are served without a token, by their listed path only', async () => {
    await using server = await startServer(desk);
    expect(await server.ask({ method: 'GET', path: '/' })).toMatchObject({ status: 200, text: '<!doctype html>' });
    expect((await server.ask({ method: 'GET', path: '/assets/main.js' })).headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(await server.ask({ method: 'HEAD', path: '/assets/main.js' })).toMatchObject({ status: 200, text: '' });
  });

  test.each([
    '/../package.json', '/assets/../../package.json', '/assets/%2e%2e/%2e%2e/package.json', '/..%2fpackage.json', '//etc/passwd', '/assets\\..\\..\\package.json', '/index.html%00', '/assets/', '/call',
  ])('give nothing else for %s', async (path) => {
    await using server = await startServer(desk);
    expect((await server.ask({ method: 'GET', path })).status).toBe(404);
  });

  test('are refused to a name that is not ours', async () => {
    await using server = await startServer(desk);
    expect((await server.ask({ method: 'GET', path: '/', headers: { host: 'desk.example' } })).status).toBe(403);
  });
});
