// import down, import inventory: what a person says of lists of hosts that were taken in; and the options of `import` that say it at once.
import type { Output } from '../api/contract.ts';
import { AppError } from '../core/app-error.ts';
import { text, type Command, type CommandContext } from './command.ts';
import { wholeNumber } from './import-acts.ts';

type FileReport = Output<'imports.get'>['files'][number];
type Said = Output<'imports.sayDown'>['said'];

const FILES_A_PAGE = 1000;

export const listSaysCommands: readonly Command[] = (['down', 'inventory'] as const).map((said) => ({
  name: `import ${said}`, usage: `import ${said} IMPORT-ID [--file NAME]`, options: { file: { type: 'string' } }, words: [1, 1], signsIn: true,
  async run(context) {
    const importId = wholeNumber(context.words[0], 'IMPORT-ID');
    const wanted = text(context.options['file']);
    const lists = (await listsOf(context.api, importId)).filter(({ name, path }) => wanted === undefined || name === wanted || path === wanted);
    // Said of a folder as a whole, the inventory in it would set a fleet down.
    if (lists.length > 1 && wanted === undefined) throw new AppError('invalid-input', { fields: ['--file'], known: lists.map(({ name }) => name) });
    if (lists.length === 0) throw new AppError('not-found', { importId, ...(wanted === undefined ? {} : { file: wanted }) });
    return { json: { importId, lists: await sayOfLists(context, lists, said) } };
  },
}));

/** Says it of each list of hosts among these files. AppError `role-not-allowed`. */
export async function sayOfLists({ api, say, print }: Pick<CommandContext, 'api' | 'say' | 'print'>, files: readonly FileReport[], said: Said): Promise<(Output<'imports.sayDown'> & { path: string })[]> {
  const answers: (Output<'imports.sayDown'> & { path: string })[] = [];
  for (const { importFileId, name, path } of files.filter(({ list }) => list !== null)) {
    const answer = await api.call(said === 'down' ? 'imports.sayDown' : 'imports.sayInventory', { importFileId });
    print(say.listSaid[said](name, answer.changed, answer.hosts));
    answers.push({ ...answer, path });
  }
  return answers;
}

/** @returns Every list of hosts of an import. */
export async function listsOf(api: CommandContext['api'], importId: number): Promise<FileReport[]> {
  const lists: FileReport[] = [];
  for (let offset = 0; ; offset += FILES_A_PAGE) {
    const page = await api.call('imports.files', { importId, onlyRemarkable: false, offset, limit: FILES_A_PAGE });
    lists.push(...page.filter(({ list }) => list !== null));
    if (page.length < FILES_A_PAGE) return lists;
  }
}
