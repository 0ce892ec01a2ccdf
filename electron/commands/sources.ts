// import directory, import entra: live sources at the command line. A password never stands in an argument.
import { resolve } from 'node:path';
import type { Output } from '../api/contract.ts';
import { directoryUrl, fingerprint } from '../api/contract/shapes.ts';
import { AppError } from '../core/app-error.ts';
import { parseHostname } from '../core/hosts/hostname.ts';
import { EXIT, text, type Command, type CommandContext } from './command.ts';
import { findHost } from './host-acts.ts';
import { printImport } from './import-output.ts';
import { askPassphrase, readPassphraseFile } from './terminal.ts';

const KEYS = ['wanted', 'all', 'none'] as const;

export const sourceCommands: readonly Command[] = [
  {
    name: 'import directory', usage: 'import directory --url ldaps://HOST --bind NAME [--bind-password-file FILE] [--base DN] [--pin SHA256] | --as-signed-in [--server HOST] [--base DN]; for one host or key ID: [--host NAME | --key-id ID]',
    options: { url: { type: 'string' }, bind: { type: 'string' }, 'bind-password-file': { type: 'string' }, base: { type: 'string' }, pin: { type: 'string' }, 'as-signed-in': { type: 'boolean' }, server: { type: 'string' }, host: { type: 'string' }, 'key-id': { type: 'string' } }, words: [0, 0], signsIn: true,
    async run(context) {
      const { api, options, signal } = context;
      if (options['as-signed-in'] === true) {
        const [server, below] = [text(options['server']), text(options['base'])];
        const one = await askedAbout(context);
        if (one !== null) return printImport(api.stream('directories.ask', { about: one, via: { kind: 'signed-in', ...(server === undefined ? {} : { server }), ...(below === undefined ? {} : { base: below }) } }, signal), context, EXIT.source);
        return printImport(api.stream('directories.importAsSignedIn', { ...(server === undefined ? {} : { server }), ...(below === undefined ? {} : { base: below }) }, signal), context, EXIT.source);
      }
      const url = needed(options, 'url');
      const bindAs = needed(options, 'bind');
      const base = text(options['base']);
      const pin = text(options['pin']);
      if (!directoryUrl.safeParse(url).success) throw new AppError('invalid-input', { fields: ['--url: invalid_format'], known: ['ldaps://HOST', 'ldap://HOST'] });
      if (pin !== undefined && !fingerprint.safeParse(pin).success) throw new AppError('invalid-input', { fields: ['--pin: invalid_format'] });
      const one = await askedAbout(context);
      const file = text(options['bind-password-file']);
      const password = file === undefined ? await askPasswordFor(context, url, bindAs, pin) : readPassphraseFile(file);
      if (one !== null) return printImport(api.stream('directories.ask', { about: one, via: { kind: 'account', url, bindAs, password, ...(base === undefined ? {} : { base }), ...(pin === undefined ? {} : { pin }) } }, signal), context, EXIT.source);
      return printImport(api.stream('directories.import', { url, bindAs, password, ...(base === undefined ? {} : { base }), ...(pin === undefined ? {} : { pin }) }, signal), context, EXIT.source);
    },
  },
  {
    name: 'import entra', usage: `import entra --tenant ID-OR-DOMAIN --client APPLICATION-ID [--certificate-file PEM] [--keys ${KEYS.join('|')}]; for one host or key ID: [--host NAME | --key-id ID]`,
    options: { tenant: { type: 'string' }, client: { type: 'string' }, 'certificate-file': { type: 'string' }, keys: { type: 'string' }, host: { type: 'string' }, 'key-id': { type: 'string' } }, words: [0, 0], signsIn: true,
    async run(context) {
      const { api, options, say, tell, signal } = context;
      const tenant = needed(options, 'tenant');
      const client = needed(options, 'client');
      const file = text(options['certificate-file']);
      const wish = text(options['keys']) ?? 'wanted';
      const keys = KEYS.find((known) => known === wish);
      if (keys === undefined) throw new AppError('invalid-input', { fields: ['--keys'], known: KEYS });
      const one = await askedAbout(context);
      if (one !== null) {
        tell(say.tenantAskAudited());
        async function* answers(about: NonNullable<typeof one>): AsyncGenerator<Output<'imports.run'>> {
          for await (const event of api.stream('tenants.ask', { about, tenant, client, ...(file === undefined ? {} : { certificatePath: resolve(file) }) }, signal)) {
            if (event.kind === 'device-code') tell(say.deviceCode(event.url, event.userCode));
            else if (event.kind === 'waiting') tell(say.tenantWaits(event.until));
            else yield event;
          }
        }
        return printImport(answers(one), context, EXIT.source);
      }
      tell(say.tenantAudited(keys));
      let listed: { devices: number; keys: number; known: number; toRead: number } | null = null;
      async function* events(): AsyncGenerator<Output<'imports.run'>> {
        for await (const event of api.stream('tenants.import', { tenant, client, keys, ...(file === undefined ? {} : { certificatePath: resolve(file) }) }, signal)) {
          if (event.kind === 'device-code') tell(say.deviceCode(event.url, event.userCode));
          else if (event.kind === 'waiting') tell(say.tenantWaits(event.until));
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

/** @returns Null when the whole source is meant. A host that the desk does not know is asked for by its name. AppError `invalid-input`. */
async function askedAbout(context: CommandContext): Promise<{ hostId?: number; hostname?: string; keyId?: string } | null> {
  const [host, keyId] = [text(context.options['host']), text(context.options['key-id'])];
  if (host === undefined && keyId === undefined) return null;
  return { ...(host === undefined ? {} : await hostOf(context, host)), ...(keyId === undefined ? {} : { keyId }) };
}

async function hostOf(context: CommandContext, name: string): Promise<{ hostId: number } | { hostname: string }> {
  try {
    return { hostId: await findHost(context, name) };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not-found') throw error;
    if (parseHostname(name).status !== 'ok') throw new AppError('invalid-input', { fields: ['--host: invalid_format'] });
    return { hostname: name };
  }
}

/** Asks only for a server that answers and that one would sign in to: nobody types a password for a mistyped name. AppError `source-unreachable`, `certificate-not-trusted`, `no-terminal`. */
async function askPasswordFor({ api, say }: CommandContext, url: string, bindAs: string, pin: string | undefined): Promise<string> {
  const { certificate: { trusted, why, sha256, subject, issuer, validTo } } = await api.call('directories.look', { url });
  if (!trusted && pin === undefined) throw new AppError('certificate-not-trusted', { url, sha256, subject, issuer, validTo, why: why ?? 'unknown' });
  return askPassphrase(say.passwordOf(bindAs));
}

function needed(options: CommandContext['options'], name: string): string {
  const value = text(options[name]);
  if (value === undefined || value === '') throw new AppError('invalid-input', { fields: [`--${name}`] });
  return value;
}
