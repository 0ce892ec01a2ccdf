// Files as they are handed over in a crisis, against what was written down of each before it was read.
import { describe, expect, test } from 'vitest';
import { INVENTORIES } from '../../../electron/core/keys/inventories.ts';
import { previewTable } from '../../../electron/formats/intake/preview.ts';
import { SENT_KEYS, type Sent } from './hand-overs/sent-keys.ts';
import { SENT_HOSTS } from './hand-overs/sent-hosts.ts';
import { SENT_TEXTS } from './hand-overs/sent-texts.ts';
import { essence, hostnames, idOf, keysOf, passwordOf, read, rejections } from './support.ts';

/** What of a file is the same however it is handed over. */
async function readSent({ file }: Sent, pieces: number): Promise<unknown> {
  const result = await read(file, pieces);
  return { keys: essence(result).map(([, ...rest]) => rest), hosts: hostnames(result), rejected: rejections(result), notes: result.notes };
}

describe.each([['tables of keys', SENT_KEYS], ['texts with keys', SENT_TEXTS], ['lists of hosts', SENT_HOSTS]] as const)('of what was sent: %s', (_what, files) => {
  test.each(files.map((sent) => [sent.what, sent] as const))('%s', async (_name, sent) => {
    const expected = {
      keys: (sent.keys ?? []).map(([id, password, host]) => [id === null ? null : idOf(id), passwordOf(password), host]),
      hosts: sent.hosts ?? [], rejected: sent.rejected ?? [], notes: sent.notes ?? [],
    };
    for (const pieces of [65_536, 7]) expect(await readSent(sent, pieces)).toEqual(expected);
    if (sent.setsDown === undefined) return;
    const { header, rows } = await read(sent.file);
    expect(new Set(rows.flatMap((row) => (row.kind === 'host' ? [INVENTORIES.has(row.listKind ?? header.intakeKind)] : [])))).toEqual(new Set([!sent.setsDown]));
  });
});

describe('the preview of a table', () => {
  const tables = [...SENT_KEYS, ...SENT_TEXTS, ...SENT_HOSTS].map(({ what, file }) => ({ what, file, table: previewTable(typeof file === 'string' ? new TextEncoder().encode(file) : file, true, []) })).filter((one) => one.table !== null);

  test.each(tables.map((one) => [one.what, one] as const))('says of its columns what the import then makes of them: %s', async (_what, { file, table }) => {
    const result = await read(file);
    const keys = keysOf(result);
    const proposed = new Set(table?.columns.map((column) => column.proposed));
    const hosts = [...keys, ...result.rows.filter((row) => row.kind === 'host')].filter(({ host }) => host !== null);
    // Nobody is asked what is known, and nothing is taken for known that comes to nothing.
    if (table?.standing === 'unknown') expect(hosts).toEqual([]);
    else expect(keys.length + hosts.length).toBeGreaterThan(0);
    if (hosts.length > 0) expect(proposed.has('hostname') || proposed.has('distinguishedName')).toBe(true);
    expect(JSON.stringify(table)).not.toMatch(/\d{6}-\d{6}-\d{6}/);
  });
});
