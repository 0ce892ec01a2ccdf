// report: one of the seven reports, written to a file.
import { resolve } from 'node:path';
import type { Output } from '../api/contract.ts';
import { AppError } from '../core/app-error.ts';
import { REPORT_FORMATS, REPORT_KINDS } from '../core/codes.ts';
import { text, texts, type Command } from './command.ts';
import { findIncident } from './incidents.ts';
import { knownNames } from './known-names.ts';
import { writeNewFile } from './text-file.ts';

export const reportCommands: readonly Command[] = [
  {
    name: 'report', usage: `report ${REPORT_KINDS.join('|')} --format ${REPORT_FORMATS.join('|')} --out FILE [--language de|en] [--as-of INSTANT] [--incident NAME] [--wave NAME]`,
    options: { format: { type: 'string' }, language: { type: 'string' }, 'as-of': { type: 'string' }, out: { type: 'string' }, incident: { type: 'string' }, wave: { type: 'string' } }, words: [1, 1], signsIn: true,
    async run(context) {
      const { api, words, options, print, progress, say, signal } = context;
      const kind = REPORT_KINDS.find((known) => known === words[0]);
      const format = REPORT_FORMATS.find((known) => known === (text(options['format']) ?? 'html'));
      const language = (['en', 'de'] as const).find((known) => known === (text(options['language']) ?? 'en'));
      const out = text(options['out']);
      if (kind === undefined) throw new AppError('invalid-input', { fields: ['KIND'], known: REPORT_KINDS });
      if (format === undefined) throw new AppError('invalid-input', { fields: ['--format'], known: REPORT_FORMATS });
      if (language === undefined) throw new AppError('invalid-input', { fields: ['--language'], known: ['en', 'de'] });
      if (out === undefined || out === '') throw new AppError('invalid-input', { fields: ['--out'] });
      const incident = text(options['incident']);
      if (incident !== undefined) await findIncident(context, incident);
      const [wave] = await knownNames(context, 'waves', texts(options['wave']));
      const asOf = instantOf(text(options['as-of']));
      const path = resolve(out);
      const pieces: string[] = [];
      let report: Extract<Output<'reports.make'>, { kind: 'done' }> | null = null;
      for await (const event of api.stream('reports.make', { kind, format, language, ...(asOf === undefined ? {} : { asOf }), ...(incident === undefined ? {} : { incident }), ...(wave === undefined ? {} : { wave }) }, signal)) {
        if (event.kind === 'progress') progress(say.reportStep(event.step));
        else if (event.kind === 'piece') pieces.push(event.content);
        else report = event;
      }
      if (report === null) throw new AppError('cancelled');
      if (report.encoding === 'text') writeNewFile(path, pieces.join(''));
      else writeNewFile(path, Buffer.concat(pieces.map((piece) => Buffer.from(piece, 'base64'))));
      print(path);
      return { json: { path, kind, format, language, asOf: report.asOf, auditHead: report.auditHead } };
    },
  },
];

/** Any instant with a time zone, or a day, which begins at midnight UTC. AppError `invalid-input`. */
function instantOf(given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  const ms = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d))?$/.test(given) ? Date.parse(given) : NaN;
  if (Number.isNaN(ms)) throw new AppError('invalid-input', { fields: ['--as-of'] });
  return new Date(ms).toISOString();
}
