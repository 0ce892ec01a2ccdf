// The beginning of a file that comes in pieces, and what comes after it; a source that fails is a value.
import { HEAD_BYTES } from './sniff.ts';

export type Next = { readonly status: 'bytes'; readonly bytes: Uint8Array } | { readonly status: 'over' } | { readonly status: 'failed'; readonly error: unknown };

/** @returns The next piece of a source, that it is over, or what it failed with. Never throws. */
export async function nextOf(source: AsyncIterator<Uint8Array>): Promise<Next> {
  try {
    const next = await source.next();
    return next.done === true ? { status: 'over' } : { status: 'bytes', bytes: next.value };
  } catch (error) {
    return { status: 'failed', error };
  }
}

/** Enough of the beginning to tell the file by; a source that fails meanwhile leaves what it gave. */
export async function readHead(source: AsyncIterator<Uint8Array>): Promise<{ head: Uint8Array; over: boolean; failure: { readonly error: unknown } | null }> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  let over = false;
  let failure: { readonly error: unknown } | null = null;
  while (length < HEAD_BYTES && !over && failure === null) {
    const next = await nextOf(source);
    if (next.status === 'bytes') {
      pieces.push(next.bytes);
      length += next.bytes.length;
    } else if (next.status === 'over') over = true;
    else failure = next;
  }
  const head = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    head.set(piece, at);
    at += piece.length;
  }
  return { head, over, failure };
}
