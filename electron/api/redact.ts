// The last wall before the log: takes everything out that has the shape of a secret. Nothing secret should ever come this far.

/** 48 digits in eight groups of six with any separators between, as far as a line may hold them. */
const RECOVERY_PASSWORD = /\d{6}(?:[\s\u00a0\u2000-\u2015\u2212._-]{0,3}\d{6}){3,7}/g;
/** A passcode of 18 characters in groups, and the code of a recovery sheet. */
const GROUPED_CODE = /\b(?:[0-9A-Z]{4}-){7}[0-9A-Z]{4}\b|\b(?:[0-9BCDEFGHJKNPRSTVX]{6}[ -]){2}[0-9BCDEFGHJKNPRSTVX]{6}\b/g;

/** @returns The text with every such shape replaced by `[redacted]`. */
export const redact = (text: string): string => text.replace(RECOVERY_PASSWORD, '[redacted]').replace(GROUPED_CODE, '[redacted]');
