// What people read about hosts, and what is known of all of them together, in English.
import { hosts, n, some } from './counted-en.ts';

export const hostsEn = {
  hosts: {
    filter: 'Filter hosts', secret: 'That is a recovery password. It is no filter and is not kept. Hosts are filtered by name.', filterKey: 'filter', facets: 'Filter', state: 'State', blockedBy: 'Blocked by', host: 'Host', reason: 'Reason', model: 'Model', unit: 'Unit',
    site: 'Site', keyRecords: 'Key records', since: 'Since', nameFilter: (text: string) => `Host: ${text}`,
    removeFilter: (filter: string) => `Remove filter ${filter}`, clearFilters: 'Clear', all: (count: number) => hosts(count), toPanel: 'Acts of the host', toPanelKey: 'acts', moveKey: 'move',
    none: 'No host matches', noneLead: 'The filter leaves nothing over.', empty: 'No hosts yet', emptyLead: 'Hosts come in with a key export or a list of names.',
    claim: 'claim, check failed', os: 'Windows', serial: 'Serial number', user: 'User', domain: 'Domain', assetTag: 'Asset tag', lastSeen: 'Last seen', noKey: 'none',
    disclosedOne: 'disclosed', history: 'History', lookup: 'Lookup', table: 'Hosts',
    verify: 'Set verified', verifyTitle: (host: string) => `Set ${host} verified`, verifyLead: 'Verified means: seen running after the repair.', evidence: 'Evidence',
    evidenceNote: 'Who saw it running, when and how', block: 'Block with reason', blockTitle: (host: string) => `Block ${host}`,
    blockLead: 'A blocked host always has a reason; it leaves every plan until it is unblocked.', blockAct: (host: string) => `Block ${host}`, note: 'Note', unblock: 'Unblock',
    unblockTitle: (host: string) => `Unblock ${host}`, unblockAct: (host: string) => `Unblock ${host}`,
    close: 'Close host', closeTitle: (host: string) => `Close ${host}`, closeLead: 'The host ends without being verified. Only a supervisor can open it again.', closeAs: 'Closed as',
    closeAct: (host: string) => `Close ${host}`, closeNote: 'Why, and who decided', blocked: (host: string, reason: string) => `${host} blocked: ${reason}`,
    verified: (host: string) => `${host} verified`, unblocked: (host: string) => `${host} unblocked`, closed: (host: string) => `${host} closed`,
    reopen: 'Open again', reopenTitle: (host: string) => `Open ${host} again`, reopenLead: 'The host counts as down again: ready if it has a key, else reported. Its history stays.',
    reopenNote: 'What was seen, and by whom', reopened: (host: string) => `${host} opened again`,
  },

  overview: {
    perHour: 'Per hour, last 24 hours', perHourNote: (repaired: number, verified: number) => `${n(repaired)} repaired, ${n(verified)} verified`, site: 'Site', noSite: 'no site', down: 'Still down', report: 'Make situation report', reportKey: 'situation report',
    asOf: (now: string) => `${now}, updates by itself`, stillDown: 'Hosts still down', ofAffected: (count: number) => `of ${n(count)} affected`,
    knownOnly: (count: number) => `${n(count)} more known, not reported`, noKey: 'Down without a key', noKeyNote: 'the list has those that are not down, too', notAffected: 'Closed, never affected', notAffectedNote: 'duplicate or not affected: not counted above', rotationDue: 'Rotation due',
    mediaOut: 'Media out', ofMedia: (count: number, notIssued: number) => `of ${n(count)}${notIssued === 0 ? '' : `; ${n(notIssued)} built, not issued yet`}`, byState: 'By state', blockedByReason: 'Blocked by reason', noneBlocked: 'No host is blocked.',
    records: 'Records', keyRecords: 'Key records', imports: 'Imports', disclosures: 'Disclosures', attempts: 'Attempts', claims: 'Flagged claims',
    claimsNote: 'records whose check fails', auditHead: 'Audit head', quiet: 'No recovery password is shown on this screen',
    nothing: 'No host is reported yet',
    nothingLead: 'Import a key export and a list of the hosts that are down; this screen then shows how many are back, and what stops the others.',
    disclosed: 'recovery passwords disclosed and not yet replaced',
  },

  coverage: {
    title: 'Key coverage', save: 'Save list', age: 'A key counts as new', days: (days: number) => `of the last ${n(days)} days`,
    withKey: 'Hosts with a key', withKeyNote: 'can be unlocked, if the key is the right one', newer: (days: number) => `Key of the last ${n(days)} days`, newerNote: 'by the key’s own date, never that of its import',
    older: (days: number) => `Only keys older than ${n(days)} days`, olderNote: 'may have been replaced since: ask the source again', undated: 'Keys without a date', undatedNote: 'the source does not say when they were made',
    tested: 'Tested key', testedNote: 'has opened a volume at this desk', without: 'Hosts without a key', withoutNote: 'ask the directory, the tenant or the inventory for them now', ofOtherHost: 'Key kept with another host', ofOtherHostNote: 'of the hosts without a key; a source names both: decide whether they are one', listed: 'Key listed, not held', listedNote: (count: number) => `of the hosts without a key; ${some(count, 'key is', 'keys are')} named by lists without a recovery password: ask the tenant`, keysWithoutHost: 'Keys without a host',
    noKey: 'key', noHost: 'host', header: ['missing', 'host', 'state', 'site', 'organizational unit', 'operating system', 'last seen or created', 'key protector ID', 'source'],
  },

  lists: {
    title: 'Compare lists', choose: 'Lists of hosts', chooseLead: 'Choose two or more; one alone is held against the hosts still out', none: 'No list of hosts yet',
    noneLead: 'Import a list of the console, of the device management or of the inventory.', kind: 'Kind', save: 'Save findings', nobody: 'None.',
    notIn: (name: string) => `In another list, not in ${name}`, outNotIn: (name: string) => `Still out here, not in ${name}`, field: 'Met in the field, in no list', withoutKey: 'In a list, still down, without a key',
    noKey: 'no key',
    seenSince: 'Still counted as down, but seen since', saidDownSince: 'Verified or closed, and said to be down since', verified: 'Verified by these lists: seen after their repair', header: ['finding', 'host', 'state', 'site', 'key records', 'last seen'],
  },
};

export type HostsMessages = typeof hostsEn;
