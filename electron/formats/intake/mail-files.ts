// The files that came with a mail, apart from its text: a workbook or an archive in a mail is a hand-over of its own. Untrusted; nothing is fetched or run.
// @source RFC 2045 to 2047, 2183, 2231; mailboxes (mbox) as RFC 4155 has them.

/** `name`: as its sender gave it, without folders; never empty, and another one for each file. */
export interface MailFile { readonly name: string; readonly bytes: Buffer }

/** Mails of Exchange Online have some 15 KiB of heading before they say what they are made of. */
const LONGEST_HEAD = 65_536;
const LONGEST_NAME = 200;
const DEEPEST_PART = 8;
const MOST_FILES = 1000;
/** Signatures of people and companies are pictures, too. */
const SMALLEST_PICTURE = 24 * 1024;
const BLANK_LINE = /\r?\n[ \t]*\r?\n/g;

/** @param head The first bytes of a file. @returns Whether it is a mail, or a box of mails, that may have files with it: its text alone would not be all of it. */
export function isMailWithFiles(head: Uint8Array): boolean {
  const first = head[0] ?? 0;
  if (!((first | 0x20) >= 0x61 && (first | 0x20) <= 0x7a)) return false;
  const begin = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 100)).toString('latin1');
  if (/^From \S+@\S+ /.test(begin)) return true;
  if (!/^[A-Za-z][\w-]{1,39}:[ \t\r]/.test(begin)) return false;
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, LONGEST_HEAD)).toString('latin1');
  const end = text.search(/\r?\n[ \t]*\r?\n/);
  const heading = end === -1 ? text : text.slice(0, end);
  return /^MIME-Version:/im.test(heading) && /^Content-Type:\s*(?:multipart\/|application\/(?!json|xml|csv))/im.test(heading);
}

/**
 * @param mail Of `isMailWithFiles`, whole.
 * @returns The same mail without the files that came with it, and those, in their order. Pictures of a signature and the signature of a mail are left out; what is not
 *          well-formed stays in the text. Never throws. Both may hold recovery passwords.
 */
export function takeFilesOut(mail: Uint8Array): { readonly text: Buffer; readonly files: readonly MailFile[] } {
  const whole = Buffer.from(mail.buffer, mail.byteOffset, mail.length).toString('latin1'); // one letter a byte
  const walk: Walk = { whole, cuts: [], files: [] };
  const starts = isBox(whole) ? [0, ...Array.from(whole.matchAll(/\nFrom \S+@\S+ [^\n]*\n/g), ({ index }) => index + 1)] : [0];
  starts.forEach((start, index) => walkPart(walk, isBox(whole) ? whole.indexOf('\n', start) + 1 : start, starts[index + 1] ?? whole.length, 0));
  let at = 0;
  const kept: string[] = [];
  for (const { from, to } of walk.cuts) {
    kept.push(whole.slice(at, from));
    at = to;
  }
  kept.push(whole.slice(at));
  return { text: Buffer.from(kept.join(''), 'latin1'), files: walk.files };
}

interface Walk { readonly whole: string; /** What is no text, in order. */ readonly cuts: { readonly from: number; readonly to: number }[]; readonly files: MailFile[] }
interface Heading { readonly body: number; field(name: string): string }

const isBox = (whole: string): boolean => /^From \S+@\S+ /.test(whole);

function headingOf(whole: string, from: number, to: number): Heading {
  BLANK_LINE.lastIndex = Math.max(0, from - 1); // the end of the line before: a heading may be empty
  const blank = BLANK_LINE.exec(whole);
  const isWithin = blank !== null && blank.index < to;
  const text = whole.slice(from, Math.min(isWithin ? blank.index : to, from + LONGEST_HEAD)).replace(/\r?\n[ \t]+/g, ' ');
  return { body: isWithin ? Math.min(to, blank.index + blank[0].length) : to, field: (name) => new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(text)?.[1]?.trim() ?? '' };
}

function walkPart(walk: Walk, from: number, to: number, depth: number): void {
  const { whole } = walk;
  const { body, field } = headingOf(whole, from, to);
  const type = field('Content-Type');
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (/^multipart\//i.test(type) && boundary !== undefined && depth < DEEPEST_PART) return partsOf(whole, body, to, boundary).forEach(([start, end]) => walkPart(walk, start, end, depth + 1));
  const encoding = field('Content-Transfer-Encoding');
  if (/^message\/rfc822/i.test(type) && !/^(?:base64|quoted-printable)/i.test(encoding)) return depth < DEEPEST_PART ? walkPart(walk, body, to, depth + 1) : undefined;
  const given = nameIn(field('Content-Disposition'), 'filename') ?? nameIn(type, 'name');
  if (type === '' || (given === null && /^(?:text\/|message\/|application\/(?:json|xml|csv))/i.test(type)) || walk.files.length >= MOST_FILES) return;
  walk.cuts.push({ from: body, to });
  const bytes = decodeTransfer(whole.slice(body, to), encoding);
  const isSignature = /^application\/(?:x-)?(?:pkcs7-signature|pgp-signature)/i.test(type) || (/^image\//i.test(type) && bytes.length < SMALLEST_PICTURE && (field('Content-ID') !== '' || /^inline/i.test(field('Content-Disposition'))));
  if (isSignature || bytes.length === 0) return;
  walk.files.push({ name: another(walk.files, given ?? ''), bytes });
}

/** From behind the line of a boundary to before the next one. */
function partsOf(whole: string, from: number, to: number, boundary: string): [number, number][] {
  const parts: [number, number][] = [];
  const mark = `--${boundary}`;
  let start = -1;
  for (let at = whole.indexOf(mark, from); ; at = whole.indexOf(mark, at + mark.length)) {
    const isOver = at === -1 || at >= to;
    if (!isOver && whole[at - 1] !== '\n') continue;
    if (start !== -1) parts.push([start, isOver ? to : whole[at - 2] === '\r' ? at - 2 : at - 1]);
    if (isOver || whole.startsWith('--', at + mark.length)) return parts;
    const line = whole.indexOf('\n', at);
    if (line === -1 || line >= to) return parts;
    start = line + 1;
  }
}

/** @param body One letter a byte. @param encoding As its heading names it. @returns What was packed; where nothing was, the same bytes. */
export function decodeTransfer(body: string, encoding: string): Buffer {
  if (/^base64/i.test(encoding)) return Buffer.from(body, 'base64');
  if (!/^quoted-printable/i.test(encoding)) return Buffer.from(body, 'latin1');
  return Buffer.from(body.replace(/=[ \t]*\r?\n/g, '').replace(/=([0-9A-Fa-f]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1');
}

/** @param field Of a heading. @param parameter `filename` or `name`, in one piece, in several, or in another character set. */
function nameIn(field: string, parameter: string): string | null {
  const pieces = Array.from(field.matchAll(new RegExp(`\\b${parameter}(?:\\*(\\d{1,2}))?(\\*)?=(?:"((?:[^"\\\\]|\\\\.)*)"|([^;\\s]+))`, 'gi')), ([, , star, quoted, bare]) => (star === undefined ? Buffer.from((quoted ?? bare ?? '').replace(/\\(.)/g, '$1'), 'latin1').toString('utf8') : percentDecoded(quoted ?? bare ?? '')));
  if (pieces.length === 0) return null;
  return encodedWords(pieces.join(''));
}

const percentDecoded = (text: string): string => Buffer.from(text.replace(/^[\w-]*'[\w-]*'/, '').replace(/%([0-9A-Fa-f]{2})/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1').toString('utf8');

/** `=?utf-8?B?…?=`: what is in no known character set is shown as it is. */
export function encodedWords(text: string): string {
  return text.replace(/=\?([\w-]+)\?([BQ])\?([^?]*)\?=\s*/gi, (whole, charset: string, how: string, words: string) => {
    const bytes = how.toUpperCase() === 'B' ? Buffer.from(words, 'base64') : decodeTransfer(words.replaceAll('_', ' '), 'quoted-printable');
    try {
      return new TextDecoder(charset).decode(bytes);
    } catch {
      return whole;
    }
  });
}

/** A name that no file before has, without folders and characters that are none. */
function another(files: readonly MailFile[], given: string): string {
  const name = (given.split(/[/\\]/).at(-1) ?? '').replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '').trim().slice(-LONGEST_NAME) || `attachment-${files.length + 1}`;
  const isTaken = (one: string): boolean => files.some((file) => file.name === one);
  let free = name;
  for (let count = 2; isTaken(free); count++) free = name.replace(/(\.\w{1,8})?$/, ` (${count})$1`);
  return free;
}
