// How else what was said may be kept: people say no hyphens, spell out, and put blanks where they breathe.

/** What stands between the parts of a name, a label or a user, and is not said. */
const SEPARATORS = /[\s._\u00ad\u200b-\u200d\u2010-\u2015\u2212-]+/g;
const JOINERS = ['', '-', ' ', '.', '_'] as const;

/** @returns The text without separators, in upper case. */
export const plainOf = (text: string): string => text.replace(SEPARATORS, '').toUpperCase();

/**
 * Other spellings of a label or a user: what was separated joined in every usual way, and separated as well where letters and digits meet.
 *
 * @returns Without what was typed; at most fifteen, for `A 10053` among them `A10053` and `A-10053`.
 */
export function spellingsOf(typed: string): string[] {
  const text = typed.trim();
  const parts = text.split(SEPARATORS).filter((part) => part !== '');
  const runsOf = (word: string): readonly string[] => word.match(/\d+|\D+/g) ?? [];
  return [...new Set([parts, parts.flatMap(runsOf), runsOf(parts.join(''))].flatMap((pieces) => JOINERS.map((joiner) => pieces.join(joiner))))].filter((spelling) => spelling !== text);
}
