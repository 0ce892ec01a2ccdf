// NOT IN WINE: reg load (test/MANUAL.md). Second way: none, the record goes without the computer name.
// A copy of the hive is loaded, never the host's own: loading would replay its logs into it.
import type { Files } from './ports.ts';
import type { Shell } from './script-host.ts';

const KEY = 'HKLM\\BlueliftOffline';

/**
 * @param windows Folder of the Windows, for example `C:\Windows`. Only read.
 * @returns The computer name, or null when the hive can not be copied (RAM disk full) or loaded.
 */
export function loadComputerName(shell: Shell, files: Files, run: (command: string) => number, windows: string, home: string): string | null {
  const copy = `${home}system.hiv`;
  let name: string | null = null;
  if (run(`copy /y "${windows}\\System32\\config\\SYSTEM" "${copy}" >nul 2>&1`) === 0) {
    if (run(`reg load ${KEY} "${copy}" >nul 2>&1`) === 0) {
      try {
        const set = Number(shell.RegRead(`${KEY}\\Select\\Current`));
        name = String(shell.RegRead(`${KEY}\\ControlSet00${set}\\Control\\ComputerName\\ComputerName\\ComputerName`));
      } catch (error) {
        name = null;
      }
      run(`reg unload ${KEY} >nul 2>&1`);
    }
    run(`del /f /q "${copy}*" >nul 2>&1`);
  }
  files.remove(copy);
  return name !== null && /^[^\x00-\x20]{1,200}$/.test(name) ? name : null;
}
