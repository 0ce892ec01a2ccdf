// incident list, create, close; recipe list, show, add, approve, try.
import { resolve } from 'node:path';
import type { Input, Output } from '../api/contract.ts';
import { AppError } from '../core/app-error.ts';
import { EXIT, text, type Command, type CommandContext } from './command.ts';
import { unknownName } from './known-names.ts';
import { askPassphrase, readPassphraseFile } from './terminal.ts';

type Recipe = Output<'recipes.list'>[number];
type Draft = Input<'recipes.add'>;

const DRAFT = { title: { type: 'string' }, path: { type: 'string' }, pattern: { type: 'string' }, header: { type: 'string' }, 'keep-from': { type: 'string' } } as const;
const DRAFT_USAGE = '--title TEXT --path FOLDER --pattern NAME [--header HEX] [--keep-from INSTANT]';

export const incidentCommands: readonly Command[] = [
  {
    name: 'incident list', usage: 'incident list', options: {}, words: [0, 0], signsIn: true,
    async run({ api, say, print }) {
      const incidents = await api.call('incidents.list', {});
      for (const { name, recipeId, recipeVersion, closedAt, hostsOpen, rotationsOpen, mediaOut } of incidents) print(say.incidentLine(name, `${recipeId} ${recipeVersion ?? '-'}`, closedAt, hostsOpen, rotationsOpen, mediaOut));
      return { json: { incidents } };
    },
  },
  {
    name: 'incident create', usage: 'incident create NAME --recipe RECIPE-ID', options: { recipe: { type: 'string' } }, words: [1, 1], signsIn: true,
    async run({ api, words, options, print }) {
      const incident = await api.call('incidents.create', { name: words[0] ?? '', recipeId: needed(options, 'recipe') });
      print(`${incident.name}  ${incident.recipeId} ${incident.recipeVersion ?? '-'}`);
      return { json: incident };
    },
  },
  {
    name: 'incident close', usage: 'incident close NAME [--archive FILE] [--purge [--second-operator NAME --second-passphrase-file FILE]]', signsIn: true, words: [1, 1],
    options: { archive: { type: 'string' }, purge: { type: 'boolean' }, 'second-operator': { type: 'string' }, 'second-passphrase-file': { type: 'string' } },
    async run(context) {
      const { api, words, options, say, codes, print } = context;
      const [archive, second, file] = [text(options['archive']), text(options['second-operator']), text(options['second-passphrase-file'])];
      const ended = await api.call('incidents.close', {
        incidentId: await findIncident(context, words[0] ?? ''), purge: options['purge'] === true, ...(archive === undefined ? {} : { archive: resolve(archive) }),
        ...(second === undefined ? {} : { secondOperator: second, secondPassphrase: file === undefined ? await askPassphrase(say.passphraseOf(second)) : readPassphraseFile(file) }),
      });
      const { incident, stillOpen } = ended;
      if (ended.archive !== null) print(say.vaultArchived(ended.archive.path, ended.archive.sizeBytes, ended.archive.auditHead, ended.archive.operators.join(', '), ended.archive.recoverySheet));
      if (stillOpen === null) print(say.incidentClosed(incident.name));
      if (ended.purged) print(say.vaultPurged(ended.auditHead));
      if (stillOpen !== null) {
        print(say.incidentOpen(incident.name, stillOpen.hosts.count, stillOpen.rotations.count, stillOpen.media.count));
        for (const { hostname, state } of stillOpen.hosts.rows) print(say.inGroup(hostname, codes.hostState[state]));
        for (const { keyProtectorId, hostname, state } of stillOpen.rotations.rows) print(say.inGroup(`${keyProtectorId ?? '-'} ${hostname ?? ''}`, codes.rotationState[state]));
        for (const { mediaId, state, holder } of stillOpen.media.rows) print(say.inGroup(`${mediaId} ${holder ?? ''}`, codes.mediaState[state]));
      }
      return { json: { ...incident, stillOpen, archive: ended.archive, purged: ended.purged, auditHead: ended.auditHead }, exitCode: stillOpen === null ? EXIT.done : EXIT.notAllowed };
    },
  },
  {
    name: 'recipe list', usage: 'recipe list', options: {}, words: [0, 0], signsIn: true,
    async run({ api, say, print }) {
      const recipes = await api.call('recipes.list', {});
      for (const recipe of recipes) print(say.recipeLine(`${recipe.recipeId} ${recipe.version}`, recipe.title, recipe.approvedBy, recipe.attempts));
      return { json: { recipes } };
    },
  },
  {
    name: 'recipe show', usage: 'recipe show RECIPE-ID [VERSION]', options: {}, words: [1, 2], signsIn: true,
    async run(context) {
      const recipe = await findRecipe(context);
      show(context, recipe);
      return { json: recipe };
    },
  },
  {
    name: 'recipe add', usage: `recipe add RECIPE-ID ${DRAFT_USAGE}`, options: DRAFT, words: [1, 1], signsIn: true,
    async run(context) {
      const recipe = await context.api.call('recipes.add', draftOf(context));
      show(context, recipe);
      return { json: recipe };
    },
  },
  {
    name: 'recipe approve', usage: 'recipe approve RECIPE-ID VERSION', options: {}, words: [2, 2], signsIn: true,
    async run(context) {
      const recipe = await context.api.call('recipes.approve', { recipeId: context.words[0] ?? '', version: versionOf(context.words[1]) ?? 0 });
      show(context, recipe);
      return { json: recipe };
    },
  },
  {
    name: 'recipe try', usage: `recipe try RECIPE-ID [VERSION] --folder ROOT|IMAGE|DISK   (or ${DRAFT_USAGE} for one that is not added yet)`, options: { ...DRAFT, folder: { type: 'string' } }, words: [1, 2], signsIn: true,
    async run(context) {
      const { api, options, say, print } = context;
      const { recipeId, title, path, pattern, header, keepFrom } = text(options['pattern']) === undefined ? await findRecipe(context) : draftOf(context);
      const report = await api.call('recipes.dryRun', { recipe: { recipeId, title, path, pattern, header, keepFrom }, path: resolve(needed(options, 'folder')) });
      for (const { partition, name, act, reason } of report.files) print(say.recipeTried(name, act === 'remove', reason ?? '', report.volumes > 1 ? partition : null));
      print(report.found ? say.recipeTotals(report.removed, report.kept) : say.recipeNoFolder(path));
      if (report.locked + report.damaged > 0) print(say.recipeNotSeen(report.locked, report.damaged));
      return { json: report, exitCode: report.found ? EXIT.done : EXIT.nothingFound };
    },
  },
];

/** An incident by its whole name, in any case. */
export async function findIncident({ api }: Pick<CommandContext, 'api'>, name: string): Promise<number> {
  const incidents = await api.call('incidents.list', {});
  const found = incidents.find((incident) => incident.name.toLowerCase() === name.trim().toLowerCase());
  if (found === undefined) throw unknownName('incident', name, incidents.map((incident) => incident.name));
  return found.incidentId;
}

/** Without a version the newest. */
async function findRecipe({ api, words }: CommandContext): Promise<Recipe> {
  const [recipeId = ''] = words;
  const version = versionOf(words[1]);
  const found = (await api.call('recipes.list', {})).find((recipe) => recipe.recipeId === recipeId && (version === null || recipe.version === version));
  if (found === undefined) throw new AppError('not-found', { recipe: words.join(' ') });
  return found;
}

function draftOf({ words, options }: CommandContext): Draft {
  const keepFrom = text(options['keep-from']);
  if (keepFrom !== undefined && Number.isNaN(Date.parse(keepFrom))) throw new AppError('invalid-input', { fields: ['--keep-from'] });
  return {
    recipeId: words[0] ?? '', title: needed(options, 'title'), path: needed(options, 'path'), pattern: needed(options, 'pattern'), header: text(options['header']) ?? '',
    keepFrom: keepFrom === undefined ? null : new Date(keepFrom).toISOString(),
  };
}

function show({ print, say }: CommandContext, recipe: Recipe): void {
  print(say.recipeLine(`${recipe.recipeId} ${recipe.version}`, recipe.title, recipe.approvedBy, recipe.attempts));
  print(`  path=${recipe.path}\n  pattern=${recipe.pattern}\n  header=${recipe.header}\n  keepFrom=${recipe.keepFrom ?? 'none'}`);
}

function versionOf(word: string | undefined): number | null {
  if (word === undefined) return null;
  if (!/^[1-9]\d{0,4}$/.test(word)) throw new AppError('invalid-input', { fields: ['VERSION'] });
  return Number(word);
}

function needed(options: CommandContext['options'], name: string): string {
  const value = text(options[name])?.trim() ?? '';
  if (value === '') throw new AppError('invalid-input', { fields: [`--${name}`] });
  return value;
}
