// Imports 5,000 computers and their recovery passwords over LDAPS from Samba and compares with `ldapsearch` of the same. Needs root and Samba. Words: COMPUTERS.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importKeys } from '../../../electron/core/keys/import-keys.ts';
import { DIRECTORY_ATTRIBUTES, DIRECTORY_FILTERS, readDirectory } from '../../../electron/core/sources/directory-source.ts';
import { liveSource } from '../../../electron/core/sources/live-source.ts';
import { lookAtDirectory, openDirectory } from '../../../electron/desk/directory.ts';
import { startDirectoryServer, type DirectoryServer } from '../rehearsal/directory-server.ts';
import { openBenchDesk } from './bench-desk.ts';

const AT_MOST_TIMES = 2;
const ROUNDS = 3;
const URL = 'ldaps://127.0.0.1';

export async function run(words: readonly string[] = []): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bl-bench-'));
  const server = await startDirectoryServer(join(folder, 'dc'), Number(words[0] ?? 5000));
  try {
    const { sha256 } = (await lookAtDirectory({ url: URL })).certificate;
    const theirs: number[] = [];
    const ours: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) { // in turns, so that both meet the same load
      theirs.push(measureLdapsearch(folder, server));
      ours.push(await measureImport(folder, server, sha256, round));
    }
    const times = median(ours) / median(theirs);
    say(`import ${list(ours)}   ldapsearch ${list(theirs)}   ${times.toFixed(2)} times (at most ${AT_MOST_TIMES})`);
    if (times > AT_MOST_TIMES) process.exitCode = 1;
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

/** Seconds. The answer is thrown away; the controller's work and the wire are the same. */
function measureLdapsearch(folder: string, server: DirectoryServer): number {
  const secret = join(folder, 'password');
  writeFileSync(secret, server.password, { mode: 0o600 });
  const started = performance.now();
  const { status } = spawnSync('ldapsearch', ['-x', '-LLL', '-H', URL, '-D', server.accounts.reader, '-y', secret, '-b', server.base, '-E', 'pr=500/noprompt', `(|${DIRECTORY_FILTERS.join('')})`, ...DIRECTORY_ATTRIBUTES], { stdio: 'ignore', env: { ...process.env, LDAPTLS_REQCERT: 'never' } });
  if (status !== 0) throw new Error(`ldapsearch ended with ${status}`);
  return (performance.now() - started) / 1000;
}

/** Seconds from the connection to the closed register entry: read, checked, sealed and stored. */
async function measureImport(folder: string, server: DirectoryServer, pin: string, round: number): Promise<number> {
  const place = mkdtempSync(join(folder, `desk-${round}-`));
  const desk = openBenchDesk(place);
  const signal = new AbortController().signal;
  const started = performance.now();
  const directory = await openDirectory({ url: URL, pin }, { bindAs: server.accounts.reader, password: server.password }, null, signal);
  for await (const event of importKeys(desk, [URL], { files: liveSource(URL, directory.base, () => readDirectory(directory)), signal })) {
    if (event.kind === 'done' && round === 0) for (const report of event.files) say(`${report.rows} objects: ${report.imported} imported, ${report.hosts} hosts, ${report.rejectedCount} rejected`);
  }
  await directory.close();
  const seconds = (performance.now() - started) / 1000;
  desk.db.close();
  return seconds;
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const list = (values: readonly number[]): string => values.map((value) => `${value.toFixed(2)} s`).join(', ');
const say = (line: string): void => { process.stdout.write(`${line}\n`); };
