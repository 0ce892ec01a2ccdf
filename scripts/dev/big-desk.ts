// A desk of 1,000,000 key records and 100,000 hosts, made through the real import and kept in dist/ until its making changes. Nobody's data.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApi } from '../../electron/api/client.ts';
import { transportOf } from '../../electron/api/in-process.ts';
import { createDeskApp } from '../../electron/app.ts';
import { latestVersion } from '../../electron/store/migrations.ts';
import { constructKeys, defaultName, writeConstructedCsv, type ConstructedKey } from './construct-keys.ts';

export const BIG = { records: 1_000_000, hosts: 100_000, seed: 'big desk' } as const;
const BIG_SITES = ['Kiel', 'Hamburg', 'Lübeck', 'Bremen', 'Oldenburg'] as const;

export const BIG_PASSPHRASE = 'a long walk by the sea';
/** Each with one role, beside `first`, who holds all of them. */
const BIG_PEOPLE = [{ name: 'helpdesk-07', role: 'helpdesk' }, { name: 'tech-ki-04', role: 'technician' }, { name: 'lead-01', role: 'supervisor' }] as const;
/** A real desk spends more on a passphrase; here only the time would be spent. */
const PASSPHRASE_COST = 2 ** 10;

export const bigHostname = (n: number): string => defaultName(n, BIG.seed);
const bigSite = (n: number): string => BIG_SITES[n % BIG_SITES.length] ?? '';

/** Every n-th key, to be looked up. */
export function someBigKeys(count: number): readonly ConstructedKey[] {
  const every = Math.floor(BIG.records / count);
  const found: ConstructedKey[] = [];
  let n = 0;
  for (const key of constructKeys(BIG)) if (n++ % every === 0 && found.length < count) found.push(key);
  return found;
}

/**
 * @param root Of the project; the desk is kept in its dist folder. @param say Hears what takes long.
 * @returns A copy in a temporary folder, as a folder that holds `desk`: whoever asks removes it.
 */
export async function copyBigDesk(root: string, say: (line: string) => void = () => undefined): Promise<string> {
  const kept = await makeBigDesk(root, say);
  const folder = mkdtempSync(join(tmpdir(), 'bluelift-big-'));
  cpSync(kept, join(folder, 'desk'), { recursive: true });
  return folder;
}

async function makeBigDesk(root: string, say: (line: string) => void): Promise<string> {
  const made = createHash('sha256').update(`${latestVersion} ${readFileSync(import.meta.filename, 'utf8')} ${readFileSync(join(import.meta.dirname, 'construct-keys.ts'), 'utf8')}`).digest('hex').slice(0, 16);
  const kept = join(root, 'dist', `big-desk-${made}`);
  if (existsSync(kept)) return kept;
  const started = Date.now();
  const papers = mkdtempSync(join(tmpdir(), 'bluelift-big-papers-'));
  const making = join(root, 'dist', `big-desk-making-${process.pid}`);
  mkdirSync(making, { recursive: true });
  const app = await createDeskApp({ folder: making, runtime: 'command-line', demo: false, version: '0', agentFiles: async () => [], idleCloseAfterMs: 0, passphraseCost: PASSPHRASE_COST });
  const api = createApi(transportOf(app.dispatcher));
  const take = async (path: string): Promise<void> => {
    for await (const event of api.stream('imports.run', { paths: [path] })) {
      if (event.kind === 'file') say(`${event.report.name}: ${event.report.kind}, ${event.report.rows} rows, ${event.report.imported} key records, ${event.report.rejectedCount} rejected, ${((Date.now() - started) / 1000).toFixed(0)} s`);
    }
  };
  try {
    await api.call('desk.create', { operatorName: 'first', passphrase: BIG_PASSPHRASE, recoverySheet: false });
    const keys = join(papers, 'BitLockerKeys.csv');
    writeConstructedCsv(keys, BIG);
    await take(keys);
    const hosts = join(papers, 'down.csv');
    writeFileSync(hosts, `Name,Site,SerialNumber,AssetTag,UserName\r\n${Array.from({ length: BIG.hosts }, (_, n) => `${bigHostname(n)},${bigSite(n)},SN${String(n).padStart(6, '0')},A-${100_000 + n},user${n % 60_000}\r\n`).join('')}`);
    for await (const event of api.stream('imports.run', { paths: [hosts], mappings: [{ header: ['Name', 'Site', 'SerialNumber', 'AssetTag', 'UserName'], fields: ['hostname', 'site', 'serialNumber', 'assetTag', 'userName'] }] })) if (event.kind === 'file') say(`${event.report.name}: ${event.report.kind}, ${event.report.rows} rows, ${((Date.now() - started) / 1000).toFixed(0)} s`);
    for (const { name, role } of BIG_PEOPLE) {
      await api.call('operators.add', { name, roles: [role], passphrase: `${BIG_PASSPHRASE} ` });
      if (role !== 'supervisor') await api.call('operators.complete', { name }).catch(() => undefined); // done at once where the first holds the key
    }
    for (const { name } of BIG_PEOPLE) {
      await api.call('vault.open', { operatorName: name, passphrase: `${BIG_PASSPHRASE} ` });
      await api.call('operators.changePassphrase', { passphrase: `${BIG_PASSPHRASE} `, newPassphrase: BIG_PASSPHRASE });
    }
    await api.call('vault.close', {});
  } finally {
    await app.close();
    rmSync(papers, { recursive: true });
  }
  renameSync(making, kept);
  say(`kept as ${kept} after ${((Date.now() - started) / 1000).toFixed(0)} s`);
  return kept;
}

if (import.meta.main) process.stdout.write(`${await makeBigDesk(join(import.meta.dirname, '../..'), (line) => { process.stdout.write(`${line}\n`); })}\n`);
