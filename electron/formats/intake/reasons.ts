// Closed lists of what intake can say about a file and its rows. The sentence for each code lives in renderer/messages.

/** Why a row did not come in, or not as a key or host. */
export const REJECT_REASONS = [
  /** The cell for the recovery password is empty. */
  'recovery-password-missing',
  /** The source lists the key but never hands out its password there (a directory object without a name, a tenant that refuses). */
  'recovery-password-not-exported',
  /** The exporter looked and found none: NULL, N/A, NoKeyFound, "Device not found". */
  'exporter-found-no-key',
  /** The exporter wrote a list's type name (`System.Object[]`): the host has several keys and all are lost here. Export another way. */
  'exporter-lost-list',
  /** The exporter wrote `System.Byte[]` where bytes should be. */
  'exporter-lost-bytes',
  /** The exporter was told to hide keys: `[HIDDEN - Use -RevealKeys to display]`. */
  'exporter-hid-key',
  /** A spreadsheet turned the 48 digits into a number (`4,78E+47`) or an error (`#REF!`), or its column was too narrow (`####`): the digits are gone. Export as text. */
  'spreadsheet-number',
  /** Eight groups, but some have fewer than six digits: a spreadsheet dropped leading zeros. `groups` names them. */
  'leading-zeros-lost',
  /** Eight groups of six digits, but those in `groups` can not be right. */
  'wrong-groups',
  /** Fewer than eight groups, or its first or last one in part, and all that is there can be right: the rest was cut off. */
  'recovery-password-cut-off',
  /** Not 48 digits. */
  'wrong-length',
  /** Letters among the digits (an O for a 0, an l for a 1). */
  'letters-in-password',
  /** A row of somebody's documentation: `…-SAMPLE`, `…-INVALID`. */
  'sample-row',
  /** A key of another product: FileVault on a Mac. */
  'filevault-key',
  /** The key protector ID is broken and the row names no host: nothing could ever find this password. */
  'key-protector-id-wrong',
  /** A protector of another sort (TPM, startup key): it never has a recovery password. */
  'other-protector',
  /** No recovery password anywhere in the row. */
  'no-key-in-row',
  /** A directory entry that is neither a recovery object nor a computer. */
  'other-object',
  /** The row names no host. */
  'hostname-missing',
  /** The name holds `?` or U+FFFD where the exporter could not write a letter, or ends in `...` where it cut it off: taking it would invent a host. */
  'hostname-letters-lost',
  /** Not a name a Windows host can have. */
  'hostname-unusable',
  /** An IP address where a name should be. */
  'hostname-is-address',
  /** Not a Windows device (a phone, a Mac). */
  'other-platform',
  /** A LAPS password was exported as a SecureString, which no other program can read. Export again with -AsPlainText. */
  'laps-password-not-plain',
  /** What stands in the place of a LAPS password is none: damaged JSON or base64, characters nobody can type, too long. */
  'laps-password-unreadable',
  /** Longer than intake reads at once (1 MiB): probably not a table. */
  'row-too-long',
  /** A quotation mark is never closed: the file is cut off or damaged there. */
  'unclosed-quote',
  /** An entry that breaks the rules of its format: base64 that is none, JSON cut off in the middle. */
  'entry-damaged',
] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];

/** What is odd about a key that did come in. */
const KEY_REMARKS = [
  /** An ID was given but is none (cut off, a type name): kept without an ID, found by its host only. */
  'key-protector-id-unreadable',
  /** The host's name lost letters in the export: kept without a host. */
  'hostname-letters-lost',
  /** The host's name can be no Windows host: kept without a host. */
  'hostname-unusable',
] as const;
export type KeyRemark = (typeof KEY_REMARKS)[number];

/** What is odd about a file as a whole, or about keys in it. */
export const INTAKE_NOTES = [
  ...KEY_REMARKS,
  /** Read to its end and neither a recovery password nor a host was in it. */
  'nothing-found',
  /** A text names key protectors and not one recovery password: manage-bde's answer about a locked volume. */
  'key-protector-ids-only',
  /** Its columns were read as a person said of this header. */
  'columns-mapped',
  /** The answer says there are further pages (`@odata.nextLink`) that are not in this file. */
  'incomplete-page',
  /** The tool that wrote this failed: it left its table empty. */
  'exporter-failed',
  /** Bytes that fit no encoding were replaced; names may have lost letters. */
  'characters-lost',
  /** The file ends in the middle of something. */
  'cut-off',
  /** A database's keys came out as NULL, one and all: its master key was not open. @source MBAM and ConfigMgr, `RecoveryAndHardwareCore.DecryptString`. */
  'database-keys-not-decrypted',
  /** A directory shows recovery objects, but this account, or the one that exported them, may not read their passwords. */
  'directory-keys-not-readable',
  /** A directory shows computers and not one recovery object: none are kept there, or this account may not see them. */
  'directory-no-keys',
  /** No recovery password came from a read-only domain controller or a global catalog, which need not keep any. */
  'directory-partial-server',
  /** Other servers keep domains below the base: what is in them did not come. */
  'directory-other-domains',
  /** Of imports before LAPS passwords were taken in: this account could read them. */
  'laps-readable',
  /** Computers have LAPS passwords that this account may not read. */
  'laps-not-readable',
  /** Windows LAPS passwords are there, encrypted: only the account they are encrypted for can open them. */
  'laps-encrypted',
  /** The account may not list a tenant's devices: its keys came in without names. */
  'tenant-devices-not-readable',
  /** Keys of hosts that nobody reported down were listed and not read. */
  'tenant-keys-not-wanted',
  /** Keys the desk has already were not read again. */
  'tenant-keys-known',
  /** Keys are there that this account may list, but not read. */
  'tenant-keys-not-readable',
] as const;
export type IntakeNote = (typeof INTAKE_NOTES)[number];

/** What a file is that intake does not read. */
export const DECLINED = [
  'empty', 'binary',
  /** A workbook, new (xlsx) and old (xls): its sheet is to be saved as CSV in UTF-8. */
  'excel', 'old-excel',
  /** Other files of the form old Excel has: a message saved out of Outlook, an old Word document, an Office file behind a password. */
  'outlook-message', 'old-word', 'office-encrypted',
  /** What a mail came wrapped in: sealed or signed as a whole (S/MIME, PGP), or by Outlook alone (winmail.dat). */
  'encrypted-message', 'outlook-wrapping',
  'zip', 'gzip', '7z', 'rar', /** tar, bzip2, xz, Zstandard, Cabinet. */ 'other-archive', 'pdf', 'sqlite', 'program', 'picture', 'disk-image', 'bitlocker-volume',
  /** A BEK file: an external key for `manage-bde -unlock -rk`, a secret, not a recovery password. */
  'bek',
  /** A key package for `repair-bde`: still needs the recovery password. */
  'key-package',
  /** A desk's own wrapped keys, or its backup: no source, whatever stands in it. */
  'desk-file',
  /** Office files that are no workbook of sheets (xlsb, ods, docx and the like). */
  'excel-binary', 'open-document', 'office-document', 'iwork-document',
  /** Of Access; of KeePass; a mailbox of Outlook: exported by their own programs, they can be read. */
  'access-database', 'password-database', 'mailbox',
  /** Containers that can not be looked into: broken, or with nothing in them. */
  'archive-damaged', 'archive-empty', 'database-damaged', 'database-empty', 'too-large',
  /** Members of an archive: behind a password, packed by a method nobody uses, an archive of their own, larger unpacked than any hand-over, under a name that leads out of the archive. */
  'member-encrypted', 'member-method', 'member-archive', 'member-bomb', 'member-name', 'too-many-members',
] as const;
export type Declined = (typeof DECLINED)[number];

/** There was a recovery password: it was exported and lost, or is wrong here. */
export const LOST_KEY: ReadonlySet<RejectReason> = new Set<RejectReason>([
  'exporter-found-no-key', 'exporter-lost-list', 'exporter-lost-bytes', 'exporter-hid-key', 'spreadsheet-number', 'leading-zeros-lost', 'wrong-groups', 'wrong-length', 'recovery-password-cut-off', 'letters-in-password',
]);

/** By what the row says, its host's key is missing there, or was lost on the way. */
export const WITHOUT_KEY: ReadonlySet<RejectReason> = new Set<RejectReason>([
  'recovery-password-missing', 'exporter-found-no-key', 'exporter-lost-list', 'exporter-lost-bytes', 'exporter-hid-key', 'spreadsheet-number', 'leading-zeros-lost', 'wrong-groups', 'recovery-password-cut-off',
]);
