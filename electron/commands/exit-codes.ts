// Which exit code a failure ends with: scripts read these, never the sentence.
import type { ErrorCode } from '../core/app-error.ts';
import { EXIT } from './command.ts';

const BY_CODE: Partial<Record<ErrorCode, number>> = {
  'invalid-input': EXIT.usage,
  'not-found': EXIT.nothingFound,
  'wrong-passphrase': EXIT.wrongPassphrase, 'operator-disabled': EXIT.wrongPassphrase, 'too-many-tries': EXIT.wrongPassphrase,
  'no-terminal': EXIT.passphraseFile, 'passphrase-file': EXIT.passphraseFile,
  'not-allowed': EXIT.notAllowed, 'not-signed-in': EXIT.notAllowed, 'cannot-read-recovery-passwords': EXIT.notAllowed, 'last-holder': EXIT.notAllowed, 'name-taken': EXIT.notAllowed,
  'file-not-found': EXIT.unreadableFile, 'file-unreadable': EXIT.unreadableFile, 'file-is-a-directory': EXIT.unreadableFile, 'file-not-recognised': EXIT.unreadableFile, 'image-unreadable': EXIT.unreadableFile,
  'no-desk': EXIT.desk, 'desk-exists': EXIT.desk, 'desk-in-use': EXIT.desk, 'store-damaged': EXIT.desk, 'store-foreign': EXIT.desk, 'store-from-newer-version': EXIT.desk, 'vault-closed': EXIT.desk,
  'container-declined': EXIT.unreadableFile, 'recovery-password-wrong': EXIT.usage,
  'audit-broken': EXIT.auditBroken,
  'base-unreadable': EXIT.diskOrMedium, 'base-lacks-files': EXIT.diskOrMedium, 'base-architecture-refused': EXIT.diskOrMedium, 'disk-full': EXIT.diskOrMedium, 'file-exists': EXIT.diskOrMedium, 'nothing-to-put-on-media': EXIT.diskOrMedium,
  cancelled: EXIT.cancelled,
};

export const exitCodeOf = (code: string): number => BY_CODE[code as ErrorCode] ?? EXIT.internal; // an unknown code is a bug
