// Hosts that people list in a mail: below each other with a remark behind some, or all in a sentence; greetings and signatures are none.
import { expect, test } from 'vitest';
import { hostnames, read } from './support.ts';

const lines = (...rows: readonly string[]): string => [...rows, ''].join('\r\n');

test.each([
  ['in a sentence', lines('Hi team,', '', 'these are down: PC-1001, PC-1002 and nb-1003.', '', 'Thanks', 'Jane')],
  ['in a sentence with places', lines('Moin,', 'bei uns stehen: PC-1001 (Empfang), PC-1002 sowie nb-1003! Bitte melden.', 'Gruß')],
  ['in a line of their own', lines('Hi Bob,', 'please look at these', 'PC-1001, PC-1002 & nb-1003', 'Jane')],
  ['below each other with a remark behind some', lines('Hallo zusammen,', 'folgende Rechner stehen:', 'PC-1001', 'PC-1002 (Empfang)', 'nb-1003 Lager', '', 'Viele Grüße', 'Jörg')],
  ['below each other with a remark behind all', lines('Bonjour,', 'les postes suivants sont bloqués', '- PC-1001 : accueil', '- PC-1002 : bureau 2', '- nb-1003 – labo', 'Merci')],
  ['below each other between a greeting and a name', lines('Hi,', '', 'PC-1001', 'PC-1002', 'nb-1003', '', 'Thanks', 'Jane')],
])('a mail lists hosts %s', async (_where, text) => {
  expect(hostnames(await read(text))).toEqual(['PC-1001', 'PC-1002', 'NB-1003']);
});

test('rows of a table that nobody knows list none', async () => {
  for (const text of [lines('Issue key,Summary,Status', 'IT-1,BSOD on PC-1001,Open', 'IT-2,PC-1002 blue screen,Open'), lines('Monitor;Zustand', 'PC-1001;up', 'PC-1002;down'), lines('Monitor\tZustand', 'PC-1001\tup', 'PC-1002\tdown')]) {
    expect([text, hostnames(await read(text))]).toEqual([text, []]);
  }
});

test('a mail about updates, tickets or days names no host, and neither do its greetings', async () => {
  for (const sentence of ['installed today: KB5040442, KB5040443', 'see tickets: INC0012345, INC0012346', 'Jul-19-2024, Jul-20-2024']) expect([sentence, hostnames(await read(lines('Hi,', sentence, 'thanks')))]).toEqual([sentence, []]);
});

test('a sentence that speaks of hosts lists none', async () => {
  for (const text of [lines('Hi,', 'PC-1001 and PC-1002 run again.', 'Jane'), lines('PC-1001 was restarted by me this morning and', 'PC-1002 was not touched, as far as anybody here can tell.', 'Please call me.'), lines('Please call about: PC-1001', 'Jane')]) {
    expect([text, hostnames(await read(text))]).toEqual([text, []]);
  }
});
