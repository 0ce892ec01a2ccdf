// calls list|close: the sheets of calls that were begun, and how each ended.
import { AppError } from '../core/app-error.ts';
import { CALL_OUTCOMES, type CallOutcome } from '../core/codes.ts';
import { EXIT, text, type Command } from './command.ts';
import { all } from './matching.ts';
import { writeNewFile } from './text-file.ts';

const PAGE = 500;

const isOutcome = (word: string): word is CallOutcome => (CALL_OUTCOMES as readonly string[]).includes(word);

export const callCommands: readonly Command[] = [
  {
    name: 'instructions', usage: 'instructions --language en|de --out FILE', options: { language: { type: 'string' }, out: { type: 'string' } }, words: [0, 0], signsIn: true,
    async run({ api, options, print }) {
      const language = text(options['language']) ?? 'en';
      const out = text(options['out']);
      if (language !== 'en' && language !== 'de') throw new AppError('invalid-input', { fields: ['--language'], known: ['en', 'de'] });
      if (out === undefined) throw new AppError('invalid-input', { fields: ['--out'] });
      const { html } = await api.call('instructions.get', { language });
      writeNewFile(out, html);
      print(out);
      return { json: { path: out, language }, exitCode: EXIT.done };
    },
  },
  {
    name: 'calls list', usage: 'calls list [--all]', options: { all: { type: 'boolean' } }, words: [0, 0], signsIn: true,
    async run({ api, options, print }) {
      const list = await all((offset) => api.call('calls.list', { open: options['all'] !== true, offset, limit: PAGE }));
      for (const call of list.rows) print([call.callId, call.openedAt, call.operator, call.hostname ?? '-', call.keyProtectorId ?? '-', call.caller ?? '-', call.outcome ?? '…'].join('\t'));
      return { json: list, exitCode: EXIT.done };
    },
  },
  {
    name: 'calls close', usage: `calls close CALL --outcome ${CALL_OUTCOMES.join('|')} [--note N]`, options: { outcome: { type: 'string' }, note: { type: 'string' } }, words: [1, 1], signsIn: true,
    async run({ api, words, options, print }) {
      const outcome = text(options['outcome']) ?? '';
      const callId = Number(words[0]);
      if (!Number.isSafeInteger(callId) || callId < 1) throw new AppError('invalid-input', { fields: ['CALL'] });
      if (!isOutcome(outcome)) throw new AppError('invalid-input', { fields: ['--outcome'], known: CALL_OUTCOMES });
      const note = text(options['note']);
      const call = await api.call('calls.close', { callId, outcome, ...(note === undefined ? {} : { note }) });
      print(`${call.callId}\t${call.outcome ?? ''}`);
      return { json: call, exitCode: EXIT.done };
    },
  },
];
