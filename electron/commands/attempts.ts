// attempts import, accept: results of media, as records and as codes read out on the telephone.
import { resolve } from 'node:path';
import type { Input } from '../api/contract.ts';
import { attemptReasonWords } from '../../renderer/messages/attempt-reason.ts';
import { EXIT, text, type Command } from './command.ts';

export const attemptCommands: readonly Command[] = [
  {
    name: 'attempts import', usage: 'attempts import PATH…', options: {}, words: [1, 1000], signsIn: true,
    async run({ api, words, say, codes, explain, print }) {
      const report = await api.call('attempts.import', { paths: words.map((word) => resolve(word)) });
      for (const file of report.files) print(say.attemptFile(file.path, file.status, [file.proof === null ? '' : codes.attemptProof[file.proof], file.reason === null ? '' : attemptReasonWords(codes, file.reason) ?? explain({ code: file.reason, facts: {} }).replace(/\.$/, '')].filter((part) => part !== '').join(', '), file.outcome === null ? '' : codes.attemptOutcome[file.outcome], file.hostname ?? '', file.hostState === null ? '' : codes.hostState[file.hostState]));
      print(say.attemptTotals(report.imported, report.unchanged, report.rejected, report.claims));
      return { json: report, exitCode: report.rejected > 0 ? EXIT.unreadableFile : EXIT.done };
    },
  },
  {
    name: 'attempts accept', usage: 'attempts accept MEDIA-ID CODE [--host NAME]', options: { host: { type: 'string' } }, words: [2, 10], signsIn: true,
    async run({ api, words, options, say, codes, print }) {
      const [mediaId = '', ...code] = words;
      const order: Input<'attempts.accept'> = { mediaId, code: code.join(' ') };
      const host = text(options['host'])?.trim() ?? '';
      if (host !== '') order.hostname = host;
      const taken = await api.call('attempts.accept', order);
      switch (taken.status) {
        case 'slip':
          print(say.codeSlip(taken.reason, taken.characters, taken.positions.join(', ')));
          return { json: taken, exitCode: EXIT.usage };
        case 'not-of-this-medium':
          print(say.codeForeign(mediaId.toUpperCase()));
          return { json: taken, exitCode: EXIT.nothingFound };
        case 'host-needed':
          print(say.codeNeedsHost(wordOf(taken)));
          return { json: taken, exitCode: EXIT.nothingFound };
        case 'accepted': case 'unchanged':
          print(say.codeTaken(taken.status === 'unchanged', wordOf(taken), codes.attemptProof[taken.proof], taken.hostname ?? '-', taken.hostState === null ? '-' : codes.hostState[taken.hostState]));
          return { json: taken };
      }
      function wordOf({ outcome, blockedReason }: { readonly outcome: keyof typeof codes.attemptOutcome; readonly blockedReason: keyof typeof codes.blockedReason | null }): string {
        return blockedReason === null ? codes.attemptOutcome[outcome] : `${codes.attemptOutcome[outcome]}, ${codes.blockedReason[blockedReason]}`;
      }
    },
  },
];
