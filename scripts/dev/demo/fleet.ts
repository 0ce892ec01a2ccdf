// The constructed fleet of the demo: 2,000 hosts of five hospitals, nobody's data, the same on every run.
import { createHash } from 'node:crypto';
import type { BlockedReason, ClosedAs } from '../../../electron/core/codes.ts';
import { parseKeyProtectorId, type KeyProtectorId } from '../../../electron/core/keys/key-protector-id.ts';
import { recoveryPasswordFromBytes, type RecoveryPassword } from '../../../electron/core/keys/recovery-password.ts';

export interface DemoKey { readonly keyProtectorId: KeyProtectorId; readonly recoveryPassword: RecoveryPassword }

/** How a host's story ends. `known`: nobody said that it is down. `nothing-to-do`: blocked, no file matched. `healed`: verified, but no attempt repaired it. */
export type Fate =
  | { readonly kind: 'known' | 'reported' | 'ready' | 'in-progress' | 'nothing-to-do' | 'repaired' | 'verified' | 'healed' }
  | { readonly kind: 'blocked-by-attempt' | 'blocked-by-person'; readonly reason: BlockedReason }
  | { readonly kind: 'closed'; readonly as: ClosedAs };

export interface DemoHost {
  readonly hostname: string; readonly site: Site; readonly room: string; readonly maker: string; readonly model: string; readonly serialNumber: string; readonly userName: string;
  /** Its organizational unit, as far as the domain's name. */
  readonly unit: string; readonly operatingSystem: string; /** Brought back before all others. */ readonly isFirst: boolean;
  readonly keys: readonly DemoKey[]; readonly fate: Fate;
}

export const SITES = [
  { code: 'KI', name: 'Kiel', hosts: 700, technician: 'tech-ki-04' }, { code: 'HH', name: 'Hamburg', hosts: 460, technician: 'tech-hh-07' }, { code: 'LB', name: 'Lübeck', hosts: 420, technician: 'tech-lb-02' },
  { code: 'HB', name: 'Bremen', hosts: 250, technician: 'tech-hb-01' }, { code: 'OL', name: 'Oldenburg', hosts: 170, technician: 'tech-ol-03' },
] as const;
export type Site = (typeof SITES)[number];

/** The last hosts of each site, in this order again and again: of the first kinds every site has as many as stand here. */
const SERVERS = [
  { role: 'DC', unit: 'Domain Controllers', most: 2 }, { role: 'MECM', unit: 'Servers', most: 1 }, { role: 'PKI', unit: 'Servers', most: 1 },
  { role: 'FILE', unit: 'Servers', most: 6 }, { role: 'SQL', unit: 'Servers', most: 6 }, { role: 'APP', unit: 'Servers', most: Infinity },
] as const;
const SERVER_MODELS = [['VMware, Inc.', 'VMware7,1'], ['VMware, Inc.', 'VMware7,1'], ['Dell Inc.', 'PowerEdge R650'], ['HPE', 'ProLiant DL360 Gen10']] as const;
const SERVER_SYSTEMS = ['Windows Server 2022 Standard', 'Windows Server 2019 Standard', 'Windows Server 2022 Datacenter'] as const;
/** Of seventeen hosts one is a server. */
const SERVER_SHARE = 17;
const DEPARTMENTS = ['SURG', 'WARD', 'RADI', 'LABS', 'ADMN'] as const;
const MODELS = [
  ['Dell Inc.', 'OptiPlex 7090'], ['Dell Inc.', 'OptiPlex 7090'], ['LENOVO', 'ThinkCentre M70q'], ['LENOVO', 'ThinkCentre M70q'], ['HP', 'EliteDesk 800 G6'], ['Dell Inc.', 'Latitude 5420'], ['HP', 'EliteBook 840 G8'],
] as const;
const BY_ATTEMPT = ['pin-needed', 'key-rejected', 'hibernated', 'repair-failed', 'third-party-encryption'] as const;
const BY_PERSON = ['not-reachable', 'not-reachable', 'no-disk-seen', 'owner-away', 'usb-blocked', 'hardware', 'media-refused', 'other-os'] as const;
const CLOSED = ['reimaged', 'reimaged', 'retired', 'duplicate', 'not-affected'] as const;

/** @returns A number from 0 to 1 that belongs to these words and no others. */
export const chance = (...words: readonly (string | number)[]): number => digest(words).readUInt32BE(0) / 2 ** 32;
/** @returns One of the values, by the words. */
export function choose<T>(values: readonly T[], ...words: readonly (string | number)[]): T {
  const value = values[Math.floor(chance('choose', ...words) * values.length)];
  if (value === undefined) throw new Error('nothing to choose from');
  return value;
}
export const demoHex = (bytes: number, ...words: readonly (string | number)[]): string => digest(words).toString('hex').slice(0, 2 * bytes);

/** @returns The fleet, in the order of its names within each site. */
export function makeFleet(): DemoHost[] {
  return SITES.flatMap((site) => Array.from({ length: site.hosts }, (_, n) => {
    const department = DEPARTMENTS[n % DEPARTMENTS.length] ?? 'WARD';
    const server = serverAt(site, n - (site.hosts - Math.floor(site.hosts / SERVER_SHARE)));
    const hostname = server?.hostname ?? `${site.code}-${department}-${String(Math.floor(n / DEPARTMENTS.length) + 300).padStart(4, '0')}`;
    const [maker, model] = choose<readonly [string, string]>(server === null ? MODELS : SERVER_MODELS, hostname, 'model');
    const fate = server?.isFirst === true ? FIRST_FATE : fateOf(hostname);
    return {
      isFirst: server?.isFirst === true,
      unit: server === null ? `OU=${department},OU=${site.name}` : server.unit === 'Domain Controllers' ? 'OU=Domain Controllers' : `OU=${server.unit},OU=${site.name}`,
      operatingSystem: server === null ? 'Windows 11 Enterprise' : choose(SERVER_SYSTEMS, hostname, 'system'),
      hostname, site, room: `${choose(['A', 'B', 'C'], hostname, 'wing')}${1 + Math.floor(chance(hostname, 'floor') * 4)}.${100 + Math.floor(chance(hostname, 'room') * 80)}`, maker, model,
      serialNumber: demoHex(4, hostname, 'serial').toUpperCase(), userName: `user${1000 + n}@demo.example`, fate, keys: hasNoKey(fate) ? [] : makeKeys(hostname),
    };
  }));
}

/** @param place Counted from the first server of the site; below 0: a client. */
function serverAt(site: Site, place: number): { readonly hostname: string; readonly unit: string; readonly isFirst: boolean } | null {
  if (place < 0) return null;
  let before = 0;
  for (const { role, unit, most } of SERVERS) {
    if (place - before < most) return { hostname: `${site.code}-${role}-${String(place - before + 1).padStart(2, '0')}`, unit, isFirst: role === 'DC' || role === 'MECM' };
    before += most;
  }
  return null;
}

/** @returns A key that no other host has. */
export function makeKey(...words: readonly (string | number)[]): DemoKey {
  const keyProtectorId = parseKeyProtectorId(demoHex(16, 'id', ...words));
  const recoveryPassword = recoveryPasswordFromBytes(digest(['password', ...words]).subarray(0, 16)); // any 16 bytes are one
  if (keyProtectorId === null || recoveryPassword === null) throw new Error('no key');
  return { keyProtectorId, recoveryPassword };
}

const makeKeys = (hostname: string): DemoKey[] => Array.from({ length: choose([1, 1, 1, 1, 1, 2, 3], hostname, 'keys') }, (_, n) => makeKey(hostname, n));
const hasNoKey = (fate: Fate): boolean => fate.kind === 'reported' || (fate.kind === 'blocked-by-person' && fate.reason === 'no-key');

const FIRST_FATE: Fate = { kind: 'verified' };

function fateOf(hostname: string): Fate {
  const at = chance(hostname, 'fate');
  if (at < 0.09) return { kind: 'known' };
  if (at < 0.14) return { kind: 'reported' };
  if (at < 0.16) return { kind: 'blocked-by-person', reason: 'no-key' };
  if (at < 0.19) return { kind: 'blocked-by-person', reason: choose(BY_PERSON, hostname, 'reason') };
  if (at < 0.24) return { kind: 'blocked-by-attempt', reason: choose(BY_ATTEMPT, hostname, 'reason') };
  if (at < 0.244) return { kind: 'nothing-to-do' };
  if (at < 0.25) return { kind: 'in-progress' };
  if (at < 0.28) return { kind: 'closed', as: choose(CLOSED, hostname, 'closed') };
  if (at < 0.3) return { kind: 'healed' };
  if (at < 0.52) return { kind: 'verified' };
  if (at < 0.71) return { kind: 'repaired' };
  return { kind: 'ready' };
}

const digest = (words: readonly (string | number)[]): Buffer => createHash('sha256').update(words.join('\n')).digest();
