// An import moves hosts in its own way, many at a time. It has to come to what the table says of every state.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HOST_STATES } from '../../../electron/core/codes.ts';
import { importKeys } from '../../../electron/core/keys/import-keys.ts';
import { recoveryPasswordFromBytes } from '../../../electron/core/keys/recovery-password.ts';
import { transition, type HostEvent, type Standing } from '../../../electron/core/remediation/transitions.ts';
import { listFiles } from '../../../electron/desk/files.ts';
import { addHost, addKeyRecord, keyProtectorIdOf, openTestDesk, passwordOf, type TestDesk } from './test-desk.ts';

/** Every standing that matters here: each state, with and without a key, and the block that a key takes away. */
const CASES = [...HOST_STATES.map((state) => ({ state, reason: undefined })), { state: 'blocked' as const, reason: 'no-key' as const }]
  .flatMap((standing) => [true, false].map((hasKey) => ({ ...standing, hasKey })))
  .map((one, n) => ({ ...one, hostname: `KI-LAB-${String(n).padStart(4, '0')}` }));

let desk: TestDesk;
let folder: string;
beforeEach(async () => {
  desk = openTestDesk();
  folder = await mkdtemp(join(tmpdir(), 'bluelift-agrees-'));
  for (const { hostname, state, reason, hasKey } of CASES) {
    const hostId = addHost(desk, hostname, { state, ...(reason === undefined ? {} : { blockedReason: reason }) });
    if (hasKey) addKeyRecord(desk, { hostId });
  }
});
afterEach(() => rm(folder, { recursive: true }));

const standingOf = (hostname: string): Standing | undefined =>
  desk.db.prepare<[string], Standing>('SELECT state, blocked_reason AS blockedReason, closed_as AS closedAs FROM hosts WHERE hostname = ?').get(hostname);
async function takeIn(name: string, text: string): Promise<void> {
  await writeFile(join(folder, name), text);
  for await (const _ of importKeys(desk, [join(folder, name)], { files: { list: listFiles }, signal: new AbortController().signal }));
}
function expectAsTable(before: Map<string, Standing | undefined>, event: (hasKey: boolean) => HostEvent): void {
  for (const { hostname, hasKey } of CASES) {
    const from = before.get(hostname);
    if (from === undefined) throw new Error(`${hostname} was not there`);
    const result = transition(from, event(hasKey));
    expect([hostname, from.state, standingOf(hostname)]).toEqual([hostname, from.state, result.status === 'ok' ? result.standing : from]);
  }
}
const standings = (): Map<string, Standing | undefined> => new Map(CASES.map(({ hostname }) => [hostname, standingOf(hostname)]));

test('a list of hosts that are down moves each host as the table says', async () => {
  const before = standings();
  await takeIn('down.txt', `${CASES.map(({ hostname }) => hostname).join('\r\n')}\r\n`);
  expectAsTable(before, (hasKey) => ({ kind: 'reported', hasKey }));
  expect(standingOf('KI-LAB-0000')?.state).toBe('ready'); // known, with a key: the list did come in
});

test('keys that come in move each host as the table says', async () => {
  const before = standings();
  const rows = CASES.map(({ hostname }, n) => `"${hostname}","${keyProtectorIdOf(n)}","${recoveryPasswordFromBytes(passwordOf(n)) ?? ''}","Entra"`);
  await takeIn('BitLockerKeys.csv', ['"Hostname","KeyID","RecoveryKey","Directory"', ...rows, ''].join('\r\n'));
  expect(desk.db.prepare('SELECT sum(imported) FROM import_files').pluck().get()).toBe(CASES.length);
  expectAsTable(before, () => ({ kind: 'key-found' }));
});
