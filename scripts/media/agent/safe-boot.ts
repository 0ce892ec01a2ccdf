// The safe-boot flag of the host: set where no Windows can be read and the medium is for that, cleared where one was repaired.
//
// From WinPE only through `bcdedit /store` on the host's own store, after a copy of it lies with the results; each change is read back
// from the store itself. In safe mode Windows has the store open, so there the exit code has to do, and {current} is the Windows that runs.
import type { SafeBootFault } from '../../../electron/core/media/attempt-record.ts';
import { readBootEntries } from './boot-store.ts';
import type { BootEntry } from './boot-store.ts';
import type { Medium } from './medium.ts';
import type { Files, Volumes } from './ports.ts';
import type { FoundWindows } from './repair.ts';
import type { State } from './state.ts';

export type SafeBootSet = { readonly entries: readonly string[]; readonly fault: SafeBootFault | '' };

type Store = { readonly letter: string; readonly path: string; readonly entries: readonly BootEntry[] };

const PLACES = ['EFI\\Microsoft\\Boot\\BCD', 'Boot\\BCD'];
const MOST_BYTES = 1048576;
/** Of the Windows that runs. */
const CURRENT = '{current}';

/**
 * Sets the flag on every entry that starts a Windows.
 *
 * @param plan Told of every entry that is about to be set, before the first of a store is: should the power go now, what runs in safe mode still knows which.
 * @returns The entries that have it now. Where bcdedit refused one, the others of that store are taken back: what the screen calls not set is not set.
 */
export function setSafeBoot(files: Files, volumes: Volumes, medium: Medium, state: State, plan: (entries: readonly string[]) => void): SafeBootSet {
  const stores = findStores(files, state);
  if (stores.length === 0) return { entries: [], fault: 'no-store' };
  let entries: string[] = [];
  let fault: SafeBootFault | '' = '';
  for (let s = 0; s < stores.length; s++) {
    const store = stores[s];
    if (store === undefined || store.entries.length === 0) continue;
    if (!keepStore(files, medium, state.attemptId, s + 1, store)) return { entries: entries, fault: 'no-copy' };
    let planned = entries.slice(0);
    for (let e = 0; e < store.entries.length; e++) planned = planned.concat(store.entries[e]?.id || '');
    plan(planned);
    for (let e = 0; e < store.entries.length; e++) volumes.setSafeBoot(store.path, store.entries[e]?.id || '');
    let now = idsWithFlag(readStore(files, store.letter, store.path));
    if (now.length < store.entries.length) {
      fault = 'refused';
      const before = ` ${idsWithFlag(store).join(' ')} `;
      for (let e = 0; e < now.length; e++) if (before.indexOf(` ${now[e]} `) < 0) volumes.clearSafeBoot(store.path, now[e] || '');
      now = idsWithFlag(readStore(files, store.letter, store.path));
    }
    entries = entries.concat(now);
  }
  if (entries.length === 0 && fault === '') fault = 'no-entry';
  return { entries: entries, fault: fault };
}

/**
 * Looks whether the flag is set, and clears it when every Windows is as it should be. What it says is noted at each Windows.
 *
 * @param mayClear False: a Windows of this host is not repaired, or nothing may be changed; the flag stays and that is noted.
 */
export function clearSafeBoot(files: Files, volumes: Volumes, medium: Medium, state: State, found: readonly FoundWindows[], mayClear: boolean): void {
  const word = state.isSafeMode ? clearRunning(volumes, state, mayClear) : clearStores(files, volumes, medium, state, mayClear);
  for (let w = 0; w < found.length; w++) {
    const windows = found[w];
    if (windows !== undefined && windows.kind === 'windows') windows.safeBoot = word;
  }
}

function clearStores(files: Files, volumes: Volumes, medium: Medium, state: State, mayClear: boolean): FoundWindows['safeBoot'] {
  const stores = findStores(files, state);
  if (stores.length === 0) return 'not-examined';
  let word: FoundWindows['safeBoot'] = 'not-set';
  for (let s = 0; s < stores.length; s++) {
    const store = stores[s];
    const flagged = idsWithFlag(store);
    if (store === undefined || flagged.length === 0) continue;
    if (word === 'not-set') word = 'cleared';
    if (mayClear && keepStore(files, medium, state.attemptId, s + 1, store)) for (let e = 0; e < flagged.length; e++) volumes.clearSafeBoot(store.path, flagged[e] || '');
    if (!mayClear || idsWithFlag(readStore(files, store.letter, store.path)).length > 0) word = 'left-set';
  }
  return word;
}

function clearRunning(volumes: Volumes, state: State, mayClear: boolean): FoundWindows['safeBoot'] {
  if (!mayClear) return 'left-set';
  const isCleared = volumes.clearSafeBoot('', CURRENT) === 0;
  // The others that were set with it: this Windows starts next time whatever they say.
  for (let e = 0; e < state.safeBootEntries.length; e++) volumes.clearSafeBoot('', state.safeBootEntries[e] || '');
  return isCleared ? 'cleared' : 'left-set';
}

/** The host's own: neither the medium's, nor that of another one that happens to be plugged in. */
function findStores(files: Files, state: State): Store[] {
  const stores: Store[] = [];
  for (let v = 0; v < state.volumes.length; v++) {
    const note = state.volumes[v];
    if (note === undefined || note.state === 'locked' || note.state === 'unreadable') continue;
    const root = `${note.letter}:\\`;
    if (files.hasFile(`${root}sources\\boot.wim`) || files.hasFile(`${root}bluelift\\medium.txt`)) continue;
    for (let p = 0; p < PLACES.length; p++) {
      const store = readStore(files, note.letter, root + PLACES[p]);
      if (store !== undefined) stores.push(store);
    }
  }
  return stores;
}

function readStore(files: Files, letter: string, path: string): Store | undefined {
  const bytes = files.hasFile(path) ? files.readBytes(path, MOST_BYTES) : null;
  const entries = bytes === null ? null : readBootEntries(bytes);
  return entries === null ? undefined : { letter: letter, path: path, entries: entries };
}

function idsWithFlag(store: Store | undefined): string[] {
  const ids: string[] = [];
  const entries = store === undefined ? [] : store.entries;
  for (let e = 0; e < entries.length; e++) if (entries[e]?.hasSafeBoot === true) ids.push(entries[e]?.id || '');
  return ids;
}

/** Once for an attempt: the first copy is the one from before. */
function keepStore(files: Files, medium: Medium, attemptId: string, number: number, store: Store): boolean {
  const copy = `${medium.root}results\\${attemptId}-${number}.bcd`;
  if (files.hasFile(copy)) return true;
  if (!files.copy(store.path, copy)) return false;
  const original = files.readBytes(store.path, MOST_BYTES);
  const copied = files.readBytes(copy, MOST_BYTES);
  return original !== null && copied !== null && original.join(' ') === copied.join(' ');
}
