// The clipboard as a page has it: a secret is put there, and taken away again only if it is still ours. What was put there is remembered as its hash alone.

export type Cleared = 'cleared' | 'not-ours' | 'cannot-tell';
export interface SecretClipboard { readonly copySecret: (text: string) => Promise<void>; readonly clearCopied: () => Promise<Cleared> }

const hashOf = async (text: string): Promise<string> => Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** A page may look at the clipboard only in front; until then it waits. */
const inFront = (): Promise<void> => (document.hasFocus() ? Promise.resolve() : new Promise((resolve) => { window.addEventListener('focus', () => resolve(), { once: true }); }));

/** `clearCopied` never throws: a browser that lets nobody look answers `cannot-tell`, and nothing is cleared. */
export function browserClipboard(): SecretClipboard {
  let copied: string | null = null;
  return {
    async copySecret(text) {
      await navigator.clipboard.writeText(text);
      copied = await hashOf(text);
    },
    async clearCopied() {
      const ours = copied;
      if (ours === null) return 'not-ours';
      copied = null;
      try {
        await inFront();
        if ((await hashOf(await navigator.clipboard.readText())) !== ours) return 'not-ours';
        await navigator.clipboard.writeText('');
        return 'cleared';
      } catch {
        return 'cannot-tell';
      }
    },
  };
}
