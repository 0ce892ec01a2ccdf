// Texts, directory exports and JSON with recovery passwords.
import { keyProtectorIdToBytes } from '../../../../electron/core/keys/key-protector-id.ts';
import { type ExpectedKey, type HandOver, type HandOverKind, type KeyFact, objectDn, objectName, text, upper } from './hand-over.ts';

const base64 = (id: KeyFact['id']): string => Buffer.from(keyProtectorIdToBytes(id)).toString('base64');
const key = (fact: KeyFact, more: Partial<ExpectedKey> = {}): Omit<ExpectedKey, 'row'> => ({ keyProtectorId: fact.id, recoveryPassword: fact.password, hostname: null, ...more });
const WIDE = ['utf-8', 'utf-8-bom', 'utf-16le-bom', 'utf-16be-bom'] as const;

/** [title, word before the ID, word before the password], with the no-break spaces of French. */
const WINDOWS_TEXT: readonly (readonly [string, string, string])[] = [
  ['BitLocker Drive Encryption recovery key', 'Identifier:', 'Recovery Key:'], ['Wiederherstellungsschlüssel für die BitLocker-Laufwerkverschlüsselung', 'Bezeichner:', 'Wiederherstellungsschlüssel:'],
  ['Clave de recuperación', 'Identificador:', 'Clave de recuperación:'], ['Clé de récupération', 'Identificateur\u00a0:', 'Clé de récupération\u00a0:'],
];
/** [volume line, all protectors, TPM, numerical password, ID, password] */
const MANAGE_BDE: readonly (readonly [string, string, string, string, string, string])[] = [
  ['Volume C: [OS]', 'All Key Protectors', 'TPM:', 'Numerical Password:', 'ID:', 'Password:'], ['Volume "C:" [OS]', 'Alle Schlüsselschutzvorrichtungen', 'TPM:', 'Numerisches Kennwort:', 'ID:', 'Kennwort:'],
  ['Volume C: [OS]', 'Tous les protecteurs de clés', 'TPM\u00a0:', 'Mot de passe numérique\u00a0:', 'ID\u00a0:', 'Mot de passe\u00a0:'], ['Volumen C: [OS]', 'Todos los protectores de clave', 'TPM:', 'Contraseña numérica:', 'Id.:', 'Contraseña:'],
  ['Xyzzy C: [OS]', 'Frobnitz', 'Foo:', 'Bar:', 'Qux:', 'Quux:'],
];

const pick = <T>(list: readonly T[], variant: number): T => list[variant % list.length] as T; // never empty

export const keyTexts: readonly HandOverKind[] = [
  {
    name: 'A5 saved by Windows', encodings: ['latin-1'], make: (facts, { newline, variant }) => text(facts.flatMap((fact) => {
      const [title, id, password] = pick(WINDOWS_TEXT, variant);
      return [title, '', id, '', `\t${fact.id}`, '', '.', '', password, '', { line: `\t${fact.password}`, ...key(fact) }, '', 'https://go.microsoft.com/fwlink/?LinkID=260589', ''];
    }), newline),
  },
  {
    name: 'A5 saved by Windows 7', make: (facts, { newline, variant }) => text(facts.flatMap((fact) => [
      'BitLocker Drive Encryption Recovery Key', '', `Recovery key identification: ${fact.id.slice(0, 16)}`, ...(variant % 3 === 0 ? [] : [`Full recovery key identification: ${fact.id}`]), '', 'BitLocker Recovery Key:', { line: fact.password, ...key(fact, variant % 3 === 0 ? { keyProtectorId: null } : {}) }, '',
    ]), newline),
  },
  {
    name: 'A6 manage-bde', encodings: ['latin-1', 'cp850'], make: (facts, { newline, variant }) => text(facts.flatMap((fact) => {
      const [volume, all, tpm, numerical, id, password] = pick(MANAGE_BDE, variant);
      const drive = fact.drive;
      return [volume.replace('C:', drive), all, '', `    ${tpm}`, `      ${id} {${fact.volumeId}}`, '', `    ${numerical}`, `      ${id} {${fact.id}}`, `      ${password}`, { line: `        ${fact.password}`, ...key(fact, { drive }) }, ''];
    }), newline),
  },
  {
    name: 'A2 Microsoft’s listing', make: (facts, { newline }) => text(facts.flatMap((fact) => [`name: ${objectName(fact)}`, `msFVE-RecoveryGuid: {${fact.id}}`, { line: `msFVE-RecoveryPassword: ${fact.password}`, ...key(fact, { createdAt: fact.createdAt }) }, '']), newline),
  },
  {
    name: 'A2 copied from the directory console', make: (facts, { newline }) => text(facts.flatMap((fact) => ['Recovery Password:', { line: `\t${fact.password}`, ...key(fact, { hostname: upper(fact.host), createdAt: fact.createdAt }) }, '', `Computer: ${fact.host}.corp.example`, `Date: ${fact.local.replace('T', ' ')} ${fact.offset.replace(':', '')}`, `Password ID: ${fact.id}`, '']), newline),
  },
  {
    name: 'A3 console text', make: (facts, { newline }) => text(facts.flatMap((fact) => [`Device name: ${fact.host}`, ` Key id: ${fact.id.toLowerCase()}`, { line: ` BitLocker recovery key: ${fact.password}`, ...key(fact, { hostname: upper(fact.host) }) }]), newline),
  },
  {
    name: 'A6 Format-List', make: (facts, { newline }) => text(facts.flatMap((fact) => ['', `ComputerName     : ${fact.host}`, `KeyProtectorId   : {${fact.id}}`, 'KeyProtectorType : RecoveryPassword', { line: `RecoveryPassword : ${fact.password}`, ...key(fact, { hostname: upper(fact.host) }) }, '']), newline),
  },
  { name: 'A2 LDIF', encodings: ['latin-1'], make: (facts, options) => ldif(facts, options.newline, options.variant) },
  ...(['list', 'answer', 'answer with a count', 'pages', 'single answers', 'lines', 'PowerShell objects', 'batch'] as const).map((form): HandOverKind => ({ name: `A3 Graph, ${form}`, encodings: WIDE, make: (facts, options) => graph(facts, form, options.variant) })),
  {
    name: 'A3 Graph’s list without keys', encodings: WIDE, make: (facts, { variant }) => ({
      text: JSON.stringify({ '@odata.context': 'c', ...(variant % 2 === 0 ? { '@odata.nextLink': 'https://graph.microsoft.com/next' } : {}), value: facts.map((fact) => ({ id: fact.id.toLowerCase(), createdDateTime: fact.createdAt, volumeType: '1', deviceId: fact.deviceId })) }, null, variant % 3),
      ...nothing, listed: facts.map((fact, index) => ({ row: index + 1, keyProtectorId: fact.id, entraDeviceId: fact.deviceId, createdAt: fact.createdAt })), notes: variant % 2 === 0 ? ['incomplete-page'] : [],
    }),
  },
  {
    name: 'A7 ExtractBitlockerKeys, JSON', encodings: WIDE, make: (facts, { variant }) => ({
      ...nothing, text: JSON.stringify(Object.fromEntries(facts.map((fact) => [objectDn(fact), [{ distinguishedName: objectDn(fact), domain: 'corp.example', organizationalUnits: fact.unit, createdAt: fact.offset.startsWith('-') ? `${fact.local}${fact.offset}` : null, volumeGuid: fact.offset.startsWith('-') ? fact.id : null, computerName: fact.host, recoveryKey: variant % 2 === 0 ? fact.password : [fact.password] }]])), null, 4),
      keys: facts.map((fact, index) => ({ row: index + 1, ...key(fact, { hostname: upper(fact.host), createdAt: fact.createdAt, volumeId: null }) })),
    }),
  },
  {
    name: 'A8 ManageEngine', encodings: WIDE, make: (facts, { variant }) => ({
      ...nothing, notes: variant % 2 === 0 ? [] : ['incomplete-page'],
      text: JSON.stringify({ metadata: { page: 2, totalPages: variant % 2 === 0 ? 2 : 5 }, response_code: 200, message_response: { recoverykeydetails: facts.map((fact) => ({ resource_name: fact.host, key_protector_id: `{${fact.id}}`, recovery_key: fact.password, drive_letter: fact.drive })) } }),
      keys: facts.map((fact, index) => ({ row: index + 1, ...key(fact, { hostname: upper(fact.host), drive: fact.drive }) })),
    }),
  },
];

const nothing = { keys: [], hosts: [], rejected: [], notes: [] } as const;

function graph(facts: readonly KeyFact[], form: string, variant: number): HandOver {
  const types = ['1', 1, 'operatingSystemVolume', '2', 'fixedDataVolume'];
  const record = (fact: KeyFact, index: number): object => ({ '@odata.type': '#microsoft.graph.bitlockerRecoveryKey', id: fact.id.toLowerCase(), createdDateTime: fact.createdAt.replace('Z', '.0000000Z'), volumeType: types[(index + variant) % types.length], deviceId: fact.deviceId.toLowerCase(), key: fact.password });
  const records = facts.map(record);
  const spaces = variant % 3 === 0 ? 4 : 0;
  const half = Math.ceil(records.length / 2);
  const say = (value: unknown): string => JSON.stringify(value, null, spaces);
  const texts: Readonly<Record<string, () => string>> = {
    list: () => say(records), answer: () => say({ '@odata.context': 'c', value: records }), 'answer with a count': () => say({ value: records, Count: records.length }),
    pages: () => say([{ '@odata.context': 'c', value: records.slice(0, half) }, { value: records.slice(half) }]), 'single answers': () => say(records.map((value) => ({ '@odata.context': 'c', value }))), lines: () => records.map((one) => JSON.stringify(one)).join('\n'),
    'PowerShell objects': () => say(facts.map((fact) => ({ AdditionalProperties: {}, CreatedDateTime: `/Date(${Date.parse(fact.createdAt)})/`, DeviceId: fact.deviceId, Id: fact.id, Key: fact.password, VolumeType: 1 }))),
    batch: () => say({ responses: records.map((body, index) => ({ id: String(index), status: 200, headers: { 'Content-Type': 'application/json' }, body })) }),
  };
  return { ...nothing, text: texts[form]?.() ?? '', keys: facts.map((fact, index) => ({ row: index + 1, ...key(fact, { createdAt: fact.createdAt, entraDeviceId: fact.deviceId }) })) };
}

/** As ldifde and ldapsearch write it: folded, with base64 where a value is not plain, computers between. */
function ldif(facts: readonly KeyFact[], newline: string, variant: number): HandOver {
  const lines: string[] = variant % 2 === 0 ? [] : ['# extended LDIF', '#', '# LDAPv3', '', 'version: 1', ''];
  const add = (name: string, value: string): void => {
    const whole = /[^ -~]/.test(value) || variant % 5 === 0 ? `${name}:: ${Buffer.from(value).toString('base64')}` : `${name}: ${value}`;
    for (let at = 0; at < whole.length; at += at === 0 ? 76 : 75) lines.push(at === 0 ? whole.slice(0, 76) : ` ${whole.slice(at, at + 75)}`);
  };
  const keys: ExpectedKey[] = [];
  for (const fact of facts) {
    keys.push({ row: lines.length + 1, ...key(fact, { hostname: upper(fact.host), createdAt: fact.createdAt, volumeId: fact.volumeId }) });
    add('dn', objectDn(fact));
    lines.push('changetype: add', 'objectClass: top', 'objectClass: msFVE-RecoveryInformation', 'whenCreated: 20240719041112.0Z', `msFVE-KeyPackage:: ${Buffer.alloc(50, 7).toString('base64')}`, `msFVE-RecoveryGuid:: ${base64(fact.id)}`);
    add('msFVE-RecoveryPassword', fact.password);
    lines.push(`msFVE-VolumeGuid:: ${base64(fact.volumeId)}`, '');
  }
  const row = lines.length + 1;
  add('dn', 'CN=PC-ALONE,OU=Laptops,DC=corp,DC=example');
  lines.push('objectClass: top', 'objectClass: computer', 'sAMAccountName: PC-ALONE$', 'operatingSystem: Windows 11', '');
  return { ...nothing, text: lines.join(newline) + newline, keys, hosts: [{ row, hostname: 'PC-ALONE', operatingSystem: 'Windows 11' }] };
}
