// A desk in memory with a constructed fleet, answering the calls of the window. Never shipped, never real.
import { ROLE_TABLE } from '../../../electron/api/roles.ts';
import type { CallName, Input, Output } from '../../../electron/api/contract.ts';
import { BLOCKED_REASONS, HOST_STATES, ROLES, type HostState, type Role } from '../../../electron/core/codes.ts';
import type { DeskTransport } from '../../../renderer/transport.ts';

type Handlers = { [K in CallName]?: (input: Input<K>) => Output<K> };
type Candidate = Output<'keys.lookUp'>['keyRecords'][number];
type Host = Output<'hosts.list'>['rows'][number];

const SITES = ['Kiel', 'Lübeck', 'Hamburg', 'Bremen', 'Rostock', 'Flensburg', 'Oldenburg', 'Schwerin'];
const TOWNS = ['KI', 'LB', 'HH', 'HB', 'RO', 'FL', 'OL', 'SN'];
const UNITS = ['SURG', 'WARD', 'RADI', 'ADMN', 'LABS', 'OFFC'];
const MODELS = ['OptiPlex 7090', 'ThinkCentre M70q', 'EliteDesk 800 G6', 'Latitude 5420', 'Surface Laptop 5'];
const STATE_SHARE: readonly HostState[] = ['verified', 'verified', 'verified', 'verified', 'verified', 'ready', 'ready', 'reported', 'repaired', 'blocked', 'in-progress', 'known', 'closed'];

/** A small generator, the same numbers on every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state / 2 ** 32; };
}

/** Two sticks, one with something on it, and the disk of the desk itself. */
const constructedDisks: Output<'disks.list'> = [
  { id: '/dev/sdb', name: 'SanDisk Ultra', serial: '4C530001230815', sizeBytes: 30_784_094_208, bus: 'usb', contents: [], usable: true, reasons: [], medium: null },
  { id: '/dev/sdc', name: 'Kingston DataTraveler', serial: null, sizeBytes: 15_502_147_584, bus: 'usb', contents: [{ fileSystem: 'vfat', label: 'HOLIDAY', sizeBytes: 15_500_000_000 }], usable: true, reasons: [{ code: 'holds-files', severity: 'caution', about: ['HOLIDAY'] }, { code: 'no-serial', severity: 'caution', about: [] }, { code: 'mounted-by-desktop', severity: 'note', about: ['/media/desk/HOLIDAY'] }], medium: null },
  { id: '/dev/nvme0n1', name: 'Constructed SSD', serial: 'N1', sizeBytes: 512_110_190_592, bus: 'internal', contents: [{ fileSystem: 'ext4', label: null, sizeBytes: 512_000_000_000 }], usable: false, reasons: [{ code: 'system-disk', severity: 'never', about: ['/'] }, { code: 'not-a-stick', severity: 'never', about: [] }], medium: null },
];

/** A base with both loaders, the older one stale. */
const constructedLoaders: Output<'media.inspectBase'>['loaders'] = [
  { name: 'bootmgfw.efi', signedUnder: ['windows-pca-2011'], unknownSigners: [], isIntact: true, securityVersion: '8.0' },
  { name: 'bootmgfw_EX.efi', signedUnder: ['windows-uefi-ca-2023'], unknownSigners: [], isIntact: true, securityVersion: '9.0' },
];
const constructedFindings: Output<'media.inspectBase'>['findings'] = [
  { finding: 'stale', about: 'bootmgfw.efi', securityVersion: '8.0', least: '9.0' }, { finding: 'both-there', about: null, securityVersion: null, least: null },
];

export function constructedDesk(asked: URLSearchParams): DeskTransport {
  const next = numbers(291);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)] as T; // never empty
  const hex = (digits: number): string => Array.from({ length: digits }, () => '0123456789ABCDEF'[Math.floor(next() * 16)]).join('');
  const before = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
  const hosts: Host[] = [];
  const keys: Candidate[] = [];
  for (let hostId = 1; hostId <= 2000; hostId++) {
    const place = Math.floor(next() * SITES.length);
    const state = pick(STATE_SHARE);
    const count = state === 'reported' ? Math.floor(next() * 2) : 1 + Math.floor(next() * 3);
    const host: Host = {
      hostId, hostname: `${TOWNS[place]}-${pick(UNITS)}-${String(hostId).padStart(4, '0')}`, match: null, state, blockedReason: state === 'blocked' ? pick(BLOCKED_REASONS) : null, closedAs: state === 'closed' ? 'reimaged' : null,
      stateAt: before(next() * 60), site: SITES[place] ?? null, organizationalUnit: `OU=${pick(UNITS)}`, operatingSystem: 'Windows 11 Enterprise 23H2', model: pick(MODELS), keyRecords: count, disclosed: false, flaggedClaim: state === 'repaired' && next() < 0.1,
    };
    hosts.push(host);
    for (let key = 0; key < count; key++) {
      const prefix = hostId % 90 === 0 ? `0417${hex(4)}` : hex(8);
      keys.push({
        keyRecordId: keys.length + 1, keyProtectorId: `${prefix}-${hex(4)}-4${hex(3)}-A${hex(3)}-${hex(12)}`, match: null, hostId, hostname: host.hostname, hostMatch: null, hostState: state, drive: key === 0 ? 'C:' : 'D:', volumeId: null,
        createdAt: before(24 * (100 + next() * 700)), importedAt: before(30), source: key === 0 ? 'entra-export.csv' : 'ad-forest.ldf', sourceRow: hostId + 1, sources: [], disclosedAt: null, conflict: hostId % 97 === 0,
      });
    }
  }
  const state: { vault: Output<'desk.state'>['vault'] } = { vault: asked.get('vault') === 'none' ? 'none' : asked.get('vault') === 'closed' ? 'closed' : 'open' };
  const roles: Role[] = asked.get('roles')?.split(',').filter((role): role is Role => (ROLES as readonly string[]).includes(role)) ?? [...ROLES];
  const operator = { name: 'helpdesk-07', roles, mustChangePassphrase: false };
  const changed = new Set<(thing: Output<'desk.changes'>) => void>();
  const say = (...things: Output<'desk.changes'>['changed']): void => changed.forEach((listener) => listener({ changed: things }));
  const states = (all: readonly Host[]) => HOST_STATES.map((name) => ({ state: name, count: all.filter((host) => host.state === name).length }));
  const reasons = (all: readonly Host[]) => BLOCKED_REASONS.map((reason) => ({ reason, count: all.filter((host) => host.blockedReason === reason).length })).filter(({ count }) => count > 0);
  const standing = (down: number, repaired: number, verified: number) => HOST_STATES.map((name) => ({ state: name, count: ({ ready: down, repaired, verified } as Partial<Record<HostState, number>>)[name] ?? 0 }));
  const hostOf = (hostId: number): Host => hosts[hostId - 1] as Host; // ids come from the list
  const change = (hostId: number, changes: Partial<Host>): Host => { const after = { ...hostOf(hostId), ...changes, stateAt: new Date().toISOString() }; hosts[hostId - 1] = after; say('hosts', 'audit'); return after; };
  const password = (): string => Array.from({ length: 8 }, () => String(Math.floor(next() * 65536) * 11).padStart(6, '0')).join('-');
  const attempts: Output<'attempts.list'>['rows'] = hosts.filter((host) => host.state === 'repaired').slice(0, 60).map((host, index) => ({
    attemptId: `a${index}`, recipe: 'channel-file-291 1', mediaId: 'M-0007', hostId: host.hostId, hostname: host.hostname, outcome: index % 9 === 4 ? 'blocked' : 'repaired', blockedReason: index % 9 === 4 ? 'no-disk-seen' : null, proof: host.flaggedClaim ? 'claim' : index % 7 === 3 ? 'unsigned' : 'signed', startedAt: before(index), finishedAt: before(index), importedAt: before(1), removed: 1, windows: index % 7 === 3 ? [{ name: host.hostname, kind: "windows" as const, outcome: "repaired" as const, blockedReason: null }, { name: "OLD-IMAGE", kind: "windows" as const, outcome: "blocked" as const, blockedReason: "repair-failed" as const }] : [], computerName: host.hostname,
  }));
  const leftOut = hosts.filter((host) => host.keyRecords === 0).slice(0, 31).map((host) => ({ hostname: host.hostname, reason: 'no-key' as const }));
  const medium = (number: number): Output<'media.get'>['medium'] => ({
    mediaId: `M-${String(number).padStart(4, '0')}`, state: number % 4 === 0 ? 'issued' : 'built', holder: number % 4 === 0 ? 'tech-ki-04' : null, stateAt: before(number * 3), builtAt: before(number * 3), builtBy: 'tech-ki-04', expiresAt: before(-48), scope: number % 3 === 0 ? 'all' : '1,204 hosts', hosts: 1173 - number, keyRecords: 1388 - number, leftOut: 31, technicians: ['tech-ki-04', 'tech-ki-11'], language: 'de', mode: 'repair', recipe: 'Channel file 291, version 2', architecture: 'x64', payload: '7C1E90B4D2F853A6', imageSizeBytes: 498_000_000, imageName: `bluelift-${number}.img`, results: number * 4, disk: null, renewalOf: null, withoutPasscode: false, loaders: [{ signedUnder: ['windows-uefi-ca-2023'], securityVersion: '9.0' }, { signedUnder: ['windows-pca-2011'], securityVersion: '8.0' }],
  });
  const rejected = [{ row: 14, reason: 'wrong-groups', groups: [3, 7] }, { row: 207, reason: 'exporter-lost-list' }, { row: 208, reason: 'exporter-found-no-key' }, { row: 1044, reason: 'leading-zeros-lost', groups: [1] }];
  const report: Output<'imports.get'>['files'][number] = { importFileId: 1, list: null, path: '/intake/BitLockerKeys.csv', name: 'BitLockerKeys.csv', kind: 'crowdstrike-csv', rows: 1204, imported: 1190, unchanged: 8, conflicts: 2, listed: 0, rejectedCount: 4, rejected, hosts: 1180, laps: { imported: 12, unchanged: 0, conflicts: 0, encrypted: 0 }, error: null, notes: [] };
  const summary: Output<'imports.list'>[number] = { importId: 1, startedAt: before(30), finishedAt: before(29.9), operator: 'helpdesk-07', files: ['BitLockerKeys.csv', 'down-kiel.txt'], fileCount: 2, imported: 1190, unchanged: 8, conflicts: 2, rejected: 4, hosts: 1180, laps: 12, cancelled: false, undone: null };

  const constructedCall = (key: Candidate | undefined): Output<'calls.save'> => ({
    callId: 41, openedAt: before(0.4), operator: 'helpdesk-07', changedAt: before(0.3), hostId: key?.hostId ?? null, hostname: key?.hostname ?? null, keyRecordId: key?.keyRecordId ?? null, keyProtectorId: key?.keyProtectorId ?? null,
    disclosureId: null, lapsPasswordId: null, identity: 'called-back', caller: 'M. Sommer', reason: 'mass-incident', ticket: 'INC-204817', groupsRead: 3, outcome: null, closedAt: null, note: null,
  });

  const handlers: Handlers = {
    'desk.state': () => ({ vault: state.vault, demo: asked.get('demo') !== 'no', version: '0.1.0', runtime: 'browser', folder: '/home/desk/.local/share/bluelift', operator: state.vault === 'open' ? operator : null, idleCloseAfterMs: 600_000, operatorNames: ['helpdesk-07', 'tech-ki-04'] }),
    'desk.create': ({ operatorName }) => { state.vault = 'open'; queueMicrotask(() => say('vault')); return { operator: { ...operator, name: operatorName }, recoverySheet: { code: Array.from({ length: 8 }, () => hex(4)).join('-'), deskId: '3f2a-77c1', createdAt: new Date().toISOString() } }; },
    'vault.open': () => { state.vault = 'open'; queueMicrotask(() => say('vault')); return operator; },
    'vault.close': () => { state.vault = 'closed'; queueMicrotask(() => say('vault')); return {}; },
    'vault.touch': () => ({ closesAt: new Date(Date.now() + Number(asked.get('closes') ?? 580) * 1000).toISOString() }),
    'keys.count': () => ({ keyRecords: keys.length, sources: 5, lastImportAt: before(0.4), places: ['directory', 'crowdstrike'] }),
    'keys.lookUp': ({ query, limit = 50 }) => {
      const wanted = query.toUpperCase();
      const records = keys.filter((record) => record.keyProtectorId?.startsWith(wanted)).map((record): Candidate => ({ ...record, match: [0, wanted.length] }));
      const found = wanted.length < 3 ? [] : hosts.filter((host) => host.hostname.includes(wanted)).map((host) => ({ ...host, match: [host.hostname.indexOf(wanted), wanted.length] as [number, number], foundBy: null }));
      const listedKeys = wanted.startsWith('5E1F') ? [{ keyProtectorId: '5E1F02A7-3C44-4D19-8B60-90C1D2E3F405', hostId: hosts[2]?.hostId ?? null, hostname: hosts[2]?.hostname ?? null, entraDeviceId: null, createdAt: before(900), keptIn: 'tenant' as const, source: 'recoveryKeys.json', sourceRow: 12 }] : [];
      return { keyRecords: records.slice(0, limit), hosts: found.slice(0, limit), listedKeys, guessed: false, keyRecordCount: records.length, hostCount: found.length, more: found.length > 1000 };
    },
    'paper.sites': () => [{ site: 'Kiel', hosts: 12, keyRecords: 14 }],
    'status.course': () => ({
      kinds: [{ kind: 'server', affected: 120, down: 14, states: standing(14, 20, 86) }, { kind: 'client', affected: 820, down: 308, states: standing(308, 188, 324) }],
      burnDown: Array.from({ length: 44 }, (_, index) => ({ hour: before(43 - index), down: Math.round(940 - 618 * Math.min(1, index / 43)), blocked: Math.round(70 * Math.sin(index / 20)) })), hours: Array.from({ length: 24 }, (_, index) => ({ hour: before(23 - index), repaired: (index * 7) % 13, verified: (index * 5) % 9 })),
      sites: [{ site: 'Kiel', affected: 900, down: 310, states: standing(310, 200, 390), perHour: 24.3, backInDay: 410, people: 6 }, { site: null, affected: 40, down: 12, states: standing(12, 8, 20), perHour: 0, backInDay: 7, people: 1 }], moreSites: 3,
      waves: [{ wave: 'Domain controllers', opened: true, affected: 20, down: 0, states: standing(0, 2, 18), perHour: 0 }, { wave: null, opened: true, affected: 920, down: 322, states: standing(322, 206, 392), perHour: 24.6 }],
      technicians: [{ name: 'tech-01', repairedPerHour: 9.1, verifiedPerHour: 0.3, repaired: 88, verified: 4 }], moreTechnicians: 0, people: 7, perHour: 24.6, backInDay: 410,
    }),
    'status.eta': () => ({
      status: 'estimated', earliest: before(-26), likely: before(-41), latest: before(-74), decidedBy: 'blocked', perHour: 31, blockedHalfHours: 20, free: { earliest: before(-12), likely: before(-19), latest: before(-31) }, freeBySite: [{ site: 'Kiel', earliest: before(-11), likely: before(-18), latest: before(-30) }], idleSites: [], path: Array.from({ length: 24 }, (_, index) => ({ share: index / 23, left: 322 * (1 - index / 23) ** 2 })),
      movers: [{ kind: 'people', site: 'Kiel', people: 2, hoursSooner: 9, freeSooner: 5 }, { kind: 'unblock', reason: 'no-key', hosts: 31, hoursSooner: 6, freeSooner: 0 }],
    }),
    'status.watch': () => ({
      oldest: hosts.filter(({ state }) => state === 'blocked').slice(0, 6).map(({ hostId, hostname, site, state, blockedReason, stateAt }) => ({ hostId, hostname, site, state, blockedReason, since: stateAt })),
      sticks: [{ mediaId: 'M-0003', holder: 'tech-01', since: before(31), keyRecords: 212, results: 61, expired: false }], moreSticks: 2, notIssued: 1,
      unblock: reasons(hosts).filter(({ count }) => count > 0).map(({ reason, count }) => ({ reason, count, withUser: Math.floor(count / 2), models: 2, topModel: 'OptiPlex 7090', withOtherKey: 1 })),
    }),
    'calls.list': () => ({ total: 1, rows: [constructedCall(keys[4])] }),
    'calls.get': () => ({ ...constructedCall(keys[4]), endedBy: null }),
    'calls.save': ({ keyRecordId }) => constructedCall(keys.find((key) => key.keyRecordId === keyRecordId) ?? keys[4]),
    'calls.close': ({ outcome }) => ({ ...constructedCall(keys[4]), outcome, closedAt: before(0) }),
    'disclosures.disclose': ({ keyRecordId }) => { const record = keys[keyRecordId - 1]; if (record !== undefined) keys[keyRecordId - 1] = { ...record, disclosedAt: new Date().toISOString() }; queueMicrotask(() => say('disclosures', 'audit')); return { disclosureId: 84_311, recoveryPassword: password(), hideAfterMs: 120_000, at: new Date().toISOString() }; },
    'disclosures.list': ({ offset = 0 }) => ({ total: 240, rows: Array.from({ length: 100 }, (_, index) => { const record = keys[index * 7] as Candidate; return { disclosureId: 240 - offset - index, at: before((index + offset) / 2), operator: 'helpdesk-07', way: index % 9 === 5 ? 'medium' as const : 'shown' as const, reason: 'mass-incident', ticket: index % 3 === 0 ? 'INC-204817' : null, keyProtectorId: index % 9 === 5 ? null : record.keyProtectorId, hostname: index % 9 === 5 ? null : record.hostname, mediaId: index % 9 === 5 ? 'M-0007' : null, laps: false, keyRecords: index % 9 === 5 ? 1388 : 1 }; }).slice(0, 240 - offset) }),
    'hosts.list': ({ query = '', states: wanted = [], blockedReasons = [], sort = 'stateAt', descending = true, offset = 0, limit = 100 }) => {
      const named = hosts.filter((host) => host.hostname.includes(query.toUpperCase()));
      const found = named.filter((host) => (wanted.length === 0 || wanted.includes(host.state)) && (blockedReasons.length === 0 || (host.blockedReason !== null && blockedReasons.includes(host.blockedReason))))
        .toSorted((one, other) => (one[sort] < other[sort] ? -1 : 1) * (descending ? -1 : 1));
      return { total: found.length, rows: found.slice(offset, offset + limit).map((host) => ({ ...host, match: query === '' ? null : [host.hostname.indexOf(query.toUpperCase()), query.length] as [number, number] })), states: states(named), blockedReasons: reasons(named) };
    },
    'hosts.get': ({ hostId }) => {
      const host = hostOf(hostId);
      const event = (kind: Output<'hosts.get'>['history'][number]['kind'], hours: number, rest: Partial<Output<'hosts.get'>['history'][number]> = {}): Output<'hosts.get'>['history'][number] => ({ at: before(hours), kind, operator: null, subject: null, detail: null, blockedReason: null, outcome: null, proof: null, ...rest });
      return {
        host, facts: { dnsName: null, domain: 'nord.example', serialNumber: 'PC1TX4Q7', maker: 'Lenovo', userName: 'r.petersen', assetTag: 'A-20417', description: 'Counter 4', lastSeenAt: before(50) }, plan: { wave: null, tags: [], keptOff: null, technician: null, route: null }, keyRecords: keys.filter((record) => record.hostId === hostId), listedKeys: [], lapsPasswords: [],
        ids: [], oldNames: [], joinedInto: null, history: [event('imported', 50, { subject: 'down-kiel.csv', detail: 'row 1,204' }), event('reported', 49.5), event('key-found', 44, { subject: 'entra-export.csv' }), event('on-medium', 40, { subject: 'M-0007' }), event('attempt', 30, { subject: 'M-0007', outcome: 'blocked', blockedReason: 'no-disk-seen', proof: 'signed' }), event('unblocked', 20, { operator: 'supervisor-2', detail: 'storage driver now on media' }), event('disclosed', 2, { subject: '9D52E07C', operator: 'helpdesk-07' })],
      };
    },
    'hosts.verify': ({ hostId }) => change(hostId, { state: 'verified', blockedReason: null }),
    'hosts.block': ({ hostId, reason }) => change(hostId, { state: 'blocked', blockedReason: reason }),
    'hosts.unblock': ({ hostId }) => change(hostId, { state: 'ready', blockedReason: null }),
    'hosts.close': ({ hostId, as }) => change(hostId, { state: 'closed', closedAs: as, blockedReason: null }),
    'status.get': () => ({ asOf: new Date().toISOString(), hosts: hosts.length, stillDown: hosts.filter((host) => ['reported', 'ready', 'blocked', 'in-progress'].includes(host.state)).length, states: states(hosts), blockedReasons: reasons(hosts), keyRecords: keys.length, hostsWithoutKey: hosts.filter((host) => host.keyRecords === 0).length, rotationDue: 214, mediaOut: 3, mediaNotIssued: 1, media: 12, attempts: 60, flaggedClaims: 4, imports: 3, disclosures: 240, repairedLastHour: 41, auditHead: `1204:${'ab12'.repeat(16)}` }),
    'operators.list': () => [
      { name: 'helpdesk-07', roles: [...ROLES], status: 'active', createdAt: before(90), lastSignedInAt: before(0.2), waitsForHolder: false, keyFingerprint: '3AF1902B77C0D4E5' }, { name: 'tech-ki-04', roles: ['technician'], status: 'active', createdAt: before(80), lastSignedInAt: before(5), waitsForHolder: false, keyFingerprint: '90B4D2F853A67C1E' },
      { name: 'tech-ki-11', roles: ['technician', 'helpdesk'], status: 'pending', createdAt: before(10), lastSignedInAt: null, waitsForHolder: true, keyFingerprint: '53A67C1E90B4D2F8' }, { name: 'auditor-1', roles: ['auditor'], status: 'disabled', createdAt: before(70), lastSignedInAt: before(60), waitsForHolder: false, keyFingerprint: null },
    ],
    'operators.roleTable': () => Object.entries(ROLE_TABLE).map(([procedure, allowed]) => ({ procedure, roles: typeof allowed === 'string' ? [allowed] : [...allowed] })),
    'imports.list': () => [summary, { ...summary, importId: 2, files: ['ad-forest.ldf'], rejected: 0, conflicts: 0, cancelled: true }],
    'imports.get': () => ({ summary, fileCount: 2, remarkableCount: 2, failedCount: 1, kinds: [], files: [report, { ...report, path: '/intake/x.zip', name: 'export.zip', kind: 'unknown', rows: 0, imported: 0, unchanged: 0, conflicts: 0, rejectedCount: 0, rejected: [], hosts: 0, error: { code: 'file-not-recognised', facts: { reason: 'zip' }, row: null } }], conflicts: [{ keyProtectorId: keys[3]?.keyProtectorId ?? null, hostname: keys[3]?.hostname ?? null, keptSource: 'ad-forest.ldf', otherSource: 'BitLockerKeys.csv', otherRow: 88 , keptRow: 2, keptCreatedAt: null, keptHostname: null, keptTested: false, otherCreatedAt: null, otherHostname: null, otherTested: false}] }),
    'media.list': () => ({ total: 12, rows: Array.from({ length: 12 }, (_, index) => medium(12 - index)) }),
    'media.get': ({ mediaId }) => ({ medium: { ...medium(Number(mediaId.slice(2))), mediaId }, leftOut, attempts: attempts.slice(0, 12) }),
    'media.inspectBase': ({ path }) => ({ path, kind: 'iso', architecture: 'x64', imageIndex: 2, imageName: 'Microsoft Windows Setup (x64)', windowsBuild: '10.0.22631', sizeBytes: 6_340_000_000, missing: [], loaders: constructedLoaders, findings: constructedFindings }),
    'disks.list': () => constructedDisks,
    'media.orders': () => [{ orderId: 'O-0001', orderedAt: before(2), orderedBy: 'lead-ki', why: 'Cold store, nobody can type there' }],
    'hosts.driverlessModels': () => [{ maker: 'Dell Inc.', model: 'OptiPlex 7090', hosts: 14, blocked: 11, attempts: 17, lastAt: before(1), hostnames: [], controllers: [{ hardwareId: String.raw`PCI\VEN_8086&DEV_467F`, name: 'RAID Controller', hosts: 14 }] }],
    'media.previewScope': () => ({ hosts: 1204, keyRecords: 1388, leftOutCount: 31, leftOut }),
    'media.inspect': () => ({ mediaId: 'M-0007', createdAt: before(9), expiresAt: before(-40), architecture: 'x64', language: 'de', recipe: 'Channel file 291, version 2', payload: '7C1E 90B4 D2F8 53A6', files: 31, mismatches: [], entries: 1388, slots: 2, results: 4, known: true, loaders: constructedLoaders.slice(0, 1), findings: constructedFindings.slice(0, 1) }),
    'attempts.list': () => ({ total: attempts.length, rows: attempts }),
    'attempts.import': () => ({ files: [{ path: '/media/results/K7Q2.txt', attemptId: 'a1', status: 'imported', proof: 'signed', outcome: 'repaired', hostname: 'KI-SURG-0417', hostState: 'repaired', reason: null }, { path: '/media/results/torn.txt', attemptId: null, status: 'rejected', proof: null, outcome: null, hostname: null, hostState: null, reason: 'image-unreadable' }], imported: 1, unchanged: 0, rejected: 1, claims: 0 }),
    'audit.list': ({ offset = 0 }) => ({ total: 1204, head: `1204:${'ab12'.repeat(16)}`, rows: Array.from({ length: 100 }, (_, index) => ({ number: 1204 - offset - index, at: before((offset + index) / 9), operator: 'helpdesk-07', act: index % 3 === 0 ? 'vault.open' : 'disclosures.disclose', subject: keys[index]?.keyProtectorId ?? null, details: 'reason: mass-incident, ticket: INC-204817', hash: 'ab12'.repeat(16) })) }),
    'audit.verify': () => ({ entries: 1204, head: '', intact: true, firstBroken: null, headFound: null }),
    'desk.backup': ({ path }) => ({ path, sizeBytes: 41_000_000, auditHead: `1204:${'ab12'.repeat(16)}` }),
  };

  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  return {
    runtime: 'browser',
    async call(name, body) {
      await pause(5);
      const handler = (handlers as Readonly<Record<string, ((input: unknown) => unknown) | undefined>>)[name]; // one door for all names
      if (handler === undefined) throw new Error(`constructed desk: ${name} is not there`);
      return JSON.stringify(handler(JSON.parse(body)));
    },
    async *stream(name, _body, signal) {
      if (name === 'desk.changes') {
        const waiting: Output<'desk.changes'>[] = [];
        let wake: () => void = () => undefined;
        const listener = (thing: Output<'desk.changes'>): void => { waiting.push(thing); wake(); };
        changed.add(listener);
        signal?.addEventListener('abort', () => { changed.delete(listener); wake(); });
        while (signal?.aborted !== true) {
          for (const thing of waiting.splice(0)) yield JSON.stringify(thing);
          await new Promise<void>((resolve) => { wake = resolve; });
        }
      } else if (name === 'imports.run') {
        for (let rows = 0; rows <= 1200 && signal?.aborted !== true; rows += 50) { await pause(60); yield JSON.stringify({ kind: 'progress', file: 'BitLockerKeys.csv', fileNumber: 1, files: 1, bytesRead: rows * 140, sizeBytes: 168_000, rows, imported: rows, rejected: 3 }); }
        yield JSON.stringify({ kind: 'done', importId: 1, cancelled: signal?.aborted === true, files: [report], fileCount: 1, remarkableCount: 1, failedCount: 0, kinds: [] });
      } else if (name === 'media.build') {
        for (const step of ['read-base', 'add-agent', 'seal', 'write']) for (let part = 0; part <= 20; part++) { await pause(Number(asked.get('pace') ?? 40)); if (signal?.aborted === true) return; yield JSON.stringify({ kind: 'progress', step, doneBytes: part * 24_900_000, totalBytes: 498_000_000 }); }
        yield JSON.stringify({ kind: 'done', medium: medium(13), out: '/home/desk/bluelift.img', passcodes: ['tech-ki-04', 'tech-ki-11'].map((technician) => ({ technician, passcode: Array.from({ length: 18 }, () => pick([...'0123456789BCDEFGHJKNPRSTVX'])).join('') })), leftOutCount: leftOut.length, leftOut, manifestSha256: 'ab12'.repeat(16) });
      }
    },
    pickFiles: async () => [{ path: '/intake/BitLockerKeys.csv', name: 'BitLockerKeys.csv', sizeBytes: 168_000 }],
    receiveFiles: async (files) => files.map((file) => ({ path: `/intake/${file.name}`, name: file.name, sizeBytes: file.size })),
    pickSavePath: async (suggestedName) => `/home/desk/${suggestedName}`,
    protectScreen: async () => false,
    copySecret: async () => undefined,
    clearCopied: async () => 'not-ours',
  };
}
