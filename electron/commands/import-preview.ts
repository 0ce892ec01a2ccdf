// import preview, and what --map makes of it.
import { existsSync } from 'node:fs';
import { basename, resolve, sep } from 'node:path';
import type { Input, Output } from '../api/contract.ts';
import { AppError } from '../core/app-error.ts';
import { MAPPED_FIELDS } from '../core/codes.ts';
import { EXIT, type Command } from './command.ts';

type Preview = Output<'imports.preview'>;
type Mapping = NonNullable<Input<'imports.run'>['mappings']>[number];

export const importPreviewCommand: Command = {
  name: 'import preview', usage: 'import preview FILE…', options: {}, words: [1, 1000], signsIn: true,
  async run({ api, words, say, print }) {
    const paths = words.map((word) => resolve(word));
    const missing = paths.find((path) => !existsSync(path));
    if (missing !== undefined) throw new AppError('file-not-found', { path: missing });
    const tables = await api.call('imports.preview', { paths });
    for (const { name, table } of tables) {
      print(say.previewTable(name, table.rowsLookedAt, table.standing));
      for (const [index, { proposed, recoveryPasswords }] of table.columns.entries()) print(say.previewColumn(index + 1, table.header?.[index] ?? '', table.fields?.[index] ?? proposed ?? '-', recoveryPasswords));
    }
    for (const path of paths) if (!tables.some((table) => table.path === path || table.path.startsWith(path + sep) || table.path.startsWith(`${path}/`))) print(say.previewNone(basename(path)));
    return { json: { tables }, exitCode: tables.length === 0 ? EXIT.nothingFound : EXIT.done };
  },
};

/**
 * @param map `COLUMN=FIELD,…`; a column is its heading, case aside, or its number from 1 on.
 * @returns A mapping for every table that has all of these columns. AppError `invalid-input` when none has, or a field is none of MAPPED_FIELDS.
 */
export function mappingsFor(tables: Preview, map: string, inventory: boolean): Mapping[] {
  const said = map.split(',').map((part) => {
    const at = part.lastIndexOf('=');
    const field = MAPPED_FIELDS.find((one) => one === part.slice(at + 1).trim());
    const column = part.slice(0, Math.max(0, at)).trim();
    if (field === undefined || column === '') throw new AppError('invalid-input', { fields: ['--map'], known: [...MAPPED_FIELDS] });
    return { column, field };
  });
  const mappings = tables.flatMap(({ path, table: { header, columns } }): Mapping[] => {
    const places = said.map(({ column, field }) => ({ field, at: placeOf(column, header, columns.length) }));
    if (places.some(({ at }) => at === -1)) return [];
    return [{ header: header === null ? null : [...header], fields: columns.map((_, index) => places.find(({ at }) => at === index)?.field ?? null), inventory, path: header === null ? path : null }];
  });
  if (mappings.length === 0) throw new AppError('invalid-input', { fields: ['--map'], known: tables.flatMap(({ table: { header, columns } }) => header ?? columns.map((_, index) => String(index + 1))) });
  return mappings;
}

function placeOf(column: string, header: readonly string[] | null, width: number): number {
  const named = header?.findIndex((heading) => heading.toLowerCase() === column.toLowerCase()) ?? -1;
  if (named !== -1) return named;
  const number = /^\d{1,3}$/.test(column) ? Number(column) : 0;
  return number >= 1 && number <= width ? number - 1 : -1;
}
