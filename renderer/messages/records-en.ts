// What people read about records and reports, and who may do what, in English.
import { auditFieldsEn } from './audit-fields-en.ts';
import { keys, n, some } from './counted-en.ts';

export const recordsEn = {
  disclosures: {
    unusual: (operator: string, count: number, minutes: number, at: string) => `${operator}: ${some(count, 'disclosure', 'disclosures')} in ${some(minutes, 'minute', 'minutes')}, ${at}. More than usual; worth a question.`,
    when: 'When', operator: 'Operator', keyId: 'Key ID', host: 'Host', reason: 'Reason', ticket: 'Ticket', way: 'Way', none: 'No disclosure yet',
    noneLead: 'Every recovery password that leaves the vault is listed here: who, which, why.', onMedium: (id: string, count: number) => `${id}, ${keys(count)}`,
    count: (count: number) => some(count, 'disclosure', 'disclosures'), page: (from: number, to: number, total: number) => `${n(from)} to ${n(to)} of ${n(total)}`,
  },

  rotation: {
    open: (count: number) => `${some(count, 'disclosed password', 'disclosed passwords')} still to be replaced`, state: 'State', keyId: 'Key ID', host: 'Host', risk: 'Exposed how', since: 'Since', course: 'Course',
    none: { due: 'No rotation due', asked: 'Nothing asked', confirmed: 'Nothing confirmed yet' },
    noneLead: { due: 'Every disclosed recovery password was asked for or is replaced.', asked: 'A rotation counts as asked when a script with it was handed over.', confirmed: 'A newer key record of the same volume confirms a rotation when it is imported.' },
    handOver: 'Hand over script', confirmNone: 'Tick what was replaced first.', handOverTitle: 'Hand rotations over', handOverLead: 'Makes a PowerShell script with host names and Key IDs, no recovery password. What is in it counts as asked; importing the new keys confirms it.',
    handOverAct: 'Save script', target: 'Carried out by',
    targetNote: { intune: 'Run once by an administrator; asks Intune for each device.', configmgr: 'Deploy it as a script; each host looks itself up in it.', 'manage-bde': 'Run it elevated on the hosts; each looks itself up in it.' },
    again: (count: number) => `Those asked already, too (${n(count)})`, nothing: 'Nothing for this target.',
    handedOver: (count: number, remaining: number) => `${some(count, 'rotation', 'rotations')} handed over${remaining === 0 ? '' : `, ${n(remaining)} left for the next script`}`,
    confirm: 'Confirm', confirmTitle: (count: number) => `Confirm ${some(count, 'rotation', 'rotations')}`, confirmLead: 'The recovery password is no longer valid, and no import can show it.', confirmed: (count: number) => `${some(count, 'rotation', 'rotations')} confirmed`,
    statement: 'How it is known', statementNote: 'Who replaced it or wiped the disk, and when',
    askedOf: (target: string, by: string, at: string) => `asked of ${target} by ${by}, ${at}`, byEvidence: (id: string, at: string) => `newer key ${id}, ${at}`, byStatement: (by: string, statement: string) => `said by ${by}: ${statement}`,
  },

  audit: {
    fields: auditFieldsEn, yes: 'yes', no: 'no',
    verify: 'Verify chain', verifying: 'Verifying', intact: (count: number) => `Chain intact, ${some(count, 'entry', 'entries')}`,
    broken: (entry: number) => `Chain broken at entry ${n(entry)}`, headFound: 'The head given is in the chain.', headMissing: 'The head given is not in the chain.',
    head: 'Head', number: 'No.', when: 'When', operator: 'Operator', act: 'Act', subject: 'Subject', details: 'Details', against: 'Against a printed head',
    againstNote: 'Number:hash, from a report, manifest or backup', none: 'No audit entry yet', count: (count: number) => some(count, 'entry', 'entries'),
    badHead: 'A number, a colon, 64 hexadecimal characters',
  },

  operators: {
    add: 'Add operator', name: 'Operator', roles: 'Roles', status: 'Status', lastSignIn: 'Last signed in', disable: 'Disable',
    disableTitle: (name: string) => `Disable ${name}?`, disableLead: 'The operator can not sign in any more. What was done stays on record.',
    disableAct: (name: string) => `Disable ${name}`, disabled: (name: string) => `${name} disabled`, added: (name: string) => `${name} added`,
    firstPassphrase: 'First passphrase', firstPassphraseNote: 'To be changed at the first sign-in', addTitle: 'Add operator', waits: 'waits for a holder',
    waitsNote: 'A role that reads recovery passwords is completed by somebody who holds their key.', complete: 'Complete', completeTitle: (name: string) => `Complete ${name}`,
    completeLead: 'Hands on the key to recovery passwords. Compare the fingerprint with the operator in person first; they see it under Operators.',
    completeAct: (name: string) => `Complete ${name}`, completed: (name: string) => `${name} completed`, fingerprint: 'Key fingerprint', own: 'Change own passphrase',
    ownTitle: 'Change own passphrase', changed: 'Passphrase changed', table: 'Who may do what', tableNote: 'Fixed; no setting changes it', filter: 'Filter acts', noAct: (query: string) => `No act is called ${query}`,
    groups: { disclosures: 'Disclosures and calls', keys: 'Lookup and key records', hosts: 'Hosts', walkIns: 'Walk-in', media: 'Media, disks and results', imports: 'Imports', rotations: 'Rotation', waves: 'Waves, incidents and recipes', status: 'Overview, reports and audit', operators: 'Operators and policies', desk: 'Desk and vault' }, procedure: 'Act', may: 'may',
    mayNot: 'may not', you: 'signed in', count: (count: number) => some(count, 'operator', 'operators'),
    changeKeys: 'Change keys', changeKeysTitle: 'Change the keys of the desk?',
    changeKeysLead: 'For when somebody has left. The store is written anew under new keys; a copy of the old ones opens nothing of it any more. Passphrases stay as they are.',
    changeKeysMeanwhile: 'Meanwhile looking up goes on and nothing else can be written. Backups made before still open with the old keys.',
    changeKeysSheet: 'New recovery sheet', changeKeysSheetNote: 'The sheet printed before opens nothing any more, with or without a new one.',
    keysChanged: (count: number) => `Keys changed for ${some(count, 'operator', 'operators')}`, rekeySteps: { store: 'Store written anew', passwords: 'Recovery passwords sealed anew' },
  },

  reports: {
    of: 'Of', wholeDesk: 'The whole desk', kind: 'Report', make: 'Make report', made: (name: string) => `${name} made`, steps: { reading: 'Reading the store …', writing: 'Writing the report …' }, format: 'Form', language: 'Language', asOf: 'As of', asOfNote: 'Empty: now. An instant that is past gives what was known then.', note: 'Holds names of operators. Recorded in the audit trail.',
    kinds: { situation: 'Situation', extent: 'Extent of the outage', nis2: 'NIS-2 draft', dora: 'DORA draft', disclosures: 'Disclosures', rotation: 'Rotation', handover: 'Shift hand-over' },
    leads: { situation: 'One page: how many, why not, what is out', extent: 'The fields of the BSI and Bitkom survey, servers and clients apart', nis2: 'Early warning, notification, final report', dora: 'Initial, intermediate and final report', disclosures: 'Every password that left the vault', rotation: 'What is disclosed and not confirmed as replaced; what was asked for', handover: 'Open calls, media out, changes since the last one' },
  },
};

export type RecordsMessages = typeof recordsEn;
