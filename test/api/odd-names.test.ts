import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, test } from 'vitest';
import { contract } from '../../electron/api/contract.ts';
import { csvFile } from '../../electron/commands/csv-file.ts';
import { listHosts } from '../../electron/core/hosts/host-list.ts';
import { createWave } from '../../electron/core/waves/waves.ts';
import { filterAt, filterParameters } from '../../renderer/screens/hosts/host-filter.ts';
import { parsePlace, placeHash } from '../../renderer/place.ts';
import { addHost, openTestDesk } from '../core/remediation/test-desk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ODD = ["O'Brien \"Nord\", Halle 3/4", '=HYPERLINK("http://x","y")', '-1+1', '@SUM(1)', '+49 431 \\ 2', 'Tier 0: DCs & <b>', 'a%20b#c?d=e', '🏥 Klinik', 'מרכז ירושלים', 'W'.repeat(100)];

test.each(ODD)('hosts of the site %s are found by it in the address, and a spreadsheet computes nothing of it', (name) => {
  const desk = openTestDesk();
  for (const [host, site] of [['PC-1', name], ['PC-2', 'Kiel']] as const) desk.db.prepare('UPDATE hosts SET site = ? WHERE host_id = ?').run(site, addHost(desk, host, { state: 'ready' }));
  const none = { query: '', states: [], blockedReasons: [], waves: [], tags: [], technicians: [], sort: 'hostname', descending: false } as const;
  const place = parsePlace(placeHash('hosts', filterParameters({ ...none, sites: [name, 'Nowhere, at all'] })));
  const filter = place === null ? null : filterAt(place);
  expect(filter?.sites).toEqual([name, 'Nowhere, at all']);
  const { rows } = listHosts(desk.db, contract['hosts.list'].input.parse({ sites: filter?.sites }));
  expect(rows.map(({ hostname, site }) => [hostname, site])).toEqual([['PC-1', name]]);

  const path = join(temporaryFolder(), 'hosts.csv');
  csvFile({ out: path })?.write(['site'], [[name]]);
  const cell = /^\ufeff"site"\r\n"([^]*)"\r\n$/.exec(readFileSync(path, 'utf8'))?.[1]?.replaceAll('""', '"') ?? '';
  expect(cell.replace(/^'(?=[=+@-])/, '')).toBe(name);
  expect(cell).not.toMatch(/^[=+@-]/);
});

it('a wave may have any name that prints in one line', () => {
  const desk = openTestDesk();
  const { input } = contract['waves.create'];
  for (const name of ODD) expect(createWave(desk, input.parse({ name })).name).toBe(name);
  for (const name of ['two\nlines', 'a\u0000b', '\u202Eturned', '\ud83c', ' ', 'W'.repeat(101)]) expect(input.safeParse({ name }).success, JSON.stringify(name)).toBe(false);
  for (const tag of ['a,b', 'two\nlines', ' ', 'T'.repeat(61)]) expect(contract['hosts.tag'].input.safeParse({ filter: {}, expected: 1, tag }).success, JSON.stringify(tag)).toBe(false);
});
