// Reports as the app makes them: in a thread of their own over the store's file, while others go on.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createApi, type Api } from '../../electron/api/client.ts';
import type { Input, Output } from '../../electron/api/contract.ts';
import { transportOf } from '../../electron/api/in-process.ts';
import { createDeskApp, type DeskApp } from '../../electron/app.ts';
import { REPORT_FORMATS, REPORT_KINDS } from '../../electron/core/codes.ts';
import { csv } from '../core/keys/import-desk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

type Event = Output<'reports.make'>;
interface Running { readonly app: DeskApp; readonly api: Api; readonly folder: string; readonly advance: (ms: number) => void; readonly now: () => string; readonly importText: (name: string, text: string) => Promise<void> }

/** Three of four hosts are down and have keys; one recovery password was let out. */
async function openDesk(): Promise<Running> {
  const folder = temporaryFolder();
  let nowMs = Date.parse('2024-07-19T08:00:00Z');
  const app = await createDeskApp({ folder: join(folder, 'desk'), runtime: 'command-line', demo: false, version: '0', agentFiles: () => Promise.resolve([]), clock: () => nowMs, idleCloseAfterMs: 0, passphraseCost: 1024, sleep: () => Promise.resolve(), log: () => {} });
  const api = createApi(transportOf(app.dispatcher));
  await api.call('desk.create', { operatorName: 'first', passphrase: 'constructed passphrase', recoverySheet: false });
  const importText = async (name: string, text: string): Promise<void> => {
    writeFileSync(join(folder, name), text);
    for await (const _ of api.stream('imports.run', { paths: [join(folder, name)] })) { /* to its end */ }
  };
  await importText('inventory.csv', 'Hostname,Site,OS\r\nKI-1,Kiel,Windows 11\r\nKI-2,Kiel,Windows Server 2019\r\nHL-3,Lübeck,Windows 11\r\nHL-4,Lübeck,Windows 11\r\n');
  await importText('down.txt', 'KI-1\nKI-2\nHL-3\n');
  await importText('keys.csv', csv([{ host: 'KI-1', id: 1, password: 1 }, { host: 'KI-2', id: 2, password: 2 }, { host: 'HL-3', id: 3, password: 3 }]));
  nowMs += 60_000;
  await api.call('disclosures.disclose', { keyRecordId: 1, reason: 'mass-incident' });
  nowMs += 60_000;
  return { app, api, folder, importText, advance: (ms) => { nowMs += ms; }, now: () => new Date(nowMs).toISOString() };
}

/** @param meanwhile Done when the report has said its first word. */
async function make({ api }: Running, order: Input<'reports.make'>, meanwhile?: () => Promise<unknown>): Promise<{ readonly content: string; readonly done: Extract<Event, { kind: 'done' }> | undefined; readonly said: string[] }> {
  const events: Event[] = [];
  for await (const event of api.stream('reports.make', order)) {
    if (events.length === 0) await meanwhile?.();
    events.push(event);
  }
  return { content: events.flatMap((event) => (event.kind === 'piece' ? [event.content] : [])).join(''), done: events.find((event) => event.kind === 'done'), said: events.map(({ kind }) => kind) };
}
const kept = async ({ api }: Running): Promise<number> => (await api.call('audit.list', { limit: 500 })).rows.filter(({ act }) => act === 'reports.make').length;

it('has the same bytes as one made in rest, in every kind and form, though hosts change while it is made', async () => {
  const [resting, busy] = [await openDesk(), await openDesk()];
  const { now } = busy;
  const asOf = now();
  let host = 0;
  const change = async (): Promise<void> => {
    busy.advance(1000);
    host = (host % 3) + 1;
    const { rows } = await busy.api.call('hosts.list', {});
    await busy.api.call('hosts.block', { hostId: rows[host]?.hostId ?? 0, reason: 'hardware' }).catch(() => undefined);
    await busy.importText(`late-${String(Date.parse(now()))}.csv`, csv([{ host: 'HL-4', id: 100 + host + Date.parse(now()) / 1000 % 1000, password: 100 + host + Date.parse(now()) / 1000 % 1000 }]));
    await busy.api.call('disclosures.disclose', { keyRecordId: host, reason: 'mass-incident' });
  };
  const withoutDesk = (text: string): string => text.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+:[0-9a-f]{64}/g, '-'); // two desks: each has its ID and the head of its own trail
  for (const kind of REPORT_KINDS) {
    const calm = await make(resting, { kind, format: 'csv', language: 'de', asOf });
    const disturbed = await make(busy, { kind, format: 'csv', language: 'de', asOf }, change);
    expect(withoutDesk(disturbed.content)).toBe(withoutDesk(calm.content));
    expect(disturbed.done).toMatchObject({ asOf, name: `${kind}-20240719T0802.csv` });
    for (const format of REPORT_FORMATS) expect((await make(busy, { kind, format, language: 'en', asOf }, change)).content).toBe((await make(busy, { kind, format, language: 'en', asOf })).content);
  }
  await resting.app.close();
  await busy.app.close();
}, 300_000);

it('tells what the first of two reports of the same instant said, when both are made at once', async () => {
  const desk = await openDesk();
  const asOf = desk.now();
  desk.advance(1000);
  const both = await Promise.all(['Kiel', 'Husum'].map((site) => make(desk, { kind: 'situation', format: 'json', language: 'en', asOf }, () => desk.importText(`${site}.csv`, `Hostname,Site,OS\r\nKI-1,${site},Windows 11\r\n`))));
  expect(both[0]?.content).toBe(both[1]?.content);
  expect((await make(desk, { kind: 'situation', format: 'json', language: 'en', asOf })).content).toBe(both[0]?.content);
  await desk.app.close();
});

it('that is broken off gives nothing and leaves nothing on record; the next is made as ever', async () => {
  const desk = await openDesk();
  const stop = new AbortController();
  const said: string[] = [];
  const broken = (async () => { for await (const event of desk.api.stream('reports.make', { kind: 'extent', format: 'pdf', language: 'de' }, stop.signal)) { said.push(event.kind); stop.abort(); } })();
  await broken.catch((error: unknown) => expect(error).toMatchObject({ code: 'cancelled' }));
  expect([said, await kept(desk)]).toEqual([['progress'], 0]);
  const { said: whole, content } = await make(desk, { kind: 'extent', format: 'pdf', language: 'de' });
  expect([whole, Buffer.from(content, 'base64').subarray(0, 5).toString(), await kept(desk)]).toEqual([['progress', 'progress', 'piece', 'done'], '%PDF-', 1]);
  await desk.app.close();
});

it('of a wave that is none, or of an instant to come, is refused by name and leaves nothing on record', async () => {
  const desk = await openDesk();
  await expect(make(desk, { kind: 'extent', format: 'csv', language: 'de', wave: 'none' })).rejects.toMatchObject({ code: 'not-found', facts: { name: 'none' } });
  await expect(make(desk, { kind: 'extent', format: 'csv', language: 'de', asOf: '2024-07-19T08:02:00.001Z' })).rejects.toMatchObject({ code: 'invalid-input' });
  expect(await kept(desk)).toBe(0);
  await desk.app.close();
});

it('of which the vault is closed meanwhile is not made', async () => {
  const desk = await openDesk();
  await expect(make(desk, { kind: 'extent', format: 'csv', language: 'de' }, () => desk.api.call('vault.close', {}))).rejects.toMatchObject({ code: 'vault-closed' });
  await desk.app.close();
});
