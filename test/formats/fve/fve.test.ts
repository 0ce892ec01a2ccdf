import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import GPT from 'gpt';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseRecoveryPassword, recoveryPasswordToBytes } from '../../../electron/core/keys/recovery-password.ts';
import type { ReadAt } from '../../../electron/formats/fat/read.ts';
import { openAesCcm } from '../../../electron/formats/fve/aes-ccm.ts';
import { inspectDisk, type InspectedDisk } from '../../../electron/formats/fve/find-volumes.ts';
import { readFveVolume, type FveVolume } from '../../../electron/formats/fve/metadata.ts';
import { testRecoveryPassword, type TestedPassword } from '../../../electron/formats/fve/unlock.ts';
import { constructedPassword16 } from '../../support/constructed-passwords.ts';
import { constructVolume, sealAesCcm, type ConstructedVolume } from '../../support/construct-volume.ts';
import { toEnd } from '../../support/to-end.ts';

const inspect = (readAt: ReadAt, sizeBytes: number): Promise<InspectedDisk> => toEnd(inspectDisk(readAt, sizeBytes));
const from = (bytes: Uint8Array): ReadAt => async (offset, length) => bytes.subarray(offset, offset + length);

function finish(testing: Generator<number, TestedPassword>): { tested: TestedPassword; steps: number[] } {
  const steps: number[] = [];
  for (let step = testing.next(); ; step = testing.next()) {
    if (step.done === true) return { tested: step.value, steps };
    steps.push(step.value);
  }
}

async function volumeOf(bytes: Uint8Array): Promise<FveVolume> {
  const read = await readFveVolume(from(bytes), 0);
  if (read.status !== 'volume') throw new Error(read.status);
  return read.volume;
}

let two: ConstructedVolume;
beforeAll(() => { two = constructVolume({ seed: 1 }); });

describe('a locked BitLocker volume', () => {
  it('tells its ID, the computer it belongs to, its cipher and every protector', async () => {
    expect(await volumeOf(two.image)).toMatchObject({
      layout: 'fixed', usedSpaceOnly: false, volumeId: two.volumeId, description: two.description, computerName: 'CONSTRUCTED-01', cipher: 'XTS-AES 128', createdAt: '2024-07-19T04:09:00.000Z',
      protectors: [{ kind: 'tpm', keyProtectorId: two.tpmProtectorId, lock: null }, ...two.protectors.map(({ keyProtectorId }) => ({ kind: 'recovery-password', keyProtectorId }))],
      copies: [{ state: 'good' }, { state: 'good' }, { state: 'good' }],
    });
  });

  it('is opened by its own recovery passwords only, which reveal each other', async () => {
    const volume = await volumeOf(two.image);
    const [first, second] = two.protectors;
    if (first === undefined || second === undefined) throw new Error('two protectors');
    const { tested, steps } = finish(testRecoveryPassword(volume, first.password));
    expect(tested).toEqual({ status: 'opened', keyProtectorId: first.keyProtectorId, metadataProven: true, revealsOthers: [second.keyProtectorId] });
    expect(steps.length).toBeGreaterThan(100);
    expect(finish(testRecoveryPassword(volume, second.password, second.keyProtectorId)).tested).toMatchObject({ status: 'opened', keyProtectorId: second.keyProtectorId });
    expect(finish(testRecoveryPassword(volume, first.password, second.keyProtectorId)).tested).toEqual({ status: 'not-opened' });
    expect(finish(testRecoveryPassword(volume, constructedPassword16(424_242))).tested).toEqual({ status: 'not-opened' });
  });

  it('is read from whichever metadata copy is good, and says which are not', async () => {
    for (const damaged of [[0], [1, 2], [0, 1], [0, 2]]) {
      const { image, volumeId } = constructVolume({ seed: 2, recoveryPasswords: 0, damaged });
      const volume = await volumeOf(image);
      expect(volume.volumeId).toBe(volumeId);
      expect(volume.copies.map(({ state }, n) => [n, state])).toEqual([0, 1, 2].map((n) => [n, damaged.includes(n) ? 'damaged' : 'good']));
    }
    expect(await readFveVolume(from(constructVolume({ seed: 2, recoveryPasswords: 0, damaged: [0, 1, 2] }).image), 0)).toMatchObject({ status: 'damaged', copies: [{ state: 'damaged' }, { state: 'damaged' }, { state: 'damaged' }] });
  });

  it.each([['to go', { toGo: true }], ['with sectors of 4096', { sectorBytes: 4096 as const }], ['with only the used space encrypted', { usedSpaceOnly: true }]])('is recognised %s', async (_name, wish) => {
    const { image, volumeId } = constructVolume({ seed: 3, recoveryPasswords: 0, ...wish });
    expect((await volumeOf(image)).volumeId).toBe(volumeId);
  });

  it('never throws, whatever was changed in it, and never believes a changed copy', async () => {
    const { image } = constructVolume({ seed: 4, recoveryPasswords: 0 });
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.nat(0x21000), fc.nat(255)), { maxLength: 20 }), fc.option(fc.nat(image.length)), async (changes, cut) => {
      const changed = Buffer.from(image);
      for (const [at, value] of changes) changed[at] = value;
      const read = await readFveVolume(from(cut === null ? changed : changed.subarray(0, cut)), 0);
      if (read.status === 'volume') expect(read.volume.description).toBe('CONSTRUCTED-01 OSDisk 19/07/2024');
    }), { numRuns: 500 });
  });
});

describe('a disk', () => {
  const SECTOR = 512;
  function gptDisk(volume: Buffer, blockBytes: number): Buffer {
    const disk = Buffer.alloc(8 << 20);
    const first = BigInt((1 << 20) / blockBytes);
    const table = new GPT({ blockSize: blockBytes, guid: '00000000-0000-4000-8000-000000000001', currentLBA: 1n, backupLBA: BigInt(disk.length / blockBytes) - 1n, firstLBA: 34n, lastLBA: BigInt(disk.length / blockBytes) - 40n });
    table.partitions.push(new GPT.PartitionEntry({ type: 'EBD0A0A2-B9E5-4433-87C0-68B6B72699C7', guid: '00000000-0000-4000-8000-000000000002', firstLBA: first, lastLBA: first + BigInt(volume.length / blockBytes) - 1n, attr: 0n, name: 'Basic data partition' }));
    Buffer.from(table.write()).copy(disk, blockBytes);
    volume.copy(disk, 1 << 20);
    return disk;
  }
  function mbrDisk(volume: Buffer): Buffer {
    const disk = Buffer.alloc(4 << 20);
    disk[446 + 4] = 0x07;
    disk.writeUInt32LE((1 << 20) / SECTOR, 446 + 8);
    disk.writeUInt32LE(volume.length / SECTOR, 446 + 12);
    disk.set([0x55, 0xaa], 510);
    volume.copy(disk, 1 << 20);
    return disk;
  }
  const vhd = (disk: Buffer, kind: number): Buffer => { const footer = Buffer.alloc(512); footer.write('conectix'); footer.writeUInt32BE(kind, 60); return Buffer.concat([disk, footer]); };

  it('shows its BitLocker volumes behind GPT, MBR or no table, raw or as fixed VHD', async () => {
    const { image, volumeId } = constructVolume({ seed: 5, recoveryPasswords: 0 });
    for (const [disk, offset, container] of [[image, 0, 'raw'], [mbrDisk(image), 1 << 20, 'raw'], [vhd(mbrDisk(image), 2), 1 << 20, 'fixed-vhd'], [vhd(image, 2), 0, 'fixed-vhd']] as const) {
      expect(await inspect(from(disk), disk.length)).toMatchObject({ status: 'disk', container, volumes: [{ offset, found: { status: 'volume', volume: { volumeId } } }] });
    }
    for (const blockBytes of [512, 4096]) {
      const disk = gptDisk(image, blockBytes);
      expect(await inspect(from(disk), disk.length)).toMatchObject({ status: 'disk', partitions: 1, volumes: [{ offset: 1 << 20, found: { volume: { volumeId } } }] });
    }
  });

  it('with sectors of 4096 and an MBR is counted in those sectors', async () => {
    const { image, volumeId } = constructVolume({ seed: 6, recoveryPasswords: 0, sectorBytes: 4096 });
    const disk = Buffer.alloc(4 << 20);
    image.copy(disk, 1 << 20);
    disk[(1 << 20) + 510] = 0x55;
    disk[446 + 4] = 0x07;
    disk.writeUInt32LE((1 << 20) / 4096, 446 + 8);
    disk.writeUInt32LE(image.length / 4096, 446 + 12);
    disk.set([0x55, 0xaa], 510);
    expect(await inspect(from(disk), disk.length)).toMatchObject({ status: 'disk', volumes: [{ offset: 1 << 20, sizeBytes: image.length, found: { volume: { volumeId } } }] });
  });

  it('has its logical partitions looked at too, and a chain of them that bites its tail ends', async () => {
    const { image, volumeId } = constructVolume({ seed: 6, recoveryPasswords: 0 });
    const disk = Buffer.alloc(4 << 20);
    const table = (at: number, entries: readonly (readonly [type: number, first: number, count: number])[]): void => {
      for (const [index, [type, first, count]] of entries.entries()) {
        disk[at + 446 + index * 16 + 4] = type;
        disk.writeUInt32LE(first, at + 446 + index * 16 + 8);
        disk.writeUInt32LE(count, at + 446 + index * 16 + 12);
      }
      disk.set([0x55, 0xaa], at + 510);
    };
    table(0, [[0x0f, 1024, 7168]]);
    table(1024 * SECTOR, [[0x07, 1024, image.length / SECTOR], [0x05, 512, 512]]);
    table((1024 + 512) * SECTOR, [[0x05, 512, 512]]);
    image.copy(disk, 1 << 20);
    expect(await inspect(from(disk), disk.length)).toMatchObject({ volumes: [{ offset: 1 << 20, found: { volume: { volumeId } } }] });
  });

  it('is known by the identifier of BitLocker, whatever name its formatter wrote', async () => {
    for (const [toGo, name] of [[true, 'MSWIN4.1'], [true, 'MSDOS5.0'], [true, 'EXFAT   '], [false, '-FVE-FS-']] as const) {
      const { image, volumeId } = constructVolume({ seed: 8, recoveryPasswords: 0, toGo });
      image.write(name, 3, 'latin1');
      expect(await readFveVolume(from(image), 0), name).toMatchObject({ status: 'volume', volume: { volumeId, layout: toGo ? 'to-go' : 'fixed' } });
    }
  });

  it('in a container that can not be looked into is named and declined', async () => {
    for (const [start, container] of [['vhdxfile', 'vhdx'], ['EVF\x09\x0d\x0a\xff\x00', 'e01'], ['AFF10\x0d\x0a\x00', 'aff'], ['KDMV', 'vmdk'], ['<<< Oracle VM', 'vdi'], ['QFI\xfb', 'qcow2']] as const) {
      const disk = Buffer.alloc(1 << 16);
      disk.write(start, 'latin1');
      expect(await inspect(from(disk), disk.length)).toEqual({ status: 'declined', container });
    }
    expect(await inspect(from(vhd(Buffer.alloc(4096), 3)), 4608)).toEqual({ status: 'declined', container: 'dynamic-vhd' });
  });

  it('without BitLocker has no volumes, and an empty or short one is no error', async () => {
    for (const disk of [Buffer.alloc(0), Buffer.alloc(10), Buffer.alloc(1 << 20), Buffer.from('x'.repeat(5000))]) {
      expect(await inspect(from(disk), disk.length)).toMatchObject({ status: 'disk', volumes: [] });
    }
  });
});

describe('a volume whose first sector is wiped or overwritten', () => {
  const found = async (disk: Buffer) => { const inspected = await inspect(from(disk), disk.length); return inspected.status === 'disk' ? inspected.volumes : []; };
  const wiped = (disk: Buffer, to: number, start = 0): Buffer => Buffer.from(disk).fill(0, start, to);

  it('is found by the mark of its metadata, and says so; its recovery password proves it', async () => {
    const [volume] = await found(wiped(two.image, 512));
    if (volume?.found.status !== 'volume') throw new Error('not found');
    expect(volume).toMatchObject({ offset: 0, sizeBytes: two.image.length, found: { volume: { bootSector: 'unusable', layout: null, volumeId: two.volumeId, description: two.description, copies: [{ state: 'good' }, { state: 'good' }, { state: 'good' }] } } });
    expect(finish(testRecoveryPassword(volume.found.volume, two.protectors[0]?.password ?? new Uint8Array(16))).tested).toMatchObject({ status: 'opened', metadataProven: true, revealsOthers: [two.protectors[1]?.keyProtectorId] });
    expect(await volumeOf(two.image)).toMatchObject({ bootSector: 'good' });
  });

  it('is found by whichever copy is good, and the others are reported as they are', async () => {
    for (const damaged of [[0], [1], [0, 1], [0, 2], [1, 2]]) {
      const { image, volumeId } = constructVolume({ seed: 12, recoveryPasswords: 0, damaged });
      expect(await found(wiped(image, 4096)), String(damaged)).toMatchObject([{ offset: 0, found: { volume: { volumeId, copies: [0, 1, 2].map((n) => ({ state: damaged.includes(n) ? 'damaged' : 'good' })) } } }]);
    }
    expect(await found(wiped(constructVolume({ seed: 12, recoveryPasswords: 0, damaged: [0, 1, 2] }).image, 4096))).toEqual([]);
  });

  it('is found where the table of the disk is gone with it, where it was formatted over, and where its boot sector leads astray', async () => {
    const { image, volumeId } = constructVolume({ seed: 13, recoveryPasswords: 0 });
    const disk = Buffer.alloc(6 << 20);
    image.copy(disk, 3 << 20);
    // Only the table is gone: nothing of the volume itself is wiped, and it is not said to be.
    expect(await found(disk)).toMatchObject([{ offset: 3 << 20, found: { volume: { volumeId, bootSector: 'good', layout: 'fixed' } } }]);
    expect(await found(wiped(disk, (3 << 20) + 65_536, 3 << 20))).toMatchObject([{ offset: 3 << 20, found: { volume: { volumeId, bootSector: 'unusable' } } }]);
    const formatted = Buffer.from(image);
    formatted.fill(0, 0, 512).write('NTFS    ', 3, 'latin1');
    formatted.set([0xeb, 0x52, 0x90]);
    formatted.set([0x55, 0xaa], 510);
    expect(await found(formatted)).toMatchObject([{ offset: 0, found: { volume: { volumeId, bootSector: 'unusable' } } }]);
    const astray = Buffer.from(image);
    for (const at of [176, 184, 192]) astray.writeBigUInt64LE(0x30000n, at);
    expect(await found(astray)).toMatchObject([{ offset: 0, found: { volume: { volumeId, bootSector: 'unusable', copies: [{ state: 'good' }, { state: 'good' }, { state: 'good' }] } } }]);
  });

  it('beside another one is a volume of its own, and a remnant of neither', async () => {
    const one = constructVolume({ seed: 14, recoveryPasswords: 0 });
    const other = constructVolume({ seed: 15, recoveryPasswords: 0 });
    const disk = Buffer.concat([Buffer.alloc(1 << 20), wiped(one.image, 512), wiped(other.image, 512)]);
    expect(await found(disk)).toMatchObject([{ offset: 1 << 20, found: { volume: { volumeId: one.volumeId } } }, { offset: (1 << 20) + one.image.length, found: { volume: { volumeId: other.volumeId } } }]);
  });

  it('never throws, whatever was changed in it, and believes no copy that was changed', async () => {
    const { image } = constructVolume({ seed: 16, recoveryPasswords: 0 });
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.nat(0x21000), fc.nat(255)), { maxLength: 20 }), fc.option(fc.nat(image.length)), async (changes, cut) => {
      const changed = wiped(image, 512);
      for (const [at, value] of changes) changed[at] = value;
      for (const { found: one } of await found(cut === null ? changed : changed.subarray(0, cut))) if (one.status === 'volume') expect(one.volume.description).toBe('CONSTRUCTED-01 OSDisk 19/07/2024');
    }), { numRuns: Number(process.env['BLUELIFT_RUNS'] ?? 60) });
  });
});

it("opens what the platform's own CCM sealed, and nothing that was changed", () => {
  fc.assert(fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.uint8Array({ minLength: 12, maxLength: 12 }), fc.uint8Array({ maxLength: 200 }), fc.nat(), (key, nonce, plain, at) => {
    const sealed = sealAesCcm(key, nonce, plain);
    expect(Buffer.from(openAesCcm(key, sealed) ?? [])).toEqual(Buffer.from(plain));
    sealed[at % sealed.length] = (sealed[at % sealed.length] ?? 0) ^ 1;
    expect(openAesCcm(key, sealed)).toBeNull();
  }));
});

const windowsMade = new URL('../../../../shared/fixtures/bitlk/', import.meta.url);
describe.runIf(existsSync(windowsMade))('volumes Windows made', () => {
  const conf = existsSync(windowsMade) ? readFileSync(new URL('images.conf', windowsMade), 'utf8') : '';
  const sections = [...conf.matchAll(/\[(.+?)\]\n([\s\S]*?)(?=\n\n|\n*$)/g)].map(([, name = '', body = '']) => ({ name, facts: new Map(body.split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])) }));

  it.each(sections)('with their beginning wiped, cut short, or with copies damaged, are found and proven all the same: $name', async ({ name, facts }) => {
    const image = gunzipSync(readFileSync(new URL(`${name}.img.gz`, windowsMade)));
    const whole = await volumeOf(image);
    const parsed = parseRecoveryPassword(facts.get('RP') ?? '');
    if (parsed.status !== 'ok') throw new Error('no recovery password');
    const damage = (disk: Buffer, ...copies: readonly number[]): Buffer => { for (const copy of copies) disk.fill(0x5a, (whole.copies[copy]?.offset ?? 0) + 128, (whole.copies[copy]?.offset ?? 0) + 256); return disk; };
    const states = async (disk: Buffer): Promise<unknown> => {
      const inspected = await inspect(from(disk), disk.length);
      const [first] = inspected.status === 'disk' ? inspected.volumes : [];
      return first?.found.status === 'volume' ? [first.offset, first.found.volume.volumeId, first.found.volume.bootSector, ...first.found.volume.copies.map(({ state }) => state)] : first?.found.status;
    };
    const id = facts.get('GUID')?.toUpperCase();
    const wipe = (bytes: number): Buffer => Buffer.from(image).fill(0, 0, bytes);
    expect(await states(wipe(512))).toEqual([0, id, 'unusable', 'good', 'good', 'good']);
    expect(await states(wipe(1 << 20))).toEqual([0, id, 'unusable', 'good', 'good', 'good']);
    expect(await states(damage(wipe(1 << 20), 0))).toEqual([0, id, 'unusable', 'damaged', 'good', 'good']);
    expect(await states(damage(wipe(1 << 20), 0, 1))).toEqual([0, id, 'unusable', 'damaged', 'damaged', 'good']);
    const cut = (whole.copies[1]?.offset ?? 0) - 4096;
    expect(await states(wipe(512).subarray(0, cut))).toEqual([0, id, 'unusable', 'good', 'behind-end', 'behind-end']);
    const part = image.subarray(0, Math.min(...whole.copies.map(({ offset }) => offset)) - 4096);
    const inPart = await inspect(from(part), part.length);
    expect(inPart).toMatchObject({ status: 'disk', volumes: [{ found: { status: 'damaged', copies: Array(3).fill({ state: 'behind-end' }) } }] });
    const moved = Buffer.concat([Buffer.alloc(5 << 20), wipe(512)]);
    expect(await states(moved)).toEqual([5 << 20, id, 'unusable', 'good', 'good', 'good']);
    const inspected = await inspect(from(damage(wipe(512), 0, 1)), image.length);
    const [volume] = inspected.status === 'disk' ? inspected.volumes : [];
    if (volume?.found.status !== 'volume') throw new Error('not found');
    expect(finish(testRecoveryPassword(volume.found.volume, new Uint8Array(recoveryPasswordToBytes(parsed.recoveryPassword)), whole.protectors.find(({ keyProtectorId }) => keyProtectorId === facts.get('RP_VMK_GUID')?.toUpperCase())?.keyProtectorId)).tested).toMatchObject({ status: 'opened', metadataProven: true });
  }, 240_000);

  it.each(sections)('are read and their recovery passwords proven: $name', async ({ name, facts }) => {
    const volume = await volumeOf(gunzipSync(readFileSync(new URL(`${name}.img.gz`, windowsMade))));
    expect(volume.volumeId).toBe(facts.get('GUID')?.toUpperCase());
    for (const prefix of ['RP', 'RP2']) {
      const parsed = parseRecoveryPassword(facts.get(prefix) ?? '');
      if (parsed.status !== 'ok') continue;
      const { tested } = finish(testRecoveryPassword(volume, new Uint8Array(recoveryPasswordToBytes(parsed.recoveryPassword))));
      expect(tested).toMatchObject({ status: 'opened', keyProtectorId: facts.get(`${prefix}_VMK_GUID`)?.toUpperCase(), metadataProven: true });
    }
  });
});
