// A secret on the clipboard of the desk: taken away again only if it is still ours, at the latest when the window closes. Remembered as its hash alone.
// Windows' clipboard history keeps what was copied all the same; that is why copying is a policy, and off at first.
import { createHash } from 'node:crypto';
import { clipboard, type BrowserWindow } from 'electron';
import type { ShellAnswers } from '../api/with-shell.ts';

const LONGEST = 200;
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** @returns Copies a secret, and clears the clipboard when the window goes or when asked to, only if it still holds that text. */
export function secretClipboard(window: BrowserWindow): Pick<ShellAnswers, 'shell.copySecret' | 'shell.clearCopied'> {
  let copied: string | null = null;
  const clear = async (): Promise<'cleared' | 'not-ours'> => {
    const ours = copied;
    copied = null;
    if (ours === null || hashOf(await clipboard.readText()) !== ours) return 'not-ours';
    clipboard.clear();
    return 'cleared';
  };
  window.on('close', () => { void clear(); });
  return {
    async 'shell.copySecret'({ text }) {
      if (typeof text !== 'string' || text.length > LONGEST) return false;
      copied = hashOf(text);
      await clipboard.writeText(text);
      return true;
    },
    'shell.clearCopied': clear,
  };
}
