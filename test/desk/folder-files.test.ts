// A folder whose files are not what they were when it was listed, or never were hand-overs: each is named with its reason, and the others come in.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { importKeys, type ImportEvent } from '../../electron/core/keys/import-keys.ts';
import { importFiles } from '../../electron/desk/import-files.ts';
import { idText, keptKeys, passwordText } from '../core/keys/import-desk.ts';
import { openTestDesk } from '../core/remediation/test-desk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const saved = (n: number): string => `BitLocker recovery key\r\n\r\nIdentifier:\r\n\r\n\t${idText(n)}\r\n\r\nRecovery Key:\r\n\r\n\t${passwordText(n)}\r\n\r\nhttps://go.microsoft.com/fwlink/?LinkID=260589\r\n`;
/** Larger than what is read at once: the thread hands it over and waits until somebody took it. */
const large = (n: number): string => `${saved(n)}${'.\r\n'.repeat(30_000)}`;

test.skipIf(process.platform === 'win32')('files that vanish, grow, or give their place to something else after they were listed stop no other', async () => {
  const folder = join(temporaryFolder(), 'hand-over');
  mkdirSync(folder);
  const at = (name: string): string => join(folder, name);
  const names = ['gone.txt', 'grown.txt', 'now-a-device.txt', 'now-a-folder.txt', 'now-a-pipe.txt', 'now-endless.txt', 'stays.txt', 'unsound.txt'];
  for (let n = 0; n < 5; n += 1) writeFileSync(at(`${n}-large.txt`), large(100 + n));
  names.forEach((name, n) => writeFileSync(at(name), saved(n)));
  writeFileSync(at('binary.txt'), Uint8Array.from({ length: 5000 }, (_byte, n) => (n * n * 31 + (n >> 3)) & 0xff));
  writeFileSync(at('empty.txt'), '');
  writeFileSync(at('one-line.txt'), 'x1,'.repeat(500_000));
  writeFileSync(at('zeros.txt'), Buffer.alloc(3000));

  /** When the first file is in, all are listed; while nobody asks for the next part, the thread gets no farther than the large ones. */
  const change = (): void => {
    for (const name of names.filter((one) => one !== 'stays.txt' && one !== 'grown.txt' && one !== 'unsound.txt')) rmSync(at(name));
    writeFileSync(at('grown.txt'), `${saved(1)}${saved(50)}${'.\r\n'.repeat(40_000)}`);
    symlinkSync('/dev/null', at('now-a-device.txt'));
    mkdirSync(at('now-a-folder.txt'));
    execFileSync('mkfifo', [at('now-a-pipe.txt')]);
    symlinkSync('/dev/zero', at('now-endless.txt'));
    writeFileSync(at('unsound.txt'), saved(7).replace(passwordText(7), passwordText(7).slice(0, 40)));
  };
  const desk = openTestDesk();
  let done: ImportEvent | undefined;
  let isChanged = false;
  for await (const event of importKeys(desk, [folder], { files: importFiles, signal: new AbortController().signal })) {
    if (event.kind === 'file' && !isChanged) {
      change();
      isChanged = true;
    }
    done = event;
  }
  if (done?.kind !== 'done') throw new Error('not done');
  expect(done.files.map(({ name, imported, rejectedCount, error }) => [name, imported, rejectedCount, error?.code ?? null, error?.facts['why'] ?? null])).toEqual([
    ...[0, 1, 2, 3, 4].map((n) => [`${n}-large.txt`, 1, 0, null, null]),
    ['binary.txt', 0, 0, 'file-not-recognised', 'binary'], ['empty.txt', 0, 0, 'file-not-recognised', 'empty'], ['gone.txt', 0, 0, 'file-not-found', null], ['grown.txt', 2, 0, null, null],
    ['now-a-device.txt', 0, 0, 'file-not-recognised', 'empty'], ['now-a-folder.txt', 0, 0, 'file-is-a-directory', null], ['now-a-pipe.txt', 0, 0, 'file-not-recognised', 'empty'], ['now-endless.txt', 0, 0, 'file-unreadable', 'not-a-file'],
    ['one-line.txt', 0, 1, 'file-not-recognised', 'nothing-found'], ['stays.txt', 1, 0, null, null], ['unsound.txt', 0, 1, null, null], ['zeros.txt', 0, 0, 'file-not-recognised', 'binary'],
  ]);
  expect(keptKeys(desk).map(({ id }) => id).sort()).toEqual([1, 6, 50, 100, 101, 102, 103, 104].map(idText).sort());
});
