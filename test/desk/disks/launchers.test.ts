import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { chooseLauncher, LAUNCHERS, launchWords, NOT_AGREED } from '../../../electron/desk/disks/launchers.ts';

const WRITER = { program: '/opt/Blue Lift/node', words: ['/opt/Blue Lift/disk-writer.js', "/tmp/it's here/request.json"] };

describe('a process that may write disks', () => {
  it.each([
    ['linux', true, 'direct'], ['linux', false, 'pkexec'], ['win32', false, 'uac'], ['darwin', false, 'osascript'], ['win32', true, 'direct'], ['freebsd', false, 'pkexec'],
  ] as const)('is started on %s (may write: %s) by %s', (platform, mayWrite, launcher) => { expect(chooseLauncher({ platform, mayWrite })).toBe(launcher); });

  it('is started as it is where it has the rights already', () => { expect(launchWords('direct', WRITER)).toEqual(WRITER); });

  it('is handed to pkexec word by word, past any shell', () => { expect(launchWords('pkexec', WRITER)).toEqual({ program: 'pkexec', words: [WRITER.program, ...WRITER.words] }); });

  it('is asked of Windows with the line its own parser takes apart again', () => {
    const { program, words } = launchWords('uac', { program: String.raw`C:\Program Files\Bluelift\bluelift.exe`, words: [String.raw`--write-disk=C:\Users\O'Neil\a "b"\request.json`, 'C:\\ends\\'] });
    expect(program).toBe('powershell.exe');
    expect(words.at(-1)).toContain(String.raw`-FilePath 'C:\Program Files\Bluelift\bluelift.exe' -ArgumentList '"--write-disk=C:\Users\O''Neil\a \"b\"\request.json" "C:\ends\\"' -Verb RunAs`);
  });

  it('reaches the shell of macOS as it was meant, apostrophes and spaces included', () => {
    const line = launchWords('osascript', { program: 'printf', words: ['%s\\n', ...WRITER.words, '$(id)"'] }).words[1] ?? '';
    const script = /^do shell script "(.*)" with administrator privileges$/s.exec(line)?.[1]?.replace(/\\(["\\])/g, '$1') ?? '';
    if (process.platform !== 'win32') expect(execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' })).toBe([...WRITER.words, '$(id)"', ''].join('\n'));
  });

  it('is known by its exit code when nobody agreed, but for the one that asks nobody', () => {
    expect(LAUNCHERS.filter((launcher) => NOT_AGREED[launcher].length === 0)).toEqual(['direct']);
    expect(NOT_AGREED.pkexec).toEqual([126, 127]);
  });
});
