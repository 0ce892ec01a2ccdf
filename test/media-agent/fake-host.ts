// A host in memory for the agent's three ports: what the agent decides can be tried anywhere, without Wine and without Windows.
import { randomBytes } from 'node:crypto';
import type { MissingDriver } from '../../electron/core/media/attempt-record.ts';
import type { Console, Files, Ports, Volumes } from '../../scripts/media/agent/ports.ts';

export type FakeVolume = {
  readonly letter: string;
  /** Recovery passwords by key protector ID; empty: not encrypted. */
  readonly keys: Readonly<Record<string, string>>;
  isLocked: boolean;
  /** Readable by nobody: another product's encryption. */
  readonly isForeign?: boolean;
  /** Until it is given its letter. */
  hasNoLetter?: boolean;
};

export class FakeHost {
  /** Path to content; folders are there when something is under them. */
  readonly files = new Map<string, { bytes: number[]; modifiedAtMs: number }>();
  readonly volumes: FakeVolume[] = [];
  readonly said: string[] = [];
  readonly unlocked: string[] = [];
  /** Of the host's own volumes, not the RAM disk's. */
  readonly removed: string[] = [];
  isReadOnly = false;
  /** The agent's own folder: a full RAM disk, or in safe mode a write-protected stick. */
  isHomeReadOnly = false;
  /** Without one: started from a disc or over the network. */
  hasStick = true;
  discs: string[] = [];
  canReadBytes = true;
  /** Files that can not be removed. */
  readonly stuck = new Set<string>();
  serialNumber = '';
  missingDrivers: readonly MissingDriver[] = [];
  isSafeMode = false;
  readonly computerNames = new Map<string, string>();
  /** `set STORE {ID}`, `clear STORE {ID}`. */
  readonly bcdedit: string[] = [];
  onBcdedit: ((call: string) => number) | null = null;
  answer = '';
  answersGiven = 0;
  passcode = '';
  typed = '';
  nowMs = Date.UTC(2024, 6, 21, 3, 31);
  #bytesRead = 0;

  put(path: string, content: string | readonly number[] | Uint8Array, modifiedAtMs = Date.UTC(2024, 6, 19, 4, 9)): void {
    this.files.set(path, { bytes: typeof content === 'string' ? [...Buffer.from(content, 'latin1')] : [...content], modifiedAtMs });
  }

  text(path: string): string {
    return Buffer.from(this.files.get(path)?.bytes ?? []).toString('latin1');
  }

  get ports(): Ports {
    return { console: this.#console(), volumes: this.#volumes(), files: this.#files(), place: { home: 'X:\\bluelift\\' } };
  }

  #console(): Console {
    return {
      say: (line) => { this.said.push(line); },
      answer: () => this.answer, answersGiven: () => `${this.answersGiven}`, passcode: () => this.passcode, typed: () => this.typed,
      nowMs: () => (this.nowMs += 7), timeZoneBiasMinutes: () => -120, chance: () => randomBytes(8).toString('hex'),
      hostFacts: () => ({ maker: 'CONSTRUCTED', model: 'Model 1', ...(this.serialNumber === '' ? {} : { serialNumber: this.serialNumber }) }),
      missingDrivers: () => this.missingDrivers, isSafeMode: () => this.isSafeMode,
    };
  }

  #volumes(): Volumes {
    const find = (letter: string): FakeVolume | undefined => this.volumes.find((volume) => volume.letter === letter);
    return {
      giveLetters: () => {
        const given = this.volumes.filter(({ hasNoLetter }) => hasNoLetter === true);
        for (const volume of given) volume.hasNoLetter = false;
        return given.map(({ letter }) => letter);
      },
      letters: () => [...(this.hasStick ? ['E'] : []), ...this.volumes.filter(({ hasNoLetter }) => hasNoLetter !== true).map(({ letter }) => letter)].toSorted(), discs: () => this.discs,
      isReadable: (letter) => this.#isOpen(letter),
      hasProtectors: (letter) => Object.keys(find(letter)?.keys ?? {}).length > 0,
      protectors: (letter) => ({ ids: Object.keys(find(letter)?.keys ?? {}), hasOthers: false }),
      unlock: (letter, recoveryPassword) => {
        this.unlocked.push(letter);
        const volume = find(letter);
        if (volume === undefined || !Object.values(volume.keys).includes(recoveryPassword)) return 0x80310027;
        volume.isLocked = false;
        return 0;
      },
      computerName: (letter) => this.computerNames.get(letter) ?? null,
      setSafeBoot: (store, id) => this.#bcdedit(`set ${store} ${id}`),
      clearSafeBoot: (store, id) => this.#bcdedit(`clear ${store} ${id}`),
    };
  }

  #files(): Files {
    const get = (path: string): { bytes: number[]; modifiedAtMs: number } | undefined => (this.#isOpen(path.charAt(0)) ? this.files.get(path) : undefined);
    const read = (path: string, most: number): number[] | null => {
      const bytes = get(path)?.bytes.slice(0, most) ?? null;
      this.#bytesRead += bytes?.length ?? 0;
      return bytes;
    };
    // On the RAM disk there is no folder for results.
    const mayWrite = (path: string): boolean => !(this.isReadOnly && path.startsWith('E:')) && !(this.isHomeReadOnly && path.startsWith('X:')) && !path.startsWith('X:\\bluelift\\results\\');
    return {
      hasFile: (path) => get(path) !== undefined,
      hasFolder: (path) => this.#isOpen(path.charAt(0)) && [...this.files.keys()].some((name) => name.startsWith(`${path}\\`)),
      list: (folder) => [...this.files].filter(([path]) => this.#isOpen(path.charAt(0)) && path.startsWith(`${folder}\\`) && !path.slice(folder.length + 1).includes('\\'))
        .map(([path, { bytes, modifiedAtMs }]) => ({ name: path.slice(folder.length + 1), sizeBytes: bytes.length, modifiedAtMs })),
      readText: (path, most) => { const bytes = read(path, most); return bytes === null ? null : Buffer.from(bytes).toString('latin1'); },
      readBytes: (path, most) => (this.canReadBytes ? read(path, most) : null),
      eachPiece: (path, use) => { const bytes = this.canReadBytes ? read(path, Infinity) : null; if (bytes !== null) use(bytes); return bytes !== null; },
      learnBytes: () => this.canReadBytes,
      write: (path, text) => { if (mayWrite(path)) this.put(path, text); return mayWrite(path); },
      copy: (from, to) => {
        const file = get(from);
        if (file === undefined || !mayWrite(to)) return false;
        this.files.set(to, { ...file });
        return true;
      },
      rename: (from, to) => {
        const file = get(from);
        if (file === undefined || !mayWrite(to)) return false;
        this.files.delete(from);
        this.files.set(to, file);
        return true;
      },
      remove: (path) => {
        if (this.stuck.has(path) || !mayWrite(path)) return get(path) === undefined;
        if (this.files.delete(path) && !path.startsWith('X:') && !path.startsWith('E:')) this.removed.push(path);
        return true;
      },
      bytesRead: () => this.#bytesRead,
    };
  }

  #bcdedit(call: string): number {
    this.bcdedit.push(call);
    return this.onBcdedit?.(call) ?? 0;
  }

  /** E is the stick, X the RAM disk. */
  #isOpen(letter: string): boolean {
    const volume = this.volumes.find((one) => one.letter === letter);
    return volume === undefined ? letter === 'E' || letter === 'X' : !volume.isLocked && volume.isForeign !== true;
  }
}
