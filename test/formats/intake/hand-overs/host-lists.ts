// Lists of hosts: consoles, device management, directories, inventories, and what people type.
import { computerDn, type HandOverKind, type KeyFact, type Line, table, upper } from './hand-over.ts';

const aid = (fact: KeyFact): string => fact.deviceId.replaceAll('-', '').toLowerCase();
const seen = (fact: KeyFact): string => fact.createdAt.slice(0, 19).replace('T', ' ');
const serial = (fact: KeyFact): string => `PF${fact.id.slice(0, 6)}`;

/** Every fourth is something that is no Windows host. */
const mixed = (facts: readonly KeyFact[], variant: number, line: (fact: KeyFact) => Line, other: (fact: KeyFact) => readonly (string | null)[]): Line[] =>
  facts.map((fact, index) => ((index + variant) % 4 === 3 ? { cells: other(fact), rejected: 'other-platform' } : line(fact)));

const INTUNE = (entra: string): string[] => `Device ID,Device name,Enrollment date,Last check-in,${entra} Device ID,OS version,${entra} registered,EAS activation ID,Serial number,Manufacturer,Model,EAS activated,IMEI,Wi-Fi MAC,Management name,Category,Primary user UPN,Primary user email address,Primary user display name,Compliance,Managed by,Ownership,Device state,Supervised,Encrypted,OS,SkuFamily,JoinType,Phone number,EthernetMAC,TPMManufacturerVersion`.split(',');
const ENTRA = 'accountEnabled,approximateLastLogonTimeStamp,deviceOSType,deviceOSVersion,deviceTrustType,dirSyncEnabled,displayName,isCompliant,isManaged,lastDirSyncTime,objectId,profileType,registeredOwners,systemLabels,registrationTime,mdmDisplayName'.split(',');
const HOSTS = 'Hostname,Last Seen,First Seen,Platform,OS Version,OS Build,OS Product Name,Kernel Version,Model,Manufacturer,Type,Chassis,Last Reboot,Prevention Policy,Host ID,MAC Address,Status,Serial Number,Sensor Version,Sensor Tags'.split(',');
const IMPACTED = 'cid,aid,ComputerName,LastSeen,CFVersion,LastSeenDelta,Details,AgentVersion,aip,event_platform,FalconGroupingTags,LocalAddressIP4,MAC,MachineDomain,OU,ProductType,SensorGroupingTags,SiteName,SystemManufacturer,SystemProductName,Version'.split(',');

const cells = (header: readonly string[], values: Readonly<Record<string, string>>, otherwise: string): string[] => header.map((heading) => values[heading] ?? otherwise);

/** As the tool's translations name the columns of its list of computers. */
const GLPI = {
  English: ['Name', 'Entity', 'Status', 'Manufacturers', 'Serial number', 'Models', 'Operating System - Name', 'Location', 'User'],
  French: ['Nom', 'Entité', 'Statut', 'Fabricant', 'Numéro de série', 'Modèle', 'Système d\'exploitation - Nom', 'Lieu', 'Usager'],
  Spanish: ['Nombre', 'Entidad', 'Estado', 'Fabricante', 'Número de serie', 'Modelo', 'Sistema operativo - Nombre', 'Ubicación', 'Usuario'],
  Italian: ['Nome', 'Entità', 'Stato', 'Produttore', 'Numero di serie', 'Modello', 'Sistema operativo - Nome', 'Luogo', 'Utente'],
  Dutch: ['Naam', 'Entiteit', 'Status', 'Fabrikant', 'Serienummer', 'Model', 'Besturingssysteem - Naam', 'Locatie', 'Gebruiker'],
  German: ['Name', 'Entität', 'Status', 'Hersteller', 'Seriennummer', 'Modell', 'Betriebssystem - Name', 'Standort', 'Benutzer'],
};

export const hostLists: readonly HandOverKind[] = [
  {
    name: 'B1 Falcon, impacted hosts', make: (facts, options) => table(IMPACTED, facts.map((fact, index) => {
      const affected = (index + options.variant) % 2 === 0;
      return { cells: cells(IMPACTED, { aid: aid(fact), ComputerName: fact.host, LastSeen: seen(fact), CFVersion: '31', Details: affected ? 'CHECK: Endpoint did receive channel file' : 'OK: Endpoint has the fixed one', event_platform: 'Win', OU: 'Paris;Laptops' }, '-'), host: { hostname: upper(fact.host), affected, lastSeenAt: fact.createdAt } };
    }), options),
  },
  {
    name: 'B2 Falcon, hosts', make: (facts, options) => table(HOSTS, mixed(facts, options.variant,
      (fact) => ({ cells: cells(HOSTS, { Hostname: fact.host, 'Last Seen': fact.createdAt, Platform: 'Windows', 'OS Version': 'Windows 11', 'Host ID': aid(fact), 'Serial Number': serial(fact) }, 'Not Found'), host: { hostname: upper(fact.host), serialNumber: serial(fact), lastSeenAt: fact.createdAt } }),
      (fact) => cells(HOSTS, { Hostname: fact.host, Platform: 'Mac', 'OS Version': 'Sonoma (14)', 'Host ID': aid(fact) }, 'Not Found')), options),
  },
  {
    name: 'B3 Falcon, device API', encodings: ['utf-8', 'utf-8-bom', 'utf-16le-bom'], make: (facts, { variant }) => ({
      text: JSON.stringify({ meta: { query_time: 0.01 }, errors: [], resources: facts.map((fact) => ({ device_id: aid(fact), cid: 'f'.repeat(32), hostname: fact.host, serial_number: serial(fact), platform_name: 'Windows', os_version: 'Windows 11', last_seen: fact.createdAt, ou: ['Laptops', 'Paris'], tags: [], device_policies: { prevention: { policy_id: 'x', applied: true } } })) }, null, variant % 3),
      keys: [], hosts: facts.map((fact, index) => ({ row: index + 1, hostname: upper(fact.host), serialNumber: serial(fact), lastSeenAt: fact.createdAt })), rejected: [], notes: [],
    }),
  },
  ...['Microsoft Entra', 'Azure AD'].map((entra): HandOverKind => ({
    name: `B4 Intune, ${entra}`, make: (facts, options) => table(INTUNE(entra), mixed(facts, options.variant,
      (fact) => ({ cells: cells(INTUNE(entra), { 'Device ID': fact.volumeId, 'Device name': fact.host, 'Last check-in': `${seen(fact)}.0000000`, [`${entra} Device ID`]: fact.deviceId.toLowerCase(), 'Serial number': serial(fact), OS: 'Windows', Encrypted: 'True' }, ''), host: { hostname: upper(fact.host), entraDeviceId: fact.deviceId, serialNumber: serial(fact), lastSeenAt: fact.createdAt } }),
      (fact) => cells(INTUNE(entra), { 'Device ID': fact.volumeId, 'Device name': 'Janes iPhone', [`${entra} Device ID`]: fact.deviceId, OS: 'iOS' }, '')), options),
  })),
  {
    name: 'B5 Entra devices', make: (facts, options) => table(ENTRA, mixed(facts, options.variant,
      (fact) => ({ cells: cells(ENTRA, { displayName: fact.host, deviceOSType: 'Windows', approximateLastLogonTimeStamp: fact.createdAt, objectId: fact.volumeId, deviceTrustType: 'AzureAd' }, ''), host: { hostname: upper(fact.host), entraDeviceId: null, lastSeenAt: fact.createdAt } }),
      () => cells(ENTRA, { displayName: 'phone', deviceOSType: ['IPhone', 'MacMDM', 'AndroidForWork', 'IPad'][options.variant % 4] ?? '' }, '')), options),
  },
  {
    name: 'B6 Get-ADComputer', make: (facts, options) => table(['DistinguishedName', 'DNSHostName', 'Enabled', 'LastLogonDate', 'Name', 'ObjectClass', 'ObjectGUID', 'OperatingSystem', 'SamAccountName', 'SID'], facts.map((fact) => ({
      cells: [computerDn(fact), `${fact.host.toLowerCase()}.corp.example`, 'True', '18/07/2024 07:00:00', fact.host, 'computer', fact.volumeId, 'Windows 11', `${fact.host}$`, 'S-1-5-21-1-2-3-1001'], host: { hostname: upper(fact.host), lastSeenAt: null, operatingSystem: 'Windows 11' } })), options),
  },
  {
    name: 'B7 ConfigMgr', make: (facts, options) => table(['Name', 'ResourceID', 'ADSiteName', 'ClientActiveStatus', 'CurrentLogonUser', 'DeviceOS', 'Domain', 'IsClient', 'LastActiveTime', 'SerialNumber'], facts.map((fact) => ({
      cells: [fact.host, '16777220', 'Paris', '1', 'CORP\\jane', 'Microsoft Windows NT Workstation 10.0', 'CORP', 'True', seen(fact), serial(fact)], host: { hostname: upper(fact.host), serialNumber: serial(fact), lastSeenAt: fact.createdAt } })), options),
  },
  ...([['fields', ['sys_id', 'name', 'serial_number', 'asset_tag', 'os', 'assigned_to', 'location']], ['labels', ['Sys ID', 'Name', 'Serial number', 'Asset tag', 'Operating System', 'Assigned to', 'Location']]] as const).map(([form, header]): HandOverKind => ({
    name: `B8 ServiceNow, ${form}`, make: (facts, options) => table(header, facts.map((fact, index) => ({ cells: [aid(fact), fact.host, serial(fact), `P${index}`, 'Windows 11', 'Jérôme Müller', 'Zürich'], host: { hostname: upper(fact.host), serialNumber: serial(fact), operatingSystem: 'Windows 11' } })), options),
  })),
  {
    name: 'B9 Snipe-IT', make: (facts, options) => table(['asset tag', 'category', 'company', 'item name', 'location', 'manufacturer', 'model name', 'model number', 'serial'], facts.map((fact, index) => ({ cells: [`P${index}`, 'Laptop', 'Corp', fact.host, 'Paris', 'Dell', 'Latitude', '7420', serial(fact)], host: { hostname: upper(fact.host), serialNumber: serial(fact) } })), options),
  },
  {
    name: 'B9 Lansweeper', make: (facts, options) => table(['AssetID', 'AssetName', 'Domain', 'Username', 'IPAddress', 'Manufacturer', 'Model', 'OSname', 'Serialnumber'], facts.map((fact, index) => ({ cells: [String(index), fact.host, 'CORP', 'jane', '192.0.2.7', 'Dell', 'Latitude', 'Win 11', serial(fact)], host: { hostname: upper(fact.host), serialNumber: serial(fact), operatingSystem: 'Win 11' } })), options),
  },
  ...Object.entries(GLPI).map(([language, header]): HandOverKind => ({
    name: `B9 GLPI, ${language}`, make: (facts, options) => table(header, facts.map((fact) => ({ cells: [fact.host, 'Root entity', 'OK', 'Dell', serial(fact), 'Latitude', 'Windows 11', 'Paris > B', 'jane'], host: { hostname: upper(fact.host), serialNumber: serial(fact), operatingSystem: 'Windows 11' } })), options),
  })),
  {
    name: 'B10 who answers in the network', make: (facts, { newline, variant }) => {
      const isUp = (index: number): boolean => (index + variant) % 3 !== 0;
      const [head, lines] = ([
        [['Server Name            Remark', '', '-'.repeat(79)], (fact: KeyFact) => [`\\\\${fact.host}             somebody's`]],
        [['Starting Nmap 7.94 ( https://nmap.org )'], (fact: KeyFact, index: number) => (isUp(index) ? [`Nmap scan report for ${fact.host.toLowerCase()}.corp.example (192.0.2.${index})`, 'Host is up (0.0012s latency).'] : [`Nmap scan report for ${fact.host} [host down, received no-response]`])],
        [[''], (fact: KeyFact, index: number) => [`Ping wird ausgeführt für ${fact.host}.corp.example [192.0.2.${index}] mit 32 Bytes Daten:`, isUp(index) ? `Antwort von 192.0.2.${index}: Bytes=32 Zeit<1ms TTL=128` : 'Zeitüberschreitung der Anforderung.', '']],
      ] as const)[variant % 3] as readonly [readonly string[], (fact: KeyFact, index: number) => readonly string[]]; // three of them
      const hosts: { row: number; hostname: string; affected: boolean | null }[] = [];
      const all = [...head];
      for (const [index, fact] of facts.entries()) {
        hosts.push({ row: all.length + 1, hostname: upper(fact.host), affected: variant % 3 === 0 || isUp(index) ? false : null });
        all.push(...lines(fact, index));
      }
      return { text: all.join(newline) + newline, keys: [], hosts, rejected: [], notes: [] };
    },
  },
  {
    name: 'B10 plain names', make: (facts, { newline, variant }) => {
      const spell = (fact: KeyFact, index: number): string => [fact.host, `${fact.host.toLowerCase()}$`, `CORP\\${fact.host}`, `${fact.host}.corp.example`, computerDn(fact), `  ${fact.host} `, `- ${fact.host}`, `"${fact.host}"`, `\\\\${fact.host}`][(index + variant) % 9] ?? fact.host;
      const lines = [...(variant % 2 === 0 ? ['# affected'] : []), ...facts.flatMap((fact, index) => [spell(fact, index), ...((index + variant) % 3 === 0 ? [''] : [])])];
      let next = 0;
      const hosts = lines.flatMap((line, index) => (line === '' || line.startsWith('#') ? [] : [{ row: index + 1, hostname: upper(facts[next++]?.host ?? '') }]));
      return { text: lines.join(newline) + newline, keys: [], hosts, rejected: [], notes: [] };
    },
  },
];
