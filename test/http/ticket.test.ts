import { describe, expect, test } from 'vitest';
import { redeemTicket } from '../../electron/api/http-client.ts';
import { issueTicket } from '../../electron/http/ticket.ts';
import { fromOurPage, startServer, TOKEN } from './running-server.ts';

const IDLE = { call: async () => '{}', async *stream() { yield '{}'; } };

describe('the ticket a browser is started with', () => {
  test('gives the token once', async () => {
    await using server = await startServer(IDLE);
    expect(await redeemTicket(server.origin, server.ticket)).toBe(TOKEN);
    await expect(redeemTicket(server.origin, server.ticket)).rejects.toMatchObject({ code: 'wrong-token' });
  });

  test('is refused to a page from elsewhere and stays good for ours', async () => {
    await using server = await startServer(IDLE);
    const authorization = `Ticket ${server.ticket}`;
    for (const headers of [{ origin: 'https://example.com' }, { host: 'desk.example' }, { 'sec-fetch-site': 'cross-site' }]) {
      expect((await server.ask({ path: '/ticket', headers: fromOurPage(server.port, { authorization, ...headers }) })).status).toBe(403);
    }
    expect((await server.ask({ path: '/ticket', method: 'GET', headers: fromOurPage(server.port, { authorization }) })).status).toBe(405);
    expect((await server.ask({ path: '/ticket', headers: fromOurPage(server.port, { authorization: 'Ticket other' }) })).status).toBe(401);
    expect((await server.ask({ path: '/ticket', headers: fromOurPage(server.port, { authorization: '' }) })).status).toBe(401);
    expect((await server.ask({ path: '/ticket', headers: fromOurPage(server.port, { authorization }) })).text).toBe(JSON.stringify({ token: TOKEN }));
  });

  test('is no token, and after two minutes it is nothing', async () => {
    await using server = await startServer(IDLE);
    expect((await server.ask({ path: '/call/desk.state', headers: fromOurPage(server.port, { authorization: `Bearer ${server.ticket}` }) })).status).toBe(401);
    let now = 0;
    const [early, late] = [issueTicket('t', () => now), issueTicket('t', () => now)];
    now = 120_000;
    expect(early.redeem(early.text)).toBe('t');
    now = 120_001;
    expect(late.redeem(late.text)).toBeNull();
  });
});
