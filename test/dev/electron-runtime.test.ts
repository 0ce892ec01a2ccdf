import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findElectron } from '../../scripts/dev/electron-runtime.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

function machineWith(files: readonly string[]): string {
  const root = temporaryFolder();
  for (const file of files) {
    mkdirSync(join(root, file, '..'), { recursive: true });
    writeFileSync(join(root, file), file.endsWith('path.txt') ? 'electron' : '');
  }
  return root;
}

test('the runtime is there only when its files are', () => {
  const installed = machineWith(['node_modules/electron/path.txt', 'node_modules/electron/dist/electron']);
  expect(findElectron(installed, {})).toBe(join(installed, 'node_modules/electron/dist/electron'));
  expect(findElectron(machineWith(['node_modules/electron/path.txt']), {})).toBeNull(); // the download broke off
  expect(findElectron(machineWith(['node_modules/electron/index.js']), {})).toBeNull(); // the package alone
  expect(findElectron(machineWith([]), {})).toBeNull();
});

test('another runtime can be named, and has to be there', () => {
  const other = machineWith(['electron']);
  expect(findElectron(machineWith([]), { ELECTRON_OVERRIDE_DIST_PATH: other })).toBe(join(other, 'electron'));
  expect(findElectron(machineWith([]), { ELECTRON_OVERRIDE_DIST_PATH: join(other, 'gone') })).toBeNull();
});
