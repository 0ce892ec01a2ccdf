// Distinguished names as directories and their exporters write them, and what one says about a computer and its recovery object.

export type RelativeName = { readonly type: string; readonly value: string };

/** What the distinguished name of a recovery object (`<time>{<GUID>}` below its computer) or of a computer says. */
export type DirectoryPlace = {
  readonly computer: string | null;
  /** Set for a recovery object: its name, `2024-07-19T06:11:12+02:00{…}`. */
  readonly objectName: string | null;
  /** From the top down, ` / ` between. */
  readonly organizationalUnit: string | null;
  /** `corp.example` */
  readonly domain: string | null;
};

/** True for text that begins as a distinguished name does; `LDAP://server:389/` before it is allowed. */
export const isDistinguishedName = (text: string): boolean => /^\s*(?:(?:LDAPS?|GC):\/\/(?:[^/]*\/)?)?(?:CN|OU|DC)=/i.test(text);

/**
 * Takes a distinguished name apart.
 *
 * @param text  Untrusted. Escapes `\,` `\+` `\2C` are undone; a bare `+` in a value stays (exporters forget to escape the zone of a
 *              recovery object's name); `LDAP://server:389/` before it is dropped.
 * @returns Its parts, leaf first; empty when it is none. Never throws.
 */
export function parseDistinguishedName(text: string): readonly RelativeName[] {
  if (!isDistinguishedName(text)) return [];
  const trimmed = text.trim();
  const name = trimmed.includes('://') ? trimmed.replace(/^(?:LDAPS?|GC):\/\/(?:[^/]*\/)?(?=(?:CN|OU|DC)=)/i, '') : trimmed;
  const parts: RelativeName[] = [];
  for (const piece of splitAtCommas(name)) {
    const equals = piece.indexOf('=');
    if (equals < 1) return parts;
    parts.push({ type: piece.slice(0, equals).trim().toUpperCase(), value: unescape(piece.slice(equals + 1).trim()) });
  }
  return parts;
}

/** @returns `pc-1.corp.example` of a computer, or of its recovery object, in that domain; null without either. */
export const directoryNameOf = (place: DirectoryPlace | null): string | null => (place === null || place.computer === null || place.domain === null ? null : `${place.computer}.${place.domain}`.toLowerCase());

/** @returns What a distinguished name says, or null when it names neither a computer nor a recovery object. Never throws. */
export function readDirectoryPlace(text: string): DirectoryPlace | null {
  const parts = parseDistinguishedName(text);
  const leaf = parts[0];
  if (leaf === undefined || leaf.type !== 'CN') return null;
  const isRecoveryObject = /^\d{4}-\d\d-\d\dT[\d:+\-Z.]*\{/i.test(leaf.value);
  const computer = isRecoveryObject ? parts[1] : leaf;
  let organizationalUnit: string | null = null;
  let domain: string | null = null;
  for (const { type, value } of parts) {
    if (type === 'OU') organizationalUnit = organizationalUnit === null ? value : `${value} / ${organizationalUnit}`;
    else if (type === 'DC') domain = domain === null ? value : `${domain}.${value}`;
  }
  // An object that lost to another of its name, or was deleted, is called `PC-1`, a line feed, `CNF:` or `DEL:` and its GUID (MS-ADTS 3.1.1.5.1.2).
  const name = computer?.type === 'CN' ? computer.value.replace(/\n(?:CNF|DEL):[0-9a-f-]{36}$/i, '') : '';
  return { computer: name === '' ? null : name, objectName: isRecoveryObject ? leaf.value : null, organizationalUnit, domain };
}

function splitAtCommas(name: string): string[] {
  if (!name.includes('\\')) return name.split(',').map((piece) => piece.trim());
  const pieces: string[] = [];
  let start = 0;
  for (let at = 0; at < name.length; at++) {
    if (name[at] === '\\') at++;
    else if (name[at] === ',') {
      pieces.push(name.slice(start, at).trim());
      start = at + 1;
    }
  }
  pieces.push(name.slice(start).trim());
  return pieces;
}

/** `\2C` is one byte of UTF-8 in hex; any other `\x` is x itself. */
function unescape(value: string): string {
  if (!value.includes('\\')) return value;
  return value.replace(/((?:\\[0-9A-F]{2})+)|\\(.)/gi, (_all, hex: string | undefined, plain: string | undefined) => {
    if (hex === undefined) return plain ?? '';
    const bytes = Uint8Array.from(hex.slice(1).split('\\'), (pair) => Number.parseInt(pair, 16));
    return new TextDecoder().decode(bytes);
  });
}
