// The details of an audit entry as people read them.

/**
 * @param details JSON text of an object, or anything else.
 * @returns `from repaired, to verified`; what is no object is said as it is. Never throws.
 */
export function auditDetails(details: string | null): string {
  if (details === null) return '';
  try {
    const parsed: unknown = JSON.parse(details);
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return details;
    return Object.entries(parsed).filter(([, value]) => value !== null && value !== '').map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`).join(', ');
  } catch {
    return details;
  }
}
