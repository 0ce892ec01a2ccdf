// Arbitrary trees of files with the names that have tripped FAT writers: ß, emoji, dots, eight plus three, many alike.

import fc from 'fast-check';

import { foldName, isLongName } from '../../../electron/formats/fat/names.ts';

export type TreeFile = { readonly path: string; readonly bytes: Uint8Array };

const CHARACTERS = ['a', 'B', 'z', '9', '_', '-', ' ', '.', 'é', 'ß', 'ñ', 'Ж', '漢', '字', '😀', '~', '+', ',', ';', '=', '[', ']', '&', '(', ')', '#', '!', "'", '%', '@', '$', '{', '}', '^', '`', 'ﬁ', 'ı'];
const SIZES = [0, 1, 511, 512, 513, 4_095, 4_096, 4_097, 50_000];

const name = fc.oneof(
  { weight: 3, arbitrary: fc.array(fc.constantFrom(...CHARACTERS), { minLength: 1, maxLength: 16 }).map((characters) => characters.join('').trim().replace(/\.+$/, '')) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 99 }).map((n) => `recovery report number ${n}.text`) },
  { weight: 1, arbitrary: fc.constantFrom('AGENT.JS', 'agent.js', 'boot.sdi', 'BOOTX64.EFI', 'x'.repeat(255), '😀'.repeat(60), 'a.b.c', '.profile') },
).filter(isLongName);

const path = fc.array(name, { minLength: 1, maxLength: 4 });

/** Files whose paths can stand side by side: none twice, none that is also a folder; a folder keeps its first spelling. */
export const fileTrees: fc.Arbitrary<TreeFile[]> = fc.array(fc.tuple(path, fc.constantFrom(...SIZES), fc.integer({ min: 0, max: 255 })), { maxLength: 80 })
  .map((drafts) => {
    const files = new Map<string, TreeFile>();
    const folders = new Map<string, string>([['', '']]);
    for (const [parts, size, byte] of drafts) {
      const keys = parts.map((_, i) => foldName(parts.slice(0, i + 1).join('/')));
      const own = keys.at(-1) ?? '';
      if (files.has(own) || folders.has(own) || keys.slice(0, -1).some((key) => files.has(key))) continue;
      let spelled = '';
      parts.forEach((part, i) => {
        const key = keys[i] ?? '';
        spelled = folders.get(key) ?? (spelled === '' ? part : `${spelled}/${part}`);
        if (i < parts.length - 1) folders.set(key, spelled);
      });
      files.set(own, { path: spelled, bytes: new Uint8Array(size).fill(byte) });
    }
    return [...files.values()];
  });
