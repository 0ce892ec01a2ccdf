// The vectors of result-code.md: made by a script in another language, read by the tests of desk and agent.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { openKeyText, RESULT_WORDS, type ResultWord } from '../../../electron/core/media/result-code.ts';

export type ResultCodeVector = { readonly mediaId: string; readonly key: Uint8Array; readonly word: ResultWord; readonly id: string; readonly code: string };

export function resultCodeVectors(): ResultCodeVector[] {
  const text = readFileSync(new URL('../../../electron/core/media/result-code.md', import.meta.url), 'utf8');
  const vectors = [...text.matchAll(/^\| `(M-\d+)` \| `(open|[0-9a-f]{64})` \| `([a-z-]+)` \| `([0-9A-F-]{36}|none)` \| `(\w{12})` \|$/gm)].map(([, mediaId = '', key = '', word = '', id = '', code = '']) => {
    const known = RESULT_WORDS.find((one) => one === word);
    if (known === undefined) throw new Error(`${word} is no outcome`);
    return { mediaId, key: key === 'open' ? createHash('sha256').update(openKeyText(mediaId)).digest() : Buffer.from(key, 'hex'), word: known, id, code };
  });
  if (vectors.length !== RESULT_WORDS.length) throw new Error(`${vectors.length} vectors`);
  return vectors;
}
