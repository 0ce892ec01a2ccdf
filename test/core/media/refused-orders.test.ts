// An order that is refused costs nothing: no number, no audit line, no reading of what takes long.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildMedium, type BuildMediumLoan } from '../../../electron/core/media/build-medium.ts';
import type { MediumToBuild } from '../../../electron/core/media/medium-order.ts';
import { AppError } from '../../../electron/core/app-error.ts';
import type { FileInTheMaking } from '../../../electron/core/media/media-ports.ts';
import { orderWithoutPasscode } from '../../../electron/core/media/media-orders.ts';
import { actOnMedium } from '../../../electron/core/media/medium-acts.ts';
import { setPolicies } from '../../../electron/core/policies/policies.ts';
import { getMedium, listMedia } from '../../../electron/core/media/media-register.ts';
import { AGENT_FILES, makeMediaDesk, type MediaDesk } from '../../fixtures/media-desk.ts';
import { addHost, addKeyRecord, openTestDesk, type TestDesk } from '../remediation/test-desk.ts';

let desk: TestDesk;
let media: MediaDesk;
let lent: BuildMediumLoan;
beforeEach(() => {
  desk = openTestDesk();
  media = makeMediaDesk();
  lent = { media: media.ports, agentFiles: async () => [...AGENT_FILES, { name: 'README.txt', bytes: Buffer.from('Read me.\r\n') }], breathe: async () => {} };
  addKeyRecord(desk, { hostId: addHost(desk, 'KI-SURG-0417', { state: 'ready' }), keyProtectorId: 1, password: 1 });
});
afterEach(() => { media[Symbol.dispose](); });

const build = async (changes: Partial<MediumToBuild> = {}): Promise<void> => {
  const order: MediumToBuild = { base: media.base('winre-x64.wim'), out: join(media.folder, 'medium.img'), overwrite: false, scope: { kind: 'all' }, language: 'en', technicians: ['test'], ...changes };
  for await (const _ of buildMedium(desk, order, lent, new AbortController().signal));
};
const acts = (): unknown[] => desk.db.prepare('SELECT act FROM audit_entries').pluck().all();
const names = (): string[] => listMedia(desk.db, { offset: 0, limit: 9 }).rows.map(({ mediaId }) => mediaId);

describe('an order that is refused gives no number away', () => {
  test.each<readonly [string, string, () => Partial<MediumToBuild>]>([
    ['base-lacks-files', 'whose base has no script host', () => ({ base: media.base('no-scrrun.wim') })],
    ['base-architecture-refused', 'whose base is for other processors', () => ({ base: media.base('boot-x86.wim') })],
    ['base-lacks-files', 'that asks for two loaders of a base with one', () => ({ twoLoaders: true })],
    ['file-not-found', 'whose drivers are not there', () => ({ drivers: join(media.folder, 'nothing') })],
    ['file-exists', 'onto a file that is there', () => { writeFileSync(join(media.folder, 'there.img'), 'x'); return { out: join(media.folder, 'there.img') }; }],
    ['invalid-input', 'for safe boot over the network', () => ({ mode: 'safe-boot', format: 'pxe', out: join(media.folder, 'net') })],
  ])('(%s: one %s)', async (code, _what, changes) => {
    await expect(build(changes())).rejects.toMatchObject({ code });
    expect(acts()).toEqual([]);
    await build();
    expect(names()).toEqual(['M-0001']);
    expect(readdirSync(media.folder).filter((name) => name.startsWith('medium'))).toEqual(['medium.img']);
  });
});

test.each([[true, 'built'], [false, 'wiped']] as const)('a stick that failed while it was written is not called wiped where whoever finds it needs no passcode (without one: %s)', async (isOpen, state) => {
  setPolicies(desk, { mediaWithoutPasscodeAllowed: true });
  const files = { ...media.ports.files, create: async (path: string, overwrite: boolean): Promise<FileInTheMaking> => ({ ...await media.ports.files.create(path, overwrite), commit: () => Promise.reject(new AppError('disk-gone', {})) }) };
  lent = { ...lent, media: { ...media.ports, files } };
  const disk = { sizeBytes: 512 * 1024 * 1024, label: 'SanDisk 4C53', name: 'SanDisk', serial: '4C53' };
  await expect(build({ disk, overwrite: true, ...(isOpen ? { withoutPasscode: orderWithoutPasscode(desk, 'no typing in the cold store').orderId } : {}) })).rejects.toMatchObject({ code: 'disk-gone' });
  expect(getMedium(desk.db, 'M-0001')).toMatchObject({ state, withoutPasscode: isOpen });
  // Found again or not: it can still be wiped, or given up for lost with every key on it.
  if (isOpen) expect(actOnMedium(desk, { mediaId: 'M-0001', to: 'lost' }).rotations).toBe(1);
});

test('keys that are about to be sealed have a number and an audit line before the first is read', async () => {
  const seen: unknown[] = [];
  const keys = { ...desk.keys, get key2Private() { seen.push(...acts()); return desk.keys.key2Private; } };
  const order: MediumToBuild = { base: media.base('winre-x64.wim'), out: join(media.folder, 'medium.img'), overwrite: false, scope: { kind: 'all' }, language: 'en', technicians: ['test'] };
  for await (const _ of buildMedium({ ...desk, keys }, order, lent, new AbortController().signal));
  expect(seen[0]).toBe('media.build-started');
});
