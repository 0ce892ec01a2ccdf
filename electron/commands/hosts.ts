// hosts.
import type { Input, Output } from '../api/contract.ts';
import { AppError } from '../core/app-error.ts';
import { BLOCKED_REASONS, HOST_STATES, type HostState } from '../core/codes.ts';
import { text, texts, type Command, type CommandContext } from './command.ts';
import { CSV_OUT, CSV_USAGE, csvFile } from './csv-file.ts';
import { knownNames } from './known-names.ts';

const PAGE = 500;
/** The filter of hosts, for every command that has one: each option with what stands after it. */
const FILTER_WORDS = { state: HOST_STATES.join('|'), site: 'NAME', wave: 'NAME', tag: 'TAG', technician: 'NAME', query: 'TEXT' } as const;
const FILTER = { state: { type: 'string', multiple: true }, site: { type: 'string', multiple: true }, wave: { type: 'string', multiple: true }, tag: { type: 'string', multiple: true }, technician: { type: 'string', multiple: true }, query: { type: 'string' } } as const satisfies Record<keyof typeof FILTER_WORDS, unknown>;
const FILTER_USAGE = Object.entries(FILTER_WORDS).map(([option, value]) => `[--${option} ${value}${option === 'query' ? '' : '…'}]`).join(' ');
const OPTION_OF = { sites: 'site', waves: 'wave', tags: 'tag', technicians: 'technician' } as const;
const isState = (word: string): word is HostState => (HOST_STATES as readonly string[]).includes(word);

/** `hosts` alone stands after the others: the first command whose words fit is taken. */
export const hostCommands: readonly Command[] = [
  ...(['tag', 'untag'] as const).map((act): Command => ({
    name: `hosts ${act}`, usage: `hosts ${act} TAG ${FILTER_USAGE}`, options: FILTER, words: [1, 1], signsIn: true,
    async run(context) {
      const report = await context.api.call('hosts.tag', { ...await manyOf(context), tag: context.words[0] ?? '', remove: act === 'untag' });
      context.print(context.say.actedOnMany(report.changed, report.found));
      return { json: { found: report.found, changed: report.changed } }; // taking it back is for whoever keeps the desk open
    },
  })),
  ...(['assign', 'unassign'] as const).map((act): Command => ({
    name: `hosts ${act}`, usage: `hosts ${act}${act === 'assign' ? ' TECHNICIAN' : ''} ${FILTER_USAGE}`, options: FILTER, words: act === 'assign' ? [1, 1] : [0, 0], signsIn: true,
    async run(context) {
      const report = await context.api.call('hosts.assign', { ...await manyOf(context), technician: act === 'assign' ? context.words[0] ?? '' : null });
      context.print(context.say.actedOnMany(report.changed, report.found));
      return { json: { found: report.found, changed: report.changed } }; // taking it back is for whoever keeps the desk open
    },
  })),
  {
    name: 'hosts block-all', usage: `hosts block-all --reason ${BLOCKED_REASONS.join('|')} [--note TEXT] ${FILTER_USAGE}`, options: { ...FILTER, reason: { type: 'string' }, note: { type: 'string' } }, words: [0, 0], signsIn: true,
    async run(context) {
      const { api, options, say, print } = context;
      const reason = BLOCKED_REASONS.find((known) => known === text(options['reason']));
      if (reason === undefined) throw new AppError('invalid-input', { fields: ['--reason'], known: BLOCKED_REASONS });
      const note = text(options['note'])?.trim() ?? '';
      const report = await api.call('hosts.blockMany', { ...await manyOf(context), reason, ...(note === '' ? {} : { note }) });
      print(say.actedOnMany(report.changed, report.found));
      return { json: { found: report.found, changed: report.changed } }; // taking it back is for whoever keeps the desk open
    },
  },
  {
    name: 'hosts', usage: `hosts ${FILTER_USAGE} ${CSV_USAGE}`, options: { ...FILTER, ...CSV_OUT }, words: [0, 0], signsIn: true,
    async run(context) {
      const { api, options, say, codes, print } = context;
      const file = csvFile(options);
      const wish: Input<'hosts.list'> = { ...await filterOf(context), sort: 'hostname', descending: false, limit: PAGE };
      const hosts: Output<'hosts.list'>['rows'] = [];
      let total = 0;
      do {
        const page = await api.call('hosts.list', { ...wish, offset: hosts.length });
        total = page.total;
        if (page.rows.length === 0) break;
        hosts.push(...page.rows);
      } while (hosts.length < total);
      for (const host of hosts) print(say.hostLine(host.hostname, codes.hostState[host.state], host.blockedReason !== null ? codes.blockedReason[host.blockedReason] : host.closedAs !== null ? codes.closedAs[host.closedAs] : '', host.keyRecords));
      print(say.total(total));
      file?.write(say.hostsHeader, hosts.map((host) => [host.hostname, codes.hostState[host.state], host.blockedReason ?? host.closedAs, host.stateAt, host.site, host.organizationalUnit, host.operatingSystem, host.model, host.keyRecords]));
      return { json: { total, hosts: hosts.map(({ match: _match, ...host }) => host) } };
    },
  },
];

/** AppError `not-found` for a site, wave, tag or technician that nobody at the desk knows. */
async function filterOf(context: CommandContext): Promise<Input<'hosts.tag'>['filter']> {
  const { options } = context;
  const states = texts(options['state']).flatMap((value) => value.split(','));
  const unknown = states.find((state) => !isState(state));
  if (unknown !== undefined) throw new AppError('invalid-input', { fields: [`--state: ${unknown}`], known: HOST_STATES });
  const [sites, waves, tags, technicians] = await Promise.all((['sites', 'waves', 'tags', 'technicians'] as const).map((kind) => knownNames(context, kind, texts(options[OPTION_OF[kind]]))));
  return { states: states.filter(isState), query: text(options['query']) ?? '', sites, waves, tags, technicians };
}

/** The hosts the filter finds now. Without any filter nothing is done: that would be every host. */
async function manyOf(context: CommandContext): Promise<Pick<Input<'hosts.tag'>, 'filter' | 'expected'>> {
  const { api } = context;
  const filter = await filterOf(context);
  if (Object.values(filter).every((value) => value === undefined || value.length === 0)) throw new AppError('invalid-input', { fields: Object.keys(FILTER).map((name) => `--${name}`) });
  const { total } = await api.call('hosts.list', { ...filter, limit: 1 });
  if (total === 0) throw new AppError('not-found', { hosts: 0 });
  return { filter, expected: total };
}
