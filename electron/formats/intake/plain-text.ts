// A small text as most are, decoded at once: UTF-8, or UTF-16 as Windows writes it, with nothing in it that would have to be taken out or judged.
import { isUtf8 } from 'node:buffer';
import { seamIn } from './byte-seam.ts';
import { IntakeDecoder, sniffEncoding } from './encoding.ts';
import { NewlineNormaliser } from './lines.ts';
import { looksBinary } from './sniff.ts';

/** Newlines are `\n`. */
export interface PlainText { readonly encoding: 'utf-8' | 'utf-16le'; readonly text: string; readonly lossy: false }

/** What the long way drops (zeros, byte order marks, invisible marks) or counts (control characters, lost letters). */
const ODD = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffd-\uffff]/;
/** The same, or a letter whose bytes in UTF-16 may look like zeros side by side. */
const ODD_OR_WIDE = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f-\u009f\u0100-\uffff]/;

/**
 * @param bytes  All of a file; untrusted.
 * @returns What IntakeDecoder and NewlineNormaliser give, and a text that does not look binary; null where that is not sure at a glance. Never throws.
 */
export function decodePlain(bytes: Uint8Array): PlainText | null {
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  if (isWide ? bytes.length % 2 !== 0 : !isUtf8(bytes)) return null;
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(isWide ? 'utf16le' : 'utf8', isWide ? 2 : isMarked ? 3 : 0);
  if (ODD_OR_WIDE.test(text) && (ODD.test(text) || !text.isWellFormed() || (isWide && (looksBinary(bytes, text) || seamIn(bytes) !== -1)))) return null;
  return { encoding: isWide ? 'utf-16le' : 'utf-8', text: text.includes('\r') ? text.replaceAll('\r\n', '\n').replaceAll('\r', '\n') : text, lossy: false };
}

/** @param bytes All of a text; untrusted. @returns It, whatever its encoding, at once where that is sure at a glance. Newlines are `\n`. Never throws. */
export function decodeText(bytes: Uint8Array): string {
  const plain = decodePlain(bytes);
  if (plain !== null) return plain.text;
  const [decoder, newlines] = [new IntakeDecoder(sniffEncoding(bytes)), new NewlineNormaliser()];
  return newlines.write(decoder.write(bytes)) + newlines.write(decoder.end()) + newlines.end();
}
