// The sentence for each error code in English. Facts are names and counts, never secrets.
import type { ErrorCode } from '../../electron/core/app-error.ts';
import { WHY_CERTIFICATE_EN, WHY_REFUSED_EN, WHY_SOURCE_EN } from './live-failures-en.ts';
import { phoneEn } from './phone-en.ts';
import { wordsEn } from './words-en.ts';

export type Facts = Readonly<Record<string, unknown>>;
export type ErrorSentences = Readonly<Record<ErrorCode, (facts: Facts) => string>>;

/** A fact as text: lists with commas, what is absent as nothing. */
export function fact(facts: Facts, ...names: readonly string[]): string {
  for (const name of names) {
    const value = facts[name];
    if (Array.isArray(value)) return value.join(', ');
    if (typeof value === 'string' || typeof value === 'number') return String(value);
  }
  return '';
}

/** ": value" when there is one. */
export function after(facts: Facts, ...names: readonly string[]): string {
  const text = fact(facts, ...names);
  return text === '' ? '' : `: ${text}`;
}

/** " Needed: 301.2 MB, free: 209.7 MB." as far as it is known. */
export function room(facts: Facts, locale: string, needed: string, free: string): string {
  const said = ([[needed, 'neededBytes'], [free, 'freeBytes']] as const).flatMap(([word, name]) => {
    const bytes = facts[name];
    return typeof bytes === 'number' ? [`${word}: ${(bytes / 1e6).toLocaleString(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 })} MB`] : [];
  });
  return said.length === 0 ? '' : ` ${said.join(', ')}.`;
}

/** " (reason)" in words, when there is one. */
export function because(facts: Facts, words: Readonly<Record<string, string>>): string {
  const reason = fact(facts, 'reason');
  return reason === '' ? '' : ` (${words[reason] ?? reason})`;
}

/** ": field what is wrong with it" for each `field: code` of the checker. */
export function wrongFields(facts: Facts, words: Readonly<Record<string, string>>): string {
  const fields = facts['fields'];
  if (!Array.isArray(fields) || fields.length === 0) return '';
  const said = fields.map((field) => {
    const [name = '', code = '', least = ''] = String(field).split(': ');
    return [name === '.' ? '' : name, least === '' ? words[code] ?? code : words['least']?.replace('{0}', least) ?? code].filter((part) => part !== '').join(' ');
  });
  return `: ${said.join(', ')}`;
}

/** " One of: a, b, c." when a closed list of values is known. */
export function knownValues(facts: Facts, oneOf: string): string {
  const known = fact(facts, 'known');
  return known === '' ? '' : ` ${oneOf}: ${known}.`;
}

/** In words; a code nobody foresaw as it is. */
export function whySource(facts: Facts, words: Readonly<Record<string, string>>): string {
  // A tenant has no port anybody chooses.
  const why = fact(facts, 'why') === 'ECONNREFUSED' && fact(facts, 'url').startsWith('https:') ? 'https-refused' : fact(facts, 'why');
  const said = words[why]?.replace('{0}', fact(facts, 'until').slice(0, 16).replace('T', ' '));
  return said ?? (why.startsWith('ERR_SSL_') ? `${words['ERR_SSL'] ?? ''}: ${why}` : why);
}

/** Reasons against a disk as a list in words. */
export function sayReasons(facts: Facts, words: Readonly<Record<string, string>>): string {
  const reasons = facts['reasons'];
  return Array.isArray(reasons) ? reasons.map((code) => words[String(code)] ?? String(code)).join('; ') : '';
}

/** Why a base or a medium is of no use. */
const WHY_UNREADABLE: Readonly<Record<string, string>> = {
  'no-boot-wim': 'no boot.wim in it', 'no-image': 'no Windows image in it', 'not-windows': 'not a Windows image', split: 'one part of several', 'already-patched': 'a medium was made of it already',
  damaged: 'cut off or damaged', changed: 'it changed while it was read', 'no-marker': 'no medium.txt in it', 'not-fat32': 'no FAT32 in it', 'not-as-written': 'it does not read back as it was written',
};

const WHY_NO_VOLUME: Readonly<Record<string, string>> = {
  'no-volume': 'neither NTFS nor FAT32; containers such as VHDX have to be converted to a raw image or a fixed VHD', damaged: 'its NTFS is damaged', compressed: 'a file of the pattern is compressed, its first bytes can not be read here', encrypted: 'a file of the pattern is encrypted (EFS)',
};

/** Why a hand-over, or a path to one, is not read; what it is instead stands among the words. */
const WHY_NOT_READ: Readonly<Record<string, string>> = {
  'nothing-found': 'neither a recovery password nor a host in it; if it is a table, “import preview” shows its columns and --map, or the window, takes what they mean',
  'nothing-there': 'nothing of it is known there, or this account may not see it',
  'cut-off': 'it ends in the middle of something; what stands before that is in', 'became-shorter': 'it became shorter, or vanished, while it was read; what was read is in', 'not-a-file': 'a pipe or a device', 'too-deep': 'a folder too deep within folders',
  'empty-folder': 'no file in this folder', 'device-needs-administrator': 'disks are read by an administrator only: start the desk, or the command, as one (Linux: sudo, or the group “disk”)', ENOENT: 'no such disk here; “lsblk” or “Get-Disk” list those there are', EACCES: 'this account may not read it', EPERM: 'this account may not read it', EBUSY: 'another program holds it open', EIO: 'the disk it lies on fails', ELOOP: 'its links lead in circles', ENAMETOOLONG: 'its name is too long', EMFILE: 'too many files are open',
  'certificate-and-key': 'certificate and private key belong in it, both as PEM', pfx: 'a PFX file; turn it into PEM first: openssl pkcs12 -in FILE.pfx -out FILE.pem -nodes', 'key-protected': 'its private key is protected by a passphrase; write it without one: openssl pkcs8 -in FILE -out KEY.pem, and the certificate behind it', 'key-not-rsa': 'its private key is not RSA, and Entra ID takes nothing else', 'key-of-another': 'certificate and private key do not belong to each other', 'certificate-expired': 'its certificate has expired, or the clock of this computer is wrong', 'certificate-not-yet': 'its certificate is not valid yet, or the clock of this computer is wrong',
};

/** Why a file can not be restored. */
const WHY_NO_BACKUP: Readonly<Record<string, string>> = {
  empty: 'the file is empty', 'no-backup': 'it is no backup. A backup is the one file that “bluelift backup” or the settings write; of a desk’s folder that was copied, put store.db and keys.json into a folder together and open that as the desk',
  'cut-off': 'it is cut off. Copy it once more from where it came from, or take an older one', altered: 'it is not as it was written. Copy it once more from where it came from, or take an older one', 'newer-version': 'it was written by a newer version. Install that one, then restore',
};

/** Only of a backup: there it is worth saying which passphrase is meant. */
const backupOpensWith = (facts: Facts): string => (facts['createdAt'] === undefined ? '' : ` The backup is of ${minuteOf(facts)}. It opens with the passphrase that ${fact(facts, 'operators')} had then, or with the recovery sheet of then.`);

/** The instant `createdAt` to the minute. */
export const minuteOf = (facts: Facts): string => `${fact(facts, 'createdAt').slice(0, 16).replace('T', ' ')} UTC`;

/** How a call ended, and by whom: "Unlocked (helpdesk-03)". */
export const callEnd = (facts: Facts, outcomes: Readonly<Record<string, string>>): string => `${outcomes[fact(facts, 'state')] ?? fact(facts, 'state')}${fact(facts, 'endedBy') === '' ? '' : ` (${fact(facts, 'endedBy')})`}`;

/** ": path: why" */
export function whyNotRead(facts: Facts, reasons: Readonly<Record<string, string>>, declined: Readonly<Record<string, string>>): string {
  const why = fact(facts, 'why');
  const said = reasons[why] ?? declined[why] ?? (why === 'unknown' ? '' : why);
  return after(facts, 'path', 'file', 'name') + (said === '' ? '' : `: ${said}`);
}

/** What is wrong with an entered value, by the checker's code. */
/** The steps of the call sheet (core/codes.ts). */
const STEP: Readonly<Record<string, string>> = { identity: 'the check of who calls', host: 'the host', 'key-id': 'the Key ID', reason: 'the reason', ticket: 'the ticket', 'read-back': 'reading back all eight groups', note: 'a note that says where the key came from, as nothing was shown in this call,' };

const WHY_WRONG: Readonly<Record<string, string>> = {
  'below-system-drive': 'has to be a folder from the root of the Windows volume on, without a drive letter, such as Windows\\System32\\drivers', too_small: 'too short or too small', least: 'too short: at least {0} characters', too_big: 'too long or too large', invalid_type: 'missing, or of the wrong kind', invalid_format: 'not in the form it should have', invalid_value: 'not one of the values it may have', 'not-after-begin': 'has to be later than the beginning', unrecognized_keys: 'not known', 'recovery-password': 'holds a recovery password, which is written down nowhere', custom: 'not possible',
  'in-the-past': 'lies in the past', missing: 'is missing', 'no-option': 'is no option of this command', 'needs-value': 'needs a value', 'takes-no-value': 'takes no value', 'a-device': 'names a device: an image is a file, and a USB disk is chosen as that, by name, size and serial number', 'whole-number': 'has to be a whole number from 1 on', 'no-instant': 'is no date or instant, such as 2026-12-24 or 2026-12-24T18:00Z', 'not-a-folder': 'has to be a folder', 'too-many-files': 'holds too many files', 'not-on-manual-medium': 'is nothing for a medium with the manual steps alone: there are no keys on it, and the agent does nothing', 'no-hosts': 'names no host in that file',
  'no-stick': 'has to be named with --serial and --size-bytes: no stick in a port is this medium', 'several-sticks': 'has to be named with --serial and --size-bytes: several sticks in the ports are this medium',
};

export const errorsEn: ErrorSentences = {
  'invalid-input': (facts) => `Something entered is not valid${after(facts, 'usage', 'field', 'path')}${wrongFields(facts, WHY_WRONG)}.${knownValues(facts, 'One of')}`,
  'not-found': (facts) => `Not found${after(facts, 'what', 'operator', 'name', 'path', 'keyProtectorId', 'mediaId', 'wave', 'incident', 'recipe', 'hostname', 'orderId', 'importId', 'decisionId', 'site', 'tag', 'technician')}.${knownValues(facts, 'There are')}`,
  'not-allowed': (facts) => (
    facts['why'] === 'own-passphrase-first' ? `${fact(facts, 'operator')} has to sign in and set a passphrase of their own first.`
      : facts['why'] === 'no-reading-role' ? `${fact(facts, 'operator')} has no role that reads recovery passwords.`
        : `The roles of this operator do not allow that${after(facts, 'procedure')}.`),
  'not-signed-in': () => 'Nobody is signed in.',
  'vault-closed': () => 'The vault is closed.',
  'wrong-passphrase': (facts) => `Operator or passphrase is wrong.${backupOpensWith(facts)}`,
  'operator-disabled': () => 'This operator is disabled.',
  'too-many-tries': () => 'Too many wrong tries.',
  'desk-exists': () => 'There is a desk here already.',
  'no-desk': ({ path }) => (path === undefined || path === '' ? 'There is no desk here yet.' : `There is no desk in ${path} yet.`),
  'desk-in-use': () => 'The desk is in use by another window or command.',
  'store-damaged': (facts) => (facts['found'] === 'in-use'
    ? `The store is damaged${after(facts, 'file', 'path')}. That was found while it was in use: what this act had not finished is not in it. A backup is needed.`
    : `The store is damaged${after(facts, 'file', 'path')}. Nothing was changed; a backup is needed.`),
  'store-from-newer-version': (facts) => `The store was written by a newer version${after(facts, 'version', 'storeVersion')}. Nothing was changed.`,
  'store-foreign': (facts) => `That is not the store of this desk${after(facts, 'file', 'path')}: it is another desk’s, or no store at all. Nothing was changed.`,
  'cannot-read-recovery-passwords': () => 'This operator does not hold the key to recovery passwords.',
  'folder-not-writable': (facts) => `No such folder, or nothing may be written in it${after(facts, 'path')}. Make it, or choose another.`,
  'desk-folder-unusable': (facts) => `This can not be the folder of a desk: it is a file, or can not be made${after(facts, 'path')}.`,
  'file-not-found': (facts) => `File not found${whyNotRead(facts, WHY_NOT_READ, {})}.`,
  'file-unreadable': (facts) => `File can not be read${whyNotRead(facts, WHY_NOT_READ, wordsEn.declined)}.`,
  'file-is-a-directory': (facts) => `That is a folder, not a file${after(facts, 'path', 'file', 'name')}.`,
  'file-not-recognised': (facts) => `Not taken in${whyNotRead(facts, WHY_NOT_READ, wordsEn.declined)}.`,
  'backup-unusable': (facts) => `Not restored${whyNotRead(facts, WHY_NO_BACKUP, {})}.${facts['missingBytes'] === undefined ? '' : ` Bytes missing at its end: ${fact(facts, 'missingBytes')}.`}`,
  'no-terminal': () => 'There is no terminal to ask on.',
  'base-unreadable': (facts) => `That is not a Windows ISO, boot.wim or WinRE.wim that can be used${after(facts, 'path', 'file', 'name')}${because(facts, WHY_UNREADABLE)}.`,
  'base-lacks-files': (facts) => `The base lacks files this medium needs${after(facts, 'missing', 'files')}.${facts['manualOnly'] === true ? ` A medium without keys, with the manual steps alone, can be made from it${facts['option'] === undefined ? '' : ` with ${fact(facts, 'option')}`}.` : ''}`,
  'base-architecture-refused': (facts) => `Only x64 and ARM64 bases can be used${after(facts, 'architecture')}.`,
  'disk-full': (facts) => `The disk is full${after(facts, 'path', 'file')}. No half file was left behind.${room(facts, 'en-GB', 'Needed', 'free')}`,
  'disk-not-found': (facts) => `No disk has this place, serial number and size together any more${after(facts, 'disk')}. Nothing was written.`,
  'disk-refused': (facts) => `This disk is not written${after(facts, 'disk')}. Against it: ${sayReasons(facts, wordsEn.diskReason)}.`,
  'disk-busy': (facts) => `Something on this computer is using the disk${after(facts, 'disk')}. Close it, or unplug the disk and plug it in again. ${facts['emptied'] === true ? 'What was on it is gone, the medium is not on it.' : 'Nothing was written.'}`,
  'disk-gone': (facts) => `The disk was unplugged${after(facts, 'disk')}. It is no medium now, and can be written again.`,
  'disk-failed': (facts) => (facts['at'] === 'verify' ? 'The disk does not give back what was written on it: it is worn out, or smaller than it says. Take another.' : `The disk could not be written to the end${after(facts, 'why')}. Try once more; if it fails again, take another.`),
  'not-this-medium': (facts) => `The stick${after(facts, 'disk')} is not medium ${fact(facts, 'mediaId')}${facts['found'] === 'none' ? '' : `, but ${fact(facts, 'found')}`}, as far as register and stick can tell. Nothing on it was changed.`,
  'results-not-taken': (facts) => `${facts['records'] === undefined ? 'The results on the stick could not be read' : `${fact(facts, 'records')} results on the stick could not be taken in`}, and would be lost. Copy the folder bluelift/results away, or say that they may go. Nothing on it was changed.`,
  'renewal-needs-base': (facts) => `Medium ${fact(facts, 'mediaId')} can not be renewed in place: ${facts['why'] === 'recipe' ? 'the approved recipe is another now' : facts['why'] === 'agent' ? 'the agent is another now' : facts['why'] === 'mode' ? 'it carries no bundle, or is of another make' : facts['why'] === 'second' ? 'its second partition can not be read here without an administrator' : `a file on it is not as it was written${after(facts, 'path')}`}. Write the stick anew from a base. Nothing on it was changed.`,
  'nothing-to-wipe': (facts) => `Nobody can say where on the stick${after(facts, 'disk')} the bundle lies. Write another medium onto it, or erase it whole. Nothing on it was changed.`,
  'policy-forbids': () => 'The policies of this desk do not allow it. A supervisor can change them.',
  'not-ordered': () => 'A medium without passcode has to be ordered by a supervisor first. An order is good for one medium.',
  'disk-writing-unavailable': () => 'Disks are written on Linux, Windows and macOS. Write an image here, and that onto the stick with any tool for raw images.',
  'not-elevated': () => 'Writing a disk needs an administrator, and nobody agreed to it. Nothing was written.',
  'file-exists': (facts) => `There is a file of this name already${after(facts, 'path', 'file', 'name')}.${facts['option'] === undefined ? '' : ` Choose another name, or replace it with ${fact(facts, 'option')}.`}`,
  'image-unreadable': (facts) => `No Bluelift medium can be read there${after(facts, 'path', 'file', 'name')}${because(facts, WHY_UNREADABLE)}.`,
  'no-drivers': (facts) => `The folder holds no driver for this base${after(facts, 'path', 'leftOut')}. Name a folder with INF files for the base\'s processor.`,
  'nothing-to-put-on-media': () => 'No host in scope has a key record that can go onto a medium.',
  'container-declined': (facts) => `${wordsEn.disk.container[fact(facts, 'container')] ?? fact(facts, 'container')}: can not be looked into. ${wordsEn.disk.how[fact(facts, 'container')] ?? wordsEn.disk.otherHow}`,
  'recovery-password-wrong': (facts) => (facts['status'] === 'several' ? 'There are several recovery passwords on standard input, and one is tested at a time. Import them, and test without that option.'
    : facts['status'] === 'length' ? `The recovery password has ${fact(facts, 'digits')} digits, not 48.` : `The recovery password is not complete or has wrong groups${after(facts, 'groups')}.`),
  'audit-broken': (facts) => `The audit chain is broken${after(facts, 'entry', 'number')}.`,
  'name-taken': (facts) => `The name is taken${after(facts, 'operator', 'name')}.`,
  'last-holder': (facts) => `The last operator who can do this work can not be disabled${after(facts, 'operator', 'name')}.`,
  'operators-unproven': (facts) => `It is not proven whose keys these in keys.json are: ${fact(facts, 'operators')}. Each of them signs in once, or is disabled; then the keys can be changed.`,
  'passphrase-file': (facts) => `The passphrase file can not be read or is empty${after(facts, 'path')}.`,
  'file-too-large': (facts) => `The file is too large${after(facts, 'path', 'file', 'name')}.`,
  'image-too-small': (facts) => `The target is too small${after(facts, 'path')}.`,
  'import-already-undone': (facts) => `This import was undone already${after(facts, 'importId')}.`,
  'hosts-changed': (facts) => `The filter finds other hosts than were shown: ${fact(facts, 'found')} instead of ${fact(facts, 'seen')}. Nothing was changed.`,
  'incident-closed': (facts) => `The incident is closed${after(facts, 'name')}.`,
  'recipe-not-approved': (facts) => `No version of the recipe is approved${after(facts, 'recipe')}.`,
  'volume-locked': (facts) => `BitLocker has locked the Windows volume${after(facts, 'path')}. Unlock it with the system and name its root (such as E:\\), or try the recipe on a folder copied from it.`,
  'volume-unreadable': (facts) => `No volume can be read there${after(facts, 'path')}${because(facts, WHY_NO_VOLUME)}.`,
  'incidents-open': (facts) => `Other incidents are open${after(facts, 'incidents')}: their hosts still need the recovery passwords. Close them first.`,
  'vault-purged': () => 'The recovery passwords of this desk were destroyed when its last incident closed. Its audit and reports stay; make a new desk for the next incident.',
  'second-operator-needed': (facts) => `Another operator has to do this, not the one who began it${after(facts, 'operator')}.`,
  'several-incidents': (facts) => `It has to be said for which incident${after(facts, 'incidents')}.`,
  'wave-not-opened': (facts) => `Hosts of a wave that is not opened can not go onto media${after(facts, 'waves', 'hosts')}.`,
  'call-step-missing': (facts) => `The call sheet is not complete: ${STEP[String(facts['step'])] ?? 'a step'} is required here.`,
  'nothing-to-print': () => 'No host of this site that is still open has a key record.',
  'too-much-to-print': (facts) => `More keys than one sheet may hold${after(facts, 'site', 'limit')}. Split the site in the host list first.`,
  'medium-expired': (facts) => `The medium has expired and is not handed over any more${after(facts, 'mediaId')}. Renew it, or wipe it.`,
  'not-in-this-state': (facts) => (
    facts['why'] === 'not-empty' ? `Wave ${fact(facts, 'wave')} can not be removed: it is opened, or there are hosts in it.`
      : facts['wave'] !== undefined ? `Wave ${fact(facts, 'wave')} keeps its place: it is the first, or it or the one before is opened.`
      : facts['callId'] !== undefined ? `This call is over: ${callEnd(facts, facts['laps'] === true ? phoneEn.calls.lapsOutcomes : phoneEn.calls.outcomes)}.`
      : `The state it is in does not allow that${after(facts, 'hostname', 'mediaId', 'recipe')}.`),
  'not-a-technician': (facts) => `That name is no technician of this desk${after(facts, 'technician', 'operator', 'name')}.`,
  'certificate-not-trusted': (facts) => (facts['why'] === 'another-certificate'
    ? `The server shows another certificate than the one that was confirmed (SHA-256 ${fact(facts, 'sha256')}). Nothing was sent to it.`
    : `The certificate of the server is not trusted here (${whySource(facts, WHY_CERTIFICATE_EN)}). Nothing was sent to it. Issued to ${fact(facts, 'subject')} by ${fact(facts, 'issuer')}, valid until ${fact(facts, 'validTo')}. When its SHA-256 is the one read at the server, pin it: ${fact(facts, 'sha256')}.`),
  'powershell-unavailable': (facts) => (facts['why'] === 'no-module'
    ? 'Windows’ module ActiveDirectory is not installed here. Install “RSAT: Active Directory Domain Services Tools”, or import over LDAPS with an account and its password.'
    : `Windows PowerShell can not be used here${after(facts, 'why')}. Import over LDAPS with an account and its password.`),
  'source-failed': (facts) => {
    const why = facts['why'] === undefined ? '' : `: ${whySource(facts, WHY_SOURCE_EN)}`;
    return facts['during'] === 'rotations.request' ? `Asking Intune broke off${why}. What it accepted until then is on record; asking again asks for the rest.` : `The import from the source broke off${why}. What had come until then is in; importing again changes nothing twice.`;
  },
  'source-refused-sign-in': (facts) => `The source refused the sign-in${after(facts, 'account')}: ${WHY_REFUSED_EN[fact(facts, 'why')] ?? whySource({ why: facts['why'] }, WHY_SOURCE_EN)}.`,
  'source-rights-missing': (facts) => `The account may not read that. Missing: ${fact(facts, 'rights')}.`,
  'source-unreachable': (facts) => `The source can not be reached${after(facts, 'url')} (${whySource(facts, WHY_SOURCE_EN)}).`,
  'wrong-token': () => 'This page does not belong to the running desk. Open the address the desk printed at its start.',
  'desk-unreachable': () => 'The desk does not answer. If it was stopped, start it again.',
  cancelled: () => 'Cancelled.',
  internal: () => 'Something went wrong inside the desk. If a second try fails too, start it again; what was saved stays.',
};
