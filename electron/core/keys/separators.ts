// What people, programs and copy-and-paste put between digits (ES3-safe: also runs in the agent; imports nothing).

/**
 * Tells whether a UTF-16 code unit only separates: any space, line end, hyphen, dash, full stop, underscore, or something invisible.
 *
 * @source field observations: Windows writes hyphens, word processors turn them into dashes, mails add no-break and zero-width
 *         spaces, Microsoft's rule allows "a space or hyphen" (Win32_EncryptableVolume.IsNumericalPasswordValid).
 */
export function isSeparator(code: number): boolean {
  return (code >= 0x09 && code <= 0x0d) || code === 0x20 || code === 0x85 || code === 0xa0 // white space of Latin-1
    || code === 0x2d || code === 0x2e || code === 0x5f // - . _
    || code === 0x1680 || (code >= 0x2000 && code <= 0x200a) || code === 0x2028 || code === 0x2029 || code === 0x202f || code === 0x205f || code === 0x3000
    || (code >= 0x2010 && code <= 0x2015) || code === 0x2043 || code === 0x2212 || code === 0xfe58 || code === 0xfe63 || code === 0xff0d // hyphens, dashes, minus
    || isInvisible(code);
}

/** Soft hyphen, zero-width and direction marks, byte order mark: they do not even end a group. */
export function isInvisible(code: number): boolean {
  return code === 0xad || code === 0x061c || code === 0x180e || (code >= 0x200b && code <= 0x200f) || (code >= 0x202a && code <= 0x202e)
    || (code >= 0x2060 && code <= 0x2069) || code === 0xfeff;
}

/** @returns 0 to 9 for an ASCII, full-width or Arabic-Indic (both sorts) digit, -1 for anything else. */
export function digitValue(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  if (code >= 0xff10 && code <= 0xff19) return code - 0xff10;
  if (code >= 0x0660 && code <= 0x0669) return code - 0x0660;
  if (code >= 0x06f0 && code <= 0x06f9) return code - 0x06f0;
  return -1;
}
