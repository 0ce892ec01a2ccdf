// What people read about the frame of the window, its first start and signing in, in English.
import { hosts, keys, n, some } from './counted-en.ts';

export const frameEn = {
  common: {
    pages: { label: 'Pages of the list', first: 'First page', previous: 'Back', next: 'Next', last: 'Last page' },
    /** A word of a list inside a line: in small letters, unless it is an abbreviation. */
    within: (word: string) => (/^[A-Z]{2}/.test(word) ? word : word.charAt(0).toLowerCase() + word.slice(1)),
    close: 'Close', cancel: 'Cancel', back: 'Back', next: 'Next', change: 'Change', tryAgain: 'Try again', undo: 'Undo', notUndone: 'Not undone:', optional: 'optional', never: 'never',
    unknown: 'unknown',
    of: (part: number, whole: number) => `${n(part)} of ${n(whole)}`, hosts, keys, loading: 'Loading',
    needsRole: (roles: string) => `Needs the role ${roles}.`,
    or: 'or',
  },

  keys: { ctrl: 'Ctrl', alt: 'Alt', shift: 'Shift', space: 'Space', enter: 'Enter', escape: 'Esc', tab: 'Tab' },

  frame: {
    rail: 'Main', about: 'Brings Windows hosts behind BitLocker back: recovery passwords in, recovery media out, results home.', demo: 'Demo', demoNote: 'Demo: constructed data, thrown away at the end', vaultOpen: 'Vault open',
    closesIn: (time: string) => `Vault open, closes in ${time}`, closeVault: 'Close vault', commands: 'Commands', findCommand: 'Find a command',
    noCommand: 'No command of that name',
    helpFor: (screen: string) => `Help: ${screen}`, help: 'help', helpKeys: 'Keys on this screen', commandsKey: 'commands', skip: 'To the page',
    switchLanguage: 'Language: Deutsch', language: 'Language', theme: 'Theme',
    closingTitle: 'The vault closes', closing: (time: string) => `Nobody has pressed a key for a while. The vault closes in ${time}.`, stay: 'Keep vault open', old: (time: string) => `This is as it was at ${time}.`,
  },

  screens: {
    lookup: 'Lookup', overview: 'Overview', hosts: 'Hosts', media: 'Media', disks: 'Disks', imports: 'Imports', disclosures: 'Disclosures', rotation: 'Rotation', audit: 'Audit', operators: 'Operators',
    waves: 'Waves', incidents: 'Incidents', reports: 'Reports', matching: 'Matching', 'walk-in': 'Walk-in', settings: 'Settings',
  },

  firstStart: {
    title: 'New desk', lead: 'No desk is here yet. The first operator holds every role and adds the others.', folder: (folder: string) => `The desk is kept in ${folder}`,
    operatorName: 'Operator', operatorNote: 'Letters, digits, space, . _ @ -', passphrase: 'Passphrase',
    passphraseNote: 'At least 8 characters; several words are better than odd signs',
    again: 'Passphrase again', tooShort: (missing: number) => `${some(missing, 'character', 'characters')} to go`, different: 'The two differ', caps: 'Caps lock is on',
    create: 'Create desk', creating: 'Creating desk', invalidName: 'Begins with a letter or digit; letters, digits, space, . _ @ - may follow',
    wantSheet: 'Make a recovery sheet', wantSheetNote: 'The only way in when every passphrase is forgotten, and to restore a backup elsewhere',
    sheetTitle: 'Recovery sheet', sheetInSight: 'Recovery code in sight, shown once', notStored: 'not stored anywhere',
    sheetNote: 'Opens the vault without a passphrase. Kept on paper, in a safe, by two people.', print: 'Print recovery sheet',
    confirmLabel: (group: number) => `Group ${n(group)} of the code, from the paper`, confirmNote: 'Shows that the paper can be read.', confirmWrong: 'Differs from the code',
    goOn: 'Open desk',
    sheetDesk: 'Desk', sheetCreated: 'Created', sheetOperator: 'Created by',
    sheetUse: 'To use it: bluelift restore FILE --recovery-sheet FILE, or "Recovery sheet" where the passphrase is asked for.', restoreInstead: 'Restore a backup instead',
    restoreTitle: 'Restore a backup',
    restoreLead: 'Brings a whole desk back into the empty folder. It opens with an operator’s passphrase, or with the recovery sheet, which then sets a new one.',
    backupFile: 'Backup file', restorePassphraseNote: 'With the recovery sheet: the new passphrase, at least 8 characters', restore: 'Restore desk', restoring: 'Restoring',
    sheetWarning: 'Whoever holds this sheet and the desk’s files can read every recovery password.',
  },

  signIn: {
    title: 'Vault closed', operator: 'Operator', passphrase: 'Passphrase', open: 'Open vault', opening: 'Opening', operatorMissing: 'No operator named', passphraseMissing: 'The passphrase is missing',
    demoLead: 'A demo: 2,000 constructed hosts, thrown away at its end. Every operator has the passphrase', demoSeat: 'Whose chair', everyRole: 'All',
    slow: 'After wrong tries the desk waits longer before it answers, up to 30 seconds.', useSheet: 'Passphrase lost: use the recovery sheet',
    usePassphrase: 'Use a passphrase', sheetCode: 'Recovery sheet', sheetCodeNote: 'The groups of the code; spaces and hyphens do not matter',
    sheetLost: (screen: string, act: string) => `The vault closed before the recovery sheet was typed back. Without the paper: ${screen}, “${act}” makes a new one.`,
    openWithSheet: 'Open with recovery sheet', keyRecords: 'Recovery passwords stay sealed until an operator signs in.',
    mustChange: 'New passphrase', mustChangeLead: 'The passphrase of this operator was set by somebody else. A new one is needed before anything else.',
    current: 'Present passphrase', fresh: 'New passphrase', again: 'New passphrase again', save: 'Change passphrase',
  },

  settings: {
    language: 'Language', languageNote: 'Of this window only', theme: 'Theme', themes: { system: 'As the system', light: 'Light', dark: 'Dark' },
    singleKeys: 'Single-letter keys', singleKeysNote: 'Letters such as / act when no field has the focus', on: 'On', off: 'Off', desk: 'Desk', folder: 'Folder',
    version: 'Version', runtime: 'Runs in', runtimes: { electron: 'its own window', browser: 'a browser on this computer', 'command-line': 'a terminal' },
    idle: 'Vault closes after', minutes: (minutes: number) => some(minutes, 'minute', 'minutes'), backup: 'Backup',
    backupLead: 'Both files of the desk in one; restoring it needs an operator’s passphrase or the recovery sheet.', backupPath: 'Path of the backup',
    backupAct: 'Write backup', backupDone: (size: string) => `Backup written, ${size}`, window: 'This window', closeNow: 'Close vault now',
    head: 'Audit head',
  },
};

export type FrameMessages = typeof frameEn;
