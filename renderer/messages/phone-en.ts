// What people read about the phone: lookup, call sheet, what is disclosed, ways without a key, paper, in English.
import { keys, n, some } from './counted-en.ts';

export const phoneEn = {
  lookup: {
    instructions: 'Instructions for callers', instructionsNote: 'To read out or to send; never with a key in them.',
    guessed: (query: string) => `Nothing is exactly ${query}. These come nearest by what is mis-heard or mis-read.`, guess: 'guess',
    facts: { user: 'user', 'serial-number': 'serial number', 'asset-tag': 'asset tag', 'old-name': 'formerly', 'listed-key': 'listed key' },
    listedKey: (owner: string | null, source: string, created: string | null, keptIn: 'directory' | 'tenant' | null) => `this key${owner === null ? '' : ` of ${owner}`} ${keptIn === null ? `is named by ${source}` : `exists in the ${keptIn}`}${created === null ? '' : `, created ${created}`}; ${keptIn === null ? 'its recovery password there can not be used. Export it again, or ask directory or tenant.' : `its recovery password was not exported (${source}). Ask the ${keptIn} for it.`}`,
    field: 'Key ID, host, user, serial or asset tag', clear: 'Clear', characters: (typed: number) => `${n(typed)} of 8 characters`, keyRecords: 'Key records',
    idBegins: (query: string) => `begin with ${query}, newest first`, keysFound: (query: string) => `for ${query}, newest first`,
    hosts: 'Hosts', nameContains: (query: string) => `name contains ${query}`, nameBegins: (query: string) => `name begins with ${query}`,
    atLeast: (count: number) => `${n(count)}+`, noKey: 'no key', noKeyId: 'no Key ID', noHost: 'no host',
    note: 'The boot screen shows the Key ID after “Recovery key ID”.',
    noteMore: (missing: number) => `${some(missing, 'more character', 'more characters')} make the first eight. The boot screen shows them after “Recovery key ID”.`,
    start: 'Key ID first',
    startLead: 'The blue screen shows it after “Recovery key ID”. Eight characters are enough; a part of the host name from three characters on also finds it.',
    startSteps: ['Type what the caller reads out', 'Choose with ↓ and compare the eight characters', 'Disclose with reason and ticket'],
    startNoKeys: 'No key record yet', startNoKeysLead: 'Import an export of recovery passwords first.', importFiles: 'Import files',
    nothingFor: (query: string) => `No key record and no host for ${query}`,
    searched: (sources: number, last: string) => `${some(sources, 'source', 'sources')} searched, last import ${last}.`, searchedNone: 'Nothing has been imported yet.',
    tryPart: 'Three characters of the host name are enough', tryHosts: 'All hosts',
    sources: (count: number, sources: number, last: string) => `${keys(count)} from ${some(sources, 'source', 'sources')}, last import ${last}`, noSources: 'No key record yet',
    compare: 'Compare with the caller', volume: 'Volume', site: 'Site', source: 'Source',
    created: 'Created', cameIn: 'Imported; when it was made is not known', imported: 'Imported', disclosed: 'Last disclosed', model: 'Model', user: 'User', serial: 'Serial number',
    others: 'Other key records of this host', ofHost: (count: number) => `${keys(count)} of this host`, chooseKey: 'Choose the key record whose ID the caller reads out.',
    rejected: 'rejected', rejectedKey: (id: string) => `Key ${id} was rejected. The screen may ask for another one: have its Key ID read out once more.`,
    noKeyOfHost: 'No key record of this host', toHost: 'Open host',
    conflict: 'Another source gives a different recovery password for this Key ID. Both are kept.',
    reason: 'Reason', ticket: 'Ticket', disclose: 'Disclose recovery password', disclosing: 'Disclosing', recorded: 'Recorded with reason and ticket. Rotation becomes due.',
    choose: 'choose', toKeys: 'Go to its keys', toKeysKey: 'its keys', discloseKey: 'disclose', reasonKey: 'identity, reason, ticket', none: 'Nothing chosen', noneLead: 'Choose a key record with ↓.',
    typedTitle: 'Recovery password typed, not searched', typedLead: 'Not sent, not kept. The lookup needs the Key ID or the host.',
    typedRight: 'All eight groups can be right.',
    typedWrong: (groups: string, many: boolean) => `${many ? 'Groups' : 'Group'} ${groups} can not be right. Ask for ${many ? 'them' : 'it'} again.`,
    typedSoFar: (count: number) => `${some(count, 'group', 'groups')} so far can be right.`,
    groupState: { right: 'can be right', wrong: 'can not be right', typing: 'being typed', missing: 'missing' },
  },

  disclosed: {
    inSight: 'Recovery password in sight', untilHidden: 'until hidden', hideNow: 'Hide now', again: 'Showing it again is a new disclosure.',
    hidden: 'Hidden. Showing it again is a new disclosure.', hiddenByItself: 'Hidden by itself. Showing it again is a new disclosure.',
    group: (group: number) => `Group ${n(group)} of 8`,
    match: (count: number) => (count === 0 ? 'none read back yet' : count === 1 ? 'Group 1 matches' : count === 2 ? 'Groups 1 and 2 match' : `Groups 1 to ${n(count)} match`),
    allMatch: 'All eight groups match',
    backDigit: 'Back', repeat: 'Repeat', nextDigit: 'Next digit', backKey: 'back', repeatKey: 'repeat', nextKey: 'next digit', hideKey: 'hide now',
    readBack: 'Caller reads back', wrong: (group: number) => `Group ${n(group)} differs. Ask for it again.`, sheet: 'Call sheet', host: 'Host', keyId: 'Key ID',
    reason: 'Reason', ticket: 'Ticket', readOut: 'Read out', inSightStep: 'In sight', since: (time: string) => `since ${time}`,
    next: 'What happens next', now: 'now', later: 'later', recorded: (id: number) => `Disclosure ${n(id)} recorded`, shownBy: (operator: string) => `${operator}, shown`, readOutBy: (operator: string) => `${operator}, read out`,
    due: 'Rotation due', dueSince: (time: string) => `age counts from ${time}`, confirmed: 'Rotation confirmed', confirmedBy: 'by a newer key record of this volume',
    secondsLeft: (seconds: number) => `Hidden in ${n(seconds)} seconds`,
    copy: 'Copy', copied: 'Copied. It is taken off the clipboard when it hides, if it is still there.', cleared: 'Hidden, and taken off the clipboard.', stillCopied: 'Hidden. This browser does not say whether it is still on the clipboard.', captureClosed: 'Closed to screen capture', captureOpen: 'Screen capture can not be prevented here',
  },

  calls: {
    identity: 'Identity checked', identityNone: 'not yet', caller: 'Caller', identityNeeded: 'How was it made sure who calls? 1 to 6', ticketNeeded: 'No disclosure here without a ticket',
    checks: { 'called-back': 'called back', 'employee-number': 'employee number', manager: 'manager vouches', 'known-voice': 'known voice', video: 'on video', 'in-person': 'in person' },
    leftBefore: 'Disclosed after its sheet was left: on record and due for rotation, but not shown. The call is on the open list.',
    over: 'What was entered stays here; a disclosure begins a new call.', inNewCall: (act: string) => `${act} in a new call`,
    outcome: 'How it ended', outcomes: { unlocked: 'Unlocked', rejected: 'Key rejected', 'broken-off': 'Broken off' }, lapsOutcomes: { unlocked: 'Signed in', rejected: 'Password rejected', 'broken-off': 'Broken off' }, ended: (outcome: string) => `Call ended: ${outcome}`, record: 'Record outcome', recordKey: 'record', ends: 'Outcome',
    open: 'Open calls', openLead: 'Begun and not ended; everything entered is kept.', showAll: (count: number) => `All ${n(count)} open calls`, ofThis: (count: number) => `Open ${count === 1 ? 'call' : 'calls'} of this host`, saidAs: (query: string, count: number) => `Open ${count === 1 ? 'call' : 'calls'} for ${query}`, resume: 'Go on', shown: 'shown', notShown: 'nothing shown yet', read: (groups: number) => `${n(groups)} of 8 read back`,
    unshownTitle: (outcome: string) => `${outcome}, though nothing was shown?`, unshownLead: (about: string) => `No recovery password of ${about} was shown in this call. If another call is meant, that one is to be ended; if the key came from elsewhere, where from goes on record.`,
    unshownNote: 'Where the key came from', unshownAct: (outcome: string) => `End call: ${outcome}`,
    codes: 'Code for a scanner', codesKey: 'code', hideCodes: 'Digits', qr: 'QR code', bar: 'Code 128', barTooWide: 'The window is too narrow for Code 128. Scan the QR code, or make the window wider.', hyphens: 'With hyphens', codesNote: 'The host reads it like a keyboard: US layout.',
  },

  noKey: {
    titleKey: 'ways without a key', title: 'Ways without a key', askId: 'Ask for the Key ID on the screen and look that up: another source may know it under another host.',
    neverImported: 'Never imported:', allImported: 'Every usual source has been imported at least once; a newer export may have it.', last: (when: string) => `Last import ${when}.`,
    places: { directory: 'Active Directory', tenant: 'Entra ID', crowdstrike: 'CrowdStrike', configmgr: 'ConfigMgr or MBAM', files: 'text files and lists' },
    disk: 'With the disk at hand, look which Key IDs it asks for:', safeBoot: 'Safe boot needs no key where the volume opens by itself, only the password of a local administrator: no LAPS password of this host is here. A question to the directory or the tenant brings it, too.',
    otherIds: 'Other IDs of this host, to look for elsewhere:', formerly: 'formerly', askLive: 'Ask now, for this host alone:', askDirectory: 'Ask the directory', askTenant: 'Ask the tenant', askDirectoryFor: (host: string) => `Ask the directory for ${host}`, askTenantFor: (host: string) => `Ask the tenant for ${host}`,
    safeBootWith: (account: string | null) => `Without a key by safe boot, with the LAPS password of ${account ?? 'the local administrator'}.`, safeBootAct: 'Go by safe boot', block: { 'no-key': 'Block: no key', 'key-rejected': 'Block: key rejected' },
  },

  paper: {
    print: 'Paper sheet', title: 'Print the recovery passwords of a site', lead: 'For when the desk itself may go. Every key on it counts as disclosed, and its rotation becomes due.', act: (count: number) => `Disclose and show ${keys(count)}`,
    site: 'Site', noSite: 'no site', second: 'Second operator', secondNote: 'Signs in here, for this one act.', passphrase: 'Passphrase of the second operator',
    inSight: 'Recovery passwords in sight', printNow: 'Print', sheetTitle: (site: string) => `Recovery passwords, ${site}`, facts: (at: string, operators: string, count: number) => `${at}, ${operators}. ${keys(count)}.`,
    keepLocked: 'Keep locked up. Shred when the site is done; until then every key on it is valid.',
  },
};

export type PhoneMessages = typeof phoneEn;
