// Facts about a host in which sources contradict each other: the one of the row that saw the host last counts, and of two of one instant the greater text.
// So a newer list corrects an older one, and the end is the same in whatever order files come in. IDs are kept all of them (host-ids.ts).
import type { HostFacts } from '../../formats/intake/intake.ts';

const FACTS = ['domain', 'organizationalUnit', 'site', 'operatingSystem', 'maker', 'model', 'assetTag', 'userName', 'description'] as const satisfies readonly (keyof HostFacts)[];
/** First come, first kept here; the IDs decide in the end. */
const FILLED = ['dnsName', 'serialNumber', 'entraDeviceId'] as const satisfies readonly (keyof HostFacts)[];
type Fact = (typeof FACTS)[number] | (typeof FILLED)[number] | 'lastSeenAt';
export type MergedFacts = Pick<HostFacts, Fact>;
/** When the row of each fact saw the host, in the order of FACTS; '' when it does not say. Null: all when the facts themselves say. */
export type SaidAt = readonly string[] | null;

/**
 * Puts what a further row says of a host to what is known.
 *
 * @returns Null when that changes nothing; copies otherwise. Cheap for rows that say nothing but the name.
 */
export function mergeFacts<T extends MergedFacts>(before: T, beforeAt: SaidAt, after: MergedFacts, afterAt: SaidAt): { readonly facts: T; readonly saidAt: SaidAt } | null {
  let facts: Record<string, unknown> | null = null;
  let saidAt: string[] | null = null;
  for (let place = 0; place < FACTS.length; place += 1) {
    const field = FACTS[place] as (typeof FACTS)[number]; // within FACTS by the loop's bounds
    const value = after[field];
    if (value === null) continue;
    const known = before[field];
    const at = afterAt === null ? (after.lastSeenAt ?? '') : (afterAt[place] ?? '');
    const knownAt = beforeAt === null ? (before.lastSeenAt ?? '') : (beforeAt[place] ?? '');
    if (known !== null && (at < knownAt || (at === knownAt && value <= known))) continue;
    if (value !== known) (facts ??= copyOf(before))[field] = value;
    if (at !== knownAt) (saidAt ??= [...allAt(before, beforeAt)])[place] = at;
  }
  for (const field of FILLED) if (before[field] === null && after[field] !== null) (facts ??= copyOf(before))[field] = after[field];
  if (after.lastSeenAt !== null && (before.lastSeenAt === null || after.lastSeenAt > before.lastSeenAt)) {
    saidAt ??= [...allAt(before, beforeAt)]; // they are older than the host's last sight now
    (facts ??= copyOf(before))['lastSeenAt'] = after.lastSeenAt;
  }
  if (facts === null && saidAt === null) return null;
  return { facts: (facts ?? before) as T, saidAt: saidAt ?? beforeAt }; // a copy of T with values of the same fields
}

const copyOf = (facts: MergedFacts): Record<string, unknown> => ({ ...facts });
const allAt = (facts: MergedFacts, saidAt: SaidAt): readonly string[] => saidAt ?? FACTS.map((field) => (facts[field] === null ? '' : (facts.lastSeenAt ?? '')));

/** As the store keeps it: one instant when all are the same. */
export function packSaidAt(facts: MergedFacts, saidAt: SaidAt): string {
  if (saidAt === null) return facts.lastSeenAt ?? '';
  const all = saidAt.map((at, place) => (facts[FACTS[place] ?? 'site'] === null ? null : at));
  const [first = '', ...others] = all.filter((at) => at !== null);
  return others.every((at) => at === first) ? first : all.map((at) => at ?? '').join(',');
}

/** @param packed Null: from before it was kept. */
export const unpackSaidAt = (packed: string | null): readonly string[] => (packed?.includes(',') === true ? packed.split(',') : FACTS.map(() => packed ?? ''));
