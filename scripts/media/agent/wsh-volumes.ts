// Volumes through FileSystemObject, mountvol and manage-bde. Nothing is read from words: exit codes, GUIDs, the file system.
import { loadComputerName } from './offline-name.ts';
import type { Files, Volumes } from './ports.ts';
import { environment, listOf } from './script-host.ts';
import type { FileSystemObject, Shell } from './script-host.ts';

const REMOVABLE = 1;
const FIXED = 2;
const OPTICAL = 4;
/** A, B: floppies. Y and Z are kept free; W is the last one handed out. */
const FREE_LETTERS = 'DEFGHIJKLMNOPQRSTUVW';

/** @param home Folder on the RAM disk for what the tools print; it is deleted as soon as it was read. */
export function makeVolumes(fso: FileSystemObject, shell: Shell, files: Files, home: string): Volumes {
  const out = `${home}out.txt`;
  const systemDrive = environment(shell, 'SystemDrive').charAt(0).toUpperCase();
  // In WinPE that is the RAM disk; in safe mode it is what is to be repaired, and no volume is given a letter.
  const isSafeMode = environment(shell, 'BLUELIFT_SAFE_MODE') !== '';
  const system = isSafeMode ? '' : systemDrive;

  // `cmd /c`, because script host finds no batch files by itself and a redirection needs it.
  const run = (command: string): number => shell.Run(`cmd /c ${command}`, 0, true);
  const print = (command: string): { readonly exitCode: number; readonly text: string } => {
    files.remove(out);
    const exitCode = run(`${command} >"${out}" 2>nul`);
    const text = files.readText(out, 65536) || '';
    files.remove(out);
    return { exitCode: exitCode, text: text };
  };
  const findIds = (text: string): string[] => {
    const ids: string[] = [];
    const pattern = /\{([0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12})\}/g;
    for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) ids.push((match[1] || '').toUpperCase());
    return ids;
  };

  return {
    giveLetters: () => (isSafeMode ? [] : giveLetters(fso, print, run)),
    letters: () => {
      const letters: string[] = [];
      const drives = listOf(fso.Drives);
      for (let i = 0; i < drives.length; i++) {
        const drive = drives[i];
        if (drive === undefined || (drive.DriveType !== FIXED && drive.DriveType !== REMOVABLE)) continue;
        const letter = drive.DriveLetter.charAt(0).toUpperCase();
        if (letter !== system) letters.push(letter);
      }
      return letters.sort();
    },
    discs: () => {
      const letters: string[] = [];
      const drives = listOf(fso.Drives);
      for (let i = 0; i < drives.length; i++) {
        const drive = drives[i];
        if (drive !== undefined && drive.DriveType === OPTICAL && drive.IsReady) letters.push(drive.DriveLetter.charAt(0).toUpperCase());
      }
      return letters.sort();
    },
    // A locked volume is not ready in Windows. In the rehearsal it is a folder with nothing in it, which no Windows volume ever is.
    isReadable: (letter) => {
      try {
        if (!fso.GetDrive(`${letter}:`).IsReady) return false;
        const root = fso.GetFolder(`${letter}:\\`);
        return listOf(root.SubFolders).length > 0 || listOf(root.Files).length > 0;
      } catch (error) {
        return false;
      }
    },
    // The exit code alone (not 0 when there is none, as Microsoft's own recovery tool relies on): what it prints may hold the recovery password.
    hasProtectors: (letter) => run(`manage-bde -protectors -get ${letter}: >nul 2>&1`) === 0,
    // Only for locked volumes: of an open one manage-bde would print the recovery password itself.
    protectors: (letter) => {
      const ids = findIds(print(`manage-bde -protectors -get ${letter}: -Type RecoveryPassword`).text);
      return { ids: ids, hasOthers: ids.length === 0 && findIds(print(`manage-bde -protectors -get ${letter}:`).text).length > 0 };
    },
    // manage-bde takes the recovery password on its command line and nowhere else: it stands there for a moment, in WinPE's memory.
    unlock: (letter, recoveryPassword) => run(`manage-bde -unlock ${letter}: -RecoveryPassword ${recoveryPassword} >nul 2>&1`) >>> 0,
    setSafeBoot: (store, id) => run(`bcdedit ${inStore(store)}/set ${id} safeboot network >nul 2>&1`),
    clearSafeBoot: (store, id) => run(`bcdedit ${inStore(store)}/deletevalue ${id} safeboot >nul 2>&1`),
    computerName: (letter, windowsRoot) => (isSafeMode ? (letter === systemDrive ? environment(shell, 'COMPUTERNAME') : '') || null : loadComputerName(shell, files, run, `${letter}:\\${windowsRoot}`, home)),
  };
}

function inStore(store: string): string {
  return store === '' ? '' : `/store "${store}" `;
}

/**
 * Gives a letter to every volume mountvol lists without one (a locked volume whose letter was taken, an EFI partition): WinPE
 * forgets it at restart. Of what mountvol prints only volume names and paths count, its words differ by language.
 */
function giveLetters(fso: FileSystemObject, print: (command: string) => { readonly text: string }, run: (command: string) => number): string[] {
  const given: string[] = [];
  const blocks = print('mountvol').text.split('\\\\?\\Volume');
  let next = 0;
  for (let i = 1; i < blocks.length; i++) {
    const block = blocks[i] || '';
    const name = /^\{[0-9A-Fa-f-]{36}\}\\/.exec(block);
    if (name === null || /[\r\n]\s*[A-Z]:\\/.test(block)) continue;
    while (next < FREE_LETTERS.length && hasDrive(fso, FREE_LETTERS.charAt(next))) next++;
    if (next === FREE_LETTERS.length) break;
    const letter = FREE_LETTERS.charAt(next++);
    if (run(`mountvol ${letter}: \\\\?\\Volume${name[0]} >nul 2>&1`) === 0) given.push(letter);
  }
  return given;
}

function hasDrive(fso: FileSystemObject, letter: string): boolean {
  try {
    return fso.GetDrive(`${letter}:`).DriveType !== 0;
  } catch (error) {
    return false;
  }
}
