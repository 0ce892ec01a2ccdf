import { describe, expect, test } from 'vitest';
import { hostnames, read, rejections, type Read } from './support.ts';

const told = (result: Read): readonly (readonly [string, boolean | null])[] => result.rows.flatMap((row) => (row.kind === 'host' ? [[row.host.hostname, row.host.affected] as const] : []));
const lines = (...all: readonly string[]): string => [...all, ''].join('\r\n');

describe('what tools of the network print', () => {
  test.each([
    ['fping', lines('ws-1007 is alive', 'ws-1008 is unreachable', 'ws-1009.corp.example (192.0.2.9) is alive')],
    ['a script', lines('WS-1007: up', 'WS-1008: down', 'WS-1009: up')],
    ['a table', lines('ComputerName,Online', 'WS-1007,True', 'WS-1008,False', 'WS-1009,True')],
    ['a scanner', lines('Status,Name,IP', 'Alive,ws-1007.corp.example,192.0.2.7', 'Dead,ws-1008.corp.example,192.0.2.8', 'Alive,ws-1009.corp.example,192.0.2.9')],
    ['nmap -oG', lines('# Nmap 7.94 scan', 'Host: 192.0.2.7 (ws-1007.corp.example)\tStatus: Up', 'Host: 192.0.2.8 (ws-1008.corp.example)\tStatus: Down', 'Host: 192.0.2.9 (ws-1009.corp.example)\tStatus: Up')],
    ['Linux’ ping', lines('PING ws-1007 (192.0.2.7) 56(84) bytes of data.', '64 bytes from ws-1007 (192.0.2.7): icmp_seq=1 ttl=64 time=0.3 ms', 'PING ws-1008 (192.0.2.8) 56(84) bytes of data.', '', 'PING ws-1009 (192.0.2.9) 56(84) bytes of data.', '64 bytes from 192.0.2.9: icmp_seq=1 ttl=64 time=0.3 ms')],
  ])('sets down who does not answer, and nobody who does: %s', async (_tool, text) => {
    expect(told(await read(text))).toEqual([['WS-1007', false], ['WS-1008', null], ['WS-1009', false]]);
  });

  test('names a host that the name service does not know, and does not take what ping says of itself for one', async () => {
    const text = lines('Pinging ws-1007 [192.0.2.7] with 32 bytes of data:', 'Reply from 192.0.2.3: Destination host unreachable.', '', 'Ping statistics for 192.0.2.7:', '    Packets: Sent = 1, Received = 1, Lost = 0 (0% loss),', 'Ping request could not find host ws-1008. Please check the name and try again.');
    expect(told(await read(text))).toEqual([['WS-1007', null], ['WS-1008', null]]);
  });

  test('says of an address without a name that it is one', async () => {
    expect(rejections(await read(lines('Nmap scan report for ws-1.corp.example (192.0.2.7)', 'Host is up.', 'Nmap scan report for 192.0.2.9', 'Host is up.')))).toEqual([[3, 'hostname-is-address']]);
  });

  test('is no date at which a host was seen', async () => {
    const { rows } = await read(lines('Starting Nmap 7.94 ( https://nmap.org ) at 2024-07-19 12:00 CEST', 'Nmap scan report for ws-1.corp.example (192.0.2.7)', 'Host is up.'));
    expect(rows[0]).toMatchObject({ host: { hostname: 'WS-1', lastSeenAt: null } });
  });

  test('is not what a note says of one host, nor an inventory’s status', async () => {
    expect((await read(lines('WS-1007 is down', 'Please call me back, thank you, Jane'))).header.intakeKind).toBe('any-text');
    expect(told(await read(lines('Name,Status,Serial number', 'WS-1007,In use,SER99X')))).toEqual([['WS-1007', null]]);
  });
});

test('a line of three hundred thousand tabs is no answer of a host, and takes no longer to tell', async () => {
  expect(hostnames(await read(`PC-1 is up\nPC-2 is down\nPC-3 is down\nPC-4 is down\nPC-5 is down\nx${'\t'.repeat(300_000)}y\n`))).toEqual(expect.arrayContaining(['PC-2', 'PC-5']));
});
