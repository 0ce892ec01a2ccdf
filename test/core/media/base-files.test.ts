import { describe, expect, it } from 'vitest';
import { findMissingFiles } from '../../../electron/core/media/base-files.ts';

const BOOT = ['Windows/Boot/EFI/bootmgfw.efi', 'Windows/Boot/DVD/EFI/BCD', 'Windows/Boot/DVD/EFI/boot.sdi', 'Windows/System32/manage-bde.exe'];
const AGENT = ['Windows/System32/cscript.exe', 'Windows/System32/scrrun.dll', 'Windows/System32/jscript.dll', 'Windows/System32/wbem/wmiutils.dll'];
const having = (...paths: readonly string[]): ReturnType<typeof findMissingFiles> => findMissingFiles(new Map(paths.map((path) => [path.toLowerCase(), path])));

describe('a base', () => {
  it('needs what boots, unlocks and runs the agent, and nothing else', () => {
    expect(having(...BOOT, ...AGENT)).toEqual({ medium: [], agent: [] });
  });

  it.each([...BOOT, ...AGENT])('without %s names it', (left) => {
    const { medium, agent } = having(...[...BOOT, ...AGENT].filter((path) => path !== left));
    expect([...medium, ...agent]).toHaveLength(1);
    expect([...medium, ...agent][0]).toContain(BOOT.includes(left) || !left.includes('wbem') ? (left.split('/').at(-1) ?? '') : 'wbem');
  });

  it('of 24H2 and later has the other script engine', () => {
    expect(having(...BOOT, ...AGENT.filter((path) => !path.endsWith('jscript.dll')), 'Windows/System32/jscript9legacy.dll').agent).toEqual([]);
  });

  it('that is a full Windows is none', () => {
    expect(having(...BOOT, ...AGENT, 'Windows/explorer.exe').medium).toEqual(['Windows\\System32\\winpeshl.exe']);
  });
});
