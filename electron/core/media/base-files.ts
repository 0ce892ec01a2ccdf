// Which files of a Windows image media need, and where they go on the medium.

import type { Architecture } from '../codes.ts';
import { DISC_STARTER } from './medium-paths.ts';

/** One thing the base must have; any of the paths will do. `need`: without it nothing boots, or only the manual script can run. */
type NeededFile = { readonly need: 'medium' | 'agent'; readonly anyOf: readonly string[] };

/**
 * Asks for what can not be done without, and no more: a file asked for under a wrong name would refuse a good base.
 *
 * @source field knowledge of what WinPE holds: script host and manage-bde are in stock images (OSDBuilder's lists, 1809).
 *         Not verified on images from 24H2 on (test/MANUAL.md).
 */
const NEEDED: readonly NeededFile[] = [
  { need: 'medium', anyOf: ['Windows/Boot/EFI/bootmgfw.efi'] },
  { need: 'medium', anyOf: ['Windows/Boot/DVD/EFI/BCD'] },
  { need: 'medium', anyOf: ['Windows/Boot/DVD/EFI/boot.sdi'] },
  { need: 'medium', anyOf: ['Windows/System32/manage-bde.exe'] },
  { need: 'agent', anyOf: ['Windows/System32/cscript.exe'] },
  { need: 'agent', anyOf: ['Windows/System32/scrrun.dll'] },
  // From Windows 11 24H2 on the engine behind //E:JScript is the second one.
  { need: 'agent', anyOf: ['Windows/System32/jscript.dll', 'Windows/System32/jscript9legacy.dll'] },
  // WMI: the component as a whole is there or not; which of its files stay differs between images.
  { need: 'agent', anyOf: ['wbemdisp.dll', 'WmiPrvSE.exe', 'wbemcore.dll', 'wbemprox.dll', 'wmiutils.dll', 'fastprox.dll', 'wbemcomn.dll'].map((name) => `Windows/System32/wbem/${name}`) },
];

/** A full Windows, not Windows PE: an install.wim, which would start Setup's Windows and no agent. */
const isFullWindows = (files: ImageFiles): boolean => files.has('windows/explorer.exe') && !files.has('windows/system32/winpeshl.exe');

/** Files of an image by lower-case path with `/`; the value is the path as the image writes it. */
export type ImageFiles = ReadonlyMap<string, string>;

export type MissingFiles = { readonly medium: readonly string[]; readonly agent: readonly string[] };

/** @returns What is not there, as a person would write it: `Windows\System32\jscript.dll or jscript9legacy.dll`. */
export function findMissingFiles(files: ImageFiles): MissingFiles {
  const missing = NEEDED.filter(({ anyOf }) => !anyOf.some((path) => files.has(path.toLowerCase())));
  const named = (need: NeededFile['need']): readonly string[] => missing.filter((file) => file.need === need).map(({ anyOf }) => describe(anyOf));
  return { medium: [...(isFullWindows(files) ? ['Windows\\System32\\winpeshl.exe'] : []), ...named('medium')], agent: named('agent') };
}

/** What a boot file is for: every medium, what starts by the base's own loader, what starts by its second one (signed under the authority of 2023), or discs. */
export const BOOT_FILE_SETS = ['common', 'boot', 'boot-ex', 'disc'] as const;
export type BootFileSet = (typeof BOOT_FILE_SETS)[number];
export type BootFile = { readonly set: BootFileSet; readonly onMedium: string; readonly inImage: string };

/** Windows' boot manager, signed twice over in images serviced since April 2024: path in the image, in small letters. */
export const LOADERS = { 'bootmgfw.efi': 'windows/boot/efi/bootmgfw.efi', 'bootmgfw_EX.efi': 'windows/boot/efi_ex/bootmgfw_ex.efi' } as const;
export const SECOND_LOADER = 'Windows\\Boot\\EFI_EX\\bootmgfw_EX.efi';

/** @returns Where boot files of the image go on the medium: path on the medium, path in the image. Optional ones only if they are there. */
export function bootFilesOf(files: ImageFiles, architecture: Architecture): readonly BootFile[] {
  const loader = architecture === 'arm64' ? 'BOOTAA64.EFI' : 'BOOTX64.EFI';
  const wanted: { readonly set: BootFileSet; readonly onMedium: string; readonly path: string | undefined }[] = [
    { set: 'boot', onMedium: `EFI/BOOT/${loader}`, path: LOADERS['bootmgfw.efi'] },
    { set: 'boot-ex', onMedium: `EFI/BOOT/${loader}`, path: LOADERS['bootmgfw_EX.efi'] },
    { set: 'common', onMedium: 'EFI/Microsoft/Boot/BCD', path: 'windows/boot/dvd/efi/bcd' },
    // Without it the loader of 24H2 and newer stops under Secure Boot (wimboot 2.9.0).
    { set: 'common', onMedium: 'EFI/Microsoft/Boot/boot.stl', path: 'windows/boot/efi/boot.stl' },
    { set: 'common', onMedium: 'boot/boot.sdi', path: 'windows/boot/dvd/efi/boot.sdi' },
    // It stands in a folder of the base's language.
    { set: 'disc', onMedium: DISC_STARTER, path: [...files.keys()].sort().find((path) => /^windows\/boot\/dvd\/efi\/(?:[^/]+\/)?efisys_noprompt\.bin$/.test(path)) },
  ];
  for (const [set, fonts] of [['boot', fontsOf(files, 'fonts')], ['boot-ex', new Map([...fontsOf(files, 'fonts'), ...fontsOf(files, 'fonts_ex')])]] as const) {
    for (const [name, path] of fonts) wanted.push({ set, onMedium: `EFI/Microsoft/Boot/Fonts/${name}`, path });
  }
  return wanted.flatMap(({ set, onMedium, path }) => {
    const inImage = path === undefined ? undefined : files.get(path);
    return inImage === undefined ? [] : [{ set, onMedium, inImage }];
  });
}

/** The fonts the loader's own screens use; those for Chinese, Japanese and Korean are 10 MB and stay out. The second loader's may be fewer: what lacks comes from the first’s. */
function fontsOf(files: ImageFiles, folder: 'fonts' | 'fonts_ex'): ReadonlyMap<string, string> {
  const pattern = new RegExp(`^windows/boot/${folder}/((?:segmono|segoen?|wgl4)\\w*boot)${folder === 'fonts' ? '' : '_ex'}\\.ttf$`);
  return new Map([...files.keys()].sort().flatMap((path) => {
    const name = pattern.exec(path)?.[1];
    return name === undefined ? [] : [[`${name}.ttf`, path] as const];
  }));
}

function describe(anyOf: readonly string[]): string {
  const [first = '', ...others] = anyOf;
  return [first.replaceAll('/', '\\'), ...others.map((path) => path.slice(path.lastIndexOf('/') + 1))].join(' or ');
}
