// Which hosts to bring back before all others: without domain controllers nobody signs in, and without key servers nobody finds a recovery password. Suggested by evidence, decided by a person.
import type { ReadableDatabase } from '../../store/database.ts';
import { FIRST_EVIDENCE, type FirstEvidence, type HostState } from '../codes.ts';

export interface FirstHost { readonly hostId: number; readonly hostname: string; readonly site: string | null; readonly state: HostState; readonly evidence: FirstEvidence; /** What the evidence is: the unit, or the part of the name. */ readonly found: string; /** Null: in no wave yet. */ readonly wave: string | null }

/** Whole parts of a name, digits at their end aside: `KI-DC-01` has DC, `KIDC01` only where the part is at least three letters. */
const NAMED: readonly (readonly [evidence: FirstEvidence, parts: readonly string[]])[] = [
  ['domain-controller-name', ['DC', 'ADC', 'RODC', 'PDC', 'ADDS', 'DOMCTRL']],
  ['key-server-name', ['MBAM', 'SCCM', 'MECM', 'CONFIGMGR', 'BITLOCKER', 'LAPS', 'VAULT', 'CYBERARK', 'KEYSRV', 'AADC', 'ADCONNECT']],
  ['sign-in-server-name', ['ADFS', 'PKI', 'CA', 'DNS', 'DHCP', 'RADIUS', 'NPS', 'VPN', 'MFA', 'SSO']],
];

/** @returns Every such host that is still down, domain controllers first. Only what the lists say is evidence: a unit of domain controllers, or a server whose name says so. */
export function suggestFirst(db: ReadableDatabase): FirstHost[] {
  const rows = db.prepare<[], Omit<FirstHost, 'evidence' | 'found'> & { unit: string | null; isServer: number }>(
    `SELECT h.host_id AS hostId, h.hostname, h.site, h.state, h.organizational_unit AS unit, coalesce(h.operating_system LIKE '%server%', 0) AS isServer, w.name AS wave
       FROM hosts h LEFT JOIN wave_members m ON m.host_id = h.host_id LEFT JOIN waves w ON w.wave_id = m.wave_id
      WHERE h.state IN ('reported', 'ready', 'blocked', 'in-progress') AND (h.operating_system LIKE '%server%' OR h.organizational_unit LIKE '%domain controllers%') ORDER BY h.hostname`).all();
  const found = rows.flatMap(({ unit, isServer, ...host }): FirstHost[] => {
    const evidence = evidenceOf(host.hostname, unit, isServer === 1);
    return evidence === null ? [] : [{ ...host, ...evidence }];
  });
  return found.sort((one, other) => FIRST_EVIDENCE.indexOf(one.evidence) - FIRST_EVIDENCE.indexOf(other.evidence) || (one.hostname < other.hostname ? -1 : 1));
}

/** @returns Null when nothing says that a host comes first. */
export function evidenceOf(hostname: string, unit: string | null, isServer: boolean): Pick<FirstHost, 'evidence' | 'found'> | null {
  const inUnit = unit?.split(',').find((part) => /^(?:OU=)?domain controllers$/i.test(part.trim()));
  if (inUnit !== undefined) return { evidence: 'domain-controllers-unit', found: inUnit.trim() };
  if (!isServer) return null;
  const parts = hostname.toUpperCase().split(/[^A-Z0-9]+/).map((part) => part.replace(/\d+$/, ''));
  for (const [evidence, names] of NAMED) {
    const found = names.find((name) => parts.some((part) => part === name || (name.length >= 4 && part.endsWith(name))));
    if (found !== undefined) return { evidence, found };
  }
  return null;
}
