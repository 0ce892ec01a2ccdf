// operator add, list, complete, disable, passphrase.
import type { Input } from '../api/contract.ts';
import { AppError } from '../core/app-error.ts';
import { ROLES, type Role } from '../core/codes.ts';
import { text, texts, type Command, type CommandContext } from './command.ts';
import { askPassphrase, readPassphraseFile } from './terminal.ts';

const isRole = (word: string): word is Role => (ROLES as readonly string[]).includes(word);

async function newPassphrase({ options, say }: CommandContext, name: string): Promise<string> {
  const file = text(options['new-passphrase-file']);
  return file === undefined ? askPassphrase(say.newPassphraseOf(name)) : readPassphraseFile(file);
}

export const operatorCommands: readonly Command[] = [
  {
    name: 'operator add', usage: `operator add NAME --role ${ROLES.join('|')} [--role …] --new-passphrase-file FILE`,
    options: { role: { type: 'string', multiple: true }, 'new-passphrase-file': { type: 'string' } }, words: [1, 1 + ROLES.length], signsIn: true,
    async run(context) {
      const [name = '', ...furtherRoles] = context.words; // `--role helpdesk technician` is understood too
      const roles = [...texts(context.options['role']), ...furtherRoles].flatMap((value) => value.split(','));
      const unknown = roles.find((role) => !isRole(role));
      if (unknown !== undefined || roles.length === 0) throw new AppError('invalid-input', { fields: [`--role: ${unknown ?? 'missing'}`] });
      const operator: Input<'operators.add'> = { name, roles: roles.filter(isRole), passphrase: await newPassphrase(context, name) };
      const added = await context.api.call('operators.add', operator);
      context.print(context.say.operatorAdded(added.name, added.roles.join(', '), added.waitsForHolder));
      return { json: added };
    },
  },
  {
    name: 'operator list', usage: 'operator list', options: {}, words: [0, 0], signsIn: true,
    async run({ api, say, print }) {
      const operators = await api.call('operators.list', {});
      for (const { name, status, roles } of operators) print(say.operatorLine(name, status, roles.join(', ')));
      return { json: { operators } };
    },
  },
  {
    name: 'operator complete', usage: 'operator complete NAME', options: {}, words: [1, 1], signsIn: true,
    async run({ api, words, say, print }) {
      const operator = await api.call('operators.complete', { name: words[0] ?? '' });
      print(say.operatorLine(operator.name, operator.status, operator.roles.join(', ')));
      return { json: operator };
    },
  },
  {
    name: 'operator disable', usage: 'operator disable NAME', options: {}, words: [1, 1], signsIn: true,
    async run({ api, words, say, print }) {
      const operator = await api.call('operators.disable', { name: words[0] ?? '' });
      print(say.operatorLine(operator.name, operator.status, operator.roles.join(', ')));
      return { json: operator };
    },
  },
  {
    name: 'operator passphrase', usage: 'operator passphrase --new-passphrase-file FILE', options: { 'new-passphrase-file': { type: 'string' } }, words: [0, 0], signsIn: true,
    async run(context) {
      await context.api.call('operators.changePassphrase', { passphrase: await context.passphrase(), newPassphrase: await newPassphrase(context, context.operatorName) });
      context.print(context.say.passphraseChanged);
      return { json: { operator: context.operatorName } };
    },
  },
];
