// The closed lists of the field in English words.
import { diskWordsEn, type DiskWords } from './disk-words-en.ts';
import type {
  MediumMode, Architecture, AttemptOutcome, AttemptProof, AttemptReason, BlockedReason, CallStep, ClosedAs, DiskBus, DiskReasonCode, DiskSeverity, DisclosureReason, DisclosureWay, HostDecision, HostGuess, HostIdKind, FirstEvidence, HostState, MediaState, NotOnMedium, Role,
  RotationConfirmedBy, RotationNotHandedOver, RotationRisk, RotationState, RotationTarget,
} from '../../electron/core/codes.ts';

export interface Words {
  readonly hostState: Readonly<Record<HostState, string>>;
  readonly hostStateMeans: Readonly<Record<HostState, string>>;
  readonly blockedReason: Readonly<Record<BlockedReason, string>>;
  readonly blockedHint: Readonly<Record<BlockedReason, string>>;
  readonly firstEvidence: Readonly<Record<FirstEvidence, string>>;
  readonly closedAs: Readonly<Record<ClosedAs, string>>;
  readonly disclosureReason: Readonly<Record<DisclosureReason, string>>;
  readonly disclosureWay: Readonly<Record<DisclosureWay, string>>;
  readonly role: Readonly<Record<Role, string>>;
  readonly mediaState: Readonly<Record<MediaState, string>>; readonly mediumMode: Readonly<Record<MediumMode, string>>; readonly mediumModeMeans: Readonly<Record<MediumMode, string>>;
  readonly attemptOutcome: Readonly<Record<AttemptOutcome, string>>;
  readonly attemptProof: Readonly<Record<AttemptProof, string>>;
  readonly callStep: Readonly<Record<CallStep, string>>;
  readonly rotationState: Readonly<Record<RotationState, string>>;
  readonly rotationRisk: Readonly<Record<RotationRisk, string>>;
  readonly rotationTarget: Readonly<Record<RotationTarget, string>>;
  readonly rotationNotHandedOver: Readonly<Record<RotationNotHandedOver, string>>;
  readonly rotationConfirmedBy: Readonly<Record<RotationConfirmedBy, string>>;
  readonly diskBus: Readonly<Record<DiskBus, string>>;
  readonly diskSeverity: Readonly<Record<DiskSeverity, string>>;
  readonly diskReason: Readonly<Record<DiskReasonCode, string>>;
  readonly architecture: Readonly<Record<Architecture, string>>;
  readonly notOnMedium: Readonly<Record<NotOnMedium | 'not-in-store', string>>;
  readonly operatorStatus: Readonly<Record<'pending' | 'active' | 'disabled', string>>;
  /** Ways to open a volume; others are shown by their code. */
  readonly disk: DiskWords;
  readonly protectorKind: Readonly<Record<string, string>>;
  readonly baseKind: Readonly<Record<'iso' | 'boot-wim' | 'winre-wim', string>>;
  readonly language: Readonly<Record<'en' | 'de', string>>;
  readonly hostEvent: Readonly<Record<'imported' | 'reported' | 'key-found' | 'laps-found' | 'on-medium' | 'attempt' | 'disclosed' | 'laps-disclosed' | 'blocked' | 'unblocked' | 'verified' | 'closed' | 'reopened' | 'joined' | 'apart' | 'one-host' | 'decision-undone', string>>;
  readonly hostIdKind: Readonly<Record<HostIdKind, string>>;
  readonly hostDecision: Readonly<Record<HostDecision, string>>;
  /** What the IDs of a question look like. */
  readonly hostGuess: Readonly<Record<HostGuess, string>>;
  /** Kinds of files that are known by content; others are shown by their code. */
  readonly intakeKind: Readonly<Record<string, string>>;
  /** Why a row did not come in; others are shown by their code. */
  readonly rejectReason: Readonly<Record<string, string>>;
  /** What is odd about a file as a whole. */
  readonly intakeNote: Readonly<Record<string, string>>;
  /** Why something of an undone import is still there. */
  readonly stayedBecause: Readonly<Record<string, string>>;
  /** What a file is that is not taken in. */
  readonly declined: Readonly<Record<string, string>>;
  /** Why an attempt record was rejected, or is only a claim. `malformed FIELD` is looked up as `malformed`. */
  readonly attemptReason: Readonly<Record<AttemptReason | 'malformed', string>>;
}

export const wordsEn: Words = {
  hostState: { known: 'Known', reported: 'Reported', ready: 'Ready', blocked: 'Blocked', 'in-progress': 'In progress', repaired: 'Repaired', verified: 'Verified', closed: 'Closed' },
  hostStateMeans: { known: 'from an export, nobody said it is down', reported: 'said to be down, nothing planned', ready: 'route and key known, waits for its turn', blocked: 'a reason from the list stands in the way', 'in-progress': 'set for safe boot, the rest follows there', repaired: 'the faulty file is gone', verified: 'seen running', closed: 'ended without being verified' },
  blockedReason: {
    'no-key': 'No key', 'key-rejected': 'Key rejected', 'no-disk-seen': 'No disk seen', 'not-reachable': 'Not reachable', 'usb-blocked': 'USB blocked', 'pin-needed': 'PIN needed', hibernated: 'Hibernated',
    'third-party-encryption': 'Third-party encryption', hardware: 'Hardware', 'other-os': 'Other OS', 'recipe-not-found': 'Recipe not found', 'repair-failed': 'Repair failed', 'media-refused': 'Media refused', 'owner-away': 'Owner away',
  },
  blockedHint: {
    'no-key': 'Import another source of recovery passwords', 'key-rejected': 'Try another key record of the host', 'no-disk-seen': 'Storage driver on the medium', 'not-reachable': 'Somebody with a key to the room', 'usb-blocked': 'Firmware password, or another route', 'pin-needed': 'Call whoever knows the PIN', hibernated: 'Discard the image with a key press',
    'third-party-encryption': 'The maker’s own recovery media', hardware: 'Replacement', 'other-os': 'Statement by a supervisor', 'recipe-not-found': 'Another recipe, or not affected', 'repair-failed': 'Second attempt, then by hand', 'media-refused': 'Boot order, or Secure Boot list', 'owner-away': 'Appointment with the owner',
  },
  firstEvidence: { 'domain-controllers-unit': 'In the unit of domain controllers', 'domain-controller-name': 'Server named as a domain controller', 'key-server-name': 'Server named as one that holds keys', 'sign-in-server-name': 'Server named as one that signing in needs' },
  closedAs: { reimaged: 'Reimaged', retired: 'Retired', duplicate: 'Duplicate', 'not-affected': 'Not affected' },
  disclosureReason: {
    'mass-incident': 'Mass incident', 'boot-order-changed': 'Boot order changed', 'bios-changed': 'BIOS changed', 'os-files-modified': 'Operating system files modified', 'lost-startup-key': 'Lost startup key', 'lost-pin': 'Lost PIN', 'tpm-reset': 'TPM reset',
    'lost-passphrase': 'Lost passphrase', 'lost-smartcard': 'Lost smart card', other: 'Other',
  },
  disclosureWay: { shown: 'Shown', spoken: 'Spoken', printed: 'Printed', medium: 'On a medium' },
  role: { helpdesk: 'Helpdesk', technician: 'Technician', supervisor: 'Supervisor', auditor: 'Auditor' },
  mediumMode: { repair: 'Repair', 'safe-boot': 'Safe boot', inspect: 'Inspect', manual: 'Manual steps only' },
  mediumModeMeans: {
    repair: 'Unlocks and removes the faulty file', 'safe-boot': 'For hosts without a key: sets the safe-boot flag; the file is removed in safe mode, by a local administrator',
    inspect: 'Changes nothing: reports volumes, faulty files, missing drivers',
    manual: 'No keys on it: a person types the recovery password at the host and removes the file by hand',
  },
  mediaState: { built: 'Built', issued: 'Issued', returned: 'Returned', wiped: 'Wiped', lost: 'Lost' },
  attemptOutcome: { repaired: 'Repaired', 'nothing-to-do': 'Nothing to do', blocked: 'Blocked', inspected: 'Inspected', 'safe-boot-set': 'Safe-boot flag set' },
  attemptProof: { signed: 'Signed', unsigned: 'Unsigned', claim: 'Claim, check failed' },
  callStep: { identity: 'Identity checked', host: 'Host', 'key-id': 'Key ID', reason: 'Reason', ticket: 'Ticket', 'read-back': 'Read back', outcome: 'Outcome' },
  rotationState: { due: 'Due', asked: 'Asked', confirmed: 'Confirmed' },
  rotationRisk: { sealed: 'sealed on a medium', shown: 'shown', spoken: 'read out', printed: 'printed', lost: 'on a lost medium' },
  rotationTarget: { intune: 'Intune', configmgr: 'ConfigMgr', 'manage-bde': 'manage-bde on the host' },
  rotationNotHandedOver: { 'no-host': 'no host known', 'no-device-id': 'host without an Entra device ID', 'no-key-protector-id': 'key record without Key ID', 'name-not-usable': 'host name can not stand in a script' },
  rotationConfirmedBy: { evidence: 'newer key record', statement: 'statement' },
  diskBus: { usb: 'USB disk', sd: 'Memory card', virtual: 'Virtual disk', internal: 'Internal disk' },
  diskSeverity: { never: 'Refused', caution: 'Caution', note: 'Note' },
  diskReason: {
    'system-disk': 'The desk starts or runs from it',
    'holds-this-desk': 'The desk’s own files or the base lie on it',
    swap: 'Memory of the running system is swapped out to it',
    'held-by-another-layer': 'In use below a volume group, an encrypted volume, a RAID or a pool',
    mounted: 'Mounted where no desktop puts a stick; unmount it first',
    'not-a-stick': 'An internal disk, no USB stick and no memory card',
    'hot-plug-port': 'An internal disk on a port that may be pulled; the system calls it removable',
    'soldered-card': 'Memory built into this computer, no card',
    optical: 'An optical drive',
    clustered: 'Belongs to a cluster',
    offline: 'The system has taken it offline',
    'read-only': 'Write-protected; there may be a switch on its side',
    'no-medium': 'No card in the reader',
    'too-small': 'Too small for any medium',
    'sector-size': 'Sectors of another size than 512 bytes',
    'holds-backups': 'This computer backs up onto it',
    'holds-windows': 'Holds a Windows: the disk of a host in a case, perhaps. Erase it elsewhere if that is meant',
    'holds-files': 'Holds files, which will be gone',
    'holds-bitlocker': 'Holds a locked volume, which will be gone',
    'is-a-medium': 'Is recovery media already; its results may not have been taken in',
    'larger-than-sticks': 'Larger than sticks usually are; could be an external disk',
    'set-aside': 'Set offline or read-only on this computer; that is lifted before writing',
    'no-serial': 'Tells no serial number; only place and size say which one it is',
    twin: 'Another disk has the same serial number and size',
    virtual: 'No hardware: a file of this computer that looks like a disk',
    'mounted-by-desktop': 'Open on the desktop; it will be unmounted first',
  },
  architecture: { x64: 'x64', arm64: 'ARM64' },
  notOnMedium: { 'no-key': 'no key record', 'no-key-protector-id': 'key record without Key ID', 'wave-not-opened': 'its wave is not opened', 'do-not-power-on': 'must not be powered on', 'not-in-store': 'not known to this desk' },
  operatorStatus: { pending: 'Pending', active: 'Active', disabled: 'Disabled' },
  disk: diskWordsEn,
  protectorKind: { 'clear-key': 'Clear key', tpm: 'TPM', 'startup-key': 'External key', 'tpm-and-startup-key': 'TPM and startup key', 'tpm-and-pin': 'TPM and PIN', 'tpm-and-pin-and-startup-key': 'TPM, PIN and startup key', 'recovery-password': 'Recovery password', 'smart-card': 'Smart card', password: 'Password', other: 'Other' },
  baseKind: { iso: 'Windows ISO', 'boot-wim': 'boot.wim', 'winre-wim': 'WinRE.wim' },
  language: { en: 'English', de: 'German' },
  hostIdKind: { 'serial-number': 'Serial number', 'bios-uuid': 'BIOS UUID', 'object-guid': 'Object GUID', sid: 'SID', 'entra-device-id': 'Entra device ID', 'sensor-id': 'Sensor ID', 'dns-name': 'DNS name', 'directory-name': 'Directory', 'key-protector-id': 'Key ID' },
  hostDecision: { joined: 'Joined', apart: 'Kept apart', 'one-host': 'One machine' },
  hostGuess: { renamed: 'looks renamed', reimaged: 'looks installed anew', 'same-machine': 'looks like one machine', 'other-machine': 'looks like two machines of one name', 'two-domains': 'one name in two domains', 'cut-name': 'looks like one name cut at 15 characters' },
  hostEvent: { imported: 'Imported', reported: 'Reported', 'key-found': 'Key found', 'laps-found': 'LAPS password found', 'laps-disclosed': 'LAPS password disclosed', 'on-medium': 'On medium', attempt: 'Attempt', disclosed: 'Disclosed', blocked: 'Blocked', unblocked: 'Unblocked', verified: 'Verified', closed: 'Closed', reopened: 'Opened again', joined: 'Joined with', apart: 'Kept apart from', 'one-host': 'Taken as one machine', 'decision-undone': 'Decision taken back' },
  intakeKind: {
    'crowdstrike-csv': 'CrowdStrike, CSV', 'ad-csv': 'AD export, CSV', 'entra-csv': 'Entra ID, CSV', 'mbam-csv': 'MBAM or ConfigMgr keys, CSV', 'extract-bitlocker-keys-csv': 'ExtractBitlockerKeys, CSV', 'bitlocker-volume-csv': 'Get-BitLockerVolume, CSV', 'keys-csv': 'Keys, CSV',
    ldif: 'LDIF', 'windows-text': 'Windows key file', 'manage-bde-text': 'manage-bde output', 'any-text': 'Any text', 'graph-json': 'Microsoft Graph, JSON', 'extract-bitlocker-keys-json': 'ExtractBitlockerKeys, JSON', 'keys-json': 'Keys, JSON', 'hosts-json': 'Hosts, JSON', 'inventory-json': 'Inventory, JSON', 'host-names': 'Host names',
    'computers-csv': 'Get-ADComputer, CSV', 'network-listing': 'Who answers in the network', 'falcon-impacted-csv': 'Falcon impacted hosts, CSV', 'falcon-hosts-csv': 'Falcon hosts, CSV', 'intune-csv': 'Intune devices, CSV', 'entra-devices-csv': 'Entra devices, CSV', 'configmgr-csv': 'ConfigMgr, CSV', 'servicenow-csv': 'ServiceNow, CSV', 'snipe-it-csv': 'Snipe-IT, CSV', 'hosts-csv': 'Hosts, CSV', 'inventory-csv': 'Inventory, CSV', 'laps-csv': 'LAPS passwords, CSV', 'laps-json': 'LAPS passwords, JSON',
    directory: 'Active Directory, live', tenant: 'Entra ID, live', xlsx: 'Excel', sqlite: 'SQLite database', 'not-recognised': 'not recognised',
  },
  rejectReason: {
    'recovery-password-missing': 'nothing where the recovery password should be; it may be kept elsewhere: directory, tenant, device management, paper', 'recovery-password-not-exported': 'the source lists the key without its recovery password', 'exporter-found-no-key': 'the exporter found no key; it may be kept elsewhere: directory, tenant, device management, paper', 'exporter-lost-list': 'several keys lost by the exporter (System.Object[]); export another way',
    'exporter-lost-bytes': 'bytes lost by the exporter (System.Byte[]); export another way', 'exporter-hid-key': 'hidden by the exporter; export with keys revealed', 'spreadsheet-number': 'turned into a number, or an error, by a spreadsheet; export as text', 'leading-zeros-lost': 'leading zeros lost in a spreadsheet; export again, and open it as text', 'wrong-groups': 'can not be right; compare with the source',
    'wrong-length': 'not 48 digits; copy or export it again', 'recovery-password-cut-off': 'recovery password cut off: copy or export it again, all eight groups', 'letters-in-password': 'letters among the digits; compare with the source', 'sample-row': 'a sample row from documentation', 'filevault-key': 'a FileVault key', 'key-protector-id-wrong': 'Key ID broken and no host named, so that nothing would find it; export again with one of them', 'other-protector': 'a protector of another sort, without recovery password', 'no-key-in-row': 'no recovery password in the row, or words in its place', 'other-object': 'neither a recovery object nor a computer',
    'hostname-missing': 'no host named', 'hostname-letters-lost': 'letters of the host name lost or cut off in the export', 'hostname-unusable': 'not a name a Windows host can have', 'hostname-is-address': 'an address instead of a name', 'other-platform': 'not a Windows host', 'row-too-long': 'longer than a row can be', 'unclosed-quote': 'quotation mark never closed, the file is damaged or cut off here; export again', 'entry-damaged': 'entry damaged; export again', 'laps-password-not-plain': 'LAPS password exported as a SecureString: export again with -AsPlainText', 'laps-password-unreadable': 'damaged LAPS password',
  },
  intakeNote: {
    'columns-mapped': 'columns read as assigned by hand for this header',
    'key-protector-id-unreadable': 'what stands in place of some key protector IDs is none: those keys are found by their host only', 'hostname-letters-lost': 'some host names lost letters in the export: their keys are here without a host', 'hostname-unusable': 'what stands in place of some host names can be none: their keys are here without a host',
    'nothing-found': 'neither a recovery password nor a host in it', 'incomplete-page': 'one page of several; the others are not in this file', 'key-protector-ids-only': 'names key protectors without a recovery password, as manage-bde does of a locked volume; find looks their IDs up', 'exporter-failed': 'the tool that wrote this failed and left it empty; export again, as JSON or with another tool', 'characters-lost': 'some letters could not be read', 'cut-off': 'ends in the middle',
    'database-keys-not-decrypted': 'SQL Server decrypted none of these keys: its database master key was not open. Query again with RecoveryAndHardwareCore.DecryptString, as an account of the site server that may open it',
    'directory-keys-not-readable': 'recovery objects are there, but the account that was used may not read their passwords. Delegate to it: control access and read on msFVE-RecoveryPassword of msFVE-RecoveryInformation objects. Domain Admin is not needed',
    'directory-no-keys': 'computers, but not one recovery object: keys are not backed up there, or this account may not see them (delegate read on msFVE-RecoveryInformation objects)',
    'directory-partial-server': 'no recovery password came, and this server need not keep any: it is a read-only domain controller, or answers as global catalog (ports 3268, 3269). Ask a writable domain controller, at 636 or 389',
    'directory-other-domains': 'other servers keep domains below this base: computers and keys of those did not come. Import from a domain controller of each',
    'laps-readable': 'LAPS passwords can be read with this account; an import of today takes them in', 'laps-not-readable': 'computers have LAPS passwords that this account may not read', 'laps-encrypted': 'LAPS passwords are there, encrypted: an account they are encrypted for can export them with Get-LapsADPassword -AsPlainText',
    'tenant-devices-not-readable': 'the account may not list devices (Device.Read.All): keys came in without host names', 'tenant-keys-not-wanted': 'keys that are not asked for were listed, not read', 'tenant-keys-known': 'keys this desk has already were not read again',
    'tenant-keys-not-readable': 'the account may list keys, but not read all of them. Missing: BitlockerKey.Read.All, and for a person a role such as Helpdesk Administrator for these devices',
  },
  stayedBecause: { disclosed: 'disclosed', 'on-medium': 'on a medium', 'other-source': 'another source says the same', 'has-keys': 'the host has key records', 'has-events': 'acted on or attempted', 'maybe-listed-later': 'a later list may name it too' },
  declined: {
    empty: 'the file is empty', binary: 'binary, and nothing that is read here; save or export it as text or CSV', zip: 'a ZIP archive; unpack it first', gzip: 'a gzip archive; unpack it first', '7z': 'a 7z archive; unpack it first', rar: 'a RAR archive; unpack it first', 'other-archive': 'an archive (tar, bzip2, xz, Zstandard or CAB); unpack it first', pdf: 'a PDF; paste its text into a text file', excel: 'an Excel file; save it as CSV', sqlite: 'a database; export it as CSV', 'old-excel': 'an old Excel file; save it as CSV', 'excel-too-large': 'the Excel file is too large; save it as CSV', 'sqlite-too-large': 'the database is too large',
    'excel-binary': 'a binary Excel file (xlsb); save it as .xlsx or CSV', 'open-document': 'an OpenDocument file; save it as .xlsx or CSV', 'iwork-document': 'a document of Numbers, Pages or Keynote; export it there as .xlsx or CSV', 'access-database': 'an Access database; export its tables there as .xlsx or CSV', 'password-database': 'a KeePass database, which only its master password opens; export it there as XML or CSV', mailbox: 'a mailbox of Outlook (.pst, .ost); save the mails in question there, as text or with their attachments', 'outlook-message': 'a message saved out of Outlook (.msg); open it there, save it as text or as a web page, and its attachments beside it', 'encrypted-message': 'a mail that is encrypted or signed as a whole (S/MIME, PGP); open it in the mail program and save its text and its attachments', 'outlook-wrapping': 'an attachment only Outlook can open (winmail.dat); save what is in it there, or have it sent again as HTML', 'old-word': 'an old Word document (.doc); save it as .docx or as plain text', 'office-encrypted': 'an Office file behind a password; open it and save it without one', 'office-document': 'an office document, but no workbook; paste its text into a text file',
    'archive-damaged': 'the archive is damaged; copy it again', 'archive-empty': 'the archive is empty', 'database-damaged': 'the database is damaged; copy it again', 'database-empty': 'the database has no filled table', 'too-large': 'too large to be looked into; save it as CSV',
    'member-encrypted': 'behind a password; unpack it and import the folder', 'member-method': 'packed in a way that is not read; unpack it and import the folder', 'member-archive': 'an archive within an archive; unpack it first', 'member-bomb': 'unpacks to more than any hand-over; left alone', 'member-name': 'its name leads out of the archive; left alone', 'too-many-members': 'more files than an archive may have here; unpack it and import the folder',
    'json-too-large': 'the JSON file is too large', program: 'a program', picture: 'a picture; type what it shows into a text file', 'disk-image': 'an image of a disk; “volume inspect” and the screen Disks look into it', 'bitlocker-volume': 'a BitLocker volume; “volume inspect” and the screen Disks look into it', bek: 'an external key (BEK), no recovery password, but as secret: manage-bde -unlock VOLUME -recoverykey FILE opens its volume with it', 'key-package': 'a key package; repair-bde needs it beside the recovery password, so that one is what to look for', 'desk-file': 'a Bluelift desk’s own file, its wrapped keys or its backup, and no source; “restore” takes a backup',
  },
  attemptReason: {
    'no-records': 'no attempt records in it', 'not-a-record': 'not an attempt record', 'cut-off': 'cut off in the middle', 'too-large': 'too large for an attempt record', 'newer-version': 'written by a newer Bluelift', malformed: 'damaged in the field',
    'attempt-id-taken': 'another record has this attempt ID already', 'unknown-medium': 'this desk did not build that medium', 'unknown-slot': 'names a passcode the medium does not have', 'wrong-hmac': 'altered after it was signed', 'replaces-claim': 'takes the place of an unproven record', 'replaces-code': 'takes the place of its result code',
  },
};
