import { expect, it } from 'vitest';
import { asOperator, bluelift } from '../support/command-line.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it.runIf(process.platform === 'linux')('lists the disks of this very computer, and refuses every one the system runs from', async () => {
  const folder = temporaryFolder();
  const first = asOperator(folder, 'first', 'constructed passphrase');
  await bluelift(['init', ...first]);
  const answer = await bluelift(['disks', ...first, '--json', '--language', 'de']);
  expect(answer.code).toBe(0);
  const { disks } = answer.json() as { disks: { id: string; usable: boolean; sizeBytes: number; reasons: { code: string; severity: string; sentence: string }[] }[] };
  for (const disk of disks) {
    expect(disk.id).toMatch(/^\/dev\//);
    expect(disk.usable).toBe(disk.reasons.every(({ severity }) => severity !== 'never'));
  }
  expect((await bluelift(['disks', '--base', `${folder}/mistyped.iso`, ...first, '--json'])).json()).toMatchObject({ error: { code: 'file-not-found' } }); // it would lie on no disk
  for (const { reasons } of disks.filter(({ reasons: all }) => all.some(({ code }) => code === 'system-disk'))) expect(reasons[0]).toMatchObject({ severity: 'never', sentence: 'Der Arbeitsplatz startet oder läuft von ihm' });
}, 60_000);
