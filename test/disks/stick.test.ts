// Sticks written for real, on loop devices: the kernel's own block devices, with its exclusive opening and its errors.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildImage } from '../../electron/core/media/build-image.ts';
import { writeDisk, type DiskWriteOptions } from '../../electron/core/media/disk-write.ts';
import type { BuildProgress, BuiltImage } from '../../electron/core/media/image-order.ts';
import { openMedium } from '../../electron/core/media/read-image.ts';
import { createDiskTarget } from '../../electron/desk/disks/disk-target.ts';
import type { WantedDisk } from '../../electron/desk/disks/hand-to-writer.ts';
import { openDisk } from '../../electron/desk/disks/linux-disks.ts';
import { makeMediaDesk, type MediaDesk } from '../fixtures/media-desk.ts';
import { attachLoop, type LoopDevice } from './loop-device.ts';

const MIB = 1024 * 1024;
const SIZE_BYTES = 512 * MIB;

let desk: MediaDesk;
const open: Disposable[] = [];
beforeEach(() => { desk = makeMediaDesk(); });
afterEach(() => {
  while (open.length > 0) open.pop()?.[Symbol.dispose]();
  desk[Symbol.dispose]();
});

function stick(name = 'stick', folder = desk.folder): LoopDevice {
  const device = attachLoop(join(folder, name), SIZE_BYTES);
  open.push(device);
  return device;
}

const wantedOf = ({ path, sizeBytes }: LoopDevice, changes: Partial<WantedDisk> = {}): WantedDisk => ({ id: path, serial: null, sizeBytes, accepted: ['virtual', 'holds-files', 'is-a-medium'], ...changes });

function write(device: LoopDevice, { wanted = wantedOf(device), signal, onProgress, mediaId }: { wanted?: WantedDisk; signal?: AbortSignal; onProgress?: (progress: BuildProgress) => void; mediaId?: string } = {}): Promise<BuiltImage> {
  const order = desk.order({ base: desk.base('windows-x64.iso'), out: device.path });
  const nameMedium = mediaId === undefined ? order.nameMedium : () => ({ mediaId, auditHead: null });
  return buildImage({ ...order, nameMedium, ontoDisk: true, sizeBytes: device.sizeBytes }, { ...desk.ports, files: { ...desk.ports.files, create: () => createDiskTarget(wanted, join(desk.folder, 'waiting'), [desk.folder]) } }, { signal, onProgress });
}

const hasTable = (device: LoopDevice): boolean => {
  const sector = Buffer.alloc(1024);
  const file = openSync(device.file, 'r');
  readSync(file, sector, 0, sector.length, 0);
  closeSync(file);
  return sector.some((byte) => byte !== 0);
};

function expectSound(device: LoopDevice): void {
  expect(execFileSync('sgdisk', ['-v', device.path], { encoding: 'utf8' })).toContain('No problems found');
  const partition = join(desk.folder, 'partition');
  execFileSync('dd', [`if=${device.path}`, `of=${partition}`, 'bs=1M', 'skip=1', 'conv=sparse', 'status=none']);
  expect(spawnSync('fsck.fat', ['-nv', partition], { encoding: 'utf8' }).stdout).toMatch(/\d+ files, \d+\/\d+ clusters/);
}

async function expectWhole(device: LoopDevice): Promise<void> {
  const medium = await openMedium(device.file, desk.ports.files);
  try { expect((await medium.check()).mismatches).toEqual([]); } finally { await medium.close(); }
}

describe('a stick', () => {
  it('is written over whatever was on it, used parts only, read back, and sound for others', async () => {
    const device = stick();
    const file = openSync(device.file, 'r+');
    const noise = Buffer.alloc(4 * MIB, 0xa5);
    for (let at = 0; at < SIZE_BYTES; at += noise.length) writeSync(file, noise, 0, noise.length, at);
    closeSync(file);
    const steps = new Set<string>();
    const built = await write(device, { onProgress: ({ step }) => steps.add(step) });
    expect([...steps]).toEqual(['read-base', 'add-agent', 'seal', 'prepare', 'write', 'verify']);
    expectSound(device);
    await expectWhole(device);
    expect(built.usedBytes).toBeLessThan(SIZE_BYTES / 4);
    const after = Buffer.alloc(MIB);
    const again = openSync(device.file, 'r');
    readSync(again, after, 0, MIB, SIZE_BYTES - 64 * MIB);
    closeSync(again);
    expect(after.every((byte) => byte === 0xa5)).toBe(true); // free space was not touched
  });

  it('holds the same bytes as an image of its size', async () => {
    const device = stick();
    await write(device);
    const order = desk.order({ base: desk.base('windows-x64.iso') });
    const image = await buildImage({ ...order, sizeBytes: SIZE_BYTES }, desk.ports);
    expect(Buffer.compare(readFileSync(device.file), readFileSync(image.path))).toBe(0);
  });

  it('is one of several written at once, each with its own ID', async () => {
    const devices = ['one', 'two', 'three'].map((name) => stick(name));
    await Promise.all(devices.map((device, index) => write(device, { mediaId: `BL-STICK-${index}` })));
    for (const [index, device] of devices.entries()) {
      expectSound(device);
      const medium = await openMedium(device.file, desk.ports.files);
      try { expect(medium.marker.mediaId).toBe(`BL-STICK-${index}`); } finally { await medium.close(); }
    }
  });

  it('is left alone when it is not the one that was chosen any more', async () => {
    const device = stick();
    for (const changes of [{ sizeBytes: SIZE_BYTES + 512 }, { serial: 'OTHER' }, { id: '/dev/loop-none' }]) {
      await expect(write(device, { wanted: wantedOf(device, changes) })).rejects.toMatchObject({ code: 'disk-not-found' });
    }
    expect(hasTable(device)).toBe(false);
  });

  it('is left alone when something speaks against it that nobody has seen', async () => {
    const device = stick();
    await expect(write(device, { wanted: wantedOf(device, { accepted: [] }) })).rejects.toMatchObject({ code: 'disk-refused', facts: { reasons: ['virtual'] } });
  });

  it('is left alone while it is mounted, and the kernel refuses it too', async () => {
    const device = stick();
    execFileSync('mkfs.ext4', ['-q', device.path], { stdio: 'ignore' });
    const place = join(desk.folder, 'mounted');
    mkdirSync(place);
    execFileSync('mount', [device.path, place]);
    try {
      await expect(write(device)).rejects.toMatchObject({ code: 'disk-refused', facts: { reasons: ['mounted'] } });
      await expect(openDisk(device.path)).rejects.toMatchObject({ code: 'disk-busy' });
    } finally {
      execFileSync('umount', [place]);
    }
  });

  it('is no file, whatever it is called', async () => {
    await expect(openDisk(join(desk.folder, 'none'))).rejects.toMatchObject({ code: 'disk-gone' });
    const device = stick();
    await expect(openDisk(device.file)).rejects.toMatchObject({ code: 'disk-refused' });
  });

  it('that is cancelled in the middle has no table and can be written again', async () => {
    const device = stick();
    await write(device);
    expect(hasTable(device)).toBe(true);
    let asked = 0;
    await expect(writeRuns(device, { isCancelled: () => (asked += 1) > 3 })).rejects.toMatchObject({ code: 'cancelled' });
    expect(hasTable(device)).toBe(false);
    await write(device);
    expectSound(device);
  });

  it('that is cancelled before the writer has begun is left as it was', async () => {
    const device = stick();
    await write(device);
    const stop = new AbortController();
    await expect(write(device, { signal: stop.signal, onProgress: ({ step }) => { if (step === 'prepare') stop.abort(); } })).rejects.toMatchObject({ code: 'cancelled' });
    await expectWhole(device);
  });

  it('that fails in the middle has no table, says so, and can be written again', async () => {
    const small = join(desk.folder, 'small');
    mkdirSync(small);
    // A file system that is full gives the loop device real errors: EIO, as from a worn stick.
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', small]);
    try {
      const device = attachLoop(join(small, 'stick'), SIZE_BYTES);
      try {
        await expect(write(device)).rejects.toMatchObject({ code: 'disk-failed', facts: { at: 'write' } });
        expect(hasTable(device)).toBe(false);
        execFileSync('mount', ['-o', 'remount,size=400m', small]);
        await write(device);
        expectSound(device);
      } finally {
        device[Symbol.dispose]();
      }
    } finally {
      execFileSync('umount', ['--lazy', small]);
    }
  });

  it('that lies about what it keeps is found out when it is read back', async () => {
    const device = stick();
    await expect(writeRuns(device, {
      onProgress: (step, doneBytes) => {
        if (step !== 'verify' || doneBytes !== 0) return;
        const file = openSync(device.file, 'r+');
        writeSync(file, Buffer.alloc(512, 1), 0, 512, 9 * MIB);
        fsyncSync(file);
        closeSync(file);
      },
    })).rejects.toMatchObject({ code: 'disk-failed', facts: { at: 'verify', offset: 8 * MIB } });
    expect((await writeRuns(device, {})).direct).toBe(true); // the same bytes, when nobody spoils them
  });
});

/** A table at the start and 16 MiB behind it, written by this process itself. */
async function writeRuns(device: LoopDevice, options: DiskWriteOptions): Promise<{ direct: boolean }> {
  const bytes = Buffer.alloc(4 * MIB, 0x5a);
  const hash = (size: number): string => createHash('sha256').update(bytes.subarray(0, size)).digest('hex');
  const runs = [{ offset: 0, sizeBytes: 512, at: 0, sha256: hash(512) }, ...[1, 2, 3, 4].map((n) => ({ offset: n * 4 * MIB, sizeBytes: bytes.length, at: 0, sha256: hash(bytes.length) }))];
  const disk = await openDisk(device.path);
  try {
    await writeDisk(runs, disk, { read: (_at, into) => Promise.resolve(void into.set(bytes.subarray(0, into.length))) }, options);
    return { direct: disk.direct };
  } finally {
    await disk.close();
  }
}
