// A name that nobody at the desk knows is an error that says which there are, never an empty answer: 0 hosts of a mistyped wave look like a wave that is done.
import type { Output } from '../api/contract.ts';
import { AppError } from '../core/app-error.ts';
import { distanceToStart } from '../core/keys/alike.ts';
import type { CommandContext } from './command.ts';

const SHOWN = 12;

/** What a filter of hosts names, and the fact of the error in which it stands. */
type Named = Pick<Output<'hosts.facets'>, 'sites' | 'waves' | 'tags' | 'technicians'>;
const FACT_OF: Readonly<Record<keyof Named, string>> = { sites: 'site', waves: 'wave', tags: 'tag', technicians: 'technician' };

/** @returns The names of a filter as the desk writes them. AppError `not-found` with the name and those there are, the nearest first. A technician who has no host yet is known. */
export async function knownNames({ api }: Pick<CommandContext, 'api'>, kind: keyof Named, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const known = await listNames(api, kind);
  return Promise.all(names.map(async (name) => {
    const written = known.find((one) => one === name) ?? known.find((one) => one.toLowerCase() === name.trim().toLowerCase());
    if (written !== undefined) return written;
    // Of sites and tags only those with the most hosts are listed.
    if ((await api.call('hosts.list', { [kind]: [name], limit: 1 })).total > 0) return name;
    throw unknownName(FACT_OF[kind], name, known);
  }));
}

/** AppError `not-found` for a name of a closed list. */
export const unknownName = (fact: string, name: string, known: readonly string[]): AppError => {
  const nearest = nearestNames(name, known);
  return new AppError('not-found', { [fact]: name, ...(nearest.length === 0 ? {} : { known: [...nearest.slice(0, SHOWN), ...(nearest.length > SHOWN ? ['…'] : [])] }) });
};

async function listNames(api: CommandContext['api'], kind: keyof Named): Promise<string[]> {
  if (kind === 'waves') return (await api.call('waves.list', {})).waves.map(({ name }) => name);
  const facets = (await api.call('hosts.facets', {}))[kind].map(({ value }) => value);
  return kind === 'technicians' ? [...new Set([...facets, ...(await api.call('operators.list', {})).map(({ name }) => name)])] : facets;
}

/** @returns All of them, those that come near what was typed first, the others as they stood. */
function nearestNames(typed: string, known: readonly string[]): string[] {
  const most = Math.max(1, Math.floor(typed.length / 3));
  const slips = new Map(known.map((name) => [name, distanceToStart(typed.toUpperCase(), name.toUpperCase(), most)]));
  return known.toSorted((a, b) => (slips.get(a) ?? 0) - (slips.get(b) ?? 0) || known.indexOf(a) - known.indexOf(b));
}
