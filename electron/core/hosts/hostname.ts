// One host under many spellings: the name by which a host is known, whatever list it came from.
import { isDistinguishedName, readDirectoryPlace } from './distinguished-name.ts';

export type ParsedHostname =
  | { readonly status: 'ok'; readonly hostname: string; readonly dnsName: string | null; readonly domain: string | null; readonly organizationalUnit: string | null }
  /** Nothing, or a word exporters write for nothing (`-`, `N/A`, `NULL`, `Not Found`). */
  | { readonly status: 'empty' }
  /** `?` or U+FFFD stand where the exporter could not write a letter, `...` or `…` where it cut the name off. */
  | { readonly status: 'letters-lost' }
  | { readonly status: 'address' }
  | { readonly status: 'unusable' };

const NOTHING = new Set([
  '', '-', '--', 'n/a', 'na', 'null', '(null)', 'none', 'nil', 'unknown', 'not found', 'notfound', 'device not found', 'no device found', 'not available',
  'system.object[]', 'system.byte[]', 'undefined', 'unbekannt', 'nicht gefunden', 'inconnu', '#n/a', '#nv', '(blank)', '(leer)',
]);

/**
 * The name by which a host is known.
 *
 * @param text  Untrusted: `pc1`, `PC1$`, `CORP\PC1`, `\\PC1`, `pc1.corp.example`, or a distinguished name of the computer or of its recovery object.
 * @returns The normalised name: upper case as Windows shows it, NFC, first DNS label, at most 63 characters; with DNS name, domain and
 *          organizational unit where the spelling held them. Names cut to NetBIOS' 15 characters stay cut. Never throws.
 * @source  Characters a computer name can not hold: Microsoft, "Naming conventions in Active Directory"; a name of digits only is refused by Windows.
 */
export function parseHostname(text: string): ParsedHostname {
  if (ORDINARY_NAME.test(text)) return parsePlainName(text);
  if (text.length > LONGEST_SPELLING) return { status: text.trim() === '' ? 'empty' : 'unusable' };
  const given = unquoted((isAscii(text) ? text : text.normalize('NFC')).trim());
  if (isNothing(given)) return { status: 'empty' };
  if (isDistinguishedName(given)) {
    const place = readDirectoryPlace(given);
    if (place === null || place.computer === null) return { status: 'unusable' };
    const leaf = parsePlainName(place.computer);
    return leaf.status === 'ok' ? { ...leaf, domain: place.domain ?? leaf.domain, organizationalUnit: place.organizationalUnit } : leaf;
  }
  return parsePlainName(given);
}

/** Of a distinguished name; a cell may hold a megabyte, and looking for what to take off its end would take minutes. */
const LONGEST_SPELLING = 2048;

/** Format-Table does that at the width of the console. */
const CUT_OFF = /(?:\.{3}|…)$/;

const LONGEST_NOTHING = 20;
const isNothing = (text: string): boolean => text.length <= LONGEST_NOTHING && NOTHING.has(text.toLowerCase());

/** The same name in the store's case, for a name that is already short. */
export function normaliseCase(name: string): string {
  if (isAscii(name)) return name.toUpperCase();
  // Letters whose upper case is longer (ß) stay: "straße" and "strasse" are two hosts.
  return Array.from(name.normalize('NFC'), (letter) => (letter.toUpperCase().length === letter.length ? letter.toUpperCase() : letter)).join('');
}

const isAscii = (text: string): boolean => /^[\u0000-\u007f]*$/.test(text);

/** Also as a spreadsheet's formula, which keeps a text a text: `="PC-1"`. */
function unquoted(text: string): string {
  const from = text.startsWith('="') ? 1 : 0;
  const quote = text.charCodeAt(from);
  if (quote === 0x27 && from === 0 && !text.slice(1).includes("'")) return text.slice(1).trim(); // typed before a text that looks like a number
  return (quote === 0x22 || quote === 0x27) && text.length > from + 1 && text.charCodeAt(text.length - 1) === quote ? text.slice(from + 1, -1).trim() : text;
}

/** What most names are; the rules below need not be asked. */
const ORDINARY_NAME = /^[A-Za-z][A-Za-z0-9_-]{0,62}$/;

function parsePlainName(given: string): ParsedHostname {
  if (ORDINARY_NAME.test(given) && !isNothing(given)) return { status: 'ok', hostname: given.toUpperCase(), dnsName: null, domain: null, organizationalUnit: null };
  const withoutSlashes = given.replace(/^\\\\+/, '');
  const backslash = withoutSlashes.lastIndexOf('\\');
  const netbiosDomain = backslash > 0 ? withoutSlashes.slice(0, backslash) : null;
  const name = withoutSlashes.slice(backslash + 1).replace(/[$.\s]+$/, '').trim();
  if (/[?\ufffd]/.test(name) || CUT_OFF.test(given.trimEnd())) return { status: 'letters-lost' };
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(name) || /^(?=.*:)[0-9a-f:]+(?:%\w+)?$/i.test(name)) return { status: 'address' };
  const dot = name.indexOf('.');
  const label = dot === -1 ? name : name.slice(0, dot).replace(/[$\s]+$/, '');
  if (isNothing(label)) return { status: 'empty' };
  if (label === '' || label.length > 63 || name.length > 255 || /[\u0000-\u001f\u007f/:*"<>|,;=+[\]{}()@!#%^&~`]/.test(name)) return { status: 'unusable' };
  if (/^\d+$/.test(label) || !/[\p{L}\p{N}]/u.test(label) || /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(label)) return { status: 'unusable' };
  const suffix = dot === -1 ? '' : name.slice(dot + 1).toLowerCase();
  const isDnsSuffix = suffix !== '' && /^[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*$/u.test(suffix);
  if (suffix !== '' && !isDnsSuffix) return { status: 'unusable' };
  return {
    status: 'ok', hostname: normaliseCase(label),
    dnsName: suffix === '' ? null : `${label.toLowerCase()}.${suffix}`,
    domain: suffix === '' ? netbiosDomain : suffix, organizationalUnit: null,
  };
}
