// A recovery password among other words: a line of a mail, a ticket or Windows' own text file, pasted where something else belongs.
import { digitValue, isInvisible, isSeparator } from './separators.ts';

const GROUP_DIGITS = 6;
const GROUPS = 8;
/** Three groups in a row are no date, no number of a ticket and no part of a key ID. */
const FEWEST_GROUPS = 3;
/** In one run: card numbers and the serial numbers of makers are shorter. */
const FEWEST_DIGITS = 20;

/**
 * Finds groups of a recovery password in a text that is not one as a whole.
 *
 * @param text Untrusted, of any length.
 * @returns The groups of the longest such stretch, at most eight, the last of them perhaps not yet whole; null where there is none. Never throws. Secret.
 */
export function findRecoveryPasswordWithin(text: string): readonly string[] | null {
  let longest: readonly string[] | null = null;
  let stretch: string[] = [];
  let run = '';
  const endStretch = (): void => {
    const whole = stretch.filter((group) => group.length === GROUP_DIGITS).length;
    if (whole >= FEWEST_GROUPS && stretch.length > (longest?.length ?? 0)) longest = stretch.slice(0, GROUPS);
    stretch = [];
  };
  const endRun = (): void => {
    if (run.length >= FEWEST_DIGITS) { endStretch(); stretch = run.match(/\d{1,6}/g) ?? []; endStretch(); }
    else if (run.length === GROUP_DIGITS) stretch.push(run);
    else if (run !== '') { if (run.length < GROUP_DIGITS) stretch.push(run); endStretch(); }
    run = '';
  };
  for (const character of text) {
    const code = character.charCodeAt(0);
    const digit = digitValue(code);
    if (digit >= 0) run += String(digit);
    else if (!isSeparator(code)) { endRun(); endStretch(); }
    else if (!isInvisible(code)) endRun();
  }
  endRun();
  endStretch();
  return longest;
}
