// Stand-ins for the Windows tools WinPE has and Wine lacks: manage-bde, mountvol, bcdedit, wpeinit, wpeutil, drvload, shutdown. Each is a batch file
// that hands its arguments to this process through a file and waits for an exit code.
//
// manage-bde is given the locked image and the typed password, nothing else, and opens it for real with dislocker and ntfs-3g.
// Exit codes, as far as known of the real one: 0 done; for -protectors -get -1 when there is none (Microsoft's recovery tool relies
// on that); for a wrong recovery password 0x80310027 (FVE_E_FAILED_AUTHENTICATION) is ASSUMED, the agent needs only that it is not 0.
import { mkdir, readFile, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { changeSafeBoot } from './bcdedit.ts';
import { openWithDislocker, unmount } from './locked-volume.ts';
import { mustRun, run } from './shell.ts';
import type { Wine } from './wine.ts';

const TOOLS = ['manage-bde', 'mountvol', 'bcdedit', 'wpeinit', 'wpeutil', 'drvload', 'shutdown'];
const FAILED_AUTHENTICATION = 0x80310027 | 0;
const NONE = -1;

/** A volume of the rehearsed host. `letter` null: it has none until mountvol gives it one. */
export type HostVolume = { readonly letter: string | null; readonly image: string } | PlainVolume;
/** One that BitLocker never sees: an EFI partition, a data volume. `folder` is its content. */
export type PlainVolume = { readonly letter: string | null; readonly folder: string };
/** The host's own Windows in safe mode: its boot store, and which entry it is. */
export type RunningWindows = { readonly store: string; readonly entry: string; readonly isAdministrator: boolean };

type Slot = { letter: string | null; readonly image: string | null; readonly guid: string; readonly folder: string; readonly plain: string; isOpen: boolean };

export class WindowsTools {
  /** Every call in order, without the recovery password. */
  readonly calls: string[] = [];
  /** What happens when a volume is about to be unlocked: the place to cut the power. */
  beforeUnlock: (() => Promise<void>) | null = null;
  /** What stands on a volume that ntfs-3g would not have mounted writable: a hibernation image. Given the volume's folder. */
  afterUnlock: ((folder: string) => Promise<void>) | null = null;
  /** Null: this is WinPE. */
  running: RunningWindows | null = null;
  /** What bcdedit does before anything else: the place to refuse. */
  beforeBcdedit: ((args: readonly string[]) => number) | null = null;
  readonly #wine: Wine;
  readonly #exchange: string;
  #slots: Slot[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** The round of answers under way: a tool goes on when its host has lost power, and may be opening a volume. */
  #answering: Promise<void> | null = null;

  constructor(wine: Wine) {
    this.#wine = wine;
    this.#exchange = join(wine.driveC, 'rehearsal');
  }

  /** Installs the batch files and starts to answer them. */
  async start(): Promise<void> {
    await mkdir(this.#exchange, { recursive: true });
    // Wine has one of its own, which would be found first.
    await rm(join(this.#wine.driveC, 'windows', 'system32', 'shutdown.exe'), { force: true });
    for (const tool of TOOLS) await writeFile(join(this.#wine.driveC, 'windows', 'system32', `${tool}.bat`), batchFile(tool));
    this.#timer = setInterval(() => { this.#answering ??= this.#answerAll().finally(() => { this.#answering = null; }); }, 20);
  }

  /** Makes the host have exactly these volumes, all locked. */
  async plugIn(volumes: readonly HostVolume[]): Promise<void> {
    await this.lockAll();
    this.calls.length = 0;
    this.#slots = [];
    for (const [index, volume] of volumes.entries()) {
      const folder = 'folder' in volume ? volume.folder : join(this.#wine.work, `volume-${index}`);
      await mkdir(folder, { recursive: true });
      await mkdir(`${folder}-plain`, { recursive: true });
      const guid = `{0000000${index}-0000-4000-8000-000000000000}`;
      this.#slots.push({ letter: volume.letter, image: 'image' in volume ? volume.image : null, guid, folder, plain: `${folder}-plain`, isOpen: false });
      if (volume.letter !== null) await this.#wine.setDrive(volume.letter, folder);
    }
  }

  /** What switching off does: every volume is locked again, one that was just being opened too. */
  async lockAll(): Promise<void> {
    await this.#answering;
    for (const slot of this.#slots) {
      if (slot.isOpen) await this.#close(slot);
      if (slot.letter !== null) await this.#wine.clearDrive(slot.letter);
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.lockAll();
  }

  /** Answers no more, and waits for nothing. */
  abandon(): void {
    clearInterval(this.#timer);
  }

  async #close(slot: Slot): Promise<void> {
    await unmount(slot.folder);
    await unmount(slot.plain);
    slot.isOpen = false;
  }

  async #answerAll(): Promise<void> {
    for (const name of await readdir(this.#exchange)) {
      if (!name.endsWith('.ask')) continue;
      const path = join(this.#exchange, name);
      const [tool = '', ...args] = (await readFile(path, 'latin1')).trim().split(/\s+/);
      await rm(path);
      const { exitCode, text } = await this.#answer(tool, args).catch((error: unknown) => ({ exitCode: 99, text: String(error) }));
      const answer = join(this.#exchange, name.slice(0, -4));
      await writeFile(`${answer}.out`, text);
      await writeFile(`${answer}.new`, `${exitCode}\r\n`);
      await rename(`${answer}.new`, `${answer}.rc`);
    }
  }

  async #answer(tool: string, args: readonly string[]): Promise<{ readonly exitCode: number; readonly text: string }> {
    this.calls.push([tool, ...args].join(' ').replace(/(-RecoveryPassword) [0-9-]{20,}/i, '$1 (typed)'));
    if (tool === 'manage-bde') return this.#manageBde(args);
    if (tool === 'mountvol') return this.#mountvol(args);
    if (tool === 'bcdedit') return { exitCode: await this.#bcdedit(args.map((arg) => arg.replaceAll('"', ''))), text: '' };
    return { exitCode: 0, text: '' };
  }

  async #manageBde(args: readonly string[]): Promise<{ readonly exitCode: number; readonly text: string }> {
    const letter = (args.find((arg) => /^[a-z]:$/i.test(arg)) ?? '').slice(0, 1).toUpperCase();
    const slot = this.#slots.find((one) => one.letter === letter);
    if (slot === undefined || slot.image === null) return { exitCode: NONE, text: 'ERREUR : volume introuvable.\r\n' };
    if (args[0] === '-protectors') {
      // French on purpose: nothing may be read from words.
      const protectors = await readProtectors(slot.image);
      const isRecoveryOnly = args.some((arg) => /^recoverypassword$/i.test(arg));
      const wanted = protectors.filter((protector) => protector.isRecoveryPassword || !isRecoveryOnly).map((protector) => protector.id);
      const text = wanted.map((id) => `    Mot de passe num\u00e9rique :\r\n      ID : {${id.toUpperCase()}}\r\n`).join('\r\n');
      return { exitCode: wanted.length > 0 ? 0 : NONE, text: `Chiffrement de lecteur BitLocker\r\nVolume ${letter}: [\u00c9tiquette inconnue]\r\n\r\n${text}` };
    }
    if (args[0] !== '-unlock') return { exitCode: NONE, text: '' };
    if (slot.isOpen) return { exitCode: 0, text: '' };
    if (this.beforeUnlock !== null) await this.beforeUnlock();
    if (!(await openWithDislocker(slot.image, args[3] ?? '', slot.plain))) return { exitCode: FAILED_AUTHENTICATION, text: '' };
    const mounted = await run('ntfs-3g', [join(slot.plain, 'dislocker-file'), slot.folder]);
    slot.isOpen = true;
    if (this.afterUnlock !== null) await this.afterUnlock(slot.folder);
    return { exitCode: mounted.exitCode, text: '' };
  }

  /** `[/store FILE] /set|/deletevalue ID safeboot [network]`, or `/enum {current}`: of the running Windows, for administrators. */
  async #bcdedit(args: readonly string[]): Promise<number> {
    const refused = this.beforeBcdedit === null ? 0 : this.beforeBcdedit(args);
    if (refused !== 0) return refused;
    const isOther = args[0] === '/store';
    const [act, id, element] = isOther ? args.slice(2) : args;
    if (!isOther && this.running?.isAdministrator !== true) return 1;
    if (act === '/enum') return 0;
    const store = isOther ? await this.#hostPath(args[1] ?? '') : this.running?.store ?? null;
    const entry = id === '{current}' ? this.running?.entry ?? null : id ?? null;
    if (store === null || entry === null || element !== 'safeboot') return 1;
    return changeSafeBoot(store, entry, act === '/set' ? 'set' : 'delete');
  }

  /** A path of the rehearsed host as one here; null where it is on no volume. FAT knows no case, so the names are looked for. */
  async #hostPath(path: string): Promise<string | null> {
    let at = this.#slots.find((one) => one.letter === path.slice(0, 1).toUpperCase())?.folder;
    for (const part of path.slice(3).split('\\')) {
      if (at === undefined) return null;
      const found: string | undefined = (await readdir(at).catch(() => [])).find((name) => name.toLowerCase() === part.toLowerCase());
      at = found === undefined ? undefined : join(at, found);
    }
    return at ?? null;
  }

  async #mountvol(args: readonly string[]): Promise<{ readonly exitCode: number; readonly text: string }> {
    const [drive, name] = args;
    if (drive === undefined || name === undefined) {
      const text = this.#slots.map((slot) => `    \\\\?\\Volume${slot.guid}\\\r\n        ${slot.letter === null ? '*** AUCUN POINT DE MONTAGE ***' : `${slot.letter}:\\`}\r\n`);
      return { exitCode: 0, text: `Cr\u00e9e, supprime ou liste un point de montage.\r\n\r\n${text.join('\r\n')}` };
    }
    const slot = this.#slots.find((one) => name.includes(one.guid));
    if (slot === undefined || slot.letter !== null) return { exitCode: 1, text: '' };
    slot.letter = drive.slice(0, 1).toUpperCase();
    await symlink(slot.folder, join(this.#wine.work, 'prefix', 'dosdevices', `${slot.letter.toLowerCase()}:`));
    return { exitCode: 0, text: '' };
  }
}

/** dislocker calls every protector a recovery key; a real one carries an encrypted copy of its password (datum entry type 18). */
async function readProtectors(image: string): Promise<readonly { readonly id: string; readonly isRecoveryPassword: boolean }[]> {
  const parts = (await mustRun('dislocker-metadata', ['-V', image])).split('Recovery Key GUID: ').slice(1);
  return parts.map((part) => ({ id: part.slice(1, 37).toUpperCase(), isRecoveryPassword: /Datum entry type: 18\b/.test(part) }));
}

function batchFile(tool: string): string {
  return [
    '@echo off', 'setlocal', 'set "EXCHANGE=C:\\rehearsal\\%RANDOM%%RANDOM%%RANDOM%"', `>"%EXCHANGE%.tmp" echo ${tool} %*`,
    'move /y "%EXCHANGE%.tmp" "%EXCHANGE%.ask" >nul', ':wait', 'if not exist "%EXCHANGE%.rc" goto wait',
    'type "%EXCHANGE%.out"', 'set /p CODE=<"%EXCHANGE%.rc"', 'del "%EXCHANGE%.rc" "%EXCHANGE%.out"', 'endlocal & exit /b %CODE%', '',
  ].join('\r\n');
}
