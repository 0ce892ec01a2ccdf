// Waves over the wire.
import type { Desk } from '../../core/desk.ts';
import { inWave, UndoBook } from '../../core/hosts/undo-many.ts';
import { findHosts } from '../../core/waves/wave-rule.ts';
import { suggestFirst } from '../../core/waves/first-hosts.ts';
import { readGate } from '../../core/waves/gate.ts';
import { assignHosts, createWave, getWave, keepOff, listKeptOff, listWaves, moveWaveUp, removeWave, openWave } from '../../core/waves/waves.ts';
import type { Handlers } from '../dispatch.ts';

type Names = 'waves.list' | 'waves.suggest' | 'waves.create' | 'waves.moveUp' | 'waves.remove' | 'waves.assign' | 'waves.undoAssign' | 'waves.gate' | 'waves.open' | 'waves.keepOff';

export function waveHandlers(get: () => Desk): Pick<Handlers, Names> {
  const undoBook = new UndoBook('waves.undoAssign');
  return {
    'waves.list': () => ({ waves: listWaves(get().db), keptOff: listKeptOff(get().db) }),
    'waves.suggest': () => suggestFirst(get().db),
    'waves.create': (wave) => createWave(get(), wave),
    'waves.moveUp': ({ waveId }) => moveWaveUp(get(), waveId),
    'waves.remove': ({ waveId }) => { removeWave(get(), waveId); return {}; },
    'waves.assign': ({ waveId, rule, onlyFree }) => { const desk = get(); return undoBook.remember(desk, 'waves.assign', inWave, findHosts(desk.db, rule).hostIds, () => assignHosts(desk, waveId, rule, onlyFree)); },
    'waves.undoAssign': ({ undo }) => undoBook.undo(get(), undo),
    'waves.gate': ({ waveId }) => readGate(get().db, getWave(get().db, waveId).waveId),
    'waves.open': ({ waveId, override }) => openWave(get(), waveId, override),
    'waves.keepOff': ({ hostnames, reason }) => keepOff(get(), hostnames, reason),
  };
}
