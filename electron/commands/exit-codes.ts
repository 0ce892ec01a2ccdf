// Which exit code a failure ends with: scripts read these, never the sentence.
import type { ErrorCode } from '../core/app-error.ts';
import { EXIT } from './command.ts';

const BY_CODE: Record<ErrorCode, number> = { // whole: a new code without an exit code does not compile
  'invalid-input': EXIT.usage,
  'not-found': EXIT.nothingFound, 'import-already-undone': EXIT.nothingFound,
  'wrong-passphrase': EXIT.wrongPassphrase, 'operator-disabled': EXIT.wrongPassphrase, 'too-many-tries': EXIT.wrongPassphrase,
  'no-terminal': EXIT.passphraseFile, 'passphrase-file': EXIT.passphraseFile,
  'not-allowed': EXIT.notAllowed, 'not-signed-in': EXIT.notAllowed, 'cannot-read-recovery-passwords': EXIT.notAllowed, 'last-holder': EXIT.notAllowed, 'operators-unproven': EXIT.notAllowed, 'name-taken': EXIT.notAllowed,
  'file-not-found': EXIT.unreadableFile, 'file-unreadable': EXIT.unreadableFile, 'file-is-a-directory': EXIT.unreadableFile, 'file-not-recognised': EXIT.unreadableFile, 'backup-unusable': EXIT.unreadableFile, 'image-unreadable': EXIT.unreadableFile,
  'no-desk': EXIT.desk, 'desk-exists': EXIT.desk, 'desk-in-use': EXIT.desk, 'desk-folder-unusable': EXIT.desk, 'store-damaged': EXIT.desk, 'store-foreign': EXIT.desk, 'store-from-newer-version': EXIT.desk, 'vault-closed': EXIT.desk,
  'container-declined': EXIT.unreadableFile, 'volume-locked': EXIT.unreadableFile, 'volume-unreadable': EXIT.unreadableFile, 'recovery-password-wrong': EXIT.usage,
  'audit-broken': EXIT.auditBroken,
  'base-unreadable': EXIT.diskOrMedium, 'base-lacks-files': EXIT.diskOrMedium, 'base-architecture-refused': EXIT.diskOrMedium, 'disk-full': EXIT.diskOrMedium, 'folder-not-writable': EXIT.diskOrMedium, 'file-exists': EXIT.diskOrMedium, 'nothing-to-put-on-media': EXIT.diskOrMedium, 'no-drivers': EXIT.diskOrMedium,
  'disk-not-found': EXIT.diskOrMedium, 'disk-refused': EXIT.diskOrMedium, 'disk-busy': EXIT.diskOrMedium, 'disk-gone': EXIT.diskOrMedium, 'disk-failed': EXIT.diskOrMedium, 'disk-writing-unavailable': EXIT.diskOrMedium, 'not-elevated': EXIT.notAllowed,
  'not-this-medium': EXIT.diskOrMedium, 'results-not-taken': EXIT.diskOrMedium, 'renewal-needs-base': EXIT.diskOrMedium, 'nothing-to-wipe': EXIT.diskOrMedium, 'policy-forbids': EXIT.notAllowed, 'not-ordered': EXIT.notAllowed,
  'file-too-large': EXIT.diskOrMedium, 'image-too-small': EXIT.diskOrMedium,
  'hosts-changed': EXIT.notAllowed, 'incident-closed': EXIT.notAllowed, 'incidents-open': EXIT.notAllowed, 'vault-purged': EXIT.notAllowed, 'recipe-not-approved': EXIT.notAllowed, 'second-operator-needed': EXIT.notAllowed, 'several-incidents': EXIT.usage, 'wave-not-opened': EXIT.notAllowed,
  'call-step-missing': EXIT.notAllowed, 'nothing-to-print': EXIT.nothingFound, 'too-much-to-print': EXIT.usage,
  'not-in-this-state': EXIT.notAllowed, 'medium-expired': EXIT.notAllowed, 'not-a-technician': EXIT.notAllowed,
  'certificate-not-trusted': EXIT.source, 'powershell-unavailable': EXIT.source, 'source-failed': EXIT.source, 'source-refused-sign-in': EXIT.source, 'source-rights-missing': EXIT.source, 'source-unreachable': EXIT.source,
  'wrong-token': EXIT.internal, 'desk-unreachable': EXIT.internal, internal: EXIT.internal, // of wires the command line does not use
  cancelled: EXIT.cancelled,
};

export const exitCodeOf = (code: string): number => BY_CODE[code as ErrorCode] ?? EXIT.internal; // an unknown code is a bug
