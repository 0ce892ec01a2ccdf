// Many hosts at once over the wire.
import type { Desk } from '../../core/desk.ts';
import { deleteView, listViews, readFacets, saveView } from '../../core/hosts/host-facets.ts';
import { assignMany, blockMany, hostsMeant, tagMany } from '../../core/hosts/many-hosts.ts';
import { assignedTo, blocked, tagged, UndoBook } from '../../core/hosts/undo-many.ts';
import { nextTurn } from '../../core/keys/slices.ts';
import type { Handlers } from '../dispatch.ts';

type Names = 'hosts.facets' | 'hosts.tag' | 'hosts.blockMany' | 'hosts.assign' | 'hosts.undoMany' | 'hosts.views' | 'hosts.saveView' | 'hosts.deleteView';

export function manyHostsHandlers(get: () => Desk): Pick<Handlers, Names> {
  const undoBook = new UndoBook('hosts.undoMany');
  return {
    'hosts.facets': (filter) => { const { db } = get(); return db.transaction(() => readFacets(db, filter))(); }, // counts of one moment
    'hosts.tag': ({ tag, remove, ...many }) => { const desk = get(); return undoBook.remember(desk, 'hosts.tag', tagged(tag), hostsMeant(desk, many), () => tagMany(desk, many, tag, remove)); },
    'hosts.blockMany': ({ reason, note, ...many }) => { const desk = get(); return undoBook.remember(desk, 'hosts.blockMany', blocked, hostsMeant(desk, many), () => blockMany(desk, many, reason, note, nextTurn)); },
    'hosts.assign': ({ technician, ...many }) => { const desk = get(); return undoBook.remember(desk, 'hosts.assign', assignedTo, hostsMeant(desk, many), () => assignMany(desk, many, technician)); },
    'hosts.undoMany': ({ undo }) => undoBook.undo(get(), undo),
    'hosts.views': () => listViews(get().db),
    'hosts.saveView': ({ name, filter }) => saveView(get(), name, filter),
    'hosts.deleteView': ({ name }) => deleteView(get(), name),
  };
}
