// hosts, attempts import.
import { resolve } from 'node:path';
import type { Input, Output } from '../api/contract.ts';
import { AppError } from '../core/app-error.ts';
import { HOST_STATES, type HostState } from '../core/codes.ts';
import { attemptReasonWords } from '../../renderer/messages/attempt-reason.ts';
import { EXIT, text, texts, type Command } from './command.ts';

const PAGE = 500;
const isState = (word: string): word is HostState => (HOST_STATES as readonly string[]).includes(word);

export const hostCommands: readonly Command[] = [
  {
    name: 'hosts', usage: `hosts [--state ${HOST_STATES.join('|')}] [--query TEXT]`, options: { state: { type: 'string', multiple: true }, query: { type: 'string' } }, words: [0, 0], signsIn: true,
    async run({ api, options, say, codes, print }) {
      const states = texts(options['state']).flatMap((value) => value.split(','));
      const unknown = states.find((state) => !isState(state));
      if (unknown !== undefined) throw new AppError('invalid-input', { fields: [`--state: ${unknown}`], known: HOST_STATES });
      const wish: Input<'hosts.list'> = { states: states.filter(isState), query: text(options['query']) ?? '', sort: 'hostname', descending: false, limit: PAGE };
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
      return { json: { total, hosts: hosts.map(({ match: _match, ...host }) => host) } };
    },
  },
  {
    name: 'attempts import', usage: 'attempts import PATH…', options: {}, words: [1, 1000], signsIn: true,
    async run({ api, words, say, codes, print }) {
      const report = await api.call('attempts.import', { paths: words.map((word) => resolve(word)) });
      for (const file of report.files) print(say.attemptFile(file.path, file.status, [file.proof === null ? '' : codes.attemptProof[file.proof], file.reason === null ? '' : attemptReasonWords(codes, file.reason) ?? file.reason].filter((part) => part !== '').join(', '), file.outcome === null ? '' : codes.attemptOutcome[file.outcome], file.hostname ?? '', file.hostState === null ? '' : codes.hostState[file.hostState]));
      print(say.attemptTotals(report.imported, report.unchanged, report.rejected, report.claims));
      return { json: report, exitCode: report.rejected > 0 ? EXIT.unreadableFile : EXIT.done };
    },
  },
];
