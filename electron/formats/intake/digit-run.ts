// Which recovery passwords a run of digits holds: digits in tokens, nothing but separators between them.
//
// Every group of a recovery password is valid by itself, so eight neighbouring groups of two passwords that stand side by side look like a third.
// What belongs together is therefore told by the separators first: inside a password they are the same, and around it they are not.
import { parseRecoveryPassword, type RecoveryPassword } from '../../core/keys/recovery-password.ts';
import { FEWEST_ANYWHERE, FEWEST_WITH_HYPHENS, isCutOff } from './cut-off.ts';
import { readKeyCell } from './key-values.ts';
import type { RejectReason } from './reasons.ts';

export type DigitToken = {
  readonly digits: string;
  readonly row: number;
  /** What stands between the token before and this one; `\n` in it where a line ends. */
  readonly gap: string;
};

export type FoundInRun =
  | { readonly kind: 'key'; readonly first: number; readonly last: number; readonly recoveryPassword: RecoveryPassword }
  /** Clearly meant as one: eight groups, or 48 digits. */
  | { readonly kind: 'wrong'; readonly first: number; readonly last: number; readonly reason: RejectReason; readonly groups: readonly number[] };

type Gap = 'line' | 'hyphen' | 'point' | 'space';
/** A stretch of tokens, both ends included. */
type Stretch = readonly [first: number, last: number];

/**
 * The recovery passwords in a run.
 *
 * @param tokens  In the order of the text. Secret as far as they are passwords.
 * @returns What was found, in order; `first` and `last` are the indices of its tokens. Where it can not be told which eight of more
 *          groups are the password, the place is reported as `wrong-length` instead of guessed.
 */
export function findInRun(tokens: readonly DigitToken[]): readonly FoundInRun[] {
  const plain = wholeKey(tokens);
  if (plain !== null) return [plain];
  const run = new Run(tokens);
  for (const stretch of run.evenStretches()) run.judgeEven(stretch);
  for (const stretch of run.unusedStretches()) run.judgeUneven(stretch);
  for (const stretch of run.unusedStretches()) run.judgeCutOff(stretch);
  return run.found.toSorted((a, b) => a.first - b.first);
}

/** Eight groups with hyphens between and nothing else, as nearly every recovery password stands. Null for anything else. */
function wholeKey(tokens: readonly DigitToken[]): FoundInRun | null {
  if (tokens.length !== 8) return null;
  let text = '';
  for (let at = 0; at < 8; at++) {
    const token = tokens[at];
    if (token === undefined || token.digits.length !== 6 || (at > 0 && token.gap !== '-')) return null;
    text += at === 0 ? token.digits : `-${token.digits}`;
  }
  const cell = readKeyCell(text);
  return cell.status === 'ok' ? { kind: 'key', first: 0, last: 7, recoveryPassword: cell.recoveryPassword } : null;
}

class Run {
  readonly found: FoundInRun[] = [];
  readonly #tokens: readonly DigitToken[];
  readonly #used: boolean[];

  constructor(tokens: readonly DigitToken[]) {
    this.#tokens = tokens;
    this.#used = tokens.map(() => false);
  }

  /** Stretches with the same separator throughout; neighbours share a token. */
  evenStretches(): readonly Stretch[] {
    const stretches: Stretch[] = [];
    for (let first = 0; first < this.#tokens.length - 1; ) {
      const gap = this.#gap(first + 1);
      let last = first + 1;
      while (last + 1 < this.#tokens.length && this.#gap(last + 1) === gap) last++;
      stretches.push([first, last]);
      first = last;
    }
    return stretches;
  }

  /** Groups of six digits side by side with one separator: eight of them are a password, right or wrong. */
  judgeEven([first, last]: Stretch): void {
    const gap = this.#gap(last);
    for (const [from, to] of this.#parts(first, last, (at) => !this.#used[at] && this.#digits(at).length === 6)) {
      const groups = to - from + 1;
      if (groups % 8 === 0) {
        for (let at = from; at < to; at += 8) {
          const isMeant = gap === 'hyphen' || gap === 'point' || (gap === 'space' && groups === 8);
          this.#take(at, at + 7, isMeant);
        }
      } else if (groups > 8) this.#takeOnlyOne(from, to, gap === 'hyphen');
    }
  }

  unusedStretches(): readonly Stretch[] {
    return this.#parts(0, this.#tokens.length - 1, (at) => !this.#used[at]);
  }

  /** Passwords broken over lines, with spaces inside groups, without any separator, with a digit left out. */
  judgeUneven([first, last]: Stretch): void {
    for (const [from, to] of this.#parts(first, last, (at) => this.#digits(at).length !== 48)) this.#judgeBroken(from, to);
    for (let at = first; at <= last; at++) if (this.#digits(at).length === 48) this.#take(at, at, true);
  }

  /** What is left of a password whose other groups are not there. */
  judgeCutOff([first, last]: Stretch): void {
    for (let from = first; from <= last; ) {
      let to = from;
      const gap = from < last ? this.#gap(from + 1) : 'space';
      while (to < last && this.#gap(to + 1) === gap) to++;
      const groups = this.#tokens.slice(from, to + 1).map(({ digits }) => digits);
      const isLine = from === first || this.#gap(from) === 'line';
      if (isLine && isCutOff(groups, gap === 'hyphen' ? FEWEST_WITH_HYPHENS : FEWEST_ANYWHERE)) this.found.push({ kind: 'wrong', first: from, last: to, reason: 'recovery-password-cut-off', groups: [] });
      from = to + 1;
    }
  }

  #judgeBroken(first: number, last: number): void {
    const sixes = (last - first + 1) % 8 === 0 && this.#every(first, last, (at) => this.#digits(at).length === 6);
    if (sixes && this.#lines(first, last).every(([from, to]) => to > from || this.#tokens[from]?.gap.includes('-') === true)) {
      for (let at = first; at < last; at += 8) this.#take(at, at + 7, false);
      return;
    }
    const lines = this.#lines(first, last);
    // Broken by a window's edge, in whatever group: what is left in each line is none by itself.
    if (lines.length > 1 && this.#count(first, last) === 48 && this.#take(first, last, false)) return;
    for (const [from, to] of lines) {
      const digits = this.#count(from, to);
      if (digits === 48) this.#take(from, to, this.#isMeantAsEight(from, to));
      else if (this.#isMeantAsEight(from, to)) this.#takeWrong(from, to);
      else if (digits > 48) this.#takeOnlyOne(from, to, false);
    }
  }

  /** Eight groups on a line with hyphens, most of six digits: one lost or doubled a digit. */
  #isMeantAsEight(first: number, last: number): boolean {
    return last - first === 7 && this.#every(first + 1, last, (at) => this.#gap(at) === 'hyphen') && this.#every(first, last, (at) => this.#digits(at).length <= 8)
      && Array.from({ length: 8 }, (_, index) => this.#digits(first + index)).filter((digits) => digits.length === 6).length >= 5;
  }

  /** Where more digits than a password's stand together: the one place that is a password, if there is one only. */
  #takeOnlyOne(first: number, last: number, isMeant: boolean): void {
    const places: Stretch[] = [];
    for (let from = first; from <= last; from++) {
      let digits = 0;
      let to = from;
      while (to <= last && digits < 48) digits += this.#digits(to++).length;
      if (digits === 48 && this.#parse(from, to - 1).status === 'ok') places.push([from, to - 1]);
    }
    const [only, ...others] = places;
    if (only !== undefined && others.length === 0) this.#take(only[0], only[1], true);
    else if (only !== undefined || isMeant) this.#takeWrong(first, last);
  }

  #take(first: number, last: number, reportWrong: boolean): boolean {
    const parsed = this.#parse(first, last);
    if (parsed.status === 'ok') this.found.push({ kind: 'key', first, last, recoveryPassword: parsed.recoveryPassword });
    else if (reportWrong) this.#takeWrong(first, last);
    if (parsed.status === 'ok') this.#used.fill(true, first, last + 1);
    return parsed.status === 'ok';
  }

  #takeWrong(first: number, last: number): void {
    const cell = last - first > 7 ? null : readKeyCell(this.#tokens.slice(first, last + 1).map((token) => token.digits).join('-'));
    const { reason, groups = [] } = cell?.status === 'rejected' ? cell : { reason: 'wrong-length' as const };
    this.found.push({ kind: 'wrong', first, last, reason, groups });
    this.#used.fill(true, first, last + 1);
  }

  #parse(first: number, last: number): ReturnType<typeof parseRecoveryPassword> {
    return parseRecoveryPassword(this.#tokens.slice(first, last + 1).map((token) => token.digits).join(''));
  }

  #digits(at: number): string {
    return this.#tokens[at]?.digits ?? '';
  }

  #count(first: number, last: number): number {
    let digits = 0;
    for (let at = first; at <= last; at++) digits += this.#digits(at).length;
    return digits;
  }

  #gap(at: number): Gap {
    const gap = this.#tokens[at]?.gap ?? '';
    return gap.includes('\n') ? 'line' : gap.includes('-') ? 'hyphen' : /[._]/.test(gap) ? 'point' : 'space';
  }

  #lines(first: number, last: number): readonly Stretch[] {
    const lines: Stretch[] = [];
    let from = first;
    for (let at = first + 1; at <= last + 1; at++) {
      if (at <= last && this.#gap(at) !== 'line') continue;
      lines.push([from, at - 1]);
      from = at;
    }
    return lines;
  }

  #every(first: number, last: number, fits: (at: number) => boolean): boolean {
    for (let at = first; at <= last; at++) if (!fits(at)) return false;
    return true;
  }

  /** The longest stretches in which every token fits. */
  #parts(first: number, last: number, fits: (at: number) => boolean): readonly Stretch[] {
    const parts: Stretch[] = [];
    for (let at = first; at <= last; at++) {
      if (!fits(at)) continue;
      const from = at;
      while (at < last && fits(at + 1)) at++;
      parts.push([from, at]);
    }
    return parts;
  }
}
