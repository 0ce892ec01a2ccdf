// The last wall before the log: takes everything out that has the shape of a secret. Nothing secret should ever come this far.

/** 48 digits in eight groups of six with any separators between, as far as a line may hold them. */
const RECOVERY_PASSWORD = /\d{6}(?:[\s\u00a0\u2000-\u2015\u2212._-]{0,3}\d{6}){3,7}/g;
/** A passcode of 18 characters in groups, and the code of a recovery sheet. */
const GROUPED_CODE = /\b(?:[0-9A-Z]{4}-){7}[0-9A-Z]{4}\b|\b(?:[0-9BCDEFGHJKNPRSTVX]{6}[ -]){2}[0-9BCDEFGHJKNPRSTVX]{6}\b/g;

/** A LAPS password has no shape, but the places that hold one do: what a directory, Graph and the tools of Windows write before it. */
const LAPS_PLACE = /("(?:p|passwordBase64|lapsPassword|ms-Mcs-AdmPwd|msLAPS-Password)"\s*:\s*")((?:[^"\\]|\\.)*)/gi;
const LAPS_LINE = /(\b(?:ms-Mcs-AdmPwd|msLAPS-Password)\s*::?\s*)(?!")\S+/gi;

/** @returns The text with every such shape replaced by `[redacted]`. */
export const redact = (text: string): string => text.replace(RECOVERY_PASSWORD, '[redacted]').replace(GROUPED_CODE, '[redacted]').replace(LAPS_PLACE, '$1[redacted]').replace(LAPS_LINE, '$1[redacted]');
