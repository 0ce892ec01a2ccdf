// The result code of an attempt, as the agent makes it (electron/core/media/result-code.md).
import { makeResultCode, openKeyText } from '../../../electron/core/media/result-code.ts';
import type { ResultWord } from '../../../electron/core/media/result-code.ts';
import { asciiBytes } from './byte-table.ts';
import type { Medium } from './medium.ts';
import type { Outcome } from './outcome.ts';
import { hmac, makeHmacKey, sha256 } from './sha256.ts';
import type { HmacKey } from './sha256.ts';
import type { State, VolumeNote } from './state.ts';

/** Notes the code for the screen, and among all codes of this boot for the record: by it the desk knows them for one. */
export function noteResultCode(state: State, medium: Medium, outcome: Outcome, recordKey: HmacKey | null): void {
  const key = recordKey === null ? makeHmacKey(sha256(asciiBytes(openKeyText(medium.mediaId)))) : recordKey;
  const word = (outcome.outcome === 'blocked' ? outcome.blockedReason : outcome.outcome) as ResultWord; // a blocked outcome has a reason (outcome.ts)
  state.resultCode = makeResultCode(word, entryOf(state.volumes), (text) => hmac(key, asciiBytes(text)));
  if (` ${state.resultCodes.join(' ')} `.indexOf(` ${state.resultCode} `) < 0) state.resultCodes.push(state.resultCode);
}

/** @returns The key protector ID that opened the first volume that was opened with one; `none` without: whose host it is, the desk asks then. */
function entryOf(notes: readonly VolumeNote[]): string {
  for (let v = 0; v < notes.length; v++) {
    const id = notes[v]?.openedWith || '';
    if (id !== '') return id;
  }
  return 'none';
}
