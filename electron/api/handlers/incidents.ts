// Incidents and recipes over the wire.
import { createIncident, listIncidents } from '../../core/incidents/incidents.ts';
import { dryRun } from '../../core/recipes/dry-run.ts';
import { addRecipe, approveRecipe, listRecipes, readDraft } from '../../core/recipes/recipe-book.ts';
import { readRecipeFolder } from '../../desk/recipe-folder.ts';
import type { DeskFolder } from '../../store/desk-folder.ts';
import type { Handlers } from '../dispatch.ts';
import { endIncident } from '../end-incident.ts';
import type { VaultKeeper } from '../vault-keeper.ts';

type Names = 'incidents.list' | 'incidents.create' | 'incidents.close' | 'recipes.list' | 'recipes.add' | 'recipes.approve' | 'recipes.dryRun';

export function incidentHandlers(vault: VaultKeeper, folder: DeskFolder): Pick<Handlers, Names> {
  const { get } = vault;
  return {
    'incidents.list': () => listIncidents(get().db),
    'incidents.create': ({ name, recipeId }) => createIncident(get(), name, recipeId),
    'incidents.close': (order) => endIncident(vault, folder, order),
    'recipes.list': () => listRecipes(get().db),
    'recipes.add': (draft) => addRecipe(get(), draft),
    'recipes.approve': ({ recipeId, version }) => approveRecipe(get(), recipeId, version),
    'recipes.dryRun': ({ recipe, path }) => dryRun(readDraft(recipe, 1), path, readRecipeFolder),
  };
}
