import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reserveFile, writeFileOver, writeNewFile } from '../../electron/commands/text-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const failing = (code: string): unknown => expect.objectContaining({ code });

describe('a file that a command makes', () => {
  it('is never put over one that is there, unless it is a list that may be made anew', () => {
    const path = join(temporaryFolder(), 'list.csv');
    writeNewFile(path, 'first');
    expect(() => writeNewFile(path, 'second')).toThrow(failing('file-exists'));
    expect(readFileSync(path, 'utf8')).toBe('first');
    writeFileOver(path, 'third');
    expect(readFileSync(path, 'utf8')).toBe('third');
  });

  it('that finds no place says so: no folder, a folder of its name', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'reports'));
    for (const write of [writeNewFile, writeFileOver]) expect(() => write(join(folder, 'missing', 'x.csv'), 'x')).toThrow(failing('folder-not-writable'));
    expect(() => writeFileOver(join(folder, 'reports'), 'x')).toThrow(failing('file-is-a-directory'));
    expect(() => writeNewFile(join(folder, 'reports'), 'x')).toThrow(failing('file-exists'));
  });

  it.runIf(existsSync('/dev/full'))('on a full disk is said to have found a full disk', () => {
    expect(() => writeFileOver('/dev/full', 'x')).toThrow(failing('disk-full'));
  });

  it('that is told only once has its room beforehand, for its owner only, and takes exactly what it is given', () => {
    const path = join(temporaryFolder(), 'sheet.txt');
    const file = reserveFile(path, 4096);
    expect(statSync(path).size).toBe(4096);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(() => reserveFile(path, 4096)).toThrow(failing('file-exists'));
    file.fill('Blatt für den Tresor\n');
    expect(readFileSync(path, 'utf8')).toBe('Blatt für den Tresor\n');
    file.drop();
    expect(existsSync(path)).toBe(false);
    writeFileSync(path, 'there');
    expect(() => reserveFile(path, 1)).toThrow(failing('file-exists'));
    expect(readFileSync(path, 'utf8')).toBe('there');
  });
});
