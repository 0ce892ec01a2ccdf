import { expect, it } from 'vitest';
import { chooseDisk } from '../../electron/commands/media.ts';
import { bluelift, newDesk } from '../support/command-line.ts';

it.runIf(process.platform === 'linux')('lists the disks of this very computer, and refuses every one the system runs from', async () => {
  const { folder, first } = await newDesk();
  const answer = await bluelift(['disks', ...first, '--json', '--language', 'de']);
  expect(answer.code).toBe(0);
  const { disks } = answer.json() as { disks: { id: string; usable: boolean; sizeBytes: number; reasons: { code: string; severity: string; sentence: string }[] }[] };
  for (const disk of disks) {
    expect(disk.id).toMatch(/^\/dev\//);
    expect(disk.usable).toBe(disk.reasons.every(({ severity }) => severity !== 'never'));
  }
  expect((await bluelift(['disks', '--base', `${folder}/mistyped.iso`, ...first, '--json'])).json()).toMatchObject({ error: { code: 'file-not-found' } }); // it would lie on no disk
  for (const { reasons } of disks.filter(({ reasons: all }) => all.some(({ code }) => code === 'system-disk'))) expect(reasons[0]).toMatchObject({ severity: 'never', sentence: 'Der Arbeitsplatz startet oder läuft von ihm' });
}, 180_000);

it.each([['none', 'none'], [null, 'none'], [null, ''], ['4C53', '4C53']])('finds a disk whose serial number is %o by --serial %o, as it prints it', async (serial, named) => {
  const disk = { id: '/dev/sdz', serial, sizeBytes: 8_000_000_000, reasons: [] };
  const context = { api: { call: () => Promise.resolve([{ ...disk, sizeBytes: 1 }, disk]) }, print: () => undefined } as never as Parameters<typeof chooseDisk>[0]; // what it does not touch is left out
  expect(await chooseDisk(context, '/dev/sdz', { serial: named, 'size-bytes': '8000000000' })).toEqual({ id: '/dev/sdz', serial, sizeBytes: 8_000_000_000, accepted: [] });
});
