// Finds recovery passwords and key protector IDs in any text at all, line by line, whatever language stands around them.
import { readDirectoryPlace } from '../../core/hosts/distinguished-name.ts';
import { parseKeyProtectorId } from '../../core/keys/key-protector-id.ts';
import { parseRecoveryPassword } from '../../core/keys/recovery-password.ts';
import { ID_LENGTH } from '../../core/keys/packed-values.ts';
import { type DigitToken, findInRun } from './digit-run.ts';
import { BEGINS_GUID, GUID, guidOverLines, OTHER_GUID } from './guids-in-text.ts';
import { parseInstant } from './instants.ts';
import { type FoundId, type FoundWrong, type KeyContext, KeyPairing, type Paired, type PairedKey } from './key-pairing.ts';
import type { RejectReason } from './reasons.ts';
import { isDigit, isSeparators, nextDigit, toPlainDigits } from './plain-digits.ts';
import { fileBefore, NumberedGroups, withoutFrame } from './printed-lines.ts';
import { HostsBeside, headingOf, NamedAbove, TextHosts } from './text-hosts.ts';

export type KeySink = {
  key(found: PairedKey): void;
  /** Something that clearly was meant as a recovery password and can not be one. */
  wrong(found: Paired<FoundWrong>): void;
  /** An ID in braces, as tools of BitLocker print it. @param kind  The line above it, which says of what sort of protector it is. */
  protectorId?(id: FoundId, kind: string): void;
};

/** `Volume C: [OSDisk]`, `Volume "C:" [OS]`: manage-bde in any language begins a volume at the start of a line. */
const NAMES_DRIVE = /[ "][A-Z]:/;
const VOLUME_LINE = /^\p{L}+ "?([A-Z]):"?(?:\s*\[(.*)\])?\s*$/u;
/** `Date: 2024-05-06 10:11:12 +0200` in any language. */
const DATE_LINE = /^\s*\p{L}[\p{L}\s]{0,30}:\s*(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S{0,12}(?:\s?[+-]\d\d:?\d\d|\s?Z)?)\s*$/u;
/** Rows down to the ID that such a line is about. */
const DATE_REACHES = 3;
const DRIVE_BEFORE_KEY = /(?:^|[\s("'[])([A-Z]):(?![\\/])[^:]*:?\s*$/u;
const MISREAD = /(?<![\w-])[\dOoQDIiLl|SsBZzG]{6}(?:-[\dOoQDIiLl|SsBZzG]{6}){7}(?![\w-])/g;
/** Only spaces and the like before the first digit. */
const CONTINUES_DIGITS = /^[\s._-]*\d/;
/** Fewer digits are neither of the two. */
const LETTERS = /[A-Za-z|]/;
const MANY_DIGITS = /^(?:\D*\d){36}/;
const SAMPLE = /(?<!\d)(?:\d{6}-){6,7}(?:SAMPLE|INVALID|EXAMPLE)/i;

type ScannedToken = DigitToken & { readonly line: string; readonly at: number };
/** Separators within a line; more is a gap between columns. */
const WIDEST_GAP = 4;
const MANY_TOKENS = 512;

/** Scans line by line. Holds the digits of a key that may go on in the next line, and one key that may find its ID there. */
export class KeyScanner {
  readonly #sink: KeySink;
  readonly #pairing: KeyPairing;
  /** What stands after the last digits of the line before. */
  #lineEnd = '';
  #lineAbove = '';
  #run: ScannedToken[] = [];
  #context: KeyContext = { host: null, drive: null, volumeLabel: null, volumeId: null };
  readonly #hosts = new TextHosts();
  readonly #beside = new HostsBeside();
  readonly #above = new NamedAbove();
  /** Of the volumes of this host so far. */
  readonly #drives = new Set<string>();
  /** Groups with letters, of each such key on this line. */
  readonly #misread: (readonly number[])[] = [];
  #paragraph = 0;
  readonly #numbered = new NumberedGroups();
  /** Out of which the lines are, where a listing of several files says so. */
  #file: string | null = null;
  #date: { readonly row: number; readonly at: string } | null = null;

  constructor(sink: KeySink) {
    this.#sink = sink;
    this.#pairing = new KeyPairing((found) => ('reason' in found ? sink.wrong(found) : sink.key(found)));
  }

  line(given: string, row: number): void {
    const numbered = this.#numbered.line(given, row);
    if (numbered !== null) {
      numbered.forEach(({ text, row: first }) => this.#line(text, first));
      return;
    }
    const from = fileBefore(given);
    if (from === null) return this.#line(given, row);
    if (from.file !== this.#file) {
      this.#endRun();
      this.#drives.clear();
      this.#hosts.begin(from.hostname, row);
      this.#context = { host: from.hostname, drive: null, volumeLabel: null, volumeId: null };
      // Windows names its file after the ID.
      for (const guid of from.file.matchAll(GUID)) this.#foundGuid(guid[0], from.file, guid.index, row);
    }
    this.#file = from.file;
    if (from.rest !== '') this.#line(from.rest, row);
  }

  #line(given: string, row: number): void {
    const plain = withoutFrame(toPlainDigits(given));
    // What the next line says of a host or a volume is not yet said of this key.
    if (this.#run.length > 0 && (!CONTINUES_DIGITS.test(plain) || this.#isFull())) this.#endRun();
    if (!/\S/.test(plain)) {
      this.#paragraph++;
      return;
    }
    const broken = guidOverLines(this.#lineAbove, plain);
    if (broken !== null) {
      this.#endRun();
      this.#foundGuid(broken.text, broken.above, broken.at, row);
    }
    const whole = broken === null ? plain : plain.slice(broken.next).padStart(plain.length);
    const line = whole.length >= 55 && whole.includes('-') && LETTERS.test(whole) && MANY_DIGITS.test(whole) ? this.#withoutMisread(whole, row) : whole;
    const names = this.#hosts.line(line, row);
    if (names) {
      this.#drives.clear();
      this.#context = { host: this.#hosts.host, drive: null, volumeLabel: null, volumeId: null };
    }
    else if (this.#context.host === null && !MANY_DIGITS.test(line)) this.#above.line(line, row);
    if (line.length < 300 && line.includes(':')) this.#readLabels(line, row);
    let at = 0;
    // An ID ends a run of digits; its own digits belong to no key.
    for (const guid of line.length >= ID_LENGTH && line.includes('-') && BEGINS_GUID.test(line) ? line.matchAll(GUID) : []) {
      this.#digits(line, at, guid.index, row);
      this.#endRun();
      this.#foundGuid(guid[0], line, guid.index, row);
      at = guid.index + guid[0].length;
    }
    this.#digits(line, at, line.length, row);
    // The digits of a name are no part of the key below it.
    if (names && headingOf(line) !== null) this.#endRun();
    for (const groups of this.#misread.splice(0)) this.#wrong(row, 'letters-in-password', groups);
    this.#lineAbove = line;
  }

  end(): void {
    this.#numbered.end().forEach(({ text, row }) => this.#line(text, row));
    this.#endRun();
    this.#pairing.end();
  }

  #readLabels(line: string, row: number): void {
    const date = DATE_LINE.exec(line)?.[1];
    const at = date === undefined ? null : parseInstant(date);
    if (at !== null) this.#date = { row, at };
    const volume = NAMES_DRIVE.test(line) ? VOLUME_LINE.exec(line) : null;
    if (volume?.[1] === undefined) return;
    // A host has one volume C: the second is another's, who is not named.
    if (this.#drives.has(volume[1])) {
      this.#drives.clear();
      this.#hosts.host = null;
    }
    this.#drives.add(volume[1]);
    this.#context = { host: this.#hosts.host, drive: `${volume[1]}:`, volumeLabel: volume[2] === undefined || volume[2] === '' ? null : volume[2], volumeId: null };
  }

  #foundGuid(text: string, line: string, at: number, row: number): void {
    const before = line.slice(Math.max(0, at - 60), at);
    const guid = parseKeyProtectorId(text);
    if (guid === null) return;
    if (OTHER_GUID.test(before)) {
      if (/volume/i.test(before)) this.#context = { ...this.#context, volumeId: guid };
      return;
    }
    this.#hosts.sawKey();
    const { createdAt, host } = this.#nameAround(line, at);
    const dated = this.#date !== null && row - this.#date.row <= DATE_REACHES ? this.#date.at : null;
    const found: FoundId = { row, keyProtectorId: guid, createdAt: createdAt ?? dated, host, around: { paragraph: this.#paragraph, host: this.#context.host, hostRow: this.#hosts.row } };
    if (before.endsWith('{')) this.#sink.protectorId?.(found, this.#lineAbove);
    this.#pairing.foundId(found);
  }

  /** The object name of a recovery object holds its time; a distinguished name its computer. */
  #nameAround(line: string, at: number): { createdAt: string | null; host: string | null } {
    const time = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\\?[+-]\d\d:\d\d)?)\{$/.exec(line.slice(Math.max(0, at - 40), at))?.[1];
    if (time === undefined) return { createdAt: null, host: null };
    const start = line.lastIndexOf('CN=', at);
    const place = start === -1 ? null : readDirectoryPlace(line.slice(start, start + 1024).replace(/["'\s]+$/, ''));
    return { createdAt: parseInstant(time), host: place?.objectName === null ? null : place?.computer ?? null };
  }

  #digits(line: string, from: number, to: number, row: number): void {
    let end = from;
    for (let at = nextDigit(line, from, to); at < to; at = nextDigit(line, end, to)) {
      const gap = line.slice(end, at);
      const continues = this.#run.length > 0 && (end > from ? isNarrowGap(gap) : from === 0 && isSeparators(gap));
      if (!continues) this.#endRun();
      end = at + 1;
      while (end < to && isDigit(line, end)) end++;
      const lineEnds = this.#run.at(-1)?.row !== row;
      this.#run.push({ digits: line.slice(at, end), row, gap: lineEnds ? `${this.#lineEnd}\n${gap}` : gap, line, at });
    }
    this.#lineEnd = line.slice(end, to);
    if (!isSeparators(this.#lineEnd)) this.#endRun();
  }

  /** A page full of numbers is judged in portions, cut where a line ends, where possible one that a key may well end with. */
  #isFull(): boolean {
    if (this.#run.length < MANY_TOKENS) return false;
    return this.#run.length >= 8 * MANY_TOKENS || this.#run.reduce((digits, token) => digits + token.digits.length, 0) % 48 === 0;
  }

  #endRun(): void {
    if (this.#run.length === 0) return;
    const run = this.#run;
    this.#run = [];
    this.#judge(run);
  }

  #judge(run: readonly ScannedToken[]): void {
    for (const found of findInRun(run)) {
      const start = run[found.first];
      if (start === undefined) continue;
      const around = this.#around(start, run[found.last] ?? start);
      if (found.kind === 'wrong') {
        this.#wrong(start.row, found.reason, found.groups, around);
        continue;
      }
      const before = start.line.slice(Math.max(0, start.at - 40), start.at);
      const drive = before.includes(':') ? DRIVE_BEFORE_KEY.exec(before)?.[1] : undefined;
      const context = drive === undefined ? around : { ...around, drive: `${drive}:` };
      this.#date = null;
      this.#pairing.foundKey({ row: start.row, recoveryPassword: found.recoveryPassword, context, paragraph: this.#paragraph });
    }
  }

  #around(start: ScannedToken, last: ScannedToken): KeyContext {
    this.#hosts.sawKey();
    const beside = this.#beside.hostOf(start.line, start.row, start.at, last.row === start.row ? last.at + last.digits.length : start.line.length);
    const host = beside ?? this.#context.host ?? this.#above.hostOf(start.row);
    return host === this.#context.host ? this.#context : { ...this.#context, host };
  }

  #wrong(row: number, reason: RejectReason, groups: readonly number[], context = this.#context): void {
    this.#pairing.foundKey({ row, reason, groups, context, paragraph: this.#paragraph });
  }

  /** Notes keys with letters in them and takes them out, so that their digits are not looked at once more. */
  #withoutMisread(line: string, row: number): string {
    if (SAMPLE.test(line)) {
      this.#sink.wrong({ row, reason: 'sample-row', groups: [], context: this.#context, id: null });
      return line.replace(SAMPLE, 'SAMPLE');
    }
    return line.replace(MISREAD, (match) => {
      if (!/[^\d-]/.test(match) || match.replace(/\D/g, '').length < 40) return match;
      const parsed = parseRecoveryPassword(match);
      if (parsed.status === 'letters') this.#misread.push(parsed.groups);
      return 'x';
    });
  }
}

const isNarrowGap = (gap: string): boolean => gap.length <= WIDEST_GAP && isSeparators(gap);
