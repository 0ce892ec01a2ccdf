import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { listAudit } from '../../../electron/core/audit/audit.ts';
import { CHANNEL_FILE_291 } from '../../../electron/core/recipes/channel-file-291.ts';
import { dryRun } from '../../../electron/core/recipes/dry-run.ts';
import { addRecipe, approveRecipe, findApprovedRecipe, getRecipe, listRecipes, readDraft } from '../../../electron/core/recipes/recipe-book.ts';
import { formatRecipe, parseRecipe } from '../../../electron/core/recipes/recipe.ts';
import { readRecipeFolder } from '../../../electron/desk/recipe-folder.ts';
import { openTestDesk } from '../remediation/test-desk.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const draft = { recipeId: 'channel-file-291', title: 'Narrower', path: 'Windows\\System32\\drivers\\CrowdStrike', pattern: 'C-00000291-0*.sys', header: 'AAAAAAAA 01002301', keepFrom: '2024-07-19T05:27:00.000Z' };

it('ships the recipe of channel file 291 as an approved first version', () => {
  expect(findApprovedRecipe(openTestDesk().db, 'channel-file-291')).toEqual(CHANNEL_FILE_291);
});

it('puts a new version on media only after an operator other than its author approved it', () => {
  const desk = openTestDesk();
  expect(addRecipe(desk, draft)).toMatchObject({ version: 2, addedBy: 'test', approvedBy: null, header: 'aaaaaaaa01002301' });
  expect(findApprovedRecipe(desk.db, 'channel-file-291')?.version).toBe(1);
  expect(() => approveRecipe(desk, 'channel-file-291', 2)).toThrow(expect.objectContaining({ code: 'second-operator-needed' }));
  expect(() => approveRecipe({ ...desk, operator: { ...desk.operator, name: 'TEST' } }, 'channel-file-291', 2)).toThrow(expect.objectContaining({ code: 'second-operator-needed' }));
  const second = { ...desk, operator: { ...desk.operator, name: 'second' } };
  expect(approveRecipe(second, 'channel-file-291', 2)).toMatchObject({ approvedBy: 'second' });
  expect(findApprovedRecipe(desk.db, 'channel-file-291')).toMatchObject({ version: 2, pattern: 'C-00000291-0*.sys' });
  expect(() => approveRecipe(second, 'channel-file-291', 2)).toThrow(expect.objectContaining({ code: 'not-in-this-state' }));
  expect(listAudit(desk.db, { offset: 0, limit: 9 }).rows.map(({ act, subject, operator }) => [act, subject, operator])).toEqual([['recipes.approve', 'channel-file-291 2', 'second'], ['recipes.add', 'channel-file-291 2', 'test']]);
});

it('never changes a version that was added', () => {
  const { db } = openTestDesk();
  expect(() => db.prepare("UPDATE recipes SET pattern = '*'").run()).toThrow(/never changed/);
});

it('refuses what would remove more than was meant, naming the field', () => {
  const desk = openTestDesk();
  for (const [field, wrong] of [['path', '..\\Windows'], ['path', 'C:\\Windows'], ['pattern', '*.*'], ['header', 'xy'], ['header', 'aa'.repeat(17)], ['id', 'A B']] as const) {
    expect(() => addRecipe(desk, { ...draft, ...(field === 'id' ? { recipeId: wrong } : { [field]: wrong }) }), `${field} ${wrong}`).toThrow(expect.objectContaining({ code: 'invalid-input', facts: { fields: [field === 'path' ? 'path: below-system-drive' : field] } }));
  }
  expect(listRecipes(desk.db)).toHaveLength(1);
});

it('takes a path with slashes of either kind', () => {
  const desk = openTestDesk();
  const { version } = addRecipe(desk, { ...draft, path: 'Windows/System32/drivers\\Vendor' });
  expect(getRecipe(desk.db, draft.recipeId, version)).toMatchObject({ path: 'Windows\\System32\\drivers\\Vendor' });
});

it('keeps a recipe exactly as it goes onto the medium', () => {
  const desk = openTestDesk();
  const hex = fc.uint8Array({ maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString('hex'));
  const name = fc.stringMatching(/^[A-Za-zÄöß0-9][A-Za-zÄöß0-9 ]{0,20}[A-Za-z0-9]$/);
  fc.assert(fc.property(name, name, name, hex, fc.option(fc.integer({ min: 0, max: 4_000_000_000 })), (title, folder, pattern, header, seconds) => {
    const wanted = { recipeId: 'made-up', title, path: `Windows\\${folder}`, pattern: `${pattern}*.sys`, header, keepFrom: seconds === null ? null : new Date(seconds * 1000).toISOString() };
    const { version } = addRecipe(desk, wanted);
    approveRecipe({ ...desk, operator: { ...desk.operator, name: 'second' } }, 'made-up', version);
    const recipe = findApprovedRecipe(desk.db, 'made-up');
    expect(recipe).toEqual(readDraft(wanted, version));
    expect(parseRecipe(formatRecipe(recipe ?? CHANNEL_FILE_291))).toEqual({ status: 'ok', recipe });
    expect(getRecipe(desk.db, 'made-up', version)).toMatchObject(wanted);
  }), { numRuns: 40 });
});

it('tries a recipe on a folder that stands for a Windows volume and removes nothing', async () => {
  const root = temporaryFolder();
  const folder = join(root, 'windows', 'System32', 'Drivers', 'CROWDSTRIKE');
  mkdirSync(folder, { recursive: true });
  const put = (name: string, header: readonly number[], at: string): void => { writeFileSync(join(folder, name), Uint8Array.from([...header, 1, 2, 3])); utimesSync(join(folder, name), new Date(at), new Date(at)); };
  put('C-00000291-00000000-00000032.sys', CHANNEL_FILE_291.headerBytes, '2024-07-19T04:09:00Z');
  put('C-00000291-00000000-00000033.sys', CHANNEL_FILE_291.headerBytes, '2024-07-19T05:27:00Z');
  put('C-00000291-short.sys', [0xaa], '2024-07-19T04:09:00Z');
  put('C-00000290-00000000-00000001.sys', CHANNEL_FILE_291.headerBytes, '2024-07-19T04:09:00Z');
  expect(await dryRun(CHANNEL_FILE_291, root, readRecipeFolder)).toMatchObject({ found: true, removed: 1, kept: 3, files: [
    { name: 'C-00000291-00000000-00000032.sys', act: 'remove', reason: null }, { name: 'C-00000291-00000000-00000033.sys', act: 'keep', reason: 'newer' }, { name: 'C-00000291-short.sys', act: 'keep', reason: 'header-differs' },
  ] });
  expect(await dryRun(CHANNEL_FILE_291, folder, readRecipeFolder)).toMatchObject({ found: false, removed: 0, files: [] });
  await expect(dryRun(CHANNEL_FILE_291, join(root, 'nowhere'), readRecipeFolder)).rejects.toMatchObject({ code: 'file-not-found' });
});
