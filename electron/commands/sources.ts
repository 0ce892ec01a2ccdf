// import directory: live sources at the command line. A password never stands in an argument.
import { AppError } from '../core/app-error.ts';
import { EXIT, text, type Command, type CommandContext } from './command.ts';
import { printImport } from './import-output.ts';
import { askPassphrase, readPassphraseFile } from './terminal.ts';

export const sourceCommands: readonly Command[] = [
  {
    name: 'import directory', usage: 'import directory --url ldaps://HOST --bind NAME [--bind-password-file FILE] [--base DN] [--pin SHA256]',
    options: { url: { type: 'string' }, bind: { type: 'string' }, 'bind-password-file': { type: 'string' }, base: { type: 'string' }, pin: { type: 'string' } }, words: [0, 0], signsIn: true,
    async run(context) {
      const { api, options, say, signal } = context;
      const url = needed(options, 'url');
      const bindAs = needed(options, 'bind');
      const base = text(options['base']);
      const pin = text(options['pin']);
      const file = text(options['bind-password-file']);
      const password = file === undefined ? await askPassphrase(say.passwordOf(bindAs)) : readPassphraseFile(file);
      return printImport(api.stream('directories.import', { url, bindAs, password, ...(base === undefined ? {} : { base }), ...(pin === undefined ? {} : { pin }) }, signal), context, EXIT.source);
    },
  },
];

function needed(options: CommandContext['options'], name: string): string {
  const value = text(options[name]);
  if (value === undefined || value === '') throw new AppError('invalid-input', { fields: [`--${name}`] });
  return value;
}
