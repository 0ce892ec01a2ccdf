// By which rule hosts come into a wave: their site, organizational unit, tag, operating system, a pattern of names, or a list of them.
import type { Database } from '../../store/database.ts';
import { filterText, type HostFilter } from '../hosts/host-filter.ts';
import { normaliseCase, parseHostname } from '../hosts/hostname.ts';
import { findByName } from '../hosts/joined.ts';
import { hostsMeant } from '../hosts/many-hosts.ts';
import { matchesPattern } from '../recipes/recipe.ts';

/** `organizational-unit` means that one and all below it; `operating-system` a part of its name ("Server"); `name` has DOS wildcards. Any case everywhere. */
export type WaveRule =
  | { readonly kind: 'site' | 'organizational-unit' | 'tag' | 'operating-system' | 'name'; readonly value: string }
  | { readonly kind: 'hosts'; readonly hostnames: readonly string[] }
  /** What the list of hosts shows, as many as whoever acts has seen. */
  | { readonly kind: 'filter'; readonly filter: HostFilter; readonly expected: number };

/** @returns Hosts the rule finds, whatever their state, and listed names that are no host. */
export function findHosts(db: Database, rule: WaveRule): { hostIds: number[]; unknown: string[] } {
  if (rule.kind === 'hosts') return findListed(db, rule.hostnames);
  if (rule.kind === 'filter') return { hostIds: hostsMeant({ db }, rule), unknown: [] };
  const wanted = rule.value.trim();
  const ids = (sql: string, ...values: string[]): number[] => db.prepare<string[], { host_id: number }>(sql).all(...values).map(({ host_id }) => host_id);
  const rows = (column: string): { host_id: number; text: string }[] => db.prepare<[], { host_id: number; text: string }>(`SELECT host_id, ${column} AS text FROM hosts WHERE ${column} IS NOT NULL ORDER BY host_id`).all();
  const low = wanted.toLowerCase();
  switch (rule.kind) {
    case 'tag': return { hostIds: ids('SELECT host_id FROM host_tags WHERE tag = ? ORDER BY host_id', wanted), unknown: [] };
    case 'site': return { hostIds: rows('site').filter(({ text }) => text.toLowerCase() === low).map(({ host_id }) => host_id), unknown: [] }; // SQLite folds ASCII alone
    case 'organizational-unit': return { hostIds: rows('organizational_unit').filter(({ text }) => isInUnit(text, wanted)).map(({ host_id }) => host_id), unknown: [] };
    case 'operating-system': return { hostIds: rows('operating_system').filter(({ text }) => text.toLowerCase().includes(low)).map(({ host_id }) => host_id), unknown: [] };
    case 'name': return { hostIds: rows('hostname').filter(({ text }) => matchesPattern(normaliseCase(wanted), text)).map(({ host_id }) => host_id), unknown: [] };
  }
}

/** @returns The rule on one line, for the audit trail. */
export const ruleText = (rule: WaveRule): string => (rule.kind === 'hosts' ? `hosts ${rule.hostnames.length}` : rule.kind === 'filter' ? `filter ${filterText(rule.filter)}` : `${rule.kind} ${rule.value.trim()}`);

/** A distinguished name is below another when it ends with it after a comma. */
export function isInUnit(unit: string, wanted: string): boolean {
  const [own, other] = [unit, wanted].map((text) => text.toLowerCase().replaceAll(/\s*,\s*/g, ',').trim());
  return own === other || (own ?? '').endsWith(`,${other ?? ''}`);
}

function findListed(db: Database, hostnames: readonly string[]): { hostIds: number[]; unknown: string[] } {
  const found = new Set<number>();
  const unknown = new Set<string>();
  for (const given of hostnames) {
    const parsed = parseHostname(given);
    const host = parsed.status === 'ok' ? findByName(db, parsed.hostname) : undefined;
    if (host === undefined) unknown.add(given.trim());
    else found.add(host.host_id);
  }
  return { hostIds: [...found], unknown: [...unknown] };
}
