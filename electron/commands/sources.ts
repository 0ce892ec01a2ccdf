// import directory, import entra: live sources at the command line. A password never stands in an argument.
import { resolve } from 'node:path';
import type { Output } from '../api/contract.ts';
import { AppError } from '../core/app-error.ts';
import { EXIT, text, type Command, type CommandContext } from './command.ts';
import { printImport } from './import-output.ts';
import { askPassphrase, readPassphraseFile } from './terminal.ts';

const KEYS = ['wanted', 'all', 'none'] as const;

export const sourceCommands: readonly Command[] = [
  {
    name: 'import directory', usage: 'import directory --url ldaps://HOST --bind NAME [--bind-password-file FILE] [--base DN] [--pin SHA256] | --as-signed-in [--server HOST] [--base DN]',
    options: { url: { type: 'string' }, bind: { type: 'string' }, 'bind-password-file': { type: 'string' }, base: { type: 'string' }, pin: { type: 'string' }, 'as-signed-in': { type: 'boolean' }, server: { type: 'string' } }, words: [0, 0], signsIn: true,
    async run(context) {
      const { api, options, say, signal } = context;
      if (options['as-signed-in'] === true) {
        const [server, below] = [text(options['server']), text(options['base'])];
        return printImport(api.stream('directories.importAsSignedIn', { ...(server === undefined ? {} : { server }), ...(below === undefined ? {} : { base: below }) }, signal), context, EXIT.source);
      }
      const url = needed(options, 'url');
      const bindAs = needed(options, 'bind');
      const base = text(options['base']);
      const pin = text(options['pin']);
      const file = text(options['bind-password-file']);
      const password = file === undefined ? await askPassphrase(say.passwordOf(bindAs)) : readPassphraseFile(file);
      return printImport(api.stream('directories.import', { url, bindAs, password, ...(base === undefined ? {} : { base }), ...(pin === undefined ? {} : { pin }) }, signal), context, EXIT.source);
    },
  },
  {
    name: 'import entra', usage: `import entra --tenant ID-OR-DOMAIN --client APPLICATION-ID [--certificate-file PEM] [--keys ${KEYS.join('|')}]`,
    options: { tenant: { type: 'string' }, client: { type: 'string' }, 'certificate-file': { type: 'string' }, keys: { type: 'string' } }, words: [0, 0], signsIn: true,
    async run(context) {
      const { api, options, say, signal } = context;
      const tenant = needed(options, 'tenant');
      const client = needed(options, 'client');
      const file = text(options['certificate-file']);
      const wish = text(options['keys']) ?? 'wanted';
      const keys = KEYS.find((known) => known === wish);
      if (keys === undefined) throw new AppError('invalid-input', { fields: ['--keys'], known: KEYS });
      const tell = (line: string): void => void process.stderr.write(`${line}\n`);
      tell(say.tenantAudited(keys));
      let listed: { devices: number; keys: number; known: number; toRead: number } | null = null;
      async function* events(): AsyncGenerator<Output<'imports.run'>> {
        for await (const event of api.stream('tenants.import', { tenant, client, keys, ...(file === undefined ? {} : { certificatePath: resolve(file) }) }, signal)) {
          if (event.kind === 'device-code') tell(say.deviceCode(event.url, event.userCode));
          else if (event.kind === 'listed') {
            listed = { devices: event.devices, keys: event.keys, known: event.known, toRead: event.toRead };
            tell(say.tenantListed(event.devices, event.keys, event.known, event.toRead));
          } else yield event;
        }
      }
      const { json, exitCode } = await printImport(events(), context, EXIT.source);
      return { json: { ...(json as object), listed }, ...(exitCode === undefined ? {} : { exitCode }) }; // printImport makes an object
    },
  },
];

function needed(options: CommandContext['options'], name: string): string {
  const value = text(options[name]);
  if (value === undefined || value === '') throw new AppError('invalid-input', { fields: [`--${name}`] });
  return value;
}
