import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encode, essence, facts, hostnames, idOf, keysOf, passwordOf, pieceSizes, read, rejections } from './support.ts';

const A = { id: idOf(1), password: passwordOf(1) };
const B = { id: idOf(2), password: passwordOf(2) };
const graph = (key: typeof A, more: object = {}): object => ({ id: key.id.toLowerCase(), createdDateTime: '2024-01-15T09:30:00.1234567Z', volumeType: '1', deviceId: idOf(9).toLowerCase(), key: key.password, ...more });

describe('Graph’s answers', () => {
  test.each([
    ['one key, flat', graph(A)], ['one key, wrapped', { '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#informationProtection/bitlocker/recoveryKeys/$entity', value: graph(A) }],
    ['a list', { '@odata.context': 'x', value: [graph(A)] }], ['an array', [graph(A)]], ['a device with its keys', { displayName: 'PC1', keys: [graph(A)] }],
  ])('%s', async (_form, answer) => {
    for (const text of [JSON.stringify(answer), JSON.stringify(answer, null, 4)]) {
      const result = await read(text);
      expect(result.header.intakeKind).toBe('graph-json');
      expect(keysOf(result)).toHaveLength(1);
      expect(keysOf(result)[0]).toMatchObject({ row: 1, keyProtectorId: A.id, recoveryPassword: A.password, entraDeviceId: idOf(9), createdAt: '2024-01-15T09:30:00Z' });
    }
  });

  test('a list never holds the keys: it names them, and a further page is said to be missing', async () => {
    const result = await read(JSON.stringify({ '@odata.nextLink': 'https://graph.microsoft.com/…', value: [graph(A, { key: undefined }), graph(B, { key: undefined })] }), 7);
    expect(result.rows).toEqual([A, B].map(({ id }, index) => ({ kind: 'listed-key', row: index + 1, keyProtectorId: id, host: null, entraDeviceId: idOf(9), createdAt: '2024-01-15T09:30:00Z' })));
    expect(result.notes).toEqual(['incomplete-page']);
  });

  test('the directory’s devices are hosts with their device ID', async () => {
    const result = await read(JSON.stringify({ value: [{ id: idOf(4), deviceId: idOf(5), displayName: 'pc1', operatingSystem: 'Windows', trustType: 'AzureAd', approximateLastSignInDateTime: '2024-07-19T04:12:33Z' }] }));
    expect(result.rows[0]).toMatchObject({ kind: 'host', host: { hostname: 'PC1', entraDeviceId: idOf(5), lastSeenAt: '2024-07-19T04:12:33Z' } });
  });
});

describe('other JSON', () => {
  const dn = (id: string): string => `CN=2024-01-15T09:30:00\\+01:00{${id}},CN=PC1,OU=Laptops,OU=Paris,DC=corp,DC=example`;

  test('ExtractBitlockerKeys calls the protector’s GUID volumeGuid, and loses it east of Greenwich', async () => {
    const record = (id: string, password: unknown, volumeGuid: string | null): object => ({ distinguishedName: dn(id), domain: 'corp.example', organizationalUnits: 'paris --> laptops', createdAt: null, volumeGuid, computerName: 'PC1', recoveryKey: password });
    const result = await read(JSON.stringify({ [dn(A.id)]: [record(A.id, A.password, null)], [dn(B.id)]: [record(B.id, [B.password], B.id.toLowerCase())] }, null, 4));
    expect(result.header.intakeKind).toBe('extract-bitlocker-keys-json');
    expect(essence(result)).toEqual([[1, A.id, A.password, 'PC1'], [2, B.id, B.password, 'PC1']]);
    expect(keysOf(result)[0]).toMatchObject({ createdAt: '2024-01-15T08:30:00Z', volumeId: null });
  });

  test('of its PowerShell sibling is one object when there is one key, in UTF-16', async () => {
    const text = JSON.stringify({ domainName: 'corp.example', computerName: 'PC1', recoveryKey: A.password, volumeGuid: A.id.toLowerCase(), createdAt: '2024-01-15T09:30:00\\+01:00', distinguishedName: `LDAP://dc:389/${dn(A.id)}` });
    expect(essence(await read(encode(text, 'utf-16le-bom')))).toEqual([[1, A.id, A.password, 'PC1']]);
  });

  test('Falcon’s devices are hosts, whatever hangs below them', async () => {
    const device = { device_id: '0d9c31a496cdf4652a4c9d5215068992', cid: 'x', hostname: 'pc-1', serial_number: 'SN1', platform_name: 'Windows', os_version: 'Windows 11', system_manufacturer: 'Dell Inc.', system_product_name: 'Latitude', last_seen: '2024-03-20T07:19:01Z', machine_domain: 'corp.example', ou: ['Laptops'], device_policies: { prevention: { policy_id: '7', hostname: 'nobody' } }, groups: [] };
    const result = await read(JSON.stringify({ meta: { query_time: 1 }, errors: [], resources: [device, { ...device, hostname: 'mac-1', platform_name: 'Mac' }] }));
    expect(result.header.intakeKind).toBe('hosts-json');
    expect(hostnames(result)).toEqual(['PC-1']);
    expect(rejections(result)).toEqual([[2, 'other-platform']]);
    expect(result.rows[0]).toMatchObject({ host: { serialNumber: 'SN1', maker: 'Dell Inc.', model: 'Latitude', lastSeenAt: '2024-03-20T07:19:01Z', domain: 'corp.example', organizationalUnit: 'Laptops', entraDeviceId: null } });
  });

  test('one record a line, and a record that is broken, cost only themselves', async () => {
    const lines = [1, 2, 3].map((seed) => JSON.stringify({ hostname: `PC${seed}`, keyId: idOf(seed), recoveryKey: passwordOf(seed) }));
    lines[1] = `{"hostname": "PC2", "keyId": ${idOf(2)}, "recoveryKey": none}`;
    const result = await read(lines.join('\n'));
    expect(essence(result)).toEqual([[1, idOf(1), passwordOf(1), 'PC1'], [3, idOf(3), passwordOf(3), 'PC3']]);
    expect(rejections(result)).toEqual([[2, 'entry-damaged']]);
  });

  test('with a comma too many, a remark, or a mark too few loses no key of it', async () => {
    const record = (seed: number): string => JSON.stringify({ hostname: `PC-${seed}`, keyId: idOf(seed), recoveryKey: passwordOf(seed) });
    const all = [1, 2, 3].map((seed) => [idOf(seed), passwordOf(seed), `PC-${seed}`]);
    for (const second of [record(2).replace(',', ',,'), record(2).replace('}', ',}'), `${record(2)} // of Paris`, record(2).replace('"keyId', 'keyId'), record(2).replace('",', ''), record(2).slice(0, -1)]) {
      const result = await read(`[${record(1)},\n${second}\n,${record(3)}]`);
      expect(essence(result).map(([, ...key]) => key), second.replace(/\d{6}-/g, '')).toEqual(all);
      expect(rejections(result)).toEqual([]);
    }
  });

  test('as Python prints it gives each key with its device', async () => {
    const printed = (value: unknown): string => JSON.stringify(value).replaceAll('"', "'").replaceAll('null', 'None');
    for (const text of [printed([graph(A), graph(B)]), printed({ '@odata.context': null, value: [graph(A), graph(B)] })]) {
      expect(keysOf(await read(text))).toEqual(keysOf(await read(JSON.stringify([graph(A), graph(B)]))));
    }
  });

  test('cut off in the middle keeps what is whole and says so', async () => {
    const text = JSON.stringify([graph(A), graph(B)]);
    const result = await read(text.slice(0, -30));
    expect(keysOf(result)).toHaveLength(1);
    expect(rejections(result)).toEqual([[2, 'entry-damaged']]);
    expect(result.notes).toContain('cut-off');
  });

  test('that is about something else holds nothing', async () => {
    const result = await read(JSON.stringify({ compilerOptions: { strict: true }, files: ['a.ts'] }));
    expect(keysOf(result)).toEqual([]);
    expect(hostnames(result)).toEqual([]);
  });
});

test.each([
  ['Intune', { value: [{ id: idOf(1), deviceName: 'PC-1', azureADDeviceId: idOf(2), operatingSystem: 'Windows' }] }, 'inventory-json'], ['Entra ID', { value: [{ displayName: 'PC-1', deviceId: idOf(2), trustType: 'AzureAd', operatingSystem: 'Windows' }] }, 'inventory-json'],
  ['Get-ADComputer', [{ DistinguishedName: 'CN=PC-1,DC=corp', Name: 'PC-1', SamAccountName: 'PC-1$' }], 'inventory-json'], ['NinjaOne', [{ systemName: 'PC-1', nodeClass: 'WINDOWS_WORKSTATION', offline: true }], 'inventory-json'],
  ['Snipe-IT', { total: 1, rows: [{ name: 'PC-1', asset_tag: '7', serial: 'S' }] }, 'inventory-json'], ['Falcon', { resources: [{ device_id: 'a'.repeat(32), cid: 'b'.repeat(32), hostname: 'PC-1', asset_tag: 'x' }] }, 'hosts-json'],
  ['a CMDB', { result: [{ sys_id: 'a'.repeat(32), name: 'PC-1', serial_number: 'S' }] }, 'inventory-json'],
  ['an incident list', { result: [{ number: 'INC1', short_description: 'Blue screen', cmdb_ci: 'PC-1', asset_tag: '7' }] }, 'hosts-json'],
])('a list of %s says what it is: what there is, or who is down', async (_of, list, kind) => {
  const result = await read(JSON.stringify(list));
  expect([result.header.intakeKind, hostnames(result)]).toEqual([kind, ['PC-1']]);
});

describe('a host that stands around its keys', () => {
  const keysAs = (name: string): object => ({ [name]: [{ type: 'Tpm', id: `{${idOf(50)}}` }, { type: 'RecoveryPassword', id: `{${A.id}}`, password: A.password }] });

  test.each([
    ['before the list', { ComputerName: 'PC1', ...keysAs('keys') }], ['two levels up', { hostname: 'pc1.corp.example', bitlocker: [{ mount: 'C:', ...keysAs('protectors') }] }],
    ['in an answer', { result: { host: 'PC1', volumes: keysAs('keyProtectors') } }], ['in an object beside', { device: { displayName: 'PC1', deviceId: idOf(9) }, recoveryKeys: { value: [{ id: A.id, key: A.password }], Count: 1 } }],
    ['after the list', { ...keysAs('keys'), ComputerName: 'PC1' }], ['after it in an object beside', { ...keysAs('keys'), volume: 'C:', computer: { displayName: 'PC1' } }], ['after it one level up', { bitlocker: { count: 1, ...keysAs('keys') }, v2: 'x', hostname: 'PC1' }],
    ['in a list of such', [{ computer: { name: 'x', hostname: 'PC1' }, user: { displayName: 'Jane Doe' }, ...keysAs('keys') }]],
  ])('%s: is theirs', async (_name, value) => {
    for (const indent of [undefined, 4]) {
      expect(keysOf(await read(JSON.stringify(value, null, indent), 16)).map((key) => [key.keyProtectorId, key.recoveryPassword, key.host?.hostname])).toEqual([[A.id, A.password, 'PC1']]);
    }
  });

  test('is the exporter’s, and no key’s, where the keys name their own', async () => {
    const keyed = [A, B].map((key, n) => ({ computer: `PC${n}`, keyId: key.id, recoveryKey: key.password }));
    for (const value of [{ hostname: 'EXPORTER', keys: keyed }, { hostname: 'EXPORTER', pages: [{ rows: keyed }] }]) {
      expect(keysOf(await read(JSON.stringify(value))).map((key) => key.host?.hostname)).toEqual(['PC0', 'PC1']);
    }
  });

  test('is the asset whose fields hold them, and not what stands between the host and them', async () => {
    const drives = { os: 'Windows 11', 'Bitlocker Drives': `Drive C: recovery key: ${A.password}` };
    expect(keysOf(await read(JSON.stringify({ assets: [{ id: 7, name: 'KIEL07', asset_type: 'Device', properties: drives }], meta: { total_pages: 1, page: 1 } })))[0]?.host?.hostname).toBe('KIEL07');
    expect(keysOf(await read(JSON.stringify([{ hostname: 'PC1', volumes: [{ name: 'DATA-01', fields: drives }] }])))[0]?.host?.hostname).toBe('PC1');
    expect(keysOf(await read(JSON.stringify([{ name: 'Jane Doe', fields: drives }])))[0]?.host).toBeNull();
  });

  test('is not whoever it belongs to', async () => {
    expect(essence(await read(JSON.stringify([{ owner: { displayName: 'Jane Doe' }, recoveryKeys: [{ id: A.id, key: A.password }] }])))).toEqual([[1, A.id, A.password, null]]);
  });

  const id = (key: typeof A): object => ({ id: key.id, recoveryKey: key.password });
  test.each([
    ['the name of its list', { 'PC-1': [id(A)], 'PC-2': [id(B)] }], ['a list further up', { result: { 'PC-1': { drives: [id(A)] }, 'PC-2': { drives: [id(B)] } } }], ['as a distinguished name', { 'CN=PC-1,OU=A,DC=corp': [id(A)], 'CN=PC-2,OU=A,DC=corp': [id(B)] }],
    ['by a field of each', { first: { ComputerName: 'PC-1', keys: [id(A)] }, second: { ComputerName: 'PC-2', keys: [id(B)] } }], ['after one that names none', { 'PC-1': [id(A)], site: 'Kiel, {old]', 'PC-2': [id(B)] }],
  ])('is never the one before: %s', async (_where, value) => {
    for (const pieceBytes of [1, 7, 65_536]) expect(essence(await read(new TextEncoder().encode(JSON.stringify(value, null, 1)), pieceBytes)).map(([, ...key]) => key)).toEqual([[A.id, A.password, 'PC-1'], [B.id, B.password, 'PC-2']]);
  });

  test.each([1, 7, 65_536])('is none where a list is too long to be one host’s, and each record comes once: pieces of %d', async (pieceBytes) => {
    const keys = Array.from({ length: 200 }, (_, n) => ({ id: idOf(n), recoveryKey: passwordOf(n) }));
    const found = keysOf(await read(new TextEncoder().encode(JSON.stringify({ keys, hostname: 'EXPORTER' })), pieceBytes));
    expect(found.slice(64).map((key) => [key.row, key.keyProtectorId, key.host])).toEqual(keys.slice(64).map(({ id }, n) => [n + 65, id, null]));
    expect(found).toHaveLength(200);
  });

  test('of ten thousand by their names is found for each of them', async () => {
    const named = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`PC-${n}`, [{ recoveryKey: passwordOf(n) }]]));
    expect(keysOf(await read(JSON.stringify(named))).every((key, n) => key.host?.hostname === `PC-${n}`)).toBe(true);
  });

  test('one file a line keeps its own', async () => {
    const lines = [A, B].map((key, n) => JSON.stringify({ hostname: `PC${n}`, bitlocker: [{ id: key.id, recoveryKey: key.password }] })).join('\n');
    expect(keysOf(await read(`${lines}\n${JSON.stringify({ bitlocker: [{ id: idOf(3), recoveryKey: passwordOf(3) }] })}\n`)).map((key) => key.host?.hostname ?? null)).toEqual(['PC0', 'PC1', null]);
  });
});

test('what was put into JSON comes out, in every wrapping and piece size', async () => {
  await fc.assert(fc.asyncProperty(facts, fc.constantFrom('array', 'value', 'keyed', 'lines'), fc.constantFrom('utf-8' as const, 'utf-8-bom' as const, 'utf-16le-bom' as const), fc.constantFrom(undefined, 2), pieceSizes, async (rows, form, encoding, indent, pieceBytes) => {
    const records = rows.map((fact) => ({ note: 'a "quoted" {brace] \\ and \u00fc', computerName: fact.host, keyId: fact.id, recoveryKey: fact.password }));
    const text = form === 'array' ? JSON.stringify(records, null, indent) : form === 'value' ? JSON.stringify({ value: records }, null, indent)
      : form === 'keyed' ? JSON.stringify(Object.fromEntries(records.map((record, index) => [`k${index}`, [record]])), null, indent) : records.map((record) => JSON.stringify(record)).join('\n');
    const result = await read(encode(text, encoding), pieceBytes);
    expect(essence(result)).toEqual(rows.map((fact, index) => [index + 1, fact.id, fact.password, fact.host]));
    expect(result.rowsRead).toBe(rows.length);
  }), { numRuns: 200 });
});
