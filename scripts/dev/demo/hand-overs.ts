// What the demo desk is handed: exports of keys in three kinds, one late, and lists of hosts that are down; with the faults such files have.
import { makeKey, SITES, type DemoHost, type DemoKey } from './fleet.ts';

export interface HandOver { readonly name: string; readonly text: string; readonly at: 'keys' | 'lists' | 'late' }

/** A recovery password with a digit misread: its second group is no multiple of 11 any more. */
const misread = (recoveryPassword: string): string => recoveryPassword.slice(0, 12) + String((Number(recoveryPassword.charAt(12)) + 1) % 10) + recoveryPassword.slice(13);
const quoted = (fields: readonly string[], delimiter = ','): string => fields.map((field) => `"${field}"`).join(delimiter);
const CRLF = '\r\n';

/** Hosts whose keys come a day late, from somebody's own file. */
export const isLate = (host: DemoHost): boolean => host.site.code === 'OL' && host.hostname.endsWith('7');

export function makeHandOvers(fleet: readonly DemoHost[]): HandOver[] {
  const of = (...codes: readonly string[]): DemoHost[] => fleet.filter((host) => codes.includes(host.site.code) && !isLate(host));
  return [
    { name: 'ad-export-kiel-luebeck.csv', text: adExport(of('KI', 'LB')), at: 'keys' },
    { name: 'BitLockerKeys.csv', text: crowdStrikeExport(of('HH', 'HB'), fleet), at: 'keys' },
    { name: 'oldenburg.ldf', text: directoryExport(of('OL')), at: 'keys' },
    ...SITES.map((site) => ({ name: `down-${site.name.toLowerCase().replace('ü', 'ue')}.csv`, text: hostList(fleet.filter((host) => host.site === site && host.fate.kind !== 'known')), at: 'lists' as const })),
    { name: 'keys-oldenburg-late.csv', text: adExport(fleet.filter(isLate)), at: 'late' },
  ];
}

function adExport(hosts: readonly DemoHost[]): string {
  const lines = [quoted(['Name', 'DistinguishedName', 'msFVE-RecoveryPassword', 'whenCreated'])];
  for (const [n, host] of hosts.entries()) {
    for (const [k, key] of host.keys.entries()) {
      const name = `2023-0${1 + (n % 9)}-1${k}T09:30:00+01:00{${key.keyProtectorId}}`;
      const dn = `CN=${name.replaceAll('+', '\\+')},CN=${host.hostname},${host.unit},DC=demo,DC=example`;
      lines.push(quoted([name, dn, n % 211 === 7 ? misread(key.recoveryPassword) : key.recoveryPassword, `1${k}/0${1 + (n % 9)}/2023 09:30:12`]));
    }
  }
  return lines.join(CRLF) + CRLF;
}

/** CrowdStrike's exporter writes `System.Object[]` for a host with several keys, and knows some hosts of the other sites too, one of them differently. */
function crowdStrikeExport(hosts: readonly DemoHost[], fleet: readonly DemoHost[]): string {
  const lines = [quoted(['Hostname', 'KeyID', 'RecoveryKey', 'Directory'])];
  const line = (host: DemoHost, key: DemoKey, password: string, directory: string): void => { lines.push(quoted([host.hostname, key.keyProtectorId.toLowerCase(), password, directory])); };
  for (const [n, host] of hosts.entries()) for (const key of host.keys) line(host, key, key.recoveryPassword, n % 3 === 0 ? 'ActiveDirectory' : 'Entra');
  for (const host of hosts.filter(({ keys }) => keys.length > 2).slice(0, 9)) lines.push(quoted([host.hostname, host.keys[0]?.keyProtectorId ?? '', 'System.Object[]', 'ActiveDirectory']));
  for (const [n, host] of fleet.filter(({ site, keys }) => site.code === 'KI' && keys.length > 1).slice(0, 60).entries()) {
    const [key] = host.keys;
    if (key !== undefined) line(host, key, n % 20 === 5 ? makeKey(host.hostname, 'other').recoveryPassword : key.recoveryPassword, 'Entra');
  }
  return lines.join(CRLF) + CRLF;
}

function directoryExport(hosts: readonly DemoHost[]): string {
  const entries = hosts.flatMap((host) => host.keys.map((key, k) => [
    `dn: CN=2022-11-0${k + 1}T08:00:00\\+01:00{${key.keyProtectorId}},CN=${host.hostname},${host.unit},DC=demo,DC=example`, 'changetype: add', 'objectClass: msFVE-RecoveryInformation',
    `name: 2022-11-0${k + 1}T08:00:00+01:00{${key.keyProtectorId}}`, 'whenCreated: 20221101070000.0Z', `msFVE-RecoveryPassword: ${key.recoveryPassword}`, '',
  ].join(CRLF)));
  return entries.join(CRLF);
}

function hostList(hosts: readonly DemoHost[]): string {
  const lines = [quoted(['Hostname', 'Asset tag', 'Serial number', 'Model', 'Manufacturer', 'Operating system', 'User', 'Location', 'Ticket'])];
  for (const [n, { hostname, serialNumber, model, maker, operatingSystem, userName, site, room }] of hosts.entries()) {
    lines.push(quoted([hostname, `A${10_000 + n}`, serialNumber, model, maker, operatingSystem, userName, `${site.name}, ${room.split('.')[0] ?? room}`, `INC${40_000 + n}`]));
  }
  return lines.join(CRLF) + CRLF;
}
