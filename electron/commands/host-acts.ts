// hosts verify, block, unblock, close, reopen: what a person decides about one host.
import type { Output } from '../api/contract.ts';
import { AppError } from '../core/app-error.ts';
import { BLOCKED_REASONS, CLOSED_AS } from '../core/codes.ts';
import { text, type Command, type CommandContext } from './command.ts';

type HostRow = Output<'hosts.verify'>;
type Act = (context: CommandContext, hostId: number) => Promise<HostRow>;

const NOTE = { note: { type: 'string' } } as const;

export const hostActCommands: readonly Command[] = [
  hostAct('verify', '--evidence TEXT', { evidence: { type: 'string' } }, ({ api, options }, hostId) => api.call('hosts.verify', { hostId, evidence: needed(options, 'evidence') })),
  hostAct('block', `--reason ${BLOCKED_REASONS.join('|')} [--note TEXT]`, { reason: { type: 'string' }, ...NOTE },
    ({ api, options }, hostId) => api.call('hosts.block', { hostId, reason: oneOf(BLOCKED_REASONS, options, 'reason'), ...noteOf(options) })),
  hostAct('unblock', '[--note TEXT]', NOTE, ({ api, options }, hostId) => api.call('hosts.unblock', { hostId, ...noteOf(options) })),
  hostAct('close', `--as ${CLOSED_AS.join('|')} --reason TEXT`, { as: { type: 'string' }, reason: { type: 'string' } },
    ({ api, options }, hostId) => api.call('hosts.close', { hostId, as: oneOf(CLOSED_AS, options, 'as'), note: needed(options, 'reason') })),
  hostAct('reopen', '--reason TEXT', { reason: { type: 'string' } }, ({ api, options }, hostId) => api.call('hosts.reopen', { hostId, note: needed(options, 'reason') })),
];

function hostAct(name: string, usage: string, options: Command['options'], act: Act): Command {
  return {
    name: `hosts ${name}`, usage: `hosts ${name} HOST ${usage}`, options, words: [1, 1], signsIn: true,
    async run(context) {
      const { say, codes, print, words } = context;
      const { match: _match, ...host } = await act(context, await findHost(context, words[0] ?? ''));
      print(say.hostActed(host.hostname, codes.hostState[host.state]));
      return { json: host };
    },
  };
}

/** A host by its whole name, in any case; never by a part of it. Names of several domains may be the same: then the list says which. */
export async function findHost({ api, say }: CommandContext, name: string): Promise<number> {
  const wanted = name.toLowerCase();
  const { rows } = await api.call('hosts.list', { query: name.slice(0, 200), sort: 'hostname', descending: false, limit: 500 });
  const found = rows.filter(({ hostname }) => hostname.toLowerCase() === wanted);
  const [host] = found;
  if (host === undefined) throw new AppError('not-found', { name });
  if (found.length > 1) throw new AppError('invalid-input', { usage: say.severalHosts(name, found.map(({ hostname, site, organizationalUnit }) => [hostname, site, organizationalUnit].filter((part) => part !== null).join(' ')).join(', ')) });
  return host.hostId;
}

export function needed(options: CommandContext['options'], name: string): string {
  const value = text(options[name])?.trim() ?? '';
  if (value === '') throw new AppError('invalid-input', { fields: [`--${name}`] });
  return value;
}

function oneOf<const T extends string>(list: readonly T[], options: CommandContext['options'], name: string): T {
  const word = text(options[name]);
  const found = list.find((known) => known === word);
  if (found === undefined) throw new AppError('invalid-input', { fields: [`--${name}`], known: list });
  return found;
}

const noteOf = (options: CommandContext['options']): { note?: string } => {
  const note = text(options['note'])?.trim() ?? '';
  return note === '' ? {} : { note };
};
