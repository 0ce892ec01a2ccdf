// The parts of a mail that are text, its attachments among them. Untrusted.
// @source RFC 2045 to 2049.
import { IntakeDecoder, sniffEncoding } from './encoding.ts';
import { fromHtml, looksLikeHtml } from './html.ts';
import { decodeTransfer, encodedWords } from './mail-files.ts';
import type { Passage } from './markup.ts';
import { mayHoldKey } from './row-search.ts';
import { hostInTitle } from './text-hosts.ts';

const DEEPEST_PART = 8;

/** @param text Of a mail, or of one of its parts. @returns Its text and its files; a subject with a recovery password in it before them. */
export function fromMail(text: string, depth = 0): Passage[] {
  const blank = /\n[ \t]*\n/.exec(text);
  const head = (blank === null ? text : text.slice(0, blank.index)).replace(/\n[ \t]+/g, ' ');
  const passages = passagesBelow(text, blank, head, depth);
  const subject = encodedWords(/^Subject:[ \t]*(.*)$/im.exec(head)?.[1]?.slice(0, LONGEST_SUBJECT) ?? '');
  const about = hostInTitle(subject);
  const said: Passage[] = mayHoldKey(subject) ? [{ kind: 'text', text: subject }] : [];
  return about === null ? [...said, ...passages] : [...said, ...passages].map((passage) => ({ about, ...passage }));
}

const LONGEST_SUBJECT = 1000;

function passagesBelow(text: string, blank: RegExpExecArray | null, head: string, depth: number): Passage[] {
  const body = blank === null ? '' : text.slice(blank.index + blank[0].length);
  const field = (name: string): string => new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(head)?.[1] ?? '';
  const type = field('Content-Type');
  const boundary = /boundary="?([^";]+)"?/i.exec(type)?.[1];
  if (boundary !== undefined && depth < DEEPEST_PART) {
    const parts = `\n${body}`.split(`\n--${boundary}`).slice(1).filter((part) => !part.startsWith('--')).map((part) => part.replace(/^[^\n]*\n/, ''));
    if (parts.length === 0) return [{ kind: 'text', text: body }];
    const read = parts.map((part) => ({ part, isHtml: /^Content-Type:[ \t]*text\/html/im.test(part.slice(0, 2000)) }));
    // The same text twice: as a page its tables are tables.
    const chosen = /multipart\/alternative/i.test(type) && read.some(({ isHtml }) => isHtml) ? read.filter(({ isHtml }) => isHtml) : read;
    return chosen.flatMap(({ part }) => fromMail(part, depth + 1));
  }
  const isFile = /\bname\*?\d*\*?=/i.test(type) || /\bfilename\*?\d*\*?=/i.test(field('Content-Disposition'));
  // A mailer calls a CSV what its registry says, often Excel's or plain bytes.
  if (type !== '' && !IS_TEXT.test(type) && !isFile) return [];
  const encoding = field('Content-Transfer-Encoding');
  const decoded = !IS_PACKED.test(encoding) ? body : decode(decodeTransfer(Buffer.from(body).toString('latin1'), encoding), /charset="?([\w-]+)"?/i.exec(type)?.[1] ?? null);
  if (!IS_TEXT.test(type) && NO_TEXT.test(decoded.slice(0, 4096))) return [];
  if (/^message\/rfc822/i.test(type)) return depth < DEEPEST_PART ? fromMail(decoded, depth + 1) : [];
  if (looksLikeHtml(decoded.trimStart()) || /^text\/html/i.test(type)) return fromHtml(decoded);
  return [{ kind: isFile ? 'file' : 'text', text: decoded }];
}

const IS_PACKED = /^(?:quoted-printable|base64)/i;
const IS_TEXT = /^(?:text\/|message\/rfc822|application\/(?:json|xml|csv))/i;
/** Pictures, workbooks, archives. */
const NO_TEXT = /[\u0000-\u0008\u000e-\u001f\ufffd]/;

/** In the character set that is given and known, or as any file's bytes. */
function decode(bytes: Uint8Array, charset: string | null): string {
  const decoder = new IntakeDecoder(sniffEncoding(bytes));
  const text = charset === null || !isKnown(charset) ? decoder.write(bytes) + decoder.end() : new TextDecoder(charset).decode(bytes);
  return text.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
}

function isKnown(charset: string): boolean {
  try {
    return new TextDecoder(charset).encoding !== '';
  } catch {
    return false;
  }
}
