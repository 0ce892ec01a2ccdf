import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { contract, type Output } from '../../electron/api/contract.ts';
import { sourceHandlers } from '../../electron/api/handlers/sources.ts';
import type { Desk } from '../../electron/core/desk.ts';
import { idText, importText, keptKeys, passwordText } from '../core/keys/import-desk.ts';
import { openTestDesk } from '../core/remediation/test-desk.ts';
import { makeSelfSigned } from '../support/self-signed.ts';
import { errorSentence } from '../../renderer/messages/errors.ts';
import { startTenant, type StandInOptions, type TenantStandIn } from '../support/tenant-stand-in.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const CLIENT = '11111111-2222-4333-8444-555555555555';
const device = (n: number) => ({ deviceId: `dddddddd-0000-4000-8000-${String(n).padStart(12, '0')}`, displayName: `PC-${n}` });
const key = (n: number, of = n) => ({ id: idText(n).toLowerCase(), deviceId: device(of).deviceId, key: passwordText(n) });
const FIVE: StandInOptions = { devices: [1, 2, 3, 4, 5].map(device), keys: [1, 2, 3, 4, 5].map((n) => key(n)) };

type Events = Output<'tenants.import'>[];

async function importFrom(tenant: TenantStandIn, desk: Desk, wish: { keys?: 'wanted' | 'all' | 'none'; certificatePath?: string } = {}, signal = new AbortController().signal): Promise<{ events: Events; done: Extract<Output<'tenants.import'>, { kind: 'done' }>; waits: number[] }> {
  const waits: number[] = [];
  const handlers = sourceHandlers(() => desk, { fetch: tenant.fetch, sleep: (ms) => { waits.push(ms); return Promise.resolve(); } });
  const events: Events = [];
  for await (const event of handlers['tenants.import']({ tenant: 'corp.example', client: CLIENT, keys: 'all', ...wish }, signal)) events.push(contract['tenants.import'].output.parse(event));
  const done = events.at(-1);
  if (done?.kind !== 'done') throw new Error('the import did not end');
  return { events, done, waits };
}

describe('a tenant', () => {
  test('is signed in to with a code; every device and key comes in, joined by the ID of the device', async () => {
    const tenant = await startTenant(FIVE);
    const desk = openTestDesk();
    const { events, done } = await importFrom(tenant, desk);
    expect(events[0]).toMatchObject({ kind: 'device-code', userCode: 'ABCD-EFGH', url: 'https://microsoft.com/devicelogin' });
    expect(events).toContainEqual({ kind: 'listed', devices: 5, keys: 5, known: 0, toRead: 5 });
    expect(done.files).toMatchObject([{ name: 'corp.example', kind: 'tenant', rows: 10, imported: 10, rejectedCount: 0, notes: [], error: null }]);
    expect(keptKeys(desk).map(({ id, hostname, password }) => [id, hostname, password])).toEqual([1, 2, 3, 4, 5].map((n) => [idText(n), `PC-${n}`, passwordText(n)]));
    expect(desk.db.prepare("SELECT entra_device_id, operating_system, state FROM hosts WHERE hostname = 'PC-1'").get()).toEqual({ entra_device_id: device(1).deviceId.toUpperCase(), operating_system: 'Windows 10.0.22631.1', state: 'known' });
    expect(tenant.scopes).toEqual(expect.arrayContaining(['https://graph.microsoft.com/Device.Read.All', 'https://graph.microsoft.com/BitlockerKey.Read.All']));
  }, 60_000);

  test('is signed in to by an application with its certificate, whose signature is checked', async () => {
    const certificate = makeSelfSigned('constructed');
    const path = join(temporaryFolder(), 'application.pem');
    writeFileSync(path, certificate.pem);
    const { done, events } = await importFrom(await startTenant({ ...FIVE, certificate }), openTestDesk(), { certificatePath: path });
    expect(events.some(({ kind }) => kind === 'device-code')).toBe(false);
    expect(done.files).toMatchObject([{ imported: 10 }]);
    const other = startTenant({ ...FIVE, certificate: makeSelfSigned('another') });
    await expect(importFrom(await other, openTestDesk(), { certificatePath: path })).rejects.toMatchObject({ code: 'source-refused-sign-in', facts: { why: 'wrong-certificate' } });
  });

  test('reads by itself only keys of hosts that are down and that the desk lacks: the tenant audits every reading', async () => {
    const tenant = await startTenant({ ...FIVE, keys: [...FIVE.keys, { ...key(6), deviceId: '00000000-0000-0000-0000-000000000000' }] });
    const desk = openTestDesk();
    await importText(desk, 'PC-2\nPC-3\n', 'down.txt');
    await importText(desk, ['"Hostname","KeyID","RecoveryKey","Directory"', `"PC-3","${idText(3)}","${passwordText(3)}","Entra"`, ''].join('\r\n'));
    const { events, done } = await importFrom(tenant, desk, { keys: 'wanted' });
    expect(tenant.read).toEqual([key(2).id]);
    expect(events).toContainEqual({ kind: 'listed', devices: 5, keys: 6, known: 1, toRead: 1 });
    expect(done.files[0]).toMatchObject({ notes: ['tenant-keys-not-wanted', 'tenant-keys-known'], listed: 4, rejectedCount: 0 }); // what is not read is still known to exist
    expect(desk.db.prepare("SELECT state FROM hosts WHERE hostname = 'PC-2'").pluck().get()).toBe('ready');
  }, 60_000);

  test('of which no key is wanted is listed, and needs a smaller right', async () => {
    const tenant = await startTenant(FIVE);
    const { done } = await importFrom(tenant, openTestDesk(), { keys: 'none' });
    expect(tenant.read).toEqual([]);
    expect(done.files).toMatchObject([{ imported: 5, notes: ['tenant-keys-not-wanted'] }]);
    expect(tenant.scopes).toContain('https://graph.microsoft.com/BitlockerKey.ReadBasic.All');
    expect(tenant.scopes).not.toContain('https://graph.microsoft.com/BitlockerKey.Read.All');
  }, 60_000);

  test('that asks to be left alone is asked again after the time it said', async () => {
    const tenant = await startTenant({ ...FIVE, fault: (path, times) => (path.includes('$select=key') && times <= 2 ? { status: 429, headers: { 'retry-after': '7' } } : path.includes('/devices') && times === 1 ? { status: 503 } : null) });
    const { done, events, waits } = await importFrom(tenant, openTestDesk());
    expect(done.files).toMatchObject([{ imported: 10, error: null }]);
    expect(waits.filter((ms) => ms === 7000)).toHaveLength(10);
    const said = events.flatMap((event) => (event.kind === 'waiting' ? [Date.parse(event.until) - Date.now()] : []));
    expect(said.length).toBeLessThanOrEqual(10); // those under way together are one pause
    expect(said.length).toBeGreaterThan(0); // whoever waits hears until when; of a second nothing is said
    expect(said.every((ms) => ms > -30_000 && ms <= 7000)).toBe(true);
    expect(waits).toContain(1000); // nothing was said
    expect(new Set(tenant.read).size).toBe(tenant.read.length);
  }, 60_000);

  test('that says twenty minutes, or a date, is left alone for as long; one that says hours ends the import with until when, and what came is in', async () => {
    const half = new Date(Math.floor(Date.now() / 1000) * 1000 + 25 * 60_000);
    const patient = await startTenant({ ...FIVE, fault: (path, times) => (times > 1 ? null : path.includes(key(1).id) ? { status: 429, headers: { 'retry-after': '1200' } } : path.includes(key(2).id) ? { status: 503, headers: { 'retry-after': half.toUTCString() } } : null) });
    const waited = await importFrom(patient, openTestDesk());
    expect(waited.done.files).toMatchObject([{ imported: 10, error: null }]);
    expect(waited.waits).toContain(1_200_000);
    expect(Math.max(...waited.waits)).toBeGreaterThan(24 * 60_000);

    for (const told of ['7200', '99999999999999']) {
      const tenant = await startTenant({ ...FIVE, fault: (path) => (path.includes(key(5).id) ? { status: 429, headers: { 'retry-after': told } } : null) });
      const { done, waits } = await importFrom(tenant, openTestDesk());
      const [file] = done.files;
      expect(file).toMatchObject({ imported: 9, listed: 1, error: { code: 'source-failed', facts: { why: 'left-alone' } } });
      expect(Date.parse(String(file?.error?.facts['until']))).toBeGreaterThan(Date.now() + 7_100_000);
      expect(waits).toEqual([]);
      for (const language of ['en', 'de'] as const) expect(errorSentence(language, file?.error ?? { code: '', facts: {} })).toMatch(/ \d{4}-\d\d-\d\d \d\d:\d\d UTC\b/);
    }
  }, 60_000);

  test('that never has time is given up, with what came until then', async () => {
    const tenant = await startTenant({ ...FIVE, fault: (path) => (path.includes(key(5).id) ? { status: 429, headers: { 'retry-after': '1' } } : null) });
    const { done } = await importFrom(tenant, openTestDesk());
    expect(done.files).toMatchObject([{ error: { code: 'source-failed', facts: { why: 'http-429' } } }]);
    expect(done.files[0]?.imported).toBeGreaterThanOrEqual(5);
  }, 60_000);

  test('that refuses one key, has lost another and breaks off at a third gives all the others, and keeps what it did not give by its ID', async () => {
    const tenant = await startTenant({ ...FIVE, keys: [...FIVE.keys, key(6, 1), key(7, 2), key(8, 3)], fault: (path) => (path.includes(key(1).id) ? { status: 403 } : path.includes(key(2).id) ? { status: 404 } : path.includes(key(7).id) ? { status: 400 } : null) });
    const desk = openTestDesk();
    const { done } = await importFrom(tenant, desk);
    expect(done.files).toMatchObject([{ imported: 10, listed: 2, rejectedCount: 1, rejected: [{ reason: 'recovery-password-missing' }], error: { code: 'source-failed', facts: { why: 'http-400' } } }]);
    expect(keptKeys(desk).map(({ id }) => id).toSorted()).toEqual([3, 4, 5, 6, 8].map(idText).toSorted()); // also those that were asked for together with the one that failed
  }, 60_000);

  test('whose token is not taken any more in the middle is asked with a new one, and given up where that is not taken either', async () => {
    const refusing = (times: number) => ({ ...FIVE, fault: (path: string, asked: number) => (path.includes(key(3).id) && asked <= times ? { status: 401, body: { error: { code: 'InvalidAuthenticationToken' } } } : null) });
    const tenant = await startTenant(refusing(1));
    expect((await importFrom(tenant, openTestDesk())).done.files).toMatchObject([{ imported: 10, error: null }]);
    const ended = await importFrom(await startTenant(refusing(99)), openTestDesk());
    expect(ended.done.files).toMatchObject([{ imported: 8, listed: 2, error: { code: 'source-refused-sign-in', facts: { why: 'not-taken' } } }]);
  }, 60_000);

  test('whose answer breaks off in the middle is asked again; a page of a proxy in its place is not', async () => {
    const cut = await importFrom(await startTenant({ ...FIVE, fault: (path, times) => (path.includes('/devices') && times === 1 ? { status: 200, text: '{"value":[{"deviceId":"ddd' } : null) }), openTestDesk());
    expect(cut.done.files).toMatchObject([{ imported: 10, error: null }]);
    const proxy = await importFrom(await startTenant({ ...FIVE, fault: (path) => (path.endsWith('/recoveryKeys') ? { status: 200, text: '<html>Sign in</html>', headers: { 'content-type': 'text/html' } } : null) }), openTestDesk());
    expect(proxy.done.files).toMatchObject([{ imported: 5, error: { code: 'source-failed', facts: { why: 'not-json' } } }]);
    expect(proxy.waits).toEqual([]);
  }, 60_000);

  test.each([['403', 'of devices', '/devices'], ['404', 'of a key', '$select=key'], ['403', 'of a key', '$select=key'], ['302', 'of the list of keys', '/recoveryKeys']])('in whose place a proxy answers %s %s lacks no right and has lost no key', async (status, _what, where) => {
    const tenant = await startTenant({ ...FIVE, fault: (path) => (path.includes(where) ? { status: Number(status), text: '<html>Blocked</html>', headers: { 'content-type': 'text/html', location: 'https://portal.example/' } } : null) });
    const { done, waits } = await importFrom(tenant, openTestDesk());
    expect(done.files).toMatchObject([{ rejectedCount: 0, notes: [], error: { code: 'source-failed', facts: { why: 'not-json' } } }]);
    expect(waits).toEqual([]);
  }, 60_000);

  test('whose sign-in has too much to do, or is away for a moment while somebody types the code, is asked again: the code stays good', async () => {
    const busy = (status: number, retryAfter: string) => new Response('{"error":"temporarily_unavailable"}', { status, headers: { 'content-type': 'application/json', 'retry-after': retryAfter } });
    const through = async (answers: readonly (Response | Error)[], at: string) => {
      const tenant = await startTenant(FIVE);
      const left = [...answers];
      const fetchIt: typeof fetch = (url, init) => {
        const answer = String(url).includes(at) ? left.shift() : undefined;
        return answer === undefined ? tenant.fetch(url, init) : answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
      };
      return importFrom({ ...tenant, fetch: fetchIt }, openTestDesk());
    };
    const gone = new TypeError('fetch failed', { cause: Object.assign(new Error('constructed'), { code: 'ECONNRESET' }) });
    const waited = await through([busy(429, '9'), gone, busy(503, '8')], '/token');
    expect(waited.done.files).toMatchObject([{ imported: 10, error: null }]);
    expect(waited.waits).toEqual([9000, 2000, 8000]);
    expect(waited.events.filter(({ kind }) => kind === 'device-code')).toHaveLength(1);
    await expect(through(Array.from({ length: 9 }, () => busy(503, '1')), '/devicecode')).rejects.toMatchObject({ code: 'source-unreachable', facts: { why: 'http-503' } });
    await expect(through([busy(429, '7200')], '/token')).rejects.toMatchObject({ code: 'source-failed', facts: { why: 'left-alone' } });
  }, 60_000);

  test('whose pages have no end is given up once nothing new is on them, however new their addresses are', async () => {
    let n = 0;
    const tenant = await startTenant({ ...FIVE, nextLink: (link) => `${link.split('?')[0] ?? ''}?$skiptoken=2&again=${String(n += 1)}` });
    const { done } = await importFrom(tenant, openTestDesk());
    expect(done.files).toMatchObject([{ imported: 4, error: { code: 'source-failed', facts: { why: 'endless-pages' } } }]);
    expect(n).toBeLessThan(100);
  }, 60_000);

  test.each([['AADSTS53003', 'conditional-access'], ['AADSTS53000', 'conditional-device'], ['AADSTS7000218', 'no-public-client'], ['AADSTS90094', 'needs-consent'], ['AADSTS700016', 'wrong-application'], ['AADSTS50105', 'not-assigned'], ['AADSTS7000112', 'application-disabled'], ['AADSTS530003', 'conditional-device'], ['AADSTS50128', 'wrong-tenant'], ['AADSTS99999', 'AADSTS99999']])('that refuses the sign-in with %s is understood in any language: %s', async (number, why) => {
    await expect(importFrom(await startTenant({ ...FIVE, deviceAnswer: 'invalid_grant', deviceWords: `${number}: in any language` }), openTestDesk())).rejects.toMatchObject({ code: 'source-refused-sign-in', facts: { why } });
  }, 60_000);

  test('names the right that is missing: to list keys, to read them, to list devices', async () => {
    const list = await importFrom(await startTenant({ ...FIVE, fault: (path) => (path.endsWith('/recoveryKeys') ? { status: 403 } : null) }), openTestDesk());
    expect(list.done.files).toMatchObject([{ imported: 5, error: { code: 'source-rights-missing', facts: { rights: 'BitlockerKey.ReadBasic.All' } } }]);

    const many = { devices: FIVE.devices, keys: Array.from({ length: 40 }, (_, n) => key(n + 1, 1)) };
    const unreadable = await startTenant({ ...many, fault: (path) => (path.includes('$select=key') ? { status: 403 } : null) });
    const read = await importFrom(unreadable, openTestDesk());
    expect(read.done.files).toMatchObject([{ imported: 5, rejectedCount: 0, listed: 40, notes: ['tenant-keys-not-readable'] }]); // each leads to its host all the same
    expect(unreadable.asked.filter((path) => path.includes('$select=key')).length).toBeLessThan(15); // not forty entries in somebody's log

    const desk = openTestDesk();
    const devices = await importFrom(await startTenant({ ...FIVE, fault: (path) => (path.includes('/devices') ? { status: 403 } : null) }), desk);
    expect(devices.done.files).toMatchObject([{ imported: 5, hosts: 0, notes: ['tenant-devices-not-readable'] }]);
    expect(keptKeys(desk).every(({ hostname }) => hostname === null)).toBe(true);
  }, 60_000);

  test('that leads to another server for the next page gets no token there', async () => {
    const tenant = await startTenant({ ...FIVE, nextLink: () => 'https://graph.microsoft.com.example.net/v1.0/devices' });
    const { done } = await importFrom(tenant, openTestDesk());
    expect(done.files).toMatchObject([{ error: { code: 'source-failed', facts: { why: 'wrong-next-page' } } }]);
    const circle = await importFrom(await startTenant({ ...FIVE, nextLink: (link) => link.replace(/=\d+$/, '=2') }), openTestDesk());
    expect(circle.done.files).toMatchObject([{ error: { facts: { why: 'wrong-next-page' } } }]);
  }, 60_000);

  test.each([['authorization_declined', 'declined'], ['expired_token', 'expired']] as const)('whose sign-in ends with %s says so, and no import is left behind', async (deviceAnswer, why) => {
    const desk = openTestDesk();
    await expect(importFrom(await startTenant({ ...FIVE, deviceAnswer }), desk)).rejects.toMatchObject({ code: 'source-refused-sign-in', facts: { why } });
    expect(desk.db.prepare('SELECT count(*) AS n FROM imports').get()).toEqual({ n: 0 });
  }, 60_000);

  test('is let go while a code waits, and while keys are read', async () => {
    const stop = new AbortController();
    const waiting = importFrom(await startTenant({ ...FIVE, deviceAnswer: 'authorization_pending' }), openTestDesk(), {}, stop.signal);
    setTimeout(() => stop.abort(), 300);
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });

    const later = new AbortController();
    const desk = openTestDesk();
    const tenant = await startTenant({ ...FIVE, fault: (path) => { if (path.includes('$select=key')) later.abort(); return null; } });
    const { done } = await importFrom(tenant, desk, {}, later.signal);
    expect(done).toMatchObject({ cancelled: true, files: [{ imported: 5, error: null }] });
  }, 60_000);

  test.each([
    ['the US Government', { login: 'https://login.microsoftonline.us', graph: 'https://graph.microsoft.us', isKnownFrom: ['https://login.microsoftonline.com', 'https://login.microsoftonline.us'] }],
    ['the US Department of Defense', { login: 'https://login.microsoftonline.us', graph: 'https://dod-graph.microsoft.us', isKnownFrom: ['https://login.microsoftonline.us'] }],
    ['China', { login: 'https://login.partner.microsoftonline.cn', graph: 'https://microsoftgraph.chinacloudapi.cn', isKnownFrom: ['https://login.partner.microsoftonline.cn'] }],
  ])('in the cloud of %s is found there by itself, and nothing of it is asked elsewhere', async (_where, cloud) => {
    const tenant = await startTenant({ ...FIVE, cloud });
    expect((await importFrom(tenant, openTestDesk())).done.files).toMatchObject([{ imported: 10, error: null }]);
    expect(tenant.scopes).toContain(`${cloud.graph}/BitlockerKey.Read.All`);
  }, 60_000);

  test('that is in no cloud, and a sign-in that can not be reached, are two things', async () => {
    await expect(importFrom(await startTenant({ ...FIVE, deviceAnswer: 'invalid_grant', deviceWords: 'AADSTS90002: no such tenant', cloud: { login: 'https://login.microsoftonline.com', graph: 'https://graph.microsoft.com', isKnownFrom: [] } }), openTestDesk())).rejects.toMatchObject({ code: 'source-refused-sign-in', facts: { why: 'wrong-tenant' } });
    const unreachable = { ...(await startTenant(FIVE)), fetch: () => Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error('constructed'), { code: 'ENOTFOUND' }) })) };
    await expect(importFrom(unreachable, openTestDesk())).rejects.toMatchObject({ code: 'source-unreachable', facts: { why: 'ENOTFOUND' } });
  }, 60_000);

  test('is not even asked with a certificate file that is none', async () => {
    const path = join(temporaryFolder(), 'none.pem');
    writeFileSync(path, 'not a certificate');
    const tenant = await startTenant(FIVE);
    await expect(importFrom(tenant, openTestDesk(), { certificatePath: path })).rejects.toMatchObject({ code: 'file-not-recognised' });
    await expect(importFrom(tenant, openTestDesk(), { certificatePath: `${path}.gone` })).rejects.toMatchObject({ code: 'file-not-found' });
    expect(tenant.asked).toEqual([]);
  });
});
