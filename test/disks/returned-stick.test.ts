// Sticks that come back to the desk: recognised, read, renewed and wiped in place, on loop devices.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, readSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApi, type Api } from '../../electron/api/client.ts';
import type { Input, Output } from '../../electron/api/contract.ts';
import { transportOf } from '../../electron/api/in-process.ts';
import { createDeskApp, type DeskApp } from '../../electron/app.ts';
import { parseKeyProtectorId } from '../../electron/core/keys/key-protector-id.ts';
import { parsePasscode } from '../../electron/core/media/passcode.ts';
import { openMedium, type OpenMedium } from '../../electron/core/media/read-image.ts';
import { openSealedKeyBundle } from '../../electron/core/media/sealed-key-bundle-reader.ts';
import { AGENT_FILES, makeMediaDesk, type MediaDesk } from '../fixtures/media-desk.ts';
import { constructedPassword } from '../support/constructed-passwords.ts';
import { attachLoop, type LoopDevice } from './loop-device.ts';

const MIB = 1024 * 1024;
const SIZE_BYTES = 300 * MIB;
const ID = '3CA7495E-0000-4000-8000-000000000001';
const OTHER_ID = '3CA7495E-0000-4000-8000-000000000002';

let media: MediaDesk;
let app: DeskApp;
let api: Api;
let device: LoopDevice;
beforeEach(async () => {
  media = makeMediaDesk();
  device = attachLoop(join(media.folder, 'stick'), SIZE_BYTES);
  app = await createDeskApp({
    folder: join(media.folder, 'desk'), runtime: 'command-line', demo: false, version: 'test', idleCloseAfterMs: 0, passphraseCost: 1 << 10,
    agentFiles: async () => [...AGENT_FILES, { name: 'README.txt', bytes: Buffer.from('Read me.\r\n') }],
  });
  api = createApi(transportOf(app.dispatcher));
  await api.call('desk.create', { operatorName: 'first', passphrase: 'constructed passphrase', recoverySheet: false });
  const keys = join(media.folder, 'keys.csv');
  writeFileSync(keys, `hostname,key protector id,recovery password\nKI-SURG-0001,${ID},${constructedPassword(7)}\nKI-SURG-0002,${OTHER_ID},${constructedPassword(8)}\n`);
  for await (const _ of api.stream('imports.run', { paths: [keys] })) { /* to its end */ }
});
afterEach(async () => {
  await app.close();
  device[Symbol.dispose]();
  media[Symbol.dispose]();
});

type Disk = Output<'disks.list'>[number];
const listed = async (): Promise<Disk> => {
  const disk = (await api.call('disks.list', {})).find(({ id }) => id === device.path);
  if (disk === undefined) throw new Error('the loop device is not listed');
  return disk;
};
const chosen = ({ id, serial, sizeBytes, reasons }: Disk): NonNullable<Input<'media.build'>['disk']> => ({ id, serial, sizeBytes, accepted: reasons.filter(({ severity }) => severity === 'caution').map(({ code }) => code) });
async function last<T extends { kind: string }>(events: AsyncIterable<T>): Promise<Extract<T, { kind: 'done' }>> {
  let done: T | undefined;
  for await (const event of events) done = event;
  if (done?.kind !== 'done') throw new Error('no end');
  return done as Extract<T, { kind: 'done' }>;
}
const build = async (changes: Partial<Input<'media.build'>> = {}): Promise<Extract<Output<'media.build'>, { kind: 'done' }>> =>
  last(api.stream('media.build', { base: media.base('windows-x64.iso'), scope: { kind: 'hosts', hostnames: ['KI-SURG-0001'] }, out: device.path, technicians: ['first'], disk: chosen(await listed()), ...changes }));
const renew = async (mediaId: string, changes: Partial<Input<'media.renew'>> = {}): Promise<Extract<Output<'media.renew'>, { kind: 'done' }>> =>
  last(api.stream('media.renew', { mediaId, disk: chosen(await listed()), scope: { kind: 'hosts', hostnames: ['KI-SURG-0002'] }, technicians: ['first'], ...changes }));
const wipe = async (mediaId: string, changes: Partial<Input<'media.wipeDisk'>> = {}): Promise<Extract<Output<'media.wipeDisk'>, { kind: 'done' }>> =>
  last(api.stream('media.wipeDisk', { mediaId, disk: chosen(await listed()), ...changes }));

/** The bytes of a shard's lines: what must not be found on the disk any more. */
async function sealedLines(): Promise<Buffer[]> {
  const medium = await openMedium(device.file, media.ports.files);
  try {
    const header = await medium.readSmallFile('bluelift/bundle/header.txt', 20_000);
    const shard = await medium.readSmallFile('bluelift/bundle/00/0000.txt', 60_000);
    return [Buffer.from(header ?? []).subarray(0, 400), Buffer.from(shard ?? []).subarray(0, 100)].filter(({ length }) => length > 0);
  } finally { await medium.close(); }
}
async function read<T>(what: (medium: OpenMedium) => T | Promise<T>): Promise<T> {
  const medium = await openMedium(device.file, media.ports.files);
  try {
    return await what(medium);
  } finally { await medium.close(); }
}
const sorted = <T extends { readonly path: string }>(files: readonly T[] | undefined): T[] => (files ?? []).toSorted((a, b) => (a.path < b.path ? -1 : 1));
const isOnDisk = (bytes: Buffer): boolean => readFileSync(device.file).includes(bytes);
function put(offset: number, bytes: Buffer): void {
  const file = openSync(device.path, 'r+');
  writeSync(file, bytes, 0, bytes.length, offset);
  fsyncSync(file);
  closeSync(file);
}
function sectorOf(text: string): number {
  const at = readFileSync(device.file).indexOf(text);
  if (at < 0) throw new Error(`${text} is not on the disk`);
  return at;
}

describe('a stick that comes back', () => {
  it('is recognised, with who has it, and as erased or overwritten by what is on it', async () => {
    expect((await listed()).medium).toBeNull();
    const { medium: { mediaId, disk } } = await build();
    expect(disk).toMatchObject({ sizeBytes: SIZE_BYTES });
    await api.call('media.issue', { mediaId, holder: 'tech-ki-04' });
    expect((await listed()).medium).toEqual({ mediaId, state: 'issued', holder: 'tech-ki-04', now: 'on-it' });
    put(512, Buffer.alloc(512)); // its table is gone; without a serial nothing tells it any more
    expect((await listed()).medium).toBeNull();
  });

  it('with the manual steps alone is recognised, has no bundle to renew, and is wiped in place', async () => {
    const { medium: { mediaId }, passcodes } = await build({ mode: 'manual', technicians: [] });
    expect([passcodes, await read(({ tree }) => tree.list('bluelift/bundle')), (await listed()).medium?.mediaId]).toEqual([[], [], mediaId]);
    await expect(renew(mediaId)).rejects.toMatchObject({ code: 'renewal-needs-base', facts: { mediaId, why: 'mode' } });
    const marker = Buffer.from(await read(({ readSmallFile }) => readSmallFile('bluelift/medium.txt', 2_000)) ?? []);
    expect(isOnDisk(marker)).toBe(true);
    expect((await wipe(mediaId)).medium).toMatchObject({ state: 'wiped', mode: 'manual' });
    expect([isOnDisk(marker), await api.call('rotations.list', {})]).toMatchObject([false, { total: 0 }]);
  });

  it('is wiped in place: bundle, marker and tables are zeros when read back, and only then the register says so', async () => {
    const { medium: { mediaId } } = await build();
    await api.call('media.issue', { mediaId, holder: 'tech-ki-04' });
    const lines = await sealedLines();
    expect(lines).toHaveLength(2);
    expect(lines.every(isOnDisk)).toBe(true);
    const { medium, erasedBytes } = await wipe(mediaId, { note: 'exercise over' });
    expect(medium).toMatchObject({ mediaId, state: 'wiped', holder: null });
    expect(erasedBytes).toBeGreaterThan(4096);
    for (const bytes of [...lines, Buffer.from(`mediaId=${mediaId}`), Buffer.from('EFI PART')]) expect(isOnDisk(bytes)).toBe(false);
    const { rows } = await api.call('audit.list', { offset: 0, limit: 20 });
    expect(rows.filter(({ subject }) => subject === mediaId).map(({ act }) => act)).toEqual(expect.arrayContaining(['media.return', 'media.wipe']));
    expect(rows.find(({ act }) => act === 'media.wipe')?.details).toContain('"readBack":true');
    expect((await api.call('rotations.list', { offset: 0, limit: 10 })).rows).toHaveLength(1); // what was on it stays disclosed
    await expect(wipe(mediaId)).rejects.toMatchObject({ code: 'not-this-medium' });
  });

  it('is not touched when the disk is not the one that was shown', async () => {
    const { medium: { mediaId } } = await build();
    await expect(last(api.stream('media.wipeDisk', { mediaId, disk: { ...chosen(await listed()), sizeBytes: SIZE_BYTES + 512 } }))).rejects.toMatchObject({ code: 'disk-not-found' });
    expect((await api.call('media.get', { mediaId })).medium.state).toBe('built');
  });

  it('is renewed in place: new ID, bundle and passcode, the base untouched, the old bundle gone', async () => {
    const old = await build();
    await api.call('media.issue', { mediaId: old.medium.mediaId, holder: 'tech-ki-04' });
    const lines = await sealedLines();
    const before = readFileSync(device.file);
    const renewed = await renew(old.medium.mediaId, { expiresAt: '2099-01-01T00:00:00.000Z' });
    expect(renewed.medium).toMatchObject({ mediaId: 'M-0002', state: 'built', renewalOf: 'M-0001', scope: 'hosts 1', payload: old.medium.payload, expiresAt: '2099-01-01T00:00:00Z' });
    expect(renewed.wiped).toMatchObject({ mediaId: 'M-0001', state: 'wiped' });
    expect(lines.some(isOnDisk)).toBe(false);
    let kept = 0;
    const medium = await openMedium(device.file, media.ports.files);
    try {
      kept = medium.manifest?.files.find(({ path }) => path === 'sources/boot.wim')?.sizeBytes ?? 0;
      expect(medium.marker.mediaId).toBe('M-0002');
      expect(await medium.check()).toMatchObject({ mismatches: [], unlisted: [] });
      expect(createHash('sha256').update(Buffer.from(await medium.readSmallFile('bluelift/manifest.json', MIB) ?? [])).digest('hex')).toBe(renewed.manifestSha256);
      const passcode = parsePasscode(renewed.passcodes[0]?.passcode ?? '');
      const [own, others] = [parseKeyProtectorId(OTHER_ID), parseKeyProtectorId(ID)];
      if (passcode.status !== 'ok' || own === null || others === null) throw new Error('constructed wrongly');
      const bundle = await openSealedKeyBundle((path, mostBytes) => medium.readSmallFile(`bluelift/bundle/${path}`, mostBytes), passcode.passcode);
      if (bundle.status !== 'opened') throw new Error(bundle.status);
      expect(await bundle.find(own)).toMatchObject({ status: 'found', recoveryPassword: constructedPassword(8) });
      expect(await bundle.find(others)).toMatchObject({ status: 'not-on-this-medium' });
    } finally { await medium.close(); }
    // The WIM is where it was.
    const [wim, wimBytes] = [before.indexOf('MSWIM'), kept];
    expect(wimBytes).toBeGreaterThan(1000);
    expect(Buffer.compare(readFileSync(device.file).subarray(wim, wim + wimBytes), before.subarray(wim, wim + wimBytes))).toBe(0);
    expect((await listed()).medium).toMatchObject({ mediaId: 'M-0002', now: 'on-it' });
  });

  it('with two loaders is renewed with both of them, each on its partition; one that was changed on either is not', async () => {
    const old = await build({ base: media.base('serviced-x64.wim'), twoLoaders: true });
    expect((await listed()).reasons.map(({ code }) => code)).not.toContain('holds-files'); // both partitions are known as the medium's own
    const [loaders, second] = await read(({ manifest }) => [manifest?.loaders, manifest?.secondFiles]);
    expect(second?.map(({ path }) => path)).toEqual(expect.arrayContaining(['EFI/BOOT/BOOTX64.EFI', 'sources/boot.wim']));
    const lines = await sealedLines();
    const renewed = await renew(old.medium.mediaId);
    expect([renewed.medium, renewed.wiped]).toMatchObject([{ mediaId: 'M-0002', renewalOf: 'M-0001' }, { state: 'wiped' }]);
    expect(lines.some(isOnDisk)).toBe(false);
    const now = await read(async (medium) => ({ loaders: medium.manifest?.loaders, second: medium.manifest?.secondFiles, marker: medium.marker.mediaId, check: await medium.check() }));
    expect({ ...now, second: sorted(now.second) }).toMatchObject({ loaders, second: sorted(second), marker: 'M-0002', check: { mismatches: [], unlisted: [] } });

    const copies = [...readFileSync(device.file).toString('latin1').matchAll(/MSWIM/g)].map(({ index }) => index);
    expect(copies.length).toBe(2);
    const at = (copies[1] ?? 0) + 5000;
    put(Math.floor(at / 512) * 512, Buffer.from(readFileSync(device.file).subarray(Math.floor(at / 512) * 512, Math.floor(at / 512) * 512 + 512).map((byte) => byte ^ 1)));
    await expect(renew('M-0002')).rejects.toMatchObject({ code: 'renewal-needs-base', facts: { why: 'changed', path: '2:sources/boot.wim' } });
    expect((await api.call('media.get', { mediaId: 'M-0002' })).medium.state).toBe('built');
  });

  it('that was changed outside is not renewed, and stays as it is', async () => {
    const { medium: { mediaId } } = await build();
    const at = sectorOf('MSWIM');
    const byte = Buffer.alloc(1);
    const file = openSync(device.file, 'r');
    readSync(file, byte, 0, 1, at + 5000);
    closeSync(file);
    put(at + 5000, Buffer.from([byte.readUInt8() ^ 1]));
    await expect(renew(mediaId)).rejects.toMatchObject({ code: 'renewal-needs-base', facts: { why: 'changed', path: 'sources/boot.wim' } });
    expect((await api.call('media.get', { mediaId })).medium.state).toBe('built');
    expect((await listed()).medium).toMatchObject({ mediaId, now: 'on-it' });
    expect((await api.call('rotations.list', { offset: 0, limit: 10 })).rows).toHaveLength(1); // nothing more was sealed
  });

  it('of another desk that counts the same way is not taken for ours', async () => {
    const { medium: { mediaId } } = await build();
    put(sectorOf('bluelift-manifest 1'), Buffer.from('bluelift-manifesT 1'));
    await expect(wipe(mediaId)).rejects.toMatchObject({ code: 'not-this-medium' });
    await expect(renew(mediaId)).rejects.toMatchObject({ code: 'not-this-medium' });
  });

  it('keeps its results until they are taken in', async () => {
    const { medium: { mediaId } } = await build();
    const record = join(media.folder, 'BROKEN.txt');
    writeFileSync(record, 'bluelift-attempt 1\r\nnothing more\r\n');
    execFileSync('mcopy', ['-i', `${device.path}@@1M`, record, '::bluelift/results/BROKEN.txt'], { env: { ...process.env, MTOOLS_SKIP_CHECK: '1' } });
    expect(await api.call('attempts.import', { paths: [device.path] })).toMatchObject({ rejected: 1, files: [{ status: 'rejected' }] });
    await expect(wipe(mediaId)).rejects.toMatchObject({ code: 'results-not-taken', facts: { mediaId, records: 1 } });
    await expect(renew(mediaId)).rejects.toMatchObject({ code: 'results-not-taken' });
    expect(isOnDisk(Buffer.from('nothing more'))).toBe(true);
    expect((await wipe(mediaId, { evenUnread: true })).medium.state).toBe('wiped');
    expect(isOnDisk(Buffer.from('nothing more'))).toBe(false);
  });
});
