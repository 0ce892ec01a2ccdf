// What the columns of a table mean, by their headings: the exporters of field records, in their own words and in German; other languages are put into English first.
import { inEnglish, LONGEST_FOREIGN_HEADING, spellingsOf } from './headings-in-languages.ts';

/** The best heading of a role stands first; several columns of one role are tried in this order, row by row. */
const HEADINGS = {
  password: [
    'recoverypassword', 'msfverecoverypassword', 'recoverykey', 'bitlockerrecoverykey', 'bitlockerrecoverypassword', 'bitlockerkey', 'recoverykeys', 'bitlockerrecoverykeys',
    'numericalpassword', 'wiederherstellungsschlüssel', 'wiederherstellungskennwort', 'bitlockerwiederherstellungsschlüssel', 'bitlockerdrives', 'bitlocker', 'bitlockerkeys', 'recoverypasswords', 'bitlockerrecoverypasswords', 'numericalpasswords',
  ],
  /** Too common a word to mean a recovery password by itself. */
  weakPassword: ['key', 'password', 'keys', 'kennwort', 'schlüssel', 'keyprotector', 'keyprotectors'],
  protectorId: [
    'keyprotectorid', 'recoverykeyid', 'passwordid', 'keyid', 'msfverecoveryguid', 'recoveryguid', 'bitlockerkeyid', 'bitlocerkeyid', 'recoverypasswordid', 'recoveryid', 'protectorid',
    'keyguid', 'recoverykeyguid', 'protectorguid', 'kennwortid', 'kennwortkennung', 'schlüsselid', 'wiederherstellungsschlüsselid', 'bitlockerrecoverykeyid', 'keyidentifier', 'identifier', 'bezeichner',
    'keyids', 'keyprotectorids', 'recoverykeyids', 'passwordids', 'protectorids', 'schlüsselschutzid', 'schlüsselschutzvorrichtungsid',
  ],
  weakProtectorId: ['id'],
  /** AD writes here the object's name, which holds time and ID; elsewhere it is the host's. */
  name: ['name', 'cn', 'commonname'],
  dn: ['distinguishedname', 'dn', 'adspath', 'computerfqdn', 'fqdn', 'canonicalname', 'objectdn'],
  host: [
    'hostname', 'vm', 'vmname', 'computername', 'computer', 'host', 'devicename', 'machinename', 'machine', 'assetname', 'device', 'endpoint', 'pcname', 'pscomputername',
    'netbiosname', 'netbiosname0', 'name0', 'rechnername', 'rechner', 'gerätename', 'gerät', 'servername', 'samaccountname', 'itemname', 'workstation', 'managementname', 'resourcename', 'systemname', 'displayname', 'netbios', 'netbiosnames', 'hostnames', 'nodename', 'compname', 'clientname', 'assetname0', 'devicehostname', 'endpointname', 'samid', 'pc', 'hostnamefqdn', 'computernamefqdn', 'hostfqdn', 'fqdnhostname', 'configurationitem', 'cmdbci', 'affectedci', 'konfigurationselement',
  ],
  /** Of an entry (password managers, tickets): a host where it is nothing but a name, or has one name in it that only hosts have. */
  title: ['title', 'titel', 'summary', 'entry', 'subject', 'betreff', 'shortdescription', 'kurzbeschreibung', 'zusammenfassung'],
  dnsName: ['dnshostname', 'dnsname', 'fullyqualifieddomainname', 'resourcenames', 'fulldomainname', 'fqdns', 'dns'],
  domain: ['domain', 'domainname', 'machinedomain', 'resourcedomainorworkgroup', 'domäne', 'osdomain', 'resourcedomainorworkgr'],
  organizationalUnit: ['ou', 'organizationalunit', 'organizationalunits', 'organisationseinheit', 'systemouname'],
  site: ['site', 'sitename', 'adsitename', 'location', 'standort', 'office'],
  operatingSystem: ['operatingsystem', 'osproductname', 'deviceos', 'devicesostype', 'os', 'deviceostype', 'operatingsystemnameandversion', 'betriebssystem', 'osname', 'oscaption', 'operatingsystemname', 'osdescription', 'osaccordingtothevmwaretools', 'osaccordingtotheconfigurationfile', 'guestos', 'guestosname', 'guestfullname', 'ostype', 'operatingsystemnameand', 'version', 'platform'],
  /** A number in most lists, the system's name in those of the console. */
  osVersion: ['osversion'],
  maker: ['manufacturer', 'systemmanufacturer', 'maker', 'vendor', 'hersteller', 'devicemanufacturer', 'make'],
  model: ['model', 'modelname', 'systemproductname', 'modelid', 'modell', 'devicemodel', 'model_id'],
  serialNumber: ['serialnumber', 'serial', 'serialno', 'seriennummer', 'deviceserialnumber', 'servicetag', 'biosserialnumber', 'hardwareserial'],
  description: ['description', 'beschreibung', 'desc'],
  assetTag: ['assettag', 'assetnumber', 'inventorynumber', 'inventarnummer', 'inventarnr'],
  userName: ['primaryuserupn', 'userprincipalnameowner', 'upn', 'primaryuserdisplayname', 'lastloginuser', 'lastloggedonuser', 'lastlogonuser', 'lastloggedinuser', 'lastlogonusername', 'currentlogonuser', 'username', 'user', 'assignedto', 'registeredowners', 'deviceowner', 'owner', 'userprincipalname', 'benutzer', 'benutzername', 'primärerbenutzerupn', 'primaryusers'],
  entraDeviceId: ['microsoftentradeviceid', 'azureaddeviceid', 'azureaddeviceregistrationid', 'entradeviceid', 'aaddeviceid', 'referenceid', 'azuredeviceid', 'deviceguid', 'microsoftentrageräteid', 'azureadgeräteid', 'entrageräteid'],
  deviceId: ['deviceid'],
  objectGuid: ['objectguid'],
  sid: ['sid', 'objectsid'],
  biosUuid: ['smbiosguid', 'smbiosguid0', 'biosuuid', 'biosguid', 'systemuuid', 'hardwareuuid', 'uuid'],
  lastSeenAt: ['lastseen', 'lastcheckin', 'lastcontact', 'lastlogondate', 'lastlogontimestamp', 'approximatelastlogontimestamp', 'approximatelastsignindatetime', 'lastactivetime', 'lastclientchecktime', 'adlastlogontime', 'lastsyncdatetime', 'lastlogon', 'seentime', 'lastactive', 'lastdeviceupdate', 'lastseentime', 'lastddr', 'letzteseinchecken', 'letztercheckin', 'zuletztgesehen', 'letzterkontakt', 'letzteanmeldung'],
  createdAt: ['createdat', 'createddatetime', 'created', 'whencreated', 'creationdate', 'lastupdatetime', 'updatetime', 'keycreated', 'creationtime', 'datecreated', 'backuptime', 'backedup', 'bitlockerbackedup', 'erstellt', 'erstelltam', 'createdon', 'generated', 'generatedat', 'escrowed', 'escrowedat', 'escrowdate', 'backupdate', 'lastchanged', 'timestamp'],
  date: ['date', 'datum'],
  time: ['time', 'zeit', 'uhrzeit'],
  offset: ['gmt', 'utcoffset', 'offset', 'timezone'],
  volumeId: ['msfvevolumeguid', 'volumeid', 'volumeguid'],
  volumeLabel: ['volumelabel', 'volumename'],
  drive: ['drive', 'driveletter', 'mountpoint', 'volume', 'laufwerk', 'bitlockerdrivetype', 'drivetype', 'volumetype'],
  keyType: ['keytype', 'keyprotectortype', 'type', 'protectortype', 'keytypename'],
  directory: ['directory'],
  aid: ['aid', 'hostid', 'agentid'],
  details: ['details'],
  channelFileVersion: ['cfversion'],
  platform: ['platformname', 'eventplatform', 'osplatform', 'assettype', 'assettypename', 'devicetype', 'category', 'kategorie', 'gerätetyp', 'typ'],
  objectClass: ['objectclass'],
  /** Whether it answered: lists of pings and of scanners. */
  reachable: ['online', 'isonline', 'reachable', 'pingable', 'ping', 'pingresult', 'pingstatus', 'pingsucceeded', 'responding', 'alive', 'isalive', 'erreichbar', 'onlinestatus', 'connectionstatus', 'enligne'],
  /** Of anything; of an answer only where the word says so. */
  status: ['status'],
} as const satisfies Record<string, readonly string[]>;

export type ColumnRole = keyof typeof HEADINGS;
/** For each role the columns that have it, best first. */
export type Columns = Readonly<Partial<Record<ColumnRole, readonly number[]>>>;

const ROLES: ReadonlyMap<string, { readonly role: ColumnRole; readonly rank: number }> = new Map(
  // The object above is keyed by the roles and nothing else.
  (Object.entries(HEADINGS) as [ColumnRole, readonly string[]][]).flatMap(([role, headings]) => headings.flatMap((heading, rank) => spellingsOf(heading).map((spelling) => [spelling, { role, rank }] as const))),
);

const LONGEST_CUSTOM_FIELD = 40;
/** With all the spaces and marks around it: what is longer is not looked through. */
const LONGEST_HEADING = 500;
/** More letters and digits than any heading has that is known, in which no spelling makes fewer of them: a sentence. */
const SENTENCE = new RegExp(`^(?:[^A-Za-z0-9]*[A-Za-z0-9]){${Math.max(LONGEST_CUSTOM_FIELD, LONGEST_FOREIGN_HEADING, ...Array.from(ROLES.keys(), (heading) => heading.length)) + 1}}`);

/** A heading without case, spaces and marks: `Recovery Key ID`, `recoveryKeyId` and `recovery_key_id` are one. */
export const normaliseHeading = (heading: string): string => heading.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** The same in English, whatever language it is in. */
const headingIn = (heading: string): string => inEnglish(normaliseHeading(heading));

/**
 * The roles of a header's columns.
 *
 * @returns Only roles that occur. Names no file knows get none.
 */
export function recogniseColumns(header: readonly string[]): Columns {
  const found = new Map<ColumnRole, { column: number; rank: number }[]>();
  header.forEach((heading, column) => {
    const known = roleOf(heading);
    if (known === undefined) return;
    const columns = found.get(known.role) ?? [];
    columns.push({ column, rank: known.rank });
    found.set(known.role, columns);
  });
  return Object.fromEntries(Array.from(found, ([role, columns]) => [role, columns.toSorted((a, b) => a.rank - b.rank || a.column - b.column).map(({ column }) => column)]));
}

function roleOf(heading: string): { readonly role: ColumnRole; readonly rank: number } | undefined {
  if (heading.length > LONGEST_HEADING || SENTENCE.test(heading)) return undefined;
  const normalised = headingIn(heading);
  return ROLES.get(normalised) ?? ofView(normalised) ?? ofSeveral(normalised) ?? ofDrive(heading) ?? ofWhich(heading) ?? customField(normalised);
}

/** The views of ConfigMgr set a zero behind each of their columns: `Serial_Number0`. What says of a host what it is, and never its name: `PC0` is one. */
function ofView(heading: string): { readonly role: ColumnRole; readonly rank: number } | undefined {
  const known = /\p{L}{5}0$/u.test(heading) ? ROLES.get(heading.slice(0, -1)) : undefined;
  return known !== undefined && OF_VIEWS.has(known.role) ? known : undefined;
}

const OF_VIEWS: ReadonlySet<ColumnRole> = new Set<ColumnRole>(['serialNumber', 'maker', 'model', 'userName', 'domain', 'site', 'operatingSystem', 'biosUuid', 'lastSeenAt']);

/** A host's keys side by side: `Key ID 1, Recovery Key 1, Key ID 2, Recovery Key 2`, `Key 1, Key 2, ID 1, ID 2`. */
function ofSeveral(heading: string): { role: ColumnRole; rank: number } | undefined {
  const known = /\D[1-9]$/.test(heading) ? ROLES.get(heading.slice(0, -1)) : undefined;
  return known !== undefined && NUMBERED.has(known.role) ? { role: known.role, rank: 80 } : undefined;
}

const NUMBERED: ReadonlySet<ColumnRole> = new Set<ColumnRole>(['password', 'weakPassword', 'protectorId', 'weakProtectorId']);

/** A host's drives side by side: `C: Key ID, C: Recovery Key, D: Key ID, D: Recovery Key`, `Recovery Key (C:)`, `KeyID_D`. */
function ofDrive(heading: string): { role: ColumnRole; rank: number } | undefined {
  const rest = heading.replace(DRIVE_BEFORE, '');
  const bare = rest === heading ? heading.replace(DRIVE_BEHIND, '') : rest;
  const known = bare === heading ? undefined : ROLES.get(headingIn(bare));
  return known?.role === 'password' || known?.role === 'protectorId' ? { role: known.role, rank: 80 } : undefined;
}

/** A host's keys told apart by a word: `Old Key ID, Old Recovery Key, Current Key ID, Current Recovery Key`, `Recovery Key (OS)`. */
function ofWhich(heading: string): { role: ColumnRole; rank: number } | undefined {
  const bare = heading.replace(WHICH, '');
  const known = bare === heading ? undefined : ROLES.get(headingIn(bare));
  return known?.role === 'password' || known?.role === 'protectorId' ? { role: known.role, rank: 80 } : undefined;
}

const ONE = '(?:old|new|current|previous|prev|last|latest|os|system|data|primary|secondary|alt|alte[rs]?|neu|neue[rs]?|aktuell|aktuelle[rs]?|letzte[rs]?)';
const WHICH = new RegExp(`^\\s*${ONE}[\\s_-]+|[\\s_-]*\\(${ONE}\\)\\s*$|_${ONE}\\s*$`, 'i');
const DRIVE_BEFORE = /^\s*(?:(?:drive|volume|laufwerk|lecteur)\s+)?[a-z](?::\\?|(?=[\s_-]))[\s_-]*/i;
const DRIVE_BEHIND = /[\s_(-]+(?:(?:drive|volume|laufwerk|lecteur)\s+)?[a-z]:?\\?\)?\s*$/i;

/** Whether the names that a heading stands above are distinguished. */
export const isHeadingOfNames = (heading: string): boolean => roleOf(heading)?.role === 'dn';

/** Inventory products number their custom fields: `_snipeit_bitlocker_keys_10`, `Custom: BitLocker Recovery Key`. */
function customField(heading: string): { role: ColumnRole; rank: number } | undefined {
  if (!heading.includes('bitlocker') || heading.length > LONGEST_CUSTOM_FIELD) return undefined;
  return /(?:keyid|passwordid|identifier|protectorid)[a-z]?\d*$/.test(heading) ? { role: 'protectorId', rank: 90 } : /(?:status|state|enabled|version|encrypt\w*|date|time)\d*$/.test(heading) ? undefined : { role: 'password', rank: 90 };
}

/** How many of a header's columns are known: tells a header from a row of values. */
export const knownColumns = (columns: Columns): number => Object.values(columns).reduce((sum, list) => sum + list.length, 0);

/** Exporters by the columns only they have; the first that fits, keys before hosts. */
const KEY_FILES = [
  ['crowdstrike-csv', (has) => has('keyid') && has('recoverykey') && !has('deviceid') && !has('devicename')],
  ['extract-bitlocker-keys-csv', (has) => (has('volumeguid') && has('recoverykey') && (has('computername') || has('computerfqdn'))) || (has('domain') && has('computername') && has('bitlockerrecoverykey'))],
  ['bitlocker-volume-csv', (has) => has('keyprotectorid') && has('recoverypassword')],
  ['mbam-csv', (has) => (has('recoverykeyid') && (has('lastupdatetime') || has('volumeid'))) || (has('recoverykey') && (has('lastupdatetime') || has('updatetime')))],
  ['entra-csv', (has) => has('key') || (has('recoverykeyid') && has('deviceid')) || (has('keyid') && has('deviceid')) || (has('bitlockerkeyid') && !has('assettag'))],
  ['ad-csv', (has) => has('msfverecoverypassword') || has('passwordid') || has('msfverecoveryguid') || has('bitlocerkeyid')],
] as const satisfies readonly (readonly [string, (has: (heading: string) => boolean) => boolean])[];

/** What somebody writes down of a host that is down, and no asset management has. */
const HAPPENED = ['downsince', 'outofordersince', 'ausgefallenseit', 'defektseit', 'ausfall', 'ticket', 'ticketno', 'ticketnr', 'incident', 'affected', 'betroffen', 'bsod', 'bluescreen', 'stopcode', 'error', 'fehler'];

const HOST_FILES = [
  ['falcon-impacted-csv', (has) => has('aid') && has('cfversion') && has('details')],
  ['falcon-hosts-csv', (has) => has('hostid') && has('hostname') && (has('lastseen') || has('sensorversion'))],
  ['intune-csv', (has) => (has('deviceid') && has('devicename')) || has('microsoftentradeviceid') || has('azureaddeviceid') || has('encryptionreadiness') || has('encryptionreadinessstate') || (has('geräteid') && has('gerätename'))],
  ['entra-devices-csv', (has) => has('displayname') && (has('approximatelastlogontimestamp') || has('devicetrusttype') || has('trusttype') || has('approximatelastsignindatetime'))],
  ['servicenow-csv', (has) => has('sysid') || has('sysclassname') || (has('assignedto') && has('assettag') && (has('class') || has('serialnumber')))],
  // What the directory's console exports of a container.
  ['computers-csv', (has) => has('name') && (has('type') || has('typ')) && (has('description') || has('beschreibung'))],
  ['computers-csv', (has) => has('distinguishedname') || has('samaccountname') || has('dnshostname') || has('samid') || has('lastlogondate') || has('lastlogontimestamp') || has('passwordlastset')],
  ['configmgr-csv', (has) => has('resourceid') || has('name0') || has('netbiosname0') || has('clientactivestatus') || has('adlastlogontime') || has('lastddr') || has('isclient') || (has('sitecode') && (has('clientactivity') || has('clienttype') || has('primaryusers'))) || (has('standortcode') && (has('clientaktivität') || has('clienttyp')))],
  // Get-BitLockerVolume with its protectors lost.
  ['inventory-csv', (has) => has('mountpoint') && (has('volumestatus') || has('protectionstatus'))],
  // A DHCP server's leases, and what a DNS server has of a zone.
  ['inventory-csv', (has) => has('leaseexpirytime') || has('addressstate') || (has('recordtype') && has('recorddata')) || (has('name') && (has('type') || has('typ')) && (has('data') || has('daten')))],
  // An update server's computers, as Get-WsusComputer gives them.
  ['inventory-csv', (has) => has('fulldomainname') && (has('lastsynctime') || has('lastreportedstatustime'))],
  // GLPI, Lansweeper.
  ['inventory-csv', (has) => (has('entity') && HEADINGS.serialNumber.some(has)) || (has('assetname') && (has('assettype') || has('ipaddress') || has('osname')))],
  ['snipe-it-csv', (has) => has('itemname') || (has('assettag') && has('company'))],
  // Whoever numbers what he owns, unless he writes down beside it what happened to it.
  ['inventory-csv', (has) => HEADINGS.assetTag.some(has) && HEADINGS.serialNumber.some(has) && !HAPPENED.some(has)],
] as const satisfies readonly (readonly [string, (has: (heading: string) => boolean) => boolean])[];

/** @returns Which exporter a key table is of, by its headings. */
export function keyFileKind(header: readonly string[]): (typeof KEY_FILES)[number][0] | 'keys-csv' {
  const headings = new Set(header.map(headingIn));
  return KEY_FILES.find(([, fits]) => fits((heading) => headings.has(heading)))?.[0] ?? 'keys-csv';
}

/** @returns Which inventory a host table is of, by its headings. */
export function hostFileKind(header: readonly string[]): (typeof HOST_FILES)[number][0] | 'hosts-csv' {
  const headings = new Set(header.map(headingIn));
  return HOST_FILES.find(([, fits]) => fits((heading) => headings.has(heading)))?.[0] ?? 'hosts-csv';
}
