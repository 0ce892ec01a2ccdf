// ServiceNow's lists as XML: an inventory of computers sets nobody down, and references are what people see of them.
import { expect, test } from 'vitest';
import { INVENTORIES } from '../../../electron/core/keys/inventories.ts';
import { fromServiceNow } from '../../../electron/formats/intake/servicenow-xml.ts';
import { hostnames, read } from './support.ts';

const record = (n: number, name: string, open = '<cmdb_ci_computer>'): string =>
  `${open}\n<asset_tag>A${n}</asset_tag>\n<location display_value="Kiel &amp; L&#252;beck">${'ab'.repeat(16)}</location>\n<name>${name}</name>\n<os>Windows 11</os>\n<serial_number>PF000${n}</serial_number>\n<sys_id>${String(n).padStart(32, '0')}</sys_id>\n</cmdb_ci_computer>\n`;

test.each([
  ['exported from a list', `<?xml version="1.0" encoding="UTF-8"?>\n<unload unload_date="2024-07-19 06:00:00">\n${[1, 2].map((n) => record(n, ['KIEL-01', 'EMPFANG'][n - 1] ?? '', '<cmdb_ci_computer action="INSERT_OR_UPDATE">')).join('')}</unload>\n`],
  ['from its address', `<?xml version="1.0" encoding="UTF-8"?>\n<xml>\n${record(1, 'KIEL-01')}${record(2, 'EMPFANG')}</xml>\n`],
  ['in one line', `<xml>${record(1, 'KIEL-01')}${record(2, 'EMPFANG')}</xml>`.replaceAll('\n', '')],
])('computers as XML %s are hosts that nobody said are down', async (_how, text) => {
  const { rows } = await read(text);
  expect(rows).toMatchObject([
    { kind: 'host', host: { hostname: 'KIEL-01', serialNumber: 'PF0001', assetTag: 'A1', site: 'Kiel & Lübeck' } }, { kind: 'host', host: { hostname: 'EMPFANG', serialNumber: 'PF0002' } },
  ]);
  expect(rows.every((row) => row.kind === 'host' && row.listKind !== undefined && INVENTORIES.has(row.listKind))).toBe(true);
});

test('what is broken gives what is whole in it', async () => {
  expect(hostnames(await read(`<xml>\n${record(1, 'KIEL-01')}<cmdb_ci_computer>\n<name>KIEL-02</name>\n<serial_number>PF2</serial_number>\n<os>Wind`))).toEqual(['KIEL-01', 'KIEL-02']);
  expect(fromServiceNow('<xml>')).toEqual([]);
});
