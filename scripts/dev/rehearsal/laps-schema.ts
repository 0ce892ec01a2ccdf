// Both kinds of LAPS in the schema of the test domain, and constructed passwords for its computers.
// Names, OIDs, syntaxes and flags as Microsoft documents them (MS-ADA2 2.64 to 2.68; Windows LAPS schema extensions; legacy LAPS operations guide).

/** What a computer has: of legacy LAPS, of Windows LAPS in clear text, or encrypted, of which only the time of expiry can be read. */
export type ConstructedLaps =
  | { readonly kind: 'legacy'; readonly password: string; readonly expiresAt: string } | { readonly kind: 'windows'; readonly account: string; readonly password: string; readonly updatedAt: string; readonly expiresAt: string }
  | { readonly kind: 'encrypted'; readonly expiresAt: string };

interface Attribute { readonly cn: string; readonly name: string; readonly oid: string; readonly syntax: string; readonly om: number; readonly flags: number; readonly guid: string }

/** fRODCFilteredAttribute, fNEVERVALUEAUDIT, fCONFIDENTIAL, fPRESERVEONDELETE. */
const CONFIDENTIAL = 904;
const LEGACY = '1.2.840.113556.1.8000.2554.50051.45980.28112.18903.35903.6685103.1224907.2';
const WINDOWS = '1.2.840.113556.1.6.44.1';
/** The schemaIDGUIDs are constructed: every forest may have its own. */
const ATTRIBUTES: readonly Attribute[] = [
  { cn: 'ms-Mcs-AdmPwd', name: 'ms-Mcs-AdmPwd', oid: `${LEGACY}.1`, syntax: '2.5.5.5', om: 19, flags: CONFIDENTIAL, guid: '1a5d1a5d-0001-4000-8000-000000000001' },
  { cn: 'ms-Mcs-AdmPwdExpirationTime', name: 'ms-Mcs-AdmPwdExpirationTime', oid: `${LEGACY}.2`, syntax: '2.5.5.16', om: 65, flags: 0, guid: '1a5d1a5d-0001-4000-8000-000000000002' },
  { cn: 'ms-LAPS-PasswordExpirationTime', name: 'msLAPS-PasswordExpirationTime', oid: `${WINDOWS}.1`, syntax: '2.5.5.16', om: 65, flags: 0, guid: '1a5d1a5d-0001-4000-8000-000000000003' },
  { cn: 'ms-LAPS-Password', name: 'msLAPS-Password', oid: `${WINDOWS}.2`, syntax: '2.5.5.5', om: 19, flags: CONFIDENTIAL, guid: '1a5d1a5d-0001-4000-8000-000000000004' },
  { cn: 'ms-LAPS-Encrypted-Password', name: 'msLAPS-EncryptedPassword', oid: `${WINDOWS}.3`, syntax: '2.5.5.10', om: 4, flags: CONFIDENTIAL, guid: '1a5d1a5d-0001-4000-8000-000000000005' },
];
/** Of the confidential ones, for an entry of an access control list. */
export const LAPS_ATTRIBUTE_GUIDS = ATTRIBUTES.filter(({ flags }) => flags === CONFIDENTIAL).map(({ guid }) => guid);

/** @returns LDIF of three requests: the attributes, the class that may have them, and in between the schema is read anew. */
export const LAPS_SCHEMA_STEPS = (base: string): readonly string[] => {
  const schema = `CN=Schema,CN=Configuration,${base}`;
  const again = 'dn:\nchangetype: modify\nadd: schemaUpdateNow\nschemaUpdateNow: 1\n-\n';
  return [
    ATTRIBUTES.map(({ cn, name, oid, syntax, om, flags, guid }) => `dn: CN=${cn},${schema}\nchangetype: add\nobjectClass: attributeSchema\nlDAPDisplayName: ${name}\nattributeID: ${oid}\nattributeSyntax: ${syntax}\noMSyntax: ${om}\nisSingleValued: TRUE\nsearchFlags: ${flags}\nschemaIDGUID:: ${windowsBytes(guid)}\n`).join('\n'),
    again,
    `dn: CN=Computer,${schema}\nchangetype: modify\nadd: mayContain\n${ATTRIBUTES.map(({ name }) => `mayContain: ${name}\n`).join('')}-\n`,
    again,
  ];
};

const SIGNS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789,.-+;!#&@{}[]()';

/** @param n Of the computer. @returns A password like no other; the same for the same number. */
export function lapsOf(n: number): ConstructedLaps | null {
  const password = Array.from({ length: 14 }, (_, at) => SIGNS.charAt((n * 31 + at * 17 + (n >> (at % 7)) * 7) % SIGNS.length)).join('');
  const expiresAt = `2024-08-${String(1 + (n % 28)).padStart(2, '0')}T06:00:00Z`;
  switch (n % 4) {
    case 0: return { kind: 'legacy', password, expiresAt };
    case 1: return { kind: 'windows', account: n % 8 === 1 ? 'Administrator' : 'lapsadmin', password, updatedAt: `2024-07-${String(1 + (n % 18)).padStart(2, '0')}T06:00:00Z`, expiresAt };
    case 2: return { kind: 'encrypted', expiresAt };
    default: return null;
  }
}

/** Attributes of a computer's entry. */
export function lapsLdif(laps: ConstructedLaps | null): string {
  switch (laps?.kind) {
    case 'legacy': return `ms-Mcs-AdmPwd:: ${base64(laps.password)}\nms-Mcs-AdmPwdExpirationTime: ${filetime(laps.expiresAt)}\n`;
    case 'windows': return `msLAPS-Password:: ${base64(JSON.stringify({ n: laps.account, t: filetime(laps.updatedAt).toString(16), p: laps.password }))}\nmsLAPS-PasswordExpirationTime: ${filetime(laps.expiresAt)}\n`;
    case 'encrypted': return `msLAPS-EncryptedPassword:: ${Buffer.alloc(1200, 7).toString('base64')}\nmsLAPS-PasswordExpirationTime: ${filetime(laps.expiresAt)}\n`;
    default: return '';
  }
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');
/** 100 ns since 1601. */
const filetime = (instant: string): bigint => (BigInt(Date.parse(instant)) + 11_644_473_600_000n) * 10_000n;

/** The directory keeps a GUID with its first three parts turned round. */
function windowsBytes(id: string): string {
  const bytes = Buffer.from(id.replaceAll('-', ''), 'hex');
  for (const [from, to] of [[0, 4], [4, 6], [6, 8]] as const) bytes.subarray(from, to).reverse();
  return bytes.toString('base64');
}
