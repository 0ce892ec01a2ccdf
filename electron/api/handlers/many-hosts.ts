// Many hosts at once over the wire.
import type { Desk } from '../../core/desk.ts';
import { deleteView, listViews, readFacets, saveView } from '../../core/hosts/host-facets.ts';
import { blockMany, tagMany } from '../../core/hosts/many-hosts.ts';
import { nextTurn } from '../../core/keys/slices.ts';
import type { Handlers } from '../dispatch.ts';

type Names = 'hosts.facets' | 'hosts.tag' | 'hosts.blockMany' | 'hosts.views' | 'hosts.saveView' | 'hosts.deleteView';

export function manyHostsHandlers(get: () => Desk): Pick<Handlers, Names> {
  return {
    'hosts.facets': () => readFacets(get().db),
    'hosts.tag': ({ tag, remove, ...many }) => tagMany(get(), many, tag, remove),
    'hosts.blockMany': ({ reason, note, ...many }) => blockMany(get(), many, reason, note, nextTurn),
    'hosts.views': () => listViews(get().db),
    'hosts.saveView': ({ name, filter }) => saveView(get(), name, filter),
    'hosts.deleteView': ({ name }) => deleteView(get(), name),
  };
}
