// What a file is, told by its first bytes and lines.
import { isDistinguishedName } from '../../core/hosts/distinguished-name.ts';
import { looksLikeAccountListing } from './account-listing.ts';
import { isUtf32 } from './encoding.ts';
import { findMarkup } from './markup.ts';
import { formatListKind, mayHoldFormatList } from './format-list.ts';
import { looksLikeHostNames } from './host-names.ts';
import { jsonKind, looksLikeJson } from './json.ts';
import { findJsonTable } from './json-table.ts';
import { looksLikeLdif } from './ldif.ts';
import { looksLikeNetworkListing } from './network-listing.ts';
import { findRuledTable, mayBeAligned, mayHoldRuler } from './ruled-table.ts';
import type { Declined } from './reasons.ts';
import type { IntakeKind } from './rows.ts';
import { findMappedLayout, type ColumnMapping } from './mapping.ts';
import type { Markup } from './markup.ts';
import { findTableLayout, type TableLayout } from './table-layout.ts';
import { findTurnedTable } from './turned-table.ts';

/** Bytes from the beginning by which a file is told. */
export const HEAD_BYTES = 65_536;

/** One key and its name: 156 or 180 bytes were seen. */
const LONGEST_BEK = 256;

const latin1 = new TextDecoder('windows-1252');
const ascii = (text: string): readonly number[] => Array.from(text, (letter) => letter.charCodeAt(0));
const MAGIC: readonly (readonly [Declined, number, readonly number[]])[] = [
  ['gzip', 0, [0x1f, 0x8b]], ['zip', 0, [0x50, 0x4b, 0x03, 0x04]], ['zip', 0, [0x50, 0x4b, 0x05, 0x06]], ['7z', 0, [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]], ['rar', 0, ascii('Rar!')],
  ['pdf', 0, ascii('%PDF-')], ['sqlite', 0, ascii('SQLite format 3\0')], ['old-excel', 0, [0xd0, 0xcf, 0x11, 0xe0]], ['program', 0, [0x4d, 0x5a, 0x90]], ['program', 0, [0x7f, 0x45, 0x4c, 0x46]],
  ['picture', 0, [0x89, 0x50, 0x4e, 0x47]], ['picture', 0, [0xff, 0xd8, 0xff]], ['picture', 0, ascii('GIF8')], ['picture', 8, ascii('WEBPVP8')],
  ['picture', 4, ascii('ftyphe')], ['picture', 4, ascii('ftypmif1')], ['picture', 4, ascii('ftypavif')], ['picture', 0, [0x49, 0x49, 0x2a, 0]], ['picture', 0, [0x4d, 0x4d, 0, 0x2a]],
  ['access-database', 4, ascii('Standard ACE DB')], ['access-database', 4, ascii('Standard Jet DB')], ['password-database', 0, [0x03, 0xd9, 0xa2, 0x9a]], ['mailbox', 0, ascii('!BDN')],
  ['bitlocker-volume', 3, ascii('-FVE-FS-')], ['disk-image', 0, ascii('conectix')], ['disk-image', 0, ascii('vhdxfile')], ['disk-image', 0, ascii('EVF\t')], ['disk-image', 0, ascii('MSWIM')], ['disk-image', 0, ascii('KDMV')], ['disk-image', 0, [...ascii('QFI'), 0xfb]], ['disk-image', 0, ascii('<<< ')],
  ['other-archive', 257, ascii('ustar')], ['other-archive', 4, [0x31, 0x41, 0x59, 0x26, 0x53, 0x59]], ['other-archive', 0, [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0]], ['other-archive', 0, [0x28, 0xb5, 0x2f, 0xfd]], ['other-archive', 0, ascii('MSCF\0\0\0\0')],
  ['outlook-wrapping', 0, [0x78, 0x9f, 0x3e, 0x22]], ['encrypted-message', 0, ascii('-----BEGIN PGP MESSAGE-----')],
  ['disk-image', 510, [0x55, 0xaa]],
];

/**
 * Tells files that are no text.
 *
 * @param head  The first bytes.
 * @returns What the file is, or null when it may be text.
 * @source  BEK: u32 its own length, u32 1, u32 0x30, u32 length again (field observations on two files of cryptsetup's test suite).
 */
export function findDeclined(head: Uint8Array): Declined | null {
  if (head.length === 0) return 'empty';
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length >= 48 && view.getUint32(0, true) === view.getUint32(12, true) && view.getUint32(4, true) === 1 && view.getUint32(8, true) === 0x30) {
    return head.length <= LONGEST_BEK && view.getUint32(0, true) === head.length ? 'bek' : 'key-package';
  }
  const found = MAGIC.find(([, at, bytes]) => bytes.every((byte, index) => head[at + index] === byte))?.[0] ?? null;
  if (found === 'old-excel') return compoundKind(head);
  if (found === null && DESK_FILE.test(latin1.decode(head.subarray(0, 64)))) return 'desk-file';
  if (found === null && head[0] === 0x30 && latin1.decode(head.subarray(0, 40)).includes(SEALED)) return 'encrypted-message';
  return found === 'zip' && /\[Content_Types\]\.xml|xl\/(?:workbook|worksheets|_rels)/.test(latin1.decode(head.subarray(0, 8192))) ? 'excel' : found;
}

/** With what a desk's keys.json and its backup begin (store/vault.ts, store/backup-file.ts). */
const DESK_FILE = /^\{\s*"format":\s*"bluelift-(?:keys|backup) /;

/** What S/MIME signs or seals. @source RFC 5652: 1.2.840.113549.1.7. */
const SEALED = latin1.decode(Uint8Array.of(0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07));

/** Which of the files that are all built alike: told by the names of what is in them (UTF-16), as far as they stand in the beginning. @source MS-CFB, MS-OXMSG, MS-DOC, MS-OFFCRYPTO. */
function compoundKind(head: Uint8Array): Declined {
  const text = latin1.decode(head);
  const has = (name: string): boolean => text.includes(Array.from(name).join('\0'));
  return has('EncryptedPackage') ? 'office-encrypted' : has('__substg1.0') || has('__nameid_version') ? 'outlook-message' : has('WordDocument') ? 'old-word' : 'old-excel';
}

/**
 * @param head  The bytes `text` was decoded from.
 * @returns Whether it is hardly text: zero bytes side by side, many control characters, or letters that no encoding made sense of.
 */
export function looksBinary(head: Uint8Array, text: string): boolean {
  let end = head.length;
  // A file whose end was lost in a crash ends in zeros; what is before them may be whole.
  while (end > 0 && head[end - 1] === 0) end--;
  let pairs = 0;
  for (let at = 1; at < end; at++) if (head[at] === 0 && head[at - 1] === 0) pairs++;
  if (end === 0 || (pairs * 100 > end && !isUtf32(head))) return true;
  const sample = text.slice(0, 16_384);
  // The control characters are what is counted.
  const odd = sample.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f\u0080-\u009f\ufffd\ufffe\uffff]/g)?.length ?? 0;
  return odd * 20 > sample.length;
}

export type TextKind =
  | { readonly reader: 'table'; readonly intakeKind: IntakeKind; readonly layout: TableLayout }
  | { readonly reader: 'document'; readonly intakeKind: IntakeKind; readonly layout: null; readonly markup: Markup }
  | { readonly reader: 'ldif' | 'json' | 'json-table' | 'format-list' | 'ruled-table' | 'turned-table' | 'host-names' | 'account-listing' | 'network-listing' | 'any-text'; readonly intakeKind: IntakeKind; readonly layout: null };

/**
 * Tells what a text holds.
 *
 * @param text  The first characters, newlines normalised.
 * @param whole  Whether that is all of it; otherwise its last line may be cut.
 */
export function findTextKind(text: string, whole: boolean, mappings: readonly ColumnMapping[] = []): TextKind {
  const lines = text.split('\n');
  if (!whole && lines.length > 1) lines.pop();
  const mapped = findMappedLayout(lines, mappings);
  if (mapped !== null) return { reader: 'table', intakeKind: mapped.intakeKind, layout: mapped };
  const markup = findMarkup(text);
  if (markup !== null) return { reader: 'document', intakeKind: 'any-text', layout: null, markup };
  if (looksLikeJson(text)) {
    const ofRows = findJsonTable(text);
    return ofRows === null ? { reader: 'json', intakeKind: jsonKind(text), layout: null } : { reader: 'json-table', intakeKind: ofRows, layout: null };
  }
  if (looksLikeLdif(lines)) return { reader: 'ldif', intakeKind: 'ldif', layout: null };
  // What a look at the whole text shows that it is not, costs no look at each line.
  const listed = mayHoldFormatList(text) ? formatListKind(lines) : null;
  if (listed !== null) return { reader: 'format-list', intakeKind: listed, layout: null };
  const ruled = mayHoldRuler(text) || mayBeAligned(lines) ? findRuledTable(lines) : null;
  if (ruled !== null) return { reader: 'ruled-table', intakeKind: ruled.intakeKind, layout: null };
  const turned = whole ? findTurnedTable(text) : null;
  if (turned !== null) return { reader: 'turned-table', intakeKind: turned, layout: null };
  const layout = findTableLayout(lines);
  if (layout !== null) return { reader: 'table', intakeKind: layout.intakeKind, layout };
  const hasKey = /(?:\p{Nd}{6}\P{L}{1,4}){7}\p{Nd}{6}|\d{48}/u.test(text);
  if (!hasKey && looksLikeAccountListing(lines.slice(0, 500))) return { reader: 'account-listing', intakeKind: 'computers-csv', layout: null };
  if (!hasKey && looksLikeNetworkListing(lines.slice(0, 500))) return { reader: 'network-listing', intakeKind: 'network-listing', layout: null };
  if (!hasKey && looksLikeHostNames(lines.slice(0, 500))) return { reader: 'host-names', intakeKind: areOfDirectory(lines) ? 'computers-csv' : 'host-names', layout: null };
  return { reader: 'any-text', intakeKind: textKind(text), layout: null };
}

/** `dsquery computer`: distinguished names below each other are a directory's list, in which nobody is down. */
const areOfDirectory = (lines: readonly string[]): boolean => {
  const said = lines.slice(0, 500).filter((line) => line.trim() !== '');
  return said.filter((line) => isDistinguishedName(line.trim().replace(/^"(.*)"$/, '$1'))).length * 2 > said.length;
};

/** The label only; all of these are read by the same patterns. The link stands in Windows' file in every language. */
function textKind(text: string): IntakeKind {
  if (/go\.microsoft\.com\/fwlink\/\?LinkI[dD]=260589/.test(text)) return 'windows-text';
  // `ID: {…}` in its indented line, whatever the word for it.
  if (/^[ \t]+[^\s:{}][^:{}\n]{0,40}:\s*\{[0-9A-F-]{36}\}[ \t]*$/im.test(text)) return 'manage-bde-text';
  return 'any-text';
}
