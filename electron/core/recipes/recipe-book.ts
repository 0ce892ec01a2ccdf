// The recipes of a desk: every version stays as it was added, and none goes on media before a second operator has approved it.
import type { ReadableDatabase } from '../../store/database.ts';
import { AppError } from '../app-error.ts';
import { appendAudit } from '../audit/audit.ts';
import { nowOf, type Desk } from '../desk.ts';
import { formatHex, parseHex } from '../media/field-values.ts';
import { toInstant } from '../ports.ts';
import { checkRecipe, type Recipe } from './recipe.ts';

/** What a person enters. `header` is hex, `keepFrom` an instant to the second or null. */
export interface RecipeDraft { readonly recipeId: string; readonly title: string; readonly path: string; readonly pattern: string; readonly header: string; readonly keepFrom: string | null }

export interface RecipeVersion extends RecipeDraft {
  readonly version: number; readonly addedAt: string; readonly addedBy: string;
  /** Null: may not go on media yet. */
  readonly approvedAt: string | null; readonly approvedBy: string | null;
  /** Attempts that ran it, and media that carry it. */
  readonly attempts: number; readonly media: number;
}

interface Row {
  recipe_id: string; version: number; title: string; path: string; pattern: string; header_bytes: Buffer; keep_from: string | null;
  added_at: string; added_by: string; approved_at: string | null; approved_by: string | null; attempts: number; media: number;
}

const SELECT = `SELECT r.*, (SELECT count(*) FROM attempts a WHERE a.recipe_id = r.recipe_id AND a.recipe_version = r.version) AS attempts,
  (SELECT count(*) FROM media m WHERE m.recipe_id = r.recipe_id AND m.recipe_version = r.version) AS media FROM recipes r`;

/** @returns By ID, the newest version first. */
export const listRecipes = (db: ReadableDatabase): RecipeVersion[] => db.prepare<[], Row>(`${SELECT} ORDER BY r.recipe_id, r.version DESC`).all().map(toVersion);

/** @returns AppError `not-found`. */
export function getRecipe(db: ReadableDatabase, recipeId: string, version: number): RecipeVersion {
  const row = db.prepare<[string, number], Row>(`${SELECT} WHERE r.recipe_id = ? AND r.version = ?`).get(recipeId, version);
  if (row === undefined) throw new AppError('not-found', { recipe: `${recipeId} ${version}` });
  return toVersion(row);
}

/** @returns The newest approved version, ready for a medium; null when there is none. */
export function findApprovedRecipe(db: ReadableDatabase, recipeId: string): Recipe | null {
  const row = db.prepare<[string], Omit<Row, 'attempts' | 'media'>>('SELECT * FROM recipes WHERE recipe_id = ? AND approved_at IS NOT NULL ORDER BY version DESC LIMIT 1').get(recipeId);
  return row === undefined ? null : {
    id: row.recipe_id, version: row.version, title: row.title, path: row.path, pattern: row.pattern, headerBytes: [...row.header_bytes], keepFromMs: row.keep_from === null ? null : Date.parse(row.keep_from),
  };
}

/**
 * Reads what a person entered as a recipe.
 *
 * @param draft Untrusted; its path with slashes of either kind. @returns AppError `invalid-input` with the field that makes it unfit for a medium (core/recipes/recipe.ts).
 */
export function readDraft(draft: RecipeDraft, version: number): Recipe {
  const headerBytes = parseHex(draft.header.replaceAll(/[\s-]/g, '').toLowerCase());
  if (headerBytes === null) throw new AppError('invalid-input', { fields: ['header'] });
  const recipe: Recipe = { id: draft.recipeId, version, title: draft.title, path: draft.path.replaceAll('/', '\\'), pattern: draft.pattern, headerBytes, keepFromMs: draft.keepFrom === null ? null : Date.parse(draft.keepFrom) };
  const fault = checkRecipe(recipe);
  if (fault !== null) throw new AppError('invalid-input', { fields: [fault === 'path' ? 'path: below-system-drive' : fault] });
  return recipe;
}

/** Adds a recipe, or the next version of one. It waits for another operator's approval. Rows: recipes, one audit line with every field. */
export function addRecipe(desk: Desk, draft: RecipeDraft): RecipeVersion {
  const { db } = desk;
  const version = db.transaction((): number => {
    const next = (db.prepare<[string], { n: number | null }>('SELECT max(version) AS n FROM recipes WHERE recipe_id = ?').get(draft.recipeId)?.n ?? 0) + 1;
    const recipe = readDraft(draft, next);
    const at = nowOf(desk);
    db.prepare('INSERT INTO recipes (recipe_id, version, title, path, pattern, header_bytes, keep_from, added_at, added_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
      .run(recipe.id, next, recipe.title, recipe.path, recipe.pattern, Buffer.from(recipe.headerBytes), recipe.keepFromMs === null ? null : toInstant(recipe.keepFromMs), at, desk.operator.name);
    appendAudit(db, {
      at, operator: desk.operator.name, act: 'recipes.add', subject: `${recipe.id} ${next}`,
      details: { title: recipe.title, path: recipe.path, pattern: recipe.pattern, header: formatHex(recipe.headerBytes), keepFrom: recipe.keepFromMs === null ? null : toInstant(recipe.keepFromMs) },
    });
    return next;
  }).immediate();
  desk.changed('incidents', 'audit');
  return getRecipe(db, draft.recipeId, version);
}

/** Lets a version onto media. AppError `not-found`, `not-in-this-state` (approved already), `second-operator-needed` (for whoever added it). Rows: recipes, one audit line. */
export function approveRecipe(desk: Desk, recipeId: string, version: number): RecipeVersion {
  const { db } = desk;
  db.transaction(() => {
    const { addedBy, approvedBy } = getRecipe(db, recipeId, version);
    if (approvedBy !== null) throw new AppError('not-in-this-state', { recipe: `${recipeId} ${version}` });
    if (addedBy.toLowerCase() === desk.operator.name.toLowerCase()) throw new AppError('second-operator-needed', { operator: addedBy });
    const at = nowOf(desk);
    const { changes } = db.prepare('UPDATE recipes SET approved_at = ?, approved_by = ? WHERE recipe_id = ? AND version = ? AND approved_at IS NULL').run(at, desk.operator.name, recipeId, version);
    if (changes !== 1) throw new Error(`${changes} rows instead of one version`);
    appendAudit(db, { at, operator: desk.operator.name, act: 'recipes.approve', subject: `${recipeId} ${version}`, details: { addedBy } });
  }).immediate();
  desk.changed('incidents', 'audit');
  return getRecipe(db, recipeId, version);
}

const toVersion = (row: Row): RecipeVersion => ({
  recipeId: row.recipe_id, version: row.version, title: row.title, path: row.path, pattern: row.pattern, header: row.header_bytes.toString('hex'), keepFrom: row.keep_from,
  addedAt: row.added_at, addedBy: row.added_by, approvedAt: row.approved_at, approvedBy: row.approved_by, attempts: row.attempts, media: row.media,
});
