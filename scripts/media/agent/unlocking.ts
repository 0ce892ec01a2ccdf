// Looking at the volumes of the host and opening the locked ones.
import { parseKeyProtectorId } from '../../../electron/core/keys/key-protector-id.ts';
import type { RecoveryPassword } from '../../../electron/core/keys/recovery-password.ts';
import { openEntry } from './bundle.ts';
import type { OpenBundle } from './bundle.ts';
import type { Files, Volumes } from './ports.ts';
import type { VolumeNote } from './state.ts';

/** @returns A note for every volume but the medium's own. Asks manage-bde, opens nothing. */
export function lookAtVolumes(volumes: Volumes, letters: readonly string[], mediumLetter: string): VolumeNote[] {
  const notes: VolumeNote[] = [];
  for (let i = 0; i < letters.length; i++) {
    const letter = letters[i] || '';
    if (letter === mediumLetter) continue;
    const note: VolumeNote = { letter: letter, state: 'unreadable', ids: [], openedBy: '', openedWith: '', failure: '', bundle: 'not-asked' };
    if (volumes.isReadable(letter)) {
      note.state = volumes.hasProtectors(letter) ? 'unlocked' : 'not-encrypted';
      if (note.state === 'unlocked') note.openedBy = 'was-open';
    } else {
      const protectors = volumes.protectors(letter);
      note.ids = canonicalIds(protectors.ids);
      if (note.ids.length > 0 || protectors.hasOthers) note.state = 'locked';
    }
    notes.push(note);
  }
  return notes;
}

/** Opens what the bundle has keys for: for every locked volume its protectors one after the other. Notes say how it went. */
export function unlockFromBundle(volumes: Volumes, files: Files, notes: readonly VolumeNote[], folder: string, bundle: OpenBundle): void {
  for (let v = 0; v < notes.length; v++) {
    const note = notes[v];
    if (note === undefined || note.state !== 'locked') continue;
    for (let i = 0; i < note.ids.length && isLocked(note); i++) {
      const id = note.ids[i] || '';
      const entry = openEntry(files, folder, bundle, id);
      // A found entry outweighs a damaged one, and that one an absent one: which of them is worth telling.
      if (entry.status === 'opened') note.bundle = 'opened';
      else if (note.bundle !== 'opened' && !(note.bundle === 'damaged' && entry.status === 'not-on-this-medium')) note.bundle = entry.status;
      if (entry.status === 'opened') unlock(volumes, note, entry.recoveryPassword, 'bundle', id);
    }
  }
}

/** @returns Whether the typed recovery password opened at least one volume. */
export function unlockTyped(volumes: Volumes, notes: readonly VolumeNote[], recoveryPassword: RecoveryPassword): boolean {
  let hasOpened = false;
  for (let v = 0; v < notes.length; v++) {
    const note = notes[v];
    if (note === undefined || note.state !== 'locked') continue;
    // Which of several protectors it belongs to is not known.
    if (unlock(volumes, note, recoveryPassword, 'typed', note.ids.length === 1 ? note.ids[0] || '' : '')) hasOpened = true;
  }
  return hasOpened;
}

/** manage-bde's word alone is not enough: the file system has to answer. */
function unlock(volumes: Volumes, note: VolumeNote, recoveryPassword: RecoveryPassword, by: 'bundle' | 'typed', id: string): boolean {
  const exitCode = volumes.unlock(note.letter, recoveryPassword);
  if (exitCode === 0 && volumes.isReadable(note.letter)) {
    note.state = 'unlocked';
    note.openedBy = by;
    note.openedWith = id;
    note.failure = '';
    return true;
  }
  const digits = exitCode.toString(16);
  note.failure = '00000000'.substring(digits.length) + digits;
  return false;
}

/** A call and no comparison, because `unlock` changes the note behind the back of the type checker. */
function isLocked(note: VolumeNote): boolean {
  return note.state === 'locked';
}

function canonicalIds(ids: readonly string[]): string[] {
  const canonical: string[] = [];
  for (let i = 0; i < ids.length && canonical.length < 16; i++) {
    const id = parseKeyProtectorId(ids[i] || '');
    if (id !== null && ` ${canonical.join(' ')} `.indexOf(` ${id} `) < 0) canonical.push(id);
  }
  return canonical;
}
