// How a process with the right to write a disk is started, by system: one table, each line the words of one documented tool.

export const LAUNCHERS = ['direct', 'pkexec', 'uac', 'osascript'] as const;
export type Launcher = (typeof LAUNCHERS)[number];

export interface LaunchPlace {
  readonly platform: string;
  /** The process may open disks as it is: root, or a disk it was given. */
  readonly mayWrite: boolean;
}

export interface Words { readonly program: string; readonly words: readonly string[] }

/** Exit codes of a launcher that mean: nobody agreed. Anything else is the writer's own, and its report says more. */
export const NOT_AGREED: Readonly<Record<Launcher, readonly number[]>> = {
  direct: [],
  /** 126: dismissed; 127: not authorised, or no agent to ask. @source pkexec(1). */
  pkexec: [126, 127],
  /** What the script below ends with when Windows says ERROR_CANCELLED (1223). */
  uac: [77],
  /** osascript ends with 1 on any error; "User canceled" is -128. */
  osascript: [1],
};

/** In single quotes a shell expands nothing. */
const forShell = (word: string): string => `'${word.replaceAll("'", String.raw`'\''`)}'`;
/** In single quotes PowerShell expands nothing; the typographic ones end a string as well. */
export const forPowerShell = (word: string): string => `'${word.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
/** As CommandLineToArgvW takes a line apart: Start-Process joins its arguments without quoting them. */
const forWindowsLine = (word: string): string => `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
const forAppleScript = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

const TABLE: Readonly<Record<Launcher, (writer: Words) => Words>> = {
  direct: (writer) => writer,
  pkexec: ({ program, words }) => ({ program: 'pkexec', words: [program, ...words] }),
  uac: ({ program, words }) => ({
    program: 'powershell.exe',
    words: ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command',
      `try { $p = Start-Process -FilePath ${forPowerShell(program)} -ArgumentList ${forPowerShell(words.map(forWindowsLine).join(' '))} -Verb RunAs -WindowStyle Hidden -PassThru -Wait; exit $p.ExitCode } catch { exit 77 }`],
  }),
  osascript: ({ program, words }) => ({ program: 'osascript', words: ['-e', `do shell script ${forAppleScript([program, ...words].map(forShell).join(' '))} with administrator privileges`] }),
};

/** @returns How the writer gets the rights it needs; `direct` where the desk has them. */
export function chooseLauncher({ platform, mayWrite }: LaunchPlace): Launcher {
  if (mayWrite) return 'direct';
  return platform === 'win32' ? 'uac' : platform === 'darwin' ? 'osascript' : 'pkexec';
}

/** @returns What is started so that `writer` runs with the rights of an administrator. */
export const launchWords = (launcher: Launcher, writer: Words): Words => TABLE[launcher](writer);
