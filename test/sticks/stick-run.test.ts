// The whole way of sticks on a PC with USB ports: plugged in, seen, written, pulled in the middle, written again. The kernel, its USB stack, udev and
// lsblk are real, the port and the stick are QEMU's.
import { execFileSync } from 'node:child_process';
import { closeSync, openSync, readSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Input, Output } from '../../electron/api/contract.ts';
import { openMedium } from '../../electron/core/media/read-image.ts';
import { buildStale } from '../../scripts/dev/build.ts';
import { makeMediaDesk } from '../fixtures/media-desk.ts';
import { constructedPassword } from '../support/constructed-passwords.ts';
import { startGuest, type Guest, type Stick } from './guest.ts';

const MIB = 1024 * 1024;
const SIZE_BYTES = 512 * MIB;
/** As sold: its file tables alone are 16 MB, so that there is something to write. */
const LARGE_BYTES = 30_752_000_000 - (30_752_000_000 % 512);
/** So slow that there is time to pull it. */
const SLOW = { writeBytesPerSecond: 4 * MIB };
/** Everything waits for a PC without KVM, maybe on a busy machine. */
const LONG_MS = 900_000;
/** A disk that has not appeared by then does not come any more. */
const LATEST_MS = 180_000;
const BASE = '/desk/base.iso';

type Disk = Output<'disks.list'>[number];
type BuildEvent = Output<'media.build'>;

let guest: Guest;
let [first, second]: Stick[] = [];
beforeAll(async () => {
  await buildStale(['agent', 'electron'], () => undefined);
  guest = await startGuest();
  await guest.api.call('desk.create', { operatorName: 'first', passphrase: 'constructed passphrase', recoverySheet: false });
  await guest.run('sh', '-c', `printf 'hostname,key protector id,recovery password\\nKI-SURG-0001,3CA7495E-0000-4000-8000-000000000001,${constructedPassword(7)}\\n' > /desk/keys.csv`);
  for await (const _ of guest.api.stream('imports.run', { paths: ['/desk/keys.csv'] })) { /* to its end */ }
  await guest.run('sh', '-c', `gunzip -c /bluelift/test/fixtures/base/windows-x64.iso.gz > ${BASE}`);
  first = await guest.makeStick({ name: 'first', serial: 'STICK-0001', sizeBytes: LARGE_BYTES, ...SLOW });
  second = await guest.makeStick({ name: 'second', serial: 'STICK-0002', sizeBytes: SIZE_BYTES });
}, LONG_MS);
afterAll(() => guest?.[Symbol.asyncDispose](), 60_000);

const stickOf = (made: Stick | undefined): Stick => { if (made === undefined) throw new Error('no stick'); return made; };
const listed = async (serial: string): Promise<Disk | undefined> => (await guest.api.call('disks.list', {})).find((disk) => disk.serial === serial);
/** Asks until the kernel and udev have made a disk of it, and have read what is on it. */
async function seen(serial: string, now?: NonNullable<Disk['medium']>['now']): Promise<Disk> {
  let last: Disk | undefined;
  for (const before = Date.now(); Date.now() - before < LATEST_MS;) {
    last = await listed(serial);
    if (last !== undefined && (now === undefined || last.medium?.now === now)) return last;
    await new Promise((resolve) => { setTimeout(resolve, 300); });
  }
  throw new Error(`no disk ${serial}, or not as it should be (${JSON.stringify(last?.medium)}):\n${guest.said()}`);
}
const order = ({ id, serial, sizeBytes, reasons }: Disk): Input<'media.build'> => ({
  base: BASE, scope: { kind: 'all' }, out: id, technicians: ['first'], disk: { id, serial, sizeBytes, accepted: reasons.filter(({ severity }) => severity === 'caution').map(({ code }) => code) },
});
async function write(disk: Disk, onProgress: (event: Extract<BuildEvent, { kind: 'progress' }>) => void = () => undefined): Promise<Extract<BuildEvent, { kind: 'done' }>> {
  for await (const event of guest.api.stream('media.build', order(disk))) {
    if (event.kind === 'done') return event;
    onProgress(event);
  }
  throw new Error('no end');
}

/** Looked at from outside, as another computer would. */
async function expectMedium(stick: Stick, mediaId: string): Promise<void> {
  using desk = makeMediaDesk();
  const medium = await openMedium(stick.file, desk.ports.files);
  try {
    expect(medium.marker.mediaId).toBe(mediaId);
    expect((await medium.check()).mismatches).toEqual([]);
  } finally { await medium.close(); }
  expect(execFileSync('sgdisk', ['-v', stick.file], { encoding: 'utf8' })).toContain('No problems found');
}
function hasTable({ file }: Stick): boolean {
  const bytes = Buffer.alloc(MIB);
  const open = openSync(file, 'r');
  readSync(open, bytes, 0, MIB, 0);
  closeSync(open);
  return bytes.some((byte) => byte !== 0);
}

describe('a stick', () => {
  it('rings the bell when it is plugged in, and appears with name, size and serial', async () => {
    expect(await guest.api.call('disks.list', {})).toEqual([]);
    const rung = (async () => {
      for await (const { changed } of guest.api.stream('desk.changes', {})) if (changed.includes('disks')) return 'rung';
      return 'ended';
    })();
    await guest.plugIn(stickOf(first));
    expect(await Promise.race([rung, new Promise((resolve) => { setTimeout(resolve, LATEST_MS, 'silent'); })])).toBe('rung');
    expect(await seen('STICK-0001')).toMatchObject({ id: '/dev/sda', name: 'QEMU HARDDISK', sizeBytes: LARGE_BYTES, bus: 'usb', contents: [], usable: true, reasons: [] });
  }, LONG_MS);

  it('that is pulled in the middle of writing is said to be unplugged, has no table, and its medium counts as wiped', async () => {
    let pulling: Promise<void> | null = null;
    await expect(write(await seen('STICK-0001'), ({ step, doneBytes }) => {
      if (step === 'write' && doneBytes > 0) pulling ??= guest.pullOut(stickOf(first));
    })).rejects.toMatchObject({ code: 'disk-gone', facts: { disk: '/dev/sda' } });
    expect(pulling).not.toBeNull();
    await pulling;
    expect(hasTable(stickOf(first))).toBe(false);
    expect((await guest.api.call('media.list', { offset: 0, limit: 10 })).rows).toMatchObject([{ mediaId: 'M-0001', state: 'wiped' }]);
    expect(await guest.api.call('disks.list', {})).toEqual([]);
  }, LONG_MS);

  it('is plugged in again and written to the end, past the cache, read back, and sound for another computer', async () => {
    await guest.plugIn(stickOf(first));
    const steps = new Set<string>();
    const { medium } = await write(await seen('STICK-0001'), ({ step }) => steps.add(step));
    expect([...steps].slice(-3)).toEqual(['prepare', 'write', 'verify']); // the base was made ready the first time
    expect(medium).toMatchObject({ mediaId: 'M-0002', state: 'built', imageName: 'QEMU HARDDISK STICK-0001' });
    await expectMedium(stickOf(first), 'M-0002');
  }, LONG_MS);

  it('in use by somebody is refused by our rules, and by the kernel when they are passed over', async () => {
    const { id } = await seen('STICK-0001');
    await guest.run('sh', '-c', `mkdir -p /desk/at && udevadm settle && mount -t vfat -o ro ${id}1 /desk/at`);
    expect((await seen('STICK-0001')).reasons).toMatchObject([{ code: 'mounted', severity: 'never', about: ['/desk/at'] }, { code: 'is-a-medium' }]);
    await expect(write(await seen('STICK-0001'))).rejects.toMatchObject({ code: 'disk-refused', facts: { reasons: ['mounted'] } });
    const opening = "const { open, constants } = require('fs'); open(process.argv[1], constants.O_RDWR | constants.O_EXCL, (error) => console.log(error === null ? 'opened' : error.code))";
    expect(await guest.run('node', '-e', opening, id)).toBe('EBUSY\n');
    await guest.run('umount', '/desk/at');
    expect(await guest.run('node', '-e', opening, id)).toBe('opened\n');
  }, LONG_MS);

  it('is one of several in the ports, each known by its serial', async () => {
    await guest.plugIn(stickOf(second));
    const { id } = await seen('STICK-0002');
    expect(id).not.toBe((await seen('STICK-0001')).id);
    const { medium } = await write(await seen('STICK-0002'));
    await expectMedium(stickOf(second), medium.mediaId);
    await expectMedium(stickOf(first), 'M-0002');
  }, LONG_MS);

  it('that comes back is known by its serial, whoever has it, and its bundle is renewed and wiped in place', async () => {
    await guest.api.call('media.issue', { mediaId: 'M-0002', holder: 'tech-ki-04' });
    await guest.pullOut(stickOf(first));
    for (const before = Date.now(); (await listed('STICK-0001')) !== undefined && Date.now() - before < LATEST_MS;) await new Promise((resolve) => { setTimeout(resolve, 300); });
    await guest.plugIn(stickOf(first));
    const disk = await seen('STICK-0001', 'on-it');
    expect(disk.medium).toEqual({ mediaId: 'M-0002', state: 'issued', holder: 'tech-ki-04', now: 'on-it' });
    expect(await guest.api.call('attempts.import', { paths: [disk.id] })).toMatchObject({ imported: 0, rejected: 1, files: [{ reason: 'no-records' }] });
    let renewed = '';
    for await (const event of guest.api.stream('media.renew', { mediaId: 'M-0002', disk: order(disk).disk ?? { id: '', serial: null, sizeBytes: 1 }, scope: { kind: 'all' }, technicians: ['first'] })) if (event.kind === 'done') renewed = event.medium.mediaId;
    await expectMedium(stickOf(first), renewed);
    expect((await guest.api.call('media.get', { mediaId: 'M-0002' })).medium.state).toBe('wiped');
    const again = await seen('STICK-0001', 'on-it');
    expect(again.medium).toMatchObject({ mediaId: renewed });
    for await (const event of guest.api.stream('media.wipeDisk', { mediaId: renewed, disk: order(again).disk ?? { id: '', serial: null, sizeBytes: 1 } })) if (event.kind === 'done') expect(event.medium.state).toBe('wiped');
    expect(hasTable(stickOf(first))).toBe(false);
    expect((await seen('STICK-0001', 'erased')).medium).toMatchObject({ mediaId: renewed, state: 'wiped' });
  }, LONG_MS);
});
