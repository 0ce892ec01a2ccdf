// In which face a text of a report is set: the one every reader has, and for letters beyond western Europe one that is embedded, only the glyphs that are used.
import { createRequire } from 'node:module';

export type Weight = 'regular' | 'bold';

/** `font`: name of a standard font, or file of a font. `lift`: by how much of its size it is raised, so that it stands on one line with the standard face. */
export interface SetText { readonly font: string; readonly text: string; readonly lift: number }

const STANDARD = { regular: 'Helvetica', bold: 'Helvetica-Bold' } as const;
/** Condensed, so that columns are as wide as with the standard face. */
const EMBEDDED = { regular: 'DejaVuSansCondensed', bold: 'DejaVuSansCondensed-Bold' } as const;
/** Ascenders: 928 of 1000 there, 718 here. */
const LIFT = 0.21;

/** What the standard fonts can write: WinAnsi. */
const IS_STANDARD = /^[\u0020-\u007e\u00a0-\u00ff\u2013\u2014\u2018\u2019\u201a\u201c\u201d\u201e\u2022\u2026\u20ac]*$/;
/** What the embedded font has no glyph for, or what has to be joined or turned to be read: anything but Latin, Greek and Cyrillic letters, and the signs they are written with. */
const NOT_WRITTEN = /[^\u0020-\u007e\u00a0-\u024f\u0300-\u0303\u0306-\u030c\u0323\u0327\u0328\u0370-\u0373\u0376\u0377\u037a-\u037e\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u0482\u048a-\u04ff\u1e00-\u1e9b\u1e9e\u1ea0-\u1ef9\u2010-\u2027\u2030-\u203a\u20ac\u20b4\u20b9\u20bd\u2116\u2122\u2190-\u2193\u2212]/gu;

/**
 * @param text Anything; lines are one already.
 * @returns How it is written. A sign that can not be is its number, `[U+4E2D]`: it can be looked up, and is never another.
 */
export function setText(text: string, weight: Weight): SetText {
  if (IS_STANDARD.test(text)) return { font: STANDARD[weight], text, lift: 0 };
  const written = text.normalize('NFC').replace(NOT_WRITTEN, (sign) => `[U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`);
  return IS_STANDARD.test(written) ? { font: STANDARD[weight], text: written, lift: 0 } : { font: fileOf(EMBEDDED[weight]), text: written, lift: LIFT };
}

const fileOf = (name: string): string => createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${name}.ttf`);
