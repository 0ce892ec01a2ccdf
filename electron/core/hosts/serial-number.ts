// Which serial numbers tell a machine (ES3-safe: also runs in the agent; imports only ES3-safe modules of core).

/** What makers leave in boards they never numbered, and what stands for "none". */
const NONE = /O\.?E\.?M|DEFAULT|SYSTEM SERIAL|SERIAL NUMBER|NOT (?:SPECIFIED|APPLICABLE|AVAILABLE)|UNKNOWN|INVALID|CHASSIS|^NONE$|^1234567890?$/;

/**
 * @param text Untrusted, as firmware or a list says it.
 * @returns Whether it can tell one machine from another: what makers leave in their boards (`To be filled by O.E.M.`, zeros) stands in many. Never throws.
 */
export function isSerialNumber(text: string): boolean {
  const value = text.replace(/^\s+|\s+$/g, '').toUpperCase();
  const signs = value.replace(/[^0-9A-Z]/g, '');
  return value.length >= 4 && signs !== '' && !/^(.)\1*$/.test(signs) && !NONE.test(value);
}
