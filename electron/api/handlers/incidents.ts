// Incidents and recipes over the wire.
import type { Desk } from '../../core/desk.ts';
import { closeIncident, createIncident, getIncident, listIncidents } from '../../core/incidents/incidents.ts';
import { dryRun } from '../../core/recipes/dry-run.ts';
import { addRecipe, approveRecipe, listRecipes, readDraft } from '../../core/recipes/recipe-book.ts';
import { readRecipeFolder } from '../../desk/recipe-folder.ts';
import type { Handlers } from '../dispatch.ts';

type Names = 'incidents.list' | 'incidents.create' | 'incidents.close' | 'recipes.list' | 'recipes.add' | 'recipes.approve' | 'recipes.dryRun';

export function incidentHandlers(get: () => Desk): Pick<Handlers, Names> {
  return {
    'incidents.list': () => listIncidents(get().db),
    'incidents.create': ({ name, recipeId }) => createIncident(get(), name, recipeId),
    'incidents.close': ({ incidentId }) => {
      const stillOpen = closeIncident(get(), incidentId);
      return { incident: getIncident(get().db, incidentId), stillOpen };
    },
    'recipes.list': () => listRecipes(get().db),
    'recipes.add': (draft) => addRecipe(get(), draft),
    'recipes.approve': ({ recipeId, version }) => approveRecipe(get(), recipeId, version),
    'recipes.dryRun': ({ recipe, path }) => dryRun(readDraft(recipe, 1), path, readRecipeFolder),
  };
}
