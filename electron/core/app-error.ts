// The one error a person may see. Anything else that is thrown is a bug and becomes `internal` with a reference number.

/** Closed list; the sentence for each code, in English and German, lives in renderer/messages. */
export const ERROR_CODES = [
  'invalid-input', 'not-found', 'not-allowed', 'not-signed-in', 'vault-closed', 'wrong-passphrase', 'operator-disabled', 'too-many-tries',
  'desk-exists', 'no-desk', 'desk-in-use', 'desk-folder-unusable', 'store-damaged', 'store-from-newer-version', 'store-foreign', 'cannot-read-recovery-passwords',
  'folder-not-writable', 'file-not-found', 'file-unreadable', 'file-is-a-directory', 'file-not-recognised', 'backup-unusable', 'no-terminal', 'passphrase-file',
  'base-unreadable', 'base-lacks-files', 'base-architecture-refused', 'disk-full', 'file-exists', 'file-too-large', 'image-too-small', 'image-unreadable', 'nothing-to-put-on-media', 'medium-expired', 'no-drivers',
  'not-in-this-state', 'import-already-undone', 'not-a-technician', 'container-declined', 'recovery-password-wrong', 'audit-broken', 'name-taken', 'last-holder', 'operators-unproven', 'cancelled',
  'hosts-changed', 'incident-closed', 'incidents-open', 'vault-purged', 'volume-locked', 'volume-unreadable', 'recipe-not-approved', 'second-operator-needed', 'several-incidents', 'wave-not-opened', 'call-step-missing', 'nothing-to-print', 'too-much-to-print',
  'certificate-not-trusted', 'powershell-unavailable', 'source-failed', 'source-refused-sign-in', 'source-rights-missing', 'source-unreachable', 'disk-not-found', 'disk-refused', 'disk-busy', 'disk-gone', 'disk-failed', 'disk-writing-unavailable', 'not-elevated', 'not-this-medium', 'results-not-taken', 'renewal-needs-base', 'nothing-to-wipe', 'policy-forbids', 'not-ordered', 'wrong-token', 'desk-unreachable', 'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Facts for the sentence: file names, counts, names of missing files. Never a secret. */
export type ErrorFacts = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export class AppError extends Error {
  readonly code: ErrorCode;
  readonly facts: ErrorFacts;

  /**
   * @param code  What went wrong, from the closed list.
   * @param facts What, where: for the sentence that is shown. Never holds a recovery password, passcode or passphrase.
   */
  constructor(code: ErrorCode, facts: ErrorFacts = {}, options?: ErrorOptions) {
    super(`${code}${Object.keys(facts).length > 0 ? ` ${JSON.stringify(facts)}` : ''}`, options);
    this.name = 'AppError';
    this.code = code;
    this.facts = facts;
  }
}
