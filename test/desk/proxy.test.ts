// A desk that reaches a tenant through its company's proxy only.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { openTenant } from '../../electron/desk/tenant.ts';

afterEach(() => { vi.unstubAllEnvs(); });

test('a tenant is asked through the proxy that the environment names, and a proxy that refuses is no tenant that does not exist', async () => {
  const asked: (string | undefined)[] = [];
  const proxy = createServer().on('connect', ({ url }, socket) => {
    asked.push(url);
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((resolve) => { proxy.listen(0, '127.0.0.1', resolve); });
  vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`); // listening on a port
  try {
    await expect(openTenant({ tenant: 'corp.example', client: '11111111-2222-4333-8444-555555555555', certificatePath: null }, 'none', { signal: new AbortController().signal, onDeviceCode: () => undefined, onWait: () => undefined })).rejects.toMatchObject({ code: 'source-unreachable' });
    expect(asked[0]).toBe('login.microsoftonline.com:443');
  } finally {
    proxy.closeAllConnections();
    proxy.close();
  }
});
