// All contact of the agent with the world: three small ports. Everything else in this folder is plain computation
// and runs in Node as it runs in WinPE; `wsh-*.ts` implement these for Windows Script Host.
import type { MissingDriver } from '../../../electron/core/media/attempt-record.ts';

/** The person and the machine in front of them. */
export type Console = {
  /** Prints one line, at most 79 characters of code pages 437 and 850 (an 80th would make an empty line). */
  say(line: string): void;
  /** What the launcher asked last; empty when nothing was asked or nothing came. `typed` are the groups kept so far. Secret. */
  answer(): string;
  /** How many times the launcher has asked so far. */
  answersGiven(): string;
  passcode(): string;
  typed(): string;
  /** The host's clock, milliseconds since 1970 UTC. It may be wrong by years. */
  nowMs(): number;
  /** UTC minus local time at this moment, minutes. */
  timeZoneBiasMinutes(): number;
  /** Text that will not come again: the clock, the launcher's random numbers. Good for an ID, not for a key. */
  chance(): string;
  /** What the host says of itself; absent what it does not say. */
  hostFacts(): HostFacts;
  /** Storage controllers that no driver serves, as far as the host can say. */
  missingDrivers(): readonly MissingDriver[];
  /** Whether this is no WinPE but the host's own Windows in safe mode: the second half of a safe-boot medium's work. */
  isSafeMode(): boolean;
};

export type HostFacts = { readonly maker?: string; readonly model?: string; readonly serialNumber?: string };

export type Volumes = {
  /** Gives a letter to volumes without one; a restart forgets it. @returns Those letters: not every drive list has them at once. */
  giveLetters(): string[];
  /** Letters of all fixed and removable volumes but the system's own, ascending. */
  letters(): string[];
  /** Letters of optical drives with a disc in them: a medium may be one, a volume of the host never is. */
  discs(): string[];
  /** Whether files can be read on it: false for a locked one. */
  isReadable(letter: string): boolean;
  /** Whether a readable volume has BitLocker's protectors; without them it is not encrypted. */
  hasProtectors(letter: string): boolean;
  /** Asks manage-bde about a volume that is not readable. */
  protectors(letter: string): Protectors;
  /** @returns 0 when manage-bde says it unlocked the volume, otherwise its exit code as 32 bits without sign. */
  unlock(letter: string, recoveryPassword: string): number;
  /** @returns The offline computer name of a Windows, or null where it can not be had. Changes nothing on the volume. */
  computerName(letter: string, windowsRoot: string): string | null;
  /** Sets or clears the safe-boot flag (with networking) of an entry. @param store File of the store; empty: that of the Windows that runs. @returns Exit code of bcdedit. */
  setSafeBoot(store: string, id: string): number;
  clearSafeBoot(store: string, id: string): number;
};

/** `ids`: of recovery passwords, in manage-bde's order. `hasOthers`: locked, but there is no recovery password. */
export type Protectors = { readonly ids: readonly string[]; readonly hasOthers: boolean };

export type FoundFile = { readonly name: string; readonly sizeBytes: number; readonly modifiedAtMs: number };

export type Files = {
  hasFile(path: string): boolean;
  hasFolder(path: string): boolean;
  /** @returns The files directly in a folder; null when it can not be listed. `modifiedAtMs` is UTC. */
  list(folder: string): FoundFile[] | null;
  /** @returns The text of a file, one character a byte while it is ASCII, at most `mostBytes`; null when it can not be read. */
  readText(path: string, mostBytes: number): string | null;
  /** @returns The first bytes of a file, at most `mostBytes`; null when it can not be read. */
  readBytes(path: string, mostBytes: number): number[] | null;
  /** Hands a file over in pieces. @returns Whether it was read to its end. */
  eachPiece(path: string, use: (bytes: readonly number[]) => void): boolean;
  /** Whether the byte reader passed its self-test; before that it hands out nothing. */
  learnBytes(path: string): boolean;
  /** Writes a small ASCII file anew. @returns Whether it was written. */
  write(path: string, text: string): boolean;
  /** Copies a file, hidden ones too, onto a new name. @returns Whether it was done; what arrived is for the caller to look at. */
  copy(from: string, to: string): boolean;
  /** Gives a file another name, replacing what has it. @returns Whether it was done. */
  rename(from: string, to: string): boolean;
  /** @returns Whether it is gone now. */
  remove(path: string): boolean;
  /** Bytes handed out so far, for the limit on opening an entry. */
  bytesRead(): number;
};

export type Ports = { readonly console: Console; readonly volumes: Volumes; readonly files: Files; readonly place: Place };

/** Where the agent's own files are (`home`, in WinPE `X:\bluelift`, gone at restart), with a backslash at the end. */
export type Place = { readonly home: string };
